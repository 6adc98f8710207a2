"""A form that comes with Gemba, or of the user's own, as it stands in a TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gemba.domain.definition_checks import (
    DefinitionError,
    check_choice,
    check_id,
    check_text,
    check_unique,
    check_version,
)
from gemba.domain.form_plan import CHOOSING, Choice, FormPlan, Item, fit_name

YES_NO: Final = "yes_no"
"""A question with yes, no and not applicable, and a line for a note behind it."""
_KINDS: Final = (
    YES_NO,
    "select_one",
    "select_multiple",
    "rank",
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "image",
    "acknowledge",
    "note",
    "calculate",
)
_YES_NO: Final = (
    Choice("yes", ("Yes",)),
    Choice("no", ("No",)),
    Choice("na", ("Not applicable",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGroup:
    """The head of some questions; ``repeats`` asks them as often as there is something to ask."""

    id: str
    label: str
    repeats: bool = False

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_text(self.label, "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedQuestion:
    """One question; ``group`` names the head it stands under, empty for none.

    ``choices`` are the words of each choice. Formulas name questions as ${id}, as XLSForm does.
    """

    id: str
    ask: str = ""
    kind: str = YES_NO
    group: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    show_if: str = ""
    limit: str = ""
    limit_words: str = ""
    formula: str = ""
    score: str = ""
    lines: int = 1

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_choice(self.kind, _KINDS, "kind")
        if self.kind != "calculate":
            check_text(self.ask, "ask")
        if self.kind in CHOOSING and len(self.choices) < 2:
            raise DefinitionError("definition.empty", where="choices")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormType:
    """A form with its questions in their order; ``order`` is its place among those offered."""

    id: str
    version: int
    label: str
    description: str = ""
    order: int = 100
    groups: tuple[TypedGroup, ...] = ()
    questions: tuple[TypedQuestion, ...]

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_version(self.version)
        check_text(self.label, "label")
        check_unique(
            [*(one.id for one in self.groups), *(one.id for one in self.questions)], "questions.id"
        )
        known = ("", *(one.id for one in self.groups))
        for one in self.questions:
            check_choice(one.group, known, f"questions.{one.id}.group")

    def plan(self) -> FormPlan:
        """Return the form as the builder and the engine take it."""
        lists: dict[str, tuple[Choice, ...]] = {}
        inside: dict[str, list[Item]] = {}
        for one in self.questions:
            inside.setdefault(one.group, []).extend(_items(one, lists))
        heads = {one.id: one for one in self.groups}
        items: list[Item] = []
        for group, held in inside.items():
            if not group:
                items += held
                continue
            head = heads[group]
            kind = "repeat" if head.repeats else "group"
            items.append(Item(kind, head.id, (head.label,), items=tuple(held)))
        return FormPlan(
            title=self.label,
            form_id=self.id,
            version=str(self.version),
            items=tuple(items),
            lists=lists,
        )


def _items(one: TypedQuestion, lists: dict[str, tuple[Choice, ...]]) -> list[Item]:
    yes_no = one.kind == YES_NO
    list_name = ""
    if yes_no:
        list_name = YES_NO
        lists[YES_NO] = _YES_NO
    elif one.kind in CHOOSING:
        list_name = f"{one.id}_choices"
        lists[list_name] = _choices(one.choices)
    made = Item(
        "select_one" if yes_no else one.kind,
        one.id,
        (one.ask,) if one.ask else (),
        (one.hint,) if one.hint else (),
        list_name=list_name,
        required="yes" if one.required else "",
        relevant=one.show_if,
        constraint=one.limit,
        constraint_messages=(one.limit_words,) if one.limit_words else (),
        calculation=" ".join(one.formula.split()),
        appearance="multiline" if one.lines > 1 else "",
        action="no" if yes_no else "",
        score=one.score,
    )
    return [made, note_behind(made, f"{one.id}_note")] if yes_no else [made]


def note_behind(item: Item, name: str) -> Item:
    """Return the line for a note behind a question; it is there once the question is answered."""
    return Item("text", name, ("Note",), relevant=f"${{{item.name}}} != ''")


def _choices(words: tuple[str, ...]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for one in words:
        number, _, rest = one.partition(" ")
        # A choice that begins with a number is worth it: "3 Nearly all".
        name = number if number.isdecimal() and rest else fit_name(one)
        found.append(Choice(name, (one,)))
    return tuple(found)
