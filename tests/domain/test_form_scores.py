"""Scores over time, and when they make a radar."""

from __future__ import annotations

from datetime import date

from gemba.domain.form_scores import can_be_radar, said, series_of, top_of

DAYS = [date(2026, 1, n) for n in range(1, 15)]


def test_scores_of_one_day_are_their_mean_and_only_the_newest_days_stand() -> None:
    scored = [(day, [("Sort", float(n)), ("Shine", 1.0)]) for n, day in enumerate(DAYS)]
    scored.append((DAYS[-1], [("Sort", 3.0)]))
    sort, shine = series_of(scored)
    assert len(sort.points) == 12
    assert (sort.before, sort.last) == (12.0, 8.0)
    assert shine.last == 1.0
    assert top_of([sort]) == 12.0
    assert [said(value) for value in (8.0, 2.25)] == ["8", "2.2"]


def test_a_radar_needs_a_handful_on_one_scale() -> None:
    def of(*values: float) -> bool:
        scored = [(DAYS[0], [(str(n), value) for n, value in enumerate(values)])]
        return can_be_radar(series_of(scored))

    assert of(7, 8, 9)
    assert not of(7, 8)
    assert not of(1, 2, 90)
    assert not of(1, 2, -3)
    assert not of(0, 0, 0)
