"""What the damage page says about backups and about what was saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from gemba.domain.backup import BackupPoint
from gemba.domain.salvaged import SalvageReport
from gemba.ui.pages.safety_words import holds, moment
from gemba.ui.widgets import RowWords

_MOST_ROWS = 200


def _tr(words: str) -> str:
    return QCoreApplication.translate("DamagePage", words)


def still_words(point: BackupPoint, now: datetime) -> str:
    """Say when a backup was made and what it holds."""
    return f"{moment(point.made_at, now)} · {holds(point)}"


def count_words(report: SalvageReport, words: Callable[..., str]) -> str:
    """Say what came out, in one sentence of counts; what is nought is left out."""
    said = [words("salvage.sound", count=report.whole)]
    for key, count in (
        ("partly", len(report.partly)),
        ("lost", len(report.lost)),
        ("stand_ins", report.stand_ins),
        ("entries_lost", report.entries_lost),
        ("photos", report.photos),
        ("photos_missing", len(report.photos_missing)),
    ):
        if count:
            said.append(words(f"salvage.{key}", count=count))
    return " · ".join(said)


def lost_rows(report: SalvageReport) -> list[RowWords]:
    """Name what did not come out whole, with the words that can be read."""
    rows = [
        RowWords(
            _tr("Part of this {kind} is lost").format(kind=_kind(one.ref.kind)),
            one.words or _tr("No words of it can be read."),
            icon="shield-alert",
        )
        for one in report.partly
    ]
    for kind, count in Counter(ref.kind for ref in report.lost).items():
        words = _tr("Lost: {kind}").format(kind=_kind(kind))
        rows.append(RowWords(words, age=str(count), icon="shield-alert"))
    rows += [
        RowWords(_tr("A photo is missing"), key[:12], icon="shield-alert")
        for key in report.photos_missing
    ]
    return rows[:_MOST_ROWS]


def _kind(kind: str) -> str:
    return kind.replace("_", " ")
