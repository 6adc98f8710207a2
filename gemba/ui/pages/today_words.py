"""How Today says what waits: one row for each promise, walk, talk, check and own problem."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from gemba.domain.titles import first_words
from gemba.domain.today import (
    ActionDue,
    CheckDue,
    EffectDue,
    NextLook,
    OpenPromise,
    OwnProblem,
    PlannedWalk,
    WalkedOnly,
)
from gemba.ui.days import age, near_day, said_day, short_day
from gemba.ui.widgets import RowWords


def _say(words: str, /, **values: object) -> str:
    return words.format(**values)


def promise_row(promise: OpenPromise, today: date) -> RowWords:
    """Return a promise: what, who raised it, who resolves it, and how long it has waited."""
    translate = QCoreApplication.translate
    parts = []
    if promise.to:
        parts.append(_say(translate("Today", "Raised by {name}."), name=promise.to))
    if promise.resolver and promise.due_on is not None:
        by = short_day(promise.due_on, today)
        words = translate("Today", "{name} resolves it by {day}.")
        parts.append(_say(words, name=promise.resolver, day=by))
    elif promise.resolver:
        parts.append(_say(translate("Today", "{name} resolves it."), name=promise.resolver))
    elif promise.due_on is not None:
        by = short_day(promise.due_on, today)
        parts.append(_say(translate("Today", "An answer by {day}."), day=by))
    if promise.note.strip():
        parts.append(first_words(promise.note, 90))
    small = " ".join(parts) or _say(
        translate("Today", "Promised on {day}."), day=short_day(promise.made_on, today)
    )
    return RowWords(first_words(promise.text, 120), small, age(promise.age(today)), key=promise.id)


def way(walk: PlannedWalk) -> str:
    """Return where a walk leads, in one sentence, or nothing."""
    places = walk.places or ((walk.area,) if walk.area else ())
    return ", ".join(places) + "." if places else ""


def walk_row(walk: PlannedWalk, today: date) -> RowWords:
    """Return a walk that comes after the first one."""
    on = near_day(walk.planned_on, today) if walk.planned_on is not None else ""
    return RowWords(first_words(walk.purpose, 120), way(walk), on, key=walk.id)


def walked_row(walk: WalkedOnly, today: date) -> RowWords:
    """Return a walk whose debrief is still empty."""
    words = QCoreApplication.translate("Today", "What did you learn?")
    return RowWords(first_words(walk.purpose, 120), words, near_day(walk.on, today), key=walk.id)


def look_row(look: NextLook, today: date) -> RowWords:
    """Return a learner: on what, when you agreed to look again, how long ago the last talk was."""
    translate = QCoreApplication.translate
    when = said_day(look.look_on, today)
    if look.look_time:
        when = f"{when}, {look.look_time}"
    again = _say(translate("Today", "Agreed to look again {day}."), day=when)
    small = f"{first_words(look.focus, 120)}. {again}" if look.focus else again
    days = look.days_since(today)
    last = {
        "cycle": translate("Today", "{age} since last cycle"),
    }.get(look.kind, translate("Today", "{age} since last talk"))
    since = _say(last, age=age(days)) if days else translate("Today", "talked today")
    return RowWords(look.learner, small, since, key=look.learner_id)


def check_row(check: CheckDue, today: date) -> RowWords:
    """Return a check of a sheet: which sheet, what is looked at, and when."""
    return RowWords(
        first_words(check.title, 120),
        first_words(check.what, 120),
        near_day(check.on, today),
        key=check.sheet_id,
    )


def effect_row(effect: EffectDue, today: date) -> RowWords:
    """Return a promise that was kept: what, and when somebody looks whether it holds."""
    return RowWords(
        first_words(effect.text, 120),
        QCoreApplication.translate("Today", "Does it hold?"),
        near_day(effect.on, today),
        key=effect.promise_id,
    )


def action_row(action: ActionDue, today: date) -> RowWords:
    """Return an action of a plan: what, who, what the day is for, and on which sheet."""
    translate = QCoreApplication.translate
    step = {
        "start": translate("Today", "to begin"),
        "finish": translate("Today", "to be done"),
        "review": translate("Today", "to be reviewed"),
    }[action.step]
    aside = translate("Today", "in the tray of its sheet") if action.aside else ""
    small = [" ".join(action.who.split()), step, aside, first_words(action.title, 80)]
    return RowWords(
        first_words(action.what, 120),
        " · ".join(part for part in small if part),
        near_day(action.on, today),
        key=(action.sheet_id, action.part),
    )


def own_row(own: OwnProblem, today: date) -> RowWords:
    """Return the leader's own sheet: its title, the last look, and its age."""
    translate = QCoreApplication.translate
    small = translate("Today", "A3, yours.")
    if own.last_there:
        small = _say(translate("Today", "Last there: {words}"), words=own.last_there)
    return RowWords(
        first_words(own.title, 120), first_words(small, 200), age(own.age(today)), key=own.sheet_id
    )
