"""Words typed on a reading that may be old: written, or laid aside where they meet others."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from gemba.domain.changes import Plain, Ref, field_changes
from gemba.domain.clash import Clash, apply, merge
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import NotFound
from gemba.domain.kinds import Record, kind_of

if TYPE_CHECKING:
    from gemba.services.visit import Edited, Visit
    from gemba.store.store import Store
    from gemba.store.writing import Written

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
    """Lay what was typed aside; typing on at the same desk replaces it, the beginning stays."""
    for clash in clashes:
        key = key_of(clash)
        held = read_clash(store.settings.get(key))
        base = held.base if held is not None else clash.base
        store.settings.set(key, write_clash(replace(clash, base=base)))


class Typed:
    """Words typed on a reading that may be old by now: writes them, or lays them aside.

    ``base`` is what the page showed before the first word that is not written yet.
    """

    def __init__(
        self,
        store: Store,
        edited: Edited,
        visit: Visit,
        who: Callable[[], str],
        clashed: Callable[[tuple[Clash, ...]], None],
    ) -> None:
        self.base = edited.base
        self._mine = edited.mine
        self._store = store
        self._visit = visit
        self._desk = visit.desk.name
        self._who = who
        self._clashed = clashed
        self.permit: Callable[[Record, Record], None] = lambda _before, _after: None
        """Shown what the page showed and what was typed, since that was written under its rules."""

    def __call__(self) -> Written | None:
        """Write what nobody else changed; raises what a write raises.

        Words for a record that was thrown away meanwhile are laid aside too.
        """
        written = None
        self.permit(self.base, self._mine)
        try:
            after, clashes = merged(self._store, self.base, self._mine)
        except NotFound:
            after, clashes = None, _without_a_record(self.base, self._mine)
        if after is not None:
            written = self._store.write((after,), who=self._who(), visit=str(self._visit))
        if clashes:
            self._clashed(tuple(replace(one, desk=self._desk) for one in clashes))
        return written


def _without_a_record(base: Record, mine: Record) -> tuple[Clash, ...]:
    ref = Ref(kind_of(base), base.id)
    return tuple(
        Clash(ref, change.field, cast("Plain", change.before), cast("Plain", change.after), None)
        for change in field_changes(ref, to_plain(base), to_plain(mine))
        if isinstance(change.after, str)
    )


def key_of(clash: Clash) -> str:
    """Name the setting that holds what was laid aside for a field at one desk."""
    told = f"{clash.desk}\n{clash.field}".encode()
    digest = blake2b(told, digest_size=8).hexdigest()
    return f"{PREFIX}{clash.ref.kind}.{clash.ref.id}.{digest}"


def write_clash(clash: Clash) -> str:
    """Write what was laid aside; the other text stands in its record."""
    plain = {
        "kind": clash.ref.kind,
        "id": str(clash.ref.id),
        "field": clash.field,
        "base": clash.base,
        "mine": clash.mine,
        "desk": clash.desk,
    }
    return json.dumps(plain, ensure_ascii=False)


def read_clash(text: str | None) -> Clash | None:
    """Read what write_clash wrote, None for anything else."""
    try:
        plain = json.loads(text or "")
        ref = Ref(str(plain["kind"]), UUID(str(plain["id"])))
        field, desk = str(plain["field"]), str(plain["desk"])
        return Clash(ref, field, plain["base"], plain["mine"], None, desk)
    except (ValueError, KeyError, TypeError):
        return None
