"""The thread at a part of the sheet: what it is tied to, and tying it to one thing more."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.prose import plain
from gemba.domain.sheet_part import SheetPart, holds, items_of, words_of_part
from gemba.domain.titles import first_words
from gemba.ui.pages.common import ICON_OF_KIND, clear
from gemba.ui.widgets import Button, Field, FlowLayout, Label, RowList, RowWords
from gemba.ui.widgets.tie_chip import TieChip
from gemba.ui.within import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.services.thread import Chip as ThreadChip
    from gemba.services.ties import Candidate
    from gemba.ui.pages.sheet_desk import SheetHost

GO_AND_SEE_AT = ("countermeasures", "plan", "check", "followup")
"""Roles of the boxes that hold what can be looked at again on a walk."""
_SHOWN = 40
_ICONS = {
    **ICON_OF_KIND,
    "gap": "list-tree",
    "cause": "list-tree",
    "action": "list-todo",
    "check": "calendar",
    "box": "notebook-pen",
}


def part_label(page: SheetHost, part: str) -> str:
    """Name a part of the sheet: a cause or an action by its words, a box by its label."""
    assert page.sheet is not None
    assert page.definition is not None
    words = words_of_part(page.sheet, part)
    if words:
        return first_words(words, 40)
    labels = {box.id: box.label for box in page.definition.boxes}
    return labels.get(SheetPart.read(part).box, page.sheet.title)


def _role(page: SheetHost, part: str) -> str:
    assert page.definition is not None
    at = SheetPart.read(part).box
    return next((box.role for box in page.definition.boxes if box.id == at), "other")


class TieStrip(QWidget):
    """One chip a tie, under the words of the cause or action that is tied, and what adds one.

    Fills itself when it is first shown; ``first`` is the part whose ties stand before the others.
    """

    def __init__(self, page: SheetHost, part: str, first: str = "") -> None:
        super().__init__()
        self.page = page
        self.part = part
        self.first = first
        self._filled = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(page.theme.px(4))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the ties when they are first looked at."""
        super().showEvent(event)
        if not self._filled:
            self.refresh()

    def refresh(self) -> None:
        """Read the ties again; the focus stays with its button."""
        page = self.page
        if page.sheet is None or page.definition is None:
            return
        self._filled = True
        held = next((one for one in within(self, QWidget) if one.hasFocus()), None)
        named = held.accessibleName() or self.adder.text() if held is not None else ""
        if held is not None:  # or Qt would hand the focus on to a box, which would open
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        chips = page.desk.thread.chips(Ref("sheet", page.sheet.id), self.part)
        parts = list(dict.fromkeys(chip.own_part for chip in chips))
        chips.sort(key=lambda one: (one.own_part != self.first, parts.index(one.own_part)))
        for part, tied in groupby(chips, key=lambda one: one.own_part):
            if part != self.part:
                label = Label(page.theme, part_label(page, part), step="small", tone="ink_soft")
                self._column.addWidget(label)
            for chip in tied:
                self._column.addWidget(self._chip(chip))
        self._column.addWidget(self._buttons())
        if named:
            self.focus_on(named)

    def focus_on(self, name: str) -> None:
        """Give the focus to the chip or button with this name, else to what adds a tie."""
        found = [one for one in within(self, QWidget) if one.accessibleName() == name]
        target = next((one for one in found if not one.isHidden()), self.adder)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _chip(self, chip: ThreadChip) -> TieChip:
        page, words = self.page, self.words_of(chip)
        tie = TieChip(
            page.theme,
            words,
            icon=self._icon_of(chip),
            spoken=words,
            may_take=page.may_ask(),
        )
        tie.opened.connect(partial(page.go.open, chip.ref, chip.part))
        tie.taken.connect(partial(self._take, chip))
        return tie

    def _icon_of(self, chip: ThreadChip) -> str:
        sheet = self.page.sheet
        if sheet is not None and chip.ref.id == sheet.id:
            return "link"
        return ICON_OF_KIND.get(chip.ref.kind, "link")

    def words_of(self, chip: ThreadChip) -> str:
        """Name the other end: a part of this sheet by its words or label, else by first words."""
        sheet = self.page.sheet
        if sheet is not None and chip.ref.id == sheet.id:
            return part_label(self.page, chip.part)
        return first_words(chip.words, 34)

    def _take(self, chip: ThreadChip) -> None:
        thread, words = self.page.desk.thread, self.words_of(chip)
        thread.untie(chip.link_id)
        self.refresh()
        said = self.tr("No longer tied: {words}").format(words=words)
        self.page.go.say(said, lambda: thread.tie_again(chip.link_id))

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap=self.page.theme.px(8))
        self.adder = Button(self.page.theme, self.tr("Tie to …"), kind="quiet", icon="link-2")
        self.adder.setToolTip(self.tr("A cause, something seen, a talk or a promise (Ctrl+T)"))
        self.adder.clicked.connect(lambda: self.page.tie(self.part))
        self.adder.setEnabled(self.page.may_ask())
        row.addWidget(self.adder)
        if _role(self.page, self.part) in GO_AND_SEE_AT:
            see = Button(self.page.theme, self.tr("Go and see it"), kind="quiet", icon="footprints")
            see.clicked.connect(self._go_and_see)
            see.setEnabled(self.page.may_ask())
            row.addWidget(see)
        return holder

    def _go_and_see(self) -> None:
        page, part = self.page, self.first or self.part
        assert page.sheet is not None
        page.stop_writing()
        page.desk.recorder.settle()
        look_for = first_words(self._to_look_for(part), 90) or page.sheet.title
        area = page.desk.people.area_name(page.sheet.area_id)
        walk = page.desk.thread.go_and_see(Ref("sheet", page.sheet.id), part, look_for, area)
        self.refresh()
        said = self.tr("It is a stop on the next walk: {purpose}").format(purpose=walk.purpose)
        page.go.say(said)

    def _to_look_for(self, part: str) -> str:
        """Return the words of the action, else those of the box, else its first action."""
        assert self.page.sheet is not None
        sheet = self.page.desk.sheets.get(self.page.sheet.id)
        text = plain(sheet.box(SheetPart.read(part).box).text).lstrip("- ").strip()
        inside = (one.words for one in items_of(sheet) if holds(part, str(one.part)))
        return words_of_part(sheet, part) or text or next(inside, "")


class TiePanel(QWidget):
    """What a part of the sheet can be tied to, the nearest first; Enter or a click ties it.

    ``done`` is called after the tie was made, with the name of its chip.
    """

    def __init__(self, page: SheetHost, part: str, done: Callable[[str], None]) -> None:
        super().__init__()
        self.page = page
        self.part = part
        self._done = done
        self._found: list[Candidate] = []
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, part_label(page, part), step="strong"))
        self.search = Field(
            theme,
            "",
            question=self.tr("What does it belong to?"),
            icon="search",
            name=self.tr("Tie to"),
        )
        self.search.edited.connect(self._fill)
        self.search.entered.connect(self._tie_first)
        self.rows = RowList(theme, name=self.tr("Tie to"), ground=False)
        self.rows.opened.connect(self._tie)
        self.none = Label(theme, "", tone="ink_soft")
        for widget in (self.search, self.rows, self.none):
            column.addWidget(widget)
        self._fill()

    def begin(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        page = self.page
        assert page.sheet is not None
        assert page.definition is not None
        typed = self.search.text()
        found = page.ties.candidates(page.sheet, page.definition, self.part, typed)
        self._found = found[:_SHOWN]
        self.rows.set_rows(self._row(at, one) for at, one in enumerate(self._found))
        if typed.strip():
            self.none.setText(self.tr("Nothing holds these words."))
        else:
            self.none.setText(
                self.tr("There is nothing to tie to yet. Write the causes, or go and see.")
            )
        self.none.setVisible(not self._found)

    def _row(self, at: int, one: Candidate) -> RowWords:
        icon = "camera" if one.photo else _ICONS.get(one.kind, "link-2")
        return RowWords(
            first_words(one.words, 90), self._kind_of(one), icon=icon, bold=False, key=at
        )

    def _kind_of(self, one: Candidate) -> str:
        day = self.page.desk.day(one.on) if one.on is not None else ""
        match one.kind:
            case "gap":
                return self.tr("The gap, on this sheet")
            case "cause" if one.letter:
                return self.tr("Root cause {letter}, on this sheet").format(letter=one.letter)
            case "cause":
                return self.tr("Cause, on this sheet")
            case "countermeasure":
                return self.tr("Countermeasure, on this sheet")
            case "action":
                return self.tr("Action, on this sheet")
            case "box":
                return self.tr("Box of this sheet")
            case "observation" if one.photo:
                return self.tr("Seen {day}, with a photo").format(day=day)
            case "observation":
                return self.tr("Seen {day}").format(day=day)
            case "talk":
                return self.tr("Talk, {day}").format(day=day)
            case _:
                return self.tr("Promise, {day}").format(day=day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search to the first row, Up from the first row to the search."""
        rows = self.rows.rows()
        if event.key() == Qt.Key.Key_Down and rows and not any(row.hasFocus() for row in rows):
            rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Up and rows and rows[0].hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)

    def _tie_first(self) -> None:
        if self._found:
            self._tie(0)

    def _tie(self, key: object) -> None:
        page = self.page
        assert isinstance(key, int)
        assert page.sheet is not None
        assert page.definition is not None
        one, thread = self._found[key], page.desk.thread
        link = page.ties.tie(page.sheet, page.definition, self.part, one.ref, one.part)
        on_sheet = one.ref.id == page.sheet.id
        words = part_label(page, one.part) if on_sheet else first_words(one.words, 34)
        self._done(words)
        said = self.tr("Tied to: {words}").format(words=words)
        page.go.say(said, lambda: thread.untie(link.id))
