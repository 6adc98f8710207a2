"""What was seen, one row each, with room under a row for the form that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words
from gemba.services.thread import Thread
from gemba.ui.days import clock
from gemba.ui.widgets import Row, RowAction, RowWords

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

MOST_WORDS = 300
"""More letters than any row shows; a text of a megabyte would be measured at every paint."""


def marks_of(seen: Observation, thread: Thread) -> tuple[tuple[str, str], ...]:
    """Return what became of an observation as small marks: promised, thanked, photos, category."""
    say = QCoreApplication.translate
    marks: list[tuple[str, str]] = []
    if seen.safety is not None:
        marks.append(("shield-alert", say("Seen", "made safe")))
    for chip in thread.chips(Ref("observation", seen.id)):
        match thread.record(chip.ref):
            case Promise() as promise:
                marks.append(("handshake", _promised(promise)))
            case Sheet():
                marks.append(("notebook-pen", say("Seen", "A3")))
            case Storyboard():
                marks.append(("target", say("Seen", "obstacle")))
    if seen.counts:
        marks.append(("list", str(sum(one.number for one in seen.counts))))
    if seen.laps:
        marks.append(("timer", str(len(seen.laps))))
    icon = {"do now": "check", "idea": "plus", "note": "file-text"}.get(seen.conversion)
    if icon is not None:
        words = {
            "do now": say("Seen", "do now"),
            "idea": say("Seen", "idea"),
            "note": say("Seen", "note"),
        }
        marks.append((icon, words[seen.conversion]))
    if seen.thanked:
        marks.append(("heart-handshake", say("Seen", "thanked")))
    if seen.photos:
        marks.append(("camera", str(len(seen.photos))))
    if seen.memos:
        marks.append(("mic", str(len(seen.memos))))
    if seen.category:
        marks.append(("", seen.category))
    return tuple(marks)


def _promised(promise: Promise) -> str:
    say = QCoreApplication.translate
    if promise.told_back is not None:
        return say("Seen", "told {name}").format(name=promise.told_back.to)
    if promise.raised_by:
        return say("Seen", "promised to {name}").format(name=promise.raised_by)
    return say("Seen", "promised")


class SeenList(QWidget):
    """Rows of observations; `opened` hands on an id. One form at a time stands under its row."""

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        big: bool = False,
        ground: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._big = big
        self._ground = ground
        self._rows: dict[UUID, Row] = {}
        self._form: QWidget | None = None
        self._form_at: UUID | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def rows(self) -> list[Row]:
        """The rows from top to bottom."""
        return list(self._rows.values())

    def row(self, key: UUID) -> Row:
        """The row of an observation; raises KeyError."""
        return self._rows[key]

    def set_rows(self, rows: Sequence[RowWords], actions: Sequence[RowAction] = ()) -> None:
        """Show these rows; rows that stay keep their focus, and a form stays under its row."""
        keys = [words.key for words in rows]
        for gone in [key for key in self._rows if key not in keys]:
            row = self._rows.pop(gone)
            row.hide()
            row.deleteLater()
        fresh: dict[UUID, Row] = {}
        for words in rows:
            assert isinstance(words.key, UUID)
            row_here = self._rows.get(words.key)
            if row_here is None:
                row_here = self._make(words, actions)
            elif row_here.words != words:
                row_here.set_words(words)
            fresh[words.key] = row_here
        self._rows = fresh
        self._arrange()

    def hold(self, key: UUID, form: QWidget) -> None:
        """Put a form under the row of this key instead of any other form."""
        self.drop_form()
        self._form, self._form_at = form, key
        form.setParent(self)
        self._arrange()
        form.show()

    def drop_form(self) -> None:
        """Take the form away."""
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = self._form_at = None

    def _make(self, words: RowWords, actions: Sequence[RowAction]) -> Row:
        row = Row(
            self.theme, words, actions=actions, big=self._big, ground=self._ground, parent=self
        )
        row.opened.connect(self.opened)
        return row

    def _arrange(self) -> None:
        # Taking a widget out of a layout leaves its focus alone; only its place changes.
        while self._column.takeAt(0) is not None:
            pass
        rows = self.rows()
        for at, row in enumerate(rows):
            row.first, row.last = at == 0, at == len(rows) - 1
            self._column.addWidget(row)
            row.show()
            row.update()
            if self._form is not None and row.words.key == self._form_at:
                self._column.addWidget(self._form)
        if self._form is not None and self._form_at not in self._rows:
            self.drop_form()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from row to row."""
        rows = self.rows()
        now = next((i for i, row in enumerate(rows) if row.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if now is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= now + step < len(rows):
            rows[now + step].setFocus(Qt.FocusReason.TabFocusReason)


def row_of(
    seen: Observation,
    marks: tuple[tuple[str, str], ...],
    *,
    small: str = "",
    lead: str | None = None,
) -> RowWords:
    """Return an observation as a row: its time, its words, and what became of it."""
    return RowWords(
        strong=first_words(seen.saw, MOST_WORDS),
        small=small,
        lead=clock(seen.seen_at) if lead is None else lead,
        marks=marks,
        bold=bool(small),
        key=seen.id,
    )
