"""The questions about wording in the margin: each with its sentence, and what was set aside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.wording import Remark
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.wording_slip import RemarkLine, quoted
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.domain.sheet_story import Dismissed
    from gemba.ui.pages.sheet_desk import SheetHost


_MOST = 12
"""More questions at a time than this are no help to anybody."""


class WordingList(QWidget):
    """What is asked about a box, or about the whole sheet where no box is in focus."""

    def __init__(self, page: SheetHost, box: str) -> None:
        super().__init__()
        self.page = page
        self.box = box
        self.lines: list[RemarkLine] = []
        self._shown: tuple[object, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(page.theme.px(12))
        self.refresh()

    def refresh(self) -> None:
        """Read again, unless a reason is being written."""
        page = self.page
        if page.sheet is None or any(one.reason is not None for one in self.lines):
            return
        remarks = page.wording.at_box(self.box)
        aside = [one for one in page.sheet.dismissed if not self.box or one.box == self.box]
        shown = (*remarks, *aside)
        if shown == self._shown:
            return
        self._shown = shown
        if any(one.hasFocus() for one in within(self, QWidget)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        self.lines = []
        self.setVisible(bool(shown))
        if remarks:
            self._column.addWidget(Label(page.theme, self.tr("Asked of the words"), step="strong"))
        for remark in remarks[:_MOST]:
            line = RemarkLine(page.theme, remark, quote=True, may_answer=page.may_write())
            line.reason_given.connect(self._answer)
            self.lines.append(line)
            self._column.addWidget(line)
        if len(remarks) > _MOST:
            more = self.tr("And {count} more, once these are answered.")
            said = more.format(count=len(remarks) - _MOST)
            self._column.addWidget(Label(page.theme, said, tone="ink_soft"))
        for one in aside[-_MOST:]:
            self._aside(one)
        if len(aside) > _MOST:
            older = self.tr("{count} set aside before these are kept too.")
            said = older.format(count=len(aside) - _MOST)
            self._column.addWidget(Label(page.theme, said, step="small", tone="ink_soft"))

    def _answer(self, remark: Remark, reason: str) -> None:
        page = self.page
        line = next((one for one in self.lines if one.remark == remark), None)
        if line is None:
            return
        if not reason.strip():
            line.refuse(page.desk.words("wording.no_reason"))
            return
        self.lines.remove(line)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        page.wording.answer(remark, reason)

    def _aside(self, one: Dismissed) -> None:
        theme, day = self.page.theme, self.page.desk.day(one.on)
        said = self.tr("{sentence}, set aside {day}")
        head = said.format(sentence=quoted(one.sentence), day=day)
        self._column.addWidget(Label(theme, head, step="small", tone="ink_soft"))
        self._column.addWidget(Label(theme, one.reason))
        again = Button(theme, self.tr("Ask again"), kind="quiet")
        again.setAccessibleName(self.tr("Ask again about {sentence}").format(sentence=one.sentence))
        again.clicked.connect(partial(self._ask_again, one))
        if not self.page.may_write():
            again.hide()
        self._column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_again(self, one: Dismissed, _on: bool = False) -> None:
        page = self.page
        assert page.sheet is not None
        page.stop_writing()
        page.desk.recorder.settle()
        try:
            page.sheet = page.desk.wording.ask_again(page.sheet.id, one)
        except GembaError as error:
            page.go.trouble(error)
            return
        page.wording.read_again()
