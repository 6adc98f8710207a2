"""Looking over a sheet: part by part, with what is strongest and what to work on at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.services.reviews import current, done, mark_of, shown_to
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.common import clear
from gemba.ui.pages.sheet_review_part import ReviewPart
from gemba.ui.widgets import Button, Label, Notice, Segmented, TextField
from gemba.ui.widgets.coverage import CoverageRow

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.rubric import RubricSection
    from gemba.domain.sheet import Sheet
    from gemba.domain.sheet_story import Review
    from gemba.services.reviews import By
    from gemba.ui.pages.sheet_desk import SheetHost


class ReviewPanel(QWidget):
    """The owner looks first; what the coach marked opens once the owner's own is done."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        page.stop_writing()
        page.desk.recorder.settle()
        assert page.sheet is not None
        self.by: By = page.desk.reviews.role(page.sheet)
        self.opened = ""
        self.rows: dict[str, CoverageRow] = {}
        self.part: ReviewPart | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(12))
        self.who = Segmented(
            self.theme,
            [("owner", self.tr("As the owner")), ("coach", self.tr("As the coach"))],
            value=self.by,
            name=self.tr("Who looks"),
        )
        self.who.chosen.connect(self._turn)
        column.addWidget(self.who, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout()
        self._column.setSpacing(self.theme.px(4))
        column.addLayout(self._column)
        self._fill()

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def refresh(self) -> None:
        """Show marks that were given elsewhere, unless something is being written here."""
        if self._review() is None or not self.rows:
            self._fill()
            return
        for section in self.page.desk.reviews.rubric.sections:
            self.rows[section.id].set_marks(*self._marks(section))

    def _sheet(self) -> Sheet:
        assert self.page.sheet is not None
        return self.page.sheet

    def _id(self) -> UUID:
        return self._sheet().id

    def _review(self) -> Review | None:
        return current(self._sheet(), self.by)

    def _turn(self, by: str) -> None:
        self.leave()
        self.page.desk.recorder.settle()
        self.page.sheet = self.page.desk.sheets.get(self._id())
        self.by = "coach" if by == "coach" else "owner"
        self.opened = ""
        self._fill()

    def _fill(self) -> None:
        held = self.focusWidget()
        if held is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        self.rows, self.part = {}, None
        review = self._review()
        if review is None or self._waits():
            self._ask_to_begin()
            return
        self._say_the_other()
        for section in self.page.desk.reviews.rubric.sections:
            row = CoverageRow(self.theme, section.label, *self._marks(section))
            row.clicked.connect(lambda _on=False, id=section.id: self._open(id))
            self.rows[section.id] = row
            self._column.addWidget(row)
            if section.id == self.opened:
                self.part = ReviewPart(self.page, review, section, self._marked)
                self._column.addWidget(self.part)
        self._sentences(review)
        self._earlier()

    def _waits(self) -> bool:
        """Tell whether it is the owner's turn, so that nobody sees the coach's marks before."""
        return self.by == "coach" and not done(current(self._sheet(), "owner"))

    def _ask_to_begin(self) -> None:
        if self._waits():
            said = self.tr("The owner looks over it first. Your turn comes after their own marks.")
            self._column.addWidget(Notice(self.theme, said, kind="plain"))
            return
        words = self.tr("Each part is looked at by itself; nothing is added up.")
        self._column.addWidget(Label(self.theme, words, tone="ink_soft"))
        self.begin = Button(self.theme, self.tr("Look over the sheet"), kind="primary")
        self.begin.clicked.connect(self._begin)
        self.begin.setEnabled(self.page.desk.recorder.store.writable)
        self._column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._earlier()

    def _begin(self) -> None:
        self.leave()
        before = self._sheet().reviews
        try:
            self.page.sheet = self.page.desk.reviews.begin(self._id(), self.by)
        except GembaError as error:
            self.page.go.say(self.page.desk.words(error.key, **error.values))
            return
        self.opened = self.page.desk.reviews.rubric.sections[0].id
        self._fill()
        sheet_id, reviews = self._id(), self.page.desk.reviews

        def take_back() -> None:
            reviews.put(sheet_id, before)

        if before:
            self.page.go.say(self.tr("A new look over the sheet has begun."), take_back)

    def _say_the_other(self) -> None:
        """Say whose squares stand where, and that the coach's stay closed until then."""
        sheet = self._sheet()
        if current(sheet, "coach") is None:
            return
        if self._other() is None and self.by == "owner":
            said = self.tr("The coach has looked too. It opens once your two sentences stand here.")
            self._column.addWidget(Notice(self.theme, said, kind="plain"))
        else:
            said = self.tr("First your squares, then the coach’s.")
            if self.by == "coach":
                said = self.tr("First the owner’s squares, then yours.")
            self._column.addWidget(Label(self.theme, said, step="small", tone="ink_soft"))

    def _other(self) -> Review | None:
        other = current(self._sheet(), "owner" if self.by == "coach" else "coach")
        return other if other in shown_to(self._sheet(), self.by) else None

    def _marks(self, section: RubricSection) -> tuple[tuple[tuple[int | None, ...], ...], str]:
        """Return the marks of owner and coach, and how they are said."""
        owner, coach = self._review(), self._other()
        if self.by == "coach":
            owner, coach = coach, owner
        labels = {one.mark: one.label for one in self.page.desk.reviews.rubric.marks}
        rows: list[tuple[int | None, ...]] = []
        said = [section.label]
        for name, review in ((self.tr("Owner"), owner), (self.tr("Coach"), coach)):
            if review is None:
                continue
            found = [mark_of(review, section.id, item.id) for item in section.items]
            marks = tuple(one.mark if one is not None else None for one in found)
            rows.append(marks)
            words = [labels[one] if one is not None else self.tr("not looked at") for one in marks]
            said.append(f"{name}: {', '.join(words)}")
        return tuple(rows), ". ".join(said)

    def _open(self, section: str) -> None:
        self.leave()
        self.page.desk.recorder.settle()
        self.page.sheet = self.page.desk.sheets.get(self._id())
        self.opened = "" if self.opened == section else section
        self._fill()
        if section in self.rows:
            self.rows[section].setFocus(Qt.FocusReason.OtherFocusReason)

    def _marked(self, section: RubricSection) -> None:
        self.rows[section.id].set_marks(*self._marks(section))

    def _sentences(self, review: Review) -> None:
        self._column.addSpacing(self.theme.px(12))
        self.strongest = TextField(
            self.theme,
            self.tr("The strongest point"),
            question=self.tr("What would you show to others?"),
            lines=2,
        )
        self.work_on = TextField(
            self.theme,
            self.tr("One to work on"),
            question=self.tr("Which one next?"),
            lines=2,
        )
        may = self.page.desk.recorder.store.writable
        for name, field in (("strongest", self.strongest), ("work_on", self.work_on)):
            field.set_text(getattr(review, name))
            field.set_read_only(not may)
            saving = Autosave(field, lambda visit, name=name: self._save(name, visit))  # type: ignore[misc]
            saving.shows(self._sheet())
            # A field is left as well when the window closes: by then the data are shut.
            field.left.connect(lambda: QTimer.singleShot(0, self, self._look_again))
            self._column.addWidget(field)

    def _save(self, name: str, visit: str) -> None:
        review = self._review()
        if review is not None:
            text = getattr(self, name).text()
            self.page.desk.reviews.write(self._id(), review.id, visit=visit, **{name: text})

    def _look_again(self) -> None:
        """Open what waited for the owner's two sentences, once they are written."""
        if not self.isVisible():
            return
        was = self._other()
        self.page.desk.recorder.settle()
        self.page.sheet = self.page.desk.sheets.get(self._id())
        if was is None and self._other() is not None:
            self._fill()

    def _earlier(self) -> None:
        """Show both sentences of the other one, and of every look before this one."""
        mine = self._review()
        others = [one for one in shown_to(self._sheet(), self.by) if one is not mine]
        for review in reversed(others):
            who = self.tr("The owner") if review.by == "owner" else self.tr("The coach")
            head = f"{who} · {self.page.desk.day(review.on)}"
            self._column.addSpacing(self.theme.px(8))
            self._column.addWidget(Label(self.theme, head, step="small_strong"))
            for label, text in (
                (self.tr("Strongest: {words}"), review.strongest),
                (self.tr("To work on: {words}"), review.work_on),
            ):
                if text.strip():
                    self._column.addWidget(Label(self.theme, label.format(words=text)))
            self._reasons(review)
        if mine is not None and done(mine):
            again = Button(self.theme, self.tr("Look over it anew"), kind="quiet")
            again.clicked.connect(self._begin)
            self._column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    def _reasons(self, review: Review) -> None:
        asks = {
            (section.id, item.id): item.ask
            for section in self.page.desk.reviews.rubric.sections
            for item in section.items
        }
        for one in review.marks:
            if one.why.strip():
                ask = asks.get((one.section, one.item), one.item)
                self._column.addWidget(
                    Label(self.theme, f"{ask} {one.why}", step="small", tone="ink_soft")
                )
