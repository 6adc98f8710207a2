"""What lies before the leader on a walk: head, cue card, what was kept, the line and its foot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.pages.common import Padded, clear
from gemba.ui.pages.forms import Inline
from gemba.ui.pages.seen_list import SeenList
from gemba.ui.pages.walk_cue import CueCard
from gemba.ui.pages.walk_head import WalkHead
from gemba.ui.pages.walk_line import WalkLine
from gemba.ui.widgets import Button, Label, RowAction, RowWords, ScrollPage
from gemba.ui.widgets.hairline import Hairline

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

PHOTO, PROMISE, THANK, SAFETY = "Alt+O", "Alt+P", "Alt+T", "Alt+N"
_ROOM_FOR_CARD = 960
_ROOM_FOR_WIDE_CARD = 1200
_KEPT_LEAST = 112
_LOW = 520


class WalkBoard(QWidget):
    """Only how it lies there; the page decides what happens.

    Where there is no room for the cue card beside the line it waits behind a button in the head.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        thread: Thread,
        stop: Callable[[], str],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.head = WalkHead(theme)
        self.card = CueCard(
            theme, walks=walks, thread=thread, photo_path=walks.photo_path, today=today
        )
        self.line = WalkLine(theme, walks=walks, stop=stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Hairline(theme))
        below = QHBoxLayout()
        below.setSpacing(0)
        self._rule = Hairline(theme, upright=True)
        below.addWidget(self.card)
        below.addWidget(self._rule)
        below.addWidget(self._build_right(), 1)
        column.addLayout(below, 1)
        self.head.card.toggled.connect(self._show_card)
        self.line.saw.edited.connect(lambda: self._bring(self.line.saw))

    def _build_right(self) -> QWidget:
        theme = self.theme
        page = self.right = Padded(theme)
        self.seen = SeenList(theme, name=self.tr("Kept"), ground=False, big=True)
        kept = self._kept = ScrollPage(theme, margins=False)
        kept.add(self.seen)
        self._hint = Label(
            theme, self.tr("What you keep stands here, the newest first."), tone="ink_soft"
        )
        kept.add(self._hint)
        kept.finish()
        page.add(kept, 1)
        page.space(16)
        page.add(self.line)
        self._form_place = QVBoxLayout()
        page.column.addLayout(self._form_place)
        page.space(16)
        page.column.addLayout(self._build_foot())
        return page

    def _build_foot(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.photo = Button(theme, self.tr("Photo"), icon="camera", big=True)
        self.promise = Button(theme, self.tr("Promise"), icon="handshake", big=True)
        self.thank = Button(theme, self.tr("Thank"), icon="heart-handshake", big=True)
        self.safety = Button(theme, self.tr("Safety now"), icon="shield-alert", big=True, stop=True)
        self.keep = Button(theme, self.tr("Keep"), kind="primary", big=True)
        for button, keys in (
            (self.photo, PHOTO),
            (self.promise, PROMISE),
            (self.thank, THANK),
            (self.safety, SAFETY),
        ):
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(Label(theme, self.tr("Enter"), step="small", tone="ink_soft", wrap=False))
        row.addWidget(self.keep)
        return row

    def show_seen(self, rows: list[RowWords], actions: tuple[RowAction, ...]) -> None:
        """Show what was kept, the newest first."""
        self.seen.set_rows(rows, actions)
        self._hint.setVisible(not rows)

    def hold(self, form: Inline) -> None:
        """Put a form under the line, in the place of any other."""
        clear(self._form_place)
        self._form_place.addWidget(form)
        form.show()
        self.to_foot(form)

    def drop_form(self) -> None:
        """Take the form away."""
        clear(self._form_place)

    def to_foot(self, form: Inline | None = None) -> None:
        """Bring the foot into sight where there is room, the line or the form in any case."""

        def bring() -> None:
            self._bring(self.keep)
            self._bring(form or self.line.saw)

        # Once the layout knows how high everything has become.
        QTimer.singleShot(0, form or self, bring)

    def _bring(self, widget: QWidget) -> None:
        self.right.ensureWidgetVisible(widget, 0, self.theme.px(8))

    def _show_card(self, shown: bool) -> None:
        self.card.setVisible(shown)
        self._rule.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between the cue card, what was kept and the line."""
        super().resizeEvent(event)
        px, size = self.theme.px, event.size()
        narrow = size.width() < px(_ROOM_FOR_CARD)
        self.card.setFixedWidth(px(319 if size.width() >= px(_ROOM_FOR_WIDE_CARD) else 255))
        least = _KEPT_LEAST // 2 if size.height() < px(_LOW) else _KEPT_LEAST
        self._kept.setMinimumHeight(px(least))
        self.head.set_narrow(narrow)
        self._show_card(self.head.card.isChecked() if narrow else True)
