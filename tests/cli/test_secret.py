"""Passphrases on the command line: through standard input, and never through anything else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.store.header import KEY_NAME
from tests.fresh import lay_sample

from .conftest import Call

PASSPHRASE = "Grüße vom Band 7"


def _process(folder: Path, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run gemba as a process of its own, with a real standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "gemba", "--data-dir", str(folder), *words],
        input=typed,
        capture_output=True,
        timeout=60,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted folder with the sample."""
    return lay_sample(tmp_path_factory.mktemp("locked") / "data", PASSPHRASE)


def test_a_process_reads_it_from_its_standard_input(locked: Path) -> None:
    stdin, typed = "--passphrase-stdin", PASSPHRASE.encode() + b"\n"
    assert _process(locked, "list", "walks", stdin, typed=typed).returncode == 0
    wrong = _process(locked, "list", "walks", stdin, typed=b"\xff\xfe\n")
    assert (wrong.returncode, wrong.stdout, len(wrong.stderr.splitlines())) == (1, "", 1)
    alone = _process(locked, "list", "walks")
    assert alone.returncode == 1
    assert stdin in alone.stderr


def test_guessing_a_passphrase_takes_memory_and_time(tmp_path: Path) -> None:
    # What RFC 9106 (section 4) asks for where memory is scarce.
    folder = lay_sample(tmp_path / "data")
    typed = PASSPHRASE.encode()
    assert _process(folder, "passphrase", "set", "--passphrase-stdin", typed=typed).returncode == 0
    held = json.loads((folder / KEY_NAME).read_bytes())
    assert (held["kdf"], held["lanes"]) == ("argon2id", 4)
    assert held["memory_kib"] >= 64 * 1024
    assert held["passes"] >= 3


@pytest.mark.parametrize(
    "typed",
    [
        PASSPHRASE.encode(),
        PASSPHRASE.encode() + b"\n",
        PASSPHRASE.encode() + b"\r\n",
        PASSPHRASE.encode() + b"\nsomething else\n",
        # Decomposed, as macOS writes it: the passphrase is brought to NFC.
        "Gru\u0308ße vom Band 7\n".encode(),
    ],
)
def test_the_first_line_opens_the_folder(call: Call, locked: Path, typed: bytes) -> None:
    done = call("list", "walks", "--passphrase-stdin", typed=typed, folder=locked)
    assert done.code == 0, done.err


def test_every_command_takes_the_passphrase_before_or_behind_it(call: Call, locked: Path) -> None:
    typed = PASSPHRASE.encode() + b"\n"
    assert call("check", "--passphrase-stdin", typed=typed, folder=locked).code == 0
    assert call("--passphrase-stdin", "list", "people", typed=typed, folder=locked).out


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"\n",
        b" " + PASSPHRASE.encode(),
        PASSPHRASE.encode() + b" ",
        PASSPHRASE.lower().encode(),
        b"x" * 1_000_000,
        b"\xff\xfe\n",
        b"\x00\n",
    ],
)
def test_anything_else_is_refused_in_one_sentence(call: Call, locked: Path, typed: bytes) -> None:
    before = (locked / "gemba.db").read_bytes()
    done = call("list", "walks", "--passphrase-stdin", typed=typed, folder=locked)
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert PASSPHRASE not in done.err
    assert (locked / "gemba.db").read_bytes() == before


def test_without_anybody_to_ask_it_says_how(call: Call, locked: Path) -> None:
    done = call("list", "walks", folder=locked)
    assert done.code == 1
    assert "--passphrase-stdin" in done.err


def test_a_plain_folder_ignores_what_is_piped_in(call: Call, tmp_path: Path) -> None:
    assert call("sample", "load", folder=tmp_path / "plain").code == 0
    done = call("list", "walks", "--passphrase-stdin", typed=b"what\n", folder=tmp_path / "plain")
    assert done.code == 0
    for action in ("change", "remove"):
        done = call(
            "passphrase", action, "--passphrase-stdin", typed=b"a\nb\n", folder=tmp_path / "plain"
        )
        assert done.code == 1


def test_the_passphrase_can_be_changed_and_removed(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert call("sample", "load", folder=folder).code == 0
    people = call("list", "people", folder=folder).out
    stdin = "--passphrase-stdin"
    assert call("passphrase", "set", stdin, typed=b"one\n", folder=folder).code == 0
    assert call("passphrase", "set", stdin, typed=b"two\n", folder=folder).code == 1
    assert call("passphrase", "change", stdin, typed=b"wrong\ntwo\n", folder=folder).code == 1
    assert call("passphrase", "change", stdin, typed=b"one\n\n", folder=folder).code == 1
    assert call("passphrase", "change", stdin, typed=b"one\ntwo\n", folder=folder).code == 0
    assert call("list", "people", stdin, typed=b"one\n", folder=folder).code == 1
    assert call("list", "people", stdin, typed=b"two\n", folder=folder).out == people
    assert call("passphrase", "remove", stdin, typed=b"one\n", folder=folder).code == 1
    assert call("passphrase", "remove", stdin, typed=b"two\n", folder=folder).code == 0
    assert call("list", "people", folder=folder).out == people


def test_what_is_known_before_the_store_is_loaded_is_what_the_store_says() -> None:
    from gemba.services import passphrase
    from gemba.store import keys, rekey_state

    assert passphrase.LONGEST_PASSPHRASE == keys.LONGEST_PASSPHRASE
    assert passphrase._REKEYING == rekey_state.FOLDER_NAME


def test_an_export_of_the_whole_is_sealed_and_comes_in_again(
    call: Call, locked: Path, tmp_path: Path
) -> None:
    typed, stdin = PASSPHRASE.encode() + b"\n", "--passphrase-stdin"
    target = tmp_path / "all.gemba"
    plain = tmp_path / "all.zip"
    assert call("export", "data", str(target), stdin, typed=typed, folder=locked).code == 0
    done = call("export", "data", str(plain), "--plain", stdin, typed=typed, folder=locked)
    assert done.code == 0
    assert plain.read_bytes().startswith(b"PK")
    assert b"data.json" not in target.read_bytes()
    other = tmp_path / "other"
    assert call("import", "data", str(target), folder=other).code == 1
    assert call("import", "data", str(target), stdin, typed=b"no\n", folder=other).code == 1
    done = call("import", "data", str(target), stdin, typed=typed, folder=other)
    assert done.code == 0, done.err
    people = call("list", "people", stdin, typed=typed, folder=locked).out
    assert call("list", "people", folder=other).out == people
    # Its own folder opens it with the one passphrase that opens the folder.
    done = call("import", "data", str(target), stdin, typed=typed, folder=locked)
    assert done.code == 0, done.err
