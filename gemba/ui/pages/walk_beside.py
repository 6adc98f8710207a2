"""What hangs on the line of a walk: its memos, the photo of the standard, and who spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.autosave import Autosave
from gemba.ui.widgets import CheckBox, Field, PhotoStrip
from gemba.ui.widgets.memos import MemoStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.observation import Observation
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.photos import Source


class WalkBeside(QWidget):
    """Each stands there once there is a reason: a memo, a standard compared with, words of theirs.

    `named` says that the tick or the name of who spoke changed, `shown` hands on the observation
    whose things stand there, or None.
    """

    named = Signal()
    shown = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compared = self._quoted = False
        self._seen: Observation | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.memos = MemoStrip(theme, adds=False)
        column.addWidget(self.memos)
        self.photos: PhotoStrip | None = None
        self.standard: PhotoStrip | None = None
        self._theme = theme
        self._column = column
        self.speaker = QWidget()
        row = QHBoxLayout(self.speaker)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        self.consent = CheckBox(theme, self.tr("Who spoke agrees to be named"))
        self.consent.clicked.connect(self._ticked)
        self.spoke = Field(theme, "", question=self.tr("Who said it?"), name=self.tr("Who spoke"))
        self.spoke.left.connect(self.named)
        self.spoke.entered.connect(self.named)
        Autosave(self.spoke, lambda _visit: self.named.emit())
        self.spoke.hide()
        row.addWidget(self.consent)
        row.addWidget(self.spoke, 1)
        column.addWidget(self.speaker)
        self.speaker.hide()
        self.hide()

    def build_photos(self, tasks: Tasks | None) -> PhotoStrip:
        """Make the strip for the photos of what is seen, which has a place of its own.

        The foot takes more.
        """
        self.photos = PhotoStrip(self._theme, marks=True, tasks=tasks)
        self.photos.adder.hide()
        self.photos.hide()
        return self.photos

    def build_standard(self, tasks: Tasks | None) -> PhotoStrip:
        """Make the strip for the photo of the standard; ``tasks`` read it beside the window."""
        self.standard = PhotoStrip(
            self._theme, add_words=self.tr("Photo of the standard"), tasks=tasks
        )
        self._column.insertWidget(self._column.indexOf(self.memos) + 1, self.standard)
        self.standard.hide()
        return self.standard

    def set_reasons(self, *, compared: bool, quoted: bool) -> None:
        """Say whether the line is compared with a standard, and whether it quotes somebody."""
        self._compared, self._quoted = compared, quoted
        self._share()

    def show_seen(self, seen: Observation | None, source: Callable[[str], Source]) -> None:
        """Show what hangs on the line already; None for a line without a record."""
        fresh = self._seen is None or seen is None or self._seen.id != seen.id
        self._seen = seen
        self.shown.emit(seen)
        memos = seen.memos if seen is not None else ()
        self.memos.set_memos([(one.sound, one.name) for one in memos])
        photos = seen.standard_photos if seen is not None else ()
        if self.standard is not None:
            words = self.tr("The standard")
            self.standard.set_photos([(key, source(key), words) for key in photos])
        if fresh or not self.spoke.line.hasFocus():
            self.consent.setChecked(seen is not None and seen.spoke_consent)
            self.spoke.set_text(seen.spoke if seen is not None else "")
        self._share()

    def _ticked(self) -> None:
        self.named.emit()
        self._share()

    def _share(self) -> None:
        seen = self._seen
        consent = self.consent.isChecked()
        self.spoke.setVisible(consent)
        self.speaker.setVisible(self._quoted or consent)
        standard = self._compared or bool(seen is not None and seen.standard_photos)
        if self.standard is not None:
            self.standard.setVisible(standard)
        memos = bool(self.memos.memos())
        photos = bool(seen is not None and seen.photos)
        if self.photos is not None:
            self.photos.setVisible(photos)
        self.setVisible(memos or self._quoted or consent or standard)
