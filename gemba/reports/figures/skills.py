"""A skills grid on paper: levels as circles filled by quarters, and who covers what alone."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from gemba.domain.figures import SkillsGrid
from gemba.domain.figures.skills import LEVELS
from gemba.domain.figures.skills_rules import (
    cell_of,
    columns_of,
    coverage_told,
    covered,
    has_words,
    level_of,
    level_words,
    people_of,
    short_of,
)
from gemba.domain.figures.telling import Say
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    text_height,
)
from gemba.reports.figures.ruled import Cell, Ruled, draw_ruled
from gemba.reports.ink import Ink
from gemba.reports.style import CELL, LABEL, LABEL_SOFT, LABEL_STRONG, MM, TextStyle

_GUTTER: Final = 2.4
_NAME: Final = 44.0
_LEAST: Final = 11.0
_WIDEST: Final = 26.0
_ROW: Final = 6.0
_CIRCLE: Final = 1.75
_KEY_GAP: Final = 1.8
_TOLD_GAP: Final = 1.2
_GAP: Final = TextStyle("semibold", 7, 9)
_DOUBT: Final = TextStyle("semibold", LABEL.size, LABEL.leading, "watch")


def _table(figure: SkillsGrid, width: float, say: Say) -> tuple[Ruled, list[list[int | None]], int]:
    """Return the rows as they are drawn, the level of each cell, and how many skills found no
    room."""
    people, skills = people_of(figure), columns_of(figure)
    names = [" ".join(one.name.split()) or "?" for one in people]
    first = max((Ink.text_width(one, CELL) for one in (*names, say("skills.alone"))), default=0.0)
    name = min(first + 0.3, _NAME, width * 0.4)
    most = int((width - name) / (_LEAST + _GUTTER) + 0.01)
    shown = max(1, min(len(skills), most)) if skills else 0
    each = min(_WIDEST, (width - name) / shown - _GUTTER) if shown else 0.0
    heads = [Cell("")] + [Cell(" ".join(one.name.split()), LABEL, "centre") for one in skills]
    rows: list[tuple[Cell, ...]] = []
    levels: list[list[int | None]] = []

    def add(label: Cell, texts: list[str]) -> None:
        found = [level_of(text) for text in texts]
        words = [
            Cell(level_words(text, say) if level is None else "", _DOUBT, "centre")
            for text, level in zip(texts, found, strict=True)
        ]
        rows.append((label, *words))
        levels.append(found)

    for person, called in zip(people, names, strict=True):
        add(Cell(called, CELL), [cell_of(person, at) for at in range(shown)])
    if any(one.target.strip() for one in skills[:shown]):
        label = Cell(say("skills.target"), LABEL_SOFT)
        add(label, [one.target for one in skills[:shown]])
    if people and shown:
        counts = covered(figure)[:shown]
        cells = [
            Cell(str(one), LABEL_STRONG if one < 2 else LABEL_SOFT, "centre") for one in counts
        ]
        rows.append((Cell(say("skills.alone"), LABEL_SOFT), *cells))
        levels.append([None] * shown)
    table = Ruled((name, *[each] * shown), tuple(heads[: shown + 1]), tuple(rows), _GUTTER, _ROW)
    return table, levels, len(skills) - shown


def _foot(figure: SkillsGrid, width: float, say: Say) -> tuple[str, float]:
    """Return what is said below the grid and how high it is, with the key."""
    words = " ".join(coverage_told(figure, say))
    height = _KEY_GAP + (_key(width, say)[-1][1] + 1) * (leading(LABEL_SOFT) + 0.5)
    return words, height + (_TOLD_GAP + text_height(words, width, LABEL) if words else 0.0)


def _key(width: float, say: Say) -> list[tuple[float, int, int, str]]:
    """Place the circles of the key and their words: across, line, level, word."""
    found = []
    x, line = 0.0, 0
    for level, name in enumerate(LEVELS):
        word = say(f"skills.level_{name}")
        wide = 2 * _CIRCLE + 1.4 + Ink.text_width(word, LABEL_SOFT)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        found.append((x, line, level, word))
        x += wide + 4.0
    return found


def natural_size(figure: SkillsGrid, available: float, say: Say) -> tuple[float, float]:
    """Return the room a grid takes at a width."""
    caption = caption_height(figure.caption, available)
    if not has_words(figure):
        return available, caption + leading(LABEL)
    table, _, _ = _table(figure, available, say)
    return available, caption + table.height() + _foot(figure, available, say)[1]


def draw(figure: SkillsGrid, frame: Frame) -> int:
    """Draw a grid into a frame; return how many people and skills found no room."""
    inner = draw_caption(frame, figure.caption)
    say = frame.say
    if not has_words(figure):
        say_quietly(inner, say("skills.empty"))
        return 0
    table, levels, dropped = _table(figure, inner.width, say)
    words, foot = _foot(figure, inner.width, say)
    people = people_of(figure)

    def circle(
        where: Frame, row: int, column: int, x: float, y: float, width: float, height: float
    ) -> None:
        level = levels[row][column - 1] if column else None
        if level is None:
            return
        middle = (x + width / 2, y + height / 2)
        draw_level(where.ink, *middle, level, soft=row >= len(people))
        short = short_of(figure, people[row], column - 1) if row < len(people) else 0
        if short:
            left, base = middle[0] + _CIRCLE + 0.6, middle[1] + _GAP.size * 0.33 / MM
            where.ink.text(left, base, f"−{short}", _GAP)

    fits = table.height() + foot <= inner.height + 0.05
    missing, taken = draw_ruled(table, inner, circle, also=dropped + int(not fits))
    if fits and not dropped:
        _draw_foot(inner, words, inner.y + taken)
    return missing


def draw_level(ink: Ink, x: float, y: float, level: int, *, soft: bool = False) -> None:
    """Draw a circle round a point, filled by as many quarters as the level, from the top on."""
    colour = "ink_soft" if soft else "ink"
    ink.circle(x, y, _CIRCLE, stroke=colour, fill="paper", pt=0.75)  # type: ignore[arg-type]
    if level <= 0:
        return
    if level >= len(LEVELS) - 1:
        ink.circle(x, y, _CIRCLE, stroke=colour, fill=colour, pt=0.75)  # type: ignore[arg-type]
        return
    steps = 6 * level
    arc = [
        (x + _CIRCLE * sin(pi / 2 * at / 6), y - _CIRCLE * cos(pi / 2 * at / 6))
        for at in range(steps + 1)
    ]
    ink.polyline([(x, y), *arc], colour=colour, pt=0.2, close=True, fill=colour)  # type: ignore[arg-type]


def _draw_foot(frame: Frame, words: str, top: float) -> None:
    ink = frame.ink
    if words:
        top += _TOLD_GAP
        top += ink.wrapped(frame.x, top, frame.width, words, LABEL)
    top += _KEY_GAP
    for across, line, level, word in _key(frame.width, frame.say):
        y = top + line * (leading(LABEL_SOFT) + 0.5)
        x = frame.x + across
        base = y + ink.baseline_of(LABEL_SOFT)
        draw_level(ink, x + _CIRCLE, base - LABEL_SOFT.size * 0.3 / MM, level)
        ink.text(x + 2 * _CIRCLE + 1.4, base, word, LABEL_SOFT)
