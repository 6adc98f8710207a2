"""The tables, as they stand after the newest migration.

A record's table follows from its dataclass: a column for each plain field, JSON text for a nested
one. The migrations spell the same tables out, and a test compares the two.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.types import TypeEngine

from gemba.domain.kinds import KINDS
from gemba.domain.on_demand import OnDemand
from gemba.domain.references import REFERENCES
from gemba.store.types import Moment, PlainValue

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ADDED: Final[dict[str, frozenset[str]]] = {
    "sheet": frozenset(
        {
            "format",
            "tray",
            "archived_on",
            "versions",
            "stage_steps",
            "closing",
            "reviews",
            "consulted",
            "sign_offs",
            "dismissed",
        }
    ),
    "margin_note": frozenset({"figure"}),
    "area": frozenset({"formerly", "shifts"}),
    "walk": frozenset({"shift", "category_set"}),
    "observation": frozenset(
        {
            "standard_photos",
            "counts",
            "timed",
            "laps",
            "asked",
            "memos",
            "spoke",
            "spoke_consent",
            "conversion",
        }
    ),
    "promise": frozenset(
        {
            "category",
            "area_id",
            "at_place",
            "done_on",
            "what_done",
            "no_on",
            "no_because",
            "photos_before",
            "photos_after",
            "check_on",
            "checked_on",
            "effect",
            "effect_seen",
        }
    ),
    "person": frozenset({"formerly"}),
    "storyboard": frozenset(
        {
            "challenge_by",
            "process_measure",
            "operating_pattern",
            "target_moves",
            "ended_on",
            "ended_because",
            "dismissed",
        }
    ),
    "experiment": frozenset(
        {"numbers", "go_and_see", "ready", "stopped_on", "stopped_because", "dismissed"}
    ),
    "talk": frozenset(
        {
            "script_id",
            "planned_minutes",
            "times",
            "breaks",
            "resumed",
            "missed",
            "strong",
            "practise",
            "takeaway",
            "dismissed",
        }
    ),
}
"""Fields that a kind gained once: with version 3 (sheet, margin_note), with version 4 (area, walk,
observation, promise) or with version 5 (the others).

Their columns stand behind all others, as the file has them."""

_INDEXES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "walk": (("planned_on",), ("walked_on",)),
    "observation": (("walk_id", "place"), ("seen_on",)),
    "promise": (("person_id",), ("area_id",)),
    "storyboard": (("learner_id",),),
    "experiment": (("learner_id",), ("storyboard_id",)),
    "talk": (("learner_id", "held_on"), ("next_look_on",), ("storyboard_id",), ("sheet_id",)),
    "sheet": (("owner_id",),),
    "margin_note": (("sheet_id",), ("talk_id",)),
    "keeping": (("routine_id", "day"), ("walk_id",)),
    "recognition": (("person_id",),),
    "question_script": (("definition", "version"),),
    "session": (("learner_id", "held_on"), ("held_on",)),
    "lesson": (("learner_id",), ("learned_on",)),
    "skill": (("learner_id",),),
    "goal": (("learner_id",),),
    "evidence": (("learner_id",), ("skill_id",), ("goal_id",)),
    "mentor_pair": (("learner_id",), ("mentor_id",)),
    "asked_question": (("asked_on",), ("talk_id",)),
    "after_talk": (("talk_id",), ("noted_on",)),
    "second_coach": (("watched_on",), ("talk_id",)),
    "practice_level": (("rated_on",),),
    "form_version": (("form_key",),),
    "filling": (("form_key",), ("version_id",), ("walk_id",)),
    "link": (("from_id",), ("to_id",)),
}

_SCALARS: Final[dict[Any, TypeEngine[Any]]] = {
    str: Text(),
    bool: Boolean(),
    int: Integer(),
    float: Float(),
    UUID: Uuid(),
    date: Date(),
    datetime: Moment(),
}


def _column(name: str, hint: Any, target: str | None) -> Column[Any]:
    choices = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    plain = [choice for choice in choices if choice is not type(None)]
    kind = _SCALARS.get(plain[0], PlainValue()) if len(plain) == 1 else PlainValue()
    optional = len(plain) < len(choices)
    if target is None:
        return Column(name, kind, nullable=optional)
    # Deferred: the records of one write may come in any order.
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(name, kind, key, nullable=optional)


def _record_table(kind: str) -> Table:
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    targets = REFERENCES.get(kind, {})
    for target in targets.values():
        # A foreign key is looked up among the tables there are.
        RECORDS[target]
    columns: list[Column[Any]] = [
        Column("counter", Integer, primary_key=True),
        Column("id", Uuid(), nullable=False, unique=True),
        Column("revision", Integer, nullable=False),
    ]
    added = ADDED.get(kind, frozenset())
    first = [one.name for one in fields(cls) if one.name not in added | {"id", "revision"}]
    last = [one.name for one in fields(cls) if one.name in added]
    columns += [_column(name, hints[name], targets.get(name)) for name in first]
    columns.append(Column("checksum", String(32), nullable=False))
    columns.append(Column("deleted_at", Moment()))
    columns += [_column(name, hints[name], targets.get(name)) for name in last]
    made = Table(kind, metadata, *columns)
    for names in _INDEXES.get(kind, ()):
        Index(None, *(made.c[name] for name in names))
    _index_part(made)
    return made


def _index_part(table: Table) -> None:
    """Index only those rows of a table that are asked for again and again."""
    if table.name == "promise":
        is_open = table.c.told_back.is_(None) & table.c.deleted_at.is_(None)
        Index("ix_promise_open", table.c.made_on, sqlite_where=is_open)
    elif table.name == "walk":
        under_way = table.c.started_at.is_not(None) & table.c.ended_at.is_(None)
        Index("ix_walk_under_way", table.c.started_at, sqlite_where=under_way)


RECORDS: Final[Mapping[str, Table]] = OnDemand(KINDS, _record_table)
"""The table of each kind, put together when it is first asked for."""

journal: Final = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment(), nullable=False),
    Column("installation", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("record_id", Uuid(), nullable=False),
    Column("field", Text, nullable=False),
    Column("before", PlainValue()),
    Column("after", PlainValue()),
    # The record's revision before the first and after the last write this row stands for.
    Column("revision_before", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("checksum", String(32), nullable=False),
    Index("ix_journal_kind_record_id", "kind", "record_id"),
)

photo: Final = Table(
    "photo",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("checksum", String(32)),
)

setting: Final = Table(
    "setting",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("value", Text, nullable=False),
    Column("checksum", String(32)),
)

installation: Final = Table(
    "installation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("since", Moment(), nullable=False),
)

due: Final = Table(
    "due",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("record_id", Uuid(), nullable=False),
    Column("part", Text, nullable=False),
    Column("on_date", Date, nullable=False),
    Column("title", Text, nullable=False),
    Index("ix_due_on_date", "on_date"),
    Index("ix_due_record_id", "record_id"),
)
"""What waits for a day inside a record (the checks of a sheet), apart so that Today finds it."""

search_entry: Final = Table(
    "search_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("record_id", Uuid(), nullable=False),
    Column("part", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("on_date", Date),
    # Of the words in the full-text table, and of the record, title and day they are shown with.
    Column("checksum", String(32)),
    Column("title_checksum", String(32)),
    Index("ix_search_entry_record_id", "record_id"),
)
"""What each row of the full-text tables belongs to; those are made in their migration.

All rows stand in search_text; the newest again in search_recent, and those with a heading in
search_heading, so that a word in every record is answered from a small table.
"""
