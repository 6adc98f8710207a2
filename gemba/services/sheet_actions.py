"""Reporting what became of an action of a plan, without opening its sheet."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_actions import reported, with_action
from gemba.services.recorder import Recorder


class Actions:
    """Writes the day on which something happened; anybody can report it, the journal says who."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def report(self, sheet_id: UUID, part: str, step: str) -> Callable[[], None]:
        """Report that an action was begun, done or reviewed today; return what takes it back.

        Raises Refused for an action that is not there any more, BadInput for another step.
        """
        self._recorder.settle()
        today = self._recorder.today()
        before: list[Action] = []

        def edit(action: Action) -> Action:
            before.append(action)
            return reported(action, step, today)

        self._change(sheet_id, part, edit)
        held = before[-1]

        def take_back() -> None:
            made = reported(held, step, today)
            # What was changed since is not overwritten.
            self._change(sheet_id, part, lambda now: held if now == made else now)

        return take_back

    def _change(self, sheet_id: UUID, part: str, edit: Callable[[Action], Action]) -> None:
        self._recorder.change(Sheet, sheet_id, lambda sheet: with_action(sheet, part, edit))
