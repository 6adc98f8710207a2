"""Whatever was written in whatever order, the journal alone gives the newest state back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.changes import Ref
from gemba.domain.sheet import Box, Sheet
from gemba.store.opening import open_store
from gemba.store.salvage import salvage_file
from gemba.store.salvage_journal import tell_all
from gemba.store.salvage_rows import sound_record

from .conftest import DAY

ID = UUID(int=1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
BOXES = st.lists(
    st.tuples(st.sampled_from("abcdef"), TEXTS), max_size=6, unique_by=lambda box: box[0]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("boxes", "title", "both", "bin")),
        BOXES,
        TEXTS,
        st.sampled_from(("", "one", "two")),
        st.integers(0, 400),
    ),
    max_size=14,
)


@settings(max_examples=40)
@given(STEPS)
def test_the_newest_state_comes_out_of_the_journal(
    steps: list[tuple[str, list[tuple[str, str]], str, str, int]],
) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with TemporaryDirectory() as made:
        with open_store(Path(made) / "data", now=lambda: now) as store:
            store.write([Sheet(id=ID, title="begun", started_on=DAY)], who="Ines")
            in_bin = False
            for what, boxes, title, visit, seconds in steps:
                now += timedelta(seconds=seconds)
                ref = Ref("sheet", ID)
                if what == "bin":
                    moves = {"restores" if in_bin else "removes": [ref]}
                    store.write([], who="Ines", **moves)  # type: ignore[arg-type]
                    in_bin = not in_bin
                    continue
                if in_bin:
                    continue
                sheet = store.get(Sheet, ID)
                if what != "title":
                    sheet = replace(sheet, boxes=tuple(Box(id=i, text=t) for i, t in boxes))
                if what != "boxes":
                    sheet = replace(sheet, title=title)
                store.write([sheet], who="Ines", visit=visit)
            written = store.get(Sheet, ID, in_bin=True)
        found = salvage_file(Path(made) / "data" / "gemba.db")
    told = tell_all(found.entries, end=True)[Ref("sheet", ID)]
    assert told.complete
    assert (told.deleted_at is not None) is in_bin
    assert told.plain is not None
    assert sound_record("sheet", {**told.plain, "revision": told.revision}) == written
    assert found.sound[Ref("sheet", ID)].record == written
