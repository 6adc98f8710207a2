"""Short forms of one line that open where they are needed and go away again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.widgets import Button, Field, Label, NameField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.frame import LineField


_BESIDE = 640


class Inline(QWidget):
    """Fields side by side under the words they are about; Enter goes on, Esc gives up."""

    gave_up = Signal()

    def __init__(
        self,
        theme: Theme,
        about: str,
        done: str,
        icon: str,
        *,
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(16))
        column.setSpacing(theme.px(8))
        self.about = Label(theme, about, step="small", tone="ink_soft", wrap=False)
        column.addWidget(self.about)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(theme.px(8))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._both.addLayout(self._row, 1)
        column.addLayout(self._both)
        self.done = Button(theme, done, icon=icon, big=big)
        self.no = Button(theme, self.tr("Not now"), kind="quiet", big=big)
        self.done.clicked.connect(self._finish)
        self.no.clicked.connect(self.gave_up)

    def _close_row(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(self.theme.px(8))
        buttons.addStretch(1)
        for button in (self.done, self.no):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._both.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the fields where they would leave no room for words."""
        super().resizeEvent(event)
        wide = event.size().width() >= self.theme.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    @abstractmethod
    def begin(self) -> None:
        """Put the caret where the first words go."""

    @abstractmethod
    def fields(self) -> dict[str, LineField]:
        """The fields by their name, for keeping them while they are typed."""

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.line.text() for name, field in self.fields().items()}

    def recall(self, texts: dict[str, str]) -> None:
        """Put back what stood in the fields when the form was left."""
        for name, text in texts.items():
            if name in self.fields():
                self.fields()[name].line.setText(text)

    @abstractmethod
    def _finish(self) -> None: ...

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
            return
        super().keyPressEvent(event)


class PromiseForm(Inline):
    """To whom, and what; `made` hands on both. What was seen is offered as the words."""

    made = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        *,
        about: str,
        words: str,
        names: Sequence[tuple[UUID, str]],
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, about, self.tr("Promise"), "handshake", big=big, parent=parent)
        self.who = NameField(
            theme, self.tr("To whom?"), question=self.tr("Who raised it?"), big=big
        )
        self.who.set_names(names)
        self.what = Field(
            theme,
            self.tr("What do you promise?"),
            question=self.tr("What will you find out?"),
            big=big,
        )
        self.what.set_text(words)
        self._row.addWidget(self.who, 2)
        self._row.addWidget(self.what, 3)
        self._close_row()
        self.who.entered.connect(self._to_words)
        self.what.entered.connect(self._finish)

    def begin(self) -> None:
        """Put the caret where the first words go."""
        self.who.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, LineField]:
        """To whom, and what."""
        return {"who": self.who, "what": self.what}

    def _to_words(self) -> None:
        self.what.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.what.line.selectAll()

    def _finish(self) -> None:
        words = self.what.text().strip()
        if not words:
            self.what.say(self.tr("Write what you promise."))
            self.what.line.setFocus()
            return
        self.made.emit(self.who.value()[1], words)


class ThankForm(Inline):
    """Whom you thank and for what, in one line; `thanked` hands it on."""

    thanked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        about: str,
        words: str = "",
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, about, self.tr("Thank"), "heart-handshake", big=big, parent=parent)
        self.words: LineField = Field(
            theme,
            self.tr("Thank whom, for what exactly?"),
            question=self.tr("Whose doing was it, and what did it make easier?"),
            big=big,
        )
        assert isinstance(self.words, Field)
        self.words.set_text(words)
        self._row.addWidget(self.words, 1)
        self._close_row()
        self.words.entered.connect(self._finish)

    def begin(self) -> None:
        """Put the caret where the first words go."""
        self.words.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, LineField]:
        """The one line."""
        return {"words": self.words}

    def _finish(self) -> None:
        words = self.words.line.text().strip()
        if words:
            self.thanked.emit(words)
        else:
            self.words.say(self.tr("One name or one sentence is enough."))


class OwnerForm(Inline):
    """Whose board an obstacle goes to; `named` hands on the name."""

    named = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        about: str,
        names: Sequence[tuple[UUID, str]],
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, about, self.tr("Park it"), "target", big=big, parent=parent)
        self.who = NameField(
            theme,
            self.tr("On whose board?"),
            question=self.tr("Whose way does it stand in?"),
            big=big,
        )
        self.who.set_names(names)
        self._row.addWidget(self.who, 1)
        self._close_row()
        self.who.entered.connect(self._finish)

    def begin(self) -> None:
        """Put the caret where the first words go."""
        self.who.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, LineField]:
        """On whose board."""
        return {"who": self.who}

    def _finish(self) -> None:
        name = self.who.value()[1]
        if name:
            self.named.emit(name)
        else:
            self.who.say(self.tr("Name the person who works on it."))


class StopForm(Inline):
    """One more stop on the way, in one line; `named` hands on the place."""

    named = Signal(object)

    def __init__(
        self, theme: Theme, *, about: str, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, about, self.tr("Add the stop"), "map-pin", big=big, parent=parent)
        self.place = Field(
            theme,
            self.tr("Where do you stop now?"),
            question=self.tr("Which place, as people here call it?"),
            big=big,
        )
        self._row.addWidget(self.place, 1)
        self._close_row()
        self.place.entered.connect(self._finish)

    def begin(self) -> None:
        """Put the caret where the first words go."""
        self.place.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, LineField]:
        """The place."""
        return {"place": self.place}

    def _finish(self) -> None:
        words = self.place.text().strip()
        if words:
            self.named.emit(words)
        else:
            self.place.say(self.tr("Name the place in a word or two."))
