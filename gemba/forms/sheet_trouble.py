"""What pyxform says about a spreadsheet, as a sentence of ours at sheet, row and column."""

from __future__ import annotations

import re
from typing import Final

from gemba.domain.errors import BadInput, GembaError
from gemba.forms.cells import Book

_ROW: Final = re.compile(r"\[row : (\d+|unknown)\]\s*")
_SHEET: Final = re.compile(r"(?:On the|sheet:) '(\w+)'(?: sheet)?")
_COLUMN: Final = re.compile(r"the '([^']+)' (?:value|column)")
_WORDS: Final = re.compile(r"[\s=(),]+")
_QUOTED: Final = re.compile(r"'([^']{1,80})'|\[([^\]]{1,80})\]|\"([^\"]{1,80})\"")
_ADVICE: Final = re.compile(
    r"\s*(?:Learn more:|Please either:|Please ensure|If this is|Either |Please check).*", re.S
)
_PREFIX: Final = re.compile(
    r"^On the .\w+. sheet, (?:the .[^.]*? value|the entity declaration) is invalid\. "
)
_TERM: Final = re.compile(
    r"\$\{[^}]+\}|\b\w+(?:-\w+)+\b|\b(?:randomize|seed|quality|rows|search)\b"
)

_KNOWN: Final[tuple[tuple[str, str, str], ...]] = (
    (r"Question with no type", "form.no_type", "type"),
    (r"Question or group with no name", "form.no_name", "name"),
    (r"Names must begin with a letter", "form.name_letters", "name"),
    (r"must be unique within their nearest parent", "form.name_twice", "name"),
    (r"Repeat names must unique", "form.repeat_twice", "name"),
    (r"Repeat names must not be the same", "form.repeat_root", "name"),
    (r"'meta' is reserved", "form.name_meta", "name"),
    (r"Choices must have a name", "form.choice_no_name", "name"),
    (r"Choice names must be unique", "form.choice_twice", "name"),
    (r"Unmatched 'end_", "form.end_alone", "type"),
    (r"Unmatched 'begin_", "form.begin_alone", "type"),
    (r"Missing calculation", "form.no_calculation", "calculation"),
    (r"List name not in choices sheet", "form.no_list", "type"),
    (r"List name not in external choices sheet", "form.no_list", "type"),
    (r"should be a choices sheet", "form.no_choices", "type"),
    (r"should be an external_choices sheet", "form.no_choices", "type"),
    (r"should be choices for this question", "form.no_choices", "type"),
    (r"Choice names with spaces", "form.choice_blank", "name"),
    (r"Choice filter not supported", "form.filter_here", "choice_filter"),
    (r"Please specify choices for this 'or other'", "form.no_choices", "type"),
    (r"Could not find the name", "form.no_question", ""),
    (r"no survey element named", "form.no_question", ""),
    (r"appears more than once", "form.question_twice", ""),
    (r"multiple survey elements named", "form.question_twice", ""),
    (r"Reference variables must start", "form.reference", ""),
    (r"Reference variable lists", "form.reference", ""),
    (r"Unknown question type", "form.unknown_type", "type"),
    (r"survey element named .* has no label or hint", "form.no_label", "label"),
    (r"The '.*' sheet has no|One or more required column", "form.no_column", ""),
    (r"different names for the same column", "form.column_two_names", ""),
    (r"Duplicate column header", "form.column_twice", ""),
    (r"Column headers must not be empty", "form.column_blank", ""),
    (r"Parameters must be in the form", "form.parameters", "parameters"),
    (r"accepted parameter keys", "form.parameter_unknown", "parameters"),
    (r"'step' must not be '0'", "form.range_zero", "parameters"),
    (r"'step' must not be larger", "form.range_step", "parameters"),
    (r"only supported for the appearances", "form.range_looks", "appearance"),
    (r"'(?P<what>\w+)' must be a multiple of", "form.range_multiple", "parameters"),
    (r"'(?P<what>\w+)' (?:choices )?must be between", "form.range_outside", "parameters"),
    (r"choice values must all be numbers", "form.range_names", "parameters"),
    (r"list values may only ?match", "form.range_ends", "parameters"),
    (r"'(?P<what>\w+)' must be a choice list name", "form.range_labels", "parameters"),
    (r"randomize=true to use a seed", "form.seed", "parameters"),
    (
        r"(?:[Pp]arameter |[Tt]he )'?(?P<what>[\w-]+)'? (?:parameter )?(?:must|may either)",
        "form.parameter_value",
        "parameters",
    ),
    (r"Invalid value for (?P<what>\w+)", "form.parameter_value", "parameters"),
    (
        r"(?P<what>[\w-]+) must be set to|(?P<also>[\w-]+) must have an integer",
        "form.parameter_value",
        "parameters",
    ),
    (r"Audits must always be named", "form.audit_name", "name"),
    (r"'trigger' column must not be empty", "form.no_trigger", "trigger"),
    (r"\$\{(?P<what>[^}]+)\} is not user-visible", "form.trigger_hidden", "trigger"),
    (r"File name for '[^']*?(?P<what>[^' ]+)' should end", "form.list_file", "type"),
    (r"same instance id", "form.instance_twice", "type"),
    (r"choice list name '(?P<what>[^']+)'", "form.list_searched", "appearance"),
    (r"use big-image.* element named (?P<what>\S+)", "form.big_image", "image"),
    (r"must have a sheet named 'survey'", "form.no_survey", ""),
    (r"save_to|entit", "form.entity_wrong", "list_name"),
)


def at_sheet(sheet: str, row: int, column: str, reason: GembaError) -> BadInput:
    """The trouble at its place: the whole sheet for row 0, the whole row for no column."""
    if reason.key == "formula.function":  # a form that is right elsewhere
        reason = BadInput("form.function", **reason.values)
    key = "form.at_cell" if row and column else "form.at_row" if row else "form.at_sheet"
    return BadInput(key, sheet=sheet, row=row, column=column, reason=reason)


def told(said: str, book: Book) -> BadInput:
    """pyxform's words as trouble at a place.

    Where they name none, the first cell is taken that holds what they quote.
    """
    said = said.strip()
    first = said.splitlines()[0] if said else ""
    found = _ROW.search(first)
    row = int(found[1]) if found and found[1].isdigit() else 0
    sheet = found[1].lower() if (found := _SHEET.search(said)) else "survey"
    column = found[1] if (found := _COLUMN.search(said)) else ""
    key, usual, what = _known(said)
    plain = _ADVICE.sub("", _PREFIX.sub("", _ROW.sub("", said))).strip()
    quoted = [next(part for part in match if part) for match in _QUOTED.findall(plain)]
    if key == "form.no_column":
        row, column = 1, _shown(quoted, plain)
    if not row:
        sheet, row, column = _located(
            [*quoted, *_TERM.findall(plain), *([what] if what else [])], book, sheet, column
        )
    if not row and "choices" in plain:
        row = _first_select(book)
    column = column or usual or _column_of(quoted, book, sheet, row)
    if key:
        reason = BadInput(key, what=what or _shown(quoted, plain))
    else:
        reason = BadInput("form.refused", reason=_sentence(plain))
    return at_sheet(sheet, max(row, 1), column or "type", reason)


def _known(said: str) -> tuple[str, str, str]:
    """The key of our sentence, the column it is usually about, and what it names; "" for none."""
    for pattern, key, usual in _KNOWN:
        if found := re.search(pattern, said, re.S):
            named = (one for one in found.groupdict().values() if one)
            return key, usual, next(named, "").strip(".")
    return "", "", ""


def _located(quoted: list[str], book: Book, sheet: str, column: str) -> tuple[str, int, str]:
    """The first cell that holds one of the quoted texts, the longest text first."""
    for text in sorted(quoted, key=len, reverse=True):
        for name, one in book.sheets.items():
            for row, cells in one.numbered():
                for header, cell in cells.items():
                    if text == cell or (len(text) > 2 and text in _WORDS.split(cell)):
                        return name, row, column or header
        for name, one in book.sheets.items():
            if text in one.headers:
                return name, 1, text
    return sheet, 0, column


def _first_select(book: Book) -> int:
    survey = book.sheets.get("survey")
    kind = survey.column("type") if survey else ""
    rows = survey.numbered() if survey else ()
    return next((row for row, cells in rows if cells.get(kind, "").startswith("select")), 0)


def _column_of(quoted: list[str], book: Book, sheet: str, row: int) -> str:
    one = book.sheets.get(sheet)
    if one is None or not 2 <= row < len(one.rows) + 2:
        return ""
    cells = one.rows[row - 2]
    for text in quoted:
        for header, cell in cells.items():
            if text in cell:
                return header
    return ""


def _shown(quoted: list[str], plain: str) -> str:
    """The name it is about: what is quoted last, else what stands behind the last colon."""
    if quoted:
        return quoted[-1]
    return plain.rpartition(":")[2].strip(" .")[:80]


def _sentence(plain: str) -> str:
    """Their words as one line that ends like a sentence."""
    line = " ".join(plain.split())[:400]
    return line if line.endswith((".", "?")) else f"{line}."
