"""A plan of a form into the tables of an XLSForm, and back without loss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gemba.domain.form_import import Tables
from gemba.domain.form_plan import CHOOSING, Choice, FormPlan, Further, Item, Texts
from gemba.forms.cells import Sheet, book_of, meaning_of

Rows = list[dict[str, str]]

_TEXTS: Final = {
    "label": "labels",
    "hint": "hints",
    "constraint_message": "constraint_messages",
    "required_message": "required_messages",
}
_PLAIN: Final = {
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "calculation": "calculation",
    "default": "default",
    "read_only": "read_only",
    "appearance": "appearance",
    "choice_filter": "choice_filter",
    "parameters": "parameters",
    "repeat_count": "count",
    "gemba::action": "action",
    "gemba::score": "score",
    "gemba::standard_photo": "standard_photo",
}
_SETTINGS: Final = {
    "title": "title",
    "id_string": "form_id",
    "version": "version",
    "default_language": "default_language",
}
_SELECT: Final = re.compile(
    r"(select_one|select_multiple|rank)\s+(\S+)(\s+(?:or_other|or other|or specify other))?"
)
_BEGIN: Final = re.compile(r"begin[\s_]+(group|repeat)", re.I)
_END: Final = re.compile(r"end[\s_]+\w+", re.I)
_ALIASES: Final = {
    "select one": "select_one",
    "select1": "select_one",
    "select multiple": "select_multiple",
    "select one from": "select_one",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
}


def tables_of(plan: FormPlan) -> dict[str, list[list[str]]]:
    """The sheets survey, choices and settings of a plan, each with its header row."""
    survey = list(_rows(plan.items, plan.languages))
    choices = [
        {
            "list_name": name,
            "name": one.name,
            **_spoken("label", one.labels, plan.languages),
            **dict(one.other),
        }
        for name, found in plan.lists.items()
        for one in found
    ]
    settings = {
        "form_title": plan.title,
        "form_id": plan.form_id,
        "version": plan.version,
        "default_language": plan.default_language,
        **dict(plan.settings),
    }
    labels = [_header("label", language) for language in plan.languages or ("",)]
    return {
        "survey": _table(survey, ["type", "name", *labels, *_further_words(plan)]),
        "choices": _table(choices, ["list_name", "name", *labels]),
        "settings": _table([{k: v for k, v in settings.items() if v}], ["form_title", "form_id"]),
    }


def _further_words(plan: FormPlan) -> Iterator[str]:
    """Columns of words other than labels: where one language has them, each of them does."""
    for meaning, name in _TEXTS.items():
        if len(plan.languages) > 1 and any(getattr(one, name) for one in plan.every()):
            yield from (_header(meaning, language) for language in plan.languages)


def plan_of(tables: Tables) -> FormPlan:
    """The plan in the tables of an XLSForm; columns without a field are kept beside it."""
    book = book_of(tables)
    survey, choices = book.sheets.get("survey", Sheet("survey")), book.sheets.get("choices")
    languages = _languages([survey, *([choices] if choices else [])])
    settings = book.sheets.get("settings")
    cells = settings.rows[0] if settings and settings.rows else {}
    known = {_SETTINGS[meaning_of(one)[0]]: cells[one] for one in cells if _is_setting(one)}
    return FormPlan(
        title=known.get("title", ""),
        form_id=known.get("form_id", ""),
        version=known.get("version", ""),
        languages=languages,
        default_language=known.get("default_language", ""),
        items=_items(survey, languages),
        lists=_lists(choices, languages) if choices else {},
        settings=tuple((name, cell) for name, cell in cells.items() if not _is_setting(name)),
    )


def _is_setting(header: str) -> bool:
    return meaning_of(header)[0] in _SETTINGS


def _rows(items: Sequence[Item], languages: Texts) -> Iterator[dict[str, str]]:
    for item in items:
        outer = item.kind in ("group", "repeat")
        row = {"type": f"begin_{item.kind}" if outer else _type_of(item), "name": item.name}
        for meaning, name in _TEXTS.items():
            row |= _spoken(meaning, getattr(item, name), languages)
        row |= {header: getattr(item, name) for header, name in _PLAIN.items()}
        yield {key: cell for key, cell in {**row, **dict(item.other)}.items() if cell}
        if outer:
            yield from _rows(item.items, languages)
            yield {"type": f"end_{item.kind}"}


def _type_of(item: Item) -> str:
    if item.kind not in CHOOSING or not item.list_name:
        return item.kind
    return f"{item.kind} {item.list_name}{' or_other' if item.or_other else ''}"


def _header(meaning: str, language: str) -> str:
    return f"{meaning}::{language}" if language else meaning


def _spoken(meaning: str, texts: Texts, languages: Texts) -> dict[str, str]:
    pairs = zip(languages or ("",), texts, strict=False)
    return {_header(meaning, language): text for language, text in pairs if text}


def _table(rows: Rows, first: list[str]) -> list[list[str]]:
    headers = list(dict.fromkeys([*first, *(header for row in rows for header in row)]))
    return [headers, *([row.get(header, "") for header in headers] for row in rows)]


def _languages(sheets: Sequence[Sheet]) -> Texts:
    """The languages that columns of words are written in; () for one without a name."""
    found: dict[str, None] = {}
    for sheet in sheets:
        for header in sheet.headers:
            meaning, language = meaning_of(header)
            if meaning in _TEXTS:
                found.setdefault(language)
    return () if list(found) in ([], [""]) else tuple(found)


def _texts(cells: Mapping[str, str], meaning: str, languages: Texts) -> Texts:
    spoken = {
        language: cell
        for header, cell in cells.items()
        for named, language in (meaning_of(header),)
        if named == meaning
    }
    if not spoken:
        return ()
    return tuple(spoken.get(language, "") for language in languages or ("",))


def _items(survey: Sheet, languages: Texts) -> tuple[Item, ...]:
    """Rows into items, each inside the group it stands in; a group left open is closed."""
    kind_at = survey.column("type")
    open_ones: list[tuple[Item | None, list[Item]]] = [(None, [])]
    for cells in survey.rows:
        kind = cells.get(kind_at, "").strip()
        if _END.fullmatch(kind):
            if len(open_ones) > 1:
                _close(open_ones)
            continue
        if not cells:
            continue
        begin = _BEGIN.fullmatch(kind)
        item = _item(begin[1].lower() if begin else kind, cells, languages)
        if begin:
            open_ones.append((item, []))
        else:
            open_ones[-1][1].append(item)
    while len(open_ones) > 1:
        _close(open_ones)
    return tuple(open_ones[0][1])


def _close(open_ones: list[tuple[Item | None, list[Item]]]) -> None:
    item, inside = open_ones.pop()
    assert item is not None
    open_ones[-1][1].append(replace(item, items=tuple(inside)))


def _item(kind: str, cells: Mapping[str, str], languages: Texts) -> Item:
    for alias, plain in _ALIASES.items():
        if kind.startswith(f"{alias} "):
            kind = plain + kind[len(alias) :]
    select = _SELECT.fullmatch(kind)
    known: dict[str, Any] = {name: _texts(cells, one, languages) for one, name in _TEXTS.items()}
    other: list[tuple[str, str]] = []
    for header, cell in cells.items():
        meaning, language = meaning_of(header)
        meaning = f"gemba::{language}" if meaning == "gemba" else meaning
        if meaning in _PLAIN and not (language and meaning[:5] != "gemba"):
            known.setdefault(_PLAIN[meaning], cell)
        elif meaning not in _TEXTS and meaning not in ("type", "name"):
            other.append((header, cell))
    return Item(
        kind=select[1] if select else kind,
        name=next((cell for one, cell in cells.items() if meaning_of(one) == ("name", "")), ""),
        list_name=select[2] if select else "",
        or_other=bool(select and select[3]),
        other=tuple(other),
        **known,
    )


def _lists(choices: Sheet, languages: Texts) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, list[Choice]] = {}
    list_at, name_at = choices.column("list_name"), choices.column("name")
    for cells in choices.rows:
        if not cells:
            continue
        other: Further = tuple(
            (header, cell)
            for header, cell in cells.items()
            if header not in (list_at, name_at) and meaning_of(header)[0] != "label"
        )
        labels = _texts(cells, "label", languages)
        one = Choice(cells.get(name_at, ""), labels, other)
        found.setdefault(cells.get(list_at, ""), []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}
