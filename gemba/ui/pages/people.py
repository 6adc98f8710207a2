"""People and places: how long a learner's record is kept, deleting what nothing names, erasing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.ui.autosave import hand_over
from gemba.ui.days import short_day
from gemba.ui.half_typed import HalfTyped
from gemba.ui.pages.area_desk import AreaDesk
from gemba.ui.pages.common import listen
from gemba.ui.widgets import (
    Button,
    Column,
    DateField,
    EmptyState,
    Label,
    NameField,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)

if TYPE_CHECKING:
    from gemba.services.bin import Bin
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.erasing import Erasing
    from gemba.services.people import People
    from gemba.services.retention import KeptUntil
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class PeoplePage(QWidget):
    """Two lists, and beside a chosen learner the day until which the record is kept.

    ``areas`` is what the workplace calls its places.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        people: People,
        bin: Bin,
        erasing: Erasing,
        drafts: Drafts,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        areas: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._areas = areas
        self._people = people
        self._bin = bin
        self._erasing = erasing
        self._drafts = drafts
        self._go = go
        self._today = today
        self._kept: dict[UUID, KeptUntil] = {}
        self._learner: UUID | None = None
        self._asked_of: UUID | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(theme)
        self._view = page
        outer.addWidget(page)
        page.add(PageHead(theme, self.tr("People and places")))
        page.space(8)
        column = Column(theme, gap=8)
        page.add(column)
        self._build(column)
        page.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._fill)
        listen(self, bulletin, self._hear)

    def _build(self, column: Column) -> None:
        theme = self.theme
        column.add(
            Label(
                theme,
                self.tr(
                    "A learner’s record is kept for two years after the last talk, or until the "
                    "day you choose. Gemba reminds you and erases nothing by itself."
                ),
                tone="ink_soft",
            )
        )
        column.space(theme.px(8))
        self.empty = EmptyState(
            theme, self.tr("Nobody is named yet. People appear here once you name them.")
        )
        column.add(self.empty)
        self.persons = RowList(theme, name=self.tr("People"))
        self.persons.opened.connect(self._choose)
        column.add(self.persons)
        self.keep = QWidget()
        self._build_keep(self.keep)
        column.add(self.keep)
        self.places_head = Label(theme, self.tr("Places"), step="strong")
        column.space(theme.px(16))
        column.add(self.places_head)
        self.places = RowList(theme, name=self.tr("Places"))
        self.places.opened.connect(self._choose_place)
        column.add(self.places)
        self.area = AreaDesk(theme, people=self._people, drafts=self._drafts, go=self._go)
        self.area.hide()
        self.area.changed.connect(self._fill)
        self.area.open.clicked.connect(self._open_place)
        column.add(self.area)
        column.space(theme.px(16))
        self.notes = Button(theme, self.tr("Erase all private notes"), kind="quiet", icon="eraser")
        self.notes.clicked.connect(lambda: self._go.to("erase", notes=True))
        column.body.addWidget(self.notes, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_keep(self, host: QWidget) -> None:
        theme = self.theme
        column = QVBoxLayout(host)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self.keep_head = Label(theme, "", step="strong")
        column.addWidget(self.keep_head)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.until = DateField(theme, self.tr("Keep the record until"), today=self._today)
        self.until.changed.connect(self._keep_until)
        row.addWidget(self.until)
        for words, icon, run in (
            (self.tr("Open"), "user", self._open),
            (self.tr("Erase private notes"), "eraser", self._erase_notes),
            (self.tr("Erase this person"), "eraser", self._erase),
        ):
            button = Button(theme, words, kind="quiet", icon=icon)
            button.clicked.connect(run)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            if run == self._erase:
                self.erase = button
        row.addStretch(1)
        column.addLayout(row)
        same = QHBoxLayout()
        same.setSpacing(theme.px(8))
        self.same = NameField(
            theme,
            self.tr("Is the same person as"),
            question=self.tr("Whom?"),
        )
        self.same.frame.setMinimumWidth(theme.px(240))
        self.same.edited.connect(lambda: self.same.say(""))
        self._half = HalfTyped(self.same, self._drafts, {"same": self.same})
        self.merge = Button(theme, self.tr("Make one of the two"), kind="quiet", icon="users")
        self.merge.clicked.connect(self._merge)
        same.addWidget(self.same, 0, Qt.AlignmentFlag.AlignTop)
        same.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignBottom)
        same.addStretch(1)
        column.addLayout(same)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("People and places")

    def arrive(self, **what: object) -> None:
        """Show everybody; ``person`` is chosen at once."""
        wanted = what.get("person")
        self._learner = wanted if isinstance(wanted, UUID) else None
        if self._areas is not None:
            self.places_head.setText(self._areas())
        self._fill()

    def leave(self) -> None:
        """Keep what was typed and not done yet: it stands there again at the next visit."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in ("person", "area") for ref in refs):
            self._again.start()

    def _fill(self) -> None:
        self._kept = {one.learner_id: one for one in self._erasing.retention.kept_until()}
        erase = RowAction(self.tr("Erase"), "eraser", lambda key: self._go.to("erase", person=key))
        people = self._people.names()
        areas = self._people.areas()
        named, placed = self._bin.named("person"), self._bin.named("area")
        self.persons.clear()
        for id, name in people:
            actions = [erase]
            if id not in named:
                actions.insert(0, self._delete("person"))
            self.persons.add(RowWords(name, age=self._until(id), icon="user", key=id), actions)
        self.places.clear()
        for id, name in areas:
            actions = [] if id in placed else [self._delete("area")]
            self.places.add(RowWords(name, icon="map-pin", key=id), actions)
        self.empty.setVisible(not people and not areas)
        self.persons.setVisible(bool(people))
        self.places.setVisible(bool(areas))
        self.places_head.setVisible(bool(areas))
        self.notes.setVisible(bool(self._erasing.private_notes()))
        self._show_chosen()

    def _delete(self, kind: str) -> RowAction:
        def run(key: object) -> None:
            if isinstance(key, UUID):
                self._go.throw_away(Ref(kind, key), listed=True)

        return RowAction(self.tr("Delete"), "trash-2", run)

    def _choose_place(self, key: object) -> None:
        if isinstance(key, UUID):
            self.places.choose(key)
            self.area.show_area(key)
            desk = self.area
            # Once it has its place, below a list that may be long.
            QTimer.singleShot(0, desk, lambda: self._view.ensureWidgetVisible(desk))

    def _open_place(self) -> None:
        if self.area.area_id is not None:
            self._go.open(Ref("area", self.area.area_id))

    def _until(self, person_id: UUID) -> str:
        kept = self._kept.get(person_id)
        if kept is None:
            return ""
        day = short_day(kept.until, self._today())
        if kept.until <= self._today():
            return self.tr("kept until {day}: the day has come").format(day=day)
        return self.tr("kept until {day}").format(day=day)

    def _choose(self, key: object) -> None:
        self._learner = key if isinstance(key, UUID) else None
        self._show_chosen()

    def _show_chosen(self) -> None:
        names = dict(self._people.names())
        name = names.get(self._learner, "") if self._learner is not None else ""
        self.keep.setVisible(bool(name))
        if not name or self._learner is None:
            return
        self.persons.choose(self._learner)
        self.keep_head.setText(name)
        self.same.set_names(
            [(id, named) for id, named in self._people.names() if id != self._learner]
        )
        if self._asked_of != self._learner:
            self._half.keep()
            self._asked_of = self._learner
            self.same.set_value(None)
            self.same.say("")
            self._half.begin(f"same person.{self._learner}")
        kept = self._kept.get(self._learner)
        self.until.setVisible(kept is not None)
        self.until.set_value(kept.until if kept is not None else None)

    def _merge(self) -> None:
        """Give everything of the chosen person to the other one, who keeps the name."""
        other, name = self.same.value()
        if self._learner is None:
            return
        if other is None or other == self._learner:
            self.same.say(self.tr("Choose another person of the list."))
            self.same.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            merged = self._people.merge_people(self._learner, other)
        except GembaError as error:
            self._go.trouble(error)
            return
        self.same.set_value(None)
        self._half.done()
        self._learner = other
        self._fill()
        words = self.tr("All of it is {name}’s now.").format(name=name)
        self._go.say(words, undo=lambda: self._people.part_people(merged))

    def _keep_until(self, day: object) -> None:
        if self._learner is None:
            return
        learner = self._learner
        before = self._kept.get(learner)
        self._erasing.retention.keep_until(learner, day if isinstance(day, date) else None)
        self._fill()
        old = before.until if before is not None and before.chosen else None

        def back() -> None:
            self._erasing.retention.keep_until(learner, old)
            self._fill()

        self._go.say(self.tr("Keeps the record until another day"), undo=back)

    def _open(self) -> None:
        if self._learner is not None:
            self._go.open(Ref("person", self._learner))

    def _erase(self) -> None:
        if self._learner is not None:
            self._go.to("erase", person=self._learner)

    def _erase_notes(self) -> None:
        if self._learner is not None:
            self._go.to("erase", notes=True, person=self._learner)
