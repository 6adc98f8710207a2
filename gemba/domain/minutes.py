"""Minutes and seconds as they are written down beside a stopwatch: "1:30"."""

from __future__ import annotations

import re
from typing import Final

_WRITTEN: Final = re.compile(r"\s*(?:(\d{1,4})\s*(?::\s*(\d{1,2}))?)\s*\Z")


def read_minutes(text: str) -> int | None:
    """Return the seconds of "1:30" (90), "2" (120) or nothing (0); None for anything else."""
    if not text.strip():
        return 0
    found = _WRITTEN.match(text)
    if found is None or int(found.group(2) or 0) > 59:
        return None
    return 60 * int(found.group(1)) + int(found.group(2) or 0)


def said_minutes(seconds: int) -> str:
    """Return seconds as "1:30", nothing for none."""
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds > 0 else ""
