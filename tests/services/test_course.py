"""The course of a sheet: stages by the owner's sentence, closing, opening again, what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.sheet import Sheet
from gemba.services.today import read_today
from gemba.services.workspace import Workspace

TODAY = date(2026, 11, 22)


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Four in five leave after noon.", owner="Maria")


def test_a_stage_moves_by_a_sentence_on_and_back_and_every_sentence_stays(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.course.move(sheet.id, "cause", "  We have seen it on six mornings. ")
    moved = workspace.course.move(sheet.id, "grasp", "The count was wrong; we look again.")
    assert moved.stage == "grasp"
    assert [(one.stage, one.on, one.why) for one in moved.stage_steps] == [
        ("cause", TODAY, "We have seen it on six mornings."),
        ("grasp", TODAY, "The count was wrong; we look again."),
    ]
    back = workspace.course.take_back_move(sheet.id, sheet)
    assert (back.stage, back.stage_steps) == ("grasp", ())
    assert [one.ref.id for one in workspace.store.search("mornings")] == []


@pytest.mark.parametrize("why", ["", "  \n\t"])
def test_without_a_sentence_nothing_moves(workspace: Workspace, sheet: Sheet, why: str) -> None:
    with pytest.raises(BadInput, match="no_why"):
        workspace.course.move(sheet.id, "cause", why)
    assert workspace.sheets.get(sheet.id) == sheet


def test_the_same_stage_and_an_unknown_one_are_refused(workspace: Workspace, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="there_already"):
        workspace.course.move(sheet.id, "grasp", "Still here.")
    with pytest.raises(BadInput, match="bad_stage"):
        workspace.course.move(sheet.id, "done", "Over.")


def test_only_who_has_the_pen_states_a_stage_or_closes(workspace: Workspace, sheet: Sheet) -> None:
    workspace.recorder.set_who("Tomas")
    for work in (
        lambda: workspace.course.move(sheet.id, "cause", "I say so."),
        lambda: workspace.course.close(sheet.id),
        lambda: workspace.course.reopen(sheet.id),
    ):
        with pytest.raises(Refused) as error:
            work()
        assert error.value.values["owner"] == "Maria"
    workspace.recorder.set_who("maria")
    assert workspace.course.move(sheet.id, "cause", "6 mornings").stage == "cause"


def test_long_and_foreign_words_stay_whole_and_are_found(
    workspace: Workspace, sheet: Sheet
) -> None:
    long = "清单 " + "word " * 1_000 + "ending"
    workspace.course.move(sheet.id, "cause", long)
    workspace.course.close(sheet.id, standard=long, learned="الدرس", next_problem="次の課題")
    held = workspace.sheets.get(sheet.id)
    assert held.stage_steps[0].why == long
    for word in ("ending", "الدرس", "次の課題"):
        assert [one.ref.id for one in workspace.store.search(word)] == [sheet.id]


def test_closing_asks_for_nothing_and_its_looks_come_back_on_their_day(
    workspace: Workspace, sheet: Sheet
) -> None:
    days = workspace.course.look_days()
    assert days == (date(2026, 12, 22), date(2027, 1, 21), date(2027, 2, 20))
    before = workspace.sheets.add_check(sheet.id, "Is the list there at 9?", date(2026, 11, 30))
    after = workspace.course.close(
        sheet.id, standard="Names by 14:30", looks=[(f"Look {on}", on) for on in days]
    )
    assert after.closing is not None
    assert (after.closing.closed_on, after.closing.standard) == (TODAY, "Names by 14:30")
    assert [one.on for one in after.checks[1:]] == list(days)
    folder = workspace.store.folder
    seen = read_today(folder, days[0], workspace.store).checks
    assert "Look 2026-12-22" in [one.what for one in seen]
    stop = workspace.thread.go_and_see(
        Ref("sheet", sheet.id), after.checks[1].id, after.checks[1].what, ""
    )
    assert stop is not None
    # Taking it back leaves what was there before, and a look that was done meanwhile.
    workspace.sheets.change_check(sheet.id, replace(after.checks[2], done_on=TODAY))
    back = workspace.course.put_back(sheet.id, before, after)
    assert back.closing is None
    assert [one.id for one in back.checks] == [before.checks[0].id, after.checks[2].id]


def test_a_closed_sheet_opens_again_with_its_checks_and_can_be_closed_anew(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.course.close(sheet.id, looks=[("Look", date(2026, 12, 22))])
    opened = workspace.course.reopen(sheet.id)
    assert opened.closing is None
    assert len(opened.checks) == 1
    again = workspace.course.close(sheet.id, learned="It drifted.")
    assert again.closing is not None
    assert again.closing.learned == "It drifted."


def test_the_next_problem_begins_a_sheet_that_is_tied_to_this_one(
    workspace: Workspace, sheet: Sheet
) -> None:
    with pytest.raises(BadInput, match="no_next"):
        workspace.course.begin_next(sheet.id)
    workspace.course.close(sheet.id, next_problem=" ")
    with pytest.raises(BadInput, match="no_next"):
        workspace.course.begin_next(sheet.id)
    workspace.course.write_closing(sheet.id, visit="a", next_problem="Sundays are worse: 4 %.")
    made = workspace.course.begin_next(sheet.id)
    assert (made.title, made.owner_id) == ("Sundays are worse: 4 %.", sheet.owner_id)
    closed = workspace.sheets.get(sheet.id)
    assert workspace.course.next_sheet(closed) == made
    chips = workspace.thread.chips(Ref("sheet", made.id))
    assert [one.ref.id for one in chips] == [sheet.id]
    workspace.sheets.remove(made.id)
    assert workspace.course.next_sheet(closed) is None


def test_a_sheet_that_is_opened_again_keeps_its_next_sheet(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.course.close(sheet.id, next_problem="Sundays are worse: 4 %.")
    made = workspace.course.begin_next(sheet.id)
    opened = workspace.course.reopen(sheet.id)
    assert workspace.course.next_sheet(opened) == made
    again = workspace.course.close(sheet.id, next_problem="Sundays are worse: 4 %.")
    assert again.closing is not None
    assert again.closing.next_sheet == made.id
    assert workspace.course.next_sheet(again) == made
    # One that is thrown away is none, closed or open.
    workspace.sheets.remove(made.id)
    assert workspace.course.next_sheet(workspace.course.reopen(sheet.id)) is None
    assert workspace.course.next_sheet(workspace.course.close(sheet.id)) is None


def test_a_person_is_erased_from_stages_closing_reviews_and_who_was_asked(
    workspace: Workspace, sheet: Sheet
) -> None:
    person = workspace.people.person("Leonora Fischbein")
    workspace.course.move(sheet.id, "cause", "Leonora Fischbein showed us.")
    asked = workspace.consent.ask(sheet.id, "Leonora Fischbein").consulted[0]
    workspace.consent.write(sheet.id, asked.id, visit="a", concern="Leonora Fischbein fears it")
    workspace.consent.line(sheet.id, "Leonora Fischbein", "Chief")
    workspace.story.name(sheet.id, "For Leonora Fischbein")
    review = workspace.reviews.begin(sheet.id, "owner").reviews[0]
    workspace.reviews.write(sheet.id, review.id, visit="b", strongest="Leonora Fischbein asked")
    workspace.course.close(
        sheet.id, standard="Leonora Fischbein keeps it", learned="From Leonora Fischbein"
    )
    workspace.recorder.settle()
    mentions = workspace.store.search("Fischbein")
    assert sheet.id in [one.ref.id for one in mentions]
    workspace.erasing.erase_person(person.id, "N.")
    assert "Fischbein" not in repr(workspace.sheets.get(sheet.id))
    assert "Fischbein" not in repr(workspace.sheets.story(sheet.id))
