"""How photos get onto a sheet: from a file, by paste, and from the walks they were taken on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.figures import PhotoFigure
from gemba.domain.link import SEEN_IN
from gemba.domain.photo_mark import hash_of, marks_of
from gemba.services.bounded import read_bounded
from gemba.ui.widgets import Label, RowList, RowWords
from gemba.ui.widgets.photos import png_bytes

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

MOST_SEEN = 40
_LARGEST = 200_000_000
"""Bytes of a file that is read at all."""


class SheetPhotos:
    """Puts photos into the box in focus."""

    def __init__(self, page: SheetHost) -> None:
        self.page = page

    def choose(self) -> None:
        """Ask for a picture file and put it into the box."""
        name, _kind = QFileDialog.getOpenFileName(
            self.page.window(),
            self.page.tr("Photo"),
            "",
            self.page.tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif)"),
        )
        if name:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(name)])
            self.paste(data)

    def paste(self, data: QMimeData) -> None:
        """Put what was pasted or chosen into the box in focus, or say why it cannot be."""
        try:
            self._take(data)
        except GembaError as error:
            self.page.go.trouble(error)

    def _take(self, data: QMimeData) -> None:
        page = self.page
        found: list[tuple[bytes, str]] = []
        for url in data.urls():
            if url.isLocalFile():
                found.append((_bytes_of(url.toLocalFile()), url.fileName()))
        if not found and data.hasImage():
            picture = data.imageData()
            if isinstance(picture, QImage):
                found.append((png_bytes(picture), page.tr("The pasted picture")))
        for content, name in found:
            photo = page.desk.sheets.add_photo(content, name)
            page.edits.add_figure(PhotoFigure(id=page.desk.sheets.new_figure_id(), photo=photo))

    def seen(self) -> QWidget:
        """Make the panel with the newest photos of walks."""
        page = self.page
        rows = RowList(page.theme, name=page.tr("Photos from walks"))
        walks = page.desk.walks
        seen = [
            (one, photo)
            for walk in walks.all()
            for one in walks.observations(walk.id)
            for photo in walks.as_shown(one).photos
        ][:MOST_SEEN]
        rows.set_rows(
            RowWords(
                one.saw,
                page.desk.day(one.seen_on),
                icon="camera",
                key=(one.id, photo, one.saw),
            )
            for one, photo in seen
        )
        if not seen:
            return Label(page.theme, page.tr("No walk has a photo yet."), tone="ink_soft")
        rows.opened.connect(self._take_seen)
        return rows

    def _take_seen(self, key: object) -> None:
        assert isinstance(key, tuple)
        observation, photo, saw = key
        page = self.page
        page.edits.add_figure(
            PhotoFigure(
                id=page.desk.sheets.new_figure_id(),
                photo=hash_of(photo),
                observation_id=observation,
                caption=saw,
                marks=marks_of(photo),
            )
        )
        assert page.sheet is not None
        page.desk.thread.tie(
            SEEN_IN,
            Ref("sheet", page.sheet.id),
            Ref("observation", observation),
            from_part=page.view.current or page.edits.shown_first(),
        )


def _bytes_of(name: str) -> bytes:
    try:
        path = Path(name)
        return read_bounded(path, _LARGEST, GembaError("photo.too_large", name=path.name))
    except OSError as error:
        raise GembaError("file.missing", file=name) from error
