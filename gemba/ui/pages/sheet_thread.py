"""The thread of a sheet in its margin: the picture, and what hangs loose, one row each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.thread_picture import STEPS, Knot, Loose, ThreadPicture
from gemba.domain.titles import first_words
from gemba.ui.widgets import Label, RowAction, RowList, RowWords
from gemba.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost


_MOST = 40


class ThreadPanel(QWidget):
    """`opened` with the part that was chosen, in the picture or in the list below it."""

    opened = Signal(object)

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.view = ThreadView(
            theme,
            {
                "gap": self.tr("gap"),
                "cause": self.tr("cause"),
                "countermeasure": self.tr("try"),
                "action": self.tr("action"),
                "check": self.tr("check"),
            },
        )
        self.view.opened.connect(self.opened)
        self.view.looked.connect(self._say)
        self.said = Label(theme, "", step="small")
        self.state = Label(theme, "", step="small", tone="ink_soft")
        self.rows = RowList(theme, name=self.tr("Not tied yet"), ground=False)
        self.rows.opened.connect(self._open)
        self.more = Label(theme, "", step="small", tone="ink_soft")
        for widget in (self.view, self.said, self.state, self.rows, self.more):
            column.addWidget(widget)
        self._words: tuple[str, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the thread again."""
        page = self.page
        if page.sheet is None or page.definition is None:
            return
        picture = page.desk.thread.picture(page.shown(), page.definition)
        self._words = tuple(self._of_knot(knot) for knot in picture.knots)
        self.view.show_thread(picture, self._named(picture), self._words)
        self.view.setVisible(bool(picture.knots))
        self._say(-1)
        self.state.setText(self._state(picture))
        lacking: dict[Knot, list[Loose]] = {}
        for one in picture.loose:
            lacking.setdefault(one.knot, []).append(one)
        actions = [RowAction(self.tr("Tie to …"), "link-2", self._tie)] if page.may_ask() else []
        self.rows.set_rows(
            [
                RowWords(
                    first_words(knot.words, 90),
                    ", ".join(self._lack(one) for one in found),
                    bold=False,
                    key=knot.part,
                )
                for knot, found in islice(lacking.items(), _MOST)
            ],
            actions,
        )
        self.rows.setVisible(bool(lacking))
        more = self.tr("And {count} more, hollow in the picture.")
        self.more.setText(more.format(count=len(lacking) - _MOST))
        self.more.setVisible(len(lacking) > _MOST)

    def _state(self, picture: ThreadPicture) -> str:
        if not picture.knots:
            return self.tr("Nothing is written yet that could be tied.")
        if picture.loose:
            return self.tr("Not tied yet:")
        written = {knot.step for knot in picture.knots}
        missing = [self.view.words[step] for step in STEPS if step not in written]
        if missing:
            said = self.tr("What stands here is tied. Not written yet: {steps}.")
            return said.format(steps=", ".join(missing))
        return self.tr("All of it is tied, from the gap to the check.")

    def _named(self, picture: ThreadPicture) -> str:
        said = self.tr("Thread of this sheet: {knots} knots, {loose} loose")
        loose = len({one.knot for one in picture.loose})
        return said.format(knots=len(picture.knots), loose=loose)

    def _of_knot(self, knot: Knot) -> str:
        step = {
            "gap": self.tr("Gap: {words}"),
            "cause": self.tr("Cause: {words}"),
            "countermeasure": self.tr("To try: {words}"),
            "action": self.tr("Action: {words}"),
            "check": self.tr("Check: {words}"),
        }[knot.step]
        step = self.tr("Review of: {words}") if knot.review else step
        if knot.on is not None:
            step = self.tr("{said} · {day}").format(said=step, day=self.page.desk.day(knot.on))
        letter = f"{knot.letter} " if knot.letter else ""
        return step.format(words=letter + first_words(knot.words, 200))

    def _lack(self, loose: Loose) -> str:
        return {
            "gap": self.tr("no gap"),
            "cause": self.tr("no cause"),
            "countermeasure": self.tr("no countermeasure"),
            "action": self.tr("no action"),
            "check": self.tr("no check"),
        }[loose.lacks]

    def _say(self, number: int) -> None:
        self.said.setText(self._words[number] if 0 <= number < len(self._words) else "")
        self.said.setVisible(number >= 0)

    def _open(self, key: object) -> None:
        self.opened.emit(str(key))

    def _tie(self, key: object) -> None:
        self.page.tie(str(key))
