"""Sheet types of one's own: kept as files, told where broken, never in the way of a sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from gemba.app.folders import load_catalog
from gemba.definitions.catalog import Catalog
from gemba.definitions.read import read_sheet
from gemba.domain.errors import BadInput, GembaError, ReadOnly
from gemba.domain.sheet import Box, Sheet
from gemba.resources import resource_path
from gemba.services.sheet_types import MOST_LETTERS, SheetTypes
from gemba.services.workspace import Workspace
from gemba.words import Words


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon.", definition="proposal")
    return workspace.sheets.set_box(begun.id, Box(id="theme", text="Words of this sheet alone"))


def test_a_type_of_ones_own_is_a_file_and_is_offered_at_once_and_after_a_restart(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    file = workspace.sheet_types.save_as(sheet, "  Ward round  A3 ", "The round runs late.")
    assert file == data_dir / "definitions" / "sheets" / "own_ward_round_a3.toml"
    assert "Words of this sheet alone" not in file.read_text(encoding="utf-8")
    made = read_sheet(file)
    assert (made.label, made.description) == ("Ward round A3", "The round runs late.")
    assert made.boxes == workspace.sheets.definition(sheet).boxes
    for catalog in (workspace.catalog, load_catalog(data_dir)):
        assert made in catalog.sheets()
        assert catalog.problems == []
    begun = workspace.sheets.begin("Another problem", definition=made.id)
    assert len(PdfReader(io.BytesIO(workspace.exports.sheet(begun.id).pdf)).pages) == 1


def test_a_type_made_from_a_private_one_stays_private(workspace: Workspace) -> None:
    mine = workspace.sheets.begin("I interrupt people", definition="personal")
    assert read_sheet(workspace.sheet_types.save_as(mine, "My habits")).private


@pytest.mark.parametrize(
    "name", ["病棟の回診", "«Обход»", "C:\\..\\nul", "../../up", "a" * 60, "\x07"]
)
def test_any_name_gives_a_file_of_its_own_in_the_folder(
    workspace: Workspace, sheet: Sheet, data_dir: Path, name: str
) -> None:
    first = workspace.sheet_types.save_as(sheet, name)
    second = workspace.sheet_types.save_as(sheet, f"{name[:50]} 2")
    assert {one.parent for one in (first, second)} == {data_dir / "definitions" / "sheets"}
    assert first != second
    labels = [one.label for one in load_catalog(data_dir).sheets()]
    assert " ".join(name.split()) in labels


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", "sheet_type.no_name"),
        (" \n\t", "sheet_type.no_name"),
        ("a" * (MOST_LETTERS + 1), "sheet_type.long_name"),
        ("proposal a3", "sheet_type.same_name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(
    workspace: Workspace, sheet: Sheet, data_dir: Path, name: str, key: str
) -> None:
    with pytest.raises(BadInput) as told:
        workspace.sheet_types.save_as(sheet, name)
    assert told.value.key == key
    assert Words()(key, **told.value.values)
    assert not (data_dir / "definitions").exists()


def test_a_file_that_is_there_is_not_written_over(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    folder = data_dir / "definitions" / "sheets"
    folder.mkdir(parents=True)
    mine = folder / "own_ward.toml"
    mine.write_text("half = ", encoding="utf-8")
    with pytest.raises(GembaError) as told:
        workspace.sheet_types.save_as(sheet, "Ward")
    assert told.value.key == "sheet_type.same_file"
    assert mine.read_text(encoding="utf-8") == "half = "
    assert workspace.sheet_types.save_as(sheet, "Ward 6").exists()
    problem = load_catalog(data_dir).problems[0]
    said = Words()(problem.key, **problem.values)
    assert "own_ward.toml" in said
    assert "line 1" in said


def test_a_place_that_takes_no_file_is_told(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    (data_dir / "definitions").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(GembaError) as told:
        workspace.sheet_types.save_as(sheet, "Ward")
    assert told.value.key == "file.cannot_write"
    nowhere = SheetTypes(Catalog(resource_path()), workspace.sheets, lambda: True)
    with pytest.raises(GembaError) as told:
        nowhere.save_as(sheet, "Ward")
    assert told.value.key == "sheet_type.no_folder"
    only_read = SheetTypes(workspace.catalog, workspace.sheets, lambda: False)
    with pytest.raises(ReadOnly):
        only_read.save_as(sheet, "Ward")


def test_a_sheet_whose_type_is_gone_opens_with_every_box_and_asks_before_paper(
    workspace: Workspace, sheet: Sheet
) -> None:
    lost = replace(sheet, definition="own_ward", definition_version=3)
    made = workspace.sheets.definition(lost)
    assert (made.id, made.version, made.label) == ("own_ward", 3, "Own ward")
    assert [box.id for box in made.boxes] == [box.id for box in sheet.boxes]
    assert workspace.sheets.private(lost)
    drawn = workspace.exports.draw_sheet(lost)
    pages = PdfReader(io.BytesIO(drawn.pdf)).pages
    assert len(pages) == 1
    assert "Words of this sheet alone" in pages[0].extract_text()
