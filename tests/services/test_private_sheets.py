"""A private sheet leaves Gemba only when it was asked for."""

from __future__ import annotations

import io
import json
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader

from gemba.domain.changes import Ref
from gemba.domain.errors import Refused
from gemba.domain.link import ACTS_ON
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace

SECRET = "I interrupt people before they have finished"


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin(SECRET, owner="Maria", definition="personal")
    workspace.sheets.ask(begun.id, "why", f"When was it that {SECRET}?")
    return begun


def data(workspace: Workspace, *, private: bool) -> str:
    return workspace.exports.data(private=private).decode()


def test_a_private_sheet_is_drawn_for_paper_only_when_asked(
    workspace: Workspace, sheet: Sheet
) -> None:
    with pytest.raises(Refused) as told:
        workspace.exports.sheet(sheet.id)
    assert told.value.key == "sheet.private"
    pdf = workspace.exports.sheet(sheet.id, private=True).pdf
    assert SECRET in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_all_records_leave_out_a_private_sheet_and_what_hangs_on_it(
    workspace: Workspace, sheet: Sheet
) -> None:
    other = workspace.sheets.begin("Late discharges", owner="Maria")
    talk = workspace.coaching.coach_sheet(sheet.id)
    workspace.coaching.ask_at(talk.id, "why", SECRET)
    workspace.thread.tie(ACTS_ON, Ref("sheet", sheet.id), Ref("sheet", other.id))
    open_data = data(workspace, private=False)
    assert SECRET not in open_data
    assert str(sheet.id) not in open_data
    records = json.loads(open_data)["records"]
    assert [one["title"] for one in records["sheet"]] == ["Late discharges"]
    assert records["talk"] == []
    assert str(sheet.id) in data(workspace, private=True)


def test_a_learners_record_leaves_out_a_private_sheet(workspace: Workspace, sheet: Sheet) -> None:
    assert isinstance(sheet.owner_id, UUID)
    talk = workspace.coaching.coach_sheet(sheet.id)
    workspace.coaching.ask_at(talk.id, "why", "What happens just before?")
    open_record, whole = (
        "".join(
            page.extract_text()
            for page in PdfReader(
                io.BytesIO(workspace.exports.record(sheet.owner_id, private=private))
            ).pages
        )
        for private in (False, True)
    )
    assert SECRET not in open_record
    assert "What happens just before?" not in open_record
    assert SECRET in whole


def test_a_sheet_whose_type_is_gone_counts_as_private(workspace: Workspace) -> None:
    begun = workspace.sheets.begin("Late discharges")
    assert not workspace.sheets.private(begun)
    workspace.sheets.write(begun.id, visit="", definition="gone")
    workspace.recorder.settle()
    assert workspace.sheets.private(workspace.sheets.get(begun.id))


def test_the_file_of_everything_keeps_private_sheets_back(
    workspace: Workspace, sheet: Sheet, tmp_path: Path
) -> None:
    assert SECRET not in workspace.exports.data_to(tmp_path / "all").read_text(encoding="utf-8")
    whole = workspace.exports.data_to(tmp_path / "whole", private=True)
    assert SECRET in whole.read_text(encoding="utf-8")
