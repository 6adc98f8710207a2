"""The outlines of letters, read from the faces of paper: a picture that needs no face to be shown.

The tables are those of OpenType 1.9: head, loca and glyf.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Final, NamedTuple

from gemba.reports import fonts

# Flags of a point (glyf, simple glyph description).
_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
# Flags of a component (glyf, composite glyph description).
_WORDS, _OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 2, 8, 32, 64, 128
_DEEPEST: Final = 6


class _Point(NamedTuple):
    x: float
    y: float
    on: bool


_Contours = list[list[_Point]]


@lru_cache(maxsize=4096)
def outline(face: str, letter: str) -> str:
    """Return a letter as an SVG path in units of its face, y upwards; empty where it is blank."""
    glyph = fonts.glyphs(face).get(ord(letter), 0)
    return " ".join(_path(contour) for contour in _contours(face, glyph, 0) if len(contour) > 1)


def units(face: str) -> int:
    """Return the units of a face in one em."""
    return int(fonts.font(face).face.unitsPerEm)


def advance(face: str, letter: str) -> float:
    """Return how far a letter goes on, in units of its face."""
    told = fonts.font(face).face
    return float(told.charWidths.get(ord(letter), told.defaultWidth)) * units(face) / 1000


@lru_cache(maxsize=8)
def _tables(face: str) -> tuple[bytes, tuple[int, ...]]:
    """Return the glyphs of a face, and where each one begins and ends."""
    told = fonts.font(face).face
    long = struct.unpack_from(">h", told.get_table("head"), 50)[0]
    places = told.get_table("loca")
    count = len(places) // (4 if long else 2)
    starts = struct.unpack(f">{count}{'I' if long else 'H'}", places)
    return told.get_table("glyf"), starts if long else tuple(2 * one for one in starts)


def _contours(face: str, glyph: int, depth: int) -> _Contours:
    data, starts = _tables(face)
    if glyph + 1 >= len(starts) or starts[glyph] == starts[glyph + 1] or depth > _DEEPEST:
        return []
    at = starts[glyph]
    count = struct.unpack_from(">h", data, at)[0]
    if count < 0:
        return _composite(face, data, at + 10, depth)
    return _simple(data, at + 10, count)


def _simple(data: bytes, at: int, count: int) -> _Contours:
    ends = struct.unpack_from(f">{count}H", data, at)
    at += 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    total = ends[-1] + 1 if ends else 0
    flags: list[int] = []
    while len(flags) < total:
        flag = data[at]
        times = 1
        at += 1
        if flag & _REPEAT:
            times += data[at]
            at += 1
        flags += [flag] * times
    xs, at = _places(data, at, flags[:total], _SHORT_X, _SAME_X)
    ys, at = _places(data, at, flags[:total], _SHORT_Y, _SAME_Y)
    points = [_Point(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=False)]
    begins = [0, *(end + 1 for end in ends[:-1])]
    return [points[a : b + 1] for a, b in zip(begins, ends, strict=True)]


def _places(data: bytes, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    """Read the places of points along one axis; each is told from the one before."""
    found, place = [], 0
    for flag in flags:
        if flag & short:
            place += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            place += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(place)
    return found, at


def _composite(face: str, data: bytes, at: int, depth: int) -> _Contours:
    found: _Contours = []
    more = True
    while more:
        flags, glyph = struct.unpack_from(">HH", data, at)
        at += 4
        form = ">hh" if flags & _WORDS else ">bb"
        dx, dy = struct.unpack_from(form, data, at) if flags & _OFFSETS else (0, 0)
        at += struct.calcsize(form)
        a, b, c, d = 1.0, 0.0, 0.0, 1.0
        if flags & _SCALE:
            a = d = _share(data, at)
            at += 2
        elif flags & _TWO_SCALES:
            a, d = _share(data, at), _share(data, at + 2)
            at += 4
        elif flags & _MATRIX:
            a, b, c, d = (_share(data, at + step) for step in (0, 2, 4, 6))
            at += 8
        for contour in _contours(face, glyph, depth + 1):
            found.append(
                [_Point(a * p.x + c * p.y + dx, b * p.x + d * p.y + dy, p.on) for p in contour]
            )
        more = bool(flags & _MORE)
    return found


def _share(data: bytes, at: int) -> float:
    """Read a number of two whole and fourteen broken places."""
    return float(struct.unpack_from(">h", data, at)[0]) / 16384


def _path(points: list[_Point]) -> str:
    """Return a closed contour; between two points off the line lies one on it, unsaid."""
    if not points[0].on:
        last = points[-1]
        begin = last if last.on else _between(last, points[0])
        points = [begin, *points] if not last.on else [last, *points[:-1]]
    steps = [f"M{points[0].x:g} {points[0].y:g}"]
    control: _Point | None = None
    for point in [*points[1:], points[0]]:
        if point.on:
            if control is None:
                steps.append(f"L{point.x:g} {point.y:g}")
            else:
                steps.append(f"Q{control.x:g} {control.y:g} {point.x:g} {point.y:g}")
            control = None
        else:
            if control is not None:
                middle = _between(control, point)
                steps.append(f"Q{control.x:g} {control.y:g} {middle.x:g} {middle.y:g}")
            control = point
    return "".join(steps) + "Z"


def _between(one: _Point, other: _Point) -> _Point:
    return _Point((one.x + other.x) / 2, (one.y + other.y) / 2, True)
