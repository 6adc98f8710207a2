"""Notes at the readings of a chart: beside their reading where few, else letters with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import in_order, spots
from gemba.domain.figures.telling import short_date
from gemba.reports.figures.parts import Frame, draw_key, key_height, key_missing
from gemba.reports.figures.plot import Plot, crosses
from gemba.reports.ink import Ink
from gemba.reports.style import LABEL, MM

_FEW: Final = 2
_WIDEST: Final = 0.45
_GAP: Final = 1.6
_RING: Final = 1.15


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a chart: the index of their reading, and what stands beside it; ``key``
    explains letters under the chart of a ``width`` in mm."""

    at: tuple[int, ...]
    words: tuple[str, ...]
    key: tuple[str, ...]
    width: float

    @property
    def key_height(self) -> float:
        """The room under the chart, in mm."""
        return key_height(self.key, self.width)

    @property
    def missing(self) -> int:
        """How many notes the key has no room for."""
        return key_missing(self.key, self.width)

    def draw_key(self, frame: Frame, bottom: float) -> None:
        """Draw the key so that it ends at a height of the page."""
        draw_key(frame, self.key, bottom)


def notes_of(chart: RunChart, width: float) -> Notes:
    """Read the notes of a chart that is so many mm wide."""
    found = [
        (at, f"{short_date(reading.on)}: {' '.join(reading.note.split())}")
        for at, reading in enumerate(in_order(chart))
        if reading.note.strip()
    ]
    at = tuple(at for at, _ in found)
    words = tuple(said for _, said in found)
    if len(words) <= _FEW and all(Ink.text_width(one, LABEL) <= width * _WIDEST for one in words):
        return Notes(at, words, (), width)
    letters = tuple(_letter(number) for number in range(len(words)))
    key = tuple(f"{one} {said}" for one, said in zip(letters, words, strict=True))
    return Notes(at, letters, key, width)


def _letter(number: int) -> str:
    letter = chr(ord("a") + number % 26)
    return letter if number < 26 else f"{_letter(number // 26 - 1)}{letter}"


def draw_notes(
    plot: Plot, chart: RunChart, notes: Notes, lines: Sequence[Sequence[tuple[float, float]]]
) -> None:
    """Ring each reading with a note and write beside it, where no line of data runs."""
    placed = spots(chart)
    taken: list[tuple[float, float, float, float]] = []
    for at, words in zip(notes.at, notes.words, strict=True):
        spot = placed[at]
        x = plot.x(spot.at)
        y = plot.bottom - 1.2 if spot.value is None else plot.y(spot.value)
        plot.ink.circle(x, y, _RING, pt=0.75)
        width = Ink.text_width(words, LABEL)
        places = _places(plot, x, y, width)
        free = next((one for one in places if not _taken(one, width, lines, taken)), None)
        left, base = free or places[0]
        box = _box(left, base, width)
        if free is None:
            plot.ink.rect(box[0], box[1], width + 0.8, 3.1, stroke=None, fill="paper")
        taken.append(box)
        plot.ink.text(left, base, words, LABEL)


def _places(plot: Plot, x: float, y: float, width: float) -> list[tuple[float, float]]:
    """Return where words could stand round a reading, all on the plot, the best first."""
    level = y + LABEL.size * 0.32 / MM
    tried = [(x + _RING + _GAP * 0.4, level), (x - _RING - _GAP * 0.4 - width, level)]
    for far in (2.2, 4.6, 8.0):
        tried += [(x - width / 2, y - far), (x - width / 2, y + far + 1.8)]
        tried += [(x + 1.0, y - far), (x - 1.0 - width, y - far)]
    # Right of the plot stand the words of its lines.
    least, most = plot.left + 0.4, plot.right - width
    inside = [
        (left, base)
        for left, base in tried
        if least <= left <= most and plot.top - 2.0 <= base - 2.4 and base <= plot.bottom - 0.4
    ]
    clamped = (min(max(least, x - width / 2), max(least, most)), max(y - 2.2, plot.top + 1.0))
    return inside or [clamped]


def _box(left: float, base: float, width: float) -> tuple[float, float, float, float]:
    return left - 0.4, base - 2.6, left + width + 0.4, base + 0.5


def _taken(
    place: tuple[float, float],
    width: float,
    lines: Sequence[Sequence[tuple[float, float]]],
    taken: Sequence[tuple[float, float, float, float]],
) -> bool:
    box = _box(*place, width)
    if any(crosses(line, box) for line in lines):
        return True
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in taken
    )
