"""The pages of Walks, and what each is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts


def _walks(session: SessionParts) -> QWidget:
    from gemba.ui.pages.walks import WalksPage

    work = session.workspace
    return WalksPage(
        session.theme,
        walks=work.walks,
        people=work.people,
        drafts=work.drafts,
        questions=work.catalog.question_set,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
        routes=work.routes,
        vocabularies=work.vocabularies,
    )


def _walk(session: SessionParts) -> QWidget:
    from gemba.ui.pages.walk import WalkPage

    work = session.workspace
    return WalkPage(
        session.theme,
        walks=work.walks,
        memos=work.memos,
        people=work.people,
        drafts=work.drafts,
        thread=work.thread,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        now=work.recorder.now,
        photo_care=lambda: work.vocabularies.words.photo_care,
        walk_mode=session.window.walk_mode,
        forms=lambda: work.forms,
    )


def _debrief(session: SessionParts) -> QWidget:
    from gemba.ui.pages.debrief import DebriefPage

    work = session.workspace
    return DebriefPage(
        session.theme,
        walks=work.walks,
        people=work.people,
        drafts=work.drafts,
        coaching=work.coaching,
        thread=work.thread,
        exports=work.exports,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        photos=lambda: work.photo_import,
        photo_care=lambda: work.vocabularies.words.photo_care,
    )


def _write_up(session: SessionParts) -> QWidget:
    from gemba.ui.pages.write_up import WriteUpPage

    work = session.workspace
    return WriteUpPage(
        session.theme,
        walks=work.walks,
        people=work.people,
        drafts=work.drafts,
        thread=work.thread,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _observation(session: SessionParts) -> QWidget:
    from gemba.ui.pages.observation import ObservationPage

    work = session.workspace
    return ObservationPage(
        session.theme,
        walks=work.walks,
        memos=work.memos,
        people=work.people,
        drafts=work.drafts,
        coaching=work.coaching,
        thread=work.thread,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
        photo_care=lambda: work.vocabularies.words.photo_care,
        patterns=lambda: work.patterns,
    )


def _promise(session: SessionParts) -> QWidget:
    from gemba.ui.pages.promise import PromisePage

    work = session.workspace
    return PromisePage(
        session.theme,
        promises=work.promises,
        people=work.people,
        drafts=work.drafts,
        thread=work.thread,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
        tasks=session.app.tasks,
        photo_source=work.walks.photo_source,
    )


def _promises(session: SessionParts) -> QWidget:
    from gemba.ui.pages.promises import PromisesPage

    work = session.workspace
    return PromisesPage(
        session.theme,
        promises=work.promises,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _patterns(session: SessionParts) -> QWidget:
    from gemba.ui.pages.patterns import PatternsPage

    work = session.workspace
    return PatternsPage(
        session.theme,
        patterns=work.patterns,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        words=session.words,
        today=work.recorder.today,
        area_word=lambda: work.vocabularies.words.area,
    )


def _routines(session: SessionParts) -> QWidget:
    from gemba.services.exports import write_file
    from gemba.ui.pages.routines import RoutinesPage

    work = session.workspace
    return RoutinesPage(
        session.theme,
        routines=work.routines,
        routes=work.routes,
        people=work.people,
        drafts=work.drafts,
        bulletin=work.bulletin,
        write=write_file,
        go=session.go,
        today=work.recorder.today,
        where=lambda: work.vocabularies.words.where_question,
    )


def _coverage(session: SessionParts) -> QWidget:
    from gemba.ui.pages.coverage import CoveragePage

    work = session.workspace
    return CoveragePage(
        session.theme,
        coverage=work.coverage,
        routes=work.routes,
        vocabularies=work.vocabularies,
        questions=work.catalog.question_set,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _walk_paper(session: SessionParts) -> QWidget:
    from gemba.services.exports import write_file
    from gemba.ui.pages.walk_paper import WalkPaperPage

    work = session.workspace
    return WalkPaperPage(
        session.theme,
        paper=work.walk_paper,
        walks=work.walks,
        tasks=session.app.tasks,
        write=write_file,
        go=session.go,
    )


def _thanks(session: SessionParts) -> QWidget:
    from gemba.ui.pages.thanks import ThanksPage

    work = session.workspace
    return ThanksPage(
        session.theme,
        thanks=work.thanks,
        drafts=work.drafts,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def add_commands(session: SessionParts) -> None:
    """Add what attaches to the observation in hand, and what writes up a walk."""
    from gemba.ui.commands import Command

    window, words = session.window, session.words

    def in_hand() -> bool:
        return session.loaded and window.current_key() in ("walk", "observation")

    def asking(what: str) -> Callable[[], None]:
        return lambda: getattr(window.page(window.current_key()), what)()

    for id, icon, what in (
        ("attach_memo", "mic", "ask_memo"),
        ("attach_photo", "camera", "ask_photo"),
    ):
        session.commands.add(Command(id, words(f"command.{id}"), asking(what), "", icon, in_hand))
    session.commands.add(
        Command(
            "write_up",
            words("command.write_up"),
            lambda: session.go.to("write up"),
            "",
            "pen-line",
        )
    )


MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    "walks": _walks,
    "walk": _walk,
    "debrief": _debrief,
    "write up": _write_up,
    "observation": _observation,
    "promise": _promise,
    "promises": _promises,
    "patterns": _patterns,
    "thanks": _thanks,
    "routines": _routines,
    "coverage": _coverage,
    "walk paper": _walk_paper,
}
