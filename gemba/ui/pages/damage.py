"""In place of Today when the data cannot be opened: what happened, and three ways on.

None of them changes the damaged file: it is only read, or laid aside as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import GembaError
from gemba.domain.salvaged import SalvageReport
from gemba.ui.pages.damage_words import count_words, lost_rows, still_words
from gemba.ui.pages.safety_points import PointList
from gemba.ui.tasks import Cancelled, CancelToken, Tasks
from gemba.ui.widgets import Button, Column, Label, Notice, RowList, ScrollPage

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

Tell = Callable[[int, int], None]


class Rescue(Protocol):
    """What can be done about a folder that cannot be opened; everything but ``why`` is slow."""

    why: GembaError
    """What happened, as it is said to the user."""
    file: Path
    """Where the damaged file lies."""

    def backups(self) -> Sequence[BackupPoint]:
        """Return the backups there are, newest first."""

    def restore(self, name: str) -> None:
        """Bring a backup back in the place of the damaged file."""

    def salvage(self, tell: Tell) -> SalvageReport:
        """Let what can be read take the place of the damaged file."""

    def look(self, tell: Tell) -> tuple[Path, SalvageReport]:
        """Make a folder of what can be read, to be looked at only."""

    def begin_anew(self) -> None:
        """Begin with an empty folder in the place of the damaged file."""


class _Progress(QObject):
    """Brings how far the work is from its thread to the window's."""

    told = Signal(int, int)


class DamagePage(QWidget):
    """Says what happened and where the file lies; restore, save what can be read, or only look.

    `reopen` opens the folder once it can be opened again, `open_look` a folder to look at.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        rescue: Rescue,
        tasks: Tasks,
        words: Callable[..., str],
        now: Callable[[], datetime],
        reopen: Callable[[], None],
        open_look: Callable[[Path, SalvageReport], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rescue = rescue
        self._tasks = tasks
        self._words = words
        self._now = now
        self._reopen = reopen
        self._open_look = open_look
        self._token: CancelToken | None = None
        self._progress = _Progress(self)
        self._progress.told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self._column = Column(theme)
        page.add(self._column)
        page.finish()
        self._build()
        self._work_parts(busy=False)
        self._look_for_backups()

    def _build(self) -> None:
        theme, add = self.theme, self._column.add
        add(Label(theme, self.tr("Your data need a hand"), step="title"))
        why = self._rescue.why
        self.notice = Notice(theme, self._words(why.key, **why.values), kind="stop")
        add(self.notice)
        self.place = Label(theme, self._place_words(), tone="ink_soft")
        add(self.place)
        self._build_work()
        self._build_result()
        self._build_ways()

    def _place_words(self) -> str:
        file = self._rescue.file
        if not file.exists():
            return self.tr("It should lie here: {file}").format(file=file)
        return self.tr(
            "The file lies here: {file}\nNothing in it was changed. Whatever you choose, it is "
            "kept as it is, in the folder aside beside it."
        ).format(file=file)

    def _build_work(self) -> None:
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, self.theme.px(16), 0, 0)
        self.progress = Label(self.theme, "")
        self.cancel = Button(self.theme, self.tr("Cancel"), kind="quiet")
        self.cancel.clicked.connect(self._stop)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        self._column.add(self._work)

    def _build_result(self) -> None:
        self._result = QWidget()
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, self.theme.px(16), 0, 0)
        column.setSpacing(self.theme.px(12))
        self.saved = Notice(self.theme, "", kind="good")
        self.losses = RowList(self.theme, name=self.tr("What did not come out whole"))
        self.go_on = Button(self.theme, self.tr("Open what was saved"), kind="primary")
        self.go_on.clicked.connect(lambda: self._reopen())
        column.addWidget(self.saved)
        column.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.losses)
        self._column.add(self._result)

    def _build_ways(self) -> None:
        theme = self.theme
        self._ways = QWidget()
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._body = column
        self._head(self.tr("Bring back a backup"))
        self.backups = Label(theme, self.tr("Looking for backups."), tone="ink_soft")
        column.addWidget(self.backups)
        self.newest = self._button(self.tr("Bring back the newest"), "rotate-ccw", primary=True)
        self.points = PointList(theme, now=self._now)
        self.points.restore_asked.connect(self._restore)
        column.addWidget(self.points)
        self._head(self.tr("Save what can be read"))
        self._say(
            self.tr(
                "Gemba reads the file piece by piece, proves every record, and goes on with those "
                "that are whole. What is lost is named."
            )
        )
        self.salvage = self._button(self.tr("Save what can be read"), "archive")
        self.salvage.clicked.connect(self._salvage)
        self._head(self.tr("Only look"))
        self._say(self.tr("Open what can be read, without changing anything anywhere."))
        self.look = self._button(self.tr("Look"), "eye")
        self.look.clicked.connect(self._look)
        self._head(self.tr("Begin with nothing"))
        self._say(self.tr("Start with an empty folder. The damaged file is kept aside."))
        self.anew = self._button(self.tr("Begin empty"), "")
        self.anew.clicked.connect(self._begin_anew)
        self._column.add(self._ways)

    def _head(self, words: str) -> None:
        self._body.addSpacing(self.theme.px(24))
        self._body.addWidget(Label(self.theme, words, step="strong", wrap=False))

    def _say(self, words: str) -> None:
        self._body.addWidget(Label(self.theme, words, tone="ink_soft"))

    def _button(self, words: str, icon: str, *, primary: bool = False) -> Button:
        made = Button(self.theme, words, icon=icon, kind="primary" if primary else "secondary")
        self._body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)
        return made

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Your data need a hand")

    def arrive(self, **_what: object) -> None:
        """Nothing has to be read again: the file is not touched."""

    def leave(self) -> None:
        """Nothing is written here."""

    # What is shown

    def _work_parts(self, *, busy: bool, result: bool = False) -> None:
        self._work.setVisible(busy)
        self._result.setVisible(result)
        self._ways.setVisible(not busy and not result)

    def _look_for_backups(self) -> None:
        self.newest.hide()
        self.points.hide()
        self._tasks.run(
            self, lambda _token: tuple(self._rescue.backups()), self._show_backups, self._failed
        )

    def _show_backups(self, points: tuple[BackupPoint, ...]) -> None:
        self.backups.setText(
            self.tr("Each was checked row by row when it was made, and is proved once more now.")
            if points
            else self.tr("There is no backup of this folder.")
        )
        self.newest.setVisible(bool(points))
        self.points.setVisible(len(points) > 1)
        if points:
            # One of a part of damaged data is listed, and never what is brought back at a click.
            newest = next((one for one in points if not one.partial), points[0])
            self.newest.clicked.connect(lambda: self._restore(newest.name))
            self.newest.setText(
                self.tr("Bring back: {when}").format(when=still_words(newest, self._now()))
            )
            self.points.show_points(points, enabled=True)
        first = self.newest if points else self.salvage
        if first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_progress(self, done: int, total: int) -> None:
        if self._token is not None:
            words = self.tr("Reading: page {done} of {total}")
            self.progress.setText(words.format(done=done, total=total))

    # What can be done

    def _restore(self, name: str) -> None:
        self._begin(self.tr("The backup is brought back and proved."), stops=False)
        self._token = self._tasks.run(
            self,
            lambda _token: self._rescue.restore(name),
            lambda _done: self._reopen(),
            self._failed,
        )

    def _salvage(self) -> None:
        self._begin(self.tr("Reading"))
        self._token = self._tasks.run(
            self, lambda token: self._rescue.salvage(self._tell(token)), self._saved, self._failed
        )

    def _look(self) -> None:
        self._begin(self.tr("Reading"))
        self._token = self._tasks.run(
            self,
            lambda token: self._rescue.look(self._tell(token)),
            lambda made: self._open_look(*made),
            self._failed,
        )

    def _begin_anew(self) -> None:
        self._begin(self.tr("The file is laid aside."), stops=False)
        self._token = self._tasks.run(
            self,
            lambda _token: self._rescue.begin_anew(),
            lambda _done: self._reopen(),
            self._failed,
        )

    def _begin(self, words: str, *, stops: bool = True) -> None:
        self.progress.setText(words)
        self.cancel.setVisible(stops)
        self._work_parts(busy=True)

    def _tell(self, token: CancelToken) -> Tell:
        emit = self._progress.told.emit

        def tell(done: int, total: int) -> None:
            token.check()
            emit(done, total)

        return tell

    def _stop(self) -> None:
        if self._token is not None:
            self._token.cancel()
            self._token = None
        self._work_parts(busy=False)

    def _saved(self, report: SalvageReport) -> None:
        self._token = None
        self.notice.hide()
        self.place.setText(
            self.tr("The damaged file is kept as it was, here: {folder}").format(
                folder=self._rescue.file.parent / "aside"
            )
        )
        self.saved.say(count_words(report, self._words))
        rows = lost_rows(report)
        self.losses.set_rows(rows)
        self.losses.setVisible(bool(rows))
        self._work_parts(busy=False, result=True)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._token = None
        self._work_parts(busy=False)
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, GembaError):
            raise error
        self.notice.say(self._words(error.key, **error.values))
