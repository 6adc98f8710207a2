"""What lies before the leader on a walk: head, cue card, what was kept, the line and its foot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.pages.common import clear
from gemba.ui.pages.forms import Inline
from gemba.ui.pages.seen_list import SeenList
from gemba.ui.pages.walk_cue import CueCard
from gemba.ui.pages.walk_head import WalkHead
from gemba.ui.pages.walk_line import WalkLine
from gemba.ui.widgets import Button, Label, RowAction, RowWords, ScrollPage
from gemba.ui.widgets.hairline import Hairline

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

PHOTO, PROMISE, THANK, SAFETY, COUNT = "Alt+O", "Alt+P", "Alt+T", "Alt+N", "Alt+C"
_ROOM_FOR_CARD = 960
_ROOM_FOR_WIDE_CARD = 1200
_KEPT_LEAST = 112
_LOW = 520
_RING = 4
"""Room in what scrolls, so that the ring round its outermost control is not cut."""


class WalkBoard(QWidget):
    """Only how it lies there; the page decides what happens.

    The line for what I saw never scrolls and is never covered. Where there is little room the
    rest gives way, in this order: the prompts fold behind "More", the cue card waits behind a
    button and then lies above the line, what was kept shrinks, and the rest scrolls.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        thread: Thread,
        stop: Callable[[], str],
        today: Callable[[], date],
        tasks: Tasks | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._form: Inline | None = None
        self.head = WalkHead(theme)
        self.card = CueCard(
            theme,
            walks=walks,
            thread=thread,
            photo_source=walks.photo_source,
            today=today,
            tasks=tasks,
        )
        self.line = WalkLine(theme, walks=walks, stop=stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Hairline(theme))
        self._below = QHBoxLayout()
        self._below.setSpacing(0)
        self._rule = Hairline(theme, upright=True)
        self._below.addWidget(self.card)
        self._below.addWidget(self._rule)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._under_card = Hairline(theme)
        self._right.addWidget(self._under_card)
        self._right.addWidget(self._build_lower(), 1)
        self._below.addLayout(self._right, 1)
        column.addLayout(self._below, 1)
        self.head.card.toggled.connect(lambda _on: self._share())
        self.line.more.toggled.connect(lambda _on: self._share())
        self.line.apart.revealed.connect(self._bring_soon)

    def _build_lower(self) -> QWidget:
        theme = self.theme
        lower = QWidget()
        self._lower = QVBoxLayout(lower)
        self.seen = SeenList(theme, name=self.tr("Kept"), ground=False, big=True)
        self.kept = _WholeRows(theme)
        self.kept.add(self.seen)
        self._hint = Label(
            theme, self.tr("What you keep stands here, the newest first."), tone="ink_soft"
        )
        self.kept.add(self._hint)
        self.kept.finish()
        self._lower.addWidget(self.kept, 1)
        inset = theme.px(_RING)
        line = QHBoxLayout()
        line.setContentsMargins(inset, 0, inset, 0)
        line.addWidget(self.line)
        self._lower.addLayout(line)
        self.rest = _AsHigh(theme)
        self.rest.add(self.line.apart)
        self._form_place = QVBoxLayout()
        self.rest.body.addLayout(self._form_place)
        self.rest.finish()
        self._lower.addWidget(self.rest)
        self._foot = QWidget()
        self._build_foot(self._foot)
        self._lower.addWidget(self._foot)
        return lower

    def _build_foot(self, foot: QWidget) -> None:
        theme = self.theme
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(_RING), theme.px(_RING), theme.px(_RING), 0)
        row.setSpacing(theme.px(8))
        self.photo = Button(theme, self.tr("Photo"), icon="camera", big=True)
        self.promise = Button(theme, self.tr("Promise"), icon="handshake", big=True)
        self.thank = Button(theme, self.tr("Thank"), icon="heart-handshake", big=True)
        self.count = Button(theme, self.tr("Count"), icon="timer", big=True)
        self.safety = Button(theme, self.tr("Safety now"), icon="shield-alert", big=True, stop=True)
        self.keep = Button(theme, self.tr("Keep"), kind="primary", big=True)
        for button, keys in (
            (self.photo, PHOTO),
            (self.promise, PROMISE),
            (self.thank, THANK),
            (self.count, COUNT),
            (self.safety, SAFETY),
        ):
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            row.addWidget(button)
        row.addStretch(1)
        self._enter = Label(theme, self.tr("Enter"), step="small", tone="ink_soft", wrap=False)
        row.addWidget(self._enter)
        row.addWidget(self.keep)

    def show_seen(self, rows: list[RowWords], actions: tuple[RowAction, ...]) -> None:
        """Show what was kept, the newest first."""
        self.seen.set_rows(rows, actions)
        self._hint.setVisible(not rows)

    def hold(self, form: Inline) -> None:
        """Put a form under the line, in the place of any other."""
        clear(self._form_place)
        self._form = form
        self._form_place.addWidget(form)
        form.show()
        self._share()
        self._bring_soon(form)

    def drop_form(self) -> None:
        """Take the form away."""
        clear(self._form_place)
        self._form = None
        self._share()

    def _bring_soon(self, widget: object) -> None:
        assert isinstance(widget, QWidget)

        def bring() -> None:
            if self.rest.isAncestorOf(widget):
                self.rest.ensureWidgetVisible(widget, 0, self.theme.px(8))

        # Once the layout knows how high everything has become.
        QTimer.singleShot(0, widget, bring)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Share the room between the cue card, what was kept, the line and the rest."""
        px = self.theme.px
        narrow, low = self.width() < px(_ROOM_FOR_CARD), self.height() < px(_LOW)
        held = self._form is not None
        above = narrow and self.head.card.isChecked() and not held
        self._place_card(narrow)
        self.card.setVisible(above or not narrow)
        self._rule.setVisible(not narrow)
        self._under_card.setVisible(above)
        self.head.set_narrow(narrow, low)
        side, top = px((16 if narrow else 24) - _RING), px(8 if low else 24)
        self._lower.setContentsMargins(side, top, side, top)
        self._lower.setSpacing(px(4 if low else 12))
        self.kept.setMinimumHeight(0 if low else px(_KEPT_LEAST))
        self.kept.setVisible(not above and not (low and held))
        self.rest.setVisible(held or not (low and above))
        apart = self.line.apart
        apart.set_narrow(narrow)
        apart.setVisible(not (low and held))
        self.line.more.setVisible(low)
        apart.set_folded(held or (low and not self.line.more.isChecked()))
        self._foot.setVisible(not (low and held))
        self._enter.setVisible(not narrow)

    def _place_card(self, narrow: bool) -> None:
        px = self.theme.px
        if narrow == (self._below.indexOf(self.card) >= 0):
            (self._below if narrow else self._right).removeWidget(self.card)
            if narrow:
                self._right.insertWidget(0, self.card, 1000)
            else:
                self._below.insertWidget(0, self.card)
        widest = 2**24 - 1
        wide = px(319 if self.width() >= px(_ROOM_FOR_WIDE_CARD) else 255)
        self.card.setMinimumWidth(0 if narrow else wide)
        self.card.setMaximumWidth(widest if narrow else wide)
        self.card.set_sides(16 if narrow else 24, 8 if narrow else 24)


class _AsHigh(ScrollPage):
    """As high as what it holds where there is room for it; where there is less it scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.content.installEventFilter(self)

    def _set_margins(self) -> None:
        ring = self.theme.px(_RING)
        self.body.setContentsMargins(ring, ring, ring, ring)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height as soon as what it holds has one."""
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower place makes words break into more lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The height of what it holds at this width."""
        width = max(self.width(), 1)
        high = self.body.totalHeightForWidth(width)
        return QSize(width, high if high >= 0 else self.body.totalSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One row of it."""
        return QSize(0, min(self.sizeHint().height(), self.theme.px(48)))


class _WholeRows(ScrollPage):
    """Shows nothing where there is no room for one row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=False)

    def _set_margins(self) -> None:
        ring = self.theme.px(_RING)
        self.body.setContentsMargins(ring, 0, ring, 0)

    def minimumSizeHint(self) -> QSize:
        """It gives way to everything else."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A slice of a row would be noise."""
        super().resizeEvent(event)
        self.content.setVisible(self.height() >= self.theme.px(40))
