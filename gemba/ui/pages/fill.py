"""Filling in a form: one page a group or one question at a time, by keys or large buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.form_view import FormHead, FormItem, FormMore, FormPage, FormQuestion, as_read
from gemba.domain.form_words import plain_words
from gemba.domain.titles import first_words
from gemba.ui.autosave import hand_over
from gemba.ui.days import short_day
from gemba.ui.pages.common import clear, listen
from gemba.ui.pages.fill_editors import EditorParts
from gemba.ui.pages.fill_foot import FillFoot
from gemba.ui.pages.fill_items import FillItems
from gemba.ui.pages.fill_place import FillPlace
from gemba.ui.pages.more import More
from gemba.ui.pages.photo_taking import photo_reader
from gemba.ui.tasks import uncollected
from gemba.ui.widgets import (
    Button,
    Column,
    FlowLayout,
    Label,
    Notice,
    PageHead,
    ScrollPage,
    Segmented,
)
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.form_desk import FormDesk
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_PILLS = 12
"""More pages than this are told by their number alone."""


class FillPage(QWidget):
    """One form being answered; what is given is kept at once, and it can be left at any moment."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        walks: Walks,
        people: People,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._forms = forms
        self._walks = walks
        self._tasks = tasks
        self._go = go
        self._today = today
        self.desk: FormDesk | None = None
        self._wanted: UUID | None = None
        self._pages: tuple[FormPage, ...] = ()
        self._page = 0
        self._one = 0
        self._told: set[str] = set()
        self._parts = EditorParts(today, walks.photo_source, tasks)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.view = ScrollPage(theme)
        outer.addWidget(self.view, 1)
        self._build_head(people)
        self.column = Column(theme, gap=0)
        self.view.add(self.column)
        self.view.space(24)
        self.view.finish()
        self._build_body()
        self.foot = FillFoot(theme)
        outer.addWidget(self.foot)
        self.foot.back.clicked.connect(lambda: self.step(-1))
        self.foot.on.clicked.connect(lambda: self.step(1))
        self.foot.hand_in.clicked.connect(self.hand_in)
        for keys, run in (
            ("Ctrl+Return", lambda: self.step(1)),
            ("Ctrl+PgDown", lambda: self.step(1)),
            ("Ctrl+PgUp", lambda: self.step(-1)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(run)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_head(self, people: People) -> None:
        theme = self.theme
        self.head = PageHead(theme, self.tr("Form"))
        self.language = Choice(theme, self.tr("Language"))
        self.language.chosen.connect(self._speak)
        self.manner = Segmented(
            theme,
            [("page", self.tr("Page by page")), ("one", self.tr("One by one"))],
            value="page",
            name=self.tr("How many questions at a time"),
        )
        self.manner.chosen.connect(lambda _key: self._change_manner())
        self.more = More(
            theme,
            self._go,
            lambda: self.desk.ref if self.desk else None,
            extra=[(self.tr("Print or save as PDF"), "printer", self._to_paper)],
        )
        self.head.add_action(self.language)
        self.head.add_action(self.manner)
        self.head.add_action(self.more)
        self.view.add(self.head)
        self.view.space(8)
        self.where = FillPlace(theme, people=people, go=self._go)
        self.where.changed.connect(self._set_place)
        self.view.add(self.where)
        self.view.space(16)

    def _build_body(self) -> None:
        theme, px = self.theme, self.theme.px
        self.pills_host = QWidget()
        self._pill_flow = FlowLayout(self.pills_host, gap=px(8))
        self.pills: list[Button] = []
        self.column.add(self.pills_host)
        self.column.space(px(16))
        self.done = Notice(theme, "", kind="good")
        self.done.acted.connect(self._take_up_again)
        self.done.hide()
        self.column.add(self.done)
        self.unready = Notice(theme, "")
        self.unready.acted.connect(self._to_missing)
        self.unready.hide()
        self.column.add(self.unready)
        self.title = Label(theme, "", step="strong")
        self.column.add(self.title)
        self.column.space(px(12))
        self.items = FillItems(theme, self._parts)
        self.column.add(self.items)
        self.items.answered.connect(self.answer)
        self.items.rested.connect(self._rested)
        self.items.photographed.connect(self._photograph)
        self.items.acted.connect(self._act)
        self.items.next.connect(self._next_after)
        self.items.round_added.connect(self._add_round)
        self.items.round_dropped.connect(self._drop_round)

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
            self._show()
            self._go_where_left()
            return
        self._wanted, self.desk = wanted, None
        self.head.set_title(self.tr("Opening the form"))
        for part in (self.column, self.foot, self.where):
            part.hide()
        self._tasks.run(self, lambda _token: self._read(wanted), self._opened, self._refused)

    def _read(self, wanted: UUID) -> tuple[FormDesk, tuple[FormPage, ...]]:
        with uncollected():
            desk = self._forms.open(wanted)
            return desk, desk.pages()

    def _opened(self, read: tuple[FormDesk, tuple[FormPage, ...]]) -> None:
        desk, pages = read
        if desk.filling.id != self._wanted:
            return
        self.desk = desk
        self._page = self._one = 0
        self._pages = pages
        self._told = set()
        for part in (self.column, self.foot, self.where):
            part.show()
        self.items.forget()
        languages = desk.languages
        self.language.setVisible(bool(languages))
        if languages:
            self.language.set_options([(one, one) for one in languages], desk.language)
        self._show()
        self._go_where_left()
        self.window().setWindowTitle(self.page_title())

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

    # What is shown

    @property
    def one_by_one(self) -> bool:
        """Whether one question is shown at a time."""
        return self.manner.value() == "one"

    def pages(self) -> tuple[FormPage, ...]:
        """The pages as they stood when they were shown last."""
        return self._pages

    def _show(self) -> None:
        desk = self.desk
        if desk is None:
            return
        near = self._pages[self._page].key if self._page < len(self._pages) else ""
        self._pages = desk.pages(near)
        self._page = max(0, min(self._page, len(self._pages) - 1))
        done = desk.filling.finished
        self.head.set_title(plain_words(desk.title))
        self.where.show_filling(desk.filling)
        self._show_pills()
        self.done.setVisible(done)
        if done and desk.filling.finished_at is not None:
            day = short_day(desk.filling.finished_at.date(), self._today())
            self.done.say(self.tr("Handed in {day}.").format(day=day), self.tr("Change it"))
        if not self._pages:
            self.title.setText(self.tr("Nothing is asked here."))
            self.items.show_items((), {}, set(), big=False)
        elif self.one_by_one:
            self._show_one()
        else:
            self._show_page()
        self._show_foot()

    def _show_page(self) -> None:
        page = self._pages[self._page]
        self.title.setText(plain_words(page.title))
        # A round says the words of its repeat itself.
        headed = isinstance(page.items[0], FormHead)
        self.title.setVisible(bool(page.title) and not headed)
        self._put(page.items, self._before(page.questions), big=False)

    def _show_one(self) -> None:
        flat = self._flat()
        self._one = max(0, min(self._one, len(flat) - 1))
        if not flat:
            return
        page, question = flat[self._one]
        self._page = page
        self.title.setText(plain_words(self._pages[page].title))
        self.title.setVisible(bool(self._pages[page].title))
        last = self._pages[page].questions[-1:] == (question,)
        more = [one for one in self._pages[page].items if not isinstance(one, FormQuestion)]
        ends = [one for one in more if last and isinstance(one, FormMore)]
        self._put((question, *ends), self._before((question,)), big=True)

    def _put(self, items: Sequence[FormItem], before: Mapping[str, str], *, big: bool) -> None:
        """Show items; what was handed in is read, and changed only once it is taken up again."""
        if self.desk is not None and self.desk.filling.finished:
            items = [as_read(one) for one in items if not isinstance(one, FormMore)]
        self.items.show_items(items, before, self._told, big=big)

    def _flat(self) -> list[tuple[int, FormQuestion]]:
        return [(number, one) for number, page in enumerate(self._pages) for one in page.questions]

    def _before(self, questions: tuple[FormQuestion, ...]) -> dict[str, str]:
        """Return what was found last time, under each question."""
        found: dict[str, str] = {}
        for one in questions if self.desk is not None else ():
            assert self.desk is not None
            said = [
                self.tr("{day}: {words}").format(
                    day=short_day(filling.begun_on, self._today()),
                    words=first_words(words, 120),
                )
                for filling, words in self.desk.last_time(one.key)[:3]
            ]
            if said and one.asks:
                found[one.key] = self.tr("Last time here. {said}").format(said=" · ".join(said))
        return found

    def _show_pills(self) -> None:
        titles = [
            self._page_words(page) or self.tr("Page {n}").format(n=number)
            for number, page in enumerate(self._pages, 1)
        ]
        wanted = titles if 1 < len(titles) <= _PILLS else []
        if [one.text() for one in self.pills] != wanted:
            clear(self._pill_flow)
            self.pills = []
            for number, words in enumerate(wanted):
                pill = Button(self.theme, words, checkable=True, parent=self.pills_host)
                pill.clicked.connect(lambda _on=False, number=number: self.go_to_page(number))
                self._pill_flow.addWidget(pill)
                self.pills.append(pill)
                pill.show()
        for number, pill in enumerate(self.pills):
            pill.setChecked(number == self._page)
            open_ones = len(self._pages[number].wrong)
            self._tell_pill(pill, titles[number], open_ones)
        self.pills_host.setVisible(bool(self.pills))
        self.pills_host.updateGeometry()

    def _page_words(self, page: FormPage) -> str:
        """Return the words of a page; rounds of a repeat are told apart by their number."""
        words = first_words(plain_words(page.title), 28)
        first = page.items[0]
        if isinstance(first, FormHead) and first.round:
            return f"{words} {first.round}".strip()
        return words

    def _tell_pill(self, pill: Button, title: str, open_ones: int) -> None:
        words = self.tr("Nothing is missing here") if not open_ones else ""
        if open_ones == 1:
            words = self.tr("1 answer is missing or out of limits")
        elif open_ones:
            words = self.tr("{n} answers are missing or out of limits").format(n=open_ones)
        pill.setToolTip(words)
        pill.setAccessibleName(f"{title}. {words}")

    def _show_foot(self) -> None:
        desk = self.desk
        assert desk is not None
        count = len(self._flat()) if self.one_by_one else len(self._pages)
        at = self._one if self.one_by_one else self._page
        of = self.tr("Question {n} of {count}") if self.one_by_one else self.tr("{n} of {count}")
        words = of.format(n=at + 1, count=count) if count > 1 else ""
        self.foot.show_at(words, first=at == 0, last=at >= count - 1, done=desk.filling.finished)
        if self.unready.isVisible() and not desk.missing():
            self.unready.hide()

    # Going through it

    def go_to_page(self, number: int) -> None:
        """Show a page; in one by one its first question."""
        self._flush()
        self._told |= {one.key for one in self._questions_here()}
        self._page = number
        if self.one_by_one:
            flat = self._flat()
            self._one = next((n for n, (page, _) in enumerate(flat) if page == number), 0)
        self._show()
        self.view.verticalScrollBar().setValue(0)
        self._hold_first()

    def step(self, by: int) -> None:
        """Go to the next page or question, or to the one before."""
        self._flush()
        if self.desk is None:
            return
        self._told |= {one.key for one in self._questions_here()}
        if self.one_by_one:
            self._one = max(0, min(self._one + by, len(self._flat()) - 1))
        else:
            self._page = max(0, min(self._page + by, len(self._pages) - 1))
        self._show()
        self.view.verticalScrollBar().setValue(0)
        self._hold_first()
        self.note_place()

    def _questions_here(self) -> tuple[FormQuestion, ...]:
        return self._pages[self._page].questions if self._pages else ()

    def _change_manner(self) -> None:
        self._flush()
        if self.one_by_one:
            flat = self._flat()
            self._one = next((n for n, (page, _) in enumerate(flat) if page == self._page), 0)
        self.items.forget()
        self._show()
        self._hold_first()

    def _next_after(self, key: str) -> None:
        """Enter in a line goes to the question behind it, from the last one to the way on."""
        if self.one_by_one:
            self.step(1)
            return
        keys = [one.key for one in self._questions_here() if one.asks]
        at = keys.index(key) if key in keys else -1
        if at + 1 < len(keys):
            self.hold(keys[at + 1])
        else:
            on = self.foot.on if self.foot.on.isVisible() else self.foot.hand_in
            on.meet()

    def hold(self, key: str) -> None:
        """Put the caret into a question that is shown."""
        box = self.items.box(key)
        if box is not None:
            box.hold()
            # Once it is laid out with what is said at it.
            QTimer.singleShot(0, box, lambda: self._bring_into_view(key))

    def _bring_into_view(self, key: str) -> None:
        box = self.items.box(key)
        if box is not None:
            self.view.ensureWidgetVisible(box, 0, self.theme.px(16))

    def _hold_first(self) -> None:
        boxes = [box for box in self.items.boxes() if box.question.asks]
        if boxes and self.desk is not None and not self.desk.filling.finished:
            boxes[0].hold()

    def _go_where_left(self) -> None:
        desk = self.desk
        if desk is None:
            return
        left = desk.filling.at_question
        for number, (page, one) in enumerate(self._flat()):
            if one.key == left:
                self._page, self._one = page, number
                self._show()
                box = self.items.box(left)
                if box is not None and box.editor is not None and not desk.filling.finished:
                    box.hold()
                    box.editor.put_caret(desk.filling.caret)
                return
        self._hold_first()

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
        for number, (page, one) in enumerate(self._flat()):
            if one.key == first:
                self._page, self._one = page, number
        self._show()
        self.hold(first)

    # Answering

    def answer(self, key: str, text: str) -> None:
        """Give an answer that is whole: it is kept, and what follows from it is shown."""
        desk = self.desk
        if desk is None or desk.filling.finished:
            return
        box = self.items.box(key)
        if box is not None and box.question.kind == "image":
            desk.answer_photo(key, text)
        else:
            desk.answer(key, text)
            desk.keep(at=key)
        self._show()

    def _rested(self, key: str, visit: str) -> None:
        box = self.items.box(key)
        desk = self.desk
        if desk is None or box is None or box.editor is None or desk.filling.finished:
            return
        desk.answer(key, box.editor.text())
        desk.keep(at=key, caret=box.editor.caret(), visit=visit)
        # Later: what follows may take this very field away while it is being left.
        self._again.start()

    def _flush(self) -> None:
        hand_over(self)
        if self._again.isActive():
            self._again.stop()
            self._show()

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
        desk.answer_photo(key, photo)
        if desk is self.desk:
            self._show()

    def _photo_refused(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _add_round(self, key: str) -> None:
        self._flush()
        if self.desk is None:
            return
        made = self.desk.add_round(key)
        self._show()
        for number, (page, one) in enumerate(self._flat()):
            if one.key.startswith(f"{made}/"):
                self._page, self._one = page, number
                self._show()
                self.hold(one.key)
                return

    def _drop_round(self, key: str) -> None:
        self._flush()
        if self.desk is None:
            return
        back = self.desk.drop_round(key)
        self.items.forget()
        self._show()

        def undo() -> None:
            back()
            self.items.forget()
            self._show()

        self._go.say(self.tr("Taken away with its answers."), undo)

    def _speak(self, language: str) -> None:
        self._flush()
        if self.desk is not None:
            self.desk.speak(language)
            self._show()

    def _set_place(self, place: str, area: str) -> None:
        if self.desk is None:
            return
        try:
            self.desk.moved_to(self._forms.set_place(self.desk.filling.id, place, area))
        except GembaError as error:
            self._go.trouble(error)

    def _act(self, key: str, what: str) -> None:
        """Open a promise or an observation from an answer, with the words of both."""
        self._flush()
        desk = self.desk
        question = next((one for _, one in self._flat() if one.key == key), None)
        if desk is None or question is None:
            return
        try:
            made = self._forms.act(desk.filling, question, what)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.open(made)

    def hand_in(self) -> None:
        """Hand the form in, or say what is missing."""
        self._flush()
        desk = self.desk
        if desk is None:
            return
        missing = desk.finish()
        if missing:
            self._told |= {one.key for _, one in self._flat()}
            words = self.tr("1 answer is missing or out of limits.")
            if len(missing) > 1:
                words = self.tr("{n} answers are missing or out of limits.").format(n=len(missing))
            self.unready.say(words, self.tr("Show the first"))
            self.unready.show()
            self._show()
            self._to_missing()
            return
        self.unready.hide()
        self._go.say(self.tr("Handed in: {title}").format(title=first_words(desk.title, 60)))
        self._show()

    def _to_paper(self) -> None:
        if self.desk is not None:
            self._flush()
            self._go.to("form paper", filling=self.desk.filling.id)

    def _take_up_again(self) -> None:
        if self.desk is not None:
            self.desk.take_up_again()
            self._show()
            self._hold_first()
