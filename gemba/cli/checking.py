"""Commands that look whether everything is sound."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gemba.cli.call import DONE, Row, folder_of, one_line, open_folder
from gemba.domain.errors import BadInput

if TYPE_CHECKING:
    from gemba.domain.health import CheckReport
    from gemba.words import Words


def check(given: argparse.Namespace, words: Words) -> int:
    if given.salvage is not None:
        from gemba.cli.salvaging import salvage
        from gemba.cli.secret import key_of

        return salvage(given, words, given.salvage, key_of(given, folder_of(given)))
    workspace = open_folder(given, words)
    try:
        report = workspace.store.check()
        looked = workspace.erasing.still_named(given.gone or ())
    finally:
        workspace.close()
    trouble = _trouble(report, words)
    trouble += [words("check.still_there", file=file) for file in looked.holding]
    trouble += [words("check.another_lock", file=file) for file in looked.strange]
    if given.json:
        plain = _as_plain(report)
        if given.gone:
            plain["still_there"] = list(looked.holding)
            plain["another_lock"] = list(looked.strange)
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for kind, count in (*report.counts.items(), ("photo", report.photos)):
            print(f"{count:7d}  {kind}")
        for line in trouble:
            print(one_line(line))
    if not report.sound:
        raise BadInput("check.damaged", count=len(trouble), first=one_line(trouble[0]))
    if looked.holding:
        raise BadInput("check.not_gone", count=len(looked.holding), file=looked.holding[0])
    if looked.strange:
        raise BadInput("check.cannot_tell", count=len(looked.strange), file=looked.strange[0])
    return DONE


def _trouble(report: CheckReport, words: Words) -> list[str]:
    """Return one line for each thing that is wrong."""
    found = [words("check.file", reason=reason) for reason in report.file]
    for one in report.damaged:
        if one.ref is None:
            found.append(words("check.lost", kind=one.kind, reason=one.reason))
        else:
            found.append(words("check.record", kind=one.kind, id=one.ref.id, reason=one.reason))
    found += [words("check.entry", number=number) for number in report.journal]
    found += [words("check.different", what=what) for what in (*report.other, *report.derived)]
    found += [words("check.photo_missing", photo=photo) for photo in report.photos_missing]
    found += [words("check.photo_damaged", photo=photo) for photo in report.photos_damaged]
    return found


def _as_plain(report: CheckReport) -> Row:
    return {
        "sound": report.sound,
        "counts": {**report.counts},
        "damaged": [
            {"kind": one.kind, "id": str(one.ref.id) if one.ref else None, "reason": one.reason}
            for one in report.damaged
        ],
        "file": [*report.file],
        "journal": [*report.journal],
        "other": [*report.other],
        "derived": [*report.derived],
        "photos": report.photos,
        "photos_missing": [*report.photos_missing],
        "photos_damaged": [*report.photos_damaged],
    }


def self_test(given: argparse.Namespace, words: Words) -> int:
    from gemba.app.self_test import run

    return run()
