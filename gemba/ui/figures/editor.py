"""What every figure's editor is: a panel that turns what is typed into a new figure."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.figures import Figure
from gemba.domain.figures.fishbone import BoneCause
from gemba.domain.figures.telling import Say, plain_english
from gemba.ui.figures.counted import CountedStrip
from gemba.ui.widgets import Field

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

WIDTH = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an editor may ask of the app.

    ``asked`` returns what is to be asked about words that stand in a place, as "countermeasure",
    nothing where it was answered; ``ends_at_person`` tells that a cause names one. ``add_photo``
    stores a picture and returns its hash, raising GembaError for what is no picture; ``read_photo``
    returns its bytes or raises GembaError; ``explain`` turns such an error into a sentence.
    ``thread`` makes what shows the ties of a cause or an action by its id, where figures stand on a
    sheet; ``seen`` returns the category, area or stop of each observation of the walks; ``to_tree``
    takes a verified cause, with the effect it leads to, into the why tree there; ``figures``
    returns all that stand on the sheet; ``area_word`` is what a place of work is called.
    ``counted`` says of a figure from Patterns when it was counted, nothing for any other, and
    ``count_again`` returns it as it counts now or raises GembaError.
    """

    today: Callable[[], date] = date.today
    asked: Callable[[str, str], str] = lambda _place, _words: ""
    ends_at_person: Callable[[str], bool] = lambda _text: False
    add_photo: Callable[[bytes, str], str] | None = None
    read_photo: Callable[[str], bytes] | None = None
    explain: Callable[[Exception], str] = str
    say: Say = plain_english
    thread: Callable[[str], QWidget] | None = None
    seen: Callable[[str], Sequence[str]] | None = None
    to_tree: Callable[[BoneCause, str], None] | None = None
    figures: Callable[[], Sequence[Figure]] | None = None
    area_word: Callable[[], str] = lambda: "area"
    counted: Callable[[Figure], str] | None = None
    count_again: Callable[[Figure], Figure] | None = None


def new_id() -> str:
    """Return an id that no other item of a figure has."""
    return secrets.token_hex(4)


class FigureEditor(QWidget):
    """A caption, and below it whatever the figure needs.

    `changed` hands on a new frozen figure after each change by the user. `set_figure` shows
    another state of it, as after undo, and sends nothing.
    """

    changed = Signal(object)

    def __init__(
        self, theme: Theme, figure: Figure, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.around = around
        self._figure: Figure = figure
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        self.caption = Field(
            theme,
            self.tr("Caption"),
            question=self.tr("What does it show, and in which days?"),
            parent=self,
        )
        self.caption.set_text(figure.caption)
        self.caption.edited.connect(self._caption_edited)
        self.body.addWidget(self.caption)
        self.counted: CountedStrip | None = None
        if around.counted is not None and around.counted(figure):
            self.counted = CountedStrip(theme, self)
            self.counted.wanted.connect(self._count_again)
            self.body.addWidget(self.counted)
        self._show_counted()

    @property
    def figure(self) -> Figure:
        """The figure as it stands now."""
        return self._figure

    def set_figure(self, figure: Figure) -> None:
        """Show another state of the figure."""
        if figure == self._figure:
            return
        self._show(figure)

    def _show(self, figure: Figure) -> None:
        self._figure = figure
        if self.caption.text() != figure.caption:
            self.caption.set_text(figure.caption)
        self._show_counted()
        self.show_figure()

    def _show_counted(self) -> None:
        if self.counted is not None and self.around.counted is not None:
            self.counted.said.setText(self.around.counted(self._figure))

    def _count_again(self) -> None:
        """Count anew what the figure was counted from; where that fails it stays as it is."""
        assert self.around.count_again is not None
        assert self.counted is not None
        try:
            fresh = self.around.count_again(self._figure)
        except GembaError as error:
            self.counted.said.setText(self.around.explain(error))
            return
        self.put(fresh)
        self._show(fresh)

    def show_figure(self) -> None:
        """Bring every widget to the state of the figure; each editor says how."""

    def ask_again(self) -> None:
        """Say anew what is asked about the words, as after an answer; not every editor asks."""

    def begin(self) -> None:
        """Put the caret where the user will want to go on."""
        self.caption.setFocus()

    def begin_at(self, item: str) -> None:
        """Put the caret into one of the figure's items; where it has none, as to begin with."""
        self.begin()

    def leave(self) -> None:
        """Hand over what is still being written; called before the editor goes."""
        inside = QApplication.focusWidget()
        if inside is not None and self.isAncestorOf(inside):
            inside.clearFocus()

    def put(self, figure: Figure) -> None:
        """Take a new state made by the user, and hand it on where it differs."""
        if figure == self._figure:
            return
        self._figure = figure
        self.changed.emit(figure)

    def _caption_edited(self) -> None:
        self.put(replace(self._figure, caption=self.caption.text()))

    def sizeHint(self) -> QSize:
        """As wide as a drawer for figures."""
        return QSize(self.theme.px(WIDTH), super().sizeHint().height())
