"""The short form of every fault test: a few times each.

Their controls, which show that each can fail, run with ``python -m tests.faults``, short or whole.
"""

from __future__ import annotations

import pytest

from tests.faults.finding import FaultTest, fault_tests
from tests.faults.tally import Tally


@pytest.mark.parametrize("one", fault_tests(), ids=lambda one: one.name)
def test_short(one: FaultTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tally, "controls", False)
    tally = one.run(one.row.short, 1)
    if tally.skipped:
        pytest.skip(tally.skipped)
    assert not tally.failures, tally.failures
    assert tally.times >= 1, "nothing was run"
    assert tally.held == tally.times
