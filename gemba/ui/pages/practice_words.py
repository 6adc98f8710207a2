"""Names of the phases a second coach watches, and of the five steps of practice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def phase_word(phase: str) -> str:
    """Name a phase of a coaching cycle."""
    say = QCoreApplication.translate
    return {
        "aim": say("Practice", "Aim"),
        "now": say("Practice", "Where it is now"),
        "obstacle": say("Practice", "Obstacle"),
        "next": say("Practice", "Next step"),
        "when": say("Practice", "When we look"),
    }.get(phase, phase)


def level_word(level: int) -> str:
    """Name a step of practice, nothing for none."""
    say = QCoreApplication.translate
    return {
        1: say("Practice", "novice"),
        2: say("Practice", "advanced beginner"),
        3: say("Practice", "competent"),
        4: say("Practice", "proficient"),
        5: say("Practice", "expert"),
    }.get(level, "")


def level_meaning(level: int) -> str:
    """Say what a step of practice looks like at the board."""
    say = QCoreApplication.translate
    return {
        1: say("Practice", "Reads the card."),
        2: say("Practice", "Adds questions that clarify."),
        3: say("Practice", "Finds the point where knowing ends, every time."),
        4: say("Practice", "Adapts to the learner and stays under twenty minutes."),
        5: say("Practice", "Develops other coaches."),
    }.get(level, "")
