"""People and areas, added where they are first named."""

from __future__ import annotations

from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.person import Area, Person
from gemba.services.recorder import Recorder


class People:
    """Finds people and areas by name and adds the ones nobody named before."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

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

    def area(self, name: str) -> Area:
        """Return the area of this name, adding it when nobody named it before.

        Raises BadInput for an empty name.
        """
        wanted = " ".join(name.split())
        if not wanted:
            raise BadInput("area.no_name")
        for area in self._recorder.find(Area):
            if area.name.casefold() == wanted.casefold():
                return area
        return self._recorder.add(Area(id=self._recorder.new_id(), name=wanted))
