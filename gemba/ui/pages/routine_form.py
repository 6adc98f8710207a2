"""A routine to write or to change: what, when, how long it may wait, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.routine import LAST_OF_MONTH, WORKDAYS, Routine
from gemba.domain.routine_days import minute_of
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave
from gemba.ui.days import weekday_words
from gemba.ui.pages.routine_draft import FORM, drafted, put_draft, read_draft
from gemba.ui.widgets import (
    Button,
    DateField,
    Field,
    FlowLayout,
    Label,
    NameField,
    Segmented,
    TextField,
    TimeField,
)

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.services.people import People
    from gemba.services.routes import Routes
    from gemba.ui.theme import Theme

_CADENCES = {"1": (1, 0), "2": (2, 0), "4": (4, 0), "first": (1, 1), "last": (1, LAST_OF_MONTH)}
_MOST_MINUTES = 24 * 60


class RoutineForm(QWidget):
    """Fields of one routine; `kept` asks for it to be written, `left` to leave it as it was.

    ``where`` asks for the place in the words of the workplace.
    """

    kept = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        people: People,
        routes: Routes,
        drafts: Drafts,
        today: Callable[[], date],
        where: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._people = people
        self._routes = routes
        self._drafts = drafts
        self._where = where
        self._draft = "routine"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        tr = self.tr
        self.kind = Segmented(
            theme,
            [
                ("walk", tr("Walk")),
                ("huddle", tr("Huddle")),
                ("coaching", tr("Coaching")),
                ("review", tr("Review")),
            ],
            value="walk",
            name=tr("Kind of routine"),
        )
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeading)
        self.name = Field(theme, tr("What?"), question=tr("Walk at the start of the shift?"))
        self.role = Field(theme, tr("In which role?"), question=tr("Head of what?"))
        column.addLayout(self._beside((self.name, 2), (self.role, 1)))
        self.why = TextField(
            theme, tr("Why?"), question=tr("What would not be seen without it?"), lines=2
        )
        column.addWidget(self.why)
        column.addWidget(Label(theme, tr("On which days?"), step="small", tone="ink_soft"))
        column.addWidget(self._day_buttons())
        self.cadence = Segmented(
            theme,
            [
                ("1", tr("Every week")),
                ("2", tr("Every 2 weeks")),
                ("4", tr("Every 4 weeks")),
                ("first", tr("First of the month")),
                ("last", tr("Last of the month")),
            ],
            value="1",
            name=tr("How often"),
        )
        column.addWidget(self.cadence, 0, Qt.AlignmentFlag.AlignLeading)
        self.at = TimeField(theme, tr("At what time?"), question=tr("8:15?"))
        self.minutes = Field(theme, tr("Takes, in minutes"))
        self.window_field = Field(theme, tr("May begin later by, in minutes"))
        self.grace = Field(theme, tr("Grace, in minutes"))
        column.addLayout(
            self._beside((self.at, 1), (self.minutes, 1), (self.window_field, 1), (self.grace, 1))
        )
        self.area = NameField(theme, tr("Where?"), question=tr("At which place?"))
        self.person = NameField(theme, tr("With whom?"), question=tr("Who learns?"))
        self.starts = DateField(theme, tr("From"), today=today)
        self.ends = DateField(theme, tr("Until"), question=tr("For good?"), today=today)
        column.addLayout(self._beside((self.area, 1), (self.person, 1)))
        column.addLayout(self._beside((self.starts, 1), (self.ends, 1)))
        self._route_host = QWidget()
        self._route_flow = FlowLayout(self._route_host, gap=theme.px(8))
        self.routes: dict[UUID, Button] = {}
        self._route_words = Label(theme, tr("By which route?"), step="small", tone="ink_soft")
        column.addWidget(self._route_words)
        column.addWidget(self._route_host)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.cancel = Button(theme, tr("Leave it"), kind="quiet")
        self.keep = Button(theme, tr("Keep"), kind="primary")
        self.cancel.clicked.connect(self.left)
        self.keep.clicked.connect(self.kept)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self._autosave = Autosave(self.name, self._keep_draft)
        self._bind()

    def _bind(self) -> None:
        """Keep a draft of everything: a time, a day and a choice are lost as easily as words."""
        for field in self.texts().values():
            if field is not self.name:
                self._autosave.bind(field)
        for named in self.names().values():
            named.line.textEdited.connect(self._autosave.touch)
            named.chosen.connect(self._autosave.touch)
        for day in self.dates().values():
            day.line.textEdited.connect(self._autosave.touch)
            day.changed.connect(self._autosave.touch)
        self.at.line.textEdited.connect(self._autosave.touch)
        self.at.changed.connect(self._autosave.touch)
        for choice in (self.kind, self.cadence):
            choice.chosen.connect(self._autosave.touch)
        for button in self.days:
            button.clicked.connect(self._autosave.touch)

    def texts(self) -> dict[str, Field | TextField]:
        """The fields of words and minutes, by the names a draft knows them by."""
        return {
            "what": self.name,
            "role": self.role,
            "why": self.why,
            "minutes": self.minutes,
            "window": self.window_field,
            "grace": self.grace,
        }

    def names(self) -> dict[str, NameField]:
        """The fields of names."""
        return {"area": self.area, "person": self.person}

    def dates(self) -> dict[str, DateField]:
        """The fields of days."""
        return {"starts": self.starts, "ends": self.ends}

    def _keep_draft(self, _visit: str) -> None:
        self._drafts.keep(self._draft, **{FORM: drafted(self)})

    def forget(self) -> None:
        """Forget what was typed, because it has become a routine or was left."""
        self._autosave.drop()
        self._drafts.drop(self._draft)

    def drafted(self) -> bool:
        """Tell whether a new routine was begun and is not kept yet."""
        return bool(self._drafts.read("routine"))

    def _beside(self, *fields: tuple[QWidget, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(16))
        for field, share in fields:
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        return row

    def _day_buttons(self) -> QWidget:
        host = QWidget()
        flow = FlowLayout(host, gap=self.theme.px(8))
        self.days: list[Button] = []
        for words in weekday_words():
            button = Button(self.theme, words, checkable=True)
            self.days.append(button)
            flow.addWidget(button)
        return host

    def show_routine(self, routine: Routine | None, today: date) -> None:
        """Show a routine to change it, or an empty form."""
        if self._where is not None:
            self.area.line.setPlaceholderText(self._where())
        self._offer_routes(routine.route_id if routine else None)
        self.kind.set_value(routine.kind if routine else "walk")
        self.name.set_text(routine.name if routine else "")
        self.name.say("")
        self.role.set_text(routine.role if routine else "")
        self.why.set_text(routine.why if routine else "")
        weekdays = routine.weekdays if routine else WORKDAYS
        for number, button in enumerate(self.days, 1):
            button.setChecked(number in weekdays)
        how = (routine.every_weeks, routine.week_of_month) if routine else (1, 0)
        self._cadence = how
        self.cadence.set_value(next((k for k, v in _CADENCES.items() if v == how), "1"))
        minute = minute_of(routine.time_of_day) if routine else None
        self.at.set_value(time(minute // 60, minute % 60) if minute is not None else None)
        self.minutes.set_text(str(routine.minutes if routine else 30))
        self.window_field.set_text(str(routine.window if routine else 5))
        self.grace.set_text(str(routine.grace if routine else 10))
        self.area.set_names(self._people.areas())
        self.area.set_value(routine.area_id if routine else None)
        self.person.set_names(self._people.names())
        self.person.set_value(routine.person_id if routine else None)
        self.starts.set_value(routine.starts_on if routine else today)
        self.ends.set_value(routine.ends_on if routine else None)
        self._draft = f"routine.{routine.id}" if routine else "routine"
        put_draft(self, read_draft(self._drafts.read(self._draft)))

    def _offer_routes(self, chosen: UUID | None) -> None:
        from gemba.ui.pages.common import clear

        clear(self._route_flow)
        self.routes = {}
        for route in self._routes.all():
            words = first_words(route.name)
            button = Button(self.theme, words, checkable=True, parent=self._route_host)
            button.setChecked(route.id == chosen)
            button.clicked.connect(lambda _on=False, key=route.id: self._only(key))
            button.clicked.connect(self._autosave.touch)
            self.routes[route.id] = button
            self._route_flow.addWidget(button)
        self._route_words.setVisible(bool(self.routes))
        self._route_host.setVisible(bool(self.routes))

    def _only(self, key: UUID) -> None:
        for other, button in self.routes.items():
            if other != key:
                button.setChecked(False)

    def fields(self) -> dict[str, object]:
        """Return what was filled in, as the service takes it; a place or name new here is added."""
        at = self.at.value()
        area, person = self.area.value()[1], self.person.value()[1]
        chosen = self.cadence.value()
        every, week = _CADENCES[chosen] if chosen else self._cadence
        return {
            "name": self.name.text(),
            "kind": self.kind.value(),
            "role": self.role.text().strip(),
            "why": self.why.text(),
            "weekdays": tuple(n for n, button in enumerate(self.days, 1) if button.isChecked()),
            "every_weeks": every,
            "week_of_month": week,
            "time_of_day": f"{at:%H:%M}" if at is not None else "",
            "minutes": _whole(self.minutes, 30, least=1),
            "window": _whole(self.window_field, 0),
            "grace": _whole(self.grace, 0),
            "area_id": self._people.area(area).id if area.strip() else None,
            "person_id": self._people.person(person).id if person.strip() else None,
            "route_id": next((k for k, one in self.routes.items() if one.isChecked()), None),
            **({"starts_on": day} if (day := self.starts.value()) is not None else {}),
            "ends_on": self.ends.value(),
        }


def _whole(field: Field, otherwise: int, *, least: int = 0) -> int:
    """Read minutes of a day; what is no number of them is what it usually is."""
    text = field.text().strip()
    if not text.isdecimal() or len(text) > 4:
        return otherwise
    return max(least, min(int(text), _MOST_MINUTES))
