"""One way to write: what the disk refuses is kept, said, and written when it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.promise import Promise
from gemba.services.bulletin import Bulletin
from gemba.services.recorder import Recorder, SaveState, refs_of
from gemba.store.opening import open_store
from gemba.store.store import Store


def now() -> datetime:
    return datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def recorder(store: Store) -> Iterator[Recorder]:
    made = Recorder(store, Bulletin(), now=now)
    yield made
    made.close()


def promise(recorder: Recorder, text: str = "Ask the porters") -> Promise:
    made = Promise(id=recorder.new_id(), text=text, made_on=date(2026, 11, 20))
    return recorder.add(made)


def test_a_write_is_announced_once_it_is_committed(recorder: Recorder, store: Store) -> None:
    heard: list[int] = []
    recorder.bulletin.listen(lambda refs: heard.append(store.count(Promise)))
    made = promise(recorder)
    assert heard == [1]
    assert made.revision == 1


def test_the_newest_of_several_queued_edits_of_a_field_is_kept(recorder: Recorder) -> None:
    made = promise(recorder)
    for text in ("one", "two", "three"):
        recorder.change_soon(
            Promise, made.id, lambda p, text=text: replace(p, note=text), visit="v", field="note"
        )
    recorder.settle()
    assert recorder.get(Promise, made.id).note == "three"


def test_edits_of_two_fields_do_not_overwrite_each_other(recorder: Recorder) -> None:
    made = promise(recorder)
    recorder.change_soon(Promise, made.id, lambda p: replace(p, note="n"), visit="a", field="note")
    recorder.change_soon(
        Promise, made.id, lambda p: replace(p, resolver="r"), visit="b", field="resolver"
    )
    recorder.settle()
    kept = recorder.get(Promise, made.id)
    assert (kept.note, kept.resolver) == ("n", "r")


def test_what_the_disk_refuses_stays_and_is_written_later(recorder: Recorder) -> None:
    made = promise(recorder)
    states: list[SaveState] = []
    recorder.on_state = states.append
    full = True

    def edit(before: Promise) -> Promise:
        if full:
            raise GembaError("store.full", reason="no room")
        return replace(before, note="typed on a full disk")

    waiting = recorder.change_soon(Promise, made.id, edit, visit="v", field="note")
    with pytest.raises(GembaError):
        waiting.result()
    assert states[-1].trouble is not None
    assert states[-1].trouble.key == "store.full"
    full = False
    recorder.retry()
    recorder.settle()
    assert recorder.get(Promise, made.id).note == "typed on a full disk"
    assert states[-1].trouble is None


def test_another_save_does_not_hide_what_is_still_unsaved(recorder: Recorder) -> None:
    made = promise(recorder)
    states: list[SaveState] = []
    recorder.on_state = states.append

    def refused(_before: Promise) -> Promise:
        raise GembaError("store.full", reason="no room")

    waiting = recorder.change_soon(Promise, made.id, refused, visit="v", field="note")
    with pytest.raises(GembaError):
        waiting.result()
    promise(recorder, "another")
    assert states[-1].trouble is not None


def test_trouble_that_left_nothing_to_write_ends_with_the_next_try(recorder: Recorder) -> None:
    made = promise(recorder)

    def locked(_: Promise) -> Promise:
        raise GembaError("store.locked", reason="database is locked")

    with pytest.raises(GembaError, match=r"store\.locked"):
        recorder.change(Promise, made.id, locked)
    assert recorder.state.trouble is not None
    recorder.retry()
    recorder.settle()
    assert recorder.state.trouble is None
    assert recorder.get(Promise, made.id) == made


def test_a_sentence_left_out_is_no_trouble_with_the_disk(recorder: Recorder) -> None:
    made = promise(recorder)
    states: list[SaveState] = []
    recorder.on_state = states.append

    def left_out(_before: Promise) -> Promise:
        raise BadInput("promise.no_text")

    with pytest.raises(BadInput):
        recorder.change(Promise, made.id, left_out)
    assert states[-1].trouble is None


def test_a_bug_in_a_queued_edit_is_logged_and_shown(
    recorder: Recorder, expected_logs: list[str]
) -> None:
    expected_logs.append("a queued edit of")
    made = promise(recorder)
    states: list[SaveState] = []
    recorder.on_state = states.append
    waiting = recorder.change_soon(Promise, made.id, lambda p: 1 / 0, visit="v", field="note")  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        waiting.result()
    assert states[-1].trouble is not None
    assert states[-1].trouble.key == "bug.happened"


def test_what_was_deleted_comes_back(recorder: Recorder) -> None:
    made = promise(recorder)
    recorder.remove(*refs_of(made))
    assert recorder.find(Promise) == []
    recorder.restore(*refs_of(made))
    assert [one.id for one in recorder.find(Promise)] == [made.id]


def test_who_writes_stands_in_the_journal(recorder: Recorder, store: Store) -> None:
    recorder.set_who("  Maria ")
    made = promise(recorder)
    assert {entry.who for entry in store.journal(refs_of(made)[0])} == {"Maria"}
    assert store.settings.get("me") == "Maria"


def test_a_text_that_is_remembered_is_recalled_at_once(recorder: Recorder) -> None:
    for number in range(200):
        recorder.remember("draft.half", str(number))
        assert recorder.recall("draft.half") == str(number)
    recorder.remember("draft.half", "")
    assert recorder.recall("draft.half") == ""
    recorder.settle()
    assert recorder.recall("draft.half") == ""
    assert recorder.store.settings.get("draft.half") is None
