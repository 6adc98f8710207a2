"""The real window beside a page that is tested alone, and a note of what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gemba.app.places import FOOT, RAIL, UNDER
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.services.workspace import Workspace
from gemba.ui.commands import Commands
from gemba.ui.navigator import Navigator
from gemba.ui.theme import Theme
from gemba.ui.widgets.saying import Saying
from gemba.ui.window import MainWindow
from gemba.words import Words


class Steps:
    """Hands everything on to the navigator of a window, made when the first of it comes.

    The rooms of that window are empty: which page a step leads to shows, and not the page. A
    place that does not exist, a record without a page and a sentence without words fail there.
    """

    def __init__(self, theme: Theme, workspace: Callable[[], Workspace]) -> None:
        self._theme = theme
        self._workspace = workspace
        self.places: list[tuple[str, dict[str, object]]] = []
        self.opened: list[tuple[Ref, str]] = []
        self.said: list[str] = []
        self.troubles: list[GembaError] = []
        self.backs = 0
        self.thrown: list[Ref] = []

    def to(self, place: str, **what: object) -> None:
        self.places.append((place, what))
        self._navigator.to(place, **what)

    def open(self, ref: Ref, part: str = "") -> None:
        self.opened.append((ref, part))
        self._navigator.open(ref, part)

    def back(self) -> None:
        self.backs += 1
        self._navigator.back()

    def throw_away(self, ref: Ref, *, listed: bool = False) -> None:
        self.thrown.append(ref)
        self._navigator.throw_away(ref, listed=listed)

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        self._navigator.say(sentence, undo)

    def unsay(self) -> None:
        self._navigator.unsay()

    def trouble(self, error: GembaError) -> None:
        self._navigator.trouble(error)

    def close(self) -> None:
        """Take the window away, if there is one: a later change of the look need not reach it."""
        if "window" in vars(self):
            self.window.deleteLater()
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    @property
    def undo(self) -> Callable[[], None] | None:
        """Click on Undo beside what was said last; None where it is not offered."""
        return self._click_undo if "saying" in vars(self) and self.saying.can_undo() else None

    def _click_undo(self) -> None:
        QTest.mouseClick(self.saying.notice.button, Qt.MouseButton.LeftButton)

    @cached_property
    def window(self) -> MainWindow:
        """The window, in sight of its own parts but on no screen."""
        window = MainWindow(Commands(lambda _id: ""), self._theme)
        for key, icon in (("today", "sun"), *RAIL, *FOOT):
            window.add_place(key, key, icon, QWidget)
        for key, under in UNDER.items():
            window.add_page(key, QWidget, under=under)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.show()
        return window

    @cached_property
    def saying(self) -> Saying:
        """The quiet line of the window."""
        return Saying(self._theme, self.window)

    @cached_property
    def _navigator(self) -> _Heard:
        return _Heard(self)


class _Heard(Navigator):
    """The navigator, heard by whoever tests, also where it says something by itself."""

    def __init__(self, steps: Steps) -> None:
        super().__init__(steps.window, steps._workspace, Words(), steps.saying)
        self._steps = steps

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        self._steps.said.append(sentence)
        super().say(sentence, undo)

    def trouble(self, error: GembaError) -> None:
        self._steps.troubles.append(error)
        super().trouble(error)
