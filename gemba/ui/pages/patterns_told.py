"""What the curve of promises told back says in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gemba.domain.patterns import MARKS, Answer, told_within


def _tr(words: str) -> str:
    return QCoreApplication.translate("PatternsTold", words)


def _share(answers: Sequence[Answer], days: int) -> str:
    share = told_within(answers, days)
    return _tr("not known yet") if share is None else f"{round(100 * share)} %"


def told_sentence(answers: Sequence[Answer]) -> str:
    """Say which share was told back at 30, 60 and 90 days, and how many still wait."""
    if not answers:
        return QCoreApplication.translate("PatternsTold", "Nothing was promised in this time.")
    open_ones = sum(one.count for one in answers if not one.told)
    oldest = max((one.days for one in answers if not one.told), default=0)
    within = QCoreApplication.translate(
        "PatternsTold", "Told back within 30 days {a}, 60 days {b}, 90 days {c}."
    ).format(**dict(zip("abc", (_share(answers, days) for days in MARKS), strict=True)))
    if not open_ones:
        return within
    waiting = QCoreApplication.translate(
        "PatternsTold", "{n} still wait, the oldest for {days} days."
    ).format(n=open_ones, days=oldest)
    return f"{within} {waiting}"
