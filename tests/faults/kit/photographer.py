"""Takes photos into an observation, one after the other: ``FOLDER [--broken]``."""

from __future__ import annotations

import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from gemba.domain.observation import Observation
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.faults.kit.ground import a_photo

COUNT = 4
FIRST = 700


def main() -> None:
    """Keep each photo together with the record that names it; broken, the record goes first."""
    broken = "--broken" in sys.argv
    with open_store(Path(sys.argv[1])) as store:
        for number in range(COUNT):
            data = a_photo(FIRST + number)
            name = sha256(data).hexdigest()
            if broken:
                _attach(store, name)
                store.photos.take(name, data, f"{number}.jpg")
            else:
                seen = _first(store)
                store.keep_photo(data, f"{number}.jpg", Observation, seen.id, _with, who="")
            print(name, flush=True)


def _attach(store: Store, photo: str) -> None:
    store.write([_with(_first(store), photo)], who="")


def _first(store: Store) -> Observation:
    return min(store.find(Observation), key=lambda one: str(one.id))


def _with(seen: Observation, photo: str) -> Observation:
    if photo in seen.photos:
        return seen
    return replace(seen, photos=(*seen.photos, photo))


if __name__ == "__main__":
    main()
