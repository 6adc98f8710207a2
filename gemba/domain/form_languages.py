"""A form in several languages while it is built: the same words beside each other, by position."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gemba.domain.form_building import Place, changed, free_list, item_at, with_choices
from gemba.domain.form_plan import Choice, FormPlan, Item, Texts, fit_name


def text_in(texts: Texts, language: int) -> str:
    """Return the words in one language, "" for none."""
    return texts[language] if language < len(texts) else ""


def with_text(texts: Texts, language: int, text: str) -> Texts:
    """Return the words with those of one language replaced."""
    if text_in(texts, language) == text:
        return texts
    held = list(texts) + [""] * (language + 1 - len(texts))
    held[language] = text
    return tuple(held)


def with_languages(plan: FormPlan, names: list[str]) -> FormPlan:
    """Return the form in these languages: one that stays keeps its words wherever it comes.

    A new name takes over the words at its place, so that a language can be renamed; none or one
    without a name leaves the first. The first is shown where nobody chose.
    """
    names = list(dict.fromkeys(one for name in names if (one := " ".join(name.split()))))
    before = plan.languages or ("",)
    if tuple(names) == plan.languages:
        return plan
    from_: list[int] = []
    for place, name in enumerate(names or [before[0]]):
        if name in before:
            from_.append(before.index(name))
        else:
            stays = place < len(before) and before[place] in names
            from_.append(-1 if stays or place >= len(before) else place)

    def pick(texts: Texts) -> Texts:
        picked = [texts[one] if 0 <= one < len(texts) else "" for one in from_]
        return tuple(picked) if any(picked) else ()

    plan = _each_text(plan, pick)
    first = names[0] if len(names) > 1 else ""
    return replace(plan, languages=tuple(names), default_language=first)


def in_language(plan: FormPlan, language: int) -> FormPlan:
    """Return the form in one of its languages alone; what has no words there keeps the first."""
    if len(plan.languages) < 2:
        return plan

    def pick(texts: Texts) -> Texts:
        said = text_in(texts, language) or text_in(texts, 0)
        return (said,) if said else ()

    return replace(_each_text(plan, pick), languages=(), default_language="")


def _each_text(plan: FormPlan, pick: Callable[[Texts], Texts]) -> FormPlan:
    def items(held: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(
                one,
                labels=pick(one.labels),
                hints=pick(one.hints),
                constraint_messages=pick(one.constraint_messages),
                required_messages=pick(one.required_messages),
                items=items(one.items),
            )
            for one in held
        )

    lists = {
        name: tuple(replace(one, labels=pick(one.labels)) for one in held)
        for name, held in plan.lists.items()
    }
    return replace(plan, items=items(plan.items), lists=lists)


def choices_in(plan: FormPlan, item: Item, language: int) -> str:
    """Return the choices of an item in one language, one a line; an empty line where none is."""
    held = plan.lists.get(item.list_name, ())
    if not language:
        return "\n".join(text_in(one.labels, 0) or one.name for one in held)
    return "\n".join(text_in(one.labels, language) for one in held).rstrip("\n")


def with_choices_in(plan: FormPlan, place: Place, text: str, language: int) -> FormPlan:
    """Return the form with other choices; in a further language each line is the same choice.

    A line more is a choice more. Other questions with the same list get the words as well.
    """
    if not language:
        return with_choices(plan, place, text)
    item = item_at(plan, place)
    if item is None:
        return plan
    if not item.list_name:
        name = free_list(plan, item.name)
        plan = changed(plan, place, lambda one: replace(one, list_name=name))
        item = replace(item, list_name=name)
    held = list(plan.lists.get(item.list_name, ()))
    lines = [line.strip() for line in text.split("\n")]
    taken = {one.name for one in held}
    for line in (line for line in lines[len(held) :] if line):
        name, number = fit_name(line), 2
        while name in taken:
            name, number = f"{fit_name(line)}_{number}", number + 1
        taken.add(name)
        held.append(Choice(name, (line,)))
    lines += [""] * (len(held) - len(lines))
    held = [
        replace(one, labels=with_text(one.labels, language, line))
        for one, line in zip(held, lines, strict=False)
    ]
    return replace(plan, lists={**plan.lists, item.list_name: tuple(held)})
