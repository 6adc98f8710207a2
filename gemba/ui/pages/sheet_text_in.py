"""Text into a sheet: pasted or from a file, shared out to the boxes its headings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.sheet_text import parts_of
from gemba.services.text_file import read_text
from gemba.ui.half_typed import HalfTyped
from gemba.ui.widgets import Button, Label, TextField

if TYPE_CHECKING:
    from gemba.domain.sheet_text import TextParts
    from gemba.ui.pages.sheet_desk import SheetHost


class TextInPanel(QWidget):
    """Says before anything is written where each part of the text would go."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        said = self.tr(
            "A line that is the name of a box begins what goes into that box, under what stands"
            " there. What is under no such line goes into the tray, and from there where you put"
            " it."
        )
        column.addWidget(Label(theme, said, tone="ink_soft"))
        self.text = TextField(theme, self.tr("Text"), lines=10)
        self.text.edited.connect(self._tell)
        column.addWidget(self.text)
        self._half = HalfTyped(self, page.desk.drafts, {"text": self.text})
        if page.sheet is not None:
            self._half.begin(f"text in.{page.sheet.id}")
        self.file = Button(theme, self.tr("From a file"), icon="file-text")
        self.file.clicked.connect(self._choose)
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self.told = Label(theme, "")
        column.addWidget(self.told)
        self.take = Button(theme, self.tr("Bring it in"), kind="primary")
        self.take.clicked.connect(self._take)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self._tell()

    def _parts(self) -> TextParts | None:
        definition = self.page.definition
        return None if definition is None else parts_of(self.text.text(), definition)

    def _tell(self) -> None:
        parts = self._parts()
        self.take.setEnabled(False)
        if not self.page.may_write():
            self.told.setText(self.tr("Who has the pen brings text in."))
            return
        if parts is None or not (parts.boxes or parts.pieces):
            self.told.setText("")
            return
        self.take.setEnabled(True)
        names = [self.page.shape.label(box_id) for box_id in parts.boxes]
        lines = []
        if names:
            lines.append(self.tr("Goes into: {boxes}.").format(boxes=", ".join(names)))
        if parts.pieces:
            heads = [head or self.tr("what has no heading") for head, _text in parts.pieces]
            lines.append(self.tr("Into the tray: {pieces}.").format(pieces=", ".join(heads)))
        self.told.setText(" ".join(lines))

    def _choose(self) -> None:
        words = self.tr("Text (*.txt *.md *.markdown *.text)")
        title = self.tr("Bring in text")
        name, _kind = QFileDialog.getOpenFileName(self.page.window(), title, "", words)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Show the text of a file where it can be looked over before it goes in."""
        try:
            self.text.set_text(read_text(path))
        except GembaError as error:
            self.page.go.say(self.page.desk.words(error.key, **error.values))
        self._tell()

    def _take(self) -> None:
        page, parts = self.page, self._parts()
        if page.sheet is None or parts is None:
            return
        sheet_id = page.sheet.id
        unnamed = self.tr("Text that was brought in")
        done = page.shape.act(
            lambda: page.desk.sheets.take_in(sheet_id, parts, unnamed),
            self.tr("The text is in."),
        )
        if done:
            self.text.set_text("")
            self._half.done()
            self._tell()
