"""What an erasing makes of the records: how they shall read, and what is forgotten beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record, kind_of
from gemba.domain.naming import PersonName
from gemba.domain.packed import packed_in
from gemba.domain.person import Person
from gemba.domain.texts import PACKED, with_texts
from gemba.services.clashing import PREFIX, read_clash
from gemba.services.drafts import OF_THE_COACH
from gemba.services.mentions import Mention, mentions_in, rubbed

if TYPE_CHECKING:
    from gemba.store.store import Store


def all_mentions(named: Sequence[Record], person_id: UUID, name: PersonName) -> list[Mention]:
    """Return where records name a person, but for the person's own entry."""
    found: list[Mention] = []
    for record in named:
        ref = Ref(kind_of(record), record.id)
        if ref != Ref("person", person_id):
            found += mentions_in(record, ref, name)
    return found


def as_they_shall_read(
    person: Person,
    hers: Sequence[Record],
    named: Sequence[Record],
    name: PersonName,
    word: str,
    chosen: Iterable[Mention],
) -> tuple[list[Record], list[tuple[Ref, str]]]:
    """Return the records without a person, and the fields of which the journal forgets all."""
    places = {(one.ref, one.path, one.start) for one in chosen}
    touched = {one.ref for one in chosen}
    theirs = {record.id for record in hers}
    own = Ref("person", person.id)
    records: list[Record] = []
    emptied: list[tuple[Ref, str]] = []
    for record in {(kind_of(one), one.id): one for one in (person, *hers, *named)}.values():
        ref = Ref(kind_of(record), record.id)
        after: Record = record
        if isinstance(record, Person) and ref == own:
            after = replace(record, name=word, role="", area_id=None, formerly=())
            emptied += [(own, "role"), (own, "formerly")]
        elif record.id in theirs:
            after = with_texts(record, lambda _path, _text: "")
            emptied.append((ref, ""))
        elif ref in touched:
            after = rubbed(record, ref, name, word, places)
            if packed_in(after) != packed_in(record):
                emptied.append((ref, PACKED["xform"]))
        if after != record:
            records.append(after)
    return records, emptied


def laid_aside(store: Store, emptied: Sequence[tuple[Ref, str]]) -> dict[str, str]:
    """Forget words that clashed and wait to be chosen from, in what is emptied."""
    gone = {}
    fields = frozenset(emptied)
    for key, text in store.settings.all().items():
        held = read_clash(text) if key.startswith(PREFIX) else None
        if held is not None and not fields.isdisjoint({(held.ref, ""), (held.ref, held.field)}):
            gone[key] = ""
    return gone


def half_typed(store: Store) -> dict[str, str]:
    """Forget what is half typed for the coach alone."""
    return {key: "" for key in store.settings.all() if key.startswith(OF_THE_COACH)}


def needles(name: str) -> list[str]:
    """Return what must not stand in any byte any more: the whole name and its longer parts."""
    parts = [part for part in name.split() if len(part) >= 5]
    return [name, *(part for part in parts if part != name)]
