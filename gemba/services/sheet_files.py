"""A sheet as a file of any kind Gemba writes; the ending of its name says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput, Refused
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet
    from gemba.reports.sheet import DrawnSheet, SheetFacts

Words = Callable[..., str]
Photo = Callable[[str], bytes | None]
ENDINGS: Final = ("pdf", "pptx", "xlsx")


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The bytes of a file, the boxes with lines too many, and those whose figures lack room."""

    data: bytes
    over: tuple[tuple[str, int], ...] = ()
    crowded: tuple[str, ...] = ()


def ending_of(path: Path) -> str:
    """Return the ending of a sheet's file; raises BadInput for one Gemba does not write."""
    ending = path.suffix[1:].lower()
    if ending not in ENDINGS:
        shown = ", ".join(f".{one}" for one in ENDINGS)
        raise BadInput("export.ending", file=path.name, endings=shown)
    return ending


class SheetFiles:
    """Draws sheets, and writes the state that is stored or on the screen as a file."""

    def __init__(self, recorder: Recorder, people: People, sheets: Sheets, words: Words) -> None:
        self._recorder = recorder
        self._people = people
        self._sheets = sheets
        self._words = words

    def committed(
        self, sheet_id: UUID, ending: str, *, paper: str = "A3", private: bool = False
    ) -> SheetFile:
        """Return a sheet as it is stored; raises Refused for a private one not asked for."""
        sheet = self._sheets.get(sheet_id)
        if self._sheets.private(sheet) and not private:
            raise Refused("sheet.private")
        return self.of(sheet, ending, paper=paper)

    def of(self, sheet: Sheet, ending: str, *, paper: str = "A3") -> SheetFile:
        """Return a sheet as a file; which boxes are too full is told of every kind with a page."""
        if ending == "xlsx":
            return SheetFile(self.workbook(sheet))
        drawn = self.draw(sheet, paper)
        data = self.slide(sheet) if ending == "pptx" else drawn.pdf
        return SheetFile(data, drawn.over, drawn.crowded)

    def draw(
        self,
        sheet: Sheet,
        paper: str = "A3",
        today: date | None = None,
        *,
        compress: bool = True,
        photo: Photo | None = None,
    ) -> DrawnSheet:
        """Draw a sheet as it prints, with its layout; sooner and larger without ``compress``.

        ``photo`` reads a photo by its hash; without it the whole photo is drawn.
        """
        from gemba.reports.sheet import draw_sheet

        return draw_sheet(
            sheet,
            self._sheets.definition(sheet),
            facts=self._facts(sheet),
            photo=photo or self.read_photo,
            words=self._words,
            today=today or self._recorder.today(),
            paper=paper,
            compress=compress,
        )

    def slide(self, sheet: Sheet) -> bytes:
        """Return a sheet as a PPTX file: one slide of its size, with text one can write in."""
        from gemba.reports.slide import draw_slide

        return draw_slide(
            sheet,
            self._sheets.definition(sheet),
            facts=self._facts(sheet),
            photo=self.read_photo,
            words=self._words,
            today=self._recorder.today(),
        )

    def workbook(self, sheet: Sheet) -> bytes:
        """Return the data behind a sheet as an XLSX file: tables, series, plan and texts."""
        from gemba.reports.workbook import draw_workbook

        kind = self._sheets.definition(sheet)
        return draw_workbook(sheet, kind, facts=self._facts(sheet), words=self._words)

    def read_photo(self, photo: str) -> bytes | None:
        """Return the bytes of a photo by its hash, or None when it is not there."""
        return self._recorder.store.photos.read(photo)

    def _facts(self, sheet: Sheet) -> SheetFacts:
        from gemba.reports.sheet import SheetFacts

        return SheetFacts(
            owner=self._people.name_of(sheet.owner_id),
            coach=self._people.name_of(sheet.coach_id),
            area=self._people.area_name(sheet.area_id),
        )
