"""Deleting, undoing after a restart, two texts, and erasing: at the window, by clicks and keys."""

from __future__ import annotations

from pathlib import Path

from gemba.domain.changes import Ref
from gemba.services.visit import Desk, Visit
from gemba.ui.widgets.text import TextField
from tests.journeys.conftest import Clock, Person

SAW = "Bag for bay 3 waits on the desk"
NOTE = "What has happened since"
WHO = "Who carries bags after ten"


def holding(folder: Path, word: str) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if word.lower().encode() in path.read_bytes().lower()]


def promise(person: Person, words: str) -> Ref:
    made = person.beforehand.promises.make(words, to="Hannah")
    person.beforehand.recorder.settle()
    return Ref("promise", made.id)


def test_a_walk_goes_and_comes_back_whole(person: Person) -> None:
    person.start()
    work = person.beforehand
    walk = work.walks.write_up("Why do bags wait?", work.recorder.today())
    work.walks.add_lines(walk.id, f"{SAW}\nThe porter has no list")
    person.click("Walks")
    person.click_row("Why do bags wait?")
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
    person.by_palette("Bin: what")
    person.wait(lambda: person.sees("with 2 observations"))
    person.click("Bring back: Why do bags wait?")
    person.wait(lambda: person.sees("The bin is empty."))
    person.click("Walks")
    person.click_row("Why do bags wait?")
    assert person.sees(SAW)


def test_the_way_back_never_leads_to_what_was_deleted(person: Person) -> None:
    person.start()
    ref = promise(person, WHO)
    for _ in range(2):
        person.by_palette(WHO)
        person.wait(lambda: person.session.window.current_key() == "promise")
        person.click("Walks")
    person.by_palette(WHO)
    person.wait(lambda: person.session.window.current_key() == "promise")
    person.click("More")
    person.choose("Delete")
    person.wait(lambda: person.session.window.current_key() == "walks")
    steps = 0
    while person.session.window.can_go_back():
        person.press("Alt+Left")
        steps += 1
        assert person.session.window.current_key() != "promise"
    assert steps
    assert person.held.bin.heaps()[0].head.ref == ref


def test_each_kind_of_page_lets_its_record_go(person: Person) -> None:
    person.start()
    work = person.beforehand
    talk = work.coaching.first_talk("Hannah")
    work.coaching.answer(talk.id, "noticing", "They wait.", visit="1")
    work.coaching.start_cycle(talk.learner_id)
    work.sheets.begin("Bags are late", owner="Hannah")
    work.walks.capture(SAW)
    work.recorder.settle()
    person.by_palette("They wait")
    person.wait(lambda: person.session.window.current_key() == "talk")
    person.click("More")
    person.choose("Delete")
    person.by_palette("Bags are late")
    person.wait(lambda: person.session.window.current_key() == "sheet")
    person.click("More about this sheet")
    person.click("Delete this sheet")
    person.by_palette(SAW)
    person.wait(lambda: person.session.window.current_key() == "observation")
    person.click("Remove")
    person.click("Coaching")
    person.click_row("Hannah")
    person.wait(lambda: person.session.window.current_key() == "learner")
    person.act_on_row("Cycle", "Delete")
    heads = {heap.head.ref.kind for heap in person.held.bin.heaps()}
    assert heads == {"talk", "sheet", "observation"}
    assert person.held.coaching.talks(talk.learner_id) == []


def test_ctrl_z_takes_the_last_change_back_after_a_restart(person: Person) -> None:
    person.start()
    ref = promise(person, WHO)
    person.by_palette(WHO)
    person.fill(NOTE, "Asked the porter.")
    person.wait_saved()
    person.click("Today")
    person.by_palette(WHO)
    person.fill(NOTE, "Nobody knows.")
    person.wait_saved()
    person.restart()
    person.by_palette(WHO)
    person.into(NOTE)
    # A field that has the focus owns the keys: it has nothing to take back here.
    person.press("Ctrl+Z")
    assert person.held.promises.get(ref.id).note == "Nobody knows."
    person.tab_to("Go and see it", "Shift+Tab")
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
    ref = promise(person, WHO)
    person.by_palette(WHO)
    person.into(NOTE)
    person.tab_to("Go and see it", "Shift+Tab")
    person.press("Ctrl+Z")
    assert person.sees("There is nothing more to undo here.")
    person.click("Today")
    person.press("Ctrl+Z")
    assert person.held.promises.get(ref.id).text == WHO


def test_two_texts_wait_until_one_is_chosen_across_a_restart(person: Person) -> None:
    person.start()
    ref = promise(person, WHO)
    work, desk = person.elsewhere, Desk()
    desk.shows(work.promises.get(ref.id))
    person.by_palette(WHO)
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
    ref = promise(person, WHO)
    person.by_palette(WHO)
    person.into("Who works on it?")
    # Elsewhere the note is written; here somebody is at another line of the same page.
    work = person.elsewhere
    work.promises.write(ref.id, visit="elsewhere", note="From elsewhere.")
    work.recorder.settle()
    person.type("Samir")
    person.wait_saved()
    person.click("Today")
    now = person.held.promises.get(ref.id)
    assert (now.resolver, now.note) == ("Samir", "From elsewhere.")


def test_a_person_is_erased_from_every_byte(person: Person, data_dir: Path, clock: Clock) -> None:
    person.start()
    work = person.beforehand
    talk = work.coaching.first_talk("Quxolotl Vandermeer")
    work.coaching.answer(talk.id, "noticing", "Quxolotl saw two bags.", visit="1")
    work.recorder.settle()
    person.click("Coaching")
    person.click_row("Quxolotl Vandermeer")
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
    person.press("Alt+Left")
    person.close()
    assert holding(data_dir, "quxolotl") == []


def test_today_says_whose_record_was_kept_long_enough(person: Person, clock: Clock) -> None:
    person.start()
    person.beforehand.coaching.first_talk("Hannah")
    person.restart()
    assert not person.sees("until which this record is kept")
    clock.move(days=725)
    person.restart()
    person.wait(lambda: person.sees("Hannah: the day until which this record is kept is near."))
    person.click("Look")
    assert person.sees("kept until 24 Nov")


def test_a_stop_is_taken_off_the_walk_and_put_back(person: Person) -> None:
    person.start()
    walks = person.beforehand.walks
    walk = walks.plan("Why do bags wait?", stops=walks.stops_from("desk\nward"))
    walks.start(walk.id)
    person.click("Walks")
    person.click_row("Why do bags wait?")
    person.wait(lambda: person.session.window.current_key() == "walk")
    person.by_palette("Take this stop off the walk")
    person.wait(lambda: person.sees("Taken off the walk: desk"))
    assert [one.place for one in person.held.walks.get(walk.id).stops] == ["ward"]
    person.click("Undo")
    assert [one.place for one in person.held.walks.get(walk.id).stops] == ["desk", "ward"]


def test_ctrl_z_on_every_page_that_is_written_on(person: Person) -> None:
    person.start()
    work = person.beforehand
    walk = work.walks.write_up("Why do bags wait?", work.recorder.today())
    (seen,) = work.walks.add_lines(walk.id, SAW)
    talk = work.coaching.first_talk("Hannah")
    board = work.coaching.board_of(talk.learner_id)
    for number, words in enumerate(("First one.", "Second one.")):
        visit = f"v{number}"
        work.walks.write_line(seen.id, visit=visit, think=words)
        work.walks.debrief(walk.id, visit=visit, pattern=words)
        work.coaching.answer(talk.id, "noticing", words, visit=visit)
        work.coaching.write_board(board.id, visit=visit, challenge=words)
        work.recorder.settle()
    person.restart()
    walks, coaching = (lambda: person.held.walks), (lambda: person.held.coaching)
    for typed, sought, page, now in (
        (SAW, "", "observation", lambda: walks().observation(seen.id).think),
        ("Why do bags", "", "debrief", lambda: walks().get(walk.id).debrief.pattern),
        ("second", "What are you", "talk", lambda: coaching().talk(talk.id).answers[0].text),
        ("", "Hannah", "learner", lambda: coaching().board(board.id).challenge),
    ):
        assert now() == "Second one."
        if typed:
            person.by_palette(typed, sought)
        else:
            person.click("Coaching")
            person.click_row(sought)
        person.wait(lambda page=page: person.session.window.current_key() == page)
        person.tab_to("More", "Shift+Tab")
        person.press("Ctrl+Z")
        assert now() == "First one.", page
        assert person.sees("Undone")
        assert person.sees("First one.")
