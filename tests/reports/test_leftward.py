"""Lines that run from right to left, also where part of them is bold."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from gemba.domain.sheet import Box
from gemba.reports.fonts import as_drawn, begins_leftward, pieces, runs_leftward
from gemba.reports.pages import LEFT, WIDTH, Pages
from gemba.reports.sheet import DrawnSheet, SheetFacts, draw_sheet
from gemba.reports.style import REPORT_TEXT
from gemba.services.paper import picture
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet

SHALOM, OLAM = "שלום", "עולם"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"{SHALOM} {OLAM}", f"{OLAM[::-1]} {SHALOM[::-1]}"),
        (f"on {SHALOM} {OLAM} off", f"on {OLAM[::-1]} {SHALOM[::-1]} off"),
        (f"{SHALOM} 12 {OLAM}", f"{OLAM[::-1]} 12 {SHALOM[::-1]}"),
        (f"{SHALOM} (on)", f"(on) {SHALOM[::-1]}"),
    ],
)
def test_letters_stand_as_they_are_read(line: str, shown: str) -> None:
    placed = as_drawn(line, line)
    assert "".join(letter for _index, letter in placed) == shown
    assert sorted(index for index, _letter in placed) == list(range(len(line)))


def test_a_line_of_latin_letters_in_a_hebrew_paragraph_keeps_its_side() -> None:
    placed = as_drawn(f"on 12 {OLAM}", f"{SHALOM} on 12 {OLAM}")
    assert "".join(letter for _index, letter in placed) == f"{OLAM[::-1]} on 12"


def test_what_was_turned_is_not_turned_again() -> None:
    shown = OLAM[::-1]
    assert "".join(piece.letters for piece in pieces(shown, "regular", True)) == shown
    assert "".join(piece.letters for piece in pieces(OLAM, "regular")) == shown


def test_only_some_scripts_run_leftward() -> None:
    assert runs_leftward(f"a {SHALOM}")
    assert runs_leftward("سلام")
    assert not runs_leftward("Żółć Ελληνικά 日本語 → ✓ 12")


def test_a_control_character_beside_hebrew_stands_as_its_code_point() -> None:
    drawn = "".join(piece.letters for piece in pieces(f"on\x07 {OLAM}", "regular"))
    assert drawn == f"on[U+0007] {OLAM[::-1]}"


def test_a_bracket_that_no_face_has_stands_as_its_own_code_point() -> None:
    drawn = "".join(piece.letters for piece in pieces(f"{OLAM} \u2045", "regular"))
    assert drawn == f"[U+2045] {OLAM[::-1]}"


def test_the_first_letter_of_a_direction_decides_for_the_paragraph() -> None:
    assert begins_leftward(f"12. {SHALOM} and more")
    assert begins_leftward("(سلام)")
    assert not begins_leftward(f"and {SHALOM}")
    assert not begins_leftward("12 %")


def sheet_of(text: str) -> DrawnSheet:
    sheet = replace(trial_sheet(), boxes=(Box(id="background", text=text),))
    return draw_sheet(
        sheet,
        definition(),
        facts=SheetFacts("", "", ""),
        photo=lambda _hash: None,
        words=Words(),
        today=TODAY,
    )


def ink_of(drawn: DrawnSheet, box: str) -> tuple[float, float, int]:
    """Return where the ink of a box's text begins and ends, in mm, and how much of it there is."""
    text = drawn.layout.boxes[box].text
    scale = 8.0
    shown = picture(drawn.pdf, scale, (text.x - 1, text.y, text.width + 2, text.height))
    image = Image.frombytes(
        "RGB", (shown.width, shown.height), shown.data, "raw", "BGRX", shown.stride
    ).convert("L")
    frame = image.point(lambda value: 255 if value < 160 else 0).getbbox()
    assert frame is not None
    dark = sum((255 - value) * count for value, count in enumerate(image.histogram()))
    return text.x - 1 + frame[0] / scale, text.x - 1 + frame[2] / scale, dark


LONG = f"{SHALOM} {OLAM} " * 20


@pytest.mark.parametrize("text", [SHALOM, "سلام", f"- {SHALOM}", LONG, f"**{SHALOM}** {OLAM}"])
def test_a_paragraph_that_runs_leftward_begins_at_the_right_of_its_column(text: str) -> None:
    drawn = sheet_of(text)
    column = drawn.layout.boxes["background"].text
    _left, right, _dark = ink_of(drawn, "background")
    assert right == pytest.approx(column.right, abs=1.3)
    assert all(line.leftward for line in drawn.layout.boxes["background"].lines)
    words = PdfReader(io.BytesIO(drawn.pdf)).pages[0].extract_text()
    for word in text.strip("- *").split():
        assert word.strip("*") in unicodedata.normalize("NFKC", words)


def test_a_paragraph_that_begins_with_latin_stays_at_the_left() -> None:
    drawn = sheet_of(f"Ward 6: {SHALOM}")
    left, right, _dark = ink_of(drawn, "background")
    assert left == pytest.approx(drawn.layout.boxes["background"].text.x, abs=0.6)
    assert right < left + 60


@pytest.mark.parametrize("word", [SHALOM, "سلام", "薬局で待つ"])
def test_a_script_without_a_bold_cut_is_bold_all_the_same(word: str) -> None:
    plain, bold = sheet_of(f"{word} {word}"), sheet_of(f"**{word}** {word}")
    boxes = [one.layout.boxes["background"] for one in (plain, bold)]
    assert boxes[0].lines == boxes[1].lines
    before, after = ink_of(plain, "background"), ink_of(bold, "background")
    assert after[2] > 1.05 * before[2]
    assert after[:2] == pytest.approx(before[:2], abs=0.3)
    texts = [PdfReader(io.BytesIO(one.pdf)).pages[0].extract_text() for one in (plain, bold)]
    assert texts[0] == texts[1]


def test_letters_after_a_bold_word_are_not_bold() -> None:
    bold, plain = sheet_of(f"**{SHALOM}** {OLAM}"), sheet_of(f"{SHALOM} {OLAM}")
    half = [ink_of(one, "background")[2] for one in (bold, plain)]
    whole = ink_of(sheet_of(f"**{SHALOM} {OLAM}**"), "background")[2]
    assert half[1] < half[0] < whole


def test_a_report_sets_such_a_paragraph_from_the_right_too() -> None:
    pages = Pages(title="", left="", words=Words())
    pages.text(f"{LONG}\nWard 6\n{SHALOM}", REPORT_TEXT)
    pdf = pages.finish(title="", author="", subject="")
    shown = picture(pdf, 6.0, (LEFT - 2, 18.0, WIDTH + 4, 40.0))
    image = Image.frombytes(
        "RGB", (shown.width, shown.height), shown.data, "raw", "BGRX", shown.stride
    ).convert("L")
    frame = image.point(lambda value: 255 if value < 160 else 0).getbbox()
    assert frame is not None
    assert frame[2] / 6.0 == pytest.approx(WIDTH + 2, abs=0.6)
    assert SHALOM in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("letter", ["\u0378", "\U000e0080", "\u2066", "\u2067", "\u2068", "\u2069"])
def test_letters_the_algorithm_does_not_know_are_drawn_where_they_stand(letter: str) -> None:
    line = f"\u05d0{letter}\u05d1"
    drawn = as_drawn(line, line)
    assert [one for _, one in drawn] == ["\u05d1", letter, "\u05d0"]
