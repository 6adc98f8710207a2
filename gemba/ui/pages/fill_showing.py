"""A form as it stands: the page or the question one is at, and what was found there last time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gemba.domain.form_view import FormHead, FormItem, FormMore, FormPage, FormQuestion, as_read
from gemba.domain.form_way import FormWay
from gemba.domain.form_words import plain_words
from gemba.domain.titles import first_words
from gemba.ui.days import short_day
from gemba.ui.pages.fill_frame import FillFrame

if TYPE_CHECKING:
    from gemba.services.form_desk import FormDesk
    from gemba.ui.pages.fill_editor import EditorParts
    from gemba.ui.pages.fill_place import FillPlace
    from gemba.ui.pages.more import More
    from gemba.ui.theme import Theme


class FillShowing(FillFrame):
    """Shows what lies on the desk; ``told`` are the questions at which what is missing is said."""

    def __init__(
        self,
        theme: Theme,
        *,
        more: More,
        where: FillPlace,
        parts: EditorParts,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, more=more, where=where, parts=parts, parent=parent)
        self._today = today
        self.desk: FormDesk | None = None
        self.way = FormWay()
        self._told: set[str] = set()

    def pages(self) -> tuple[FormPage, ...]:
        """The pages as they stood when they were shown last."""
        return self.way.pages

    def show_form(self) -> None:
        """Show the form as it stands now, at the place one is at."""
        desk = self.desk
        if desk is None:
            return
        way = self.way
        way.show(desk.pages(way.key))
        done = desk.filling.finished
        self.head.set_title(plain_words(desk.title))
        self.where.show_filling(desk.filling)
        self.pills.show_pages(way.pages, way.page)
        self.done.setVisible(done)
        if done and desk.filling.finished_at is not None:
            day = short_day(desk.filling.finished_at.date(), self._today())
            self.done.say(self.tr("Handed in {day}.").format(day=day), self.tr("Change it"))
        if way.here is None:
            self.title.setText(self.tr("Nothing is asked here."))
            self.items.show_items((), {}, set(), big=False)
        elif way.one_by_one:
            self._show_one(way.here)
        else:
            self._show_page(way.here)
        self._show_foot()

    def _show_page(self, page: FormPage) -> None:
        self.title.setText(plain_words(page.title))
        # A round says the words of its repeat itself.
        headed = isinstance(page.items[0], FormHead)
        self.title.setVisible(bool(page.title) and not headed)
        self._put(page.items, self._before(page.questions), big=False)

    def _show_one(self, page: FormPage) -> None:
        question = self.way.asked
        if question is None:
            return
        self.title.setText(plain_words(page.title))
        self.title.setVisible(bool(page.title))
        last = page.questions[-1:] == (question,)
        ends = [one for one in page.items if last and isinstance(one, FormMore)]
        self._put((question, *ends), self._before((question,)), big=True)

    def _put(self, items: Sequence[FormItem], before: Mapping[str, str], *, big: bool) -> None:
        """Show items; what was handed in is read, and changed only once it is taken up again."""
        if self.desk is not None and self.desk.filling.finished:
            items = [as_read(one) for one in items if not isinstance(one, FormMore)]
        self.items.show_items(items, before, self._told, big=big)

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

    def _show_foot(self) -> None:
        desk, way = self.desk, self.way
        assert desk is not None
        of = self.tr("Question {n} of {count}") if way.one_by_one else self.tr("{n} of {count}")
        words = of.format(n=way.at + 1, count=way.count) if way.count > 1 else ""
        last = way.at >= way.count - 1
        self.foot.show_at(words, first=way.at == 0, last=last, done=desk.filling.finished)
        if self.unready.isVisible() and not desk.missing():
            self.unready.hide()

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

    def hold_first(self) -> None:
        """Put the caret into the first question that takes an answer."""
        boxes = [box for box in self.items.boxes() if box.question.asks]
        if self.desk is None or self.desk.filling.finished:
            return
        if boxes:
            boxes[0].hold()
        else:
            # Nothing to answer here: the way on, and not what happens to come next in the window.
            self.foot.way_on().setFocus()
