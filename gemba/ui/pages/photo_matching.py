"""Photos of a phone after the walk: each beside the observation it was taken with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.photo_times import nearest
from gemba.ui.pages.photo_match_row import MatchRow
from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from gemba.domain.observation import Observation
    from gemba.services.photo_import import Brought, FoundPhoto, PhotoImport
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

MOST_ROWS = 100
_FILES = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff *.heic *.heif"


class PhotoMatching(QWidget):
    """Asks for files or a folder, shows which photo would go where, and waits for a yes.

    Nothing is taken in before; what is taken in goes with its observation or not at all. `brought`
    says that something was.
    """

    brought = Signal()
    _counted = Signal(int, int)

    def __init__(
        self,
        theme: Theme,
        *,
        photos: PhotoImport,
        tasks: Tasks,
        go: Go,
        reminder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._photos = photos
        self._tasks = tasks
        self._go = go
        self._seen: Sequence[Observation] = ()
        self._token: CancelToken | None = None
        self.rows: list[MatchRow] = []
        self._waiting: list[tuple[FoundPhoto, Observation]] = []
        self._answered: set[Path] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(24))
        column.setSpacing(theme.px(8))
        self.said = Label(theme, reminder, tone="ink_soft")
        self._reminder = reminder
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        self.files = Button(theme, self.tr("Choose photos"), icon="image")
        self.folder = Button(theme, self.tr("Choose a folder"), icon="folder-open")
        self.cancel = Button(theme, self.tr("Cancel"), kind="quiet")
        self.files.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)
        self.cancel.clicked.connect(self.stop)
        for button in (self.files, self.folder, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.said)
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.px(8))
        column.addLayout(self._place)
        self.take = Button(theme, "", kind="secondary", icon="check")
        self.take.clicked.connect(self._bring)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeading)
        self._counted.connect(self._show_count)
        self._doing = self.tr("Looked at {n} of {of}.")
        self._rest()

    def open(self, seen: Sequence[Observation]) -> None:
        """Begin with the observations that photos may go to."""
        self.stop()
        self._seen = [one for one in seen if one.seen_at is not None]
        self._answered.clear()
        self._clear()
        none = self.tr("Nothing on this walk has a time, so no photo can be matched.")
        self.said.setText(self._reminder if self._seen else none)
        self.files.setEnabled(bool(self._seen))
        self.folder.setEnabled(bool(self._seen))
        self.show()
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Stop what is under way; photos that were taken in stay."""
        if self._token is not None:
            self._token.cancel()
            self._token = None
            self._rest()
            self.said.setText(self.tr("Stopped. What was taken in before stays."))
            self.brought.emit()

    def _rest(self) -> None:
        self.cancel.hide()
        self.take.setVisible(bool(self.rows))
        self.take.setEnabled(True)
        self.said.setVisible(True)

    def _clear(self) -> None:
        for row in self.rows:
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        self._rest()

    # Which files

    def _ask_files(self) -> None:
        pictures = self.tr("Pictures ({patterns})").format(patterns=_FILES)
        dialog = QFileDialog(self.window(), self.tr("Choose photos"), "", pictures)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._ask(dialog, lambda paths: self.look([Path(path) for path in paths]))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._ask(dialog, lambda paths: self.look_in(Path(paths[0])))

    def _ask(self, dialog: QFileDialog, chosen: Callable[[list[str]], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(chosen)
        dialog.open()

    def look_in(self, folder: Path) -> None:
        """Look at every picture in a folder and below."""
        photos = self._photos
        self._run(lambda count, off: photos.look(photos.pictures_in(folder), count, off))

    def look(self, paths: list[Path]) -> None:
        """Look when these were taken."""
        photos = self._photos
        self._run(lambda count, off: photos.look(paths, count, off))

    def _run(
        self,
        look: Callable[[Callable[[int, int], None], Callable[[], bool]], list[FoundPhoto]],
    ) -> None:
        self._clear()
        self._waiting = []
        self._doing = self.tr("Looked at {n} of {of}.")
        self._start(lambda token: look(self._counted.emit, lambda: token.cancelled), self._show)

    def _start(self, work: Callable[[CancelToken], object], done: Callable[[object], None]) -> None:
        self.cancel.show()
        self.take.setEnabled(False)
        self._token = self._tasks.run(self, work, done, self._refuse)

    def _show_count(self, done: int, of: int) -> None:
        if self._token is not None:
            self.said.setText(self._doing.format(n=done, of=of))

    def _refuse(self, trouble: BaseException) -> None:
        self._token = None
        self._rest()
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)

    # What goes where

    def _show(self, found: object) -> None:
        self._token = None
        assert isinstance(found, list)
        # What was taken in or left out already is not asked again for the same folder.
        new = [one for one in found if one.path not in self._answered]
        near = [(one, nearest(one.taken, self._seen)) for one in new]
        self._waiting = [(one, seen) for one, seen in near if seen is not None]
        self.said.setText(" ".join(self._told(new, len(self._waiting), len(found) - len(new))))
        self._show_next()

    def _show_next(self) -> None:
        shown, self._waiting = self._waiting[:MOST_ROWS], self._waiting[MOST_ROWS:]
        for one, seen in shown:
            row = MatchRow(self.theme, one, seen, self._seen, self)
            self._place.addWidget(row)
            self.rows.append(row)
        self.take.setText(self.tr("Take these in"))
        self._rest()
        if self.rows:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)
            self._preview(0)

    def _told(self, found: list[FoundPhoto], matched: int, answered: int) -> list[str]:
        refused = [one for one in found if one.refused is not None]
        other = len(found) - matched - len(refused)
        told = [self.tr("{n} belong to this walk by their time.").format(n=matched)]
        if other:
            told.append(self.tr("{n} were taken at another time, or do not say.").format(n=other))
        if refused:
            names = ", ".join(one.path.name for one in refused[:3])
            told.append(self.tr("{n} cannot be read: {names}.").format(n=len(refused), names=names))
        if answered:
            told.append(self.tr("{n} were answered before.").format(n=answered))
        if matched > MOST_ROWS:
            words = self.tr("The first {n} are shown; the next come when these are taken in.")
            told.append(words.format(n=MOST_ROWS))
        if self._reminder:
            told.append(self._reminder)
        return told

    def _preview(self, number: int) -> None:
        """Read small pictures one after the other, beside the window."""
        if number >= len(self.rows):
            return
        row, photos = self.rows[number], self._photos
        path = row.found.path

        def go_on() -> None:
            if number < len(self.rows) and self.rows[number] is row:
                self._preview(number + 1)

        def shown(data: bytes) -> None:
            row.show_picture(data)
            go_on()

        self._tasks.run(row, lambda _token: photos.preview(path), shown, lambda _e: go_on())

    # Taking in

    def _bring(self) -> None:
        chosen = [row.chosen() for row in self.rows]
        pairs = [pair for pair in chosen if pair is not None]
        if not pairs:
            self._answer()
            self.said.setText(" ".join(self._left()))
            self._show_next()
            return
        self._doing = self.tr("Took in {n} of {of}.")
        photos = self._photos
        self._start(
            lambda token: photos.bring(pairs, self._counted.emit, lambda: token.cancelled),
            self._done,
        )

    def _done(self, brought: object) -> None:
        self._token = None
        self._answer()
        self.said.setText(self._after(brought))  # type: ignore[arg-type]
        self._show_next()
        self.brought.emit()

    def _answer(self) -> None:
        self._answered.update(row.found.path for row in self.rows)
        self._clear()

    def _left(self) -> list[str]:
        if not self._waiting:
            return []
        return [self.tr("{n} more belong to this walk.").format(n=len(self._waiting))]

    def _after(self, brought: Brought) -> str:
        said = self.tr("{n} photos taken in.").format(n=brought.count)
        if brought.refused:
            names = ", ".join(path.name for path, _error in brought.refused[:3])
            said += " " + self.tr("{n} could not be read: {names}.").format(
                n=len(brought.refused), names=names
            )
        return " ".join((said, *self._left()))
