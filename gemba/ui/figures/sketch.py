"""Drawing a sketch with pen, mouse or keys, and writing words on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.figures import Sketch
from gemba.domain.figures.sketch import Words
from gemba.domain.figures.strokes import (
    with_words,
)
from gemba.ui.figures.canvas import Canvas
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.widgets import Field, IconButton, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class SketchEditor(FigureEditor):
    """Pen, eraser and words over the surface; Ctrl+Z takes back one stroke at a time."""

    def __init__(
        self, theme: Theme, figure: Sketch, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self._undone: list[Sketch] = []
        self._done: list[Sketch] = []
        self._words_at: tuple[float, float] | None = None
        options = [("pen", tr("Pen")), ("eraser", tr("Eraser")), ("words", tr("Words"))]
        self.tools = Segmented(theme, options, value="pen", name=tr("Tool"), parent=self)
        self.tools.chosen.connect(self._choose)
        widths = [("0.6", tr("Thin")), ("1.0", tr("Plain")), ("2.0", tr("Bold"))]
        self.widths = Segmented(theme, widths, value="1.0", name=tr("Line"), parent=self)
        self.undoer = IconButton(theme, "undo-2", tr("Undo stroke"), parent=self)
        self.undoer.clicked.connect(self.undo)
        self.redoer = IconButton(theme, "redo-2", tr("Redo stroke"), parent=self)
        self.redoer.clicked.connect(self.redo)
        self.canvas = Canvas(theme, figure, self)
        self.widths.chosen.connect(lambda key: setattr(self.canvas, "pen_width", float(key)))
        self.canvas.drew.connect(self._drew)
        self.canvas.asked_words.connect(self._ask_words)
        self.words = Field(theme, tr("Words"), question=tr("What stands here?"), parent=self)
        self.words.entered.connect(self._keep_words)
        self.words.hide()
        keys = tr("By keys: arrows move, Space puts the pen down and lifts it, Enter writes words.")
        self._arrange(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        self._show_undo()

    def _arrange(self, hint: Label) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        row.addWidget(self.tools)
        row.addStretch(1)
        row.addWidget(self.undoer)
        row.addWidget(self.redoer)
        self.body.addLayout(row)
        self.body.addWidget(self.canvas)
        self.body.addWidget(self.words)
        self.body.addWidget(self.widths)
        self.body.addWidget(hint)
        self.body.addStretch(1)

    @property
    def _sketch(self) -> Sketch:
        assert isinstance(self._figure, Sketch)
        return self._figure

    def begin(self) -> None:
        """Put the focus on the surface."""
        self.canvas.setFocus()

    def show_figure(self) -> None:
        """Show another state of the sketch."""
        self._done.clear()
        self._undone.clear()
        self.canvas.show_sketch(self._sketch)
        self._show_undo()

    def _choose(self, tool: str) -> None:
        self.canvas.tool = tool
        if tool != "words":
            self._keep_words()

    def _drew(self, sketch: Sketch) -> None:
        self._done.append(self._sketch)
        self._undone.clear()
        self._take(sketch)

    def _take(self, sketch: Sketch) -> None:
        self.canvas.show_sketch(sketch)
        self.put(sketch)
        self._show_undo()

    def _show_undo(self) -> None:
        self.undoer.setEnabled(bool(self._done))
        self.redoer.setEnabled(bool(self._undone))

    def undo(self) -> None:
        """Take back the last stroke, erasure or words."""
        if self._done:
            self._undone.append(self._sketch)
            self._take(replace(self._done.pop(), caption=self._sketch.caption))

    def redo(self) -> None:
        """Bring back what was taken back."""
        if self._undone:
            self._done.append(self._sketch)
            self._take(replace(self._undone.pop(), caption=self._sketch.caption))

    def _ask_words(self, x: float, y: float) -> None:
        self._keep_words()
        self._words_at = (x, y)
        self.words.set_text("")
        self.words.show()
        self.words.setFocus()

    def _keep_words(self) -> None:
        at, text = self._words_at, self.words.text().strip()
        self._words_at = None
        self.words.set_text("")
        self.words.hide()
        if at is not None and text:
            words = Words(x=round(at[0], 2), y=round(at[1], 2), text=text)
            self._drew(with_words(self._sketch, words))
            self.canvas.setFocus()

    def leave(self) -> None:
        """Keep words and a stroke that are still being written."""
        self.canvas.finish()
        self._keep_words()
        super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and its opposite belong to the strokes while the sketch has the focus."""
        if event.matches(QKeySequence.StandardKey.Undo) and self._done:
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) and self._undone:
            self.redo()
        else:
            super().keyPressEvent(event)
