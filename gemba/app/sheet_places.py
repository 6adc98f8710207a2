"""The pages of A3, and what each is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.ui.commands import Command

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.sheet import Sheet
    from gemba.reports.sheet import DrawnSheet
    from gemba.services.paper import Paper
    from gemba.ui.pages.sheet_desk import SheetDesk
    from gemba.ui.similar import LookUp


def paper_of(session: SessionParts) -> Paper:
    """Return the paper of the open folder."""
    from gemba.services.paper import Paper

    return Paper(session.workspace.exports)


def _image(paper: Paper, drawn: DrawnSheet, wide: int) -> QImage:
    """Return a drawn sheet as a picture of so many pixels across."""
    from PySide6.QtGui import QImage

    picture = paper.picture(drawn.pdf, wide / drawn.layout.width)
    form = QImage.Format.Format_RGB32
    made = QImage(picture.data, picture.width, picture.height, picture.stride, form)
    return made.copy()


def _sheets(session: SessionParts) -> QWidget:
    from gemba.ui.pages.sheets import SheetsPage

    work = session.workspace
    paper = paper_of(session)

    def thumbnail(sheet: UUID, wide: int) -> QImage:
        return _image(paper, paper.draw(work.gallery.sheet(sheet)), wide)

    return SheetsPage(
        session.theme,
        gallery=work.gallery,
        thumbnail=thumbnail,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
        explain=lambda error: session.words(error.key, **error.values),
        area_word=work.people.area_word,
    )


def _new_sheet(session: SessionParts) -> QWidget:
    from gemba.ui.pages.new_sheet import NewSheetPage

    work = session.workspace
    paper = paper_of(session)

    def picture(kind: SheetDefinition, wide: int) -> QImage:
        return _image(paper, paper.draw_empty(kind), wide)

    return NewSheetPage(
        session.theme,
        sheets=work.sheets,
        people=work.people,
        recorder=work.recorder,
        drafts=work.drafts,
        thread=work.thread,
        kinds=work.catalog.sheets,
        troubles=lambda: work.catalog.problems,
        picture=picture,
        tasks=session.app.tasks,
        words=session.words,
        go=session.go,
    )


def sheet_desk(session: SessionParts) -> SheetDesk:
    """Put together what the sheet page works with."""
    from gemba.ui.pages.sheet_desk import SheetDesk
    from gemba.ui.pages.sheet_kinds import KindPictures

    work = session.workspace
    paper = paper_of(session)

    def picture(kind: SheetDefinition, wide: int) -> QImage:
        return _image(paper, paper.draw_empty(kind), wide)

    return SheetDesk(
        sheets=work.sheets,
        types=work.sheet_types,
        formats=work.formats,
        pictures=lambda: KindPictures(picture, session.app.tasks),
        people=work.people,
        coaching=work.coaching,
        walks=work.walks,
        thread=work.thread,
        exports=work.exports,
        paper=paper,
        recorder=work.recorder,
        versions=work.versions,
        wording=work.wording,
        story=work.story,
        course=work.course,
        consent=work.consent,
        reviews=work.reviews,
        drafts=work.drafts,
        questions=work.catalog.question_set,
        words=session.words,
        day=session.words.day,
        tasks=session.app.tasks,
        similar=_look_up(session),
        patterns=lambda: work.patterns,
    )


def _look_up(session: SessionParts) -> LookUp:
    """Return what finds sheets with a like problem, beside the window."""
    from gemba.ui.similar import LookUp, Similar

    work = session.workspace
    common = frozenset(session.words("likeness.common").split())

    def found(sheet: Sheet) -> list[Similar]:
        return [
            Similar(row.id, row.title, " · ".join((row.owner, row.stage.capitalize())), words)
            for row, words in work.gallery.similar(sheet, common)
        ]

    return LookUp(found, session.app.tasks)


def _sheet(session: SessionParts) -> QWidget:
    from gemba.ui.pages.sheet import SheetPage

    page = SheetPage(
        session.theme,
        desk=sheet_desk(session),
        bulletin=session.workspace.bulletin,
        go=session.go,
    )
    for command in page.inserts.commands(lambda: session.window.current_key() == "sheet"):
        session.commands.add(command)
    return page


def add_commands(session: SessionParts) -> None:
    """Add what can be done with the sheet that is shown."""
    window, words = session.window, session.words

    def shown() -> bool:
        return window.current_key() == "sheet"

    def asking(what: str, *given: str) -> Callable[[], None]:
        return lambda: getattr(window.page("sheet"), what)(*given)

    for id, shortcut, icon in (
        ("adjust_boxes", "Ctrl+Shift+B", "move"),
        ("next_question", "F8", "circle-help"),
        ("split_box", "Ctrl+Shift+Return", "minus"),
        ("merge_box", "", "plus"),
        ("rename_box", "", "pencil"),
        ("move_figure", "", "move"),
        ("change_type", "", "notebook-pen"),
        ("show_tray", "", "archive"),
    ):
        run = asking("run", id)
        session.commands.add(Command(id, words(f"command.{id}"), run, shortcut, icon, shown))
    for drawer, icon in (
        ("margin", "message-circle-question-mark"),
        ("print", "printer"),
        ("text", "clipboard-paste"),
        ("about", "info"),
        ("versions", "history"),
        ("review", "list-todo"),
        ("consent", "handshake"),
        ("closing", "circle-check"),
    ):
        id, run = f"sheet_{drawer}", asking("open_drawer", drawer)
        session.commands.add(Command(id, words(f"command.{id}"), run, "", icon, shown))
    session.commands.add(
        Command("tie", words("command.tie"), asking("tie"), "Ctrl+T", "link-2", shown)
    )


MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    "sheets": _sheets,
    "new sheet": _new_sheet,
    "sheet": _sheet,
}
