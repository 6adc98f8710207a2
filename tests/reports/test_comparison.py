"""Two states of a sheet on paper: marks on the sheet, the rest in words behind, in no colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gemba.domain.compared import ComparedSheet, compare_sheets
from gemba.domain.figures.place import Place
from gemba.domain.sheet import Box, Sheet
from gemba.reports.sheet import DrawnSheet, SheetFacts, draw_sheet
from gemba.words import Words
from tests.data.paper import reader, size_mm, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet

words = Words()


def drawn(before: Sheet, after: Sheet, paper: str = "A3", *, screen: bool = False) -> DrawnSheet:
    return draw_sheet(
        after,
        definition(),
        facts=SheetFacts(owner="Maria"),
        photo=lambda _: None,
        words=words,
        today=TODAY,
        paper=paper,
        compress=not screen,
        compared=ComparedSheet(compare_sheets(before, after), "Draft", "now"),
    )


def with_text(text: str, box: str = "background") -> Sheet:
    return trial_sheet().with_box(Box(id=box, text=text))


@pytest.mark.parametrize("paper", ["A3", "A4", "Letter"])
def test_words_of_both_states_stand_in_the_box_and_the_foot_says_which(paper: str) -> None:
    made = drawn(with_text("Half wait."), with_text("Most wait till noon."), paper)
    assert len(reader(made.pdf).pages) == 1
    text = text_of(made.pdf)
    for part in ("Half", "Most", "till noon", "Compared: Draft with now.", "taken away"):
        assert part in text
    assert made.over == ()


def test_what_the_sheet_cannot_show_stands_in_words_behind_and_nothing_is_cut() -> None:
    long = " ".join(f"word{number}" for number in range(4_000))
    before = replace(with_text(long), title="Older title", stage="grasp")
    after = with_text("Short now.")
    made = drawn(before, after, "A4")
    pages = reader(made.pdf).pages
    assert len(pages) > 1
    assert {size_mm(made.pdf)} == {(297.0, 210.0)}
    behind = " ".join(page.extract_text() for page in pages[1:])
    for part in ("Title", "Older", "Stage", "word0", "word3999", "Short now"):
        assert part in behind
    screen = drawn(before, after, screen=True)
    assert len(reader(screen.pdf).pages) == 1


def test_a_box_with_a_figure_and_no_words_has_the_room_it_had() -> None:
    sheet = trial_sheet()
    box = replace(next(one for one in sheet.boxes if one.figures), text="")
    tall = replace(box.figures[0], place=Place(side="under", height=400.0))
    box = replace(box, figures=(tall,))
    after = sheet.with_box(box)
    other = replace(box.figures[0], caption="Another caption")
    before = sheet.with_box(replace(box, figures=(other,)))
    made = drawn(before, after)
    plain = drawn(after, after)
    assert made.over == plain.over
    assert made.layout.boxes[box.id].figures == plain.layout.boxes[box.id].figures


def test_a_figure_that_changed_or_went_is_framed_and_told() -> None:
    sheet = trial_sheet()
    box = next(one for one in sheet.boxes if one.figures)
    gone = sheet.with_box(replace(box, figures=()))
    label = definition().box(box.id).label
    assert f"{label}: a new figure" in text_of(drawn(gone, sheet).pdf)
    assert f"{label}: a figure taken away" in text_of(drawn(sheet, gone).pdf)
    other = replace(box.figures[0], caption="Another caption")
    changed = sheet.with_box(replace(box, figures=(other, *box.figures[1:])))
    assert f"{label}: a figure that changed" in text_of(drawn(sheet, changed).pdf)


def test_what_is_only_bold_now_has_dots_under_it_and_the_foot_says_so() -> None:
    made = drawn(with_text("Half wait till noon."), with_text("Half **wait** till noon."))
    assert "only bold, italic or a bullet changed" in text_of(made.pdf)
    content = reader(made.pdf).pages[0].get_contents()
    assert content is not None
    dots = re.findall(rb"\[0?\.99\d 1\.84\d\] 0 d", content.get_data())
    assert len(dots) == 2
    plain = drawn(with_text("Half wait."), with_text("Most wait."))
    assert "only bold" not in text_of(plain.pdf)


def test_the_same_state_twice_says_that_nothing_differs() -> None:
    assert "Nothing differs." in text_of(drawn(trial_sheet(), trial_sheet()).pdf)


def test_scripts_from_the_right_and_without_blanks_are_marked_as_well() -> None:
    before = with_text("ننتظر القائمة حتى الظهر\n药房等待清单")
    after = with_text("ننتظر الدواء حتى الظهر\n药房不等待清单")
    made = drawn(before, after)
    assert "药房" in text_of(made.pdf)
    marks = compare_sheets(before, after).boxes["background"].text
    assert marks.words("new") == ["الدواء ", "不"]


def test_every_mark_is_black_on_white() -> None:
    made = drawn(with_text("Half wait."), with_text("Most wait."), screen=True)
    content = reader(made.pdf).pages[0].get_contents()
    assert content is not None
    ruled = [line for line in content.get_data().decode("latin-1").splitlines() if "0.8 w" in line]
    assert len(ruled) >= 4
    assert all(line.startswith("q 0.122 0.165 0.200 RG") for line in ruled)
