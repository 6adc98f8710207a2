"""The photos of an observation: looked at as large as the window, marked, and taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gemba.domain.photo_mark import hash_of
from gemba.domain.titles import first_words
from gemba.ui.widgets.photo_view import PhotoView

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.observation import Observation
    from gemba.domain.photo_mark import MarkedPhoto, PhotoMark
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.pages.mark_photo import MarkPhoto
    from gemba.ui.theme import Theme
    from gemba.ui.widgets import PhotoStrip


class SeenPhotos(QObject):
    """Fills a strip with the photos of one observation, and does what is asked of one of them."""

    def __init__(
        self, page: QWidget, theme: Theme, strip: PhotoStrip, *, walks: Walks, go: Go
    ) -> None:
        super().__init__(page)
        self._page = page
        self._theme = theme
        self._strip = strip
        self._walks = walks
        self._go = go
        self._seen: Observation | None = None
        self._photos: tuple[str | MarkedPhoto, ...] = ()
        self.view: PhotoView | None = None
        self.marks: MarkPhoto | None = None
        strip.opened.connect(self.open)
        strip.removed.connect(self.remove)
        strip.marking.connect(self.mark)

    def show(self, seen: Observation | None) -> None:
        """Show the photos of an observation; none is at hand any more with None."""
        self._seen = seen
        photos = self._walks.as_shown(seen).photos if seen is not None else ()
        if seen is None or photos != self._photos:
            self._strip.set_photos(
                [
                    (key, self._walks.shown_photo(seen, key), self.tr("Photo {n}").format(n=n))
                    for n, key in enumerate(map(hash_of, photos), 1)
                    if seen is not None
                ]
            )
        self._photos = photos

    def open(self, photo: object) -> None:
        """Show one of the photos as large as the window."""
        seen = self._seen
        if seen is None:
            return
        keys = [key for key in seen.photo_hashes if self._walks.bare_photo(key)]
        if str(photo) not in keys:
            return
        words = first_words(seen.saw, 120)
        shown = [(self._walks.shown_photo(seen, key), words) for key in keys]
        self.view = PhotoView(
            self._theme,
            self._page.window(),
            shown,
            keys.index(str(photo)),
            mark=lambda at: self.mark(keys[at]),
        )

    def mark(self, photo: object) -> None:
        """Mark one of the photos; each mark is kept as it is drawn."""
        seen, key = self._seen, str(photo)
        if seen is None or key not in seen.photo_hashes:
            return
        source = self._walks.bare_photo(key)
        if not source:
            return
        from gemba.services.photo_marks import marks_in
        from gemba.ui.pages.mark_photo import MarkPhoto

        here = seen.id
        before = marks_in(self._walks.observation(here), key)

        def keep(marks: tuple[PhotoMark, ...]) -> None:
            self._walks.mark_photo(here, key, marks)

        self.marks = MarkPhoto(
            self._theme,
            self._page.window(),
            source,
            photo=key,
            marks=before,
            keep=keep,
            done=lambda after: self._say_marked(here, key, before, after),
        )

    def _say_marked(
        self,
        here: UUID,
        key: str,
        before: tuple[PhotoMark, ...],
        after: tuple[PhotoMark, ...],
    ) -> None:
        for small in self._strip.thumbnails():
            if small.property("key") == key and small.isVisible():
                small.setFocus(Qt.FocusReason.OtherFocusReason)
        if before != after:
            self._go.say(
                self.tr("Marks on the photo changed"),
                undo=lambda: self._put_back(here, key, before),
            )

    def _put_back(self, here: UUID, key: str, before: tuple[PhotoMark, ...]) -> None:
        self._walks.mark_photo(here, key, before)

    def remove(self, photo: object) -> None:
        """Take one of the photos off; it can be put back with its marks."""
        if self._seen is None:
            return
        here, key = self._seen.id, str(photo)
        gone = next((one for one in self._seen.photos if hash_of(one) == key), key)

        def put_back() -> None:
            self._walks.attach_photo(here, gone)

        self._walks.detach_photo(here, key)
        self._go.say(self.tr("Photo removed"), undo=put_back)
