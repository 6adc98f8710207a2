"""Keeping the search rows of a record in step with it, in the transaction of its write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.engine import Connection

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record
from gemba.store.proof import proof
from gemba.store.search_form import scope_word
from gemba.store.search_text import SearchRow, search_rows
from gemba.store.tables import search_entry

RECENT = 1000
"""So many of the newest rows stand in search_recent as well."""
_MOST_HELD = 4000
"""So many rows are collected before they are written."""

SEARCH_TABLES = ("search_text", "search_recent", "search_heading")
_ADD = {
    table: text(
        f"INSERT INTO {table} (rowid, title, body, private_body, scope)"
        " VALUES (:number, :heading, :body, :private_body, :scope)"
    )
    for table in SEARCH_TABLES
}
_DROP = {table: text(f"DELETE FROM {table} WHERE rowid = :number") for table in SEARCH_TABLES}
_TOO_OLD = text("SELECT rowid FROM search_recent ORDER BY rowid DESC LIMIT -1 OFFSET :keep")
_ADD_ENTRY = insert(search_entry)
_DROP_ENTRY = delete(search_entry).where(search_entry.c.number == bindparam("this"))
_NEWEST = select(search_entry.c.number).order_by(search_entry.c.number.desc()).limit(1)
_PARTS = select(
    search_entry.c.number,
    search_entry.c.record_id,
    search_entry.c.part,
    search_entry.c.private,
).where(
    search_entry.c.record_id.in_(bindparam("ids", expanding=True)),
    search_entry.c.kind == bindparam("kind"),
)
_CHUNK = 500


class SearchIndex:
    """Collects the rows of one write; a part that is rewritten moves to the end of the index.

    Row numbers so tell what was written last, which search uses instead of a sort.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entries: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._gone: dict[Ref, dict[tuple[str, bool], bool]] = {}
        self._waiting: set[Ref] = set()
        self._next = 0

    def change(self, ref: Ref, before: Record | None, after: Record | None) -> None:
        """Replace the rows of the parts that changed, and only those."""
        old = _by_part(search_rows(before))
        new = _by_part(search_rows(after))
        gone = {
            key: bool(row.heading) for key, row in old.items() if not _same_words(row, new.get(key))
        }
        if ref in self._waiting or len(self._entries) + len(self._gone) > _MOST_HELD:
            self.flush()
        if gone:
            self._gone[ref] = gone
            self._waiting.add(ref)
        self._retitle(ref, old, new)
        for key, row in new.items():
            if not _same_words(row, old.get(key)):
                self._add(ref, row)

    def flush(self) -> None:
        """Write what was collected."""
        if numbers := self._numbers_gone():
            for table in SEARCH_TABLES:
                # Few parts have a heading, and the others never stood in that table.
                left = [one for one, headed in numbers if headed or table != "search_heading"]
                if left:
                    self._connection.execute(_DROP[table], [{"number": one} for one in left])
            self._connection.execute(_DROP_ENTRY, [{"this": one} for one, _ in numbers])
        self._gone = {}
        if self._entries:
            self._connection.execute(_ADD_ENTRY, self._entries)
            self._add_texts()
            self._entries, self._texts = [], []
        self._waiting.clear()

    def _add_texts(self) -> None:
        run = self._connection.execute
        run(_ADD["search_text"], self._texts)
        if headed := [words for words in self._texts if words["heading"]]:
            run(_ADD["search_heading"], headed)
        newest = self._texts[-RECENT:]
        if surplus := run(_TOO_OLD, {"keep": RECENT - len(newest)}).scalars().all():
            run(_DROP["search_recent"], [{"number": number} for number in surplus])
        run(_ADD["search_recent"], newest)

    def _add(self, ref: Ref, row: SearchRow) -> None:
        if not self._next:
            self._next = (self._connection.execute(_NEWEST).scalar() or 0) + 1
        entry = {
            "number": self._next,
            "kind": ref.kind,
            "record_id": ref.id,
            "part": row.part,
            "private": row.private,
            "title": row.title,
            "on_date": row.on,
            "checksum": _words_proof(ref, row),
            "title_checksum": _title_proof(ref, row),
        }
        words = {
            "number": self._next,
            "heading": row.heading,
            "body": "" if row.private else row.body,
            "private_body": row.body if row.private else "",
            "scope": scope_word(ref.kind),
        }
        self._next += 1
        self._waiting.add(ref)
        self._entries.append(entry)
        self._texts.append(words)

    def _numbers_gone(self) -> list[tuple[int, bool]]:
        """Return the rows of the parts that changed, and whether each has a heading."""
        by_kind: dict[str, list[UUID]] = {}
        for ref in self._gone:
            by_kind.setdefault(ref.kind, []).append(ref.id)
        numbers: list[tuple[int, bool]] = []
        for kind, ids in by_kind.items():
            for start in range(0, len(ids), _CHUNK):
                wanted = {"kind": kind, "ids": ids[start : start + _CHUNK]}
                for row in self._connection.execute(_PARTS, wanted):
                    gone = self._gone[Ref(kind, row.record_id)]
                    if (row.part, row.private) in gone:
                        numbers.append((row.number, gone[row.part, row.private]))
        return numbers

    def _retitle(
        self,
        ref: Ref,
        old: dict[tuple[str, bool], SearchRow],
        new: dict[tuple[str, bool], SearchRow],
    ) -> None:
        """Show parts whose words stayed under the record's new title and day."""
        for key, row in new.items():
            held = old.get(key)
            if held and _same_words(row, held) and (held.title, held.on) != (row.title, row.on):
                self._connection.execute(
                    update(search_entry)
                    .where(search_entry.c.record_id == ref.id, search_entry.c.kind == ref.kind)
                    .values(title=row.title, on_date=row.on, title_checksum=_title_proof(ref, row))
                )
                return


def _words_proof(ref: Ref, row: SearchRow) -> str:
    open_words, private = ("", row.body) if row.private else (row.body, "")
    return proof(ref.kind, row.part, int(row.private), row.heading, open_words, private)


def _title_proof(ref: Ref, row: SearchRow) -> str:
    return proof(ref.id.hex, row.title, row.on.isoformat() if row.on else None)


def _by_part(rows: list[SearchRow]) -> dict[tuple[str, bool], SearchRow]:
    """Index rows by their part; two boxes with the same id are one part."""
    found: dict[tuple[str, bool], SearchRow] = {}
    for row in rows:
        found.setdefault((row.part, row.private), row)
    return found


def _same_words(one: SearchRow, other: SearchRow | None) -> bool:
    return other is not None and (one.heading, one.body) == (other.heading, other.body)
