"""The sheet editor: the printed page on the desk, written on in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence

from gemba.domain.changes import Ref
from gemba.domain.errors import NotFound
from gemba.domain.sheet_part import check_of_part
from gemba.services.ties import Ties
from gemba.ui.pages.sheet_asked import asked_sheet
from gemba.ui.pages.sheet_change import ChangeType
from gemba.ui.pages.sheet_drawers import SheetDrawers
from gemba.ui.pages.sheet_edits import SheetEdits
from gemba.ui.pages.sheet_figure_home import FigureHomes
from gemba.ui.pages.sheet_frame import SheetFrame
from gemba.ui.pages.sheet_inserts import SheetInserts
from gemba.ui.pages.sheet_notes import SheetNotes
from gemba.ui.pages.sheet_pen import SheetPen
from gemba.ui.pages.sheet_shape import SheetShape
from gemba.ui.pages.sheet_told import box_facts
from gemba.ui.pages.sheet_wording import SheetWording
from gemba.ui.pages.sheet_writing import BoxWriting
from gemba.ui.tasks import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from gemba.domain.compared import ComparedSheet
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.sheet import Box, Sheet
    from gemba.domain.sheet_part import SheetPart
    from gemba.services.bulletin import Bulletin
    from gemba.services.paper import DrawnSheet
    from gemba.ui.go import Go
    from gemba.ui.pages.sheet_asked import AskedSheet
    from gemba.ui.pages.sheet_desk import MarkedSheet, SheetDesk
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.box_text import BoxText


class SheetPage(SheetFrame):
    """One sheet at two distances, its bar above and its drawers beside."""

    def __init__(
        self,
        theme: Theme,
        *,
        desk: SheetDesk,
        bulletin: Bulletin,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, desk.paper.picture, parent)
        self.desk = desk
        self.go = go
        self.sheet: Sheet | None = None
        self.definition: SheetDefinition | None = None
        self.at_revision: int | None = None
        self.first_draft = False
        self.compared: ComparedSheet | None = None
        self._marked: MarkedSheet | None = None
        self._last: tuple[Sheet, DrawnSheet] | None = None
        self._left: tuple[Sheet, DrawnSheet] | None = None
        self._found: tuple[Box, ...] = ()
        self.inserts = SheetInserts(self, self._ask_photo)
        self.pen = BoxWriting(
            theme,
            self.view,
            breaks=desk.paper.breaks,
            save=self._save,
            offered=self.inserts.rows,
        )
        self.holder = SheetPen(self, self.notice)
        self.edits = SheetEdits(self)
        self.shape = SheetShape(self)
        self.homes = FigureHomes(self)
        self.change = ChangeType(self)
        self.ties = Ties(desk.recorder, desk.thread)
        self.wording = SheetWording(self)
        self.notes = SheetNotes(self)
        self.drawers = SheetDrawers(self)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self.draw)
        self.destroyed.connect(bulletin.listen(self._written))
        self._connect()

    def _connect(self) -> None:
        self.view.entered.connect(self.write)
        self.view.boxes.figure_asked.connect(self.edit_figure)
        self.view.boxes.tie_asked.connect(self.tie)
        self.view.boxes.arranged.connect(self.edits.arrange)
        self.view.boxes.figure_gone.connect(self.edits.remove_figure)
        self.view.boxes.grabbed.connect(self.stop_writing)
        self.host.opened.connect(self._drawer_moved)
        pen, bar = self.pen, self.bar
        pen.edited.connect(self._typed)
        pen.changed.connect(self.wording.place)
        pen.pictured.connect(self.drawers.photos.paste)
        pen.chosen.connect(self.inserts.take)
        pen.undo_asked.connect(self.edits.undo)
        bar.back_asked.connect(lambda: self.go.to("sheets"))
        bar.distance_chosen.connect(self._choose_distance)
        bar.drawer_asked.connect(self._ask_drawer)
        bar.offered = self.inserts.offered
        bar.chosen.connect(self.inserts.take)
        self.on_keys(QKeySequence.StandardKey.Undo, self.edits.undo)
        self.on_keys(QKeySequence.StandardKey.Redo, self.edits.redo)
        self.on_keys(QKeySequence.StandardKey.Print, lambda: self.drawers.open("print"))
        self.on_keys("Ctrl+0", self.pen.step_back)
        self.notes.opened.connect(self._show_notes)

    def _ask_photo(self, key: str) -> None:
        self.drawers.ask_photo(key)

    def _ask_drawer(self, key: str) -> None:
        if key in ("margin", "about", "tray"):
            self.drawers.toggle(key)
        else:
            self.drawers.open(key)

    @property
    def writing(self) -> str:
        """The id of the box that is open, or nothing."""
        return self.pen.box_id

    def box_in_focus(self) -> str:
        """Return the box that has the focus, or had it before a menu or the palette took it."""
        return self.inserts.box()

    @property
    def editor(self) -> BoxText | None:
        """The editor of the box that is open."""
        return self.pen.editor

    def _drawer_moved(self, opened: bool) -> None:
        self.bar.margin.setChecked(opened and self.drawers.key == "margin")
        self.drawers.mark()
        area = self.view.areas.get(self.view.current)
        if opened or area is None or self.window().focusWidget() is not self.host.page:
            return
        # The caret goes back to the box that was written in before the drawer took it.
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def page_title(self) -> str:
        """Name the sheet for the window's title; of a private one only what kind it is."""
        if self.definition is not None and self.definition.private:
            return self.definition.label
        return self.sheet.title if self.sheet else self.tr("A3")

    def arrive(self, **what: object) -> None:
        """Open a sheet, at a box, at a revision, or at the talk that was held over it."""
        self._leave(to=what.get("sheet"))
        asked = asked_sheet(what, self.desk.coaching)
        self.at_revision = asked.revision if asked is not None else None
        self.first_draft = False
        self.compared = None
        if asked is None:
            return
        # A box that goes hands its focus to the next one, which must not open on the sheet before.
        self.sheet = None
        self.wording.clear()
        self.notes.clear()
        self.view.clear()
        try:
            with uncollected():
                self._load(asked.sheet)
                self._found = self.shown().boxes
                self.draw()
        except NotFound as gone:
            self.go.trouble(gone)
            self.go.back()
            return
        self.wording.show_sheet()
        self.notes.refresh()
        self.view.whole()
        self._open_at(asked)

    def _open_at(self, asked: AskedSheet) -> None:
        """Go to the place on the sheet that was asked for."""
        known = asked.box in self.view.areas
        self.drawers.show_sheet(asked.talk, asked.part if known and asked.thread else "")
        if asked.part == "tray":
            self.drawers.open("tray")
        if self.sheet is not None and check_of_part(self.sheet, asked.part) is not None:
            self.show_check(asked.part)
        if asked.action is not None:
            self._to_action(asked.action)
        elif known:
            QTimer.singleShot(0, lambda: self._enter(asked.box))

    def _to_action(self, part: SheetPart) -> None:
        """Open a plan at one of its actions; whoever may not write sees its box."""
        if part.box not in self.view.areas:
            self.drawers.open("tray")
            return
        self.view.to_column(part.box)
        if self.may_write():
            self.drawers.edit_figure(part.box, part.figure, part.item)

    def _enter(self, box_id: str) -> None:
        """Go into a box, also while the window itself is not active yet."""
        area = self.view.areas.get(box_id)
        if area is None:
            return
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current != box_id:
            self.view.to_column(box_id)
            self.write(box_id)

    def place(self) -> dict[str, object]:
        """Tell which box is open, so that a kill leads back into it."""
        return {"box": self.writing} if self.writing else {}

    def leave(self) -> None:
        """Hand over what is still being written, and keep a first draft of what was written.

        Whoever wrote for the owner puts the pen down: next time it is taken in sight again.
        """
        self._leave()

    def _leave(self, to: object = None) -> None:
        self.wording.leave()
        self.drawers.leave()
        self.stop_writing()
        self.shape.leave()
        self.change.end()
        if self.sheet is not None and self.is_now() and self.desk.recorder.store.writable:
            self.desk.recorder.settle()
            # Whoever only reads a sheet changes nothing, not even that.
            if self.sheet.boxes != self._found:
                self.desk.sheets.keep_first_draft(self.sheet.id)
            if self.sheet.pen == "coach" and self.sheet.id != to:
                self.holder.hand("owner")

    def _load(self, sheet_id: UUID) -> None:
        sheets = self.desk.sheets
        if self.at_revision is not None:
            self.sheet = sheets.at_revision(sheet_id, self.at_revision)
        else:
            self.sheet = sheets.with_own_pen(sheets.get(sheet_id))
        self.definition = sheets.definition(self.sheet)

    def is_now(self) -> bool:
        """Tell whether the sheet is shown as it is, and not as it was or compared."""
        return self.at_revision is None and not self.first_draft and self.compared is None

    def may_write(self) -> bool:
        """Tell whether the boxes can be written in now."""
        return self.holder.may_write()

    def may_ask(self) -> bool:
        """Tell whether the margin can be written in now."""
        return self.holder.may_ask()

    def may_answer(self) -> bool:
        """Tell whether the owner's answers can be written now, also while an old state is shown."""
        return (
            self.sheet is not None
            and self.desk.recorder.store.writable
            and self.desk.sheets.may_write(self.sheet)
        )

    def hold_talk(self, talk: UUID | None) -> None:
        """Go on under a talk about the sheet, or under none."""
        self.drawers.talk = talk

    def shown(self) -> Sheet:
        """Return the sheet as it is on the screen."""
        assert self.sheet is not None
        if self.compared is not None:
            return self.compared.comparison.after
        if self.first_draft:
            return self.desk.sheets.as_first_drafted(self.sheet)
        return self.sheet

    def take(self, sheet: Sheet) -> None:
        """Go on with a sheet as it is now."""
        self.sheet = sheet
        self.definition = self.desk.sheets.definition(sheet)

    def run(self, act: str) -> None:
        """Do what was asked for from the palette or by keys; see places.py."""
        acts: dict[str, Callable[[], None]] = {
            "next_question": self.wording.next,
            "adjust_boxes": self.shape.adjust,
            "split_box": lambda: self._shape_box(self.shape.split),
            "merge_box": lambda: self._shape_box(self.shape.merge),
            "rename_box": lambda: self._shape_box(self.shape.begin_naming),
            "change_type": self.change.begin,
            "show_tray": self._show_tray,
            "move_figure": self.homes.ask_held,
        }
        acts[act]()

    def _shape_box(self, act: Callable[[str], None]) -> None:
        box = self.box_in_focus()
        if box in self.view.areas and self.may_write():
            act(box)
        else:
            self.go.say(self.tr("Click the box first that you want to change."))

    def _show_tray(self) -> None:
        if self.sheet is not None:
            self.drawers.open("tray")

    def open_drawer(self, key: str) -> None:
        """Show a panel beside the sheet, by its key."""
        self.drawers.open(key)

    def show_check(self, check_id: str) -> None:
        """Show a check of the sheet where its checks stand."""
        self.drawers.show_check(check_id)

    def close_drawer(self, key: str = "") -> None:
        """Close the panel beside the sheet; with a key only where it is that one."""
        if not key or self.drawers.key == key:
            self.drawers.close()

    def read_again(self) -> None:
        """Ask about the words anew, and show anew what was asked."""
        self.wording.read_again()
        self.notes.refresh()

    def look_at(
        self,
        *,
        revision: int | None = None,
        compared: ComparedSheet | None = None,
        marked: MarkedSheet | None = None,
    ) -> None:
        """Show the sheet at a revision, or how two states differ; without either, as it is now.

        ``marked`` is the sheet with the marks of the comparison, where it is drawn already.
        """
        assert self.sheet is not None
        self.stop_writing()
        if self.is_now():
            self._left = self._last
        self._marked = marked if compared is not None else None
        self.at_revision, self.compared = revision, compared
        self._load(self.sheet.id)
        if compared is not None:
            self.definition = self.desk.sheets.definition(compared.comparison.after)
        boxes = {box.id for box in self.definition.boxes} if self.definition else set()
        if not boxes >= set(self.view.areas):
            self.view.clear()
        self.draw()
        self.read_again()

    def draw(self) -> None:
        """Draw the sheet and show it."""
        if self.sheet is None or self.definition is None:
            return
        sheet = self.shown()
        # Its boxes may have been shaped anew, here or in another window.
        self.definition = self.desk.sheets.definition(sheet)
        drawn = self.drawing()
        self._last, self._left = (self.sheet, drawn), None if self.is_now() else self._left
        if self.compared is not None and self._marked is not None:
            facts = self._marked.facts
        else:
            facts = box_facts(sheet, self.definition, self.desk.words, self.compared)
        if self.writing and self.writing not in facts:
            self.stop_writing()
        self.view.show_sheet(drawn.pdf, drawn.layout, facts, drawn.parts)
        self.bar.say_tray(len(self.desk.formats.tray(sheet)))
        self.drawers.drawn()
        self.view.boxes.offer_ties(self.may_ask())
        self.view.boxes.allow_changes(self.may_write())
        self.holder.say()

    def drawing(self) -> DrawnSheet:
        """Return the sheet drawn as it is shown, for the screen."""
        if self.compared is not None and self._marked is not None:
            return self._marked.drawn
        if self._left is not None and self._left[0] == self.sheet and self.is_now():
            # Nothing was written since this was left for a comparison: it is drawn already.
            return self._left[1]
        return self.desk.paper.draw(self.shown(), self.compared)

    def write(self, box_id: str) -> None:
        """Open a box for writing, in its place and at its size."""
        self.drawers.box_focused(box_id)
        if self.sheet is None or self.compared is not None:
            return
        self.drawers.make_room_to_write()
        layout = self.view.box_at(box_id)
        reads = not self.may_write()
        if reads and not (layout is not None and layout.lines_over):
            return
        if self.writing != box_id:
            self.stop_writing()
        # Who may not write can still read what found no room on the paper.
        self.pen.open(box_id, self.shown().box(box_id).text, read_only=reads, shows=self.sheet)

    def _typed(self, box_id: str, text: str) -> None:
        if self.sheet is not None:
            self._take_text(box_id, text)
            self.go.unsay()
            self._redraw.start()
            self.drawers.typed()
            self.wording.later()

    def _take_text(self, box_id: str, text: str) -> None:
        assert self.sheet is not None
        self.sheet = self.sheet.with_box(replace(self.sheet.box(box_id), text=text))

    def _save(self, box_id: str, text: str, visit: str) -> None:
        if self.sheet is not None:
            self.desk.sheets.write_box(self.sheet.id, box_id, text, visit=visit)

    def stop_writing(self) -> None:
        """Hand over the text of the box that is open and close it."""
        self.pen.stop()

    def _choose_distance(self, key: str) -> None:
        if key == "whole":
            self.pen.step_back()
        elif self.view.areas:
            box = self.view.current or next(iter(self.view.areas))
            self.view.areas[box].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow_figure(self) -> None:
        """Let the open editor of a figure show it as it stands now, or close it."""
        self.drawers.follow_figure()

    def edit_figure(self, box_id: str, figure_id: str) -> None:
        """Open the editor of a figure; whoever may not draw in it asks about it."""
        if self.may_write():
            self.stop_writing()
            self.drawers.edit_figure(box_id, figure_id)
            self.view.to_column(box_id)
        elif self.may_ask():
            self._show_notes(box_id, figure_id)

    def figure_in_hand(self) -> tuple[str, str] | None:
        """Return box and figure whose editor is open, or None."""
        return self.drawers.figure_in_hand()

    def begin_line(self, box_id: str, field: str) -> None:
        """Open a box at a new line that one of its fields begins."""
        self.inserts.begin_line(box_id, field)

    def ask_figure_home(self, at: QPoint) -> None:
        """Ask which box the figure in hand is to stand in, at a point of the screen."""
        held = self.figure_in_hand()
        if held is not None:
            self.homes.ask(*held, at)

    def _show_notes(self, box_id: str, figure_id: str) -> None:
        self.drawers.show_notes(box_id, figure_id)
        self.view.to_column(box_id)

    def tie(self, part: str = "") -> None:
        """Offer what a part of the sheet can be tied to; without one, what the box in focus can."""
        self.drawers.tie(part or self.writing or self.view.current)

    def _written(self, refs: frozenset[Ref]) -> None:
        self._left = None
        if self.sheet is None or not self.is_now():
            return
        if Ref("sheet", self.sheet.id) in refs:
            try:
                self.sheet = self.desk.sheets.get(self.sheet.id)
            except NotFound:
                # Thrown away from elsewhere, as from among all sheets; this page shows it no more.
                self.sheet = None
                return
            if self.editor is not None:
                self._take_text(self.writing, self.editor.text())
            self._redraw.start()
            self.wording.later()
            self.holder.keep_to_it()
        if any(ref.kind in ("margin_note", "link", "sheet", "talk") for ref in refs):
            self.drawers.refresh()
            self.notes.refresh()
