"""A learner's history for another coach: what of a folder goes along, and how it is taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final
from uuid import UUID

from gemba.domain.changes import FieldChange, Ref, field_changes
from gemba.domain.codec import to_plain
from gemba.domain.errors import BadInput, Refused
from gemba.domain.experiment import Experiment, check_experiment
from gemba.domain.kinds import PRIVATE_FIELDS, Record, kind_of
from gemba.domain.link import Link
from gemba.domain.person import Area, Person
from gemba.domain.session import QuestionScript
from gemba.domain.sheet import MarginNote, Sheet
from gemba.services.exchange_rules import named, references, without_private

_OF_THIS_FOLDER: Final = frozenset({"id", "revision", "sheet_revision"})
"""Fields that count the writes of one folder and mean nothing in another."""


def history_of(
    records: Iterable[Record], learner_id: UUID, hidden: Collection[UUID] = frozenset()
) -> list[Record]:
    """Return what belongs to a learner, and the people, places and questions it names, in order.

    That is every record about the learner, their sheets with the notes beside them, and the ties
    between these. The walks, promises and reflections of the coach stay behind, and so do the
    ``hidden`` sheets.
    """
    everything = list(records)
    chosen = {
        one.id
        for one in everything
        if one.id == learner_id
        or getattr(one, "learner_id", None) == learner_id
        or (isinstance(one, Sheet) and one.owner_id == learner_id)
    } - set(hidden)
    chosen |= {
        one.id for one in everything if isinstance(one, MarginNote) and one.sheet_id in chosen
    }
    chosen |= {
        one.id for one in everything if isinstance(one, Link) and {one.from_id, one.to_id} <= chosen
    }
    meant = {ref.id for one in everything if one.id in chosen for _name, ref in references(one)}
    places = {
        one.area_id
        for one in everything
        if isinstance(one, Person) and one.id in meant | chosen and one.area_id is not None
    }
    also = {
        one.id
        for one in everything
        if isinstance(one, Person | Area | QuestionScript) and one.id in meant | places
    }
    return [one for one in everything if one.id in chosen | also]


def as_handed_over(old: Record, new: Record) -> Record:
    """Return a record that is here already with what a handed-over file says of it.

    What is private here stays, as do the names of versions and all that counts the writes of this
    folder: the file cannot know them.
    """
    kept = _OF_THIS_FOLDER | PRIVATE_FIELDS.get(kind_of(old), frozenset())
    taken: dict[str, Any] = {
        one.name: getattr(new, one.name) for one in fields(old) if one.name not in kept
    }
    if isinstance(old, Sheet) and isinstance(new, Sheet):
        known = {one.id for one in old.versions}
        added = (replace(one, revision=0) for one in new.versions if one.id not in known)
        taken["versions"] = (*old.versions, *added)
    return replace(old, **taken)


def changes_in(
    records: Iterable[Record], there: Mapping[Ref, Record]
) -> list[tuple[Record, tuple[FieldChange, ...]]]:
    """Return the records that a handed-over file would change, each with its fields, in order.

    Raises BadInput where one would rewrite a prediction that was made.
    """
    found: list[tuple[Record, tuple[FieldChange, ...]]] = []
    for record in records:
        ref = Ref(kind_of(record), record.id)
        old = there.get(ref)
        if old is None:
            continue
        new = as_handed_over(old, without_private(record))
        if new == old:
            continue
        if isinstance(old, Experiment) and isinstance(new, Experiment):
            try:
                check_experiment(old, new)
            except Refused as error:
                raise BadInput("data.against_rules", record=named(record)) from error
        found.append((new, tuple(field_changes(ref, to_plain(old), to_plain(new)))))
    return found
