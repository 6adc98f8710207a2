"""How the window says a day, an age and a time of day."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

# The American names of the months are the short ones: Sep, not Sept.
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def long_day(day: date) -> str:
    """Return a day as a title says it: "Sunday 22 November"."""
    return _ENGLISH.toString(QDate(day.year, day.month, day.day), "dddd d MMMM")


def short_day(day: date, today: date) -> str:
    """Return a day in short, "4 Nov", with its year where that is not the present one."""
    form = "d MMM" if day.year == today.year else "d MMM yyyy"
    return _ENGLISH.toString(QDate(day.year, day.month, day.day), form)


def near_day(day: date, today: date) -> str:
    """Return a day as one says it from today: "Today", "Tomorrow", "Thu 26 Nov", "9 Jan 2027"."""
    ahead = (day - today).days
    if ahead == 0:
        return QCoreApplication.translate("Days", "Today")
    if ahead == 1:
        return QCoreApplication.translate("Days", "Tomorrow")
    if ahead == -1:
        return QCoreApplication.translate("Days", "Yesterday")
    if day.year != today.year:
        return short_day(day, today)
    return _ENGLISH.toString(QDate(day.year, day.month, day.day), "ddd d MMM")


def said_day(day: date, today: date) -> str:
    """Return a day as it stands within a sentence: "tomorrow", "Thu 26 Nov"."""
    words = near_day(day, today)
    return words.casefold() if abs((day - today).days) <= 1 else words


def age(days: int) -> str:
    """Return how long something has waited: "today", "1 day", "16 days"."""
    if days <= 0:
        return QCoreApplication.translate("Days", "today")
    if days == 1:
        return QCoreApplication.translate("Days", "1 day")
    return QCoreApplication.translate("Days", "{n} days").format(n=days)


def clock(moment: datetime | None) -> str:
    """Return the time of day of an instant where it was lived, "10:14", or nothing."""
    return f"{moment:%H:%M}" if moment is not None else ""


def weekday_words() -> tuple[str, ...]:
    """Return the days of the week in short, Monday first."""
    tr = QCoreApplication.translate
    return (
        tr("Days", "Mon"),
        tr("Days", "Tue"),
        tr("Days", "Wed"),
        tr("Days", "Thu"),
        tr("Days", "Fri"),
        tr("Days", "Sat"),
        tr("Days", "Sun"),
    )
