"""Commands about backups: make one, list them, prove one, bring one back."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from gemba.cli.call import (
    DATA_PROBLEM,
    DONE,
    Row,
    WrongCall,
    folder_of,
    one_line,
    open_folder,
    print_rows,
)
from gemba.cli.secret import key_of

if TYPE_CHECKING:
    from gemba.domain.backup import BackupPoint
    from gemba.words import Words


def backup(given: argparse.Namespace, words: Words) -> int:
    """Make a backup and say what it holds."""
    workspace = open_folder(given, words, write=True)
    try:
        point = workspace.backups.make()
    finally:
        workspace.close()
    if given.json:
        print(json.dumps(_row(point), ensure_ascii=False))
    else:
        holds = {"records": point.records, "photos": len(point.photos)}
        print(words("backup.made", name=point.name, **holds))
    return DONE


def backups(given: argparse.Namespace, words: Words) -> int:
    """List the backups, newest first, also of a folder that cannot be opened."""
    from gemba.services.restoring import list_backups

    folder = folder_of(given)
    if not folder.is_dir():
        raise WrongCall("folder.missing", folder=str(folder))
    rows = [_row(point) for point in list_backups(folder, given.place)]
    if not rows and not given.json:
        print(words("backup.none"))
        return DONE
    print_rows(rows, given.json)
    return DONE


def restore(given: argparse.Namespace, words: Words) -> int:
    """Bring a backup back into a folder that no window has open."""
    from gemba.services.restoring import list_backups, restore_backup

    folder = folder_of(given)
    if given.place is None and not folder.is_dir():
        raise WrongCall("folder.missing", folder=str(folder))
    points = list_backups(folder, given.place)
    known = [point.name for point in points]
    fits = [name for name in known if name == given.name or name.endswith(given.name)]
    if given.name == "newest":
        fits = [point.name for point in points if not point.partial][:1] or known[:1]
    if len(fits) != 1:
        raise WrongCall("backup.unknown", name=one_line(given.name))
    ready = restore_backup(folder, fits[0], place=given.place, key=key_of(given, folder))
    told = {"name": fits[0], "photos_missing": list(ready.photos_missing)}
    if given.json:
        print(json.dumps(told))
    else:
        print(words("backup.restored", name=fits[0], aside=str(folder / "aside")))
        for name in ready.photos_missing:
            print(words("check.photo_missing", photo=name))
    return DATA_PROBLEM if ready.photos_missing else DONE


def _row(point: BackupPoint) -> Row:
    return {
        "name": point.name,
        "made_at": point.made_at.isoformat(timespec="seconds"),
        "reason": point.reason,
        "records": point.records,
        "photos": len(point.photos),
        "bytes": point.bytes,
    }
