"""The window: the rail, the page, and the bars around it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gemba.ui.commands import Command, Commands
from gemba.ui.widgets.bars import StatusBar, TopBar
from gemba.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_REMEMBERED = 50
_FRAME = 40
"""What a title bar and its borders take at most, in px; known only once the window is shown."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    what: dict[str, object]


class MainWindow(QMainWindow):
    """Shows one page at a time, built when it is first asked for.

    `sample_left` says that "Back to mine" was chosen, `writer_asked` the chip that names who
    writes, `page_shown` the key of a page, and `closing` that the window is about to close, after
    the page has handed over its text.
    """

    sample_left = Signal()
    writer_asked = Signal()
    undo_asked = Signal()
    page_left = Signal()
    page_shown = Signal(object)
    closing = Signal()

    def __init__(self, commands: Commands, theme: Theme) -> None:
        super().__init__()
        self.commands = commands
        self.theme = theme
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._under: dict[str, str] = {}
        self._visited: list[_Entry] = []
        self._kept_back: frozenset[str] = frozenset()
        self._instead = ""
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window goes, once the page has handed over its text."""
        self.standing = ""
        """What the banner says while it has nothing else to say."""
        self.held = ""
        """The page that is shown whatever is asked for, while nothing else can be."""
        self._shortcuts: dict[str, QShortcut] = {}
        self._build()
        self._add_commands()
        commands.watch(self._bind)
        self._bind()
        self.setWindowTitle("Gemba")
        self._take_room()

    def _build(self) -> None:
        self.sample_bar = TopBar(self.theme, "accent_soft")
        self.banner = TopBar(self.theme, "watch_soft")
        self.rail = Rail(self.theme)
        self.stack = QStackedWidget()
        self.status = StatusBar(self.theme)
        self.sample_bar.acted.connect(self.sample_left)
        self._on_banner: Callable[[], None] = lambda: None
        self.banner.acted.connect(lambda: self._on_banner())
        self.rail.asked.connect(self.show_page)
        self.status.writer_asked.connect(self.writer_asked)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sample_bar)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _take_room(self) -> None:
        px = self.theme.px
        wanted = room = QSize(px(1280), px(800))
        if QGuiApplication.platformName() != "offscreen":  # where there is a screen to keep to
            room = QGuiApplication.primaryScreen().availableSize()
            if fills(wanted, room):
                self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)
        # At 200 % a small laptop has 640 by 400 of these pixels, and must not get less.
        self.setMinimumSize(QSize(px(600), px(340)).boundedTo(room - QSize(0, _FRAME)))
        self.resize(wanted.boundedTo(room))

    def _add_commands(self) -> None:
        back = self.tr("Back")
        self.commands.add(
            Command("back", back, self.go_back, "Alt+Left", "arrow-left", self.can_go_back)
        )
        self.commands.add(
            Command(
                "next-region",
                self.tr("Next part of the window"),
                lambda: self.next_region(1),
                "F6",
                late=True,
            )
        )
        self.commands.add(
            Command(
                "previous-region",
                self.tr("Part of the window before"),
                lambda: self.next_region(-1),
                "Shift+F6",
                late=True,
            )
        )

    def _bind(self) -> None:
        wanted = {c.id: c for c in self.commands if c.shortcut}
        for gone in self._shortcuts.keys() - wanted.keys():
            keys = self._shortcuts.pop(gone)
            keys.setEnabled(False)
            keys.deleteLater()
        for id, command in wanted.items():
            if id not in self._shortcuts:
                keys = QShortcut(QKeySequence(command.shortcut), self)
                keys.activated.connect(lambda id=id: self.commands.run(id))
                self._shortcuts[id] = keys

    def add_place(
        self,
        key: str,
        label: str,
        icon: str,
        factory: Callable[[], QWidget],
        *,
        foot: bool = False,
    ) -> None:
        """Add a place to the rail, reached by Ctrl+1, Ctrl+2 and so on unless it is at the foot."""
        self.rail.add(key, label, icon, foot=foot)
        self.add_page(key, factory)
        number = sum(1 for c in self.commands if c.id.startswith("place-")) + 1
        words = self.tr("Go to {place}").format(place=label)
        keys = "" if foot else f"Ctrl+{number}"
        self.commands.add(Command(f"place-{key}", words, lambda: self.show_page(key), keys, icon))

    def add_page(self, key: str, factory: Callable[[], QWidget], *, under: str = "") -> None:
        """Add a page without an item of its own; the rail marks the place `under` which it is."""
        self._factories[key] = factory
        self._under[key] = under or key

    def page_keys(self) -> frozenset[str]:
        """The keys of every page there is, built or not."""
        return frozenset(self._factories)

    def page(self, key: str) -> QWidget:
        """The page with this key, built if it is not there yet; raises KeyError."""
        page = self._pages.get(key)
        if page is None:
            page = self._factories[key]()
            self._pages[key] = page
            self.stack.addWidget(page)
        return page

    def current_key(self) -> str:
        """The key of the page that is shown, or an empty text."""
        return self._visited[-1].key if self._visited else ""

    def current_place(self) -> tuple[str, dict[str, object]]:
        """The page that is shown and what it was asked to show."""
        entry = self._visited[-1] if self._visited else _Entry("", {})
        return entry.key, dict(entry.what)

    def show_page(self, key: str, **what: object) -> None:
        """Show a page, telling it what to show; the page before hands over its text first."""
        if self.held:
            key, what = self.held, {}
        entry = _Entry(key, dict(what))
        if self._visited[-1:] != [entry]:
            self._visited.append(entry)
            del self._visited[:-_REMEMBERED]
        self._enter(entry)

    def can_go_back(self) -> bool:
        """Whether another page was shown before."""
        return len(self._visited) > 1

    def go_back(self) -> None:
        """Show the page before, as it was asked for then."""
        if self.can_go_back():
            self._visited.pop()
            self._enter(self._visited[-1])

    def leave_behind(self, gone: Collection[object]) -> None:
        """Leave every page that shows one of these things, and leave it out of the way back."""
        here, away = self._visited[-1:], list(gone)
        self._visited = [
            entry
            for entry in self._visited
            if not any(held in away for held in entry.what.values())
        ]
        if self._visited[-1:] != here:
            if self._visited:
                self._enter(self._visited[-1])
            else:
                self.show_page("today")

    def keep_back(self, keys: Collection[str], instead: str) -> None:
        """Show none of these pages from now on, not by going back either; ``instead`` is shown."""
        self._kept_back, self._instead = frozenset(keys), instead
        if self._visited and self._visited[-1].key in self._kept_back:
            self._enter(self._visited[-1])

    def _enter(self, entry: _Entry) -> None:
        if entry.key in self._kept_back:
            entry = _Entry(self._instead, {})
            self._visited[-1:] = [entry]
        self.page_left.emit()
        self.leave_page()
        page = self.page(entry.key)
        self.walk_mode(False)
        self.rail.choose(self._under[entry.key])
        self.stack.setCurrentWidget(page)
        arrive = getattr(page, "arrive", None)
        if arrive is not None:
            arrive(**entry.what)
        # The window's own, since a window that is not active yet remembers it all the same.
        inside = cast("QWidget | None", self.focusWidget())
        if inside is None or not page.isAncestorOf(inside):
            # Else what was hidden hands the focus to whatever stands next in the window.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh_title()
        self.page_shown.emit(entry.key)

    def leave_page(self) -> None:
        """Have the page that is shown hand over text that is still being written."""
        page = self.stack.currentWidget()
        leave = getattr(page, "leave", None)
        if leave is not None:
            leave()

    def refresh_title(self) -> None:
        """Put the page's words in the title bar."""
        title = getattr(self.stack.currentWidget(), "page_title", None)
        words = title() if title is not None else ""
        self.setWindowTitle(f"{words} - Gemba" if words else "Gemba")

    def walk_mode(self, on: bool) -> None:
        """Let the page fill the window: without the rail."""
        self.rail.setVisible(not on)

    def show_sample(self, words: str, action: str = "") -> None:
        """Say above the page that this is a sample; no words take the bar away."""
        self.sample_bar.say(words, action)

    def show_banner(
        self, words: str, action: str = "", run: Callable[[], None] = lambda: None
    ) -> None:
        """Say something quiet above the page, with one thing to do; no words take it away.

        Then what stands there for as long as the folder is open is said again.
        """
        self._on_banner = run
        self.banner.say(words or self.standing, action)

    def come_forward(self) -> None:
        """Show the window above the others, as when Gemba is started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def next_region(self, step: int) -> None:
        """Move the focus to the next part of the window: bars, rail, page, status."""
        regions: list[QWidget] = [self.sample_bar, self.banner, self.rail, self.stack, self.status]
        regions = [r for r in regions if r.isVisible() and _can_focus(r)]
        inside = QApplication.focusWidget()
        held = [i for i, r in enumerate(regions) if inside is not None and r.isAncestorOf(inside)]
        if not regions:
            return
        start = held[0] if held else (-1 if step > 0 else 0)
        target = regions[(start + step) % len(regions)]
        if target is self.rail:
            self.rail.focus()
            return
        first = _can_focus(target)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z that no field wanted takes back the last change of what is shown."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand over what was typed before the window goes."""
        self.leave_page()
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def fills(wanted: QSize, room: QSize) -> bool:
    """Tell whether a window of this size leaves no room on the screen for its own frame."""
    return wanted.width() > room.width() or wanted.height() + _FRAME > room.height()


def _can_focus(region: QWidget) -> QWidget | None:
    """The first widget in a region that Tab would reach, in Tab's own order."""
    step = region.nextInFocusChain()
    while step is not None and step is not region:
        reachable = step.focusPolicy() & Qt.FocusPolicy.TabFocus
        shown = step.isVisible() and step.isEnabled()
        if region.isAncestorOf(step) and reachable and shown and step.focusProxy() is None:
            return step
        step = step.nextInFocusChain()
    return None
