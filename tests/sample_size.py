"""How many records the sample has, for tests that count what comes back of it."""

from __future__ import annotations

import json

from gemba.resources import resource_path


def sample_size(name: str = "discharge") -> int:
    """Return the number of records in a sample as its file says them."""
    text = resource_path("samples", name, "data.json").read_text(encoding="utf-8")
    return sum(len(rows) for rows in json.loads(text)["records"].values())
