"""Erasing: the one thing that cannot be undone. A person, private notes, or a learner's record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from gemba.domain.backup import Safety
from gemba.domain.changes import Ref
from gemba.domain.errors import NotFound
from gemba.domain.kinds import KINDS, PRIVATE_FIELDS, PRIVATE_KINDS, Record, kind_of
from gemba.domain.naming import PersonName
from gemba.domain.packed import packed_in, words_packed
from gemba.domain.person import Person
from gemba.domain.pictures import photos_of, without
from gemba.domain.texts import texts_of, with_texts
from gemba.services.mentions import (
    Mention,
    Picture,
    Rubber,
    may_hold_packed,
    pictures_beside,
)
from gemba.services.retention import Retention, forgotten_learner
from gemba.services.rewording import (
    all_mentions,
    as_they_shall_read,
    half_typed,
    laid_aside,
    needles,
)

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gemba.services.recorder import Recorder
    from gemba.store.store import Store
    from gemba.store.writing import Written

_HERS: Final[dict[str, str]] = {
    "talk": "learner_id",
    "storyboard": "learner_id",
    "experiment": "learner_id",
    "session": "learner_id",
    "lesson": "learner_id",
    "skill": "learner_id",
    "goal": "learner_id",
    "evidence": "learner_id",
    "mentor_pair": "learner_id",
    "asked_question": "learner_id",
    "after_talk": "learner_id",
    "second_coach": "learner_id",
}
"""Kinds of record that are about one learner alone, and the field that names the learner."""


PACKING: Final = "form_version"
"""The kind of record in which a file lies packed, so that no look at its raw text sees a word."""

Step = Callable[[str, int, int], None]
"""Told what is gone through, how many are done and how many there are (0 where nobody knows)."""

_log = logging.getLogger(__name__)


def no_step(_what: str, _done: int, _of: int) -> None:
    """Tell nobody how far it is."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The files that hold a word, and those under another lock, of which nobody can tell."""

    holding: tuple[str, ...]
    strange: tuple[str, ...] = ()


class Erasing:
    """Finds what is known of a person and erases it from every byte of the data folder.

    ``backups`` are the older states that hold it still; None where there are none.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.retention = Retention(recorder)
        self.backups: Backups | None = None

    # What would go

    def mentions(self, person_id: UUID, step: Step = no_step) -> list[Mention]:
        """Return where free text names a person, in every record, also in the bin.

        The person's own entry is not among them: it always goes. Safe to call beside the window.
        """
        return self.found(person_id, step)[0]

    def found(self, person_id: UUID, step: Step = no_step) -> tuple[list[Mention], list[Picture]]:
        """Return the mentions, and the photos that stand beside them."""
        name = PersonName(self._person(person_id).name)
        named = self._named(name, step)
        mentions = all_mentions(named, person_id, name)
        return mentions, self._beside(mentions, named)

    def _beside(self, mentions: Sequence[Mention], named: Sequence[Record]) -> list[Picture]:
        refs = {one.ref for one in mentions}
        with_mention = [one for one in named if Ref(kind_of(one), one.id) in refs]
        photos = {photo for record in with_mention for _path, photo in photos_of(record)}
        if not photos:
            return []
        having = self._recorder.store.clearing.having(_holds(photos))
        return pictures_beside(mentions, with_mention, having)

    def picture(self, photo: str) -> bytes | None:
        """Return the bytes of a photo, None where it is not there."""
        return self._recorder.store.photos.read(photo)

    def _named(self, name: PersonName, step: Step) -> list[Record]:
        found = self._recorder.store.clearing.having(name.may_stand_in, step)
        known = {one.id for one in found}
        packed = [one for one in self._of(KINDS[PACKING], None) if one.id not in known]
        return [*found, *(one for one in packed if may_hold_packed(one, name))]

    def private_notes(self, learner_id: UUID | None = None) -> list[Record]:
        """Return the records with private words, about one learner or all, in the bin as well."""
        return [one for one in self._with_private(learner_id) if _private_words(one)]

    def _with_private(self, learner_id: UUID | None) -> list[Record]:
        kinds = [
            kind
            for kind in PRIVATE_FIELDS
            if learner_id is None or "learner_id" in KINDS[kind].__dataclass_fields__
        ]
        return [one for kind in kinds for one in self._of(KINDS[kind], learner_id)]

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
        photos: Iterable[str] | None = None,
        with_record: bool = False,
        with_backups: bool = True,
        step: Step = no_step,
    ) -> Erased:
        """Put a neutral word for a person everywhere; with ``with_record`` empty what is theirs.

        ``ticked`` are the mentions that name this person, None for the sure ones; ``photos`` go
        from every record, None for those beside sure mentions. How many talks,
        experiments and promises there were stays. With ``with_backups`` a fresh backup takes the
        place of all older ones. ``step`` is told what is done, how many of how many; what it
        raises before "last" leaves everything as it was. Safe to call beside the window. Raises
        NotFound.
        """
        self._recorder.settle()
        person = self._person(person_id)
        merged = self._merged_into(person)
        for one in merged:
            # Known by another name before, who lies in the bin since the two were made one.
            self.erase_person(one.id, word, with_backups=False, step=step)
        for former in dict.fromkeys(person.formerly):
            # One whom the bin has let go for good has no entry left, and still a name in texts.
            if former not in {one.name for one in merged}:
                self._erase_name(person, former, word, step=step)
        return self._erase_name(
            self._person(person_id),
            person.name,
            word,
            ticked=ticked,
            photos=photos,
            with_record=with_record,
            with_backups=with_backups,
            step=step,
        )

    def _erase_name(
        self,
        person: Person,
        written: str,
        word: str,
        *,
        ticked: Iterable[Mention] | None = None,
        photos: Iterable[str] | None = None,
        with_record: bool = False,
        with_backups: bool = False,
        step: Step = no_step,
    ) -> Erased:
        """Put the word for one name of a person; as erase_person does."""
        person_id, name = person.id, PersonName(written)
        named = self._named(name, step)
        shown = all_mentions(named, person_id, name)
        chosen = (
            frozenset(one for one in shown if one.sure) if ticked is None else frozenset(ticked)
        )
        rubber = Rubber(name, word, shown, chosen)
        hers = self.record_of(person_id) if with_record else []
        records, emptied = as_they_shall_read(person, hers, named, name, word, chosen)
        gone = self._gone(shown, named) if photos is None else sorted(set(photos))
        records = self._without(records, gone)
        backups_too = with_backups and self._looked_at()

        # A name of which no form is left to find still goes from its own rows.
        def work(store: Store) -> Written:
            return store.clearing.rub_out(
                records,
                rubber,
                who=rubber.rub(None, self._recorder.who),
                emptied=emptied,
                photos=gone,
                settings={**laid_aside(store, emptied), **forgotten_learner(person_id)},
                backups_too=backups_too,
                step=step,
            )

        self._recorder.run_soon(work).result()
        self._recorder.who = self._recorder.recall("me")
        return self._told(len(records), needles(written), backups_too, step)

    def _gone(self, shown: Sequence[Mention], named: Sequence[Record]) -> list[str]:
        return sorted(one.photo for one in self._beside(shown, named) if one.sure)

    def _without(self, records: Sequence[Record], photos: Sequence[str]) -> list[Record]:
        """Take photos from every record that names them, whatever else becomes of it."""
        if not photos:
            return list(records)
        changed = {(kind_of(one), one.id): one for one in records}
        for record in self._recorder.store.clearing.having(_holds(photos)):
            changed.setdefault((kind_of(record), record.id), record)
        return [without(record, photos) for record in changed.values()]

    def erase_private(
        self,
        learner_id: UUID | None = None,
        *,
        with_backups: bool = True,
        step: Step = no_step,
    ) -> Erased:
        """Erase the coach's private notes about one learner, or about all; as erase_person does."""
        self._recorder.settle()
        held = self._with_private(learner_id)
        emptied = [(Ref(kind_of(one), one.id), field) for one in held for field in _emptied_in(one)]
        noted = [_without_private_words(one) for one in held if _private_words(one)]
        said = [word for one in held for word in _private_words(one)]
        who = self._recorder.who
        backups_too = with_backups and self._looked_at()

        def work(store: Store) -> Written:
            return store.clearing.rub_out(
                noted,
                None,
                who=who,
                emptied=emptied,
                settings={**laid_aside(store, emptied), **half_typed(store)},
                backups_too=backups_too,
                step=step,
            )

        self._recorder.run_soon(work).result()
        return self._told(len(noted), said, backups_too, step)

    def finish_half(self) -> None:
        """Queue what a kill left of an erasing: pages to write anew, older backups to erase.

        What cannot be done now is done at the next start.
        """
        store = self._recorder.store
        if store.writable and store.settings.half_erased():
            self._recorder.run_soon(self._finish_half)

    def _finish_half(self, store: Store) -> None:
        left = store.settings.half_erased()
        store.clearing.finish()
        store.clearing.pack()
        if left == "backups" and self.backups is not None:
            self.backups.erase_older()
        store.clearing.whole_again()

    def _looked_at(self) -> bool:
        """Look which older backups there are, and tell whether there are any."""
        if self.backups is not None:
            # Nobody may have looked since the start.
            self.backups.look().result()
        return bool(self.older_backups())

    def _finish(self, backups_too: bool, step: Step) -> None:
        """Leave no byte of what was erased."""
        step("pages", 0, 0)
        self._recorder.run_soon(lambda store: store.clearing.finish()).result()
        self._recorder.run_soon(lambda store: store.clearing.pack()).result()
        if backups_too and self.backups is not None:
            step("backups", 0, 0)
            self.backups.erase_older()
        self._recorder.run_soon(lambda store: store.clearing.whole_again()).result()

    def _told(self, replaced: int, words: Sequence[str], backups_too: bool, step: Step) -> Erased:
        self._finish(backups_too, step)
        held = () if backups_too else tuple(self.older_backups())
        step("looking", 0, 0)
        files = [found.file.as_posix() for found in self._recorder.store.clearing.holding(words)]
        if any(_packs(one, words) for one in self._of(KINDS[PACKING], None)):
            files.append("gemba.db")
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

    def still_named(self, words: Sequence[str]) -> Looked:
        """Look which files of the folder still hold one of these words, in any writing.

        Raw bytes are looked at, encrypted pages turned plain in memory, and what the records say.
        """
        self._recorder.settle()
        store = self._recorder.store
        held, strange = store.clearing.look(words)
        found = dict.fromkeys(one.file.as_posix() for one in held)
        wanted = [word.casefold() for word in words if word.strip()]
        for record in store.clearing.everything() if wanted else ():
            for _path, text in texts_of(record):
                if any(word in text.casefold() for word in wanted):
                    found.setdefault("gemba.db")
            if _packs(record, wanted):
                found.setdefault("gemba.db")
        return Looked(
            holding=tuple(found),
            strange=tuple(path.as_posix() for path in strange) if wanted else (),
        )

    def _merged_into(self, person: Person) -> list[Person]:
        away = self._recorder.find(Person, in_bin=True, skip_damaged=True)
        return [one for one in away if one.name in person.formerly and one.id != person.id]

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


def _emptied_in(record: Record) -> tuple[str, ...]:
    """Return the fields of which the journal forgets all, "" for every one of a record."""
    kind = kind_of(record)
    return ("",) if kind in PRIVATE_KINDS else tuple(sorted(PRIVATE_FIELDS[kind]))


def _private_words(record: Record) -> list[str]:
    private = PRIVATE_FIELDS[kind_of(record)]
    return [
        text for path, text in texts_of(record) if path.split(".")[0] in private and text.strip()
    ]


def _without_private_words(record: Record) -> Record:
    private = PRIVATE_FIELDS[kind_of(record)]
    return with_texts(record, lambda path, text: "" if path.split(".")[0] in private else text)


def _packs(record: Record, words: Sequence[str]) -> bool:
    """Tell whether one of these words stands in a file that is packed in a record."""
    packed = packed_in(record)
    texts = [text.casefold() for text in words_packed(packed)] if packed else []
    return any(word.casefold() in text for text in texts for word in words if word.strip())


def _holds(photos: Iterable[str]) -> Callable[[str], bool]:
    wanted = tuple(photos)
    return lambda raw: any(one in raw for one in wanted)


def _about() -> list[type[Record]]:
    return [KINDS[kind] for kind in _HERS]
