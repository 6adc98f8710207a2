"""What a figure in too little room leaves out is named, text by text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gemba.domain.figures import Figure, Process, SkillsGrid, TableFigure
from gemba.domain.figures.durations import read_minutes
from gemba.domain.figures.place import Place
from gemba.domain.figures.skills_rules import level_of
from gemba.domain.figures.words import words_of
from gemba.domain.sheet import Box
from tests.data.paper import text_of
from tests.data.trial_sheet import trial_sheet
from tests.reports.figures.test_drawings import ALL
from tests.reports.test_sheet import drawn


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_what_a_figure_leaves_out_is_named_word_by_word(figure: Figure) -> None:
    small = replace(figure, place=Place(side="under", width=55.0, height=24.0))
    one = drawn(trial_sheet().with_box(Box(id="background", figures=(small,))))
    (laid,) = one.layout.boxes["background"].figures
    assert bool(laid.unseen) == bool(one.crowded)
    text = "".join(text_of(one.pdf).split())
    if not laid.unseen:
        return
    assert one.layout.left_out() == (laid,)
    assert one.left_out == (laid.left_out,)
    for words in laid.left_out:
        assert words in " ".join(words_of(figure)), "only what somebody wrote is named"
    for words in words_of(figure):
        plain = " ".join(words.split())
        seen = "".join(plain.split()) in text
        timed = isinstance(figure, Process) and read_minutes(plain, figure.unit) is not None
        marked = isinstance(figure, SkillsGrid) and level_of(plain) is not None
        assert seen or timed or marked or plain in laid.left_out, plain
        assert not (marked and plain in laid.left_out), "a level is drawn as a mark"


def test_a_text_that_ends_in_an_ellipsis_is_named_and_no_box_is_called_too_full() -> None:
    long = "A stop whose name is far too long to stand whole beside the cells of its row"
    rows = (("", "Mo", "Tu"), (long, "3", "4"), ("Hatch", "1", "2"))
    heat = TableFigure(
        id="h", rows=rows, drawn="shades", place=Place(side="under", width=60.0, height=24.0)
    )
    one = drawn(trial_sheet().with_box(Box(id="background", figures=(heat,))))
    (laid,) = one.layout.boxes["background"].figures
    assert (laid.unseen, laid.left_out) == (0, (long,))
    assert one.layout.left_out() == (laid,)
    assert one.crowded == ()


def test_a_number_of_a_chart_is_a_place_and_not_a_text_left_out() -> None:
    rows = (("", "2026-01-01", "b"), *((f"Stop {at}", "1", "2") for at in range(30)))
    heat = TableFigure(
        id="h", rows=rows, drawn="shades", place=Place(side="under", width=60.0, height=24.0)
    )
    one = drawn(trial_sheet().with_box(Box(id="background", figures=(heat,))))
    (laid,) = one.layout.boxes["background"].figures
    assert laid.unseen
    assert "Stop 29" in laid.left_out
    assert not {"1", "2", "2026-01-01"} & set(laid.left_out)
