"""Safety now: act first, write after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.observation import SafetyNow
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Button, Column, Label, ScrollPage, TextField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_LOW = 520


class ActFirst(QWidget):
    """A calm page that waits while the leader acts, then notes who was called and what was done.

    `done` is sent when the leader returns to the walk, `unneeded` when nothing was unsafe.
    """

    done = Signal()
    unneeded = Signal()

    def __init__(self, theme: Theme, *, walks: Walks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._id: UUID | None = None
        self._safety = SafetyNow()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(theme)
        outer.addWidget(page, 1)
        column = Column(theme, gap=24)
        column.setMinimumWidth(theme.px(320))
        self._above = QWidget()
        page.add(self._above)
        page.body.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        page.finish()
        column.add(Label(theme, self.tr("Act first"), step="question"))
        column.add(
            Label(
                theme,
                self.tr(
                    "Make it safe, or stop the work. Call whoever must know. "
                    "This page waits; write when nobody can be hurt any more."
                ),
            )
        )
        self.called = TextField(
            theme, self.tr("Who was called?"), big=True, enter_keeps=True, lines=1
        )
        self.made_safe = TextField(
            theme, self.tr("What was made safe, and how?"), big=True, enter_keeps=True, lines=2
        )
        column.add(self.called)
        column.add(self.made_safe)
        # Outside of what scrolls: the way back is always in sight.
        below = Column(theme, centred=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(16))
        foot.setSpacing(theme.px(8))
        self.no = Button(theme, self.tr("Nothing was unsafe"), kind="quiet", big=True)
        self.back = Button(theme, self.tr("It is safe: write what I saw"), kind="primary", big=True)
        foot.addWidget(self.no)
        foot.addStretch(1)
        foot.addWidget(self.back)
        below.body.addLayout(foot)
        outer.addWidget(below)
        self._autosave = Autosave(self.called, self._save)
        self._autosave.bind(self.made_safe)
        self.called.entered.connect(lambda: self.made_safe.edit.setFocus())
        self.made_safe.entered.connect(self._finish)
        self.back.clicked.connect(self._finish)
        self.no.clicked.connect(self._take_back)

    def open(self, observation_id: UUID) -> None:
        """Wait beside this observation; its time and category stand from now on."""
        self._id = observation_id
        seen = self._walks.observation(observation_id)
        if seen.safety is None:
            seen = self._walks.safety_now(observation_id, "", "")
        self._autosave.shows(seen)
        self._safety = seen.safety or SafetyNow()
        self.called.set_text(self._safety.called)
        self.made_safe.set_text(self._safety.made_safe)
        self.called.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, visit: str) -> None:
        if self._id is None:
            return
        self._safety = replace(
            self._safety, called=self.called.text(), made_safe=self.made_safe.text()
        )
        self._walks.write_line(self._id, visit=visit, safety=self._safety)

    def _finish(self) -> None:
        self._autosave.leave()
        self.done.emit()

    def _take_back(self) -> None:
        self._autosave.drop()
        if self._id is not None:
            self._walks.change_line(self._id, safety=None, category="")
        self.unneeded.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room above to the words where there is little."""
        super().resizeEvent(event)
        low = event.size().height() < self.theme.px(_LOW)
        self._above.setFixedHeight(0 if low else self.theme.px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the walk; what stands here is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._finish()
            return
        super().keyPressEvent(event)
