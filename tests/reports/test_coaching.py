"""The coaching record on paper: everything, in order, and private notes only where asked."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from gemba.domain.coaching import Answer, Obstacle, Storyboard, Talk
from gemba.domain.experiment import Amendment, Experiment
from gemba.domain.person import Person
from gemba.domain.session import Session
from gemba.reports.coaching import CoachingRecord, draw_record
from gemba.words import Words

DAY = date(2026, 9, 2)
AT = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)


def talk(number: int) -> Talk:
    """A cycle that was ended, with a note for the coach alone."""
    return Talk(
        id=UUID(int=100 + number),
        kind="cycle",
        learner_id=UUID(int=1),
        coach="Ana",
        held_on=DAY + timedelta(days=number),
        ended_at=AT,
        elapsed=720,
        answers=(
            Answer(id="aim", question="Where to?", text=f"Noon, cycle {number}"),
            Answer(id="now", question="Where today?", unknown=True),
        ),
        agreed="Count the calls",
        private_note=f"secret {number}",
    )


@pytest.fixture
def record() -> CoachingRecord:
    board = Storyboard(
        id=UUID(int=2),
        learner_id=UUID(int=1),
        focus_process="discharge lounge",
        target_condition="30 % before noon",
        obstacles=(Obstacle(id="a", text="Night list"), Obstacle(id="b", text="Lift", gone_on=DAY)),
        focus="a",
        started_on=DAY,
    )
    tried = Experiment(
        id=UUID(int=3),
        storyboard_id=board.id,
        learner_id=UUID(int=1),
        step="Book at eight",
        prediction="7 of 7",
        planned_on=DAY,
        predicted_at=AT,
        amendments=(Amendment(at=AT, text="or six"),),
        result="4 of 7",
        outcome="different",
    )
    return CoachingRecord(
        learner=Person(id=UUID(int=1), name="Tomas Reyes"),
        boards=(board,),
        talks=(talk(0),),
        experiments=(tried,),
        sheets=(),
    )


def read(record: CoachingRecord) -> PdfReader:
    return PdfReader(io.BytesIO(draw_record(record, words=Words())))


def text(record: CoachingRecord) -> str:
    return "\n".join(page.extract_text() for page in read(record).pages)


def test_one_page_of_a4_with_title_author_and_language(record: CoachingRecord) -> None:
    reader = read(record)
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    assert reader.metadata is not None
    assert reader.metadata.title == "Coaching record of Tomas Reyes"
    assert reader.metadata.author == "Ana"
    assert reader.root_object["/Lang"] == "en"
    assert reader.outline == []


def test_everything_stands_there(record: CoachingRecord) -> None:
    said = text(record)
    for words in (
        "Storyboard: discharge lounge",
        "30 % before noon",
        "Night list (in focus)",
        "Lift (gone since",
        "7 of 7",
        "or six",
        "4 of 7",
        "different",
        "Noon, cycle 0",
        "We don’t know that yet.",
        "Count the calls",
    ):
        assert words in said


def test_private_notes_are_drawn_only_where_asked(record: CoachingRecord) -> None:
    assert "secret" not in text(record)
    assert "secret 0" in text(replace(record, private=True))


def test_longer_records_have_numbers_and_bookmarks(record: CoachingRecord) -> None:
    reader = read(replace(record, talks=tuple(talk(number) for number in range(30))))
    count = len(reader.pages)
    assert count > 2
    for number, page in enumerate(reader.pages, 1):
        assert f"{number} of {count}" in page.extract_text()
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Storyboard: discharge lounge", "Predicted and happened", "Talks"]


def test_a_talk_that_was_only_begun_is_left_out(record: CoachingRecord) -> None:
    begun = replace(talk(9), ended_at=None, answers=(), agreed="", private_note="", elapsed=0)
    assert text(replace(record, talks=(talk(0), begun))) == text(record)


def test_the_same_record_gives_the_same_bytes(record: CoachingRecord) -> None:
    assert draw_record(record, words=Words()) == draw_record(record, words=Words())


def test_odd_text_is_drawn_and_not_read_as_marks(record: CoachingRecord) -> None:
    odd = replace(talk(0), agreed="a < b & <b>c</b> \x07 \U0001f600")
    assert "a < b & <b>c</b>" in text(replace(record, talks=(odd,)))


def test_an_experiment_stays_on_one_page() -> None:
    tried = [
        Experiment(
            id=UUID(int=number + 10),
            learner_id=UUID(int=1),
            storyboard_id=UUID(int=2),
            planned_on=date(2026, 9, 1 + number),
            step=f"Step {number}",
            prediction=f"Predicted {number} " * 20,
            result=f"Result {number}",
            learned=f"Learned {number}",
            outcome="different",
        )
        for number in range(20)
    ]
    made = CoachingRecord(
        learner=Person(id=UUID(int=1), name="Tomas"),
        boards=(),
        talks=(),
        experiments=tuple(tried),
        sheets=(),
    )
    texts = [
        page.extract_text()
        for page in PdfReader(io.BytesIO(draw_record(made, words=Words()))).pages
    ]
    assert len(texts) > 2
    for number in range(20):
        page = next(text for text in texts if f"Step {number}\n" in text + "\n")
        assert f"Learned {number}" in page


def test_a_learner_of_whom_nothing_is_written_is_said_to_be_one() -> None:
    made = CoachingRecord(
        learner=Person(id=UUID(int=1), name="Tomas"), boards=(), talks=(), experiments=(), sheets=()
    )
    (page,) = PdfReader(io.BytesIO(draw_record(made, words=Words()))).pages
    assert "No talk was held and nothing was tried yet." in page.extract_text()


def test_a_conversation_stands_among_the_talks_and_its_private_part_only_where_asked(
    record: CoachingRecord,
) -> None:
    grow = Session(
        id=UUID(int=9),
        definition="grow",
        learner_id=UUID(int=1),
        led_by="Ana Lindqvist",
        held_on=DAY,
        elapsed=900,
        answers=(Answer(id="goal", question="What do you want?", text="One list"),),
    )
    hers = replace(
        grow,
        id=UUID(int=10),
        answers=(),
        private_answers=(Answer(id="said", question="What was said?", text="All is well"),),
    )
    said = text(replace(record, talks=(), sessions=(("GROW", grow),)))
    for words in ("GROW", "15 min", "What do you want?", "One list", "Ana Lindqvist"):
        assert words in said
    closed = replace(hers, private_answers=())
    assert "Left-hand column" not in text(replace(record, sessions=(("Left-hand column", closed),)))
    asked = text(replace(record, sessions=(("Left-hand column", hers),), private=True))
    for words in ("Left-hand column", "All is well", "for the coach alone", "Private"):
        assert words in asked
