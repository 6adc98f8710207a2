"""One page for a review talk: never a second one, and what has no room is counted."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from gemba.domain.development import Goal, PersonSkill, SkillStep
from gemba.domain.ledger import Learning, LedgerLine, LedgerMonth, ObstacleTime
from gemba.domain.person import Person
from gemba.domain.sheet import Sheet
from gemba.reports.evidence import Evidence, draw_evidence
from gemba.words import Words

DAY = date(2026, 9, 2)


def evidence(count: int, length: int = 3, **fields: object) -> Evidence:
    """So many of everything, each text so many words long."""
    text = " ".join(["bags"] * length)
    return Evidence(
        learner=Person(id=UUID(int=1), name="Priya Raman"),
        coaches=("Nora",),
        learning=Learning(
            months=(LedgerMonth(DAY.replace(day=1), count, count),) if count else (),
            cycles=tuple((DAY + timedelta(one), 12) for one in range(count)),
            obstacles=tuple(
                ObstacleTime(
                    text=f"{text} {one}",
                    process="",
                    first=DAY,
                    until=DAY + timedelta(one),
                    gone=bool(one % 2),
                    experiments=one + 1,
                )
                for one in range(count)
            ),
        ),
        lines=tuple(
            LedgerLine(
                id=UUID(int=10 + one),
                counter=one,
                planned_on=DAY,
                prediction=text,
                happened=text,
                outcome="different",
                learned=f"{text} {one}",
            )
            for one in range(count)
        ),
        sheets=tuple(
            Sheet(id=UUID(int=900 + one), title=text, started_on=DAY) for one in range(count)
        ),
        today=DAY,
        skills=tuple(
            PersonSkill(
                id=UUID(int=2000 + one),
                learner_id=UUID(int=1),
                name=text,
                level=one % 5,
                steps=(SkillStep(on=DAY, level=one % 5),) if one % 2 else (),
            )
            for one in range(count)
        ),
        goals=tuple(
            Goal(id=UUID(int=3000 + one), learner_id=UUID(int=1), text=text, set_on=DAY)
            for one in range(count)
        ),
        **fields,  # type: ignore[arg-type]
    )


def pages(one: Evidence) -> list[str]:
    reader = PdfReader(io.BytesIO(draw_evidence(one, words=Words())))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.parametrize("count", [0, 1, 3, 12, 80])
@pytest.mark.parametrize("length", [1, 40, 4_000])
def test_it_is_one_page_whatever_there_is(count: int, length: int) -> None:
    notes = tuple((DAY, "bags " * length) for _ in range(count))
    found = pages(evidence(count, length, notes=notes, private=True))
    assert len(found) == 1
    assert "To talk about" in found[0]
    assert "half a year" in found[0]


def test_what_has_no_room_is_counted() -> None:
    found = pages(evidence(80))[0]
    assert "more in the coaching history" in found
    assert "more in the coaching history" not in pages(evidence(2))[0]


def test_notes_only_where_they_are_private_pages() -> None:
    notes = ((DAY, "Only for me"),)
    assert "Only for me" not in pages(evidence(1, notes=notes))[0]
    private = pages(evidence(1, notes=notes, private=True))[0]
    assert "Only for me" in private
    assert "Private" in private.splitlines()[0] or "Private" in private


def test_nothing_is_said_as_well() -> None:
    found = pages(evidence(0))[0]
    assert "Nothing was coached or predicted" in found
    assert "Priya Raman" in found


def test_skills_stand_there_with_the_level_somebody_said() -> None:
    found = pages(evidence(2))[0]
    assert "in training, since 2 Sep 2026" in found
    assert "not begun" in found
    assert "Goal: bags" in found
