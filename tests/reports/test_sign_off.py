"""Lines to sign on paper: in the foot where they fit whole, else all of them on a page behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gemba.domain.paper import PaperChoice
from gemba.domain.sheet_story import SignOff
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.reports.sheet_print import draw_print
from gemba.words import Words
from tests.data.paper import reader, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet

words = Words()


def drawn(*lines: SignOff, paper: str = "A3", screen: bool = False) -> bytes:
    return draw_sheet(
        replace(trial_sheet(), sign_offs=lines),
        definition(),
        facts=SheetFacts(),
        photo=lambda _: None,
        words=words,
        today=TODAY,
        paper=paper,
        compress=not screen,
    ).pdf


def line(number: int, name: str = "Nora Whitfield", role: str = "Head of nursing") -> SignOff:
    return SignOff(id=str(number), name=name, role=role)


def test_a_sheet_without_lines_has_none() -> None:
    assert "sign" not in text_of(drawn()).casefold().replace("signal", "")


def test_two_lines_stand_in_the_foot_with_name_role_and_day() -> None:
    pdf = drawn(line(1), replace(line(2, "Leon Fischer", ""), on=date(2026, 11, 20)))
    assert len(reader(pdf).pages) == 1
    text = text_of(pdf)
    for part in ("Nora Whitfield, Head of nursing", "Leon Fischer", "20 Nov 2026", "1 of 1"):
        assert part in text


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_more_lines_than_fit_and_long_names_stand_whole_behind(paper: str) -> None:
    long = "Nora " * 90 + "Whitfield"
    pdf = drawn(*(line(n) for n in range(30)), line(31, long, "漢字 " * 40), paper=paper)
    pages = reader(pdf).pages
    assert len(pages) > 1
    assert "31 lines to sign on the page behind" in pages[0].extract_text()
    behind = " ".join(" ".join(page.extract_text() for page in pages[1:]).split())
    assert behind.count("Head of nursing") == 30
    assert behind.count("Nora") == 30 + 90
    assert behind.count("漢字") == 40
    # On the screen the sheet stays one page; its foot says where they are.
    assert len(reader(drawn(*(line(n) for n in range(30)), screen=True)).pages) == 1


@pytest.mark.parametrize("fill", ["", "blank"])
def test_they_are_printed_as_chosen_and_left_out_of_a_blank_sheet(fill: str) -> None:
    chosen = PaperChoice(fill=fill) if fill else PaperChoice()
    made = draw_print(
        replace(trial_sheet(), sign_offs=tuple(line(n) for n in range(8))),
        definition(),
        chosen,
        facts=SheetFacts(),
        notes=(),
        photo=lambda _: None,
        words=words,
        today=TODAY,
    )
    assert ("Nora Whitfield" in text_of(made.pdf)) is not bool(fill)
