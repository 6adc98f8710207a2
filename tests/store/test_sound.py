"""Voice memos are taken in without place, person and device, and with every sample they had."""

from __future__ import annotations

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.errors import BadInput, GembaError
from gemba.store import sound
from gemba.store.attached import NAME, SUFFIXES, clean_suffix, is_sound
from gemba.store.sound import bare_sound, bare_sound_suffix, sound_suffix
from gemba.store.store import Store
from tests.data.heic import HEIC
from tests.data.sounds import AMR, FLAC, M4A, MP3, OGG, SECRETS, placed_m4a, wav
from tests.store.test_photos import encoded, picture

KINDS = {
    "m4a": M4A,
    "placed m4a": placed_m4a(),
    "mp3": MP3,
    "ogg": OGG,
    "flac": FLAC,
    "amr": AMR,
    "wav": wav(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_sound_is_kept(kind: str) -> None:
    data = KINDS[kind]
    bare, suffix = bare_sound(data, kind)
    assert suffix == f".{kind.split()[-1]}"
    assert not [secret for secret in SECRETS if secret in bare]
    assert bare_sound(bare) == (bare, suffix), "a clean memo travels unchanged"
    assert clean_suffix(bare) == suffix
    assert NAME.fullmatch(f"{'a' * 64}{suffix}")


def test_every_secret_stood_in_some_memo_before() -> None:
    whole = b"".join(KINDS.values())
    assert [secret for secret in SECRETS if secret not in whole] == []


def test_where_the_sound_lies_in_a_file_of_boxes_stays() -> None:
    data = placed_m4a()
    bare, _suffix = bare_sound(data)
    at = data.index(b"mdat")
    length = int.from_bytes(data[at - 4 : at], "big")
    assert bare[at - 4 : at - 4 + length] == data[at - 4 : at - 4 + length]
    assert len(bare) == len(data)


def test_samples_of_a_wave_are_the_same() -> None:
    with wave.open(io.BytesIO(wav())) as before, wave.open(io.BytesIO(bare_sound(wav())[0])) as now:
        assert before.getparams() == now.getparams()
        assert before.readframes(9_999) == now.readframes(9_999)


def test_tags_behind_frames_go_as_well() -> None:
    at_end = b"TAGSecretTitle".ljust(128, b"\0")
    ape = b"APETAGEX" + (2000).to_bytes(4, "little") + (32 + 9).to_bytes(4, "little") + bytes(16)
    data = MP3 + b"SecretApe" + ape + at_end
    bare, _suffix = bare_sound(data)
    assert b"Secret" not in bare
    assert bare == bare_sound(MP3)[0]


def test_a_film_is_refused() -> None:
    film = M4A.replace(b"soun", b"vide")
    with pytest.raises(GembaError) as refused:
        bare_sound(film, "film.mp4")
    assert refused.value.key == "voice.more_than_sound"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 64,
        b"text, and more of it",
        "﻿text in two bytes a letter".encode("utf-16"),
        HEIC,
        encoded(picture(), "JPEG"),
        encoded(picture(), "PNG"),
        b"%PDF-1.7",
        b"PK\x03\x04" + b"\0" * 60,
        b"\x1aE\xdf\xa3webm",
    ],
    ids=("empty", "zeros", "text", "utf-16", "heic", "jpeg", "png", "pdf", "zip", "webm"),
)
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    assert not is_sound(data)
    with pytest.raises(GembaError) as refused:
        bare_sound(data, "thing")
    assert refused.value.key == "voice.not_a_sound"


def test_a_memo_may_not_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "MOST_SOUND_BYTES", 1024 * 1024)
    with pytest.raises(BadInput) as refused:
        bare_sound(AMR + bytes(1024 * 1024), "long.amr")
    assert refused.value.key == "voice.too_many_bytes"
    assert refused.value.values == {"name": "long.amr", "most": 1}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_torn_or_altered_memo_is_refused_or_kept_clean(kind: str, data: st.DataObject) -> None:
    whole = bytearray(KINDS[kind])
    cut = data.draw(st.integers(0, len(whole)))
    for _hit in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        bare, suffix = bare_sound(bytes(whole[:cut]), kind)
    except GembaError:
        return
    assert bare_sound_suffix(bare) == suffix


def test_a_memo_lies_among_the_photos_and_is_checked_like_one(store: Store) -> None:
    bare, _suffix = bare_sound(M4A)
    info = store.photos.take_clean(bare, "memo.m4a")
    assert (info.width, info.height) == (0, 0)
    path = store.photos.path(info.hash)
    assert path is not None
    assert path.suffix == ".m4a"
    assert store.photos.read(info.hash) == bare
    assert store.check().sound
    path.write_bytes(bare[:-1] + b"x")
    assert store.check().photos_damaged == (info.hash,)


def test_a_memo_with_a_place_in_it_is_not_taken_as_clean(store: Store) -> None:
    with pytest.raises(GembaError) as refused:
        store.photos.take_clean(placed_m4a(), "memo.m4a")
    assert refused.value.key == "photo.not_an_image"


def test_suffixes_are_those_that_are_read() -> None:
    assert {sound_suffix(data) for data in KINDS.values()} < set(SUFFIXES)
