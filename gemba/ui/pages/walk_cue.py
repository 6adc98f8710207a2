"""The cue card beside a walk: what I expect to see, what to ask, what to come back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.promise import Promise
from gemba.domain.walk import Stop, Walk
from gemba.services.thread import Thread
from gemba.services.walks import Walks, lines_of
from gemba.ui.autosave import Autosave
from gemba.ui.days import age
from gemba.ui.pages.common import Padded
from gemba.ui.widgets import Button, CheckBox, Label, TextField, Thumbnail
from gemba.ui.widgets.photos import Source

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_MOST_PASTED = 50


class CueCard(QWidget):
    """Ticks what was asked; `visited` hands on the stop whose origin is to be opened."""

    visited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        thread: Thread,
        photo_source: Callable[[str], Source],
        today: Callable[[], date],
        tasks: Tasks | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._thread = thread
        self._photo_source = photo_source
        self._today = today
        self._tasks = tasks
        self._walk: Walk | None = None
        self._stop: Stop | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = Padded(theme)
        outer.addWidget(page)
        self.view = page
        page.column.addWidget(Label(theme, self.tr("I expect to see"), step="strong", wrap=False))
        page.space(8)
        self.expected = Label(theme, "")
        self.expect = TextField(
            theme,
            "",
            question=self.tr("What do you expect to see, and why?"),
            name=self.tr("I expect to see"),
            enter_keeps=True,
        )
        page.add(self.expected)
        page.add(self.expect)
        self._ask_head = Label(theme, self.tr("Ask"), step="strong", wrap=False)
        page.space(32)
        page.add(self._ask_head)
        self._asks = QVBoxLayout()
        self._asks.setSpacing(0)
        page.column.addLayout(self._asks)
        self.boxes: dict[str, CheckBox] = {}
        self.paste = Button(
            theme, self.tr("Paste my own list"), kind="quiet", icon="clipboard-paste"
        )
        self.paste.clicked.connect(self._paste)
        page.column.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignLeading)
        self._forms_place = QVBoxLayout()
        page.column.addLayout(self._forms_place)
        page.space(32)
        self._build_return(page)
        page.finish()
        self._autosave = Autosave(self.expect, self._save)
        self.expect.entered.connect(self._autosave.leave)

    def _build_return(self, page: Padded) -> None:
        theme = self.theme
        self.coming_back = QWidget()
        column = QVBoxLayout(self.coming_back)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, self.tr("Coming back to this stop"), step="strong"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self._photo_place = QVBoxLayout()
        row.addLayout(self._photo_place)
        self.photo: Thumbnail | None = None
        words = QVBoxLayout()
        words.setSpacing(0)
        self.origin = Label(theme, "")
        self.look_for = Label(theme, "", step="small", tone="ink_soft")
        words.addWidget(self.origin)
        words.addWidget(self.look_for)
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row)
        page.add(self.coming_back)

    def put_forms(self, forms: QWidget) -> None:
        """Put what offers forms below the questions."""
        self._forms_place.addWidget(forms)

    def set_sides(self, side: int, above: int) -> None:
        """Leave this much room at the sides, and above and below, in pixels at 100 %."""
        side, above = self.theme.px(side), self.theme.px(above)
        self.view.column.setContentsMargins(side, above, side, above)

    def show_walk(self, walk: Walk) -> None:
        """Show the card of a walk at the stop the leader stands at."""
        before = self._walk
        if before is None or before.id != walk.id:
            self.expected.setText(walk.expect)
            self.expected.setVisible(bool(walk.expect))
            self.expect.set_text(walk.expect)
            self.expect.setVisible(not walk.expect)
            self._autosave.shows(walk)
        self._walk = walk
        if before is None or before.questions != walk.questions:
            self._show_questions(walk)
        self._show_stop(next((s for s in walk.stops if s.id == walk.at_stop), None))

    def _show_questions(self, walk: Walk) -> None:
        wanted = {question.id: question for question in walk.questions}
        if list(wanted) != list(self.boxes):
            for box in self.boxes.values():
                self._asks.removeWidget(box)
                box.hide()
                box.deleteLater()
            self.boxes = {}
            for question in walk.questions:
                box = CheckBox(self.theme, question.text)
                box.clicked.connect(lambda on=False, key=question.id: self._tick(key, on))
                self.boxes[question.id] = box
                self._asks.addWidget(box)
        for key, question in wanted.items():
            self.boxes[key].setChecked(question.asked)
        self._ask_head.setVisible(bool(wanted))

    def _paste(self) -> None:
        """Put the lines of the clipboard below the questions that stand on the card."""
        if self._walk is None:
            return
        known = {question.text for question in self._walk.questions}
        lines = [one for one in lines_of(QGuiApplication.clipboard().text()) if one not in known]
        if lines:
            added = self._walks.questions_from(lines[:_MOST_PASTED])
            walk = self._walks.change(self._walk.id, questions=(*self._walk.questions, *added))
            self.show_walk(walk)

    def _tick(self, question: str, asked: bool) -> None:
        if self._walk is not None:
            self._walks.ask(self._walk.id, question, asked)

    def _show_stop(self, stop: Stop | None) -> None:
        if stop == self._stop and stop is not None:
            return
        self._stop = stop
        if self.photo is not None:
            self.photo.hide()
            self.photo.deleteLater()
            self.photo = None
        back = stop is not None and bool(stop.origin_kind or stop.look_for or stop.photo)
        self.coming_back.setVisible(back)
        if stop is None or not back:
            return
        if stop.photo:
            self.photo = Thumbnail(
                self.theme,
                self._photo_source(stop.photo),
                self.tr("What it looked like then"),
                tasks=self._tasks,
            )
            self.photo.clicked.connect(lambda: self.visited.emit(stop))
            self._photo_place.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        words = self._origin_words(stop)
        self.origin.setText(words or stop.look_for)
        self.look_for.setText(stop.look_for if words else "")
        self.look_for.setVisible(bool(words and stop.look_for and stop.look_for != words))

    def _origin_words(self, stop: Stop) -> str:
        record = self._thread.origin(stop)
        if isinstance(record, Promise):
            days = record.age(self._today())
            return self.tr("{what}, promised {age} ago.").format(what=record.text, age=age(days))
        if record is None:
            return ""
        return str(getattr(record, "title", "") or getattr(record, "saw", ""))

    def _save(self, visit: str) -> None:
        if self._walk is not None:
            self._walks.write(self._walk.id, visit=visit, expect=self.expect.text())
