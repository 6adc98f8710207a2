"""Taking photos and memos in: from files, paste and drop, each for what it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QMimeData, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba.domain.errors import GembaError
from gemba.services.photo_import import read_file
from gemba.services.recorder import DAILY_PIXELS
from gemba.services.walks import Walks
from gemba.ui.go import Go
from gemba.ui.tasks import Tasks
from gemba.ui.widgets.photos import png_bytes

if TYPE_CHECKING:
    from gemba.services.memos import Memos

_FILES = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff *.heic *.heif"


class PhotoDesk(QObject):
    """Reads photos beside the window and attaches each to the observation it was asked for.

    The observation is named when the photo is asked for; wherever the leader writes by the time
    it is read, it goes nowhere else. A file that holds a sound is a voice memo, by its content.
    With ``standard`` they are photos of the standard beside what was seen.
    """

    def __init__(
        self,
        page: QWidget,
        *,
        walks: Walks,
        memos: Memos,
        tasks: Tasks,
        go: Go,
        standard: bool = False,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._walks = walks
        self._memos = memos
        self._standard = standard
        self._tasks = tasks
        self._go = go
        self.dialog: QFileDialog | None = None

    def ask(self, observation_id: UUID) -> None:
        """Let the leader choose files for this observation."""
        translate = QCoreApplication.translate
        dialog = QFileDialog(self._page, translate("Photos", "Choose photos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(translate("Photos", "Pictures ({patterns})").format(patterns=_FILES))
        dialog.filesSelected.connect(lambda paths: self.take_files(observation_id, paths))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def holds(self, data: QMimeData) -> bool:
        """Tell whether something pasted or dropped is a picture or a file."""
        return data.hasImage() or any(url.isLocalFile() for url in data.urls())

    def take(self, observation_id: UUID, data: QMimeData) -> bool:
        """Attach what was pasted or dropped; False if it holds no picture and no file."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take_files(observation_id, paths)
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if image.isNull():
            return False
        # A copy: the clipboard may change while the picture is being read.
        self.take_image(observation_id, image.copy())
        return True

    def take_image(self, observation_id: UUID, picture: QImage) -> None:
        """Attach a pasted picture; it becomes a file beside the window."""
        longest = 0 if self._walks.keeps_whole_photos() else DAILY_PIXELS
        self._import(observation_id, lambda: png_bytes(picture, longest), "")

    def take_files(self, observation_id: UUID, paths: list[str]) -> None:
        """Attach these files, each read on its own."""
        for path in paths:
            self._import(observation_id, partial(read_file, Path(path)), Path(path).name)

    def take_bytes(self, observation_id: UUID, data: bytes) -> None:
        """Attach a picture given as the bytes of a file."""
        self._import(observation_id, lambda: data, "")

    def _import(self, observation_id: UUID, read: Callable[[], bytes], name: str) -> None:
        self._tasks.run(
            self._page,
            lambda _token: self._attach(observation_id, read(), name),
            lambda _seen: None,
            self._refuse,
        )

    def _attach(self, observation_id: UUID, data: bytes, name: str) -> None:
        if self._standard:
            self._walks.add_standard_photo(observation_id, data, name)
        elif self._memos.is_sound(data):
            self._memos.add(observation_id, data, name)
        else:
            self._walks.add_photo(observation_id, data, name)

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)
