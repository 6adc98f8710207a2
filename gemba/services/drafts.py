"""Forms half filled in: kept while they are typed, so that leaving or a kill loses no word."""

from __future__ import annotations

import json
from typing import Final

from gemba.services.recorder import Recorder

_PREFIX = "draft."
OF_THE_COACH: Final = f"{_PREFIX}coach."
"""Before what is half typed and for the coach alone; it goes when private notes are erased."""


class Drafts:
    """Keeps the texts of a form by its name until the form has become a record."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def keep(self, name: str, /, **texts: str) -> None:
        """Keep the texts of a form; a form without any is forgotten."""
        written = {field: text for field, text in texts.items() if text.strip()}
        plain = json.dumps(written, ensure_ascii=False) if written else ""
        self._recorder.remember(_PREFIX + name, plain)

    def read(self, name: str) -> dict[str, str]:
        """Return the texts a form was left with, or none."""
        try:
            found = json.loads(self._recorder.recall(_PREFIX + name) or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(field): text for field, text in found.items() if isinstance(text, str)}

    def drop(self, name: str) -> None:
        """Forget a form, because it has become a record or was given up."""
        self._recorder.remember(_PREFIX + name, "")
