"""Comparing countermeasures: one line for each option, what it takes when it is open."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasure_rules import (
    countermeasure_findings,
    has_words,
)
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.pasted import split_pasted
from gemba.domain.figures.words import option_facts
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.outline import LineEditor, OutlineRow
from gemba.ui.widgets import Button, CheckBox, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class OptionRow(OutlineRow):
    """One option: what, and when it is open its cause, prediction, levels and choice."""

    edited = Signal(object)
    removed = Signal(str)
    went_on = Signal(str)

    def __init__(self, theme: Theme, option: Option, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.option = option
        self.around = around
        self.id = option.id
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
        self.bin = Button(theme, tr("Remove"), kind="quiet", icon="trash-2", parent=self)
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        parts = QVBoxLayout(self.details)
        parts.setContentsMargins(0, px(4), 0, px(4))
        parts.setSpacing(px(8))
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


class CountermeasuresEditor(FigureEditor):
    """The options in the order in which they are told; Enter adds the next one."""

    def __init__(
        self, theme: Theme, figure: Countermeasures, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        if not figure.options:
            self._figure = replace(figure, options=(Option(id=_new_id(), what=""),))
        self.rows: dict[str, OptionRow] = {}
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.adder = Button(theme, tr("Another option"), icon="plus", parent=self)
        self.adder.clicked.connect(lambda: self._add_after(self._shown.options[-1].id))
        self.idle = Button(theme, tr("Compare with doing nothing"), kind="quiet", parent=self)
        self.idle.clicked.connect(self._add_nothing)
        self.grid = CheckBox(theme, tr("Draw effect over effort"), parent=self)
        self.grid.toggled.connect(lambda on: self.put(replace(self._shown, grid=on)))
        row = QHBoxLayout()
        row.addWidget(self.adder)
        row.addWidget(self.idle)
        row.addStretch(1)
        keys = tr("Enter: the next option. Alt+Up, Alt+Down: move it.")
        self.body.addLayout(self.list)
        self.body.addLayout(row)
        self.body.addWidget(self.grid)
        self.body.addWidget(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _shown(self) -> Countermeasures:
        assert isinstance(self._figure, Countermeasures)
        return self._figure

    def begin(self) -> None:
        """Put the caret into the last option."""
        self.rows[self._shown.options[-1].id].words.take_caret()

    def begin_at(self, item: str) -> None:
        """Put the caret into one option."""
        self.rows[item if item in self.rows else self._shown.options[-1].id].words.take_caret()

    def show_figure(self) -> None:
        """Show every option as a row, keeping the rows that are there."""
        if not self._shown.options:
            self._figure = replace(self._shown, options=(Option(id=_new_id(), what=""),))
        options = self._shown.options
        for gone in self.rows.keys() - {option.id for option in options}:
            row = self.rows.pop(gone)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for at, option in enumerate(options):
            row = self.rows.get(option.id) or self._new_row(option)
            if self.list.indexOf(row) != at:
                self.list.removeWidget(row)
                self.list.insertWidget(at, row)
            row.show_option(option)
        for one, other in itertools.pairwise(options):
            QWidget.setTabOrder(self.rows[one.id].bin, self.rows[other.id].words)
        self.grid.blockSignals(True)
        self.grid.setChecked(self._shown.grid)
        self.grid.blockSignals(False)
        self._tell()

    def _new_row(self, option: Option) -> OptionRow:
        row = OptionRow(self.theme, option, self.around, self)
        self.rows[option.id] = row
        row.edited.connect(self._edited)
        row.removed.connect(self._remove)
        row.went_on.connect(self._add_after)
        row.entered_row.connect(lambda: self._open(row.id))
        row.words.entered.connect(lambda: self._add_after(row.id))
        row.words.emptied.connect(lambda: self._remove(row.id))
        row.words.lines_pasted.connect(self.take_rows)
        row.words.stepped.connect(lambda by: self._step(row.id, by))
        row.words.shifted.connect(lambda by: self._shift(row.id, by))
        return row

    def _open(self, id: str) -> None:
        for each, row in self.rows.items():
            if row.is_open() != (each == id):
                row.open(each == id)

    def _place(self, id: str) -> int:
        return next(i for i, option in enumerate(self._shown.options) if option.id == id)

    def _edited(self, option: Option) -> None:
        options = tuple(option if old.id == option.id else old for old in self._shown.options)
        self.put(replace(self._shown, options=options))
        self._tell()

    def _change(self, options: tuple[Option, ...], focus: str) -> None:
        self.put(replace(self._shown, options=options))
        self.show_figure()
        self.rows[focus].words.take_caret()

    def _add_after(self, id: str) -> None:
        at = self._place(id) + 1
        options = self._shown.options
        if at < len(options) and not has_words(options[at]):
            self.rows[options[at].id].words.take_caret()
            return
        # One thinks of several answers to a cause before one goes on to the next.
        new = Option(id=_new_id(), what="", cause=options[at - 1].cause)
        self._change((*options[:at], new, *options[at:]), new.id)

    def _add_nothing(self) -> None:
        options = self._shown.options
        there = next((option for option in options if option.nothing), None)
        new = there or Option(id=_new_id(), what="", nothing=True)
        if there is None:
            self._change((*(one for one in options if has_words(one)), new), new.id)
        self._open(new.id)
        self.rows[new.id].effect.setFocus()

    def _remove(self, id: str) -> None:
        options = self._shown.options
        if len(options) == 1:
            new = Option(id=_new_id(), what="")
            self._change((new,), new.id)
            return
        at = self._place(id)
        rest = tuple(option for option in options if option.id != id)
        self._change(rest, rest[max(0, at - 1)].id)

    def _step(self, id: str, by: int) -> None:
        at = self._place(id) + by
        if 0 <= at < len(self._shown.options):
            self.rows[self._shown.options[at].id].words.take_caret()

    def _shift(self, id: str, by: int) -> None:
        at = self._place(id)
        options = list(self._shown.options)
        if 0 <= at + by < len(options):
            options[at], options[at + by] = options[at + by], options[at]
            self._change(tuple(options), id)

    def _tell(self) -> None:
        """Number the rows as paper does, and ask beside each what its words leave open."""
        number = 0
        for option in self._shown.options:
            number += has_words(option)
            self.rows[option.id].show_number(max(1, number + (not has_words(option))))
        told: dict[str, list[str]] = {}
        for found in countermeasure_findings(self._shown):
            told.setdefault(found.where, []).append(found.told(self.around.say))
        for id, row in self.rows.items():
            row.say("\n".join(told.get(id, [])))
        self.idle.setVisible(not any(option.nothing for option in self._shown.options))

    def take_rows(self, text: str) -> None:
        """Add options from a pasted range: what, cause, prediction."""
        new = []
        for cells in split_pasted(text):
            what, cause, *rest = (*cells, "", "")
            effect = " ".join(cell for cell in rest if cell)
            new.append(Option(id=_new_id(), what=what, cause=cause, effect=effect))
        if new:
            kept = tuple(option for option in self._shown.options if has_words(option))
            self._change((*kept, *new), new[-1].id)


def _new_id() -> str:
    return secrets.token_hex(4)
