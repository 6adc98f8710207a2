"""Calls of gemba as a script makes them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gemba.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a call came to: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one sentence on stderr of a call that failed."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert self.err.strip()
        assert "Traceback" not in self.err
        return self.err.strip()


Call = Callable[..., Said]


@pytest.fixture
def call(
    capsys: pytest.CaptureFixture[str], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Call:
    """Call gemba on the folder of this test; ``typed`` stands on its standard input."""

    def run(*words: object, folder: Path | None = data_dir, typed: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        before = ["--data-dir", str(folder)] if folder else []
        capsys.readouterr()
        try:
            code = main([*before, *(str(word) for word in words)])
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, to be copied and left alone."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    assert main(["--data-dir", str(folder), "sample", "load", "discharge"]) == 0
    return folder


@pytest.fixture
def sample(loaded: Path, data_dir: Path) -> Path:
    """The folder of this test, with the sample in it."""
    shutil.copytree(loaded, data_dir, dirs_exist_ok=True)
    return data_dir
