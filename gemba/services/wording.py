"""Questions about wording: asked beside the sentence, set aside with a reason that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import Dismissed
from gemba.domain.wording import Remark, WordingRules, squeezed
from gemba.domain.wording_reading import Reader

if TYPE_CHECKING:
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

    def reader(self) -> Reader:
        """Return a reader that knows the people of the folder as they are called now."""
        return Reader(self._rules(), [name for _id, name in self._people.names()])

    def standing(self, sheet: Sheet, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
        """Return the remarks that nobody has answered with a reason yet."""
        answered = {_key(one) for one in sheet.dismissed}
        return tuple(one for one in remarks if one.key not in answered)

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


def _key(one: Dismissed) -> tuple[str, str, str]:
    return (one.check, one.box, squeezed(one.sentence))
