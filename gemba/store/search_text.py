"""What of a record can be found: its words by part, in the form the full-text table holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Final

from gemba.domain.form import FormVersion
from gemba.domain.kinds import PRIVATE_FIELDS, Record, kind_of
from gemba.domain.link import Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.photo_mark import marks_of
from gemba.domain.record_titles import title_of
from gemba.domain.session import QuestionScript
from gemba.domain.sheet import Box, MarginNote, Sheet
from gemba.domain.walk import Walk
from gemba.store.search_form import indexed

_NO_WORDS: Final = frozenset(
    {
        "id", "parent", "kind", "side", "photo", "photos", "at_stop", "at_step", "stop_id",
        "origin_kind", "origin_part", "obstacle_id", "focus", "definition", "pen", "stage", "box",
        "from_kind", "to_kind", "from_part", "to_part", "first_draft", "column", "stance",
        "sentence", "figure", "by", "section", "item", "shape",
        "time_of_day", "zone", "category_set", "drawn_from", "standard_photos", "photos_before",
        "photos_after", "sound", "conversion", "forms", "rewrite_forms", "aim_kept", "drawn",
        "at_question", "xform", "source_kind", "source_hash", "language", "bundled",
    }
)  # fmt: skip
"""Fields that hold text nobody wrote: identifiers, kinds and states of ours."""

_DAYS: Final = (
    "walked_on", "planned_on", "seen_on", "made_on", "held_on", "asked_on", "noticed_on",
    "week_of", "day", "starts_on", "learned_on", "shown_on", "set_on", "since", "watched_on",
    "noted_on", "rated_on", "begun_on",
)  # fmt: skip
_TITLE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One row of the index: a part of a record, its words, and how it is shown."""

    part: str
    private: bool
    heading: str
    body: str
    title: str
    on: date | None


def search_rows(record: Record | None) -> list[SearchRow]:
    """Return the rows of a record; none for a link or a script, whose words stand elsewhere."""
    if record is None or isinstance(record, Link | QuestionScript):
        return []
    title = _title(record)
    on = _day(record)
    private = PRIVATE_FIELDS.get(kind_of(record), frozenset[str]())
    rows = [
        SearchRow(part, False, indexed(heading), indexed(body), title, on)
        for part, heading, body in _parts(record, private)
    ]
    for field in sorted(private):
        if words := _joined(getattr(record, field)):
            rows.append(SearchRow(field, True, "", indexed(words), title, on))
    return rows


def _title(record: Record) -> str:
    title = title_of(record)
    if isinstance(record, Sheet) and not title:
        title = record.is_now or record.should_be
    return " ".join(title[: 4 * _TITLE_LENGTH].split())[:_TITLE_LENGTH]


def _parts(record: Record, private: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Split a record into parts a reader can be taken to: part, heading, body."""
    match record:
        case Person() | Area():
            yield "", record.name, _joined(record, {*private, "name"})
        case Walk():
            yield "", record.purpose, _joined(record, {*private, "purpose"})
        case Sheet():
            yield "", record.title, _joined(record, {"title", "boxes", "tray"})
            for box in record.boxes:
                if words := _joined(box):
                    yield box.id, "", words
            if words := _joined(tuple((piece.label, piece.box) for piece in record.tray)):
                yield "tray", "", words
            if words := _joined(_changed_since(record)):
                yield "first_draft", "", words
        case MarginNote():
            yield record.box, "", _joined(record)
        case FormVersion():
            # Its source is a file; that of a cause on a fishbone are words.
            yield "", "", _joined(record, {*private, "source"})
        case _:
            yield "", "", _joined(record, private)


def _changed_since(sheet: Sheet) -> tuple[Box, ...]:
    """Return the boxes of the first draft that read otherwise now."""
    return tuple(box for box in sheet.first_draft if box != sheet.box(box.id))


def _joined(value: object, leave_out: set[str] | frozenset[str] = frozenset()) -> str:
    return "\n".join(word for word in _words(value, leave_out) if word.strip())


def _words(value: object, leave_out: set[str] | frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif is_dataclass(value):
        for name in _fields_with_words(type(value)):
            if name not in leave_out:
                yield from _words(getattr(value, name))
        if isinstance(value, Observation):
            # Its photos are names only, but for those with words on them.
            yield from _words(tuple(marks_of(one) for one in value.photos))


_FIELDS: Final[dict[type[Any], tuple[str, ...]]] = {}


def _fields_with_words(cls: type[Any]) -> tuple[str, ...]:
    found = _FIELDS.get(cls)
    if found is None:
        found = tuple(f.name for f in fields(cls) if f.name not in _NO_WORDS)
        _FIELDS[cls] = found
    return found


def _day(record: Record) -> date | None:
    for name in (*_DAYS, "started_on"):
        day = getattr(record, name, None)
        if isinstance(day, date):
            return day
    return None
