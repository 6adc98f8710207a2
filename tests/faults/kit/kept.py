"""What must be in a folder after its robot ended, in whatever way: N1 to N4 against its diary."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.domain.walk import Walk
from gemba.store.store import Store
from tests.faults.kit.diary import Told
from tests.faults.kit.ground import PAIR, journalled, look_through, stored
from tests.faults.tally import Broke, must

LOST_AT_MOST = 5.0


def all_kept(folder: Path, told: Told, *, ended_at: float | None = None) -> None:
    """Open the folder as the next start does and compare it with the diary; raises Broke.

    With ``ended_at`` (seconds of the machine's own clock) typing older than five seconds must be
    there too, saved or not.
    """
    try:
        with look_through(folder) as store:
            _texts(store, told, ended_at)
            for observation, photo in told.photos:
                found = store.find(Observation, id=UUID(observation))
                must(found and photo in found[0].photos, f"a saved photo {photo[:12]} is gone")
            _twins(store, told)
    except GembaError as error:
        raise Broke(f"it cannot be read: {error}") from error


def _texts(store: Store, told: Told, ended_at: float | None) -> None:
    for key, field in told.fields.items():
        there = stored(store, key)
        must(there == journalled(store, key), f"{key}: the journal says something else")
        at = field.newest(there)
        # Until its first letter is saved, a record that was just begun is empty or not there yet.
        must(at >= 0 or (field.fresh and not there), f"{key}: {there!r} was never typed")
        saved = field.texts[field.saved] if field.saved >= 0 else ""
        must(at >= field.saved, f"{key}: {saved!r} was called saved, {there!r} is there")
        if ended_at is None:
            continue
        old = sum(1 for time in field.times if time <= ended_at - LOST_AT_MOST) - 1
        must(at >= old, f"{key}: {field.texts[old]!r} was typed over 5 s ago, {there!r} is there")


def _twins(store: Store, told: Told) -> None:
    twins = [walk for walk in store.find(Walk) if walk.purpose.startswith(PAIR)]
    if not twins:
        must(not told.pairs, "a pair is gone")
        return
    words = {twin.company for twin in twins} | {twin.theme or twin.company for twin in twins}
    must(len(words) == 1, f"half of a change is there: {sorted(words)}")
    if told.pairs:
        word = int(words.pop())
        must(word >= int(told.pairs[-1]), f"pair {told.pairs[-1]} was saved, {word} is there")
