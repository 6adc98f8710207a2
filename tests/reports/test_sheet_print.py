"""A sheet on any paper: how it is laid there, and what a printed page shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.domain.errors import BadInput
from gemba.domain.page_geometry import PageGeometry
from gemba.domain.paper import FILLS, MARGINS, PAPERS, SCALES, PaperChoice, place
from gemba.domain.sheet import Box, MarginNote, Sheet
from gemba.reports.outline import Tie
from gemba.reports.sheet import DrawnSheet, SheetFacts
from gemba.reports.sheet_print import draw_print
from gemba.words import Words
from tests.data.paper import picture, reader, size_mm, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet

words = Words()
PAGE = PageGeometry()
FACTS = SheetFacts(owner="Maria Okafor")
NOTES = (
    MarginNote(
        id=UUID(int=1),
        sheet_id=UUID(int=2),
        box="analysis",
        author="Nora",
        text="How do you know?",
        answer="We counted for a week.",
        asked_on=date(2026, 10, 1),
    ),
    MarginNote(
        id=UUID(int=3),
        sheet_id=UUID(int=2),
        box="background",
        text="Who asked for this?",
        asked_on=date(2026, 10, 2),
    ),
)


def printed(chosen: PaperChoice, sheet: Sheet | None = None) -> DrawnSheet:
    return draw_print(
        sheet or trial_sheet(),
        definition(),
        chosen,
        facts=FACTS,
        notes=NOTES,
        photo=lambda _: None,
        words=words,
        today=TODAY,
    )


@pytest.mark.parametrize(("paper", "size"), PAPERS.items())
def test_a_sheet_fits_every_paper_whole(paper: str, size: tuple[float, float]) -> None:
    pdf = printed(PaperChoice(paper=paper)).pdf
    assert size_mm(pdf) == pytest.approx(size, abs=0.1)
    assert "Follow-up" in text_of(pdf)


@given(
    paper=st.sampled_from(list(PAPERS)),
    scale=st.sampled_from(SCALES),
    margin=st.sampled_from([None, *MARGINS]),
    crop=st.booleans(),
    halves=st.booleans(),
)
def test_nothing_written_ever_lies_beyond_the_paper(
    paper: str, scale: str, margin: float | None, crop: bool, halves: bool
) -> None:
    chosen = PaperChoice(paper=paper, scale=scale, margin=margin, crop_marks=crop, halves=halves)
    try:
        pages = place(PAGE, chosen)
    except BadInput:
        # Only what is to be true to scale can be too large.
        assume(scale == "true")
        return
    assert [(one.first, one.last) for one in pages] in (
        [(0.0, 420.0)],
        [(0.0, 210.0), (210.0, 420.0)],
    )
    for one in pages:
        inset = PAGE.margin * one.scale
        first = one.left + (inset if one.first == 0 else 0.0)
        last = one.right - (inset if one.last == 420 else 0.0)
        edge = margin or 0.0
        assert first >= edge - 0.05 or one.first > 0
        assert last <= one.width - edge + 0.05 or one.last < 420
        assert min(first, one.dy + inset) >= -0.05
        assert last <= one.width + 0.05
        if scale == "true":
            assert one.scale == 1.0


def test_true_scale_is_true_to_the_millimetre_and_refused_where_it_would_cut() -> None:
    (on_a2,) = place(PAGE, PaperChoice(paper="A2", scale="true"))
    assert (on_a2.scale, on_a2.dx, on_a2.dy) == (1.0, 87.0, 61.5)
    # 297 mm without the white above and below are 281, and Tabloid has 279.4.
    for paper in ("A4", "Letter", "Tabloid"):
        with pytest.raises(BadInput, match=r"paper\.too_small"):
            place(PAGE, PaperChoice(paper=paper, scale="true"))


def test_two_halves_stand_on_two_pages_of_a4_and_meet_at_the_middle() -> None:
    left, right = place(PAGE, PaperChoice(paper="A4", halves=True))
    assert (left.width, left.height) == (right.width, right.height) == (210.0, 297.0)
    assert left.scale == right.scale > 0.9
    assert left.width - left.right == pytest.approx(right.left)
    pdf = printed(PaperChoice(paper="A4", halves=True)).pdf
    assert len(reader(pdf).pages) == 2
    # Where the second half is laid stands on the first, and where it is cut on the second.
    document = reader(pdf)
    boxes = [one for one in document.outline if not isinstance(one, list)]
    assert [one.title for one in boxes] == [one.label for one in definition().boxes]
    pages = [document.get_destination_page_number(one) for one in boxes]
    assert pages == sorted(pages)
    assert set(pages) == {0, 1}
    first, second = (page.extract_text() for page in document.pages)
    assert words("paper.lay") in first
    assert words("paper.cut") in second
    mark = picture(pdf, 0, dpi=150).convert("L")
    dots = 150 / 25.4
    at, top = round(left.right * dots), round(left.dy * dots)
    strip = mark.crop((at - 2, top, at + 3, top + round(5 * dots)))
    assert min(strip.tobytes()) < 140
    assert size_mm(pdf) == (210.0, 297.0)
    true_left, _ = place(PAGE, PaperChoice(paper="A4", halves=True, scale="true"))
    assert true_left.scale == 1.0


def test_grey_has_no_colour_in_it() -> None:
    coloured = picture(printed(PaperChoice()).pdf, dpi=60)
    grey = picture(printed(PaperChoice(grey=True)).pdf, dpi=60)
    assert any(max(one) - min(one) > 40 for one in coloured.get_flattened_data())
    assert all(max(one) - min(one) <= 2 for one in grey.get_flattened_data())


def test_crop_marks_stand_outside_the_sheet_at_its_corners() -> None:
    plain = picture(printed(PaperChoice(paper="A2", scale="true")).pdf, dpi=60)
    marked = picture(printed(PaperChoice(paper="A2", scale="true", crop_marks=True)).pdf, dpi=60)
    dots = 60 / 25.4
    corner = (round(78 * dots), round(52 * dots), round(90 * dots), round(63 * dots))
    assert min(plain.crop(corner).convert("L").get_flattened_data()) > 240
    assert min(marked.crop(corner).convert("L").get_flattened_data()) < 200
    with pytest.raises(BadInput, match=r"paper\.no_room"):
        printed(PaperChoice(paper="A3", scale="true", crop_marks=True))


def test_comments_come_only_when_asked_for_with_a_number_at_their_box() -> None:
    without = printed(PaperChoice()).pdf
    assert "How do you know?" not in text_of(without)
    pdf = printed(PaperChoice(comments=True)).pdf
    text = text_of(pdf)
    for part in ("How do you know?", "We counted for a week.", "Who asked for this?", "Nora"):
        assert part in text
    assert words("paper.no_answer") in text
    # In the order of the boxes, not of the days.
    assert text.index("Who asked") < text.index("How do you know?")
    assert "[1]" in text
    jumps = [one.get_object() for one in reader(pdf).pages[0]["/Annots"]]
    assert len([one for one in jumps if "/Dest" in one or "/A" in one]) == 2


def test_a_blank_sheet_says_nothing_of_its_own_and_a_half_one_only_on_the_left() -> None:
    blank = text_of(printed(PaperChoice(fill="blank")).pdf)
    assert "Background" in blank
    assert "Owner" in blank
    for part in ("Two in three", "Maria Okafor", "porters"):
        assert part not in blank
    # Whoever writes with a pencil sees what each box asks, and no sheet it belongs to.
    for box in definition().boxes:
        assert box.question in blank
    assert trial_sheet().id.hex[:4].upper() not in blank
    bare = reader(printed(PaperChoice(fill="blank")).pdf).metadata
    assert bare is not None
    assert (bare.title, bare.author or "") == (definition().label, "")
    assert definition().box("followup").question not in text_of(printed(PaperChoice()).pdf)
    half = text_of(printed(PaperChoice(fill="half")).pdf)
    assert definition().box("followup").question in half
    assert definition().box("background").question not in half
    assert "Two in three" in half
    assert "the work takes 48 minutes" in half
    assert "Names to the porters" not in half


@pytest.mark.parametrize("fill", FILLS)
def test_a_print_says_its_title_its_outline_and_what_its_figures_show(fill: str) -> None:
    document = reader(printed(PaperChoice(fill=fill, comments=True)).pdf)
    assert document.metadata is not None
    assert document.metadata.title == trial_sheet().title
    assert document.metadata.author == "Maria Okafor"
    made_on = document.metadata.creation_date
    assert made_on is not None
    assert made_on.date() == TODAY
    titles = [one.title for one in document.outline if not isinstance(one, list)]
    assert titles == [*(box.label for box in definition().boxes), words("paper.comments")]
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_outline_has_figures_in_their_box_and_ties_that_lead_to_their_end() -> None:
    sheet = trial_sheet()
    box = next(one for one in sheet.boxes if one.figures)
    ties = (Tie(f"check/{'x' * 4}/y", f"{box.id}/{box.figures[0].id}"), Tie("goal", "nowhere"))
    made = draw_print(
        sheet,
        definition(),
        PaperChoice(),
        facts=replace(FACTS, ties=ties),
        notes=(),
        photo=lambda _: None,
        words=words,
        today=TODAY,
    )
    outline = reader(made.pdf).outline
    named = [one.title for one in outline if not isinstance(one, list)]
    assert named == [one.label for one in definition().boxes]
    inside = [one for some in outline if isinstance(some, list) for one in some]
    titles = {one.title: one for one in inside}
    caption = box.figures[0].caption.strip() or words(f"figure_kind.{box.figures[0].kind}")
    end = f"Check → {definition().box(box.id).label}"
    assert {caption, end} <= set(titles)
    assert titles[end]["/Top"] in [one["/Top"] for one in inside if one.title == caption]
    assert not [one for one in titles if one.startswith("Goal")]


def test_the_outline_leads_to_where_each_box_stands_on_this_paper() -> None:
    document = reader(printed(PaperChoice(paper="A4")).pdf)
    first = document.outline[0]
    assert float(first["/Top"]) == pytest.approx((210 - 27 * 297 / 420) * 72 / 25.4, abs=6)


def test_a_choice_that_is_none_is_refused() -> None:
    for wrong in ({"paper": "A5"}, {"scale": "big"}, {"fill": "some"}, {"margin": -1.0}):
        with pytest.raises(BadInput, match=r"paper\.unknown"):
            PaperChoice(**wrong)  # type: ignore[arg-type]


def test_many_comments_go_on_over_as_many_pages_as_they_need() -> None:
    many = tuple(replace(NOTES[0], id=UUID(int=n + 10), text=f"Question {n}?") for n in range(200))
    pdf = draw_print(
        trial_sheet(),
        definition(),
        PaperChoice(paper="A4", comments=True, halves=True),
        facts=FACTS,
        notes=many,
        photo=lambda _: None,
        words=words,
        today=TODAY,
    ).pdf
    text = text_of(pdf)
    assert all(f"Question {n}?" in text for n in range(200))
    assert len(reader(pdf).pages) > 3


def links(pdf: bytes) -> list[tuple[str, tuple[float, ...]]]:
    page = reader(pdf).pages[0]
    return [
        (one.get_object()["/A"]["/URI"], tuple(float(at) for at in one.get_object()["/Rect"]))
        for one in page.get("/Annots", [])
        if "/A" in one.get_object()
    ]


def test_an_address_leads_where_it_says_from_where_it_stands() -> None:
    text = "See (https://example.org/a?b=1&c=2). And **http://x.example**, javascript:alert(1)"
    sheet = trial_sheet().with_box(Box(id="background", text=text))
    found = links(printed(PaperChoice(), sheet).pdf)
    assert [one for one, _ in found] == ["https://example.org/a?b=1&c=2", "http://x.example"]
    for _address, (left, low, right, high) in found:
        assert 8 * 72 / 25.4 < left < right < 207 * 72 / 25.4
        assert 240 * 72 / 25.4 < low < high < 297 * 72 / 25.4
    smaller = links(printed(PaperChoice(paper="A4"), sheet).pdf)
    assert smaller[0][1][0] == pytest.approx(found[0][1][0] * 297 / 420, abs=0.5)


def test_an_address_of_many_lines_and_one_without_end_do_no_harm() -> None:
    long = "https://example.org/" + "a" * 300
    sheet = trial_sheet().with_box(Box(id="goal", text=f"{long}\nhttps://{'b' * 9000}"))
    found = links(printed(PaperChoice(), sheet).pdf)
    assert len(found) > 1
    assert {one for one, _ in found} == {long}
