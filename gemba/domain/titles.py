"""The first words of a text, where there is no room for all of it."""

from __future__ import annotations


def first_words(text: str, limit: int = 48) -> str:
    """Shorten a text to its first line and whole words, at most ``limit`` characters."""
    line = " ".join(text.split("\n", 1)[0].split())
    if len(line) <= limit:
        return line
    cut = line[:limit].rsplit(" ", 1)[0] or line[:limit]
    return cut.rstrip(" ,;:.") + " …"
