"""An experiment: a step, a prediction written first, and what happened after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from gemba.domain.errors import Refused

OUTCOMES: Final = ("as expected", "different", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A sentence added below a prediction after it was committed."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One step with its prediction; ``predicted_at`` is when the learner said "my prediction"."""

    id: UUID
    revision: int = 0
    storyboard_id: UUID
    learner_id: UUID
    obstacle_id: str = ""
    number: int = 1
    step: str = ""
    prediction: str = ""
    measure: str = ""
    planned_on: date
    look_on: date | None = None
    predicted_at: datetime | None = None
    amendments: tuple[Amendment, ...] = ()
    result: str = ""
    outcome: str = ""
    learned: str = ""
    result_on: date | None = None

    @property
    def committed(self) -> bool:
        """Tell whether the learner has said "This is my prediction"."""
        return self.predicted_at is not None


def commit_prediction(experiment: Experiment, at: datetime) -> Experiment:
    """Lock the prediction at an instant; raises Refused when it is empty or locked already."""
    if experiment.committed:
        raise Refused("experiment.already_committed")
    if not experiment.prediction.strip():
        raise Refused("experiment.no_prediction")
    return replace(experiment, predicted_at=at)


def amend_prediction(experiment: Experiment, text: str, at: datetime) -> Experiment:
    """Add a sentence below a locked prediction; raises Refused while it is still open."""
    if not experiment.committed:
        raise Refused("experiment.not_committed")
    added = Amendment(at=at, text=text)
    return replace(experiment, amendments=(*experiment.amendments, added))


def check_experiment(before: Experiment | None, after: Experiment) -> None:
    """Guard the order of science at every write.

    Raises Refused when a committed prediction would change or be opened again, when an amendment
    would be taken back, or when a result stands before the prediction is committed.
    """
    if before is not None and before.committed:
        same = (before.step, before.prediction, before.measure, before.predicted_at)
        if same != (after.step, after.prediction, after.measure, after.predicted_at):
            raise Refused("experiment.prediction_is_locked")
        if after.amendments[: len(before.amendments)] != before.amendments:
            raise Refused("experiment.amendments_stay")
    if not after.committed and (after.result or after.outcome or after.learned):
        raise Refused("experiment.result_before_prediction")
