"""The editor of a figure that is a form: fields by name, each a piece of text of the figure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import Figure
from gemba.domain.figures.named_range import LeftOver, left_told
from gemba.domain.figures.pasted_split import Cells, split_pasted
from gemba.domain.figures.telling import Finding
from gemba.ui.figures.cells_told import show_told
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.told_list import ToldList
from gemba.ui.widgets import Label, TextField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class FormEditor(FigureEditor):
    """Fields under their keys; Enter goes on to the next one, Shift+Enter makes a new line.

    An editor adds its fields with `add_fields`, and says how a key is read and written where it
    is not an attribute of the figure. What is wrong is said below its field.
    """

    def __init__(
        self, theme: Theme, figure: Figure, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        self.fields: dict[str, TextField] = {}
        self.no_place = ToldList(theme, self)
        self.body.addWidget(self.no_place)
        self.form = QVBoxLayout()
        self.form.setSpacing(theme.px(12))
        self.body.addLayout(self.form)
        self.told = Label(theme, "", step="small", tone="ink_soft", parent=self)
        self.told.hide()

    def add_fields(self, *fields: tuple[str, str, str]) -> None:
        """Add fields beside each other, each a key, a label and a question."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        for key, label, question in fields:
            field = TextField(self.theme, label, question=question, enter_keeps=True, parent=self)
            field.set_text(self.text_of(key))
            field.edited.connect(lambda key=key: self._typed(key))
            field.entered.connect(lambda key=key: self._go_on(key))
            field.edit.takes_cells = self._cells_pasted
            self.fields[key] = field
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(row)

    def finish(self) -> None:
        """Close the form: what is open is told below its last field."""
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.order()
        self.tell()

    def order(self) -> None:
        """Let Tab go through the fields as they stand."""
        order = [self.caption.line, *(field.edit for field in self.fields.values())]
        for one, other in itertools.pairwise(order):
            QWidget.setTabOrder(one, other)

    def text_of(self, key: str) -> str:
        """Return what a field shows."""
        return str(getattr(self.figure, key))

    def with_text(self, key: str, text: str) -> Figure:
        """Return the figure with what was typed into a field."""
        return replace(self.figure, **{key: text})  # type: ignore[arg-type]

    def findings(self) -> Iterable[Finding]:
        """Return what is wrong; ``where`` is the key of the field it is said at."""
        return ()

    def left_open(self) -> Sequence[str]:
        """Return sentences about what is still missing."""
        return ()

    def begin(self) -> None:
        """Put the caret into the first field that is empty."""
        empty = (field for field in self.fields.values() if not field.text().strip())
        next(empty, next(iter(self.fields.values()))).setFocus()

    def begin_at(self, item: str) -> None:
        """Put the caret into a field by its key."""
        if item in self.fields:
            self.fields[item].setFocus()
        else:
            self.begin()

    def show_figure(self) -> None:
        """Bring every field to the state of the figure."""
        for key, field in self.fields.items():
            text = self.text_of(key)
            if field.text() != text and self.with_text(key, field.text()) != self.figure:
                field.set_text(text)
        self.tell()

    def tell(self) -> None:
        """Say below each field what is wrong with it, and under all what is missing."""
        said: dict[str, list[str]] = {}
        for found in self.findings():
            said.setdefault(found.where, []).append(found.told(self.around.say))
        for key, question in self.asked().items():
            said.setdefault(key, []).append(question)
        for key, field in self.fields.items():
            words = "\n".join(said.get(key, []))
            if field.said() != words:
                field.say(words)
        left = self.left_open()
        self.told.setText("\n".join(left))
        self.told.setVisible(bool(left))

    def ask_again(self) -> None:
        """Say anew what is asked about the words."""
        self.tell()

    def asked(self) -> Mapping[str, str]:
        """Return what is asked about the words of fields, by their keys."""
        return {}

    def take_cells(self, rows: Cells) -> Sequence[LeftOver] | None:
        """Take a pasted range and return what found no place; None where a form takes none."""
        return None

    def _cells_pasted(self, text: str) -> bool:
        """Take a range of cells over the fields; a text without cells is no range."""
        rows = split_pasted(text)
        parted = "\t" in text or (";" in text and len(rows) > 1)
        return parted and self.paste_rows(rows)

    def paste_rows(self, rows: Cells) -> bool:
        """Take rows of cells and say what found no place; False where a form takes none."""
        left = self.take_cells(rows) if rows else None
        if left is None:
            return False
        self.show_figure()
        for key, field in self.fields.items():
            if field.text() != self.text_of(key):
                field.set_text(self.text_of(key))
        show_told(self.no_place, left_told(left, self.around.say))
        return True

    def _typed(self, key: str) -> None:
        self.put(self.with_text(key, self.fields[key].text()))
        self.tell()

    def _go_on(self, key: str) -> None:
        keys = list(self.fields)
        at = keys.index(key) + 1
        if at < len(keys):
            self.fields[keys[at]].setFocus()
