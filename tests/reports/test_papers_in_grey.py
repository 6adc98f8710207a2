"""Every paper of a walk says the same on a copier that knows no colour."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from pypdf import PdfReader

from gemba.reports.blank_sheet import BlankSheet, draw_blank_sheet
from gemba.reports.cards import Kamishibai, PocketCard, draw_kamishibai, draw_pocket_cards
from gemba.reports.memo import Memo, draw_memo
from gemba.words import Words
from tests.reports.figures.test_grey import APART
from tests.reports.test_walk import drawn, seen, walk

WORDS = Words()
PAPERS: dict[str, Callable[[], bytes]] = {
    "report": lambda: drawn(
        walk(),
        seen(1, "Fine here", category="going well", standard="normal"),
        seen(2, "A bag waits", category="safety", standard="abnormal", photos=("a",)),
        seen(3, "No list", standard="no standard seen", thanked="Ana"),
        promises=["A rail (Ana)"],
    ),
    "memo": lambda: draw_memo(
        Memo(title="Why?", going_well=("Calm",), promised=("A rail (Ana)",)),
        author="Nora",
        words=WORDS,
    ),
    "pocket cards": lambda: draw_pocket_cards(
        [PocketCard(head="Stop", expect="A queue", questions=("Who waits?",))],
        title="Cards",
        words=WORDS,
    ),
    "blank sheet": lambda: draw_blank_sheet(
        BlankSheet(title="Why?", places=("Ward 4",)), words=WORDS
    ),
    "kamishibai": lambda: draw_kamishibai(
        [Kamishibai(look_at="Trolley", as_it_should_be="Full", if_not="Fill it")],
        title="Cards",
        words=WORDS,
    ),
}
_COLOUR = re.compile(r"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)\b")
_INK = 0.45
"""Words darker than this read as black on white, whichever of the two inks they are in."""


def tones(pdf: bytes) -> dict[str, set[float]]:
    """How light each colour is that fills (rg) and that draws lines (RG), from 0 to 1."""
    found: dict[str, set[float]] = {"rg": set(), "RG": set()}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        content = page.get_contents()
        assert content is not None
        for *parts, use in _COLOUR.findall(content.get_data().decode("latin-1")):
            red, green, blue = (float(one) for one in parts)
            # ITU-R BT.601, as a copier and a printer weigh them.
            found[use].add(round(0.299 * red + 0.587 * green + 0.114 * blue, 3))
    return found


def apart(lights: set[float]) -> bool:
    return all(darker + APART <= lighter for darker, lighter in pairwise(sorted(lights)))


@pytest.mark.parametrize("paper", PAPERS)
def test_no_two_tones_of_a_paper_become_one_in_grey(paper: str) -> None:
    found = tones(PAPERS[paper]())
    assert found["rg"]
    assert apart(found["rg"])
    assert apart(found["RG"])
    # Words stand on white, or white on the dark back of a card: nothing between fades away.
    assert not [light for light in found["rg"] if _INK < light < 0.95]
