"""Undo and redo of one sheet: boxes as they were, and before this session what the journal says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gemba.domain.changes import JournalEntry
from gemba.domain.sheet import Box, Sheet


@dataclass(frozen=True, slots=True)
class BoxEdit:
    """One box before and after an edit."""

    before: Box
    after: Box


class SheetUndo:
    """Goes back and forth through the edits of a sheet; each step is a new write.

    ``apply`` writes a box, ``story`` reads the journal of the sheet's boxes. A step whose box was
    changed since is refused, so that nothing is overwritten.
    """

    def __init__(
        self, apply: Callable[[Box], None], story: Callable[[], list[JournalEntry]]
    ) -> None:
        self._apply = apply
        self._done: list[BoxEdit] = []
        self._undone: list[BoxEdit] = []
        # Read before this session writes, so that none of its own edits are among them.
        self._older = [one for one in story() if one.change.field.endswith(".text")]

    def note(self, before: Box, after: Box) -> None:
        """Remember an edit that was made."""
        if before == after:
            return
        self._done.append(BoxEdit(before, after))
        self._undone.clear()

    def undo(self, sheet: Sheet) -> bool:
        """Take back the last edit; tell whether there was one that could be taken back."""
        edit = self._done.pop() if self._done else self._from_journal(sheet)
        if edit is None:
            return False
        if sheet.box(edit.after.id) != edit.after:
            self._done.clear()
            return False
        self._apply(edit.before)
        self._undone.append(edit)
        return True

    def redo(self, sheet: Sheet) -> bool:
        """Make the last edit taken back once more."""
        if not self._undone:
            return False
        edit = self._undone.pop()
        if sheet.box(edit.before.id) != edit.before:
            self._undone.clear()
            return False
        self._apply(edit.after)
        self._done.append(edit)
        return True

    def _from_journal(self, sheet: Sheet) -> BoxEdit | None:
        while self._older:
            change = self._older.pop().change
            box = sheet.box(change.field.split(".")[1])
            if box.text == change.after and isinstance(change.before, str):
                return BoxEdit(replace(box, text=change.before), box)
        return None
