"""One window over one data folder, which is opened behind the first paint."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gemba.app.folders import load_catalog
from gemba.app.last_place import LastPlace
from gemba.app.places import add_commands, add_places
from gemba.domain.errors import GembaError
from gemba.ui.commands import Commands
from gemba.ui.navigator import Navigator
from gemba.ui.widgets.saying import Saying
from gemba.ui.window import MainWindow

if TYPE_CHECKING:
    from gemba.app.parts import AppParts
    from gemba.domain.changes import Ref
    from gemba.services.recorder import SaveState
    from gemba.services.workspace import Workspace
    from gemba.ui.pages.capture import Capture
    from gemba.ui.palette import Palette

SAMPLE = "discharge"


class Post(QObject):
    """Brings a call to the thread of the window."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], None]) -> None:
        if threading.current_thread() is threading.main_thread():
            work()
        else:
            self.asked.emit(work)

    def _call(self, work: Callable[[], None]) -> None:
        work()


class Session:
    """One window over one data folder; the folder is opened behind the first paint."""

    def __init__(self, app: AppParts, folder: Path, *, sample: bool = False) -> None:
        self.app = app
        self.folder = folder
        self.sample = sample
        self.words = app.words
        self.theme = app.theme
        self.commands = Commands()
        self.window = MainWindow(self.commands, app.theme)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.saying = Saying(app.theme, self.window)
        self.go = Navigator(self.window, lambda: self.workspace, self.words, self.saying)
        self._closed = False
        self._last = LastPlace(folder)
        self._retry = QTimer(self.window)
        self._retry.setSingleShot(True)
        self._retry.setInterval(5_000)
        self._retry.timeout.connect(lambda: self.workspace.recorder.retry())
        self._workspace: Workspace | None = None
        self._palette: Palette | None = None
        self._capture: Capture | None = None
        self._opened: tuple[Workspace | None, BaseException | None] = (None, None)
        self._opening: threading.Thread | None = None
        if sample:
            self.window.show_sample(self.words("sample.bar"), self.words("sample.back"))
        self.window.sample_left.connect(app.open_own)
        self.window.writer_asked.connect(lambda: self.go.to("settings", at="name"))
        self.window.closing.connect(self.close)
        add_places(self)
        add_commands(self)

    @property
    def workspace(self) -> Workspace:
        """The open folder; waits for it when it is asked for early."""
        if self._workspace is None:
            self._settle()
        assert self._workspace is not None
        return self._workspace

    @property
    def loaded(self) -> bool:
        """Tell whether everything behind the first paint is there."""
        return self._workspace is not None

    def start_opening(self) -> None:
        """Open the data folder on a thread of its own, while the window is painted."""
        if self._opening is None:
            self._opening = threading.Thread(target=self._open, name="gemba-opening")
            self._opening.start()

    def _take_over(self) -> None:
        """Take over the opened folder; on the window's thread, unless it was closed meanwhile."""
        if self._workspace is None and self._opening is not None and not self._closed:
            self._settle()

    def _open(self) -> None:
        try:
            from gemba.services.workspace import local_now, open_workspace

            catalog = load_catalog(self.folder)
            now = self.app.now or local_now
            opened = open_workspace(self.folder, catalog, self.words, post=self.app.post, now=now)
            if self.sample and not opened.people.names():
                from gemba.services.samples import load_sample

                load_sample(SAMPLE, opened.store)
                # The sample says whose folder it is.
                opened.recorder.who = opened.store.settings.get("me") or ""
            self._opened = (opened, None)
        except BaseException as error:
            self._opened = (None, error)
        self.app.post(self._take_over)

    def _settle(self) -> None:
        self.start_opening()
        assert self._opening is not None
        self._opening.join()
        opened, error = self._opened
        if opened is None:
            assert error is not None
            raise error
        self._workspace = opened
        opened.recorder.on_state = self._show_state
        self.window.status.set_writer(opened.recorder.who)
        if not opened.store.writable and opened.store.why_read_only is not None:
            why = opened.store.why_read_only
            self.window.show_banner(self.words(why.key, **why.values))
        for problem in opened.catalog.problems:
            self.go.trouble(problem)
        opened.bulletin.listen(self._written)
        self._return_to_last_place(opened.store.writable)
        # What opening brought, such as the sample, was not there when Today was painted.
        self._written(frozenset())

    def _return_to_last_place(self, writable: bool) -> None:
        """Go on where the leader was when the app was killed; from now on remember the page."""
        left = self._last.read()
        if left is not None and self.window.current_key() == "today":
            try:
                self.go.to(left[0], **left[1])
            except GembaError:
                # What was shown is gone; Today is where everything else is found.
                self.go.to("today")
        if writable:
            self.window.page_shown.connect(
                lambda _key: self._last.note(*self.window.current_place())
            )

    def today(self) -> date:
        """Return the day on the wall, before the folder is open as well."""
        return self.app.now().date() if self.app.now else date.today()

    def _written(self, refs: frozenset[Ref]) -> None:
        if self.window.current_key() == "today":
            self.window.page("today").arrive()  # type: ignore[attr-defined]

    def open_palette(self) -> None:
        """Open the line behind which everything is."""
        if self._palette is None:
            from gemba.ui.palette import Palette

            self._palette = Palette(
                self.theme,
                self.commands,
                search=lambda words: self.workspace.history.search(words, limit=60),
                open_ref=self.go.open,
                show_all=lambda words: self.go.to("history", words=words),
                day=self.words.day,
                tasks=self.app.tasks,
                parent=self.window,
            )
        self._palette.open()

    def open_capture(self) -> None:
        """Open one line for something seen, over whatever is shown."""
        if self._capture is None:
            from gemba.ui.pages.capture import Capture

            self._capture = Capture(
                self.theme, self.window, walks=lambda: self.workspace.walks, go=self.go
            )
        self._capture.open()

    def _show_state(self, state: SaveState) -> None:
        if self._workspace is not None:
            self.window.status.set_writer(self._workspace.recorder.who)
        shown = self.window.status.save_state
        if state.trouble is not None:
            shown.trouble(self.words(state.trouble.key, **state.trouble.values))
            if not self._retry.isActive():
                self._retry.start()
        elif state.pending:
            shown.saving()
        else:
            shown.saved()

    def close(self) -> None:
        """Commit what waits and let the folder go."""
        self._closed = True
        if self._workspace is not None and self._workspace.store.writable:
            self._last.forget()
        if self._opening is not None:
            self._opening.join()
        opened = self._workspace or self._opened[0]
        if opened is not None:
            opened.close()
            self._workspace, self._opened = None, (None, None)
