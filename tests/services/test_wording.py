"""Questions about wording: set aside with a reason, kept, and asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gemba.domain.errors import BadInput
from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasures import Option
from gemba.domain.sheet import Sheet
from gemba.domain.wording import Remark
from gemba.services.samples import load_sample, sample_names
from gemba.services.workspace import Workspace


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria Keller")
    text = "Orders are often late.\nMaria should know better."
    return workspace.sheets.set_box(begun.id, replace(begun.box("current"), text=text))


def asked(workspace: Workspace, sheet: Sheet) -> list[Remark]:
    now = workspace.sheets.get(sheet.id)
    remarks = workspace.wording.reader().remarks(now, workspace.sheets.definition(now))
    return list(workspace.wording.standing(now, remarks))


def test_a_reason_sets_a_question_aside_and_is_kept(workspace: Workspace, sheet: Sheet) -> None:
    first, second = asked(workspace, sheet)
    workspace.wording.dismiss(sheet.id, first, "  Counted from May on; see the chart. ")
    assert asked(workspace, sheet) == [second]
    (kept,) = workspace.sheets.get(sheet.id).dismissed
    assert (kept.check, kept.box, kept.sentence) == (
        "no_measure", "current", "Orders are often late."
    )  # fmt: skip
    assert kept.reason == "Counted from May on; see the chart."
    assert kept.on == workspace.recorder.today()
    fields = [entry.change.field for entry in workspace.sheets.story(sheet.id)]
    assert any(field.startswith("dismissed") for field in fields)


def test_without_a_reason_the_question_stays(workspace: Workspace, sheet: Sheet) -> None:
    first, second = asked(workspace, sheet)
    with pytest.raises(BadInput, match=r"wording\.no_reason"):
        workspace.wording.dismiss(sheet.id, first, " \n")
    assert asked(workspace, sheet) == [first, second]


def test_a_changed_sentence_is_a_new_one_and_a_moved_one_is_not(
    workspace: Workspace, sheet: Sheet
) -> None:
    first, second = asked(workspace, sheet)
    workspace.wording.dismiss(sheet.id, first, "Counted.")
    box = workspace.sheets.get(sheet.id).box("current")
    moved = "It began in May 2026.\nOrders are  often late."
    workspace.sheets.set_box(sheet.id, replace(box, text=moved))
    assert asked(workspace, sheet) == []
    workspace.sheets.set_box(sheet.id, replace(box, text="Orders are very often late."))
    (again,) = asked(workspace, sheet)
    assert again.check == first.check
    assert again.key not in (first.key, second.key)


def test_it_can_be_asked_again(workspace: Workspace, sheet: Sheet) -> None:
    first, second = asked(workspace, sheet)
    workspace.wording.dismiss(sheet.id, first, "Counted.")
    workspace.wording.dismiss(sheet.id, first, "Counted twice.")
    (kept,) = workspace.sheets.get(sheet.id).dismissed
    assert kept.reason == "Counted twice."
    workspace.wording.ask_again(sheet.id, kept)
    assert asked(workspace, sheet) == [first, second]


def test_people_of_the_folder_are_known_by_name(workspace: Workspace, sheet: Sheet) -> None:
    reader = workspace.wording.reader()
    assert reader.ask("last_cause", "Maria was away") is not None
    assert reader.ask("last_cause", "The key was away") is None


@pytest.mark.parametrize("name", sample_names())
def test_a_bundled_sample_is_hardly_asked_anything(workspace: Workspace, name: str) -> None:
    load_sample(name, workspace.store)
    for one in workspace.sheets.all():
        assert len(asked(workspace, one)) <= 1, one.title


def early(workspace: Workspace, sheet: Sheet) -> list[tuple[str, str]]:
    """Return what is asked about results, with the days of those that came too early."""
    now = workspace.sheets.get(sheet.id)
    kind, reader = workspace.sheets.definition(now), workspace.wording.reader()
    days = workspace.wording.early_results(now, kind, reader)
    told = {box: day.isoformat() for box, day in days.items()}
    steps = reader.steps(now, kind, told)
    return [
        (one.box, one.question) for step in steps for one in step if one.check == "result_first"
    ]


def write(workspace: Workspace, sheet: Sheet, box: str, text: str) -> None:
    workspace.sheets.write_box(sheet.id, box, text, visit=f"{box}{text}").result()


def test_a_result_that_stood_there_before_its_prediction_is_noticed(
    workspace: Workspace, sheet: Sheet
) -> None:
    write(workspace, sheet, "check", "12 of 120 pallets wait now.")
    ((box, question),) = early(workspace, sheet)
    assert (box, "no prediction" in question) == ("check", True)
    write(workspace, sheet, "countermeasures", "A bell at the gate. We predict 10 of 120.")
    ((box, question),) = early(workspace, sheet)
    assert (box, "stood here on 2026-11-22, before anything" in question) == ("check", True)
    # Written on, it is the same result; a new one comes after what was predicted.
    write(workspace, sheet, "check", "12 of 120 pallets wait now. People find it easy.")
    assert len(early(workspace, sheet)) == 1
    write(workspace, sheet, "check", "To be counted.")
    assert early(workspace, sheet) == []
    write(workspace, sheet, "check", "11 of 120 pallets wait.")
    assert early(workspace, sheet) == []


def test_a_result_after_its_prediction_or_come_with_it_is_left_alone(
    workspace: Workspace, sheet: Sheet
) -> None:
    write(workspace, sheet, "goal", "From 31 to 10 of 120 by March.")
    write(workspace, sheet, "check", "12 of 120 pallets wait now.")
    write(workspace, sheet, "goal", "From 31 to 9 of 120 by March.")
    assert early(workspace, sheet) == []
    # Of a copy nobody knows what stood there first.
    copy = workspace.gallery.duplicate(sheet.id)
    assert early(workspace, copy) == []


def test_a_prediction_in_a_figure_that_came_later_is_noticed_as_well(
    workspace: Workspace, sheet: Sheet
) -> None:
    write(workspace, sheet, "check", "12 of 120 pallets wait now.")
    options = (Option(id="o", what="A bell", effect="10 of 120"),)
    workspace.sheets.put_figure(
        sheet.id, "countermeasures", Countermeasures(id="c", options=options)
    )
    ((_box, question),) = early(workspace, sheet)
    assert "before anything was predicted" in question
