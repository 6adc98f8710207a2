"""Version 5: cycles in full, conversations of other kinds, the coach as a learner, development."""

from __future__ import annotations

from typing import Final

from alembic.operations import Operations

from gemba.store.migrations.parts import Gain, gain, make

_NUMBERS: Final = {"predicted": None, "happened": None, "unit": ""}

_GAINS: Final[dict[str, Gain]] = {
    "person": Gain({"formerly": ("json", [])}, ids=("id", "area_id")),
    "storyboard": Gain(
        {
            "challenge_by": ("date?", None),
            "process_measure": ("text", ""),
            "operating_pattern": ("text", ""),
            "target_moves": ("json", []),
            "ended_on": ("date?", None),
            "ended_because": ("text", ""),
            "dismissed": ("json", []),
        },
        ids=("id", "learner_id"),
        nested=("chart", "obstacles"),
    ),
    "experiment": Gain(
        {
            "numbers": ("json", _NUMBERS),
            "go_and_see": ("bool", False),
            "ready": ("json", []),
            "stopped_on": ("date?", None),
            "stopped_because": ("text", ""),
            "dismissed": ("json", []),
        },
        ids=("id", "storyboard_id", "learner_id"),
        nested=("amendments",),
    ),
    "talk": Gain(
        {
            "script_id": ("-> question_script", None),
            "planned_minutes": ("int", 20),
            "times": ("json", []),
            "breaks": ("json", []),
            "resumed": ("json", []),
            "missed": ("json", []),
            "strong": ("text", ""),
            "practise": ("text", ""),
            "takeaway": ("text", ""),
            "dismissed": ("json", []),
        },
        ids=(
            "id",
            "learner_id",
            "storyboard_id",
            "sheet_id",
            "last_experiment_id",
            "next_experiment_id",
        ),
        nested=("answers",),
    ),
}

_KINDS: Final[dict[str, dict[str, str]]] = {
    "question_script": {
        "definition": "text",
        "version": "int",
        "label": "text",
        "text": "text",
    },
    "session": {
        "definition": "text",
        "definition_version": "int",
        "script_id": "-> question_script",
        "learner_id": "-> person",
        "about": "text",
        "led_by": "text",
        "with_whom": "text",
        "held_on": "date",
        "started_at": "moment?",
        "ended_at": "moment?",
        "elapsed": "int",
        "at_step": "text",
        "times": "json",
        "breaks": "json",
        "answers": "json",
        "private_answers": "json",
    },
    "lesson": {
        "words": "text",
        "learned_on": "date",
        "learner_id": "-> person",
        "talk_id": "-> talk",
        "session_id": "-> session",
        "experiment_id": "-> experiment",
        "area_id": "-> area",
    },
    "skill": {
        "learner_id": "=> person",
        "family": "text",
        "name": "text",
        "level": "int",
        "steps": "json",
        "archived_on": "date?",
    },
    "goal": {
        "learner_id": "=> person",
        "skill_id": "-> skill",
        "sheet_id": "-> sheet",
        "text": "text",
        "by_when": "date?",
        "takes": "text",
        "set_on": "date",
        "reached_on": "date?",
        "note": "text",
    },
    "evidence": {
        "learner_id": "=> person",
        "skill_id": "-> skill",
        "goal_id": "-> goal",
        "talk_id": "-> talk",
        "experiment_id": "-> experiment",
        "sheet_id": "-> sheet",
        "walk_id": "-> walk",
        "shown_on": "date",
        "shows": "text",
    },
    "mentor_pair": {
        "mentor_id": "=> person",
        "learner_id": "=> person",
        "about": "text",
        "every_days": "int",
        "since": "date",
        "last_on": "date?",
        "until": "date?",
    },
    "asked_question": {
        "coach": "text",
        "talk_id": "-> talk",
        "learner_id": "-> person",
        "asked_on": "date",
        "words": "text",
        "forms": "json",
        "rewrite": "text",
        "rewrite_forms": "json",
        "kept": "bool",
    },
    "after_talk": {
        "talk_id": "=> talk",
        "learner_id": "-> person",
        "coach": "text",
        "noted_on": "date",
        "asked": "int",
        "told": "int",
        "silences": "int",
        "talk_share": "int?",
        "aim": "text",
        "aim_kept": "text",
    },
    "second_coach": {
        "talk_id": "-> talk",
        "learner_id": "-> person",
        "coach": "text",
        "second_coach": "text",
        "watched_on": "date",
        "minutes": "int",
        "phases": "json",
        "before": "text",
        "strong": "text",
        "feedback": "text",
        "practise": "text",
        "reply": "text",
        "level": "int",
    },
    "practice_level": {
        "coach": "text",
        "level": "int",
        "by": "text",
        "second_coach": "text",
        "rated_on": "date",
        "why": "text",
        "watched_id": "-> second_coach",
    },
}

_INDEXES: Final = (
    ("question_script", "definition", "version"),
    ("session", "learner_id", "held_on"),
    ("session", "held_on"),
    ("lesson", "learner_id"),
    ("lesson", "learned_on"),
    ("skill", "learner_id"),
    ("goal", "learner_id"),
    ("evidence", "learner_id"),
    ("evidence", "skill_id"),
    ("evidence", "goal_id"),
    ("mentor_pair", "learner_id"),
    ("mentor_pair", "mentor_id"),
    ("asked_question", "asked_on"),
    ("asked_question", "talk_id"),
    ("after_talk", "talk_id"),
    ("after_talk", "noted_on"),
    ("second_coach", "watched_on"),
    ("second_coach", "talk_id"),
    ("practice_level", "rated_on"),
)


def upgrade(op: Operations) -> None:
    """Add columns to what a cycle writes, and the tables of what is new."""
    for table, gained in _GAINS.items():
        gain(op, table, gained)
    for kind, columns in _KINDS.items():
        make(op, kind, columns)
    for table, *names in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)
