"""The worked examples that come with Gemba; each opens in a data folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.errors import BadInput
from gemba.domain.kinds import KINDS
from gemba.resources import resource_path
from gemba.services.exchange import Package, read_records, write_package

if TYPE_CHECKING:
    from gemba.store.store import Store


def sample_names() -> list[str]:
    """Return the names of the samples there are."""
    folder = resource_path("samples")
    return sorted(path.parent.name for path in folder.glob("*/data.json"))


def load_sample(name: str, store: Store) -> int:
    """Write a sample into an empty store and return how many records it has.

    Loading the same sample again changes nothing. Raises BadInput for a folder with other data.
    """
    folder = resource_path("samples", name)
    records = read_records((folder / "data.json").read_bytes(), "data.json")
    photos = {path.stem: path.read_bytes() for path in sorted((folder / "photos").glob("*.*"))}
    known = {record.id for record in records}
    for cls in KINDS.values():
        if any(one.id not in known for one in store.find(cls, limit=50)):
            raise BadInput("sample.not_empty", folder=str(store.folder))
    missing = [one for one in records if not store.find(type(one), id=one.id)]
    return write_package(store, Package(tuple(missing), photos))
