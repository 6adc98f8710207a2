"""How a value of the journal reads: its texts one after the other, without what nobody wrote."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gemba.domain.texts import worded


def reads(value: object) -> str:
    """Return what a person would read in a value; a word for one that holds no text."""
    words = "\n".join(line for line in _lines(value) if line.strip())
    return words or QCoreApplication.translate("Values", "(empty)")


def _lines(value: object) -> list[str]:
    if isinstance(value, bool):
        word = "Yes" if value else "No"
        return [QCoreApplication.translate("Values", word)]
    if isinstance(value, str):
        return [value]
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, list):
        return [line for item in value for line in _lines(item)]
    if isinstance(value, dict):
        return [line for name, held in value.items() if worded(name, held) for line in _lines(held)]
    return []
