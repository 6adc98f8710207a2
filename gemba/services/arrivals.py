"""Bringing in data from elsewhere: looked at first, then written as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import FieldChange, Ref
from gemba.domain.errors import BadInput
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.person import Person
from gemba.domain.record_titles import title_of
from gemba.services.bundle import is_bundle, reader_of
from gemba.services.exchange_file import UnderLock
from gemba.services.exchange_in import changed_in, new_in, write_package
from gemba.services.exchange_package import Package, read_package
from gemba.services.gate import Progress
from gemba.services.people import MergedPerson, People
from gemba.services.recorder import Recorder

if TYPE_CHECKING:
    from gemba.services.backups import Backups


LEFT_FREE: Final = 100_000_000
"""Bytes that photos from elsewhere leave free on the disk."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that a handed-over history would change: its name, and each field as it would read.

    ``before`` and ``after`` are plain values (see codec.py).
    """

    ref: Ref
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class SameName:
    """Somebody in a file, ``there``, who has the name of somebody known here, ``here``.

    ``records`` counts what names the one here, and ``fields`` is how that one would read if both
    were one person.
    """

    there: UUID
    here: UUID
    name: str
    records: int
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What an arrival wrote, so that it can be taken back: new records, and others as they were."""

    new: tuple[Ref, ...]
    before: tuple[Record, ...] = ()
    joined: tuple[MergedPerson, ...] = ()

    def __len__(self) -> int:
        """How many records were new or changed."""
        return len(self.new) + len(self.before)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was looked at: what would be new here, by kind, and what is here already.

    Of a learner's history, ``learner``, it is told too what would be changed, field by field.
    """

    file: str
    new: Mapping[str, int]
    known: int
    photos: int
    package: Package
    changed: tuple[Changed, ...] = ()
    learner: str = ""
    same: tuple[SameName, ...] = ()

    @property
    def count(self) -> int:
        """How many records would be new or changed."""
        return sum(self.new.values()) + len(self.changed)


class Arrivals:
    """Looks at files from elsewhere and brings them in."""

    def __init__(self, recorder: Recorder, backups: Backups) -> None:
        self._recorder = recorder
        self._backups = backups
        self._people = People(recorder)

    def look(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Arrival:
        """Look at exported data without writing anything; slow, and safe to call beside the window.

        The file is first read by the gatekeeper, in a process that can be killed; a sealed one is
        not, since only who has its passphrase can have written it, and opens in memory. Raises
        BadInput naming the record and the field of whatever does not fit, and Locked for a sealed
        file that asks for its ``passphrase``.
        """
        recorder = self._recorder
        if is_bundle(path):
            package = read_package(
                UnderLock(path.name, reader_of(path, recorder.store, passphrase))
            )
        else:
            seen = recorder.gate.ask("data", path, progress=progress, cancelled=cancelled)
            package = read_package(path)
            if _digest(path) != seen["sha256"]:
                raise BadInput("gate.changed", file=path.name)
        self._refuse_without_room(package, path.name)
        fresh = new_in(recorder.store, package)
        kinds: dict[str, int] = {}
        for record in fresh:
            kinds[kind_of(record)] = kinds.get(kind_of(record), 0) + 1
        changed = tuple(
            Changed(Ref(kind_of(record), record.id), title_of(record), told)
            for record, told in changed_in(recorder.store, package)
        )
        known = len(package.records) - len(fresh) - len(changed)
        whose = [one for one in package.records if one.id == package.learner]
        name = title_of(whose[0]) if whose else ""
        return Arrival(
            path.name,
            kinds,
            known,
            len(package.photos),
            package,
            changed,
            name,
            self._same_names(fresh),
        )

    def _same_names(self, fresh: Sequence[Record]) -> tuple[SameName, ...]:
        """Find who is new in a file and has the name of one person here; of two it is nobody's."""
        here: dict[str, list[Person]] = {}
        for known in self._recorder.find(Person):
            here.setdefault(known.name.casefold(), []).append(known)
        found: list[SameName] = []
        for one in fresh:
            mine = here.get(one.name.casefold(), []) if isinstance(one, Person) else []
            if isinstance(one, Person) and len(mine) == 1:
                found.append(self._same_name(one, mine[0]))
        return tuple(found)

    def _same_name(self, there: Person, here: Person) -> SameName:
        ref = Ref("person", here.id)
        as_one = {"name": there.name, "role": there.role or here.role}
        fields = tuple(
            FieldChange(ref=ref, field=field, before=getattr(here, field), after=after)
            for field, after in as_one.items()
            if after != getattr(here, field)
        )
        count = self._people.count_naming(here.id)
        return SameName(there.id, here.id, here.name, count, fields)

    def _refuse_without_room(self, package: Package, file: str) -> None:
        """Refuse photos that would fill the disk, before the first of them is written."""
        free = disk_usage(self._recorder.store.folder).free
        if package.photo_bytes and package.photo_bytes + LEFT_FREE > free:
            raise BadInput(
                "data.no_room",
                file=file,
                needed=package.photo_bytes // 1_000_000 + 1,
                free=free // 1_000_000,
            )

    def bring_in(self, arrival: Arrival, join: Collection[UUID] = ()) -> BroughtIn:
        """Write what is new or handed over, after a backup; raises what look raises.

        Of those who have the name of somebody here, the ones in ``join`` become one with them. The
        one here joins the one of the file, so that the file can be read again later.
        """
        self._backups.before("before import")
        recorder = self._recorder
        refs = [one.ref for one in arrival.changed]
        before = tuple(recorder.get(KINDS[ref.kind], ref.id) for ref in refs)
        written = recorder.run(
            lambda store: write_package(store, arrival.package, who=recorder.who)
        )
        recorder.bulletin.publish(frozenset((*written, *refs)))
        joined = tuple(
            self._people.merge_people(one.here, one.there)
            for one in arrival.same
            if one.there in join
        )
        return BroughtIn(written, before, joined)

    def take_back(self, brought: BroughtIn) -> None:
        """Put everything an arrival brought into the bin, and back what it changed."""
        recorder = self._recorder
        for merged in reversed(brought.joined):
            self._people.part_people(merged)
        back: list[Record] = []
        for record in brought.before:
            now: Record = recorder.get(KINDS[kind_of(record)], record.id)
            back.append(replace(record, revision=now.revision))
        recorder.put(*back)
        if brought.new:
            recorder.remove(*brought.new)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
