"""A target card on paper: from and to in large letters, what it rests on, and its five letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gemba.domain.figures import Target
from gemba.domain.figures.target import LETTERS
from gemba.domain.figures.target_rules import (
    amount_words,
    day_words,
    difference,
    has_words,
    letters_told,
    missing,
    unit_of,
)
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
    text_height,
    too_small_height,
)
from gemba.reports.figures.ruled import SMALL_ROW, Cell, Ruled, draw_ruled
from gemba.reports.ink import Ink
from gemba.reports.lines import fold
from gemba.reports.style import (
    CELL_STRONG,
    LABEL,
    LABEL_SOFT,
    MM,
    TextStyle,
)

_BIG: Final = TextStyle("semibold", 16, 19)
_BIG_SOFT: Final = TextStyle("regular", 16, 19, "ink_soft")
_ARROW: Final = 9.0
_GAP: Final = 1.4
_NAMES: Final = ("where", "source", "balance", "serves", "reach")
_NAME_WIDTH: Final = 34.0
_DOT: Final = 2.1
_LETTERS: Final = 6.4
_STEP: Final = 5.6
_TIGHT: Final = 4.2
_WIDE: Final = 150.0
_BETWEEN: Final = 8.0


def _headline(figure: Target, say: Say) -> tuple[str, str, str]:
    """Return from and to, and what stands behind them: the difference and the day."""
    unit = unit_of(figure)
    start, goal = (amount_words(one, unit) or "?" for one in (figure.start, figure.goal))
    parts = [difference(figure, say)]
    if day_words(figure):
        parts.append(say("target.by_short", day=day_words(figure)))
    return start, goal, ", ".join(part for part in parts if part)


def _one_line(figure: Target, width: float, say: Say) -> bool:
    """Tell whether from and to stand side by side in large letters."""
    start, goal, _ = _headline(figure, say)
    taken = Ink.text_width(start, _BIG_SOFT) + _ARROW + Ink.text_width(goal, _BIG)
    return taken <= width


def _set(
    frame: Frame | None, top: float, text: str, width: float, style: TextStyle, most: int | None
) -> tuple[float, int]:
    """Return how high a text is and whether it was cut; draw it where there is a frame."""
    lines = fold(text, width, style) if text else []
    count = len(lines) if most is None else min(len(lines), most)
    if frame is not None and lines:
        frame.ink.wrapped(frame.x, top, width, text, style, most=most)
    return count * leading(style), int(count < len(lines))


def _head(
    figure: Target, width: float, say: Say, most: int | None, frame: Frame | None = None
) -> tuple[float, int]:
    """Return how high the head is and how many of its texts were cut to ``most`` lines; draw it
    where there is a frame."""
    start, goal, behind = _headline(figure, say)
    at = frame.y if frame is not None else 0.0
    top, was_cut = _set(frame, at, _measure(figure), width, CELL_STRONG, most)
    top += _GAP if top else 0.0
    if not _one_line(figure, width, say):
        texts = [(say("target.from_to", start=start, goal=goal), CELL_STRONG), (behind, LABEL)]
    else:
        if frame is not None:
            _draw_from_to(figure, frame, at + top)
        top += leading(_BIG)
        texts = [] if _beside(figure, width, say) else [(behind, LABEL)]
    for text, style in texts:
        taken, lost = _set(frame, at + top, text, width, style, most)
        top, was_cut = top + taken, was_cut + lost
    return top + _GAP, was_cut


def _beside(figure: Target, width: float, say: Say) -> bool:
    start, goal, behind = _headline(figure, say)
    taken = Ink.text_width(start, _BIG_SOFT) + _ARROW + Ink.text_width(goal, _BIG) + 4.0
    return taken + Ink.text_width(behind, LABEL) <= width


def _measure(figure: Target) -> str:
    return " ".join(figure.measure.split())


def _table(figure: Target, width: float, say: Say, *, tight: bool = False) -> Ruled:
    name = min(_NAME_WIDTH, width * 0.34)
    rows = tuple(
        (Cell(say(f"target.{one}"), LABEL_SOFT), Cell(words, LABEL))
        for one in _NAMES
        if (words := " ".join(getattr(figure, one).split()))
    )
    widths = (name, max(1.0, width - name - 3.0))
    if tight and _lacking(figure, say):
        left_open = Cell(_lacking(figure, say), LABEL_SOFT)
        rows = (*rows, (Cell(say("target.open"), LABEL_SOFT), left_open))
    if tight:
        return Ruled(widths, (), rows, 3.0, _TIGHT, _TIGHT - leading(LABEL))
    return Ruled(widths, (), rows, 3.0, SMALL_ROW)


def _halves(width: float) -> tuple[float, float]:
    """Return the widths of both halves of a card that is wide enough for them; else 0."""
    if width < _WIDE:
        return 0.0, 0.0
    left = width * 0.42
    return left, width - left - _BETWEEN


def _lacking(figure: Target, say: Say) -> str:
    return " ".join(letters_told(figure, say))


def _foot_height(figure: Target, width: float, say: Say) -> float:
    words = _lacking(figure, say)
    return _LETTERS + (text_height(words, width, LABEL_SOFT) if words else 0.0)


def natural_size(figure: Target, available: float, say: Say) -> tuple[float, float]:
    """Return the room a card takes at a width."""
    caption = caption_height(figure.caption, available)
    if not has_words(figure):
        return available, caption + leading(LABEL)
    return available, caption + _body_height(figure, available, say)


def _body_height(figure: Target, width: float, say: Say) -> float:
    left, right = _halves(width)
    if left:
        height = _head(figure, left, say, None)[0] + _LETTERS
        return max(height, _table(figure, right, say, tight=True).height())
    height = _head(figure, width, say, None)[0] + _foot_height(figure, width, say)
    return height + _table(figure, width, say).height()


def draw(figure: Target, frame: Frame) -> int:
    """Draw a card into a frame; return how many of its parts found no room."""
    inner = draw_caption(frame, figure.caption)
    say, width = frame.say, inner.width
    if not has_words(figure):
        say_quietly(inner, say("target.empty"))
        return 0
    if _body_height(figure, width, say) > inner.height + 0.05:
        return _draw_part(figure, inner)
    left, right = _halves(width)
    if left:
        return _draw_halves(figure, inner, left, right)
    head, _ = _head(figure, width, say, None, inner)
    _, taken = draw_ruled(_table(figure, width, say), inner.below(head))
    _draw_letters(figure, inner.below(head + taken))
    return 0


def _draw_halves(
    figure: Target, frame: Frame, left: float, right: float, most: int | None = None
) -> int:
    """Draw the head and the letters on the left and all else on the right."""
    first = replace(frame, width=left)
    head, was_cut = _head(figure, left, frame.say, most, first)
    under = first.below(head)
    fits = under.height >= _LETTERS - 0.05
    if fits:
        _draw_letters(figure, under, alone=True)
    beside = replace(frame, x=frame.right - right, width=right)
    table = _table(figure, right, frame.say, tight=True)
    return draw_ruled(table, beside, also=was_cut + int(not fits))[0]


def _draw_part(figure: Target, frame: Frame) -> int:
    """Draw what there is room for: the letters give way first, then rows, then long words."""
    say, width = frame.say, frame.width
    left, right = _halves(width)
    if left:
        for most in (None, 4, 2, 1):
            if _head(figure, left, say, most)[0] <= frame.height:
                return _draw_halves(figure, frame, left, right, most)
    table = _table(figure, width, say)
    note = too_small_height(frame, 9) + 0.5
    for most in (None, 4, 2, 1):
        head, was_cut = _head(figure, width, say, most)
        if head + note <= frame.height:
            break
    else:
        return say_too_small(frame, len(table.rows) + 1)
    _head(figure, width, say, most, frame)
    rest = frame.below(head)
    # The letters count as one.
    return draw_ruled(table, rest, also=was_cut + 1)[0]


def _draw_from_to(figure: Target, frame: Frame, top: float) -> None:
    ink = frame.ink
    start, goal, behind = _headline(figure, frame.say)
    base = top + ink.baseline_of(_BIG)
    x = frame.x + ink.text(frame.x, base, start, _BIG_SOFT)
    middle = base - _BIG.size * 0.28 / MM
    ink.line(x + 1.8, middle, x + _ARROW - 3.4, middle, colour="ink", pt=1.0)
    tip = [
        (x + _ARROW - 1.8, middle),
        (x + _ARROW - 3.8, middle - 1.0),
        (x + _ARROW - 3.8, middle + 1.0),
    ]
    ink.polyline(tip, close=True, fill="ink", pt=0.3)
    x += _ARROW
    x += ink.text(x, base, goal, _BIG)
    if _beside(figure, frame.width, frame.say):
        ink.text(x + 4.0, base, behind, LABEL)


def _draw_letters(figure: Target, frame: Frame, *, alone: bool = False) -> None:
    """Draw the five letters: filled where nothing is missing; what is, below them or elsewhere."""
    ink = frame.ink
    lacks = missing(figure)
    middle = frame.y + _DOT + 1.2
    for number, letter in enumerate(LETTERS):
        x = frame.x + _DOT + number * _STEP
        said = not lacks[letter]
        ink.circle(
            x,
            middle,
            _DOT,
            stroke="accent" if said else "ink",
            fill="accent" if said else "paper",
            pt=0.75,
        )
        style = TextStyle("semibold", 8, 10, "paper" if said else "ink")
        ink.text(x, middle + 8 * 0.34 / MM, letter.upper(), style, align="centre")
    if not _lacking(figure, frame.say):
        x = frame.x + len(LETTERS) * _STEP + 1.0
        words = frame.say("target.whole")
        if x + Ink.text_width(words, LABEL_SOFT) <= frame.right:
            ink.text(x, middle + LABEL.size * 0.34 / MM, words, LABEL_SOFT)
        return
    if alone:
        return
    words = _lacking(figure, frame.say)
    ink.wrapped(frame.x, frame.y + _LETTERS, frame.width, words, LABEL_SOFT)
