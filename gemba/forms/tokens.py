"""A formula cut into tokens (XPath 1.0, section 3.7), each with its column."""

from __future__ import annotations

import re
from typing import NamedTuple

from gemba.forms.trouble import FormulaError

LONGEST = 32_767  # letters: what one cell of a spreadsheet can hold

_SPACE = re.compile(r"[ \t\r\n\u00a0]*")
_OPERATOR_NAME = re.compile(r"and|or|mod|div")
_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<name>[^\W\d][\w.\-\u00b7]*)"
    r"|(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*:$])"
)
_QUOTES = "'\""
_CURLY = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
_AFTER_OPERAND = frozenset({")", "]", ".", "..", "*"})


class Token(NamedTuple):
    """``kind`` is number, text, name, operator, symbol or end; ``at`` counts from 1."""

    kind: str
    text: str
    at: int


def cut(formula: str) -> list[Token]:
    """The tokens of a formula, the last of kind end; FormulaError for a letter that fits nowhere.

    Whether * or a word such as "and" is an operator is decided by what stands before it, as the
    standard says; after an operand the word needs no space behind it, as peers read "1and1".
    """
    if len(formula) > LONGEST:
        raise FormulaError("formula.long", most=LONGEST, length=len(formula))
    found: list[Token] = []
    place = 0
    while True:
        match = _SPACE.match(formula, place)
        place = match.end() if match else place
        if place >= len(formula):
            break
        token = _next(formula, place, _follows_operand(found))
        found.append(token)
        place += len(token.text) + (2 if token.kind == "text" else 0)
    found.append(Token("end", "", len(formula) + 1))
    return found


def _follows_operand(found: list[Token]) -> bool:
    if not found:
        return False
    last = found[-1]
    if last.kind in ("number", "text", "name"):
        return True
    return last.kind == "symbol" and last.text in _AFTER_OPERAND


def _next(formula: str, place: int, after_operand: bool) -> Token:
    letter = formula[place]
    at = place + 1
    if letter in _QUOTES:
        end = formula.find(letter, place + 1)
        if end < 0:
            raise FormulaError("formula.quote", at=at)
        return Token("text", formula[place + 1 : end], at)
    if letter in _CURLY:
        raise FormulaError("formula.curly", at=at, letter=letter)
    if after_operand:
        if letter == "*":
            return Token("operator", "*", at)
        word = _OPERATOR_NAME.match(formula, place)
        if word:
            return Token("operator", word.group(), at)
    match = _TOKEN.match(formula, place)
    if match and match.lastgroup:
        return Token(match.lastgroup, match.group(), at)
    raise FormulaError("formula.letter", at=at, letter=letter)
