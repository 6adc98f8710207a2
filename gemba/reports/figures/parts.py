"""What the drawings of figures share: captions, small text, marks and the frame they fit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gemba.domain.figures.telling import Say
from gemba.reports.ink import Ink
from gemba.reports.lines import cut, fold
from gemba.reports.style import CAPTION, LABEL, LABEL_SOFT, MM, Colour, TextStyle

Photo = Callable[[str], bytes | None]
"""Returns the bytes of a photo by its hash; None, or a GembaError, where it is not here."""

CAPTION_GAP: Final = 1.6
KEY_GAP: Final = 0.6
KEY_LINES: Final = 6
_BETWEEN: Final = " · "
MARK: Final = 2.2
MARK_ROOM: Final = 3.6


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a figure may draw, in mm, and what it draws with; ``silent`` where what is left out
    is counted, and said by whoever gave the frame."""

    ink: Ink
    x: float
    y: float
    width: float
    height: float
    say: Say
    today: date
    photo: Photo | None = None
    silent: bool = False

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def below(self, taken: float) -> Frame:
        """Return what is left under a strip at the top."""
        return replace(self, y=self.y + taken, height=max(0.0, self.height - taken))

    def shortened(self, taken: float) -> Frame:
        """Return what is left over a strip at the foot."""
        return replace(self, height=max(0.0, self.height - taken))


def leading(style: TextStyle) -> float:
    """Return the distance of two lines of a style in mm."""
    return style.leading / MM


def text_height(text: str, width: float, style: TextStyle, most: int | None = None) -> float:
    """Return how high a text is in mm, set in lines of a width, in at most so many lines."""
    lines = len(fold(text, width, style))
    return (lines if most is None else min(lines, most)) * leading(style)


def key_height(key: Sequence[str], width: float) -> float:
    """Return the room of a key under a chart: of a long one its first lines stand there."""
    most = KEY_LINES * leading(LABEL_SOFT)
    return min(most, text_height(_BETWEEN.join(key), width, LABEL_SOFT)) + KEY_GAP if key else 0.0


def key_missing(key: Sequence[str], width: float) -> int:
    """Return how many entries of a key do not stand whole in the room it has."""
    return len(key) - _told_whole(key, width)


def draw_key(frame: Frame, key: Sequence[str], bottom: float) -> None:
    """Draw a key so that it ends at a height of the page; a long one says how many it leaves out.

    An entry that is too long by itself ends in an ellipsis, and counts as left out.
    """
    if not key:
        return
    whole = _told_whole(key, frame.width)
    said = key[:whole] if whole else key[:1]
    lines = fold(_BETWEEN.join(said), frame.width, LABEL_SOFT)
    if whole < len(key):
        left, say = len(key) - whole, frame.say
        one = left == 1
        more = say("figure.key_more.one") if one else say("figure.key_more.other", count=left)
        last = fold(more, frame.width, LABEL_SOFT)
        lines = cut(lines, max(1, KEY_LINES - len(last)), frame.width, LABEL_SOFT) + last
    top = bottom - key_height(key, frame.width)
    frame.ink.wrapped(frame.x, top, frame.width, "\n".join(lines), LABEL_SOFT)


def _told_whole(key: Sequence[str], width: float) -> int:
    """Return how many entries stand there whole: all, or what leaves a line for those left out."""

    def high(count: int) -> int:
        return len(fold(_BETWEEN.join(key[:count]), width, LABEL_SOFT))

    if not key or high(len(key)) <= KEY_LINES:
        return len(key)
    return bisect_right(range(1, len(key)), KEY_LINES - 1, key=high)


def caption_height(caption: str, width: float) -> float:
    """Return the room a caption takes above its figure, 0 where there is none."""
    caption = caption.strip()
    return text_height(caption, width, CAPTION) + CAPTION_GAP if caption else 0.0


def draw_caption(frame: Frame, caption: str) -> Frame:
    """Draw a caption and return what is left under it."""
    caption = caption.strip()
    if not caption:
        return frame
    taken = frame.ink.wrapped(frame.x, frame.y, frame.width, caption, CAPTION)
    return frame.below(taken + CAPTION_GAP)


def too_small_height(frame: Frame, count: int) -> float:
    """Return the room that the sentence about a frame too small takes."""
    if frame.silent:
        return 0.0
    return text_height(frame.say("figure.too_small", count=count), frame.width, LABEL)


def say_too_small(frame: Frame, count: int) -> int:
    """Draw the sentence that says how much does not fit, at the foot; return the count."""
    if frame.silent:
        return count
    height = too_small_height(frame, count)
    words = frame.say("figure.too_small", count=count)
    style = TextStyle("semibold", LABEL.size, LABEL.leading, "watch")
    top = max(frame.y, frame.bottom - height)
    most = int((frame.bottom - top) / leading(LABEL) + 0.01)
    if most and frame.width >= 20.0:
        frame.ink.wrapped(frame.x, top, frame.width, words, style, most=most)
    return count


def say_quietly(frame: Frame, words: str) -> None:
    """Draw a soft sentence at the top of a frame."""
    frame.ink.wrapped(frame.x, frame.y, frame.width, words, LABEL_SOFT)


def centre_of(ink: Ink, top: float, style: TextStyle) -> float:
    """Return the height at which a mark stands beside the first line of a text."""
    return top + ink.baseline_of(style) - style.size * 0.28 / MM


def draw_evidence(ink: Ink, x: float, middle: float, evidence: str) -> None:
    """Draw the mark of a kind of evidence, or "ruled_out", from x on, round a middle."""
    half = MARK / 2
    pt = 0.9
    if evidence == "tested":
        ink.rect(x, middle - half, MARK, MARK, stroke=None, fill="ink")
    elif evidence == "said":
        inset = pt / MM / 2
        side = MARK - 2 * inset
        ink.rect(x + inset, middle - half + inset, side, side, pt=pt)
    elif evidence == "measured":
        ink.circle(x + half, middle, half, stroke=None, fill="ink")
    elif evidence == "seen":
        ink.circle(x + half, middle, half - pt / MM / 2, pt=pt)
    elif evidence == "ruled_out":
        low, high = middle - half * 0.85, middle + half * 0.85
        left, right = x + half * 0.15, x + half * 1.85
        ink.line(left, low, right, high, colour="ink_soft", pt=0.75)
        ink.line(left, high, right, low, colour="ink_soft", pt=0.75)
    else:
        ink.line(x, middle, x + MARK * 0.38, middle, pt=pt)
        ink.line(x + MARK * 0.62, middle, x + MARK, middle, pt=pt)


def diamond(
    ink: Ink, x: float, y: float, half: float, *, fill: Colour, stroke: Colour = "ink"
) -> None:
    """Draw a diamond round a point."""
    points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    ink.polyline(points, colour=stroke, pt=0.5, close=True, fill=fill)
