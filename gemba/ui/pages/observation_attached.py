"""What hangs on an observation: photos of what was seen, and voice memos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.memo_desk import MemoDesk
from gemba.ui.pages.photo_desk import PhotoDesk
from gemba.ui.pages.seen_photos import SeenPhotos
from gemba.ui.widgets import Label, PhotoStrip
from gemba.ui.widgets.memos import MemoStrip

if TYPE_CHECKING:
    from gemba.domain.observation import Observation
    from gemba.services.memos import Memos
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

MEMO = "Alt+M"
"""Asks for a voice memo, here and on a walk."""


class ObservationAttached(QWidget):
    """Shows photos and memos, takes more in and takes them off; files may be dropped on either.

    ``photo_care`` is what the words of the workplace say of photos, nothing in most.
    """

    def __init__(
        self,
        theme: Theme,
        page: QWidget,
        *,
        walks: Walks,
        memos: Memos,
        tasks: Tasks,
        go: Go,
        photo_care: Callable[[], str] = str,
    ) -> None:
        super().__init__(page)
        self.theme = theme
        self._photo_care = photo_care
        self._seen: Observation | None = None
        self.desk = PhotoDesk(page, walks=walks, memos=memos, tasks=tasks, go=go)
        self.memo_desk = MemoDesk(page, memos=memos, tasks=tasks, go=go, take=self.desk.take_files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.photos = PhotoStrip(theme, marks=True, tasks=tasks)
        self.photos.files_added.connect(self._add_files)
        self.photos.picture_added.connect(self._add_picture)
        self.shown = SeenPhotos(page, theme, self.photos, walks=walks, go=go)
        column.addWidget(self.photos)
        self.care = Label(theme, "", step="small", tone="ink_soft")
        self.care.hide()
        column.addWidget(self.care)
        self.memos = MemoStrip(theme)
        self.memos.wanted.connect(self.ask_memo)
        self.memos.opened.connect(self._hear)
        self.memos.removed.connect(self._remove_memo)
        column.addWidget(self.memos)
        keys = QShortcut(
            QKeySequence(MEMO), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        keys.activated.connect(self.ask_memo)
        self.memos.adder.setToolTip(
            QKeySequence(MEMO).toString(QKeySequence.SequenceFormat.NativeText)
        )

    def show_seen(self, seen: Observation | None) -> None:
        """Show what hangs on an observation; none is at hand any more with None."""
        self._seen = seen
        self.shown.show(seen)
        if seen is None:
            return
        care = self._photo_care()
        self.care.setText(care)
        self.care.setVisible(bool(care))
        self.memos.set_memos([(memo.sound, memo.name) for memo in seen.memos])

    def ask_memo(self) -> None:
        """Choose a voice memo for this observation."""
        if self._seen is not None:
            self.memo_desk.ask(self._seen.id)

    def ask_photo(self) -> None:
        """Choose photos for this observation."""
        if self._seen is not None:
            self.desk.ask(self._seen.id)

    def _add_files(self, paths: list[str]) -> None:
        if self._seen is not None:
            self.desk.take_files(self._seen.id, paths)

    def _add_picture(self, picture: QImage) -> None:
        if self._seen is not None:
            self.desk.take_image(self._seen.id, picture)

    def _hear(self, sound: object) -> None:
        if self._seen is not None:
            self.memo_desk.hear(self._seen, sound)

    def _remove_memo(self, sound: object) -> None:
        if self._seen is not None:
            self.memo_desk.remove(self._seen, sound)
