"""Shaping the boxes on the page itself: borders to drag, names in place, merge, split and reset."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.sheet_format import MOST_LETTERS, snapped
from gemba.ui.pages.sheet_box_name import NameLine
from gemba.ui.pages.sheet_tray import PIECE
from gemba.ui.widgets.border_handle import Border, BorderHandle

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet, TrayPiece
    from gemba.ui.pages.sheet_desk import SheetHost


class SheetShape(QObject):
    """Lays a handle over each border, at both distances, and does what is asked."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__(page.view)
        self.page = page
        self.handles: dict[str, BorderHandle] = {}
        self.adjusting = False
        self.naming: NameLine | None = None
        self._target: QFrame | None = None
        page.view.placed.connect(self.place)
        page.view.page.setAcceptDrops(True)
        page.view.page.installEventFilter(self)
        page.view.zoomed.connect(lambda _column: self.place())

    def place(self) -> None:
        """Lay the handles over the borders as they are now."""
        page = self.page
        shown = page.sheet is not None and page.may_write()
        borders = self._borders() if shown else {}
        for gone in [one for one in self.handles if one not in borders]:
            handle = self.handles.pop(gone)
            if handle.hasFocus():
                page.view.setFocus(Qt.FocusReason.OtherFocusReason)
            handle.hide()
            handle.deleteLater()
        changed = set(borders) != set(self.handles)
        scale, paper = page.view.page.zoom.scale, page.view.page.paper
        for box_id, border in borders.items():
            handle = self.handles.get(box_id) or self._handle(border)
            handle.show_border(border)
            handle.place(scale, paper)
            if changed:  # a box that is new would lie over them
                handle.raise_()
        if self.naming is not None:
            self.naming.place()

    def leave(self) -> None:
        """Hand over a border or a name that is still being changed."""
        for handle in list(self.handles.values()):
            handle.settle()
        if self.naming is not None:
            self.naming.keep()
            self.end_naming()
        self.adjusting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu of a box, and take a piece of the tray that is dropped on one."""
        if isinstance(event, QContextMenuEvent):
            box = self._box_under(event.pos())
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                box = next((k for k, one in self.page.view.areas.items() if one.hasFocus()), box)
            if box:
                self.open_menu(box, event.globalPos())
                return True
        elif isinstance(event, QDropEvent) and event.mimeData().hasFormat(PIECE):
            box = self._box_under(event.position().toPoint()) if self.page.may_write() else ""
            self._aim_at(box if event.type() != QEvent.Type.Drop else "")
            event.setAccepted(bool(box) or event.type() == QEvent.Type.DragEnter)
            if box and event.type() == QEvent.Type.Drop:
                self._drop(bytes(event.mimeData().data(PIECE).data()), box)
            return True
        elif event.type() == QEvent.Type.DragLeave:
            self._aim_at("")
        return super().eventFilter(watched, event)

    def _box_under(self, at: QPoint) -> str:
        areas = self.page.view.areas.items()
        return next((box for box, area in areas if area.geometry().contains(at)), "")

    def _aim_at(self, box_id: str) -> None:
        """Frame the box a piece would fall into."""
        if self._target is None:
            self._target = QFrame(self.page.view.page)
            self._target.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._target.setProperty("aim", True)
        area = self.page.view.areas.get(box_id)
        if area is not None:
            self._target.setGeometry(area.geometry())
            self._target.raise_()
        self._target.setVisible(area is not None)

    def _drop(self, carried: bytes, box_id: str) -> None:
        assert self.page.sheet is not None
        tray = self.page.desk.formats.tray(self.page.sheet)
        place = int(carried) if carried.isdigit() else -1
        if 0 <= place < len(tray):
            self.put(tray[place], box_id)

    def _handle(self, border: Border) -> BorderHandle:
        page = self.page
        made = BorderHandle(page.theme, border, self._snap, page.view.page)
        made.settled.connect(self._move)
        made.left.connect(self.end_adjusting)
        made.reached.connect(page.view.look_at_border)
        made.let_go.connect(self._go_on)
        made.offer_keys(self.adjusting)
        self.handles[border.box_id] = made
        made.show()
        made.raise_()
        return made

    def _borders(self) -> dict[str, Border]:
        assert self.page.definition is not None
        found: dict[str, Border] = {}
        boxes = self.page.definition.boxes
        for upper, under in pairwise(boxes):
            laid = self.page.view.box_at(upper.id)
            if upper.column == under.column and laid is not None:
                between = self.page.definition.page.between
                found[upper.id] = Border(
                    upper.id, upper.label, under.label, laid.frame, under.height_mm, between
                )
        return found

    def _snap(self, box_id: str, to: float) -> float:
        sheet = self.page.sheet
        assert sheet is not None
        return snapped(self.page.desk.sheets.worksheet(sheet), sheet.format, box_id, to)

    def adjust(self) -> None:
        """Bring every border in reach of Tab; the one below the box in focus has the focus then."""
        page = self.page
        if page.sheet is None or not page.may_write():
            page.go.say(page.tr("Only whoever has the pen can adjust the boxes."))
            return
        here = page.box_in_focus()
        page.stop_writing()
        self.adjusting = True
        self.place()
        for handle in self.handles.values():
            handle.offer_keys(True)
        stops = list(self.handles.values())
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        if not stops:
            self.adjusting = False
            page.go.say(page.tr("This sheet has no border that could be moved."))
            return
        said = page.tr("Arrows move a border by 1 mm, with Shift by 5. Tab goes on, Esc ends it.")
        page.go.say(said)
        # The last box of a column has the border above it.
        near = [one for key, one in self.handles.items() if here in (key, self.below(key))]
        first = near[-1] if near and page.view.column else stops[0]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end_adjusting(self) -> None:
        """Let Tab go from box to box again."""
        self.adjusting = False
        for handle in self.handles.values():
            handle.offer_keys(False)
        self.page.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Go on in the box that was written in before its border was dragged."""
        area = self.page.view.areas.get(self.page.view.current)
        if area is not None and self.page.view.column:
            area.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, do: Callable[[], Sheet], said: str = "") -> bool:
        """Do something to the boxes, draw the sheet, and offer to take it back."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return False
        page.stop_writing()
        try:
            page.take(do())
        except GembaError as error:
            page.go.say(page.desk.words(error.key, **error.values))
            return False
        page.draw()
        if said:
            self.offer_undo(said)
        return True

    def offer_undo(self, said: str) -> None:
        """Say what was done, and take it back when asked, also once another sheet is shown."""
        page = self.page
        assert page.sheet is not None
        sheet_id = page.sheet.id

        def undo() -> None:
            if page.sheet is not None and page.sheet.id == sheet_id:
                page.edits.undo()
                return
            try:
                page.desk.formats.undo(sheet_id)
            except GembaError as error:
                page.go.say(page.desk.words(error.key, **error.values))

        page.go.say(said, undo)

    def _move(self, box_id: str, to: float) -> None:
        page = self.page
        assert page.sheet is not None
        sheet_id = page.sheet.id
        if not self.act(lambda: page.desk.formats.move_border(sheet_id, box_id, to)):
            handle = self.handles.get(box_id)
            if handle is not None:
                handle.back()

    def label(self, box_id: str) -> str:
        """Return what a box is called on this sheet."""
        assert self.page.definition is not None
        return next((one.label for one in self.page.definition.boxes if one.id == box_id), "")

    def rename(self, box_id: str, label: str) -> None:
        """Call a box otherwise."""
        page = self.page
        assert page.sheet is not None
        sheet_id = page.sheet.id
        if label.strip() != self.label(box_id):
            self.act(lambda: page.desk.formats.rename(sheet_id, box_id, label))

    def may_be_called(self, label: str) -> bool:
        """Tell whether a name is short enough for a box."""
        return len(" ".join(label.split())) <= MOST_LETTERS

    def too_long(self) -> str:
        """Say how long a name may be."""
        return self.page.desk.words("format.long_label", most=MOST_LETTERS)

    def merge(self, box_id: str) -> None:
        """Put a box and the one below it together."""
        page = self.page
        assert page.sheet is not None
        sheet_id, name = page.sheet.id, self.label(self.below(box_id))
        said = page.tr("{below} went into {above}.").format(below=name, above=self.label(box_id))
        self.act(lambda: page.desk.formats.merge(sheet_id, box_id), said)

    def split(self, box_id: str) -> None:
        """Make two boxes of one; what stands behind the caret goes into the lower one."""
        page = self.page
        assert page.sheet is not None
        sheet_id, stays = page.sheet.id, self._stays(box_id)
        said = page.tr("{box} is two boxes now.").format(box=self.label(box_id))
        writing, made = page.writing == box_id, ""

        def halve() -> Sheet:
            nonlocal made
            sheet, made = page.desk.formats.split(sheet_id, box_id, stays)
            return sheet

        if self.act(halve, said) and writing and made in page.view.areas:
            # Whoever wrote goes on writing, in the box that is new.
            page.view.areas[made].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _stays(self, box_id: str) -> int | None:
        editor = self.page.editor
        if self.page.writing != box_id or editor is None:
            return None
        before = editor.textCursor().blockNumber() + 1
        return None if before >= editor.document().blockCount() else before

    def reset(self) -> None:
        """Give the sheet the boxes of its type again."""
        page = self.page
        assert page.sheet is not None
        sheet_id, before = page.sheet.id, len(page.sheet.tray)
        done = self.act(lambda: page.desk.formats.reset(sheet_id))
        if done:
            more = len(page.desk.formats.tray(page.sheet)) > before
            said = page.tr("The boxes are as the sheet type has them.")
            if more:
                said += " " + page.tr("What stood in other boxes is in the tray.")
            self.offer_undo(said)

    def put(self, piece: TrayPiece, box_id: str) -> None:
        """Set a piece of the tray behind what stands in a box."""
        page = self.page
        assert page.sheet is not None
        sheet_id = page.sheet.id
        said = page.tr("{piece} stands in {box} now.")
        said = said.format(piece=piece.label, box=self.label(box_id))
        self.act(lambda: page.desk.formats.put_piece(sheet_id, piece, box_id), said)

    def below(self, box_id: str) -> str:
        """Return the box below a box in its column, or nothing."""
        assert self.page.definition is not None
        boxes = self.page.definition.boxes
        for upper, under in pairwise(boxes):
            if upper.id == box_id and upper.column == under.column:
                return under.id
        return ""

    def begin_naming(self, box_id: str) -> None:
        """Open the title of a box to be written over, in its place."""
        if self.page.may_write() and self.page.view.box_at(box_id) is not None:
            self.page.stop_writing()
            self.end_naming()
            self.naming = NameLine(self.page, box_id, lambda: self.label(box_id), self._keep_name)

    def _keep_name(self, line: NameLine) -> None:
        """Let a box be called as it is written in its line."""
        if not self.may_be_called(line.text()):
            # It stays open, so that no letter of it is cut or lost.
            self.page.go.say(self.too_long())
        elif self.naming is line:
            self.end_naming()
            self.rename(line.box_id, line.text())
            area = self.page.view.areas.get(line.box_id)
            if area is not None:
                area.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_naming(self) -> None:
        """Close the title again."""
        line, self.naming = self.naming, None
        if line is not None:
            line.hide()
            line.deleteLater()

    def menu(self, box_id: str, parent: QWidget) -> QMenu:
        """Return what can be done to a box."""
        page = self.page
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        under = self.label(self.below(box_id))
        for words, run, may in (
            (page.tr("Rename"), lambda: self.begin_naming(box_id), True),
            (page.tr("Split into two boxes"), lambda: self.split(box_id), True),
            (
                page.tr("Merge with {box}").format(box=under),
                lambda: self.merge(box_id),
                bool(under),
            ),
            (page.tr("Adjust boxes"), self.adjust, True),
        ):
            if may:
                menu.addAction(words).triggered.connect(lambda _on=False, run=run: run())
        assert page.sheet is not None
        tray = page.desk.formats.tray(page.sheet)
        if tray:
            pieces = menu.addMenu(page.tr("Put here from the tray"))
            for piece in tray:
                entry = pieces.addAction(piece.label.replace("&", "&&"))
                entry.triggered.connect(lambda _on=False, piece=piece: self.put(piece, box_id))
        return menu

    def open_menu(self, box_id: str, at: QPoint) -> None:
        """Open the menu of a box at a point of the screen."""
        if self.page.sheet is not None and self.page.may_write():
            self.menu(box_id, self.page.view).popup(at)
