"""Which fault tests there are: every module beside this one that has a row and a run."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.faults.tally import Row, Tally


class Run(Protocol):
    """Does a fault test so many times from a seed."""

    def __call__(self, times: int, seed: int) -> Tally:
        """Return what was counted."""


@dataclass(frozen=True, slots=True)
class FaultTest:
    """A fault test by the name of its module."""

    name: str
    row: Row
    run: Run


def fault_tests() -> list[FaultTest]:
    """Return every fault test of this folder in the order of their names."""
    found: list[FaultTest] = []
    for one in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if one.name.startswith(("_", "test_")):
            continue
        module = importlib.import_module(f"tests.faults.{one.name}")
        row, run = getattr(module, "ROW", None), getattr(module, "run", None)
        if isinstance(row, Row) and callable(run):
            found.append(FaultTest(one.name, row, run))
    return found
