"""Where an area or a person went that was made one with another, and what follows there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.kinds import Record, kind_of
from gemba.domain.person import Area, Person
from gemba.domain.references import REFERENCES
from gemba.services.recorder import INTO_BIN, INTO_ONE, MERGED

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

_NAMED: Final[dict[str, type[Area] | type[Person]]] = {"area": Area, "person": Person}


@cache
def fields_naming(kind: str) -> tuple[tuple[str, type[Area] | type[Person]], ...]:
    """Return the fields of a kind of record that name an area or a person."""
    held = REFERENCES.get(kind, {})
    return tuple((name, _NAMED[to]) for name, to in held.items() if to in _NAMED)


class Following:
    """Reads from the journal of one that went whom they were made one with."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._known: dict[UUID, UUID | None] = {}

    def names_of(self, record: Record, *, parted: bool) -> dict[str, UUID]:
        """Return the fields of a record that are to name another one, with the id of that."""
        found: dict[str, UUID] = {}
        for field, cls in fields_naming(kind_of(record)):
            held = getattr(record, field)
            to = self.now(cls, held) if held is not None else None
            if to is None and held is not None and parted:
                to = self._before(record, field, cls, held)
            if to is not None:
                found[field] = to
        return found

    def now(self, cls: type[Area] | type[Person], gone: UUID) -> UUID | None:
        """Return whom one in the bin was made one with; None for one in use or deleted alone."""
        if gone not in self._known:
            self._known[gone] = None  # one that comes round to itself ends here
            self._known[gone] = self._now(cls, gone)
        return self._known[gone]

    def _now(self, cls: type[Area] | type[Person], gone: UUID) -> UUID | None:
        store = self._recorder.store
        found = store.find(cls, in_bin=True, skip_damaged=True, id=gone)
        if not found:
            return None
        visits = [one.visit for one in store.journal(Ref(kind_of(found[0]), gone))]
        away = next((one for one in reversed(visits) if one.startswith(INTO_BIN)), "")
        if away.startswith(INTO_ONE):
            into = UUID(hex=away.removeprefix(INTO_ONE).partition(":")[0])
            stays = self._recorder.find(cls, id=into)
            return into if stays else self.now(cls, into)
        # Areas were made one before their steps said so; the one that stayed has the name.
        known = self._recorder.find(Area) if cls is Area else []
        return next((one.id for one in known if found[0].name in one.formerly), None)

    def _before(
        self, record: Record, field: str, cls: type[Area] | type[Person], held: UUID
    ) -> UUID | None:
        """Return whom a record named before a merging that was taken back while it was away."""
        ref = Ref(kind_of(record), record.id)
        entries = self._recorder.store.journal(ref, field_prefix=field)
        visit = entries[-1].visit if entries else ""
        if not visit.startswith(MERGED) or visit == MERGED:
            return None
        try:
            was = self._recorder.get(cls, UUID(hex=visit.removeprefix(MERGED)))
            into = self._recorder.get(cls, held)
        except GembaError:
            return None
        return None if was.name in into.formerly else was.id
