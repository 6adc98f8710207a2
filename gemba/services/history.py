"""Looking back: what a learner owns and predicted, and any word that was ever written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from gemba.domain.errors import Damaged, NotFound
from gemba.domain.experiment import Experiment
from gemba.domain.hit import Hit
from gemba.domain.session import Session
from gemba.domain.sheet import Sheet
from gemba.services.recorder import Recorder

_SHOWN: Final = (
    "walk",
    "observation",
    "promise",
    "talk",
    "experiment",
    "sheet",
    "recognition",
    "filling",
)
"""Kinds a leader writes in the course of a day, and may have on the screen beside a learner."""


class History:
    """Reads the sheets and experiments of a learner, and searches every word ever written."""

    def __init__(self, recorder: Recorder, is_private: Callable[[Sheet], bool]) -> None:
        self._recorder = recorder
        self._is_private = is_private

    def sheets(self, learner_id: UUID) -> list[Sheet]:
        """Return the sheets a learner owns, the oldest first."""
        found = self._recorder.find(Sheet, owner_id=learner_id)
        return sorted(found, key=lambda sheet: sheet.started_on)

    def experiments(self, learner_id: UUID) -> list[Experiment]:
        """Return what a learner predicted, the newest first."""
        found = self._recorder.find(Experiment, learner_id=learner_id, newest_first=True)
        return [one for one in found if one.step or one.prediction]

    def sessions(self, learner_id: UUID) -> list[Session]:
        """Return other conversations with a learner, in the order of time."""
        return self._recorder.find(Session, learner_id=learner_id, order_by="held_on")

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        kinds: tuple[str, ...] | None = None,
        private: bool = False,
    ) -> list[Hit]:
        """Find any word in any record; private notes only where asked for."""
        return self._recorder.store.search(text, limit=limit, kinds=kinds, private=private)

    def lately(self, limit: int) -> list[Hit]:
        """Return what was written last, each record once; no sheet that is its owner's alone."""
        store = self._recorder.store
        hits = store.lately(_SHOWN, limit=2 * limit)
        return [hit for hit in hits if not self._hidden(hit)][:limit]

    def _hidden(self, hit: Hit) -> bool:
        if hit.ref.kind != "sheet":
            return False
        try:
            return self._is_private(self._recorder.store.get(Sheet, hit.ref.id))
        except (Damaged, NotFound):
            # Deleted or hurt since: there is nothing to open.
            return True
