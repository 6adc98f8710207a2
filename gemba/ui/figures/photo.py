"""Choosing a photo, marking what matters on it, and saying what it shows in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.figures import Figure, PhotoFigure
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.photo_marks import MarksEditor
from gemba.ui.widgets import Button, Label, TextField
from gemba.ui.widgets.photos import png_bytes

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_FILES = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff *.heic *.heif"


class PhotoEditor(FigureEditor):
    """The photo by file, paste or drop, what is marked on it, its caption and its description."""

    def __init__(
        self, theme: Theme, figure: PhotoFigure, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.marks = MarksEditor(theme, figure, self)
        self.marks.changed.connect(lambda new: self.put(replace(self._photo, marks=new.marks)))
        self.view, self.words = self.marks.view, self.marks.words
        self.tools, self.remover = self.marks.tools, self.marks.remover
        self._shown = ""
        self.chooser = Button(theme, tr("Choose a photo"), icon="camera", parent=self)
        self.chooser.clicked.connect(self.ask_for_file)
        self.paster = Button(theme, tr("Paste"), kind="quiet", icon="clipboard-paste", parent=self)
        self.paster.clicked.connect(self.paste)
        self.trouble = Label(theme, "", step="small", tone="watch", parent=self)
        self.trouble.hide()
        self.description = TextField(
            theme,
            tr("In words"),
            question=tr("What does someone see here who cannot see it?"),
            lines=2,
            parent=self,
        )
        self.description.edited.connect(
            lambda: self.put(replace(self._photo, description=self.description.text()))
        )
        self.description.pasted.connect(self.take)
        row = QHBoxLayout()
        row.addWidget(self.chooser)
        row.addWidget(self.paster)
        row.addStretch(1)
        self.body.insertWidget(0, self.marks)
        self.body.insertLayout(1, row)
        self.body.insertWidget(2, self.trouble)
        self.body.addWidget(self.description)
        self.body.addStretch(1)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_figure()

    @property
    def _photo(self) -> PhotoFigure:
        assert isinstance(self._figure, PhotoFigure)
        return self._figure

    def begin(self) -> None:
        """Ask for a photo first, then for its words."""
        (self.description if self._photo.photo else self.chooser).setFocus()

    def show_figure(self) -> None:
        """Show the photo and its words."""
        if self.description.text() != self._photo.description:
            self.description.set_text(self._photo.description)
        self.marks.show_figure(self._photo)
        if self._photo.photo != self._shown or not self.view.shows_a_picture():
            self._show_photo()

    def _show_photo(self) -> None:
        data: bytes | None = None
        self._shown = self._photo.photo
        if self._photo.photo and self.around.read_photo is not None:
            try:
                data = self.around.read_photo(self._photo.photo)
            except GembaError as error:
                self._say(self.around.explain(error))
        self.marks.show_image(QImage() if data is None else _read(data))

    def put(self, figure: Figure) -> None:
        """Take a new state made by the user, and hand it on where it differs."""
        super().put(figure)
        self.marks.show_figure(self._photo)

    def leave(self) -> None:
        """Keep words that are still being written."""
        self.marks.leave()
        super().leave()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def ask_for_file(self) -> None:
        """Let the user choose one picture file."""
        pictures = self.tr("Pictures ({patterns})").format(patterns=_FILES)
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a photo"), "", pictures)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take the photo from a file; what cannot be taken is said beside it."""
        from gemba.services.photo_import import read_file

        try:
            data = read_file(path)
        except GembaError as error:
            large = error.key == "photo.too_many_bytes"
            why = self.tr("it is too large") if large else str(error.values.get("reason", ""))
            self._say(
                self.tr("{name} cannot be read: {why}.").format(name=path.name, why=why.lower())
            )
            return
        self.take_bytes(data, path.name)

    def take_bytes(self, data: bytes, name: str = "") -> None:
        """Store a picture and show it."""
        if self.around.add_photo is None:
            return
        try:
            photo = self.around.add_photo(data, name)
        except GembaError as error:
            self._say(self.around.explain(error))
            return
        self._say("")
        # Marks belong to what was seen on the photo before.
        marks = self._photo.marks if photo == self._photo.photo else ()
        self.put(replace(self._photo, photo=photo, observation_id=None, marks=marks))
        self.show_figure()

    def take(self, data: QMimeData) -> bool:
        """Take what was pasted or dropped; False if it holds no picture and no file."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take_file(Path(paths[0]))
            return True
        if data.hasImage():
            image = QImage(data.imageData())
            if not image.isNull():
                self.take_bytes(png_bytes(image))
                return True
        return False

    def paste(self) -> None:
        """Take a picture or a file from the clipboard, or say that there is none."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._say(self.tr("There is no picture on the clipboard."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes a picture."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()


def _read(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > 1200:
        reader.setScaledSize(size.scaled(1200, 1200, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
