"""The way of a walk: from stop to stop, and one more stop that nobody planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gemba.domain.walk import Walk
from gemba.services.drafts import Drafts
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.forms import StopForm
from gemba.ui.pages.walk_board import WalkBoard

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class WalkWay(QObject):
    """Moves between the stops of the walk under way and takes in a new one.

    ``walk`` names the walk, ``show`` is handed it after each change, and ``form_gone`` hears
    that the line for a new stop was closed.
    """

    def __init__(
        self,
        page: QWidget,
        theme: Theme,
        *,
        walks: Walks,
        drafts: Drafts,
        board: WalkBoard,
        walk: Callable[[], Walk | None],
        show: Callable[[Walk], None],
        form_gone: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._theme = theme
        self._walks = walks
        self._drafts = drafts
        self._board = board
        self._walk = walk
        self._show = show
        self._form_gone = form_gone
        self.form: StopForm | None = None
        board.head.path.chosen.connect(self.go_to)
        for scrolling in (board.kept, board.rest, board.card.view):
            scrolling.installEventFilter(self)

    def stop_id(self) -> str:
        """Return the stop the leader stands at, or nothing."""
        walk = self._walk()
        return walk.at_stop if walk is not None else ""

    def go_to(self, stop_id: str) -> None:
        """Stand at this stop; what is being written stays where it was seen."""
        walk = self._walk()
        if walk is not None:
            self._show(self._walks.change(walk.id, at_stop=stop_id))

    # One more stop

    def ask_stop(self) -> None:
        """Ask for a place in one line; it comes after the stop the leader stands at."""
        walk = self._walk()
        if walk is None:
            return
        here = next((stop.place for stop in walk.stops if stop.id == walk.at_stop), "")
        about = self.tr("After {place}").format(place=here) if here else self.tr("The first stop")
        form = StopForm(self._theme, about=about, big=True)
        name = f"stop.{walk.id}"
        form.recall(self._drafts.read(name))
        saving = Autosave(form.place, lambda _visit: self._drafts.keep(name, **form.texts()))

        def close() -> None:
            saving.drop()
            self._drafts.drop(name)
            self.form = None
            self._form_gone()

        def named(place: str) -> None:
            self._show(self._walks.add_stop(walk.id, place))
            close()

        form.gave_up.connect(close)
        form.named.connect(named)
        self.form = form
        self._board.hold(form)
        form.begin()

    def drop(self) -> None:
        """Take the line away; what stands in it is there when it is opened again."""
        if self.form is not None:
            hand_over(self.form)
            self.form = None
            self._board.drop_form()

    # Keys

    def moves(self, event: QKeyEvent) -> bool:
        """Tell whether this key goes to another stop."""
        walk = self._walk()
        if walk is None or not walk.stops:
            return False
        return bool(_step(event)) and not self._board.isHidden()

    def move(self, event: QKeyEvent) -> None:
        """Go to the stop that this key means."""
        self._board.head.path.step(_step(event))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow is not for scrolling."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self.moves(event):
            self.move(event)
            return True
        return super().eventFilter(watched, event)


def _step(event: QKeyEvent) -> int:
    """Which way Alt with an arrow goes, 0 for any other key."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    return steps.get(Qt.Key(event.key()), 0) if held == Qt.KeyboardModifier.AltModifier else 0
