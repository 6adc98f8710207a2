"""Saving what a damaged folder still holds, from the command line."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gemba.cli.call import DATA_PROBLEM, DONE, Row, WrongCall, folder_of, one_line
from gemba.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from gemba.domain.salvaged import SalvageReport
    from gemba.words import Words


def salvage(given: argparse.Namespace, words: Words, out: Path, key: bytes | None = None) -> int:
    """Write what can be read to a new folder or a .json file; the damaged files stay as they are.

    Returns 0 when everything came out whole, else 1.
    """
    from gemba.services.salvage import salvage_into

    folder = folder_of(given)
    if not folder.is_dir():
        raise WrongCall("folder.missing", folder=str(folder))
    try:
        report = salvage_into(folder, out, lambda text: words("salvage.mark", text=text), key=key)
    except BadInput as error:
        if error.key == "salvage.not_empty":
            raise WrongCall(error.key, **error.values) from error
        raise
    if given.json:
        print(json.dumps(_as_plain(report, out), ensure_ascii=False, indent=2))
    else:
        for line in told(report, words):
            print(one_line(line))
        print(words("salvage.done", out=str(out)))
    whole = not (report.partly or report.lost or report.photos_missing or report.entries_lost)
    return DONE if whole else DATA_PROBLEM


def told(report: SalvageReport, words: Words) -> list[str]:
    """Return one line for each count and each record that did not come out whole."""
    lines = [f"{count:7d}  {kind}" for kind, count in report.sound.items()]
    lines.append(words("salvage.sound", count=report.whole))
    for key, count in (
        ("partly", len(report.partly)),
        ("lost", len(report.lost)),
        ("stand_ins", report.stand_ins),
        ("entries_lost", report.entries_lost),
        ("photos", report.photos),
        ("photos_missing", len(report.photos_missing)),
    ):
        if count or key in ("partly", "lost", "photos"):
            lines.append(words(f"salvage.{key}", count=count))
    for one in report.partly:
        lines.append(words("salvage.part_of", kind=one.ref.kind, id=one.ref.id, words=one.words))
    lines += [words("salvage.all_of", kind=ref.kind, id=ref.id) for ref in report.lost]
    lines += [words("check.photo_missing", photo=photo) for photo in report.photos_missing]
    return lines


def _as_plain(report: SalvageReport, out: Path) -> Row:
    return {
        "out": str(out),
        "sound": dict(report.sound),
        "from_journal": report.from_journal,
        "left_over": report.left_over,
        "partly": [
            {
                "kind": one.ref.kind,
                "id": str(one.ref.id),
                "lost_fields": [*one.lost_fields],
                "words": one.words,
            }
            for one in report.partly
        ],
        "lost": [{"kind": ref.kind, "id": str(ref.id)} for ref in report.lost],
        "stand_ins": report.stand_ins,
        "journal": report.entries,
        "journal_lost": report.entries_lost,
        "photos": report.photos,
        "photos_missing": [*report.photos_missing],
    }
