"""What became of a text, word by word: which words stayed, which went and which are new."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_HAN: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
# A line end; blanks; one Han letter; a number with its point or comma; a word; any other sign.
_TOKEN: Final = re.compile(rf"\n|[^\S\n]+|[{_HAN}]|\d+(?:[.,]\d+)*|[^\W\d{_HAN}][^\W{_HAN}]*|\W")
_STEPS_A_TOKEN: Final = 24
_STEPS_AT_LEAST: Final = 20_000
_MOST_EDITS: Final = 600
_DEEPEST: Final = 40
_FARTHEST: Final = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, went or are new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that stayed, went or are new: ``first`` up to ``last`` of the text they stand in.

    What stayed is counted in the later text, what went in the earlier one.
    """

    kind: Kind
    first: int
    last: int


def words_of(text: str) -> list[str]:
    """Take a text apart into words, blanks, line ends and signs; joined they are the text."""
    return _TOKEN.findall(text)


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces by which one text became the other.

    What stayed and what went are together the earlier text, what stayed and what is new the later.
    The time it takes grows with the length of the texts, not with its square.
    """
    old, new = words_of(before), words_of(after)
    return tuple(
        Piece(one.kind, "".join((old if one.kind == "gone" else new)[one.first : one.last]))
        for one in stretches(old, new)
    )


def earlier(pieces: Sequence[Piece]) -> str:
    """Return the earlier text of a comparison."""
    return "".join(one.text for one in pieces if one.kind != "new")


def later(pieces: Sequence[Piece]) -> str:
    """Return the later text of a comparison."""
    return "".join(one.text for one in pieces if one.kind != "gone")


def stretches(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Compare two rows of tokens; one that begins with a line feed begins a line.

    Lines that stayed are found first, so that a word is never paired across a whole text.
    """
    old_lines, new_lines = _lines(old), _lines(new)
    left = [tuple(old[first:last]) for first, last in old_lines]
    right = [tuple(new[first:last]) for first, last in new_lines]
    pairs: list[tuple[int, int]] = []
    a = b = 0
    for i, j in [*_pairs(left, right), (len(left), len(right))]:
        here = (_start(old_lines, a, old), _start(new_lines, b, new))
        there = (_start(old_lines, i, old), _start(new_lines, j, new))
        inside = _pairs(old[here[0] : there[0]], new[here[1] : there[1]])
        pairs += [(here[0] + one, here[1] + other) for one, other in inside]
        if i < len(left):
            count = old_lines[i][1] - old_lines[i][0]
            pairs += [(there[0] + n, there[1] + n) for n in range(count)]
        a, b = i + 1, j + 1
    _slide(pairs, old, new)
    return _put_together(_without_crumbs(pairs, old, new), len(old), len(new))


def _slide(pairs: list[tuple[int, int]], old: Sequence[str], new: Sequence[str]) -> None:
    """Let what only went, or is only new, begin where a line begins, if it can as well."""
    for at in range(len(pairs) - 1):
        (a, b), (c, d) = pairs[at], pairs[at + 1]
        if (c - a > 1) == (d - b > 1):
            continue
        side, row = (0, old) if c - a > 1 else (1, new)
        first, last = (a + 1, c) if side == 0 else (b + 1, d)
        if row[first].startswith("\n"):
            continue
        for step in range(1, _FARTHEST):
            here = at + step
            # While pairs follow on both sides and the words are the same, they can change hands.
            joined = here < len(pairs) and pairs[here] == (c + step - 1, d + step - 1)
            if not joined or row[first + step - 1] != row[last + step - 1]:
                break
            if row[first + step].startswith("\n"):
                for n in range(step):
                    held = list(pairs[at + 1 + n])
                    held[side] = first + n
                    pairs[at + 1 + n] = (held[0], held[1])
                break


def _lines(tokens: Sequence[str]) -> list[tuple[int, int]]:
    starts = [n for n, one in enumerate(tokens) if n and one.startswith("\n")]
    edges = [0, *starts, len(tokens)]
    return [(first, last) for first, last in pairwise(edges) if first < last]


def _start(lines: Sequence[tuple[int, int]], line: int, tokens: Sequence[str]) -> int:
    return lines[line][0] if line < len(lines) else len(tokens)


def _without_crumbs(
    pairs: list[tuple[int, int]], old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int]]:
    """Let go of blanks and signs that stayed alone between words that did not.

    A phrase that was put in the place of another is read as a whole, not as a row of holes.
    """
    kept: list[tuple[int, int]] = []
    at = 0
    while at < len(pairs):
        end = at + 1
        while end < len(pairs) and _next_to(pairs[end - 1], pairs[end]):
            end += 1
        run = pairs[at:end]
        first, last = run[0], run[-1]
        before = kept[-1] if kept else (-1, -1)
        after = pairs[end] if end < len(pairs) else (len(old), len(new))
        replaced = (
            first[0] - before[0] > 1
            and first[1] - before[1] > 1
            and after[0] - last[0] > 1
            and after[1] - last[1] > 1
        )
        if not replaced or any(_says(old[one]) for one, _ in run):
            follows = first[0] - before[0] > 1 and first[1] - before[1] > 1
            # A blank behind a word that took another's place goes with each of the two.
            kept += run[1:] if follows and _blank(old[first[0]]) else run
        at = end
    return kept


def _next_to(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] == one[0] + 1 and other[1] == one[1] + 1


def _blank(token: str) -> bool:
    return token.isspace() and not token.startswith("\n")


def _says(token: str) -> bool:
    return token.startswith("\n") or any(letter.isalnum() for letter in token)


def _put_together(pairs: list[tuple[int, int]], old: int, new: int) -> list[Stretch]:
    found: list[Stretch] = []
    a = b = 0
    for i, j in [*pairs, (old, new)]:
        if a < i:
            found.append(Stretch("gone", a, i))
        if b < j:
            found.append(Stretch("new", b, j))
        if i < old or j < new:
            if found and found[-1].kind == "same" and found[-1].last == j:
                found[-1] = Stretch("same", found[-1].first, j + 1)
            else:
                found.append(Stretch("same", j, j + 1))
        a, b = i + 1, j + 1
    return found


def _pairs(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Return the places of what both rows have in the same order, as much as is found quickly."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new), 0)]
    while waiting:
        a, a_end, b, b_end, depth = waiting.pop()
        while a < a_end and b < b_end and old[a] == new[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            found.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        near = _by_edits(old, new, a, a_end, b, b_end)
        if near is not None:
            found += near
            continue
        held = _held_once(old, new, a, a_end, b, b_end) if depth < _DEEPEST else []
        for i, j in [*held, (a_end, b_end)] if held else ():
            waiting.append((a, i, b, j, depth + 1))
            if i < a_end:
                found.append((i, j))
            a, b = i + 1, j + 1
    return sorted(found)


def _held_once(
    old: Sequence[object], new: Sequence[object], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """Return what stands exactly once in both, in the longest row that keeps its order."""
    here, there = Counter(old[a:a_end]), Counter(new[b:b_end])
    place = {new[j]: j for j in range(b, b_end) if there[new[j]] == 1}
    once = [(i, place[old[i]]) for i in range(a, a_end) if here[old[i]] == 1 and old[i] in place]
    ends: list[int] = []
    last: list[int] = []
    back = [-1] * len(once)
    for n, (_, j) in enumerate(once):
        at = bisect_left(ends, j)
        back[n] = last[at - 1] if at else -1
        ends[at : at + 1] = [j]
        last[at : at + 1] = [n]
    row: list[tuple[int, int]] = []
    n = last[-1] if last else -1
    while n >= 0:
        row.append(once[n])
        n = back[n]
    return row[::-1]


def _by_edits(
    old: Sequence[object], new: Sequence[object], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]] | None:
    """Return the pairs of the fewest edits, or None where that would take too many steps.

    Eugene W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1, 1986.
    """
    wide, high = a_end - a, b_end - b
    budget = max(_STEPS_AT_LEAST, _STEPS_A_TOKEN * (wide + high))
    reach: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(wide + high, _MOST_EDITS) + 1):
        trace.append(dict(reach) if edits else {1: 0})
        budget -= len(reach)
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            start = x
            while x < wide and x - k < high and old[a + x] == new[b + x - k]:
                x += 1
            budget -= x - start + 1
            reach[k] = x
            if x >= wide and x - k >= high:
                return _walk_back(trace, a, b, wide, high)
        if budget < 0:
            return None
    return None


def _walk_back(
    trace: list[dict[int, int]], a: int, b: int, wide: int, high: int
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    x, y = wide, high
    for edits in range(len(trace) - 1, -1, -1):
        reach, k = trace[edits], x - y
        if edits == 0:
            before = (0, 0)
        else:
            down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
            from_k = k + 1 if down else k - 1
            before = (reach[from_k], reach[from_k] - from_k)
        while x > before[0] and y > before[1]:
            x, y = x - 1, y - 1
            found.append((a + x, b + y))
        x, y = before
    return found
