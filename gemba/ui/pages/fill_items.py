"""The questions of one page of a form, kept as they are while answers bring and take others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.form_view import FormHead, FormItem, FormMore, FormQuestion
from gemba.domain.form_words import plain_words
from gemba.ui.pages.fill_editor import EditorParts
from gemba.ui.pages.fill_editors import way_of
from gemba.ui.pages.fill_question import QuestionBox
from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_GAP = 24
Made = dict[str, list[tuple[Ref, str]]]
"""What was made of the answers to a question, by its key: each with its words."""


class FillItems(QWidget):
    """Shows questions, heads and ways to add a round; signals hand on the key of each."""

    answered = Signal(object, object)
    rested = Signal(object, object)
    photographed = Signal(object, object)
    acted = Signal(object, object)
    opened = Signal(object)
    next = Signal(object)
    round_added = Signal(object)
    round_dropped = Signal(object)

    def __init__(self, theme: Theme, parts: EditorParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._parts = parts
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(_GAP))
        self._shown: dict[tuple[object, ...], QWidget] = {}
        self._big = False
        self.made: Made = {}

    def forget(self) -> None:
        """Make every question anew the next time; what stands in them was kept."""
        for widget in self._shown.values():
            self._take_away(widget)
        self._shown = {}

    def box(self, key: str) -> QuestionBox | None:
        """The question of this key, where it is shown."""
        return next((one for one in self.boxes() if one.key == key), None)

    def boxes(self) -> list[QuestionBox]:
        """The questions shown, in their order."""
        return [one for one in self._shown.values() if isinstance(one, QuestionBox)]

    def in_order(self) -> list[QWidget]:
        """Everything shown, from top to bottom."""
        return list(self._shown.values())

    def show_items(
        self, items: Sequence[FormItem], before: Mapping[str, str], told: set[str], *, big: bool
    ) -> None:
        """Show these and no others; a question that stays keeps its caret."""
        if big != self._big:
            self.forget()
            self._big = big
        wanted = {self._name(one): one for one in items}
        # Another page is put together unseen, else each question would lay out all the others.
        other = not wanted.keys() & self._shown.keys()
        if other:
            self.hide()
        for name in [name for name in self._shown if name not in wanted]:
            self._take_away(self._shown.pop(name))
        shown: dict[tuple[object, ...], QWidget] = {}
        for place, (name, one) in enumerate(wanted.items()):
            widget = self._shown.get(name)
            if widget is None:
                widget = self._made(one)
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
            shown[name] = widget
            if isinstance(widget, QuestionBox) and isinstance(one, FormQuestion):
                widget.show_question(one, before=before.get(one.key, ""), said=one.key in told)
                widget.show_made(self.made.get(one.key, ()))
            widget.show()
        self._shown = shown
        if other:
            self.show()
        tab_through(self, shown.values())

    def _name(self, one: FormItem) -> tuple[object, ...]:
        """Name a widget by what it is made for: another kind of it needs another one."""
        if isinstance(one, FormQuestion):
            return ("question", one.key, one.kind, way_of(one), one.lines)
        return (type(one).__name__, one)

    def _made(self, one: FormItem) -> QWidget:
        if isinstance(one, FormQuestion):
            box = QuestionBox(self.theme, one, self._parts, big=self._big, parent=self)
            box.answered.connect(self.answered)
            box.rested.connect(self.rested)
            box.photographed.connect(self.photographed)
            box.acted.connect(self.acted)
            box.opened.connect(self.opened)
            box.next.connect(self.next)
            return box
        if isinstance(one, FormMore):
            return self._more(one)
        return self._head(one)

    def _more(self, one: FormMore) -> QWidget:
        host = QWidget(self)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        words = plain_words(one.label)
        text = self.tr("One more: {name}").format(name=words) if words else self.tr("One more")
        add = Button(self.theme, text, icon="plus", big=True, parent=host)
        add.clicked.connect(lambda: self.round_added.emit(one.key))
        row.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        row.addStretch(1)
        return host

    def _head(self, one: FormHead) -> QWidget:
        host = QWidget(self)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        words = plain_words(one.label)
        if one.round:
            words = f"{words} {one.round}".strip()
        row.addWidget(Label(self.theme, words, step="strong"), 1)
        if one.may_drop:
            drop = Button(self.theme, self.tr("Take away"), kind="quiet", icon="x", parent=host)
            drop.setAccessibleName(self.tr("Take away: {name}").format(name=words))
            drop.clicked.connect(lambda: self.round_dropped.emit(one.key))
            row.addWidget(drop)
        return host

    def _take_away(self, widget: QWidget) -> None:
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
