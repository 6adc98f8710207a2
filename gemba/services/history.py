"""Looking back: everything of a learner in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.experiment import Experiment
from gemba.domain.hit import Hit
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words, title_of
from gemba.services.recorder import Recorder


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One thing that happened: when, what kind, its words, and which record opens."""

    ref: Ref
    on: date
    words: str
    detail: str = ""


class History:
    """Reads a learner's story and searches every word ever written."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def of_learner(self, learner_id: UUID) -> list[HistoryItem]:
        """Return a learner's talks, experiments and sheets, the oldest first."""
        items = [
            HistoryItem(Ref("talk", talk.id), talk.held_on, first_words(title_of(talk)), talk.kind)
            for talk in self._recorder.find(Talk, learner_id=learner_id)
        ]
        items += [
            HistoryItem(
                Ref("experiment", one.id),
                one.planned_on,
                first_words(one.prediction or one.step),
                one.outcome,
            )
            for one in self._recorder.find(Experiment, learner_id=learner_id)
            if one.step or one.prediction
        ]
        items += [
            HistoryItem(Ref("sheet", sheet.id), sheet.started_on, sheet.title, sheet.stage)
            for sheet in self._recorder.find(Sheet, owner_id=learner_id)
        ]
        # A stable sort keeps the order of the counters within a day.
        return sorted(items, key=lambda item: item.on)

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
