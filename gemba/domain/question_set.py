"""What a set of questions is before anyone has asked them."""

from __future__ import annotations

import re
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

Kind: TypeAlias = Literal["talk", "cycle", "a3", "walk"]
When: TypeAlias = Literal["always", "after_first"]

KINDS: tuple[Kind, ...] = get_args(Kind)
WHENS: tuple[When, ...] = get_args(When)

# A step may write into one field or into a field of a part: "obstacle", "experiment.step".
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")


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
    """One question, what to ask behind it, what to listen for and the field it writes."""

    id: str
    ask: str
    deeper: tuple[str, ...] = ()
    listen_for: str = ""
    writes: str = ""
    when: When = "always"
    group: str = ""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id, "steps.id")
        at = f"steps.{self.id}"
        check_text(self.ask, f"{at}.ask")
        check_choice(self.when, WHENS, f"{at}.when")
        if self.writes and not _PATH.match(self.writes):
            raise DefinitionError("definition.bad_id", where=f"{at}.writes", value=self.writes)
        for line in self.deeper:
            check_text(line, f"{at}.deeper")
        for tag in self.tags:
            check_id(tag, f"{at}.tags")
        check_unique(self.tags, f"{at}.tags")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in the order they are asked; `avoid` lists examples of what not to ask."""

    id: str
    version: int
    label: str
    kind: Kind
    steps: tuple[QuestionStep, ...]
    groups: tuple[QuestionGroup, ...] = ()
    description: str = ""
    avoid: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_version(self.version)
        check_text(self.label, "label")
        check_choice(self.kind, KINDS, "kind")
        if not self.steps:
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

    def step(self, step_id: str) -> QuestionStep:
        """Return the step with this id; raises KeyError for an id the set does not have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def in_group(self, group_id: str) -> tuple[QuestionStep, ...]:
        """Return the questions under one heading, in order; empty if there is none."""
        return tuple(step for step in self.steps if step.group == group_id)

    def steps_for(self, *, first: bool) -> tuple[QuestionStep, ...]:
        """Return the steps of a cycle; the first with a learner has nothing to look back at."""
        return tuple(step for step in self.steps if step.when == "always" or not first)
