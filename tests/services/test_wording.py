"""Questions about wording: set aside with a reason, kept, and asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gemba.domain.errors import BadInput
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
