"""The journeys are clicks and keys: none of them does what only a program could do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

JOURNEYS = sorted(Path(__file__).parent.glob("test_*.py"))
NO_HAND = frozenset(
    "setFocus emit trigger animateClick show_page go_back arrive setText setPlainText setChecked"
    " setCurrentIndex activate run_command throw_away".split()
)
"""What a person at the window cannot do, except that they copy with another program."""


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_a_journey_calls_nothing_but_hands_and_eyes(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            by_program = node.attr == "go" and isinstance(node.value, ast.Attribute)
            if by_program:
                found.append((node.lineno, ast.unparse(node)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            copies = ast.unparse(node.func.value).endswith("clipboard()")
            if node.func.attr in NO_HAND and not copies:
                found.append((node.lineno, ast.unparse(node)))
    assert found == []
