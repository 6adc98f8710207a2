"""The recorded cases, where they are: the shares Gemba promises. Skipped elsewhere, and said so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms.converted import convert_all
from tests.forms.real import follow_real
from tests.forms.reasons import of_harness, why
from tests.forms.recorded import cases_folder, load, measure
from tests.forms.runs import follow, load_runs


@pytest.mark.parametrize("engine", ["webforms", "enketo"])
def test_the_promised_share_comes_out_right(engine: str) -> None:
    folder = cases_folder()
    if folder is None:
        pytest.skip("the recorded cases are not here")
    outcomes = list(measure(load(folder, engine)))
    needed = [outcome for outcome in outcomes if outcome.asserted and outcome.ours_to_hold]
    assert sum(not outcome.reason for outcome in needed) >= 0.99 * len(needed)
    assert sum(not outcome.reason for outcome in outcomes) >= 0.97 * len(outcomes)


def test_the_promised_share_of_whole_forms_is_equal() -> None:
    folder = cases_folder()
    if folder is None:
        pytest.skip("the recorded cases are not here")
    runs = list(follow(load_runs(folder)))
    assert sum(not run.trouble for run in runs) >= 0.9 * len(runs)


def test_every_miss_has_its_reason() -> None:
    """JavaRosa differs from Web Forms, which is the reference: what is left of it is explained."""
    folder = cases_folder()
    if folder is None:
        pytest.skip("the recorded cases are not here")
    for engine in ("webforms", "enketo", "javarosa"):
        found = load(folder, engine)
        for outcome in measure(found):
            if outcome.reason:
                assert why(engine, outcome, found.get("documents", {})) != "unexplained"
    without = [one for one in measure(load(folder, "javarosa")) if not of_harness(one)]
    assert sum(not one.reason for one in without) >= 0.94 * len(without)


def test_every_cell_of_the_real_spreadsheets_is_equal() -> None:
    folder = cases_folder()
    if folder is None:
        pytest.skip("the recorded cases are not here")
    for sheet in follow_real(folder):
        assert sheet.cells > 1_000
        assert not sheet.differing, sheet.differing[:3]


def test_the_forms_of_the_converter_are_taken_or_refused_with_a_sentence() -> None:
    folder = cases_folder()
    if folder is None:
        pytest.skip("the recorded cases are not here")
    forms = list(convert_all(folder))
    assert any(one.wrong for one in forms)
    assert [one for one in forms if not one.right] == []


def test_without_the_cases_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.forms"],
        cwd=Path(__file__).parents[2],
        env={"GEMBA_FORM_CASES": str(tmp_path), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "nothing was measured" in done.stdout
