"""A form on A4: blank, to be filled in by hand, or as it was filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.errors import GembaError
from gemba.domain.form_view import FormHead, FormItem, FormPage, FormQuestion
from gemba.domain.form_words import plain_words, runs_of
from gemba.domain.prose import Run
from gemba.reports.lines import fold
from gemba.reports.pages import LEFT, WIDTH, Pages, Photo, Words
from gemba.reports.style import MM, REPORT_HEAD, REPORT_SOFT, REPORT_STRONG, REPORT_TEXT, TextStyle

_LINE: Final = REPORT_TEXT.leading / MM
_WRITE: Final = 8.0
"""A line to write on by hand, in mm."""
_BOX: Final = 3.4
_TICK: Final = 6.0
_PHOTO: Final = 70.0
_TALLEST: Final = 80.0
_STANDARD: Final = 45.0
"""Width and height in mm within which it is shown how something should be."""
_FRAME: Final = (70.0, 45.0)
"""Width and height in mm of the frame into which a picture is glued or drawn."""
_GAP: Final = 4.0
_MOST_AHEAD: Final = 90.0
"""So much of what follows stays with a heading, in mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPaper:
    """A form for paper; ``facts`` are labels and what stands behind them.

    ``only`` says by the key of a question when it is asked.
    """

    title: str
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    pages: tuple[FormPage, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    blank: bool = False
    foot: str = ""
    author: str = ""


def draw_form(paper: FormPaper, *, photo: Photo, words: Words) -> bytes:
    """Draw a form as PDF, over as many A4 pages as it takes; nothing of it is cut."""
    pages = Pages(title=paper.title, left=paper.foot or paper.title, words=words)
    pages.title(paper.title)
    if paper.about:
        pages.text(paper.about, REPORT_SOFT)
    for label, said in paper.facts:
        if paper.blank:
            _to_write(pages, label)
        else:
            pages.labelled(label, said)
    pages.rule()
    write_pages(pages, paper.pages, blank=paper.blank, only=dict(paper.only), photo=photo)
    return pages.finish(title=paper.title, author=paper.author or "Gemba", subject=paper.foot)


def write_pages(
    pages: Pages,
    held: Sequence[FormPage],
    *,
    blank: bool,
    only: dict[str, str],
    photo: Photo,
    level: int = 0,
) -> None:
    """Write the pages of a form into a report; a filled one leaves out what has no answer."""
    for page in held:
        items = [one for one in page.items if blank or _is_said(one)]
        if not any(isinstance(one, FormQuestion) for one in items):
            continue
        title = plain_words(page.title)
        headed = isinstance(items[0], FormHead)
        if title and not headed:
            pages.head(title, _ahead(items, blank=blank), level=level)
        elif not headed:
            pages.space(_GAP)
        for number, one in enumerate(items):
            if isinstance(one, FormHead):
                words = plain_words(one.label)
                ahead = _ahead(items[number + 1 :], blank=blank)
                pages.head(f"{words} {one.round}".strip() if one.round else words, ahead)
            elif isinstance(one, FormQuestion):
                if number:
                    pages.space(_GAP)
                if blank:
                    _blank(pages, one, only.get(one.key, ""), photo)
                else:
                    _answered(pages, one, photo)


def _ahead(items: Sequence[FormItem], *, blank: bool) -> float:
    """Return how much of what follows belongs under a heading, in mm: down to its first question.

    Bounded, since a question may be longer than a page.
    """
    high = 0.0
    for one in items:
        if isinstance(one, FormQuestion):
            high += _GAP + (_tall(one) if blank else 2 * _LINE)
            break
        high += REPORT_HEAD.leading / MM + 2 * _GAP
    return min(max(high, 2 * _LINE), _MOST_AHEAD)


def _is_said(one: object) -> bool:
    if isinstance(one, FormQuestion):
        return bool(one.answer or one.photo) and one.kind != "note"
    return isinstance(one, FormHead)


def _answered(pages: Pages, one: FormQuestion, photo: Photo) -> None:
    label = plain_words(one.label) or one.name
    lines = len(fold(label, WIDTH, REPORT_SOFT))
    pages.need((lines + 1) * _LINE)
    _write_words(pages, one.label, one.name, REPORT_SOFT)
    if one.kind == "image" and one.photo:
        pages.space(1.0)
        pages.picture(_read(one.photo, photo), LEFT, _PHOTO, _TALLEST, said=label)
    else:
        pages.text(one.words(), REPORT_TEXT)


def _write_words(pages: Pages, label: str, name: str, style: TextStyle, *, x: float = LEFT) -> None:
    """Write a label as its author marked it, or the name where there is none.

    Among words that are all strong none would stand out, so those are set plain around a stress.
    """
    runs = runs_of(label) if plain_words(label) else (Run(name),)
    bold = [run.bold for run in runs if run.text.strip()]
    if style is REPORT_STRONG and any(bold) and not all(bold):
        style = REPORT_TEXT
    pages.marked(runs, style, x=x)


def _read(key: str, photo: Photo) -> bytes | None:
    try:
        return photo(key)
    except (GembaError, OSError):
        return None


def _blank(pages: Pages, one: FormQuestion, only: str, photo: Photo) -> None:
    label = plain_words(one.label) or one.name
    pages.need(_tall(one))
    _write_words(pages, one.label, one.name, REPORT_STRONG)
    if only:
        pages.text(only, REPORT_SOFT)
    if plain_words(one.hint):
        _write_words(pages, one.hint, "", REPORT_SOFT)
    standard = _read(one.standard_photo, photo) if one.standard_photo else None
    if standard:
        pages.space(1.0)
        pages.picture(standard, LEFT, _STANDARD, _STANDARD, said=label)
        pages.space(1.0)
    if one.kind in ("one", "several", "range") and one.choices:
        _ticks(pages, one)
    elif one.kind == "rank":
        for choice in one.choices:
            _boxed(pages, choice.label, choice.name, wide=8.0)
    elif one.kind == "acknowledge":
        _boxed(pages, "")
    elif one.kind == "image":
        _frame(pages)
    elif one.kind not in ("note", "unsupported"):
        _write_lines(pages, max(1, one.lines if one.kind == "text" else 1), one.kind)


def _tall(one: FormQuestion) -> float:
    """Return how high a question is that is filled in by hand, with its words, in mm."""
    label = plain_words(one.label) or one.name
    return len(fold(label, WIDTH, REPORT_STRONG)) * _LINE + _height(one)


def _height(one: FormQuestion) -> float:
    if one.kind in ("one", "several", "rank", "range"):
        return min(6, len(one.choices) + 1) * 6.0
    if one.kind == "image":
        return _FRAME[1] + 4.0
    return _WRITE * max(1, one.lines) + 4.0


def _ticks(pages: Pages, one: FormQuestion) -> None:
    """Draw a box before each choice: side by side where they are few and short."""
    labels = [plain_words(choice.label) or choice.name for choice in one.choices]
    marked = any(run.bold or run.italic for one in one.choices for run in runs_of(one.label))
    widths = [pages_width(label) + _TICK + 8.0 for label in labels]
    if sum(widths) <= WIDTH and not marked:
        x, y = LEFT, pages.spot[1] + 1.5
        part = pages.paragraph()
        for label, width in zip(labels, widths, strict=True):
            _draw_box(pages, x, y)
            pages.aside(label, REPORT_TEXT, x=x + _TICK, beside=REPORT_TEXT, part=part)
            x += width
        pages.space(_LINE + 1.5)
        return
    for choice in one.choices:
        _boxed(pages, choice.label, choice.name)


def pages_width(text: str) -> float:
    """Return the width of one line of a report's text in mm."""
    from gemba.reports.ink import Ink

    return Ink.text_width(text, REPORT_TEXT)


def _boxed(pages: Pages, label: str, name: str = "", wide: float = _BOX) -> None:
    pages.need(_LINE + 1.0)
    _draw_box(pages, LEFT, pages.spot[1] + 1.0, wide)
    if label or name:
        _write_words(pages, label, name, REPORT_TEXT, x=LEFT + _TICK + wide - _BOX)
    else:
        pages.space(_LINE)
    pages.space(1.0)


def _draw_box(pages: Pages, x: float, y: float, wide: float = _BOX) -> None:
    pages.mark(lambda ink: ink.rect(x, y, wide, _BOX, stroke="ink", pt=0.7))


def _frame(pages: Pages) -> None:
    pages.space(1.5)
    y = pages.spot[1]
    pages.mark(lambda ink: ink.rect(LEFT, y, *_FRAME, stroke="axis"))
    pages.space(_FRAME[1] + 1.0)


def _write_lines(pages: Pages, count: int, kind: str) -> None:
    wide = WIDTH if kind == "text" else 50.0
    for _ in range(count):
        pages.need(_WRITE)
        pages.space(_WRITE)
        y = pages.spot[1]
        pages.mark(_line(y, wide))


def _line(y: float, wide: float) -> Callable[..., None]:
    return lambda ink: ink.line(LEFT, y, LEFT + wide, y, colour="axis")


def _to_write(pages: Pages, label: str) -> None:
    """Write a label with a line behind it."""
    pages.need(_WRITE)
    pages.aside(label, REPORT_SOFT, beside=REPORT_TEXT)
    pages.space(_LINE + 0.5)
    y = pages.spot[1]
    pages.mark(lambda ink: ink.line(LEFT + 36.0, y, LEFT + WIDTH, y, colour="axis"))
    pages.space(2.0)
