"""Bin, undo, earlier versions, clashes and erasing in the window: their pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gemba.app.damaged import told_elsewhere
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.ui.commands import Command

if TYPE_CHECKING:
    from gemba.app.parts import SessionParts
    from gemba.domain.clash import Clash
    from gemba.services.workspace import Workspace
    from gemba.ui.tasks import CancelToken

_KINDS: Final = {
    "promise": "promise",
    "observation": "observation",
    "walk": "walk",
    "talk": "talk",
    "sheet": "sheet",
    "learner": "person",
    "experiment": "experiment",
    "board": "storyboard",
    "script": "question_script",
}
"""What a place was asked to show, by the name it goes by, and its kind."""

_HOUR: Final = 3_600_000
_AFTER_OPENING: Final = 2_000

PAGES: Final = {
    "bin": "settings",
    "people": "settings",
    "erase": "settings",
    "earlier": "history",
    "conflict": "today",
}
"""The pages, and the place in the rail each stands under."""


class PuttingAway:
    """Lets days pass for the bin, tells of clashes, and takes the last change back."""

    def __init__(self, session: SessionParts, workspace: Workspace) -> None:
        self._session = session
        self._work = workspace
        workspace.recorder.on_clash = self._clashed
        self._timer = QTimer(session.window)
        self._timer.timeout.connect(self._pass_days)
        # Opening comes first; after that once an hour, since a laptop may sleep over midnight.
        self._timer.start(_AFTER_OPENING)
        session.window.undo_asked.connect(self.undo)
        if workspace.store.writable and workspace.conflicts.open():
            self._tell_of_clashes()

    def close(self) -> None:
        """Stop counting days."""
        self._timer.stop()

    def _pass_days(self) -> None:
        self._timer.setInterval(_HOUR)
        self._session.app.tasks.run(
            self._session.window, self._kept_enough, self._passed, self._unread
        )

    def _kept_enough(self, _token: CancelToken) -> list[str]:
        """Return whose record has been kept long enough, the next first.

        Beside the window: somebody types by now, every talk there was is read, and what keeps the
        bin is loaded here as well.
        """
        from gemba.services.retention import Retention

        import_module("gemba.services.bin")
        due = Retention(self._work.recorder).due(self._work.recorder.today())
        return [one.name for one in due]

    def _passed(self, names: list[str]) -> None:
        self._work.bin.pass_days()
        self._session.window.page("today").remind(names[:3])  # type: ignore[attr-defined]

    def _unread(self, error: BaseException) -> None:
        self._work.bin.pass_days()
        told_elsewhere(error)

    def _clashed(self, _clashes: tuple[Clash, ...]) -> None:
        if self._session.window.current_key() != "conflict":
            self._tell_of_clashes()

    def _tell_of_clashes(self) -> None:
        words, go = self._session.words, self._session.go
        self._session.window.show_banner(
            words("conflict.waiting"), words("conflict.show"), lambda: self._show_clashes(go.to)
        )

    def _show_clashes(self, to: Callable[[str], None]) -> None:
        self._session.window.show_banner("")
        to("conflict")

    def undo(self) -> None:
        """Take back the last change this laptop made to what is shown, as a new write."""
        session, work = self._session, self._work
        refs = refs_shown(session)
        if not refs or not work.store.writable:
            return
        session.window.leave_page()
        try:
            work.recorder.settle()
            step = work.versions.newest_own(refs)
            if step is None:
                session.go.say(session.words("undo.nothing"))
                return
            work.versions.undo(step.ref)
        except GembaError as error:
            # Beside what was asked for, and not in the banner: nothing is wrong.
            session.go.say(session.words(error.key, **error.values))
            return
        self._show_again()

        def again() -> None:
            try:
                work.versions.redo(step)
            except GembaError as error:
                session.go.say(session.words(error.key, **error.values))
                return
            self._show_again()

        session.go.say(session.words("undo.done"), again)

    def _show_again(self) -> None:
        """Let the page read everything anew, fields and all."""
        key, what = self._session.window.current_place()
        arrive = getattr(self._session.window.page(key), "arrive", None)
        if arrive is not None:
            arrive(**what)


def refs_shown(session: SessionParts) -> list[Ref]:
    """Return the records of the page that is shown, those that are written there with it."""
    _, what = session.window.current_place()
    refs = [
        Ref(_KINDS[name], held)
        for name, held in what.items()
        if name in _KINDS and isinstance(held, UUID)
    ]
    more: list[Ref] = []
    for ref in refs:
        try:
            more += _written_with(session.workspace, ref)
        except GembaError:
            continue
    return [*refs, *more]


def _written_with(work: Workspace, ref: Ref) -> list[Ref]:
    if ref.kind == "person":
        return [Ref("storyboard", board.id) for board in work.coaching.boards(ref.id)]
    if ref.kind != "talk":
        return []
    talk = work.coaching.talk(ref.id)
    named = (("storyboard", talk.storyboard_id), ("experiment", talk.next_experiment_id))
    found = [Ref(kind, id) for kind, id in named if id is not None]
    if talk.last_experiment_id is not None:
        found.append(Ref("experiment", talk.last_experiment_id))
    return found


def add_commands(session: SessionParts) -> None:
    """Add what can be asked for from anywhere."""
    go, words = session.go, session.words

    def shown() -> bool:
        return session.loaded and bool(refs_shown(session))

    def clashing() -> bool:
        return session.loaded and bool(session.workspace.conflicts.open())

    def at_a_stop() -> bool:
        walk = session.workspace.walks.under_way() if session.loaded else None
        on_it = session.window.current_key() == "walk"
        return on_it and walk is not None and bool(walk.at_stop)

    for id, icon, run, enabled in (
        ("drop_stop", "map-pin", lambda: drop_stop(session), at_a_stop),
        ("conflict", "copy", lambda: go.to("conflict"), clashing),
        ("bin", "trash-2", lambda: go.to("bin"), lambda: True),
        ("people", "users", lambda: go.to("people"), lambda: True),
        ("earlier", "history", lambda: open_earlier(session), shown),
        ("undo_last", "undo-2", lambda: session.window.undo_asked.emit(), shown),
    ):
        session.commands.add(Command(id, words(f"command.{id}"), run, "", icon, enabled))


def drop_stop(session: SessionParts) -> None:
    """Take the stop the leader stands at off the walk; Undo puts it back in its place."""
    walks, window = session.workspace.walks, session.window
    walk = walks.under_way()
    if walk is None:
        return
    window.leave_page()
    stop, at = walks.remove_stop(walk.id, walk.at_stop)

    def show() -> None:
        page = window.page("walk")
        if window.current_key() == "walk":
            page.arrive(walk=walk.id)  # type: ignore[attr-defined]

    def back() -> None:
        walks.bring_stop(walk.id, stop, at)
        show()

    show()
    session.go.say(session.words("bin.stop_gone", place=stop.place), back)


def open_earlier(session: SessionParts) -> None:
    """Show the earlier versions of what is shown."""
    refs = refs_shown(session)
    if refs:
        ref = refs[0]
        if ref.kind == "person" and len(refs) > 1:
            ref = refs[1]
        session.go.to("earlier", ref=ref)


def bin_page(session: SessionParts) -> QWidget:
    """Build the bin."""
    from gemba.ui.pages.bin import BinPage

    work = session.workspace
    return BinPage(
        session.theme,
        bin=work.bin,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def people_page(session: SessionParts) -> QWidget:
    """Build the page of people and places."""
    from gemba.ui.pages.people import PeoplePage

    work = session.workspace
    return PeoplePage(
        session.theme,
        people=work.people,
        bin=work.bin,
        erasing=work.erasing,
        drafts=work.drafts,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
        areas=lambda: work.vocabularies.words.areas,
    )


def erase_page(session: SessionParts) -> QWidget:
    """Build the page that erases."""
    from gemba.ui.pages.erase import ErasePage

    work = session.workspace
    return ErasePage(
        session.theme,
        erasing=work.erasing,
        people=work.people,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
    )


def earlier_page(session: SessionParts) -> QWidget:
    """Build the page of earlier versions."""
    from gemba.ui.pages.earlier import EarlierPage

    work = session.workspace
    return EarlierPage(
        session.theme,
        versions=work.versions,
        thread=work.thread,
        definition=work.sheets.definition,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def conflict_page(session: SessionParts) -> QWidget:
    """Build the page of two texts."""
    from gemba.ui.pages.conflict import ConflictPage

    work = session.workspace
    return ConflictPage(
        session.theme, conflicts=work.conflicts, bulletin=work.bulletin, go=session.go
    )


MAKERS: Final = {
    "bin": bin_page,
    "people": people_page,
    "erase": erase_page,
    "earlier": earlier_page,
    "conflict": conflict_page,
}
