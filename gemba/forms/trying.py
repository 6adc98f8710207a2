"""A form opened once when it comes in, so that what cannot work is refused at its row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.domain.errors import BadInput
from gemba.domain.form_import import Place, Remark
from gemba.forms.cells import Book
from gemba.forms.compiling import formula
from gemba.forms.definition import Definition
from gemba.forms.form import Form
from gemba.forms.looking import look
from gemba.forms.scope import Surroundings
from gemba.forms.sheet_checks import plain_quotes
from gemba.forms.sheet_rows import column_of, row_of, rows_of
from gemba.forms.sheet_trouble import at_sheet
from gemba.forms.trouble import FormulaError

_WORD = re.compile(r"[\w.:-]+|\S")


def tried(xml: str, book: Book) -> Form:
    """The form, opened and looked at everywhere; BadInput names the row of what stops it."""
    try:
        return opened(xml)
    except FormulaError as problem:
        raise _placed(problem, book) from None


def opened(xml: str) -> Form:
    """The form, opened and looked at everywhere; FormulaError says what stops it."""
    form = Form(xml, Surroundings())
    for problem in _doubts(form.definition):
        raise problem
    for where in form.definition.controls:
        node = next(form.nodes(where), None)
        if node is not None:
            look(form, node)
    return form


def _doubts(form: Definition) -> Iterator[FormulaError]:
    for where, rule in form.rules.items():
        for name, one_rule in rule.formulas.items():
            yield from (one.placed(where, name, one_rule.text) for one in one_rule.doubts())
    for where, control in form.controls.items():
        for listed in control.formulas():
            yield from (one.placed(where, "choices", listed.text) for one in listed.doubts())
    for action in form.actions:
        if action.value is not None:
            found = action.value.doubts()
            yield from (
                one.placed(action.target_where, "value", action.value.text) for one in found
            )


def label_remarks(form: Form, book: Book) -> list[Remark]:
    """Labels that quote something by a formula that cannot be read; the rest of them is shown."""
    rows = rows_of(book)
    header = column_of(book, "label")
    found: list[Remark] = []
    for where, control in form.definition.controls.items():
        texts = [one for one in control.element.elements() if one.local in ("label", "hint")]
        outputs = [one for text in texts for one in text.elements() if one.local == "output"]
        if any(_broken(one.attribute("value") or ".") for one in outputs):
            place = Place("survey", row_of(rows, where), header)
            found.append(Remark("form_remark.label", place, where[-1]))
    return found


def _broken(text: str) -> bool:
    try:
        return bool(formula(text).doubts())
    except FormulaError:
        return True


def _placed(problem: FormulaError, book: Book) -> BadInput:
    if not problem.where:
        return at_sheet("survey", 0, "", problem)
    row = row_of(rows_of(book), problem.where)
    header = column_of(book, problem.rule)
    survey = book.sheets["survey"]
    cells = survey.rows[row - 2] if 2 <= row < len(survey.rows) + 2 else {}
    if "at" in problem.values:
        text = plain_quotes(cells.get(header, ""))
        problem.values["at"] = _same_place(problem.text, int(str(problem.values["at"])), text)
    return at_sheet("survey", row, header, problem)


def _same_place(formula: str, at: int, cell: str) -> int:
    """The letter of the cell that a letter of the converted formula came from: the same word."""
    word = _WORD.match(formula, at - 1)
    if word is None:
        return 1
    before = formula[: at - 1].count(word[0])
    place = -1
    for _ in range(before + 1):
        place = cell.find(word[0], place + 1)
        if place < 0:
            return 1
    return place + 1
