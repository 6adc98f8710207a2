"""Finding signs that belong to no word: an emoji, an arrow, a per cent sign.

The full-text table holds words alone, so the texts themselves are looked through, the newest
first; among a hundred thousand records that takes about as long as a key is held down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gemba.store.driver import Connection
from gemba.store.search_form import indexed

_MOST: Final = 8


def signs_of(typed: Sequence[str]) -> list[str]:
    """Return what can be looked for of words that hold no letter and no digit."""
    seen = [word for word in typed if any(map(str.isprintable, word))]
    return [indexed(word) for word in seen[:_MOST]]


def rows_with(
    connection: Connection, signs: Sequence[str], *, scope: str, private: bool, limit: int
) -> list[int]:
    """Return the newest rows that hold every sign; ``scope`` is an FTS5 expression or empty."""
    columns = ("title", "body", "private_body") if private else ("title", "body")
    holds = f"({' OR '.join(f'instr({column}, ?)' for column in columns)})"
    asked = [holds] * len(signs)
    values: list[object] = [sign for sign in signs for _ in columns]
    if scope:
        asked.insert(0, "search_text MATCH ?")
        values.insert(0, scope)
    rows = connection.execute(
        f"SELECT rowid FROM search_text WHERE {' AND '.join(asked)} ORDER BY rowid DESC LIMIT ?",
        (*values, limit),
    )
    return [number for (number,) in rows]
