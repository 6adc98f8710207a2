"""What an observation becomes: a promise, thanks, an A3, an obstacle; or it stays a note."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave
from gemba.ui.go import Go
from gemba.ui.pages.forms import Inline, OwnerForm, PromiseForm, ThankForm
from gemba.ui.widgets import RowAction

if TYPE_CHECKING:
    from gemba.services.coaching import Coaching
    from gemba.ui.theme import Theme


class Becoming(QObject):
    """Opens the short form for what an observation becomes, and makes it.

    ``hold`` puts a form beside the observation with an id; ``dropped`` hears that it is gone.
    Without ``coaching`` nothing can become an obstacle; ``big`` is for walk mode.
    """

    def __init__(
        self,
        page: QWidget,
        theme: Theme,
        *,
        walks: Walks,
        people: People,
        drafts: Drafts,
        go: Go,
        hold: Callable[[UUID, Inline], None],
        dropped: Callable[[], None],
        coaching: Coaching | None = None,
        big: bool = False,
    ) -> None:
        super().__init__(page)
        self._theme = theme
        self._walks = walks
        self._people = people
        self._coaching = coaching
        self._big = big
        self._drafts = drafts
        self._go = go
        self._hold = hold
        self._dropped = dropped
        self.form: Inline | None = None

    def actions(self) -> tuple[RowAction, ...]:
        """Return what can be done with a row of an observation."""
        found = [
            RowAction(self.tr("Promise"), "handshake", self._keyed(self.promise)),
            RowAction(self.tr("A3"), "notebook-pen", self._keyed(self.sheet)),
        ]
        if self._coaching is not None:
            found.append(RowAction(self.tr("Obstacle"), "target", self._keyed(self.obstacle)))
            for conversion, words, icon in (
                ("do now", self.tr("Do now"), "check"),
                ("idea", self.tr("Idea"), "plus"),
                ("note", self.tr("Just a note"), "file-text"),
            ):
                run = partial(self._convert, conversion)
                found.append(RowAction(words, icon, self._keyed(run)))
        return tuple(found)

    def _keyed(self, run: Callable[[UUID], None]) -> Callable[[object], None]:
        def with_key(key: object) -> None:
            if isinstance(key, UUID):
                run(key)

        return with_key

    def promise(self, observation_id: UUID) -> None:
        """Ask to whom what is promised."""
        seen = self._walks.observation(observation_id)
        form = PromiseForm(
            self._theme,
            about=self._about(seen.saw),
            words=first_words(seen.saw, 120),
            names=self._people.names(),
            big=self._big,
        )
        form.made.connect(
            lambda to, words: self._make(lambda: self._walks.promise(observation_id, words, to))
        )
        self._open("promise", observation_id, form)

    def thank(self, observation_id: UUID) -> None:
        """Ask who is thanked for what."""
        seen = self._walks.observation(observation_id)
        form = ThankForm(
            self._theme, about=self._about(seen.saw), words=seen.thanked, big=self._big
        )
        form.thanked.connect(
            lambda words: self._make(lambda: self._walks.thank(observation_id, words))
        )
        self._open("thank", observation_id, form)

    def count(self, observation_id: UUID) -> None:
        """Count and time; what was counted is written at once, whatever becomes of the form."""
        from gemba.ui.pages.count_form import CountForm

        seen = self._walks.observation(observation_id)
        form = CountForm(self._theme, about=self._about(seen.saw), seen=seen, big=self._big)
        form.counted.connect(lambda counts: self._write(observation_id, counts=counts))
        form.timed.connect(lambda cycle, laps: self._write(observation_id, timed=cycle, laps=laps))
        self._open("count", observation_id, form)

    def _write(self, observation_id: UUID, **fields: object) -> None:
        try:
            self._walks.change_line(observation_id, **fields)
        except GembaError as error:
            self._go.trouble(error)

    def obstacle(self, observation_id: UUID) -> None:
        """Ask on whose board it is parked."""
        seen = self._walks.observation(observation_id)
        form = OwnerForm(
            self._theme, about=self._about(seen.saw), names=self._people.names(), big=self._big
        )
        form.named.connect(
            lambda name: self._make(lambda: self._park(observation_id, seen.saw, name))
        )
        self._open("obstacle", observation_id, form)

    def sheet(self, observation_id: UUID) -> None:
        """Open a new A3 that begins with what was seen."""
        seen = self._walks.observation(observation_id)
        self.drop()
        self._go.to("new sheet", source=Ref("observation", seen.id), problem=seen.saw)

    def _convert(self, conversion: str, observation_id: UUID) -> None:
        """Say what becomes of it; the same again takes it back."""
        before = self._walks.observation(observation_id).conversion
        self._walks.convert(observation_id, "" if before == conversion else conversion)

    def drop(self) -> None:
        """Take the form away; what stands in it is there when it is opened again."""
        if self.form is not None:
            self._autosave.leave()
            self.form = None
            self._dropped()

    def _park(self, observation_id: UUID, words: str, name: str) -> None:
        assert self._coaching is not None
        board = self._coaching.board_of(self._people.person(name).id)
        self._coaching.park(board.id, words, source=Ref("observation", observation_id))
        self._walks.convert(observation_id, "obstacle")

    def _about(self, words: str) -> str:
        if not words.strip():
            return self.tr("About the line you are writing")
        return self.tr("About: {words}").format(words=first_words(words, 90))

    def _open(self, name: str, observation_id: UUID, form: Inline) -> None:
        self.drop()
        self.form = form
        self._name = f"{name}.{observation_id}"
        form.recall(self._drafts.read(self._name))
        first, *others = form.fields().values()
        self._autosave = Autosave(first, partial(self._keep_draft, form, self._name))
        for field in others:
            self._autosave.bind(field)
        form.gave_up.connect(self._give_up)
        self._hold(observation_id, form)
        form.begin()

    def _keep_draft(self, form: Inline, name: str, _visit: str) -> None:
        self._drafts.keep(name, **form.texts())

    def _give_up(self) -> None:
        self._autosave.drop()
        self._drafts.drop(self._name)
        self.drop()

    def _make(self, make: Callable[[], object]) -> None:
        try:
            make()
        except GembaError as error:
            self._go.trouble(error)
            return
        self._give_up()
