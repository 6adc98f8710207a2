"""Walks: set out with one sentence, or go on, plan, look back and write up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.domain.walk import Walk
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.walks import Walks
from gemba.ui.autosave import hand_over
from gemba.ui.days import clock, near_day, short_day
from gemba.ui.go import Go
from gemba.ui.pages.common import listen
from gemba.ui.pages.seen_list import MOST_WORDS
from gemba.ui.pages.walk_plan import QuestionSets, WalkPlan
from gemba.ui.widgets import (
    Button,
    Column,
    Label,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)

if TYPE_CHECKING:
    from gemba.services.routes import Routes
    from gemba.services.vocabularies import Vocabularies
    from gemba.ui.theme import Theme

_MOST = 20
_EVERY = 1_000


class WalksPage(QWidget):
    """A sentence to set out with, and below it every walk: under way, planned, done."""

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        people: People,
        drafts: Drafts,
        questions: QuestionSets,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        routes: Routes,
        vocabularies: Vocabularies,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._routes = routes
        self._go = go
        self._today = today
        self._changing: UUID | None = None
        self._all_done = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Walks"))
        self.write_up = Button(theme, self.tr("Write up a walk"), icon="pen-line")
        self.write_up.clicked.connect(lambda: self._go.to("write up"))
        self.patterns = Button(theme, self.tr("Patterns"), icon="chart-line")
        self.patterns.clicked.connect(lambda: self._go.to("patterns"))
        self.routines = Button(theme, self.tr("Routines"), icon="calendar")
        self.routines.clicked.connect(lambda: self._go.to("routines"))
        self.coverage = Button(theme, self.tr("Coverage"), icon="map")
        self.coverage.clicked.connect(lambda: self._go.to("coverage"))
        self.forms = Button(theme, self.tr("Forms"), icon="list-todo")
        self.forms.clicked.connect(lambda: self._go.to("forms"))
        self.head.add_action(self.forms)
        self.head.add_action(self.routines)
        self.head.add_action(self.coverage)
        self.head.add_action(self.patterns)
        self.head.add_action(self.write_up)
        view.add(self.head)
        view.space(24)
        column = Column(theme, gap=0)
        view.body.addWidget(column)
        view.finish()
        self.plan = WalkPlan(
            theme,
            walks=walks,
            people=people,
            drafts=drafts,
            questions=questions,
            today=today,
            routes=routes,
            vocabularies=vocabularies,
        )
        self.plan.keep_route.asked.connect(self._keep_route)
        self.plan.started.connect(self._start)
        self.plan.planned.connect(self._plan)
        column.add(self.plan)
        self.under_way = self._section(column, self.tr("Under way"), self._open_walk)
        self.planned = self._section(column, self.tr("Planned"), self._change)
        self.done = self._section(column, self.tr("Done"), self._open_debrief)
        self.all_done = Button(theme, self.tr("Show all"), kind="quiet")
        self.all_done.clicked.connect(self._show_all)
        column.body.addWidget(self.all_done, 0, Qt.AlignmentFlag.AlignLeading)
        self.loose = self._section(column, self.tr("Seen outside a walk"), self._open_observation)
        column.space(theme.px(24))
        self.plan.show_plan(None)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _section(self, column: Column, words: str, opened: Callable[[object], None]) -> RowList:
        host = QWidget()
        inner = QVBoxLayout(host)
        inner.setContentsMargins(0, self.theme.px(32), 0, 0)
        inner.setSpacing(self.theme.px(8))
        inner.addWidget(Label(self.theme, words, step="strong", wrap=False))
        rows = RowList(self.theme, name=words)
        rows.opened.connect(opened)
        inner.addWidget(rows)
        column.add(host)
        return rows

    # The page in the window

    def page_title(self) -> str:
        """The name of the place."""
        return self.tr("Walks")

    def arrive(self, **what: object) -> None:
        """Show every walk; with ``walk`` that planned one, ready to be changed."""
        wanted = what.get("walk")
        self._show()
        if isinstance(wanted, UUID):
            self._change(wanted)
        elif self._changing is not None:
            self._change(None)
        self.plan.begin()

    def leave(self) -> None:
        """Hand over what stands in the sentence; it is there when one comes back."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in ("walk", "observation") for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        ahead = self._walks.ahead()
        under_way = [walk for walk in ahead if walk.under_way]
        ready = [walk for walk in ahead if not walk.under_way]
        done = self._walks.done(_EVERY if self._all_done else _MOST + 1)
        shown = done if self._all_done else done[:_MOST]
        go_on = RowAction(self.tr("Go on"), "footprints", self._open_walk)
        set_out = RowAction(self.tr("Start"), "footprints", self._set_out)
        away = RowAction(self.tr("Delete"), "trash-2", lambda key: self._throw_away("walk", key))
        self._fill(self.under_way, [self._row(walk) for walk in under_way], (go_on, away))
        cards = RowAction(self.tr("Cards"), "printer", self._open_cards)
        self._fill(self.planned, [self._row(walk) for walk in ready], (set_out, cards, away))
        self._fill(self.done, [self._row(walk) for walk in shown], (away,))
        self.all_done.setVisible(len(done) > len(shown))
        today = self._today()
        loose = [
            RowWords(
                first_words(seen.saw, MOST_WORDS),
                age=near_day(seen.seen_on, today),
                marks=(("", seen.category),) if seen.category else (),
                key=seen.id,
                bold=False,
            )
            for seen in self._walks.loose(_MOST)
        ]
        seen_away = RowAction(
            self.tr("Delete"), "trash-2", lambda key: self._throw_away("observation", key)
        )
        self._fill(self.loose, loose, (seen_away,))

    def _fill(self, rows: RowList, words: list[RowWords], actions: tuple[RowAction, ...]) -> None:
        rows.set_rows(words, actions)
        section = rows.parentWidget()
        if section is not None:
            section.setVisible(bool(words))

    def _row(self, walk: Walk) -> RowWords:
        today = self._today()
        purpose = first_words(walk.purpose, MOST_WORDS)
        places = ", ".join(stop.place for stop in walk.stops)
        if walk.under_way:
            since = self.tr("since {time}").format(time=clock(walk.started_at))
            return RowWords(purpose, places, since, key=walk.id)
        if walk.walked_on is None:
            on = near_day(walk.planned_on, today) if walk.planned_on else self.tr("no date yet")
            return RowWords(purpose, places, on, key=walk.id)
        learned = walk.debrief.learned or walk.debrief.pattern or walk.debrief.learn_next
        return RowWords(
            purpose,
            first_words(learned, MOST_WORDS) or places,
            short_day(walk.walked_on, today),
            key=walk.id,
        )

    def _show_all(self) -> None:
        self._all_done = True
        self._show()

    # Where it leads

    def _start(self) -> None:
        walk = self._keep_plan()
        if walk is not None:
            self._set_out(walk.id)

    def _plan(self) -> None:
        walk = self._keep_plan()
        if walk is None:
            return
        words = self.tr("Planned: {purpose}").format(purpose=first_words(walk.purpose, 80))
        if walk.planned_on is not None:
            on = near_day(walk.planned_on, self._today())
            words = self.tr("Planned for {day}: {purpose}").format(
                day=on, purpose=first_words(walk.purpose, 80)
            )
        self._go.say(words)
        self.plan.begin()

    def _keep_route(self, name: str) -> None:
        """Keep the plan as it stands as a route, whether it becomes a walk or not."""
        chosen = self.plan.chosen()
        bare = Walk(id=UUID(int=0), purpose=chosen.purpose.strip())
        try:
            route = self._routes.keep(name, replace(bare, **chosen.fields))  # type: ignore[arg-type]
        except GembaError as error:
            self._go.trouble(error)
            return
        self.plan.route_kept()
        self._go.say(self.tr("Kept the route: {name}").format(name=route.name))

    def _keep_plan(self) -> Walk | None:
        chosen = self.plan.chosen()
        try:
            if self._changing is None:
                walk = self._routes.add_owed(self._walks.plan(chosen.purpose, **chosen.fields))
            else:
                before = self._walks.get(self._changing).area_id
                walk = self._walks.change_plan(self._changing, chosen.purpose, chosen.fields)
                if walk.area_id != before:
                    walk = self._routes.add_owed(walk)
        except GembaError as error:
            self._go.trouble(error)
            return None
        self.plan.forget()
        self._walks.settle()
        self._change(None)
        return walk

    def _change(self, key: object) -> None:
        """Put a planned walk into the plan above, or empty it."""
        walk = self._walks.get(key) if isinstance(key, UUID) else None
        if walk is not None and walk.started_at is not None:
            self._open_walk(walk.id)
            return
        self._changing = walk.id if walk else None
        self.plan.show_plan(walk)
        self.plan.open_more(walk is not None)
        if walk is not None:
            self.plan.begin()

    def _set_out(self, key: object) -> None:
        self._go.to("walk", walk=key, start=True)

    def _throw_away(self, kind: str, key: object) -> None:
        if isinstance(key, UUID):
            if key == self._changing:
                self._change(None)
            self._go.throw_away(Ref(kind, key), listed=True)

    def _open_walk(self, key: object) -> None:
        self._go.to("walk", walk=key)

    def _open_cards(self, key: object) -> None:
        self._go.to("walk paper", walk=key, kind="cards")

    def _open_debrief(self, key: object) -> None:
        self._go.to("debrief", walk=key)

    def _open_observation(self, key: object) -> None:
        self._go.to("observation", observation=key)
