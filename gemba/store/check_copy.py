"""A look through everything that holds nobody up: over a copy made in steps between the writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.domain.health import CheckReport
from gemba.store.backup import copy_pages
from gemba.store.backup_swap import CHECKING
from gemba.store.faults import readable_faults
from gemba.store.files import private_folder
from gemba.store.header import FILE_NAME

if TYPE_CHECKING:
    from gemba.store.store import Store


def check_copy(store: Store, stop: Callable[[], None] = lambda: None) -> CheckReport:
    """Check a copy of an open folder's database; of the photos nothing is said.

    ``stop`` is asked between steps and may raise. Nothing of the copy is left.
    """
    from gemba.store.opening import open_store

    work = store.folder / CHECKING
    with readable_faults():
        shutil.rmtree(work, ignore_errors=True)
        private_folder(work)
        try:
            copy_pages(store, work / FILE_NAME, stop)
            with open_store(work, key=store.key, write=False) as copy:
                return copy.check(lambda _done, _all: stop())
        finally:
            shutil.rmtree(work, ignore_errors=True)
