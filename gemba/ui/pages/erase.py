"""Erasing: it says what goes and that it cannot be undone, and asks for one thing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.pages.common import clear
from gemba.ui.pages.erase_words import end_words, step_words
from gemba.ui.pages.kind_words import field_word, kind_word
from gemba.ui.pages.slow import LAST, Slow, Step
from gemba.ui.widgets import Button, CheckBox, Column, Field, Label, Notice, PageHead, ScrollPage
from gemba.ui.widgets.photos import meet_types, read_thumbnail
from gemba.ui.widgets.pick import Pick

if TYPE_CHECKING:
    from gemba.services.erasing import Erased, Erasing, HeldBackup
    from gemba.services.mentions import Mention, Picture
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

AT_ONCE = 100
_WIDE, _HIGH = 96, 72


@dataclass(frozen=True, slots=True)
class _Known:
    """What would go: places that name a person, what is theirs alone, photos, or notes."""

    mentions: Sequence[Mention]
    theirs: frozenset[UUID]
    notes: int
    photos: Sequence[tuple[Picture, QImage]]
    backups: Sequence[HeldBackup]


def _bytes_of(erasing: Erasing, photo: str) -> bytes:
    return erasing.picture(photo) or b""


class ErasePage(QWidget):
    """A person with every mention, or private notes; done only when it was asked for twice."""

    def __init__(
        self,
        theme: Theme,
        *,
        erasing: Erasing,
        people: People,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.slow = Slow(tasks, "erase.stopped", self)
        self.slow.told.connect(self._show_step)
        self._erasing_now = False
        self._theirs: frozenset[UUID] = frozenset()
        self.theme = theme
        self._erasing = erasing
        self._people = people
        self._go = go
        self._today = today
        self._person: UUID | None = None
        self._notes = False
        self._name = ""
        self._word = ""
        self._mentions: Sequence[Mention] = []
        self._left: set[Mention] = set()
        self._photos: set[str] = set()
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
        self.seen = Label(theme, self.tr("Photos beside these words"), step="strong")
        column.add(self.seen)
        self._pictures = QVBoxLayout()
        self._pictures.setSpacing(0)
        column.body.addLayout(self._pictures)
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
        self.step = Label(theme, "")
        column.add(self.step)
        self.stop = Button(theme, self.tr("Stop"), icon="x")
        self.stop.clicked.connect(self._stop)
        column.body.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.done = Label(theme, "")
        column.add(self.done)
        for part in (self.step, self.stop):
            part.hide()

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Erase")

    def arrive(self, **what: object) -> None:
        """Show what would go: of ``person``, or with ``notes`` the private notes."""
        if self._erasing_now:
            return
        self.slow.drop()
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
        whose = self._name or self.tr("everybody")
        title = self.tr("Erase private notes") if self._notes else self.tr("Erase a person")
        self.head.set_title(title, whose)
        self._show_only(self.step)
        self.step.setText(self.tr("Looking through every record …"))
        self.slow.run(self._looking(), self._show, self._failed)

    def leave(self) -> None:
        """Nothing here is kept: what was not erased stays as it is; an erasing goes on."""
        if not self._erasing_now:
            self.slow.drop()
        self.confirm.set_text("")

    # What would go

    def _looking(self) -> Callable[[Step], _Known]:
        person, notes, erasing = self._person, self._notes, self._erasing
        wide, high = self.theme.px(_WIDE), self.theme.px(_HIGH)
        meet_types()

        def look(step: Step) -> _Known:
            backups = erasing.older_backups()
            if notes or person is None:
                return _Known((), frozenset(), len(erasing.private_notes(person)), (), backups)
            theirs = frozenset(record.id for record in erasing.record_of(person))
            mentions, pictures = erasing.found(person, step)
            photos = [
                (one, read_thumbnail(partial(_bytes_of, erasing, one.photo), wide, high))
                for one in pictures[:AT_ONCE]
            ]
            return _Known(mentions, theirs, 0, photos, backups)

        return look

    def _show(self, known: _Known) -> None:
        self._show_only(self.confirm, self.erase, self.warning, self.about)
        self._mentions, self._theirs = known.mentions, known.theirs
        if self._notes:
            self._show_notes(known.notes)
        else:
            self._show_person()
            self._show_photos(known.photos)
        self._show_backups(known.backups)
        self._may()
        self.confirm.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_only(self, *shown: QWidget) -> None:
        """Show these parts of the page and no others."""
        clear(self._rows)
        clear(self._pictures)
        for part in (
            *(self.seen, self.warning, self.about, self.word, self.record, self.found, self.rest),
            *(self.backups, self.confirm, self.erase, self.step, self.stop),
        ):
            part.setVisible(part in shown)

    def _show_notes(self, count: int) -> None:
        self.warning.say(self.tr("This cannot be undone. No bin and no earlier version keeps it."))
        words = self.tr("1 private note goes.") if count == 1 else self.tr("{n} private notes go.")
        self.about.setText(words.format(n=count))
        self._ask(self.tr("erase"))

    def _show_person(self) -> None:
        self._left = {one for one in self._mentions if not one.sure}
        self.warning.say(self.tr("This cannot be undone. No bin and no earlier version keeps it."))
        self.about.setText(
            self.tr(
                "The name goes from every record, from earlier versions, the search and half "
                "written forms. Look through the places below: take the tick away where "
                "somebody or something else is meant."
            )
        )
        for part in (self.word, self.found):
            part.setVisible(True)
        self.record.setVisible(bool(self._theirs))
        self._show_mentions()
        self._ask(self._name)

    def _show_mentions(self) -> None:
        clear(self._rows)
        theirs = self._theirs if self.record.isChecked() else frozenset()
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

    def _show_photos(self, photos: Sequence[tuple[Picture, QImage]]) -> None:
        """List the photos, ticked where the words beside them are sure; a tick lets one go."""
        self._photos = {one.photo for one, _image in photos if one.sure}
        self.seen.setVisible(bool(photos))
        for one, image in photos:
            words = _photo_words(one)
            pick = Pick(
                self.theme,
                words,
                one.title,
                checked=one.sure,
                key=one.photo,
                picture=None if one.sound else image,
            )
            pick.ticked.connect(self._tick_photo)
            self._pictures.addWidget(pick)

    def _tick_photo(self, photo: object, on: bool) -> None:
        (self._photos.add if on else self._photos.discard)(str(photo))

    def picks(self) -> list[Pick]:
        """The places shown now."""
        return self._picks_in(self._rows)

    def photo_picks(self) -> list[Pick]:
        """The photos shown now."""
        return self._picks_in(self._pictures)

    def _picks_in(self, rows: QVBoxLayout) -> list[Pick]:
        items = [rows.itemAt(index) for index in range(rows.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Pick)]

    def _tick(self, one: object, on: bool) -> None:
        (self._left.discard if on else self._left.add)(one)  # type: ignore[arg-type]

    def _show_backups(self, held: Sequence[HeldBackup]) -> None:
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
        work = self._private_work() if self._notes else self._person_work()
        self._erasing_now = True
        self._show_only(self.step, self.stop)
        self.stop.setEnabled(True)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.step.setText(self.tr("Looking through every record …"))
        self.slow.run(work, self._tell, self._failed)

    def _private_work(self) -> Callable[[Step], Erased]:
        person, backups, erasing = self._person, self.backups.isChecked(), self._erasing
        return lambda step: erasing.erase_private(person, with_backups=backups, step=step)

    def _person_work(self) -> Callable[[Step], Erased]:
        person, erasing = self._person, self._erasing
        assert person is not None
        word = self.word.text().strip() or self.tr("a colleague")
        ticked = [one for one in self._mentions if one not in self._left]
        photos = sorted(self._photos)
        record, backups = self.record.isChecked(), self.backups.isChecked()
        return lambda step: erasing.erase_person(
            person,
            word,
            ticked=ticked,
            photos=photos,
            with_record=record,
            with_backups=backups,
            step=step,
        )

    def _show_step(self, what: str, count: int, of: int) -> None:
        """Say how far it is; from the last step on it cannot be stopped any more."""
        words = step_words(what, count, of)
        if words:
            self.step.setText(words)
        if what == LAST:
            self.stop.hide()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.slow.stop()

    def _failed(self, error: BaseException) -> None:
        """Say why it ended; where it was stopped, everything is as it was."""
        erasing, self._erasing_now = self._erasing_now, False
        self._show_only()
        if not isinstance(error, GembaError):
            self._go.trouble(GembaError("bug.happened"))
        elif error.key == "erase.stopped":
            self._go.say(self.tr("Stopped. Nothing was erased."))
        else:
            self._go.trouble(error)
        if erasing and self.isVisible():
            self.arrive(person=self._person, notes=self._notes)

    def _tell(self, done: Erased) -> None:
        """Say that it is done, and what is left that Gemba may not touch."""
        self._erasing_now = False
        self._show_only()
        self.confirm.set_text("")
        self._name, self._mentions = "", []
        self.head.set_title(self.tr("Erased"))
        self.done.setText(end_words(done, self._today()))
        if not self.isVisible():
            self._go.say(self.tr("Erased for good."))


def _photo_words(one: Picture) -> str:
    """Say what a tick lets go, and from how many records."""
    say = QCoreApplication.translate
    if one.sound and one.records == 1:
        words = say("Erase", "Erase this voice memo; 1 record has it")
    elif one.sound:
        words = say("Erase", "Erase this voice memo; {n} records have it")
    elif one.records == 1:
        words = say("Erase", "Erase this photo; 1 record shows it")
    else:
        words = say("Erase", "Erase this photo; {n} records show it")
    return words.format(n=one.records)
