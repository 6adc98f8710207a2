"""An impact summary on paper: before, target, after and the change, and a mark for what held."""

from __future__ import annotations

from typing import Final

from gemba.domain.figures import Impact
from gemba.domain.figures.impact import AMOUNTS, Effect
from gemba.domain.figures.impact_rules import cell_words, difference, reached, told_effects
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
)
from gemba.reports.figures.ruled import (
    ROW,
    SMALL_ROW,
    Cell,
    Ruled,
    draw_ruled,
    shared_widths,
)
from gemba.reports.ink import Ink
from gemba.reports.style import (
    CELL,
    CELL_STRONG,
    LABEL,
    LABEL_SOFT,
    LABEL_STRONG,
    MM,
)

_GUTTER: Final = 3.6
_MARK: Final = 1.15
_MARK_COLUMN: Final = 2.6
_LARGE: Final = 110.0
_SLIM: Final = 85.0
_KEY: Final = 6.0
_HEADS: Final = (*AMOUNTS, "change")


def _table(figure: Impact, width: float, say: Say) -> tuple[Ruled, list[Effect | None]]:
    """Return the rows as they are drawn, and the effect of each; None for the line between."""
    effects = told_effects(figure)
    large, slim = width >= _LARGE, width < _SLIM
    rows: list[tuple[Cell, ...]] = []
    of: list[Effect | None] = []
    for at, effect in enumerate(effects):
        if effect.guard and (not at or not effects[at - 1].guard):
            rows.append((Cell(""), Cell(say("impact.guard"), LABEL_SOFT)))
            of.append(None)
        rows.append(_slim_row(effect, say) if slim else _row(effect, large, say))
        of.append(effect)
    names = ("change",) if slim else _HEADS
    heads = [Cell(""), Cell(say("impact.measure"), LABEL_SOFT)]
    heads += [Cell(say(f"impact.{name}"), LABEL_SOFT, "right") for name in names]
    widths = _widths(heads, rows, width)
    return Ruled(widths, tuple(heads), tuple(rows), _GUTTER, ROW if large else SMALL_ROW), of


def _row(effect: Effect, large: bool, say: Say) -> tuple[Cell, ...]:
    style, strong = (CELL, CELL_STRONG) if large else (LABEL, LABEL_STRONG)
    amounts = (Cell(cell_words(effect, name), style, "right") for name in AMOUNTS)
    good = reached(effect) and not effect.guard
    change = Cell(difference(effect, say), strong if good else style, "right")
    return (Cell(""), Cell(_measure(effect), style if effect.guard else strong), *amounts, change)


def _slim_row(effect: Effect, say: Say) -> tuple[Cell, ...]:
    """Return a row for a narrow box: the amounts below the words."""
    parts = [
        f"{say(f'impact.{name}').casefold()} {words}"
        for name in AMOUNTS
        if (words := cell_words(effect, name))
    ]
    words = "\n".join(part for part in (_measure(effect), ", ".join(parts)) if part)
    good = reached(effect) and not effect.guard
    change = Cell(difference(effect, say), LABEL_STRONG if good else LABEL, "right")
    return (Cell(""), Cell(words, LABEL), change)


def _measure(effect: Effect) -> str:
    return " ".join(effect.measure.split()) or "?"


def _widths(heads: list[Cell], rows: list[tuple[Cell, ...]], width: float) -> tuple[float, ...]:
    wanted, least = [_MARK_COLUMN], [_MARK_COLUMN]
    for at in range(1, len(heads)):
        cells = [row[at] for row in rows if at < len(row)]
        lines = [(line, cell.style) for cell in (*cells, heads[at]) for line in _split(cell.text)]
        own = max(Ink.text_width(line, style) for line, style in lines) + 0.3
        wanted.append(own)
        least.append(26.0 if at == 1 else min(own, 20.0))
    widths = shared_widths(wanted, least, width, _GUTTER)
    spare = width - sum(widths) - _GUTTER * (len(widths) - 1)
    # Numbers stand near the words they belong to, not at the far edge.
    return (widths[0], widths[1] + max(0.0, min(spare, 12.0)), *widths[2:])


def _split(text: str) -> list[str]:
    return text.split("\n")


def _key_height(figure: Impact, width: float, say: Say) -> float:
    if all(reached(one) is None for one in told_effects(figure)):
        return 0.0
    return _KEY + (len(_key_lines(width, say)) - 1) * leading(LABEL_SOFT)


def _key_lines(width: float, say: Say) -> list[list[tuple[str, bool]]]:
    """Return the entries of the key, in one line where they fit."""
    entries = [(say("impact.key_reached"), True), (say("impact.key_not"), False)]
    taken = sum(7.4 + Ink.text_width(words, LABEL_SOFT) for words, _filled in entries)
    return [entries] if taken <= width + 4.0 else [[one] for one in entries]


def natural_size(figure: Impact, available: float, say: Say) -> tuple[float, float]:
    """Return the room a summary takes at a width."""
    caption = caption_height(figure.caption, available)
    if not told_effects(figure):
        return available, caption + leading(LABEL)
    return available, caption + _height(figure, available, say)


def _height(figure: Impact, width: float, say: Say) -> float:
    return _table(figure, width, say)[0].height() + _key_height(figure, width, say)


def draw(figure: Impact, frame: Frame) -> int:
    """Draw a summary into a frame; return how many measures found no room."""
    inner = draw_caption(frame, figure.caption)
    if not told_effects(figure):
        say_quietly(inner, frame.say("impact.empty"))
        return 0
    table, of = _table(figure, inner.width, frame.say)
    key = _key_height(figure, inner.width, frame.say)

    def mark(
        where: Frame, row: int, column: int, x: float, y: float, width: float, height: float
    ) -> None:
        effect = of[row]
        if column or effect is None or reached(effect) is None:
            return
        _dot(where.ink, x + _MARK, y + height / 2, filled=bool(reached(effect)))

    fits = table.height() + key <= inner.height + 0.05
    missing, taken = draw_ruled(table, inner, mark, also=int(bool(key) and not fits))
    if key and fits:
        _draw_key(inner, inner.y + taken + _KEY / 2 + 0.8)
    return missing


def _dot(ink: Ink, x: float, y: float, *, filled: bool) -> None:
    fill = "accent" if filled else "paper"
    ink.circle(x, y, _MARK, stroke="accent" if filled else "ink", fill=fill, pt=0.9)  # type: ignore[arg-type]


def _draw_key(frame: Frame, middle: float) -> None:
    for line in _key_lines(frame.width, frame.say):
        x = frame.x
        for words, filled in line:
            _dot(frame.ink, x + _MARK, middle, filled=filled)
            base = middle + LABEL.size * 0.3 / MM
            x += 3.4 + frame.ink.text(x + 3.4, base, words, LABEL_SOFT) + 4.0
        middle += leading(LABEL_SOFT)
