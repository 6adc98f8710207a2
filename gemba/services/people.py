"""People and areas, added where they are first named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.form import Filling, Form
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.recognition import Recognition
from gemba.domain.references import REFERENCES
from gemba.domain.route import Route
from gemba.domain.routine import Routine
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.services.following import Following
from gemba.services.recorder import MERGED, PARTED, Recorder

_IN_AREAS: Final = (Person, Walk, Promise, Sheet, Route, Routine, Recognition, Form, Filling)
"""Kinds of record that name the area they belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merging changed: the area that is gone, the other as it was, and what was moved."""

    area_id: UUID
    into: Area
    moved: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPerson:
    """What merging two people changed: who is gone, the other as they were, and what was moved.

    ``moved`` names the fields of each record that named the first.
    """

    person_id: UUID
    into: Person
    moved: tuple[tuple[Ref, tuple[str, ...]], ...]


def _as(area: Area, wanted: Area) -> Area:
    return replace(area, name=wanted.name, formerly=wanted.formerly, shifts=wanted.shifts)


def _naming_people() -> list[tuple[type[Record], tuple[str, ...]]]:
    """Return the kinds of record that name people, and the fields in which they do."""
    found = []
    for kind, fields in REFERENCES.items():
        named = tuple(field for field, target in fields.items() if target == "person")
        if named:
            found.append((KINDS[kind], named))
    return found


class People:
    """Finds people and areas by name and adds the ones nobody named before.

    ``area_word`` is what a place of work is called here.
    """

    def __init__(
        self, recorder: Recorder, *, area_word: Callable[[], str] = lambda: "area"
    ) -> None:
        self._recorder = recorder
        self.area_word = area_word

    def names(self) -> list[tuple[UUID, str]]:
        """Return everyone's id and name, in the order of the alphabet."""
        rows = [(person.id, person.name) for person in self._recorder.find(Person)]
        return sorted(rows, key=lambda row: row[1].casefold())

    def areas(self) -> list[tuple[UUID, str]]:
        """Return every area's id and name, in the order of the alphabet."""
        rows = [(area.id, area.name) for area in self._recorder.find(Area)]
        return sorted(rows, key=lambda row: row[1].casefold())

    def name_of(self, person_id: UUID | None) -> str:
        """Return a person's name, or nothing for nobody or someone erased."""
        if person_id is None:
            return ""
        found = self._recorder.find(Person, id=person_id)
        return found[0].name if found else ""

    def area_name(self, area_id: UUID | None) -> str:
        """Return an area's name, or nothing."""
        if area_id is None:
            return ""
        found = self._recorder.find(Area, id=area_id)
        return found[0].name if found else ""

    def person(self, name: str, *, role: str = "") -> Person:
        """Return the person of this name, adding them when nobody has it.

        Raises BadInput for an empty name.
        """
        wanted = " ".join(name.split())
        if not wanted:
            raise BadInput("person.no_name")
        for person in self._recorder.find(Person):
            if person.name.casefold() == wanted.casefold():
                return person
        return self._recorder.add(Person(id=self._recorder.new_id(), name=wanted, role=role))

    def area(self, name: str, *, shift: str = "") -> Area:
        """Return the area of this name, adding it when nobody named it before.

        One of its former names will do; a shift named for the first time is added to it. Raises
        BadInput for an empty name.
        """
        area = self._area(name)
        named = " ".join(shift.split())
        if not named or any(one.casefold() == named.casefold() for one in area.shifts):
            return area
        return self._recorder.change(
            Area, area.id, lambda one: replace(one, shifts=(*one.shifts, named))
        )

    def rename_area(self, area_id: UUID, name: str) -> Area:
        """Give an area another name and remember the one before; raises BadInput for none.

        Raises Refused where another area has that name: the two are to be merged.
        """
        wanted = " ".join(name.split())
        if not wanted:
            raise BadInput("area.no_name")
        for other in self._recorder.find(Area):
            if other.id != area_id and other.name.casefold() == wanted.casefold():
                raise Refused("area.same_name", name=other.name)

        def rename(area: Area) -> Area:
            if area.name == wanted:
                return area
            before = tuple(one for one in (*area.formerly, area.name) if one != wanted)
            return replace(area, name=wanted, formerly=tuple(dict.fromkeys(before)))

        return self._recorder.change(Area, area_id, rename)

    def find_area(self, area_id: UUID | None) -> Area | None:
        """Return one area, None for one that is not there."""
        found = self._recorder.find(Area, id=area_id) if area_id is not None else []
        return found[0] if found else None

    def area_now(self, area_id: UUID) -> Area | None:
        """Return an area, or the one it was made one with; None where neither is there."""
        here = self.find_area(area_id)
        return here or self.find_area(Following(self._recorder).now(Area, area_id))

    def put_area(self, area: Area) -> Area:
        """Give an area the names and shifts it had, as undo."""
        return self._recorder.change(Area, area.id, lambda one: _as(one, area))

    def set_shifts(self, area_id: UUID, shifts: Iterable[str]) -> Area:
        """Say which shifts work in an area; empty ones and doubles are left out."""
        named = [" ".join(one.split()) for one in shifts]
        kept = tuple(dict.fromkeys(one for one in named if one))
        return self._recorder.change(Area, area_id, lambda one: replace(one, shifts=kept))

    def merge_areas(self, from_id: UUID, into_id: UUID) -> Merged:
        """Make one area of two: whatever names the first names the second from now on.

        All of it is one step; the first area goes into the bin, and its names and shifts are
        remembered with the second. What is returned takes it back. Raises BadInput where both
        are the same.
        """
        if from_id == into_id:
            raise BadInput("area.with_itself")
        old = self._recorder.get(Area, from_id)
        into = self._recorder.get(Area, into_id)
        names = tuple(dict.fromkeys((*into.formerly, old.name, *old.formerly)))
        shifts = tuple(dict.fromkeys((*into.shifts, *old.shifts)))
        merged = replace(into, formerly=names, shifts=shifts)
        moved: list[Record] = []
        for cls in _IN_AREAS:
            moved += [
                replace(one, area_id=into_id)  # type: ignore[arg-type]
                for one in self._recorder.find(cls, area_id=from_id)
            ]
        self._recorder.put(merged, *moved, visit=f"{MERGED}{from_id.hex}")
        self._recorder.remove(Ref("area", from_id), into=into_id)
        refs = tuple(Ref(kind_of(one), one.id) for one in moved)
        return Merged(area_id=from_id, into=into, moved=refs)

    def merge_people(self, from_id: UUID, into_id: UUID) -> MergedPerson:
        """Make one person of two: whatever names the first names the second from now on.

        All of it is one step, cycles, experiments and sheets included; the first goes into the bin
        and the name is remembered with the second. What is returned takes it back. Raises BadInput
        where both are the same.
        """
        if from_id == into_id:
            raise BadInput("person.with_themselves")
        self._recorder.settle()
        old, into = self._recorder.get(Person, from_id), self._recorder.get(Person, into_id)
        names = tuple(dict.fromkeys((*into.formerly, old.name, *old.formerly)))
        merged = replace(
            into,
            formerly=tuple(name for name in names if name != into.name),
            role=into.role or old.role,
            area_id=into.area_id or old.area_id,
        )
        moved: list[Record] = []
        places: list[tuple[Ref, tuple[str, ...]]] = []
        for cls, fields in _naming_people():
            for record in self._named_in(cls, fields, from_id):
                named = tuple(field for field in fields if getattr(record, field) == from_id)
                moved.append(replace(record, **dict.fromkeys(named, into_id)))  # type: ignore[arg-type]
                places.append((Ref(kind_of(record), record.id), named))
        self._recorder.put(merged, *moved, visit=f"{MERGED}{from_id.hex}")
        self._recorder.remove(Ref("person", from_id), into=into_id)
        return MergedPerson(person_id=from_id, into=into, moved=tuple(places))

    def part_people(self, merged: MergedPerson) -> None:
        """Take the merging of two people back, as undo; what was given away since stays."""
        self._recorder.restore(Ref("person", merged.person_id))
        back: list[Record] = []
        for ref, fields in merged.moved:
            for one in self._recorder.find(KINDS[ref.kind], id=ref.id):
                mine = [name for name in fields if getattr(one, name) == merged.into.id]
                if mine:
                    back.append(replace(one, **dict.fromkeys(mine, merged.person_id)))  # type: ignore[arg-type]
        now, was = self._recorder.get(Person, merged.into.id), merged.into
        again = replace(now, formerly=was.formerly, role=was.role, area_id=was.area_id)
        self._recorder.put(again, *back, visit=f"{PARTED}{merged.person_id.hex}")

    def count_naming(self, person_id: UUID) -> int:
        """Count the records that name a person."""
        return sum(len(self._named_in(cls, named, person_id)) for cls, named in _naming_people())

    def _named_in(
        self, cls: type[Record], fields: tuple[str, ...], person_id: UUID
    ) -> list[Record]:
        found: dict[UUID, Record] = {}
        for field in fields:
            terms: dict[str, object] = {field: person_id}
            found.update((one.id, one) for one in self._recorder.find(cls, **terms))
        return list(found.values())

    def follow_merges(self, refs: Iterable[Ref], *, parted: bool = True) -> None:
        """Have records name the area and the people that theirs were made one with.

        For what came out of the bin, or went back to how it was before a merging. With ``parted``
        a record that was moved and lay in the bin while the merging was taken back follows that.
        What was deleted alone is named as before.
        """
        following = Following(self._recorder)
        for ref in refs:
            for one in self._recorder.find(KINDS[ref.kind], id=ref.id):
                new = following.names_of(one, parted=parted)
                if new:
                    self._recorder.put(replace(one, **new), visit=MERGED)  # type: ignore[arg-type]

    def part_areas(self, merged: Merged) -> None:
        """Take a merging back: the first area, and what named it, as undo.

        What was moved on to a third area since, or deleted, stays as it is.
        """
        self._recorder.restore(Ref("area", merged.area_id))
        back: list[Record] = []
        for ref in merged.moved:
            for one in self._recorder.find(KINDS[ref.kind], id=ref.id):
                if getattr(one, "area_id", None) == merged.into.id:
                    back.append(replace(one, area_id=merged.area_id))  # type: ignore[arg-type]
        into = self._recorder.get(Area, merged.into.id)
        self._recorder.put(_as(into, merged.into), *back, visit=f"{PARTED}{merged.area_id.hex}")

    def _area(self, name: str) -> Area:
        wanted = " ".join(name.split())
        if not wanted:
            raise BadInput("area.no_name")
        known = self._recorder.find(Area)
        for area in known:
            if area.name.casefold() == wanted.casefold():
                return area
        for area in known:
            if any(one.casefold() == wanted.casefold() for one in area.formerly):
                return area
        return self._recorder.add(Area(id=self._recorder.new_id(), name=wanted))
