"""How a question is put, by its opening and by what it holds."""

from __future__ import annotations

import pytest

from gemba.domain.cycle_times import said_seconds, spread_of
from gemba.domain.question_form import BLAMING, CLOSED, LEADING, OPEN, STACKED, question_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("What do you look for first?", OPEN),
        ("How do you know the day goes well?", OPEN),
        ("Tell me what happens at handover", OPEN),
        ("Is it always like this?", CLOSED),
        ("did you call somebody", CLOSED),
        ("Isn’t there a list", CLOSED),
        ("Have you tried the shelf?", LEADING),
        ("Don’t you think you should call?", LEADING),
        ("And why don't you just call them?", LEADING),
        ("Why did you leave it there?", BLAMING),
        ("What is waiting? And for what?", STACKED),
        ("What happens " + "and then " * 12 + "?", STACKED),
        ("", ""),
        (" ?! 12", ""),
        ("何を待っていますか？", OPEN),
    ],
)
def test_the_form_of_a_question(text: str, form: str) -> None:
    assert question_form(text) == form


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0.0 s"), (41.26, "41.3 s"), (59.96, "1:00.0"), (125, "2:05.0")]
)
def test_a_time_reads_as_on_a_stopwatch(seconds: float, said: str) -> None:
    assert said_seconds(seconds) == said


def test_the_spread_of_no_cycle_and_of_one() -> None:
    assert spread_of(()) is None
    assert spread_of((4.0,)) is not None
