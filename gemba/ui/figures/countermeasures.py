"""Comparing countermeasures: one line for each option, what it takes when it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasure_read import read_options
from gemba.domain.figures.countermeasure_rules import (
    countermeasure_findings,
    has_words,
)
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.named_range import moved_told
from gemba.domain.figures.words import option_facts
from gemba.ui.figures.editor import Around, new_id
from gemba.ui.figures.item_list import ItemList, ItemRow
from gemba.ui.figures.outline import LineEditor
from gemba.ui.widgets import Button, CheckBox, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class OptionRow(ItemRow):
    """One option: what, and when it is open its cause, prediction, levels and choice."""

    def __init__(self, theme: Theme, option: Option, around: Around, parent: QWidget) -> None:
        super().__init__(theme, option.id, around, parent)
        self.option = option
        tr = self.tr
        question = tr("What could be done?")
        if option.nothing:
            question = around.say("countermeasures.nothing")
        self.number = Label(theme, "", step="strong", wrap=False, parent=self)
        self.words = LineEditor(theme, tr("What"), question, self)
        self.words.takes_tab = False
        self.words.set_text(option.what)
        self.setFocusProxy(self.words)
        self.line.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.words, 1)
        self._build_details(theme)
        self.words.edited.connect(lambda: self._take(replace(self.option, what=self.words.text())))
        self.show_option(option)

    def _build_details(self, theme: Theme) -> None:
        px, tr, say = theme.px, self.tr, self.around.say
        self.cause = Field(theme, tr("Acts on cause"), question=tr("A, or its words"), parent=self)
        self.effect = Field(theme, tr("We predict"), question=tr("25 of 30 by 10:00"), parent=self)
        for name, field in (("cause", self.cause), ("effect", self.effect)):
            field.edited.connect(lambda name=name: self._typed(name))
            field.entered.connect(lambda: self.went_on.emit(self.id))
        levels = [("", tr("?")), *((level, say(f"level.{level}")) for level in LEVELS)]
        lasts = [("", tr("?")), *((one, say(f"lasts.{one}")) for one in LASTS)]
        heads = {
            "impact": (tr("Effect"), levels),
            "effort": (tr("Effort"), levels),
            "risk": (tr("Risk"), levels),
            "lasts": (tr("Lasts"), lasts),
        }
        self.choices: dict[str, Segmented] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for row, (name, (label, options)) in enumerate(heads.items()):
            choice = Segmented(theme, options, name=label, parent=self)
            choice.chosen.connect(lambda key, name=name: self._choose(name, key))
            self.choices[name] = choice
            grid.addWidget(Label(theme, label, wrap=False, parent=self), row, 0)
            grid.addWidget(choice, row, 1)
        grid.setColumnStretch(1, 1)
        self.chosen = CheckBox(theme, tr("Chosen"), parent=self)
        self.chosen.toggled.connect(lambda on: self._take(replace(self.option, chosen=on)))
        self.bin = self.make_bin(self)
        parts = self.details_column()
        for part in (self.cause, self.effect):
            parts.addWidget(part)
        parts.addLayout(grid)
        last = QHBoxLayout()
        last.addWidget(self.chosen)
        last.addStretch(1)
        last.addWidget(self.bin)
        parts.addLayout(last)
        if self.around.thread is not None:
            parts.addWidget(self.around.thread(self.id))

    def last_stop(self) -> QWidget:
        """Return the button that removes the option."""
        return self.bin

    def show_option(self, option: Option) -> None:
        """Bring the row to the state of its option; the caret stays."""
        self.option = option
        if self.words.text() != option.what:
            self.words.set_text(option.what)
        for name, field in (("cause", self.cause), ("effect", self.effect)):
            if field.text() != getattr(option, name):
                field.set_text(getattr(option, name))
        for name, choice in self.choices.items():
            known = LASTS if name == "lasts" else LEVELS
            value = getattr(option, name) if getattr(option, name) in known else ""
            if choice.value() != value:
                choice.set_value(value)
        self.chosen.blockSignals(True)
        self.chosen.setChecked(option.chosen)
        self.chosen.blockSignals(False)
        self.say_small(" · ".join(option_facts(option, self.around.say)))

    def show_number(self, number: int) -> None:
        """Show under which number the option stands on paper."""
        self.number.setText(str(number))
        name = self.tr("Countermeasure {number}").format(number=number)
        self.words.setAccessibleName(name)

    def _typed(self, name: str) -> None:
        field = self.cause if name == "cause" else self.effect
        self._take(replace(self.option, **{name: field.text()}))  # type: ignore[arg-type]

    def _choose(self, name: str, key: str) -> None:
        self._take(replace(self.option, **{name: key}))  # type: ignore[arg-type]

    def _take(self, option: Option) -> None:
        if option != self.option:
            self.option = option
            self.say_small(" · ".join(option_facts(option, self.around.say)))
            self.edited.emit(option)


class CountermeasuresEditor(ItemList[Option, OptionRow]):
    """The options in the order in which they are told; Enter adds the next one."""

    def __init__(
        self, theme: Theme, figure: Countermeasures, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        line = self.add_list(tr("Another option"))
        self.idle = Button(theme, tr("Compare with doing nothing"), kind="quiet", parent=self)
        self.idle.clicked.connect(self._add_nothing)
        self.grid = CheckBox(theme, tr("Draw effect over effort"), parent=self)
        self.grid.toggled.connect(lambda on: self.put(replace(self._shown, grid=on)))
        line.addWidget(self.idle)
        line.addStretch(1)
        self.body.addWidget(self.grid)
        self.add_keys(tr("Enter: the next option. Alt+Up, Alt+Down: move it."))
        self.show_figure()

    @property
    def _shown(self) -> Countermeasures:
        assert isinstance(self._figure, Countermeasures)
        return self._figure

    def items(self) -> tuple[Option, ...]:
        """Return the options."""
        return self._shown.options

    def with_items(self, items: tuple[Option, ...]) -> Countermeasures:
        """Return the comparison with other options."""
        return replace(self._shown, options=items)

    def new_item(self, after: Option | None) -> Option:
        """Return an empty option."""
        # One thinks of several answers to a cause before one goes on to the next.
        return Option(id=new_id(), what="", cause=after.cause if after is not None else "")

    def has_words(self, item: Option) -> bool:
        """Tell whether anything of an option is written."""
        return has_words(item)

    def new_row(self, item: Option) -> OptionRow:
        """Make the row of an option."""
        return OptionRow(self.theme, item, self.around, self)

    def show_row(self, row: OptionRow, item: Option, number: int) -> None:
        """Bring a row to the state of its option."""
        row.show_option(item)

    def show_figure(self) -> None:
        """Show every option, and whether the grid is drawn."""
        super().show_figure()
        self.grid.blockSignals(True)
        self.grid.setChecked(self._shown.grid)
        self.grid.blockSignals(False)

    def tell(self) -> None:
        """Number the rows as paper does, and ask beside each what its words leave open."""
        number = 0
        for option in self._shown.options:
            number += has_words(option)
            self.rows[option.id].show_number(max(1, number + (not has_words(option))))
        say, options = self.around.say, self._shown.options
        told = [(one.where, one.told(say)) for one in countermeasure_findings(self._shown)]
        words = [(one.id, one.what) for one in options if not one.nothing]
        asked = [(id, self.around.asked("countermeasure", what)) for id, what in words]
        self.say_beside([*told, *(one for one in asked if one[1])])
        self.idle.setVisible(not any(option.nothing for option in self._shown.options))

    def _add_nothing(self) -> None:
        options = self._shown.options
        there = next((option for option in options if option.nothing), None)
        new = there or Option(id=new_id(), what="", nothing=True)
        if there is None:
            self.change((*(one for one in options if has_words(one)), new), new.id)
        self.open_row(new.id)
        self.rows[new.id].effect.setFocus()

    def take_rows(self, text: str) -> None:
        """Add options from a pasted range."""
        say = self.around.say
        new, moved = read_options(text, new_id)
        self.add_items(new, moved_told(moved, say("countermeasures.effect"), say))
