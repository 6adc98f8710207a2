"""Single records that the disk altered: what can be read of them, and bringing them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gemba.domain.changes import Plain, Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.health import CheckReport
from gemba.domain.kinds import KINDS, Record
from gemba.domain.salvaged import words_of

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder
    from gemba.store.store import Store

_MOST_BACKUPS = 12


@dataclass(frozen=True, slots=True)
class Hurt:
    """A damaged record: the words that can be read, and from where it can be brought back.

    ``back`` is None where it cannot; ``from_journal`` where nothing at all would be lost, else
    ``made_at`` says when the backup was made that holds it.
    """

    ref: Ref
    words: str
    back: Record | None = None
    from_journal: bool = False
    made_at: datetime | None = None


class Mending:
    """Looks through the open folder for damage and mends single records."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def check(self, stop: Callable[[], None] = lambda: None) -> CheckReport:
        """Look through every row; slow, from any thread, and no write waits for it.

        Of the photos nothing is said. ``stop`` is asked between steps and may raise.
        """
        from gemba.services.inspection import look_through

        return look_through(self._recorder.store, stop)

    def remake(self) -> None:
        """Make the search index and the days of Today anew from the records; nothing waits."""

        def work(store: Store) -> None:
            store.remake_derived()

        self._recorder.run_soon(work)

    def hurt(self, refs: Sequence[Ref]) -> tuple[Hurt, ...]:
        """Say of damaged records what can be done about each; slow, from any thread."""
        store = self._recorder.store
        journal_whole = not self.check().journal
        found: list[Hurt] = []
        missing: list[Ref] = []
        for ref in refs:
            record = _from_journal(store, ref) if journal_whole else None
            found.append(Hurt(ref, _readable(store, ref), record, record is not None))
            if record is None:
                missing.append(ref)
        backed = _from_backups(store, missing)
        return tuple(
            replace(one, back=backed[one.ref][0], made_at=backed[one.ref][1])
            if one.ref in backed
            else one
            for one in found
        )

    def bring_back(self, hurt: Hurt) -> None:
        """Put the sound record in the place of the damaged one; raises Damaged without one."""
        record = hurt.back
        if record is None:
            raise Damaged("store.damaged", kind=hurt.ref.kind, id=hurt.ref.id, reason="lost")
        who = self._recorder.who
        self._recorder.run(lambda store: store.mend(record, who=who))


def _readable(store: Store, ref: Ref) -> str:
    """Return the words of a damaged record as they stand there now, altered or not."""
    from dataclasses import fields

    cls: Any = KINDS[ref.kind]
    names = [one.name for one in fields(cls)]
    try:
        rows = store.columns(cls, names, id=ref.id)
    except (GembaError, ValueError, TypeError):
        return ""
    return words_of(dict(zip(names, rows[0], strict=True))) if rows else ""


def _from_journal(store: Store, ref: Ref) -> Record | None:
    """Write a record anew from its journal, None where that does not begin with it."""
    from gemba.store.salvage_journal import tell_all
    from gemba.store.salvage_rows import sound_record

    rows = [
        {
            "number": place,
            "kind": ref.kind,
            "record_id": ref.id,
            "at": entry.at,
            "field": entry.change.field,
            "before": entry.change.before,
            "after": entry.change.after,
            "revision": entry.revision,
        }
        for place, entry in enumerate(store.journal(ref))
    ]
    told = tell_all(rows, end=True).get(ref)
    if told is None or told.plain is None or told.deleted_at is not None:
        return None
    plain: dict[str, Plain] = {**told.plain, "revision": told.revision}
    return sound_record(ref.kind, plain)


def _from_backups(store: Store, refs: Sequence[Ref]) -> dict[Ref, tuple[Record, datetime]]:
    """Find each record in the newest backup that has it as it was written."""
    from gemba.services.restoring import list_backups
    from gemba.store.backup_files import FOLDER_NAME, BackupFolder
    from gemba.store.salvage import salvage_file

    wanted = set(refs)
    found: dict[Ref, tuple[Record, datetime]] = {}
    here = BackupFolder(store.folder / FOLDER_NAME)
    # What was read of damaged data may have lost a part of a record.
    whole = [point for point in list_backups(store.folder) if not point.partial]
    for point in whole[:_MOST_BACKUPS] if wanted else []:
        held = salvage_file(here.database(point.name), key=store.key).sound
        for ref in wanted & held.keys():
            record = held[ref].record
            if record is not None and held[ref].deleted_at is None:
                found[ref] = (record, point.made_at)
        wanted -= found.keys()
        if not wanted:
            break
    return found
