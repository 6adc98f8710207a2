"""Questions about wording: asked beside the sentence, set aside with a reason that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from gemba.domain.changes import FieldChange, JournalEntry, Plain, Ref, value_at
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import Dismissed
from gemba.domain.wording import Remark, WordingRules, squeezed
from gemba.domain.wording_reading import Reader

if TYPE_CHECKING:
    from gemba.domain.definition import SheetDefinition
    from gemba.services.people import People
    from gemba.services.recorder import Recorder


class Wording:
    """What is asked about the words of a sheet; it blocks nothing and adds nothing up."""

    def __init__(
        self, recorder: Recorder, people: People, rules: Callable[[], WordingRules]
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._rules = rules
        self._early: dict[tuple[UUID, str, int], bool] = {}

    def reader(self) -> Reader:
        """Return a reader that knows the people of the folder as they are called now."""
        return Reader(self._rules(), [name for _id, name in self._people.names()])

    def early_results(
        self, sheet: Sheet, definition: SheetDefinition, reader: Reader
    ) -> dict[str, date]:
        """Return the boxes in which a result stood before anything was predicted, with its day.

        The journal tells when a result came that has stood since, and how the sheet read then;
        where it does not reach back so far nothing is said.
        """
        found: dict[str, date] = {}
        for box in reader.result_boxes(definition):
            if not reader.has_result(sheet.box(box).text):
                continue
            came = self._came(sheet.id, box, reader)
            if came is not None and self._is_early(sheet, definition, box, came.revision, reader):
                found[box] = came.at.astimezone(self._recorder.now().tzinfo).date()
        return found

    def _came(self, sheet_id: UUID, box: str, reader: Reader) -> JournalEntry | None:
        """Return the change by which the result of a box came that stands there now."""
        came: JournalEntry | None = None
        path = f"boxes.{box}.text"
        for entry in self._recorder.store.journal(Ref("sheet", sheet_id), field_prefix="boxes"):
            change = entry.change
            if not (path == change.field or path.startswith(f"{change.field}.")):
                continue
            text = value_at({"boxes": _seen(change)}, path)
            if not isinstance(text, str) or not reader.has_result(text):
                came = None
            elif came is None:
                came = entry
        return came

    def _is_early(
        self, sheet: Sheet, definition: SheetDefinition, box: str, revision: int, reader: Reader
    ) -> bool:
        key = (sheet.id, box, revision)
        if key not in self._early:
            try:
                then = self._recorder.store.at_revision(Sheet, sheet.id, revision)
            except GembaError:
                return False
            self._early[key] = not reader.predicted(then, definition, box)
        return self._early[key]

    def standing(self, sheet: Sheet, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
        """Return the remarks that nobody has answered with a reason yet."""
        answered = {_key(one) for one in sheet.dismissed}
        return tuple(one for one in remarks if one.key not in answered)

    def asked(
        self, sheet: Sheet, reader: Reader, box: str, place: str, words: str
    ) -> Remark | None:
        """Return what is asked about words of a figure in a box, unless that was answered."""
        made = reader.remark(place, box, words)
        return next(iter(self.standing(sheet, [made] if made else [])), None)

    def dismiss(self, sheet_id: UUID, remark: Remark, reason: str) -> Sheet:
        """Keep why a sentence stands as it is; its question is not asked again.

        Raises BadInput without a reason. A sentence that is changed later is a new one.
        """
        if not reason.strip():
            raise BadInput("wording.no_reason")
        made = Dismissed(
            check=remark.check,
            box=remark.box,
            sentence=squeezed(remark.sentence),
            reason=reason.strip(),
            on=self._recorder.today(),
        )

        def edit(sheet: Sheet) -> Sheet:
            others = tuple(one for one in sheet.dismissed if _key(one) != remark.key)
            return replace(sheet, dismissed=(*others, made))

        return self._recorder.change(Sheet, sheet_id, edit)

    def ask_again(self, sheet_id: UUID, dismissed: Dismissed) -> Sheet:
        """Let a question that was set aside be asked again."""

        def edit(sheet: Sheet) -> Sheet:
            kept = tuple(one for one in sheet.dismissed if _key(one) != _key(dismissed))
            return replace(sheet, dismissed=kept)

        return self._recorder.change(Sheet, sheet_id, edit)


def _seen(change: FieldChange) -> Plain:
    """Return what a change put under ``boxes``, as far down as it names it."""
    value = cast("Plain", change.after)
    for name in reversed(change.field.split(".")[1:]):
        value = {name: value}
    return value


def _key(one: Dismissed) -> tuple[str, str, str]:
    return (one.check, one.box, squeezed(one.sentence))
