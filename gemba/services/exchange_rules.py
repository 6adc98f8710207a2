"""The inside of exported data: records read from plain values and held to the rules of the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, replace
from typing import Any, Final, NamedTuple
from uuid import UUID

from gemba.domain.categories import ALL_CATEGORIES, CATEGORY_SETS
from gemba.domain.changes import Ref
from gemba.domain.coach_log import AIM_KEPT, RATED_BY, AfterTalk, PracticeLevel
from gemba.domain.coaching import TALK_KINDS, Talk
from gemba.domain.codec import from_plain
from gemba.domain.draw import DRAWN_FROM, Draw
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.experiment import OUTCOMES, Experiment, check_experiment
from gemba.domain.figures import Pair, PhotoFigure, TableFigure
from gemba.domain.figures.pair import photos_in
from gemba.domain.figures.photo_marks import SHAPES, blurred_areas
from gemba.domain.figures.table import DRAWN
from gemba.domain.form import SOURCES, Filling, FormVersion
from gemba.domain.kinds import KINDS, PRIVATE_FIELDS, Record, kind_of
from gemba.domain.link import Link
from gemba.domain.observation import CONVERSIONS, STANDARD_STATES, Observation
from gemba.domain.photo_mark import MarkedPhoto, PhotoMark, marks_of
from gemba.domain.pictures import photos_in_form
from gemba.domain.promise import ANSWERS, EFFECTS, Promise, ToldBack
from gemba.domain.references import REFERENCES
from gemba.domain.route import Route
from gemba.domain.routine import ROUTINE_KINDS, Routine
from gemba.domain.sheet import STAGES, MarginNote, Sheet
from gemba.domain.sheet_format import check_format
from gemba.domain.sheet_photos import blurred_on, figures_of
from gemba.domain.sheet_story import STANCES, Consulted, Review, StageStep
from gemba.domain.walk import Walk
from gemba.services.exchange_file import is_hash, parse, shown

FORMAT: Final = "gemba"
VERSION: Final = 1

CHOICES: Final[dict[type[object], dict[str, tuple[str, ...]]]] = {
    Walk: {"category_set": tuple(CATEGORY_SETS)},
    Route: {"category_set": tuple(CATEGORY_SETS)},
    Observation: {
        "category": ("", *ALL_CATEGORIES),
        "standard": ("", *STANDARD_STATES),
        "conversion": ("", *CONVERSIONS),
    },
    Promise: {"category": ("", *ALL_CATEGORIES), "effect": ("", *EFFECTS)},
    Routine: {"kind": ROUTINE_KINDS},
    Draw: {"drawn_from": DRAWN_FROM},
    FormVersion: {"source_kind": SOURCES},
    Experiment: {"outcome": ("", *OUTCOMES)},
    Talk: {"kind": TALK_KINDS},
    AfterTalk: {"aim_kept": ("", *AIM_KEPT)},
    PracticeLevel: {"by": RATED_BY},
    Sheet: {"stage": STAGES, "pen": ("owner", "coach")},
    ToldBack: {"answer": ANSWERS},
    MarginNote: {"kind": ("question", "comment")},
    StageStep: {"stage": STAGES},
    Review: {"by": ("owner", "coach")},
    PhotoMark: {"shape": SHAPES},
    TableFigure: {"drawn": DRAWN},
    Consulted: {"stance": ("", *STANCES)},
}
"""Fields that hold one of a few words."""


_KNOWN: Final = frozenset(
    {"format", "version", "records", "earlier_sheets", "lost_photos", "handover_of"}
)


class Contents(NamedTuple):
    """What the JSON of exported data says.

    ``lost`` holds the hashes of photos that were gone before the export, ``earlier`` the sheets as
    they stood when they were talked about, by id and the revision they had then. ``learner`` is
    whose history is handed over.
    """

    records: tuple[Record, ...]
    lost: frozenset[str]
    earlier: dict[tuple[UUID, int], Sheet]
    learner: UUID | None = None


def read_records(data: bytes, name: str) -> Contents:
    """Read what exported data says from its JSON.

    Raises BadInput naming record and field. The records come in an order in which each names only
    records before it, and within a kind as they stand in the file.
    """
    whole = parse(data, name)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise BadInput("data.not_gemba", file=name)
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadInput("data.no_version", file=name)
    if version > VERSION:
        raise BadInput("data.newer", file=name, version=version)
    kinds = whole.get("records")
    if not isinstance(kinds, dict):
        raise BadInput("data.no_records", file=name)
    for key in whole:
        if key not in _KNOWN:
            raise BadInput("data.unknown_field", field=shown(str(key)))
    for kind in kinds:
        if kind not in KINDS:
            raise BadInput("data.unknown_kind", kind=shown(str(kind)))
    lost = from_plain(tuple[str, ...], whole.get("lost_photos", []), "lost_photos")
    records = tuple(record for kind in KINDS for record in _of_kind(kind, kinds.get(kind, [])))
    _check_ids(records)
    for record in records:
        check_record(record)
    earlier = _earlier(whole.get("earlier_sheets", []))
    known = {record.id for record in records if isinstance(record, Sheet)}
    for (sheet_id, _revision), sheet in earlier.items():
        if sheet_id not in known:
            raise BadInput("data.dangling", field=f"earlier_sheets: {sheet_id}")
        check_record(sheet)
    learner = None
    if "handover_of" in whole:
        learner = from_plain(UUID, whole["handover_of"], "handover_of")
        if not any(one.id == learner and kind_of(one) == "person" for one in records):
            raise BadInput("data.dangling", field=f"handover_of: {learner}")
    return Contents(records, frozenset(lost), earlier, learner)


def _earlier(rows: object) -> dict[tuple[UUID, int], Sheet]:
    """Read sheets as they stood; none may stand there twice with the same revision."""
    found: dict[tuple[UUID, int], Sheet] = {}
    for number, sheet in enumerate(_of_kind("sheet", rows, "earlier_sheets")):
        assert isinstance(sheet, Sheet)
        key = (sheet.id, sheet.revision)
        if key in found or sheet.revision < 1:
            raise BadInput("data.bad_revision", field=f"earlier_sheets {number + 1}: revision")
        found[key] = sheet
    return found


def _of_kind(kind: str, rows: object, called: str = "") -> Iterator[Record]:
    called = called or kind
    if not isinstance(rows, list):
        found = type(rows).__name__
        raise BadInput("data.wrong_type", field=called, expected="a list", found=found)
    for number, row in enumerate(rows):
        told = row.get("id") if isinstance(row, dict) else None
        where = f"{called} {shown(told) if isinstance(told, str) else number + 1}"
        try:
            yield from_plain(KINDS[kind], row)
        except GembaError as error:
            field = shown(str(error.values.get("field", "")))
            values = {**error.values, "field": f"{where}: {field}"}
            if "found" in values:
                values["found"] = shown(str(values["found"]))
            raise BadInput(error.key, **values) from error
        except RecursionError as error:
            raise BadInput("data.too_deep", record=where) from error


def _check_ids(records: Iterable[Record]) -> None:
    seen: set[UUID] = set()
    for record in records:
        if record.id in seen:
            raise BadInput("data.same_id_twice", record=named(record))
        seen.add(record.id)


def check_record(record: Record) -> None:
    """Hold one record to what needs no other record; raises BadInput naming record and field."""
    for part, path in ((record, ""), *_parts(record)):
        for name, choices in CHOICES.get(type(part), {}).items():
            value = str(getattr(part, name))
            if value not in choices:
                raise _bad_choice(record, f"{path}{name}", value, choices)
    if isinstance(record, Sheet):
        check_format(record)
    if isinstance(record, Experiment):
        try:
            check_experiment(None, record)
        except GembaError as error:
            raise BadInput("data.against_rules", record=named(record)) from error
    for key in photos_of(record):
        if not is_hash(key):
            raise BadInput("data.bad_photo", record=named(record), found=shown(key))
    if isinstance(record, Link):
        for name in ("from_kind", "to_kind"):
            if getattr(record, name) not in KINDS:
                raise _bad_choice(record, name, getattr(record, name), tuple(KINDS))


def _parts(record: Record) -> Iterator[tuple[object, str]]:
    """Yield what inside a record has a choice of words of its own, and the path to it."""
    if isinstance(record, Promise) and record.told_back is not None:
        yield record.told_back, "told_back."
    if isinstance(record, Observation):
        for at, one in enumerate(record.photos):
            for number, mark in enumerate(marks_of(one)):
                yield mark, f"photos[{at}].marks[{number}]."
    if isinstance(record, Sheet):
        for name in ("stage_steps", "reviews", "consulted"):
            for number, one in enumerate(getattr(record, name)):
                yield one, f"{name}[{number}]."
        for figure in figures_of(record):
            if isinstance(figure, TableFigure):
                yield figure, f"{figure.id}."
            for photo in (figure.before, figure.after) if isinstance(figure, Pair) else (figure,):
                for number, mark in enumerate(
                    photo.marks if isinstance(photo, PhotoFigure) else ()
                ):
                    yield mark, f"{figure.id}.marks[{number}]."


def _bad_choice(record: Record, name: str, value: str, choices: tuple[str, ...]) -> BadInput:
    return BadInput(
        "data.bad_choice",
        field=f"{named(record)}: {name}",
        found=shown(value),
        choices=", ".join(choice for choice in choices if choice),
    )


def references(record: Record) -> Iterator[tuple[str, Ref]]:
    """Return the fields that name other records, with the records they name."""
    if isinstance(record, Link):
        yield "from_id", record.source
        yield "to_id", record.target
        return
    for name, kind in REFERENCES.get(kind_of(record), {}).items():
        target = getattr(record, name)
        if target is not None:
            yield name, Ref(kind, target)


def photos_of(record: Record) -> set[str]:
    """Return the hashes of the photos and voice memos a record names."""
    match record:
        case Observation():
            memos = {one.sound for one in record.memos if one.sound}
            return {*record.photo_hashes, *record.standard_photos, *memos}
        case Promise():
            return {*record.photos_before, *record.photos_after}
        case Filling():
            return {one.photo for one in record.answers if one.photo}
        case Walk():
            return {stop.photo for stop in record.stops if stop.photo}
        case FormVersion():
            return photos_in_form(record.xform)
        case Sheet():
            figures = figures_of(record)
            pairs = (photos_in(one) for one in figures if isinstance(one, Pair))
            alone = {one.photo for one in figures if isinstance(one, PhotoFigure) and one.photo}
            return alone.union(*pairs)
        case _:
            return set()


def blurred_in(record: Record) -> set[str]:
    """Return the hashes of the photos on which a record blurs something."""
    if isinstance(record, Observation):
        marked = (one for one in record.photos if isinstance(one, MarkedPhoto))
        return {one.photo for one in marked if blurred_areas(one.marks)}
    return {one.photo for one in blurred_on(record)} if isinstance(record, Sheet) else set()


def named(record: Record) -> str:
    """Name a record for a sentence: its kind and its id."""
    return f"{kind_of(record)} {record.id}"


def arriving(record: Record) -> Record:
    """Return a record as it begins in another folder: with a history of its own.

    Revisions count the writes of one folder and mean nothing in another.
    """
    if isinstance(record, Talk | MarginNote):
        return replace(record, revision=0, sheet_revision=0)
    if isinstance(record, Sheet):
        named_ones = tuple(replace(one, revision=0) for one in record.versions)
        return replace(record, revision=0, versions=named_ones)
    return replace(record, revision=0)


def without_private(record: Record) -> Record:
    """Return a record with its private fields left empty; a field that cannot be empty stays.

    A record of a kind that is private as a whole does not go out at all.
    """
    private = PRIVATE_FIELDS.get(kind_of(record), frozenset())
    held = (one for one in fields(record) if one.name in private)
    blank: dict[str, Any] = {one.name: one.default for one in held if one.default is not MISSING}
    return replace(record, **blank) if blank else record
