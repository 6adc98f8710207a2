"""One promise: what, to whom, where it was seen, and telling back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise, ToldBack
from gemba.domain.titles import first_words
from gemba.domain.walk import Walk
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.promises import Promises
from gemba.services.thread import Thread
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import age, near_day, short_day
from gemba.ui.go import Go
from gemba.ui.pages.common import LinkChips, listen, record_or_back
from gemba.ui.pages.more import More, ref_or_none
from gemba.ui.pages.promise_further import PromiseFurther
from gemba.ui.pages.tell_back import TellBack
from gemba.ui.widgets import (
    Button,
    Column,
    DateField,
    Field,
    Label,
    Notice,
    PageHead,
    ScrollPage,
    TextField,
)
from gemba.ui.widgets.sentence import Sentence

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.photos import Source


class PromisePage(QWidget):
    """A promise until the person who raised it was told; `today` is the day on the wall."""

    def __init__(
        self,
        theme: Theme,
        *,
        promises: Promises,
        people: People,
        thread: Thread,
        drafts: Drafts,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        tasks: Tasks,
        photo_source: Callable[[str], Source],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._promises = promises
        self._people = people
        self._thread = thread
        self._drafts = drafts
        self._go = go
        self._today = today
        self._promise: Promise | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = self._view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Promise"))
        self.go_and_see = Button(theme, self.tr("Go and see it"), icon="footprints")
        self.go_and_see.clicked.connect(self._go_and_see)
        self.head.add_action(self.go_and_see)
        self.more = More(theme, go, lambda: ref_or_none("promise", self._promise))
        self.head.add_action(self.more)
        view.add(self.head)
        view.space(16)
        column = Column(theme, gap=0)
        view.add(column)
        view.finish()
        self._build_words(column)
        self._build_progress(column)
        self.further = PromiseFurther(
            theme,
            self,
            promises=promises,
            tasks=tasks,
            go=go,
            today=today,
            photo_source=photo_source,
        )
        column.space(theme.px(16))
        column.add(self.further)
        column.space(theme.px(32))
        self.tell = TellBack(theme, today=today)
        self.tell.told.connect(self._tell_back)
        column.add(self.tell)
        self._tell_autosave = Autosave(self.tell.said, self._save_answer)
        self._tell_autosave.bind(self.tell.to)
        self._tell_autosave.bind(self.tell.on)
        self._tell_autosave.bind(self.tell.they_said)
        self.tell.answer.chosen.connect(lambda _answer: self._tell_autosave.touch())
        self.told = Notice(theme, "", kind="good", action=self.tr("Open it again"))
        self.told.acted.connect(self._open_again)
        column.add(self.told)
        listen(self, bulletin, self._hear)

    def _build_words(self, column: Column) -> None:
        theme = self.theme
        self.words = TextField(
            theme, "", big=True, enter_keeps=True, name=self.tr("What you promised")
        )
        self.words.rule()
        column.add(self.words)
        column.space(theme.px(12))
        self.raised = Label(theme, "", tone="ink_soft")
        column.add(self.raised)
        column.space(theme.px(12))
        self.chips = LinkChips(theme, self._go)
        column.add(self.chips)
        self._words_autosave = Autosave(self.words, self._save_words)
        self.words.entered.connect(self._words_autosave.leave)

    def _build_progress(self, column: Column) -> None:
        theme = self.theme
        column.space(theme.px(24))
        self.resolver = Field(
            theme, "", question=self.tr("You, or whom?"), name=self.tr("Who works on it?")
        )
        self.due = DateField(
            theme,
            "",
            question=self.tr("Fri?"),
            today=self._today,
            name=self.tr("An answer by"),
        )
        sentence = Sentence(theme)
        sentence.add_field(self.resolver, 216)
        sentence.add_words(self.tr("works on it; an answer by"))
        sentence.add_field(self.due)
        column.add(sentence)
        column.space(theme.px(8))
        self.note = TextField(
            theme,
            "",
            question=self.tr("What has happened since? Whom did you ask?"),
            name=self.tr("What has happened since"),
        )
        self.note.rule()
        column.add(self.note)
        self._autosave = Autosave(self.note, self._save)
        self._autosave.bind(self.resolver)
        self.due.changed.connect(lambda _day: self._save_now())

    # The page in the window

    def page_title(self) -> str:
        """What was promised."""
        return (
            first_words(self._promise.text, 80) if self._promise is not None else self.tr("Promise")
        )

    def arrive(self, **what: object) -> None:
        """Show a promise; with ``tell`` the caret stands where telling back begins."""
        promise = record_or_back(
            self._go, what, "promise", self._promises.settled, otherwise="today"
        )
        if promise is None:
            return
        self._show(promise, fresh=True)
        if self.tell.isHidden():
            return
        field: QWidget = self.tell.said if what.get("tell") else self.note
        if what.get("tell"):
            self.tell.begin()
        else:
            self.note.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the layout knows how high everything has become.
        QTimer.singleShot(0, field, lambda: self._view.ensureWidgetVisible(field))

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self._promise is None or not self.isVisible():
            return
        if Ref("promise", self._promise.id) in refs or any(r.kind == "link" for r in refs):
            try:
                self._show(self._promises.get(self._promise.id), fresh=False)
            except GembaError:
                self._go.to("today")

    def _show(self, promise: Promise, *, fresh: bool) -> None:
        self._promise = promise
        if fresh or not (self.words.edit.hasFocus() or self._words_autosave.waiting):
            self.words.set_text(promise.text)
            self._words_autosave.shows(promise)
        if fresh or not self._writing():
            self.resolver.set_text(promise.resolver)
            self.due.set_value(promise.due_on)
            self.note.set_text(promise.note)
            self._autosave.shows(promise)
        if fresh:
            self.tell.set_names(self._people.names())
            self.tell.reset(promise.raised_by)
            if promise.state == "said no":
                self.tell.refuse(promise.no_because)
            self.tell.recall(self._drafts.read(f"tell.{promise.id}"))
        self.raised.setText(self._raised(promise))
        self.further.show_promise(promise, fresh=fresh)
        self.chips.set_chips(self._thread.chips(Ref("promise", promise.id)))
        told = promise.told_back
        self.tell.setVisible(told is None)
        self.go_and_see.setVisible(told is None)
        self.told.setVisible(told is not None)
        if told is not None:
            self.told.say(told_words(told, self._today()), self.tr("Open it again"))

    def _writing(self) -> bool:
        """Tell whether somebody is at one of the lines about what has happened since."""
        fields = (self.note.edit, self.resolver.line, self.due.line)
        return self._autosave.waiting or any(field.hasFocus() for field in fields)

    def _raised(self, promise: Promise) -> str:
        on = short_day(promise.made_on, self._today())
        days = promise.age(self._today())
        if promise.raised_by:
            words = self.tr("Raised by {name}. Promised on {day}, {age} ago.")
            if not days:
                words = self.tr("Raised by {name}. Promised today.")
        elif days:
            words = self.tr("Promised on {day}, {age} ago.")
        else:
            words = self.tr("Promised today.")
        return words.format(name=promise.raised_by, day=on, age=age(days))

    # What is written

    def _save_words(self, visit: str) -> None:
        if self._promise is not None and self.words.text().strip():
            self._promises.write(self._promise.id, visit=visit, text=self.words.text().strip())

    def _save(self, visit: str) -> None:
        if self._promise is not None:
            self._promises.write(
                self._promise.id,
                visit=visit,
                note=self.note.text(),
                resolver=self.resolver.text().strip(),
                due_on=self.due.value(),
            )

    def _save_now(self) -> None:
        self._autosave.touch()
        self._autosave.flush()

    def _go_and_see(self) -> None:
        """Make this a stop on the next walk, where it was seen."""
        if self._promise is None:
            return
        hand_over(self)
        ref = Ref("promise", self._promise.id)
        words = self._promise.text
        walk = self._thread.go_and_see(ref, "", words, self._place())
        self._go.say(self.tr("A stop on your next walk: {purpose}").format(purpose=walk.purpose))

    def _place(self) -> str:
        """Where it was seen, as that stop was called, or nothing."""
        assert self._promise is not None
        for chip in self._thread.chips(Ref("promise", self._promise.id)):
            seen = self._thread.record(chip.ref)
            if isinstance(seen, Observation) and seen.walk_id is not None:
                walk = self._thread.record(Ref("walk", seen.walk_id))
                stops = walk.stops if isinstance(walk, Walk) else ()
                return next((stop.place for stop in stops if stop.id == seen.stop_id), "")
        return ""

    def _save_answer(self, _visit: str) -> None:
        # Only words typed are worth keeping: the rest is filled in anew each time.
        if self._promise is not None and self._promise.told_back is None:
            texts = self.tell.texts() if self.tell.is_written() else {}
            self._drafts.keep(f"tell.{self._promise.id}", **texts)

    def _tell_back(self, told: ToldBack) -> None:
        if self._promise is None:
            return
        hand_over(self)
        promise_id = self._promise.id
        try:
            self._promises.tell_back(
                promise_id,
                on=told.on,
                to=told.to,
                answer=told.answer,
                said=told.said,
                they_said=told.they_said,
            )
        except GembaError as error:
            self._go.trouble(error)
            return
        self._drafts.drop(f"tell.{promise_id}")
        self._go.to("today")
        self._go.say(
            told_words(told, self._today()),
            undo=lambda: self._take_back(promise_id),
        )

    def _take_back(self, promise_id: UUID) -> None:
        self._promises.take_back_answer(promise_id)

    def _open_again(self) -> None:
        if self._promise is not None:
            self._take_back(self._promise.id)
            self.tell.begin()


def told_words(told: ToldBack, today: date) -> str:
    """Return how a promise was told back, as one says it."""
    words = QCoreApplication.translate("Promise", "Told {name} on {day}: “{said}”")
    if told.answer == "not now":
        words = QCoreApplication.translate(
            "Promise", "Told {name} on {day}: not now, because {said}"
        )
    day = near_day(told.on, today).casefold() if told.on == today else short_day(told.on, today)
    if told.on == today:
        words = words.replace(" on {day}", " {day}")
    said = words.format(name=told.to, day=day, said=told.said)
    if not told.they_said:
        return said
    answered = QCoreApplication.translate("Promise", "They said: “{said}”")
    return f"{said}. {answered.format(said=told.they_said)}"
