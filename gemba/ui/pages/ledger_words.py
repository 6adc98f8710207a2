"""What the months of a learner show, in words and rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gemba.domain.ledger import Learning
from gemba.domain.routine_days import KEPT, MISSED, DayMark
from gemba.domain.titles import first_words
from gemba.ui.days import age, short_day
from gemba.ui.widgets import RowWords

_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def _tr(said: str) -> str:
    return QCoreApplication.translate("Ledger", said)


def month(first: date) -> str:
    """Name a month: "Nov 2026"."""
    return _ENGLISH.toString(QDate(first.year, first.month, 1), "MMM yyyy")


def signed(number: float) -> str:
    """Write how far off a prediction was, in the unit that its words say: "+2", "−0.5", "±0"."""
    return f"{number:+g}".replace("-", "\N{MINUS SIGN}") if number else "\N{PLUS-MINUS SIGN}0"


def times(count: int) -> str:
    """Say how often: "once", "3 times"."""
    return _tr("once") if count == 1 else _tr("{n} times").format(n=count)


def rhythm(found: Learning, today: date) -> str:
    """Say how many cycles there were, how long they took, and when the last one was."""
    if not found.cycles:
        return ""
    count, days = len(found.cycles), (today - found.cycles[-1][0]).days
    said = _tr("1 cycle") if count == 1 else _tr("{n} cycles").format(n=count)
    minutes = sorted(one for _, one in found.cycles if one)
    parts = [said]
    if minutes:
        parts.append(_tr("half of them within {n} minutes").format(n=minutes[len(minutes) // 2]))
    if found.longest_gap > 1:
        parts.append(_tr("{n} days apart at most").format(n=found.longest_gap))
    last = _tr("Last one today.") if days <= 0 else _tr("Last one {age} ago.").format(age=age(days))
    return f"{', '.join(parts)}. {last}"


def kept(marks: Sequence[DayMark]) -> str:
    """Say how many of the days that were planned were kept."""
    due = [one for one in marks if one.state in (KEPT, MISSED)]
    done = sum(one.state == KEPT for one in due)
    return _tr("{kept} of {all} planned days kept.").format(kept=done, all=len(due))


def missed_rows(marks: Sequence[DayMark], today: date) -> list[RowWords]:
    """Return the days that were missed, the newest first; days on end with one reason are one."""
    runs: list[list[DayMark]] = []
    for one in marks:
        if one.state != MISSED:
            runs.append([])
        elif runs and runs[-1] and runs[-1][-1].why == one.why:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_missed(run, today) for run in reversed(runs) if run]


def _missed(run: Sequence[DayMark], today: date) -> RowWords:
    days = short_day(run[0].day, today)
    if len(run) > 1:
        days = _tr("{first} to {last}").format(first=days, last=short_day(run[-1].day, today))
    count = _tr("1 day missed") if len(run) == 1 else _tr("{n} days missed").format(n=len(run))
    return RowWords(run[0].why or _tr("No reason yet"), age=f"{days}, {count}", bold=False)


def obstacle_rows(found: Learning, today: date) -> list[RowWords]:
    """Return the obstacles that were worked on, the newest first."""
    rows = []
    for one in reversed(found.obstacles):
        tries = _tr("1 experiment")
        if one.experiments != 1:
            tries = _tr("{n} experiments").format(n=one.experiments)
        state = _tr("in the way still")
        if one.gone:
            state = _tr("gone on {day}").format(day=short_day(one.until, today))
        since = _tr("from {day}").format(day=short_day(one.first, today))
        small = ", ".join(part for part in (one.process, since, tries, state) if part)
        rows.append(RowWords(first_words(one.text, 120), small, age(one.days(today))))
    return rows


def phase_rows(found: Learning) -> list[RowWords]:
    """Return the questions by the minutes they took in all."""
    return [
        RowWords(question, age=_tr("{n} min").format(n=round(minutes)), bold=False)
        for question, minutes in found.phases
    ]
