"""Which digit chooses which answer."""

from __future__ import annotations

import pytest

from gemba.domain.form_keys import hint_of, keys_of
from gemba.domain.form_view import FormChoice


def choices(*labels: str) -> list[FormChoice]:
    return [FormChoice(name=f"n{at}", label=label) for at, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        (("Yes", "No"), {"1": "n0", "2": "n1"}),
        # Points: the key says what the words say.
        (("0 None of it", "1 A little", "2 Half"), {"0": "n0", "1": "n1", "2": "n2"}),
        (("1", "2", "10"), {"1": "n0", "2": "n1"}),
        (("1.5", "2", "2,5"), {"2": "n1"}),
        (("-1", "0", "+1"), {"0": "n1", "1": "n2"}),
        # One number twice, or words without any: their places, which stand beside them.
        (("1 of two", "1 of three"), {"1": "n0", "2": "n1"}),
        (("None", "3 to 6"), {"1": "n0", "2": "n1"}),
        (("5S done", "6S done"), {"1": "n0", "2": "n1"}),
        (("", ""), {"1": "n0", "2": "n1"}),
        (tuple("abcdefghijk"), {str(at): f"n{at - 1}" for at in range(1, 10)}),
        ((), {}),
    ],
)
def test_a_digit_means_the_number_an_answer_begins_with(
    labels: tuple[str, ...], keys: dict[str, str]
) -> None:
    assert keys_of(choices(*labels)) == keys


def test_a_digit_is_shown_where_the_words_do_not_begin_with_it() -> None:
    assert [hint_of("2", one) for one in ("Yes", "2 Half", "20 of it", "+2")] == ["2", "", "2", ""]
