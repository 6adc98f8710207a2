"""What stands apart from the fact on a walk: what I make of it, and what kind it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.observation import CATEGORIES, STANDARD_STATES
from gemba.ui.pages.category_words import category_word
from gemba.ui.pages.common import clear
from gemba.ui.pages.observation_attached import MEMO
from gemba.ui.pages.question_words import question_note
from gemba.ui.pages.walk_beside import WalkBeside
from gemba.ui.widgets import Button, FlowLayout, Label, TextField
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from gemba.domain.question_form import AskedAs
    from gemba.ui.theme import Theme

FURTHER: Final = ("think", "asked", "their_words", "in_the_way", "might_try")


class WalkApart(QWidget):
    """The further lines, the words that open them, the standard and the category.

    `marked` says that a standard or a category was chosen, `revealed` hands on the line that
    was opened.
    """

    marked = Signal()
    revealed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        asked_as: Callable[[str], AskedAs],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._asked_as = asked_as
        self.further = {
            "think": TextField(theme, self.tr("I think"), enter_keeps=True),
            "asked": TextField(theme, self.tr("I asked"), enter_keeps=True),
            "their_words": TextField(theme, self.tr("Their words"), enter_keeps=True),
            "in_the_way": TextField(theme, self.tr("In the way"), enter_keeps=True),
            "might_try": TextField(theme, self.tr("Might try"), enter_keeps=True),
        }
        self.further["asked"].edited.connect(self._note_question)
        self.standards: dict[str, WordButton] = {}
        self.beside = WalkBeside(theme)
        self.memos = self.beside.memos
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build_further()
        self._column.addWidget(self.beside)
        self.prompts = self._build_prompts()
        self._column.addWidget(self.prompts)
        self._build_categories()

    def put_below(self, widget: QWidget) -> None:
        """Put something under the categories, which keep their place where there is little room."""
        widget.setContentsMargins(0, self.theme.px(8), 0, 0)
        self._column.addWidget(widget)

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

    def _build_prompts(self) -> QWidget:
        theme = self.theme
        prompts = QWidget()
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
        self.memo_word = WordButton(theme, self.tr("Voice memo"))
        self.memo_word.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keys = QKeySequence(MEMO)
        self.memo_word.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        flow.addWidget(self.memo_word)
        row = QHBoxLayout(prompts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(host, 1)
        states = self._build_standards()
        row.addLayout(states)
        row.setAlignment(states, Qt.AlignmentFlag.AlignTop)
        return prompts

    def _build_standards(self) -> QHBoxLayout:
        self._standard_group = _Untoggling(self)
        states = QHBoxLayout()
        states.setSpacing(self.theme.px(4))
        for state, words in zip(
            STANDARD_STATES,
            (self.tr("normal"), self.tr("abnormal"), self.tr("no standard seen")),
            strict=True,
        ):
            button = WordButton(self.theme, words, checkable=True)
            self._standard_group.add(button)
            button.clicked.connect(self._tell_beside)
            button.clicked.connect(self.marked)
            self.standards[state] = button
            states.addWidget(button)
        return states

    def _build_categories(self) -> None:
        host = QWidget()
        self._category_flow = FlowLayout(host, gap=self.theme.px(8))
        self.categories: dict[str, Button] = {}
        self._category_group = _Untoggling(self)
        self._narrow = False
        self._column.addWidget(host)
        self.offer(CATEGORIES)

    def offer(self, categories: Sequence[str]) -> None:
        """Offer these categories, the first of them by Alt+0; what was chosen is chosen no more."""
        if tuple(self.categories) == tuple(categories):
            return
        clear(self._category_flow)
        self._category_group.forget()
        self.categories.clear()
        for category in categories:
            self._add_category(category)
        self.set_narrow(self._narrow)

    def _add_category(self, category: str) -> None:
        button = Button(self.theme, category_word(category), big=True, checkable=True)
        keys = QKeySequence(f"Alt+{len(self.categories)}")
        button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self._category_group.add(button)
        button.clicked.connect(self.marked)
        self.categories[category] = button
        self._category_flow.addWidget(button)
        button.show()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the numbers before the categories to their tooltips, so that one row holds all."""
        self._narrow = narrow
        for number, button in enumerate(self.categories.values()):
            wide = self.tr("Alt 0") if number == 0 else str(number)
            button.hint = "" if narrow else wide
            button.updateGeometry()
            button.update()

    def set_folded(self, folded: bool) -> None:
        """Hide the standard and the words that open further lines; Tab opens them all the same."""
        self.prompts.setVisible(not folded)
        for name, field in self.further.items():
            self.set_revealed(name, not field.isHidden())

    def _note_question(self) -> None:
        """Say beside the question how it was put; only the leader sees it, and nothing keeps it."""
        note = question_note(self._asked_as(self.further["asked"].text()))
        words = self.tr("I asked")
        self.further["asked"].set_label(f"{words}: {note}" if note else words)

    # What is shown

    def reveal(self, name: str) -> None:
        """Open one of the further lines and put the caret in it."""
        self.set_revealed(name, True)
        self.further[name].edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.revealed.emit(self.further[name])

    def set_revealed(self, name: str, revealed: bool) -> None:
        """Show one of the further lines, or the word that opens it."""
        self.further[name].setVisible(revealed)
        self.reveal_words[name].setVisible(not revealed)
        shown = any(not field.isHidden() for field in self.further.values())
        gap = self.theme.px(8) if shown else 0
        self._grid.setContentsMargins(0, gap, 0, gap if self.prompts.isHidden() else 0)
        self._tab.setVisible(any(not word.isHidden() for word in self.reveal_words.values()))
        self._tell_beside()

    def _tell_beside(self) -> None:
        """Have the photo of the standard and who spoke stand there where they have a reason."""
        chosen = _chosen(self.standards)
        self.beside.set_reasons(
            compared=chosen in ("normal", "abnormal"),
            quoted=not self.further["their_words"].isHidden(),
        )

    def set_values(self, further: dict[str, str], category: str, standard: str) -> None:
        """Show what stands beside a fact already; lines without words stay closed."""
        for name, field in self.further.items():
            field.set_text(further.get(name, ""))
            if name == "asked":
                self._note_question()
            self.set_revealed(name, bool(further.get(name)))
        if category and category not in self.categories:
            # Chosen under another set of categories; it is not lost by being looked at.
            self._add_category(category)
            self.set_narrow(self._narrow)
        self.choose_category(category)
        self._standard_group.choose(self.standards.get(standard))
        self._tell_beside()

    def choose_category(self, category: str) -> None:
        """Show this category as the chosen one, or none."""
        self._category_group.choose(self.categories.get(category))

    def values(self) -> dict[str, str]:
        """What is written and chosen, by the names of an observation."""
        found = {name: field.text() for name, field in self.further.items()}
        found["category"] = _chosen(self.categories)
        found["standard"] = _chosen(self.standards)
        return found


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

    def forget(self) -> None:
        """Let every button go."""
        for button in self._group.buttons():
            self._group.removeButton(button)

    def choose(self, button: Button | WordButton | None) -> None:
        for other in self._group.buttons():
            other.setChecked(other is button)
