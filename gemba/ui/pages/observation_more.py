"""What else belongs to an observation: standard, counts, cycles, who spoke, what came back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.cycle_times import counts_chart, laps_chart
from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.services.photo_import import read_file
from gemba.ui.autosave import Autosave
from gemba.ui.pages.count_form import counts_words, spread_words
from gemba.ui.pages.promise_further import times_words
from gemba.ui.widgets import Button, CheckBox, Field, Label, PhotoStrip
from gemba.ui.widgets.photos import png_bytes

if TYPE_CHECKING:
    from gemba.domain.figures import Figure
    from gemba.domain.observation import Observation
    from gemba.domain.recurrence import Recurrence
    from gemba.services.patterns import PatternFinder
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_LONGEST_PASTED = 2_048
_MOST_SHEETS = 8


class ObservationMore(QWidget):
    """Quiet lines below an observation; what is empty takes little room."""

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        *,
        walks: Walks,
        tasks: Tasks,
        go: Go,
        patterns: Callable[[], PatternFinder],
    ) -> None:
        super().__init__(page)
        self._walks = walks
        self._tasks = tasks
        self._go = go
        self._patterns = patterns
        self._seen: Observation | None = None
        self._looked_up: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.standard = PhotoStrip(theme, add_words=self.tr("Photo of the standard"), tasks=tasks)
        self.standard.files_added.connect(self._add_files)
        self.standard.picture_added.connect(self._add_picture)
        self.standard.removed.connect(self._remove)
        column.addWidget(self.standard)
        row = QHBoxLayout()
        self.counted = Label(theme, "")
        self.take = Button(theme, self.tr("Put on an A3"), kind="quiet", icon="notebook-pen")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._offer)
        self.take.set_menu(self.menu)
        row.addWidget(self.counted, 1)
        row.addWidget(self.take)
        column.addLayout(row)
        speaker = QHBoxLayout()
        speaker.setSpacing(theme.px(16))
        self.consent = CheckBox(theme, self.tr("Who spoke agrees to be named"))
        self.consent.clicked.connect(self._keep_name)
        self.spoke = Field(theme, "", question=self.tr("Who said it?"), name=self.tr("Who spoke"))
        self.spoke.left.connect(self._keep_name)
        self.spoke.entered.connect(self._keep_name)
        Autosave(self.spoke, lambda _visit: self._keep_name())
        speaker.addWidget(self.consent)
        speaker.addWidget(self.spoke, 1)
        column.addLayout(speaker)
        self.again = Button(theme, "", kind="quiet", icon="rotate-ccw")
        self.earlier = QMenu(self)
        self.again.set_menu(self.earlier)
        self.again.hide()
        column.addWidget(self.again)

    def show_seen(self, seen: Observation, *, fresh: bool) -> None:
        """Show what belongs to an observation."""
        self._seen = seen
        words = self.tr("The standard")
        self.standard.set_photos(
            [(key, self._walks.photo_source(key), words) for key in seen.standard_photos]
        )
        told = [counts_words(seen.counts), f"{seen.timed}: " if seen.timed and seen.laps else ""]
        told[1] += spread_words(seen.laps)
        self.counted.setText(". ".join(part for part in told if part))
        for widget in (self.counted, self.take):
            widget.setVisible(bool(seen.counts or seen.laps))
        self.consent.setChecked(seen.spoke_consent)
        self.spoke.setVisible(seen.spoke_consent)
        if fresh or not self.spoke.line.hasFocus():
            self.spoke.set_text(seen.spoke)
        if fresh or self._looked_up != seen.id:
            self._look_back(seen)

    def _look_back(self, seen: Observation) -> None:
        self._looked_up = seen.id
        self.again.hide()
        walks = self._walks
        self._tasks.run(
            self,
            lambda _token: walks.like(seen.id),
            lambda found: self._show_again(seen.id, found),
            lambda _error: None,
        )

    def _show_again(self, observation_id: UUID, found: Recurrence) -> None:
        if self._seen is None or self._seen.id != observation_id or not found.earlier:
            return
        self.again.setText(times_words(found))
        self.earlier.clear()
        for one in found.earlier[:_MOST_SHEETS]:
            words = f"{one.on:%Y-%m-%d}  {first_words(one.saw, 80)}".replace("&", "&&")
            entry = self.earlier.addAction(words)
            entry.triggered.connect(
                lambda _on=False, key=one.id: self._go.open(Ref("observation", key))
            )
        self.again.show()

    def _keep_name(self) -> None:
        if self._seen is None:
            return
        consent = self.consent.isChecked()
        self.spoke.setVisible(consent)
        name = self.spoke.text().strip() if consent else ""
        if (name, consent) == (self._seen.spoke, self._seen.spoke_consent):
            return
        try:
            self._seen = self._walks.name_speaker(self._seen.id, name, consent)
        except GembaError as error:
            self._go.trouble(error)
            return
        if not self.spoke.line.hasFocus():
            self.spoke.set_text(self._seen.spoke)

    # The standard

    def _add_files(self, paths: list[str]) -> None:
        for path in paths:
            self._take_in(partial(read_file, Path(path)), Path(path).name)

    def _add_picture(self, picture: QImage) -> None:
        self._take_in(lambda: png_bytes(picture, _LONGEST_PASTED), "")

    def _take_in(self, read: Callable[[], bytes], name: str) -> None:
        if self._seen is None:
            return
        key, walks = self._seen.id, self._walks
        self._tasks.run(
            self,
            lambda _token: walks.add_standard_photo(key, read(), name),
            lambda _none: None,
            self._refuse,
        )

    def _remove(self, photo: object) -> None:
        if self._seen is not None:
            back = self._walks.take_standard_off(self._seen.id, str(photo))
            self._go.say(self.tr("Photo removed"), undo=back)

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)

    # Onto a sheet

    def _offer(self) -> None:
        self.menu.clear()
        targets: list[tuple[UUID | None, str]] = [(None, self.tr("A new A3"))]
        targets += self._patterns().sheets(_MOST_SHEETS)
        for key, title in targets:
            words = first_words(title, 60) or self.tr("A sheet without a title")
            entry = self.menu.addAction(words.replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, key=key: self._put(key))

    def figures(self) -> list[Figure]:
        """Return what was counted and timed as charts."""
        seen = self._seen
        found: list[Figure] = []
        if seen is None:
            return found
        new_id = self._patterns().new_figure_id
        about = first_words(seen.saw, 60)
        if seen.counts:
            found.append(counts_chart(new_id(), about, seen.counts))
        if seen.laps:
            caption = seen.timed or about
            heads = (self.tr("Cycle"), self.tr("Seconds"))
            found.append(laps_chart(new_id(), caption, seen.laps, heads))
        return found

    def _put(self, sheet_id: UUID | None) -> None:
        box = ""
        try:
            for figure in self.figures():
                sheet_id, box = self._patterns().put(figure, sheet_id)
        except GembaError as error:
            self._go.trouble(error)
            return
        if sheet_id is not None:
            self._go.to("sheet", sheet=sheet_id, box=box)
