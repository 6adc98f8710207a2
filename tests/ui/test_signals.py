"""A signal hands a text on as it is.

Declared as Qt's own string it goes through a conversion that takes a mark of the byte order at its
beginning away, or turns the bytes of every letter round.
"""

from __future__ import annotations

import ast
from pathlib import Path

import gemba


def test_no_signal_carries_a_text_as_a_string_of_qt() -> None:
    found = []
    for path in sorted(Path(gemba.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Signal":
                continue
            if any(isinstance(one, ast.Name) and one.id == "str" for one in node.args):
                found.append(f"{path.name}:{node.lineno}")
    assert not found, "declared as object, a text arrives as it was sent"
