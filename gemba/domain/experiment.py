"""An experiment: a step, a prediction written first, and what happened after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Final
from uuid import UUID

from gemba.domain.errors import Refused
from gemba.domain.sheet_story import Dismissed

READINESS: Final = (
    "obstacle",
    "edge",
    "one_factor",
    "soon",
    "harmless",
    "prediction_first",
    "measurable",
    "builds_on",
    "ready_to_be_wrong",
)
"""What is asked before a step: does it act on the obstacle in focus, stand where knowledge ends,
change one thing, come soon and cheap, do no harm if it fails, have its prediction written, be
measured, build on the last one, and may it turn out wrong?"""

OUTCOMES: Final = ("as expected", "different", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A sentence added below a prediction after it was committed."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What was predicted and what happened as numbers of one unit, None where there is none."""

    predicted: float | None = None
    happened: float | None = None
    unit: str = ""

    @property
    def error(self) -> float | None:
        """Return how much more happened than was predicted; None unless both are numbers."""
        if self.predicted is None or self.happened is None:
            return None
        return self.happened - self.predicted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyAnswer:
    """The answer to one question before an experiment; ``why`` is a word about it."""

    id: str
    ready: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One step with its prediction; ``predicted_at`` is when the learner said "my prediction".

    ``go_and_see`` marks a step that only looks and changes nothing. ``stopped_on`` is when it could
    not be taken any more, as when its process is gone; what happened can still be told.
    """

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
    numbers: Numbers = Numbers()
    go_and_see: bool = False
    ready: tuple[ReadyAnswer, ...] = ()
    stopped_on: date | None = None
    stopped_because: str = ""
    dismissed: tuple[Dismissed, ...] = ()

    @property
    def early(self) -> bool:
        """Tell whether the result came before the day that was set to look."""
        return None not in (self.result_on, self.look_on) and self.result_on < self.look_on  # type: ignore[operator]

    @property
    def committed(self) -> bool:
        """Tell whether the learner has said "This is my prediction"."""
        return self.predicted_at is not None


def read_number(text: str) -> float | None:
    """Read a number as people write it, with a point or a comma; None for nothing.

    Raises ValueError for anything else, also for one that is not finite.
    """
    plain = "".join(text.split()).replace("\u2212", "-").replace(",", ".")
    if not plain:
        return None
    number = float(plain)
    if not isfinite(number):
        raise ValueError("not finite")
    return number


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
        if _said(before) != _said(after):
            raise Refused("experiment.prediction_is_locked")
        if after.amendments[: len(before.amendments)] != before.amendments:
            raise Refused("experiment.amendments_stay")
    told = after.result or after.outcome or after.learned or after.numbers.happened is not None
    if not after.committed and told:
        raise Refused("experiment.result_before_prediction")


def _said(one: Experiment) -> tuple[object, ...]:
    """Return what is locked with a prediction."""
    number, unit = one.numbers.predicted, one.numbers.unit
    return one.step, one.prediction, one.measure, one.predicted_at, number, unit
