"""Shaping a sheet for good: one write, one step back, and nothing of it lost on paper or file."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from gemba.app.folders import load_catalog
from gemba.definitions.read import read_sheet
from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import FiveWhys, Pareto, RunChart
from gemba.domain.figures.five_whys import Why
from gemba.domain.link import ACTS_ON, Link
from gemba.domain.paper import PaperChoice
from gemba.domain.sheet import Box, MarginNote, Sheet
from gemba.domain.sheet_part import SheetPart
from gemba.domain.sheet_story import BoxFormat
from gemba.services.workspace import Workspace


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    made = workspace.sheets.begin("Half should leave before noon.")
    for box in workspace.sheets.definition(made).boxes:
        made = workspace.sheets.set_box(made.id, Box(id=box.id, text=f"Words of {box.id}"))
    return made


def text_of(workspace: Workspace, sheet: Sheet) -> str:
    reader = PdfReader(io.BytesIO(workspace.exports.sheet(sheet.id).pdf))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


def test_a_border_moved_stands_on_paper_and_after_a_restart(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.formats.move_border(sheet.id, "background", 51.4)
    again = workspace.sheets.get(sheet.id)
    drawn = workspace.exports.draw_sheet(again)
    assert drawn.layout.boxes["background"].frame.height == 51
    assert drawn.layout.boxes["current"].frame.height == 77
    workspace.formats.undo(sheet.id)
    assert workspace.sheets.get(sheet.id).format == ()
    workspace.formats.redo(sheet.id)
    assert workspace.sheets.get(sheet.id).format == again.format


def test_a_figure_goes_to_another_box_with_notes_and_ties_and_one_step_back(
    workspace: Workspace, sheet: Sheet
) -> None:
    tree = FiveWhys(id="t", whys=(Why(id="g", text="31 wait"),))
    for box, figure in (
        ("analysis", tree),
        ("analysis", RunChart(id="r")),
        ("goal", Pareto(id="t")),
    ):
        before = workspace.sheets.put_figure(sheet.id, box, figure)
    about = workspace.sheets.ask(sheet.id, "analysis", "Who saw it?", figure="t")
    box = workspace.sheets.ask(sheet.id, "analysis", "And the rest?")
    own = Ref("sheet", sheet.id)
    tie = workspace.thread.tie(ACTS_ON, own, own, from_part="plan", to_part="analysis/t/g")
    moved, name = workspace.formats.move_figure(
        sheet.id, SheetPart("analysis", "t"), "goal", side="beside", index=0
    )
    assert name == "t_2"
    there = moved.box("goal").figures
    assert [(one.id, one.place.side) for one in there] == [("t_2", "beside"), ("t", "beside")]
    assert there[0] == replace(tree, id="t_2", place=replace(tree.place, side="beside"))
    assert [one.id for one in moved.box("analysis").figures] == ["r"]

    def stand() -> list[tuple[str, str]]:
        notes = {one.id: (one.box, one.figure) for one in workspace.sheets.margin(sheet.id)}
        return [notes[about.id], notes[box.id]]

    def tied() -> str:
        return workspace.recorder.get(Link, tie.id).to_part

    assert (stand(), tied()) == ([("goal", "t_2"), ("analysis", "")], "goal/t_2/g")
    workspace.formats.undo(sheet.id)
    assert workspace.sheets.get(sheet.id).boxes == before.boxes
    assert (stand(), tied()) == ([("analysis", "t"), ("analysis", "")], "analysis/t/g")
    workspace.formats.redo(sheet.id)
    assert workspace.sheets.get(sheet.id).boxes == moved.boxes
    assert (stand(), tied()) == ([("goal", "t_2"), ("analysis", "")], "goal/t_2/g")
    for part, to in (("analysis/gone", "goal"), ("goal/t", "nowhere")):
        with pytest.raises(Refused):
            workspace.formats.move_figure(sheet.id, SheetPart.read(part), to)


def test_a_merge_takes_notes_and_ties_along_and_one_step_back_brings_them_back(
    workspace: Workspace, sheet: Sheet
) -> None:
    note = workspace.sheets.ask(sheet.id, "goal", "By how much?")
    own = Ref("sheet", sheet.id)
    tie = workspace.thread.tie(ACTS_ON, own, own, from_part="plan", to_part="goal/f1/c1")
    made = workspace.formats.merge(sheet.id, "current")
    assert made.box("current").text == "Words of current\nWords of goal"
    assert "goal" not in [box.id for box in workspace.sheets.definition(made).boxes]
    assert workspace.recorder.get(MarginNote, note.id).box == "current"
    assert workspace.recorder.get(Link, tie.id).to_part == "current/f1/c1"
    assert workspace.sheets.margin(sheet.id, "current")
    workspace.formats.undo(sheet.id)
    back = workspace.sheets.get(sheet.id)
    assert back.boxes == sheet.boxes
    assert workspace.recorder.get(MarginNote, note.id).box == "goal"
    assert workspace.recorder.get(Link, tie.id).to_part == "goal/f1/c1"
    workspace.formats.redo(sheet.id)
    assert workspace.recorder.get(MarginNote, note.id).box == "current"


def test_what_was_answered_meanwhile_is_not_taken_back(workspace: Workspace, sheet: Sheet) -> None:
    note = workspace.sheets.ask(sheet.id, "goal", "By how much?")
    workspace.formats.merge(sheet.id, "current")
    workspace.sheets.answer(note.id, "By half", visit="v")
    workspace.formats.undo(sheet.id)
    kept = workspace.recorder.get(MarginNote, note.id)
    assert (kept.box, kept.answer) == ("goal", "By half")


def test_a_changed_type_keeps_a_page_finds_its_tray_and_leads_back(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.formats.rename(sheet.id, "analysis", "Why it is so")
    before = workspace.sheets.get(sheet.id)
    proposal = workspace.catalog.sheet("proposal")
    told = workspace.formats.told(before, proposal)
    assert told.aside == ("Goal", "Why it is so", "Check")
    made = workspace.formats.change_type(sheet.id, proposal)
    assert [piece.label for piece in workspace.formats.tray(made)] == list(told.aside)
    said = text_of(workspace, made)
    assert "Words of background" in said
    assert "Words of analysis" not in said
    (hit,) = workspace.history.search("analysis")
    assert (hit.ref.id, hit.part) == (sheet.id, "tray")
    back = workspace.formats.change_type(sheet.id, workspace.catalog.sheet("ps7"))
    assert (back.format, back.tray) == (before.format, ())
    assert {box.id: box for box in back.boxes} == {box.id: box for box in before.boxes}
    workspace.formats.undo(sheet.id)
    workspace.formats.undo(sheet.id)
    assert replace(workspace.sheets.get(sheet.id), revision=0) == replace(before, revision=0)


def test_a_piece_is_put_into_a_box_once(workspace: Workspace, sheet: Sheet) -> None:
    made = workspace.formats.change_type(sheet.id, workspace.catalog.sheet("proposal"))
    piece = workspace.formats.tray(made)[0]
    put = workspace.formats.put_piece(sheet.id, piece, "concept")
    assert put.box("concept").text == "Words of goal"
    with pytest.raises(Refused):
        workspace.formats.put_piece(sheet.id, piece, "concept")
    with pytest.raises(Refused):
        workspace.formats.put_piece(sheet.id, put.tray[0], "nowhere")
    assert len(workspace.formats.tray(workspace.sheets.get(sheet.id))) == 2


def test_a_private_sheet_is_shown_only_when_its_owner_says_so(workspace: Workspace) -> None:
    mine = workspace.sheets.begin("I interrupt people", definition="personal")
    to = workspace.catalog.sheet("ps7")
    assert workspace.formats.shows(mine, to)
    with pytest.raises(Refused):
        workspace.formats.change_type(mine.id, to)
    assert workspace.sheets.get(mine.id).definition == "personal"
    assert workspace.formats.change_type(mine.id, to, show=True).definition == "ps7"


def test_a_talk_of_before_shows_the_boxes_of_before(workspace: Workspace, sheet: Sheet) -> None:
    then = workspace.sheets.get(sheet.id)
    workspace.formats.merge(sheet.id, "current")
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("status"))
    old = workspace.sheets.at_revision(sheet.id, then.revision)
    labels = [box.label for box in workspace.sheets.definition(old).boxes]
    assert labels[:3] == ["Background", "Current condition", "Goal"]
    assert workspace.exports.draw_sheet(old).layout.boxes["goal"].lines


def test_a_first_draft_is_seen_in_the_boxes_it_was_written_in(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.keep_first_draft(sheet.id)
    now = workspace.formats.change_type(sheet.id, workspace.catalog.sheet("status"))
    draft = workspace.sheets.as_first_drafted(now)
    drawn = workspace.exports.draw_sheet(draft)
    assert drawn.layout.boxes["analysis"].lines
    # One that came from elsewhere brought no journal: plain boxes stand in.
    arrived = replace(now, id=workspace.recorder.new_id(), revision=0)
    workspace.recorder.add(arrived)
    stranger = workspace.sheets.as_first_drafted(arrived)
    assert workspace.exports.draw_sheet(stranger).layout.boxes["analysis"].lines


def test_a_type_of_ones_own_carries_the_heights_and_names_of_the_sheet(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    workspace.formats.move_border(sheet.id, "background", 50)
    workspace.formats.rename(sheet.id, "goal", "What we aim at")
    workspace.formats.merge(sheet.id, "countermeasures")
    shaped, new = workspace.formats.split(sheet.id, "check")
    file = workspace.sheet_types.save_as(shaped, "Our A3")
    made = read_sheet(file)
    assert made.boxes == workspace.sheets.definition(shaped).boxes
    assert [made.box(one).height_mm for one in ("background", "current")] == [50, 78]
    assert made.box("goal").label == "What we aim at"
    assert new in [box.id for box in made.boxes]
    assert "Words of" not in file.read_text(encoding="utf-8")
    (data_dir / "definitions" / "sheets" / "broken.toml").write_text('id = "x"\nlabel = \n')
    catalog = load_catalog(data_dir)
    assert catalog.sheet(made.id) == made
    (problem,) = catalog.problems
    assert problem.values["file"] == "broken.toml"
    assert problem.values["line"] == "2"
    begun = workspace.sheets.begin("Another", definition=made.id)
    assert workspace.exports.sheet(begun.id).layout.boxes["background"].frame.height == 50
    moved = workspace.formats.change_type(begun.id, workspace.catalog.sheet("ps7"))
    assert moved.format == ()


def test_a_shaped_sheet_travels_with_its_boxes_and_its_tray(
    workspace: Workspace, sheet: Sheet, tmp_path: Path
) -> None:
    from gemba.services.exchange_in import bring_in
    from gemba.services.workspace import open_workspace
    from gemba.words import Words

    workspace.formats.merge(sheet.id, "current")
    workspace.formats.split(sheet.id, "check")
    workspace.formats.reset(sheet.id)
    workspace.formats.move_border(sheet.id, "plan", 50)
    made = workspace.formats.change_type(sheet.id, workspace.catalog.sheet("results"))
    made = workspace.formats.move_border(sheet.id, "plan", 80)
    file = workspace.exports.data_to(tmp_path / "all")
    other = open_workspace(tmp_path / "other", load_catalog(tmp_path / "other"), Words())
    try:
        bring_in(other.store, file)
        came = other.sheets.get(sheet.id)
        assert (came.format, came.tray, came.definition) == (
            made.format,
            made.tray,
            made.definition,
        )
        assert other.formats.tray(came)
    finally:
        other.close()


@pytest.mark.parametrize(
    ("height", "key"),
    [(0, "format.bad_height_of"), (-4, "format.bad_height_of"), (1e7, "format.bad_height_of")],
)
def test_boxes_from_elsewhere_that_nobody_can_mean_are_refused_by_name(
    workspace: Workspace, sheet: Sheet, tmp_path: Path, height: float, key: str
) -> None:
    from gemba.services.exchange_rules import read_records

    whole = json.loads(workspace.exports.data())
    (row,) = whole["records"]["sheet"]
    row["format"] = [{"id": "goal", "label": "", "column": "left", "height": height}]
    with pytest.raises(BadInput) as caught:
        read_records(json.dumps(whole).encode(), "data.json")
    assert caught.value.key == key


def test_boxes_from_elsewhere_that_do_not_fit_are_fitted_to_the_page(
    workspace: Workspace, sheet: Sheet
) -> None:
    strange = (
        BoxFormat(id="goal", label="Goal!", column="third", height=999),
        BoxFormat(id="unknown", label="", column="left", height=30),
    )
    arrived = workspace.recorder.change(Sheet, sheet.id, lambda s: replace(s, format=strange))
    said = text_of(workspace, arrived)
    assert "Goal!" in said
    labels = {piece.label for piece in workspace.formats.tray(arrived)}
    shown = {box.id for box in workspace.sheets.definition(arrived).boxes}
    assert {"goal", "unknown"} <= shown
    written = {box.id for box in sheet.boxes}
    assert len(labels) == len(written - shown)


def test_a_step_back_from_anywhere_brings_notes_back_too(
    workspace: Workspace, sheet: Sheet
) -> None:
    note = workspace.sheets.ask(sheet.id, "goal", "By how much?")
    workspace.formats.merge(sheet.id, "current")
    step = workspace.versions.undo(Ref("sheet", sheet.id))
    assert workspace.recorder.get(MarginNote, note.id).box == "goal"
    workspace.versions.redo(step)
    assert workspace.recorder.get(MarginNote, note.id).box == "current"


def test_a_long_name_stands_whole_on_paper_beside_what_is_too_much(
    workspace: Workspace, sheet: Sheet
) -> None:
    board = workspace.sheets.begin("A board", definition="storyboard")
    name = "Obstacles the team met from March to September"
    workspace.formats.rename(board.id, "obstacles", name)
    whole = text_of(workspace, workspace.sheets.get(board.id))
    assert name in whole
    text = "\n".join(f"Obstacle {number}" for number in range(90))
    made = workspace.sheets.set_box(board.id, Box(id="obstacles", text=text))
    said = text_of(workspace, made)
    assert name[:20] in said
    assert "too many" in said


def test_every_kind_of_file_has_the_boxes_of_the_sheet(workspace: Workspace, sheet: Sheet) -> None:
    from openpyxl import load_workbook
    from pptx import Presentation

    workspace.formats.rename(sheet.id, "goal", "What we aim at")
    workspace.formats.move_border(sheet.id, "background", 50)
    workspace.formats.merge(sheet.id, "countermeasures")
    made = workspace.sheets.get(sheet.id)
    files = workspace.exports.files
    for ending in ("md", "txt"):
        said = files.of(made, ending).data.decode()
        assert "What we aim at" in said
        assert "Words of countermeasures" in said
        assert "Words of plan" in said
    (slide,) = Presentation(io.BytesIO(files.of(made, "pptx").data)).slides
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any("Words of countermeasures" in one and "Words of plan" in one for one in frames)
    assert any("What we aim at" in one for one in frames)
    book = load_workbook(io.BytesIO(files.of(made, "xlsx").data))
    cells = [cell for one in book for row in one.iter_rows(values_only=True) for cell in row]
    assert "What we aim at" in cells


def test_a_shaped_sheet_whose_type_is_gone_shows_all_it_holds(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    from gemba.services.workspace import open_workspace
    from gemba.words import Words

    file = workspace.sheet_types.save_as(sheet, "Our A3")
    mine = workspace.sheets.begin("Another", definition="own_our_a3")
    for box in workspace.sheets.definition(mine).boxes:
        workspace.sheets.set_box(mine.id, Box(id=box.id, text=f"Words of {box.id}"))
    workspace.formats.rename(mine.id, "goal", "What we aim at")
    workspace.formats.merge(mine.id, "plan")
    workspace.formats.move_border(mine.id, "background", 60)
    workspace.close()
    file.unlink()
    again = open_workspace(data_dir, load_catalog(data_dir), Words())
    try:
        held = again.sheets.get(mine.id)
        kind = again.sheets.definition(held)
        assert kind.box("goal").label == "What we aim at"
        text = PdfReader(io.BytesIO(again.exports.draw_sheet(held).pdf)).pages[0].extract_text()
        for box in ("background", "goal", "plan", "check", "followup"):
            assert f"Words of {box}" in text
        assert not again.formats.tray(held)
        back = again.formats.change_type(held.id, again.catalog.sheet("ps7"), show=True)
        assert back.box("goal").text == "Words of goal"
    finally:
        again.close()


def test_a_comment_at_what_lies_in_the_tray_still_prints(
    workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.ask(sheet.id, "analysis", "How do you know?")
    made = workspace.formats.change_type(sheet.id, workspace.catalog.sheet("proposal"))
    chosen = PaperChoice(comments=True)
    data = workspace.exports.files.of(made, "pdf", chosen).data
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "How do you know?" in text
    put = workspace.formats.put_piece(made.id, workspace.formats.tray(made)[1], "concept")
    (note,) = workspace.sheets.margin(put.id, "concept")
    assert note.text == "How do you know?"


def test_a_newer_version_of_ones_own_type_keeps_the_boxes(
    workspace: Workspace, sheet: Sheet, data_dir: Path
) -> None:
    file = workspace.sheet_types.save_as(sheet, "Our A3")
    mine = workspace.sheets.begin("Another", definition="own_our_a3")
    shaped, new = workspace.formats.split(mine.id, "analysis")
    workspace.sheets.set_box(mine.id, Box(id=new, text="Below"))
    newer = file.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    newer = newer.replace('label = "Goal"', 'label = "Target"')
    file.with_name("own_our_a3_2.toml").write_text(newer, encoding="utf-8")
    to = load_catalog(data_dir).sheet("own_our_a3")
    assert to.version == 2
    made = workspace.formats.change_type(mine.id, to)
    assert (made.definition_version, made.tray) == (2, ())
    assert made.format == shaped.format
    assert made.box(new).text == "Below"
