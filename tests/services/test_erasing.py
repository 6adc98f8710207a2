"""Erasing leaves nothing of a name or a note in any byte, and everything else as it was."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.clash import Clash
from gemba.domain.coaching import Talk
from gemba.domain.errors import GembaError, NotFound
from gemba.domain.experiment import Experiment
from gemba.domain.figures.photo import PhotoFigure
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.promise import Promise
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection, ReflectionAnswer
from gemba.services.clashing import keep
from gemba.services.erasing import Looked
from gemba.services.exchange_out import export_data
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words

from .conftest import now

NAME = "Quxolotl Vandermeer"
WORD = "a colleague"


def holding(folder: Path, *words: str) -> list[str]:
    """Name the files in whose raw bytes one of the words stands, in any case."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        raw = path.read_bytes().lower()
        found += [f"{path.name}: {w}" for w in words if w.lower().encode() in raw]
    return found


@pytest.fixture
def full(workspace: Workspace) -> Workspace:
    """A folder in which a name stands wherever one can stand."""
    work = workspace
    work.recorder.set_who(NAME)
    walk = work.walks.plan(f"See how {NAME} works", company="Quxolotl and Joris")
    work.walks.start(walk.id)
    seen = work.walks.capture("The cart that QUXOLOTL’s team uses", walk_id=walk.id)
    work.walks.thank(seen.id, "Thanked Quxolotl, for the labels")
    work.walks.safety_now(seen.id, "Vandermeer", "closed by Vandermeers")
    promise = work.walks.promise(seen.id, "Tell Quxolotl why", to=NAME)
    work.promises.tell_back(
        promise.id, on=work.recorder.today(), to=NAME, answer="done", said="Quxolotl knows"
    )
    gone = work.promises.make("Old, for Vandermeer")
    work.promises.write(gone.id, visit="x", note="Quxolotl again")
    work.promises.write(gone.id, visit="y", note="nothing")
    work.bin.remove(Ref("promise", gone.id))
    talk = work.coaching.first_talk(NAME)
    work.coaching.answer(talk.id, "noticing", "I saw it.\nVandermeer said so", visit="1")
    work.coaching.write(talk.id, visit="2", private_note=f"{NAME} is unsure of it")
    board = work.coaching.board_from_talk(talk.id)
    work.coaching.write_board(board.id, visit="3", target_condition="With Quxolotl, by noon")
    cycle = work.coaching.start_cycle(talk.learner_id)
    step = work.coaching.next_experiment(cycle.id)
    work.coaching.write_experiment(step.id, visit="4", prediction="Vandermeer asks ten people")
    work.coaching.commit_prediction(step.id)
    sheet = work.sheets.begin("Discharges are late", owner=NAME)
    work.sheets.write_box(sheet.id, "goal", "Before:\nQuxolotl. After: **Vandermeer**", visit="5")
    work.sheets.ask(sheet.id, "goal", "What does Quxolotl see?")
    area = work.people.area("Ward of Quxolotl")
    work.people.rename_area(area.id, "Ward 4")
    routine = work.routines.add("huddle", "Huddle with Quxolotl", why=f"{NAME} asked for it")
    work.routines.miss(routine.id, work.recorder.today(), "Vandermeer was ill")
    work.routines.pause(work.recorder.today(), work.recorder.today(), "Quxolotl marries")
    work.routes.keep(
        f"To {NAME}", work.walks.change(walk.id, stops=work.walks.stops_from("Quxolotl’s desk"))
    )
    work.coverage.draw("question", ("What does Quxolotl see?", "What waits for Vandermeer?"))
    work.recorder.add(
        Recognition(
            id=work.recorder.new_id(),
            behaviour="Quxolotl wrote the time down",
            effect="Vandermeer's team saw it",
            to=NAME,
            noticed_on=work.recorder.today(),
        )
    )
    answer = ReflectionAnswer(question="Who grew?", text="Quxolotl Vandermeer")
    work.recorder.add(
        Reflection(id=work.recorder.new_id(), week_of=work.recorder.today(), answers=(answer,))
    )
    work.drafts.keep("capture", saw="half a sentence\nabout Quxolotl")
    work.recorder.settle()
    return work


def person(work: Workspace) -> Person:
    return work.people.person(NAME)


def test_no_byte_of_the_folder_tells_the_name(full: Workspace, data_dir: Path) -> None:
    counts = full.store.check().counts
    assert holding(data_dir, "quxolotl", "vandermeer")
    done = full.erasing.erase_person(person(full).id, WORD)
    assert (done.files, done.backups) == ((), ())
    assert done.replaced >= 10
    assert holding(data_dir, "quxolotl", "vandermeer") == []
    # Through the front door as well.
    assert full.history.search("quxolotl", private=True) == []
    data = export_data(full.store, private=True)
    assert b"uxolotl" not in data
    assert full.store.check().sound
    assert full.store.check().counts == counts
    assert full.recorder.who == WORD
    (talk,) = [one for one in full.store.find(Talk) if one.answers]
    assert talk.answers[0].text == "I saw it.\na colleague said so"
    (step,) = full.store.find(Experiment)
    assert (step.prediction, step.committed) == ("a colleague asks ten people", True)


def test_what_is_left_unticked_stays_and_nothing_else(full: Workspace, data_dir: Path) -> None:
    full.walks.capture("The Vandermeer street is slippery")
    shown = full.erasing.mentions(person(full).id)
    street = [one for one in shown if "street" in one.sentence]
    assert [one.word for one in street] == ["Vandermeer"]
    ticked = [one for one in shown if one.sure and one not in street]
    full.erasing.erase_person(person(full).id, WORD, ticked=ticked)
    assert holding(data_dir, "quxolotl") == []
    (hit,) = full.history.search("street")
    assert "Vandermeer" in full.walks.observation(hit.ref.id).saw
    assert full.history.search("vandermeer", private=True) == [
        one for one in full.history.search("vandermeer", private=True) if one.ref == hit.ref
    ]


def test_a_mention_is_shown_with_its_sentence_and_its_place(full: Workspace) -> None:
    shown = full.erasing.mentions(person(full).id)
    sentences = {one.sentence for one in shown}
    assert "After: **Vandermeer**" in sentences
    assert "Old, for Vandermeer" in sentences
    assert all(one.ref != Ref("person", person(full).id) for one in shown)
    assert {one.ref.kind for one in shown} >= {"walk", "observation", "promise", "talk", "sheet"}


def test_foreign_scripts_go_too(workspace: Workspace, data_dir: Path) -> None:
    for name, text, left in (
        ("Мария Иванова", "Спросил Марию Иванову вчера", "Спросил N N вчера"),
        ("田中太郎", "今日は田中太郎に会った", "今日はNに会った"),
        ("Åse Ørsted", "Ring A\u030ase!", "Ring N!"),
    ):
        learner = workspace.people.person(name)
        seen = workspace.walks.capture(text)
        shown = workspace.erasing.mentions(learner.id)
        workspace.erasing.erase_person(learner.id, "N", ticked=shown)
        assert workspace.walks.observation(seen.id).saw == left
        for part in name.split():
            assert holding(data_dir, part) == []


def test_the_record_of_a_learner_is_emptied_and_still_counted(
    full: Workspace, data_dir: Path
) -> None:
    marker = "zebrafish"
    learner = person(full)
    talk = full.coaching.first_talk(NAME)
    full.coaching.answer(talk.id, "noticing", f"a {marker}", visit="1")
    full.recorder.settle()
    other = full.promises.make("Feed the goldfish")
    talks, steps = full.store.count(Talk), full.store.count(Experiment)
    outcome = full.coaching.experiments(learner_id=learner.id)[0].planned_on
    full.erasing.erase_person(learner.id, WORD, with_record=True)
    assert holding(data_dir, marker, "quxolotl", "vandermeer", "asks ten people") == []
    assert (full.store.count(Talk), full.store.count(Experiment)) == (talks, steps)
    assert full.coaching.experiments(learner_id=learner.id)[0].planned_on == outcome
    assert full.store.get(Promise, other.id).text == "Feed the goldfish"
    # Nobody is reminded of what is gone.
    assert full.erasing.retention.kept_until() == []
    assert full.store.check().sound


def test_private_notes_of_one_learner_or_of_all(workspace: Workspace, data_dir: Path) -> None:
    talks = {}
    for name, note in (("Joris", "aardwolf"), ("Samira", "bandicoot")):
        talk = workspace.coaching.first_talk(name)
        for visit, end in enumerate((" is", " is unsure")):
            workspace.coaching.write(talk.id, visit=f"{visit}", private_note=note + end)
            workspace.recorder.settle()
        talks[name] = talk
    workspace.bin.remove(Ref("talk", talks["Joris"].id))
    workspace.coaching.drafts.keep("coach.questions", words="Why the wombat?")
    workspace.recorder.settle()
    assert holding(data_dir, "wombat")
    done = workspace.erasing.erase_private(talks["Joris"].learner_id)
    assert (done.replaced, done.files) == (1, ())
    assert holding(data_dir, "aardwolf") == []
    assert holding(data_dir, "wombat") == []
    assert holding(data_dir, "bandicoot")
    assert workspace.coaching.talk(talks["Samira"].id).private_note == "bandicoot is unsure"
    workspace.erasing.erase_private()
    assert holding(data_dir, "bandicoot") == []
    assert workspace.store.check().sound
    workspace.bin.restore(Ref("talk", talks["Joris"].id))
    assert workspace.coaching.talk(talks["Joris"].id).private_note == ""


def test_older_files_that_still_hold_the_name_are_told(full: Workspace, data_dir: Path) -> None:
    aside = data_dir / "aside"
    aside.mkdir()
    (aside / "gemba.db").write_bytes(b"... Quxolotl Vandermeer ...")
    done = full.erasing.erase_person(person(full).id, WORD)
    assert done.files == ("aside/gemba.db",)


def test_older_backups_go_or_are_named(full: Workspace, data_dir: Path) -> None:
    full.backups.make()
    point = full.backups.safety.newest
    assert point is not None
    (held,) = full.erasing.older_backups()
    assert (held.name, held.made_on) == (point.name, point.made_at.date())
    assert 360 < (held.expires_on - held.made_on).days < 370
    other = full.people.person("Joris")
    full.walks.capture("Joris was here")
    full.backups.make()
    done = full.erasing.erase_person(other.id, WORD, with_backups=False)
    assert (len(done.backups), done.files) == (2, ())
    assert holding(data_dir / "backups", "quxolotl")
    done = full.erasing.erase_person(person(full).id, WORD)
    assert (done.backups, done.files) == ((), ())
    assert len(full.backups.safety.points) == 1
    assert holding(data_dir, "quxolotl", "vandermeer", "joris") == []


def test_nobody_is_nobody(workspace: Workspace) -> None:
    learner = workspace.people.person("A B")
    seen = workspace.walks.capture("a b c")
    workspace.erasing.erase_person(learner.id, WORD)
    assert workspace.walks.observation(seen.id).saw == "a colleague c"
    with pytest.raises(NotFound):
        workspace.erasing.erase_person(Ref("person", workspace.recorder.new_id()).id, WORD)


def test_two_years_unless_another_day_was_chosen(workspace: Workspace) -> None:
    today = workspace.recorder.today()
    talk = workspace.coaching.first_talk("Joris")
    (kept,) = workspace.erasing.retention.kept_until()
    assert (kept.name, kept.until, kept.chosen) == (
        "Joris",
        date(today.year + 2, today.month, today.day),
        False,
    )
    assert workspace.erasing.retention.due(today) == []
    workspace.erasing.retention.keep_until(talk.learner_id, today + timedelta(days=30))
    (due,) = workspace.erasing.retention.due(today)
    assert (due.learner_id, due.chosen) == (talk.learner_id, True)
    workspace.erasing.retention.keep_until(talk.learner_id, None)
    assert workspace.erasing.retention.due(today) == []
    assert json.dumps(workspace.store.settings.all()).count("keep until") == 0


def test_an_encrypted_folder_forgets_a_name_too(data_dir: Path) -> None:
    folder = data_dir / "locked"
    words = Words()
    work = open_workspace(folder, load_catalog(folder), words, key=b"k" * 32, now=now)
    try:
        seen = work.walks.capture("Quxolotl told me")
        learner = work.people.person(NAME)
        assert work.erasing.still_named(["Quxolotl"]).holding == ("gemba.db",)
        work.erasing.erase_person(learner.id, WORD)
        assert work.walks.observation(seen.id).saw == "a colleague told me"
        assert work.erasing.still_named(["Quxolotl", "Vandermeer"]) == Looked(holding=())
        assert work.store.check().sound
        work.bin.remove(Ref("observation", seen.id))
        work.store.clearing.purge([Ref("observation", seen.id)], who="")
        assert work.bin.heaps() == []
        assert holding(folder, "quxolotl") == []
    finally:
        work.close()


def test_words_laid_aside_go_with_the_note_they_were_meant_for(
    workspace: Workspace, data_dir: Path
) -> None:
    talk = workspace.coaching.first_talk("Joris")
    other = workspace.coaching.first_talk("Samira")
    for one in (talk, other):
        ref = Ref("talk", one.id)
        clash = Clash(ref, "private_note", "", f"aardwolf {one.learner_id.hex}", None, "desk")
        workspace.recorder.run(lambda store, clash=clash: keep(store, (clash,)))
    workspace.erasing.erase_private(talk.learner_id)
    assert holding(data_dir, talk.learner_id.hex + '"') == []
    (left,) = workspace.conflicts.open()
    assert left.clash.ref == Ref("talk", other.id)
    workspace.erasing.erase_private()
    assert holding(data_dir, "aardwolf") == []


def test_backups_nobody_looked_at_since_the_start_go_too(full: Workspace, data_dir: Path) -> None:
    full.backups.make()
    lone = data_dir / "backups" / "2026-11-22T10-30-00Z-000000.db"
    lone.write_bytes(b"... Quxolotl Vandermeer ...")
    full.close()
    work = open_workspace(data_dir, load_catalog(data_dir), Words(), now=now)
    try:
        done = work.erasing.erase_person(person(work).id, WORD)
    finally:
        work.close()
    # Of a backup without a manifest nothing is known, so it stays, and is told.
    assert (done.backups, done.files) == ((), (f"backups/{lone.name}",))
    lone.unlink()
    assert holding(data_dir, "quxolotl", "vandermeer") == []


class Broken(Exception):
    """Stands for a kill, or for somebody who changed their mind."""


def test_what_is_given_up_before_the_end_leaves_everything_as_it_was(
    full: Workspace, data_dir: Path
) -> None:
    heard: list[str] = []

    def give_up(what: str, _done: int, _of: int) -> None:
        heard.append(what)
        if what == "last":
            raise GembaError("erase.stopped")

    revisions = {one.id: one.revision for one in full.store.clearing.everything()}
    with pytest.raises(GembaError, match="stopped"):
        full.erasing.erase_person(person(full).id, WORD, step=give_up)
    assert list(dict.fromkeys(heard)) == ["looking", "records", "journal", "last"]
    assert {one.id: one.revision for one in full.store.clearing.everything()} == revisions
    assert not full.store.settings.half_erased()
    assert full.store.check().sound


@pytest.mark.parametrize("with_backups", [True, False])
def test_what_a_kill_left_half_erased_is_finished_at_the_next_start(
    full: Workspace, data_dir: Path, with_backups: bool
) -> None:
    full.backups.make()

    def die(what: str, _done: int, _of: int) -> None:
        if what == "pages":
            raise Broken

    with pytest.raises(Broken):
        full.erasing.erase_person(person(full).id, WORD, with_backups=with_backups, step=die)
    full.close()
    again = open_workspace(data_dir, load_catalog(data_dir), Words(), now=now)
    try:
        left = again.erasing.still_named(["quxolotl", "vandermeer"]).holding
        assert [one for one in left if not one.startswith("backups/")] == []
        assert bool(left) is not with_backups
        assert not again.store.settings.half_erased()
        assert again.store.check().sound
    finally:
        again.close()


def _photo(work: Workspace, colour: str) -> str:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "PNG")
    return work.store.photos.add(picture.getvalue(), name=f"{colour}.png").hash


def _seen(work: Workspace, saw: str, *photos: str) -> Observation:
    line = work.walks.capture(saw)
    work.walks.write_line(line.id, visit="p", photos=photos)
    work.recorder.settle()
    return work.walks.observation(line.id)


def test_photos_beside_a_name_go_from_every_record_and_no_others(
    workspace: Workspace, data_dir: Path
) -> None:
    work = workspace
    hers, shared, other, left = (
        _photo(work, colour) for colour in ("red", "blue", "green", "yellow")
    )
    learner = work.people.person(NAME)
    note = _seen(work, "Quxolotl at the press", hers, shared)
    again = _seen(work, "The press alone", shared, other)
    promise = work.promises.make("Tell Quxolotl about the press")
    work.promises.write(promise.id, visit="p", photos_after=(shared,))
    taken_off = _seen(work, "Quxolotl again", left)
    work.walks.write_line(taken_off.id, visit="t", photos=())
    work.bin.remove(Ref("observation", again.id))
    sheet = work.sheets.begin("The press")
    beside = PhotoFigure(id="one", caption="Quxolotl here", photo=shared)
    apart = PhotoFigure(id="two", caption="The floor", photo=other)
    work.sheets.put_figure(sheet.id, "goal", beside)
    work.sheets.put_figure(sheet.id, "goal", apart)
    work.recorder.settle()
    work.backups.make()
    pictures = {one.photo: one for one in work.erasing.found(learner.id)[1]}
    assert set(pictures) == {hers, shared}
    assert (pictures[shared].records, pictures[hers].records) == (4, 1)
    assert all(one.sure for one in pictures.values())
    work.erasing.erase_person(learner.id, WORD)
    assert work.walks.observation(note.id).photos == ()
    (heap,) = work.bin.heaps()
    assert heap.head.record.photos == (other,)  # type: ignore[union-attr]
    (goal,) = (box for box in work.sheets.get(sheet.id).boxes if box.id == "goal")
    assert [one.photo for one in goal.figures] == ["", other]  # type: ignore[union-attr]
    assert work.exports.sheet(sheet.id).pdf.startswith(b"%PDF")
    for gone in (hers, shared):
        assert work.store.photos.path(gone) is None
        assert holding(data_dir, gone) == []
        assert list(data_dir.rglob(f"{gone}*")) == [], "not in a backup either"
    assert work.store.photos.is_sound(other)
    assert list((data_dir / "backups").rglob("*.png")) != []
    assert work.store.check().sound
    # What was taken off before is not listed: no words stand beside it any more.
    assert work.store.photos.is_sound(left)


def test_a_photo_that_is_not_ticked_stays(workspace: Workspace) -> None:
    hers = _photo(workspace, "red")
    learner = workspace.people.person(NAME)
    note = _seen(workspace, "Quxolotl at the press", hers)
    workspace.erasing.erase_person(learner.id, WORD, photos=())
    assert workspace.walks.observation(note.id).photos == (hers,)
    assert workspace.store.photos.is_sound(hers)


NAMED_FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Look</h:title><model><instance><data><Quxolotl/></data></instance>
<bind nodeset="/data/Quxolotl" constraint=". != 'Quxolotl'"/></model></h:head>
<h:body><input ref="/data/Quxolotl"><label>What of Quxolotl?</label></input></h:body></h:html>"""


def test_a_form_whose_parts_are_named_after_somebody_still_opens(
    full: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "form.xml"
    path.write_text(NAMED_FORM)
    form = full.forms.from_file(path)
    desk = full.forms.open(full.forms.begin(form.id).id)
    desk.answer("/data/Quxolotl", "six wait")
    desk.keep()
    full.recorder.settle()
    done = full.erasing.erase_person(person(full).id, 'a "colleague" & co')
    assert done.files == ("gemba.db",), "the name of the part is left, and told"
    (question,) = full.forms.open(desk.filling.id).pages()[0].questions
    assert question.label == 'What of a "colleague" & co?'
    assert question.answer == "six wait"


def test_a_form_that_names_somebody_forgets_the_name_and_its_file(full: Workspace) -> None:
    form = full.forms.from_list(f"Did {NAME} see it?\nIs it free?", "Look")
    other = full.forms.from_list("Is it free?", "Other")
    desk = full.forms.open(full.forms.begin(form.id).id)
    for question in desk.pages()[0].questions:
        desk.answer(question.key, "no")
    desk.keep()
    packed = full.forms.newest(form.id).source
    assert packed
    full.recorder.settle()
    full.erasing.erase_person(person(full).id, WORD)
    version = full.forms.newest(form.id)
    assert NAME not in version.xform
    assert version.source == ""
    assert packed not in repr(full.store.journal())
    assert full.forms.newest(other.id).source
    labels = [one.label for one in full.forms.open(desk.filling.id).pages()[0].questions]
    assert labels[0] == f"Did {WORD} see it?"
