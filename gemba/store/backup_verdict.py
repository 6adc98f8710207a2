"""Whether a copy is good enough to be a backup, where the quick look found rows that differ."""

from __future__ import annotations

from pathlib import Path

from gemba.domain.errors import Damaged
from gemba.store.backup_prove import Found


def refuse_damaged(found: Found, path: Path, key: bytes | None) -> None:
    """Raise Damaged unless all is well; the slow look decides about rows that differ."""
    if found.file:
        raise Damaged("backup.damaged", what=found.file[0])
    if found.rows.sound:
        return
    wrong = rows_wrong(path, key)
    if wrong:
        raise Damaged("backup.damaged", what=wrong)


def rows_wrong(path: Path, key: bytes | None) -> str:
    """Name the first row that is not what was written, "" where all are."""
    from gemba.store.check import check_all
    from gemba.store.engine import read_engine
    from gemba.store.photos import Photos, only_reads

    engine = read_engine(path, key, file_is_writable=False)
    try:
        report = check_all(engine, Photos(path.parent / "no photos", only_reads))
    finally:
        engine.dispose()
    if report.file:
        return report.file[0]
    for one in report.damaged:
        return f"{one.kind} {one.ref.id if one.ref else ''}".strip()
    if report.journal:
        return f"journal {report.journal[0]}"
    return report.other[0] if report.other else ""
