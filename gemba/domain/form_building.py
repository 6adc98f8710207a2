"""Changes to a form while it is built; a place is a path of numbers through groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from gemba.domain.form_plan import CHOOSING, OUTER, Choice, FormPlan, Item, fit_name

Place = tuple[int, ...]
YES_NO_CHOICES: Final = (
    Choice("yes", ("Yes",)),
    Choice("no", ("No",)),
    Choice("na", ("Not applicable",)),
)


def flat(plan: FormPlan) -> Iterator[tuple[Place, Item]]:
    """Return every item with its place, each before what it holds."""
    yield from _flat(plan.items, ())


def _flat(items: tuple[Item, ...], above: Place) -> Iterator[tuple[Place, Item]]:
    for number, one in enumerate(items):
        yield (*above, number), one
        yield from _flat(one.items, (*above, number))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form's outline: an item, or the nearest of ``left_out`` that are not shown."""

    place: Place
    item: Item
    left_out: int = 0


def outline(plan: FormPlan, at: Place, most: int = 120) -> list[Line]:
    """Return the lines by which a form is found one's way in, around a place.

    A form of at most ``most`` items is shown whole; of a longer one only the groups around the
    place are open, and of each group at most so many items.
    """
    everything = list(flat(plan))
    if len(everything) <= most:
        return [Line(place, one) for place, one in everything]
    return list(_lines(plan.items, (), at, most))


def _lines(items: tuple[Item, ...], above: Place, at: Place, most: int) -> Iterator[Line]:
    depth = len(above)
    middle = at[depth] if at[:depth] == above and len(at) > depth else 0
    first = max(0, min(middle - most // 2, len(items) - most))
    last = min(len(items), first + most)
    if first:
        yield Line((*above, first - 1), items[first - 1], first)
    for number in range(first, last):
        place = (*above, number)
        yield Line(place, items[number])
        if at[: depth + 1] == place:
            yield from _lines(items[number].items, place, at, most)
    if last < len(items):
        yield Line((*above, last), items[last], len(items) - last)


def item_at(plan: FormPlan, place: Place) -> Item | None:
    """Return the item at a place, None where there is none."""
    return next((one for at, one in flat(plan) if at == place), None)


def changed(plan: FormPlan, place: Place, change: Callable[[Item], Item]) -> FormPlan:
    """Return the form with one item changed."""
    return plan.with_items(_with(plan.items, place, lambda one: (change(one),)))


def without(plan: FormPlan, place: Place) -> FormPlan:
    """Return the form without an item and what it holds."""
    return plan.with_items(_with(plan.items, place, lambda _one: ()))


def _with(
    items: tuple[Item, ...], place: Place, change: Callable[[Item], tuple[Item, ...]]
) -> tuple[Item, ...]:
    if not place or not 0 <= place[0] < len(items):
        return items
    at, one = place[0], items[place[0]]
    if len(place) == 1:
        return (*items[:at], *change(one), *items[at + 1 :])
    inner = replace(one, items=_with(one.items, place[1:], change))
    return (*items[:at], inner, *items[at + 1 :])


def added(plan: FormPlan, words: str, kind: str, behind: Place = ()) -> tuple[FormPlan, Place]:
    """Return the form with a new item and its place: behind another, or inside a group chosen.

    Without a place it comes last.
    """
    name = plan.free_name(words)
    item = Item(kind, name, (words.strip(),) if words.strip() else ())
    if kind in CHOOSING:
        list_name = free_list(plan, f"{fit_name(name)[:30]}_choices")
        item = replace(item, list_name=list_name)
        plan = replace(plan, lists={**plan.lists, list_name: YES_NO_CHOICES})
    held = item_at(plan, behind)
    if held is not None and held.kind in OUTER:
        made = changed(plan, behind, lambda one: replace(one, items=(*one.items, item)))
        return made, (*behind, len(held.items))
    if held is None:
        return plan.with_items((*plan.items, item)), (len(plan.items),)
    made = plan.with_items(_with(plan.items, behind, lambda one: (one, item)))
    return made, (*behind[:-1], behind[-1] + 1)


def free_list(plan: FormPlan, wanted: str) -> str:
    """Return the name of a list of choices that there is not yet."""
    name, number = wanted, 2
    while name in plan.lists:
        name, number = f"{wanted}_{number}", number + 1
    return name


def moved(plan: FormPlan, place: Place, by: int) -> tuple[FormPlan, Place]:
    """Move an item up or down among its neighbours, into a group it meets and out at its ends."""
    item = item_at(plan, place)
    if item is None:
        return plan, place
    around, at = place[:-1], place[-1]
    holder = item_at(plan, around)
    peers = holder.items if holder is not None else plan.items
    target = at + by
    taken = without(plan, place)
    if 0 <= target < len(peers):
        meets = peers[target]
        if meets.kind in OUTER and item.kind not in OUTER:
            into: Place = (*around, target - (1 if by > 0 else 0))
            inside = len(meets.items) if by < 0 else 0
            return _put(taken, (*into, inside), item)
        return _put(taken, (*around, target), item)
    if not around:
        return plan, place
    out: Place = (*around[:-1], around[-1] + (1 if by > 0 else 0))
    return _put(taken, out, item)


def _put(plan: FormPlan, place: Place, item: Item) -> tuple[FormPlan, Place]:
    if len(place) == 1:
        items = plan.items
        return plan.with_items((*items[: place[0]], item, *items[place[0] :])), place

    def insert(one: Item) -> Item:
        return replace(one, items=(*one.items[: place[-1]], item, *one.items[place[-1] :]))

    return changed(plan, place[:-1], insert), place


def said_choices(plan: FormPlan, item: Item) -> str:
    """Return the choices of an item, one a line."""
    return "\n".join(
        (one.labels[0] if one.labels else "") or one.name
        for one in plan.lists.get(item.list_name, ())
    )


def with_choices(plan: FormPlan, place: Place, text: str) -> FormPlan:
    """Return the form with other choices, one a line; a choice that stays keeps its name.

    Where other questions have the same list, this one gets a list of its own.
    """
    item = item_at(plan, place)
    if item is None:
        return plan
    old = plan.lists.get(item.list_name, ())
    by_label = {(one.labels[0] if one.labels else one.name): one for one in old}
    made: list[Choice] = []
    taken: set[str] = set()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(dict.fromkeys(lines)):
        kept = by_label.get(line)
        if kept is None and number < len(old) and len(old) == len(lines):
            # Only its words were mended: answers keep their name.
            before = old[number]
            label = before.labels[0] if before.labels else before.name
            kept = before if label not in lines else None
        name = kept.name if kept is not None else fit_name(line)
        base, count = name, 2
        while name in taken:
            name, count = f"{base}_{count}", count + 1
        taken.add(name)
        labels = (line, *(kept.labels[1:] if kept is not None else ()))
        made.append(Choice(name, labels, kept.other if kept is not None else ()))
    shared = sum(one.list_name == item.list_name for one in plan.every()) > 1
    list_name = item.list_name
    if shared or not list_name:
        list_name = free_list(plan, f"{item.name[:30]}_choices")
        plan = changed(plan, place, lambda one: replace(one, list_name=list_name))
    return replace(plan, lists={**plan.lists, list_name: tuple(made)})


def as_kind(plan: FormPlan, place: Place, kind: str) -> FormPlan:
    """Return the form with a question answered in another way; a list nobody needs goes."""
    item = item_at(plan, place)
    if item is None or item.kind == kind:
        return plan
    if kind in CHOOSING:
        plan = changed(plan, place, lambda one: replace(one, kind=kind))
        return plan if item.list_name else with_choices(plan, place, "Yes\nNo")
    scale = item.parameters or ("start=1 end=5 step=1" if kind == "range" else "")
    plan = changed(
        plan,
        place,
        lambda one: replace(
            one, kind=kind, list_name="", action="", or_other=False, parameters=scale
        ),
    )
    needed = {one.list_name for one in plan.every()}
    return replace(plan, lists={name: held for name, held in plan.lists.items() if name in needed})


def renamed(plan: FormPlan, title: str) -> FormPlan:
    """Return the form under another title."""
    form_id = plan.form_id if plan.form_id not in ("", "question") else fit_name(title)
    return replace(plan, title=title, form_id=form_id)


def looks_at(plan: FormPlan, place: Place) -> list[Item]:
    """Return the questions whose answers a question may be asked by: those before it."""
    found: list[Item] = []
    for at, one in flat(plan):
        if at == place:
            break
        if one.kind not in OUTER and one.kind != "note":
            found.append(one)
    return found
