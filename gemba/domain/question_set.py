"""What a set of questions is before anyone has asked them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from gemba.domain.definition_checks import (
    DefinitionError,
    check_choice,
    check_id,
    check_text,
    check_unique,
    check_version,
)

Kind: TypeAlias = Literal["talk", "cycle", "a3", "walk", "session", "second_coach"]
When: TypeAlias = Literal["always", "after_first"]

KINDS: tuple[Kind, ...] = get_args(Kind)
WHENS: tuple[When, ...] = get_args(When)

WRITES: tuple[str, ...] = (
    "",
    "challenge",
    "target_condition",
    "current_condition",
    "obstacle",
    "experiment.step",
    "experiment.prediction",
    "experiment.result",
    "experiment.learned",
    "next_look",
    "promise",
    "lesson",
)
"""Where an answer can stand as well: a field of the board, of a step, or a record of its own."""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """A heading over questions: a theme of a walk, a box of a sheet, a phase of a cycle."""

    id: str
    label: str
    note: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "groups.id")
        check_text(self.label, f"groups.{self.id}.label")


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """One question, what to ask behind it, what to listen for and the field it writes.

    ``fill`` labels what is filled in under the answer. ``then`` names the question that comes next
    where it is not the one below. A ``hidden`` question is kept and not asked.
    """

    id: str
    ask: str
    deeper: tuple[str, ...] = ()
    listen_for: str = ""
    writes: str = ""
    when: When = "always"
    group: str = ""
    tags: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    then: str = ""
    hidden: bool = False

    def __post_init__(self) -> None:
        check_id(self.id, "steps.id")
        at = f"steps.{self.id}"
        check_text(self.ask, f"{at}.ask")
        check_choice(self.when, WHENS, f"{at}.when")
        check_choice(self.writes, WRITES, f"{at}.writes")
        for line in self.deeper:
            check_text(line, f"{at}.deeper")
        for line in self.fill:
            check_text(line, f"{at}.fill")
        check_unique(self.fill, f"{at}.fill")
        for tag in self.tags:
            check_id(tag, f"{at}.tags")
        check_unique(self.tags, f"{at}.tags")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in the order they are asked; `avoid` lists examples of what not to ask.

    What is answered to a ``private`` set is for nobody but the person who wrote it.
    """

    id: str
    version: int
    label: str
    kind: Kind
    steps: tuple[QuestionStep, ...]
    groups: tuple[QuestionGroup, ...] = ()
    description: str = ""
    avoid: tuple[str, ...] = ()
    private: bool = False

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_version(self.version)
        check_text(self.label, "label")
        check_choice(self.kind, KINDS, "kind")
        if all(step.hidden for step in self.steps):
            raise DefinitionError("definition.no_steps", where="steps")
        check_unique((step.id for step in self.steps), "steps.id")
        check_unique((group.id for group in self.groups), "groups.id")
        known = {group.id for group in self.groups}
        for step in self.steps:
            if step.group and step.group not in known:
                raise DefinitionError(
                    "definition.unknown_group", where=f"steps.{step.id}.group", value=step.group
                )
        for line in self.avoid:
            check_text(line, "avoid")
        self._check_ways()

    def _check_ways(self) -> None:
        """Refuse a way that leads to no question, or back to one that was asked before."""
        places = {step.id: place for place, step in enumerate(self.steps)}
        for place, step in enumerate(self.steps):
            where = f"steps.{step.id}.then"
            if step.then and step.then not in places:
                raise DefinitionError("definition.unknown_step", where=where, value=step.then)
            # Every other way leads down, so that one that leads up, or nowhere else, comes back.
            if step.then and places[step.then] <= place:
                raise DefinitionError("definition.loops", where=where, value=step.then)

    def step(self, step_id: str) -> QuestionStep:
        """Return the step with this id; raises KeyError for an id the set does not have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def in_group(self, group_id: str) -> tuple[QuestionStep, ...]:
        """Return the questions under one heading, in order; empty if there is none."""
        return tuple(one for one in self.steps if one.group == group_id and not one.hidden)

    def steps_for(self, *, first: bool) -> tuple[QuestionStep, ...]:
        """Return the steps of a cycle; the first with a learner has nothing to look back at."""
        found: list[QuestionStep] = []
        wanted = ""
        for step in self.steps:
            asked = not step.hidden and (step.when == "always" or not first)
            if wanted in ("", step.id):
                wanted = step.then if asked else ""
                if asked:
                    found.append(step)
        return tuple(found)
