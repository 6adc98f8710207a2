"""The course of a sheet: its stages by the owner's word, its closing, and what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, GembaError, Refused
from gemba.domain.link import BECAME, Link
from gemba.domain.sheet import STAGES, Check, Sheet
from gemba.domain.sheet_story import Closing, StageStep
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets
from gemba.services.thread import Thread

LOOKS: Final = (30, 60, 90)
"""Days after closing on which somebody goes and sees whether the standard holds."""


class Course:
    """Moves, closes and reopens sheets; each step is a write of its own and can be taken back."""

    def __init__(self, recorder: Recorder, people: People, thread: Thread, sheets: Sheets) -> None:
        self._recorder = recorder
        self._people = people
        self._thread = thread
        self._sheets = sheets

    def move(self, sheet_id: UUID, stage: str, why: str) -> Sheet:
        """Bring a sheet to a stage, on or back, with the owner's one sentence why.

        Raises BadInput without a sentence, and Refused where somebody else has the pen.
        """
        if stage not in STAGES:
            raise BadInput("sheet.bad_stage", stage=stage)
        if not why.strip():
            raise BadInput("stage.no_why")
        self._recorder.settle()
        self._only_owner(sheet_id)
        step = StageStep(stage=stage, on=self._recorder.today(), why=why.strip())

        def edit(sheet: Sheet) -> Sheet:
            if sheet.stage == stage:
                raise Refused("stage.there_already")
            return replace(sheet, stage=stage, stage_steps=(*sheet.stage_steps, step))

        return self._recorder.change(Sheet, sheet_id, edit)

    def take_back_move(self, sheet_id: UUID, before: Sheet) -> Sheet:
        """Put stage and statements back as they were, as undo of the last statement."""
        return self._recorder.change(
            Sheet,
            sheet_id,
            lambda s: replace(s, stage=before.stage, stage_steps=before.stage_steps),
        )

    def look_days(self) -> tuple[date, ...]:
        """Return the days on which one looks again, counted from today."""
        return tuple(self._recorder.today() + timedelta(days=days) for days in LOOKS)

    def close(
        self,
        sheet_id: UUID,
        *,
        standard: str = "",
        learned: str = "",
        next_problem: str = "",
        looks: Sequence[tuple[str, date]] = (),
    ) -> Sheet:
        """Close a sheet; nothing is required, and each look becomes a check with its day.

        Raises Refused where somebody else has the pen.
        """
        self._recorder.settle()
        self._only_owner(sheet_id)
        closing = Closing(
            closed_on=self._recorder.today(),
            standard=standard,
            learned=learned,
            next_problem=next_problem,
        )
        checks = tuple(
            Check(id=self._sheets.new_figure_id(), what=what, on=on) for what, on in looks
        )

        def edit(sheet: Sheet) -> Sheet:
            made = replace(closing, next_sheet=self._begun_from(sheet))
            return replace(sheet, closing=made, checks=(*sheet.checks, *checks))

        return self._recorder.change(Sheet, sheet_id, edit)

    def write_closing(self, sheet_id: UUID, *, visit: str, **texts: str) -> Future[None]:
        """Save what is written in the closing of a closed sheet while it is typed."""

        def edit(sheet: Sheet) -> Sheet:
            if sheet.closing is None:
                return sheet
            return replace(sheet, closing=replace(sheet.closing, **texts))  # type: ignore[arg-type]

        return self._recorder.change_soon(
            Sheet, sheet_id, edit, visit=visit, field=f"closing.{','.join(texts)}"
        )

    def reopen(self, sheet_id: UUID) -> Sheet:
        """Open a closed sheet again; its checks stay, since somebody was told of them."""
        self._recorder.settle()
        self._only_owner(sheet_id)
        return self._recorder.change(Sheet, sheet_id, lambda s: replace(s, closing=None))

    def put_back(self, sheet_id: UUID, before: Sheet, after: Sheet) -> Sheet:
        """Put the closing back as it was before, as undo of closing or reopening.

        Checks that came with it go, unless one of them was done meanwhile.
        """
        came = {one.id for one in after.checks} - {one.id for one in before.checks}

        def edit(sheet: Sheet) -> Sheet:
            checks = tuple(
                one for one in sheet.checks if one.id not in came or one.done_on is not None
            )
            return replace(sheet, closing=before.closing, checks=checks)

        return self._recorder.change(Sheet, sheet_id, edit)

    def begin_next(self, sheet_id: UUID) -> Sheet:
        """Begin a sheet of the same kind with the next problem, tied to this one.

        Raises BadInput where no next problem is written.
        """
        self._recorder.settle()
        sheet = self._sheets.get(sheet_id)
        if sheet.closing is None or not sheet.closing.next_problem.strip():
            raise BadInput("closing.no_next")
        made = self._sheets.begin(
            sheet.closing.next_problem,
            owner=self._people.name_of(sheet.owner_id),
            definition=sheet.definition,
        )
        self._thread.tie(BECAME, Ref("sheet", sheet_id), Ref("sheet", made.id))

        def edit(closed: Sheet) -> Sheet:
            if closed.closing is None:
                return closed
            return replace(closed, closing=replace(closed.closing, next_sheet=made.id))

        self._recorder.change(Sheet, sheet_id, edit)
        return made

    def next_sheet(self, sheet: Sheet) -> Sheet | None:
        """Return the sheet that was begun from the next problem, None where there is none now.

        It stays the next one while the sheet is open again.
        """
        begun = self._begun_from(sheet)
        try:
            return self._sheets.get(begun) if begun is not None else None
        except GembaError:
            return None

    def _begun_from(self, sheet: Sheet) -> UUID | None:
        """Return the id of the next sheet; of one opened again its tie still tells it."""
        if sheet.closing is not None:
            return sheet.closing.next_sheet
        ties = self._recorder.find(Link, from_id=sheet.id, role=BECAME, to_kind="sheet")
        return ties[-1].to_id if ties else None

    def _only_owner(self, sheet_id: UUID) -> None:
        sheet = self._sheets.get(sheet_id)
        if not self._sheets.may_write(sheet):
            raise Refused("stage.owner_states", owner=self._people.name_of(sheet.owner_id))
