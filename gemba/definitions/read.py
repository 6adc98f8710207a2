"""Reads a worksheet or a question set from TOML, strictly."""

from __future__ import annotations

import re
import tomllib
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from gemba.definitions.line_of import line_of
from gemba.domain.definition import SheetDefinition
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.form_type import FormType
from gemba.domain.question_rules import QuestionRules
from gemba.domain.question_set import QuestionSet
from gemba.domain.rubric import Rubric
from gemba.domain.vocabulary import CardSet, Vocabulary
from gemba.domain.wording import WordingRules

T = TypeVar("T")
_LINE = re.compile(r"\(at line (\d+)")
# Far more than a worksheet with every hint written out; a photo with the wrong name is larger.
_MOST_BYTES = 1_000_000
# A record keeps the version of its definition, and the database keeps whole numbers in 64 bits.
_LARGEST = 2**63 - 1


def read_sheet(path: Path) -> SheetDefinition:
    """Read a worksheet; raises DefinitionError naming file and key."""
    return _read(path, SheetDefinition)


def read_question_set(path: Path) -> QuestionSet:
    """Read a question set; raises DefinitionError naming file and key."""
    return _read(path, QuestionSet)


def read_question_text(text: str, name: str) -> QuestionSet:
    """Read a question set from its text; raises DefinitionError naming ``name`` and key."""
    try:
        return _build(QuestionSet, _table(text), "")
    except DefinitionError as error:
        told = error.values["line"] if error.key == "definition.not_toml" else None
        line = told or line_of(text, error.where, error.values.get("value"))
        raise error.in_file(name, str(line)) from error


def read_wording(path: Path) -> WordingRules:
    """Read what is asked about sentences of a language; raises DefinitionError."""
    return _read(path, WordingRules)


def read_question_rules(path: Path) -> QuestionRules:
    """Read what tells the questions of a language apart; raises DefinitionError."""
    return _read(path, QuestionRules)


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the words of a workplace; raises DefinitionError naming file and key."""
    return _read(path, Vocabulary)


def read_card_set(path: Path) -> CardSet:
    """Read cards to draw from; raises DefinitionError naming file and key."""
    return _read(path, CardSet)


def read_form(path: Path) -> FormType:
    """Read a form; raises DefinitionError naming file and key."""
    return _read(path, FormType)


def read_rubric(path: Path) -> Rubric:
    """Read what is looked for on a sheet; raises DefinitionError naming file and key."""
    return _read(path, Rubric)


def _read(path: Path, cls: type[T]) -> T:
    text = ""
    try:
        text = _text(path)
        return _build(cls, _table(text), "")
    except DefinitionError as error:
        told = error.values["line"] if error.key == "definition.not_toml" else None
        line = told or line_of(text, error.where, error.values.get("value"))
        raise error.in_file(path.name, str(line)) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise DefinitionError("definition.unreadable", where="file", reason="it is too large")
        return data.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise DefinitionError("definition.unreadable", where="file", reason=reason) from error
    except UnicodeDecodeError as error:
        raise DefinitionError(
            "definition.unreadable", where="file", reason="it is not UTF-8 text"
        ) from error


# Time for a key of many parts grows with their square; no definition has more than two.
_DOTTED = re.compile(r"""(?<![\w"'-])(?:[\w"'-]+[ \t]*\.[ \t]*){33}""")


def _table(text: str) -> dict[str, object]:
    if len(text.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        raise DefinitionError("definition.unreadable", where="file", reason="it is too large")
    if _DOTTED.search(text):
        raise DefinitionError("definition.unreadable", where="file", reason="it is nested too deep")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        reason = str(error).split(" (at ")[0]
        line = found.group(1) if found else "1"
        raise DefinitionError(
            "definition.not_toml", where=f"line {line}", line=line, reason=reason
        ) from error
    except RecursionError as error:
        raise DefinitionError(
            "definition.unreadable", where="file", reason="it is nested too deep"
        ) from error
    except ValueError as error:  # Python refuses to read an integer of thousands of digits
        raise DefinitionError(
            "definition.unreadable", where="file", reason="it holds a number that is too long"
        ) from error


@cache
def _shape(cls: type) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    """Return the fields of a class and their types: finding these is most of the work."""
    return {field.name: field for field in fields(cast(Any, cls))}, get_type_hints(cls)


def _build(cls: type[T], table: dict[str, object], path: str) -> T:
    known, hints = _shape(cast(Any, cls))
    for name in table:
        if name not in known:
            raise DefinitionError("definition.unknown_key", where=_join(path, name))
    made: dict[str, object] = {}
    for name, field in known.items():
        where = _join(path, name)
        if name in table:
            made[name] = _value(hints[name], table[name], where)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise DefinitionError("definition.missing_key", where=where)
    return cls(**made)


def _value(hint: Any, value: object, where: str) -> object:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        choices = [one for one in get_args(hint) if one is not type(None)]
        return _value(choices[0], value, where)
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise _wrong(where, "a table")
        return _build(cast(type, hint), value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise _wrong(where, "a list")
        item = get_args(hint)[0]
        return tuple(_value(item, one, _at(where, n, one)) for n, one in enumerate(value))
    if hint is float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(where, "a number")
        try:
            return float(value)
        except OverflowError:
            raise _wrong(where, "a number") from None
    if hint is bool:
        if not isinstance(value, bool):
            raise _wrong(where, "true or false")
        return value
    if hint is int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong(where, "a whole number")
        if abs(value) > _LARGEST:
            raise _wrong(where, "a smaller whole number")
        return value
    if hint is str or origin is Literal:
        if not isinstance(value, str):
            raise _wrong(where, "text")
        return value
    raise TypeError(f"no way to read {hint!r}")


def _wrong(where: str, expected: str) -> DefinitionError:
    return DefinitionError("definition.wrong_type", where=where, expected=expected)


def _at(where: str, number: int, item: object) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return f"{where}.{item['id']}"
    return f"{where}[{number}]"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
