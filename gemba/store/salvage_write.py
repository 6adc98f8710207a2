"""What was salvaged, written into a new data folder that opens like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, cast, get_origin, get_type_hints
from uuid import UUID, uuid4

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from gemba.domain.changes import Plain, Ref
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.kinds import KINDS, Record
from gemba.domain.link import Link
from gemba.domain.moment import read_moment
from gemba.domain.references import REFERENCES
from gemba.store.due import keep_due
from gemba.store.engine import write_engine
from gemba.store.faults import readable_faults
from gemba.store.files import copy_whole, digest_of, private_folder
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
from gemba.store.own_files import SETTING, lay_own
from gemba.store.photos import Photos
from gemba.store.proof import proof
from gemba.store.records import row_of
from gemba.store.salvage import Salvaged
from gemba.store.salvage_rows import Piece
from gemba.store.salvage_settle import newest_of, settle
from gemba.store.search_index import SearchIndex
from gemba.store.tables import RECORDS, installation, journal, photo, setting

Mark = Callable[[str], str]
"""Puts "part of this is lost" before a text, so that no reader takes it for whole."""

_CHUNK: Final = 500
_SHOWN: Final = {
    "person": "name",
    "area": "name",
    "walk": "purpose",
    "observation": "saw",
    "promise": "text",
    "storyboard": "focus_process",
    "experiment": "step",
    "talk": "agreed",
    "sheet": "title",
    "margin_note": "text",
    "route": "name",
    "routine": "name",
    "keeping": "why",
    "draw": "chosen",
    "recognition": "behaviour",
    "reflection": "note",
    "question_script": "label",
    "session": "about",
    "lesson": "words",
    "skill": "name",
    "goal": "text",
    "evidence": "shows",
    "mentor_pair": "about",
    "asked_question": "words",
    "after_talk": "aim",
    "second_coach": "feedback",
    "practice_level": "why",
    "form": "title",
    "form_version": "title",
    "filling": "place",
}
"""The field of each kind by which it is known, where the mark stands; a link has no words."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many records and photos came into the new folder; hashes of photos that did not."""

    sound: int
    partly: int
    stand_ins: int
    photos: int
    photos_missing: tuple[str, ...]


def write_folder(
    found: Salvaged,
    out: Path,
    photos: Photos,
    mark: Mark,
    *,
    key: bytes | None = None,
    copy_photos: bool = True,
) -> Kept:
    """Write a new data folder; raises BadInput where the folder holds something already.

    Sound records keep their bytes, revisions and journal. Those of which a part is lost carry the
    mark in the words they are known by, and whatever a record must name and that is lost is put
    in as an empty one with the mark. Photos that are whole are copied, or only counted. ``key`` is
    the data key of an encrypted folder; the new one is encrypted with it too.
    """
    if (out / FILE_NAME).exists() or (out.is_dir() and any(out.iterdir())):
        raise BadInput("salvage.not_empty", folder=str(out))
    with readable_faults():
        private_folder(out)
        open_store(out, key=key).close()
        engine = write_engine(out / FILE_NAME, key)
        try:
            with engine.connect() as connection, connection.begin():
                counts = _Filling(connection, found, mark).fill()
        finally:
            engine.dispose()
        if copy_photos:
            lay_own(out, found.settings.get(SETTING))
        copied, missing = _copy_photos(found, out / "photos" if copy_photos else None, photos)
    return Kept(*counts, photos=copied, photos_missing=missing)


class _Filling:
    """Fills an empty database in one transaction."""

    def __init__(self, connection: Connection, found: Salvaged, mark: Mark) -> None:
        self._connection = connection
        self._found = found
        self._mark = mark
        self._there: dict[Ref, tuple[Record, Piece | None]] = {}

    def fill(self) -> tuple[int, int, int]:
        """Write everything; returns how many are sound, partly lost and stand-ins."""
        found = self._found
        for ref, piece in found.sound.items():
            assert piece.record is not None
            self._there[ref] = (piece.record, piece)
        partly = [ref for ref, piece in found.partly.items() if self._add_partly(ref, piece)]
        stand_ins = self._add_stand_ins()
        self._catch_up()
        self._write_records()
        self._write_rest()
        return len(found.sound), len(partly), stand_ins

    def _add_partly(self, ref: Ref, piece: Piece) -> bool:
        record = marked(piece, self._mark)
        if record is None:
            return False
        self._there[ref] = (record, piece)
        return True

    def _add_stand_ins(self) -> int:
        """Put in an empty record for each that is named and lost, until nothing is missing."""
        made = 0
        while missing := set(self._missing()):
            for ref in missing:
                self._there[ref] = (self._stand_in(ref), None)
            made += len(missing)
        return made

    def _catch_up(self) -> None:
        """Let no record stand at a revision that the journal has passed already."""
        newest = newest_of(self._found.entries)
        for ref, (record, piece) in self._there.items():
            if newest.get(ref, 0) > record.revision:
                self._there[ref] = (replace(record, revision=newest[ref] + 1), piece)

    def _missing(self) -> Iterator[Ref]:
        for ref, (record, _) in self._there.items():
            for name, kind in REFERENCES.get(ref.kind, {}).items():
                target = getattr(record, name)
                if target is not None and Ref(kind, target) not in self._there:
                    yield Ref(kind, target)

    def _stand_in(self, ref: Ref) -> Record:
        plain = _defaults(ref)
        for name, kind in REFERENCES.get(ref.kind, {}).items():
            if name in plain:
                plain[name] = str(self._anybody(kind))
        plain[_SHOWN[ref.kind]] = self._mark("")
        return from_plain(KINDS[ref.kind], plain)

    def _anybody(self, kind: str) -> UUID:
        """Return a record of a kind that can stand where any must; a lost one where none is."""
        held = [ref.id for ref in self._there if ref.kind == kind]
        return held[0] if held else uuid4()

    def _write_records(self) -> None:
        index = SearchIndex(self._connection)
        for kind in KINDS:
            rows: list[dict[str, Any]] = []
            taken: set[int] = set()
            ours = [(r, *both) for r, both in self._there.items() if r.kind == kind]
            ours.sort(key=lambda one: one[2].counter if one[2] else 0)
            for ref, record, piece in ours:
                row = row_of(record, cast("dict[str, Plain]", to_plain(record)))
                row["counter"] = _free(piece.counter if piece else 0, taken)
                row["deleted_at"] = (
                    read_moment(piece.deleted_at) if piece and piece.deleted_at else None
                )
                rows.append(row)
                if row["deleted_at"] is None:
                    keep_due(self._connection, ref, None, record)
                    index.change(ref, None, record)
            for start in range(0, len(rows), _CHUNK):
                self._connection.execute(insert(RECORDS[kind]), rows[start : start + _CHUNK])
            index.flush()

    def _write_rest(self) -> None:
        run, found = self._connection.execute, self._found
        standing = {
            ref: (record, bool(piece and piece.deleted_at))
            for ref, (record, piece) in self._there.items()
        }
        name = found.installation[0] if found.installation else ""
        entries = [*found.entries, *settle(found.entries, standing, name)]
        for start in range(0, len(entries), _CHUNK):
            run(insert(journal), entries[start : start + _CHUNK])
        if found.photos:
            run(insert(photo), list(found.photos.values()))
        if found.settings:
            rows = [
                {"key": key, "value": value, "checksum": proof(key, value)}
                for key, value in found.settings.items()
            ]
            # A new encrypted folder has made a key for its photos already.
            run(delete(setting).where(setting.c.key.in_(list(found.settings))))
            run(insert(setting), rows)
        if found.installation is not None:
            name, since = found.installation
            try:
                row = {"id": name, "since": read_moment(since)}
            except ValueError:
                return
            run(delete(installation))
            run(insert(installation), row)


def marked(piece: Piece, mark: Mark) -> Record | None:
    """Build a record from what can be read of it, with the mark; None where nothing stands."""
    shown = _SHOWN.get(piece.ref.kind)
    cls = KINDS[piece.ref.kind]
    if shown is None or cls is Link:
        return None
    plain = _defaults(piece.ref)
    hints = get_type_hints(cls)
    for name, value in piece.plain.items():
        if name in ("id", "revision"):
            continue
        try:
            from_plain(hints[name], value, name)
        except (GembaError, KeyError, TypeError, ValueError):
            continue
        plain[name] = value
    plain["revision"] = max(piece.revision, 1)
    plain[shown] = mark(str(plain.get(shown) or ""))
    try:
        return from_plain(cls, plain)
    except GembaError:
        return None


def _defaults(ref: Ref) -> dict[str, Plain]:
    """Return the fields that a record of a kind cannot do without."""
    cls = KINDS[ref.kind]
    hints = get_type_hints(cls)
    plain: dict[str, Plain] = {"id": str(ref.id), "revision": 1}
    for one in fields(cast(Any, cls)):
        if one.name == "id" or one.default is not MISSING or one.default_factory is not MISSING:
            continue
        plain[one.name] = _empty(hints[one.name], ref)
    return plain


def _empty(hint: Any, ref: Ref) -> Plain:
    """Return what stands for a value that is lost; None for a type that no field has yet."""
    if get_origin(hint) in (tuple, list):
        return []
    now = datetime.now(UTC)
    known: Mapping[Any, Plain] = {
        str: "",
        int: 0,
        float: 0.0,
        bool: False,
        UUID: str(ref.id),
        date: now.date().isoformat(),
        datetime: to_plain(now),
    }
    return known.get(hint)


def _free(counter: int, taken: set[int]) -> int:
    """Return a place in the table: the one a record had, or the next one behind all others."""
    place = counter if counter > 0 and counter not in taken else max(taken, default=0) + 1
    taken.add(place)
    return place


def _copy_photos(found: Salvaged, out: Path | None, photos: Photos) -> tuple[int, tuple[str, ...]]:
    """Copy or count every photo that is named and still holds the bytes it is named by."""
    missing: list[str] = []
    copied = 0
    for key in sorted({*found.photos, *named_photos(found.sound.values())}):
        path = photos.path(key)
        if path is None or not photos.is_sound(key) or not _copy(path, out):
            missing.append(key)
        else:
            copied += 1
    return copied, tuple(missing)


def _copy(source: Path, out: Path | None) -> bool:
    if out is None:
        return True
    target = out / source.parent.name / source.name
    private_folder(target.parent)
    return copy_whole(source, target, digest_of(source))


def named_photos(pieces: Iterable[Piece]) -> set[str]:
    """Return the hashes of photos and memos that records name, wherever in a record they stand."""
    found: set[str] = set()
    for piece in pieces:
        _find_photos(piece.plain, found)
    return found


def _find_photos(value: Plain, found: set[str]) -> None:
    if isinstance(value, dict):
        for name, one in value.items():
            if name in ("photo", "sound") and isinstance(one, str) and one:
                found.add(one)
            elif "photos" in name and isinstance(one, list):
                found.update(key for key in one if isinstance(key, str))
            else:
                _find_photos(one, found)
    elif isinstance(value, list):
        for one in value:
            _find_photos(one, found)
