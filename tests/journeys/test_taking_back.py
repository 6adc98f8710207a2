"""Deleting, undoing after a restart, two texts, and erasing: at the window, by clicks and keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QListView

from gemba.domain.changes import Ref
from gemba.services.visit import Desk, Visit
from gemba.ui.widgets.text import TextField
from tests.journeys.conftest import Clock, Person

SAW = "Bag for bay 3 waits on the desk"
NOTE = "What has happened since"


def holding(folder: Path, word: str) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if word.lower().encode() in path.read_bytes().lower()]


def by_palette(person: Person, words: str) -> None:
    person.press("Ctrl+K")
    person.type(words)
    found = next(one for one in person.window.findChildren(QListView) if one.isVisible())
    person.wait(lambda: words in str(found.currentIndex().data()))
    person.press("Return")


def promise(person: Person, words: str) -> Ref:
    made = person.held.promises.make(words, to="Hannah")
    return Ref("promise", made.id)


def test_a_walk_goes_and_comes_back_whole(person: Person) -> None:
    person.start()
    work = person.held
    walk = work.walks.write_up("Why do bags wait?", work.recorder.today())
    work.walks.add_lines(walk.id, f"{SAW}\nThe porter has no list")
    person.session.go.open(Ref("walk", walk.id))
    person.click("More")
    person.choose("Delete")
    assert person.sees("Deleted: Why do bags wait?")
    assert person.session.window.current_key() != "debrief"
    assert person.held.walks.all() == []
    person.click("Undo")
    assert person.session.window.current_key() == "debrief"
    assert len(person.held.walks.observations(walk.id)) == 2
    person.click("More")
    person.choose("Delete")
    person.restart()
    by_palette(person, "Bin: what")
    person.wait(lambda: person.sees("with 2 observations"))
    person.click("Bring back: Why do bags wait?")
    person.wait(lambda: person.sees("The bin is empty."))
    person.click("Walks")
    person.click_row("Why do bags wait?")
    assert person.sees(SAW)


def test_the_way_back_never_leads_to_what_was_deleted(person: Person) -> None:
    person.start()
    ref = promise(person, "Who carries bags after ten")
    for _ in range(2):
        person.session.go.open(ref)
        person.session.go.to("walks")
    person.session.go.open(ref)
    person.click("More")
    person.choose("Delete")
    assert person.session.window.current_key() == "walks"
    while person.session.window.can_go_back():
        person.session.go.back()
        assert person.session.window.current_key() != "promise"


def test_each_kind_of_page_lets_its_record_go(person: Person) -> None:
    person.start()
    work = person.held
    talk = work.coaching.first_talk("Hannah")
    work.coaching.answer(talk.id, "noticing", "They wait.", visit="1")
    cycle = work.coaching.start_cycle(talk.learner_id)
    sheet = work.sheets.begin("Bags are late", owner="Hannah")
    seen = work.walks.capture(SAW)
    work.recorder.settle()
    person.session.go.open(Ref("talk", talk.id))
    person.click("More")
    person.choose("Delete")
    person.session.go.open(Ref("sheet", sheet.id))
    person.session.go.throw_away(Ref("sheet", sheet.id))
    person.session.go.open(Ref("observation", seen.id))
    person.click("Remove")
    person.session.go.open(Ref("person", talk.learner_id))
    person.session.go.throw_away(Ref("talk", cycle.id), listed=True)
    heads = {heap.head.ref.kind for heap in person.held.bin.heaps()}
    assert heads == {"talk", "sheet", "observation"}
    assert person.held.coaching.talks(talk.learner_id) == []


def test_ctrl_z_takes_the_last_change_back_after_a_restart(person: Person) -> None:
    person.start()
    ref = promise(person, "Who carries bags after ten")
    person.session.go.open(ref)
    person.fill(NOTE, "Asked the porter.")
    person.wait_saved()
    person.session.go.to("today")
    person.session.go.open(ref)
    person.fill(NOTE, "Nobody knows.")
    person.wait_saved()
    person.restart()
    person.session.go.open(ref)
    # A field that has the focus owns the keys: it has nothing to take back here.
    person.press("Ctrl+Z")
    assert person.held.promises.get(ref.id).note == "Nobody knows."
    person.session.window.stack.currentWidget().setFocus()
    person.button("Go and see it").setFocus()
    person.press("Ctrl+Z")
    person.wait(lambda: person.held.promises.get(ref.id).note == "Asked the porter.")
    field = person.field(NOTE)
    assert isinstance(field, TextField)
    assert field.text() == "Asked the porter."
    assert person.sees("Undone")
    person.click("Undo")
    assert person.held.promises.get(ref.id).note == "Nobody knows."
    assert field.text() == "Nobody knows."


def test_ctrl_z_with_nothing_left_says_so(person: Person) -> None:
    person.start()
    ref = promise(person, "Who carries bags after ten")
    person.session.go.open(ref)
    person.button("Go and see it").setFocus()
    person.press("Ctrl+Z")
    assert person.sees("There is nothing more to undo here.")
    person.session.go.to("today")
    person.press("Ctrl+Z")
    assert person.held.promises.get(ref.id).text == "Who carries bags after ten"


def test_two_texts_wait_until_one_is_chosen_across_a_restart(person: Person) -> None:
    person.start()
    work = person.held
    ref = promise(person, "Who carries bags after ten")
    desk = Desk()
    desk.shows(work.promises.get(ref.id))
    person.session.go.open(ref)
    person.fill(NOTE, "From this window.")
    person.wait(lambda: person.held.promises.get(ref.id).note == "From this window.")
    work.promises.write(ref.id, visit=Visit("other", desk), note="From the other.")
    person.wait(lambda: person.sees("Something you wrote was changed elsewhere meanwhile."))
    person.restart()
    person.click("Look at both")
    assert person.sees("From this window.")
    assert person.sees("From the other.")
    person.click("Keep this text")
    both = "From the other.\nFrom this window."
    assert person.held.promises.get(ref.id).note == both
    assert person.session.window.current_key() == "promise"


def test_a_page_that_shows_old_words_does_not_write_them_over_new_ones(person: Person) -> None:
    person.start()
    work = person.held
    ref = promise(person, "Who carries bags after ten")
    person.session.go.open(ref)
    person.into("Who works on it?")
    # Elsewhere the note is written; here somebody is at another line of the same page.
    work.promises.write(ref.id, visit="elsewhere", note="From elsewhere.")
    work.recorder.settle()
    person.type("Samir")
    person.wait_saved()
    person.session.go.to("today")
    now = person.held.promises.get(ref.id)
    assert (now.resolver, now.note) == ("Samir", "From elsewhere.")


def test_a_person_is_erased_from_every_byte(person: Person, data_dir: Path, clock: Clock) -> None:
    person.start()
    work = person.held
    talk = work.coaching.first_talk("Quxolotl Vandermeer")
    work.coaching.answer(talk.id, "noticing", "Quxolotl saw two bags.", visit="1")
    work.recorder.settle()
    person.session.go.open(Ref("person", talk.learner_id))
    person.click("More")
    person.choose("Keep until, or erase")
    person.wait(lambda: person.sees("kept until"))
    person.click("Erase this person")
    person.wait(lambda: person.sees("This cannot be undone."))
    person.into("To erase for good, type: Quxolotl Vandermeer")
    person.type("Quxolotl Vandermeer")
    person.press("Return")
    person.wait(lambda: person.sees("Erased for good."))
    assert holding(data_dir, "quxolotl") == []
    assert person.held.coaching.talk(talk.id).answers[0].text == "a colleague saw two bags."
    person.session.go.back()
    person.close()
    assert holding(data_dir, "quxolotl") == []


def test_today_says_whose_record_was_kept_long_enough(person: Person, clock: Clock) -> None:
    person.start()
    person.held.coaching.first_talk("Hannah")
    person.restart()
    assert not person.sees("until which this record is kept")
    clock.move(days=725)
    person.restart()
    person.wait(lambda: person.sees("Hannah: the day until which this record is kept is near."))
    person.click("Look")
    assert person.sees("kept until 24 Nov")


def test_a_stop_is_taken_off_the_walk_and_put_back(person: Person) -> None:
    person.start()
    walks = person.held.walks
    walk = walks.plan("Why do bags wait?", stops=walks.stops_from("desk\nward"))
    walks.start(walk.id)
    person.session.go.to("walk", walk=walk.id)
    person.wait(lambda: person.session.window.current_key() == "walk")
    by_palette(person, "Take this stop off the walk")
    person.wait(lambda: person.sees("Taken off the walk: desk"))
    assert [one.place for one in person.held.walks.get(walk.id).stops] == ["ward"]
    person.click("Undo")
    assert [one.place for one in person.held.walks.get(walk.id).stops] == ["desk", "ward"]


def test_ctrl_z_on_every_page_that_is_written_on(person: Person) -> None:
    person.start()
    work = person.held
    walk = work.walks.write_up("Why do bags wait?", work.recorder.today())
    (seen,) = work.walks.add_lines(walk.id, SAW)
    talk = work.coaching.first_talk("Hannah")
    board = work.coaching.board_of(talk.learner_id)
    for number, words in enumerate(("First.", "Second.")):
        visit = f"v{number}"
        work.walks.write_line(seen.id, visit=visit, think=words)
        work.walks.debrief(walk.id, visit=visit, pattern=words)
        work.coaching.answer(talk.id, "noticing", words, visit=visit)
        work.coaching.write_board(board.id, visit=visit, challenge=words)
        work.recorder.settle()
    person.restart()
    for ref, now in (
        (Ref("observation", seen.id), lambda: person.held.walks.observation(seen.id).think),
        (Ref("walk", walk.id), lambda: person.held.walks.get(walk.id).debrief.pattern),
        (Ref("talk", talk.id), lambda: person.held.coaching.talk(talk.id).answers[0].text),
        (Ref("storyboard", board.id), lambda: person.held.coaching.board(board.id).challenge),
    ):
        assert now() == "Second."
        person.session.go.open(ref)
        person.page().setFocus()
        person.session.window.setFocus()
        person.session.window.undo_asked.emit()
        assert now() == "First.", ref
        assert person.sees("Undone")
        assert person.sees("First.")
