"""What an answer may be, in plain words: from and to, a scale, a day, or by a formula."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_conditions import (
    DAYS,
    by_formula,
    day_limit_of,
    limit_formula,
    limits_of,
    scale_of,
    scale_parameters,
)
from gemba.domain.form_languages import text_in, with_text
from gemba.domain.form_plan import OUTER, Item
from gemba.ui.pages.build_fields import put
from gemba.ui.widgets import Field, Label
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

FORMULA = "="
_NUMBERS = ("integer", "decimal")
_LIMITED = (*_NUMBERS, "date")
_UNLIMITED = (*OUTER, "note", "calculate", "image", "acknowledge", "range")


class BuildLimits(QWidget):
    """Shows and changes the limits of one item; ``changed`` hands on what it becomes."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px, tr = theme.px, self.tr
        self._language = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.scale = QWidget()
        steps = QHBoxLayout(self.scale)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(px(8))
        self.first = Field(theme, tr("From"))
        self.last = Field(theme, tr("To"))
        self.step = Field(theme, tr("In steps of"))
        for field in (self.first, self.last, self.step):
            steps.addWidget(field)
        column.addWidget(self.scale)
        self.limited = QWidget()
        inner = QVBoxLayout(self.limited)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Label(theme, tr("Take"), wrap=False))
        self.manner = Choice(theme, tr("What is taken"))
        self.least = Field(theme, "", question=tr("from"), name=tr("At least"))
        self.most = Field(theme, "", question=tr("to"), name=tr("At most"))
        self.formula = Field(theme, "", name=tr("What is taken, as a formula"))
        row.addWidget(self.manner)
        row.addWidget(self.least, 1)
        row.addWidget(self.most, 1)
        row.addWidget(self.formula, 2)
        row.addStretch(0)
        inner.addLayout(row)
        self.words = Field(
            theme, tr("What is said otherwise"), question=tr("A number from 1 to 10.")
        )
        inner.addWidget(self.words)
        column.addWidget(self.limited)
        self.fields = (
            self.first, self.last, self.step, self.least, self.most, self.formula, self.words,
        )  # fmt: skip
        self.manner.chosen.connect(self._set_manner)

    def show_item(self, item: Item, *, fresh: bool, language: int, rare: bool) -> None:
        """Show what an item takes; a field that is being written in keeps its words.

        ``rare`` offers a limit also where hardly anybody sets one.
        """
        self._language = language
        self.scale.setVisible(item.kind == "range")
        for field, text in zip(
            (self.first, self.last, self.step), scale_of(item.parameters), strict=True
        ):
            put(field, text, fresh)
        plain = item.kind in _LIMITED or bool(item.constraint.strip())
        self.limited.setVisible(item.kind not in _UNLIMITED and (plain or rare))
        manner = self._manner_of(item)
        self.manner.set_options(self._manners(item), manner)
        numbers = manner == "numbers"
        self.least.setVisible(numbers)
        self.most.setVisible(numbers)
        self.formula.setVisible(manner == FORMULA)
        self.words.setVisible(bool(item.constraint.strip()) or numbers)
        least, most = limits_of(item.constraint) or ("", "")
        put(self.least, least, fresh)
        put(self.most, most, fresh)
        put(self.formula, item.constraint, fresh)
        put(self.words, text_in(item.constraint_messages, language), fresh)

    def take(self, one: Item) -> Item:
        """Return an item with what was typed here."""
        if self.scale.isVisibleTo(self):
            typed = (self.first.text(), self.last.text(), self.step.text())
            return replace(one, parameters=scale_parameters(one.parameters, *typed))
        if not self.limited.isVisibleTo(self):
            return one
        if self.manner.value == "numbers":
            one = replace(one, constraint=limit_formula(self.least.text(), self.most.text()))
        elif self.manner.value == FORMULA:
            one = replace(one, constraint=self.formula.text())
        if not self.words.isVisibleTo(self):
            return one
        said = with_text(one.constraint_messages, self._language, self.words.text())
        return replace(one, constraint_messages=said)

    def _manner_of(self, item: Item) -> str:
        if item.kind in _NUMBERS:
            return "numbers" if limits_of(item.constraint) is not None else FORMULA
        if not item.constraint.strip():
            return ""
        return (day_limit_of(item.constraint) if item.kind == "date" else None) or FORMULA

    def _manners(self, item: Item) -> list[tuple[str, str]]:
        tr = self.tr
        found = [("", tr("any answer"))]
        if item.kind in _NUMBERS:
            found = [("numbers", tr("any number, or from … to"))]
        elif item.kind == "date":
            found += [("past", tr("today or before")), ("coming", tr("today or later"))]
        return [*found, (FORMULA, tr("by a formula"))]

    def _set_manner(self, manner: str) -> None:
        def limited(one: Item) -> Item:
            formula = by_formula(one.constraint) if manner == FORMULA else DAYS.get(manner, "")
            return replace(one, constraint=formula)

        self.changed.emit(limited)
