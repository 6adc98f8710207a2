"""Keeping the boxes of a sheet as a type of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.half_typed import HalfTyped
from gemba.ui.widgets import Button, Field

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost


class OwnTypePanel(QWidget):
    """One button that opens into two sentences: what the type is called, and when it fits."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.begin = Button(
            theme, self.tr("Save as my sheet type"), kind="quiet", icon="notebook-pen"
        )
        self.begin.setToolTip(self.tr("Its boxes, without what is written in them"))
        self.name = Field(
            theme, self.tr("What is your sheet type called?"), question=self.tr("Morning round A3?")
        )
        self.situation = Field(
            theme,
            self.tr("In which situation does it fit?"),
            question=self.tr("What is the case when you take it?"),
        )
        self.keep = Button(theme, self.tr("Keep the sheet type"))
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.name, self.situation):
            column.addWidget(widget)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._half = HalfTyped(
            self, page.desk.drafts, {"name": self.name, "situation": self.situation}
        )
        sheet = page.sheet
        self._show(asking=sheet is not None and self._half.begin(f"own type.{sheet.id}"))
        self.begin.clicked.connect(self._begin)
        self.name.entered.connect(lambda: self.situation.setFocus(Qt.FocusReason.TabFocusReason))
        self.situation.entered.connect(self._keep)
        self.keep.clicked.connect(self._keep)

    def _show(self, *, asking: bool) -> None:
        self.begin.setVisible(not asking)
        for widget in (self.name, self.situation, self.keep):
            widget.setVisible(asking)

    def _begin(self) -> None:
        self._show(asking=True)
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep(self) -> None:
        desk, sheet = self.page.desk, self.page.sheet
        if sheet is None:
            return
        self.name.say("")
        try:
            file = desk.types.save_as(sheet, self.name.text(), self.situation.text())
        except GembaError as error:
            self.name.say(desk.words(error.key, **error.values))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = desk.words("sheet_type.kept", name=" ".join(self.name.text().split()), file=file)
        self.name.set_text("")
        self.situation.set_text("")
        self._half.done()
        self._show(asking=False)
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.go.say(said)
