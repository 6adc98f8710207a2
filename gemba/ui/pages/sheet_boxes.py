"""The boxes of a sheet in its drawer: names, heights, and what can be done to each by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Field, FlowLayout, Label

if TYPE_CHECKING:
    from gemba.domain.definition import BoxDefinition
    from gemba.ui.pages.sheet_desk import SheetHost


class BoxesPanel(QWidget):
    """Every box in reading order; what is changed here is changed on the page at once."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        self.rows: dict[str, BoxRow] = {}
        self._shown: tuple[BoxDefinition, ...] = ()
        px = self.theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        said = self.tr(
            "Drag a border on the whole sheet, or move it with the arrow keys. The page stays one"
            " page."
        )
        self._column.addWidget(Label(self.theme, said, tone="ink_soft"))
        self.adjust = Button(self.theme, self.tr("Adjust boxes by keys"), icon="move")
        self.adjust.setToolTip(self.tr("Arrows move a border by 1 mm, with Shift by 5"))
        self.adjust.clicked.connect(self._adjust)
        self._column.addWidget(self.adjust, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, px(8), 0, 0)
        self._rows.setSpacing(px(16))
        self._column.addWidget(self._list)
        self.reset = Button(self.theme, self.tr("Reset the boxes"), icon="rotate-ccw")
        self.reset.setToolTip(self.tr("As the sheet type has them; no text is lost"))
        self.reset.clicked.connect(page.shape.reset)
        self._column.addSpacing(px(8))
        self._column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill()

    def refresh(self) -> None:
        """Show the boxes as they are now; rows stay where the boxes do, under the pointer too."""
        page = self.page
        if page.definition is None or page.definition.boxes == self._shown:
            return
        if list(self.rows) != [one.id for one in page.definition.boxes]:
            self._fill()
            return
        self._shown = page.definition.boxes
        for one in self._shown:
            self.rows[one.id].show_box(one)
        self._offer_reset()

    def leave(self) -> None:
        """Hand over a name that is still being written."""
        for row in list(self.rows.values()):
            row.keep()

    def _adjust(self) -> None:
        if not self.page.host.is_beside():
            self.page.host.close_drawer()
        self.page.shape.adjust()

    def _fill(self) -> None:
        page = self.page
        held = QApplication.focusWidget()
        inside = held is not None and self._list.isAncestorOf(held)
        if inside:  # or Qt would hand the focus on to a box, which would open
            self.adjust.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._rows)
        self.rows.clear()
        assert page.definition is not None
        self._shown = page.definition.boxes
        for one in page.definition.boxes:
            row = BoxRow(page, one)
            self.rows[one.id] = row
            self._rows.addWidget(row)
        self.adjust.setEnabled(page.may_write())
        self._offer_reset()

    def _offer_reset(self) -> None:
        page = self.page
        shaped = page.sheet is not None and bool(page.sheet.format)
        self.reset.setEnabled(page.may_write() and shaped)


class BoxRow(QWidget):
    """One box: its name to write over, its height, and what can be done to it."""

    def __init__(self, page: SheetHost, one: BoxDefinition) -> None:
        super().__init__()
        self.page = page
        self.box = one
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.name = Field(theme, self.tr("Height"), name=self.tr("Name of the box"))
        self.name.set_read_only(not page.may_write())
        self.name.left.connect(self.keep)
        self.name.entered.connect(self.keep)
        column.addWidget(self.name)
        acts = QWidget()
        flow = FlowLayout(acts, gap=theme.px(4))
        self.split = Button(theme, self.tr("Split"), kind="quiet")
        self.split.clicked.connect(lambda: page.shape.split(one.id))
        flow.addWidget(self.split)
        self.merge = Button(theme, self.tr("Merge with the one below"), kind="quiet")
        self.merge.clicked.connect(lambda: page.shape.merge(one.id))
        if page.shape.below(one.id):
            flow.addWidget(self.merge)
        for button in (self.split, self.merge):
            button.setEnabled(page.may_write())
        column.addWidget(acts)
        self.show_box(one)
        self._half = HalfTyped(self, page.desk.drafts, {"name": self.name})
        if page.sheet is not None and page.may_write():
            self._half.begin(f"box name.{page.sheet.id}.{one.id}")

    def show_box(self, one: BoxDefinition) -> None:
        """Take over what the box is called and how high it is, but not over what is typed."""
        self.box = one
        high = f"{one.height_mm:.1f}".rstrip("0").rstrip(".")
        self.name.set_label(self.tr("{height} mm high").format(height=high))
        if not self.name.changed():
            self.name.set_text(one.label)
        self.name.line.setAccessibleName(self.tr("Name of the box {label}").format(label=one.label))
        self.split.setAccessibleName(self.tr("Split {label}").format(label=one.label))
        under = self.page.shape.label(self.page.shape.below(one.id))
        said = self.tr("Merge {label} with {below}")
        self.merge.setAccessibleName(said.format(label=one.label, below=under))

    def keep(self) -> None:
        """Let the box be called as it is written here."""
        if self.name.changed():
            text, shape = self.name.text(), self.page.shape
            self.name.say("")
            if shape.may_be_called(text):
                self.name.set_text(text)
                shape.rename(self.box.id, text)
                self.name.set_text(shape.label(self.box.id))
                self._half.done()
            else:
                self.name.say(shape.too_long())
