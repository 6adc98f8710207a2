"""The memo of a walk for the team board: one page, large enough to read from where one stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.reports.pages import BOTTOM, Pages
from gemba.reports.style import MM, TextStyle

TEXT: Final = TextStyle("regular", 13, 17)
SOFT: Final = TextStyle("regular", 10.5, 14, "ink_soft")
_GAP: Final = 1.5
_LAST: Final = 3 * SOFT.leading / MM
"""So much room is kept, in mm, to say what stands only in the report."""

Words = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What a team hears of a walk; nobody is named for having raised something."""

    title: str
    facts: str = ""
    going_well: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    comes_back: str = ""


def draw_memo(memo: Memo, *, author: str, words: Words) -> bytes:
    """Draw the memo as PDF, one A4; it says how many lines stand only in the walk's report."""
    pages = Pages(title=memo.title, left=words("memo.foot"), words=words)
    pages.title(memo.title)
    if memo.facts:
        pages.text(memo.facts, SOFT)
    pages.rule()
    left_out = 0
    for key in ("going_well", "learned", "promised", "thanks"):
        left_out += _part(pages, words(f"memo.{key}"), getattr(memo, key))
    if memo.comes_back and _fits(pages, memo.comes_back):
        pages.space(5.0)
        pages.text(memo.comes_back, TEXT)
    elif memo.comes_back:
        left_out += 1
    if left_out:
        pages.space(3.0)
        pages.text(words("memo.more", count=left_out), SOFT)
    return pages.finish(title=memo.title, author=author or "Gemba", subject=words("memo.foot"))


def _part(pages: Pages, head: str, items: Sequence[str]) -> int:
    """Write what fits under a heading, each item whole; return how many stay away."""
    said = [" ".join(one.split()) for one in items if one.strip()]
    if not said:
        return 0
    if not _fits(pages, said[0], 16.0):
        return len(said)
    pages.head(head, 2 * TEXT.leading / MM)
    for number, one in enumerate(said):
        if not _fits(pages, one):
            return len(said) - number
        pages.text(f"\u2013 {one}", TEXT)
        pages.space(_GAP)
    return 0


def _fits(pages: Pages, text: str, above: float = 0.0) -> bool:
    high = pages.height_of(lambda trial: trial.text(f"\u2013 {text}", TEXT), BOTTOM)
    return 0.0 < high + above <= pages.room - _LAST
