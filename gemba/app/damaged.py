"""What a session does about a folder that cannot be opened, and about other copies beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.errors import Damaged, GembaError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts
    from gemba.domain.backup import BackupPoint
    from gemba.domain.health import CheckReport
    from gemba.domain.salvaged import SalvageReport
    from gemba.ui.tasks import CancelToken

_STRANGE = ("store.not_a_database", "key.does_not_fit")


def is_damage(error: BaseException) -> bool:
    """Tell whether an error of opening means that the file cannot be used as it is.

    A key is handed in only once its passphrase opened it: where the file does not open with it,
    it is the file.
    """
    if not isinstance(error, GembaError):
        return False
    return isinstance(error, Damaged) or error.key in _STRANGE


class FolderRescue:
    """The ways on for one damaged folder, for the damage page."""

    def __init__(
        self,
        folder: Path,
        why: GembaError,
        words: Callable[..., str],
        *,
        key: bytes | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        strange = why.key in _STRANGE
        self.why = GembaError("damage.not_a_database") if strange else why
        self.file = folder / "gemba.db"
        self._folder = folder
        self._words = words
        self._key = key
        self._now = now

    def _mark(self, text: str) -> str:
        return self._words("salvage.mark", text=text)

    def backups(self) -> Sequence[BackupPoint]:
        """Return the backups there are, newest first."""
        from gemba.services.restoring import list_backups

        return list_backups(self._folder)

    def restore(self, name: str) -> None:
        """Bring a backup back in the place of the damaged file."""
        from gemba.services.restoring import restore_backup

        restore_backup(self._folder, name, key=self._key, now=self._now)

    def salvage(self, tell: Callable[[int, int], None]) -> SalvageReport:
        """Let what can be read take the place of the damaged file."""
        from gemba.services.salvage import salvage_in_place

        return salvage_in_place(self._folder, self._mark, self._now, tell, key=self._key)

    def look(self, tell: Callable[[int, int], None]) -> tuple[Path, SalvageReport]:
        """Make a folder of what can be read, to be looked at only."""
        from gemba.services.salvage import look_into

        return look_into(self._folder, self._mark, tell, key=self._key)

    def begin_anew(self) -> None:
        """Begin with an empty folder in the place of the damaged file."""
        from gemba.services.salvage import begin_anew

        begin_anew(self._folder, self._now, key=self._key)


def damage_page(session: SessionParts, why: GembaError, key: bytes | None = None) -> QWidget:
    """Build the page that stands in place of Today."""
    from gemba.ui.pages.damage import DamagePage

    now = session.app.now or (lambda: datetime.now().astimezone())
    return DamagePage(
        session.theme,
        rescue=FolderRescue(session.folder, why, session.words, key=key, now=now),
        tasks=session.app.tasks,
        words=session.words,
        now=now,
        reopen=lambda: session.app.reopen(lambda _session: None),
        open_look=session.app.open_look,
    )


def tell_of_neighbours(session: SessionParts) -> None:
    """Say that another copy of the data lies beside, or that a strange journal was laid aside."""
    from gemba.services.beside import copies_beside

    aside = session.workspace.store.journal_aside
    copies = copies_beside(session.folder)
    if aside is not None:
        session.window.show_banner(session.words("damage.strange_journal", aside=str(aside)))
    elif copies:
        names = ", ".join(path.name for path in copies)
        session.window.show_banner(
            session.words("damage.copy_beside", names=names, file="gemba.db")
        )


FIRST_LOOK_AFTER = 8_000
"""Milliseconds after which everything is looked through, beside the work."""


class DamageWatch:
    """Looks through everything once after the start, and says what was found beside its cause."""

    def __init__(self, session: SessionParts) -> None:
        from PySide6.QtCore import QTimer

        # Every kind of record comes with it: not before the first picture.
        from gemba.services.mending import Mending

        self._session = session
        self._token: CancelToken | None = None
        work = session.workspace
        self._mending = Mending(work.recorder)
        work.recorder.on_damaged = lambda error: self._say_records(1, error)
        self._timer = QTimer(session.window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FIRST_LOOK_AFTER)
        self._timer.timeout.connect(self.look)
        if work.store.writable:
            self._timer.start()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        if self._token is not None:
            self._token.cancel()

    def look(self) -> None:
        """Look through everything on another thread."""
        self._timer.stop()
        session, mending = self._session, self._mending
        self._token = session.app.tasks.run(
            session.window, lambda token: mending.check(token.check), self._found, told_elsewhere
        )

    def _found(self, report: CheckReport) -> None:
        session = self._session
        if report.file:
            why = Damaged("damage.torn", reason=report.file[0])
            session.window.show_banner(
                session.words(why.key, **why.values),
                session.words("damage.what_to_do"),
                lambda: session.app.reopen_damaged(why),
            )
        elif report.damaged:
            self._say_records(len(report.damaged), None)
        if report.derived and not report.file:
            # Nothing is lost: it comes from the records.
            self._mending.remake()

    def _say_records(self, count: int, error: GembaError | None) -> None:
        session = self._session
        said = session.words("damage.records", count=count)
        if error is not None:
            said = session.words(error.key, **error.values)
        session.window.show_banner(
            said, session.words("damage.what_to_do"), lambda: session.go.to("hurt")
        )

    def page(self) -> QWidget:
        """Build the page of damaged records."""
        from gemba.ui.pages.hurt import HurtPage

        session = self._session
        return HurtPage(
            session.theme,
            mending=self._mending,
            tasks=session.app.tasks,
            go=session.go,
            now=session.workspace.recorder.now,
        )


def told_elsewhere(error: BaseException) -> None:
    """A folder that was closed or torn meanwhile is told by whoever reads it."""
    if not isinstance(error, GembaError):
        raise error
