"""The key file: what opens it, what does not, and that nothing of the secret stands in it."""

from __future__ import annotations

import gc
import json
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import BindParameter

from gemba.domain.errors import BadInput, Damaged, GembaError
from gemba.domain.person import Person
from gemba.store.header import KEY_NAME
from gemba.store.keys import (
    LONGEST_PASSPHRASE,
    WrongPassphrase,
    key_from_plain,
    new_key,
    read_key_file,
    write_key_file,
)
from gemba.store.opening import open_store

PASSPHRASE = "grüner Tee um sieben"


def test_the_passphrase_opens_the_key_and_no_other_does(tmp_path: Path) -> None:
    key, wrapped = new_key(PASSPHRASE)
    write_key_file(tmp_path / KEY_NAME, wrapped)
    found = read_key_file(tmp_path / KEY_NAME)
    assert found.opened(PASSPHRASE) == key
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 1_000_000, "\ud800"):
        with pytest.raises(WrongPassphrase) as caught:
            found.opened(wrong)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None, "an inner error could carry what was typed"


def test_the_key_is_the_same_however_the_letters_are_composed() -> None:
    key, wrapped = new_key(unicodedata.normalize("NFD", PASSPHRASE))
    assert wrapped.opened(unicodedata.normalize("NFC", PASSPHRASE)) == key


def test_the_file_holds_neither_key_nor_passphrase_and_is_the_owners_alone(tmp_path: Path) -> None:
    key, wrapped = new_key(PASSPHRASE)
    path = tmp_path / KEY_NAME
    write_key_file(path, wrapped)
    content = path.read_bytes()
    for secret in (key, key.hex().encode(), PASSPHRASE.encode()):
        assert secret not in content
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [KEY_NAME]


def test_another_passphrase_wraps_the_same_key() -> None:
    key, wrapped = new_key(PASSPHRASE)
    again = wrapped.wrapping(key, "another one")
    assert again.opened("another one") == key
    assert again.id == wrapped.id
    assert (again.salt, again.nonce) != (wrapped.salt, wrapped.nonce)
    with pytest.raises(WrongPassphrase):
        again.opened(PASSPHRASE)


@pytest.mark.parametrize(
    ("passphrase", "key"),
    [
        ("", "key.empty"),
        ("x" * (LONGEST_PASSPHRASE + 1), "key.too_long"),
        ("x" * 1_000_000, "key.too_long"),
        ("half \ud800", "key.not_text"),
    ],
)
def test_what_is_no_passphrase_is_refused(passphrase: str, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        new_key(passphrase)
    assert caught.value.key == key
    assert passphrase not in str(caught.value.values) or not passphrase


def test_every_changed_part_of_the_file_is_noticed(tmp_path: Path) -> None:
    _, wrapped = new_key(PASSPHRASE)
    plain = wrapped.as_plain()
    changed = {
        "id": "0" * 32,
        "salt": "00" * 16,
        "memory_kib": 32768,
        "passes": 2,
        "lanes": 2,
        "nonce": "00" * 12,
        "wrapped": "00" * 48,
    }
    for name, value in changed.items():
        with pytest.raises(WrongPassphrase):
            key_from_plain({**plain, name: value}, "gemba.key").opened(PASSPHRASE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 4000,
        b" " * 5000,
        b'{"format": "gemba-key"}',
        b'{"format": "other", "version": 1}',
    ],
)
def test_a_damaged_file_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / KEY_NAME
    path.write_bytes(content)
    with pytest.raises(Damaged) as caught:
        read_key_file(path)
    assert caught.value.key == "key.damaged"


def test_a_file_that_asks_for_absurd_work_is_refused_without_doing_it() -> None:
    _, wrapped = new_key(PASSPHRASE)
    for name, value in (("memory_kib", 1 << 30), ("passes", 10_000), ("lanes", 1_000)):
        with pytest.raises(Damaged):
            key_from_plain({**wrapped.as_plain(), name: value}, "gemba.key")


def test_a_missing_file_and_one_of_a_newer_gemba_say_so(tmp_path: Path) -> None:
    with pytest.raises(GembaError) as caught:
        read_key_file(tmp_path / KEY_NAME)
    assert caught.value.key == "key.missing"
    _, wrapped = new_key(PASSPHRASE)
    path = tmp_path / KEY_NAME
    path.write_text(json.dumps({**wrapped.as_plain(), "version": 2}))
    with pytest.raises(GembaError) as caught:
        read_key_file(path)
    assert caught.value.key == "key.newer"


def test_what_an_encrypted_folder_was_asked_is_forgotten_with_it(tmp_path: Path) -> None:
    def ask() -> None:
        with open_store(tmp_path / "data", key=bytes(range(32))) as store:
            assert store.find(Person, name="okapi in bay 4") == []

    ask()
    gc.collect()
    asked = [one for one in gc.get_objects() if isinstance(one, BindParameter)]
    assert not [one for one in asked if one.value == "okapi in bay 4"]
