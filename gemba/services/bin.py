"""The bin: thrown away together, brought back together, and gone for good after thirty days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.away import Away, Heap
from gemba.domain.belonging import NAMED_ONLY, PARTS, STAYS_NAMED
from gemba.domain.changes import Ref
from gemba.domain.days_of_use import DaysOfUse, read_days, write_days
from gemba.domain.errors import GembaError, NotFound, Refused
from gemba.domain.experiment import Experiment
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.services.recorder import Recorder

if TYPE_CHECKING:
    from gemba.store.store import Store
    from gemba.store.writing import Written

DAYS: Final = "bin.days"
"""The setting that counts the days of use."""

MANY: Final = 20
"""From so many records in one step on, a backup is made first."""


class Bin:
    """Throws away, lists what was thrown away, brings it back, and lets it go for good.

    ``before`` is called with "before delete" before a step that throws away many records; the
    backups are made through it. ``brought`` hears what came back.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.before: Callable[[str], object] | None = None
        self.brought: Callable[[tuple[Ref, ...]], object] | None = None

    def goes_with(self, ref: Ref) -> tuple[Ref, ...]:
        """Return what hangs together with a record and goes with it, and with that in turn."""
        found: dict[Ref, None] = {}
        waiting = [ref]
        while waiting:
            parts = [part for part in self._parts_of(waiting.pop(0)) if part not in found]
            found |= dict.fromkeys(parts)
            waiting += parts
        return tuple(found)

    def _parts_of(self, ref: Ref) -> list[Ref]:
        found: list[Ref] = []
        for kind, field in PARTS.get(ref.kind, ()):
            terms: dict[str, object] = {field: ref.id, "skip_damaged": True}
            parts = [Ref(kind, part.id) for part in self._recorder.find(KINDS[kind], **terms)]
            if kind in STAYS_NAMED:
                naming = self._recorder.store.clearing.naming
                parts = [part for part in parts if not naming(part)]
            found += parts
        return found

    def may_go(self, ref: Ref) -> GembaError | None:
        """Return why a record cannot be thrown away, None when it can."""
        if ref.kind in NAMED_ONLY:
            named = self._recorder.store.clearing.naming(ref)
            if named:
                return Refused("bin.named", count=len(named))
        if ref.kind == "experiment" and self._recorder.get(Experiment, ref.id).committed:
            return Refused("bin.committed")
        return None

    def named(self, kind: str) -> set[UUID]:
        """Return which people or places are named somewhere and so cannot be thrown away."""
        return self._recorder.store.clearing.named(kind)

    def remove(self, *refs: Ref) -> tuple[Ref, ...]:
        """Throw records away in one step, with what hangs together with them; return them all.

        Raises Refused for a person or an area that something names, and for a prediction that
        is locked.
        """
        self._recorder.settle()
        for ref in refs:
            why = self.may_go(ref)
            if why is not None:
                raise why
        rest = [part for ref in refs for part in self.goes_with(ref)]
        together = tuple(dict.fromkeys((*refs, *rest)))
        if len(together) >= MANY and self.before is not None:
            self.before("before delete")
        self._recorder.remove(*together)
        return together

    def heaps(self) -> list[Heap]:
        """Return what lies in the bin, step by step, the newest first."""
        groups: dict[str, list[Away]] = {}
        for one in self._recorder.store.clearing.away():
            groups.setdefault(one.group, []).append(one)
        found: list[Heap] = []
        for together in groups.values():
            by_row = sorted(together, key=lambda one: one.row)
            parts = _parts_among(by_row)
            inner = {part for some in parts.values() for part in some}
            heads = [one for one in by_row if one.ref not in inner] or by_row[:1]
            for head in heads:
                below = _below(head.ref, parts)
                rest = tuple(one for one in by_row if one.ref in below)
                found.append(Heap(head=head, rest=rest))
        return sorted(found, key=lambda heap: -heap.head.row)

    def restore(self, *refs: Ref) -> tuple[Ref, ...]:
        """Bring records back with what went with them, and with what they cannot be without.

        Raises NotFound when none of them lies in the bin any more.
        """
        heaps = self.heaps()
        by_ref = {ref: heap for heap in heaps for ref in heap.refs}
        records = {one.ref: one.record for heap in heaps for one in (heap.head, *heap.rest)}
        back: dict[Ref, None] = {}
        waiting = [ref for ref in refs if ref in by_ref]
        if not waiting:
            raise NotFound("bin.gone")
        while waiting:
            ref = waiting.pop()
            if ref in back:
                continue
            for one in by_ref[ref].refs if ref == by_ref[ref].head.ref else (ref,):
                back[one] = None
                waiting += [held for held in _needs(records[one]) if held in by_ref]
        self._recorder.restore(*back)
        if self.brought is not None:
            self.brought(tuple(back))
        return tuple(back)

    def left(self, heap: Heap) -> int:
        """Return how many days of use a heap still lies here."""
        return self._counted().left(heap.head.row)

    def days_left(self, heaps: Sequence[Heap]) -> list[int]:
        """Return the same for many."""
        counted = self._counted()
        return [counted.left(heap.head.row) for heap in heaps]

    def pass_days(self) -> Future[Written | None]:
        """Count today and let go for good what has lain here long enough; tell what went.

        Called at every start and once a day; nothing waits for it. What a kill interrupted is
        finished as well. Where nothing can be written nothing happens.
        """
        return self._recorder.run_soon(self._pass_days)

    def _pass_days(self, store: Store) -> Written | None:
        if not store.writable:
            return None
        store.clearing.finish()
        today = self._recorder.today()
        counted = read_days(store.settings.get(DAYS) or "")
        if counted.last == today:
            return None
        counted = counted.seen(today, store.clearing.newest_row())
        store.settings.set(DAYS, write_days(counted))
        old = [ref for heap in self.heaps() if not counted.left(heap.head.row) for ref in heap.refs]
        return store.clearing.purge(old, who=self._recorder.who) if old else None

    def _counted(self) -> DaysOfUse:
        return read_days(self._recorder.recall(DAYS))


def _parts_among(together: Sequence[Away]) -> dict[Ref, list[Ref]]:
    """Return for each of these records which others of them hang on it."""
    there = {one.ref for one in together}
    found: dict[Ref, list[Ref]] = {}
    for one in together:
        for owner in _needs(one.record):
            if owner in there:
                found.setdefault(owner, []).append(one.ref)
    return found


def _below(head: Ref, parts: dict[Ref, list[Ref]]) -> set[Ref]:
    """Return what hangs on a record, and what hangs on that."""
    found: set[Ref] = set()
    waiting = [head]
    while waiting:
        new = [part for part in parts.get(waiting.pop(), ()) if part not in found]
        found.update(new)
        waiting += new
    return found


def _needs(record: Record) -> list[Ref]:
    """Return what a record means nothing without: a note's sheet, the walk of what was seen."""
    kind = kind_of(record)
    found: list[Ref] = []
    for owner, parts in PARTS.items():
        for part, field in parts:
            held = getattr(record, field) if part == kind else None
            if isinstance(held, UUID):
                found.append(Ref(owner, held))
    return found


def ref_key(ref: Ref) -> str:
    """Name a ref in one word, as a key of a row."""
    return f"{ref.kind}/{ref.id}"
