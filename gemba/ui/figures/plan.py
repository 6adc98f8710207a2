"""Writing an action plan: one line for each action, its people and dates when it is open."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import Plan
from gemba.domain.figures.pasted import read_date, split_pasted
from gemba.domain.figures.plan import Action, UnreadDate
from gemba.domain.figures.plan_rules import plan_findings, standing
from gemba.domain.figures.telling import days_text, short_date
from gemba.domain.figures.words import action_dates
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.outline import LineEditor, OutlineRow
from gemba.ui.widgets import Button, CheckBox, Field, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_DATES = ("start", "finish", "started", "finished", "review")
_TEXTS = ("who", "where", "how")


class ActionRow(OutlineRow):
    """One action: what, and when it is open who, where, how and its dates.

    `edited` hands on the whole action.
    """

    edited = Signal(object)
    removed = Signal(str)
    went_on = Signal(str)

    def __init__(self, theme: Theme, action: Action, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.action = action
        self.around = around
        self.id = action.id
        self.words = LineEditor(theme, self.tr("What"), self.tr("What will be done?"), self)
        self.words.takes_tab = False
        self.words.set_text(action.what)
        self.setFocusProxy(self.words)
        self.line.addWidget(self.words, 1)
        self.fields: dict[str, Field] = {}
        self._build_details(theme)
        self.words.edited.connect(lambda: self._take(replace(self.action, what=self.words.text())))
        self.show_action(action)

    def _build_details(self, theme: Theme) -> None:
        px, tr = theme.px, self.tr
        labels = {
            "who": (tr("Who"), tr("One name")),
            "where": (tr("Where"), ""),
            "start": (tr("Planned from"), tr("28 Sep")),
            "finish": (tr("Planned to"), ""),
            "started": (tr("Started"), ""),
            "finished": (tr("Finished"), ""),
            "review": (tr("Review"), ""),
            "how": (tr("How"), ""),
        }
        for name, (label, question) in labels.items():
            field = Field(theme, label, question=question, parent=self)
            field.edited.connect(lambda name=name: self._typed(name))
            field.entered.connect(lambda: self.went_on.emit(self.id))
            if name in _DATES:
                field.left.connect(lambda name=name: self._settle(name))
            self.fields[name] = field
        self.reviewed = CheckBox(theme, tr("Reviewed"), parent=self)
        self.reviewed.toggled.connect(lambda on: self._take(replace(self.action, reviewed=on)))
        self.bin = Button(theme, tr("Remove"), kind="quiet", icon="trash-2", parent=self)
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        self.setTabOrder(self.fields["review"].line, self.reviewed)
        self.setTabOrder(self.reviewed, self.fields["how"].line)
        self.setTabOrder(self.fields["how"].line, self.bin)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        places = (("who", "where"), ("start", "finish"), ("started", "finished"))
        for row, names in enumerate(places):
            for column, name in enumerate(names):
                grid.addWidget(self.fields[name], row, column)
        grid.addWidget(self.fields["review"], 3, 0)
        grid.addWidget(self.reviewed, 3, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.fields["how"], 4, 0, 1, 2)
        parts = QVBoxLayout(self.details)
        parts.setContentsMargins(0, px(4), 0, px(4))
        parts.setSpacing(px(8))
        parts.addLayout(grid)
        last = QHBoxLayout()
        if self.around.thread is not None:
            last.addWidget(self.around.thread(self.id), 1)
        else:
            last.addStretch(1)
        last.addWidget(self.bin, 0, Qt.AlignmentFlag.AlignBottom)
        parts.addLayout(last)

    def show_action(self, action: Action) -> None:
        """Bring the row to the state of its action; what is being typed stays."""
        self.action = action
        if self.words.text() != action.what:
            self.words.set_text(action.what)
        for name in _TEXTS:
            if self.fields[name].text() != getattr(action, name):
                self.fields[name].set_text(getattr(action, name))
        unread = {entry.field: entry.text for entry in action.unread}
        for name in _DATES:
            self._show_date(name, getattr(action, name), unread.get(name, ""))
        self.reviewed.blockSignals(True)
        self.reviewed.setChecked(action.reviewed)
        self.reviewed.blockSignals(False)
        self.reviewed.setEnabled(action.review is not None)
        self.say_small(self._summary(action))

    def _show_date(self, name: str, day: date | None, unread: str) -> None:
        field = self.fields[name]
        if field.line.hasFocus() and self._read(name) == day:
            return
        shown = unread if day is None else self._written(day)
        if field.text() != shown:
            field.set_text(shown)
        field.say(self.tr("That names no day. Write 4 Nov.") if unread and day is None else "")

    def _written(self, day: date) -> str:
        return short_date(day, year=abs((day - self.around.today()).days) > 170)

    def _summary(self, action: Action) -> str:
        say = self.around.say
        parts = [action.who, action.where, *action_dates(action, say)]
        found = standing(action, self.around.today())
        if found.late_finish:
            parts.append(say("plan.late_finish", days=days_text(found.late_finish, say)))
        elif found.late_start:
            parts.append(say("plan.late_start", days=days_text(found.late_start, say)))
        return " · ".join(part for part in parts if part)

    def _read(self, name: str) -> date | None:
        return read_date(self.fields[name].text(), self.around.today())

    def _typed(self, name: str) -> None:
        text = self.fields[name].text()
        if name in _TEXTS:
            self._take(replace(self.action, **{name: text}))  # type: ignore[arg-type]
            return
        day = self._read(name)
        unread = tuple(entry for entry in self.action.unread if entry.field != name)
        if day is None and text.strip():
            unread = (*unread, UnreadDate(field=name, text=text))
        self.fields[name].say("")
        self._take(replace(self.action, unread=unread, **{name: day}))  # type: ignore[arg-type]

    def _settle(self, name: str) -> None:
        """A date that was left stands as dates are written, or says that it is none."""
        unread = {entry.field: entry.text for entry in self.action.unread}
        self._show_date(name, getattr(self.action, name), unread.get(name, ""))

    def _take(self, action: Action) -> None:
        if action != self.action:
            self.action = action
            self.reviewed.setEnabled(action.review is not None)
            self.say_small(self._summary(action))
            self.edited.emit(action)


class PlanEditor(FigureEditor):
    """The actions in the order in which they are told; Enter adds the next one."""

    def __init__(
        self, theme: Theme, figure: Plan, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        if not figure.actions:
            self._figure = replace(figure, actions=(Action(id=_new_id(), what=""),))
        self.rows: dict[str, ActionRow] = {}
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.adder = Button(theme, self.tr("Another action"), icon="plus", parent=self)
        self.adder.clicked.connect(lambda: self._add_after(self._plan.actions[-1].id))
        row = QHBoxLayout()
        row.addWidget(self.adder)
        row.addStretch(1)
        keys = self.tr("Enter: the next action. Alt+Up, Alt+Down: move it. Dates: 4 Nov.")
        self.body.addLayout(self.list)
        self.body.addLayout(row)
        self.body.addWidget(Label(theme, keys, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _plan(self) -> Plan:
        assert isinstance(self._figure, Plan)
        return self._figure

    def begin(self) -> None:
        """Put the caret into the last action."""
        self.rows[self._plan.actions[-1].id].words.take_caret()

    def begin_at(self, item: str) -> None:
        """Put the caret into one action."""
        self.rows[item if item in self.rows else self._plan.actions[-1].id].words.take_caret()

    def show_figure(self) -> None:
        """Show every action as a row, keeping the rows that are there."""
        actions = self._plan.actions
        for gone in self.rows.keys() - {action.id for action in actions}:
            row = self.rows.pop(gone)
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for at, action in enumerate(actions):
            row = self.rows.get(action.id) or self._new_row(action)
            if self.list.indexOf(row) != at:
                self.list.removeWidget(row)
                self.list.insertWidget(at, row)
            row.show_action(action)
            row.words.setAccessibleName(self.tr("Action {number}").format(number=at + 1))
        for one, other in itertools.pairwise(actions):
            QWidget.setTabOrder(self.rows[one.id].bin, self.rows[other.id].words)
        self._say_findings()

    def _new_row(self, action: Action) -> ActionRow:
        row = ActionRow(self.theme, action, self.around, self)
        self.rows[action.id] = row
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
        return next(i for i, action in enumerate(self._plan.actions) if action.id == id)

    def _edited(self, action: Action) -> None:
        actions = tuple(action if old.id == action.id else old for old in self._plan.actions)
        self.put(replace(self._plan, actions=actions))
        self._say_findings()

    def _change(self, actions: tuple[Action, ...], focus: str) -> None:
        self.put(replace(self._plan, actions=actions))
        self.show_figure()
        self.rows[focus].words.take_caret()

    def _add_after(self, id: str) -> None:
        at = self._place(id) + 1
        actions = self._plan.actions
        if at < len(actions) and not actions[at].what.strip():
            self.rows[actions[at].id].words.take_caret()
            return
        new = Action(id=_new_id(), what="")
        self._change((*actions[:at], new, *actions[at:]), new.id)

    def _remove(self, id: str) -> None:
        actions = self._plan.actions
        if len(actions) == 1:
            new = Action(id=_new_id(), what="")
            self._change((new,), new.id)
            return
        at = self._place(id)
        rest = tuple(action for action in actions if action.id != id)
        self._change(rest, rest[max(0, at - 1)].id)

    def _step(self, id: str, by: int) -> None:
        at = self._place(id) + by
        if 0 <= at < len(self._plan.actions):
            self.rows[self._plan.actions[at].id].words.take_caret()

    def _shift(self, id: str, by: int) -> None:
        at = self._place(id)
        actions = list(self._plan.actions)
        if 0 <= at + by < len(actions):
            actions[at], actions[at + by] = actions[at + by], actions[at]
            self._change(tuple(actions), id)

    def _say_findings(self) -> None:
        told: dict[str, list[str]] = {}
        for found in plan_findings(self._plan, self.around.today()):
            values = {
                key: short_date(value) if isinstance(value, date) else value
                for key, value in found.values.items()
            }
            told.setdefault(found.where, []).append(self.around.say(found.key, **values))
        for id, row in self.rows.items():
            row.say("\n".join(told.get(id, [])))

    def take_rows(self, text: str) -> None:
        """Add actions from a pasted range: what, who, where, planned from, planned to."""
        today = self.around.today()
        new = []
        for cells in split_pasted(text):
            what, who, where, start, finish = (*cells, "", "", "", "", "")[:5]
            action = Action(id=_new_id(), what=what, who=who, where=where)
            for name, cell in (("start", start), ("finish", finish)):
                day = read_date(cell, today)
                if day is not None:
                    action = replace(action, **{name: day})  # type: ignore[arg-type]
                elif cell:
                    entry = UnreadDate(field=name, text=cell)
                    action = replace(action, unread=(*action.unread, entry))
            new.append(action)
        if new:
            kept = tuple(a for a in self._plan.actions if a.what.strip())
            self._change((*kept, *new), new[-1].id)


def _new_id() -> str:
    return secrets.token_hex(4)
