"""regex(): a matcher that never runs away.

It follows all ways through the pattern at once, letter by letter (K. Thompson, "Regular expression
search algorithm", 1968), so time grows with letters times pattern and "(a+)+$" is harmless. The
library's own matcher goes back and forth, can take years on such a pattern, and cannot be stopped
from another thread. Back references need that going back and are refused.
"""

from __future__ import annotations

from functools import lru_cache

from gemba.forms.pattern_reading import Step, read, word
from gemba.forms.trouble import FormulaError

MOST_WORK = 200_000  # steps; about a tenth of a second


@lru_cache(maxsize=256)
def _program(pattern: str) -> tuple[Step, ...]:
    return read(pattern)


def search(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text, as Web Forms does.

    FormulaError where the pattern is broken, or would need more than MOST_WORK steps.
    """
    return _Search(text).runs(_program(pattern), 0, anywhere=True)


class _Search:
    def __init__(self, text: str) -> None:
        self.text = text
        self.left = MOST_WORK
        self.looked: dict[tuple[int, int], bool] = {}

    def runs(self, program: tuple[Step, ...], start: int, *, anywhere: bool) -> bool:
        """Whether a way through the program begins at the start, or anywhere from it on."""
        ways: list[int] = []
        for place in range(start, len(self.text) + 1):
            if anywhere or place == start:
                ways.append(0)
            ready = self.spread(program, ways, place)
            if ready is None:
                return True
            if place == len(self.text) or not (ready or anywhere):
                return False
            letter = self.text[place]
            ways = []
            for at in ready:
                takes = program[at].takes
                if takes is not None and takes(letter):
                    ways.append(at + 1)
        return False

    def spread(self, program: tuple[Step, ...], ways: list[int], place: int) -> list[int] | None:
        """The steps that wait for a letter, reached without one; None if the end is reached."""
        seen: set[int] = set()
        ready: list[int] = []
        waiting = ways[::-1]
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            self.left -= 1
            if self.left < 0:
                raise FormulaError("formula.pattern_long", length=len(self.text))
            step = program[at]
            if step.kind == "found":
                return None
            if step.kind == "letter":
                ready.append(at)
            elif step.kind == "split":
                waiting += (at + step.second, at + step.first)
            elif step.kind == "jump":
                waiting.append(at + step.first)
            elif self.holds(step, place):
                waiting.append(at + 1)
        return ready

    def holds(self, step: Step, place: int) -> bool:
        text = self.text
        if step.kind == "look":
            key = (id(step), place)
            if key not in self.looked:
                self.looked[key] = self.runs(step.ahead, place, anywhere=False)
            return self.looked[key] is step.wanted
        if step.place == "^":
            return place == 0
        if step.place == "$":
            return place == len(text)
        before = place > 0 and word(text[place - 1])
        after = place < len(text) and word(text[place])
        return (before != after) is (step.place == "b")
