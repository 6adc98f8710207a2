"""A formula cut into tokens (XPath 1.0, section 3.7), each with its column."""

from __future__ import annotations

import re
from typing import NamedTuple

from gemba.forms.trouble import FormulaError

LONGEST = 32_767  # letters: what one cell of a spreadsheet can hold

_SPACE = re.compile(r"[ \t\r\n\u00a0]*")
_OPERATOR_NAME = re.compile(r"and|or|mod|div")
_TOKEN = re.compile(
    r"[ \t\r\n\u00a0]*(?:"
    r"(?P<name>[^\W\d][\w.\-\u00b7]*)"
    r"|(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*:$])"
    r"|'(?P<text>[^']*)'|\"(?P<words>[^\"]*)\")"
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
    place, after_operand = 0, False
    while match := _TOKEN.match(formula, place):
        kind = match.lastgroup or ""
        text, at = match[kind], match.start(kind)
        place = match.end()
        if kind in ("text", "words"):
            found.append(Token("text", text, at))
            after_operand = True
            continue
        if after_operand and (word := _operator(kind, text)):
            found.append(Token("operator", word, at + 1))
            place, after_operand = at + len(word), False
            continue
        found.append(Token(kind, text, at + 1))
        after_operand = kind != "symbol" or text in _AFTER_OPERAND
    place = _SPACE.match(formula, place).end()  # type: ignore[union-attr]
    if place < len(formula):
        raise _trouble(formula[place], place + 1)
    found.append(Token("end", "", len(formula) + 1))
    return found


def _operator(kind: str, text: str) -> str:
    """Return the operator that stands here behind an operand, nothing for none."""
    if kind == "name":
        word = _OPERATOR_NAME.match(text)
        return word.group() if word else ""
    return text if text == "*" else ""


def _trouble(letter: str, at: int) -> FormulaError:
    if letter in _QUOTES:
        return FormulaError("formula.quote", at=at)
    if letter in _CURLY:
        return FormulaError("formula.curly", at=at, letter=letter)
    return FormulaError("formula.letter", at=at, letter=letter)
