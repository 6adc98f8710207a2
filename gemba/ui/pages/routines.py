"""Leader standard work: this week, each routine, days off, and thirteen weeks of practice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.routine import LAST_OF_MONTH, Routine
from gemba.domain.routine_days import monday_of
from gemba.ui.autosave import hand_over
from gemba.ui.days import near_day, short_day, weekday_words
from gemba.ui.pages.common import listen
from gemba.ui.pages.routine_day import DayOff, RoutineDay
from gemba.ui.pages.routine_form import RoutineForm
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
from gemba.ui.widgets.practice import Line, PracticeLegend, PracticeStrip, Span

if TYPE_CHECKING:
    from gemba.domain.practice import Practice
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.people import People
    from gemba.services.routes import Routes
    from gemba.services.routines import Routines
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_HEARD = ("routine", "keeping", "walk", "talk")
_WIDTH = 860


class RoutinesPage(QWidget):
    """The week above; a click on a day says what became of it."""

    def __init__(
        self,
        theme: Theme,
        *,
        routines: Routines,
        routes: Routes,
        people: People,
        drafts: Drafts,
        bulletin: Bulletin,
        write: Callable[[Path, bytes], None],
        go: Go,
        today: Callable[[], date],
        where: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._routines = routines
        self._routes = routes
        self._write = write
        self._go = go
        self._today = today
        self._changing: UUID | None = None
        self._practices: list[Practice] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Leader standard work"))
        self.coverage = Button(theme, self.tr("Coverage"), icon="map")
        self.coverage.clicked.connect(lambda: self._go.to("coverage"))
        self.calendar = Button(theme, self.tr("Calendar file"), icon="calendar")
        self.calendar.clicked.connect(self._save_calendar)
        self.new = Button(theme, self.tr("New routine"), icon="plus")
        self.new.clicked.connect(lambda: self._change(None, open_form=True))
        for button in (self.coverage, self.calendar, self.new):
            self.head.add_action(button)
        view.add(self.head)
        view.space(16)
        column = Column(theme, width=_WIDTH, gap=8)
        view.body.addWidget(column)
        view.finish()
        self.empty = EmptyState(
            theme,
            self.tr("What do you do again and again so that the work goes well?"),
            action=self.tr("Write the first routine"),
            icon="calendar",
        )
        self.empty.acted.connect(lambda: self._change(None, open_form=True))
        column.add(self.empty)
        self.form = RoutineForm(
            theme, people=people, routes=routes, drafts=drafts, today=today, where=where
        )
        self.form.kept.connect(self._keep)
        self.form.left.connect(self._leave_form)
        self.form.hide()
        column.add(self.form)
        self._build_week(column, drafts)
        self._build_rest(column, drafts, today)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_week(self, column: Column, drafts: Drafts) -> None:
        self.week_head = Label(self.theme, self.tr("This week"), step="strong", wrap=False)
        column.add(self.week_head)
        self.week = PracticeStrip(self.theme, self.tr("This week"))
        self.week.opened.connect(self._open_day)
        column.add(self.week)
        self.legend = PracticeLegend(self.theme)
        column.add(self.legend)
        self.day = RoutineDay(self.theme, drafts)
        self.day.kept.connect(self._keep_day)
        self.day.missed.connect(self._miss_day)
        self.day.unsaid.connect(self._unsay_day)
        self.day.walk_asked.connect(self._plan_walk)
        self.day.hide()
        column.add(self.day)

    def _build_rest(self, column: Column, drafts: Drafts, today: Callable[[], date]) -> None:
        column.space(self.theme.px(24))
        self.list_head = Label(self.theme, self.tr("Routines"), step="strong", wrap=False)
        column.add(self.list_head)
        self.list = RowList(self.theme, name=self.tr("Routines"))
        self.list.opened.connect(lambda key: self._change(key, open_form=True))
        column.add(self.list)
        column.space(self.theme.px(24))
        self.off = DayOff(self.theme, drafts, today=today)
        self.off.kept.connect(self._pause)
        self.off.work_again.connect(self._work_again)
        column.add(self.off)
        column.space(self.theme.px(24))
        self.dots_head = Label(self.theme, self.tr("Thirteen weeks"), step="strong", wrap=False)
        column.add(self.dots_head)
        self.dots = PracticeStrip(self.theme, self.tr("Thirteen weeks"))
        self.dots.opened.connect(self._open_week)
        column.add(self.dots)
        self.dots_said = Label(self.theme, "", step="small", tone="ink_soft")
        column.add(self.dots_said)
        column.space(self.theme.px(24))
        self.aside_head = Label(self.theme, self.tr("Laid aside"), step="strong", wrap=False)
        column.add(self.aside_head)
        self.aside = RowList(self.theme, name=self.tr("Laid aside"))
        column.add(self.aside)
        column.space(self.theme.px(24))

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Leader standard work")

    def arrive(self, **what: object) -> None:
        """Show this week; with ``routine`` that one, ready to be changed.

        With ``of`` and ``day`` what became of that day of a routine.
        """
        self._show()
        self.off.take_up()
        of, day = what.get("of"), what.get("day")
        if isinstance(of, UUID) and isinstance(day, date):
            self._show_day(of, day)
        wanted = what.get("routine")
        chosen = wanted if isinstance(wanted, UUID) else None
        self._change(chosen, open_form=chosen is not None or self.form.drafted())

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        today = self._today()
        weeks = self._routines.weeks()
        self._practices = weeks
        lines = [Line(one.routine.name, one.days) for one in weeks]
        monday = monday_of(today)
        days = [monday + timedelta(days=number) for number in range(7)]
        spans = [
            Span(f"{word} {day.day}", day, day)
            for word, day in zip(weekday_words(), days, strict=True)
        ]
        self.week.set_lines(lines, spans, at=today.weekday())
        mondays = [monday - timedelta(weeks=number) for number in range(12, -1, -1)]
        self.dots.set_lines(
            lines,
            [Span(f"{one.day}/{one.month}", one, one + timedelta(days=6)) for one in mondays],
            at=12,
        )
        self.list.set_rows([self._row(one.routine) for one in weeks], self._actions())
        laid = self._routines.all(archived=True)
        self.aside.set_rows(
            [RowWords(one.name, self._when(one), key=one.id, bold=False) for one in laid],
            (
                RowAction(self.tr("Take up again"), "undo-2", self._take_up),
                RowAction(self.tr("Delete"), "trash-2", self._throw_away),
            ),
        )
        self.off.show_pauses([one.routine for one in weeks], today)
        any_one = bool(weeks)
        for widget in (self.week_head, self.legend, self.list_head, self.list, self.off):
            widget.setVisible(any_one)
        self.dots_head.setVisible(any_one)
        self.dots_said.setVisible(any_one)
        self.calendar.setVisible(any_one)
        self.aside_head.setVisible(bool(laid))
        self.aside.setVisible(bool(laid))
        self.empty.setVisible(not any_one and self.form.isHidden())
        self.dots_said.setText(
            self.tr("Each dot is one day. Look for what got in the way, not for a row of dots.")
        )
        self._refresh_day()

    def _actions(self) -> tuple[RowAction, ...]:
        return (
            RowAction(self.tr("Lay aside"), "archive", self._lay_aside),
            RowAction(self.tr("Delete"), "trash-2", self._throw_away),
        )

    def _row(self, routine: Routine) -> RowWords:
        small = " · ".join(part for part in (routine.why.split("\n")[0], routine.role) if part)
        return RowWords(routine.name, small, self._when(routine), key=routine.id)

    def _when(self, routine: Routine) -> str:
        """Say days, cadence, time and length."""
        names = weekday_words()
        held = sorted({number for number in routine.weekdays if 1 <= number <= 7})
        if len(held) > 2 and held == list(range(held[0], held[-1] + 1)):
            days = f"{names[held[0] - 1]}-{names[held[-1] - 1]}"
        else:
            days = " ".join(names[number - 1] for number in held)
        if routine.week_of_month == LAST_OF_MONTH:
            days = self.tr("last {days} of the month").format(days=days)
        elif routine.week_of_month:
            days = self.tr("{days}, week {n} of the month").format(
                days=days, n=routine.week_of_month
            )
        elif routine.every_weeks > 1:
            days = self.tr("{days}, every {n} weeks").format(days=days, n=routine.every_weeks)
        minutes = self.tr("{n} min").format(n=routine.minutes)
        return " · ".join(part for part in (days, routine.time_of_day, minutes) if part)

    # One day

    def _open_day(self, row: int, column: int) -> None:
        day = self.week.spans[column].first
        self._show_day(self._practices[row].routine.id, day)

    def _open_week(self, row: int, column: int) -> None:
        """Open the day of a week that asks for a word first: one missed without a reason."""
        marks = self.dots.marks_at(row, column)
        if marks:
            bare = [one for one in marks if one.state == "missed" and not one.why]
            self._show_day(self._practices[row].routine.id, (bare or marks)[0].day)

    def _show_day(self, routine_id: UUID, day: date) -> None:
        found = next((one for one in self._practices if one.routine.id == routine_id), None)
        if found is None:
            self.day.hide()
            return
        mark = next((one for one in found.days if one.day == day), None)
        walk = found.routine.kind == "walk" and day >= self._today()
        self.day.show_day(found.routine, day, mark, self._today(), walk=walk)
        self.day.show()

    def _refresh_day(self) -> None:
        if not self.day.isHidden() and self.day.routine_id is not None:
            self._show_day(self.day.routine_id, self.day.day)

    def _keep_day(self, routine_id: UUID, day: date) -> None:
        self._try(lambda: self._routines.keep(routine_id, day))

    def _miss_day(self, routine_id: UUID, day: date, why: str) -> None:
        def miss() -> None:
            self._routines.miss(routine_id, day, why)
            self.day.forget()

        self._try(miss)

    def _unsay_day(self, routine_id: UUID, day: date) -> None:
        self._try(lambda: self._routines.unsay(routine_id, day))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except GembaError as error:
            self._go.trouble(error)
        self._show()

    def _plan_walk(self, routine_id: UUID, day: date) -> None:
        """Make the walk of a day from its route, and open it to be changed or begun."""
        try:
            routine = self._routines.get(routine_id)
            walk = self._routes.walk_for(routine, day)
            self._routines.keep(routine_id, day, walk_id=walk.id)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("walks", walk=walk.id)

    # Routines

    def _change(self, key: object, *, open_form: bool = False) -> None:
        routine = self._routines.get(key) if isinstance(key, UUID) else None
        self._changing = routine.id if routine else None
        self.form.setVisible(open_form)
        self.empty.setVisible(not self._practices and not open_form)
        if open_form:
            self.form.show_routine(routine, self._today())
            self.form.name.line.setFocus()

    def _leave_form(self) -> None:
        self.form.forget()
        self._change(None)

    def leave(self) -> None:
        """Hand over what is being typed; it is there when one comes back."""
        hand_over(self)

    def _keep(self) -> None:
        fields = self.form.fields()
        try:
            if self._changing is None:
                name, kind = str(fields.pop("name")), str(fields.pop("kind"))
                self._routines.add(kind, name, **fields)
            else:
                fields["name"] = " ".join(str(fields["name"]).split())
                self._routines.change(self._changing, **fields)
        except GembaError as error:
            self._go.trouble(error)
            return
        self.form.forget()
        self._change(None)
        self._show()

    def _lay_aside(self, key: object) -> None:
        if isinstance(key, UUID):
            routine = self._routines.lay_aside(key)
            self._show()
            self._go.say(
                self.tr("Laid aside: {name}").format(name=routine.name),
                undo=lambda: self._try(lambda: self._routines.take_up(key)),
            )

    def _take_up(self, key: object) -> None:
        if isinstance(key, UUID):
            self._try(lambda: self._routines.take_up(key))

    def _throw_away(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.throw_away(Ref("routine", key), listed=True)

    # Days off and the calendar

    def _pause(self, first: date, last: date, why: str) -> None:
        try:
            before = self._routines.pause(first, last, why)
        except GembaError as error:
            self._go.trouble(error)
            return
        self.off.forget()
        self._show()
        today = self._today()
        self._go.say(
            self.tr("Off from {first} to {last}").format(
                first=near_day(first, today), last=near_day(last, today)
            ),
            undo=lambda: self._try(lambda: self._put_back(before)),
        )

    def _put_back(self, before: tuple[Routine, ...]) -> None:
        for one in before:
            self._routines.change(one.id, pauses=one.pauses)

    def _work_again(self, pause_id: str) -> None:
        self._try(lambda: self._routines.work_again(pause_id))

    def _save_calendar(self) -> None:
        name = str(Path.home() / "leader-standard-work.ics")
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where shall the calendar file lie?"), name, "iCalendar (*.ics)"
        )
        if path:
            self.save_calendar(Path(path))

    def save_calendar(self, path: Path) -> None:
        """Write the routines in use as an iCalendar file, and say where it lies."""
        target = path if path.suffix.lower() == ".ics" else path.with_name(f"{path.name}.ics")
        try:
            self._write(target, self._routines.calendar())
        except GembaError as error:
            self._go.trouble(error)
            return
        on = short_day(self._today(), self._today())
        self._go.say(
            self.tr("{file} holds your routines as of {day}; import it into your calendar.").format(
                file=target.name, day=on
            )
        )
