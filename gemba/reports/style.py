"""How paper looks: colours, sizes in pt and lengths in mm, named by what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Face = Literal["regular", "semibold", "italic", "semibold_italic"]
Colour = Literal[
    "ink", "ink_soft", "rule", "grid", "axis", "accent", "series_2", "series_3", "watch", "paper"
]

COLOURS: Final[dict[Colour, str]] = {
    "ink": "#1F2A33",
    "ink_soft": "#56626D",
    "rule": "#1F2A33",
    "grid": "#E4E7EA",
    "axis": "#9AA3AB",
    "accent": "#23597F",
    "series_2": "#7C9BB0",
    "series_3": "#C4D0D8",
    "watch": "#8A580B",
    "paper": "#FFFFFF",
}
"""The paper tokens of the design; charts use ink, accent and the two series, in this order."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One kind of text on paper: face, size and leading in pt, colour."""

    face: Face
    size: float
    leading: float
    colour: Colour = "ink"


TITLE: Final = TextStyle("semibold", 20, 24)
FACT_LABEL: Final = TextStyle("regular", 8, 10, "ink_soft")
FACT: Final = TextStyle("regular", 10, 12.5)
BOX_TITLE: Final = TextStyle("semibold", 11, 14)
BOX_TEXT: Final = TextStyle("regular", 10.5, 13.5)
TOO_MANY: Final = TextStyle("semibold", 9, 12, "watch")
CAPTION: Final = TextStyle("semibold", 9, 12)
LABEL: Final = TextStyle("regular", 8.5, 11)
LABEL_SOFT: Final = TextStyle("regular", 8.5, 11, "ink_soft")
LABEL_STRONG: Final = TextStyle("semibold", 8.5, 11)
LABEL_ROOT: Final = TextStyle("semibold", 8.5, 11, "accent")
CELL: Final = TextStyle("regular", 10, 12.5)
CELL_STRONG: Final = TextStyle("semibold", 10, 12.5)
CELL_SOFT: Final = TextStyle("regular", 10, 12.5, "ink_soft")
FOOTER: Final = TextStyle("regular", 8, 10, "ink_soft")

REPORT_TITLE: Final = TextStyle("semibold", 18, 22)
REPORT_HEAD: Final = TextStyle("semibold", 11.5, 15)
REPORT_TEXT: Final = TextStyle("regular", 10.5, 14)
REPORT_STRONG: Final = TextStyle("semibold", 10.5, 14)
REPORT_SOFT: Final = TextStyle("regular", 9, 12, "ink_soft")

MM: Final = 72 / 25.4
"""Points in a millimetre."""

HAIRLINE_PT: Final = 0.5
HEADER_RULE_PT: Final = 1.0
DATA_PT: Final = 1.0
MARK_PT: Final = 0.8
"""The rule under a word that is new, and through one that went."""

TEXT_WIDTH_MM: Final = 160.0
"""Text in a box runs at most this wide; a longer line is hard to find the way back from."""
BESIDE_MM: Final = 90.0
"""Text beside a figure keeps at least this much."""
BOX_TITLE_MM: Final = 5.2
"""From the rule above a box down to the baseline of its title."""
BOX_TEXT_MM: Final = 7.4
"""From the rule above a box down to where its first line of text begins."""


def rgb(colour: Colour, *, grey: bool = False) -> tuple[float, float, float]:
    """Return a colour as three shares from 0 to 1; ``grey`` as light as it is (Rec. 601)."""
    value = COLOURS[colour]
    if grey:
        red, green, blue = rgb(colour)
        light = 0.299 * red + 0.587 * green + 0.114 * blue
        return (light, light, light)
    return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]
