"""The questions about one part of a sheet, each with its mark and, where there is one, why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gemba.domain.errors import GembaError
from gemba.services.reviews import mark_of
from gemba.ui.autosave import Autosave
from gemba.ui.widgets import Button, Field, Label, Segmented
from gemba.ui.within import within

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.rubric import RubricItem, RubricSection
    from gemba.domain.sheet import Sheet
    from gemba.domain.sheet_story import Review, ReviewMark
    from gemba.ui.pages.sheet_desk import SheetHost


class ReviewPart(QWidget):
    """A mark counts when it is chosen; taking it back leaves the question open."""

    def __init__(
        self,
        page: SheetHost,
        review: Review,
        section: RubricSection,
        marked: Callable[[RubricSection], None],
    ) -> None:
        super().__init__()
        self.page = page
        self.theme = page.theme
        self._review_id = review.id
        self._section = section
        self._told = marked
        self.choices: dict[str, Segmented] = {}
        self.reasons: dict[str, Field] = {}
        self.clears: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, self.theme.px(12))
        self._column.setSpacing(self.theme.px(4))
        for item in section.items:
            self._item(review, item)

    def _item(self, review: Review, item: RubricItem) -> None:
        theme, held = self.theme, mark_of(review, self._section.id, item.id)
        self._column.addSpacing(theme.px(4))
        self._column.addWidget(Label(theme, item.ask))
        marks = self.page.desk.reviews.rubric.marks
        choice = Segmented(
            theme,
            [(str(one.mark), one.label) for one in marks],
            value=str(held.mark) if held is not None else "",
            name=item.ask,
        )
        choice.chosen.connect(lambda key: self._mark(item, int(key)))
        choice.setEnabled(self.page.desk.recorder.store.writable)
        self.choices[item.id] = choice
        self._column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        why = Field(theme, "", question=self.tr("What shows it?"), name=self.tr("What shows it?"))
        why.set_text(held.why if held is not None else "")
        saving = Autosave(why, lambda visit: self._save(item, visit))
        if self.page.sheet is not None:
            saving.shows(self.page.sheet)
        why.setVisible(held is not None)
        self.reasons[item.id] = why
        self._column.addWidget(why)
        clear = Button(theme, self.tr("Take the mark back"), kind="quiet")
        clear.clicked.connect(lambda: self._mark(item, None))
        clear.setVisible(held is not None)
        self.clears[item.id] = clear
        self._column.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)

    def _mark(self, item: RubricItem, mark: int | None) -> None:
        page = self.page
        assert page.sheet is not None
        for reason in self.reasons.values():
            for saving in within(reason, Autosave):
                saving.leave()
        page.desk.recorder.settle()
        sheet_id = page.sheet.id
        before = self._held(page.desk.sheets.get(sheet_id), item)
        try:
            page.sheet = page.desk.reviews.mark(
                page.sheet.id, self._review_id, self._section.id, item.id, mark
            )
        except GembaError as error:
            page.go.say(page.desk.words(error.key, **error.values))
            return
        # A reason is compared with the sheet that has the mark it belongs to.
        for reason in self.reasons.values():
            for saving in within(reason, Autosave):
                saving.shows(page.sheet)
        if mark is None:
            self.choices[item.id].clear()
            self.reasons[item.id].set_text("")
            self.choices[item.id].segment("0").setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.reasons[item.id], self.clears[item.id]):
            part.setVisible(mark is not None)
        self._told(self._section)
        if mark is None and before is not None and before.why.strip():
            self._offer_back(sheet_id, item, before)

    def _held(self, sheet: Sheet, item: RubricItem) -> ReviewMark | None:
        review = next((one for one in sheet.reviews if one.id == self._review_id), None)
        return mark_of(review, self._section.id, item.id)

    def _offer_back(self, sheet_id: UUID, item: RubricItem, gone: ReviewMark) -> None:
        """Say that a reason went with its mark, and bring both back where that is wanted."""
        reviews, place = self.page.desk.reviews, (self._review_id, self._section.id, item.id)

        def put_back() -> None:
            made = reviews.mark(sheet_id, *place, gone.mark)
            reviews.write_why(sheet_id, *place, gone.why, visit=f"back.{gone.item}")
            self.page.desk.recorder.settle()
            if isValid(self) and self.page.sheet is not None and self.page.sheet.id == made.id:
                self.page.sheet = self.page.desk.sheets.get(sheet_id)
                self._show(item, gone)

        self.page.go.say(self.tr("The mark is taken back, with what shows it."), put_back)

    def _show(self, item: RubricItem, held: ReviewMark) -> None:
        """Show a mark that came back."""
        assert self.page.sheet is not None
        reason = self.reasons[item.id]
        self.choices[item.id].set_value(str(held.mark))
        reason.set_text(held.why)
        for saving in within(reason, Autosave):
            saving.shows(self.page.sheet)
        for part in (reason, self.clears[item.id]):
            part.show()
        self._told(self._section)

    def _save(self, item: RubricItem, visit: str) -> None:
        page = self.page
        assert page.sheet is not None
        text = self.reasons[item.id].text()
        page.desk.reviews.write_why(
            page.sheet.id, self._review_id, self._section.id, item.id, text, visit=visit
        )
