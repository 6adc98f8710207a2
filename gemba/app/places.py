"""Which pages there are and what each is handed; a page is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from gemba.app import coaching_places, form_places, putting_away, sheet_places, walk_places
from gemba.app.safekeeping import safety_page, show_at_first
from gemba.ui.commands import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts
    from gemba.domain.today import TodayGlance

RAIL = (
    ("walks", "footprints"),
    ("coaching", "message-circle-question-mark"),
    ("sheets", "notebook-pen"),
    ("history", "history"),
)
_START_IS_OVER = 2_000
"""Milliseconds after all is loaded."""
_SAMPLES = (("sample", "discharge"), ("sample_plant", "plant"), ("sample_office", "office"))
FOOT = (("settings", "settings"), ("help", "circle-help"))
UNDER = {
    "walk": "walks",
    "debrief": "walks",
    "write up": "walks",
    "observation": "walks",
    "patterns": "walks",
    "thanks": "walks",
    "routines": "walks",
    "coverage": "walks",
    "walk paper": "walks",
    "promise": "today",
    "promises": "today",
    "talk": "coaching",
    "cycle": "coaching",
    "questions": "coaching",
    "questions edit": "coaching",
    "session": "coaching",
    "board paper": "coaching",
    "learner": "coaching",
    "ledger": "coaching",
    "development": "coaching",
    "practice": "coaching",
    "question log": "coaching",
    "after talk": "coaching",
    "second coach": "coaching",
    "timeline": "history",
    "stood": "history",
    "sheet": "sheets",
    "new sheet": "sheets",
    "safety": "settings",
    "moving": "settings",
    **form_places.PAGES,
    **putting_away.PAGES,
}


FOR_THE_COACH = ("practice", "question log", "after talk", "second coach")
"""Pages of the coach alone, which no learner looks upon."""


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
    words, go = session.words, session.go
    for id, shortcut, icon, run in (
        ("palette", "Ctrl+K", "search", session.open_palette),
        ("capture", "Ctrl+Shift+O", "eye", session.open_capture),
        ("new_walk", "", "footprints", lambda: go.to("walks", new=True)),
        ("new_talk", "", "message-circle-question-mark", lambda: go.to("coaching", new=True)),
        ("new_sheet", "", "notebook-pen", lambda: go.to("new sheet")),
        ("promises", "", "handshake", lambda: go.to("promises")),
        ("patterns", "", "chart-line", lambda: go.to("patterns")),
        ("thanks", "", "heart-handshake", lambda: go.to("thanks")),
        ("routines", "", "calendar", lambda: go.to("routines")),
        ("coverage", "", "map", lambda: go.to("coverage")),
        ("forms", "", "list-todo", lambda: go.to("forms")),
        ("walk_paper", "", "printer", lambda: go.to("walk paper")),
        ("practice", "", "chart-line", lambda: go.to("practice")),
        ("question_log", "", "message-circle-question-mark", lambda: go.to("question log")),
        ("after_talk", "", "timer", lambda: go.to("after talk", last=True)),
        ("second_coach", "", "users", lambda: go.to("second coach")),
        ("timeline", "", "history", lambda: go.to("timeline")),
        ("questions", "", "list", lambda: go.to("questions")),
        ("learners_view", "Ctrl+L", "eye-off", session.learners_view.toggle),
        ("safety", "", "archive", lambda: go.to("safety")),
        ("moving", "", "folder-open", lambda: go.to("moving")),
    ):
        late = id == "palette"  # which lists them all itself
        session.commands.add(Command(id, words(f"command.{id}"), run, shortcut, icon, late=late))
    session.commands.add(
        Command(
            "print_shown",
            words("command.print_shown"),
            lambda: print_shown(session),
            "",
            "printer",
            enabled=lambda: _paper_of(session) is not None,
        )
    )
    for look in ("system", "light", "dark"):
        id, run = f"look_{look}", partial(session.app.set_look, look)
        session.commands.add(Command(id, words(f"command.{id}"), run, "", "sun", late=True))
    sheet_places.add_commands(session)
    form_places.add_commands(session)
    putting_away.add_commands(session)
    walk_places.add_commands(session)
    if session.key is not None:
        session.commands.add(
            Command("lock", words("command.lock"), lambda: _lock(session), "Ctrl+Alt+L", "lock")
        )
    if session.sample:
        session.commands.add(
            Command("own", words("command.own"), session.app.open_own, "", "folder-open")
        )
    else:
        for id, name in _SAMPLES:
            run = partial(session.app.open_sample, name)
            session.commands.add(Command(id, words(f"command.{id}"), run, "", "folder-open"))


def _paper_of(session: SessionParts) -> Callable[[], None] | None:
    """Return what shows the way to paper of the page that is shown, where it has one."""
    if not session.loaded:
        return None
    page = session.window.page(session.window.current_key())
    found: Callable[[], None] | None = getattr(getattr(page, "paper", None), "show_paper", None)
    return found


def print_shown(session: SessionParts) -> None:
    """Show the way to paper of what is shown."""
    paper = _paper_of(session)
    if paper is not None:
        paper()


def _lock(session: SessionParts) -> None:
    session.app.locking.lock()


def _maker(session: SessionParts, key: str) -> Callable[[], QWidget]:
    return lambda: _MAKERS[key](session)


def _today(session: SessionParts) -> QWidget:
    from gemba.services.today import read_today
    from gemba.ui.pages.today import TodayPage

    placed = False

    def read() -> TodayGlance:
        nonlocal placed
        store = session.workspace.store if session.loaded else None
        glance = read_today(session.folder, session.today(), store, session.key)
        if not session.loaded:
            # Who writes stands in the first picture too, not only once everything is loaded.
            session.window.status.set_writer(glance.me)
            show_at_first(session)
            return glance
        if not glance.actions:
            return glance
        if not placed:
            # Worksheets are loaded once the start is over, for a word that is seldom there.
            placed = True
            QTimer.singleShot(_START_IS_OVER, page, page.reread)
            return glance
        from gemba.services.today_tray import with_trays

        return with_trays(glance, session.workspace.sheets)

    page = TodayPage(
        session.theme,
        go=session.go,
        read=read,
        open_sample=session.app.open_sample,
        report=lambda sheet, part, step: session.workspace.actions.report(sheet, part, step),
    )
    return page


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
        vocabularies=session.workspace.vocabularies,
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
        learners=work.looking_back.learners,
        learners_view=session.learners_view,
        today=work.recorder.today,
    )


def _help(session: SessionParts) -> QWidget:
    from gemba.ui.pages.help import HelpPage

    return HelpPage(session.theme, commands=session.commands)


_MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    **walk_places.MAKERS,
    **coaching_places.MAKERS,
    **sheet_places.MAKERS,
    **form_places.MAKERS,
    "settings": _settings,
    "help": _help,
    "moving": _moving,
    "safety": safety_page,
    **putting_away.MAKERS,
}
