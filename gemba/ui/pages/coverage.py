"""Coverage: the next walk and why, who and what was not seen for long, draws, and routes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.coverage import PERSON, Coverage, Suggestion, warmth
from gemba.domain.errors import GembaError
from gemba.domain.question_set import QuestionSet
from gemba.domain.titles import first_words
from gemba.ui.days import near_day
from gemba.ui.pages.common import listen
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Label,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)
from gemba.ui.widgets.heat_list import HeatLine, HeatList

if TYPE_CHECKING:
    from gemba.domain.draw import Draw
    from gemba.services.bulletin import Bulletin
    from gemba.services.coverage import CoverageFinder
    from gemba.services.routes import Routes
    from gemba.services.vocabularies import Vocabularies
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_HEARD = ("walk", "area", "person", "promise", "talk", "recognition", "route", "draw")
_AT_ONCE = 12
_WIDTH = 760


class CoveragePage(QWidget):
    """What was not seen the longest stands at the top, and why it would be the next walk."""

    def __init__(
        self,
        theme: Theme,
        *,
        coverage: CoverageFinder,
        routes: Routes,
        vocabularies: Vocabularies,
        questions: Callable[[str, int | None], QuestionSet],
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._coverage = coverage
        self._routes = routes
        self._vocabularies = vocabularies
        self._questions = questions
        self._go = go
        self._today = today
        self._next: Suggestion | None = None
        self._places: list[Coverage] = []
        self._people: list[Coverage] = []
        self._all = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Coverage"))
        self.routines = Button(theme, self.tr("Routines"), icon="calendar")
        self.routines.clicked.connect(lambda: self._go.to("routines"))
        self.head.add_action(self.routines)
        view.add(self.head)
        view.space(16)
        column = Column(theme, width=_WIDTH, gap=8)
        view.body.addWidget(column)
        view.finish()
        self._build_next(column)
        self._build_lists(column)
        self._build_draws(column)
        self._build_routes(column)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_next(self, column: Column) -> None:
        theme = self.theme
        self.empty = EmptyState(
            theme,
            self.tr("Name where you walk and whom you coach; then this page says who waits."),
            action=self.tr("Plan a walk"),
            icon="map",
        )
        self.empty.acted.connect(lambda: self._go.to("walks", new=True))
        column.add(self.empty)
        self.next = QWidget()
        inner = QVBoxLayout(self.next)
        inner.setContentsMargins(0, 0, 0, theme.px(8))
        inner.setSpacing(theme.px(8))
        self.next_head = Label(theme, "", step="title")
        self.why = Label(theme, "")
        inner.addWidget(self.next_head)
        inner.addWidget(self.why)
        row = QHBoxLayout()
        self.plan = Button(theme, self.tr("Plan this walk"), kind="primary", icon="footprints")
        self.plan.clicked.connect(self._plan_next)
        row.addWidget(self.plan)
        row.addStretch(1)
        inner.addLayout(row)
        column.add(self.next)

    def _build_lists(self, column: Column) -> None:
        theme = self.theme
        column.space(theme.px(16))
        self.places_head = Label(theme, "", step="strong", wrap=False)
        column.add(self.places_head)
        self.places = HeatList(theme, self.tr("Places and shifts"))
        self.places.opened.connect(lambda at: self._plan(self._places[at]))
        column.add(self.places)
        column.space(theme.px(16))
        self.people_head = Label(theme, self.tr("People"), step="strong", wrap=False)
        column.add(self.people_head)
        self.people = HeatList(theme, self.tr("People"))
        self.people.opened.connect(lambda at: self._go.open(Ref("person", self._people[at].id)))
        column.add(self.people)
        self.more = Button(theme, self.tr("Show all"), kind="quiet")
        self.more.clicked.connect(self._show_all)
        column.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)

    def _build_draws(self, column: Column) -> None:
        theme = self.theme
        column.space(theme.px(16))
        column.add(Label(theme, self.tr("Draw at random"), step="strong", wrap=False))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.draw_area = Button(theme, self.tr("A place"), icon="map-pin")
        self.draw_question = Button(
            theme, self.tr("A question"), icon="message-circle-question-mark"
        )
        self.draw_card = Button(theme, self.tr("A card"), icon="square-check")
        self.draw_area.clicked.connect(lambda: self._draw("area", self._area_names()))
        self.draw_question.clicked.connect(lambda: self._draw("question", self._asks()))
        self.draw_card.clicked.connect(lambda: self._draw("card", self._cards()))
        for button in (self.draw_area, self.draw_question, self.draw_card):
            row.addWidget(button)
        row.addStretch(1)
        column.body.addLayout(row)
        self.drawn = RowList(theme, name=self.tr("Drawn"))
        column.add(self.drawn)

    def _build_routes(self, column: Column) -> None:
        column.space(self.theme.px(16))
        self.routes_head = Label(self.theme, self.tr("Routes"), step="strong", wrap=False)
        column.add(self.routes_head)
        self.route_list = RowList(self.theme, name=self.tr("Routes"))
        self.route_list.opened.connect(self._walk_route)
        column.add(self.route_list)
        column.space(self.theme.px(24))

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Coverage")

    def arrive(self, **_what: object) -> None:
        """Show who and what was not seen for long."""
        self._all = False
        self._show()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        rows = self._coverage.rows()
        places = [one for one in rows if one.kind != PERSON]
        people = [one for one in rows if one.kind == PERSON]
        self.more.setVisible(not self._all and max(len(places), len(people)) > _AT_ONCE)
        most = len(rows) if self._all else _AT_ONCE
        self._places, self._people = places[:most], people[:most]
        self.places.set_lines([self._line(one) for one in self._places])
        self.people.set_lines([self._line(one) for one in self._people])
        words = self._vocabularies.words
        self.places_head.setText(self.tr("{areas} and shifts").format(areas=words.areas))
        self.places_head.setVisible(bool(places))
        self.people_head.setVisible(bool(people))
        self._next = self._coverage.suggestion(rows)
        self._show_next(self._next)
        self._show_drawn()
        routes = self._routes.all()
        plan = RowAction(self.tr("Plan a walk"), "footprints", self._walk_route)
        away = RowAction(self.tr("Delete"), "trash-2", self._throw_away)
        self.route_list.set_rows(
            [
                RowWords(one.name, ", ".join(stop.place for stop in one.stops), key=one.id)
                for one in routes
            ],
            (plan, away),
        )
        self.routes_head.setVisible(bool(routes))

    def _line(self, one: Coverage) -> HeatLine:
        days = one.days(self._today())
        name = f"{one.name}, {one.shift}" if one.shift else one.name
        return HeatLine(name, self._ago(days, one.kind == PERSON), warmth(days))

    def _ago(self, days: int | None, person: bool) -> str:
        if days is None:
            return self.tr("not talked to yet") if person else self.tr("not seen yet")
        if days < 2:
            return self.tr("today") if days == 0 else self.tr("yesterday")
        return self.tr("{n} days").format(n=days)

    def _show_next(self, found: Suggestion | None) -> None:
        self.empty.setVisible(found is None)
        self.next.setVisible(found is not None)
        if found is None:
            return
        said: list[str] = []
        where = found.where
        name = self.tr("where the oldest promise was made")
        if where is not None:
            name = f"{where.name}, {where.shift}" if where.shift else where.name
            days = where.days(self._today())
            if days is None:
                said.append(self.tr("You have not been there yet."))
            else:
                said.append(
                    self.tr("You have not been there for {n} days.").format(n=days)
                    if days > 1
                    else self.tr("It was seen lately, and all the others too.")
                )
        self.next_head.setText(self.tr("The next walk: {place}").format(place=name))
        promise = found.promise
        if promise is not None:
            age = max(0, (self._today() - promise.made_on).days)
            words = first_words(promise.text, 120)
            if found.elsewhere:
                sentence = self.tr("The oldest promise of all waits {n} days: {words}")
            else:
                sentence = self.tr("The oldest promise there waits {n} days: {words}")
            said.append(sentence.format(n=age, words=words))
        self.why.setText(" ".join(said))

    def _show_drawn(self) -> None:
        today = self._today()
        rows = []
        for one in self._coverage.drawn(5):
            small = self.tr("{day}, out of {n}, seed {seed}").format(
                day=near_day(one.drawn_at.date(), today), n=len(one.choices), seed=one.seed
            )
            rows.append(RowWords(first_words(one.chosen, 120), small, key=one.id, bold=False))
        away = RowAction(self.tr("Delete"), "trash-2", self._drop_draw)
        self.drawn.set_rows(rows, (away,))
        self.drawn.setVisible(bool(rows))
        self.draw_area.setEnabled(bool(self._area_names()))

    def _show_all(self) -> None:
        self._all = True
        self._show()

    # What one can do

    def _plan_next(self) -> None:
        if self._next is not None:
            where, promise = self._next.where, self._next.promise
            if where is not None:
                self._plan(where)
            elif promise is not None:
                self._go.open(Ref("promise", promise.id))

    def _plan(self, where: Coverage) -> None:
        name = f"{where.name}, {where.shift}" if where.shift else where.name
        purpose = self.tr("See how the work goes: {place}").format(place=name)
        try:
            walk = self._routes.walk_in(where.id, purpose, where.shift)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("walks", walk=walk.id)

    def _walk_route(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.to("walks", walk=self._routes.plan_walk(key).id)

    def _throw_away(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.throw_away(Ref("route", key), listed=True)

    def _drop_draw(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.throw_away(Ref("draw", key), listed=True)

    def _area_names(self) -> list[str]:
        return sorted({one.name for one in self._places if one.kind != PERSON})

    def _asks(self) -> list[str]:
        return [step.ask for step in self._questions("gemba", None).steps_for(first=False)]

    def _cards(self) -> list[str]:
        cards = self._vocabularies.cards()
        return [one.look_at for one in cards.cards] if cards is not None else []

    def _draw(self, drawn_from: str, choices: Sequence[str]) -> Draw | None:
        try:
            found = self._coverage.draw(drawn_from, choices)
        except GembaError as error:
            self._go.trouble(error)
            return None
        self._show_drawn()
        self._go.say(self.tr("Drawn: {words}").format(words=first_words(found.chosen, 120)))
        return found
