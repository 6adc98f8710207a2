"""Looking through a torn file comes to an end, whatever order its pages claim."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

from gemba.domain.walk import Walk
from gemba.store.opening import open_store


def test_numbers_that_do_not_rise_are_told_and_end_the_look(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        for number in range(5):
            store.write([Walk(id=UUID(int=number + 1), purpose=f"walk {number}")], who="Ana")
    file = data_dir / "gemba.db"
    with closing(sqlite3.connect(file)) as bare:
        (root,) = bare.execute("select rootpage from sqlite_master where name = 'walk'").fetchone()
        (size,) = bare.execute("pragma page_size").fetchone()
    data = bytearray(file.read_bytes())
    page = (root - 1) * size
    count = int.from_bytes(data[page + 3 : page + 5], "big")
    assert data[page] == 0x0D
    last = page + int.from_bytes(data[page + 6 + 2 * count : page + 8 + 2 * count], "big")
    while data[last] & 0x80:  # over the size of the row
        last += 1
    assert data[last + 1] == count
    # The last row now says that it is the first, so whoever goes on after it starts again.
    data[last + 1] = 1
    file.write_bytes(data)
    with open_store(data_dir, write=False) as store:
        report = store.check()
    assert not report.sound
    assert report.file
