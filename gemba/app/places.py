"""Which pages there are and what each is handed; a page is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.app import putting_away
from gemba.app.safekeeping import safety_page, show_at_first
from gemba.ui.commands import Command

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts
    from gemba.domain.sheet import Sheet
    from gemba.domain.today import TodayGlance
    from gemba.services.paper import Paper
    from gemba.ui.pages.sheet_desk import SheetDesk

RAIL = (
    ("walks", "footprints"),
    ("coaching", "message-circle-question-mark"),
    ("sheets", "notebook-pen"),
    ("history", "history"),
)
FOOT = (("settings", "settings"), ("help", "circle-help"))
UNDER = {
    "walk": "walks",
    "debrief": "walks",
    "write up": "walks",
    "observation": "walks",
    "promise": "today",
    "talk": "coaching",
    "cycle": "coaching",
    "learner": "coaching",
    "sheet": "sheets",
    "new sheet": "sheets",
    "safety": "settings",
    "moving": "settings",
    **putting_away.PAGES,
}


def add_places(session: SessionParts) -> None:
    """Add every page; Today is the only one that needs nothing behind it."""
    window, words = session.window, session.words
    window.add_place("today", words("place.today"), "sun", lambda: _today(session))
    for key, icon in RAIL:
        window.add_place(key, words(f"place.{key}"), icon, _maker(session, key))
    for key, icon in FOOT:
        window.add_place(key, words(f"place.{key}"), icon, _maker(session, key), foot=True)
    for key, under in UNDER.items():
        window.add_page(key, _maker(session, key), under=under)


def add_commands(session: SessionParts) -> None:
    """Add what can be asked for from anywhere."""
    window, words, go = session.window, session.words, session.go
    for id, shortcut, icon, run in (
        ("palette", "Ctrl+K", "search", session.open_palette),
        ("capture", "Ctrl+Shift+O", "eye", session.open_capture),
        ("new_walk", "", "footprints", lambda: go.to("walks", new=True)),
        ("new_talk", "", "message-circle-question-mark", lambda: go.to("coaching", new=True)),
        ("new_sheet", "", "notebook-pen", lambda: go.to("new sheet")),
        ("safety", "", "archive", lambda: go.to("safety")),
        ("moving", "", "folder-open", lambda: go.to("moving")),
    ):
        session.commands.add(Command(id, words(f"command.{id}"), run, shortcut, icon))
    session.commands.add(
        Command(
            "tie",
            words("command.tie"),
            lambda: window.page("sheet").tie(),  # type: ignore[attr-defined]
            "Ctrl+T",
            "link-2",
            enabled=lambda: window.current_key() == "sheet",
        )
    )
    putting_away.add_commands(session)
    if session.key is not None:
        session.commands.add(
            Command("lock", words("command.lock"), lambda: _lock(session), "Ctrl+Alt+L", "lock")
        )
    if session.sample:
        session.commands.add(
            Command("own", words("command.own"), session.app.open_own, "", "folder-open")
        )
    else:
        session.commands.add(
            Command("sample", words("command.sample"), session.app.open_sample, "", "folder-open")
        )


def _lock(session: SessionParts) -> None:
    session.app.locking.lock()


def _maker(session: SessionParts, key: str) -> Callable[[], QWidget]:
    return lambda: _MAKERS[key](session)


def _today(session: SessionParts) -> QWidget:
    from gemba.services.today import read_today
    from gemba.ui.pages.today import TodayPage

    def read() -> TodayGlance:
        store = session.workspace.store if session.loaded else None
        glance = read_today(session.folder, session.today(), store, session.key)
        if not session.loaded:
            # Who writes stands in the first picture too, not only once everything is loaded.
            session.window.status.set_writer(glance.me)
            show_at_first(session)
        return glance

    return TodayPage(
        session.theme,
        go=session.go,
        read=read,
        open_sample=session.app.open_sample,
    )


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
    )


def _walk(session: SessionParts) -> QWidget:
    from gemba.ui.pages.walk import WalkPage

    work = session.workspace
    return WalkPage(
        session.theme,
        walks=work.walks,
        people=work.people,
        drafts=work.drafts,
        thread=work.thread,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        now=work.recorder.now,
        walk_mode=session.window.walk_mode,
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
        people=work.people,
        drafts=work.drafts,
        coaching=work.coaching,
        thread=work.thread,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
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
    )


def _coaching(session: SessionParts) -> QWidget:
    from gemba.ui.pages.coaching import CoachingPage

    work = session.workspace
    return CoachingPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _talk(session: SessionParts) -> QWidget:
    from gemba.ui.pages.talk import TalkPage

    work = session.workspace
    return TalkPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        go=session.go,
        today=work.recorder.today,
    )


def _cycle(session: SessionParts) -> QWidget:
    from gemba.ui.pages.cycle import CyclePage

    work = session.workspace
    return CyclePage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _learner(session: SessionParts) -> QWidget:
    from gemba.ui.pages.learner import LearnerPage

    work = session.workspace
    return LearnerPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        history=work.history,
        exports=work.exports,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def paper_of(session: SessionParts) -> Paper:
    """Return the paper of the open folder."""
    from gemba.services.paper import Paper

    return Paper(session.workspace.exports)


def _sheets(session: SessionParts) -> QWidget:
    from gemba.ui.pages.sheets import SheetsPage

    work = session.workspace
    paper = paper_of(session)

    def thumbnail(sheet: Sheet, wide: int) -> QImage:
        from PySide6.QtGui import QImage

        drawn = paper.draw(sheet)
        picture = paper.picture(drawn.pdf, wide / drawn.layout.width)
        return QImage(
            picture.data,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        ).copy()

    return SheetsPage(
        session.theme,
        sheets=work.sheets,
        people=work.people,
        thumbnail=thumbnail,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        day=session.words.day,
    )


def _new_sheet(session: SessionParts) -> QWidget:
    from gemba.ui.pages.new_sheet import NewSheetPage

    work = session.workspace
    return NewSheetPage(
        session.theme,
        sheets=work.sheets,
        people=work.people,
        recorder=work.recorder,
        thread=work.thread,
        words=session.words,
        go=session.go,
    )


def sheet_desk(session: SessionParts) -> SheetDesk:
    """Put together what the sheet page works with."""
    from gemba.ui.pages.sheet_desk import SheetDesk

    work = session.workspace
    return SheetDesk(
        sheets=work.sheets,
        people=work.people,
        coaching=work.coaching,
        walks=work.walks,
        thread=work.thread,
        exports=work.exports,
        paper=paper_of(session),
        recorder=work.recorder,
        questions=work.catalog.question_set,
        words=session.words,
        day=session.words.day,
    )


def _sheet(session: SessionParts) -> QWidget:
    from gemba.ui.pages.sheet import SheetPage

    return SheetPage(
        session.theme,
        desk=sheet_desk(session),
        bulletin=session.workspace.bulletin,
        go=session.go,
    )


def _history(session: SessionParts) -> QWidget:
    from gemba.ui.pages.history import HistoryPage

    work = session.workspace
    return HistoryPage(
        session.theme,
        history=work.history,
        coaching=work.coaching,
        tasks=session.app.tasks,
        go=session.go,
        day=session.words.day,
    )


def _settings(session: SessionParts) -> QWidget:
    from gemba.ui.pages.passphrase import PassphraseSection
    from gemba.ui.pages.settings import SettingsPage

    section = None
    if not session.sample:
        section = PassphraseSection(session.theme, desk=session.app.locking, words=session.words)
    return SettingsPage(
        session.theme,
        recorder=session.workspace.recorder,
        folder=session.folder,
        look=session.app.look,
        set_look=session.app.set_look,
        renamed=session.window.status.set_writer,
        go=session.go,
        passphrase=section,
    )


def _moving(session: SessionParts) -> QWidget:
    from gemba.ui.pages.moving import MovingPage

    work = session.workspace
    return MovingPage(
        session.theme,
        arrivals=work.arrivals,
        exports=work.exports,
        tasks=session.app.tasks,
        go=session.go,
        words=session.words,
        today=work.recorder.today,
    )


def _help(session: SessionParts) -> QWidget:
    from gemba.ui.pages.help import HelpPage

    return HelpPage(session.theme, commands=session.commands)


_MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    "walks": _walks,
    "walk": _walk,
    "debrief": _debrief,
    "write up": _write_up,
    "observation": _observation,
    "promise": _promise,
    "coaching": _coaching,
    "talk": _talk,
    "cycle": _cycle,
    "learner": _learner,
    "sheets": _sheets,
    "new sheet": _new_sheet,
    "sheet": _sheet,
    "history": _history,
    "settings": _settings,
    "help": _help,
    "moving": _moving,
    "safety": safety_page,
    **putting_away.MAKERS,
}
