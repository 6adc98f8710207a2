"""Where a coach asks in their own words: about the box or one of its figures, as yet unsent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures.insertion import name_of
from gemba.domain.titles import first_words
from gemba.services.drafts import Drafts
from gemba.ui.widgets import Button, Label, Radio, TextField

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost


class AskPanel(QWidget):
    """`asked` hands on the words and their kind, "question" or "comment".

    What is typed and not asked yet is kept for its box, also over a restart.
    """

    asked = Signal(object, object)

    def __init__(self, page: SheetHost, box: str, figure: str) -> None:
        super().__init__()
        self.page = page
        self.box = box
        self.figure = figure
        self._drafts = Drafts(page.desk.recorder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page.theme.px(8))
        self._column = column
        self._about()
        self.own = TextField(
            page.theme,
            self.tr("In your own words"),
            question=self.tr("What would you like to understand?"),
            enter_keeps=True,
        )
        self.own.set_text(self._drafts.read(self._name()).get("own", ""))
        self.own.edited.connect(self._keep)
        self.own.entered.connect(lambda: self._ask("question"))
        column.addWidget(self.own)
        row = QHBoxLayout()
        ask = Button(page.theme, self.tr("Ask"))
        ask.clicked.connect(lambda: self._ask("question"))
        comment = Button(page.theme, self.tr("Comment"), kind="quiet")
        comment.clicked.connect(lambda: self._ask("comment"))
        row.addStretch(1)
        row.addWidget(comment)
        row.addWidget(ask)
        column.addLayout(row)

    def _about(self) -> None:
        """Let the coach say what a question is about: the box, or one of its figures."""
        named = figures_of(self.page, self.box)
        if self.figure not in named:
            self.figure = ""
        if not named:
            return
        words = Label(self.page.theme, self.tr("It is about"), step="small", tone="ink_soft")
        self._column.addWidget(words)
        choices = QWidget(self)
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for id, name in (("", self.tr("the box")), *named.items()):
            choice = Radio(self.page.theme, name, checked=id == self.figure, parent=choices)
            choice.toggled.connect(lambda on, id=id: self._be_about(id) if on else None)
            column.addWidget(choice)
        self._column.addWidget(choices)

    def _be_about(self, figure_id: str) -> None:
        self.figure = figure_id

    def _name(self) -> str:
        assert self.page.sheet is not None
        return f"margin.{self.page.sheet.id}.{self.box}"

    def _keep(self) -> None:
        self._drafts.keep(self._name(), own=self.own.text())

    def _ask(self, kind: str) -> None:
        self.asked.emit(self.own.text(), kind)

    def done(self) -> None:
        """Forget what was typed: it stands in the margin now."""
        self.own.set_text("")
        self._drafts.drop(self._name())


def figures_of(page: SheetHost, box_id: str) -> dict[str, str]:
    """Return what the figures of a box are called, by id."""
    if page.sheet is None:
        return {}
    words = page.desk.words
    return {
        one.id: first_words(one.caption, 40) or name_of(one, words)
        for one in page.sheet.box(box_id).figures
    }
