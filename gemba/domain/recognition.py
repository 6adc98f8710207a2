"""Recognition: a behaviour that was noticed, what it did, and how somebody was thanked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """A thank-you that names a behaviour; ``to`` is a person or a team and may stay empty.

    ``thanked_on`` is None until it was said. What it was noticed on is a link.
    """

    id: UUID
    revision: int = 0
    behaviour: str
    effect: str = ""
    how: str = ""
    to: str = ""
    person_id: UUID | None = None
    area_id: UUID | None = None
    noticed_on: date
    thanked_on: date | None = None
