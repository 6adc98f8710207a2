"""A full A3 to try paper and screen with; made up, and smaller than the sample that ships."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from gemba.definitions.read import read_sheet
from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import FiveWhys, Plan, RunChart
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.place import Place
from gemba.domain.figures.plan import Action
from gemba.domain.figures.run_chart import ChangeMark, Reading
from gemba.domain.sheet import Box, Sheet
from gemba.resources import resource_path

TODAY = date(2026, 11, 22)
_MON = date(2026, 8, 31)
_FIRST = (14, 17, 38, 15, 22, 17, 28, 14, 19, 26, 14, 15, 22, 14, 16, 28, 15, 14, 23, 17)
_THEN = (28, 33, 14, 0, 17, 22, 16, 14, 28, 17, 28, 25, 28, 22, 28, 28, 43, 31, 28, 36)
_LAST = (29, 38, 43, 28, 50, 31, 29, 38, 42, 33, 37, 43, 33, 38, 41, 28, 43, 36, 39, 35)


def definition() -> SheetDefinition:
    """The problem-solving sheet as it ships."""
    return read_sheet(resource_path("sheets", "ps7.toml"))


def _readings(values: tuple[int, ...]) -> tuple[Reading, ...]:
    days = [_MON + timedelta(days=7 * (n // 5) + n % 5) for n in range(len(values))]
    return tuple(Reading(on=day, value=float(v)) for day, v in zip(days, values, strict=True))


def _tree() -> FiveWhys:
    rows = (
        ("gap", "", "Fit at 09:00, leaves after 14:00", "measured", "88 of 132 patients", ""),
        ("a1", "gap", "Medicines reach the ward at 12:45", "measured", "30 of 30", ""),
        ("a2", "a1", "They are asked for at 11:20, in pharmacy’s peak", "measured", "22 of 30", ""),
        ("a3", "a2", "The letter is written after the round", "seen", "3 walks", ""),
        ("a4", "a3", "Nobody names by evening who goes home", "tested", "4 days, bay 4", "A"),
        ("b1", "gap", "Transport comes 1 h 25 after medicines", "measured", "30 of 30", ""),
        ("b2", "b1", "It is booked only when medicines are here", "said", "3 porters", ""),
        ("b3", "b2", "Nothing sends our names to the night list", "seen", "2 evenings", "B"),
    )
    return FiveWhys(
        id="tree",
        whys=tuple(
            Why(
                id=one,
                parent=parent,
                text=text,
                evidence=how,
                source=source,
                root=bool(letter),
                letter=letter,
            )
            for one, parent, text, how, source, letter in rows
        ),
    )


def _plan() -> Plan:
    def row(number: int, what: str, who: str, week: int, weeks: int, done: bool) -> Action:
        start = date(2026, 9, 28) + timedelta(weeks=week)
        end = start + timedelta(weeks=weeks, days=-3)
        return Action(
            id=str(number),
            what=what,
            who=who,
            start=start,
            finish=end,
            started=start if done else None,
            finished=end + timedelta(days=2) if done else None,
            review=end + timedelta(days=5),
            reviewed=done,
        )

    return Plan(
        id="plan",
        actions=(
            row(1, "Agree 15:00 naming with registrars", "Maria Okafor", 0, 1, True),
            row(2, "Try the naming on bay 4", "Maria Okafor", 1, 1, True),
            row(3, "Naming in every bay", "Lena Brandt", 2, 2, True),
            row(4, "Names to the porters’ list", "Tomas Reyes", 6, 2, True),
            row(5, "Write standard 6-R3, show ward 9", "Joy Adeyemi", 8, 2, False),
        ),
    )


def _chart(id: str, values: tuple[int, ...], *, changes: bool) -> RunChart:
    marks = (
        ChangeMark(on=_MON + timedelta(days=28), label="1"),
        ChangeMark(on=_MON + timedelta(days=56), label="2"),
    )
    return RunChart(
        id=id,
        caption="Out before 12:00, % of the day’s discharges",
        place=Place(width=98.0),
        unit="%",
        readings=_readings(values),
        goal=40.0,
        goal_label="goal 40 %",
        changes=marks if changes else (),
        low=0.0,
        high=60.0,
    )


def trial_sheet() -> Sheet:
    """A sheet with text in every box and four figures."""
    return Sheet(
        id=UUID("3f2a0000-0000-4000-8000-000000000001"),
        revision=12,
        title="Two in three patients fit by 09:00 leave ward 6 after 14:00",
        started_on=_MON,
        stage="check",
        boxes=(
            Box(
                id="background",
                text="Ward 6 holds 24 medical beds and sends about seven people home each weekday. "
                "While they wait to leave, five to nine people wait for their bed in the emergency "
                "department every morning.\n"
                "Site goal 2: **nobody waits more than four hours for a bed.** In August 41 people "
                "did; 17 of them for ward 6.\n"
                "Families take half a day off to collect someone, then sit with them until "
                "mid-afternoon.",
            ),
            Box(
                id="current",
                text="Standard: a patient fit by 09:00 leaves by 12:00.\n"
                "From 31 August to 9 October 39 of 206 people left before 12:00 (19 %). Of the 132 "
                "who were fit by 09:00, 88 left after 14:00.\n\n"
                "Seen on nine walks, 3 to 25 September; 30 patients followed from “fit” to the "
                "door:\n"
                "- the work takes 48 minutes\n"
                "- the waiting takes 4 h 22, most of it for medicines and for the letter\n\n"
                "*“I phone the lounge three times for one patient.”* Staff nurse, bay 4",
                figures=(_chart("before", _FIRST, changes=False),),
            ),
            Box(
                id="goal",
                text="From 19 % to 40 % out before 12:00 by Friday 11 December, counted daily from "
                "the bed board by the ward clerk.\n"
                "Must not get worse: readmission within 7 days (4.1 %), length of stay (3.2 days).",
            ),
            Box(
                id="analysis",
                text="When we stopped naming, the times went back within two days.",
                figures=(_tree(),),
            ),
            Box(
                id="countermeasures",
                text="**1 Name tomorrow’s discharges at 15:00 with the registrar** (A): letter by "
                "10:00 for 25 of 30. Chosen.\n"
                "**2 Round begins with the named patients** (A): medicines asked for by 09:45. "
                "Chosen.\n"
                "**3 Ward clerk sends the names to the porters at 17:45** (B): transport wait "
                "under 30 min. Chosen.\n"
                "Considered and left: a nurse who only writes letters (hides A); do nothing (stays "
                "at 19 %).",
            ),
            Box(id="plan", figures=(_plan(),)),
            Box(
                id="check",
                text="1 letter by 10:00: predicted 25 of 30, happened 22.\n"
                "2 medicines by 09:45: happened 09:50.\n"
                "3 transport under 30 min: happened 55.\n\n"
                "3 did not do it: the night list prints at 17:30, before our names arrive. From "
                "Monday we send at 17:15.",
                figures=(_chart("after", (*_FIRST, *_THEN, *_LAST), changes=True),),
            ),
            Box(
                id="followup",
                text="Standard 6-R3, owner ward sister Joy Adeyemi, from 23 November.\n"
                "Ward 9 comes to see on 4 December and tries its own version.\n"
                "Still open: Saturdays (11 %), when no registrar is in at 15:00.\n"
                "Next sheet: people who become fit after 09:00.",
            ),
        ),
    )
