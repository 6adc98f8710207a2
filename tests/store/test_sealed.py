"""Sealed bytes: they come back equal, or the change is noticed."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.errors import Damaged
from gemba.store.sealed import MAGIC, Seal, new_seal_key

PIECE = 1 << 20
SEAL = Seal(new_seal_key())


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_bytes_of_every_length_come_back(size: int) -> None:
    data = os.urandom(size)
    sealed = SEAL.seal(data, "photo")
    assert sealed.startswith(MAGIC)
    assert SEAL.open(sealed, "photo") == data
    assert len(data) < 16 or data[:64] not in sealed


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_come_back(data: bytes, about: str) -> None:
    clean = about.encode("utf-8", "replace").decode()
    assert SEAL.open(SEAL.seal(data, clean), clean) == data


@given(st.data())
def test_one_flipped_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(SEAL.seal(b"what was seen at the line", "photo"))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << (at % 8)
    with pytest.raises(Damaged):
        SEAL.open(bytes(sealed), "photo")


def test_what_is_cut_lengthened_reordered_or_another_is_noticed() -> None:
    data = os.urandom(3 * PIECE)
    sealed = SEAL.seal(data, "photo")
    head, step = len(sealed) - 3 * (PIECE + 16), PIECE + 16
    first, second, third = (sealed[head + n * step : head + (n + 1) * step] for n in range(3))
    start = sealed[:head]
    for bad in (
        b"",
        start,
        start + first,
        start + first + second,
        start + second + first + third,
        sealed + b"x",
        sealed + third,
        sealed[:-1],
    ):
        with pytest.raises(Damaged):
            SEAL.open(bad, "photo")
    with pytest.raises(Damaged):
        SEAL.open(sealed, "another photo")
    with pytest.raises(Damaged):
        Seal(new_seal_key()).open(sealed, "photo")


def test_a_name_tells_nothing_and_is_the_same_each_time() -> None:
    content = "ab" * 32
    assert SEAL.name(content) == SEAL.name(content) != content
    assert Seal(new_seal_key()).name(content) != SEAL.name(content)
    assert len(SEAL.name(content)) == 64
