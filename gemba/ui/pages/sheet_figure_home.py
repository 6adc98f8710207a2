"""A figure goes to another box of the sheet: carried there, by keys, or by the box's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from gemba.domain.sheet_part import SheetPart

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet
    from gemba.ui.pages.sheet_desk import SheetHost


class FigureHomes:
    """Moves figures between the boxes that are shown; one step back brings one home again."""

    def __init__(self, page: SheetHost) -> None:
        self.page = page
        view = page.view
        view.boxes.figure_carried.connect(self.move)
        view.boxes.figure_sent.connect(self.send)
        view.boxes.figure_elsewhere.connect(self.ask)

    def move(
        self, box_id: str, figure_id: str, to: str, side: str = "", index: int | None = None
    ) -> None:
        """Put a figure into another box, and go on with it there."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        sheet_id, opened = page.sheet.id, page.figure_in_hand() == (box_id, figure_id)
        if opened:
            # It hands on what it still holds while the figure is where it stood.
            page.close_drawer()
        part, made = SheetPart(box_id, figure_id), ""

        def carry() -> Sheet:
            nonlocal made
            formats = page.desk.formats
            sheet, made = formats.move_figure(sheet_id, part, to, side=side, index=index)
            return sheet

        said = page.tr("The figure stands in {box} now.").format(box=page.shape.label(to))
        if not page.shape.act(carry, said):
            return
        if page.view.column:
            page.view.to_column(to)
        if opened:
            page.edit_figure(to, made)
        area = page.view.areas.get(to)
        found = [one for one in area.figures if one.figure_id == made] if area else []
        for one in found:
            one.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self, box_id: str, figure_id: str, by: int) -> None:
        """Put a figure into the next box in reading order (1), or the one before (-1)."""
        boxes = list(self.page.view.areas)
        at = boxes.index(box_id) + by if box_id in boxes else -1
        if 0 <= at < len(boxes):
            self.move(box_id, figure_id, boxes[at])
            return
        last = self.page.tr("This is the last box of the sheet.")
        self.page.go.say(last if by > 0 else self.page.tr("This is the first box of the sheet."))

    def menu(self, box_id: str, figure_id: str) -> QMenu:
        """Return the other boxes by name; choosing one moves the figure."""
        menu = QMenu(self.page.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for to in self.page.view.areas:
            if to != box_id:
                entry = menu.addAction(self.page.shape.label(to).replace("&", "&&"))
                entry.triggered.connect(lambda _on=False, to=to: self.move(box_id, figure_id, to))
        return menu

    def ask(self, box_id: str, figure_id: str, at: QPoint) -> None:
        """Ask by name which box a figure is to stand in."""
        if self.page.sheet is not None and self.page.may_write():
            self.menu(box_id, figure_id).popup(at)

    def ask_held(self) -> None:
        """Ask for the figure in focus, or the one whose editor is open."""
        page, view = self.page, self.page.view
        box_id, figure_id = page.figure_in_hand() or (view.held, view.held_figure)
        area = view.areas.get(box_id)
        figures = area.figures if area is not None else []
        for one in figures:
            if one.figure_id == figure_id and page.may_write():
                self.ask(box_id, figure_id, one.mapToGlobal(one.frame.center()))
                return
        page.go.say(page.tr("Go to a figure first, by Tab or a click."))
