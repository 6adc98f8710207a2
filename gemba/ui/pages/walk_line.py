"""The one line of walk mode: what I saw, in facts, and apart from it what I make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.observation import CATEGORIES, STANDARD_STATES, Observation
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Button, Chip, FlowLayout, Label, TextField
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

FURTHER: Final = ("think", "their_words", "in_the_way", "might_try")


class WalkLine(QWidget):
    """Writes one observation while it is typed, so that a half-typed line survives.

    The record is made with the first letter; `kept` hands on the observation, `pasted` pictures
    and files for this line. ``stop`` names the stop the leader stands at.
    """

    kept = Signal(object)
    pasted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        stop: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._stop = stop
        self._walk_id: UUID | None = None
        self._line: Observation | None = None
        self.saw = TextField(
            theme,
            "",
            question=self.tr("What do you see, hear or count?"),
            lines=2,
            most=4,
            big=True,
            enter_keeps=True,
            name=self.tr("I saw, in facts"),
        )
        self.further = {
            "think": TextField(theme, self.tr("I think"), enter_keeps=True),
            "their_words": TextField(theme, self.tr("Their words"), enter_keeps=True),
            "in_the_way": TextField(theme, self.tr("In the way"), enter_keeps=True),
            "might_try": TextField(theme, self.tr("Might try"), enter_keeps=True),
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build_head()
        self._column.addWidget(self.saw)
        self._build_further()
        self._build_words()
        self._build_categories()
        self._autosave = Autosave(self.saw, self._save)
        for field in self.further.values():
            self._autosave.bind(field)
            field.entered.connect(self.keep)
        self.saw.entered.connect(self.keep)
        self.saw.pasted.connect(self.pasted)
        for field in (self.saw, *self.further.values()):
            field.edit.installEventFilter(self)

    def _build_head(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, self.theme.px(4))
        row.setSpacing(self.theme.px(12))
        row.addWidget(Label(self.theme, self.tr("I saw, in facts"), step="small", tone="ink_soft"))
        row.addStretch(1)
        self._chips = row
        self._column.addLayout(row)

    def _build_further(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self.theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for at, field in enumerate(self.further.values()):
            self._grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            field.hide()
        self._column.addLayout(self._grid)

    def _build_words(self) -> None:
        theme = self.theme
        host = QWidget()
        flow = FlowLayout(host, gap=theme.px(4))
        self._tab = Label(theme, self.tr("Tab"), step="small", tone="ink_soft", wrap=False)
        self._tab.setFixedHeight(theme.px(48))
        flow.addWidget(self._tab)
        self.reveal_words: dict[str, WordButton] = {}
        for name, field in self.further.items():
            word = WordButton(theme, field.label.text())
            word.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            word.clicked.connect(lambda _on=False, name=name: self.reveal(name))
            self.reveal_words[name] = word
            flow.addWidget(word)
        self.standards: dict[str, WordButton] = {}
        self._standard_group = _Untoggling(self)
        states = QHBoxLayout()
        states.setSpacing(theme.px(4))
        for state, words in zip(
            STANDARD_STATES,
            (self.tr("normal"), self.tr("abnormal"), self.tr("no standard seen")),
            strict=True,
        ):
            button = WordButton(theme, words, checkable=True)
            self._standard_group.add(button)
            button.clicked.connect(self._mark)
            self.standards[state] = button
            states.addWidget(button)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(host, 1)
        row.addLayout(states)
        self._column.addLayout(row)

    def _build_categories(self) -> None:
        theme = self.theme
        host = QWidget()
        flow = FlowLayout(host, gap=theme.px(8))
        words = (
            self.tr("going well"),
            self.tr("safety"),
            self.tr("quality"),
            self.tr("delivery"),
            self.tr("cost"),
            self.tr("people"),
        )
        self.categories: dict[str, Button] = {}
        self._category_group = _Untoggling(self)
        for number, (category, word) in enumerate(zip(CATEGORIES, words, strict=True)):
            hint = self.tr("Alt 0") if number == 0 else str(number)
            button = Button(theme, word, big=True, hint=hint, checkable=True)
            self._category_group.add(button)
            button.clicked.connect(self._mark)
            self.categories[category] = button
            flow.addWidget(button)
        self._column.addWidget(host)

    # What is shown

    def open(self, walk_id: UUID | None) -> None:
        """Write on this walk from now on, going on with a line that was left half typed."""
        self.flush()
        self._walk_id = walk_id
        self._clear()
        # What was handed over on leaving a moment ago may still be on its way to the disk.
        self._walks.settle()
        draft = self._walks.draft(walk_id)
        if draft is not None:
            self._show(draft)

    def _show(self, line: Observation) -> None:
        self._line = line
        self.saw.set_text(line.saw)
        for name, field in self.further.items():
            text = getattr(line, name)
            field.set_text(text)
            self._set_revealed(name, bool(text))
        self._category_group.choose(self.categories.get(line.category))
        self._standard_group.choose(self.standards.get(line.standard))
        self._show_marks(())

    def _clear(self) -> None:
        self._autosave.drop()
        self._line = None
        self.saw.set_text("")
        self.saw.say("")
        for name, field in self.further.items():
            field.set_text("")
            self._set_revealed(name, False)
        self._category_group.choose(None)
        self._standard_group.choose(None)
        self._show_marks(())

    def show_marks(self, marks: tuple[tuple[str, str], ...]) -> None:
        """Show what became of the line already, such as a photo or a promise."""
        self._show_marks(tuple(mark for mark in marks if mark[0]))

    def _show_marks(self, marks: tuple[tuple[str, str], ...]) -> None:
        while self._chips.count() > 2:
            item = self._chips.takeAt(2)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon, words in marks:
            self._chips.addWidget(Chip(self.theme, words, kind="plain", icon=icon))

    def reveal(self, name: str) -> None:
        """Open one of the further lines and put the caret in it."""
        self._set_revealed(name, True)
        self.further[name].edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _set_revealed(self, name: str, revealed: bool) -> None:
        self.further[name].setVisible(revealed)
        self.reveal_words[name].setVisible(not revealed)
        shown = any(not field.isHidden() for field in self.further.values())
        self._grid.setContentsMargins(0, self.theme.px(8) if shown else 0, 0, 0)
        self._tab.setVisible(any(not word.isHidden() for word in self.reveal_words.values()))

    # What is written

    @property
    def line(self) -> Observation | None:
        """The record of the line as it was made, or None while nothing is written."""
        return self._line

    @property
    def empty(self) -> bool:
        """Whether nothing was written or chosen yet."""
        return self._line is None and not any(self._values().values())

    def begin(self) -> Observation:
        """Return the record of this line, made now if there is none."""
        if self._line is None:
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        self.flush()
        return self._line

    def choose_category(self, number: int) -> None:
        """Choose a category by its number, or take it away again."""
        self.categories[CATEGORIES[number]].click()

    def set_category(self, category: str) -> None:
        """Show a category that was chosen elsewhere."""
        self._category_group.choose(self.categories.get(category))

    def _mark(self) -> None:
        self._autosave.touch()
        self._autosave.flush()

    def _values(self) -> dict[str, str]:
        values = {"saw": self.saw.text()}
        for name, field in self.further.items():
            values[name] = field.text()
        values["category"] = _chosen(self.categories)
        values["standard"] = _chosen(self.standards)
        return values

    def _save(self, visit: str) -> None:
        values = self._values()
        if self._line is None:
            if not any(values.values()):
                return
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        self._walks.write_line(self._line.id, visit=visit, **values)

    def flush(self) -> None:
        """Hand over what waits."""
        self._autosave.leave()

    def keep(self) -> None:
        """Keep the line and open an empty one; without facts say what is missing."""
        values = self._values()
        if not values["saw"].strip():
            self.saw.say(self.tr("Write what you saw first; a few words are enough."))
            self.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._autosave.drop()
        if self._line is None:
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        seen = self._walks.keep(self._line.id, **values)
        self._clear()
        self.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.kept.emit(seen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab opens one further line after the other."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain:
                edits = [self.saw.edit, *(self.further[name].edit for name in FURTHER)]
                at = next((i for i, edit in enumerate(edits) if edit is watched), len(FURTHER))
                if at < len(FURTHER):
                    self.reveal(FURTHER[at])
                    return True
        return super().eventFilter(watched, event)


def _chosen(buttons: dict[str, Button] | dict[str, WordButton]) -> str:
    return next((key for key, button in buttons.items() if button.isChecked()), "")


class _Untoggling(QObject):
    """Of these buttons one at most is chosen; a second press takes the choice away."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)

    def add(self, button: Button | WordButton) -> None:
        self._group.addButton(button)
        button.clicked.connect(lambda _on=False: self._only(button))

    def _only(self, button: Button | WordButton) -> None:
        for other in self._group.buttons():
            if other is not button:
                other.setChecked(False)

    def choose(self, button: Button | WordButton | None) -> None:
        for other in self._group.buttons():
            other.setChecked(other is button)
