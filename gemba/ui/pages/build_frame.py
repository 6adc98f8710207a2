"""What stands on the page on which a form is built: its outline, one question, and a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.pages.build_question import BuildQuestion
from gemba.ui.pages.common import Padded
from gemba.ui.widgets import Button, Field, IconButton, Notice, PageHead, RowList
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.pages.build_preview import BuildPreview
    from gemba.ui.pages.fill_editor import EditorParts
    from gemba.ui.theme import Theme

_NESTED = 8
_BESIDE = 900
"""From this width of the page, in pixels at 100 %, the preview stands beside the questions."""


class BuildFrame(QWidget):
    """The parts of the page, in their places; what they do, the page says."""

    def __init__(
        self,
        theme: Theme,
        *,
        preview: BuildPreview,
        parts: EditorParts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.preview = preview
        outer = QVBoxLayout(self)
        px = theme.px
        outer.setContentsMargins(px(24), px(24), px(8), 0)
        outer.setSpacing(px(16))
        self._build_head()
        outer.addWidget(self.head)
        # Each side scrolls by itself: the question that is changed stays in sight.
        both = QHBoxLayout()
        both.setSpacing(px(24))
        outer.addLayout(both, 1)
        self.left, self.right = Padded(theme, 4), Padded(theme, 4)
        self._build_left(self.left)
        self._build_right(self.right, parts)
        both.addWidget(self.left, 1)
        both.addWidget(self.right, 1)

    def _build_head(self) -> None:
        theme, tr = self.theme, self.tr
        self.head = PageHead(theme, tr("Build a form"))
        self.back = IconButton(theme, "undo-2", tr("Undo"))
        self.on = IconButton(theme, "redo-2", tr("Redo"))
        self.keep = Button(theme, tr("Keep the form"), kind="primary", icon="check")
        self.drop = Button(theme, tr("Leave it as it was"), kind="quiet")
        for widget in (self.back, self.on, self.drop, self.keep):
            self.head.add_action(widget)

    def _build_left(self, left: Padded) -> None:
        theme, px, tr = self.theme, self.theme.px, self.tr
        column = left.column
        column.setSpacing(px(8))
        self.title = Field(theme, tr("What do you call it?"), question=tr("A few words"))
        column.addWidget(self.title)
        self.unkept = Notice(theme, "")
        self.unkept.hide()
        column.addWidget(self.unkept)
        self.rows = RowList(theme, name=tr("Questions"))
        column.addWidget(self.rows)
        add = QHBoxLayout()
        add.setSpacing(px(8))
        self.new = Field(theme, "", question=tr("One more question, then Enter"))
        self.add_group = Button(theme, tr("Group"), icon="plus")
        self.add_repeat = Button(theme, tr("Repeat"), icon="plus")
        add.addWidget(self.new, 1)
        add.addWidget(self.add_group)
        add.addWidget(self.add_repeat)
        column.addLayout(add)
        column.addSpacing(px(16))
        spoken = QHBoxLayout()
        spoken.setSpacing(px(8))
        self.languages = Field(
            theme,
            tr("Languages, with a comma between"),
            question=tr("One language, or English (en), Deutsch (de)"),
        )
        self.spoken = Choice(theme, tr("Language that is written in"))
        spoken.addWidget(self.languages, 1)
        spoken.addWidget(self.spoken, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(spoken)
        left.finish()

    def _build_right(self, right: Padded, parts: EditorParts) -> None:
        theme, px, tr = self.theme, self.theme.px, self.tr
        # In a narrow window what is shown beside goes on below, and all of it scrolls together.
        self.beside = QWidget()
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.chosen = QWidget()
        inner = QVBoxLayout(self.chosen)
        inner.setContentsMargins(0, 0, 0, px(24))
        inner.setSpacing(px(8))
        bar = QHBoxLayout()
        self.up = IconButton(theme, "chevron-up", tr("Up"))
        self.down = IconButton(theme, "chevron-down", tr("Down"))
        self.away = Button(theme, tr("Take away"), kind="quiet", icon="trash-2")
        bar.addWidget(self.up)
        bar.addWidget(self.down)
        bar.addStretch(1)
        bar.addWidget(self.away)
        inner.addLayout(bar)
        self.question = BuildQuestion(theme, parts)
        inner.addWidget(self.question)
        column.addWidget(self.chosen)
        column.addWidget(self.preview)
        right.add(self.beside)
        right.finish()

    def bring_into_view(self) -> None:
        """Scroll to the question that is changed, so that all that is asked of it is in sight."""
        # Each round settles what a layout asked of the one around it; until then it is too short.
        for _ in range(_NESTED):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        pane = self.left if self.left.isAncestorOf(self.beside) else self.right
        bar = pane.verticalScrollBar()
        at = self.chosen.mapTo(pane, QPoint(0, 0)).y()
        bar.setValue(bar.value() + at - self.theme.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview below the questions where there is little width."""
        super().resizeEvent(event)
        beside = event.size().width() >= self.theme.px(_BESIDE)
        if beside != self.right.isAncestorOf(self.beside):
            pane = self.right if beside else self.left
            pane.column.insertWidget(pane.column.count() - 1, self.beside)
            self.right.setVisible(beside)
