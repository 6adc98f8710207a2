"""A look through everything that holds nobody up: over a copy made in steps between the writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.store.backup import copy_pages
from gemba.store.backup_swap import CHECKING
from gemba.store.faults import readable_faults
from gemba.store.files import private_folder
from gemba.store.header import FILE_NAME

if TYPE_CHECKING:
    from gemba.domain.health import CheckReport
    from gemba.store.store import Store


@contextmanager
def copied(store: Store, stop: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Give the folder of a copy of an open folder's database, and leave nothing of it.

    ``stop`` is asked between steps and may raise.
    """
    work = store.folder / CHECKING
    with readable_faults():
        shutil.rmtree(work, ignore_errors=True)
        private_folder(work)
        try:
            copy_pages(store, work / FILE_NAME, stop)
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def check_folder(
    folder: Path, key: bytes | None, stop: Callable[[], None] = lambda: None
) -> CheckReport:
    """Check the database in a folder, such as a copy; ``key`` opens an encrypted one."""
    from gemba.store.opening import open_store

    with readable_faults(), open_store(folder, key=key, write=False) as copy:
        return copy.check(lambda _done, _all: stop())
