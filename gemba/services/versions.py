"""Earlier versions of a record, and taking back the last change, both read from the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar, cast

from gemba.domain.changes import FieldChange, JournalEntry, Plain, Ref, value_at
from gemba.domain.clash import apply
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, Refused
from gemba.domain.kinds import KINDS
from gemba.services.recorder import MERGED, PARTED

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder
    from gemba.store.store import Store
    from gemba.store.writing import Written

T = TypeVar("T")
Within = str | tuple[str, ...]
"""A field, or several that change together, and all that lies in them."""
UNDO: Final = "undo:"
REDO: Final = "redo:"
ERASED: Final = "erased:"

_STATE: Final = frozenset(
    {
        "at_step", "elapsed", "at_stop", "definition_version", "started_at", "ended_at", "pen",
        "first_draft",
        "first_draft_at", "sheet_revision", "place", "seen_at", "next_experiment_id",
        "last_experiment_id", "order", "answered_on",
    }
)  # fmt: skip
"""Fields that follow from what was done; alone they are nothing one would take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one write, or one stay in some fields, changed; ``revision`` is what it ended in."""

    ref: Ref
    number: int
    at: datetime
    who: str
    installation: str
    revision: int
    visit: str
    changes: tuple[FieldChange, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the record was made, thrown away or brought back here."""
        return any(not change.field for change in self.changes)

    @property
    def said(self) -> tuple[FieldChange, ...]:
        """Return what somebody said, without what merely followed from it."""
        return tuple(
            c
            for c in self.changes
            if c.field and _part(c.field) not in _STATE and c.before != c.after
        )


class Versions:
    """Reads how a record came to be what it is, and goes back in it by new writes."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.followers: list[Callable[[Step, bool], None]] = []
        """Told after each step back (True) or forth, to bring along what went with it."""
        self.brought: Callable[[tuple[Ref, ...]], object] | None = None
        """Told what names again whom it named before."""

    def of(self, ref: Ref) -> list[Step]:
        """Return the steps of a record that can be read, the newest first."""
        return [step for step in self._steps(self._recorder.store, ref) if step.said]

    def told(self, ref: Ref) -> list[Step]:
        """Return every step of a record, also its making and its stays in the bin, newest first."""
        return self._steps(self._recorder.store, ref)

    def last_own(self, ref: Ref) -> Step | None:
        """Return the last change made on this laptop that was not taken back yet, or None."""
        store = self._recorder.store
        return _last_own(self._steps(store, ref), store.clearing.installation)

    def undo(self, ref: Ref, within: Within = "") -> Step:
        """Take back the last change made on this laptop, as a new write.

        ``within`` keeps to a field and all that lies in it, such as the boxes of a sheet, or to
        several. Raises Refused where there is none, where the field has changed since, and where
        a rule of the work forbids it, such as a prediction that is locked.
        """
        self._recorder.settle()

        def work(store: Store) -> tuple[Step, Written]:
            step = _last_own(self._steps(store, ref, within), store.clearing.installation, within)
            if step is None:
                raise Refused("undo.nothing")
            back = [replace(c, before=c.after, after=c.before) for c in step.changes]
            return step, self._write(store, ref, back, f"{UNDO}{step.revision}", within)

        return self._told(self._run(work), back=True)

    def newest_own(self, refs: Sequence[Ref]) -> Step | None:
        """Return the last change made on this laptop to any of these records, or None."""
        steps = [step for step in map(self.last_own, refs) if step is not None]
        return max(steps, key=lambda step: step.number, default=None)

    def redo(self, step: Step) -> None:
        """Make a change again that undo took back; raises Refused as undo does."""

        def work(store: Store) -> tuple[Step, Written]:
            made = self._write(store, step.ref, step.changes, f"{REDO}{step.revision}")
            return step, made

        self._told(self._run(work), back=False)

    def redo_last(self, ref: Ref, within: Within = "") -> Step:
        """Make the change again that was taken back last on this laptop, also before a restart.

        Raises Refused as undo does; a change made since ends it.
        """
        self._recorder.settle()

        def work(store: Store) -> tuple[Step, Written]:
            steps = self._steps(store, ref, within)
            step = _last_undone(steps, store.clearing.installation, within)
            if step is None:
                raise Refused("undo.nothing_to_redo")
            made = self._write(store, ref, step.changes, f"{REDO}{step.revision}", within)
            return step, made

        return self._told(self._run(work), back=False)

    def _told(self, step: Step, *, back: bool) -> Step:
        for follow in self.followers:
            follow(step, back)
        self._bring(step.ref)
        return step

    def _bring(self, ref: Ref) -> None:
        if self.brought is not None:
            self.brought((ref,))

    def bring_back(self, ref: Ref, field: str, value: Plain) -> FieldChange:
        """Put an earlier value back into a field, and return the change for undo.

        Raises Refused where a rule of the work forbids it.
        """
        self._recorder.settle()
        cls = KINDS[ref.kind]

        def work(store: Store) -> tuple[FieldChange, Written]:
            plain = to_plain(store.get(cls, ref.id))
            change = FieldChange(ref=ref, field=field, before=value_at(plain, field), after=value)
            return change, self._write(store, ref, (change,), "")

        change = self._run(work)
        self._bring(ref)
        return change

    def _run(self, work: Callable[[Store], tuple[T, Written]]) -> T:
        told: list[T] = []

        def both(store: Store) -> Written:
            said, written = work(store)
            told.append(said)
            return written

        self._recorder.run(both)
        return told[0]

    def _write(
        self,
        store: Store,
        ref: Ref,
        changes: Sequence[FieldChange],
        visit: str,
        within: Within = "",
    ) -> Written:
        """Make changes whose fields still stand as they were left."""
        cls = KINDS[ref.kind]
        record = store.get(cls, ref.id)
        plain = cast("dict[str, Plain]", to_plain(record))
        wanted: list[FieldChange] = []
        for change in changes:
            part = _part(change.field)
            if part == "order" or value_at(plain, change.field) == change.before:
                wanted.append(change)
            elif within or part not in _STATE:
                raise Refused("undo.changed_since")
        apply(plain, wanted)
        try:
            after = from_plain(cls, plain)
        except BadInput as error:
            raise Refused("undo.does_not_fit") from error
        self._recorder.permit(record, after)
        return store.write((after,), who=self._recorder.who, visit=visit)

    def _steps(self, store: Store, ref: Ref, within: Within = "") -> list[Step]:
        """Sort the journal of a record into steps, the newest first."""
        groups: dict[int, list[JournalEntry]] = {}
        fields = (within,) if isinstance(within, str) else within
        entries = [one for field in fields for one in store.journal(ref, field_prefix=field)]
        for entry in sorted(entries, key=lambda one: one.number):
            groups.setdefault(entry.revision, []).append(entry)
        steps = [_step(ref, revision, entries) for revision, entries in groups.items()]
        return sorted(steps, key=lambda step: -step.revision)


def _step(ref: Ref, revision: int, entries: list[JournalEntry]) -> Step:
    last = entries[-1]
    return Step(
        ref=ref,
        number=last.number,
        at=last.at,
        who=last.who,
        installation=last.installation,
        revision=revision,
        visit=last.visit,
        changes=tuple(entry.change for entry in entries),
    )


def _last_own(steps: Sequence[Step], installation: str, within: Within = "") -> Step | None:
    undone: set[int] = set()
    redone: set[int] = set()
    for step in steps:
        if step.visit.startswith(REDO):
            redone.add(int(step.visit[len(REDO) :]))
        elif step.visit.startswith(UNDO):
            number = int(step.visit[len(UNDO) :])
            if number in redone:
                redone.discard(number)
            else:
                undone.add(number)
        elif step.whole or step.visit.startswith(ERASED):
            # Making a record is taken back by throwing it away; what was erased never.
            return None
        elif not _own(step, installation, within) or step.revision in undone:
            continue
        elif any(change.field == "kept" for change in step.changes):
            return None
        else:
            return step
    return None


def _last_undone(steps: Sequence[Step], installation: str, within: Within) -> Step | None:
    """Find what undo took back last and nobody made again; None once something new was made."""
    redone: set[int] = set()
    for step in steps:
        if step.visit.startswith(REDO):
            redone.add(int(step.visit[len(REDO) :]))
        elif step.visit.startswith(UNDO):
            number = int(step.visit[len(UNDO) :])
            if number not in redone:
                return next((one for one in steps if one.revision == number), None)
            redone.discard(number)
        elif step.visit.startswith(ERASED) or _own(step, installation, within):
            return None
    return None


def _own(step: Step, installation: str, within: Within) -> bool:
    """Tell whether a step was made on this laptop and changed something one would take back."""
    if step.visit.startswith((MERGED, PARTED)):
        return False
    moved = any(change.before != change.after for change in step.changes)
    return step.installation == installation and (moved if within else bool(step.said))


def _part(field: str) -> str:
    return field.rpartition(".")[2]
