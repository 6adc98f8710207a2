"""Rows of the journal that say what was salvaged, where the old ones no longer agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from gemba.domain.changes import FieldChange, Plain, Ref
from gemba.domain.codec import to_plain
from gemba.domain.kinds import Record
from gemba.store import journal

Standing = tuple[Record, bool]
"""A record as it stands in the new folder, and whether it lies in the bin."""


def settle(
    entries: list[dict[str, Any]], standing: Mapping[Ref, Standing], installation: str
) -> list[dict[str, Any]]:
    """Return rows that bring the journal to what stands: new states, and ends of what is lost."""
    newest, living = _told(entries)
    number = max((row["number"] for row in entries), default=0)
    writer = journal.Writer(
        at=datetime.now(UTC), installation=installation, who="", visit=journal.ERASED
    )
    made: list[dict[str, Any]] = []
    for change, revision in _changes(newest, living, standing):
        number += 1
        made.append(journal.new_row(number, writer, change, revision - 1, revision))
    return made


def newest_of(entries: Iterable[dict[str, Any]]) -> dict[Ref, int]:
    """Return the newest revision of each record that the journal knows."""
    return _told(entries)[0]


def _told(entries: Iterable[dict[str, Any]]) -> tuple[dict[Ref, int], dict[Ref, bool]]:
    newest: dict[Ref, int] = {}
    living: dict[Ref, bool] = {}
    for row in sorted(entries, key=lambda row: row["number"]):
        ref = Ref(row["kind"], row["record_id"])
        newest[ref] = max(newest.get(ref, 0), row["revision"])
        if not row["field"]:
            living[ref] = row["after"] is not None
    return newest, living


def _changes(
    newest: Mapping[Ref, int], living: Mapping[Ref, bool], standing: Mapping[Ref, Standing]
) -> Iterable[tuple[FieldChange, int]]:
    for ref, (record, in_bin) in standing.items():
        if newest.get(ref) == record.revision and living.get(ref) is (not in_bin):
            continue
        plain: Plain = to_plain(record)
        before, after = (plain, None) if in_bin else (None, plain)
        yield FieldChange(ref=ref, field="", before=before, after=after), record.revision
    for ref, lives in living.items():
        if lives and ref not in standing:
            yield FieldChange(ref=ref, field="", before=None, after=None), newest[ref] + 1
