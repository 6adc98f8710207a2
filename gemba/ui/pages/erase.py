"""Erasing: it says what goes and that it cannot be undone, and asks for one thing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.days import short_day
from gemba.ui.pages.common import clear
from gemba.ui.pages.kind_words import field_word, kind_word
from gemba.ui.widgets import Button, CheckBox, Column, Field, Label, Notice, PageHead, ScrollPage
from gemba.ui.widgets.pick import Pick

if TYPE_CHECKING:
    from gemba.services.erasing import Erased, Erasing, HeldBackup
    from gemba.services.mentions import Mention
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

AT_ONCE = 100


class ErasePage(QWidget):
    """A person with every mention, or private notes; done only when it was asked for twice."""

    def __init__(
        self,
        theme: Theme,
        *,
        erasing: Erasing,
        people: People,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._erasing = erasing
        self._people = people
        self._go = go
        self._today = today
        self._person: UUID | None = None
        self._notes = False
        self._name = ""
        self._word = ""
        self._mentions: list[Mention] = []
        self._left: set[Mention] = set()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(theme)
        outer.addWidget(page)
        self.head = PageHead(theme, self.tr("Erase"))
        page.add(self.head)
        page.space(8)
        column = Column(theme, gap=8)
        page.add(column)
        self._build(column)
        page.finish()

    def _build(self, column: Column) -> None:
        theme = self.theme
        self.warning = Notice(theme, "", kind="watch")
        column.add(self.warning)
        self.about = Label(theme, "")
        column.add(self.about)
        self.word = Field(theme, self.tr("Write this in place of the name"))
        self.word.setMaximumWidth(theme.px(320))
        column.add(self.word)
        self.record = CheckBox(
            theme,
            self.tr(
                "Empty this person’s talks, storyboard and experiments too; how many there were "
                "stays"
            ),
        )
        self.record.toggled.connect(lambda _on: self._show_mentions())
        column.add(self.record)
        self.found = Label(theme, "", step="strong")
        column.space(theme.px(8))
        column.add(self.found)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.body.addLayout(self._rows)
        self.rest = Label(theme, "", tone="ink_soft")
        column.add(self.rest)
        self.backups = CheckBox(theme, "", checked=True)
        column.add(self.backups)
        column.space(theme.px(16))
        self.confirm = Field(theme, "")
        self.confirm.setMaximumWidth(theme.px(320))
        self.confirm.edited.connect(self._may)
        self.confirm.entered.connect(self._erase)
        column.add(self.confirm)
        self.erase = Button(theme, self.tr("Erase for good"), kind="primary", icon="eraser")
        self.erase.clicked.connect(self._erase)
        column.body.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignLeft)
        self.done = Label(theme, "")
        column.add(self.done)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Erase")

    def arrive(self, **what: object) -> None:
        """Show what would go: of ``person``, or with ``notes`` the private notes."""
        wanted = what.get("person")
        self._person = wanted if isinstance(wanted, UUID) else None
        self._notes = bool(what.get("notes"))
        self._name = self._people.name_of(self._person)
        self._left = set()
        self.done.setText("")
        self.confirm.set_text("")
        self.word.set_text(self.tr("a colleague"))
        due = {one.learner_id for one in self._erasing.retention.due(self._today())}
        self.record.setChecked(self._person in due)
        if not self._notes and not self._name:
            self._go.to("people")
            return
        if self._notes:
            self._show_notes()
        else:
            self._show_person()
        self._show_backups(self._erasing.older_backups())
        for part in (self.confirm, self.erase, self.warning, self.about):
            part.setVisible(True)
        self._may()

    def leave(self) -> None:
        """Nothing here is kept: what was not erased stays as it is."""
        self.confirm.set_text("")

    # What would go

    def _show_notes(self) -> None:
        talks = self._erasing.private_notes(self._person)
        whose = self._name or self.tr("everybody")
        self.head.set_title(self.tr("Erase private notes"), whose)
        count = len(talks)
        self.warning.say(self.tr("This cannot be undone. No bin and no earlier version keeps it."))
        words = self.tr("1 private note goes.") if count == 1 else self.tr("{n} private notes go.")
        self.about.setText(words.format(n=count))
        for part in (self.word, self.record, self.found, self.rest):
            part.setVisible(False)
        clear(self._rows)
        self._ask(self.tr("erase"))

    def _show_person(self) -> None:
        assert self._person is not None
        self._mentions = self._erasing.mentions(self._person)
        self._left = {one for one in self._mentions if not one.sure}
        self.head.set_title(self.tr("Erase a person"), self._name)
        self.warning.say(self.tr("This cannot be undone. No bin and no earlier version keeps it."))
        self.about.setText(
            self.tr(
                "The name goes from every record, from earlier versions, the search and half "
                "written forms. Look through the places below: take the tick away where "
                "somebody or something else is meant."
            )
        )
        has_record = bool(self._erasing.record_of(self._person))
        for part in (self.word, self.found):
            part.setVisible(True)
        self.record.setVisible(has_record)
        self._show_mentions()
        self._ask(self._name)

    def _show_mentions(self) -> None:
        clear(self._rows)
        theirs = self._theirs() if self.record.isChecked() else set()
        listed = [one for one in self._mentions if one.ref.id not in theirs]
        count = len(listed)
        words = self.tr("1 place names them") if count == 1 else self.tr("{n} places name them")
        self.found.setText(words.format(n=count))
        for one in listed[:AT_ONCE]:
            where = (kind_word(one.ref.kind), field_word(one.path, {}), one.title)
            small = " · ".join(part for part in where if part and part != one.sentence)
            pick = Pick(self.theme, one.sentence, small, checked=one not in self._left, key=one)
            pick.ticked.connect(self._tick)
            self._rows.addWidget(pick)
        self.rest.setVisible(count > AT_ONCE)
        self.rest.setText(
            self.tr("And {n} more places; those that are sure are replaced too.").format(
                n=count - AT_ONCE
            )
        )

    def _theirs(self) -> set[UUID]:
        if self._person is None:
            return set()
        return {record.id for record in self._erasing.record_of(self._person)}

    def picks(self) -> list[Pick]:
        """The places shown now."""
        items = [self._rows.itemAt(index) for index in range(self._rows.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Pick)]

    def _tick(self, one: object, on: bool) -> None:
        (self._left.discard if on else self._left.add)(one)  # type: ignore[arg-type]

    def _show_backups(self, held: list[HeldBackup]) -> None:
        self.backups.setVisible(bool(held))
        self.backups.setChecked(True)
        words = (
            self.tr("Make a fresh backup and remove the older one, which still holds it")
            if len(held) == 1
            else self.tr("Make a fresh backup and remove the {n} older ones, which still hold it")
        )
        self.backups.setText(words.format(n=len(held)))

    # Asking and doing

    def _ask(self, word: str) -> None:
        self._word = word
        self.confirm.set_label(self.tr("To erase for good, type: {word}").format(word=word))

    def _may(self) -> bool:
        typed = " ".join(self.confirm.text().split())
        may = bool(typed) and typed.casefold() == " ".join(self._word.split()).casefold()
        self.erase.setEnabled(may)
        return may

    def _erase(self) -> None:
        if not self._may():
            self.confirm.say(self.tr("Type it as it stands above."))
            return
        self.confirm.say("")
        backups = self.backups.isChecked()
        try:
            if self._notes:
                done = self._erasing.erase_private(self._person, with_backups=backups)
            else:
                done = self._erase_person(backups)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._tell(done)

    def _erase_person(self, backups: bool) -> Erased:
        assert self._person is not None
        return self._erasing.erase_person(
            self._person,
            self.word.text().strip() or self.tr("a colleague"),
            ticked=[one for one in self._mentions if one not in self._left],
            with_record=self.record.isChecked(),
            with_backups=backups,
        )

    def _tell(self, done: Erased) -> None:
        """Say what is left that Gemba may not touch, and when it goes."""
        words = [self.tr("Erased for good.")]
        if done.files:
            words.append(
                self.tr("These files in the data folder still hold it: {files}").format(
                    files=", ".join(done.files)
                )
            )
        if done.backups:
            last = max(one.expires_on for one in done.backups)
            sentence = (
                self.tr("1 older backup still holds it; it is gone by {day}.")
                if len(done.backups) == 1
                else self.tr("{n} older backups still hold it; the last is gone by {day}.")
            )
            day = short_day(last, self._today())
            words.append(sentence.format(n=len(done.backups), day=day))
        clear(self._rows)
        parts = (self.confirm, self.erase, self.word, self.record, self.found, self.rest)
        for part in (*parts, self.backups, self.warning, self.about):
            part.setVisible(False)
        self.confirm.set_text("")
        self._name, self._mentions = "", []
        self.head.set_title(self.tr("Erased"))
        self.done.setText("\n".join(words))
