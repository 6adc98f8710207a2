"""The journal: one row a visit, every revision to be had again, and erased where asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import Damaged, NotFound
from gemba.domain.figures import FiveWhys, Sketch
from gemba.domain.figures.five_whys import Why
from gemba.domain.sheet import Box, Check, Sheet
from gemba.store.store import Store

from .conftest import DAY, Clock


def write(store: Store, sheet: Sheet, *, who: str = "Ines", visit: str = "v1") -> Sheet:
    (written,) = store.write([sheet], who=who, visit=visit).records
    assert isinstance(written, Sheet)
    return written


def say(sheet: Sheet, text: str) -> Sheet:
    return sheet.with_box(Box(id="goal", text=text))


@pytest.fixture
def sheet(store: Store) -> Sheet:
    return write(store, Sheet(id=uuid4(), title="Late", started_on=DAY, boxes=(Box(id="goal"),)))


def rows(store: Store, sheet: Sheet) -> list[tuple[str, object, object]]:
    entries = store.journal(Ref("sheet", sheet.id), field_prefix="boxes.goal")
    return [(e.who, e.change.before, e.change.after) for e in entries]


def test_one_visit_to_a_field_is_one_row(store: Store, sheet: Sheet, clock: Clock) -> None:
    for text in ("3", "30", "30 %"):
        clock.forward(seconds=20)
        sheet = write(store, say(sheet, text))
    assert rows(store, sheet) == [("Ines", "", "30 %")]
    assert store.check().sound


def test_another_visit_writer_or_hour_is_another_row(
    store: Store, sheet: Sheet, clock: Clock
) -> None:
    sheet = write(store, say(sheet, "a"))
    sheet = write(store, say(sheet, "b"), visit="v2")
    sheet = write(store, say(sheet, "c"), visit="v2", who="Samir")
    clock.forward(minutes=6)
    sheet = write(store, say(sheet, "d"), visit="v2", who="Samir")
    sheet = write(store, say(sheet, "e"), visit="")
    sheet = write(store, say(sheet, "f"), visit="")
    assert rows(store, sheet) == [
        ("Ines", "", "a"),
        ("Ines", "a", "b"),
        ("Samir", "b", "c"),
        ("Samir", "c", "d"),
        ("Ines", "d", "e"),
        ("Ines", "e", "f"),
    ]


def test_a_row_is_not_reopened_after_someone_else_wrote(store: Store, sheet: Sheet) -> None:
    sheet = write(store, say(sheet, "a"))
    sheet = write(store, say(sheet, "b"), who="Samir", visit="v9")
    sheet = write(store, say(sheet, "c"))
    assert [after for _, _, after in rows(store, sheet)] == ["a", "b", "c"]


def test_a_row_is_not_reopened_after_its_box_went_away(store: Store, sheet: Sheet) -> None:
    sheet = write(store, say(sheet, "a"))
    sheet = write(store, replace(sheet, boxes=()))
    sheet = write(store, say(sheet, ""), visit="v2")
    sheet = write(store, say(sheet, "b"), visit="v1")
    assert store.at_revision(Sheet, sheet.id, 2).box("goal").text == "a"
    assert store.at_revision(Sheet, sheet.id, 3).boxes == ()


def test_a_clock_set_back_opens_a_new_row(store: Store, sheet: Sheet, clock: Clock) -> None:
    sheet = write(store, say(sheet, "a"))
    clock.forward(hours=-1)
    sheet = write(store, say(sheet, "b"))
    assert [entry.number for entry in store.journal()] == [1, 2, 3]
    assert [after for _, _, after in rows(store, sheet)] == ["a", "b"]


def test_a_clock_set_back_and_forward_again_keeps_the_order(
    store: Store, sheet: Sheet, clock: Clock
) -> None:
    words = ["one", "two", "three", "four"]
    for said, hours in zip(words, (0, -1, 0, 1), strict=True):
        clock.forward(hours=hours, seconds=1)
        now = store.get(Sheet, sheet.id)
        store.write([replace(now, title=said)], who="Ana", visit="one stay")
    told = store.journal(Ref("sheet", sheet.id), field_prefix="title")
    # The clock went on between the second and the third: they share a row, no other two do.
    assert [entry.change.after for entry in told] == ["one", "three", "four"]
    assert [entry.change.before for entry in told] == [sheet.title, "one", "three"]
    assert store.at_revision(Sheet, sheet.id, told[0].revision).title == "one"


def test_the_journal_is_read_by_field_and_in_pages(store: Store, sheet: Sheet) -> None:
    sheet = write(store, replace(say(sheet, "a"), title="Later", scratch="x"), visit="")
    ref = Ref("sheet", sheet.id)
    assert [e.change.field for e in store.journal(ref, field_prefix="title")] == ["title"]
    assert store.journal(ref, field_prefix="boxes.go") == []
    first = store.journal(limit=2)
    assert [*first, *store.journal(after=first[-1].number)] == store.journal()


figures = st.lists(
    st.one_of(
        st.builds(Sketch, id=st.sampled_from("pqr"), caption=st.text(max_size=3)),
        st.builds(
            FiveWhys,
            id=st.sampled_from("pqr"),
            whys=st.lists(
                st.builds(Why, id=st.sampled_from("xyz"), text=st.text(max_size=3)),
                max_size=3,
                unique_by=lambda why: why.id,
            ).map(tuple),
        ),
    ),
    max_size=3,
    unique_by=lambda figure: figure.id,
).map(tuple)
boxes = st.lists(
    st.builds(
        Box, id=st.sampled_from(("goal", "plan", "a.b")), text=st.text(max_size=4), figures=figures
    ),
    max_size=3,
    unique_by=lambda box: box.id,
).map(tuple)
checks = st.lists(
    st.builds(Check, id=st.sampled_from("uvw"), what=st.text(max_size=3), on=st.just(DAY)),
    max_size=3,
).map(tuple)
states = st.lists(st.tuples(boxes, checks, st.text(max_size=4)), min_size=1, max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=states)
def test_every_revision_can_be_had_again(
    store: Store, states: list[tuple[tuple[Box, ...], tuple[Check, ...], str]]
) -> None:
    first = Sheet(id=uuid4(), title="Late", started_on=DAY)
    held = [write(store, first, visit="")]
    for some_boxes, some_checks, scratch in states:
        after = replace(held[-1], boxes=some_boxes, checks=some_checks, scratch=scratch)
        written = write(store, after, visit="")
        if written != held[-1]:
            held.append(written)
    for sheet in held:
        assert store.at_revision(Sheet, first.id, sheet.revision) == sheet


def test_a_sheet_in_the_bin_can_be_read_as_it_stood(store: Store, sheet: Sheet) -> None:
    (gone,) = store.write([], removes=[Ref("sheet", sheet.id)], who="Ines").refs
    assert gone.id == sheet.id
    assert store.at_revision(Sheet, sheet.id, 1) == sheet


@pytest.mark.parametrize("revision", [-1, 0, 2, 99])
def test_a_revision_that_never_was(store: Store, sheet: Sheet, revision: int) -> None:
    with pytest.raises(NotFound):
        store.at_revision(Sheet, sheet.id, revision)


def test_a_sheet_that_was_talked_about_keeps_that_revision(
    store: Store, sheet: Sheet, references: dict[str, UUID]
) -> None:
    sheet = write(store, say(sheet, "as it was coached"))
    talk = Talk(
        id=uuid4(),
        kind="sheet talk",
        learner_id=references["learner_id"],
        sheet_id=sheet.id,
        sheet_revision=sheet.revision,
        held_on=DAY,
    )
    store.write([talk], who="Samir")
    coached = sheet
    sheet = write(store, say(sheet, "as it was coached, and on"))
    assert store.at_revision(Sheet, sheet.id, coached.revision) == coached


def test_an_erased_note_is_nowhere_any_more(
    store: Store, folder: Path, references: dict[str, UUID], clock: Clock
) -> None:
    talk = Talk(
        id=uuid4(),
        kind="cycle",
        learner_id=references["learner_id"],
        held_on=DAY,
        private_note="unmistakableword one",
    )
    (held,) = store.write([talk], who="Samir").records
    store.write([replace(held, private_note="unmistakableword two")], who="Samir")
    ref = Ref("talk", talk.id)
    store.write([], removes=[ref], who="Samir")
    store.write([], restores=[ref], who="Samir")
    written = store.erase_field(ref, "private_note", who="Samir")
    assert written.refs == {ref}
    assert store.get(Talk, talk.id).private_note == ""
    assert store.search("unmistakableword", private=True) == []
    assert store.at_revision(Talk, talk.id, 1).private_note == ""
    assert "unmistakableword" not in repr(store.journal())
    assert store.journal(ref)[-1].change.field == "private_note"
    assert store.check().sound
    store.close()
    assert b"unmistakableword" not in (folder / "gemba.db").read_bytes()


def test_a_journal_row_that_was_tampered_with_is_found(
    store: Store, sheet: Sheet, folder: Path
) -> None:
    sheet = write(store, say(sheet, "30 %"))
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        connection.execute("UPDATE journal SET after = '\"40 %\"' WHERE field = 'boxes.goal.text'")
    ref = Ref("sheet", sheet.id)
    assert store.journal(ref, field_prefix="boxes.goal") == []
    assert len(store.check().journal) == 1
    with pytest.raises(Damaged):
        store.at_revision(Sheet, sheet.id, 1)
    assert len(store.journal(ref)) == 1
