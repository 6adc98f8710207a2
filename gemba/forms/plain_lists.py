"""A plain list of one or two columns as a form: what most checklists in a department look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gemba.domain.form_plan import Choice, FormPlan, Item, fit_name

YES_NO: Final = "yes_no"
_YES_NO_CHOICES: Final = (
    Choice("yes", ("Yes",)),
    Choice("no", ("No",)),
    Choice("na", ("Not applicable",)),
)
_KINDS: Final = {
    "text": "text",
    "words": "text",
    "note": "note",
    "number": "decimal",
    "decimal": "decimal",
    "whole number": "integer",
    "integer": "integer",
    "count": "integer",
    "date": "date",
    "time": "time",
    "photo": "image",
    "picture": "image",
}
_YES_NO_WORDS: Final = frozenset(
    {"", "yes/no", "yes / no", "y/n", "ok", "check", "ok / not ok", "yes, no"}
)
_HEADS: Final = frozenset(
    {
        "question", "questions", "item", "items", "check", "checkpoint", "check point", "point",
        "what", "text", "label",
    }
)  # fmt: skip
_SECONDS: Final = frozenset(
    {"answer", "answers", "kind", "type", "choices", "options", "ok", "yes", "result", "status", ""}
)
_NUMBER: Final = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?|[-*\u2022\u25a1\u2610]|\[ ?\])\s+")
_COUNTED: Final = re.compile(r"#?\d+(?:[.,]\d+)*[.)]?|[A-Za-z][.)]")
"""What stands in a column of numbers."""
_COUNTS: Final = frozenset({"no", "no.", "nr", "nr.", "#", "pos", "pos.", "number", "id"})
_MOST_ABOVE: Final = 6
"""So far down the names of the columns are looked for."""
_SCALE: Final = re.compile(r"(\d{1,3})\s*(?:-|\u2013|to)\s*(\d{1,3})")
_MARKS: Final = re.compile(r"\s*[;/|\n]\s*")


def plain_plan(rows: Sequence[Sequence[str]], title: str) -> FormPlan:
    """A usable form from a list: a question a row, its kind or its choices in the second column.

    Without a second column a question is answered yes, no or not applicable; "1-5" there is a
    scale. A line alone that ends with a colon, or is in capitals among others that are not, heads
    the questions below it. A first row of column names, empty rows, and numbers or bullets before
    the questions, also in a column of their own, are passed over.
    """
    plan = FormPlan(title=title.strip() or "Checklist", form_id=fit_name(title or "checklist"))
    lines = list(_lines(rows))
    if plan.title == title_above(rows):
        lines = lines[1:]
    taken: set[str] = set()
    items: list[Item] = []
    lists: dict[str, tuple[Choice, ...]] = {}
    for words, second in lines:
        name = _free(fit_name(words), taken)
        if _heads(words, second, lines):
            items.append(Item("group", name, (words.rstrip(": "),)))
            continue
        item = _question(words, second, name, lists)
        if items and items[-1].kind == "group":
            items[-1] = replace(items[-1], items=(*items[-1].items, item))
        else:
            items.append(item)
    return replace(plan, items=tuple(items), lists=lists)


def title_above(rows: Sequence[Sequence[str]]) -> str:
    """Return the one line above the names of the columns, which is the title of the list."""
    filled = _filled(rows)
    named = len(filled) > 2 and len(filled[0]) == 1 and len(filled[1]) > 1
    return " ".join(filled[0][0].split()) if named and _names_columns(filled[1]) else ""


def _filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [found for row in rows if (found := [one.strip() for one in row if one.strip()])]


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the words of each line and what stands beside them.

    What stands above the names of the columns, such as the title of a sheet, is read and not asked.
    """
    filled = _filled(rows)
    first = enumerate(filled[:_MOST_ABOVE])
    head = next((at for at, row in first if _names_columns(row) and (not at or len(row) > 1)), -1)
    for number, cells in enumerate(filled):
        if number == head:
            continue
        if len(cells) > 1 and _COUNTED.fullmatch(cells[0]):
            cells = cells[1:]
        words = _NUMBER.sub("", cells[0])
        second = cells[1] if len(cells) > 1 else ""
        if words:
            yield words, "note" if number < head else second


def _names_columns(cells: Sequence[str]) -> bool:
    words, second = cells[0].casefold(), cells[1].casefold() if len(cells) > 1 else ""
    return (words in _HEADS and second in _SECONDS) or (words in _COUNTS and bool(second))


def _heads(words: str, second: str, lines: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a line heads those below it, and asks nothing itself."""
    if second or words == lines[-1][0]:
        return False
    if words.endswith(":"):
        return True
    loud = sum(one.isupper() for one, _ in lines)
    return words.isupper() and len(words) > 2 and not words.endswith("?") and loud * 2 < len(lines)


def _question(words: str, second: str, name: str, lists: dict[str, tuple[Choice, ...]]) -> Item:
    said = second.lower().strip()
    if said in _KINDS:
        return Item(_KINDS[said], name, (words,))
    if said in _YES_NO_WORDS:
        lists.setdefault(YES_NO, _YES_NO_CHOICES)
        return Item("select_one", name, (words,), list_name=YES_NO)
    scale = _SCALE.fullmatch(said)
    if scale and int(scale[1]) < int(scale[2]):
        steps = f"start={int(scale[1])} end={int(scale[2])} step=1"
        return Item("range", name, (words,), parameters=steps)
    labels = [label for label in _MARKS.split(second) if label]
    if len(labels) < 2 and "," in second:
        labels = [label.strip() for label in second.split(",") if label.strip()]
    if len(labels) < 2:  # a remark beside the question, not a list
        lists.setdefault(YES_NO, _YES_NO_CHOICES)
        return Item("select_one", name, (words,), (second,), list_name=YES_NO)
    taken: set[str] = set()
    choices = tuple(Choice(_free(fit_name(label), taken), (label,)) for label in labels)
    known = next((key for key, found in lists.items() if found == choices), "")
    lists.setdefault(known or f"{name}_choices", choices)
    return Item("select_one", name, (words,), list_name=known or f"{name}_choices")


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name = f"{wanted}_{number}"
        number += 1
    taken.add(name)
    return name
