"""Filling in a form: one page a group or one question at a time, by keys or large buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.form_view import FormPage, FormQuestion
from gemba.domain.titles import first_words
from gemba.ui.autosave import hand_over
from gemba.ui.pages.common import listen
from gemba.ui.pages.fill_editor import EditorParts
from gemba.ui.pages.fill_items import Made
from gemba.ui.pages.fill_place import FillPlace
from gemba.ui.pages.fill_showing import FillShowing
from gemba.ui.pages.fill_steps import FillSteps
from gemba.ui.pages.more import More
from gemba.ui.pages.photo_taking import photo_reader
from gemba.ui.tasks import uncollected

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.form_desk import FormDesk
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme


class FillPage(FillShowing):
    """One form being answered; what is given is kept at once, and it can be left at any moment."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        walks: Walks,
        people: People,
        drafts: Drafts,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        # The page is no object of Qt yet, so it cannot translate itself.
        paper = QCoreApplication.translate("FillPage", "Print or save as PDF")
        more = More(
            theme,
            go,
            lambda: self.desk.ref if self.desk else None,
            extra=[(paper, "printer", self._to_paper)],
        )
        super().__init__(
            theme,
            more=more,
            where=FillPlace(theme, people=people, drafts=drafts, go=go),
            parts=EditorParts(today, walks.photo_source, tasks),
            today=today,
            parent=parent,
        )
        self._forms = forms
        self._walks = walks
        self._tasks = tasks
        self._go = go
        self._wanted: UUID | None = None
        self._steps = FillSteps()
        self._listen()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.show_form)
        listen(self, bulletin, self._hear)

    def _listen(self) -> None:
        """Connect what stands on the page with what it does."""
        self.language.chosen.connect(self._speak)
        self.manner.chosen.connect(lambda _key: self._change_manner())
        self.where.changed.connect(self._set_place)
        self.pills.chosen.connect(self.go_to_page)
        self.done.acted.connect(self._take_up_again)
        self.unready.acted.connect(self._to_missing)
        self.items.answered.connect(self.answer)
        self.items.rested.connect(self._rested)
        self.items.photographed.connect(self._photograph)
        self.items.acted.connect(self._act)
        self.items.opened.connect(self._go.open)
        self.items.next.connect(self._next_after)
        self.items.round_added.connect(self._add_round)
        self.items.round_dropped.connect(self._drop_round)
        self.foot.back.clicked.connect(lambda: self.step(-1))
        self.foot.on.clicked.connect(lambda: self.step(1))
        self.foot.hand_in.clicked.connect(self.hand_in)
        for keys, by in (("Ctrl+Return", 1), ("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(partial(self.step, by))

    # The page in the window

    def page_title(self) -> str:
        """The title of the form."""
        return first_words(self.desk.title, 80) if self.desk is not None else self.tr("Form")

    def arrive(self, **what: object) -> None:
        """Open what is being filled in, where it was left; a large form opens beside the window."""
        wanted = what.get("filling")
        if not isinstance(wanted, UUID):
            self._go.to("forms")
            return
        if self.desk is not None and self.desk.filling.id == wanted:
            self.items.made = self._forms.made_of(wanted)
            self.show_form()
            self._go_where_left()
            return
        self._wanted, self.desk = wanted, None
        self.head.set_title(self.tr("Opening the form"))
        for part in (self.column, self.foot, self.where):
            part.hide()
        self._tasks.run(self, lambda _token: self._read(wanted), self._opened, self._refused)

    def _read(self, wanted: UUID) -> tuple[FormDesk, tuple[FormPage, ...], Made]:
        with uncollected():
            desk = self._forms.open(wanted)
            return desk, desk.pages(), self._forms.made_of(wanted)

    def _opened(self, read: tuple[FormDesk, tuple[FormPage, ...], Made]) -> None:
        desk, pages, made = read
        if desk.filling.id != self._wanted:
            return
        self.desk = desk
        self._steps.forget()
        self.items.made = made
        self.way.begin(pages)
        self._told = set()
        for part in (self.column, self.foot, self.where):
            part.show()
        self.items.forget()
        languages = desk.languages
        self.language.setVisible(bool(languages))
        if languages:
            self.language.set_options([(one, one) for one in languages], desk.language)
        self.show_form()
        self._go_where_left()
        self.window().setWindowTitle(f"{self.page_title()} - Gemba")

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)
        self._go.back()

    def leave(self) -> None:
        """Hand over what is being typed; it is there when one comes back."""
        if self.desk is not None:
            self.note_place()
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.desk is not None and self.isVisible() and self.desk.ref in refs:
            self.where.show_filling(self.desk.filling)

    # Going through it

    def go_to_page(self, number: int) -> None:
        """Show a page; in one by one its first question."""
        self._flush()
        self._tell_here()
        self.way.to_page(number)
        self.show_form()
        self.view.verticalScrollBar().setValue(0)
        self.hold_first()

    def step(self, by: int) -> None:
        """Go to the next page or question, or to the one before."""
        self._flush()
        if self.desk is None:
            return
        self._tell_here()
        self.way.step(by)
        self.show_form()
        self.view.verticalScrollBar().setValue(0)
        self.hold_first()
        self.note_place()

    def _questions_here(self) -> tuple[FormQuestion, ...]:
        return self.way.here.questions if self.way.here is not None else ()

    def _tell_here(self) -> None:
        """From now on say what is missing on this page: somebody has been through it."""
        self._told |= {one.key for one in self._questions_here()}

    def _change_manner(self) -> None:
        self._flush()
        self.way.one_by_one = self.manner.value() == "one"
        if self.way.one_by_one:
            self.way.to_page(self.way.page)
        self.items.forget()
        self.show_form()
        self.hold_first()

    def _next_after(self, key: str) -> None:
        """Enter in a line goes to the question behind it, from the last one to the way on."""
        if self.way.one_by_one:
            self.step(1)
            return
        keys = [one.key for one in self._questions_here() if one.asks]
        at = keys.index(key) if key in keys else -1
        if at + 1 < len(keys):
            self.hold(keys[at + 1])
        else:
            self.foot.way_on().meet()

    def _go_where_left(self) -> None:
        desk = self.desk
        if desk is None:
            return
        left = desk.filling.at_question
        if left and self.way.to_question(left):
            self.show_form()
            box = self.items.box(left)
            if box is not None and box.editor is not None and not desk.filling.finished:
                box.hold()
                box.editor.put_caret(desk.filling.caret)
            return
        self.hold_first()

    def note_place(self) -> None:
        """Remember at which question and letter the form is left."""
        if self.desk is None or self.desk.filling.finished:
            return
        for box in self.items.boxes():
            if box.editor is not None and box.has_focus():
                self.desk.note(box.key, box.editor.caret())
                return

    def _to_missing(self) -> None:
        missing = self.desk.missing() if self.desk is not None else []
        if not missing:
            return
        first = missing[0].key
        self.way.to_question(first)
        self.show_form()
        self.hold(first)

    # Answering

    def answer(self, key: str, text: str) -> None:
        """Give an answer that is whole: it is kept, and what follows from it is shown."""
        desk = self.desk
        if desk is None or desk.filling.finished:
            return
        box = self.items.box(key)
        if box is not None:
            self._steps.note(box.question)
        if box is not None and box.question.kind == "image":
            desk.answer_photo(key, text)
        else:
            desk.answer(key, text)
            desk.keep(at=key)
        self.show_form()

    def _rested(self, key: str, visit: str) -> None:
        box = self.items.box(key)
        desk = self.desk
        if desk is None or box is None or box.editor is None or desk.filling.finished:
            return
        self._steps.note(box.question, visit)
        desk.answer(key, box.editor.text())
        desk.keep(at=key, caret=box.editor.caret(), visit=visit)
        # Later: what follows may take this very field away while it is being left.
        self._again.start()

    def _flush(self) -> None:
        hand_over(self)
        if self._again.isActive():
            self._again.stop()
            self.show_form()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z that no field wanted takes the last answer back; the other way gives it again."""
        back = event.matches(QKeySequence.StandardKey.Undo)
        if back or event.matches(QKeySequence.StandardKey.Redo):
            self.go_back(back=back)
            return
        super().keyPressEvent(event)

    def go_back(self, *, back: bool = True) -> None:
        """Take back the last answer that was given here, or give it again, and go to it."""
        self._flush()
        desk, step = self.desk, self._steps.step(back=back)
        if desk is None or step is None or desk.filling.finished:
            return
        asked = next((one for _, one in self.way.flat if one.key == step.key), None)
        if asked is None:
            self._steps.forget()
            return
        self._steps.took(asked, back=back)
        if asked.kind == "image":
            desk.answer_photo(step.key, step.photo)
        else:
            desk.answer(step.key, step.text)
            desk.keep(at=step.key)
        self.way.to_question(step.key)
        self.show_form()
        self.hold(step.key)

    def _photograph(self, key: str, what: object) -> None:
        desk = self.desk
        if desk is None:
            return
        read, name = photo_reader(what, whole=self._walks.keeps_whole_photos())
        self._tasks.run(
            self,
            lambda _token: desk.add_photo(key, read(), name),
            lambda photo: self._photo_came(desk, key, photo),
            self._photo_refused,
        )

    def _photo_came(self, desk: FormDesk, key: str, photo: str) -> None:
        box = self.items.box(key)
        if desk is self.desk and box is not None:
            self._steps.note(box.question)
        desk.answer_photo(key, photo)
        if desk is self.desk:
            self.show_form()

    def _photo_refused(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _add_round(self, key: str) -> None:
        self._flush()
        if self.desk is None:
            return
        made = self.desk.add_round(key)
        self._steps.forget()
        self.show_form()
        if self.way.to_question(made) and self.way.asked is not None:
            self.show_form()
            self.hold(self.way.asked.key)

    def _drop_round(self, key: str) -> None:
        self._flush()
        if self.desk is None:
            return
        back = self.desk.drop_round(key)
        self._steps.forget()
        self.items.forget()
        self.show_form()

        def undo() -> None:
            back()
            self.items.forget()
            self.show_form()

        self._go.say(self.tr("Taken away with its answers."), undo)

    def _speak(self, language: str) -> None:
        self._flush()
        if self.desk is not None:
            self.desk.speak(language)
            self.show_form()

    def _set_place(self, place: str, area: str) -> None:
        if self.desk is None:
            return
        try:
            self.desk.moved_to(self._forms.set_place(self.desk.filling.id, place, area))
            # What it hears of the writing comes before this: it still shows the place before.
            self.where.show_filling(self.desk.filling)
        except GembaError as error:
            self._go.trouble(error)

    def _act(self, key: str, what: str) -> None:
        """Open a promise or an observation from an answer, with the words of both."""
        self._flush()
        desk = self.desk
        question = next((one for _, one in self.way.flat if one.key == key), None)
        if desk is None or question is None:
            return
        try:
            made = self._forms.act(desk.filling, question, what)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.open(made)
        words = self.tr("Made of the answer: an observation.")
        if what == "promise":
            words = self.tr("Made of the answer: a promise.")
        self._go.say(words, undo=lambda: self._unmake(made, desk.filling.id))

    def _unmake(self, made: Ref, filling: UUID) -> None:
        """Take back what was made of an answer, and go back to the question."""
        self._forms.remove(made)
        self._go.to("fill", filling=filling)

    def hand_in(self) -> None:
        """Hand the form in, or say what is missing."""
        self._flush()
        desk = self.desk
        if desk is None:
            return
        missing = desk.finish()
        if missing:
            self._told |= {one.key for _, one in self.way.flat}
            words = self.tr("1 answer is missing or out of limits.")
            if len(missing) > 1:
                words = self.tr("{n} answers are missing or out of limits.").format(n=len(missing))
            self.unready.say(words, self.tr("Show the first"))
            self.unready.show()
            self.show_form()
            self._to_missing()
            return
        self.unready.hide()
        self._go.say(self.tr("Handed in: {title}").format(title=first_words(desk.title, 60)))
        self.show_form()
        self.done.button.setFocus()

    def _to_paper(self) -> None:
        if self.desk is not None:
            self._flush()
            self._go.to("form paper", filling=self.desk.filling.id)

    def _take_up_again(self) -> None:
        if self.desk is not None:
            self.desk.take_up_again()
            self.show_form()
            self.hold_first()
