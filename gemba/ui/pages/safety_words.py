"""How the safety page and the status bar say what is known about backups."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from gemba.domain.backup import BackupPoint, Safety, SecondPlace, moment_of
from gemba.ui.days import clock, near_day

_NAMED: Final = 5


def _tr(words: str) -> str:
    return QCoreApplication.translate("Safety", words)


def ago(then: datetime, now: datetime) -> str:
    """Say how long ago something was: "just now", "12 min ago", "Yesterday, 16:30"."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 0 or minutes >= 12 * 60:
        return moment(then, now)
    if minutes == 0:
        return _tr("just now")
    if minutes < 60:
        return _tr("{n} min ago").format(n=minutes)
    return _tr("{n} h ago").format(n=minutes // 60)


def moment(then: datetime, now: datetime) -> str:
    """Say when something was, on the wall here: "Today, 10:30"."""
    here = then.astimezone(now.tzinfo)
    return f"{near_day(here.date(), now.date())}, {clock(here)}"


def reason(point: BackupPoint) -> str:
    """Say what was happening when a backup was made."""
    known = {
        "by itself": _tr("by itself"),
        "asked for": _tr("when you asked"),
        "before import": _tr("before an import"),
        "before migration": _tr("before an upgrade"),
        "before restore": _tr("before an older state was brought back"),
        "before delete": _tr("before a deletion"),
        "before passphrase": _tr("before the passphrase changed"),
        "before erase": _tr("after something was erased"),
        "what is sound": _tr("only what could be read of damaged data"),
    }
    return known.get(point.reason, point.reason)


def holds(point: BackupPoint) -> str:
    """Say how much a backup holds."""
    return amount(point.records, len(point.photos))


def amount(records: int, photos: int) -> str:
    """Say "85 records, 2 photos"."""
    said = _tr("1 record") if records == 1 else _tr("{n} records").format(n=records)
    if not photos:
        return said
    more = _tr("1 photo") if photos == 1 else _tr("{n} photos").format(n=photos)
    return _tr("{records}, {photos}").format(records=said, photos=more)


def in_plain(place: SecondPlace, now: datetime) -> str:
    """Say which backups in another place open without the passphrase, and what becomes of them."""
    said = [_made(name, now) for name in reversed(place.plain[-_NAMED:])]
    if len(place.plain) > _NAMED:
        said.append(_tr("{n} more").format(n=len(place.plain) - _NAMED))
    words = (
        _tr(
            "In {folder} are backups that open without the passphrase: {which}. "
            "They are locked as soon as Gemba can write there."
        )
        if place.there
        else _tr(
            "In {folder}, which is not there now, are backups that open without the passphrase: "
            "{which}. They are locked when it comes back."
        )
    )
    return words.format(folder=place.folder, which="; ".join(said))


def _made(name: str, now: datetime) -> str:
    made_at = moment_of(name)
    return moment(made_at, now) if made_at is not None else name


def in_short(safety: Safety, now: datetime) -> str:
    """Say in the status bar when the last verified backup was, and how many there are."""
    if safety.trouble is not None:
        return _tr("Backup needs you")
    newest = safety.newest
    return at_a_glance(newest.made_at if newest is not None else None, len(safety.points), now)


def at_a_glance(newest: datetime | None, count: int, now: datetime) -> str:
    """Say the same from the names of the backups, before anything else is loaded."""
    if newest is None:
        return _tr("No backup yet")
    points = _tr("1 restore point") if count == 1 else _tr("{n} restore points").format(n=count)
    return _tr("Verified backup {when} · {points}").format(when=ago(newest, now), points=points)
