"""What of a figure's words cannot be read in the room it has, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from gemba.domain.figures import Figure, Process, SkillsGrid, TableFigure
from gemba.domain.figures.durations import read_minutes
from gemba.domain.figures.skills_rules import level_of
from gemba.domain.figures.table import CELLS
from gemba.domain.figures.table_chart import way_of
from gemba.domain.figures.table_rules import amount_in
from gemba.domain.figures.words import words_of
from gemba.domain.frame import Frame
from gemba.reports import figures
from gemba.reports.figures.parts import Photo
from gemba.reports.ink import Tape
from gemba.reports.marks import BlockMark, ChartMark, Mark, Marks, TableMark, TextMark

Words = Callable[..., str]

_CUT: Final = "…"


def unseen_words(
    figure: Figure,
    where: Frame,
    *,
    photo: Photo | None,
    words: Words,
    today: date,
    tape: Tape | None = None,
) -> tuple[str, ...]:
    """Return each text of a figure that its drawing in a frame does not show whole, in order.

    With the ``tape`` of that drawing it need not be drawn again to see what stands there.
    """
    lines = [one for one in tape or () if not isinstance(one, str)]
    if lines and not any(turned for *_rest, turned in lines):
        drawn = _bare("".join(line[2] for line in lines))
    else:
        drawn = _bare("".join(_texts(_marks(figure, where, photo, words, today))))
    found = [
        " ".join(text.split())
        for text in words_of(figure)
        if _bare(text) and _bare(text) not in drawn and not _shown_otherwise(figure, text)
    ]
    return tuple(dict.fromkeys(found))


def cut_words(figure: Figure, tape: Tape) -> tuple[str, ...]:
    """Return each text of a figure of which the drawing on a tape shows only a beginning."""
    shown = [one[2] for one in tape if not isinstance(one, str)]
    stems = [_bare(text[:-1]) for text in shown if text.endswith(_CUT)]
    if not stems:
        return ()
    drawn = _bare("".join(shown))
    texts = dict.fromkeys(" ".join(text.split()) for text in words_of(figure))
    return tuple(
        text
        for text in texts
        if _bare(text) not in drawn and any(stem and stem in _bare(text) for stem in stems)
    )


def _marks(
    figure: Figure, where: Frame, photo: Photo | None, words: Words, today: date
) -> list[Mark]:
    marks = Marks(where.right + 1.0, where.bottom + 1.0)
    figures.draw(
        figure,
        marks,
        where.x,
        where.y,
        where.width,
        where.height,
        photo=photo,
        today=today,
        say=words,
    )
    return marks.marks


def _shown_otherwise(figure: Figure, text: str) -> bool:
    """Tell whether a text is drawn in other words, as a time is, or as a mark, as a level is, or
    a number of a chart."""
    if isinstance(figure, Process):
        return read_minutes(text, figure.unit) is not None
    if isinstance(figure, TableFigure):
        charted = way_of(figure) != CELLS
        return charted and (amount_in(text, "decimal") is not None or _is_day(text))
    return isinstance(figure, SkillsGrid) and level_of(text) is not None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def _texts(marks: Sequence[Mark]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, TextMark):
            yield mark.text
        elif isinstance(mark, BlockMark):
            yield from mark.lines
        elif isinstance(mark, TableMark | ChartMark):
            yield from _texts(mark.marks)


def _bare(text: str) -> str:
    return "".join(text.split())
