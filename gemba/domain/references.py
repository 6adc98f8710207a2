"""Which field of a record names another record; a link names its own two."""

from __future__ import annotations

from typing import Final

REFERENCES: Final[dict[str, dict[str, str]]] = {
    "person": {"area_id": "area"},
    "walk": {"area_id": "area"},
    "observation": {"walk_id": "walk"},
    "promise": {"person_id": "person", "area_id": "area"},
    "storyboard": {"learner_id": "person"},
    "experiment": {"storyboard_id": "storyboard", "learner_id": "person"},
    "talk": {
        "learner_id": "person",
        "storyboard_id": "storyboard",
        "sheet_id": "sheet",
        "last_experiment_id": "experiment",
        "next_experiment_id": "experiment",
        "script_id": "question_script",
    },
    "sheet": {"owner_id": "person", "coach_id": "person", "area_id": "area"},
    "margin_note": {"sheet_id": "sheet", "talk_id": "talk"},
    "route": {"area_id": "area"},
    "routine": {"area_id": "area", "person_id": "person", "route_id": "route"},
    "keeping": {"routine_id": "routine", "walk_id": "walk"},
    "recognition": {"person_id": "person", "area_id": "area"},
    "session": {"script_id": "question_script", "learner_id": "person"},
    "lesson": {
        "learner_id": "person",
        "talk_id": "talk",
        "session_id": "session",
        "experiment_id": "experiment",
        "area_id": "area",
    },
    "skill": {"learner_id": "person"},
    "goal": {"learner_id": "person", "skill_id": "skill", "sheet_id": "sheet"},
    "evidence": {
        "learner_id": "person",
        "skill_id": "skill",
        "goal_id": "goal",
        "talk_id": "talk",
        "experiment_id": "experiment",
        "sheet_id": "sheet",
        "walk_id": "walk",
    },
    "mentor_pair": {"mentor_id": "person", "learner_id": "person"},
    "asked_question": {"talk_id": "talk", "learner_id": "person"},
    "after_talk": {"talk_id": "talk", "learner_id": "person"},
    "second_coach": {"talk_id": "talk", "learner_id": "person"},
    "practice_level": {"watched_id": "second_coach"},
    "form": {"area_id": "area"},
    "filling": {"version_id": "form_version", "walk_id": "walk", "area_id": "area"},
}
"""By kind, the fields that name a record, and the kind of record each names.

The database watches over them, and an import refuses one that names nothing.
"""
