"""Passphrases on the command line: through standard input, and never through anything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PASSPHRASE = "Grüße vom Band 7"


def _gemba(folder: Path, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[str]:
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
    folder = tmp_path_factory.mktemp("locked") / "data"
    assert _gemba(folder, "sample", "load", "discharge").returncode == 0
    typed = PASSPHRASE.encode() + b"\n"
    made = _gemba(folder, "passphrase", "set", "--passphrase-stdin", typed=typed)
    assert made.returncode == 0, made.stderr
    return folder


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
def test_the_first_line_opens_the_folder(locked: Path, typed: bytes) -> None:
    done = _gemba(locked, "list", "walks", "--passphrase-stdin", typed=typed)
    assert done.returncode == 0, done.stderr


def test_every_command_takes_the_passphrase_before_or_behind_it(locked: Path) -> None:
    typed = PASSPHRASE.encode() + b"\n"
    assert _gemba(locked, "check", "--passphrase-stdin", typed=typed).returncode == 0
    assert _gemba(locked, "--passphrase-stdin", "list", "people", typed=typed).stdout


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
def test_anything_else_is_refused_in_one_sentence(locked: Path, typed: bytes) -> None:
    before = (locked / "gemba.db").read_bytes()
    done = _gemba(locked, "list", "walks", "--passphrase-stdin", typed=typed)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert PASSPHRASE not in done.stderr
    assert (locked / "gemba.db").read_bytes() == before


def test_without_anybody_to_ask_it_says_how(locked: Path) -> None:
    done = _gemba(locked, "list", "walks")
    assert done.returncode == 1
    assert "--passphrase-stdin" in done.stderr


def test_a_plain_folder_ignores_what_is_piped_in(tmp_path: Path) -> None:
    assert _gemba(tmp_path / "plain", "sample", "load").returncode == 0
    done = _gemba(tmp_path / "plain", "list", "walks", "--passphrase-stdin", typed=b"what\n")
    assert done.returncode == 0
    for action in ("change", "remove"):
        done = _gemba(
            tmp_path / "plain", "passphrase", action, "--passphrase-stdin", typed=b"a\nb\n"
        )
        assert done.returncode == 1


def test_the_passphrase_can_be_changed_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert _gemba(folder, "sample", "load").returncode == 0
    people = _gemba(folder, "list", "people").stdout
    stdin = "--passphrase-stdin"
    assert _gemba(folder, "passphrase", "set", stdin, typed=b"one\n").returncode == 0
    assert _gemba(folder, "passphrase", "set", stdin, typed=b"two\n").returncode == 1
    assert _gemba(folder, "passphrase", "change", stdin, typed=b"wrong\ntwo\n").returncode == 1
    assert _gemba(folder, "passphrase", "change", stdin, typed=b"one\n\n").returncode == 1
    assert _gemba(folder, "passphrase", "change", stdin, typed=b"one\ntwo\n").returncode == 0
    assert _gemba(folder, "list", "people", stdin, typed=b"one\n").returncode == 1
    assert _gemba(folder, "list", "people", stdin, typed=b"two\n").stdout == people
    assert _gemba(folder, "passphrase", "remove", stdin, typed=b"one\n").returncode == 1
    assert _gemba(folder, "passphrase", "remove", stdin, typed=b"two\n").returncode == 0
    assert _gemba(folder, "list", "people").stdout == people


def test_what_is_known_before_the_store_is_loaded_is_what_the_store_says() -> None:
    from gemba.services import passphrase
    from gemba.store import keys, rekey_state

    assert passphrase.LONGEST_PASSPHRASE == keys.LONGEST_PASSPHRASE
    assert passphrase._REKEYING == rekey_state.FOLDER_NAME


def test_an_export_of_the_whole_is_sealed_and_comes_in_again(locked: Path, tmp_path: Path) -> None:
    typed, stdin = PASSPHRASE.encode() + b"\n", "--passphrase-stdin"
    target = tmp_path / "all.gemba"
    plain = tmp_path / "all.zip"
    assert _gemba(locked, "export", "data", str(target), stdin, typed=typed).returncode == 0
    done = _gemba(locked, "export", "data", str(plain), "--plain", stdin, typed=typed)
    assert done.returncode == 0
    assert plain.read_bytes().startswith(b"PK")
    assert b"data.json" not in target.read_bytes()
    other = tmp_path / "other"
    assert _gemba(other, "import", "data", str(target)).returncode == 1
    assert _gemba(other, "import", "data", str(target), stdin, typed=b"no\n").returncode == 1
    done = _gemba(other, "import", "data", str(target), stdin, typed=typed)
    assert done.returncode == 0, done.stderr
    people = _gemba(locked, "list", "people", stdin, typed=typed).stdout
    assert _gemba(other, "list", "people").stdout == people
    # Its own folder opens it with the one passphrase that opens the folder.
    done = _gemba(locked, "import", "data", str(target), stdin, typed=typed)
    assert done.returncode == 0, done.stderr
