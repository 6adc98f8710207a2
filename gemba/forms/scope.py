"""What a formula is worked out in: the node it stands at, and the surroundings of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Protocol

from gemba.forms.nodes import Node
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value


class Host(Protocol):
    """What only the form around a formula knows."""

    def instance(self, name: str) -> Node | None:
        """The top element of a secondary instance, None where there is none."""

    def translation(self, name: str, language: str) -> list[Node]:
        """The forms of a text by its id in a language, the plain one first."""

    def choice_name(self, value: str, question: str) -> str | None:
        """The label of a choice of the question at this path, None where there is none."""


class NoHost:
    """A formula that stands alone."""

    def instance(self, name: str) -> Node | None:
        """There are no instances."""
        return None

    def translation(self, name: str, language: str) -> list[Node]:
        """There are no texts."""
        return []

    def choice_name(self, value: str, question: str) -> str | None:
        """There are no choices."""
        return None


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Meter:
    """How many nodes formulas may still look at before they are stopped."""

    left: int = 20_000_000

    def spend(self, nodes: int) -> None:
        """Count nodes looked at; FormulaError when there were too many."""
        self.left -= nodes
        if self.left < 0:
            raise FormulaError("formula.work")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything about a form that does not change from node to node while one formula runs."""

    root: Node | None = None  # where "/" begins; None for the top of the node's own tree
    clock: Callable[[], datetime] = _now  # aware
    zone: tzinfo = UTC
    host: Host = field(default_factory=NoHost)
    language: str = ""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)  # username and the like
    chance: Random = field(default_factory=Random)
    meter: Meter = field(default_factory=Meter)
    find: Callable[[tuple[str, ...]], list[Node]] | None = None  # nodes at a place, without a walk


@dataclass(slots=True)
class Scope:
    """The node a part of a formula stands at, its place among its peers, and the surroundings."""

    node: Node
    around: Surroundings
    current: Node
    position: int = 1
    size: int = 1


Compiled = Callable[[Scope], Value]
