"""What is said, quietly and to the coach alone, of how a question was put."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from gemba.domain.question_form import (
    BLAMING,
    CLOSED,
    LEADING,
    NO_QUESTION,
    OPEN,
    STACKED,
    AskedAs,
)


def question_note(asked: AskedAs) -> str:
    """Say in a few words how a question is put, and what would open it; nothing for no words."""
    say = QCoreApplication.translate
    return {
        OPEN: say("Question", "open"),
        CLOSED: say("Question", "closed; what or how would open it"),
        LEADING: say("Question", "leading; it holds an answer of yours"),
        BLAMING: say("Question", "may sound like blame; what led to it?"),
        STACKED: say("Question", "more than one question"),
        NO_QUESTION: say("Question", "not a question"),
    }.get(asked.chief, "")


def class_word(one: str) -> str:
    """Name a class of questions."""
    say = QCoreApplication.translate
    return {
        OPEN: say("Question", "open"),
        CLOSED: say("Question", "closed"),
        LEADING: say("Question", "leading"),
        STACKED: say("Question", "stacked"),
        BLAMING: say("Question", "blaming"),
        NO_QUESTION: say("Question", "no question"),
    }.get(one, one)


def class_words(classes: Iterable[str]) -> str:
    """Name the classes of a question in one line."""
    return ", ".join(class_word(one) for one in classes)
