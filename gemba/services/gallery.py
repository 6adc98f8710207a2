"""The gallery: every sheet at a glance, found by any word, copied, put aside and brought back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import Damaged, GembaError, NotFound
from gemba.domain.likeness import LEAST_SHARED, alike, says, telling_words
from gemba.domain.prose import plain
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_row import SheetRow
from gemba.services.recorder import Recorder

_MOST_WORDS = 16
_SHOWN = 3
_LOOKED_INTO = 12
_MOST_CHANGED = 100


class Kind(NamedTuple):
    """What the gallery says of a sheet type: its name, and whether its sheets are private."""

    label: str
    private: bool


class Gallery:
    """Reads the sheets as rows and does what is done with a sheet as a whole."""

    def __init__(
        self, recorder: Recorder, definitions: Callable[[str, int | None], SheetDefinition]
    ) -> None:
        self._recorder = recorder
        self._definitions = definitions

    @property
    def writable(self) -> bool:
        """Tell whether anything can be changed."""
        return self._recorder.store.writable

    def rows(self) -> list[SheetRow]:
        """Return every sheet that is not in the bin, in no order."""
        return self._recorder.store.overview.sheet_rows()

    def rows_after(self, rows: list[SheetRow], changed: Iterable[Ref]) -> list[SheetRow]:
        """Return rows as they are after some records changed, reading only what can differ.

        Sheets and margin notes change rows of their own; anything else, and very much, all rows.
        """
        refs = set(changed)
        sheets = {ref.id.hex for ref in refs if ref.kind == "sheet"}
        notes = {ref.id.hex for ref in refs if ref.kind == "margin_note"}
        if len(sheets) + len(notes) != len(refs) or len(refs) > _MOST_CHANGED:
            return self.rows()
        new = {row.key: row for row in self._recorder.store.overview.changed_rows(sheets, notes)}
        kept = [new.pop(row.key, row) for row in rows if row.key in new or row.key not in sheets]
        return [*kept, *new.values()]

    def kind(self, row: SheetRow) -> Kind:
        """Return the type of a sheet; one whose file is gone or broken counts as private."""
        for version in (row.definition_version, None):
            try:
                found = self._definitions(row.definition, version)
            except NotFound:
                continue
            return Kind(found.label, found.private)
        return Kind(" ".join(row.definition.split("_")).strip().capitalize() or "?", True)

    def saying(self, rows: Iterable[SheetRow], typed: str) -> frozenset[str]:
        """Return the keys of the sheets that hold every word, or a beginning of it, anywhere.

        In the text of the sheet or in the names that stand on it. Slow; safe beside the window.
        """
        words = [one for one in typed.casefold().split() if any(map(str.isalnum, one))]
        words = words[:_MOST_WORDS]
        found: set[str] | None = None
        facts = [
            (row.key, " ".join((row.title, row.owner, row.coach, row.area)).casefold())
            for row in rows
        ]
        for word, said in zip(
            words, self._recorder.store.overview.sheets_saying(words), strict=False
        ):
            here = said | {key for key, fact in facts if word in fact}
            found = here if found is None else found & here
        if found is None:
            found = {key for key, _fact in facts}
        return frozenset(found)

    def similar(
        self, sheet: Sheet, common: Collection[str] = ()
    ) -> list[tuple[SheetRow, tuple[str, ...]]]:
        """Return the sheets that tell of a like problem, and which words they share.

        What is compared is the title, the gap and the background. Archived sheets count; private
        ones only for their owner. ``common`` are words that tell nothing. Slow; safe beside the
        window.
        """
        words = telling_words(self._problem_of(sheet), common)
        if not words:
            return []
        store = self._recorder.store
        rows = {row.key: row for row in store.overview.sheet_rows() if row.id != sheet.id}
        boxes = sorted({box for row in rows.values() for box in self._told_in(row)})
        said = dict(zip(words, store.overview.sheets_saying_in(words, boxes), strict=False))
        others = {key: keys - {sheet.id.hex} for key, keys in said.items()}
        mine = self._recorder.who.casefold()
        open_to_me = {
            row.key
            for row in rows.values()
            if (mine and row.owner.casefold() == mine) or not self.kind(row).private
        }
        near = alike(others, open_to_me, len(rows), most=_LOOKED_INTO)
        own = ((rows[one.key], self._said_by(rows[one.key], one.words)) for one in near)
        return [(row, words) for row, words in own if len(words) >= LEAST_SHARED][:_SHOWN]

    def _said_by(self, row: SheetRow, words: Sequence[str]) -> tuple[str, ...]:
        """Return those of some words in which a sheet itself tells its problem.

        The index finds it by its scratch, its reviews and who was asked as well.
        """
        try:
            told = self._problem_of(self.sheet(row.id))
        except GembaError:
            return ()
        return tuple(word for word in words if says(told, word))

    def _problem_of(self, sheet: Sheet) -> str:
        boxes = self._boxes_told_in(sheet.definition, sheet.definition_version)
        told = [plain(sheet.box(box).text) for box in boxes]
        return "\n".join((sheet.title, sheet.is_now, sheet.should_be, *told))

    def _told_in(self, row: SheetRow) -> tuple[str, ...]:
        return self._boxes_told_in(row.definition, row.definition_version)

    def _boxes_told_in(self, definition: str, version: int) -> tuple[str, ...]:
        """Return the ids of the boxes in which a type of sheet tells its problem."""
        try:
            found = self._definitions(definition, version)
        except NotFound:
            return ("background",)
        return tuple(box.id for box in found.boxes if box.role == "background")

    def sheet(self, sheet_id: UUID) -> Sheet:
        """Return a whole sheet, to be drawn; raises NotFound or Damaged."""
        return self._recorder.get(Sheet, sheet_id)

    def tell_damage(self, error: Damaged) -> None:
        """Let the window know of a sheet that the disk altered."""
        self._recorder.on_damaged(error)

    def duplicate(self, sheet_id: UUID, call: Callable[[str], str] = str) -> Sheet:
        """Write a new sheet with the same text and figures, and nothing of what was said over it.

        It begins today, in its first stage, without talks, questions, checks, drafts or journal.
        ``call`` makes its title from the one of the original.
        """
        old = self.sheet(sheet_id)
        copy = Sheet(
            id=self._recorder.new_id(),
            definition=old.definition,
            definition_version=old.definition_version,
            title=call(old.title),
            owner_id=old.owner_id,
            coach_id=old.coach_id,
            area_id=old.area_id,
            started_on=self._recorder.today(),
            should_be=old.should_be,
            is_now=old.is_now,
            last_there=old.last_there,
            boxes=old.boxes,
            scratch=old.scratch,
            format=old.format,
            tray=old.tray,
        )
        return self._recorder.add(copy)

    def remove(self, sheet_id: UUID) -> None:
        """Put a sheet into the bin, as when a copy is taken back."""
        self._recorder.remove(Ref("sheet", sheet_id))

    def archive(self, sheet_id: UUID, *, away: bool = True) -> None:
        """Put a sheet aside, or back among those in use; nothing of it changes."""
        day = self._recorder.today() if away else None
        self._recorder.change(Sheet, sheet_id, lambda one: replace(one, archived_on=day))
