"""Paper of walks: cards, blank sheets and memos, read back as text and measured as pages."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from gemba.reports.blank_sheet import BlankSheet, draw_blank_sheet
from gemba.reports.cards import Kamishibai, PocketCard, draw_kamishibai, draw_pocket_cards
from gemba.reports.memo import Memo, draw_memo
from gemba.words import Words
from tests.strategies import HOSTILE

MM = 72 / 25.4
WORDS = Words()


def read(pdf: bytes) -> tuple[list[str], list[tuple[int, int]]]:
    """The text of each page in one line, and its size in whole mm."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    sizes = [
        (round(float(p.mediabox.width) / MM), round(float(p.mediabox.height) / MM)) for p in pages
    ]
    return [" ".join(page.extract_text().split()) for page in pages], sizes


def test_four_cards_stand_on_one_sheet_of_a4_and_a_fifth_on_another() -> None:
    cards = [PocketCard(head=f"Stop {n}", questions=("Who waits?",)) for n in range(5)]
    texts, sizes = read(draw_pocket_cards(cards, title="Cards", words=WORDS))
    assert sizes == [(210, 297), (210, 297)]
    assert [text.count("Stop") for text in texts] == [4, 1]
    assert texts[0].count("I saw, in facts") == 4


def test_a_card_that_is_too_full_goes_on_and_loses_no_word() -> None:
    long = " ".join(f"word{n}" for n in range(700))
    card = PocketCard(head="Full", expect=long, questions=("first?", long, "last?"))
    texts, _sizes = read(draw_pocket_cards([card], title="Cards", words=WORDS))
    whole = " ".join(texts)
    assert whole.count("word699") == 2
    assert all(f"word{n} " in whole for n in range(699))
    assert "first?" in whole
    assert "last?" in whole
    assert "goes on" in whole


def test_the_back_of_a_card_lies_behind_its_front() -> None:
    cards = [
        Kamishibai(look_at=f"Thing{n}", as_it_should_be=f"Fine{n}", if_not=f"Act{n}")
        for n in range(5)
    ]
    pdf = draw_kamishibai(cards, title="Cards", words=WORDS)
    texts, _sizes = read(pdf)
    assert len(texts) == 4
    assert [f"Fine{n}" in texts[0] for n in range(5)] == [True] * 4 + [False]
    assert [f"Act{n}" in texts[1] for n in range(5)] == [True] * 4 + [False]
    assert ("Fine4" in texts[2], "Act4" in texts[3]) == (True, True)
    places: dict[str, tuple[float, float]] = {}

    def see(text: str, _cm: object, matrix: list[float], *_font: object) -> None:
        if text.strip():
            places[text.strip()] = (matrix[4] / MM, matrix[5] / MM)

    for page in PdfReader(io.BytesIO(pdf)).pages[:2]:
        page.extract_text(visitor_text=see)
    for n in range(4):
        front, back = places[f"Fine{n}"], places[f"Act{n}"]
        assert (front[0] < 105) is (back[0] > 105)
        assert (front[1] < 148.5) is (back[1] < 148.5)


def test_a_blank_sheet_has_a_row_for_each_place_over_as_many_pages() -> None:
    texts, sizes = read(draw_blank_sheet(BlankSheet(), words=WORDS))
    assert sizes == [(297, 210)]
    assert texts[0].count("no standard seen") == 6
    places = tuple(f"Place {n} of many" for n in range(20))
    texts, sizes = read(draw_blank_sheet(BlankSheet(title="Why?", places=places), words=WORDS))
    whole = " ".join(texts)
    assert all(place in whole for place in places)
    assert len(sizes) == 3


def test_a_memo_is_one_page_and_says_what_it_leaves_to_the_report() -> None:
    memo = Memo(title="Why?", going_well=("Calm handover",), promised=("A rail (Ana)",))
    texts, sizes = read(draw_memo(memo, author="Nora", words=WORDS))
    assert sizes == [(210, 297)]
    assert "Calm handover" in texts[0]
    assert "more lines" not in texts[0]
    many = Memo(
        title="Why?", going_well=tuple(f"Thing {n} went well" for n in range(60)),
        promised=("A rail (Ana)", "A hook (Tom)"),
    )  # fmt: skip
    texts, sizes = read(draw_memo(many, author="Nora", words=WORDS))
    assert len(sizes) == 1
    shown = texts[0].count("went well")
    assert 10 < shown < 60
    assert f"{60 - shown + 2} more lines stand in the report" in texts[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_too_odd_for_paper(text: str) -> None:
    card = PocketCard(head=text, facts=text, expect=text, questions=(text,) * 3, foot=text)
    pdfs = (
        draw_pocket_cards([card], title=text, words=WORDS),
        draw_kamishibai([Kamishibai(look_at=text, as_it_should_be=text)], title=text, words=WORDS),
        draw_blank_sheet(BlankSheet(title=text, places=(text,)), words=WORDS),
        draw_memo(Memo(title=text, learned=(text,)), author=text, words=WORDS),
    )
    assert all(read(pdf)[1] for pdf in pdfs)
