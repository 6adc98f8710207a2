"""Figures on paper, read back as text and as pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from gemba.domain.errors import NotFound
from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Impact,
    IsIsNot,
    Pareto,
    PhotoFigure,
    Plan,
    Problem,
    Process,
    RunChart,
    Sketch,
    SkillsGrid,
    TableFigure,
    Target,
)
from gemba.domain.figures.countermeasures import LASTS, LEVELS, Option
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.five_whys import EVIDENCE, Why
from gemba.domain.figures.impact import Effect
from gemba.domain.figures.is_is_not import Contrast
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.place import Place
from gemba.domain.figures.plan import Action
from gemba.domain.figures.process import ProcessItem
from gemba.domain.figures.run_chart import ChangeMark, Reading
from gemba.domain.figures.sketch import Stroke, Words
from gemba.domain.figures.skills import Learner, Skill
from gemba.domain.figures.telling import plain_english
from gemba.domain.figures.words import words_of
from gemba.reports.figures import draw, least_height, natural_size
from gemba.reports.figures.fishbone import layout
from gemba.reports.figures.marks_of_change import place_flags
from gemba.reports.figures.skills import draw_level
from gemba.reports.ink import Ink
from gemba.reports.marks import ChartMark, Marks, RectMark

TODAY = date(2026, 11, 22)
START = date(2026, 8, 31)
DPI = 100


def a_photo(width: int = 400, height: int = 300, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (70, 90, 110)).save(out, kind)
    return out.getvalue()


class Drawn:
    """A figure drawn alone on a page, with 20 mm round its frame."""

    def __init__(
        self,
        figure: Figure,
        width: float,
        height: float | None = None,
        photo: Callable[[str], bytes] | None = None,
        today: date = TODAY,
    ) -> None:
        read = photo or (lambda _hash: a_photo())
        own = natural_size(figure, width, photo=read)
        self.width, self.height = own[0], own[1] if height is None else height
        self.page = (self.width + 40, self.height + 40)
        ink = Ink(*self.page, title="figure")
        self.missing = draw(figure, ink, 20, 20, self.width, self.height, today=today, photo=read)
        self.pdf = ink.finish()

    @cached_property
    def text(self) -> str:
        """All words on the page, on one line."""
        return " ".join(PdfReader(io.BytesIO(self.pdf)).pages[0].extract_text().split())

    def picture(self) -> Image.Image:
        """The page as a picture."""
        document = pdfium.PdfDocument(self.pdf)
        try:
            return document[0].render(scale=DPI / 72).to_pil().convert("L")
        finally:
            document.close()

    def marked(self) -> tuple[float, float, float, float]:
        """What is not white, in mm from the frame's own corners: all inside means none below 0."""
        picture = self.picture().point(lambda grey: 255 if grey < 235 else 0)
        box = picture.getbbox()
        assert box is not None
        left, top, right, bottom = (one * 25.4 / DPI for one in box)
        return left - 20, top - 20, self.page[0] - 20 - right, self.page[1] - 20 - bottom

    def assert_inside(self, slack: float = 0.6) -> None:
        """Nothing is drawn outside the frame."""
        assert min(self.marked()) > -slack, self.marked()


def readings(*values: float | None, step: int = 1) -> tuple[Reading, ...]:
    return tuple(
        Reading(on=START + timedelta(days=i * step), value=v) for i, v in enumerate(values)
    )


def why(id: str, parent: str, text: str, **more: object) -> Why:
    return Why(id=id, parent=parent, text=text, **more)  # type: ignore[arg-type]


TREE = FiveWhys(
    id="t",
    caption="Why they leave late",
    whys=(
        why("g", "", "Fit at 09:00, leaves after 14:00", source="88 of 132 patients"),
        why("m", "g", "Medicines reach the ward at 12:45", evidence="measured", source="30 of 30"),
        why("n", "m", "Nobody names who goes home", evidence="tested", root=True),
        why("p", "m", "Pharmacy is slow", ruled_out=True, source="85 min at any hour"),
        why("t", "g", "Transport comes late", evidence="said", source="3 porters"),
    ),
)
CHART = RunChart(
    id="c",
    caption="Out before 12:00, % of the day's discharges",
    unit="%",
    goal=40,
    readings=readings(*([14.0, 17.0, 38.0, 17.0, 25.0, 20.0] * 6)),
    changes=(ChangeMark(on=START + timedelta(days=18), label="naming"),),
)
PLAN = Plan(
    id="p",
    caption="Who does what",
    actions=(
        Action(
            id="1",
            what="Name tomorrow's discharges",
            who="Maria Okafor",
            where="ward 6",
            start=date(2026, 11, 2),
            finish=date(2026, 11, 13),
            started=date(2026, 11, 4),
        ),
        Action(id="2", what="Write the standard", who="Joy", how="With the night staff"),
    ),
)
SKETCH = Sketch(
    id="s",
    caption="The way of a bag",
    strokes=(Stroke(points=(5, 5, 60, 5, 60, 30), width=2.0), Stroke(points=(80, 40))),
    words=(Words(x=8, y=20, text="Lounge"), Words(x=85, y=45, text="a long word at the edge")),
)
PHOTO = PhotoFigure(id="f", caption="Board in bay 4", photo="abc", description="Twelve names")
PARETO = Pareto(
    id="p",
    caption="88 late leavers, waiting for",
    unit="patients",
    bars=(
        Bar(label="Other", count=9),
        Bar(label="Letter", count=21, cost=4, count_after=20),
        Bar(label="Medicines from pharmacy", count=37, cost=2, count_after=11),
        Bar(label="Transport", count=14, cost=1, count_after=16),
    ),
)
OPTIONS = Countermeasures(
    id="o",
    caption="What could be done",
    options=(
        Option(
            id="1",
            cause="A",
            what="Name them at 15:00",
            effect="25 of 30",
            impact="high",
            effort="low",
            risk="low",
            lasts="permanent",
            chosen=True,
        ),
        Option(
            id="2", cause="A", what="A nurse who writes letters", impact="middle", effort="high"
        ),
        Option(id="3", what="", effect="stays at 19 %", nothing=True),
    ),
)
BONES = Fishbone(
    id="b",
    caption="Where it may come from",
    effect="Medicines reach the ward at 12:45",
    bones=(Bone(id="1", label="Method"), Bone(id="2", label="People"), Bone(id="3", label="")),
    causes=(
        BoneCause(
            id="a",
            parent="1",
            text="Round order",
            state="verified",
            evidence="seen",
            source="3 walks",
        ),
        BoneCause(id="b", parent="a", text="New patients first"),
        BoneCause(id="c", parent="2", text="Clerk away", state="ruled_out", source="no, 5 days"),
        BoneCause(id="d", parent="3", text="Nobody logs asking"),
    ),
)
STEPS = (
    ("step", "Fit", "doctor", "0"),
    ("wait", "for the doctor", "", "1 h 45"),
    ("step", "Letter", "doctor", "20"),
    ("queue", "pharmacy", "", "1:22"),
    ("step", "Make up", "pharmacy", "18 min"),
    ("step", "Check", "pharmacy", ""),
    ("handover", "phoned", "", "5"),
    ("step", "Carry out", "porter", "soon"),
)
PROCESS = Process(
    id="f",
    caption="From fit to the door, average of 30 patients",
    items=tuple(
        ProcessItem(id=str(at), sort=sort, what=what, who=who, time=time)
        for at, (sort, what, who, time) in enumerate(STEPS)
    ),
)
TARGET = Target(
    id="f",
    caption="The goal",
    measure="Out before 12:00, of those fit by 09:00",
    start="19",
    goal="40",
    unit="%",
    by=date(2026, 12, 11),
    source="bed board, daily",
    balance="Readmission within 7 days, 4.1 %",
)
PROBLEM = Problem(
    id="f",
    caption="The problem",
    statement="88 of 132 patients fit by 09:00 leave after 14:00",
    what="Patients fit to go home lie in a bed",
    where="Ward 6",
    why="Five to nine people wait for a bed",
)
CONTRASTS = IsIsNot(
    id="f",
    caption="Burrs on the profile",
    rows=(
        Contrast(id="a", aspect="what", seen="Inner edge", unseen="Outer edge", change="Cutter"),
        Contrast(id="b", aspect="where", seen="Line 3", unseen="Lines 1 and 2"),
        Contrast(id="c", aspect="other", seen="Growing", distinction="no stop, since April"),
    ),
)
TABLE = TableFigure(
    id="f",
    caption="Out before 12:00 by ward",
    rows=(
        ("Ward", "Beds", "Out", "Note"),
        ("6", "24", "37 %", "named at 15:00"),
        ("9", "", "8,5 %"),
    ),
)
IMPACT = Impact(
    id="f",
    caption="Before and after",
    effects=(
        Effect(id="a", measure="Out before 12:00", unit="%", before="17", target="40", after="35"),
        Effect(id="b", measure="Letter by 10:00, of 30", before="9", target="25", after="27"),
        Effect(
            id="c", measure="Stay", unit="d", before="3.2", target="≤ 3.2", after="3", guard=True
        ),
    ),
)
SKILLS = SkillsGrid(
    id="f",
    caption="Ward 6, November",
    skills=(Skill(name="Letter", target="3"), Skill(name="Book transport", target="2")),
    people=(
        Learner(name="Maria Okafor", levels=("4", "3")),
        Learner(name="Lena Brandt", levels=("1", "x")),
        Learner(name="Tomas Reyes", levels=("", "0")),
    ),
)
FORMS: list[Figure] = [PROCESS, TARGET, PROBLEM, CONTRASTS, TABLE, IMPACT, SKILLS]
ALL: list[Figure] = [TREE, CHART, OPTIONS, BONES, PARETO, PLAN, SKETCH, PHOTO, *FORMS]


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
@pytest.mark.parametrize("width", [55.0, 95.0, 200.0])
def test_a_figure_fits_the_size_it_asked_for(figure: Figure, width: float) -> None:
    drawn = Drawn(figure, width)
    assert drawn.missing == 0
    assert drawn.width <= width
    drawn.assert_inside()
    caption = figure.caption.replace("'", "'")
    assert caption.split()[0] in drawn.text


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
@pytest.mark.parametrize("size", [(60.0, 14.0), (30.0, 9.0), (8.0, 8.0)])
def test_what_does_not_fit_is_counted_and_stays_in_its_frame(
    figure: Figure, size: tuple[float, float]
) -> None:
    placed = replace(figure, place=Place(width=size[0]))
    drawn = Drawn(placed, size[0], size[1])
    assert drawn.missing > 0 or figure in (SKETCH, PHOTO)
    if drawn.missing and size[0] > 50:
        assert "Give the figure more room." in drawn.text
    if drawn.picture().getextrema()[0] < 235:
        drawn.assert_inside(1.0)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
@pytest.mark.parametrize("width", [60.0, 95.0, 200.0])
def test_nothing_is_missing_at_the_least_height_and_something_below(
    figure: Figure, width: float
) -> None:
    least = least_height(figure, width)
    assert Drawn(figure, width, least).missing == 0
    assert Drawn(figure, width, least - 1.5).missing > 0


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_the_same_figure_is_the_same_bytes(figure: Figure) -> None:
    assert Drawn(figure, 95).pdf == Drawn(figure, 95).pdf


@pytest.mark.parametrize(
    "figure",
    [
        Countermeasures(id="f"),
        Fishbone(id="f"),
        FiveWhys(id="f"),
        Pareto(id="f"),
        RunChart(id="f"),
        IsIsNot(id="f"),
        Impact(id="f"),
        SkillsGrid(id="f"),
        Plan(id="f"),
        Problem(id="f"),
        Process(id="f"),
        Sketch(id="f"),
        TableFigure(id="f"),
        Target(id="f"),
    ],
    ids=lambda figure: figure.kind,
)
def test_an_empty_figure_says_so(figure: Figure) -> None:
    drawn = Drawn(figure, 90)
    assert drawn.missing == 0
    assert "yet" in drawn.text


def test_a_size_the_user_gave_goes_first() -> None:
    assert natural_size(replace(CHART, place=Place(width=70, height=44)), 200) == (70, 44)
    assert natural_size(replace(CHART, place=Place(width=300)), 90)[0] == 90


def test_every_cause_and_its_evidence_is_on_paper() -> None:
    text = Drawn(TREE, 200).text
    for part in ("88 of 132 patients", "A Nobody names", "ruled out: 85 min", "3 porters"):
        assert part in text
    for name in EVIDENCE:
        assert plain_english(f"evidence.{name}") in text


def test_a_tree_too_high_leaves_out_whole_branches_and_counts_them() -> None:
    drawn = Drawn(TREE, 200, 34)
    assert drawn.missing == 2
    assert "Pharmacy" not in drawn.text
    assert "Nobody names" in drawn.text
    drawn.assert_inside()


def test_a_chart_names_goal_median_and_changes() -> None:
    text = Drawn(CHART, 105).text
    for part in ("goal 40 %", "median 18.5 %", "naming", "31 Aug"):
        assert part in text


@pytest.mark.parametrize(
    "values",
    [
        (None, 3.0, None, None, 4.0, 5.0, None, -2.0),
        (5.0,) * 12,
        (0.0,) * 12,
        (7.0,),
        (None, 7.0),
        (1e12, 3e12),
        (1e-9, 3e-9),
        (-5.0, -9.0),
        (1.7e308, -1.7e308),
    ],
)
def test_any_readings_can_be_drawn(values: tuple[float | None, ...]) -> None:
    drawn = Drawn(RunChart(id="c", readings=readings(*values)), 95)
    assert drawn.missing == 0
    assert "median" in drawn.text
    drawn.assert_inside()


def test_readings_without_any_value_say_so() -> None:
    assert "no readings yet" in Drawn(RunChart(id="c", readings=readings(None, None)), 95).text


def test_two_thousand_readings_are_small_on_paper_and_keep_their_peak() -> None:
    values = [50.0 + i % 7 for i in range(2000)]
    values[1234] = 100.0
    chart = RunChart(id="c", readings=readings(*values), high=100)
    drawn = Drawn(chart, 105)
    assert len(drawn.pdf) < 120_000
    picture = drawn.picture()
    scale = DPI / 25.4
    top = picture.crop((int(45 * scale), int(24 * scale), int(100 * scale), int(34 * scale)))
    assert top.getextrema()[0] < 160


LABELS = st.text(alphabet="abcdefghij ", min_size=1, max_size=24)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(-5, 125), LABELS), max_size=12))
def test_labels_of_changes_never_stand_on_each_other(marks: list[tuple[int, str]]) -> None:
    changes = tuple(ChangeMark(on=START + timedelta(days=day), label=text) for day, text in marks)
    chart = RunChart(id="c", readings=readings(*([1.0, 2.0] * 60)), changes=changes)
    placed = place_flags(chart, 0.0, 85.0, plain_english)
    assert len(placed.flags) + placed.missing == len(changes)
    for at, one in enumerate(placed.flags):
        for other in placed.flags[at + 1 :]:
            if one.row == other.row:
                assert one.last <= other.first or other.last <= one.first
            low, high = sorted((one, other), key=lambda flag: flag.row)
            if low.row < high.row:
                assert not low.start < high.x < low.end
    if placed.key:
        assert all(" ".join(text.split()) in " · ".join(placed.key) for _, text in marks)


def test_a_pareto_fills_the_room_it_was_given() -> None:
    def bars(more: float) -> list[RectMark]:
        width, height = natural_size(PARETO, 120.0)
        ink = Marks(width, height + more)
        draw(PARETO, ink, 0, 0, width, height + more, photo=lambda _: None, today=TODAY)
        charts = [one for one in ink.marks if isinstance(one, ChartMark)]
        return [one for chart in charts for one in chart.marks if isinstance(one, RectMark)]

    plain, tall, tallest = bars(0.0), bars(12.0), bars(200.0)
    assert plain
    assert len(plain) == len(tall) == len(tallest)
    assert tall[-1].y > plain[-1].y + 6.0
    assert tall[0].height > plain[0].height
    assert tall[0].width == plain[0].width
    # Not without end: bars twice as thick say no more.
    assert tallest[0].height == pytest.approx(2 * plain[0].height, abs=0.01)


def test_the_line_of_today_moves_with_the_day() -> None:
    assert "today" in Drawn(PLAN, 150).text
    over = replace(PLAN, actions=(replace(PLAN.actions[0], finished=date(2026, 11, 12)),))
    assert "today" not in Drawn(over, 150, today=date(2027, 3, 1)).text


def test_a_plan_shows_who_where_how_and_days() -> None:
    text = Drawn(PLAN, 150).text
    for part in ("What", "Who", "Where", "Maria Okafor", "With the night staff", "2 Nov"):
        assert part in text
    for part in ("planned", "actual", "review"):
        assert part in text


def test_a_plan_says_on_paper_what_is_behind_by_its_dates_alone() -> None:
    def told(**dates: date) -> str:
        action = Action(id="a", what="Names", **dates)  # type: ignore[arg-type]
        other = Action(id="b", what="Later", start=TODAY, finish=TODAY + timedelta(days=60))
        return Drawn(Plan(id="p", actions=(action, other)), 199.0).text

    day = timedelta(days=1)
    assert "9 days behind" in told(start=TODAY - 20 * day, finish=TODAY - 9 * day)
    assert "1 day behind" in told(start=TODAY - day, finish=TODAY + 5 * day)
    assert "behind" not in told(start=TODAY, finish=TODAY + day)
    assert "behind" not in told(start=TODAY - 9 * day, finish=TODAY - day, finished=TODAY)


def test_a_plan_too_high_leaves_out_rows_and_counts_them() -> None:
    many = replace(PLAN, actions=tuple(replace(PLAN.actions[0], id=str(i)) for i in range(20)))
    drawn = Drawn(many, 150, 60)
    assert 0 < drawn.missing < 20
    assert f"No room here for {drawn.missing} more." in drawn.text
    drawn.assert_inside()


@pytest.mark.parametrize("size", [(400, 300), (300, 900), (2000, 100)])
def test_a_photo_keeps_its_shape(size: tuple[int, int]) -> None:
    data = a_photo(*size)
    width, height = natural_size(replace(PHOTO, caption=""), 95, photo=lambda _hash: data)
    assert height / width == pytest.approx(size[1] / size[0], rel=0.01)
    assert height <= 70


def test_a_photo_that_is_not_here_says_so() -> None:
    def gone(_hash: str) -> bytes:
        raise NotFound("photo.missing")

    for read in (gone, lambda _hash: b"no picture"):
        drawn = Drawn(PHOTO, 80, photo=read)
        assert drawn.missing == 0
        assert "This photo is not on this machine." in drawn.text
        assert "Twelve names" in drawn.text


def test_words_on_a_sketch_stay_on_it() -> None:
    for width in (30.0, 60.0, 90.0):
        drawn = Drawn(SKETCH, width)
        assert "a long word at the edge".replace(" ", "") in drawn.text.replace(" ", "")
        drawn.assert_inside()


HOSTILE = [
    "<b>& <img src=x>",
    "a" * 400,
    "مرحبا بالعالم",
    "漢字かなカナ",
    "\x00\x07\ud7ff",
    "😀",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_drawn(text: str) -> None:
    figures: list[Figure] = [
        FiveWhys(
            id="f", caption=text, whys=(why("g", "", "gap"), why("a", "g", text, source=text))
        ),
        replace(CHART, caption=text, unit=text, changes=(replace(CHART.changes[0], label=text),)),
        Plan(id="f", actions=(replace(PLAN.actions[0], what=text or "x", who=text),)),
        replace(SKETCH, words=(Words(x=10, y=10, text=text),)),
        replace(PARETO, caption=text, unit=text, bars=(Bar(label=text, count=3),)),
        replace(BONES, caption=text, effect=text, bones=(Bone(id="1", label=text),)),
        replace(BONES, causes=(replace(BONES.causes[0], text=text, source=text),)),
        replace(PROBLEM, statement=text, what=text),
        replace(CONTRASTS, rows=(replace(CONTRASTS.rows[0], seen=text, unseen=text or "x"),)),
        replace(TABLE, rows=((text, "x"), (text, text), ("1", text))),
        replace(IMPACT, effects=(Effect(id="a", measure=text, after=text, unit=text),)),
        replace(
            SKILLS,
            skills=(Skill(name=text, target=text),),
            people=(Learner(name=text or "x", levels=(text, text)),),
        ),
        replace(TARGET, measure=text, start=text, unit=text, by=None, by_words=text, reach=text),
        replace(
            PROCESS,
            caption=text,
            items=(replace(PROCESS.items[0], what=text or "x", who=text, time=text),),
        ),
        replace(OPTIONS, caption=text, options=(replace(OPTIONS.options[0], what=text or "x"),)),
    ]
    for figure in figures:
        drawn = Drawn(figure, 120)
        if figure.kind != "run_chart":
            assert drawn.missing == 0
        drawn.assert_inside(1.0)


words = st.text(alphabet="abc de ", max_size=60)
some_day = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.builds(
            Action,
            id=st.uuids().map(str),
            what=words,
            who=words,
            where=words,
            start=some_day,
            finish=some_day,
            started=some_day,
            finished=some_day,
            review=some_day,
        ),
        max_size=8,
    ),
    st.sampled_from([60.0, 95.0, 200.0]),
)
def test_any_plan_fits_the_size_it_asked_for(actions: list[Action], width: float) -> None:
    drawn = Drawn(Plan(id="p", actions=tuple(actions)), width)
    assert drawn.missing == 0
    drawn.assert_inside()


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.builds(
            Option,
            id=st.uuids().map(str),
            what=words,
            cause=words,
            effect=words,
            impact=st.sampled_from(("", *LEVELS, "unheard of")),
            effort=st.sampled_from(("", *LEVELS)),
            risk=st.sampled_from(("", *LEVELS)),
            lasts=st.sampled_from(("", *LASTS)),
            chosen=st.booleans(),
            nothing=st.booleans(),
        ),
        max_size=25,
    ),
    st.sampled_from([60.0, 95.0, 200.0]),
    st.booleans(),
)
def test_any_comparison_fits_the_size_it_asked_for(
    options: list[Option], width: float, grid: bool
) -> None:
    drawn = Drawn(Countermeasures(id="c", options=tuple(options), grid=grid), width)
    assert drawn.missing == 0
    drawn.assert_inside()


def test_the_grid_is_drawn_from_the_rows() -> None:
    text = Drawn(OPTIONS, 199).text
    for part in ("Effect and effort", "Do nothing", "Not on the grid: 3", "permanent", "chosen"):
        assert part in text
    assert "Effect and effort" not in Drawn(replace(OPTIONS, grid=False), 199).text


@st.composite
def fishbones(draw: st.DrawFn) -> Fishbone:
    count = draw(st.integers(0, 8))
    label = st.text(alphabet="abc de ", max_size=30)
    bones = tuple(Bone(id=f"b{n}", label=draw(label)) for n in range(count))
    ids = [bone.id for bone in bones] or ["gone"]
    causes: list[BoneCause] = []
    for number in range(draw(st.integers(0, 24))):
        cause = BoneCause(
            id=f"c{number}",
            parent=draw(st.sampled_from([*ids, *(one.id for one in causes), f"c{number}"])),
            text=draw(words | st.text(alphabet="m", min_size=40, max_size=80)),
            state=draw(st.sampled_from(["open", "ruled_out", "verified", "maybe"])),
            evidence=draw(st.sampled_from(EVIDENCE)),
            source=draw(words),
        )
        causes.append(cause)
    return Fishbone(id="f", effect=draw(words), bones=bones, causes=tuple(causes))


@settings(deadline=None, max_examples=25)
@given(fishbones(), st.sampled_from([40.0, 60.0, 95.0, 150.0, 200.0]))
def test_any_fishbone_fits_and_no_words_meet(figure: Fishbone, width: float) -> None:
    drawn = Drawn(figure, width)
    assert drawn.missing == 0
    drawn.assert_inside()
    laid = layout(figure, width, plain_english)
    boxes = [(one.x, one.y, one.width, one.height) for one in laid.blocks]
    boxes += [(one.x, one.y, one.width, one.height) for one in laid.bones]
    boxes.append(laid.head)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not _meet(one, other), (one, other)
    for block in laid.blocks:
        for bone in laid.bones if laid.spine is not None else ():
            for y in (block.y, block.y + block.height):
                low, high = sorted((bone.outer[1], bone.inner[1]))
                if low < y < high:
                    assert not block.x < bone.at(y) < block.x + block.width
        if laid.spine is not None:
            assert not block.y < laid.spine < block.y + block.height
    assert sorted(one.twig.index for one in laid.blocks) == list(range(len(figure.causes)))


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    (x1, y1, w1, h1), (x2, y2, w2, h2) = one, other
    slack = 0.01
    across = x1 + slack < x2 + w2 and x2 + slack < x1 + w1
    return across and y1 + slack < y2 + h2 and y2 + slack < y1 + h1


def test_a_fishbone_tells_what_is_checked() -> None:
    text = Drawn(BONES, 199).text
    for part in ("Method", "without a name", "verified: seen, 3 walks", "ruled out: no, 5 days"):
        assert part in text
    cut = Drawn(BONES, 199, natural_size(BONES, 199)[1] - 1)
    assert cut.missing == 1
    assert "New patients first" not in cut.text
    assert "Round order" in cut.text


def test_a_full_fishbone_is_laid_out_whole() -> None:
    bones = tuple(Bone(id=str(n), label=f"Bone {n}") for n in range(8))
    causes = [
        BoneCause(id=f"{n}.{m}", parent=str(n), text=f"Cause {m} on bone {n}")
        for n in range(8)
        for m in range(10)
    ]
    causes += [
        BoneCause(id=f"{one.id}.{n}", parent=one.id, text=f"What led to {one.id}, {n}")
        for one in causes
        for n in range(3)
    ]
    figure = Fishbone(id="f", effect="Late", bones=bones, causes=tuple(causes))
    laid = layout(figure, 199, plain_english)
    assert len(laid.blocks) == 320
    boxes = [(one.x, one.y, one.width, one.height) for one in (*laid.blocks, *laid.bones)]
    boxes.append(laid.head)
    for at, one in enumerate(boxes):
        assert not [other for other in boxes[at + 1 :] if _meet(one, other)]
    drawn = Drawn(figure, 199)
    drawn.assert_inside()
    assert drawn.missing == 0


def test_two_thousand_options_are_counted_where_they_find_no_room() -> None:
    many = tuple(replace(OPTIONS.options[0], id=str(n)) for n in range(2000))
    drawn = Drawn(replace(OPTIONS, options=many), 199, 66)
    assert drawn.missing > 1900
    assert f"No room here for {drawn.missing} more." in drawn.text
    drawn.assert_inside()


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 30), words, st.sampled_from(EVIDENCE)), max_size=30),
    st.sampled_from([60.0, 95.0, 200.0]),
)
def test_any_tree_fits_the_size_it_asked_for(
    rows: list[tuple[int, str, str]], width: float
) -> None:
    whys = [why("0", "", "gap")]
    for at, (parent, text, evidence) in enumerate(rows):
        whys.append(why(str(at + 1), str(parent % (at + 1)), text, evidence=evidence))
    drawn = Drawn(FiveWhys(id="t", whys=tuple(whys)), width)
    assert drawn.missing == 0
    drawn.assert_inside()


LONG = "word " * 1000


@pytest.mark.parametrize(
    "figure",
    [
        replace(CONTRASTS, rows=(replace(CONTRASTS.rows[0], seen=LONG), *CONTRASTS.rows[1:])),
        replace(PROBLEM, what=LONG),
        replace(IMPACT, effects=(replace(IMPACT.effects[0], measure=LONG), *IMPACT.effects)),
        replace(IMPACT, effects=(replace(IMPACT.effects[0], after=LONG), *IMPACT.effects)),
        replace(SKILLS, people=(Learner(name=LONG, levels=("1",)), *SKILLS.people)),
        replace(SKILLS, skills=(Skill(name=LONG), *SKILLS.skills)),
        replace(TABLE, rows=(*TABLE.rows, (LONG, "3"))),
        replace(TABLE, rows=((LONG, "3"), *TABLE.rows)),
        replace(PROBLEM, statement=LONG),
        replace(TARGET, measure=LONG),
        replace(TARGET, source=LONG),
        replace(PROCESS, items=(replace(PROCESS.items[0], what=LONG), *PROCESS.items[1:])),
        replace(PROCESS, items=(replace(PROCESS.items[0], time=LONG), *PROCESS.items[1:])),
        replace(BONES, causes=(replace(BONES.causes[0], text=LONG), *BONES.causes[1:])),
        replace(BONES, causes=(replace(BONES.causes[0], source=LONG), *BONES.causes[1:])),
        replace(BONES, bones=(replace(BONES.bones[0], label=LONG), *BONES.bones[1:])),
        replace(BONES, effect=LONG),
        replace(TREE, whys=(replace(TREE.whys[0], text=LONG), *TREE.whys[1:])),
        replace(TREE, whys=(*TREE.whys[:-1], replace(TREE.whys[-1], source=LONG))),
        replace(PLAN, actions=(replace(PLAN.actions[0], what=LONG), *PLAN.actions[1:])),
        replace(PLAN, actions=(replace(PLAN.actions[0], how=LONG), *PLAN.actions[1:])),
        replace(OPTIONS, options=(replace(OPTIONS.options[0], what=LONG), *OPTIONS.options[1:])),
        replace(OPTIONS, options=(replace(OPTIONS.options[0], effect=LONG), *OPTIONS.options[1:])),
    ],
    ids=lambda figure: figure.kind,
)
def test_a_text_too_long_for_its_room_shows_its_beginning_and_is_counted(figure: Figure) -> None:
    drawn = Drawn(figure, 190, 70)
    assert drawn.missing > 0
    assert "word word" in drawn.text
    assert "Give the figure more room." in drawn.text
    drawn.assert_inside(1.0)


def test_one_long_row_leaves_room_for_the_others() -> None:
    rows = (replace(CONTRASTS.rows[0], seen=LONG), *CONTRASTS.rows[1:])
    drawn = Drawn(replace(CONTRASTS, rows=rows), 190, 60)
    assert drawn.missing == 1
    for words in ("Inner", "Line 3", "Growing"):
        assert (words in drawn.text) == (words != "Inner")


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.kind)
def test_a_long_caption_is_cut_and_leaves_room_for_its_figure(figure: Figure) -> None:
    drawn = Drawn(replace(figure, caption=LONG), 190, 110)
    bare = Drawn(replace(figure, caption=""), 190, 60)
    assert drawn.missing <= bare.missing + 1
    assert "…" in drawn.text
    assert drawn.text.count("Give the figure more room.") == 1
    assert bare.text.split()[-1:] == [] or bare.text.split()[-1] in drawn.text
    drawn.assert_inside(1.0)


@pytest.mark.parametrize(
    ("figure", "others"),
    [
        (
            replace(BONES, causes=(replace(BONES.causes[0], text=LONG), *BONES.causes[1:])),
            ("New patients first", "Clerk away", "Nobody logs asking", "reach the ward at 12:45"),
        ),
        (
            replace(TREE, whys=(replace(TREE.whys[0], text=LONG), *TREE.whys[1:])),
            ("Medicines", "Nobody names", "Pharmacy is slow", "Transport comes late"),
        ),
        (
            replace(PLAN, actions=(replace(PLAN.actions[0], what=LONG), *PLAN.actions[1:])),
            ("Maria Okafor", "Write the standard", "With the night staff"),
        ),
        (
            replace(
                OPTIONS, options=(replace(OPTIONS.options[0], what=LONG), *OPTIONS.options[1:])
            ),
            ("25 of 30", "A nurse who writes letters", "stays at 19 %", "Effort"),
        ),
    ],
    ids=lambda one: getattr(one, "kind", ""),
)
@pytest.mark.parametrize("width", [95, 190])
def test_a_long_text_takes_only_what_the_others_leave(
    figure: Figure, others: tuple[str, ...], width: int
) -> None:
    drawn = Drawn(figure, width, 110)
    assert drawn.missing == 1
    assert "word word" in drawn.text
    assert "…" in drawn.text
    for words in others:
        # A narrow comparison has no column for effects, long text or not.
        assert words in drawn.text or (width < 100 and words in ("25 of 30", "stays at 19 %"))
    drawn.assert_inside(1.0)


def test_columns_of_numbers_line_up_at_their_decimals() -> None:
    rows = (("Ward", "Stay"), ("six", "3.2"), ("nine", "12.15"), ("ten", "100"))
    pdf = Drawn(TableFigure(id="f", rows=rows), 95).pdf
    page = pdfium.PdfDocument(pdf)[0].get_textpage()
    text = page.get_text_range()
    marks = [page.get_charbox(text.index(one) + one.index("."))[0] for one in ("3.2", "12.15")]
    assert abs(marks[0] - marks[1]) < 0.2
    assert abs(page.get_charbox(text.index("100") + 2)[2] - marks[0]) < 1.5


def test_quarters_of_a_circle_grow_with_the_level() -> None:
    darkness = []
    for level in range(5):
        ink = Ink(20, 20, title="circle")
        draw_level(ink, 10, 10, level)
        document = pdfium.PdfDocument(ink.finish())
        picture = document[0].render(scale=4).to_pil().convert("L")
        histogram = picture.point(lambda grey: 255 - grey).histogram()
        darkness.append(sum(shade * count for shade, count in enumerate(histogram)))
    assert darkness == sorted(set(darkness))


def test_columns_without_room_are_counted() -> None:
    wide = TableFigure(id="f", rows=tuple(tuple(f"{r}-{c}" for c in range(40)) for r in range(3)))
    drawn = Drawn(wide, 95, 60)
    assert drawn.missing > 20
    assert "1-0" in drawn.text
    drawn.assert_inside(1.0)


def test_two_thousand_rows_are_counted_whole() -> None:
    rows = tuple((f"row{at}", str(at)) for at in range(2000))
    drawn = Drawn(TableFigure(id="f", header=False, rows=rows), 95, 60)
    shown = sum(f"row{at} " in drawn.text + " " for at in range(100))
    assert 5 < shown < 20
    assert drawn.missing == 2000 - shown


def test_a_hundred_steps_are_drawn_in_rows() -> None:
    items = tuple(
        ProcessItem(id=str(at), what=f"Step{at}", time=str(at), sort="step" if at % 2 else "wait")
        for at in range(100)
    )
    drawn = Drawn(Process(id="f", items=items), 190)
    assert drawn.missing == 0
    assert all(f"Step{at}" in drawn.text for at in range(100))
    few = Drawn(Process(id="f", items=items), 190, 90)
    assert 0 < few.missing < 100
    assert "Step0" in few.text


token = st.integers(0, 9999).map(lambda number: f"q{number}z")
cell = st.lists(token, max_size=12).map(" ".join)


def forms(cells: list[str]) -> list[Figure]:
    """One figure of each kind of form, holding all the cells."""
    four = [*cells, "", "", "", ""][:4]
    return [
        TableFigure(id="f", rows=(tuple(cells), tuple(reversed(cells)))),
        IsIsNot(
            id="f",
            rows=(Contrast(id="a", aspect="what", seen=four[0], unseen=four[1], change=four[2]),),
        ),
        Problem(id="f", statement=four[0], what=four[1], how_much=four[2], why=four[3]),
        Target(id="f", measure=four[0], start=four[1], source=four[2], balance=four[3]),
        Impact(id="f", effects=(Effect(id="a", measure=four[0], before=four[1], after=four[2]),)),
        Process(
            id="f",
            items=tuple(
                ProcessItem(id=str(at), what=one, sort="step" if at % 2 else "queue", time="3")
                for at, one in enumerate(cells)
            ),
        ),
        SkillsGrid(id="f", people=tuple(Learner(name=one, levels=("3",)) for one in cells)),
    ]


@settings(deadline=None, max_examples=15)
@given(st.lists(cell, min_size=1, max_size=5), st.integers(70, 200), st.integers(10, 120))
def test_what_is_not_counted_as_missing_is_all_there(
    cells: list[str], width: int, height: int
) -> None:
    for figure in forms(cells):
        drawn = Drawn(figure, width, height)
        said = set(re.findall(r"q\d+z", " ".join(words_of(figure))))
        if not drawn.missing:
            shown = set(re.findall(r"q\d+z", drawn.text.replace(" ", " ")))
            assert said <= shown, (figure.kind, said - shown)
        drawn.assert_inside(1.0)


WEEKS = tuple(f"2026-{1 + at // 4:02}-{1 + 7 * (at % 4):02}" for at in range(48))
HEAT = TableFigure(
    id="f",
    caption="In the way",
    rows=(
        ("Stop", *WEEKS),
        *((f"Stop {row}", *(str((at * row) % 9) for at in range(48))) for row in range(6)),
    ),
    drawn="shades",
)


@pytest.mark.parametrize("width", [95, 190])
@pytest.mark.parametrize("drawn_as", ["shades", "steps", "dots"])
def test_a_table_drawn_as_a_chart_stays_inside(width: int, drawn_as: str) -> None:
    drawn = Drawn(replace(HEAT, drawn=drawn_as), width)
    drawn.assert_inside(1.0)
    if drawn_as == "shades":
        assert drawn.missing == 0
        assert "Stop 5" in drawn.text


def test_a_heat_map_without_room_counts_what_it_leaves_out() -> None:
    low = Drawn(HEAT, 190, 25)
    low.assert_inside(1.0)
    assert low.missing > 0
    assert f"No room here for {low.missing} more" in low.text
    odd = Drawn(replace(HEAT, rows=(("", "Mo"), ("Ward 6", "many"))), 95)
    assert "Not drawn, no number: row 2 “many”." in odd.text
    narrow = Drawn(HEAT, 40)
    narrow.assert_inside(1.0)
    assert narrow.missing > 0


def test_a_curve_without_room_says_so() -> None:
    rows = (("Day", "%"), ("0", "0"), ("30", "50"), ("60", "80"))
    steps = TableFigure(id="f", rows=rows, drawn="steps")
    assert Drawn(steps, 95).missing == 0
    low = Drawn(steps, 95, 26)
    assert (low.missing, "not fit" in low.text) == (0, False)
    small = Drawn(steps, 95, 16)
    assert small.missing == 3
    assert "No room here for 3 more" in small.text


def test_a_long_text_in_a_chart_of_a_table_stays_inside() -> None:
    rows = ((LONG, LONG), ("1", "2"), (LONG, LONG), ("3", "1e300"))
    for way in ("shades", "steps", "dots"):
        Drawn(TableFigure(id="f", rows=rows, drawn=way), 95).assert_inside(1.0)
