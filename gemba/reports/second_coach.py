"""A second coach's sheet on A4: the phases with what was said, and the feedback to the coach.

Each page says that it is private: it is the coach's, and nobody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gemba.domain.coach_log import PRACTICE_LEVELS, ObservedPhase, SecondCoach
from gemba.domain.minutes import said_minutes
from gemba.reports.ink import Ink
from gemba.reports.pages import LABEL, LEFT, WIDTH, Pages
from gemba.reports.style import MM, REPORT_SOFT, REPORT_STRONG, REPORT_TEXT

Words = Callable[..., str]
PHASES: Final = ("aim", "now", "obstacle", "next", "when")
_LINE: Final = REPORT_TEXT.leading / MM
_WRITING: Final = 9.0
"""The distance of lines to write on by hand, in mm."""


def draw_second_coach(sheet: SecondCoach, learner: str, *, words: Words) -> bytes:
    """Draw a sheet as PDF, A4 standing; where nothing was noted there are lines to write on."""
    title = words("second_coach.title")
    pages = Pages(title=title, left=title, words=words, badge=words("coaching_record.badge"))
    pages.title(title)
    pages.labelled(words("second_coach.day"), words("report.day", day=sheet.watched_on))
    pages.labelled(words("second_coach.coach"), sheet.coach)
    pages.labelled(words("second_coach.second"), sheet.second_coach)
    pages.labelled(words("second_coach.learner"), learner)
    if sheet.minutes:
        pages.labelled(
            words("second_coach.took"), words("second_coach.minutes", minutes=sheet.minutes)
        )
    pages.rule()
    _part(pages, words("second_coach.before"), sheet.before)
    known = {one.id: one for one in sheet.phases}
    for phase in PHASES:
        _phase(pages, known.get(phase, ObservedPhase(id=phase)), words)
    pages.head(words("second_coach.for_the_coach"), 3 * _LINE)
    for name in ("strong", "feedback", "practise", "reply"):
        _part(pages, words(f"second_coach.{name}"), getattr(sheet, name))
    if 1 <= sheet.level <= len(PRACTICE_LEVELS):
        level = words(f"second_coach.level.{sheet.level}")
        pages.labelled(words("second_coach.stands"), level)
    return pages.finish(title=title, author=sheet.second_coach or "Gemba", subject=title)


def _phase(pages: Pages, one: ObservedPhase, words: Words) -> None:
    head = words(f"second_coach.phase.{one.id}")
    took = said_minutes(one.seconds)
    pages.head(f"{head}, {took}" if took else head, 3 * _LINE)
    for name, said in (("coach_said", one.coach_said), ("learner_said", one.learner_said)):
        _said(pages, words(f"second_coach.{name}"), said)


def _said(pages: Pages, label: str, said: str) -> None:
    if said.strip():
        pages.labelled(label, said)
        return
    pages.need(_WRITING)
    pages.text(label, REPORT_SOFT)
    _line(pages, LEFT + LABEL)


def _part(pages: Pages, label: str, said: str) -> None:
    pages.need(3 * _LINE)
    pages.text(label, REPORT_STRONG)
    if said.strip():
        pages.text(said, REPORT_TEXT, width=WIDTH)
        pages.space(1.5)
        return
    pages.space(_WRITING - 2.0)
    _line(pages, LEFT)
    pages.space(3.0)


def _line(pages: Pages, x: float) -> None:
    """Draw a line to write on at the foot of what was written last."""
    y = pages.spot[1]

    def draw(ink: Ink) -> None:
        ink.line(x, y, LEFT + WIDTH, y, pt=0.5)

    pages.mark(draw)
    pages.space(2.0)
