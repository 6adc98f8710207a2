"""A sheet as a slide, read back by python-pptx and by LibreOffice where it is there."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from gemba.domain.figures import (
    Countermeasures,
    FiveWhys,
    Pair,
    Pareto,
    PhotoFigure,
    Plan,
    RunChart,
    Sketch,
    TableFigure,
)
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.run_chart import ChangeMark, Reading, phases
from gemba.domain.figures.sketch import Stroke
from gemba.domain.figures.sketch import Words as SketchWords
from gemba.domain.figures.words import described
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_story import SignOff
from gemba.reports.sheet import SheetFacts
from gemba.reports.slide import draw_slide
from gemba.words import Words
from tests.data.paper import size_mm, text_of
from tests.data.trial_sheet import TODAY, definition, trial_sheet

words = Words()
FACTS = SheetFacts(owner="Maria Okafor", coach="Tomas Reyes", area="Ward 6")
MM = 36_000
SOFFICE = shutil.which("soffice")


def slide_of(sheet: Sheet, photo: bytes | None = None) -> bytes:
    return draw_slide(
        sheet, definition(), facts=FACTS, photo=lambda _: photo, words=words, today=TODAY
    )


def opened(data: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(data))


def shapes(data: bytes) -> Iterator[Any]:
    """Every shape of the slide, those of groups too."""

    def each(found: Any) -> Iterator[Any]:
        for one in found:
            yield one
            if one.shape_type == MSO_SHAPE_TYPE.GROUP:
                yield from each(one.shapes)

    yield from each(opened(data).slides[0].shapes)


def texts(data: bytes) -> list[str]:
    found = []
    for one in shapes(data):
        if one.has_text_frame:
            found.append(one.text_frame.text)
        elif getattr(one, "has_table", False):
            found += [cell.text for row in one.table.rows for cell in row.cells]
    return found


def with_box(text: str = "", *figures: Any) -> Sheet:
    return trial_sheet().with_box(Box(id="background", text=text, figures=figures))


def only(*figures: Any, text: str = "") -> Sheet:
    """A sheet with nothing but these figures in one box."""
    sheet = trial_sheet()
    empty = tuple(Box(id=one.id) for one in sheet.boxes)
    return replace(sheet, boxes=empty).with_box(Box(id="current", text=text, figures=figures))


def test_a_slide_has_the_size_of_the_sheet_and_tells_whose_it_is() -> None:
    deck = opened(slide_of(trial_sheet()))
    assert (deck.slide_width, deck.slide_height) == (420 * MM, 297 * MM)
    assert len(deck.slides) == 1
    told = deck.core_properties
    assert (told.title, told.author) == (trial_sheet().title, "Maria Okafor")
    title = deck.slides[0].shapes.title
    assert " ".join(title.text_frame.text.split()) == trial_sheet().title


def test_every_box_is_one_text_box_with_its_title_and_all_its_text() -> None:
    sheet = trial_sheet()
    data = slide_of(sheet)
    for box in definition().boxes:
        (shape,) = [
            one
            for one in shapes(data)
            if one.shape_type == MSO_SHAPE_TYPE.TEXT_BOX and one.name.startswith(f"{box.label} ")
        ]
        lines = shape.text_frame.text.split("\n")
        assert lines[0] == box.label
        wanted = "".join(sheet.box(box.id).text.replace("*", "").replace("- ", "").split())
        assert "".join("".join(lines[1:]).replace("- ", "").split()) == wanted


def test_bold_italic_and_bullets_stay_what_they_are() -> None:
    data = slide_of(with_box("plain **bold** *italic*\n- a point"))
    (shape,) = [one for one in shapes(data) if one.name.startswith("Background ")]
    _title, line, point = shape.text_frame.paragraphs
    assert [(run.text, run.font.bold, run.font.italic) for run in line.runs] == [
        ("plain ", None, None),
        ("bold", True, None),
        (" ", None, None),
        ("italic", None, True),
    ]
    assert point._p.pPr.find(f"{{{point._p.nsmap['a']}}}buChar") is not None


def test_a_run_chart_is_a_chart_with_its_readings_median_and_goal() -> None:
    sheet = trial_sheet()
    data = slide_of(sheet)
    charts = [one.chart for one in shapes(data) if getattr(one, "has_chart", False)]
    figures = [one for box in sheet.boxes for one in box.figures if isinstance(one, RunChart)]
    assert len(charts) == len(figures) > 0
    for chart, figure in zip(charts, figures, strict=True):
        first, *others = chart.plots[0].series
        assert list(first.values) == [one.value for one in figure.readings]
        assert any("median" in one.name for one in others)
        assert others[-1].name == figure.goal_label
        assert set(others[-1].values) == {figure.goal}


def test_a_pareto_is_a_chart_whose_workbook_holds_no_formula() -> None:
    bars = (Bar(label="=1+1", count=12.0), Bar(label="http://x.example", count=3.0))
    data = slide_of(only(Pareto(id="p", bars=bars)))
    (chart,) = [one.chart for one in shapes(data) if getattr(one, "has_chart", False)]
    assert list(chart.plots[0].categories) == ["=1+1", "http://x.example"]
    assert list(chart.plots[0].series[0].values) == [12.0, 3.0]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    page = book["Sheet1"]
    assert [(page["A2"].value, page["A2"].data_type), page["A3"].hyperlink] == [
        ("=1+1", "s"),
        None,
    ]


def test_a_plan_and_a_comparison_are_tables() -> None:
    options = (Option(id="a", what="Name leavers at 14:30"), Option(id="b", what="Fetch bags"))
    sheet = trial_sheet()
    (plan,) = [one for box in sheet.boxes for one in box.figures if isinstance(one, Plan)]
    compared = only(Countermeasures(id="c", options=options))
    data = slide_of(compared.with_box(Box(id="check", figures=(plan,))))
    tables = [one.table for one in shapes(data) if getattr(one, "has_table", False)]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["What", "Who"] in rows
    for action in plan.actions:
        assert [action.what, action.who] in rows
    assert any("Name leavers at 14:30" in row for row in rows)
    edges = [(one.left, one.left + one.width) for one in shapes(data)]
    assert all(left >= 0 and right <= 420 * MM for left, right in edges)


def test_a_table_that_takes_its_whole_box_ends_with_it() -> None:
    options = (
        Option(
            id="a", cause="No name is given", what="Name leavers", effect="9 more", effort="low"
        ),
        Option(id="b", what="Fetch bags", risk="low", lasts="permanent", chosen=True),
    )
    data = slide_of(only(Countermeasures(id="c", grid=False, options=options)))
    (table,) = [one for one in shapes(data) if getattr(one, "has_table", False)]
    assert "permanent" in [cell.text for cell in table.table.rows[2].cells]
    assert (table.left + table.width) / MM <= 8 + 199 + 0.1


def test_any_other_figure_is_a_group_of_live_text_and_shapes_with_its_words_told() -> None:
    sheet = trial_sheet()
    (tree,) = [one for box in sheet.boxes for one in box.figures if isinstance(one, FiveWhys)]
    data = slide_of(only(tree))
    (group,) = [one for one in shapes(data) if one.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == described(tree, words)
    written = " ".join(" ".join(texts(data)).split())
    for why in tree.whys:
        assert why.text in written


def test_nothing_that_is_too_much_is_left_out() -> None:
    long = "\n".join(f"line {number}" for number in range(200))
    found = " ".join(texts(slide_of(with_box(long)))).split()
    assert found.count("line") == 200
    assert "199" in found


def test_a_megabyte_in_a_box_is_all_on_the_slide() -> None:
    text = "word " * 200_000
    (box,) = [one for one in texts(slide_of(with_box(text))) if one.startswith("Background")]
    assert box.count("word ") == 200_000


def test_lines_to_sign_stand_in_the_foot_or_on_slides_of_their_own() -> None:
    few = (SignOff(id="g1", name="Ingrid Solberg", role="head of operations"),)
    found = slide_of(replace(trial_sheet(), sign_offs=few))
    assert len(opened(found).slides) == 1
    assert "Ingrid Solberg, head of operations" in texts(found)
    many = tuple(
        SignOff(id=f"g{n}", name=f"Name of person {n}", role="a role\nof two lines")
        for n in range(40)
    )
    deck = opened(slide_of(replace(trial_sheet(), sign_offs=many)))
    assert len(deck.slides) > 2
    told = [
        one.text_frame.text for slide in deck.slides for one in slide.shapes if one.has_text_frame
    ]
    for one in many:
        assert one.name in told


def test_many_lines_of_words_on_a_sketch_are_one_text_on_the_slide() -> None:
    lines = "\n".join(f"line {number}" for number in range(20_000))
    sketch = Sketch(id="s", words=(SketchWords(x=4.0, y=6.0, text=lines),))
    slide = slide_of(with_box("", sketch))
    groups = [one for one in shapes(slide) if one.shape_type == MSO_SHAPE_TYPE.GROUP]
    told = described(sketch, words)
    (group,) = [one for one in groups if one._element.nvGrpSpPr.cNvPr.get("descr") == told]
    (box,) = group.shapes
    assert box.text_frame.text.replace("\v", "\n") == lines


def test_letters_a_slide_cannot_hold_stand_as_code_points_and_all_others_as_they_are() -> None:
    text = "bell \x07 half \ud800 low \ufffe 病棟 \u05e9\u05dc\u05d5\u05dd مرحبا 😀 <b>&amp;"
    data = slide_of(with_box(text))
    (box,) = [one for one in texts(data) if one.startswith("Background")]
    shown = (
        "bell [U+0007] half [U+D800] low [U+FFFE] 病棟 \u05e9\u05dc\u05d5\u05dd مرحبا 😀 <b>&amp;"
    )
    assert shown in box
    tree = FiveWhys(id="t", whys=(Why(id="a", parent="", text="a \x00 tree"),))
    assert any("[U+0000]" in one for one in texts(slide_of(only(tree))))


def test_a_paragraph_from_right_to_left_says_so() -> None:
    (shape,) = [
        one
        for one in shapes(slide_of(with_box("\u05e9\u05dc\u05d5\u05dd")))
        if one.name.startswith("Background ")
    ]
    assert shape.text_frame.paragraphs[1]._p.pPr.get("rtl") == "1"


def test_a_vanished_picture_leaves_its_place_and_its_words() -> None:
    photo = PhotoFigure(id="p", photo="0" * 64, description="Bags on a shelf")
    data = slide_of(only(photo))
    assert not [one for one in shapes(data) if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert any("not on this machine" in one for one in texts(data))
    broken = slide_of(only(photo), photo=b"no picture")
    assert any("not on this machine" in one for one in texts(broken))


def test_an_empty_sheet_and_empty_figures_make_a_slide() -> None:
    empty = only(RunChart(id="r"), Pareto(id="p"), Plan(id="l"), Sketch(id="s"), FiveWhys(id="w"))
    assert opened(slide_of(replace(empty, title="")))
    assert opened(slide_of(Sheet(id=empty.id, title="", started_on=TODAY)))


def test_every_part_of_the_file_is_sound_and_every_shape_has_a_number_of_its_own() -> None:
    data = slide_of(trial_sheet())
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    numbers = [one.shape_id for one in shapes(data)]
    assert len(numbers) == len(set(numbers))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_shows_the_slide_with_its_words(tmp_path: Path) -> None:
    source = tmp_path / "sheet.pptx"
    source.write_bytes(slide_of(trial_sheet()))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [str(SOFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    pdf = source.with_suffix(".pdf").read_bytes()
    assert size_mm(pdf) == (420.0, 297.0)
    shown = text_of(pdf)
    for part in ("Two in three patients", "Background", "Names to the porters", "median", "Who"):
        assert part in shown


def test_a_stroke_far_off_the_page_makes_no_broken_file() -> None:
    far = Stroke(points=(1e308, -1e308, 0.0, 0.0, 5e307, 1.0))
    assert opened(slide_of(only(Sketch(id="s", strokes=(far,)))))


def test_a_slide_carries_no_picture_of_another_deck() -> None:
    names = zipfile.ZipFile(io.BytesIO(slide_of(trial_sheet()))).namelist()
    assert not [name for name in names if "thumbnail" in name]


def test_a_median_frozen_before_a_change_reaches_on() -> None:
    charts = [one for box in trial_sheet().boxes for one in box.figures if one.kind == "run_chart"]
    (chart,) = [one for one in charts if isinstance(one, RunChart) and one.changes]
    data = slide_of(only(replace(chart, frozen=True, medians_by_phase=False)))
    (made,) = [one.chart for one in shapes(data) if getattr(one, "has_chart", False)]
    _readings, before, carried, _goal = made.plots[0].series
    solid = [at for at, value in enumerate(before.values) if value is not None]
    dashed = [at for at, value in enumerate(carried.values) if value is not None]
    assert (solid[0], solid[-1], dashed[-1]) == (0, dashed[0], len(chart.readings) - 1)
    assert {one for one in (*before.values, *carried.values) if one is not None} == {
        before.values[0]
    }


def charts_of(*figures: Any) -> list[Any]:
    return [
        one.chart for one in shapes(slide_of(only(*figures))) if getattr(one, "has_chart", False)
    ]


def levels(chart: Any) -> dict[str, set[float]]:
    """The level lines of a chart by their names, with their heights."""
    return {
        one.name: {round(value, 4) for value in one.values if value is not None}
        for one in list(chart.plots[0].series)[1:]
    }


SPREAD = (12.0, 14.0, 11.0, 13.0, 12.0, 15.0, 13.0, 12.0, 30.0, 12.0)
LIMITS = RunChart(
    id="x",
    caption="=Minutes",
    method="limits",
    goal=10,
    readings=tuple(
        Reading(on=date(2026, 3, day), value=value) for day, value in enumerate(SPREAD, 1)
    ),
)


def test_an_xmr_chart_is_two_charts_with_its_limits_as_lines() -> None:
    moving, readings = charts_of(LIMITS)
    assert list(readings.plots[0].series[0].values) == list(SPREAD)
    (phase,) = phases(LIMITS)
    assert phase.limits is not None
    assert phase.limits.upper is not None
    told = levels(readings)
    assert {round(phase.limits.mean, 4)} in told.values()
    assert {round(phase.limits.upper, 4)} in told.values()
    assert {10.0} in told.values()
    first = moving.plots[0].series[0]
    assert list(first.values) == [None, 2, 3, 2, 1, 3, 2, 1, 18, 18]
    assert {round(phase.limits.range_limit or 0.0, 4)} in levels(moving).values()
    # What lies beyond the limits is marked, and the words of the lines stay text.
    assert readings.plots[0].series[0].points[8].marker.size == 7
    assert "mR" in texts(slide_of(only(LIMITS)))


def test_limits_frozen_before_a_change_reach_on_dashed() -> None:
    change = ChangeMark(on=date(2026, 3, 9), label="Board moved")
    _moving, readings = charts_of(replace(LIMITS, frozen=True, changes=(change,)))
    means = [one for one in list(readings.plots[0].series)[1:] if one.name.startswith("mean")]
    own, carried = ([v is not None for v in one.values] for one in means)
    assert (own.index(True), sum(own)) == (0, 8)
    assert carried[-1]
    assert sum(own) + sum(carried) == len(SPREAD) + 1


def test_a_pair_is_two_charts_on_one_scale() -> None:
    half = replace(LIMITS, method="median", goal=None)
    other = replace(half, id="y", readings=half.readings[:5])
    before, after = charts_of(Pair(id="p", before=half, after=other))
    assert len(list(after.plots[0].series[0].values)) == 5
    ends = [(one.value_axis.minimum_scale, one.value_axis.maximum_scale) for one in (before, after)]
    assert ends[0] == ends[1]
    assert len(charts_of(Pair(id="p", before=LIMITS, after=LIMITS))) == 4


@pytest.mark.parametrize("way", ["dots", "steps"])
def test_a_table_drawn_as_a_chart_is_one_whose_workbook_holds_its_points(way: str) -> None:
    rows = (("Cycle", "=Minutes"), ("3", "12,5"), ("1", "14"), ("2", "11"))
    data = slide_of(only(TableFigure(id="t", rows=rows, drawn=way)))
    (shape,) = [one for one in shapes(data) if getattr(one, "has_chart", False)]
    first = shape.chart.plots[0].series[0]
    wanted = {"dots": [14, 11, 12.5], "steps": [14, 14, 11, 11, 12.5]}[way]
    assert list(first.values) == wanted
    assert len(list(shape.chart.plots[0].series)) == (2 if way == "dots" else 1)
    book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
    page = book.active
    assert page is not None
    assert page["B1"].data_type == "s"
    assert [page.cell(row, 2).value for row in range(2, 2 + len(wanted))] == wanted


def test_a_chart_that_powerpoint_does_not_have_is_drawn() -> None:
    few = replace(LIMITS, readings=LIMITS.readings[:1])
    rows = (("Stop", "Mo", "Tu"), ("Ward 6", "3", "4"))
    heat = TableFigure(id="t", rows=rows, drawn="shades")
    for figure in (few, heat):
        assert not charts_of(figure)
        (group,) = [
            one for one in shapes(slide_of(only(figure))) if one.shape_type == MSO_SHAPE_TYPE.GROUP
        ]
        assert len(group.shapes) > 4
