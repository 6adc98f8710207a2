"""How a coaching cycle goes: one question at a time, and what each answer writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from gemba.domain.coaching import Answer, Obstacle, PhaseTime, Storyboard, Talk, TargetMove
from gemba.domain.experiment import Experiment
from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.domain.session import Session

Held = TypeVar("Held", Talk, Session)

NEXT_STEP: Final = "next"
"""The id of the question that asks for the next experiment; not knowing leads straight there."""


def steps_of(questions: QuestionSet, talk: Talk) -> tuple[QuestionStep, ...]:
    """Return the questions of a talk; with nothing to look back at, looking back is left out."""
    return questions.steps_for(first=talk.last_experiment_id is None)


def step_at(questions: QuestionSet, talk: Talk) -> QuestionStep:
    """Return the question a talk stands at; the first one when it has not begun."""
    steps = steps_of(questions, talk)
    return next((step for step in steps if step.id == talk.at_step), steps[0])


def following(questions: QuestionSet, talk: Talk, step_id: str) -> QuestionStep | None:
    """Return the question after this one, or None after the last."""
    steps = steps_of(questions, talk)
    ids = [step.id for step in steps]
    place = ids.index(step_id) + 1 if step_id in ids else 0
    return steps[place] if place < len(steps) else None


def preceding(questions: QuestionSet, talk: Talk, step_id: str) -> QuestionStep | None:
    """Return the question before this one, or None before the first."""
    steps = steps_of(questions, talk)
    ids = [step.id for step in steps]
    place = ids.index(step_id) - 1 if step_id in ids else -1
    return steps[place] if place >= 0 else None


def past_knowing(questions: QuestionSet, talk: Talk, step_id: str) -> QuestionStep | None:
    """Return where "we don't know that yet" leads: to the next step, from any step before it."""
    ids = [step.id for step in steps_of(questions, talk)]
    if NEXT_STEP in ids and step_id in ids and ids.index(step_id) < ids.index(NEXT_STEP):
        return next(step for step in steps_of(questions, talk) if step.id == NEXT_STEP)
    return following(questions, talk, step_id)


def phase(questions: QuestionSet, step_id: str) -> tuple[int, int]:
    """Return which of how many phases a question belongs to, counted from 1.

    Looking back stands between two phases and counts as the one before it.
    """
    steps = questions.steps_for(first=False)
    main = [step.id for step in steps if step.when == "always"]
    number = 0
    for step in steps:
        if step.id in main:
            number += 1
        if step.id == step_id:
            break
    return max(number, 1), len(main)


def answered(talk: Talk, answer: Answer) -> Talk:
    """Return the talk with an answer put in, in the place of an earlier one to the same step.

    What is filled in under a step stands below its answer.
    """
    if any(old.id == answer.id for old in talk.answers):
        answers = tuple(answer if old.id == answer.id else old for old in talk.answers)
        return replace(talk, answers=answers)
    step = answer.id.partition(":")[0]
    places = [at for at, old in enumerate(talk.answers) if old.id.partition(":")[0] == step]
    at = (places[0] if answer.id == step else places[-1] + 1) if places else len(talk.answers)
    return replace(talk, answers=(*talk.answers[:at], answer, *talk.answers[at:]))


def fill_key(step_id: str, place: int) -> str:
    """Name a line that is filled in under a step, counted from 0, among the answers."""
    return f"{step_id}:{place}"


def spent(talk: Held, elapsed: int) -> Held:
    """Return the talk with the seconds since the last count put to the question it stands at.

    Fewer seconds than were counted already only correct the whole.
    """
    more = max(0, elapsed - talk.elapsed)
    times: tuple[PhaseTime, ...] = talk.times
    if more and talk.at_step:
        old = next((one for one in times if one.at_step == talk.at_step), None)
        made = PhaseTime(at_step=talk.at_step, seconds=more + (old.seconds if old else 0))
        times = tuple(made if one is old else one for one in times) if old else (*times, made)
    return replace(talk, elapsed=elapsed, times=times)


def answer_to(talk: Talk, step_id: str) -> str:
    """Return what was answered at a step, or nothing."""
    return next((answer.text for answer in talk.answers if answer.id == step_id), "")


def said_anything(talk: Talk) -> bool:
    """Tell whether a talk holds anything that was said, agreed, noted or planned in it."""
    if talk.ended_at is not None or talk.next_experiment_id is not None:
        return True
    words = [talk.agreed, talk.next_look_time, talk.private_note]
    words += [talk.strong, talk.practise, talk.takeaway]
    words += [answer.text for answer in talk.answers]
    known = all(not answer.unknown for answer in talk.answers)
    return not known or talk.next_look_on is not None or any(word.strip() for word in words)


def on_board(board: Storyboard, writes: str, text: str, *, obstacle_id: str) -> Storyboard:
    """Return the storyboard with an answer in the field it writes; others leave it as it is.

    An obstacle is taken from those parked when it is named there, else parked, and is then the
    one in focus; ``obstacle_id`` names the one this talk parked, so that typing on changes it.
    """
    words = text.strip()
    if not words:
        return board
    match writes:
        case "obstacle":
            return _focused(board, words, obstacle_id)
        case "challenge":
            return replace(board, challenge=text)
        case "target_condition":
            return replace(board, target_condition=text)
        case "current_condition":
            return replace(board, current_condition=text)
        case _:
            return board


def _focused(board: Storyboard, words: str, obstacle_id: str) -> Storyboard:
    for obstacle in board.obstacles:
        if obstacle.text.casefold() == words.casefold() and obstacle.id != obstacle_id:
            rest = tuple(one for one in board.obstacles if one.id != obstacle_id)
            return replace(board, obstacles=rest, focus=obstacle.id)
    mine = Obstacle(id=obstacle_id, text=words)
    if any(one.id == obstacle_id for one in board.obstacles):
        parked = tuple(mine if one.id == obstacle_id else one for one in board.obstacles)
    else:
        parked = (*board.obstacles, mine)
    return replace(board, obstacles=parked, focus=obstacle_id)


def moved(before: Storyboard, after: Storyboard, today: date) -> Storyboard:
    """Return the board with a line for a target date that was moved or taken away."""
    if before.target_by is None or before.target_by == after.target_by:
        return after
    move = TargetMove(on=today, before=before.target_by, after=after.target_by)
    return replace(after, target_moves=(*after.target_moves, move))


def on_experiment(
    experiment: Experiment, writes: str, text: str, today: date | None = None
) -> Experiment:
    """Return the experiment with an answer in the field it writes; others leave it as it is.

    What the rules of experiment.py forbid is refused there, when it is written.
    """
    match writes:
        case "experiment.step":
            return replace(experiment, step=text)
        case "experiment.prediction":
            return replace(experiment, prediction=text)
        case "experiment.result":
            on = today if text.strip() else None
            return replace(experiment, result=text, result_on=on)
        case "experiment.learned":
            return replace(experiment, learned=text)
        case _:
            return experiment
