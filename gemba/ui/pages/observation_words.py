"""What the page of an observation says about it: when and where, its safety, its thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.link import BECAME
from gemba.domain.promise import Promise
from gemba.services.thread import Chip
from gemba.ui.days import clock, near_day

if TYPE_CHECKING:
    from gemba.domain.observation import Observation, SafetyNow
    from gemba.services.thread import Thread
    from gemba.services.walks import Walks


def when_words(seen: Observation, walks: Walks, today: date) -> str:
    """Return day, time and stop of an observation, as far as they are known."""
    parts = (near_day(seen.seen_on, today), clock(seen.seen_at), _place(seen, walks))
    return ", ".join(part for part in parts if part)


def _place(seen: Observation, walks: Walks) -> str:
    if seen.walk_id is None or not seen.stop_id:
        return ""
    try:
        walk = walks.get(seen.walk_id)
    except GembaError:
        return ""
    return next((stop.place for stop in walk.stops if stop.id == seen.stop_id), "")


def safety_words(safety: SafetyNow) -> str:
    """Return what was done at once about a hazard."""
    say = QCoreApplication.translate
    words = [say("Seen", "Safety, at {time}.").format(time=clock(safety.at) or "?")]
    if safety.called:
        words.append(say("Seen", "Called: {who}.").format(who=safety.called.rstrip(".")))
    if safety.made_safe:
        words.append(say("Seen", "Made safe: {what}").format(what=safety.made_safe))
    return " ".join(words)


def links_of(seen: Observation, thread: Thread) -> list[Chip]:
    """Return where the thread of an observation leads, its walk first."""
    chips = [_as_told(one, thread) for one in thread.chips(Ref("observation", seen.id))]
    if seen.walk_id is None:
        return chips
    walk = Ref("walk", seen.walk_id)
    words = thread.words_of(walk)
    if not words or any(chip.ref == walk for chip in chips):
        return chips
    return [Chip(seen.walk_id, walk, seen.stop_id, BECAME, words, False), *chips]


def _as_told(chip: Chip, thread: Thread) -> Chip:
    """Say on the chip of a promise that it was told back, and to whom."""
    record = thread.record(chip.ref)
    if not isinstance(record, Promise) or record.told_back is None:
        return chip
    words = QCoreApplication.translate("Seen", "Told {name}: {words}")
    return replace(chip, words=words.format(name=record.told_back.to, words=chip.words))
