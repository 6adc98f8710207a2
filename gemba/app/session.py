"""One window over one data folder, which is opened behind the first paint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from gemba.app.coming_back import ComingBack
from gemba.app.damaged import DamageWatch, damage_page, is_damage, tell_of_neighbours
from gemba.app.mishaps import Mishaps
from gemba.app.opening import Opening
from gemba.app.over import OverPages
from gemba.app.places import FOR_THE_COACH, add_commands, add_places
from gemba.app.putting_away import PuttingAway
from gemba.app.safekeeping import Safekeeping
from gemba.app.unsaved import Unsaved
from gemba.domain.errors import GembaError
from gemba.ui.autosave import hand_over
from gemba.ui.commands import Commands
from gemba.ui.learners_view import LearnersView
from gemba.ui.navigator import Navigator
from gemba.ui.widgets.saying import Saying
from gemba.ui.window import MainWindow

if TYPE_CHECKING:
    from gemba.app.one_window import OneWindow
    from gemba.app.parts import AppParts
    from gemba.domain.changes import Ref
    from gemba.services.recorder import SaveState
    from gemba.services.workspace import Workspace

SAMPLE = "discharge"
_BARS = {"discharge": "sample.bar", "plant": "sample.bar_plant", "office": "sample.bar_office"}


class Session:
    """One window over one data folder; the folder is opened behind the first paint."""

    def __init__(
        self,
        app: AppParts,
        folder: Path,
        *,
        sample: str = "",
        look: bool = False,
        key: bytes | None = None,
        damage: GembaError | None = None,
    ) -> None:
        self.app = app
        self.folder = folder
        self.sample = sample
        self.key = key
        self.look = look
        self._watch: DamageWatch | None = None
        self.words = app.words
        self.theme = app.theme
        self.commands = Commands(self._other_names)
        self.window = MainWindow(self.commands, app.theme)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.saying = Saying(app.theme, self.window)
        self.go = Navigator(self.window, lambda: self.workspace, self.words, self.saying)
        self.learners_view = LearnersView(self.window)
        self.learners_view.changed.connect(self._hide_from_learner)
        self._closed = False
        self._back = ComingBack(folder, self.window, self.go)
        self._door: OneWindow | None = None
        self._mishaps = Mishaps(folder, self.window, app.words, self._save_after_bug)
        self._unsaved = Unsaved(self.window, app.words, lambda: self.workspace, app.tasks, self.go)
        self._workspace: Workspace | None = None
        self._safe: Safekeeping | None = None
        self._away: PuttingAway | None = None
        self._when_loaded: list[Callable[[], None]] = []
        self.over = OverPages(self)
        self._opening = Opening(
            app,
            folder,
            sample=sample,
            look=look,
            key=key,
            damage=damage,
            opened=self._take_over,
        )
        if sample:
            self.window.show_sample(self.words(_BARS[sample]), self.words("sample.back"))
        elif look:
            self.window.show_sample(self.words("damage.look"), self.words("damage.look_back"))
        self.window.sample_left.connect(app.open_own)
        self.window.writer_asked.connect(lambda: self.go.to("settings", at="name"))
        self.window.closing.connect(self.close)
        self.window.may_close = self.may_leave
        self._warned = False
        add_places(self)
        self.window.add_page("hurt", self._hurt_page, under="today")
        add_commands(self)

    def _hide_from_learner(self, on: bool) -> None:
        """Show no page of the coach alone while the learner looks on, nor its name."""
        self.window.keep_back(FOR_THE_COACH if on else (), "coaching")
        self.go.say(self.words("learners_view.on" if on else "learners_view.off"))

    def _other_names(self, id: str) -> str:
        key = f"also.{id}"
        return self.words(key) if self.words.knows(key) else ""

    @property
    def workspace(self) -> Workspace:
        """The open folder; waits for it when it is asked for early, from any thread."""
        if self._workspace is None:
            # What settling makes, such as timers, belongs to the window's thread.
            if current_thread() is not main_thread():
                return self._opening.wait()
            self._settle()
        assert self._workspace is not None
        return self._workspace

    @property
    def loaded(self) -> bool:
        """Tell whether everything behind the first paint is there."""
        return self._workspace is not None

    def start_opening(self) -> None:
        """Open the data folder on a thread of its own, while the window is painted."""
        self._opening.start()

    def _take_over(self) -> None:
        """Take over the opened folder; on the window's thread, unless it was closed meanwhile."""
        if self._workspace is None and not self._closed:
            try:
                self._settle()
            except GembaError as error:
                if not is_damage(error):
                    raise
                self._show_damage(error)

    def _hurt_page(self) -> QWidget:
        if self._watch is None:
            self._settle()
        assert self._watch is not None
        return self._watch.page()

    def _show_damage(self, error: GembaError) -> None:
        """Show what can be done instead of every page that needs the data."""
        if not self.window.held:
            self.window.add_page(
                "damage", lambda: damage_page(self, error, self.key), under="today"
            )
            self.window.held = "damage"
            self.window.status.save_state.hide()
            self.window.show_page("damage")

    def _settle(self) -> None:
        self._workspace = opened = self._opening.wait()
        opened.recorder.on_state = self._show_state
        self.window.status.set_writer(opened.recorder.who)
        if not opened.store.writable and opened.store.why_read_only is not None and not self.look:
            why = opened.store.why_read_only
            self.window.standing = self.words(why.key, **why.values)
            self.window.show_banner("")
        # Where nothing can be kept, nothing is called saved.
        self.window.status.save_state.setVisible(opened.store.writable)
        tell_of_neighbours(self)
        for problem in opened.catalog.problems:
            self.go.trouble(problem)
        opened.bulletin.listen(self._written)
        self._back.begin(writable=opened.store.writable)
        self._watch = DamageWatch(self)
        self._safe = Safekeeping(self, opened, close=self.close, reopen=self.app.reopen)
        self._away = PuttingAway(self, opened)
        # What opening brought, such as the sample, was not there when Today was painted.
        self._written(frozenset())
        waiting, self._when_loaded = self._when_loaded, []
        for work in waiting:
            work()
        QTimer.singleShot(0, self.window, self._hold_door)

    def _hold_door(self) -> None:
        """Hear a second start on this folder from now on."""
        if self._closed or not self.workspace.store.writable:
            return
        from gemba.app.one_window import OneWindow

        post, forward = self.app.post, self.window.come_forward
        self._door = OneWindow(self.folder, lambda: post(forward))
        self._mishaps.watch(self.go)
        store = self.workspace.store
        self.app.tasks.run(
            self.window, lambda _token: store.fill_reserve(), lambda _held: None, _raise
        )

    def when_loaded(self, work: Callable[[], None]) -> None:
        """Do something as soon as the folder is open."""
        if self._workspace is not None:
            work()
        else:
            self._when_loaded.append(work)

    def restore(self, name: str) -> None:
        """Bring a backup back, after one of what is there."""
        if self._safe is not None:
            self._safe.restore(name)

    def today(self) -> date:
        """Return the day on the wall, before the folder is open as well."""
        return self.app.now().date() if self.app.now else date.today()

    def _written(self, refs: frozenset[Ref]) -> None:
        if self.window.current_key() == "today":
            self.window.page("today").arrive()  # type: ignore[attr-defined]

    def open_palette(self) -> None:
        """Open the line behind which everything is."""
        self.over.open_palette()

    def open_capture(self) -> None:
        """Open one line for something seen, over whatever is shown."""
        self.over.open_capture()

    def _show_state(self, state: SaveState) -> None:
        if self._workspace is not None:
            self.window.status.set_writer(self._workspace.recorder.who)
        self._unsaved.show(state)
        if state.trouble is None:
            self._warned = False
        if not state.pending:
            self._back.note()

    def failed(self, error: BaseException) -> None:
        """After a bug of ours: save what was typed, report it without that, and go on."""
        if not self._closed:
            self._mishaps.failed(error)

    def _save_after_bug(self) -> None:
        self._hand_over()
        if self._workspace is not None:
            self._workspace.recorder.retry()

    def _hand_over(self) -> None:
        """Hand over what waits, on the page and in what lies over it, such as a line to capture."""
        self.window.leave_page()
        hand_over(self.window)

    def settle_all(self) -> bool:
        """Hand over what is being typed and commit it; tell whether the disk has everything."""
        self._hand_over()
        if self._workspace is None:
            return True
        self._workspace.recorder.retry()
        self._workspace.recorder.settle()
        state = self._workspace.recorder.state
        return state.trouble is None and self._workspace.store.unsaved is None

    def may_leave(self) -> bool:
        """Tell whether nothing would be lost; says once what would be, then it is the leader's."""
        work = self._workspace
        if self._closed or self._warned or work is None or self.settle_all():
            return True
        recorder, store = work.recorder, work.store
        # As at the very end: the reserve is given up for the last words.
        if not recorder.unwritten or (store.come_back(with_reserve=True) and self.settle_all()):
            return True
        self._warned = True
        why = recorder.state.trouble or store.unsaved
        told = self.words(why.key, **why.values) if why is not None else ""
        self.window.show_banner(
            self.words("unsaved.leaving", why=told),
            self.words("unsaved.copy"),
            self._unsaved.ask_for_place,
        )
        return False

    def leave(self) -> None:
        """Close the window whatever the disk says, where another one takes its place."""
        self._warned = True
        self.window.close()

    def keep_place(self) -> None:
        """Come back to this page and word when the folder is opened again."""
        self._back.keep()

    def close(self) -> None:
        """Commit what waits and let the folder go."""
        self._closed = True
        # What comes back later would be told to a folder that is closed.
        self.app.tasks.let_go(self.window)
        self._back.end()
        # Nothing may hold a window that is locked away.
        self.window.may_close = _always
        if self._watch is not None:
            self._watch.close()
        if self._safe is not None:
            self._safe.close()
        if self._away is not None:
            self._away.close()
        if self._door is not None:
            self._door.close()
        self._mishaps.close()
        opened = self._opening.end()
        if opened is not None:
            opened.close()
            # What was posted before the end is heard when the window may be gone.
            opened.recorder.on_state = _unheard
            self._workspace = None
        if self.look:
            from gemba.services.salvage import end_look

            end_look(self.folder)


def _always() -> bool:
    return True


def _unheard(_state: SaveState) -> None:
    return


def _raise(error: BaseException) -> None:
    raise error
