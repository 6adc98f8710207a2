"""A second coach's sheet on paper: everything that was noted, and that it is private."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

from pypdf import PdfReader

from gemba.domain.coach_log import ObservedPhase, SecondCoach
from gemba.reports.second_coach import draw_second_coach
from gemba.words import Words

DAY = date(2026, 11, 19)


def pages_of(sheet: SecondCoach) -> list[str]:
    pdf = draw_second_coach(sheet, "Marek Dvořák", words=Words())
    assert pdf == draw_second_coach(sheet, "Marek Dvořák", words=Words())
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_what_was_noted_stands_on_one_private_page() -> None:
    sheet = SecondCoach(
        id=UUID(int=1),
        coach="Nora Whitfield",
        second_coach="Hannah Osei",
        watched_on=DAY,
        minutes=17,
        phases=(
            ObservedPhase(
                id="obstacle", coach_said="Which one?", learner_said="The call.", seconds=75
            ),
        ),
        strong="Waited.",
        feedback="Two answers were given.",
        level=2,
    )
    (page,) = pages_of(sheet)
    for words in (
        "Private", "Hannah Osei", "Marek Dvořák", "17 min", "Obstacle, 1:15", "Which one?",
        "The call.", "Two answers were given.", "advanced beginner",
    ):  # fmt: skip
        assert words in page


def test_an_empty_sheet_has_lines_to_write_on_and_fits_a_page() -> None:
    (page,) = pages_of(SecondCoach(id=UUID(int=1), watched_on=DAY))
    for words in ("Aim", "Where it is now", "Obstacle", "Next step", "When we look"):
        assert words in page


def test_long_and_foreign_notes_go_on_over_pages_and_each_is_private() -> None:
    said = "Он сказал: «подождите». 待ってください。 <b>not markup</b> " * 200
    sheet = SecondCoach(
        id=UUID(int=1),
        watched_on=DAY,
        phases=(ObservedPhase(id="now", learner_said=said),),
        level=9,
    )
    pages = pages_of(sheet)
    assert len(pages) > 2
    assert all("Private" in page for page in pages)
    assert sum(page.count("<b>not markup</b>") for page in pages) >= 150
