"""Print how many of the recorded formulas come out right, engine by engine, and every miss."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from tests.forms.recorded import ENGINES, Outcome, cases_folder, load, measure
from tests.forms.runs import follow, load_runs


def _share(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "     none"
    right = sum(1 for outcome in outcomes if not outcome.reason)
    return f"{right:5d} of {len(outcomes):5d} = {100 * right / len(outcomes):6.2f} %"


def main() -> int:
    """The exit code is 0 where the cases are there; the table says what is reached."""
    folder = cases_folder()
    if folder is None:
        print("The recorded cases are not here, so nothing was measured.")
        print("Name their folder in GEMBA_FORM_CASES, or lay it beside the checkout: shared/forms.")
        return 1
    misses: list[tuple[str, Outcome]] = []
    for engine in ENGINES:
        outcomes = list(measure(load(folder, engine)))
        asserted = [outcome for outcome in outcomes if outcome.asserted]
        print(engine)
        print("  asserted, needed by Gemba", _share([o for o in asserted if o.ours_to_hold]))
        print("  asserted                 ", _share(asserted))
        print("  all                      ", _share(outcomes))
        misses.extend((engine, outcome) for outcome in outcomes if outcome.reason)
    runs = list(follow(load_runs(folder)))
    equal = sum(1 for run in runs if not run.trouble)
    print(f"whole forms, equal in every state after every step: {equal} of {len(runs)}", end="")
    print(f" = {100 * equal / len(runs):.2f} %")
    for run in runs:
        if run.trouble:
            print(f"  {run.name[-70:]} | {run.trouble}"[:300])
    print("\nMisses by reason")
    for reason, count in Counter(outcome.reason for _, outcome in misses).most_common():
        print(f"  {count:4d}  {reason}")
    print("\nEvery miss: engine, reason, formula, expected, ours")
    for engine, outcome in misses:
        case = outcome.case
        mark = "" if outcome.ours_to_hold and outcome.asserted else " (outside)"
        line = f"{engine}{mark} | {outcome.reason} | {case['expr']} | {case['expected']}"
        print(f"  {line} | {outcome.ours}"[:400])
    return 0


if __name__ == "__main__":
    sys.exit(main())
