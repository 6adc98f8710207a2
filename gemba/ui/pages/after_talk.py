"""Twenty seconds after a talk: how often you asked, told, and held a silence.

Three digits and Enter are enough; a fourth is your share of the talking. It is the coach's alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.common import enter_presses, record_or_back
from gemba.ui.widgets import Button, Column, Label, PageHead, ScrollPage, Segmented, TextField
from gemba.ui.widgets.count_row import CountRow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gemba.domain.coach_log import AfterTalk
    from gemba.domain.coaching import Talk
    from gemba.services.coaching import Coaching
    from gemba.services.practice import Practice
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

MOST: Final = 9
_DIGITS: Final = [(one, str(one)) for one in range(MOST)]


class AfterTalkPage(QWidget):
    """Digits go from row to row; Enter keeps and leads on to the learner."""

    def __init__(
        self,
        theme: Theme,
        *,
        practice: Practice,
        coaching: Coaching,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._practice = practice
        self._coaching = coaching
        self._go = go
        self._talk: Talk | None = None
        self._found: AfterTalk | None = None
        self._shown: tuple[object, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self.head = PageHead(theme, self.tr("Twenty seconds for yourself"))
        self._view.add(self.head)
        self._view.space(8)
        column = Column(theme, gap=16)
        self._view.add(column)
        self._view.finish()
        said = self.tr(
            "As you remember it, one digit each; 9 is nine or more. Only you see it. Enter keeps."
        )
        column.add(Label(theme, said, tone="ink_soft"))
        self._build_rows(column)
        self._build_aim(column)
        self._build_foot(column)

    def _build_rows(self, column: Column) -> None:
        theme = self.theme
        counts = [*_DIGITS, (MOST, self.tr("9+"))]
        self.asked = CountRow(theme, self.tr("Asked"), counts)
        self.told = CountRow(theme, self.tr("Told"), counts)
        self.silences = CountRow(theme, self.tr("Held silence"), counts)
        tenths = [(one, str(one * 10)) for one in range(11)]
        said = self.tr("My share of the talking, in percent")
        self.share = CountRow(theme, self.tr("My share, in %"), tenths, spoken=said)
        self.rows = (self.asked, self.told, self.silences, self.share)
        for row in self.rows:
            row.chosen.connect(lambda _value: self._show_at_hand())
            column.add(row)

    def _build_aim(self, column: Column) -> None:
        theme = self.theme
        self.before = Label(theme, "", tone="ink_soft")
        column.add(self.before)
        self.kept = Segmented(
            theme,
            [("yes", self.tr("Yes")), ("partly", self.tr("Partly")), ("no", self.tr("No"))],
            name=self.tr("Did you keep to it?"),
        )
        column.add(self.kept)
        self.aim = TextField(
            theme,
            self.tr("What I practise next"),
            question=self.tr("One thing, such as: count to five after each question"),
            enter_keeps=True,
        )
        self.aim.entered.connect(self.keep)
        Autosave(self.aim, lambda _visit: self._keep_unfinished())
        column.add(self.aim)

    def _build_foot(self, column: Column) -> None:
        theme = self.theme
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.keeper = Button(theme, self.tr("Keep"), kind="primary")
        self.keeper.clicked.connect(self.keep)
        self.log = Button(theme, self.tr("Keep, and note my questions"))
        self.log.clicked.connect(lambda: self._keep_and("question log"))
        self.watched = Button(theme, self.tr("Second coach"), kind="quiet", icon="users")
        self.watched.clicked.connect(lambda: self._keep_and("second coach"))
        self.skip = Button(theme, self.tr("Not now"), kind="quiet")
        self.skip.clicked.connect(self._on)
        for widget in (self.keeper, self.log, self.watched, self.skip):
            row.addWidget(widget)
        row.addStretch(1)
        column.add(foot)

    # The page in the window

    def page_title(self) -> str:
        """Name the page; nothing that was noted, and nobody."""
        return self.tr("Twenty seconds for yourself")

    def arrive(self, **what: object) -> None:
        """Ask about a ``talk``, or the ``last`` one; what was noted of it stands there already."""
        if what.get("last"):
            try:
                what = {"talk": self._practice.last_talk()}
            except GembaError as error:
                self._go.trouble(error)
                self._go.to("coaching")
                return
        talk = record_or_back(self._go, what, "talk", self._coaching.talk, otherwise="practice")
        if talk is None:
            return
        self._talk = talk
        self._found = found = self._practice.after(talk.id)
        self.head.set_title(self.page_title(), self._practice.name_of(talk.learner_id))
        self._fill(found)
        aim = self._practice.aim(talk.id)
        said = self.tr("You practised: {aim}. Did you keep to it?").format(aim=aim)
        self.before.setText(said)
        for widget in (self.before, self.kept):
            widget.setVisible(bool(aim))
        self._shown = self._values()
        unfinished = self._coaching.drafts.read(self._draft()).get("aim", "")
        if unfinished:
            self.aim.set_text(unfinished)
        self._show_at_hand()
        self._view.verticalScrollBar().setValue(0)
        self.keeper.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was noted, so that leaving in any way loses nothing."""
        hand_over(self)
        if self._talk is not None and self._values() != self._shown:
            self._write()
        self._talk = None

    def _draft(self) -> str:
        return f"coach.after.{self._talk.id}" if self._talk is not None else "coach.after"

    def _keep_unfinished(self) -> None:
        """Keep the words until they are noted, so that a power cut loses none of them."""
        if self._talk is not None:
            self._coaching.drafts.keep(self._draft(), aim=self.aim.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers the row at hand; Enter keeps, Backspace goes a row back."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and self._digit(key - Qt.Key.Key_0):
            return
        if key == Qt.Key.Key_Backspace:
            self._back()
        elif not enter_presses(self, event):
            super().keyPressEvent(event)

    def _fill(self, found: AfterTalk | None) -> None:
        share = None if found is None or found.talk_share is None else found.talk_share // 10
        counts = (None,) * 3 if found is None else (found.asked, found.told, found.silences)
        for row, count in zip((self.asked, self.told, self.silences), counts, strict=True):
            row.set_value(None if count is None else min(count, MOST))
        self.share.set_value(share)
        self.aim.set_text(found.aim if found is not None else "")
        self.kept.clear()
        if found is not None and found.aim_kept:
            self.kept.set_value(found.aim_kept)

    def _at_hand(self) -> CountRow | None:
        return next((row for row in self.rows if row.value is None), None)

    def _show_at_hand(self) -> None:
        at_hand = self._at_hand()
        for row in self.rows:
            row.set_at_hand(row is at_hand)

    def _digit(self, digit: int) -> bool:
        row = self._at_hand()
        if row is None or str(digit) not in row.keys:
            return False
        row.set_value(digit)
        self._show_at_hand()
        return True

    def _back(self) -> None:
        answered = [row for row in self.rows if row.value is not None]
        if answered:
            answered[-1].set_value(None)
            self._show_at_hand()

    # Going on

    def keep(self) -> None:
        """Keep what was noted and go on to the learner."""
        if self._write():
            self._shown = self._values()
            self._on()

    def _keep_and(self, place: str) -> None:
        if self._talk is None or (self._values() != self._shown and not self._write()):
            return
        self._shown = self._values()
        self._go.to(place, talk=self._talk.id)

    def _on(self) -> None:
        if self._talk is not None:
            hand_over(self)
            self._coaching.drafts.drop(self._draft())
            learner = self._talk.learner_id
            self._talk = None
            self._go.to("learner", learner=learner)

    def _values(self) -> tuple[object, ...]:
        return (*(row.value for row in self.rows), self.aim.text(), self.kept.value())

    def _write(self) -> bool:
        """Keep what stands there; True where it was kept or there is nothing to keep."""
        if self._talk is None:
            return False
        if not any(value not in (None, "") for value in self._values()):
            return True
        found = self._found
        share = self.share.value
        percent = None if share is None else share * 10
        if found is not None and found.talk_share is not None and found.talk_share // 10 == share:
            percent = found.talk_share
        try:
            self._practice.look_back(
                self._talk.id,
                asked=_counted(self.asked, found.asked if found else None),
                told=_counted(self.told, found.told if found else None),
                silences=_counted(self.silences, found.silences if found else None),
                talk_share=percent,
                aim=self.aim.text(),
                aim_kept=self.kept.value(),
            )
        except GembaError as error:
            self._go.trouble(error)
            return False
        self._coaching.drafts.drop(self._draft())
        return True


def _counted(row: CountRow, before: int | None) -> int:
    """Return what a row says; "9+" that was not touched stays what it was counted as."""
    if before is not None and row.value == min(before, MOST):
        return before
    return row.value or 0
