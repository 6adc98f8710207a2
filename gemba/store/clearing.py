"""The store's ways to take something away: into the bin, out of it, and for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from gemba.domain.away import Away
from gemba.domain.changes import Ref
from gemba.domain.kinds import Record
from gemba.store import binned, journal, rub
from gemba.store.attached import forget_lent
from gemba.store.faults import readable_faults
from gemba.store.rub_photos import rub_photos_out
from gemba.store.scan import Found, scan_folder
from gemba.store.settings import HALF_ERASED
from gemba.store.tables import photo, setting
from gemba.store.writing import Written

if TYPE_CHECKING:
    from gemba.store.disk import Disk
    from gemba.store.photos import Photos

_GOING: Final = "photos.going"
"""The photos whose files still have to go, so that a kill between leaves none behind."""


class Clearing:
    """Lists the bin, empties it, and rubs out what may not be known any more."""

    def __init__(
        self,
        disk: Disk,
        photos: Photos,
        folder: Path,
        installation: str,
        key: bytes | None = None,
    ) -> None:
        self._disk = disk
        self._photos = photos
        self._folder = folder
        self.installation = installation
        self._key = key

    def away(self) -> list[Away]:
        """Return every record in the bin, the newest step first."""
        with self._disk.reading(one_state=True) as connection:
            return binned.things_away(connection)

    def naming(self, ref: Ref, besides: Iterable[Ref] = ()) -> list[Ref]:
        """Return the records, in the bin or not, that cannot be without a record."""
        with self._disk.reading(one_state=True) as connection:
            return binned.naming(connection, ref, besides)

    def named(self, kind: str) -> set[UUID]:
        """Return which records of a kind some record names, in the bin or not."""
        with self._disk.reading(one_state=True) as connection:
            return binned.named(connection, kind)

    def newest_row(self) -> int:
        """Return the number of the journal's newest row."""
        with self._disk.reading() as connection:
            return journal.newest_number(connection)

    def everything(self) -> list[Record]:
        """Return every record that can be read, those in the bin as well."""
        with self._disk.reading(one_state=True) as connection:
            return rub.every_record(connection)

    def having(self, may: Callable[[str], bool], step: rub.Step = rub.no_step) -> list[Record]:
        """Return the records whose raw texts pass a quick look, those in the bin as well."""
        with self._disk.reading(one_state=True) as connection:
            return rub.records_having(connection, may, step)

    def purge(self, refs: Sequence[Ref], *, who: str) -> Written:
        """Take records in the bin away for good; raises what a write raises.

        What another record still names stays. Photos that nothing names any more go too.
        """
        with self._disk.writing(erasing=True) as connection:
            writer = self._writer(connection, who)
            photos = binned.photos_in(connection, refs)
            written = binned.purge(connection, writer, refs)
            if written.refs:
                self._let_photos_go(connection, photos)
                binned.forget_words(connection)
        self.finish()
        forget_lent(self._folder)
        return written

    def rub_out(
        self,
        records: Sequence[Record],
        rubber: rub.Rubber | None,
        *,
        who: str,
        emptied: Sequence[tuple[Ref, str]] = (),
        photos: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        backups_too: bool = False,
        step: rub.Step = rub.no_step,
    ) -> Written:
        """Write records as they shall read from now on, with nothing left of how they read.

        ``photos`` are named by none of the records any more, and go unless one still does;
        ``settings`` are set, or forgotten where empty, in the same transaction, which is the
        point of no return: ``step`` can raise before it. Then `pack` must write the file anew,
        so that none of its bytes tells either; a kill in between leaves a word by which the next
        start does it, and erases the older backups too with ``backups_too``.
        """
        with self._disk.writing(erasing=True) as connection:
            writer = self._writer(connection, who)
            written = rub.rub_out(connection, writer, records, rubber, emptied, step)
            if photos:
                rub_photos_out(connection, photos)
                self._let_photos_go(connection, photos)
            for key, value in (settings or {}).items():
                rub.put_setting(connection, key, value)
            rub.put_setting(connection, HALF_ERASED, "backups" if backups_too else "pages")
            step("last", len(records), len(records))
        # A copy that a player was lent is called as the memo was.
        forget_lent(self._folder)
        return written

    def pack(self) -> None:
        """Write the file anew, without what was deleted."""
        self._disk.pack()

    def whole_again(self) -> None:
        """Note that nothing of an erasing is left to do."""
        with self._disk.writing() as connection:
            rub.put_setting(connection, HALF_ERASED, "")

    def expect(self, key: str) -> None:
        """Note that the file of a photo is about to come, so that a kill leaves no orphan."""

        def work(connection: Connection, _at: datetime) -> None:
            going = _going(connection)
            if key not in going:
                rub.put_setting(connection, _GOING, json.dumps([*going, key]))

        self._disk.commit(work)

    def arrived(self, connection: Connection, key: str) -> None:
        """Note, as a part of the write that names it, that a photo has come."""
        going = _going(connection)
        if key in going:
            left = [one for one in going if one != key]
            rub.put_setting(connection, _GOING, json.dumps(left) if left else "")

    def finish(self) -> None:
        """Remove the files of photos that are gone, also those a kill left behind.

        One that was taken in again meanwhile stays.
        """
        with self._disk.reading() as connection:
            if not _going(connection):
                return
        with self._disk.writing() as connection:
            going = _going(connection)
            back = set(
                connection.execute(select(photo.c.hash).where(photo.c.hash.in_(going))).scalars()
            )
            for key in going:
                if key not in back:
                    self._photos.drop(key)
            rub.put_setting(connection, _GOING, "")

    def holding(self, words: Iterable[str]) -> list[Found]:
        """Return the files of the folder in which one of these words stands, in its raw bytes.

        In an encrypted folder what its key opens is looked through page by page.
        """
        return self.look(words)[0]

    def look(self, words: Iterable[str]) -> tuple[list[Found], list[Path]]:
        """Return the same, and the files under another lock: nobody can tell what they hold."""
        with readable_faults():
            if self._key is None:
                return scan_folder(self._folder, words), []
            from gemba.store.scan_locked import Unlocking

            opened = Unlocking(self._key, self._photos.seal)
            found = scan_folder(self._folder, words, opened)
            return found, [path.relative_to(self._folder) for path in opened.strange]

    def _let_photos_go(self, connection: Connection, keys: Iterable[str]) -> None:
        gone = binned.drop_photos(connection, keys)
        if gone:
            rub.put_setting(connection, _GOING, json.dumps([*_going(connection), *gone]))

    def _writer(self, connection: Connection, who: str) -> journal.Writer:
        at: datetime = self._disk.now()
        return journal.Writer(at=at, installation=self.installation, who=who, visit="")


def _going(connection: Connection) -> list[str]:
    """Return the photos whose files still have to go."""
    held = connection.execute(select(setting.c.value).where(setting.c.key == _GOING)).scalar()
    return [str(key) for key in json.loads(held or "[]")]
