"""When a question is asked, in plain words: by the answer to one before it, or by a formula."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_building import Place, looks_at
from gemba.domain.form_conditions import Condition, by_formula, condition_of, formula_of
from gemba.domain.form_languages import text_in
from gemba.domain.form_plan import FormPlan, Item
from gemba.domain.form_words import plain_words
from gemba.domain.titles import first_words
from gemba.ui.pages.build_fields import put
from gemba.ui.widgets import Field, FlowLayout, Label
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

FORMULA = "="
_NUMBERS = ("integer", "decimal", "range", "calculate")


class BuildWhen(QWidget):
    """Shows and changes the condition of one item; ``changed`` hands on what it becomes."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self._before: list[Item] = []
        self._plan = FormPlan(title="", form_id="")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        host = QWidget()
        row = FlowLayout(host, gap=theme.px(8), centred=True)
        row.addWidget(Label(theme, tr("Ask this"), wrap=False))
        self.question = Choice(theme, tr("When it is asked"))
        self.sign = Choice(theme, tr("How the answer is compared"))
        self.answer = Choice(theme, tr("Which answer"))
        for widget in (self.question, self.sign, self.answer):
            row.addWidget(widget)
        column.addWidget(host)
        self.value = Field(theme, "", name=tr("Which value"))
        self.formula = Field(theme, "", name=tr("When, as a formula"))
        line = QHBoxLayout()
        line.addWidget(self.value)
        line.addWidget(self.formula)
        column.addLayout(line)
        self.fields = (self.value, self.formula)
        self.question.chosen.connect(self._set_question)
        self.sign.chosen.connect(lambda _key: self._set_condition())
        self.answer.chosen.connect(lambda _key: self._set_condition())

    def show_item(self, plan: FormPlan, place: Place, item: Item, *, fresh: bool) -> None:
        """Show when an item is asked; a field that is being written in keeps its words."""
        self._plan = plan
        self._before = before = looks_at(plan, place)
        condition = condition_of(item.relevant)
        asked = self.tr("when the answer to “{question}”")
        options = [("", self.tr("always"))]
        options += [(one.name, asked.format(question=_words(one))) for one in before]
        options.append((FORMULA, self.tr("by a formula")))
        chosen = condition.question if condition is not None else ""
        held = next((one for one in before if one.name == chosen), None)
        if item.relevant.strip() and held is None:
            chosen = FORMULA
        self.question.set_options(options, chosen)
        self.formula.setVisible(chosen == FORMULA)
        put(self.formula, item.relevant, fresh)
        self.sign.setVisible(held is not None)
        self.answer.setVisible(False)
        self.value.setVisible(False)
        if held is None or condition is None:
            return
        self.sign.set_options(self._signs(held), condition.sign)
        if condition.sign == "answered":
            return
        listed = [
            (one.name, first_words(text_in(one.labels, 0) or one.name, 40))
            for one in plan.lists.get(held.list_name, ())
        ]
        if listed:
            self.answer.setVisible(True)
            self.answer.set_options(listed, condition.value)
        else:
            self.value.setVisible(True)
            put(self.value, condition.value, fresh)

    def take(self, one: Item) -> Item:
        """Return an item with what was typed here."""
        if self.question.value == FORMULA:
            return replace(one, relevant=self.formula.text())
        if self.value.isVisibleTo(self):
            condition = Condition(self.question.value, self.sign.value, self.value.text())
            return replace(one, relevant=formula_of(condition))
        return one

    def _signs(self, held: Item) -> list[tuple[str, str]]:
        tr = self.tr
        answered = ("answered", tr("is there"))
        if held.kind == "select_multiple":
            return [("includes", tr("includes")), answered]
        if held.kind in _NUMBERS:
            return [
                ("is", tr("is")),
                ("more", tr("is more than")),
                ("less", tr("is less than")),
                answered,
            ]
        return [("is", tr("is")), ("is_not", tr("is not")), answered]

    def _set_question(self, question: str) -> None:
        formula = ""
        held = next((one for one in self._before if one.name == question), None)
        if question == FORMULA:
            formula = by_formula(self.formula.text())
        elif held is not None:
            names = [one.name for one in self._plan.lists.get(held.list_name, ())]
            sign = self._signs(held)[0][0] if names else "answered"
            value = "no" if "no" in names else names[0] if names else ""
            formula = formula_of(Condition(question, sign, value))
        self._change(formula)

    def _set_condition(self) -> None:
        sign = self.sign.value
        value = self.answer.value if self.answer.isVisibleTo(self) else self.value.text()
        if sign in ("more", "less") and not value.strip():
            value = "0"
        self._change(formula_of(Condition(self.question.value, sign, value)))

    def _change(self, formula: str) -> None:
        self.changed.emit(lambda one: replace(one, relevant=formula))


def _words(one: Item) -> str:
    return first_words(plain_words(text_in(one.labels, 0)) or one.name, 40)
