"""Lines that run from right to left, also where part of them is bold."""

from __future__ import annotations

import pytest

from gemba.reports.fonts import pieces, runs_leftward, turned

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
    placed = turned(line, line)
    assert "".join(letter for _index, letter in placed) == shown
    assert sorted(index for index, _letter in placed) == list(range(len(line)))


def test_a_line_of_latin_letters_in_a_hebrew_paragraph_keeps_its_side() -> None:
    placed = turned(f"on 12 {OLAM}", f"{SHALOM} on 12 {OLAM}")
    assert "".join(letter for _index, letter in placed) == f"{OLAM[::-1]} on 12"


def test_what_was_turned_is_not_turned_again() -> None:
    shown = OLAM[::-1]
    assert "".join(piece.letters for piece in pieces(shown, "regular", True)) == shown
    assert "".join(piece.letters for piece in pieces(OLAM, "regular")) == shown


def test_only_some_scripts_run_leftward() -> None:
    assert runs_leftward(f"a {SHALOM}")
    assert runs_leftward("سلام")
    assert not runs_leftward("Żółć Ελληνικά 日本語 → ✓ 12")
