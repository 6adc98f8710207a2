"""The sheet editor: the printed page on the desk, written on in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.figures import FiveWhys, Plan, RunChart, Sketch
from gemba.domain.figures.words import described
from gemba.domain.prose import Paragraph, plain
from gemba.domain.sheet import Box, Sheet
from gemba.ui.autosave import Autosave
from gemba.ui.pages.sheet_drawers import SheetDrawers
from gemba.ui.undo import SheetUndo
from gemba.ui.widgets import Button, DrawerHost, IconButton, Label, Notice, Segmented
from gemba.ui.widgets.box_area import BoxFacts
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.forced_lines import Measures
from gemba.ui.widgets.paper import PaperView

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.definition import SheetDefinition
    from gemba.domain.figures import Figure
    from gemba.services.bulletin import Bulletin
    from gemba.ui.go import Go
    from gemba.ui.pages.sheet_desk import SheetDesk
    from gemba.ui.theme import Theme

BULLET_MM, LEADING_MM, BASELINE_MM = 4.0, 13.5 * 25.4 / 72, (1.5 + 8.4) * 25.4 / 72


class SheetPage(QWidget):
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
        super().__init__(parent)
        self.theme = theme
        self.desk = desk
        self.go = go
        self.sheet: Sheet | None = None
        self.definition: SheetDefinition | None = None
        self.at_revision: int | None = None
        self.first_draft = False
        self.writing = ""
        self._before = Box(id="")
        self._undo: SheetUndo | None = None
        self._build()
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self.draw)
        self.destroyed.connect(bulletin.listen(self._written))
        for keys, run in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
            (QKeySequence("Ctrl+0"), self.whole),
            (QKeySequence.StandardKey.Print, lambda: self.drawers.open("print")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _build(self) -> None:
        theme = self.theme
        self.view = PaperView(theme, self.desk.paper.picture)
        self.view.entered.connect(self.write)
        self.view.figure_asked.connect(self._edit_figure)
        self.view.zoomed.connect(self._zoomed)
        self.view.placed.connect(self._place_editor)
        self.editor: BoxText | None = None
        self.notice = Notice(theme, "")
        self.notice.hide()
        self.notice.acted.connect(self._act_on_notice)
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(8))
        inner.addWidget(self.notice)
        column.addLayout(inner)
        column.addWidget(self.view, 1)
        self.host = DrawerHost(theme, desk, self.tr("Coach’s margin"))
        self.drawers: SheetDrawers = SheetDrawers(self)
        self.host.opened.connect(self._drawer_moved)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.host)

    def _drawer_moved(self, opened: bool) -> None:
        self.margin.setChecked(opened and self.drawers.key == "margin")
        area = self.view.areas.get(self.view.current)
        if opened or area is None or self.window().focusWidget() is not self.host.page:
            return
        # The caret goes back to the box that was written in before the drawer took it.
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _bar(self) -> QHBoxLayout:
        theme = self.theme
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        bar.setSpacing(theme.px(8))
        self.back = Button(theme, self.tr("All sheets"), kind="quiet", icon="arrow-left")
        self.back.clicked.connect(lambda: self.go.to("sheets"))
        self.pen = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        self.insert = Button(theme, self.tr("Draw"), icon="pencil-ruler")
        self.insert.set_menu(self._insert_menu())
        self.distance = Segmented(
            theme,
            [("whole", self.tr("Whole sheet")), ("column", self.tr("Column"))],
            value="whole",
            name=self.tr("Distance"),
        )
        self.distance.chosen.connect(self._choose_distance)
        self.print = Button(theme, self.tr("Print"), icon="printer")
        self.print.clicked.connect(lambda: self.drawers.open("print"))
        self.margin = Button(
            theme,
            self.tr("Coach’s margin"),
            icon="message-circle-question-mark",
            checkable=True,
        )
        self.margin.clicked.connect(lambda: self.drawers.toggle("margin"))
        self.more = IconButton(theme, "ellipsis", self.tr("More about this sheet"))
        self.more.clicked.connect(lambda: self.drawers.toggle("about"))
        bar.addWidget(self.back)
        bar.addStretch(1)
        for widget in (self.pen, self.insert, self.distance, self.print, self.margin, self.more):
            bar.addWidget(widget)
        return bar

    def _insert_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, make in (
            (self.tr("Five whys"), lambda id: FiveWhys(id=id)),
            (self.tr("Run chart"), lambda id: RunChart(id=id)),
            (self.tr("Action plan"), lambda id: Plan(id=id)),
            (self.tr("Sketch"), lambda id: Sketch(id=id)),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, make=make: self._insert(make))
        menu.addAction(self.tr("Photo from a file")).triggered.connect(
            lambda: self.drawers.choose_photo()
        )
        menu.addAction(self.tr("Photo from a walk")).triggered.connect(
            lambda: self.drawers.open("seen")
        )
        return menu

    def page_title(self) -> str:
        """Name the sheet for the window's title."""
        return self.sheet.title if self.sheet else self.tr("A3")

    def arrive(self, **what: object) -> None:
        """Open a sheet, at a box, at a revision, or at the talk that was held over it."""
        self.leave()
        self.at_revision = None
        self.first_draft = False
        talk = what.get("talk")
        sheet_id = what.get("sheet")
        if isinstance(talk, UUID):
            held = self.desk.coaching.talk(talk)
            # 0 where the talk was brought in: the revision it saw is not in this folder.
            sheet_id, self.at_revision = held.sheet_id, held.sheet_revision or None
        revision = what.get("revision")
        if isinstance(revision, int):
            self.at_revision = revision
        if not isinstance(sheet_id, UUID):
            return
        self.view.clear()
        self._load(sheet_id)
        self._undo = SheetUndo(self._put_box, lambda: self.desk.sheets.story(sheet_id, "boxes"))
        self.draw()
        self.view.whole()
        self.drawers.show_sheet(talk if isinstance(talk, UUID) else None)
        box = what.get("box")
        if isinstance(box, str) and box in self.view.areas:
            QTimer.singleShot(0, lambda: self._enter(box))

    def _enter(self, box_id: str) -> None:
        """Go into a box, also while the window itself is not active yet."""
        area = self.view.areas.get(box_id)
        if area is None:
            return
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current != box_id:
            self.view.to_column(box_id)
            self.write(box_id)

    def leave(self) -> None:
        """Hand over what is still being written, and keep the first draft once."""
        self.drawers.leave()
        self.stop_writing()
        if self.sheet is not None and self._is_now() and self.desk.recorder.store.writable:
            self.desk.recorder.settle()
            self.desk.sheets.keep_first_draft(self.sheet.id)

    def _load(self, sheet_id: UUID) -> None:
        sheets = self.desk.sheets
        if self.at_revision is not None:
            self.sheet = sheets.at_revision(sheet_id, self.at_revision)
        else:
            self.sheet = sheets.get(sheet_id)
        self.definition = sheets.definition(self.sheet)

    def _is_now(self) -> bool:
        return self.at_revision is None and not self.first_draft

    def may_write(self) -> bool:
        """Tell whether the boxes can be written in now."""
        return (
            self.sheet is not None
            and self._is_now()
            and self.desk.recorder.store.writable
            and self.desk.sheets.may_write(self.sheet)
        )

    def may_ask(self) -> bool:
        """Tell whether the margin can be written in now."""
        return self._is_now() and self.desk.recorder.store.writable

    def hold_talk(self, talk: UUID | None) -> None:
        """Go on under a talk about the sheet, or under none."""
        self.drawers.talk = talk

    def shown(self) -> Sheet:
        """Return the sheet as it is on the screen."""
        assert self.sheet is not None
        if self.first_draft:
            return replace(self.sheet, boxes=self.sheet.first_draft)
        return self.sheet

    def draw(self) -> None:
        """Draw the sheet and show it."""
        if self.sheet is None or self.definition is None:
            return
        sheet = self.shown()
        drawn = self.desk.paper.draw(sheet)
        facts = {
            box.id: BoxFacts(
                box.label,
                plain(sheet.box(box.id).text),
                box.question,
                tuple(
                    (one.id, described(one, self.desk.words)) for one in sheet.box(box.id).figures
                ),
            )
            for box in self.definition.boxes
        }
        self.view.show_sheet(drawn.pdf, drawn.layout, facts)
        if self.editor is not None and self.writing:
            self._place_editor()
        self._say_state()

    def _say_state(self) -> None:
        assert self.sheet is not None
        owner = self.desk.people.name_of(self.sheet.owner_id) or self.tr("The owner")
        holder = owner if self.sheet.pen == "owner" else self.tr("The coach, beside them,")
        self.pen.setText(self.tr("{name} has the pen").format(name=holder))
        if self.at_revision is not None:
            said = self.tr("This is revision {n}, as it stood when it was coached.")
            self.notice.say(said.format(n=self.at_revision), self.tr("Back to now"))
        elif self.first_draft:
            self.notice.say(self.tr("This is the first draft."), self.tr("Back to now"))
        elif not self.may_write() and self.desk.recorder.store.writable:
            said = self.tr("{name} writes this sheet. You ask, in the margin.").format(name=owner)
            self.notice.say(said, self.tr("Writing for the owner, beside them"))
        elif self.sheet.pen == "coach":
            said = self.tr("You write for {name}, beside them.").format(name=owner)
            self.notice.say(said, self.tr("Give the pen back"))
        else:
            self.notice.hide()
            return
        self.notice.show()

    def _act_on_notice(self) -> None:
        assert self.sheet is not None
        if not self._is_now():
            self.at_revision, self.first_draft = None, False
            self._load(self.sheet.id)
        else:
            self.stop_writing()
            to = "owner" if self.sheet.pen == "coach" else "coach"
            self.sheet = self.desk.sheets.give_pen(self.sheet.id, to)
        self.draw()

    def write(self, box_id: str) -> None:
        """Open a box for writing, in its place and at its size."""
        self.drawers.box_focused(box_id)
        if not self.may_write() or self.sheet is None:
            return
        if self.writing == box_id and self.editor is not None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.stop_writing()
        self.writing = box_id
        self._before = self.sheet.box(box_id)
        area = self.view.areas[box_id]
        area.writing = True
        editor = BoxText(
            self.theme, self._breaks, self._measures(), self.view.page.zoom.text, self.view.page
        )
        editor.setAccessibleName(area.facts.label)
        editor.set_text(self._before.text)
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        editor.edited.connect(self._typed)
        editor.left.connect(self._editor_left)
        editor.escaped.connect(self._escaped)
        editor.pictured.connect(self._pictured)
        editor.undo_asked.connect(self.undo)
        self.editor = editor
        # Tab goes on to the next box, and back over the box itself to the one before.
        QWidget.setTabOrder(area, editor)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.autosave = Autosave(editor, self._save)
        self._place_editor()
        editor.show()
        editor.raise_()
        editor.cursorPositionChanged.connect(self._follow_caret)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        area.update()

    def _breaks(self, paragraphs: list[Paragraph]) -> list[tuple[tuple[int, int], ...]]:
        box = self.view.box_at(self.writing)
        width = box.text.width if box is not None else 160.0
        return self.desk.paper.breaks(tuple(paragraphs), width)

    def _measures(self) -> Measures:
        box = self.view.box_at(self.writing)
        scale = self.view.page.zoom.scale
        assert box is not None
        fitting = int(box.text.height / LEADING_MM + 0.02)
        return Measures(
            box.text.width * scale,
            LEADING_MM * scale,
            BULLET_MM * scale,
            BASELINE_MM * scale,
            fitting,
        )

    def _place_editor(self) -> None:
        box = self.view.box_at(self.writing)
        if box is None or self.editor is None:
            return
        measures = self._measures()
        if measures != self.editor.lines.measures:
            self.editor.measure(measures, self.view.page.zoom.text)
        where = self.view.rect_of(box.text.x, box.text.y, box.text.width, box.text.height)
        # Only as high as its text: a figure under it stays in sight.
        lines = max(self.editor.lines.lines(), 1)
        high = round(lines * measures.leading) + 2
        room = self.view.page.height() - round(where.y())
        self.editor.setGeometry(
            round(where.x()), round(where.y()), round(where.width()) + 6, min(high, room)
        )
        if high <= room:
            self.editor.verticalScrollBar().setValue(0)
        self._follow_caret()

    def _follow_caret(self) -> None:
        """Keep the line that is written in sight, also below the box."""
        if self.editor is None or not self.view.column or not self.editor.isVisible():
            return
        caret = self.editor.cursorRect()
        middle = self.view.horizontalScrollBar().value() + self.view.viewport().width() // 2
        low = self.editor.y() + caret.bottom()
        self.view.ensureVisible(middle, low, 0, self.theme.px(48))

    def _typed(self) -> None:
        if self.sheet is None or self.editor is None:
            return
        box = replace(self.sheet.box(self.writing), text=self.editor.text())
        self.sheet = self.sheet.with_box(box)
        self._redraw.start()

    def _save(self, visit: str) -> None:
        if self.sheet is None or self.editor is None:
            return
        text = self.editor.text()
        self.desk.sheets.write_box(self.sheet.id, self.writing, text, visit=visit)

    def _editor_left(self) -> None:
        inside = self.window().focusWidget()
        if inside is not self.editor:
            self.stop_writing()

    def stop_writing(self) -> None:
        """Hand over the text of the box that is open and close it."""
        editor, self.editor = self.editor, None
        box_id, self.writing = self.writing, ""
        if editor is None or self.sheet is None:
            return
        self.writing, self.editor = box_id, editor
        self.autosave.leave()
        self.writing, self.editor = "", None
        if self._undo is not None:
            self._undo.note(self._before, self.sheet.box(box_id))
        area = self.view.areas.get(box_id)
        if area is not None:
            area.writing = False
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if editor.hasFocus():  # or Qt would hand the focus on to the next box
                area.setFocus(Qt.FocusReason.OtherFocusReason)
            area.update()
        editor.hide()
        editor.deleteLater()

    def _escaped(self) -> None:
        box_id = self.writing
        self.stop_writing()
        self.view.whole()
        area = self.view.areas.get(box_id)
        if area is not None:
            area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_distance(self, key: str) -> None:
        if key == "whole":
            self.whole()
        elif self.view.areas:
            box = self.view.current or next(iter(self.view.areas))
            self.view.areas[box].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def whole(self) -> None:
        """Go back to the whole sheet."""
        self._escaped() if self.writing else self.view.whole()

    def _zoomed(self, column: bool) -> None:
        self.distance.set_value("column" if column else "whole")

    def _put_box(self, box: Box) -> None:
        assert self.sheet is not None
        self.sheet = self.desk.sheets.set_box(self.sheet.id, box)

    def undo(self) -> None:
        """Take back the last edit of this sheet, from the journal where need be."""
        self._step(back=True)

    def redo(self) -> None:
        """Make it once more."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        if self._undo is None or self.sheet is None or not self.may_write():
            return
        box_id = self.writing
        self.stop_writing()
        self.desk.recorder.settle()
        self.sheet = self.desk.sheets.get(self.sheet.id)
        done = self._undo.undo(self.sheet) if back else self._undo.redo(self.sheet)
        if not done:
            self.go.say(
                self.tr("Nothing more to undo here.") if back else self.tr("Nothing to redo.")
            )
        self.draw()
        if box_id:
            self.write(box_id)

    def _insert(self, make: Callable[[str], Figure]) -> None:
        self.add_figure(make(self.desk.sheets.new_figure_id()))

    def add_figure(self, figure: Figure) -> None:
        """Put a figure into the box in focus and open its editor."""
        if self.sheet is None or not self.may_write():
            return
        box_id = self.writing or self.view.current or "current"
        self.stop_writing()
        self.put_figure(box_id, figure)
        self.drawers.edit_figure(box_id, figure.id)

    def put_figure(self, box_id: str, figure: Figure) -> None:
        """Write a figure and draw it."""
        assert self.sheet is not None
        before = self.sheet.box(box_id)
        self.sheet = self.desk.sheets.put_figure(self.sheet.id, box_id, figure)
        if self._undo is not None:
            self._undo.note(before, self.sheet.box(box_id))
        self.draw()

    def remove_figure(self, box_id: str, figure_id: str) -> None:
        """Take a figure away; undo brings it back."""
        assert self.sheet is not None
        before = self.sheet.box(box_id)
        self.sheet = self.desk.sheets.remove_figure(self.sheet.id, box_id, figure_id)
        if self._undo is not None:
            self._undo.note(before, self.sheet.box(box_id))
        self.drawers.close()
        self.draw()
        self.go.say(self.tr("The figure is gone."), self.undo)

    def _edit_figure(self, box_id: str, figure_id: str) -> None:
        if self.may_write():
            self.stop_writing()
            self.view.current = box_id
            self.drawers.edit_figure(box_id, figure_id)

    def _pictured(self, data: QMimeData) -> None:
        try:
            self.drawers.take_picture(data)
        except GembaError as error:
            self.go.trouble(error)

    def _written(self, refs: frozenset[Ref]) -> None:
        if self.sheet is None or not self._is_now():
            return
        if Ref("sheet", self.sheet.id) in refs:
            local = self.sheet
            self.sheet = self.desk.sheets.get(local.id)
            if self.editor is not None:
                box = replace(self.sheet.box(self.writing), text=self.editor.text())
                self.sheet = self.sheet.with_box(box)
            self._redraw.start()
        if any(ref.kind in ("margin_note", "link", "sheet", "talk") for ref in refs):
            self.drawers.refresh()
