"""Writing an action plan: one line for each action, its people and dates when it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gemba.domain.figures import Plan
from gemba.domain.figures.named_range import moved_told
from gemba.domain.figures.pasted import read_date
from gemba.domain.figures.plan import Action, UnreadDate
from gemba.domain.figures.plan_read import read_actions
from gemba.domain.figures.plan_rules import plan_findings, standing
from gemba.domain.figures.telling import days_text, short_date
from gemba.domain.figures.words import action_dates
from gemba.ui.figures.editor import Around, new_id
from gemba.ui.figures.item_list import ItemList, ItemRow
from gemba.ui.figures.outline import LineEditor
from gemba.ui.widgets import CheckBox, Field

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_DATES = ("start", "finish", "started", "finished", "review")
_TEXTS = ("who", "where", "how")


class ActionRow(ItemRow):
    """One action: what, and when it is open who, where, how and its dates.

    `edited` hands on the whole action.
    """

    def __init__(self, theme: Theme, action: Action, around: Around, parent: QWidget) -> None:
        super().__init__(theme, action.id, around, parent)
        self.action = action
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
        self.bin = self.make_bin(self)
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
        parts = self.details_column()
        parts.addLayout(grid)
        last = QHBoxLayout()
        if self.around.thread is not None:
            last.addWidget(self.around.thread(self.id), 1)
        else:
            last.addStretch(1)
        last.addWidget(self.bin, 0, Qt.AlignmentFlag.AlignBottom)
        parts.addLayout(last)

    def last_stop(self) -> QWidget:
        """Return the button that removes the action."""
        return self.bin

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


class PlanEditor(ItemList[Action, ActionRow]):
    """The actions in the order in which they are told; Enter adds the next one."""

    def __init__(
        self, theme: Theme, figure: Plan, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        self.add_list(self.tr("Another action")).addStretch(1)
        self.add_keys(self.tr("Enter: the next action. Alt+Up, Alt+Down: move it. Dates: 4 Nov."))
        self.show_figure()

    @property
    def _plan(self) -> Plan:
        assert isinstance(self._figure, Plan)
        return self._figure

    def items(self) -> tuple[Action, ...]:
        """Return the actions."""
        return self._plan.actions

    def with_items(self, items: tuple[Action, ...]) -> Plan:
        """Return the plan with other actions."""
        return replace(self._plan, actions=items)

    def new_item(self, after: Action | None) -> Action:
        """Return an empty action."""
        return Action(id=new_id(), what="")

    def has_words(self, item: Action) -> bool:
        """Tell whether it says what will be done."""
        return bool(item.what.strip())

    def new_row(self, item: Action) -> ActionRow:
        """Make the row of an action."""
        return ActionRow(self.theme, item, self.around, self)

    def show_row(self, row: ActionRow, item: Action, number: int) -> None:
        """Bring a row to the state of its action."""
        row.show_action(item)
        row.words.setAccessibleName(self.tr("Action {number}").format(number=number))

    def tell(self) -> None:
        """Say beside each action what is late or left open."""
        told = []
        for found in plan_findings(self._plan, self.around.today()):
            values = {
                key: short_date(value) if isinstance(value, date) else value
                for key, value in found.values.items()
            }
            told.append((found.where, self.around.say(found.key, **values)))
        self.say_beside(told)

    def take_rows(self, text: str) -> None:
        """Add actions from a pasted range."""
        say = self.around.say
        new, moved = read_actions(text, self.around.today(), new_id)
        self.add_items(new, moved_told(moved, say("plan.how"), say))
