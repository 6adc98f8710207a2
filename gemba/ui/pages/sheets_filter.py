"""What the gallery shows: words, a person, an area, a stage, a type, the archive, and the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.sheet import STAGES
from gemba.domain.sheet_row import CLOSED, Wanted
from gemba.domain.vocabulary import as_label
from gemba.ui.widgets import Field, FlowLayout, Label
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.domain.sheet_row import SheetRow
    from gemba.ui.theme import Theme

_SEARCH_WIDTH = 266
_LEAST_SEARCH = 140
_PAUSE_MS = 60


class SheetsFilter(QWidget):
    """The filters over the gallery; they combine.

    `changed` says that others are wanted, `typed` that the words changed, shortly after the last
    key.
    """

    changed = Signal()
    typed = Signal()

    def __init__(
        self, theme: Theme, *, area_word: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._area_word = area_word
        tr = self.tr
        question = tr("Which sheet?")
        self.words = Field(theme, "", question=question, icon="search", name=question)
        self.words.setFixedWidth(theme.px(_SEARCH_WIDTH))
        self.person = Choice(theme, tr("Person"))
        self.area = Choice(theme, as_label(area_word()))
        self.stage = Choice(theme, tr("Stage"))
        self.type = Choice(theme, tr("Sheet type"))
        self.where = Choice(theme, tr("Archive"))
        self.order = Choice(theme, tr("Order"), kind="quiet")
        self.count = Label(theme, "", tone="ink_soft", wrap=False)
        self.count.setFixedHeight(theme.px(36))
        flow = QWidget()
        self._gap = theme.px(8)
        self._line = FlowLayout(flow, gap=self._gap)
        for widget in (self.words, self.person, self.area, self.stage, self.type, self.where):
            self._line.addWidget(widget)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.px(8))
        self._across.addWidget(flow, 1)
        self._apart: bool | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.typed)
        self.words.edited.connect(self._pause.start)
        for choice in (self.person, self.area, self.stage, self.type, self.where, self.order):
            choice.chosen.connect(self._choose)
        self._offer_fixed()

    def _choose(self, _key: str) -> None:
        # What was chosen may be a longer word than what stood there.
        self._place_order()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count and order stand at the far end, or with the filters where there is little room."""
        super().resizeEvent(event)
        self._place_order()

    def _place_order(self) -> None:
        # Two filters may go on in a second line beside them; more would leave a hole.
        first = (self.words, self.person, self.area, self.stage, self.count, self.order)
        apart = self.width() >= sum(one.sizeHint().width() + self._gap for one in first)
        self._fit_words(apart=apart)
        if apart == self._apart:
            return
        self._apart = apart
        for widget in (self.count, self.order):
            self._across.removeWidget(widget)
            self._line.removeWidget(widget)
            if apart:
                self._across.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            else:
                self._line.addWidget(widget)
            widget.show()
        self._line.invalidate()

    def _fit_words(self, *, apart: bool) -> None:
        """Give way to three filters beside the words, so that all of them take two lines."""
        px = self.theme.px
        beside = (self.person, self.area, self.stage)
        left = self.width() - sum(one.sizeHint().width() + self._gap for one in beside)
        narrow = not apart and px(_LEAST_SEARCH) <= left < px(_SEARCH_WIDTH)
        self.words.setFixedWidth(left if narrow else px(_SEARCH_WIDTH))

    def _offer_fixed(self) -> None:
        tr = self.tr
        stages = [(stage, stage.capitalize()) for stage in (*STAGES, CLOSED)]
        self.stage.set_options([("", tr("Any stage")), *stages], "")
        self.where.set_options(
            [
                ("used", tr("In use")),
                ("archived", tr("Archived")),
                ("all", tr("In use and archived")),
            ],
            "used",
        )
        self.order.set_options(
            [
                ("changed", tr("Last changed first")),
                ("started", tr("Newest first")),
                ("title", tr("By title")),
                ("person", tr("By owner")),
                ("stage", tr("By stage")),
            ],
            "changed",
        )

    def offer(self, rows: Sequence[SheetRow], kind: Callable[[SheetRow], str]) -> None:
        """Offer the people, areas and types that stand on any sheet."""
        people = {row.owner_key: row.owner for row in rows if row.owner}
        people |= {row.coach_key: row.coach for row in rows if row.coach}
        areas = {row.area_key: row.area for row in rows if row.area}
        kinds = {row.definition: kind(row) for row in rows}
        for choice, first, found in (
            (self.person, self.tr("Anyone"), people),
            (self.area, self.tr("Any {area}").format(area=self._area_word()), areas),
            (self.type, self.tr("Any type"), kinds),
        ):
            named = sorted(found.items(), key=lambda one: one[1].casefold())
            choice.set_options([("", first), *named], choice.value)
        self._place_order()

    def wanted(self, found: frozenset[str] | None) -> Wanted:
        """Return what is asked for; ``found`` are the sheets that hold the words."""
        return Wanted(
            person=self.person.value,
            area=self.area.value,
            stage=self.stage.value,
            definition=self.type.value,
            where=self.where.value,
            found=found,
        )

    def clear(self) -> None:
        """Ask for every sheet in use."""
        self.words.set_text("")
        for choice in (self.person, self.area, self.stage, self.type):
            choice.set_value("")
        self.where.set_value("used")
        self.typed.emit()
