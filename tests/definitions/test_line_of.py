"""Where in a file a fault stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.definitions.line_of import line_of

TEXT = '''id = "mine"
label = """
width = a sentence that is no key
"""

[page]
width = 420
columns = [
  1,
  2,
]

[[boxes]]
id = "goal"
column = "left"
"label" = "Goal" # what it is called

[[boxes]]
id = "check"
column = "right"

[[boxes]]
id = "check"
'''


@pytest.mark.parametrize(
    ("where", "value", "line"),
    [
        ("id", None, 1),
        ("label", None, 2),
        ("page.width", None, 7),
        ("page.columns", None, 8),
        ("page.columns[1]", None, 8),
        ("page.margin", None, 6),
        ("page", None, 6),
        ("boxes.goal.label", None, 16),
        ("boxes.goal.height_mm", None, 13),
        ("boxes.check.column", None, 20),
        ("boxes[2].column", None, 22),
        ("boxes[9].id", None, 1),
        ("boxes.id", "check", 23),
        ("boxes (right column)", None, 20),
        ("boxes (middle column)", None, 13),
        ("boxes", None, 13),
        ("nothing.at.all", None, 1),
        ("file", None, 1),
    ],
)
def test_the_line_of_a_key_or_of_its_table(where: str, value: object, line: int) -> None:
    assert line_of(TEXT, where, value) == line


@given(st.text(), st.text(), st.none() | st.text())
def test_any_text_and_any_place_have_a_line_that_exists(
    text: str, where: str, value: str | None
) -> None:
    assert 1 <= line_of(text, where, value) <= max(1, len(text.splitlines()))
