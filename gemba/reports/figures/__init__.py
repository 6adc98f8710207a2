"""The figures of a box on paper: how large they want to be, and how they are drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Impact,
    IsIsNot,
    Pair,
    Pareto,
    PhotoFigure,
    Plan,
    Problem,
    Process,
    RunChart,
    Sketch,
    SkillsGrid,
    TableFigure,
    Target,
)
from gemba.domain.figures.impact_rules import told_effects
from gemba.domain.figures.problem_rules import answers
from gemba.domain.figures.skills_rules import people_of
from gemba.domain.figures.target_rules import written as target_words
from gemba.domain.figures.telling import Say, plain_english
from gemba.reports.figures import (
    countermeasures,
    fishbone,
    five_whys,
    impact,
    is_is_not,
    pair,
    pareto,
    photo,
    plan,
    problem,
    process,
    run_chart,
    sketch,
    skills,
    table,
    target,
)
from gemba.reports.figures.parts import (
    CAPTION_GAP,
    Frame,
    Photo,
    caption_height,
    leading,
    say_too_small,
    too_small_height,
)
from gemba.reports.ink import Ink
from gemba.reports.style import CAPTION

_LEAST_WIDTH = 12.0
_TALLEST = 5_000.0
"""No paper is higher; sums of heights stay numbers, whatever was brought in."""
KEEPS_SHAPE = (PhotoFigure, Sketch)
"""Pictures: as high as their width makes them, unless a height was given."""

__all__ = ["KEEPS_SHAPE", "Photo", "draw", "least_height", "natural_size"]


def natural_size(
    figure: Figure,
    available: float,
    ink: Ink | None = None,
    *,
    photo: Photo | None = None,
    say: Say = plain_english,
) -> tuple[float, float]:
    """Return the width and height in mm a figure wants in a room of a width.

    A width or height the user gave goes before; never wider than the room. ``ink`` is not
    needed: lengths of text do not depend on the page.
    """
    del ink
    room = min(available, figure.place.width) if figure.place.width > 0 else available
    width, height = _natural(figure, room, photo, say)
    if figure.place.width > 0:
        if isinstance(figure, KEEPS_SHAPE) and width > 0:
            height *= room / width
        width = room
    if figure.place.height > 0:
        height = min(figure.place.height, _TALLEST)
    return width, height


def _natural(figure: Figure, room: float, read: Photo | None, say: Say) -> tuple[float, float]:
    match figure:
        case Countermeasures():
            return countermeasures.natural_size(figure, room, say)
        case Fishbone():
            return fishbone.natural_size(figure, room, say)
        case FiveWhys():
            return five_whys.natural_size(figure, room, say)
        case Impact():
            return impact.natural_size(figure, room, say)
        case IsIsNot():
            return is_is_not.natural_size(figure, room, say)
        case Pair():
            return pair.natural_size(figure, room, say, read)
        case Pareto():
            return pareto.natural_size(figure, room, say)
        case PhotoFigure():
            return photo.natural_size(figure, room, say, read)
        case Plan():
            return plan.natural_size(figure, room, say)
        case Problem():
            return problem.natural_size(figure, room, say)
        case Process():
            return process.natural_size(figure, room, say)
        case RunChart():
            return run_chart.natural_size(figure, room, say)
        case Sketch():
            return sketch.natural_size(figure, room, say)
        case SkillsGrid():
            return skills.natural_size(figure, room, say)
        case TableFigure():
            return table.natural_size(figure, room, say)
        case Target():
            return target.natural_size(figure, room, say)
        case _:
            assert_never(figure)


def least_height(figure: Figure, width: float, *, say: Say = plain_english) -> float:
    """Return the height in mm from which nothing of a figure is missing at a width.

    Photo, sketch and run chart can be drawn smaller than they like; all others cannot.
    """
    match figure:
        case Countermeasures():
            return countermeasures.least_height(figure, width, say)
        case Fishbone():
            return fishbone.natural_size(figure, width, say)[1]
        case FiveWhys():
            return five_whys.natural_size(figure, width, say)[1]
        case Impact():
            return impact.natural_size(figure, width, say)[1]
        case IsIsNot():
            return is_is_not.natural_size(figure, width, say)[1]
        case Pair():
            return pair.least_height(figure, width, say)
        case Pareto():
            return pareto.natural_size(figure, width, say)[1]
        case PhotoFigure():
            return photo.least_height(figure, width, say)
        case Plan():
            return plan.natural_size(figure, width, say)[1]
        case Problem():
            return problem.natural_size(figure, width, say)[1]
        case Process():
            return process.natural_size(figure, width, say)[1]
        case RunChart():
            return run_chart.least_height(figure, width, say)
        case Sketch():
            return sketch.least_height(figure, width, say)
        case SkillsGrid():
            return skills.natural_size(figure, width, say)[1]
        case TableFigure():
            return table.natural_size(figure, width, say)[1]
        case Target():
            return target.natural_size(figure, width, say)[1]
        case _:
            assert_never(figure)


def draw(
    figure: Figure,
    ink: Ink,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    today: date,
    photo: Photo | None = None,
    say: Say = plain_english,
) -> int:
    """Draw a figure into a frame given in mm; return how many of its parts found no room.

    Where that is not 0 the drawing says so in a sentence of its own.
    """
    frame = Frame(ink, x, y, width, height, say, today, photo)
    caption = caption_height(figure.caption, width)
    if width < _LEAST_WIDTH:
        return say_too_small(frame, max(1, _parts(figure)))
    tall = caption > max(height / 3, 2 * leading(CAPTION))
    if tall and height < least_height(figure, width, say=say) - 0.05:
        return _under_cut_caption(figure, frame)
    if height < caption:
        return say_too_small(frame, max(1, _parts(figure)))
    return _draw(figure, frame)


def _under_cut_caption(figure: Figure, frame: Frame) -> int:
    """Draw a figure under the first lines of a caption that would leave it too little room; the
    caption then counts among what found no room."""
    most = int(frame.height / 3 / leading(CAPTION))
    note = too_small_height(frame, _parts(figure) + 1) + 0.5
    if not most or frame.height < CAPTION_GAP + note:
        return say_too_small(frame, _parts(figure) + 1)
    taken = frame.ink.wrapped(
        frame.x, frame.y, frame.width, figure.caption.strip(), CAPTION, most=most
    )
    bare = replace(figure, caption="")
    inner = replace(frame.below(taken + CAPTION_GAP).shortened(note), silent=True)
    return say_too_small(frame, _draw(bare, inner) + 1)


def _parts(figure: Figure) -> int:
    """Return how many things a figure holds, to say how many found no room."""
    match figure:
        case Countermeasures():
            return len(figure.options)
        case Fishbone():
            return len(figure.causes)
        case FiveWhys():
            return len(figure.whys)
        case Impact():
            return len(told_effects(figure))
        case IsIsNot():
            return len(figure.rows)
        case Pair():
            return 2
        case Pareto():
            return len(figure.bars)
        case PhotoFigure():
            return 1
        case Plan():
            return len(figure.actions)
        case Problem():
            return len(answers(figure)) + bool(figure.statement.strip())
        case Process():
            return len(figure.items)
        case RunChart():
            return len(figure.readings)
        case Sketch():
            return len(figure.strokes) + len(figure.words)
        case SkillsGrid():
            return len(people_of(figure))
        case TableFigure():
            return len(figure.rows)
        case Target():
            return len(target_words(figure))
        case _:
            assert_never(figure)


def _draw(figure: Figure, frame: Frame) -> int:
    match figure:
        case Countermeasures():
            return countermeasures.draw(figure, frame)
        case Fishbone():
            return fishbone.draw(figure, frame)
        case FiveWhys():
            return five_whys.draw(figure, frame)
        case Impact():
            return impact.draw(figure, frame)
        case IsIsNot():
            return is_is_not.draw(figure, frame)
        case Pair():
            return pair.draw(figure, frame)
        case Pareto():
            return pareto.draw(figure, frame)
        case PhotoFigure():
            return photo.draw(figure, frame)
        case Plan():
            return plan.draw(figure, frame)
        case Problem():
            return problem.draw(figure, frame)
        case Process():
            return process.draw(figure, frame)
        case RunChart():
            return run_chart.draw(figure, frame)
        case Sketch():
            return sketch.draw(figure, frame)
        case SkillsGrid():
            return skills.draw(figure, frame)
        case TableFigure():
            return table.draw(figure, frame)
        case Target():
            return target.draw(figure, frame)
        case _:
            assert_never(figure)
