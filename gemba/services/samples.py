"""The worked examples that come with Gemba; each opens in a data folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gemba.domain.errors import BadInput
from gemba.domain.kinds import KINDS, Record
from gemba.domain.person import Person
from gemba.domain.today import ME
from gemba.domain.vocabulary import SETTING
from gemba.resources import resource_path
from gemba.services.exchange_in import write_package
from gemba.services.exchange_package import read_package

if TYPE_CHECKING:
    from gemba.store.store import Store

_LEADERS: Final = {
    "discharge": "Nora Whitfield",
    "office": "Ingrid Solberg",
    "plant": "Martin Okafor",
}
"""Whose folder a sample is: the leader who walks and coaches in it."""

_WORDS: Final = {"discharge": "health", "office": "office", "plant": "plant"}
"""The words each sample is told in."""


def sample_names() -> list[str]:
    """Return the names of the samples there are."""
    folder = resource_path("samples")
    return sorted(path.parent.name for path in folder.glob("*/data.json"))


def load_sample(name: str, store: Store) -> int:
    """Write a sample into an empty store and return how many records came in.

    Loading it a second time changes nothing, also where the user has changed the sample since.
    Raises BadInput for a name there is not, and for a folder with other data.
    """
    if name not in sample_names():
        raise BadInput("sample.unknown", name=name, known=", ".join(sample_names()))
    package = read_package(resource_path("samples", name, "data.json"))
    if _loaded_before(store, package.records):
        return 0
    if any(
        store.find(cls, limit=1) or store.find(cls, limit=1, in_bin=True) for cls in KINDS.values()
    ):
        raise BadInput("sample.not_empty", folder=str(store.folder))
    leader = _LEADERS.get(name, "")
    # The sample's talks point to the first revision, which is the one they are loaded with.
    written = write_package(store, package, who=leader, begin=lambda record: record)
    if leader:
        store.settings.set(ME, leader)
    if name in _WORDS:
        store.settings.set(SETTING, _WORDS[name])
    return len(written)


def _loaded_before(store: Store, records: tuple[Record, ...]) -> bool:
    known = {record.id for record in records if isinstance(record, Person)}
    return any(one.id in known for one in store.find(Person, limit=50))
