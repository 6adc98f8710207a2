"""What an erasing says while it is done, and at its end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gemba.ui.days import short_day

if TYPE_CHECKING:
    from gemba.services.erasing import Erased


def _tr(words: str) -> str:
    return QCoreApplication.translate("Erase", words)


def step_words(what: str, count: int, of: int) -> str:
    """Return how far an erasing is, as one says it; nothing for a step nobody asks about."""
    file_anew = _tr("Erased. Writing the file anew, so that nothing is left of it …")
    words = {
        "records": _tr("Erasing in the records: {n} of {of}."),
        "journal": _tr("Erasing in earlier versions: {n} of {of}."),
        "last": file_anew,
        "pages": file_anew,
        "backups": _tr("Erased. Making a fresh backup and removing the older ones …"),
    }
    return words.get(what, "").format(n=count, of=of)


def end_words(done: Erased, today: date) -> str:
    """Say what was done, and what is left that Gemba may not touch, and when it goes."""
    words = [_tr("Erased for good.")]
    if done.files:
        sentence = _tr("These files in the data folder still hold it: {files}")
        words.append(sentence.format(files=", ".join(done.files)))
    if done.backups:
        last = max(one.expires_on for one in done.backups)
        sentence = (
            _tr("1 older backup still holds it; it is gone by {day}.")
            if len(done.backups) == 1
            else _tr("{n} older backups still hold it; the last is gone by {day}.")
        )
        words.append(sentence.format(n=len(done.backups), day=short_day(last, today)))
    return "\n".join(words)
