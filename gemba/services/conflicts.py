"""Clashes: two texts for one field, both kept until somebody chooses, across a restart as well."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from gemba.domain.changes import Plain, Ref, put_at, value_at
from gemba.domain.clash import Clash, apply, merge
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, GembaError, NotFound
from gemba.domain.kinds import KINDS, Record, kind_of

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder
    from gemba.services.visit import Edited
    from gemba.store.store import Store, Written

PREFIX: Final = "clash."


def merged(store: Store, base: Record, mine: Record) -> tuple[Record | None, tuple[Clash, ...]]:
    """Compare an edit of an older reading with the record as it is now.

    Returns what can be written without overwriting anybody, None for nothing, and what clashes.
    Raises NotFound for a record that was thrown away meanwhile.
    """
    theirs = store.get(type(base), base.id)
    if mine == base:
        return None, ()
    if replace(base, revision=theirs.revision) == theirs:
        return replace(mine, revision=theirs.revision), ()
    ref = Ref(kind_of(base), base.id)
    plain = cast("dict[str, Plain]", to_plain(theirs))
    found = merge(ref, to_plain(base), to_plain(mine), plain)
    apply(plain, found.changes)
    after = from_plain(type(base), plain)
    return (None if after == theirs else after), found.clashes


def keep(store: Store, clashes: Sequence[Clash]) -> None:
    """Lay what was typed aside; typing on in the same field replaces it, the beginning stays."""
    for clash in clashes:
        key = _key(clash.ref, clash.field)
        held = _read(store.settings.get(key))
        base = held.base if held is not None else clash.base
        store.settings.set(key, _write(replace(clash, base=base)))


class Typed:
    """Words typed on a reading that may be old by now: writes them, or lays them aside.

    ``base`` is what the page showed before the first word that is not written yet.
    """

    def __init__(
        self,
        store: Store,
        edited: Edited,
        visit: str,
        who: Callable[[], str],
        clashed: Callable[[tuple[Clash, ...]], None],
    ) -> None:
        self.base = edited.base
        self._mine = edited.mine
        self._store = store
        self._visit = visit
        self._who = who
        self._clashed = clashed

    def __call__(self) -> Written | None:
        """Write what nobody else changed; raises what a write raises."""
        after, clashes = merged(self._store, self.base, self._mine)
        written = None
        if after is not None:
            written = self._store.write((after,), who=self._who(), visit=self._visit)
        if clashes:
            self._clashed(clashes)
        return written


@dataclass(frozen=True, slots=True)
class OpenClash:
    """A clash as it stands now, and whether its record can still be written."""

    clash: Clash
    record: Record | None


class Conflicts:
    """Lists what clashes and writes what was chosen."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def open(self) -> list[OpenClash]:
        """Return every clash with the other text as it is now, and forget those that settled."""
        found: list[OpenClash] = []
        for key, text in sorted(self._recorder.store.settings.all().items()):
            held = _read(text) if key.startswith(PREFIX) else None
            if held is None:
                continue
            record = self._record(held.ref)
            theirs = value_at(to_plain(record), held.field) if record is not None else None
            if record is not None and theirs == held.mine:
                self._recorder.remember(key, "")
                continue
            found.append(OpenClash(replace(held, theirs=theirs), record))
        return found

    def settle(self, clash: Clash, value: Plain) -> None:
        """Write what was chosen as a new change.

        Raises Conflict when the other text has changed since it was shown, and writes nothing.
        """
        cls = KINDS.get(clash.ref.kind)
        if cls is None:
            raise BadInput("data.unknown_kind", kind=clash.ref.kind)

        def work(store: Store) -> object:
            record = store.get(cls, clash.ref.id)
            plain = cast("dict[str, Plain]", to_plain(record))
            if value_at(plain, clash.field) != clash.theirs:
                raise GembaError("conflict.changed_again")
            put_at(plain, clash.field, value)
            written = store.write((from_plain(cls, plain),), who=self._recorder.who)
            store.settings.forget(_key(clash.ref, clash.field))
            return written

        self._recorder.run(work)

    def drop(self, clash: Clash) -> None:
        """Forget what was typed, because it was copied or is not wanted."""
        self._recorder.remember(_key(clash.ref, clash.field), "")
        self._recorder.settle()

    def take_back(self, clash: Clash) -> None:
        """Lay a clash aside again, as undo of forgetting it."""
        self._recorder.run(lambda store: keep(store, (clash,)))

    def _record(self, ref: Ref) -> Record | None:
        cls = KINDS.get(ref.kind)
        try:
            return self._recorder.get(cls, ref.id) if cls is not None else None
        except NotFound:
            return None


def _key(ref: Ref, field: str) -> str:
    digest = blake2b(field.encode("utf-8"), digest_size=8).hexdigest()
    return f"{PREFIX}{ref.kind}.{ref.id}.{digest}"


def _write(clash: Clash) -> str:
    plain = {
        "kind": clash.ref.kind,
        "id": str(clash.ref.id),
        "field": clash.field,
        "base": clash.base,
        "mine": clash.mine,
    }
    return json.dumps(plain, ensure_ascii=False)


def _read(text: str | None) -> Clash | None:
    try:
        plain = json.loads(text or "")
        ref = Ref(str(plain["kind"]), UUID(str(plain["id"])))
        return Clash(ref, str(plain["field"]), plain["base"], plain["mine"], None)
    except (ValueError, KeyError, TypeError):
        return None
