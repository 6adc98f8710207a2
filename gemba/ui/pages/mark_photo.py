"""Marking one photo as large as the window: arrows, circles, words, and what is blurred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import PhotoFigure
from gemba.domain.photo_mark import PhotoMark
from gemba.ui.figures.photo_marks import MarksEditor
from gemba.ui.widgets import Button, IconButton, Label
from gemba.ui.widgets.photo_view import OverWindow
from gemba.ui.widgets.photos import Source, read_whole
from gemba.ui.within import tab_within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

Marks = tuple[PhotoMark, ...]
_LARGEST = 2_048
"""The longer side in pixels at which a photo is marked; no screen shows more of it."""


class MarkPhoto(OverWindow):
    """``keep`` hears every change at once, ``done`` what stands there when the window is back.

    Ctrl+Z goes back mark by mark, Ctrl+Shift+Z forward again; Esc or Done gives the window back.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        source: Source,
        *,
        photo: str,
        marks: Marks,
        keep: Callable[[Marks], None],
        done: Callable[[Marks], None],
    ) -> None:
        super().__init__(theme, window)
        self._keep = keep
        self._done = done
        self._undone: list[Marks] = []
        self._states: list[Marks] = [marks]
        self.editor = MarksEditor(theme, PhotoFigure(id="photo", photo=photo, marks=marks), self)
        self.editor.view.fill()
        self.editor.show_image(self._read(source))
        self.editor.changed.connect(self._changed)
        self._build()
        self._share()
        self.setAccessibleName(self.tr("Mark the photo"))
        self.cover()
        self.editor.tools.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, source: Source) -> QImage:
        return read_whole(source, _LARGEST, _LARGEST)

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(12), px(24), px(16))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(theme, self.tr("Mark the photo"), step="strong", wrap=False), 1)
        self.undoer = IconButton(theme, "undo-2", self.tr("Undo (Ctrl+Z)"))
        self.redoer = IconButton(theme, "redo-2", self.tr("Redo (Ctrl+Shift+Z)"))
        self.finish = Button(theme, self.tr("Done"), kind="primary")
        for button, run in (
            (self.undoer, self.undo),
            (self.redoer, self.redo),
            (self.finish, self.close_view),
        ):
            button.clicked.connect(run)
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.editor, 1)

    def _changed(self, figure: PhotoFigure) -> None:
        self._states.append(figure.marks)
        self._undone.clear()
        self._keep(figure.marks)
        self._share()

    def _share(self) -> None:
        self.undoer.setEnabled(len(self._states) > 1)
        self.redoer.setEnabled(bool(self._undone))

    def undo(self) -> None:
        """Go back to the marks before the last change made here."""
        self.editor.leave()
        if len(self._states) > 1:
            self._undone.append(self._states.pop())
            self._show()

    def redo(self) -> None:
        """Go forward again."""
        if self._undone:
            self._states.append(self._undone.pop())
            self._show()

    def _show(self) -> None:
        marks = self._states[-1]
        self.editor.show_figure(replace(self.editor.figure, marks=marks))
        self._keep(marks)
        self._share()

    def close_view(self) -> None:
        """Keep words that are still being written, and give the window back."""
        self.editor.leave()
        super().close_view()
        self._done(self._states[-1])

    def hideEvent(self, event: object) -> None:
        """Keep half-written words on every way out, also when the window closes."""
        self.editor.leave()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+Z and Ctrl+Shift+Z step; no other key reaches the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_view()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays here until it is closed."""
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held):
            tab_within(self, held, next)
        return True
