"""Lines to sign: in the foot of the sheet where they fit whole, else on a page behind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from gemba.domain.frame import Frame
from gemba.domain.page_geometry import PageGeometry
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import SignOff
from gemba.reports.ink import Ink
from gemba.reports.lines import cut, fold
from gemba.reports.marks import Mark, Marks
from gemba.reports.structure import Element
from gemba.reports.style import (
    BOX_TITLE,
    FACT,
    FOOTER,
    HAIRLINE_PT,
    HEADER_RULE_PT,
    MM,
    TITLE,
)

Words = Callable[..., str]

_SIGN: Final = 30.0
"""Room for a name written by hand, in mm."""
_DATE: Final = 18.0
_GAP: Final = 6.0
_APART: Final = 3.0
_SIDE: Final = 76.0
"""What the foot says at its left, and its page number at the right, together in mm."""
_ROW: Final = 16.0


def _words(one: SignOff) -> str:
    return ", ".join(part for part in (one.name, one.role) if part.strip())


def fits(sheet: Sheet, band: Frame) -> bool:
    """Tell whether every line to sign finds room in the foot, with nothing of it cut."""
    needed = sum(
        Ink.text_width(_words(one), FOOTER) + _APART + _SIGN + _APART + _DATE + _GAP
        for one in sheet.sign_offs
    )
    return needed <= band.width - _SIDE and not any("\n" in _words(one) for one in sheet.sign_offs)


def draw_sign_offs(ink: Ink, read: Element | None, sheet: Sheet, band: Frame, words: Words) -> None:
    """Draw the lines to sign into the foot, or say there that they stand behind."""
    if not sheet.sign_offs:
        return
    baseline = band.bottom - 1.5
    if not fits(sheet, band):
        ink.into(read.add("P") if read else None)
        said = words("sign_off.behind", count=len(sheet.sign_offs))
        ink.text(band.x + band.width / 2, baseline, said, FOOTER, align="centre")
        ink.into(None)
        return
    right = band.right - 14.0
    for one in reversed(sheet.sign_offs):
        text = _words(one)
        wide = Ink.text_width(text, FOOTER)
        right -= wide + _APART + _SIGN + _APART + _DATE
        ink.into(read.add("P") if read else None)
        ink.text(right, baseline, text, FOOTER)
        _rules(ink, one, right + wide + _APART, baseline, words)
        right -= _GAP
    ink.into(None)


def _rules(ink: Ink, one: SignOff, x: float, baseline: float, words: Words) -> None:
    date_x = x + _SIGN + _APART
    if one.on is not None:
        ink.text(date_x + 1.0, baseline, words("sheet.day", day=one.on), FOOTER)
    ink.line(x, baseline + 0.6, x + _SIGN, baseline + 0.6, pt=HAIRLINE_PT)
    ink.line(date_x, baseline + 0.6, date_x + _DATE, baseline + 0.6, pt=HAIRLINE_PT)


def draw_behind(
    ink: Ink,
    read: Element | None,
    sheet: Sheet,
    page: PageGeometry,
    words: Words,
    turn: Callable[[], None],
) -> None:
    """Draw all lines to sign on pages behind the sheet; nothing of a name or a role is cut."""
    if fits(sheet, page.footer_frame):
        return
    band = page.header_frame
    bottom = page.height - page.margin
    wide = min(150.0, band.width - _SIGN * 2 - _DATE * 2)
    y = bottom
    for one in sheet.sign_offs:
        lines = [(line, BOX_TITLE) for line in fold(one.name, wide, BOX_TITLE)]
        lines += [(line, FACT) for line in fold(one.role, wide, FACT) if one.role.strip()]
        for at, (line, style) in enumerate(lines):
            high = max(style.leading / MM, _ROW - len(lines) * 5.0 if at == 0 else 0.0)
            if y + high > bottom:
                y = _begin_page(ink, read, sheet, band, words, turn)
            y += high
            ink.into(read.add("P") if read else None)
            ink.text(band.x, y, line, style)
        ink.into(None)
        x = band.x + wide + _GAP
        ink.line(x, y + 0.8, x + 2 * _SIGN, y + 0.8, pt=HAIRLINE_PT)
        x += 2 * _SIGN + _GAP
        ink.line(x, y + 0.8, x + 2 * _DATE, y + 0.8, pt=HAIRLINE_PT)
        if one.on is not None:
            ink.into(read.add("P") if read else None)
            ink.text(x + 1.0, y, words("sheet.day", day=one.on), FACT)
            ink.into(None)
        y += 4.0


def behind_marks(sheet: Sheet, page: PageGeometry, words: Words) -> list[list[Mark]]:
    """Return the marks of each page behind a sheet, for files that are made of marks."""
    kept, begun = Marks(page.width, page.height), list[int]()
    draw_behind(kept, None, sheet, page, words, lambda: begun.append(len(kept.marks)))
    return [kept.marks[first:last] for first, last in pairwise([*begun, len(kept.marks)])]


def _begin_page(
    ink: Ink,
    read: Element | None,
    sheet: Sheet,
    band: Frame,
    words: Words,
    turn: Callable[[], None],
) -> float:
    turn()
    ink.into(read.add("H1") if read else None)
    title = words("sign_off.title", title=" ".join(sheet.title.split()))
    line = cut(fold(title, band.width, TITLE), 1, band.width, TITLE)[0]
    ink.text(band.x, band.bottom - 3.2, line, TITLE)
    ink.into(None)
    ink.line(band.x, band.bottom, band.right, band.bottom, pt=HEADER_RULE_PT)
    return band.bottom + 2.0
