"""What can be put into a box, and in which order it is offered: one list for every menu.

A kind that stands in ``type_names`` and can begin empty (every field but ``id`` has a default) is
offered by itself; its name is the sentence "figure_kind.KIND", and "figure_kind_also.KIND" the
other words people look for it by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Final

from gemba.domain.figures import Figure, RunChart, type_names
from gemba.domain.figures.telling import Say

PHOTO: Final = "photo"
PHOTO_OF_WALK: Final = "photo_of_walk"


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to put into a box; ``make`` begins it from an id, None where a photo is chosen
    first. ``also`` holds other words it is found by."""

    key: str
    words: str
    also: str = ""
    make: Callable[[str], Figure] | None = None

    def found_by(self, typed: str) -> bool:
        """Tell whether each typed word is in its name or in the other words."""
        held = f"{self.words} {self.also}".casefold()
        return all(word in held for word in typed.casefold().split())


def name_of(figure: Figure, say: Say) -> str:
    """Return what a figure is called by itself; readings judged by limits are an XmR chart."""
    limits = isinstance(figure, RunChart) and figure.method == "limits"
    return say("figure_kind.xmr" if limits else f"figure_kind.{figure.kind}")


def offers(say: Say) -> tuple[Offer, ...]:
    """Return all that can be put into a box, by name."""
    found = [
        Offer(kind, say(f"figure_kind.{kind}"), say(f"figure_kind_also.{kind}"), _maker(cls))
        for kind, cls in type_names.items()
        if _begins_empty(cls)
    ]
    # The same readings, judged by limits from the start.
    words, also = say("figure_kind.xmr"), say("figure_kind_also.xmr")
    found.append(
        Offer("xmr", words, also, lambda id: RunChart(id=id, method="limits", frozen=True))
    )
    for key, name in ((PHOTO, "photo_from_file"), (PHOTO_OF_WALK, PHOTO_OF_WALK)):
        found.append(Offer(key, say(f"figure_kind.{name}"), say(f"figure_kind_also.{key}")))
    return tuple(sorted(found, key=lambda one: one.words.casefold()))


def _begins_empty(cls: type[Figure]) -> bool:
    return all(
        one.name == "id" or one.default is not MISSING or one.default_factory is not MISSING
        for one in fields(cls)
    )


def _maker(cls: type[Figure]) -> Callable[[str], Figure]:
    return lambda id: cls(id=id)  # type: ignore[call-arg]


def ranked(all_of: Sequence[Offer], suggested: Sequence[str]) -> tuple[list[Offer], list[Offer]]:
    """Return what a box suggests, in its order, and the rest; names it does not know it skips."""
    by_key = {one.key: one for one in all_of}
    keys = [key for key in suggested if key in by_key]
    if PHOTO in keys and PHOTO_OF_WALK in by_key and PHOTO_OF_WALK not in keys:
        keys.insert(keys.index(PHOTO) + 1, PHOTO_OF_WALK)
    return [by_key[key] for key in keys], [one for one in all_of if one.key not in keys]


def matching(all_of: Sequence[Offer], suggested: Sequence[str], typed: str) -> list[Offer]:
    """Return what is found by the typed words: names that begin with them first, and among those
    and the others what the box suggests first."""
    first, rest = ranked(all_of, suggested)
    found = [one for one in (*first, *rest) if one.found_by(typed)]
    start = typed.casefold().strip()
    return sorted(found, key=lambda one: not one.words.casefold().startswith(start))
