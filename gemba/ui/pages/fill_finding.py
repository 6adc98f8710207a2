"""Answers chosen among very many: those chosen, and those whose words hold what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.form_view import FormChoice, FormQuestion
from gemba.ui.pages.common import clear
from gemba.ui.pages.fill_editor import Editor
from gemba.ui.widgets import CheckBox, Field, Label, Radio

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_SHOWN: Final = 6
"""So many choices stand below the line at first; more would be a wall to read."""
_CHOSEN: Final = 60
"""So many of those chosen stand above them; a window is built in no time with so few."""


class FindEditor(Editor):
    """One or several of very many choices. Enter chooses the first that is found."""

    def __init__(self, theme: Theme, question: FormQuestion) -> None:
        super().__init__(theme)
        self._several = question.kind == "several"
        self._read_only = False
        self._choices: tuple[FormChoice, ...] = ()
        self._words: dict[str, str] = {}
        self._chosen: list[str] = []
        self.options: dict[str, CheckBox | Radio] = {}
        self.wanted = Field(theme, "", name=question.plain)
        self.column.addWidget(self.wanted)
        self.setFocusProxy(self.wanted.line)
        self._host = QWidget()
        self._rows = QVBoxLayout(self._host)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.column.addWidget(self._host)
        self.more = Label(theme, "", step="small", tone="ink_soft")
        self.column.addWidget(self.more)
        self.wanted.edited.connect(self._fill)
        self.wanted.entered.connect(self._enter)

    def show_answer(self, question: FormQuestion) -> None:
        """Show those chosen, and what there is to choose from now."""
        chosen = [one for one in question.chosen if one]
        lost = not set(chosen) <= set(self.options)
        anew = question.choices != self._choices or question.read_only != self._read_only
        self._chosen, self._read_only = chosen, question.read_only
        if question.choices != self._choices:
            self._choices = question.choices
            self._words = {one.name: one.words for one in question.choices}
            words = self.tr("Type to find one of {n}").format(n=len(self._words))
            self.wanted.line.setPlaceholderText(words)
        self.wanted.setVisible(not question.read_only)
        if anew or lost:
            self._fill()
        for name, option in self.options.items():
            option.setAutoExclusive(False)
            option.setChecked(name in self._chosen)

    def found(self) -> list[str]:
        """Return the names of what is not chosen and holds what is typed, as they are offered."""
        typed = self.wanted.text().strip().casefold()
        return [
            name
            for name, words in self._words.items()
            if name not in self._chosen and typed in words.casefold()
        ]

    def _fill(self) -> None:
        """Show those chosen first, then what is found; ticking one moves nothing about."""
        found = [] if self._read_only else self.found()
        held = [name for name in self._chosen if name in self._words]
        with self.unseen(self._host):
            clear(self._rows)
            self.options = {}
            for name in (*held[:_CHOSEN], *found[:_SHOWN]):
                self._add(name)
        self._say_more(
            len(found) - _SHOWN, len(held) - _CHOSEN, missed=not (found or self._read_only)
        )

    def _add(self, name: str) -> None:
        kind = CheckBox if self._several else Radio
        option = kind(self.theme, self._words[name], parent=self._host)
        option.setAutoExclusive(False)
        option.setChecked(name in self._chosen)
        option.clicked.connect(lambda _on=False: self._choose(name))
        self.options[name] = option
        self._rows.addWidget(option)

    def _say_more(self, found: int, held: int, *, missed: bool) -> None:
        words = []
        if missed and self.wanted.text().strip():
            words = [self.tr("Nothing like this is offered.")]
        if held > 0:
            words.append(self.tr("{n} more are chosen.").format(n=held))
        if found > 0:
            words.append(self.tr("{n} more: type a few letters.").format(n=found))
        self.more.setText(" ".join(words))
        self.more.setVisible(bool(words))

    def _enter(self) -> None:
        found = self.found()
        if not self.wanted.text().strip() or not found:
            self.next.emit()
            return
        self.wanted.set_text("")
        self._choose(found[0])
        self._fill()

    def _choose(self, name: str) -> None:
        if self._read_only:
            self.options[name].setChecked(True)
            return
        if not self._several:
            self._chosen = [] if self._chosen == [name] else [name]
        elif name in self._chosen:
            self._chosen.remove(name)
        else:
            self._chosen.append(name)
        self.given.emit(" ".join(self._chosen))

    def text(self) -> str:
        """The names chosen, in the order in which they were."""
        return " ".join(self._chosen)
