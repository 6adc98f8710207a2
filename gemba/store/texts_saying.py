"""Which of a few records hold words, read from their texts in the index."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from gemba.store.driver import Connection
from gemba.store.search_form import indexed, shown

_TEXTS = """
    SELECT e.record_id, t.title, t.body FROM search_entry AS e
    JOIN search_text AS t ON t.rowid = e.number
    WHERE NOT e.private AND e.record_id IN (SELECT value FROM json_each(?))"""


def saying(connection: Connection, keys: Sequence[str], words: Sequence[str]) -> set[str]:
    """Return the keys of those records in which a word begins with each of these words.

    It finds what the index finds: letters count without their case and marks, and in scripts
    without blanks a word stands anywhere. Private words are not looked at.
    """
    texts: dict[str, list[str]] = {}
    for key, title, body in connection.execute(_TEXTS, (json.dumps(list(keys)),)).fetchall():
        texts.setdefault(key, []).append(f"{title}\n{body}")
    looks = [_look_for(word) for word in words]
    folded = {key: _folded(shown("\n".join(held))) for key, held in texts.items()}
    return {key for key, text in folded.items() if all(look.search(text) for look in looks)}


def _look_for(word: str) -> re.Pattern[str]:
    # What stands between the letters of a word, as in "bay-2", parts words in the text as well.
    parts = [re.escape(part) for part in re.findall(r"\w+", _folded(word))]
    begins = "" if indexed(word) != word else r"(?<!\w)"
    return re.compile(begins + r"\W+".join(parts))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()
