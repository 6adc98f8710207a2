"""Lines, rectangles and circles in the operators of PDF (ISO 32000-1, 8.5), lengths in pt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gemba.reports.style import MM, Colour, rgb

_ROUND: Final = 0.5523
"""How far the handles of four Bézier curves reach, by its radius, to draw a circle."""


def path_through(points: Sequence[tuple[float, float]], *, close: bool) -> str:
    """Return the path through two points or more."""
    path = [f"{x:.3f} {y:.3f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)]
    if close:
        path.append("h")
    elif len(points) > 2:
        # A mitred corner would draw a peak higher than what was measured.
        path.insert(0, "1 j")
    return " ".join(path)


def rectangle(left: float, low: float, width: float, height: float) -> str:
    """Return the path round a rectangle from its lower left corner."""
    return f"{left:.3f} {low:.3f} {width:.3f} {height:.3f} re"


def circle_round(cx: float, cy: float, r: float) -> str:
    """Return the path of a circle round a centre."""
    k = r * _ROUND
    return (
        f"{cx + r:.3f} {cy:.3f} m "
        f"{cx + r:.3f} {cy + k:.3f} {cx + k:.3f} {cy + r:.3f} {cx:.3f} {cy + r:.3f} c "
        f"{cx - k:.3f} {cy + r:.3f} {cx - r:.3f} {cy + k:.3f} {cx - r:.3f} {cy:.3f} c "
        f"{cx - r:.3f} {cy - k:.3f} {cx - k:.3f} {cy - r:.3f} {cx:.3f} {cy - r:.3f} c "
        f"{cx + k:.3f} {cy - r:.3f} {cx + r:.3f} {cy - k:.3f} {cx + r:.3f} {cy:.3f} c h"
    )


def painted(
    path: str,
    stroke: Colour | None,
    fill: Colour | None,
    *,
    pt: float,
    dash: Sequence[float] = (),
    grey: bool = False,
) -> str:
    """Return a path filled and drawn in its colours, ``pt`` wide; dashes in mm."""
    code = ["q"]
    if fill is not None:
        code.append("{:.3f} {:.3f} {:.3f} rg".format(*rgb(fill, grey=grey)))
    if stroke is not None:
        code.append("{:.3f} {:.3f} {:.3f} RG".format(*rgb(stroke, grey=grey)))
        code.append(f"{pt:g} w")
        if dash:
            code.append(f"[{' '.join(f'{one * MM:.3f}' for one in dash)}] 0 d")
    ending = {(True, True): "B", (True, False): "S", (False, True): "f"}
    code += [path, ending.get((stroke is not None, fill is not None), "n"), "Q"]
    return " ".join(code)
