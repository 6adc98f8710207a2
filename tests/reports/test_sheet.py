"""The A3 on paper: one page at its size, everything on it, and told where there is too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gemba.domain.figures import PhotoFigure, Plan
from gemba.domain.figures.plan import Action
from gemba.domain.paper import PAPERS
from gemba.domain.sheet import Box, Sheet
from gemba.reports.sheet import DrawnSheet, SheetFacts, draw_sheet
from gemba.words import Words
from tests.data.paper import faces, picture, reader, size_mm, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet

words = Words()
FACTS = SheetFacts(owner="Maria Okafor", coach="Tomas Reyes", area="Ward 6")


def drawn(sheet: Sheet, paper: str = "A3", facts: SheetFacts = FACTS) -> DrawnSheet:
    return draw_sheet(
        sheet,
        definition(),
        facts=facts,
        photo=lambda _: None,
        words=words,
        today=TODAY,
        paper=paper,
    )


def with_text(text: str, box: str = "background") -> Sheet:
    return trial_sheet().with_box(Box(id=box, text=text))


def test_an_a3_lies_on_one_page_of_420_by_297_mm() -> None:
    pdf = drawn(trial_sheet()).pdf
    assert len(reader(pdf).pages) == 1
    assert size_mm(pdf) == (420.0, 297.0)


def test_a_sheet_says_its_title_its_facts_and_every_box() -> None:
    text = text_of(drawn(trial_sheet()).pdf)
    for part in ("Two in three patients", "Maria Okafor", "Tomas Reyes", "Ward 6", "31 Aug 2026"):
        assert part in text
    for box in definition().boxes:
        assert box.label in text
    for part in ("the work takes 48 minutes", "Readmission", "Names to the porters"):
        assert part.casefold() in text.casefold()
    assert "revision 12" in text
    assert "1 of 1" in text


def test_a_sheet_has_title_author_and_language_and_only_its_own_faces() -> None:
    pdf = drawn(trial_sheet()).pdf
    document = reader(pdf)
    assert document.metadata is not None
    assert document.metadata.title == trial_sheet().title
    assert document.metadata.author == "Maria Okafor"
    assert document.trailer["/Root"]["/Lang"] == "en"
    found = faces(pdf)
    assert found
    for name, embedded in found.items():
        assert embedded, name
        assert name[7:8] == "+", f"{name} is not a subset"


def test_the_same_sheet_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    first = drawn(trial_sheet()).pdf
    drawn(with_text("漢字 עברית العربية Ελληνικά Жёлтый " * 9))
    assert drawn(trial_sheet()).pdf == first
    assert drawn(with_text("another")).pdf != first


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("A3", (420.0, 297.0)),
        ("A4", (297.0, 210.0)),
        ("Tabloid", (431.8, 279.4)),
        ("Letter", (279.4, 215.9)),
    ],
)
def test_a_sheet_is_fitted_whole_to_other_papers(paper: str, size: tuple[float, float]) -> None:
    one = drawn(trial_sheet(), paper)
    assert size_mm(one.pdf) == size
    assert len(reader(one.pdf).pages) == 1
    assert text_of(one.pdf) == text_of(drawn(trial_sheet()).pdf)
    ink = picture(one.pdf, dpi=50).convert("L").point(lambda value: 255 if value < 200 else 0)
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    per_mm = 50 / 25.4
    # Something is drawn near every edge, and nothing touches one.
    assert 2 < left / per_mm < 40
    assert 2 < top / per_mm < 40
    assert 2 < size[0] - right / per_mm < 40
    assert 2 < size[1] - bottom / per_mm < 40
    # Centred: what is drawn keeps the same distance from both sides.
    assert left / per_mm == pytest.approx(size[0] - right / per_mm, abs=3)


def test_only_known_papers_are_drawn_on() -> None:
    assert set(PAPERS) == {"A3", "A4", "Tabloid", "Letter", "A2"}
    with pytest.raises(KeyError):
        drawn(trial_sheet(), "Legal")


HOSTILE = '<b>bold</b> & <img src="file:///etc/passwd"> &lt; <para> {0} %s'


@pytest.mark.parametrize("box", ["background", "current", "check"])
def test_markup_in_text_is_letters(box: str) -> None:
    pdf = drawn(with_text(HOSTILE, box)).pdf
    assert HOSTILE in text_of(pdf)
    assert all(len(page.images) == 0 for page in reader(pdf).pages)


def test_markup_in_title_and_names_is_letters() -> None:
    sheet = replace(trial_sheet(), title="<b>T</b> & <img src=x>")
    facts = SheetFacts(owner="<i>O</i>", coach="A & B", area="x < y")
    text = text_of(drawn(sheet, facts=facts).pdf)
    for part in ("<b>T</b> & <img src=x>", "<i>O</i>", "A & B", "x < y"):
        assert part in text


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("\x00", "[U+0000]"),
        ("\x07", "[U+0007]"),
        ("\x1b", "[U+001B]"),
        ("\x85", "[U+0085]"),
        ("\N{PARTY POPPER}", "[U+1F389]"),
        ("\U0010ffff", "[U+10FFFF]"),
        ("\u0e01", "[U+0E01]"),
    ],
)
def test_what_no_face_can_draw_stands_as_its_code_point(letter: str, shown: str) -> None:
    text = text_of(drawn(with_text(f"before {letter} after")).pdf)
    assert f"before {shown} after" in text


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("病棟で待つ 漢字かなカナ", "DroidSansFallback"),
        ("متى كنت هناك آخر مرة", "NotoSansArabic"),
        ("מתי היית שם לאחרונה", "NotoSansHebrew"),
        ("Zażółć gęślą jaźń Ελληνικά Жёлтый tiếng Việt", "SourceSans3"),
    ],
)
def test_other_scripts_are_drawn_by_a_face_that_has_them(text: str, face: str) -> None:
    pdf = drawn(with_text(text)).pdf
    assert "[U+" not in text_of(pdf)
    assert any(face in name.replace(" ", "") for name in faces(pdf))


@pytest.mark.parametrize(
    "text", ["病棟で待つ" * 6, "متى كنت هناك " * 4, "מתי היית שם " * 4, "\N{PARTY POPPER}" * 9]
)
def test_no_letter_is_a_black_square(text: str) -> None:
    """A missing glyph is a box filled or framed; drawn letters leave most of their place white."""
    empty = picture(drawn(with_text("")).pdf, dpi=100).convert("L")
    shown = picture(drawn(with_text(text)).pdf, dpi=100).convert("L")
    frame = definition().box_frames()["background"]
    per_mm = 100 / 25.4
    box = tuple(int(one * per_mm) for one in (frame.x, frame.y + 7.4, frame.right, frame.y + 12.2))
    line = shown.crop(box)  # type: ignore[arg-type]
    assert empty.crop(box).getextrema() == (255, 255)  # type: ignore[arg-type]
    dark = line.point(lambda value: 255 if value < 128 else 0)
    left, _, right, _ = dark.getbbox() or (0, 0, 0, 0)
    assert right - left > 20, "nothing is drawn"
    wide = [
        x
        for x in range(left, right)
        if sum(dark.getpixel((x, y)) == 255 for y in range(dark.height)) > 13
    ]
    assert len(wide) < (right - left) / 4, "solid columns as high as a letter"


def test_a_box_that_is_too_full_prints_what_fits_and_names_how_much_does_not() -> None:
    lines = "\n".join(f"Line number {n}" for n in range(1, 41))
    one = drawn(with_text(lines))
    (over,) = one.over
    label = definition().box("background").label
    assert over[0] == label
    assert 0 < over[1] < 40
    text = text_of(one.pdf)
    assert f"{over[1]} lines too many" in text
    fitting = 40 - over[1]
    assert f"Line number {fitting}" in text
    assert f"Line number {fitting + 1}" not in text


def test_a_box_whose_figure_cannot_be_drawn_whole_is_named() -> None:
    actions = tuple(Action(id=str(n), what=f"Step number {n}", who="Joy") for n in range(80))
    box = Box(id="background", figures=(Plan(id="p", actions=actions),))
    one = drawn(trial_sheet().with_box(box))
    assert one.crowded == (definition().box("background").label,)
    assert "No room here for" in text_of(one.pdf)
    assert one.over == ()
    assert drawn(trial_sheet()).crowded == ()


def test_the_text_of_a_full_box_keeps_its_size() -> None:
    few, many = drawn(with_text("word " * 20)), drawn(with_text("word " * 2000))
    first = few.layout.boxes["background"].lines[0]
    assert many.layout.boxes["background"].lines[0].baseline == first.baseline
    assert many.over
    assert not few.over


def test_a_megabyte_in_one_box_is_drawn_as_far_as_it_fits() -> None:
    one = drawn(with_text("many words " * 95_000))
    ((_, lines),) = one.over
    assert lines > 5_000
    assert len(one.pdf) < 500_000


def test_a_photo_that_is_gone_leaves_a_sentence_and_an_empty_sheet_prints() -> None:
    figure = PhotoFigure(id="p", photo="0" * 64, description="The shelf at ten")
    box = Box(id="background", figures=(figure,))
    text = text_of(drawn(trial_sheet().with_box(box)).pdf)
    assert words("photo_figure.not_here") in text
    bare = Sheet(id=trial_sheet().id, title="", started_on=date(2026, 11, 3))
    shown = text_of(drawn(bare, facts=SheetFacts()).pdf)
    assert definition().boxes[0].label in shown
    assert "?" not in shown, "the question of an empty box never prints"
