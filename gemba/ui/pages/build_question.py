"""One question while a form is built: its words, how it is answered, when, and within what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_building import Place, as_kind, changed, looks_at, said_choices, with_choices
from gemba.domain.form_conditions import (
    Condition,
    condition_of,
    formula_of,
    limit_formula,
    limits_of,
)
from gemba.domain.form_plan import CHOOSING, OUTER, FormPlan, Item
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave
from gemba.ui.widgets import CheckBox, Field, Label, TextField
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_LIMITED = ("integer", "decimal", "range")
_YES = frozenset({"yes", "true", "true()"})


class BuildQuestion(QWidget):
    """Shows one item of a plan; ``built`` hands on the plan as it is with what was changed."""

    built = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._plan: FormPlan | None = None
        self._place: Place = ()
        px, tr = theme.px, self.tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.label = TextField(theme, tr("Question"), question=tr("What do you ask?"))
        self.hint = Field(theme, tr("Hint"), question=tr("What helps to answer it?"))
        self.kind = Choice(theme, tr("How it is answered"))
        self.choices = TextField(
            theme, tr("Choices, one a line"), question=tr("Yes"), lines=3, name=tr("Choices")
        )
        self.needed = CheckBox(theme, tr("An answer is needed"))
        column.addWidget(self.label)
        column.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.kind)
        row.addWidget(self.needed)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.choices)
        self._build_limits(column)
        self._build_when(column)
        self.formula = Field(theme, tr("Worked out by the formula"), question="${a} + ${b}")
        self.score = Field(theme, tr("Counts as the score"), question=tr("Not scored"))
        column.addWidget(self.formula)
        column.addWidget(self.score)
        column.addStretch(1)
        self.kind.chosen.connect(self._set_kind)
        self.needed.clicked.connect(
            lambda on: self._change(lambda one: replace(one, required="yes" if on else ""))
        )
        self._autosave = Autosave(self.label, self._save)
        for field in (
            self.hint,
            self.choices,
            self.least,
            self.most,
            self.limit_words,
            self.value,
            self.when_formula,
            self.formula,
            self.score,
        ):
            self._autosave.bind(field)

    def _build_limits(self, column: QVBoxLayout) -> None:
        theme, tr = self.theme, self.tr
        self.limits = QWidget()
        row = QHBoxLayout(self.limits)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.least = Field(theme, tr("At least"))
        self.most = Field(theme, tr("At most"))
        self.limit_words = Field(
            theme, tr("What is said otherwise"), question=tr("A number from 1 to 10.")
        )
        row.addWidget(self.least, 1)
        row.addWidget(self.most, 1)
        row.addWidget(self.limit_words, 3)
        column.addWidget(self.limits)

    def _build_when(self, column: QVBoxLayout) -> None:
        theme, tr = self.theme, self.tr
        column.addWidget(Label(theme, tr("Ask this"), step="small", tone="ink_soft"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.when = Choice(theme, tr("When it is asked"))
        self.sign = Choice(theme, tr("How the answer is compared"))
        self.answer = Choice(theme, tr("Which answer"))
        self.value = Field(theme, "", name=tr("Which value"))
        self.when_formula = Field(theme, "", name=tr("When, as a formula"))
        for widget in (self.when, self.sign, self.answer):
            row.addWidget(widget)
        row.addWidget(self.value, 1)
        row.addWidget(self.when_formula, 2)
        row.addStretch(1)
        column.addLayout(row)
        self.when.chosen.connect(self._set_when)
        self.sign.chosen.connect(lambda _key: self._set_condition())
        self.answer.chosen.connect(lambda _key: self._set_condition())

    # What is shown

    def show_item(self, plan: FormPlan, place: Place, item: Item) -> None:
        """Show an item; a field that is being written in keeps its words."""
        fresh = place != self._place or self._plan is None
        self._plan, self._place = plan, place
        outer = item.kind in OUTER
        words = self.tr("Name of the group") if outer else self.tr("Question")
        self.label.set_label(words)
        self._put(self.label, _first(item.labels), fresh)
        self._put(self.hint, _first(item.hints), fresh)
        self._put(self.choices, said_choices(plan, item), fresh)
        self._put(self.formula, item.calculation, fresh)
        self._put(self.score, item.score, fresh)
        kinds = self.kinds()
        if item.kind not in dict(kinds):
            kinds = [*kinds, (item.kind, item.kind)]
        self.kind.set_options(kinds, item.kind)
        self.needed.setChecked(item.required.strip().casefold() in _YES)
        self.hint.setVisible(not outer)
        self.needed.setVisible(not outer and item.kind not in ("note", "calculate"))
        self.choices.setVisible(item.kind in CHOOSING)
        self.formula.setVisible(item.kind == "calculate" or bool(item.calculation))
        self.score.setVisible(not outer and item.kind not in ("note", "image", "text"))
        self._show_limits(item, fresh)
        self._show_when(plan, item, fresh)

    def forget(self) -> None:
        """Show the next item anew, whatever stands in the fields."""
        self._autosave.drop()
        self._plan = None

    def kinds(self) -> list[tuple[str, str]]:
        """Return the ways to answer, with their words."""
        tr = self.tr
        return [
            ("select_one", tr("One choice")),
            ("select_multiple", tr("Several choices")),
            ("text", tr("Words")),
            ("integer", tr("Whole number")),
            ("decimal", tr("Number")),
            ("date", tr("Day")),
            ("time", tr("Time")),
            ("image", tr("Photo")),
            ("rank", tr("An order")),
            ("acknowledge", tr("A tick")),
            ("note", tr("Nothing, it is read")),
            ("calculate", tr("A formula works it out")),
            ("group", tr("A group of questions")),
            ("repeat", tr("A group asked again and again")),
        ]

    def _put(self, field: Field | TextField, text: str, fresh: bool) -> None:
        held = field.focusProxy()
        if fresh or (held is not None and not held.hasFocus()):
            field.set_text(text)

    def _show_limits(self, item: Item, fresh: bool) -> None:
        limits = limits_of(item.constraint)
        shown = item.kind in _LIMITED and limits is not None
        self.limits.setVisible(shown)
        if shown and limits is not None:
            self._put(self.least, limits[0], fresh)
            self._put(self.most, limits[1], fresh)
            self._put(self.limit_words, _first(item.constraint_messages), fresh)

    def _show_when(self, plan: FormPlan, item: Item, fresh: bool) -> None:
        condition = condition_of(item.relevant)
        before = looks_at(plan, self._place)
        options = [("", self.tr("always"))]
        options += [
            (
                one.name,
                self.tr("when the answer to “{question}”").format(
                    question=first_words(_first(one.labels) or one.name, 40)
                ),
            )
            for one in before
        ]
        options.append(("=", self.tr("by a formula")))
        known = condition is not None and any(one.name == condition.question for one in before)
        chosen = condition.question if condition is not None and known else ""
        if item.relevant.strip() and not known:
            chosen = "="
        self.when.set_options(options, chosen)
        self.when_formula.setVisible(chosen == "=")
        self._put(self.when_formula, item.relevant, fresh)
        held = next((one for one in before if one.name == chosen), None)
        self.sign.setVisible(held is not None)
        self.answer.setVisible(False)
        self.value.setVisible(False)
        if held is None or condition is None:
            return
        self.sign.set_options(self._signs(held), condition.sign)
        if condition.sign == "answered":
            return
        listed = [
            (one.name, first_words(_first(one.labels) or one.name, 40))
            for one in plan.lists.get(held.list_name, ())
        ]
        if listed:
            self.answer.setVisible(True)
            self.answer.set_options(listed, condition.value)
        else:
            self.value.setVisible(True)
            self._put(self.value, condition.value, fresh)

    def _signs(self, held: Item) -> list[tuple[str, str]]:
        tr = self.tr
        answered = ("answered", tr("is there"))
        if held.kind == "select_multiple":
            return [("includes", tr("includes")), answered]
        if held.kind in ("integer", "decimal", "range", "calculate"):
            return [
                ("is", tr("is")),
                ("more", tr("is more than")),
                ("less", tr("is less than")),
                answered,
            ]
        return [("is", tr("is")), ("is_not", tr("is not")), answered]

    # What is changed

    def _change(self, change: Callable[[Item], Item]) -> None:
        if self._plan is not None:
            self.built.emit(changed(self._plan, self._place, change))

    def _set_kind(self, kind: str) -> None:
        plan = self._plan
        if plan is None:
            return
        self.built.emit(as_kind(plan, self._place, kind))

    def _set_when(self, question: str) -> None:
        plan = self._plan
        if plan is None:
            return
        formula = ""
        held = next((one for one in looks_at(plan, self._place) if one.name == question), None)
        if question == "=":
            formula = self.when_formula.text() or "true()"
        elif held is not None:
            listed = plan.lists.get(held.list_name, ())
            sign = self._signs(held)[0][0] if listed else "answered"
            names = [one.name for one in listed]
            value = "no" if "no" in names else names[0] if names else ""
            formula = formula_of(Condition(question, sign, value))
        self._change(lambda one: replace(one, relevant=formula))

    def _set_condition(self) -> None:
        sign = self.sign.value
        value = self.answer.value if self.answer.isVisibleTo(self) else self.value.text()
        if sign in ("more", "less") and not value.strip():
            value = "0"
        formula = formula_of(Condition(self.when.value, sign, value))
        self._change(lambda one: replace(one, relevant=formula))

    def _save(self, _visit: str) -> None:
        plan = self._plan
        if plan is None:
            return

        def take(one: Item) -> Item:
            one = replace(
                one,
                labels=_with_first(one.labels, self.label.text()),
                hints=_with_first(one.hints, self.hint.text()),
                calculation=self.formula.text(),
                score=self.score.text(),
            )
            if self.limits.isVisibleTo(self):
                one = replace(
                    one,
                    constraint=limit_formula(self.least.text(), self.most.text()),
                    constraint_messages=_with_first(
                        one.constraint_messages, self.limit_words.text()
                    ),
                )
            if self.when.value == "=":
                one = replace(one, relevant=self.when_formula.text())
            elif self.value.isVisibleTo(self):
                condition = Condition(self.when.value, self.sign.value, self.value.text())
                one = replace(one, relevant=formula_of(condition))
            return one

        made = changed(plan, self._place, take)
        if self.choices.isVisibleTo(self) and self.choices.changed():
            made = with_choices(made, self._place, self.choices.text())
        if made != plan:
            self.built.emit(made)


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _with_first(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    if not texts and not text:
        return ()
    return (text, *texts[1:])
