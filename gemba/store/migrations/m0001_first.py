"""Version 1: a table for every kind of record, the journal, photos, settings and search."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import Operations

# A column's type by its word; a question mark lets it be empty, and "-> kind" names a record.
_TYPES: Final[dict[str, sa.types.TypeEngine[Any]]] = {
    "text": sa.Text(),
    "bool": sa.Boolean(),
    "int": sa.Integer(),
    "uuid": sa.Uuid(),
    "date": sa.Date(),
    "moment": sa.String(96),
    "json": sa.Text(),
}

_KINDS: Final[dict[str, dict[str, str]]] = {
    "person": {"name": "text", "role": "text", "area_id": "-> area"},
    "area": {"name": "text"},
    "walk": {
        "purpose": "text",
        "theme": "text",
        "area_id": "-> area",
        "company": "text",
        "expect": "text",
        "stops": "json",
        "questions": "json",
        "time_box": "int",
        "planned_on": "date?",
        "walked_on": "date?",
        "started_at": "moment?",
        "ended_at": "moment?",
        "on_paper": "bool",
        "at_stop": "text",
        "debrief": "json",
    },
    "observation": {
        "walk_id": "-> walk",
        "stop_id": "text",
        "place": "int",
        "seen_on": "date",
        "seen_at": "moment?",
        "saw": "text",
        "think": "text",
        "their_words": "text",
        "in_the_way": "text",
        "might_try": "text",
        "category": "text",
        "standard": "text",
        "photos": "json",
        "thanked": "text",
        "safety": "json?",
        "kept": "bool",
    },
    "promise": {
        "text": "text",
        "person_id": "-> person",
        "raised_by": "text",
        "made_on": "date",
        "due_on": "date?",
        "resolver": "text",
        "note": "text",
        "told_back": "json?",
    },
    "storyboard": {
        "learner_id": "=> person",
        "focus_process": "text",
        "challenge": "text",
        "target_condition": "text",
        "target_by": "date?",
        "target_measure": "text",
        "current_condition": "text",
        "chart": "json?",
        "obstacles": "json",
        "focus": "text",
        "started_on": "date",
    },
    "experiment": {
        "storyboard_id": "=> storyboard",
        "learner_id": "=> person",
        "obstacle_id": "text",
        "number": "int",
        "step": "text",
        "prediction": "text",
        "measure": "text",
        "planned_on": "date",
        "look_on": "date?",
        "predicted_at": "moment?",
        "amendments": "json",
        "result": "text",
        "outcome": "text",
        "learned": "text",
        "result_on": "date?",
    },
    "talk": {
        "kind": "text",
        "learner_id": "=> person",
        "coach": "text",
        "storyboard_id": "-> storyboard",
        "sheet_id": "-> sheet",
        "sheet_revision": "int",
        "definition": "text",
        "definition_version": "int",
        "held_on": "date",
        "started_at": "moment?",
        "ended_at": "moment?",
        "elapsed": "int",
        "at_step": "text",
        "answers": "json",
        "last_experiment_id": "-> experiment",
        "next_experiment_id": "-> experiment",
        "agreed": "text",
        "next_look_on": "date?",
        "next_look_time": "text",
        "private_note": "text",
    },
    "sheet": {
        "definition": "text",
        "definition_version": "int",
        "title": "text",
        "owner_id": "-> person",
        "coach_id": "-> person",
        "area_id": "-> area",
        "started_on": "date",
        "stage": "text",
        "should_be": "text",
        "is_now": "text",
        "last_there": "text",
        "boxes": "json",
        "checks": "json",
        "scratch": "text",
        "pen": "text",
        "first_draft": "json",
        "first_draft_at": "moment?",
    },
    "margin_note": {
        "sheet_id": "=> sheet",
        "box": "text",
        "kind": "text",
        "author": "text",
        "text": "text",
        "answer": "text",
        "asked_on": "date",
        "answered_on": "date?",
        "talk_id": "-> talk",
        "sheet_revision": "int",
    },
    "link": {
        "role": "text",
        "from_kind": "text",
        "from_id": "uuid",
        "from_part": "text",
        "to_kind": "text",
        "to_id": "uuid",
        "to_part": "text",
    },
}

_INDEXES: Final[tuple[tuple[str, ...], ...]] = (
    ("walk", "planned_on"),
    ("walk", "walked_on"),
    ("observation", "walk_id", "place"),
    ("promise", "person_id"),
    ("storyboard", "learner_id"),
    ("experiment", "learner_id"),
    ("experiment", "storyboard_id"),
    ("talk", "learner_id", "held_on"),
    ("talk", "next_look_on"),
    ("talk", "storyboard_id"),
    ("talk", "sheet_id"),
    ("sheet", "owner_id"),
    ("margin_note", "sheet_id"),
    ("margin_note", "talk_id"),
    ("link", "from_id"),
    ("link", "to_id"),
)

_REST: Final[dict[str, dict[str, str]]] = {
    "journal": {
        "number": "key int",
        "at": "moment",
        "installation": "text",
        "who": "text",
        "visit": "text",
        "kind": "name",
        "record_id": "uuid",
        "field": "text",
        "before": "json?",
        "after": "json?",
        "revision_before": "int",
        "revision": "int",
        "checksum": "digest",
    },
    "photo": {"hash": "key hash", "name": "text", "width": "int", "height": "int", "bytes": "int"},
    "setting": {"key": "key word", "value": "text"},
    "installation": {"id": "key text", "since": "moment"},
    "due": {
        "number": "key int",
        "kind": "name",
        "record_id": "uuid",
        "part": "text",
        "on_date": "date",
        "title": "text",
    },
    "search_entry": {
        "number": "key int",
        "kind": "name",
        "record_id": "uuid",
        "part": "text",
        "private": "bool",
        "title": "text",
        "on_date": "date?",
    },
}
_LENGTHS: Final = {"name": 32, "digest": 32, "hash": 64, "word": 128}


def upgrade(op: Operations) -> None:
    """Create everything."""
    for kind, columns in _KINDS.items():
        _record_table(op, kind, columns)
    for table, columns in _REST.items():
        made = [_column(table, name, word) for name, word in columns.items()]
        keys = [name for name, word in columns.items() if word.startswith("key ")]
        op.create_table(table, *made, sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"))
    for table, *names in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)
    op.create_index(
        "ix_promise_open",
        "promise",
        ["made_on"],
        sqlite_where=sa.text("told_back IS NULL AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_walk_under_way",
        "walk",
        ["started_at"],
        sqlite_where=sa.text("started_at IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_index("ix_journal_kind_record_id", "journal", ["kind", "record_id"])
    op.create_index("ix_due_on_date", "due", ["on_date"])
    op.create_index("ix_due_record_id", "due", ["record_id"])
    op.create_index("ix_search_entry_record_id", "search_entry", ["record_id"])
    for name in ("search_text", "search_recent", "search_heading"):
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(title, body, private_body, scope,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )


def _record_table(op: Operations, kind: str, columns: dict[str, str]) -> None:
    op.create_table(
        kind,
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(_column(kind, name, word) for name, word in columns.items()),
        sa.Column("checksum", sa.String(32), nullable=False),
        sa.Column("deleted_at", sa.String(96)),
        sa.PrimaryKeyConstraint("counter", name=f"pk_{kind}"),
        sa.UniqueConstraint("id", name=f"uq_{kind}_id"),
    )


def _column(table: str, name: str, word: str) -> sa.Column[Any]:
    arrow, _, target = word.partition("> ")
    if target:
        key = sa.ForeignKey(
            f"{target}.id",
            name=f"fk_{table}_{name}_{target}",
            deferrable=True,
            initially="DEFERRED",
        )
        return sa.Column(name, sa.Uuid(), key, nullable=arrow == "-")
    plain = word.removeprefix("key ").removesuffix("?")
    kind = sa.String(_LENGTHS[plain]) if plain in _LENGTHS else _TYPES[plain]
    return sa.Column(name, kind, nullable=word.endswith("?"))
