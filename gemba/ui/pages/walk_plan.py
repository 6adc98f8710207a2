"""A new walk: one sentence and off you go; more before, for whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.question_set import QuestionSet
from gemba.domain.walk import Walk
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.walks import Walks, lines_of
from gemba.ui.autosave import Autosave
from gemba.ui.pages.category_words import set_words
from gemba.ui.pages.common import clear
from gemba.ui.pages.walk_again import KeepRoute, RouteChoice, route_texts
from gemba.ui.widgets import (
    Button,
    CheckBox,
    DateField,
    Field,
    FlowLayout,
    Label,
    NameField,
    TextField,
)

if TYPE_CHECKING:
    from gemba.domain.route import Route
    from gemba.services.routes import Routes
    from gemba.services.vocabularies import Vocabularies
    from gemba.ui.theme import Theme

QuestionSets = Callable[[str, int | None], QuestionSet]
BANK = "gemba"
OPENING = "opening"
_BOXES = (15, 30, 45, 60)
_WHERE, _ROUTE = "where", "route"
"""In a draft beside the texts: the place as it is typed, and the name of a route."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was filled in for a walk: the purpose, and fields as the service takes them."""

    purpose: str
    fields: dict[str, object]


class WalkPlan(QWidget):
    """One sentence, and behind "More before you go" everything else.

    `started` and `planned` hand on nothing: read `chosen()`. Enter in the sentence starts.
    """

    started = Signal()
    planned = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        people: People,
        drafts: Drafts,
        questions: QuestionSets,
        today: Callable[[], date],
        routes: Routes,
        vocabularies: Vocabularies,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._routes = routes
        self._vocabularies = vocabularies
        self._people = people
        self._drafts = drafts
        self._draft = "walk"
        self._bank = questions(BANK, None)
        self._today = today
        self._theme_id = ""
        self._ticked: dict[str, CheckBox] = {}
        self._chosen_questions: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self.purpose = TextField(
            theme,
            self.tr("Why do you go and see? One sentence."),
            question=self.tr("What do you want to understand?"),
            big=True,
            enter_keeps=True,
        )
        column.addWidget(self.purpose)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        self.more_button = Button(
            theme, self.tr("More before you go"), kind="quiet", icon="chevron-down"
        )
        self.later = Button(theme, self.tr("Plan for later"))
        self.start = Button(theme, self.tr("Start"), kind="primary")
        self.more = QWidget()
        self.more.hide()
        self._build_more()
        column.addWidget(self.more)
        foot.addWidget(self.more_button)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.start)
        column.addLayout(foot)
        self._autosave = Autosave(self.purpose, self._keep_draft)
        for field in self._texts().values():
            if field is not self.purpose:
                self._autosave.bind(field)
        self._autosave.bind(self.area)
        self._autosave.bind(self.keep_route.name)
        self.more_button.clicked.connect(lambda: self.open_more(self.more.isHidden()))
        self.start.clicked.connect(lambda: self._send(self.started))
        self.later.clicked.connect(lambda: self._send(self.planned))
        self.purpose.entered.connect(lambda: self._send(self.started))

    def _build_more(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self.more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self.route = RouteChoice(theme, self._routes)
        self.route.chosen.connect(self._take_route)
        column.addWidget(self.route)
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        words = self._vocabularies.words
        self.area = NameField(theme, self.tr("Where?"), question=words.where_question)
        self.shift = Field(theme, self.tr("Which shift?"), question=self.tr("Night?"))
        self.company = Field(
            theme, self.tr("Who comes along?"), question=self.tr("One or two, never a crowd?")
        )
        self.on = DateField(
            theme, self.tr("On which day?"), question=self.tr("Thu?"), today=self._today
        )
        top.addWidget(self.area, 2)
        top.addWidget(self.shift, 1)
        top.addWidget(self.company, 2)
        top.addWidget(self.on)
        column.addLayout(top)
        self.expect = TextField(
            theme,
            self.tr("What do you expect to see?"),
            question=self.tr("What, where, how much, and why do you think so?"),
            lines=2,
        )
        column.addWidget(self.expect)
        self.stops = TextField(
            theme,
            self.tr("Stops"),
            question=words.stops_question,
            lines=3,
        )
        self._name_stops(words.customer)
        column.addWidget(self.stops)
        column.addLayout(self._choices(self.tr("Time box"), self._time_boxes()))
        column.addLayout(self._choices(self.tr("Theme"), self._themes()))
        column.addLayout(self._choices(self.tr("Categories"), self._category_sets()))
        self._asks = QVBoxLayout()
        self._asks.setSpacing(0)
        column.addLayout(self._asks)
        self.own = TextField(
            theme,
            self.tr("Your own list, pasted, one question a line"),
            question=self.tr("Which questions do you carry with you?"),
            lines=2,
        )
        column.addWidget(self.own)
        self.keep_route = KeepRoute(theme)
        column.addWidget(self.keep_route)

    def _choices(self, words: str, buttons: list[Button]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(4))
        column.addWidget(Label(self.theme, words, step="small", tone="ink_soft"))
        host = QWidget()
        flow = FlowLayout(host, gap=self.theme.px(8))
        for button in buttons:
            flow.addWidget(button)
        column.addWidget(host)
        return column

    def _time_boxes(self) -> list[Button]:
        self.time_boxes: dict[int, Button] = {}
        for minutes in _BOXES:
            words = self.tr("{n} min").format(n=minutes)
            button = Button(self.theme, words, checkable=True)
            button.clicked.connect(lambda _on=False, minutes=minutes: self._only_box(minutes))
            self.time_boxes[minutes] = button
        return list(self.time_boxes.values())

    def _only_box(self, minutes: int) -> None:
        for other, button in self.time_boxes.items():
            if other != minutes:
                button.setChecked(False)

    def _themes(self) -> list[Button]:
        self.themes: dict[str, Button] = {}
        for group in self._bank.groups:
            button = Button(self.theme, group.label, checkable=True)
            button.clicked.connect(lambda on=False, key=group.id: self._choose_theme(key, on))
            self.themes[group.id] = button
        return list(self.themes.values())

    def _category_sets(self) -> list[Button]:
        self.category_sets: dict[str, Button] = {}
        for key, words in set_words().items():
            button = Button(self.theme, words, checkable=True)
            button.clicked.connect(lambda _on=False, key=key: self.choose_set(key))
            self.category_sets[key] = button
        return list(self.category_sets.values())

    def choose_set(self, key: str) -> None:
        """Choose a set of categories; there is always one."""
        for other, button in self.category_sets.items():
            button.setChecked(other == key)

    def _choose_theme(self, key: str, on: bool) -> None:
        for other, button in self.themes.items():
            if other != key:
                button.setChecked(False)
        self._theme_id = key if on else ""
        # What was ticked under another theme stays ticked and in sight.
        kept = [box.text() for box in self._ticked.values() if box.isChecked()]
        clear(self._asks)
        self._ticked = {}
        offered = [step.ask for step in self._bank.in_group(self._theme_id)] if on else []
        for text in dict.fromkeys([*kept, *offered]):
            box = CheckBox(self.theme, text, checked=text in kept)
            self._ticked[text] = box
            self._asks.addWidget(box)

    def offered(self) -> dict[str, CheckBox]:
        """The questions of the theme by their words, with those ticked before."""
        return dict(self._ticked)

    def _texts(self) -> dict[str, TextField | Field]:
        return {
            "purpose": self.purpose,
            "company": self.company,
            "shift": self.shift,
            "expect": self.expect,
            "stops": self.stops,
            "own": self.own,
        }

    def _keep_draft(self, _visit: str) -> None:
        words = {name: field.text() for name, field in self._texts().items()}
        words |= {_WHERE: self.area.line.text(), _ROUTE: self.keep_route.name.text()}
        self._drafts.keep(self._draft, **words)

    def route_kept(self) -> None:
        """Forget the name of a route, because there is a route of that name now."""
        self.keep_route.name.set_text("")
        self._keep_draft("route")
        self.route.offer()

    def forget(self) -> None:
        """Forget what was typed, because it has become a walk."""
        self._autosave.drop()
        self._drafts.drop(self._draft)

    def open_more(self, shown: bool) -> None:
        """Show or hide everything but the sentence."""
        self.more.setVisible(shown)
        self.more_button.setText(self.tr("Less") if shown else self.tr("More before you go"))
        if shown:
            self.route.offer()
            self.area.set_names(self._people.areas())
            self.area.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_words(self) -> None:
        """Ask in the words of this workplace."""
        words = self._vocabularies.words
        self.area.line.setPlaceholderText(words.where_question)
        self.stops.edit.setPlaceholderText(words.stops_question)
        self._name_stops(words.customer)

    def _name_stops(self, customer: str) -> None:
        said = self.tr("Stops, one a line, from the end of the {customer}")
        self.stops.set_label(said.format(customer=customer))

    def _take_route(self, route: Route | None) -> None:
        """Fill the plan from a route; what the route says nothing of stays."""
        if route is None:
            return
        for name, text in route_texts(route).items():
            if text.strip():
                self._texts()[name].set_text(text)
        if route.area_id is not None:
            self.area.set_value(route.area_id)
        for minutes, button in self.time_boxes.items():
            button.setChecked(route.time_box == minutes)
        group = next((one for one in self._bank.groups if one.label == route.theme), None)
        for key, button in self.themes.items():
            button.setChecked(group is not None and key == group.id)
        self._choose_theme(group.id if group else "", group is not None)
        self.choose_set(route.category_set)
        self._keep_draft("route")

    def begin(self) -> None:
        """Put the caret into the sentence."""
        self.purpose.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Chosen:
        """Return what was filled in; an area named for the first time is added."""
        fields: dict[str, object] = {}
        name = self.area.value()[1]
        if name:
            fields["area_id"] = self._people.area(name, shift=self.shift.text()).id
        if self.shift.text().strip():
            fields["shift"] = " ".join(self.shift.text().split())
        if self._theme_id:
            group = next(g for g in self._bank.groups if g.id == self._theme_id)
            fields["theme"] = group.label
        if self.company.text().strip():
            fields["company"] = self.company.text().strip()
        if self.expect.text().strip():
            fields["expect"] = self.expect.text()
        if self.stops.text().strip():
            fields["stops"] = self._walks.stops_from(self.stops.text())
        box = next((n for n, button in self.time_boxes.items() if button.isChecked()), 0)
        if box:
            fields["time_box"] = box
        if self.on.value() is not None:
            fields["planned_on"] = self.on.value()
        fields["category_set"] = next(
            (key for key, one in self.category_sets.items() if one.isChecked()), ""
        )
        fields["questions"] = self._walks.questions_from(self._questions())
        return Chosen(self.purpose.text(), fields)

    def _questions(self) -> list[str]:
        ticked = [text for text, box in self._ticked.items() if box.isChecked()]
        own = [line for line in lines_of(self.own.text()) if line not in ticked]
        if ticked or own:
            return ticked + own
        # With nothing chosen the card still holds the questions one opens with.
        return [step.ask for step in self._bank.in_group(self._theme_id or OPENING)]

    def show_plan(self, walk: Walk | None) -> None:
        """Show a planned walk to change it, or an empty plan."""
        self.purpose.set_text(walk.purpose if walk else "")
        self.purpose.say("")
        area: UUID | None = walk.area_id if walk else None
        self.area.set_names(self._people.areas())
        self.area.set_value(area)
        self.company.set_text(walk.company if walk else "")
        self.shift.set_text(walk.shift if walk else "")
        self._say_words()
        self.on.set_value(walk.planned_on if walk else None)
        self.keep_route.name.set_text("")
        self.expect.set_text(walk.expect if walk else "")
        self.stops.set_text("\n".join(stop.place for stop in walk.stops) if walk else "")
        self.own.set_text("\n".join(one.text for one in walk.questions) if walk else "")
        for minutes, button in self.time_boxes.items():
            button.setChecked(walk is not None and walk.time_box == minutes)
        self.choose_set(walk.category_set if walk is not None else "")
        for group in self._bank.groups:
            self.themes[group.id].setChecked(walk is not None and walk.theme == group.label)
        self._theme_id = next((k for k, b in self.themes.items() if b.isChecked()), "")
        clear(self._asks)
        self._ticked = {}
        self._draft = f"walk.{walk.id}" if walk else "walk"
        for name, text in self._drafts.read(self._draft).items():
            if name == _WHERE:
                self.area.set_value(None, text)
            elif name == _ROUTE:
                self.keep_route.name.set_text(text)
            elif name in self._texts():
                self._texts()[name].set_text(text)

    def _send(self, signal: object) -> None:
        if not self.purpose.text().strip():
            self.purpose.say(self.tr("One sentence is enough: why do you go?"))
            self.begin()
            return
        self.purpose.say("")
        self.on.read()
        signal.emit()  # type: ignore[attr-defined]
