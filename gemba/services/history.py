"""Looking back: what a learner owns and predicted, and any word that was ever written."""

from __future__ import annotations

from uuid import UUID

from gemba.domain.experiment import Experiment
from gemba.domain.hit import Hit
from gemba.domain.sheet import Sheet
from gemba.services.recorder import Recorder


class History:
    """Reads the sheets and experiments of a learner, and searches every word ever written."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def sheets(self, learner_id: UUID) -> list[Sheet]:
        """Return the sheets a learner owns, the oldest first."""
        found = self._recorder.find(Sheet, owner_id=learner_id)
        return sorted(found, key=lambda sheet: sheet.started_on)

    def experiments(self, learner_id: UUID) -> list[Experiment]:
        """Return what a learner predicted, the newest first."""
        found = self._recorder.find(Experiment, learner_id=learner_id, newest_first=True)
        return [one for one in found if one.step or one.prediction]

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
