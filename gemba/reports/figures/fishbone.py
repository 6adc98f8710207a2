"""A fishbone on paper: each cause on its own line, its state told by the line and the letters."""

from __future__ import annotations

from functools import cache
from typing import Final

from gemba.domain.figures import Fishbone
from gemba.domain.figures.fishbone import BoneCause
from gemba.domain.figures.fishbone_layout import Block, BoneLine, FishLayout, lay_out
from gemba.domain.figures.fishbone_rules import bone_words
from gemba.domain.figures.telling import Say
from gemba.domain.figures.words import knowledge
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
from gemba.reports.figures.shortened import lines_kept, lines_of
from gemba.reports.ink import Ink
from gemba.reports.lines import cut, fold
from gemba.reports.style import LABEL, LABEL_ROOT, LABEL_SOFT, LABEL_STRONG, MM, TextStyle

_TOP: Final = 0.5
_RULE: Final = 0.5
_FOOT: Final = 1.1
_ARROW: Final = 2.4
_KEY: Final = 6.4
_DASH: Final = 5.2
_KEYS: Final = {"verified": LABEL_ROOT, "open": LABEL, "ruled_out": LABEL_SOFT}


def layout(
    figure: Fishbone, width: float, say: Say, most: int | None = None, lines: int | None = None
) -> FishLayout:
    """Place the parts of a fishbone in a width in mm, as they are drawn: of each bone at most so
    many causes, of each text at most so many lines."""

    def measure(index: int, room: float) -> float:
        cause = figure.causes[index]
        height = _TOP + text_height(_words(cause), room, _style(cause), lines) + _RULE
        known = knowledge(cause, say)
        return height + (text_height(known, room, LABEL_SOFT, lines) if known else 0.0) + _FOOT

    def name(bone: int, room: float) -> float:
        return text_height(_label(figure, bone, say), room, LABEL_STRONG, lines)

    def effect(room: float) -> float:
        return text_height(_effect(figure, say), room, LABEL_STRONG, lines)

    return lay_out(figure, width, measure, name, effect, most)


def _lines(figure: Fishbone, laid: FishLayout, say: Say) -> list[int]:
    """Return how many lines the texts of each part have: causes, names of bones, the effect."""
    found = []
    for block in laid.blocks:
        cause = figure.causes[block.twig.index]
        texts = ((_words(cause), _style(cause)), (knowledge(cause, say), LABEL_SOFT))
        found.append(lines_of((words, block.width, style) for words, style in texts))
    for bone in laid.bones:
        found.append(lines_of([(_label(figure, bone.bone, say), bone.width, LABEL_STRONG)]))
    return [*found, lines_of([(_effect(figure, say), laid.head[2], LABEL_STRONG)])]


def _words(cause: BoneCause) -> str:
    return " ".join(cause.text.split())


def _style(cause: BoneCause) -> TextStyle:
    if cause.state == "verified":
        return LABEL_ROOT
    return LABEL_SOFT if cause.state == "ruled_out" else LABEL


def _label(figure: Fishbone, bone: int, say: Say) -> str:
    return bone_words(figure.bones[bone].label if figure.bones else "", say)


def _effect(figure: Fishbone, say: Say) -> str:
    return " ".join(figure.effect.split()) or say("fishbone.effect")


def _empty(figure: Fishbone) -> bool:
    written = any(cause.text.strip() for cause in figure.causes)
    return not written and not figure.effect.strip() and not figure.bones


def natural_size(figure: Fishbone, available: float, say: Say) -> tuple[float, float]:
    """Return the room a fishbone takes at a width, with its caption and key."""
    caption = caption_height(figure.caption, available)
    if _empty(figure):
        return available, caption + leading(LABEL)
    height = layout(figure, available, say).height + _key_height(available, say)
    return available, caption + height


def draw(figure: Fishbone, frame: Frame) -> int:
    """Draw a fishbone into a frame; return how many causes found no room.

    Where it is too high long texts keep their first lines, or each bone its first causes.
    """
    inner = draw_caption(frame, figure.caption)
    if _empty(figure):
        say_quietly(inner, frame.say("fishbone.empty"))
        return 0
    laid, lines, missing = _fitted(figure, inner)
    if laid is None:
        return say_too_small(inner, missing)
    _draw_spine(figure, inner, laid, lines)
    for bone in laid.bones:
        _draw_bone(figure, inner, laid, bone, lines)
    for block in laid.blocks:
        _draw_block(figure, inner, laid, block, lines)
    _draw_key(inner, inner.y + laid.height)
    return say_too_small(inner, missing) if missing else 0


def _fitted(figure: Fishbone, frame: Frame) -> tuple[FishLayout | None, int | None, int]:
    """Return the layout that finds room, None where not one cause does; how many lines a text
    has in it, None for any; and how many parts find no room, or not for all their words."""
    whole = layout(figure, frame.width, frame.say)
    key = _key_height(frame.width, frame.say)
    if whole.height + key <= frame.height + 0.05:
        return whole, None, 0
    room = frame.height - key - too_small_height(frame, len(figure.causes)) - 0.5
    all_lines = _lines(figure, whole, frame.say)

    @cache
    def fit(lines: int | None) -> FishLayout | None:
        return _that_fits(figure, frame.width, frame.say, room, lines)

    @cache
    def left_out(lines: int | None) -> tuple[int, int]:
        fitting = fit(lines)
        if fitting is None:
            return max(1, len(figure.causes)), 0
        dropped = len(figure.causes) - len(fitting.blocks)
        if lines is None:
            return dropped or int(fitting.height > room), 0
        return dropped, sum(one > lines for one in _lines(figure, fitting, frame.say))

    lines = lines_kept(max(all_lines), left_out)
    return fit(lines), lines, sum(left_out(lines)) or 1


def _that_fits(
    figure: Fishbone, width: float, say: Say, room: float, lines: int | None
) -> FishLayout | None:
    """Return the layout with as many causes a bone as a height in mm holds; None for not one."""
    laid = layout(figure, width, say, None, lines)
    if laid.height <= room:
        return laid
    # No bone has room for more than one cause a line.
    low, high, found = 1, min(len(figure.causes), int(room / leading(LABEL_SOFT)) + 1), None
    while low <= high:
        middle = (low + high) // 2
        laid = layout(figure, width, say, middle, lines)
        if laid.height <= room:
            low, found = middle + 1, laid
        else:
            high = middle - 1
    return found


def _draw_spine(figure: Fishbone, frame: Frame, laid: FishLayout, most: int | None) -> None:
    ink, words = frame.ink, _effect(figure, frame.say)
    x, y, width, _height = laid.head
    ink.wrapped(frame.x + x, frame.y + y, width, words, LABEL_STRONG, most=most)
    if laid.spine is None:
        return
    level, end = frame.y + laid.spine, frame.x + x - 1.2
    ink.line(frame.x, level, end - _ARROW, level, pt=1.2)
    tip = [(end, level), (end - _ARROW, level - 1.2), (end - _ARROW, level + 1.2)]
    ink.polyline(tip, pt=0.5, close=True, fill="ink")


def _draw_bone(
    figure: Fishbone, frame: Frame, laid: FishLayout, bone: BoneLine, most: int | None
) -> None:
    ink, words = frame.ink, _label(figure, bone.bone, frame.say)
    lines = fold(words, bone.width, LABEL_STRONG)
    lines = cut(lines, most or len(lines), bone.width, LABEL_STRONG)
    for number, line in enumerate(lines):
        base = frame.y + bone.y + ink.baseline_of(LABEL_STRONG, number)
        if laid.spine is None:
            ink.text(frame.x + bone.x, base, line, LABEL_STRONG)
            continue
        wide = Ink.text_width(line, LABEL_STRONG)
        # Over the end of its bone, and inside its column.
        left = min(max(bone.x, bone.outer[0] - wide / 2), bone.x + bone.width - wide)
        ink.text(frame.x + left, base, line, LABEL_STRONG)
    (x1, y1), (x2, y2) = bone.outer, bone.inner
    ink.line(frame.x + x1, frame.y + y1, frame.x + x2, frame.y + y2, pt=0.9)


def _draw_block(
    figure: Fishbone, frame: Frame, laid: FishLayout, block: Block, most: int | None
) -> None:
    ink, cause = frame.ink, figure.causes[block.twig.index]
    style, words = _style(cause), _words(cause)
    x, top = frame.x + block.x, frame.y + block.y + _TOP
    lines = fold(words, block.width, style)
    lines = cut(lines, most or len(lines), block.width, style)
    for number, line in enumerate(lines):
        base = top + ink.baseline_of(style, number)
        ink.text(x, base, line, style)
        if cause.state == "ruled_out" and line.strip():
            middle = base - style.size * 0.26 / MM
            wide = Ink.text_width(line, style)
            ink.line(x, middle, x + wide, middle, colour="ink_soft", pt=0.5)
    level = top + len(lines) * leading(style) + _RULE / 2
    if block.twig.depth == 1 and laid.spine is not None:
        bone = next(one for one in laid.bones if one.bone == min(block.twig.bone, len(laid.bones)))
        end = frame.x + bone.at(level - frame.y)
        _rule(ink, cause.state, x, end, level)
    elif block.twig.depth > 1:
        wide = min(block.width, max(Ink.text_width(line, style) for line in lines))
        _rule(ink, cause.state, x, x + wide, level)
        middle = top + leading(style) / 2
        ink.line(x - 2.2, middle, x - 0.8, middle, colour="axis", pt=0.75)
    known = knowledge(cause, frame.say)
    if known:
        ink.wrapped(x, level + _RULE / 2, block.width, known, LABEL_SOFT, most=most)


def _rule(ink: Ink, state: str, x: float, end: float, level: float) -> None:
    if state == "verified":
        ink.line(x, level, end, level, colour="accent", pt=1.2)
    else:
        ink.line(x, level, end, level, colour="axis", pt=0.5)


def _key(width: float, say: Say) -> list[tuple[float, int, str, str]]:
    """Place the states with their words: across, line, state, word; in one line where they fit."""
    found: list[tuple[float, int, str, str]] = []
    x, line = 0.0, 0
    for state in ("verified", "open", "ruled_out"):
        words = say(f"fishbone.{state}")
        wide = Ink.text_width(words, _KEYS[state]) + (0.0 if state == "ruled_out" else _DASH)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        found.append((x, line, state, words))
        x += wide + 4.0
    return found


def _key_height(width: float, say: Say) -> float:
    return _KEY + _key(width, say)[-1][1] * leading(LABEL)


def _draw_key(frame: Frame, top: float) -> None:
    """Draw what line and letters say of a cause, under the figure."""
    ink = frame.ink
    for across, line, state, words in _key(frame.width, frame.say):
        style = _KEYS[state]
        x, base = frame.x + across, top + _KEY - 1.8 + line * leading(LABEL)
        middle = base - style.size * 0.26 / MM
        if state == "ruled_out":
            wide = Ink.text_width(words, style)
            ink.line(x, middle, x + wide, middle, colour="ink_soft", pt=0.5)
        else:
            _rule(ink, state, x, x + 4.0, middle)
            x += _DASH
        ink.text(x, base, words, style)
