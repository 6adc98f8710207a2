"""To which observation a photo of a phone belongs: the one nearest to when it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from gemba.domain.observation import Observation

MOST_APART: Final = timedelta(minutes=30)
"""A photo further away from everything seen belongs to another walk, or to none."""


def read_taken(text: str) -> datetime | None:
    """Read when a photo was taken; it has a zone only where the camera said one."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def apart(taken: datetime, seen_at: datetime) -> timedelta:
    """Return how far apart a photo and an observation are.

    A camera without a zone shows what the clocks showed where it was, so it is compared with the
    clock of the observation, in whatever zone that was lived.
    """
    lived = seen_at if taken.tzinfo is not None else seen_at.replace(tzinfo=None)
    return abs(taken - lived)


def nearest(taken: datetime | None, seen: Sequence[Observation]) -> Observation | None:
    """Return the observation nearest to a photo, the earlier of two; None where none is near."""
    if taken is None:
        return None
    timed = [(apart(taken, one.seen_at), one) for one in seen if one.seen_at is not None]
    near = [pair for pair in timed if pair[0] <= MOST_APART]
    return min(near, key=lambda pair: (pair[0], pair[1].place))[1] if near else None
