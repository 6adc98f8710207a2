"""A field that came later does not change what was written before it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.later import LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    id: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    id: str
    words: str = ""
    marks: tuple[str, ...] = field(default=(), metadata=LATER)
    turned: bool = field(default=False, metadata=LATER)


def test_a_field_that_came_later_is_left_out_while_it_holds_its_default() -> None:
    assert to_plain(New(id="a")) == to_plain(Old(id="a")) == {"id": "a", "words": ""}


def test_what_was_written_before_is_read_with_the_default() -> None:
    assert from_plain(New, to_plain(Old(id="a", words="b"))) == New(id="a", words="b")


def test_a_field_that_came_later_is_written_once_it_says_something() -> None:
    full = New(id="a", marks=("x",), turned=True)
    assert to_plain(full) == {"id": "a", "words": "", "marks": ["x"], "turned": True}
    assert from_plain(New, to_plain(full)) == full
