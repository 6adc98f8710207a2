"""What is done about the line of a walk: promised, thanked for, photographed, made safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtWidgets import QWidget

from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.domain.walk import Walk
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.walks import Walks
from gemba.ui.go import Go
from gemba.ui.pages.act_first import ActFirst
from gemba.ui.pages.becoming import Becoming
from gemba.ui.pages.memo_desk import MemoDesk
from gemba.ui.pages.photo_desk import PhotoDesk
from gemba.ui.pages.seen_photos import SeenPhotos
from gemba.ui.pages.walk_board import WalkBoard
from gemba.ui.tasks import Tasks

if TYPE_CHECKING:
    from gemba.services.memos import Memos
    from gemba.ui.theme import Theme


class WalkActs(QObject):
    """Acts on the line that is written, or on the last one kept where none is.

    ``bring`` puts the board or the page that waits in front; ``written`` hears that something
    became of the line. ``photo_care`` is what the workplace says of photos.
    """

    def __init__(
        self,
        page: QWidget,
        theme: Theme,
        *,
        walks: Walks,
        memos: Memos,
        people: People,
        drafts: Drafts,
        tasks: Tasks,
        go: Go,
        board: WalkBoard,
        walk: Callable[[], Walk | None],
        bring: Callable[[QWidget], None],
        written: Callable[[], None],
        photo_care: Callable[[], str] = str,
    ) -> None:
        super().__init__(page)
        self._walks = walks
        self._board = board
        self._walk = walk
        self._bring = bring
        self._written = written
        self._photo_care = photo_care
        self.becoming = Becoming(
            page,
            theme,
            walks=walks,
            people=people,
            drafts=drafts,
            go=go,
            hold=lambda _key, form: board.hold(form),
            dropped=self.form_gone,
            big=True,
        )
        self.photos = PhotoDesk(page, walks=walks, memos=memos, tasks=tasks, go=go)
        self.standards = PhotoDesk(
            page, walks=walks, memos=memos, tasks=tasks, go=go, standard=True
        )
        self._go = go
        beside = board.line.apart.beside
        photos = beside.build_photos(tasks)
        board.line.apart.put_below(photos)
        self.shown = SeenPhotos(page, theme, photos, walks=walks, go=go)
        beside.shown.connect(self.shown.show)
        strip = beside.build_standard(tasks)
        strip.files_added.connect(lambda paths: self.standards.take_files(self._line_id(), paths))
        strip.picture_added.connect(
            lambda picture: self.standards.take_image(self._line_id(), picture)
        )
        strip.removed.connect(self._remove_standard)
        board.line.apart.beside.named.connect(self._name_speaker)
        self.memos = MemoDesk(page, memos=memos, tasks=tasks, go=go, take=self.photos.take_files)
        self.act_first = ActFirst(theme, walks=walks)
        self.act_first.done.connect(lambda: self._after_acting("safety"))
        self.act_first.unneeded.connect(lambda: self._after_acting(""))

    def form_gone(self) -> None:
        """Take a form away and write on."""
        self._board.drop_form()
        self._write_on()

    def _write_on(self) -> None:
        self._board.line.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self) -> Observation | None:
        """The line being written, or the last one kept when nothing is written."""
        walk, line = self._walk(), self._board.line
        if walk is None:
            return None
        if line.empty:
            kept = self._walks.observations(walk.id)
            if kept:
                return kept[-1]
        begun = line.begin()
        return self._walks.settled_observation(begun.id)

    def ask_promise(self) -> None:
        """Ask to whom the line, or the last one kept, is promised."""
        seen = self._about()
        if seen is not None:
            self.becoming.promise(seen.id)

    def ask_thank(self) -> None:
        """Ask who is thanked for the line, or for the last one kept."""
        seen = self._about()
        if seen is not None:
            self.becoming.thank(seen.id)

    def ask_count(self) -> None:
        """Count or time what the line, or the last one kept, is about."""
        seen = self._about()
        if seen is not None:
            self.becoming.count(seen.id)

    def safety_now(self) -> None:
        """Stop everything: act first, write after."""
        if self._walk() is None:
            return
        line = self._board.line.begin()
        self._walks.settle()
        self.becoming.drop()
        self._bring(self.act_first)
        self.act_first.open(line.id)

    def _after_acting(self, category: str) -> None:
        self._bring(self._board)
        self._board.line.set_category(category)
        self._walks.settle()
        self._written()
        self._write_on()

    def ask_photo(self) -> None:
        """Choose photo files for the line that is being written now."""
        if self._walk() is None:
            return
        care = self._photo_care()
        if care:
            self._go.say(care)
        self.photos.ask(self._board.line.begin().id)

    def _line_id(self) -> UUID:
        return self._board.line.begin().id

    def _remove_standard(self, photo: object) -> None:
        line = self._board.line.line
        if line is not None:
            back = self._walks.take_standard_off(line.id, str(photo))
            self._go.say(self.tr("Photo removed"), undo=back)

    def _name_speaker(self) -> None:
        """Note who spoke with the line; without their consent no name is kept."""
        beside, line = self._board.line.apart.beside, self._board.line
        consent, name = beside.consent.isChecked(), beside.spoke.text()
        if self._walk() is None or (line.line is None and not consent):
            return
        seen = self._walks.settled_observation(line.begin().id)
        wanted = (" ".join(name.split()) if consent else "", consent)
        if wanted != (seen.spoke, seen.spoke_consent):
            try:
                self._walks.name_speaker(seen.id, name, consent)
            except GembaError as error:
                self._go.trouble(error)

    def ask_memo(self) -> None:
        """Choose voice memos for the line that is being written now."""
        if self._walk() is not None:
            self.memos.ask(self._board.line.begin().id)

    def hear(self, sound: object) -> None:
        """Play a memo of the line that is being written."""
        line = self._board.line.line
        if line is not None:
            self.memos.hear(self._walks.observation(line.id), sound)

    def remove_memo(self, sound: object) -> None:
        """Take a memo off the line that is being written."""
        line = self._board.line.line
        if line is not None:
            self.memos.remove(self._walks.observation(line.id), sound)

    def take(self, data: QMimeData | None) -> bool:
        """Attach what was pasted or dropped to the line that is being written."""
        if self._walk() is None or data is None or not self.photos.holds(data):
            return False
        return self.photos.take(self._board.line.begin().id, data)
