"""Erasing: the one thing that cannot be undone. A person, private notes, or a learner's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from gemba.domain.backup import Safety
from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import NotFound
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.naming import PersonName
from gemba.domain.person import Person
from gemba.domain.texts import texts_of, with_texts
from gemba.services.clashing import PREFIX, read_clash
from gemba.services.mentions import Mention, Rubber, mentions_in, rubbed
from gemba.services.retention import Retention, forget_learner

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gemba.services.recorder import Recorder
    from gemba.store.store import Store, Written

_HERS: Final[dict[str, str]] = {
    "talk": "learner_id",
    "storyboard": "learner_id",
    "experiment": "learner_id",
}
"""Kinds of record that are about one learner alone, and the field that names the learner."""


LONGEST_KEPT: Final = timedelta(days=366)
"""No backup outlives this: 48 hours of all, 12 daily, 10 weekly and 9 monthly ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBackup:
    """A backup from before an erasing, which holds what was erased, and the day it is gone by."""

    name: str
    made_on: date
    expires_on: date


class Backups(Protocol):
    """What erasing asks of the backups."""

    safety: Safety

    def look(self) -> Future[None]:
        """Look what there is."""

    def erase_older(self, reason: str = ...) -> object:
        """Make a fresh backup and remove every other one, here and in the second place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasing did: places replaced, and the files that still hold a name."""

    replaced: int
    files: tuple[str, ...]
    backups: tuple[HeldBackup, ...]


class Erasing:
    """Finds what is known of a person and erases it from every byte of the data folder.

    ``backups`` are the older states that hold it still; None where there are none.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.retention = Retention(recorder)
        self.backups: Backups | None = None

    # What would go

    def mentions(self, person_id: UUID) -> list[Mention]:
        """Return where free text names a person, in every record, also in the bin.

        The person's own entry is not among them: it always goes.
        """
        name = PersonName(self._person(person_id).name)
        own = Ref("person", person_id)
        found: list[Mention] = []
        for record in self._recorder.store.clearing.having(name.may_stand_in):
            ref = Ref(kind_of(record), record.id)
            if ref != own:
                found += mentions_in(record, ref, name)
        return found

    def private_notes(self, learner_id: UUID | None = None) -> list[Talk]:
        """Return the talks with a private note, of one learner or of all, in the bin as well."""
        talks = self._of(Talk, learner_id)
        return [talk for talk in talks if talk.private_note]

    def record_of(self, learner_id: UUID) -> list[Record]:
        """Return what is about a learner alone: talks, boards and experiments."""
        return [one for cls in _about() for one in self._of(cls, learner_id)]

    # What goes

    def erase_person(
        self,
        person_id: UUID,
        word: str,
        *,
        ticked: Iterable[Mention] | None = None,
        with_record: bool = False,
        with_backups: bool = True,
    ) -> Erased:
        """Put a neutral word for a person everywhere; with ``with_record`` empty what is theirs.

        ``ticked`` are the mentions that name this person, None for the sure ones. How many talks,
        experiments and promises there were stays. With ``with_backups`` a fresh backup takes the
        place of all older ones. Raises NotFound.
        """
        self._recorder.settle()
        person = self._person(person_id)
        name = PersonName(person.name)
        shown = self.mentions(person_id)
        chosen = (
            frozenset(one for one in shown if one.sure) if ticked is None else frozenset(ticked)
        )
        rubber = Rubber(name, word, shown, chosen)
        places = {(one.ref, one.path, one.start) for one in chosen}
        hers = self.record_of(person_id) if with_record else []
        theirs = {record.id for record in hers}
        own = Ref("person", person_id)
        records: list[Record] = []
        emptied: list[tuple[Ref, str]] = []
        named = self._recorder.store.clearing.having(name.may_stand_in)
        for record in {(kind_of(one), one.id): one for one in (person, *hers, *named)}.values():
            ref = Ref(kind_of(record), record.id)
            after: Record
            if isinstance(record, Person) and ref == own:
                after = replace(record, name=word, role="", area_id=None)
                emptied.append((own, "role"))
            elif record.id in theirs:
                after = with_texts(record, lambda _path, _text: "")
                emptied.append((ref, ""))
            else:
                after = rubbed(record, ref, name, word, places)
            if after != record:
                records.append(after)
        replaced = len(records)

        def work(store: Store) -> Written:
            _forget_laid_aside(store, emptied)
            # A name of which no form is left to find still goes from its own rows.
            done = store.clearing.rub_out(
                records, rubber, who=rubber.rub(None, self._recorder.who), emptied=emptied
            )
            forget_learner(store, person_id)
            return done

        self._recorder.run(work)
        self._recorder.who = self._recorder.recall("me")
        return self._told(replaced, _needles(person.name), with_backups)

    def erase_private(self, learner_id: UUID | None = None, *, with_backups: bool = True) -> Erased:
        """Erase the coach's private notes about one learner, or about all."""
        self._recorder.settle()
        talks = self._of(Talk, learner_id)
        emptied = [(Ref("talk", talk.id), "private_note") for talk in talks]
        noted = [replace(talk, private_note="") for talk in talks if talk.private_note]
        needles = [talk.private_note for talk in talks if talk.private_note]
        who = self._recorder.who

        def work(store: Store) -> Written:
            _forget_laid_aside(store, emptied)
            return store.clearing.rub_out(noted, None, who=who, emptied=emptied)

        self._recorder.run(work)
        return self._told(len(noted), needles, with_backups)

    def _told(self, replaced: int, words: Sequence[str], with_backups: bool) -> Erased:
        if self.backups is not None:
            # Nobody may have looked since the start.
            self.backups.look().result()
        held = tuple(self.older_backups())
        if held and with_backups and self.backups is not None:
            self.backups.erase_older()
            held = ()
        files = [found.file.as_posix() for found in self._recorder.store.clearing.holding(words)]
        # The backups are told by their names, but for those of which nothing is known.
        told = {f"backups/{one.name}" for one in held}
        others = dict.fromkeys(file for file in files if file.rpartition(".")[0] not in told)
        return Erased(replaced=replaced, files=tuple(others), backups=held)

    def older_backups(self) -> list[HeldBackup]:
        """Return the backups there are now, here and in the second place, the newest first."""
        if self.backups is None:
            return []
        safety = self.backups.safety
        return [
            HeldBackup(
                name=point.name,
                made_on=point.made_at.date(),
                expires_on=(point.made_at + LONGEST_KEPT).date(),
            )
            for point in (*safety.points, *safety.elsewhere)
        ]

    def still_named(self, words: Sequence[str]) -> list[str]:
        """Return the files of the folder that still hold one of these words, in any writing.

        The raw bytes are looked at, and what the records say, which an encrypted file hides.
        """
        store = self._recorder.store
        found = dict.fromkeys(one.file.as_posix() for one in store.clearing.holding(words))
        wanted = [word.casefold() for word in words if word.strip()]
        for record in store.clearing.everything():
            for _path, text in texts_of(record):
                if any(word in text.casefold() for word in wanted):
                    found.setdefault("gemba.db")
        return list(found)

    def _person(self, person_id: UUID) -> Person:
        for in_bin in (False, True):
            found = self._recorder.find(Person, id=person_id, in_bin=in_bin)
            if found:
                return found[0]
        raise NotFound("store.not_found", kind="person", id=person_id)

    def _of(self, cls: type, learner_id: UUID | None) -> list:  # type: ignore[type-arg]
        terms = {} if learner_id is None else {"learner_id": learner_id}
        return [
            *self._recorder.find(cls, skip_damaged=True, **terms),
            *self._recorder.find(cls, in_bin=True, skip_damaged=True, **terms),
        ]


def _about() -> list[type[Record]]:
    return [KINDS[kind] for kind in _HERS]


def _forget_laid_aside(store: Store, emptied: Sequence[tuple[Ref, str]]) -> None:
    """Forget words that clashed and wait to be chosen from, in what is emptied."""
    whole = {ref for ref, field in emptied if not field}
    for key, text in store.settings.all().items():
        held = read_clash(text) if key.startswith(PREFIX) else None
        if held is not None and (held.ref in whole or (held.ref, held.field) in emptied):
            store.settings.forget(key)


def _needles(name: str) -> list[str]:
    """Return what must not stand in any byte any more: the whole name and its longer parts."""
    parts = [part for part in name.split() if len(part) >= 5]
    return [name, *(part for part in parts if part != name)]
