"""A pattern of regex() into a small program for ``pattern``; what cannot be bounded is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from gemba.forms.trouble import FormulaError

Takes = Callable[[str], bool]
Kind = Literal["letter", "split", "jump", "place", "look", "found"]
_MOST_STEPS = 5_000  # of a program; "{1000}" of five letters
_DEEPEST = 60
_MANY = -1
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a letter to take, a fork, a jump, a place (^ $ b B), a look ahead, or the end."""

    kind: Kind
    takes: Takes | None = None
    first: int = 0
    second: int = 0
    place: str = ""
    ahead: tuple[Step, ...] = ()
    wanted: bool = True


def word(letter: str) -> bool:
    """Whether a letter is one of a word, as \\w has it in JavaScript."""
    return letter == "_" or (letter.isascii() and letter.isalnum())


def _digit(letter: str) -> bool:
    return "0" <= letter <= "9"


def _no_line_end(letter: str) -> bool:
    return letter not in "\n\r\u2028\u2029"


def _category(name: str) -> Takes:
    return lambda letter: unicodedata.category(letter).startswith(name)


def _is(wanted: str) -> Takes:
    return lambda letter: letter == wanted


def _not(takes: Takes) -> Takes:
    return lambda letter: not takes(letter)


def _between(low: str, high: str) -> Takes:
    return lambda letter: low <= letter <= high


_CLASSES: dict[str, Takes] = {"d": _digit, "w": word, "s": str.isspace}


def read(pattern: str) -> tuple[Step, ...]:
    """The program of a pattern; FormulaError where it is broken or cannot be bounded."""
    reader = _Reader(pattern)
    steps = reader.either(0)
    if reader.place < len(pattern):
        raise reader.broken()
    return (*steps, Step("found"))


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0

    def now(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def take(self, text: str) -> bool:
        if not self.pattern.startswith(text, self.place):
            return False
        self.place += len(text)
        return True

    def broken(self) -> FormulaError:
        return FormulaError("formula.pattern", pattern=self.pattern, column=self.place + 1)

    def either(self, depth: int) -> list[Step]:
        """Alternatives; jumps are relative until the program runs, so parts can be moved."""
        if depth > _DEEPEST:
            raise FormulaError("formula.pattern_large", pattern=self.pattern[:60])
        branches = [self.row(depth)]
        while self.take("|"):
            branches.append(self.row(depth))
        steps = branches.pop()
        while branches:
            branch = branches.pop()
            steps = [
                Step("split", first=1, second=len(branch) + 2),
                *branch,
                Step("jump", first=len(steps) + 1),
                *steps,
            ]
        return steps

    def row(self, depth: int) -> list[Step]:
        steps: list[Step] = []
        while self.now() and self.now() not in "|)":
            steps.extend(self.times(self.one(depth)))
            if len(steps) > _MOST_STEPS:
                raise FormulaError("formula.pattern_large", pattern=self.pattern[:60])
        return steps

    def one(self, depth: int) -> list[Step]:
        if self.take("("):
            return self.group(depth)
        if self.take("["):
            return [Step("letter", self.choice())]
        if self.take("^"):
            return [Step("place", place="^")]
        if self.take("$"):
            return [Step("place", place="$")]
        if self.take("."):
            return [Step("letter", _no_line_end)]
        if self.take("\\"):
            if self.now() in ("b", "B"):
                self.place += 1
                return [Step("place", place=self.pattern[self.place - 1])]
            return [Step("letter", self.escaped())]
        letter = self.now()
        if letter in "*+?":
            raise self.broken()
        self.place += 1
        return [Step("letter", _is(letter))]

    def group(self, depth: int) -> list[Step]:
        look = ""
        if self.take("?"):
            if self.take("=") or self.take("!"):
                look = self.pattern[self.place - 1]
            elif not self.take(":"):
                raise FormulaError("formula.pattern_unknown", part="(?" + self.now())
        steps = self.either(depth + 1)
        if not self.take(")"):
            raise self.broken()
        if look:
            return [Step("look", ahead=(*steps, Step("found")), wanted=look == "=")]
        return steps

    def times(self, steps: list[Step]) -> list[Step]:
        least, most = self.count()
        if (least, most) == (1, 1):
            return steps
        size = len(steps) + 1
        if size * max(least, most, 1) > _MOST_STEPS:
            raise FormulaError("formula.pattern_large", pattern=self.pattern[:60])
        found = steps * least
        if most == _MANY:
            return [
                *found,
                Step("split", first=1, second=size + 1),
                *steps,
                Step("jump", first=-size),
            ]
        for left in range(most - least, 0, -1):
            found = [*found, Step("split", first=1, second=left * size), *steps]
        return found

    def count(self) -> tuple[int, int]:
        """How often what was read may come; a second ? (lazy) changes nothing in what is found."""
        bounds = (1, 1)
        for sign, pair in (("*", (0, _MANY)), ("+", (1, _MANY)), ("?", (0, 1))):
            if self.take(sign):
                bounds = pair
                break
        else:
            end = self.pattern.find("}", self.place)
            parts = self.pattern[self.place + 1 : end].split(",") if end > 0 else []
            if self.now() != "{" or not 1 <= len(parts) <= 2 or not _whole(parts[0]):
                return bounds
            if len(parts) == 2 and parts[1] and not _whole(parts[1]):
                return bounds
            least = int(parts[0])
            most = least if len(parts) == 1 else int(parts[1]) if parts[1] else _MANY
            self.place = end + 1
            bounds = (least, most)
            if most != _MANY and most < least:
                raise self.broken()
        self.take("?")
        return bounds

    def choice(self) -> Takes:
        opposite = self.take("^")
        taken: list[Takes] = []
        while not self.take("]"):
            if not self.now():
                raise self.broken()
            low = self.member()
            after = self.pattern[self.place + 1 : self.place + 2]
            if isinstance(low, str) and self.now() == "-" and after not in ("]", ""):
                self.place += 1
                high = self.member()
                if not isinstance(high, str) or high < low:
                    raise self.broken()
                taken.append(_between(low, high))
            else:
                taken.append(_is(low) if isinstance(low, str) else low)

        def takes(letter: str) -> bool:
            return any(one(letter) for one in taken) is not opposite

        return takes

    def member(self) -> str | Takes:
        """One letter of a choice, or a class of letters."""
        if not self.take("\\"):
            self.place += 1
            return self.pattern[self.place - 1]
        sign = self.now()
        if sign in ("d", "D", "w", "W", "s", "S", "p", "P"):
            return self.escaped()
        self.place += 1
        return "\b" if sign == "b" else self.plain(sign)

    def escaped(self) -> Takes:
        sign = self.now()
        if not sign:
            raise self.broken()
        self.place += 1
        if sign.lower() in _CLASSES:
            takes = _CLASSES[sign.lower()]
            return _not(takes) if sign.isupper() else takes
        if sign in "pP" and self.take("{"):
            end = self.pattern.find("}", self.place)
            if end < 0:
                raise self.broken()
            takes = _category(self.pattern[self.place : end])
            self.place = end + 1
            return _not(takes) if sign == "P" else takes
        if sign in "123456789k":
            raise FormulaError("formula.pattern_unknown", part="\\" + sign)
        return _is(self.plain(sign))

    def plain(self, sign: str) -> str:
        """The letter an escape stands for."""
        if sign in ("u", "x"):
            digits = self.pattern[self.place : self.place + (4 if sign == "u" else 2)]
            try:
                letter = chr(int(digits, 16))
            except ValueError:
                raise self.broken() from None
            self.place += len(digits)
            return letter
        return _PLAIN.get(sign, sign)


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
