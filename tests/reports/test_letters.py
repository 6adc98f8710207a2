"""Letters that no face has, and blanks of every width, as they stand on paper."""

from __future__ import annotations

import pytest

from gemba.reports.fonts import pieces, width


@pytest.mark.parametrize("blank", ["\u2002", "\u2003", "\u2006", "\u2008", "\u205f", "\u3000"])
def test_a_blank_of_any_width_is_a_blank(blank: str) -> None:
    shown = "".join(piece.letters for piece in pieces(f"a{blank}b", "regular"))
    assert "[" not in shown
    assert shown.split() == ["a", "b"]
    assert width(blank, "regular", 10) > 0


@pytest.mark.parametrize("letter", ["\uffff", "\U0001f512", "\U00010400"])
def test_letters_that_could_not_be_copied_stand_as_their_code_point(letter: str) -> None:
    shown = "".join(piece.letters for piece in pieces(letter, "regular"))
    assert shown == f"[U+{ord(letter):04X}]"
