"""Which questions a coach finds at a box of a sheet."""

from __future__ import annotations

from collections.abc import Callable

from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import NotFound
from gemba.domain.question_set import QuestionSet, QuestionStep

COMMON = "a3"
"""The set whose groups carry the roles of boxes, for what a worksheet's own set leaves open."""


def questions_at(
    sheet: SheetDefinition, box_id: str, read: Callable[[str, int | None], QuestionSet]
) -> tuple[QuestionStep, ...]:
    """Return the questions for a box: of its id, else of its role; none for an unknown box.

    A set that is gone, as a user's own file can be, leaves the common one.
    """
    role = next((box.role for box in sheet.boxes if box.id == box_id), None)
    if role is None:
        return ()
    for named in dict.fromkeys((sheet.questions or COMMON, COMMON)):
        try:
            asked = read(named, None)
        except NotFound:
            continue
        found = asked.in_group(box_id) or asked.in_group(role)
        if found:
            return found
    return ()
