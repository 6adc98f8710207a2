"""Marking a photo: the photo itself, the tools over it, and the words that are written on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo_marks import with_mark, with_words
from gemba.domain.photo_mark import PhotoMark
from gemba.ui.figures.photo_canvas import MOVE, PhotoCanvas
from gemba.ui.widgets import Field, IconButton, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class MarksEditor(QWidget):
    """Arrows, circles, words and blurs on one photo; `changed` hands on the figure after each.

    Without a picture to be seen there are no tools.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, figure: PhotoFigure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.view = PhotoCanvas(theme, figure, self)
        self.view.drew.connect(self._put)
        self.view.asked_words.connect(self._ask_words)
        self.view.picked.connect(self._show_words)
        self.words = Field(
            theme, tr("Words on the photo"), question=tr("What is to be seen here?"), parent=self
        )
        self.words.entered.connect(self._end_words)
        self.words.left.connect(self._keep_words)
        self.words.hide()
        self._words_at: tuple[float, float] | int | None = None
        tools = [
            (MOVE, tr("Move")),
            ("arrow", tr("Arrow")),
            ("circle", tr("Circle")),
            ("text", tr("Words")),
            ("blur", tr("Blur")),
        ]
        self.tools = Segmented(theme, tools, value=MOVE, name=tr("Mark on the photo"), parent=self)
        self.tools.chosen.connect(self._take_tool)
        self.remover = IconButton(theme, "eraser", tr("Take a mark away"), parent=self)
        self.remover.clicked.connect(self.view.remove)
        self.hint = Label(
            theme,
            tr(
                "A blur is in every print, PDF, picture and slide; the photo itself stays as it "
                "is. By keys: arrows move, Space puts down one end and then the other, Delete "
                "takes away."
            ),
            step="small",
            tone="ink_soft",
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.view)
        self.row = QHBoxLayout()
        self.row.addWidget(self.tools)
        self.row.addStretch(1)
        self.row.addWidget(self.remover)
        column.addLayout(self.row)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        self.show_figure(figure)

    @property
    def figure(self) -> PhotoFigure:
        """The photo with its marks as they stand now."""
        return self.view.figure

    def show_figure(self, figure: PhotoFigure) -> None:
        """Show another state of the marks, as after undo."""
        if self.view.figure.marks != figure.marks:
            # Other marks than those whose words were shown.
            self._words_at = None
            self.words.hide()
        self.view.show_figure(figure)
        self._share()

    def show_image(self, image: QImage) -> None:
        """Show another photo, or none."""
        self.view.show_image(image)
        self._share()

    def _share(self) -> None:
        marks = self.view.shows_a_picture()
        for widget in (self.tools, self.remover, self.hint):
            widget.setVisible(marks)
        self.remover.setEnabled(bool(self.figure.marks))

    def _put(self, figure: PhotoFigure) -> None:
        self.view.show_figure(figure)
        self._share()
        self.changed.emit(figure)

    def _ask_words(self, x: float, y: float) -> None:
        """Ask which words are to stand at a point of the photo."""
        self._keep_words()
        self._words_at = (x, y)
        self.words.set_text("")
        self.words.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self) -> None:
        """Show the words of the mark that was chosen, to be changed."""
        self._keep_words()
        chosen, marks = self.view.chosen, self.figure.marks
        if chosen is None or chosen >= len(marks) or marks[chosen].shape != "text":
            return
        self._words_at = chosen
        self.words.set_text(marks[chosen].text)
        self.words.show()

    def _keep_words(self) -> None:
        """Take what was written; where nothing was, there are no words."""
        at, text = self._words_at, self.words.text().strip()
        self._words_at = None
        self.words.hide()
        figure = self.figure
        if isinstance(at, int):
            figure = with_words(figure, at, text)
        elif at is not None:
            x, y = at
            mark = PhotoMark(shape="text", x1=x, y1=y, x2=x, y2=y, text=text)
            figure = with_mark(figure, mark)
        if figure != self.figure:
            self._put(figure)

    def _end_words(self) -> None:
        self._keep_words()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep words that are still being written."""
        self._keep_words()

    def _take_tool(self, tool: str) -> None:
        self.view.use(tool)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
