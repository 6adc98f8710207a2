"""A five-whys tree on paper: ruled nodes, evidence told by the shape of a mark."""

from __future__ import annotations

from typing import Final

from gemba.domain.figures import FiveWhys
from gemba.domain.figures.five_whys import EVIDENCE, Why
from gemba.domain.figures.telling import Say
from gemba.domain.figures.why_tree import INDENT, Node, TreeLayout, lay_out, lettered
from gemba.reports.figures.parts import (
    MARK,
    MARK_ROOM,
    Frame,
    caption_height,
    centre_of,
    draw_caption,
    draw_evidence,
    leading,
    say_quietly,
    say_too_small,
    text_height,
    too_small_height,
)
from gemba.reports.figures.shortened import lines_kept, lines_of
from gemba.reports.ink import Ink
from gemba.reports.style import LABEL, LABEL_ROOT, LABEL_SOFT, LABEL_STRONG, TextStyle

_PAD: Final = 1.0
_SOURCE_GAP: Final = 0.5
_FOOT: Final = 0.8
_LEGEND_GAP: Final = 1.8
_MARK_GAP: Final = 0.9
_STEM: Final = 0.5
_WEAK: Final = ("said", "guess")


def natural_size(figure: FiveWhys, available: float, say: Say) -> tuple[float, float]:
    """Return the room a tree takes at a width, with its caption and legend."""
    laid = _laid(figure, available, say)
    legend = _legend_height(_legend(available, say))
    height = caption_height(figure.caption, available) + laid.height + legend
    return available, height if figure.whys else height + leading(LABEL)


def _laid(figure: FiveWhys, width: float, say: Say, most: int | None = None) -> TreeLayout:
    letters = lettered(figure)

    def measure(index: int, room: float) -> float:
        why = figure.whys[index]
        words, *source = _texts(why, letters.get(index, ""), room, say)
        height = _PAD + text_height(*words, most)
        if source:
            height += _SOURCE_GAP + text_height(*source[0], most)
        return height + _FOOT

    return lay_out(figure, width, measure)


def _texts(why: Why, letter: str, room: float, say: Say) -> list[tuple[str, float, TextStyle]]:
    """Return the words of a cause, and of where it is known from, in the room of its node."""
    found = [(_words(why, letter), room, _style(why))]
    source = _source(why, say)
    inner = room - (MARK_ROOM if _mark(why) else 0.0)
    return [*found, (source, inner, LABEL_SOFT)] if source else found


def _words(why: Why, letter: str) -> str:
    return f"{letter}  {why.text}" if letter else why.text


def _style(why: Why) -> TextStyle:
    if why.ruled_out:
        return LABEL_SOFT
    if why.root:
        return LABEL_ROOT
    return LABEL if why.parent else LABEL_STRONG


def _mark(why: Why) -> str:
    if why.ruled_out:
        return "ruled_out"
    return (why.evidence if why.evidence in EVIDENCE else "guess") if why.parent else ""


def _source(why: Why, say: Say) -> str:
    source = why.source.strip()
    if why.ruled_out:
        return say("evidence.ruled_out_by", source=source) if source else say("evidence.ruled_out")
    return source or (say(f"evidence.{_mark(why)}") if why.parent else "")


def draw(figure: FiveWhys, frame: Frame) -> int:
    """Draw a tree into a frame; return how many causes found no room."""
    inner = draw_caption(frame, figure.caption)
    if not any(why.text.strip() for why in figure.whys):
        say_quietly(inner, frame.say("five_whys.empty"))
        return 0
    laid = _laid(figure, inner.width, frame.say)
    marks = _legend(inner.width, frame.say)
    legend = _legend_height(marks)
    room = inner.height - legend
    most, missing, shown = None, 0, laid.nodes
    if laid.height > room + 0.05:
        room -= too_small_height(inner, len(laid.nodes)) + 1.0
        most, missing = _lines_kept(figure, inner, laid, room)
        laid = _laid(figure, inner.width, frame.say, most)
        shown = _that_fit(laid, room)
    if not shown:
        return say_too_small(inner, missing)
    placed = {node.branch.index: node for node in shown}
    for node in shown:
        _draw_links(figure, inner, laid, node, placed)
    letters = lettered(figure)
    for node in shown:
        why, letter = figure.whys[node.branch.index], letters.get(node.branch.index, "")
        _draw_node(why, letter, inner, node, most)
    foot = inner.bottom if not missing else inner.bottom - too_small_height(inner, missing) - 1.0
    _draw_legend(inner, marks, min(foot, inner.y + max(laid.height, room) + legend) - legend)
    return say_too_small(inner, missing) if missing else 0


def _lines_kept(
    figure: FiveWhys, frame: Frame, laid: TreeLayout, room: float
) -> tuple[int | None, int]:
    """Return how many lines a text may have in a height in mm, None for any, and how many causes
    then find no room, or not for all their words."""
    letters = lettered(figure)
    lines = {
        node.branch.index: lines_of(
            _texts(
                figure.whys[node.branch.index],
                letters.get(node.branch.index, ""),
                node.width,
                frame.say,
            )
        )
        for node in laid.nodes
    }

    def left_out(most: int | None) -> tuple[int, int]:
        shown = _that_fit(_laid(figure, frame.width, frame.say, most), room)
        was_cut = (most is not None and lines[node.branch.index] > most for node in shown)
        return len(laid.nodes) - len(shown), sum(was_cut)

    most = lines_kept(max(lines.values()), left_out)
    return most, sum(left_out(most))


def _that_fit(laid: TreeLayout, room: float) -> tuple[Node, ...]:
    """Leave out the causes below the room, and what would explain them."""
    kept: dict[int, Node] = {}
    for node in laid.nodes:
        parent = node.branch.parent
        if node.y + node.height <= room and (parent < 0 or parent in kept):
            kept[node.branch.index] = node
    return tuple(kept.values())


def _draw_node(why: Why, letter: str, frame: Frame, node: Node, most: int | None) -> None:
    ink, x, y = frame.ink, frame.x + node.x, frame.y + node.y
    style = _style(why)
    if why.ruled_out:
        ink.line(x, y, x + node.width, y, colour="axis", pt=0.75)
    elif why.root:
        ink.line(x, y, x + node.width, y, colour="accent", pt=1.5)
    else:
        ink.line(x, y, x + node.width, y, colour="ink", pt=0.9)
    top = y + _PAD
    top += ink.wrapped(x, top, node.width, _words(why, letter), style, most=most)
    source = _source(why, frame.say)
    if not source:
        return
    top += _SOURCE_GAP
    mark = _mark(why)
    if mark:
        draw_evidence(ink, x, centre_of(ink, top, LABEL_SOFT), mark)
    room = MARK_ROOM if mark else 0.0
    ink.wrapped(x + room, top, node.width - room, source, LABEL_SOFT, most=most)


def _draw_links(
    figure: FiveWhys, frame: Frame, laid: TreeLayout, node: Node, placed: dict[int, Node]
) -> None:
    """Draw the lines from a cause to what explains it: dashed where that is only said."""
    below = [placed[child] for child in node.branch.children if child in placed]
    if not below:
        return
    if laid.outline:
        _draw_stem_of_outline(frame, node, below[-1])
        return
    ink, y = frame.ink, frame.y + node.y
    edge, first = frame.x + node.x + node.width, frame.x + below[0].x
    middle = (edge + first) / 2
    single = len(below) == 1
    weak = _weak(figure, below[0])
    if single:
        ink.line(edge, y, first, y, colour="ink_soft", pt=0.75, dash=(0.8, 0.6) if weak else ())
        return
    ink.line(edge, y, middle, y, colour="ink", pt=0.75)
    last_strong = max(
        (c.y for c in below if not figure.whys[c.branch.index].ruled_out), default=0.0
    )
    for child in below:
        why = figure.whys[child.branch.index]
        level = frame.y + child.y
        dash = (0.8, 0.6) if _weak(figure, child) else ()
        colour = "axis" if why.ruled_out else "ink"
        ink.line(middle, level, first, level, colour=colour, pt=0.75, dash=dash)  # type: ignore[arg-type]
    bottom = frame.y + below[-1].y
    strong = frame.y + max(last_strong, node.y)
    if bottom > strong:
        ink.line(middle, strong, middle, bottom, colour="axis", pt=0.75)
    if strong > y:
        ink.line(middle, y, middle, strong, colour="ink", pt=0.75)


def _weak(figure: FiveWhys, node: Node) -> bool:
    why = figure.whys[node.branch.index]
    return not why.ruled_out and why.evidence in _WEAK


def _draw_stem_of_outline(frame: Frame, node: Node, last: Node) -> None:
    x = frame.x + node.x + min(_STEM, INDENT / 2)
    x = min(x, frame.x + last.x)
    bottom = frame.y + last.y
    frame.ink.line(x, frame.y + node.y + node.height, x, bottom, colour="axis", pt=0.5)
    frame.ink.line(x, bottom, frame.x + last.x, bottom, colour="axis", pt=0.5)


def _legend(width: float, say: Say) -> list[tuple[float, int, str, str]]:
    """Place the marks and their words: across, line, kind, word; in one line where they fit."""
    words = [say(f"evidence.{name}") for name in EVIDENCE]
    taken = [MARK + _MARK_GAP + Ink.text_width(word, LABEL_SOFT) for word in words]
    spare = (width - sum(taken)) / (len(words) - 1)
    gap = max(2.0, min(5.0, spare))
    found = []
    x, line = 0.0, 0
    for name, word, wide in zip(EVIDENCE, words, taken, strict=True):
        if x and x + wide > width + 0.01:
            x, line = 0.0, line + 1
        found.append((x, line, name, word))
        x += wide + gap
    return found


def _legend_height(marks: list[tuple[float, int, str, str]]) -> float:
    return _LEGEND_GAP + (marks[-1][1] + 1) * leading(LABEL_SOFT)


def _draw_legend(frame: Frame, marks: list[tuple[float, int, str, str]], top: float) -> None:
    """Draw what the marks mean, under the tree."""
    ink = frame.ink
    for across, line, name, word in marks:
        x, y = frame.x + across, top + _LEGEND_GAP + line * leading(LABEL_SOFT)
        draw_evidence(ink, x, centre_of(ink, y, LABEL_SOFT), name)
        ink.text(x + MARK + _MARK_GAP, y + ink.baseline_of(LABEL_SOFT), word, LABEL_SOFT)
