"""The rules of an action plan: what is behind, which dates contradict, how long its strip is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gemba.domain.figures.plan import Action, Plan
from gemba.domain.figures.telling import Finding


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands on a day: "planned", "started" or "done", and how far behind.

    ``late_start`` and ``late_finish`` are days since the planned date passed, 0 for none.
    """

    state: str
    late_start: int = 0
    late_finish: int = 0

    @property
    def behind(self) -> bool:
        """Tell whether a planned date has passed without what it promised."""
        return self.late_start > 0 or self.late_finish > 0


def standing(action: Action, today: date) -> Standing:
    """Return how an action stands on a day, from its dates alone."""
    if action.finished is not None:
        return Standing("done")
    late_finish = _days_since(action.finish, today)
    if action.started is not None:
        return Standing("started", late_finish=late_finish)
    return Standing("planned", _days_since(action.start, today), late_finish)


def waits(action: Action) -> tuple[tuple[str, date], ...]:
    """Return what an action waits for, by the name of its date: "start" or "finish" until it is
    finished, and "review" until it was reviewed. Nothing for one without words."""
    found: list[tuple[str, date]] = []
    if action.what.strip() and action.finished is None:
        if action.started is None and action.start is not None:
            found.append(("start", action.start))
        elif action.finish is not None:
            found.append(("finish", action.finish))
    if action.what.strip() and action.review is not None and not action.reviewed:
        found.append(("review", action.review))
    return tuple(found)


def _days_since(planned: date | None, today: date) -> int:
    return 0 if planned is None else max(0, (today - planned).days)


def behind(plan: Plan, today: date) -> tuple[Action, ...]:
    """Return the actions that are behind on a day, in the order of the plan."""
    return tuple(action for action in plan.actions if standing(action, today).behind)


def plan_findings(plan: Plan, today: date) -> tuple[Finding, ...]:
    """Name the dates that contradict each other."""
    found: list[Finding] = []
    for action in plan.actions:
        found += _findings_of(action, today)
    return tuple(found)


def _findings_of(action: Action, today: date) -> list[Finding]:
    start, finish, review = action.start, action.finish, action.review
    started, finished = action.started, action.finished
    keys = []
    if start is not None and finish is not None and finish < start:
        keys.append("plan.finish_before_start")
    if finished is not None and started is None:
        keys.append("plan.finished_not_started")
    if started is not None and finished is not None and finished < started:
        keys.append("plan.finished_before_started")
    begin = started or start
    if review is not None and begin is not None and review < begin:
        keys.append("plan.review_before_start")
    found = [Finding(key, action.id, {"what": action.what}) for key in keys]
    reviewed = review if action.reviewed else None
    found += [
        Finding("plan.in_the_future", action.id, {"what": action.what, "on": day})
        for day in (started, finished, reviewed)
        if day is not None and day > today
    ]
    return found


@dataclass(frozen=True, slots=True)
class Strip:
    """The days a plan's time strip runs over, both included."""

    first: date
    last: date

    def share(self, day: date, *, end: bool = False) -> float:
        """Return where a day begins (or with ``end``, is over) on the strip, 0 to 1."""
        days = (self.last - self.first).days + 1
        at = (day - self.first).days + (1 if end else 0)
        return min(1.0, max(0.0, at / days))

    def holds(self, day: date) -> bool:
        """Tell whether a day lies on the strip."""
        return self.first <= day <= self.last


def strip(plan: Plan, today: date) -> Strip | None:
    """Return the days of a plan's strip: whole weeks over all its dates, and up to today while
    something that was started is not finished. None where no date is set."""
    days: list[date] = []
    for action in plan.actions:
        days += [d for d in _days_of(action) if d is not None]
        if action.started is not None and action.finished is None and action.started <= today:
            days.append(today)
    if not days:
        return None
    first, last = min(days), max(days)
    if first > date.min + timedelta(days=7):
        first -= timedelta(days=first.weekday())
    if last < date.max - timedelta(days=7):
        last += timedelta(days=6 - last.weekday())
    return Strip(first, last)


def _days_of(action: Action) -> tuple[date | None, ...]:
    return (action.start, action.finish, action.started, action.finished, action.review)


def bar(begin: date | None, end: date | None) -> tuple[date, date] | None:
    """Return the days a bar covers, in order; a single known date covers that day alone."""
    if begin is None and end is None:
        return None
    one = begin if begin is not None else end
    other = end if end is not None else begin
    if one is None or other is None:
        return None
    return min(one, other), max(one, other)


def actual_bar(action: Action, today: date) -> tuple[date, date] | None:
    """Return the days worked on an action: until it was finished, or until today."""
    if action.started is None:
        return bar(None, action.finished)
    until = action.finished if action.finished is not None else max(action.started, today)
    return bar(action.started, until)
