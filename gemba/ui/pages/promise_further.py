"""What was done about a promise: how it stands, before and after, whether it held, and whether it
came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.promise import EFFECTS, Promise
from gemba.domain.recurrence import Recurrence
from gemba.domain.titles import first_words
from gemba.services.photo_import import read_file
from gemba.ui.autosave import Autosave
from gemba.ui.days import short_day
from gemba.ui.widgets import (
    DateField,
    Label,
    PhotoStrip,
    RowList,
    RowWords,
    Segmented,
    TextField,
)
from gemba.ui.widgets.photos import png_bytes
from gemba.ui.widgets.sentence import Sentence

if TYPE_CHECKING:
    from gemba.services.promises import Promises
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.photos import Source

_LONGEST_PASTED = 2_048
_MOST_EARLIER = 5


class PromiseFurther(QWidget):
    """Open, done or no with the reason; photos of before and after; the later look; recurrence."""

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        *,
        promises: Promises,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        photo_source: Callable[[str], Source],
    ) -> None:
        super().__init__(page)
        self.theme = theme
        self._promises = promises
        self._tasks = tasks
        self._go = go
        self._today = today
        self._photo_source = photo_source
        self._promise: Promise | None = None
        self._looked_up: UUID | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._build_again()
        self._build_state()
        self._build_photos()
        self._build_effect()

    def _build_again(self) -> None:
        self.again = Label(self.theme, "", step="strong")
        self.earlier = RowList(self.theme, name=self.tr("Seen before"))
        self.earlier.opened.connect(lambda key: self._go.open(Ref("observation", key)))
        for widget in (self.again, self.earlier):
            widget.hide()
            self._column.addWidget(widget)

    def _build_state(self) -> None:
        theme, tr = self.theme, self.tr
        self.state = Segmented(
            theme,
            [
                ("open", tr("Not done yet")),
                ("done", tr("Done")),
                ("said no", tr("We will not, because")),
            ],
            value="open",
            name=tr("How does it stand?"),
        )
        self.state.chosen.connect(self._stand)
        row = QHBoxLayout()
        row.addWidget(self.state)
        row.addStretch(1)
        self._column.addLayout(row)
        self.what_done = TextField(
            theme, "", question=tr("What was done?"), name=tr("What was done")
        )
        self.no_because = TextField(
            theme, "", question=tr("Because of what?"), name=tr("Why it will not be done")
        )
        for field in (self.what_done, self.no_because):
            field.rule()
            self._column.addWidget(field)
        self._state_autosave = Autosave(self.what_done, self._save_state)
        self._state_autosave.bind(self.no_because)
        self.still = Label(theme, "", tone="ink_soft")
        self._column.addWidget(self.still)

    def _build_photos(self) -> None:
        theme = self.theme
        both = QHBoxLayout()
        both.setSpacing(theme.px(24))
        self.strips: dict[bool, PhotoStrip] = {}
        for after, words, add in (
            (False, self.tr("Before"), self.tr("Photo of before")),
            (True, self.tr("After"), self.tr("Photo of after")),
        ):
            side = QVBoxLayout()
            side.setSpacing(theme.px(4))
            side.addWidget(Label(theme, words, step="small", tone="ink_soft", wrap=False))
            strip = PhotoStrip(theme, add_words=add, tasks=self._tasks)
            strip.files_added.connect(partial(self._add_files, after))
            strip.picture_added.connect(partial(self._add_picture, after))
            strip.removed.connect(partial(self._remove, after))
            self.strips[after] = strip
            side.addWidget(strip)
            side.addStretch(1)
            both.addLayout(side, 1)
        self._column.addSpacing(theme.px(8))
        self._column.addLayout(both)

    def _build_effect(self) -> None:
        theme, tr = self.theme, self.tr
        self.check_on = DateField(
            theme, "", question=tr("In a month?"), today=self._today, name=tr("Look again on")
        )
        self.check_on.changed.connect(self._set_check)
        self.effect = Segmented(
            theme,
            list(zip(EFFECTS, (tr("It holds"), tr("It does not"), tr("Cannot tell")), strict=True)),
            value="",
            name=tr("Does it hold?"),
        )
        self.effect.chosen.connect(self._set_effect)
        sentence = Sentence(theme)
        sentence.add_words(tr("I look again on"))
        sentence.add_field(self.check_on)
        sentence.add(self.effect)
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(sentence)
        self.effect_seen = TextField(
            theme, "", question=tr("What do you see there now?"), name=tr("What you saw later")
        )
        self.effect_seen.rule()
        self._column.addWidget(self.effect_seen)
        self._effect_autosave = Autosave(self.effect_seen, self._save_effect)

    # What is shown

    def show_promise(self, promise: Promise, *, fresh: bool) -> None:
        """Show how a promise stands; a field that is being written in is left alone."""
        self._promise = promise
        state = "done" if promise.done_on else "said no" if promise.no_on else "open"
        self.state.set_value(state)
        self.what_done.setVisible(state == "done")
        self.no_because.setVisible(state == "said no")
        waits = self.tr("Still to be told back.")
        self.still.setText(waits if promise.owed and state != "open" else "")
        self.still.setVisible(bool(self.still.text()))
        if fresh or not self._state_autosave.waiting:
            self._fill(self.what_done, promise.what_done, fresh)
            self._fill(self.no_because, promise.no_because, fresh)
            self._state_autosave.shows(promise)
        if fresh or not self._effect_autosave.waiting:
            self._fill(self.effect_seen, promise.effect_seen, fresh)
            self._effect_autosave.shows(promise)
        self.check_on.set_value(promise.check_on)
        if promise.effect:
            self.effect.set_value(promise.effect)
        else:
            self.effect.clear()
        due = promise.check_on is not None
        self.effect.setVisible(due)
        self.effect_seen.setVisible(due)
        for after, keys in ((False, promise.photos_before), (True, promise.photos_after)):
            words = self.tr("After") if after else self.tr("Before")
            self.strips[after].set_photos([(key, self._photo_source(key), words) for key in keys])
        if fresh or self._looked_up != promise.id:
            self._look_back(promise)

    def _fill(self, field: TextField, words: str, fresh: bool) -> None:
        if fresh or not field.edit.hasFocus():
            field.set_text(words)

    def _look_back(self, promise: Promise) -> None:
        """Look up beside the window whether it was seen before."""
        self._looked_up = promise.id
        for widget in (self.again, self.earlier):
            widget.hide()
        promises = self._promises
        self._tasks.run(
            self,
            lambda _token: promises.like(promise),
            lambda found: self._show_again(promise.id, found),
            lambda _error: None,
        )

    def _show_again(self, promise_id: UUID, found: Recurrence) -> None:
        if self._promise is None or self._promise.id != promise_id or not found.earlier:
            return
        self.again.setText(times_words(found))
        self.earlier.set_rows(
            [
                RowWords(
                    first_words(one.saw, 160),
                    age=short_day(one.on, self._today()),
                    bold=False,
                    key=one.id,
                )
                for one in found.earlier[:_MOST_EARLIER]
            ]
        )
        for widget in (self.again, self.earlier):
            widget.show()

    # What is written

    def _change(self, **fields: object) -> None:
        if self._promise is None:
            return
        try:
            self._promises.change(self._promise.id, **fields)
        except GembaError as error:
            self._go.trouble(error)

    def _stand(self, state: str) -> None:
        if self._promise is None:
            return
        try:
            promise = self._promises.stand(self._promise.id, state)
        except GembaError as error:
            self._go.trouble(error)
            return
        self.show_promise(promise, fresh=False)
        field = {"done": self.what_done, "said no": self.no_because}.get(state)
        if field is not None:
            field.edit.setFocus()

    def _save_state(self, visit: str) -> None:
        if self._promise is not None:
            self._promises.write(
                self._promise.id,
                visit=visit,
                what_done=self.what_done.text(),
                no_because=self.no_because.text(),
            )

    def _save_effect(self, visit: str) -> None:
        if self._promise is not None:
            self._promises.write(self._promise.id, visit=visit, effect_seen=self.effect_seen.text())

    def _set_check(self, day: date | None) -> None:
        if self._promise is not None and day != self._promise.check_on:
            self._change(check_on=day)

    def _set_effect(self, effect: str) -> None:
        self._change(effect=effect, checked_on=self._today())

    # Photos

    def _add_files(self, after: bool, paths: list[str]) -> None:
        for path in paths:
            self._take_in(after, partial(read_file, Path(path)), Path(path).name)

    def _add_picture(self, after: bool, picture: QImage) -> None:
        self._take_in(after, lambda: png_bytes(picture, _LONGEST_PASTED), "")

    def _take_in(self, after: bool, read: Callable[[], bytes], name: str) -> None:
        if self._promise is None:
            return
        promise_id, promises = self._promise.id, self._promises
        self._tasks.run(
            self,
            lambda _token: promises.add_photo(promise_id, after, read(), name),
            lambda _none: None,
            self._refuse,
        )

    def _remove(self, after: bool, photo: object) -> None:
        if self._promise is None:
            return
        here, promises = self._promise.id, self._promises

        def put_back() -> None:
            promises.put_photo_back(here, after, str(photo))

        promises.remove_photo(here, after, str(photo))
        self._go.say(self.tr("Photo removed"), undo=put_back)

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)


def times_words(found: Recurrence) -> str:
    """Say how often something came back: "Second time at Hatch"."""
    from PySide6.QtCore import QCoreApplication

    say = QCoreApplication.translate
    words = {
        2: say("Recurrence", "Second time at {place}."),
        3: say("Recurrence", "Third time at {place}."),
    }.get(found.times, say("Recurrence", "{n} times at {place} by now."))
    return words.format(n=found.times, place=found.place)
