"""Times as people write them, what they add up to, and where the parts of a process lie."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Process
from gemba.domain.figures.data import data_of
from gemba.domain.figures.durations import read_minutes, time_text
from gemba.domain.figures.process import SORTS, ProcessItem
from gemba.domain.figures.process_layout import lay_out
from gemba.domain.figures.process_read import read_items
from gemba.domain.figures.process_rules import process_findings, sums_told, time_words, times
from gemba.domain.figures.words import described, words_of
from gemba.domain.frame import Frame

HUGE = "9" * 400


def item(sort: str, what: str, time: str = "", **more: str) -> ProcessItem:
    return ProcessItem(id=what or sort, sort=sort, what=what, time=time, **more)


WARD = Process(
    id="p",
    items=(
        item("step", "Fit", "0", who="doctor"),
        item("wait", "for the doctor", "1 h 45"),
        item("step", "Letter", "20 min"),
        item("queue", "pharmacy", "1:22", stock="6"),
        item("step", "Make up", "18"),
        item("wait", "for a porter", "75"),
        item("step", "Carry out", "10"),
    ),
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", 20), ("0", 0), ("90 s", 1.5), ("1 h 45", 105), ("1h45min", 105), ("1:45", 105),
        ("1:45:30", 105.5), ("2,5 h", 150), ("3 days", 4320), ("1 week", 10080), ("2 d 3 h", 3060),
        ("1 h 30 s", 60.5), ("5 min 30", 5.5), ("−5", -5), ("-5 min", -5), ("1 200 min", 1200),
        ("20′", 20), ("about an hour", None), ("", None), ("soon", None), ("10 %", None),
        ("5 miles", None), ("1 h -5", None), (HUGE, None), ("1e300", None), ("nan", None),
        ("٣", 3), ("三分", None), ("20 x 3", None), ("1:75", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text: str, minutes: float | None) -> None:
    assert read_minutes(text) == (minutes if minutes is None else pytest.approx(minutes))


def test_a_number_alone_is_of_the_unit_and_a_day_as_long_as_said() -> None:
    assert read_minutes("2", "h") == 120
    assert read_minutes("2", "d", 8) == 960
    assert read_minutes("1 week", "min", 8) == 5 * 8 * 60


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"), (0.5, "30 s"), (1.5, "1 min 30 s"), (20, "20 min"), (59.6, "1 h"),
        (105, "1 h 45"), (65, "1 h 05"), (1439.7, "1 d"), (1500, "1 d 1 h"), (200160, "139 d"),
        (-5, "−5 min"),
    ],
)  # fmt: skip
def test_times_as_they_are_written(minutes: float, text: str) -> None:
    assert time_text(minutes) == text


@given(st.floats(0, 1e9))
def test_what_is_written_reads_back_as_nearly_the_same(minutes: float) -> None:
    text = time_text(minutes)
    back = read_minutes(text)
    assert back is not None
    assert back == pytest.approx(minutes, rel=0.03, abs=0.51)


def test_lead_time_and_touch_time_add_up() -> None:
    found = times(WARD)
    assert (found.lead, found.touch, found.waiting) == (310, 48, 262)
    assert found.longest == 1
    assert sums_told(WARD) == ["Lead time 5 h 10.", "Hands on it 48 min (15 %).", "Waiting 4 h 22."]


def test_times_that_are_none_are_named_kept_and_not_added() -> None:
    figure = Process(
        id="p",
        items=(
            item("step", "Cut", "soon"),
            item("wait", "for glue", "-5 min"),
            item("step", "Glue"),
            item("step", "", "5"),
            item("step", "Huge", HUGE),
        ),
    )
    keys = [(one.key, one.where) for one in process_findings(figure)]
    assert keys == [
        ("process.not_a_time", "Cut"),
        ("process.below_zero", "for glue"),
        ("process.ask_time", "Glue"),
        ("process.ask_what", "step"),
        ("process.not_a_time", "Huge"),
    ]
    assert "9" * 41 not in str(
        [one.told(lambda key, **v: str(v)) for one in process_findings(figure)]
    )
    found = times(figure)
    assert (found.lead, found.timed, found.untimed, found.unread) == (5, 1, 1, 3)
    assert time_words(figure, figure.items[0]) == "soon ?"
    assert time_words(figure, figure.items[2]) == "?"
    named = "Times not understood and not added: Cut “soon”, for glue “-5 min”, Huge “"
    assert any(told.startswith(named) for told in sums_told(figure))


def test_nothing_takes_no_time_and_is_divided_by_nothing() -> None:
    figure = Process(id="p", items=(item("step", "Cut", "0"), item("wait", "then", "0 s")))
    assert sums_told(figure) == ["Lead time 0 min.", "Hands on it 0 min.", "Waiting 0 min."]
    assert sums_told(Process(id="p", items=(item("step", "Cut"),))) == []


def test_a_share_too_small_to_count_is_not_told_as_none() -> None:
    figure = Process(id="p", items=(item("step", "Sign", "3 min"), item("wait", "mail", "9 d")))
    assert sums_told(figure)[1] == "Hands on it 3 min (under 1 %)."


def test_how_long_a_day_is_stands_where_days_do() -> None:
    figure = Process(id="p", day_hours=8, items=(item("wait", "approval", "3 d"),))
    assert sums_told(figure)[-1] == "A day is counted as 8 h."
    assert sums_told(figure)[0] == "Lead time 3 d."


@pytest.mark.parametrize("hours", [0, -3, 25, 10**9])
def test_a_day_that_makes_no_sense_has_24_hours(hours: int) -> None:
    figure = Process(id="p", day_hours=hours, unit="x", items=(item("odd", "Cut", "3 d"),))
    assert times(figure).lead == 3 * 24 * 60
    assert "Lead time 3 d." in described(figure)
    assert times(Process(id="p", unit="", items=(item("step", "Cut", "3"),))).lead == 3


def test_a_process_is_told_searched_and_kept() -> None:
    told = described(WARD)
    assert "Steps: 4. Between them: 3." in told
    assert "queue: pharmacy, 6 there, 1 h 22." in told
    assert "Lead time 5 h 10." in told
    assert {"Letter", "doctor", "for a porter", "6"} <= set(words_of(WARD))
    assert from_plain(Process, to_plain(WARD)) == WARD
    minutes = data_of(WARD)[-1]
    assert minutes.rows[1] == ("wait", "for the doctor", 105)
    assert minutes.rows[-3] == ("", "Lead time", 310)
    assert described(Process(id="p")) == "Process sketch, nothing written yet."


def test_a_pasted_range_becomes_steps_and_waits() -> None:
    count = itertools.count()
    text = (
        "Step\tWho\tTime\nLetter\tdoctor\t20 min\nwait for pharmacy\t\t1 h 22\n"
        "queue\tin-tray\tclerk\t3 d\nHandover by phone\t\tsoon\nLast\tporter\t10 bags"
    )
    found, _moved = read_items(text, "min", lambda: str(next(count)))
    assert [(one.sort, one.what, one.who, one.time) for one in found] == [
        ("step", "Letter", "doctor", "20 min"),
        ("wait", "wait for pharmacy", "", "1 h 22"),
        ("queue", "in-tray", "clerk", "3 d"),
        ("handover", "Handover by phone", "soon", ""),
        ("step", "Last", "porter", "10 bags"),
    ]


def apart(one: Frame, other: Frame) -> bool:
    return (
        one.right <= other.x + 0.01
        or other.right <= one.x + 0.01
        or one.bottom <= other.y + 0.01
        or other.bottom <= one.y + 0.01
    )


@given(
    st.lists(st.sampled_from(SORTS), min_size=1, max_size=100),
    st.floats(13, 400),
    st.integers(0, 40),
    st.booleans(),
)
def test_steps_never_overlap_and_keep_their_order(
    sorts: list[str], width: float, lines: int, timed: bool
) -> None:
    def body(index: int, room: float) -> float:
        return 3.9 * (1 + (index * lines) % 41) * (20 / max(1.0, room))

    def when(index: int, room: float) -> float:
        return 3.9 * (1 + index % 3)

    laid = lay_out([one == "step" for one in sorts], width, body, when if timed else None)
    cells = [cell for band in laid.bands for cell in band.cells]
    assert [cell.index for cell in cells] == list(range(len(sorts)))
    for band in laid.bands:
        for one, other in itertools.pairwise(band.cells):
            assert one.column.right <= other.column.x + 0.01
        for cell in band.cells:
            assert cell.column.x >= -0.01
            assert cell.column.right <= width + 0.01
            assert band.top - 0.01 <= cell.body.y
            assert cell.time.bottom <= band.bottom + 0.01
            assert apart(cell.body, cell.time) or not cell.time.height
    for one, other in itertools.pairwise(laid.bands):
        assert one.bottom < other.top
    assert all(band.bottom <= laid.height + 0.01 for band in laid.bands)
