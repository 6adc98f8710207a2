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


def test_the_end_of_a_face_s_map_is_no_letter() -> None:
    assert "".join(piece.letters for piece in pieces("\uffff", "regular")) == "[U+FFFF]"
