"""Print how much of what other engines recorded comes out right, part by part, and every miss."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.forms.converted import convert_all
from tests.forms.real import follow_real
from tests.forms.reasons import of_harness, why
from tests.forms.recorded import ENGINES, Outcome, cases_folder, load, measure
from tests.forms.runs import follow, load_runs

EXTERNAL = "a list or an answer from outside the form, which Gemba does not bring in"


def share(right: int, count: int, least: float | None = None) -> str:
    """A count as a percentage, and whether it is enough."""
    if not count:
        return "     none"
    part = 100 * right / count
    verdict = (
        "" if least is None else f"  at least {least:g}: {'met' if part >= least else 'SHORT'}"
    )
    return f"{right:6d} of {count:6d} = {part:6.2f} %{verdict}"


def main() -> int:
    """The exit code is 0 where the cases are there; the table says what is reached."""
    folder = cases_folder()
    if folder is None:
        print("The recorded cases are not here, so nothing was measured.")
        print("Name their folder in GEMBA_FORM_CASES, or lay it beside the checkout: shared/forms.")
        return 1
    _expressions(folder)
    _whole(folder)
    _real(folder)
    _converted(folder)
    return 0


def _of(outcomes: Sequence[Outcome], least: float | None = None) -> str:
    return share(sum(not one.reason for one in outcomes), len(outcomes), least)


def _expressions(folder: Path) -> None:
    print("EXPRESSIONS")
    missed: list[tuple[str, str, Outcome]] = []
    for engine in ENGINES:
        found = load(folder, engine)
        outcomes = list(measure(found))
        asserted = [one for one in outcomes if one.asserted]
        observed = [one for one in outcomes if not one.asserted]
        print(engine)
        if any("gemba" in one.case for one in outcomes):
            print("  asserted, marked gemba  ", _of([o for o in asserted if o.ours_to_hold], 99))
        else:
            print("  asserted, marked gemba        none is marked in this recording")
            print("  asserted, without what only its test adds", end=" ")
            print(_of([one for one in asserted if not of_harness(one)], 99))
        print("  asserted                ", _of(asserted))
        print("  observed                ", _of(observed))
        print("  all                     ", _of(outcomes, 97))
        documents = found.get("documents", {})
        missed += [(engine, why(engine, one, documents), one) for one in outcomes if one.reason]
    print("\nMisses by reason")
    for (engine, reason), count in Counter((one[0], one[1]) for one in missed).most_common():
        print(f"  {count:4d}  {engine}: {reason}")
    print("\nEvery miss: engine, reason, formula, expected, ours")
    for engine, reason, outcome in missed:
        case = outcome.case
        mark = "" if outcome.ours_to_hold and outcome.asserted else " (outside)"
        line = f"{engine}{mark} | {reason} | {case['expr']} | {case['expected']}"
        print(f"  {line} | {outcome.ours}"[:400])


def _whole(folder: Path) -> None:
    runs = list(follow(load_runs(folder)))
    equal = sum(1 for run in runs if not run.trouble)
    print("\nWHOLE FORMS, equal in every state after every step")
    print("  runs                    ", share(equal, len(runs), 90))
    for run in runs:
        if run.trouble:
            outside = any(word in run.name for word in ("external", "CSV", "pulldata", "editing"))
            reason = f" | {EXTERNAL}" if outside else ""
            print(f"  {run.name[-70:]}{reason} | {run.trouble}"[:320])


def _real(folder: Path) -> None:
    print("\nREAL SPREADSHEETS, every cell after every answer")
    sheets = list(follow_real(folder))
    for one in sheets:
        differing = sum(one.kinds.values())
        print(f"  {one.name:44s}", share(one.cells - differing, one.cells))
        for line in one.differing[:12]:
            print(f"      {line}"[:300])
    cells = sum(one.cells for one in sheets)
    differing = sum(sum(one.kinds.values()) for one in sheets)
    print("  together                ", share(cells - differing, cells, 100))


def _converted(folder: Path) -> None:
    forms = list(convert_all(folder))
    wrong = [one for one in forms if one.wrong]
    valid = [one for one in forms if not one.wrong]
    print("\nFORMS OF THE CONVERTER'S TESTS")
    print("  to be refused: refused with a sentence  ", end="")
    print(share(sum(one.right for one in wrong), len(wrong), 100))
    print("  valid: taken, or said to be unsupported ", end="")
    print(share(sum(one.right for one in valid), len(valid), 100))
    print(f"  of these refused as not supported: {sum(one.unsupported for one in valid)}")
    print(f"  with a traceback or a process lost: {sum(one.fell for one in forms)}")
    for one in forms:
        if not one.right:
            kind = "must be refused" if one.wrong else "valid"
            print(f"  {kind} | {one.name[-70:]} | {one.sentence}"[:320])


if __name__ == "__main__":
    sys.exit(main())
