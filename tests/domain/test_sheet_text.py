"""A sheet as text and back: headings that match fill boxes, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Pareto
from gemba.domain.figures.pareto import Bar
from gemba.domain.prose import plain
from gemba.domain.sheet import Box, TrayPiece
from gemba.domain.sheet_story import Closing, SignOff
from gemba.domain.sheet_text import as_markdown, as_text, ending_of, joined, parts_of
from gemba.words import Words
from tests.data.trial_sheet import definition, trial_sheet

words = Words()
LABELS = {box.label: box.id for box in definition().boxes}


def bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def test_markdown_has_a_heading_for_each_box_and_tables_for_figures() -> None:
    text = as_markdown(trial_sheet(), definition(), [("Owner", "Maria")], words)
    assert text.startswith("# Two in three patients")
    assert "- Owner: Maria" in text
    for label in LABELS:
        assert f"\n## {label}\n" in text
    assert "**nobody waits more than four hours for a bed.**" in text
    assert "| On | Value | Median | Goal | Note |" in text
    assert "| 2026-08-31 | 14 |" in text


def test_no_digit_of_a_number_is_lost_in_markdown() -> None:
    bars = (
        Bar(label="Letter", count=1_234_567.0, cost=0.1),
        Bar(label="Other", count=12.3456789, cost=2.0),
    )
    box = Box(id="current", figures=(Pareto(id="p", bars=bars),))
    written = as_markdown(trial_sheet().with_box(box), definition(), [], Words())
    for number in ("1234567", "12.3456789", " 0.1 "):
        assert number in written
    assert "e+" not in written


def test_plain_text_has_no_marks_and_says_what_figures_show() -> None:
    text = as_text(trial_sheet(), definition(), [], words)
    assert "\nBackground\n----------\n" in text
    assert "nobody waits more than four hours for a bed." in text
    assert "**" not in text
    assert "[" in text
    assert "Readings: 20" in text


def test_who_signs_and_how_a_sheet_was_closed_are_facts_of_it() -> None:
    assert ending_of(trial_sheet(), words) == []
    signs = (
        SignOff(id="a", name="Ingrid", role="head\nof operations", on=date(2026, 12, 3)),
        SignOff(id="b", name="Aisha"),
    )
    closing = Closing(closed_on=date(2026, 12, 4), standard="3-12", learned="", next_problem="= 82")
    sheet = replace(trial_sheet(), sign_offs=signs, closing=closing)
    assert ending_of(sheet, words) == [
        ("To sign", "Ingrid, head of operations: 2026-12-03"),
        ("To sign", "Aisha: not signed"),
        ("Closed", "2026-12-04"),
        ("The standard now", "3-12"),
        ("The next problem", "= 82"),
    ]


@pytest.mark.parametrize("write", [as_text, as_markdown])
def test_what_lies_in_the_tray_stands_last_and_fills_no_box_when_it_is_read(write: object) -> None:
    bars = (Bar(label="Bed alarm", count=41.0),)
    box = Box(id="concept", text="Quite *unheard* of.", figures=(Pareto(id="p", bars=bars),))
    piece = TrayPiece(id="tbp_concept", definition="tbp", label="Background", box=box)
    text = write(trial_sheet(), definition(), [], words, [piece])  # type: ignore[operator]
    _boxes, aside = text.split("Set aside", 1)
    assert "From “Background”" in aside
    assert bare("Quite unheard of.") in bare(aside)
    assert "Bed alarm" in aside
    parts = parts_of(text, definition())
    assert "unheard" not in "".join(parts.boxes.values())
    assert any(head == "From “Background”" for head, _ in parts.pieces)


@pytest.mark.parametrize("write", [as_text, as_markdown])
def test_text_that_was_written_fills_the_same_boxes_again(write: object) -> None:
    sheet = replace(
        trial_sheet(), boxes=tuple(replace(one, figures=()) for one in trial_sheet().boxes)
    )
    parts = parts_of(write(sheet, definition(), [], words), definition())  # type: ignore[operator]
    for box in sheet.boxes:
        assert bare(plain(parts.boxes.get(box.id, ""))) == bare(plain(box.text))


@pytest.mark.parametrize(
    "heading",
    [
        "# Background",
        "BACKGROUND",
        "1. Background",
        "Background:",
        "**Background**",
        "## background #",
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    parts = parts_of(f"before\n{heading}\nbeds are full\n", definition())
    assert parts.boxes == {"background": "beds are full"}
    assert parts.rest == "before"


def test_what_no_box_is_named_for_is_the_rest_and_keeps_its_heading() -> None:
    text = "Minutes of 4 May\n\n# Goal\n35 %\n# Budget\n12,000\n"
    parts = parts_of(text, definition())
    assert parts.boxes == {"goal": "35 %"}
    assert "Minutes of 4 May" in parts.rest
    assert ("Budget", "12,000") in parts.pieces
    assert "12,000" in parts.rest


def test_stars_of_plain_text_stay_stars_and_bullets_become_bullets() -> None:
    parts = parts_of("Goal\n• 35 *percent* by 1986. or\n* so\n", definition())
    assert plain(parts.boxes["goal"]) == "- 35 *percent* by 1986. or\n- so"


def test_text_is_added_under_what_stands_in_a_box() -> None:
    assert joined("", "new") == "new"
    assert joined("old\n", "new") == "old\nnew"
    assert joined("old", "  ") == "old"


_LINES = st.lists(
    st.one_of(
        st.sampled_from([*LABELS, *(f"# {one}" for one in LABELS), "-----", "====", ""]),
        st.text(max_size=40).filter(lambda one: "\\" not in one),
    ),
    max_size=12,
)


@given(lines=_LINES)
def test_no_letter_of_any_text_is_lost(lines: list[str]) -> None:
    parts = parts_of("\n".join(lines), definition())
    kept = bare(parts.rest + "".join(parts.boxes.values()))
    labels = {bare(label) for label in LABELS}
    for line in lines:
        if bare(line) not in labels:
            for word in line.split():
                assert bare(word) in kept


def test_an_empty_box_has_its_heading_and_no_text() -> None:
    empty = replace(trial_sheet(), title="", boxes=(Box(id="goal"),))
    text = as_text(empty, definition(), [], words)
    assert text.startswith(words("sheet.untitled"))
    assert parts_of(text, definition()).boxes == {}
