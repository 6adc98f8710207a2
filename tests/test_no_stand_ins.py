"""Tests run the code that is shipped: what they set for a while is a bound, never a function."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parent
LISTENING = {
    ("ui/pages/test_sheet_redrawn.py", "_render"): "counts what is rendered, and renders it",
    ("app/test_days_pass.py", "due"): "notes the thread that reads, and reads",
    ("faults/test_frame.py", "fault_tests"): "the command's own list, which is what it is handed",
}
"""These set a function and call the real one; whatever is added here says why."""


def test_no_function_of_ours_is_replaced() -> None:
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        name = path.relative_to(TESTS).as_posix()
        text = path.read_text(encoding="utf-8")
        if ".setattr(" not in text:
            continue
        tree = ast.parse(text)
        foreign = _foreign(tree)
        for call in ast.walk(tree):
            set_here = _set_by(call, foreign)
            bound = set_here.lstrip("_").isupper()
            if set_here and not bound and (name, set_here) not in LISTENING:
                found.append(f"{name}:{call.lineno} sets {set_here}")  # type: ignore[attr-defined]
    assert found == []


def _foreign(tree: ast.Module) -> set[str]:
    """Return the names in a test that mean something of the system, of Python or of Qt."""
    foreign: set[str] = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            foreign |= {(name.asname or name.name).split(".")[0] for name in one.names}
        elif isinstance(one, ast.ImportFrom) and not (one.module or "").startswith("gemba"):
            foreign |= {name.asname or name.name for name in one.names}
    return foreign


def _set_by(node: ast.AST, foreign: set[str]) -> str:
    """Return the name a test sets on something of ours, or nothing."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ""
    if node.func.attr != "setattr" or len(node.args) < 2:
        return ""
    where, what = node.args[0], node.args[1]
    if isinstance(where, ast.Constant) and isinstance(where.value, str):
        return where.value.rpartition(".")[2] if where.value.startswith("gemba.") else ""
    root = where
    while isinstance(root, ast.Attribute | ast.Call):
        root = root.value if isinstance(root, ast.Attribute) else root.func
    if isinstance(root, ast.Name) and root.id in foreign:
        return ""
    return str(what.value) if isinstance(what, ast.Constant) else ""
