"""Functions on places on the Earth: length of a line, size and inside of a shape (ODK XForms).

They stay so that a form with them can be worked out; Gemba itself asks nobody where they are.
"""

from __future__ import annotations

import math
from itertools import pairwise

from gemba.forms.functions.entry import Entry, of_values
from gemba.forms.scope import Scope
from gemba.forms.values import NAN, Value, to_text

_RADIUS = 6_378_100.0  # metres; the Earth as a ball, as JavaRosa takes it

Place = tuple[float, float]  # latitude and longitude in degrees


def _places(values: tuple[Value, ...]) -> list[Place] | None:
    """The places of all values, None where one of them is not a place."""
    texts: list[str] = []
    for value in values:
        whole = [node.text() for node in value] if isinstance(value, list) else [to_text(value)]
        for text in whole:
            texts.extend(part for part in text.split(";") if part.strip())
    places = [_place(text) for text in texts]
    known = [place for place in places if place is not None]
    return known if known and len(known) == len(places) else None


def _place(text: str) -> Place | None:
    try:
        numbers = [float(part) for part in text.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4:
        return None
    latitude, longitude = numbers[0], numbers[1]
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return latitude, longitude


def _apart(one: Place, other: Place) -> float:
    """Metres between two places along a great circle, by the haversine formula."""
    north, south = math.radians(one[0]), math.radians(other[0])
    half = math.sin((north - south) / 2) ** 2
    turn = math.sin(math.radians(one[1] - other[1]) / 2) ** 2
    chord = half + math.cos(north) * math.cos(south) * turn
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def _distance(_scope: Scope, *values: Value) -> Value:
    places = _places(values)
    if places is None:
        return NAN
    total = sum(_apart(one, other) for one, other in pairwise(places))
    return round(total, 2)


def _area(_scope: Scope, *values: Value) -> Value:
    """Square metres inside a ring of places on a ball; 0 where there is no ring.

    R. Chamberlain, W. Duquette, "Some Algorithms for Polygons on a Sphere", JPL 2007, formula 3.
    """
    places = _places(values)
    if places is None or len(places) < 3:
        return 0.0
    twice = 0.0
    for one, other in pairwise([*places, places[0]]):
        height = 2 + math.sin(math.radians(one[0])) + math.sin(math.radians(other[0]))
        twice += math.radians(other[1] - one[1]) * height
    return round(abs(twice) / 2 * _RADIUS**2, 2)


def _geofence(_scope: Scope, point: Value, shape: Value) -> Value:
    """Whether a place lies inside a closed shape: a ray from it crosses the edge an odd number."""
    here, ring = _places((point,)), _places((shape,))
    if here is None or ring is None or len(here) != 1 or ring[0] != ring[-1]:
        return False
    latitude, longitude = here[0]
    inside = False
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        if (lon1 > longitude) == (lon2 > longitude):
            continue
        if latitude < (lat2 - lat1) * (longitude - lon1) / (lon2 - lon1) + lat1:
            inside = not inside
    return inside


TABLE: dict[str, Entry] = {
    "area": of_values(1, None, _area),
    "distance": of_values(1, None, _distance),
    "geofence": of_values(2, 2, _geofence),
}
