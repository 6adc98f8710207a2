"""What is looked at in the cells of a form before it is converted, each with its own place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gemba.domain.errors import BadInput
from gemba.domain.form_import import Place, Remark
from gemba.forms.cells import Book, Sheet, meaning_of
from gemba.forms.compiling import formula
from gemba.forms.sheet_trouble import at_sheet
from gemba.forms.tokens import LONGEST
from gemba.forms.trouble import FormulaError

FORMULAS: Final = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "repeat_count"}
)
MOST_QUESTIONS: Final = 8_000
"""The largest form seen in the field has 3,000; so many are read in half of the time there is."""
MOST_NESTED: Final = 40
"""Groups and repeats inside each other; forms in the field stay under ten."""

_STRAIGHT: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_REFERENCE: Final = re.compile(r"\$\{\s*(?:last-saved#)?[^{}\s]*\s*\}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?")
_YES_NO: Final = frozenset({"yes", "no", "true", "false"})
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGIN, _END = re.compile(r"begin[\s_]+\w+", re.I), re.compile(r"end[\s_]+\w+", re.I)


def check(book: Book) -> list[Remark]:
    """Refuse what cannot become a form, with its place; say what was mended on the way."""
    survey = book.sheets.get("survey")
    if survey is None:
        names = ", ".join(sheet.name for sheet in book.sheets.values())
        raise BadInput("form.no_survey", names=names[:200])
    if not survey.headers and not survey.rows:
        raise at_sheet("survey", 0, "", BadInput("form.sheet_empty"))
    if not survey.column("type"):
        raise at_sheet("survey", 1, "type", BadInput("form.no_column", what="type"))
    if not any(survey.rows):
        raise at_sheet("survey", 2, "type", BadInput("form.no_questions"))
    _check_count(survey)
    _check_letters(book)
    _check_depth(survey)
    found = [*_days(book)]
    for sheet in (survey, book.sheets.get("entities")):
        if sheet is not None:
            found += _formulas(sheet)
    return found


def plain_quotes(text: str) -> str:
    """A formula with straight quotation marks, as pyxform reads it."""
    return text.translate(_STRAIGHT)


def _check_letters(book: Book) -> None:
    """Letters that XML cannot hold came by accident, and nobody sees them."""
    for sheet in book.sheets.values():
        for row, cells in sheet.numbered():
            for header, cell in cells.items():
                if found := _NO_XML.search(cell):
                    problem = BadInput("form.hidden_letter", at=found.start() + 1)
                    raise at_sheet(sheet.name, row, header, problem)


def _check_count(survey: Sheet) -> None:
    """Refuse a form nobody could fill in before it is converted, which would take too long."""
    header, count = survey.column("type"), 0
    for row, cells in survey.numbered():
        kind = cells.get(header, "")
        count += bool(kind) and not (_BEGIN.fullmatch(kind) or _END.fullmatch(kind))
        if count > MOST_QUESTIONS:
            raise at_sheet("survey", row, "", BadInput("form.questions_many", most=MOST_QUESTIONS))


def _check_depth(survey: Sheet) -> None:
    header, depth = survey.column("type"), 0
    for row, cells in survey.numbered():
        kind = cells.get(header, "")
        depth += bool(_BEGIN.fullmatch(kind)) - bool(_END.fullmatch(kind))
        if depth > MOST_NESTED:
            raise at_sheet("survey", row, header, BadInput("form.nested", most=MOST_NESTED))


def _days(book: Book) -> Iterator[Remark]:
    """Names that Excel turned into days, which nobody meant; labels are only mentioned."""
    choices = book.sheets.get("choices")
    if choices is None:
        return
    name = choices.column("name")
    for row, cells in choices.numbered():
        if name and _is_day(choices, row, name, cells.get(name, "")):
            problem = BadInput("form.choice_day", what=cells[name])
            raise at_sheet("choices", row, name, problem)
        for header in choices.columns("label"):
            if (row, header) in choices.dates:
                yield Remark("form_remark.day", Place("choices", row, header), cells.get(name, ""))


def _is_day(sheet: Sheet, row: int, header: str, text: str) -> bool:
    return (row, header) in sheet.dates or bool(_DAY.fullmatch(text) and " " in text)


def _formulas(sheet: Sheet) -> Iterator[Remark]:
    """Read every formula where it stands, so that a mistake has its letter in the cell."""
    meanings = {header: meaning_of(header)[0] for header in sheet.headers}
    wanted = [
        header
        for header, name in meanings.items()
        if name in FORMULAS or name in ("required", "read_only")
    ]
    kind, name = sheet.column("type"), sheet.column("name")
    for row, cells in sheet.numbered():
        for header in wanted:
            text = cells.get(header, "")
            if not text or text.lower() in _YES_NO:
                continue
            plain = plain_quotes(text)
            if meanings[header] == "choice_filter" and _external(cells.get(kind, "")):
                continue
            try:
                _read(plain)
            except FormulaError as problem:
                raise at_sheet(sheet.name, row, header, problem) from None
            if plain != text:
                place = Place(sheet.name, row, header)
                yield Remark("form_remark.quotes", place, cells.get(name, ""))


def _external(kind: str) -> bool:
    return kind.startswith("select_one_external")


def _read(text: str) -> None:
    """Read a formula whose questions are names of the same length, so that letters keep place."""
    if len(text) > LONGEST:
        raise FormulaError("formula.long", most=LONGEST, length=len(text))
    named = _REFERENCE.sub(lambda found: "q" * len(found[0]), text)
    read = formula(named)
    for problem in read.doubts():
        raise problem
