"""Thanks and reflection: one question a week for the leader, and what was noticed in others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection
from gemba.domain.titles import first_words
from gemba.services.thanks import prompt_of, week_of
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import short_day
from gemba.ui.pages.common import listen
from gemba.ui.widgets import (
    Button,
    Column,
    Field,
    IconButton,
    Label,
    NameField,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
    TextField,
)

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.thanks import Thanks
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_MOST = 100
_DRAFT = "thanks.new"
_LONGEST = 160


class ThanksPage(QWidget):
    """The card of a week above, the log of thanks below; both are kept while they are typed."""

    def __init__(
        self,
        theme: Theme,
        *,
        thanks: Thanks,
        drafts: Drafts,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._thanks = thanks
        self._drafts = drafts
        self._go = go
        self._today = today
        self._monday = week_of(today())
        self._card: Reflection | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        view.add(PageHead(theme, self.tr("Thanks and reflection")))
        view.space(16)
        column = Column(theme, gap=8)
        view.add(column)
        view.finish()
        self._build_card(column)
        column.space(theme.px(32))
        self._build_thanks(column)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show_lists)
        listen(self, bulletin, self._hear)

    def _build_card(self, column: Column) -> None:
        theme, tr = self.theme, self.tr
        row = QHBoxLayout()
        self.week = Label(theme, "", tone="ink_soft", wrap=False)
        self.before = IconButton(theme, "chevron-left", tr("The week before"))
        self.after = IconButton(theme, "chevron-right", tr("The week after"))
        self.before.clicked.connect(lambda: self.show_week(self._monday - timedelta(7)))
        self.after.clicked.connect(lambda: self.show_week(self._monday + timedelta(7)))
        row.addWidget(self.week)
        row.addStretch(1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        column.body.addLayout(row)
        self.question = Label(theme, "", step="question")
        column.add(self.question)
        self.answer = TextField(
            theme, "", question=tr("Three minutes, for yourself."), lines=3, name=tr("Your answer")
        )
        self.note = TextField(
            theme, "", question=tr("Anything else about this week?"), name=tr("Anything else")
        )
        self.note.rule()
        column.add(self.answer)
        column.add(self.note)
        self._card_autosave = Autosave(self.answer, self._save_card)
        self._card_autosave.bind(self.note)
        self.weeks = RowList(theme, name=tr("Earlier weeks"))
        self.weeks.opened.connect(self._open_week)
        column.space(theme.px(8))
        column.add(self.weeks)

    def _build_thanks(self, column: Column) -> None:
        theme, tr = self.theme, self.tr
        column.add(Label(theme, tr("Noticed and thanked"), step="strong", wrap=False))
        self.behaviour = TextField(
            theme,
            tr("What did you notice somebody do?"),
            question=tr("The behaviour, as you saw it"),
            enter_keeps=True,
        )
        self.effect = Field(theme, tr("What did it do?"), question=tr("For whom, and how?"))
        self.to = NameField(theme, tr("Who?"), question=tr("A person or a team"))
        self.how = Field(theme, tr("How do you thank them?"), question=tr("In which words, where?"))
        column.add(self.behaviour)
        both = QHBoxLayout()
        both.setSpacing(theme.px(8))
        for widget in (self.effect, self.to, self.how):
            both.addWidget(widget, 1)
        column.body.addLayout(both)
        self._fields = (self.effect, self.how)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.done = Button(theme, tr("Thanked today"), kind="primary", icon="heart-handshake")
        self.later = Button(theme, tr("Not said yet"))
        self.done.clicked.connect(lambda: self._keep(self._today()))
        self.later.clicked.connect(lambda: self._keep(None))
        self.behaviour.entered.connect(lambda: self.effect.line.setFocus())
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.done)
        column.body.addLayout(row)
        self._draft_autosave = Autosave(self.behaviour, self._keep_draft)
        for field in (self.effect, self.to, self.how):
            self._draft_autosave.bind(field)
        column.space(theme.px(16))
        self.log = RowList(theme, name=tr("Noticed and thanked"))
        column.add(self.log)
        column.space(theme.px(24))

    # The page in the window

    def page_title(self) -> str:
        """The name of the page; what stands on a card is the leader's own."""
        return self.tr("Thanks and reflection")

    def arrive(self, **what: object) -> None:
        """Show this week, or the week of a card that was asked for."""
        monday = week_of(self._today())
        wanted = what.get("reflection")
        if isinstance(wanted, UUID):
            try:
                monday = self._thanks.reflection(wanted).week_of
            except GembaError as error:
                self._go.trouble(error)
        self.to.set_names(self._thanks.names())
        held = self._drafts.read(_DRAFT)
        self.behaviour.set_text(held.get("behaviour", ""))
        self.effect.set_text(held.get("effect", ""))
        self.how.set_text(held.get("how", ""))
        self.to.set_value(None, held.get("to", ""))
        self.show_week(monday)
        self._show_lists()
        noticing = "recognition" in what
        first = self.behaviour if noticing else self.answer
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in ("recognition", "reflection") for ref in refs):
            self._again.start()

    # The card

    def show_week(self, monday: date) -> None:
        """Show the card of a week; none lies ahead of this one."""
        hand_over(self)
        now = week_of(self._today())
        self._monday = min(monday, now)
        self._card = self._thanks.card(self._monday)
        today = self._today()
        words = self.tr("This week")
        if self._monday != now:
            words = self.tr("The week of {day}").format(day=short_day(self._monday, today))
        self.week.setText(words)
        self.after.setEnabled(self._monday < now)
        answers = self._card.answers if self._card else ()
        self.question.setText(answers[0].question if answers else prompt_of(self._monday))
        self.answer.set_text(answers[0].text if answers else "")
        self.note.set_text(self._card.note if self._card else "")
        if self._card is not None:
            self._card_autosave.shows(self._card)

    def _save_card(self, visit: str) -> None:
        text, note = self.answer.text(), self.note.text()
        if self._card is None:
            if not (text.strip() or note.strip()):
                return
            self._card = self._thanks.begin_card(self._monday)
            self._card_autosave.shows(self._card)
        self._thanks.write_card(self._card, text, note, visit=visit)

    def _open_week(self, key: object) -> None:
        if isinstance(key, UUID):
            self.show_week(self._thanks.reflection(key).week_of)

    # The log

    def _keep_draft(self, _visit: str) -> None:
        self._drafts.keep(
            _DRAFT,
            behaviour=self.behaviour.text(),
            effect=self.effect.text(),
            how=self.how.text(),
            to=self.to.line.text(),
        )

    def _keep(self, thanked_on: date | None) -> None:
        try:
            self._thanks.thank(
                self.behaviour.text(),
                to=self.to.line.text(),
                effect=self.effect.text(),
                how=self.how.text(),
                thanked_on=thanked_on,
            )
        except GembaError:
            self.behaviour.say(self.tr("Write what you saw them do; a few words are enough."))
            self.behaviour.edit.setFocus()
            return
        self._draft_autosave.drop()
        self._drafts.drop(_DRAFT)
        self.behaviour.say("")
        for field in (self.behaviour, self.effect, self.how):
            field.set_text("")
        self.to.set_value(None, "")
        self._show_lists()
        self.behaviour.edit.setFocus()

    def _show_lists(self) -> None:
        today = self._today()
        cards = [one for one in self._thanks.cards(_MOST) if one.week_of != self._monday]
        self.weeks.set_rows([self._week_row(one, today) for one in cards])
        self.weeks.setVisible(bool(cards))
        away = RowAction(
            self.tr("Delete"),
            "trash-2",
            lambda key: self._go.throw_away(Ref("recognition", key), listed=True),  # type: ignore[arg-type]
        )
        said = RowAction(self.tr("Thanked today"), "heart-handshake", self._thanked)
        self.log.set_rows([self._row(one, today) for one in self._thanks.log(_MOST)], (said, away))

    def _thanked(self, key: object) -> None:
        if isinstance(key, UUID):
            self._thanks.thanked(key, self._today())

    def _week_row(self, card: Reflection, today: date) -> RowWords:
        words = next((one.text for one in card.answers if one.text.strip()), card.note)
        return RowWords(
            first_words(words, _LONGEST),
            card.answers[0].question if card.answers else "",
            short_day(card.week_of, today),
            key=card.id,
            bold=False,
        )

    def _row(self, one: Recognition, today: date) -> RowWords:
        small = ". ".join(part.rstrip(".") for part in (one.to, one.effect, one.how) if part)
        mark = self.tr("thanked") if one.thanked_on else self.tr("not said yet")
        return RowWords(
            first_words(one.behaviour, _LONGEST),
            first_words(small, _LONGEST),
            short_day(one.thanked_on or one.noticed_on, today),
            marks=(("heart-handshake" if one.thanked_on else "clock", mark),),
            key=one.id,
        )
