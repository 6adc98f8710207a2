"""Putting records on paper and into files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError, Refused
from gemba.domain.form_view import FilledForm
from gemba.services.coaching import Coaching
from gemba.services.history import History
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheet_files import SheetFiles
from gemba.services.sheets import Sheets
from gemba.services.thread import Thread
from gemba.services.walks import Walks

if TYPE_CHECKING:
    from gemba.domain.compared import ComparedSheet
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.figures.photo_marks import Area
    from gemba.domain.sheet import Sheet
    from gemba.reports.sheet import DrawnSheet

Words = Callable[..., str]


class Exports:
    """Draws sheets, walks and histories, and writes them so that no half file is left."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        thread: Thread,
        walks: Walks,
        coaching: Coaching,
        sheets: Sheets,
        history: History,
        words: Words,
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._thread = thread
        self._walks = walks
        self._coaching = coaching
        self._sheets = sheets
        self.files = SheetFiles(recorder, people, sheets, words, walks.photo_marks)
        self._history = history
        self._words = words
        self.forms_on_walk: Callable[[UUID], Sequence[FilledForm]] = lambda _walk: []

    def data_to(self, path: Path, *, private: bool = False) -> Path:
        """Write every record into one file and return where it lies.

        Without photos it is JSON, else a zip, and from an encrypted folder it is sealed; the
        ending follows. Raises GembaError when the place cannot take it.
        """
        from gemba.services.bundle import SUFFIX

        store = self._recorder.store
        with writing(path) as out:
            packed = self._write_data(out, private=private, plain=False)
            suffix = SUFFIX if store.key is not None else ".zip" if packed else ".json"
            out.target = path.with_suffix(suffix)
        return out.target

    def data_at(self, path: Path, *, private: bool = False, plain: bool = False) -> int:
        """Write every record into exactly this file, ``plain`` also from an encrypted folder.

        Returns how many bytes it has.
        """
        with writing(path) as out:
            self._write_data(out, private=private, plain=plain)
        return path.stat().st_size

    def _write_data(
        self, out: Writing, *, private: bool, plain: bool, learner: UUID | None = None
    ) -> bool:
        from gemba.services.bundle import sealing
        from gemba.services.exchange_out import write_data

        store = self._recorder.store
        hidden = frozenset() if private else self._hidden()
        with nullcontext(out.file) if plain else sealing(store, out.file) as inside:
            return write_data(store, inside, private=private, hidden=hidden, learner=learner)

    def handover_to(self, path: Path, learner_id: UUID) -> Path:
        """Write a learner's history for another coach and return where it lies; as data_to.

        It never holds a private note or a private sheet: those belong to who wrote them. Raises
        NotFound for a learner there is not.
        """
        from gemba.services.bundle import SUFFIX

        self._coaching.learner(learner_id)
        store = self._recorder.store
        with writing(path) as out:
            packed = self._write_data(out, private=False, plain=False, learner=learner_id)
            suffix = SUFFIX if store.key is not None else ".zip" if packed else ".json"
            out.target = path.with_suffix(suffix)
        return out.target

    def handover_at(self, path: Path, learner_id: UUID, *, plain: bool = False) -> int:
        """Write a learner's history into exactly this file; returns how many bytes it has."""
        self._coaching.learner(learner_id)
        with writing(path) as out:
            self._write_data(out, private=False, plain=plain, learner=learner_id)
        return path.stat().st_size

    def data(self, *, private: bool = False) -> bytes:
        """Return every record; what is private, and photos with a blurred part, when asked for."""
        from gemba.services.exchange_out import export_data

        hidden = frozenset() if private else self._hidden()
        return export_data(self._recorder.store, private=private, hidden=hidden)

    def blurred_photos(self) -> int:
        """Count the photos on which something is blurred; the data hold them as they were taken."""
        from gemba.services.exchange_out import blurred_photos

        return len(blurred_photos(self._recorder.store))

    def _hidden(self) -> frozenset[UUID]:
        return frozenset(one.id for one in self._sheets.all() if self._sheets.private(one))

    def read_photo(self, photo: str) -> bytes | None:
        """Return a photo by its hash, without what is blurred; None when it is not there."""
        return self.files.read_photo(photo)

    def blurred(self, photo: str) -> tuple[Area, ...]:
        """Return what is blurred on a photo, wherever that was done."""
        return self._walks.photo_marks.blurred(photo)

    def draw_sheet(
        self,
        sheet: Sheet,
        paper: str = "A3",
        today: date | None = None,
        *,
        compress: bool = True,
        photo: Callable[[str], bytes | None] | None = None,
        compared: ComparedSheet | None = None,
    ) -> DrawnSheet:
        """Draw a sheet as it prints, with its layout; sooner and larger without ``compress``.

        ``photo`` reads a photo by its hash; without it the whole photo is drawn. With ``compared``
        it is drawn as the later of two states, marked with what became of the earlier one.
        """
        return self.files.draw(
            sheet, paper, today, compress=compress, photo=photo, compared=compared
        )

    def draw_empty(self, kind: SheetDefinition) -> DrawnSheet:
        """Draw a kind of sheet with nothing on it but its name."""
        from gemba.domain.sheet import Sheet
        from gemba.reports.sheet import SheetFacts, draw_sheet

        today = self._recorder.today()
        return draw_sheet(
            Sheet(id=UUID(int=0), title=kind.label, started_on=today),
            kind,
            facts=SheetFacts(),
            photo=self.read_photo,
            words=self._words,
            today=today,
            compress=False,
        )

    def sheet(self, sheet_id: UUID, paper: str = "A3", *, private: bool = False) -> DrawnSheet:
        """Draw the committed state of a sheet; raises Refused for a private one not asked for."""
        sheet = self._sheets.get(sheet_id)
        if self._sheets.private(sheet) and not private:
            raise Refused("sheet.private")
        return self.draw_sheet(sheet, paper)

    def walk(self, walk_id: UUID) -> bytes:
        """Return the report of a walk as PDF, A4, with everything typed so far."""
        from gemba.reports.walk import WalkReport, draw_walk
        from gemba.services.walk_paper import promises_of, said_promise

        self._recorder.settle()
        walk = self._walks.get(walk_id)
        seen = self._walks.observations(walk_id)
        promises = {
            one.id: [
                said_promise(promise, self._words)
                for promise in promises_of(self._thread, Ref("observation", one.id))
            ]
            for one in seen
        }
        report = WalkReport(
            walk=walk,
            area=self._people.area_name(walk.area_id),
            observations=tuple(self._walks.as_shown(one) for one in seen),
            promises=promises,
            author=self._recorder.who,
            forms=tuple(self.forms_on_walk(walk_id)),
        )
        return draw_walk(report, photo=self.read_photo, words=self._words)

    def record(
        self,
        learner_id: UUID,
        *,
        private: bool = False,
        first: date | None = None,
        last: date | None = None,
    ) -> bytes:
        """Return a learner's coaching history between two days, both included, as PDF, A4.

        Private notes and what belongs to private sheets stand in it only when asked for, and then
        each page says that it is private.
        """
        from gemba.services.coaching_paper import coaching_record

        self._recorder.settle()
        hidden = frozenset() if private else self._hidden()
        return coaching_record(
            self._recorder, learner_id, (first, last), self._words, hidden=hidden, private=private
        )

    def evidence(
        self,
        learner_id: UUID,
        *,
        private: bool = False,
        first: date | None = None,
        last: date | None = None,
    ) -> bytes:
        """Return one page for a review talk as PDF, A4; private things as in record()."""
        from gemba.services.coaching_paper import evidence_page

        self._recorder.settle()
        hidden = frozenset() if private else self._hidden()
        return evidence_page(
            self._recorder, learner_id, (first, last), self._words, hidden=hidden, private=private
        )

    def board(self, board_id: UUID, paper: str = "A3") -> DrawnSheet:
        """Draw a storyboard as an A3 with everything typed so far.

        Of its steps so many stand on it as there is room for, the newest first.
        """
        from gemba.services.board_paper import MOST_STEPS, board_sheet

        self._recorder.settle()
        board = self._coaching.board(board_id)
        steps = self._coaching.experiments(board_id=board_id)
        most = min(len(steps), MOST_STEPS)
        while True:
            drawn = self.draw_sheet(board_sheet(board, steps, self._words, most=most), paper)
            if most <= 1 or not drawn.layout.boxes["experiments"].lines_over:
                return drawn
            most -= 1

    def second_coach(self, sheet_id: UUID) -> bytes:
        """Return a second coach's sheet as PDF, A4; each page says that it is private."""
        from gemba.domain.coach_log import SecondCoach
        from gemba.reports.second_coach import draw_second_coach

        self._recorder.settle()
        sheet = self._recorder.get(SecondCoach, sheet_id)
        learner = self._people.name_of(sheet.learner_id) if sheet.learner_id is not None else ""
        return draw_second_coach(sheet, learner, words=self._words)

    @staticmethod
    def write_file(path: Path, data: bytes) -> None:
        """Write a drawing to a file, whole or not at all."""
        write_file(path, data)


@dataclass(slots=True)
class Writing:
    """A file that is being written, and the name it gets once it is whole."""

    file: BinaryIO
    target: Path


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Write a file whole or not at all. Raises GembaError when the place cannot take it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            out = Writing(file, path)
            yield out
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out.target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        reason = error.strerror
        raise GembaError("file.cannot_write", file=str(path), reason=reason) from error


def write_file(path: Path, data: bytes) -> None:
    """Write bytes into a file whole or not at all; raises what writing raises."""
    with writing(path) as out:
        out.file.write(data)
