"""The short form of every fault test: a few times each, and each control is caught."""

from __future__ import annotations

import pytest

from tests.faults.finding import FaultTest, fault_tests


@pytest.mark.parametrize("one", fault_tests(), ids=lambda one: one.name)
def test_short(one: FaultTest) -> None:
    tally = one.run(one.row.short, 1)
    if tally.skipped:
        pytest.skip(tally.skipped)
    assert not tally.failures, tally.failures
    assert tally.times >= 1, "nothing was run"
    assert tally.control is True, "the broken mechanism was not caught"
