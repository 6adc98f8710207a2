"""The sets of categories an observation can carry; a walk chooses one."""

from __future__ import annotations

from typing import Final

GOING_WELL: Final = "going well"
CATEGORIES: Final = (GOING_WELL, "safety", "quality", "delivery", "cost", "people")
"""Going well first, then safety, quality, delivery, cost, people: Alt+0 to Alt+5."""

CATEGORY_SETS: Final[dict[str, tuple[str, ...]]] = {
    "": CATEGORIES,
    "qcdsm": (GOING_WELL, "quality", "cost", "delivery", "safety", "morale"),
    "downtime": (
        GOING_WELL,
        "defects",
        "overproduction",
        "waiting",
        "unused skill",
        "transport",
        "inventory",
        "motion",
        "extra processing",
    ),
    "5s": (GOING_WELL, "sort", "set in order", "shine", "standardise", "sustain"),
    "safety": (GOING_WELL, "hazard", "near miss", "strain", "guarding", "ways and exits"),
    "standards": (
        GOING_WELL,
        "no standard",
        "standard not seen",
        "standard not followed",
        "standard does not fit",
        "abnormal not noticed",
    ),
    "3m": (GOING_WELL, "waste", "unevenness", "overload"),
    "ppp": (GOING_WELL, "purpose", "process", "people"),
}
"""By the id a walk keeps; going well first in each. The plain set is that of SQDCP boards."""

ALL_CATEGORIES: Final = tuple(
    dict.fromkeys(category for held in CATEGORY_SETS.values() for category in held)
)


def categories_of(category_set: str) -> tuple[str, ...]:
    """Return the categories of a set, the plain ones for a set nobody knows."""
    return CATEGORY_SETS.get(category_set, CATEGORIES)
