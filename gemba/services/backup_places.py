"""Where backups lie: beside the data, in the second place, and what each of them is told."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.backup import BackupPoint, SecondPlace
from gemba.domain.errors import Damaged, GembaError, NotFound
from gemba.services.backup_notes import Notes

if TYPE_CHECKING:
    from gemba.store.backup_files import BackupFolder
    from gemba.store.store import Store

Step = Callable[[], None]


class Stopped(GembaError):
    """Gemba closes, and what was going on is given up; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Caught:
    """How the second place stands after it was looked at; ``elsewhere`` is only there."""

    second: SecondPlace | None = None
    elsewhere: tuple[BackupPoint, ...] = ()
    trouble: GembaError | None = None
    before: tuple[SecondPlace, ...] = ()


class Places:
    """The folder of backups beside the data, and the second place that was chosen."""

    def __init__(self, store: Store, notes: Notes) -> None:
        self._store = store
        self._notes = notes

    @property
    def here(self) -> BackupFolder:
        """Return the folder beside the data."""
        from gemba.store.backup_files import FOLDER_NAME, BackupFolder

        return BackupFolder(self._store.folder / FOLDER_NAME)

    def there(self) -> BackupFolder | None:
        """Return the second place where it can be reached."""
        from gemba.store.backup_second import second_folder

        chosen = self._notes.second()
        if chosen is None or not _is_there(chosen):
            return None
        return second_folder(chosen, self._store.mark().installation)

    def own(self) -> list[BackupFolder]:
        """Return where the backups of this folder lie."""
        there = self.there()
        return [self.here, *([there] if there is not None else ())]

    def all(self) -> list[BackupFolder]:
        """Return where a backup may lie: here, in the second place, and those of others there."""
        from gemba.store.backup_second import all_in

        there, chosen = self.there(), self._notes.second()
        if there is None or chosen is None:
            return [self.here]
        others = [one for one in all_in(chosen) if one.path != there.path]
        return [self.here, there, *others]

    def point(self, name: str) -> BackupPoint:
        """Return a backup, wherever it lies; raises NotFound."""
        for place in self.all():
            try:
                return place.point(name)
            except NotFound:
                continue
        raise NotFound("backup.unknown", name=name)

    def wrapped_key(self) -> dict[str, object] | None:
        """Return what an encrypted folder's backups carry, so that each opens by itself."""
        if self._store.key is None:
            return None
        from gemba.store.backup_keys import wrapped_of

        return wrapped_of(self._store.folder)

    def bring_keys_along(self, folder: BackupFolder) -> None:
        """Have backups made under another passphrase open with the present one."""
        if self._store.key is not None:
            from gemba.store.backup_keys import bring_manifests_along

            bring_manifests_along(self._store.folder, folder.path)

    def catch_up(self, now: datetime, copying: Step, stop: Step) -> Caught:
        """Copy what the second place lacks; where it is away or fails that is only told.

        ``copying`` is called before the first copy. Raises Stopped.
        """
        caught = self._catch_up(now, copying, stop)
        self._lock_earlier_places(copying, stop)
        return replace(caught, before=self._before())

    def _catch_up(self, now: datetime, copying: Step, stop: Step) -> Caught:
        chosen, there = self._notes.second(), self.there()
        if chosen is None:
            return Caught()
        if there is None:
            return Caught(self._standing(chosen, there=False))
        try:
            try:
                self._bring(there, copying, stop)
            finally:
                self._note_plain(chosen, there)
            self._notes.caught_up(now, self.here.points())
            return Caught(self._standing(chosen, there=True), self._elsewhere())
        except Stopped:
            raise
        except (GembaError, OSError) as error:
            if not _is_there(chosen):
                return Caught(self._standing(chosen, there=False))
            return Caught(self._standing(chosen, there=True), (), _of_second(error, chosen))

    def _note_plain(self, chosen: Path, there: BackupFolder) -> None:
        """Remember what anybody can open there, for the day a passphrase is set."""
        from gemba.store.backup_relock import plain_names

        if _is_there(chosen):
            self._notes.lies_plain(chosen, plain_names(there))

    def _lock_earlier_places(self, copying: Step, stop: Step) -> None:
        """Bring what lies in plain in places chosen before under the passphrase."""
        from gemba.store.backup_second import second_folder

        for one in self._before():
            place = Path(one.folder)
            if not one.there:
                continue
            there = second_folder(place, self._store.mark().installation)
            try:
                copying()
                self._lock(there, stop)
                self._note_plain(place, there)
            except Stopped:
                raise
            except (GembaError, OSError):
                # It stays named until it can be done.
                continue

    def _lock(self, there: BackupFolder, stop: Step) -> None:
        """Bring backups from before the passphrase under it."""
        if self._store.key is None:
            return
        from gemba.store.backup_relock import Lock, bring_under_lock
        from gemba.store.sealed import SEAL_KEY

        seal_key, wrapped = self._store.settings.get(SEAL_KEY), self.wrapped_key()
        if seal_key is not None and wrapped is not None:
            bring_under_lock(there, Lock(self._store.key, seal_key, wrapped), stop)

    def _before(self) -> tuple[SecondPlace, ...]:
        """Return the places chosen earlier that hold backups in plain, under a passphrase only."""
        if self._store.key is None:
            return ()
        chosen = str(self._notes.second() or "")
        return tuple(
            SecondPlace(folder=folder, there=_is_there(Path(folder)), plain=names)
            for folder, names in sorted(self._notes.plain().items())
            if folder != chosen
        )

    def _bring(self, there: BackupFolder, copying: Step, stop: Step) -> None:
        from gemba.store.backup_second import catch_up, missing_there

        erased = self._notes.erased_before()
        there.remove(point for point in there.points() if point.counter < erased)
        if missing_there(self.here, there):
            copying()
            catch_up(self.here, there, stop=stop)
        self._lock(there, stop)
        self.bring_keys_along(there)

    def _standing(self, chosen: Path, *, there: bool) -> SecondPlace:
        return SecondPlace(
            folder=str(chosen),
            there=there,
            missing=self._notes.missing_since(self.here.points()),
            caught_up_at=self._notes.caught_up_at(),
            plain=() if self._store.key is None else self._notes.plain().get(str(chosen), ()),
        )

    def _elsewhere(self) -> tuple[BackupPoint, ...]:
        ours = {point.name for point in self.here.points()}
        found = {point.name: point for place in self.all()[1:] for point in place.points()}
        only = [point for name, point in found.items() if name not in ours]
        return tuple(sorted(only, key=lambda one: (one.made_at, one.counter), reverse=True))


def of_backup(error: GembaError) -> GembaError:
    """Say what a disk's trouble means for a backup."""
    if not error.key.startswith("store."):
        return error
    reason = str(error.values.get("reason", ""))
    if isinstance(error, Damaged):
        return Damaged("backup.damaged", what=reason or error.key)
    if _is_full(error):
        return GembaError("backup.no_room")
    return GembaError("backup.failed", reason=reason)


def _of_second(error: GembaError | OSError, chosen: Path) -> GembaError:
    told = error if isinstance(error, GembaError) else None
    reason = str(told.values.get("reason", "")) if told is not None else str(error)
    key = "backup.second_full" if _is_full(error) else "backup.second_failed"
    return GembaError(key, folder=str(chosen), reason=reason)


def _is_full(error: BaseException) -> bool:
    if getattr(error, "key", "") == "store.full":
        return True
    return errno.ENOSPC in (getattr(one, "errno", 0) for one in (error, error.__cause__))


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
