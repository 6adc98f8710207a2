"""What the data of a chart is, for whoever can put a chart of its own there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Charted:
    """What the data of a chart is: a figure or a part of it, "limits" or "ranges", on a scale
    of values from ``low`` to ``high``."""

    figure: object
    part: str = ""
    low: float = 0.0
    high: float = 1.0
