"""Clashes: two texts for one field, both kept until somebody chooses, across a restart as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from gemba.domain.changes import Plain, Ref, put_at, value_at
from gemba.domain.clash import Clash
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, GembaError, NotFound, Refused
from gemba.domain.kinds import KINDS, Record
from gemba.domain.pen import COACH, OWNER
from gemba.services.clashing import PREFIX, keep, key_of, read_clash

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder
    from gemba.services.sheets import Sheets
    from gemba.store.store import Store


@dataclass(frozen=True, slots=True)
class OpenClash:
    """A clash as it stands now, and whether its record can still be written."""

    clash: Clash
    record: Record | None


class Conflicts:
    """Lists what clashes and writes what was chosen; sheets are loaded when one is settled."""

    def __init__(self, recorder: Recorder, sheets: Callable[[], Sheets]) -> None:
        self._recorder = recorder
        self._sheets = sheets

    def open(self) -> list[OpenClash]:
        """Return every clash with the other text as it is now, and forget those that settled."""
        found: list[OpenClash] = []
        for key, text in sorted(self._recorder.store.settings.all().items()):
            held = read_clash(text) if key.startswith(PREFIX) else None
            if held is None:
                continue
            record = self._record(held.ref)
            theirs = value_at(to_plain(record), held.field) if record is not None else None
            if record is not None and theirs == held.mine:
                self._recorder.remember(key, "")
                continue
            found.append(OpenClash(replace(held, theirs=theirs), record))
        return found

    def settle(self, clash: Clash, value: Plain, *, for_owner: bool = False) -> None:
        """Write what was chosen as a new change; ``for_owner`` takes the pen of a sheet for it.

        Raises GembaError "conflict.changed_again" when the other text has changed since it was
        shown, and Refused where the words are somebody else's to write; then nothing is written.
        """
        cls = KINDS.get(clash.ref.kind)
        if cls is None:
            raise BadInput("data.unknown_kind", kind=clash.ref.kind)

        def work(store: Store) -> object:
            record = store.get(cls, clash.ref.id)
            plain = cast("dict[str, Plain]", to_plain(record))
            if value_at(plain, clash.field) != clash.theirs:
                raise GembaError("conflict.changed_again")
            put_at(plain, clash.field, value)
            after = from_plain(cls, plain)
            self._permit(record, after)
            written = store.write((after,), who=self._recorder.who)
            store.settings.forget(key_of(clash))
            return written

        with self._pen(clash.ref, wanted=for_owner):
            self._recorder.run(work)

    def _permit(self, before: Record, after: Record) -> None:
        """Refuse a choice that whoever is at the keyboard could not have typed."""
        from gemba.domain.sheet import MarginNote

        self._recorder.permit(before, after)
        if not isinstance(before, MarginNote) or not isinstance(after, MarginNote):
            return
        sheet = self._sheets().get(before.sheet_id)
        if before.answer != after.answer and not self._sheets().may_write(sheet):
            raise Refused("sheet.no_pen", owner=self._sheets().owner_of(sheet))

    @contextmanager
    def _pen(self, ref: Ref, *, wanted: bool) -> Iterator[None]:
        """Hold the pen of a sheet for its owner while something is written; the journal tells."""
        from gemba.domain.sheet import MarginNote, Sheet

        record = self._record(ref) if wanted else None
        if isinstance(record, MarginNote):
            record = self._sheets().get(record.sheet_id)
        if not isinstance(record, Sheet) or self._sheets().may_write(record):
            yield
            return
        self._sheets().give_pen(record.id, COACH)
        try:
            yield
        finally:
            self._sheets().give_pen(record.id, OWNER)

    def drop(self, clash: Clash) -> None:
        """Forget what was typed, because it was copied or is not wanted."""
        self._recorder.remember(key_of(clash), "")
        self._recorder.settle()

    def take_back(self, clash: Clash) -> None:
        """Lay a clash aside again, as undo of forgetting it."""
        self._recorder.run(lambda store: keep(store, (clash,)))

    def _record(self, ref: Ref) -> Record | None:
        cls = KINDS.get(ref.kind)
        try:
            return self._recorder.get(cls, ref.id) if cls is not None else None
        except NotFound:
            return None
