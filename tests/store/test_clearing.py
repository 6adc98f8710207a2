"""The bin and what is taken away for good: nothing of it is left in any byte of the folder."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import NotFound
from gemba.domain.link import Link
from gemba.domain.naming import PersonName
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.promise import Promise
from gemba.domain.sheet import Box, Sheet
from gemba.domain.texts import with_texts
from gemba.domain.walk import Walk
from gemba.store.opening import open_store
from gemba.store.scan import scan_folder
from gemba.store.store import Store

from .conftest import DAY, Clock

MARKER = "Quxolotl"


class Rub:
    """Takes a name out wherever it stands."""

    def __init__(self, name: str) -> None:
        self.name = PersonName(name)

    def may_stand_in(self, raw: str) -> bool:
        return self.name.may_stand_in(raw)

    def rub(self, ref: Ref | None, text: str) -> str:
        return self.name.replace(text, "a colleague")


def picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def test_the_bin_tells_when_by_whom_and_what_went_together(store: Store) -> None:
    walk = Walk(id=uuid4(), purpose="Why wait?")
    seen = [Observation(id=uuid4(), walk_id=walk.id, seen_on=DAY, saw=f"{n}") for n in range(3)]
    store.write([walk, *seen], who="Ines")
    alone, *rest = [Ref("observation", one.id) for one in seen]
    store.write((), removes=[alone], who="Ines", visit="bin:1")
    store.write((), removes=[Ref("walk", walk.id), *rest], who="Samir", visit="bin:2")
    away = store.clearing.away()
    assert {one.ref for one in away} == {Ref("walk", walk.id), alone, *rest}
    assert {one.who for one in away if one.group == "bin:2"} == {"Samir"}
    assert [one.ref for one in away if one.group == "bin:1"] == [alone]
    assert away[-1].ref == alone


def test_purging_leaves_no_word_of_a_record(store: Store, folder: Path) -> None:
    sheet = Sheet(id=uuid4(), title="A", started_on=DAY, boxes=(Box(id="goal", text=MARKER),))
    (sheet,) = store.write([sheet], who="Ines").records  # type: ignore[assignment]
    store.write([replace(sheet, title=f"{MARKER} late")], who="Ines")
    promise = Promise(id=uuid4(), text="stays", made_on=DAY)
    tie = Link(
        id=uuid4(),
        role="became",
        from_kind="sheet",
        from_id=sheet.id,
        to_kind="promise",
        to_id=promise.id,
    )
    store.write([promise, tie], who="Ines")
    ref = Ref("sheet", sheet.id)
    store.write((), removes=[ref], who="Ines", visit="bin:1")
    assert store.clearing.holding([MARKER])
    written = store.clearing.purge([ref], who="Ines")
    store.clearing.pack()
    assert written.refs == {ref}
    assert store.clearing.holding([MARKER]) == []
    with pytest.raises(NotFound):
        store.get(Sheet, sheet.id, in_bin=True)
    assert store.find(Link) == []
    assert store.get(Promise, promise.id).text == "stays"
    assert [entry.who for entry in store.journal(ref)] == ["Ines"] * 4
    assert store.check().sound
    # Numbers are never given twice, or two laptops could not be merged.
    number = store.clearing.newest_row()
    store.write([Person(id=uuid4(), name="new")], who="Ines")
    assert store.clearing.newest_row() == number + 1


def test_what_another_record_names_stays_until_that_one_goes(store: Store) -> None:
    marta = Person(id=uuid4(), name="Marta")
    talk = Talk(id=uuid4(), kind="cycle", learner_id=marta.id, held_on=DAY)
    store.write([marta, talk], who="Ines")
    person, spoken = Ref("person", marta.id), Ref("talk", talk.id)
    assert store.clearing.naming(person) == [spoken]
    store.write((), removes=[person], who="Ines", visit="bin:1")
    assert store.clearing.purge([person], who="Ines").refs == frozenset()
    assert store.get(Person, marta.id, in_bin=True).name == "Marta"
    store.write((), removes=[spoken], who="Ines", visit="bin:2")
    assert store.clearing.purge([person, spoken], who="Ines").refs == {person, spoken}
    assert store.check().sound


def test_a_record_that_is_not_in_the_bin_is_never_purged(store: Store) -> None:
    (marta,) = store.write([Person(id=uuid4(), name="Marta")], who="Ines").records
    ref = Ref("person", marta.id)
    assert store.clearing.purge([ref, Ref("person", uuid4())], who="Ines").refs == frozenset()
    assert store.get(Person, marta.id) == marta


def test_a_shared_photo_goes_with_the_last_record_that_names_it(store: Store) -> None:
    shared = store.photos.add(picture("red")).hash
    own = store.photos.add(picture("blue")).hash
    first = Observation(id=uuid4(), seen_on=DAY, saw="1", photos=(shared, own))
    other = Observation(id=uuid4(), seen_on=DAY, saw="2", photos=(shared,))
    store.write([first, other], who="Ines")
    one, two = Ref("observation", first.id), Ref("observation", other.id)
    store.write((), removes=[one], who="Ines", visit="bin:1")
    store.clearing.purge([one], who="Ines")
    assert store.photos.path(own) is None
    assert store.photos.is_sound(shared)
    # A photo that was taken off is still part of the earlier versions.
    held = store.get(Observation, other.id)
    store.write([replace(held, photos=())], who="Ines")
    store.write((), removes=[two], who="Ines", visit="bin:2")
    assert store.photos.is_sound(shared)
    store.clearing.purge([two], who="Ines")
    assert store.photos.path(shared) is None
    assert store.check().sound


def test_a_kill_between_leaves_no_photo_behind(
    store: Store, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = store.photos.add(picture("blue")).hash
    seen = Observation(id=uuid4(), seen_on=DAY, saw="1", photos=(own,))
    store.write([seen], who="Ines")
    ref = Ref("observation", seen.id)
    store.write((), removes=[ref], who="Ines", visit="bin:1")
    copy = folder.parent / "killed"

    kept = store.photos.path(own)
    assert kept is not None
    unlink = os.unlink

    def killed(path: Path, **named: Any) -> None:
        if Path(path) == kept:
            shutil.copytree(folder, copy)
            raise KeyboardInterrupt
        unlink(path, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            store.clearing.purge([ref], who="Ines")
    with open_store(copy, now=clock) as opened:
        assert opened.photos.path(own) is not None
        opened.clearing.finish()
        assert opened.photos.path(own) is None
        assert opened.check().sound


def test_a_photo_that_came_back_meanwhile_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = store.photos.add(picture("blue")).hash
    seen = Observation(id=uuid4(), seen_on=DAY, saw="1", photos=(own,))
    store.write([seen], who="Ines")
    ref = Ref("observation", seen.id)
    store.write((), removes=[ref], who="Ines", visit="bin:1")
    kept = store.photos.path(own)
    assert kept is not None
    unlink = os.unlink

    def killed(path: Path, **named: Any) -> None:
        if Path(path) == kept:
            raise KeyboardInterrupt
        unlink(path, **named)

    with monkeypatch.context() as patched:
        # Killed as the file goes, and the same photo is taken in before the next start.
        patched.setattr(os, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            store.clearing.purge([ref], who="Ines")
    assert store.photos.add(picture("blue")).hash == own
    again = Observation(id=uuid4(), seen_on=DAY, saw="2", photos=(own,))
    store.write([again], who="Ines")
    store.clearing.finish()
    assert store.photos.is_sound(own)
    assert store.check().sound


def test_a_scan_for_nothing_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 100)
    opened: list[Path] = []
    assert scan_folder(tmp_path, [" ", ""], opened.append) == []
    assert opened == []
    assert scan_folder(tmp_path, ["y"], opened.append) == []
    assert opened == [tmp_path / "large"]


def test_a_name_is_rubbed_out_of_every_byte(store: Store, folder: Path) -> None:
    name = f"{MARKER} Vandermeer"
    person = Person(id=uuid4(), name=name)
    sheet = Sheet(
        id=uuid4(), title="A", started_on=DAY, boxes=(Box(id="goal", text=f"Ask\n{MARKER} why"),)
    )
    promise = Promise(id=uuid4(), text=f"for {MARKER.upper()}", raised_by=name, made_on=DAY)
    store.write([person, sheet, promise], who=name, visit="v")
    old = store.get(Sheet, sheet.id)
    store.write([replace(old, title=f"Vandermeer’s sheet {'x ' * 3000}")], who="Ines")
    store.write((), removes=[Ref("promise", promise.id)], who="Ines", visit="bin:1")
    store.settings.set("me", name)
    store.settings.set("draft.capture", '{"saw": "so\\nQuxolotl said"}')
    store.photos.add(picture("red"), f"{MARKER}.jpg")
    before = {found.word for found in store.clearing.holding([MARKER, "Vandermeer"])}
    assert before == {MARKER, "Vandermeer"}
    rub = Rub(name)
    mended = [
        with_texts(one, lambda _path, text: rub.rub(None, text))
        for one in store.clearing.everything()
    ]
    store.clearing.rub_out(mended, rub, who="Ines")
    store.clearing.pack()
    assert store.clearing.holding([MARKER, "Vandermeer"]) == []
    assert store.search("Quxolotl") == []
    assert store.search("colleague")
    assert store.get(Sheet, sheet.id).box("goal").text == "Ask\na colleague why"
    assert store.get(Promise, promise.id, in_bin=True).raised_by == "a colleague"
    assert store.settings.get("me") == "a colleague"
    assert store.check().sound
    earlier = store.at_revision(Sheet, sheet.id, 1)
    assert earlier.box("goal").text == "Ask\na colleague why"


def test_the_scan_finds_a_word_in_any_writing(tmp_path: Path) -> None:
    for number, raw in enumerate(
        (
            "Zoë".encode(),
            "Zoe\u0308".encode(),
            "ZOË".encode(),
            "Zoë".encode("utf-16-le"),
            b"zo\\xeb",
            b"x" * ((1 << 20) - 2) + "Zoë".encode(),
        )
    ):
        (tmp_path / f"{number}").write_bytes(raw)
    (tmp_path / "other").write_bytes(b"nothing")
    (tmp_path / "link").symlink_to(tmp_path / "0")
    found = scan_folder(tmp_path, ["Zoë"])
    assert [one.file.name for one in found] == ["0", "1", "2", "3", "4", "5"]
    assert scan_folder(tmp_path, ["", "  "]) == []
