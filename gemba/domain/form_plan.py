"""A form as somebody builds it: questions, groups and lists of choices, without any formula engine.

The words of an XLSForm (https://xlsform.org) stand behind every field, so that what is built here
can be saved as one and read back without loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

Texts = tuple[str, ...]
"""The same words in each language of the plan, in its order; () for none."""
Further = tuple[tuple[str, str], ...]
"""Columns a plan has no field for, by their headers, as they came."""

OUTER = frozenset({"group", "repeat"})
"""The kinds that hold others."""
CHOOSING = frozenset({"select_one", "select_multiple", "rank"})
"""The kinds that need a list of choices."""

ACTS_AFTER = "no"
"""The answer after which a promise or an observation is offered, where an item says nothing."""
NEVER = "-"
"""What an item says that offers none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    name: str
    labels: Texts = ()
    other: Further = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question, group or repeat; ``kind`` is an XLSForm type without its list, or group, repeat.

    ``list_name`` is the list of choices; formulas name other questions as ``${name}``. ``action``
    are answers after which a promise is offered; with nothing said it is ``ACTS_AFTER``.
    """

    kind: str
    name: str
    labels: Texts = ()
    hints: Texts = ()
    list_name: str = ""
    or_other: bool = False
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = ()
    required_messages: Texts = ()
    calculation: str = ""
    default: str = ""
    read_only: str = ""
    appearance: str = ""
    choice_filter: str = ""
    parameters: str = ""
    count: str = ""
    action: str = ""
    score: str = ""
    standard_photo: str = ""
    other: Further = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A whole form; ``languages`` is empty for one language without a name."""

    title: str
    form_id: str
    version: str = ""
    languages: Texts = ()
    default_language: str = ""
    items: tuple[Item, ...] = ()
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    settings: Further = ()

    def every(self) -> Iterator[Item]:
        """All items, each before what it holds."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.items))

    def free_name(self, wanted: str) -> str:
        """A name like this one that no item has yet."""
        taken = {item.name for item in self.every()}
        name = wanted = fit_name(wanted)
        number = 2
        while name in taken:
            name = f"{wanted}_{number}"
            number += 1
        return name

    def with_items(self, items: tuple[Item, ...]) -> FormPlan:
        """The same form with other questions."""
        return replace(self, items=items)


def fit_name(words: str) -> str:
    """A name of a question made of words: Latin letters, digits and underscores, at most 40."""
    letters = [one if one.isascii() and one.isalnum() else "_" for one in words.strip().lower()]
    name = "_".join(part for part in "".join(letters).split("_") if part)[:40].strip("_")
    if not name or name == "meta":
        return "question"
    return name if name[0].isalpha() else f"q_{name}"
