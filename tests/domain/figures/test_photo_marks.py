"""Marks on a photo stay on it, are met where they are drawn, and are told in words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput
from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.figures.photo_marks import (
    SHAPES,
    arrow_head,
    blurred_areas,
    clean,
    ellipse,
    mark_at,
    with_mark,
    with_moved,
    with_words,
    without_mark,
)
from gemba.domain.figures.words import described, words_of
from gemba.domain.sheet import Box, Sheet
from gemba.domain.texts import texts_of
from gemba.store.search_text import search_rows
from gemba.words import Words

PLAIN = PhotoFigure(id="f", photo="0" * 64, description="The board in bay 4")
ARROW = PhotoMark(shape="arrow", x1=0.1, y1=0.1, x2=0.5, y2=0.5)
CIRCLE = PhotoMark(shape="circle", x1=0.6, y1=0.2, x2=0.9, y2=0.6)
BLUR = PhotoMark(shape="blur", x1=0.2, y1=0.6, x2=0.4, y2=0.9)
MARKED = replace(PLAIN, marks=(ARROW, CIRCLE, BLUR))

any_number = st.floats(allow_nan=True, allow_infinity=True)
any_mark = st.builds(
    PhotoMark,
    shape=st.sampled_from(SHAPES),
    x1=any_number,
    y1=any_number,
    x2=any_number,
    y2=any_number,
)


@given(any_mark)
def test_any_mark_is_brought_onto_the_photo(mark: PhotoMark) -> None:
    made = clean(mark)
    assert all(0 <= one <= 1 for one in (made.x1, made.y1, made.x2, made.y2))
    assert clean(made) == made
    if made.shape != "arrow":
        assert made.x1 <= made.x2
        assert made.y1 <= made.y2


@given(any_mark.map(clean), st.floats(-2, 2), st.floats(-2, 2))
def test_a_moved_mark_keeps_its_size_and_stays_on_the_photo(
    mark: PhotoMark, dx: float, dy: float
) -> None:
    (moved,) = with_moved(replace(PLAIN, marks=(mark,)), 0, dx, dy).marks
    assert math.isclose(moved.x2 - moved.x1, mark.x2 - mark.x1, abs_tol=2e-4)
    assert math.isclose(moved.y2 - moved.y1, mark.y2 - mark.y1, abs_tol=2e-4)
    assert clean(moved) == moved


def test_a_slip_of_the_hand_is_no_mark_and_a_mark_can_go() -> None:
    assert with_mark(PLAIN, replace(ARROW, x2=0.105, y2=0.105)) is PLAIN
    figure = with_mark(with_mark(PLAIN, ARROW), replace(BLUR, x1=0.4, x2=0.2))
    assert figure.marks == (ARROW, BLUR)
    assert without_mark(figure, 0).marks == (BLUR,)
    assert without_mark(figure, 7) == figure
    assert with_moved(figure, 7, 0.1, 0.1) == figure


@pytest.mark.parametrize(
    ("at", "index"),
    [
        ((0.3, 0.3), 0),
        ((0.1, 0.1), 0),
        ((0.75, 0.2), 1),
        ((0.75, 0.4), None),
        ((0.3, 0.75), 2),
        ((0.95, 0.95), None),
    ],
    ids=["on the arrow", "its tail", "on the circle", "in the circle", "in the blur", "nowhere"],
)
def test_a_mark_is_met_where_it_is_drawn(at: tuple[float, float], index: int | None) -> None:
    assert mark_at(MARKED, at, 0.75, 0.02) == index


def test_of_two_marks_the_upper_one_is_met() -> None:
    figure = replace(PLAIN, marks=(BLUR, BLUR))
    assert mark_at(figure, (0.3, 0.7), 0.75, 0.02) == 1


def test_only_blurs_hide_something() -> None:
    assert blurred_areas(MARKED.marks) == ((0.2, 0.6, 0.4, 0.9),)
    assert blurred_areas(PLAIN.marks) == ()


def test_a_head_points_along_its_arrow_and_shrinks_with_it() -> None:
    head = arrow_head((0.0, 0.0), (10.0, 0.0), 2.0)
    assert head == [(10.0, 0.0), (8.0, 1.0), (8.0, -1.0)]
    short = arrow_head((0.0, 0.0), (1.0, 0.0), 2.0)
    assert short[1][0] == 0.5
    assert arrow_head((3.0, 3.0), (3.0, 3.0), 2.0) == [(3.0, 3.0)] * 3


def test_an_ellipse_fills_its_rectangle() -> None:
    points = ellipse(1.0, 2.0, 5.0, 4.0)
    assert math.isclose(max(x for x, _y in points), 5.0)
    assert math.isclose(min(y for _x, y in points), 2.0)


@pytest.mark.parametrize("say", [None, Words()], ids=["plain", "words"])
def test_marks_are_told_to_whoever_does_not_see_them(say: Words | None) -> None:
    given_say = {} if say is None else {"say": say}
    two = replace(MARKED, marks=(*MARKED.marks, BLUR))
    assert described(two, **given_say) == (
        "Photo: The board in bay 4. Marked on it: 1 arrow, 1 circle, 2 places made unrecognisable."
    )
    assert described(PLAIN, **given_say) == "Photo: The board in bay 4"


def test_a_photo_without_marks_is_stored_as_it_always_was() -> None:
    plain = to_plain(PLAIN)
    assert isinstance(plain, dict)
    assert "marks" not in plain
    assert from_plain(PhotoFigure, to_plain(MARKED)) == MARKED
    with pytest.raises(BadInput):
        from_plain(PhotoFigure, {**plain, "marks": [{"shape": "arrow"}]})


TEXT = PhotoMark(shape="text", x1=0.2, y1=0.3, x2=0.2, y2=0.3, text="Bed 4, Lena waits")


def test_words_on_a_photo_are_found_erased_and_told() -> None:
    figure = with_mark(MARKED, TEXT)
    assert "Bed 4, Lena waits" in words_of(figure)
    assert "Bed 4, Lena waits" in described(figure)
    texts = dict(texts_of(figure))
    assert "Bed 4, Lena waits" in texts.values()
    assert not {"arrow", "circle", "blur", "text"} & set(texts.values())
    sheet = Sheet(
        id=UUID(int=1),
        title="A",
        started_on=date(2026, 11, 22),
        boxes=(Box(id="b", figures=(figure,)),),
    )
    rows = " ".join(row.body for row in search_rows(sheet))
    assert "Lena" in rows
    assert "arrow" not in rows


def test_words_change_and_go() -> None:
    figure = with_mark(PLAIN, TEXT)
    assert with_mark(PLAIN, replace(TEXT, text="  ")) is PLAIN
    assert with_words(figure, 0, "Bed 5").marks[0].text == "Bed 5"
    assert with_words(figure, 0, " ").marks == ()
    assert with_words(MARKED, 0, "an arrow says nothing") == MARKED
    assert with_words(figure, 9, "nobody") == figure
