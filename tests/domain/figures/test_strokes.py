"""Strokes lose points and not their shape."""

from __future__ import annotations

from math import cos, sin

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures import Sketch
from gemba.domain.figures.sketch import Stroke, Words
from gemba.domain.figures.strokes import (
    TOLERANCE,
    distance,
    drawn,
    nearest_stroke,
    nearest_words,
    points_of,
    simplified,
    with_words,
    without_stroke,
)

coordinates = st.floats(min_value=-500, max_value=500)
strokes = st.lists(st.tuples(coordinates, coordinates), max_size=80).map(tuple)


@given(strokes)
def test_every_point_stays_near_the_simplified_line(
    points: tuple[tuple[float, float], ...],
) -> None:
    kept = simplified(points)
    assert set(kept) <= set(points)
    if not points:
        return
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    pairs = list(zip(kept, kept[1:] or kept, strict=False))
    for point in points:
        assert min(distance(point, one, other) for one, other in pairs) <= TOLERANCE + 1e-9


def test_a_straight_hand_needs_two_points_and_a_curve_few() -> None:
    line = tuple((at / 10, at / 20) for at in range(300))
    assert len(simplified(line)) == 2
    curve = tuple((20 + 15 * cos(at / 100), 20 + 15 * sin(at / 100)) for at in range(628))
    assert 10 < len(simplified(curve)) < 60


@given(strokes)
def test_a_stroke_stays_on_the_surface(points: tuple[tuple[float, float], ...]) -> None:
    sketch = drawn(Sketch(id="s"), points)
    assert len(sketch.strokes) == bool(points)
    for stroke in sketch.strokes:
        for x, y in points_of(stroke):
            assert 0 <= x <= sketch.width
            assert 0 <= y <= sketch.height


def test_a_dot_stays_a_dot() -> None:
    assert drawn(Sketch(id="s"), ((3.0, 4.0),)).strokes == (Stroke(points=(3.0, 4.0)),)


def test_the_eraser_finds_the_topmost_stroke_under_it() -> None:
    sketch = Sketch(id="s", strokes=(Stroke(points=(0, 0, 20, 0)), Stroke(points=(10, -5, 10, 5))))
    assert nearest_stroke(sketch, (10, 1), 1.5) == 1
    assert nearest_stroke(sketch, (3, 1), 1.5) == 0
    assert nearest_stroke(sketch, (3, 9), 1.5) is None
    assert without_stroke(sketch, 0).strokes == sketch.strokes[1:]


def test_words_are_found_where_they_start() -> None:
    sketch = with_words(Sketch(id="s"), Words(x=5, y=5, text="queue"))
    assert nearest_words(sketch, (6, 5), 3) == 0
    assert nearest_words(sketch, (16, 5), 3) is None
