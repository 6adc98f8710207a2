"""Figures in a box on paper: beside or under the text, in rows, at the size they were given."""

from __future__ import annotations

import pytest

from gemba.domain.figures import Figure, Pareto, RunChart, Sketch
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.place import Place
from gemba.domain.figures.placing import sized
from gemba.domain.frame import Frame
from gemba.domain.sheet import Box
from gemba.reports.boxes import lay_out
from gemba.reports.style import BOX_TEXT_MM

FRAME = Frame(8.0, 30.0, 199.0, 120.0)


def pareto(id: str, **place: float | str) -> Pareto:
    bars = tuple(Bar(label=name, count=n) for name, n in (("Letter", 21), ("Porter", 9)))
    return Pareto(id=id, bars=bars, place=Place(**place))  # type: ignore[arg-type]


def places(*figures: Figure, text: str = "Words.") -> dict[str, Frame]:
    laid = lay_out(Box(id="b", text=text, figures=figures), FRAME).layout
    return {one.id: one.frame for one in laid.figures}


def test_two_figures_with_widths_stand_side_by_side_under_the_text() -> None:
    found = places(
        pareto("a", side="under", width=90.0),
        pareto("b", side="under", width=90.0),
        pareto("c", side="under"),
    )
    assert found["a"].y == found["b"].y
    assert found["b"].x >= found["a"].right
    assert found["c"].y >= found["a"].bottom
    assert found["b"].right <= FRAME.right


def test_figures_without_widths_or_too_wide_for_one_row_stand_below_each_other() -> None:
    found = places(pareto("a", side="under"), pareto("b", side="under", width=60.0))
    assert found["b"].y >= found["a"].bottom
    found = places(pareto("a", side="under", width=120.0), pareto("b", side="under", width=100.0))
    assert found["b"].y >= found["a"].bottom


@pytest.mark.parametrize("side", ["beside", "under"])
@pytest.mark.parametrize("kind", [RunChart, Pareto, Sketch])
def test_a_given_size_is_the_size_on_paper(side: str, kind: type[Figure]) -> None:
    figure = kind(id="f", place=Place(side=side))  # type: ignore[call-arg]
    frame = places(sized(figure, 70.0, 45.0))["f"]
    assert (frame.width, frame.height) == pytest.approx((70.0, 45.0))


def test_frames_never_leave_the_box_nor_lie_over_each_other() -> None:
    many = [pareto(f"u{n}", side="under", width=55.0, height=30.0) for n in range(5)]
    many += [pareto(f"b{n}", side="beside", width=300.0, height=90.0) for n in range(2)]
    laid = lay_out(Box(id="b", text="Words.", figures=tuple(many)), FRAME).layout
    frames = [one.frame for one in laid.figures]
    for at, one in enumerate(frames):
        assert one.right <= FRAME.right + 0.01
        assert one.bottom <= FRAME.bottom + 0.01
        for other in frames[at + 1 :]:
            beside = one.right <= other.x + 0.01 or other.right <= one.x + 0.01
            assert beside or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01
    assert {one.side for one in laid.figures} == {"beside", "under"}
    assert any(one.cut for one in laid.figures), "what has no room says so"


def test_a_figure_alone_in_its_box_stands_under_the_title_and_leaves_room_to_write() -> None:
    laid = lay_out(Box(id="b", figures=(pareto("a", side="beside"),)), FRAME).layout
    assert laid.figures[0].frame.y >= FRAME.y + BOX_TEXT_MM
    assert laid.text.width > 40
    beside = lay_out(Box(id="b", text="Words.", figures=(pareto("a", side="beside"),)), FRAME)
    assert beside.layout.figures[0].frame.y < FRAME.y + BOX_TEXT_MM
