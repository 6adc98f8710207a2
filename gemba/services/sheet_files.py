"""A sheet as a file of any kind Gemba writes; the ending of its name says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures.insertion import name_of
from gemba.domain.link import Link
from gemba.domain.paper import PaperChoice
from gemba.domain.sheet_text import as_markdown, as_text
from gemba.domain.sheet_text import ending_of as ending_facts
from gemba.domain.tray import tray_of
from gemba.services.paper import png
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets

if TYPE_CHECKING:
    from gemba.domain.compared import ComparedSheet
    from gemba.domain.sheet import Sheet, TrayPiece
    from gemba.reports.sheet import DrawnSheet, SheetFacts
    from gemba.services.photo_marks import PhotoMarks

Words = Callable[..., str]
Photo = Callable[[str], bytes | None]
ENDINGS: Final = ("pdf", "pptx", "xlsx", "png", "svg", "md", "txt")
WITH_TRAY: Final = ("md", "txt", "xlsx")
"""Files that show no page hold also what lies in the tray."""
FIGURE_ENDINGS: Final = ("pdf", "png", "svg")
DOTS: Final = 200
"""Dots an inch of a picture: an A3 is then 3,307 by 2,339."""


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The bytes of a file, the boxes with lines too many, and those whose figures lack room.

    ``left_out`` has for each of these every text that cannot be read on the page.
    ``aside`` names what lies in the tray of the sheet and is not in this file: those of WITH_TRAY
    and that of all data hold it.
    """

    data: bytes
    over: tuple[tuple[str, int], ...] = ()
    crowded: tuple[str, ...] = ()
    left_out: tuple[tuple[str, ...], ...] = ()
    aside: tuple[str, ...] = ()


def ending_of(path: Path) -> str:
    """Return the ending of a sheet's file; raises BadInput for one Gemba does not write."""
    ending = path.suffix[1:].lower()
    if ending not in ENDINGS:
        shown = ", ".join(f".{one}" for one in ENDINGS)
        raise BadInput("export.ending", file=path.name, endings=shown)
    return ending


class SheetFiles:
    """Draws sheets, and writes the state that is stored or on the screen as a file."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        sheets: Sheets,
        words: Words,
        photo_marks: PhotoMarks,
    ) -> None:
        self._recorder = recorder
        self._photo_marks = photo_marks
        self._people = people
        self._sheets = sheets
        self._words = words

    def committed(
        self,
        sheet_id: UUID,
        ending: str,
        chosen: PaperChoice | None = None,
        *,
        figure: str = "",
        dots: int = DOTS,
        private: bool = False,
    ) -> SheetFile:
        """Return a sheet as it is stored; raises Refused for a private one not asked for."""
        sheet = self._sheets.get(sheet_id)
        if self._sheets.private(sheet) and not private:
            raise Refused("sheet.private")
        if figure:
            return self.of_figure(sheet, figure, ending, dots=dots)
        return self.of(sheet, ending, chosen, dots=dots)

    def of(
        self, sheet: Sheet, ending: str, chosen: PaperChoice | None = None, *, dots: int = DOTS
    ) -> SheetFile:
        """Return a sheet as a file; which boxes are too full is told of every kind with a page.

        What was chosen for paper holds for PDF and PNG. Raises BadInput where no paper takes it.
        """
        if ending in WITH_TRAY and ending != "xlsx":
            return SheetFile(self.text(sheet, markdown=ending == "md").encode("utf-8"))
        if ending == "xlsx":
            return SheetFile(self.workbook(sheet))
        if ending in ("pptx", "svg"):
            drawn = self._measured(sheet)
            data = self.slide(sheet) if ending == "pptx" else self.svg(sheet)
        else:
            drawn = self.printed(sheet, chosen or PaperChoice())
            data = png(drawn.pdf, dots) if ending == "png" else drawn.pdf
        aside = tuple(one.label for one in self._tray(sheet))
        return SheetFile(data, drawn.over, drawn.crowded, drawn.left_out, aside)

    def _tray(self, sheet: Sheet) -> tuple[TrayPiece, ...]:
        return tray_of(sheet, self._sheets.worksheet(sheet))

    def of_figure(self, sheet: Sheet, figure: str, ending: str, *, dots: int = DOTS) -> SheetFile:
        """Return one figure as PDF, PNG or SVG: by its id, or its number in the order it is read.

        Raises BadInput where there is no such figure or none is written so.
        """
        if ending not in FIGURE_ENDINGS:
            shown = ", ".join(f".{one}" for one in FIGURE_ENDINGS)
            raise BadInput("export.figure_ending", ending=ending, endings=shown)
        from gemba.reports.figure_alone import figure_page

        kind = self._sheets.definition(sheet)
        every = [one for box_id in kind.box_frames() for one in sheet.box(box_id).figures]
        named = [one for one in every if one.id == figure]
        if not named and figure.isdecimal() and 0 < int(figure) <= len(every):
            named = [every[int(figure) - 1]]
        if not named:
            raise BadInput("export.no_figure", figure=figure, count=len(every))
        data, missing = figure_page(
            sheet,
            kind,
            named[0],
            photo=self.read_photo,
            words=self._words,
            today=self._recorder.today(),
            author=self._facts(sheet).owner,
            svg=ending == "svg",
        )
        crowded = (named[0].caption or name_of(named[0], self._words),)
        data = png(data, dots) if ending == "png" else data
        return SheetFile(data, (), crowded, ((),)) if missing else SheetFile(data)

    def printed(
        self, sheet: Sheet, chosen: PaperChoice, *, compared: ComparedSheet | None = None
    ) -> DrawnSheet:
        """Draw a sheet as it was chosen for paper; raises BadInput where the paper is too small.

        With ``compared`` the words of two states stand in its boxes.
        """
        from gemba.reports.sheet_print import draw_print

        return draw_print(
            sheet,
            self._sheets.definition(sheet),
            chosen,
            facts=self._facts(sheet, ties=True),
            notes=self._sheets.margin(sheet.id) if chosen.comments else (),
            photo=self.read_photo,
            words=self._words,
            today=self._recorder.today(),
            compared=compared,
        )

    def _measured(self, sheet: Sheet) -> DrawnSheet:
        """Return which boxes are too full without drawing a page."""
        from gemba.reports.figure_alone import marks_of_sheet

        return marks_of_sheet(
            sheet,
            self._sheets.definition(sheet),
            facts=self._facts(sheet),
            photo=self.read_photo,
            words=self._words,
            today=self._recorder.today(),
        )[1]

    def svg(self, sheet: Sheet) -> bytes:
        """Return a sheet as SVG that looks the same where its face is not installed."""
        from gemba.reports.figure_alone import sheet_svg

        return sheet_svg(
            sheet,
            self._sheets.definition(sheet),
            facts=self._facts(sheet),
            photo=self.read_photo,
            words=self._words,
            today=self._recorder.today(),
        )

    def text(self, sheet: Sheet, *, markdown: bool = False) -> str:
        """Return a sheet as plain text or as Markdown."""
        words, told = self._words, self._facts(sheet)
        facts = [
            (words("workbook.kind"), self._sheets.definition(sheet).label),
            (words("sheet.owner"), told.owner),
            (words("sheet.coach"), told.coach),
            (words("sheet.area"), told.area),
            (words("sheet.started"), sheet.started_on.isoformat()),
            (words("sheet.stage"), words(f"sheet.stages.{sheet.stage}")),
            *ending_facts(sheet, words),
        ]
        write = as_markdown if markdown else as_text
        return write(sheet, self._sheets.definition(sheet), facts, words, self._tray(sheet))

    def draw(
        self,
        sheet: Sheet,
        paper: str = "A3",
        today: date | None = None,
        *,
        compress: bool = True,
        photo: Photo | None = None,
        compared: ComparedSheet | None = None,
    ) -> DrawnSheet:
        """Draw a sheet as it prints, with its layout; sooner and larger without ``compress``.

        ``photo`` reads a photo by its hash; without it the whole photo is drawn. With ``compared``
        it is the later of two states, marked with what became of the earlier one.
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
            compared=compared,
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
        return draw_workbook(
            sheet, kind, facts=self._facts(sheet), words=self._words, aside=self._tray(sheet)
        )

    def read_photo(self, photo: str) -> bytes | None:
        """Return a photo by its hash, without what is blurred; None when it is not there."""
        return self._photo_marks.read(photo)

    def _facts(self, sheet: Sheet, *, ties: bool = False) -> SheetFacts:
        from gemba.reports.outline import Tie
        from gemba.reports.sheet import SheetFacts

        own = self._recorder.find(Link, from_id=sheet.id, to_id=sheet.id) if ties else []
        return SheetFacts(
            owner=self._people.name_of(sheet.owner_id),
            coach=self._people.name_of(sheet.coach_id),
            area=self._people.area_name(sheet.area_id),
            ties=tuple(Tie(one.from_part, one.to_part) for one in own),
        )
