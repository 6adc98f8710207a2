"""The pages of a form as pills, each saying whether something is missing on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gemba.domain.form_view import FormHead, FormPage
from gemba.domain.form_words import plain_words
from gemba.domain.titles import first_words
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, FlowLayout
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MOST = 12
"""More pages than this are told by their number alone."""


class FillPills(QWidget):
    """One pill a page; ``chosen`` hands on its number, from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._flow = FlowLayout(self, gap=theme.px(8))
        self.pills: list[Button] = []

    def show_pages(self, pages: Sequence[FormPage], at: int) -> None:
        """Show the pages there are now, of which one is open; nothing for one alone."""
        titles = [
            _title(page) or self.tr("Page {n}").format(n=number)
            for number, page in enumerate(pages, 1)
        ]
        wanted = titles if 1 < len(titles) <= _MOST else []
        if [one.text() for one in self.pills] != wanted:
            self._fill(wanted)
        for number, pill in enumerate(self.pills):
            pill.setChecked(number == at)
            self._tell(pill, titles[number], len(pages[number].wrong))
        self.setVisible(bool(self.pills))
        self.updateGeometry()

    def _fill(self, titles: list[str]) -> None:
        clear(self._flow)
        self.pills = []
        for number, words in enumerate(titles):
            pill = Button(self.theme, words, checkable=True, parent=self)
            pill.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            self._flow.addWidget(pill)
            self.pills.append(pill)
            pill.show()
        tab_through(self, self.pills)

    def _tell(self, pill: Button, title: str, wrong: int) -> None:
        words = self.tr("{n} answers are missing or out of limits").format(n=wrong)
        if wrong < 2:
            none = self.tr("Nothing is missing here")
            one = self.tr("1 answer is missing or out of limits")
            words = one if wrong else none
        pill.setToolTip(words)
        pill.setAccessibleName(f"{title}. {words}")


def _title(page: FormPage) -> str:
    """Return the words of a page; rounds of a repeat are told apart by their number."""
    words = first_words(plain_words(page.title), 28)
    first = page.items[0]
    if isinstance(first, FormHead) and first.round:
        return f"{words} {first.round}".strip()
    return words
