"""Every place of the window where something can be typed, and how one comes there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from gemba.app.self_test import Made
from gemba.app.session import Session
from gemba.domain.coach_log import AskedQuestion
from gemba.domain.figures import Figure
from gemba.domain.figures.insertion import offers
from gemba.domain.routine import Routine
from gemba.domain.sheet import Box
from gemba.ui.pages.build_form import BuildFormPage
from gemba.ui.pages.fill import FillPage
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.pages.people import PeoplePage
from gemba.ui.pages.question_log import QuestionLogPage
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.walk import WalkPage
from gemba.ui.widgets import CheckBox
from gemba.words import Words

_LONGEST = 10.0
"""Seconds after which a page is taken as it is."""
_READ_BESIDE = ("fill", "build form")
"""Pages whose fields come once a form was read beside the window."""
Open = Callable[[], QWidget]
_DRAWERS = ("margin", "about", "boxes", "review", "consent", "closing", "versions", "text")


class Stays:
    """The pages on the records of the self-test, the drawers of a sheet, and its figures."""

    def __init__(
        self, session: Session, pages: Mapping[str, Mapping[str, object]], made: Made
    ) -> None:
        self.session = session
        self.pages = pages
        self.made = made
        self._figures: list[tuple[str, Figure]] = []
        self._drawn = made.sheet

    def all(self) -> Iterator[tuple[str, Open]]:
        """Every place by its name."""
        for page, what in self.pages.items():
            if page != "settings":
                yield page, partial(self._page, page, what)
        yield "routines day", self._routine_day
        yield "routines form", self._routine
        yield "people one", self._person
        yield "people place", self._place
        yield "question log one", self._question
        yield "walk act first", self._act_first
        yield "fill open", self._fill
        yield "build form one", self._build
        for key in _DRAWERS:
            yield f"sheet {key}", partial(self._drawer, key)
        yield "sheet stage", self._stage
        for name, figure in self._begun():
            yield f"figure {name}", partial(self._figure, figure)
        yield "capture", self._capture
        # Who writes is changed there, and with it what may be written.
        yield "settings", partial(self._page, "settings", {})
        self.session.workspace.recorder.set_who("")

    def _page(self, page: str, what: Mapping[str, object]) -> QWidget:
        self.session.go.to(page, **what)
        self._turn()
        shown = self.session.window.page(page)
        if isinstance(shown, SheetPage):
            # What stood in its drawer before lies there still, closed.
            return shown.view
        if page in _READ_BESIDE:
            self._until(lambda: not self.session.app.tasks.busy)
            self._turn()
        if isinstance(shown, ObservationPage):
            for name in shown.further:
                shown.reveal(name)
            _agree(shown.more_seen.consent)
        if isinstance(shown, WalkPage):
            shown.board.line.begin()
            _agree(shown.board.line.apart.beside.consent)
        return shown

    def _sheet(self) -> SheetPage:
        page = self.session.window.page("sheet")
        assert isinstance(page, SheetPage)
        return page

    def _drawer(self, key: str) -> QWidget:
        self.session.go.to("sheet", sheet=self.made.sheet, box="analysis")
        self._turn()
        self._sheet().drawers.open(key)
        self._turn()
        panel = self._sheet().drawers.panel
        assert panel is not None
        return panel

    def _begun(self) -> list[tuple[str, Figure]]:
        """Put a figure of each kind on the sheet, once."""
        work = self.session.workspace
        if not self._figures:
            for offer in offers(Words()):
                if offer.make is not None:
                    self._figures.append((offer.key, offer.make(work.sheets.new_figure_id())))
            figures = tuple(figure for _name, figure in self._figures)
            sheet = work.sheets.begin("Half should leave before noon; 19 % do.")
            work.sheets.set_box(sheet.id, Box(id="analysis", figures=figures))
            self._drawn = sheet.id
            work.recorder.settle()
        return self._figures

    def _figure(self, figure: Figure) -> QWidget:
        self.session.go.to("sheet", sheet=self._drawn)
        self._turn()
        self._sheet().drawers.edit_figure("analysis", figure.id)
        self._turn()
        editor = self._sheet().drawers.editor
        assert editor is not None
        return editor

    def _routine_day(self) -> QWidget:
        work = self.session.workspace
        routine = work.recorder.find(Routine)[0]
        what = {"of": routine.id, "day": work.recorder.today()}
        return self._page("routines", what)

    def _routine(self) -> QWidget:
        routine = self.session.workspace.recorder.find(Routine)[0]
        return self._page("routines", {"routine": routine.id})

    def _person(self) -> QWidget:
        return self._page("people", {"person": self.made.learner})

    def _place(self) -> QWidget:
        shown = self._page("people", {})
        assert isinstance(shown, PeoplePage)
        shown.places.opened.emit(self.session.workspace.people.areas()[0][0])
        self._turn()
        return shown.area

    def _question(self) -> QWidget:
        shown = self._page("question log", {})
        assert isinstance(shown, QuestionLogPage)
        shown.list.opened.emit(self.session.workspace.recorder.find(AskedQuestion)[0].id)
        self._turn()
        return shown.exercise

    def _act_first(self) -> QWidget:
        shown = self._page("walk", {"walk": self.made.walk})
        assert isinstance(shown, WalkPage)
        shown.acts.safety_now()
        self._turn()
        return shown.act_first

    def _fill(self) -> QWidget:
        work = self.session.workspace
        desk = work.forms.open(work.forms.begin(self.made.form, place="Ward 6").id)
        for page in desk.pages():
            for question in page.questions:
                if question.choices:
                    desk.answer(question.key, "no")
        work.recorder.settle()
        shown = self._page("fill", {"filling": desk.filling.id})
        assert isinstance(shown, FillPage)
        self._until(lambda: shown.desk is not None and shown.desk.filling.id == desk.filling.id)
        self._turn()
        return shown

    def _build(self) -> QWidget:
        """Build a new form of one question, which is open."""
        shown = self._page("build form", {"new": True})
        assert isinstance(shown, BuildFormPage)
        if not shown.plan.items:
            shown.new.set_text("How many wait?")
            shown.add("select_one")
        shown.choose((0,))
        self._turn()
        return shown

    def _stage(self) -> QWidget:
        self._drawer("about")
        panel = self._sheet().drawers.panel
        assert isinstance(panel, AboutPanel)
        panel.stage.choices["check"].setChecked(True)
        self._turn()
        return panel.stage

    def _capture(self) -> QWidget:
        self.session.go.to("today")
        self.session.open_capture()
        self._turn()
        assert self.session.over.capture is not None
        return self.session.over.capture

    def _turn(self) -> None:
        """Let everything find its place."""
        # A field knows that it was left only in the window that has the keyboard.
        self.session.window.activateWindow()
        # Layouts within layouts tell each other one turn of the loop at a time.
        for _ in range(4):
            QApplication.processEvents()
        # Without a loop of its own nothing that is to go would go.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _until(self, there: Callable[[], bool]) -> None:
        """Let what is read beside the window come."""
        end = time.monotonic() + _LONGEST
        while not there() and time.monotonic() < end:
            QApplication.processEvents()


def _agree(consent: CheckBox) -> None:
    """Who spoke agrees to be named: there is a name to write only then."""
    if not consent.isChecked():
        consent.click()
