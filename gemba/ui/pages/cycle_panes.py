"""Which fields each question of a cycle is answered in."""

from __future__ import annotations

from gemba.ui.pages.cycle_experiment import NextPane, PredictedPane, ResultPane
from gemba.ui.pages.cycle_steps import AnswerPane, Step, StepPane, WhenPane


def pane_for(step: Step) -> StepPane:
    """Return the fields that a question is answered in."""
    match step.question.writes:
        case "experiment.result" | "experiment.learned" if step.talk.last_experiment_id:
            return ResultPane(step)
        case "experiment.step" | "experiment.prediction":
            return NextPane(step)
        case "next_look":
            return WhenPane(step)
        case _ if step.question.id == "lookback_predicted" and step.talk.last_experiment_id:
            return PredictedPane(step)
        case _:
            return AnswerPane(step)
