"""A strip of photos: taken from files, by paste and by drop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMimeData,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba.services.photo_marks import MarkedSource
from gemba.ui.widgets.base import Control, box
from gemba.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_WIDE, _HIGH = 96, 72
_MARKS_LARGER = 4
_FILES = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff *.heic *.heif"


Source = str | Callable[[], bytes] | MarkedSource
"""The path of a picture, or for one under lock what reads its bytes, which stay in memory.

Either may come with marks, which are painted over the picture when it is shown.
"""


def painted(theme: Theme, image: QImage, source: Source) -> QImage:
    """A picture that was read, with what is marked on it; for the thread of the window."""
    if not isinstance(source, MarkedSource):
        return image
    from gemba.ui.widgets.marks_paint import marked_image

    return marked_image(theme, image, source.marks)


def _pixels(source: Source, fit: Callable[[QImageReader], None]) -> QImage:
    """A picture upright; `fit` says before how large it is read. Null if it cannot be read."""
    if isinstance(source, MarkedSource):
        source = source.source
    if source == "":
        return QImage()
    if isinstance(source, str):
        reader = QImageReader(source)
    else:
        held = QBuffer()
        held.setData(QByteArray(source()))
        held.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(held)
    reader.setAutoTransform(True)
    fit(reader)
    return reader.read()


def read_thumbnail(source: Source, width: int, height: int) -> QImage:
    """A picture, read no larger than it is shown; null if it cannot be read.

    `width` and `height` are in device pixels; the picture fills them and is cut at the longer side.
    """
    return _pixels(source, lambda reader: _fill(reader, width, height))


def _fill(reader: QImageReader, width: int, height: int) -> None:
    size = reader.size()
    if size.isValid():
        turned = reader.transformation() & reader.transformation().TransformationRotate90
        box_size = QSize(height, width) if turned else QSize(width, height)
        reader.setScaledSize(size.scaled(box_size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))


def read_whole(source: Source, width: int, height: int) -> QImage:
    """A whole picture, at most as large as this; null if it cannot be read.

    `width` and `height` are in device pixels; a smaller picture stays as it is.
    """
    return _pixels(source, lambda reader: _limit(reader, width, height))


def _limit(reader: QImageReader, width: int, height: int) -> None:
    size = reader.size()
    if size.isValid():
        turned = reader.transformation() & reader.transformation().TransformationRotate90
        room = QSize(height, width) if turned else QSize(width, height)
        if size.width() > room.width() or size.height() > room.height():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))


def png_bytes(image: QImage, longest: int = 0) -> bytes:
    """A pasted picture as the bytes of a PNG file, with ``longest`` no longer side in pixels."""
    if 0 < longest < max(image.width(), image.height()):
        keep = Qt.AspectRatioMode.KeepAspectRatio
        image = image.scaled(longest, longest, keep, Qt.TransformationMode.SmoothTransformation)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


@cache
def meet_types() -> None:
    """Use once, on the window's thread, every type of Qt that pictures are read with beside it.

    Qt for Python makes a type when it is first used; two threads that did so at once ended Gemba.
    """
    tiny = QImage(2, 2, QImage.Format.Format_RGB32)
    tiny.fill(0)
    data = png_bytes(tiny, 1)
    for read in (read_thumbnail, read_whole):
        read(lambda: data, 1, 1)


class Thumbnail(Control):
    """One photo, small; a click or Enter opens it.

    With ``tasks`` it is read beside the window, and a plain ground stands there meanwhile.
    """

    def __init__(
        self,
        theme: Theme,
        source: Source,
        words: str,
        parent: QWidget | None = None,
        *,
        tasks: Tasks | None = None,
    ) -> None:
        super().__init__(theme, words, parent)
        self.source = source
        self._tasks = tasks
        self._image: QImage | None = None

    def sizeHint(self) -> QSize:
        """96 by 72."""
        return QSize(self.theme.px(_WIDE), self.theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, read when it is first seen."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        wide, high = round(self.width() * ratio), round(self.height() * ratio)
        if self._image is None:
            self._image = self._read(wide, high)
        image = self._image
        if image.isNull():
            box(painter, QRectF(self.rect()), 4, self.theme.photo)
        else:
            left, top = (image.width() - wide) / 2, (image.height() - high) / 2
            painter.drawImage(QRectF(self.rect()), image, QRectF(left, top, wide, high))
        painter.end()

    @property
    def shown(self) -> bool:
        """Whether the picture itself stands there."""
        return self._image is not None and not self._image.isNull()

    def show_bytes(self, data: bytes) -> None:
        """Show a picture from the bytes of its file, in the place of what was there."""
        self.source = lambda: data
        self._tasks = None
        self._image = None
        self.update()

    def _marked(self, image: QImage) -> QImage:
        """Paint marks as on the photo itself, and make them small with it."""
        if not isinstance(self.source, MarkedSource) or image.isNull():
            return image
        small = image.size() / _MARKS_LARGER
        keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
        whole = painted(self.theme, image, self.source)
        return whole.scaled(small, keep, smooth.SmoothTransformation)

    def _read(self, wide: int, high: int) -> QImage:
        if isinstance(self.source, MarkedSource):
            wide, high = wide * _MARKS_LARGER, high * _MARKS_LARGER
        if self._tasks is None:
            return self._marked(read_thumbnail(self.source, wide, high))
        meet_types()
        source = self.source
        self._tasks.run(
            self,
            lambda _token: read_thumbnail(source, wide, high),
            self._show,
            lambda _error: None,
        )
        return QImage()

    def _show(self, image: QImage) -> None:
        self._image = self._marked(image)
        self.update()


class PhotoStrip(Strip[Thumbnail]):
    """Thumbnails in a row that goes on in the next line.

    `files_added` hands on a list of paths, `picture_added` a pasted picture as a QImage,
    `opened`, `removed` and `marking` the key of a photo; it is only marked where ``marks`` says
    so. Nothing is shown until `set_photos` is called.
    """

    files_added = Signal(list)
    picture_added = Signal(QImage)
    marking = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        add_words: str = "",
        big: bool = False,
        marks: bool = False,
        tasks: Tasks | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = add_words or QCoreApplication.translate("PhotoStrip", "Photo")
        super().__init__(theme, words, "camera", big=big, parent=parent)
        self._marks = marks
        self._tasks = tasks
        self.adder.clicked.connect(self.ask_for_files)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Photos"))

    def set_photos(self, photos: Sequence[tuple[object, Source, str]]) -> None:
        """Show photos given as key, path or what reads it, and words that describe it.

        The focus stays with its key.
        """
        self._put([(key, self._small(source, words)) for key, source, words in photos])
        self._settle()

    def _small(self, source: Source, words: str) -> Thumbnail:
        return Thumbnail(self.theme, source, words or self.tr("Photo"), self, tasks=self._tasks)

    def set_read_only(self, read_only: bool) -> None:
        """Show the photos without a way to add one."""
        self.adder.setVisible(not read_only)
        self.setAcceptDrops(not read_only)

    def thumbnails(self) -> list[Thumbnail]:
        """The photos shown."""
        return list(self._shown)

    def ask_for_files(self) -> None:
        """Let the user choose picture files."""
        title = self.tr("Choose photos")
        pictures = self.tr("Pictures ({patterns})").format(patterns=_FILES)
        paths, _ = QFileDialog.getOpenFileNames(self, title, "", pictures)
        if paths:
            self.files_added.emit(paths)

    def take(self, data: QMimeData) -> bool:
        """Take what was pasted or dropped; False if it holds no picture and no file."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.files_added.emit(paths)
            return True
        if data.hasImage():
            image = QImage(data.imageData())
            if not image.isNull():
                # A copy: the clipboard may change while the picture is being read.
                self.picture_added.emit(image.copy())
                return True
        return False

    def paste(self) -> bool:
        """Take a picture or files from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        return self.take(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste adds; Delete removes the photo with the focus."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.adder.isHidden():
            self.paste()
            return
        super().keyPressEvent(event)

    def _removes(self) -> bool:
        return not self.adder.isHidden()

    def _offers(self, key: object) -> list[tuple[str, str, Callable[[], None]]]:
        offers = [("eye", self.tr("Open"), lambda: self.opened.emit(key))]
        if self._marks:
            offers.append(("pencil", self.tr("Mark or blur"), lambda: self.marking.emit(key)))
        return offers

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()
