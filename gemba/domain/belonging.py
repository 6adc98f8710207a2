"""What hangs together: which records go into the bin and come back with another."""

from __future__ import annotations

from typing import Final

PARTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "walk": (("observation", "walk_id"), ("keeping", "walk_id"), ("filling", "walk_id")),
    "sheet": (("margin_note", "sheet_id"), ("talk", "sheet_id")),
    "storyboard": (("experiment", "storyboard_id"), ("talk", "storyboard_id")),
    "routine": (("keeping", "routine_id"),),
    "talk": (("after_talk", "talk_id"),),
    "skill": (("evidence", "skill_id"),),
    "goal": (("evidence", "goal_id"),),
    "form": (("form_version", "form_key"),),
}
"""For each kind the kinds that mean nothing without it, and the field that names it."""

STAYS_NAMED: Final = frozenset({"form_version"})
"""Kinds of part that stay where another record names them: answers keep their questions."""

NAMED_ONLY: Final = frozenset({"person", "area"})
"""Kinds that can be thrown away only when no record names them."""
