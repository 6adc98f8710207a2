"""Whatever file is chosen, a pipe that says nothing or one without an end holds nobody up."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gemba.domain.errors import BadInput, GembaError
from gemba.services.bounded import read_bounded
from gemba.services.form_files import read_form
from gemba.services.form_reading import read
from gemba.services.gate import Gate
from gemba.services.photo_import import read_file
from gemba.services.text_file import read_text
from gemba.ui.pages.sheet_photos import _bytes_of

READERS: dict[str, Callable[[Path], object]] = {
    "text": read_text,
    "photo": read_file,
    "photo on a sheet": lambda path: _bytes_of(str(path)),
    "form": lambda path: read(Gate(), path),
    "workbook": lambda path: read_form(Gate(), path),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_refused_and_not_waited_for(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for one in (path, Path("/dev/zero"), tmp_path):
        with pytest.raises(GembaError):
            READERS[reader](one)


@pytest.mark.parametrize("reader", READERS)
def test_what_is_larger_than_it_may_be_is_not_read(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(GembaError):
        READERS[reader](path)


def test_a_file_that_fits_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    too_large = BadInput("photo.too_many_bytes", name="a")
    assert read_bounded(path, 3, too_large) == b"abc"
    with pytest.raises(BadInput):
        read_bounded(path, 2, too_large)
    with pytest.raises(OSError, match="gone"):
        read_bounded(tmp_path / "gone", 2, too_large)
