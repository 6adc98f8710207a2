"""The frame of the fault tests: it counts what broke, and asks every test for a control."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults import __main__ as command
from tests.faults import finding
from tests.faults.finding import FaultTest
from tests.faults.tally import Row, Tally, must


def _run(times: int, seed: int) -> Tally:
    tally = Tally("every third breaks")
    for number in range(times):
        with tally.once(seed + number):
            must(number % 3, f"number {number}")
    tally.catch(lambda: must(False, "broken on purpose"))
    return tally


def test_counts_what_held_and_what_broke() -> None:
    tally = _run(7, 10)
    assert (tally.times, tally.held, tally.control) == (7, 4, True)
    assert [one.seed for one in tally.failures] == [10, 13, 16]
    assert not tally.sound


def test_a_control_that_is_not_caught_is_not_sound() -> None:
    tally = _run(0, 1)
    assert tally.sound
    tally.catch(lambda: None)
    assert not tally.sound


def test_a_control_that_breaks_for_another_reason_proves_nothing() -> None:
    tally = _run(0, 1)
    tally.catch(lambda: must(False, "it did not even start"), "a word was lost")
    assert tally.control is False
    tally.catch(lambda: must(False, "here a word was lost"), "a word was lost")
    assert tally.control is True


def test_a_bug_in_the_test_itself_stops_it() -> None:
    tally = Tally("a bug")
    with pytest.raises(KeyError):
        with tally.once(1):
            raise KeyError("bug")


@pytest.mark.parametrize(("times", "code"), [(1, 1), (0, 0)])
def test_the_exit_code_says_whether_all_held(
    times: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = FaultTest("thirds", Row("every third breaks", times, 1), _run)
    monkeypatch.setattr(command, "fault_tests", lambda: [one])
    out = tmp_path / "deep" / "faults.json"
    assert command.main(["--out", str(out)]) == code
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told[0]["times"] == times
    assert told[0]["control"] is True


def test_names_are_found_by_themselves() -> None:
    names = [one.name for one in finding.fault_tests()]
    assert names == sorted(names)
