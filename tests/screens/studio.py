"""What is shown of a sheet: whole, in columns, with each drawer and each figure's editor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final
from uuid import UUID

from gemba.app.session import Session
from gemba.domain.figures import Figure
from gemba.domain.figures.insertion import offers
from gemba.domain.sheet import Box, Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.words import Words
from tests.screens.view import View, at

DRAWERS: Final = "margin about boxes tray consent review closing versions print text".split()


def of_studio(work: Workspace, sheet: Sheet) -> Iterator[View]:
    """A sheet at its two distances, each drawer beside it, and the editor of each figure."""
    yield at("sheet", "sheet whole", sheet=sheet.id)
    for box_id in ("current", "analysis", "check"):
        yield at("sheet", f"sheet column {box_id}", sheet=sheet.id, box=box_id)
    for key in DRAWERS:
        yield View(f"sheet drawer {key}", "sheet", partial(_drawer, sheet.id, key))
    for box in sheet.boxes:
        for figure in box.figures:
            show = partial(_editor, sheet.id, box.id, figure.id)
            yield View(f"figure {figure.kind} {box.id}", "sheet", show)
    drawn = {figure.kind for box in sheet.boxes for figure in box.figures}
    begun = work.sheets.begin("Half should leave before noon; 19 % do.")
    for offer in offers(Words()):
        if offer.make is not None and offer.key not in drawn:
            figure = offer.make(work.sheets.new_figure_id())
            yield View(f"figure new {offer.key}", "sheet", partial(_new, work, begun.id, figure))


def _new(work: Workspace, sheet: UUID, figure: Figure, session: Session) -> None:
    work.sheets.set_box(sheet, Box(id="analysis", figures=(figure,)))
    _editor(sheet, "analysis", figure.id, session)


def _drawer(sheet: UUID, key: str, session: Session) -> None:
    session.go.to("sheet", sheet=sheet, box="analysis")
    _sheet_page(session).drawers.open(key)


def _editor(sheet: UUID, box: str, figure: str, session: Session) -> None:
    session.go.to("sheet", sheet=sheet)
    _sheet_page(session).drawers.edit_figure(box, figure)


def _sheet_page(session: Session) -> SheetPage:
    page = session.window.page("sheet")
    assert isinstance(page, SheetPage)
    return page
