"""Looks up whether something was seen before at the same stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.changes import Ref
from gemba.domain.errors import NotFound
from gemba.domain.observation import Observation
from gemba.domain.recurrence import Recurrence, alike_among
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.domain.promise import Promise
    from gemba.services.thread import Thread
    from gemba.store.store import Store


def like_observation(store: Store, seen: Observation) -> Recurrence:
    """Return what was seen like an observation, up to its day; nothing without a stop."""
    place = place_of(store, seen)
    if not place:
        return Recurrence()
    found = store.overview.seen_at(place, seen.category, seen.seen_on)
    return Recurrence(place, alike_among(seen.saw, found, seen.id))


def like_promise(store: Store, thread: Thread, promise: Promise) -> Recurrence:
    """Return what was seen like what a promise rests on, or like its own words."""
    for chip in thread.chips(Ref("promise", promise.id)):
        seen = thread.record(chip.ref)
        if isinstance(seen, Observation):
            return like_observation(store, seen)
    if not promise.at_place:
        return Recurrence()
    found = store.overview.seen_at(promise.at_place, promise.category, promise.made_on)
    return Recurrence(promise.at_place, alike_among(promise.text, found))


def place_of(store: Store, seen: Observation) -> str:
    """Return the name of the stop at which something was seen, or nothing."""
    if seen.walk_id is None or not seen.stop_id:
        return ""
    try:
        walk = store.get(Walk, seen.walk_id)
    except NotFound:
        return ""
    return next((stop.place for stop in walk.stops if stop.id == seen.stop_id), "")
