"""A learner's coaching on paper: the history of any period, and one page for a review talk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.development import Goal, PersonSkill
from gemba.domain.experiment import Experiment
from gemba.domain.person import Person
from gemba.domain.session import QuestionScript, Session
from gemba.domain.sheet import Sheet

if TYPE_CHECKING:
    from gemba.domain.ledger import LedgerLine, LinePlace
    from gemba.services.recorder import Recorder

Span = tuple[date | None, date | None]
Words = Callable[..., str]
_PAGE = 100
_MOST_LINES = 400


def coaching_record(
    recorder: Recorder,
    learner_id: UUID,
    span: Span,
    words: Words,
    *,
    hidden: Collection[UUID],
    private: bool,
) -> bytes:
    """Draw the history of a learner; ``hidden`` are sheets that stay out, with their talks."""
    from gemba.reports.coaching import CoachingRecord, draw_record

    talks = recorder.find(Talk, learner_id=learner_id, order_by="held_on")
    tried = recorder.find(Experiment, learner_id=learner_id)
    record = CoachingRecord(
        learner=recorder.get(Person, learner_id),
        boards=tuple(
            one
            for one in recorder.find(Storyboard, learner_id=learner_id)
            if span[1] is None or one.started_on <= span[1]
        ),
        talks=tuple(
            one if private else replace(one, private_note="")
            for one in talks
            if one.sheet_id not in hidden and within(one.held_on, span)
        ),
        experiments=tuple(one for one in tried if within(one.planned_on, span)),
        sheets=tuple(_sheets(recorder, learner_id, span, hidden)),
        sessions=tuple(_sessions(recorder, learner_id, span, private=private)),
        private=private,
        first=span[0],
        last=span[1],
    )
    return draw_record(record, words=words)


def evidence_page(
    recorder: Recorder,
    learner_id: UUID,
    span: Span,
    words: Words,
    *,
    hidden: Collection[UUID],
    private: bool,
) -> bytes:
    """Draw one page for a review talk; ``hidden`` are sheets that stay out, with their talks."""
    from gemba.reports.evidence import Evidence, draw_evidence

    overview = recorder.store.overview
    days = (span[0] or date.min, span[1] or date.max)
    lines: list[LedgerLine] = []
    after: LinePlace | None = None
    while len(lines) < _MOST_LINES:
        page = overview.ledger_lines(learner_id, days, _PAGE, after)
        lines += [one for one in page if one.learned.strip()]
        if len(page) < _PAGE:
            break
        after = page[-1].place
    talks = [
        one
        for one in recorder.find(Talk, learner_id=learner_id, order_by="held_on")
        if one.sheet_id not in hidden and within(one.held_on, span)
    ]
    noted = [(one.held_on, one.private_note) for one in reversed(talks) if one.private_note.strip()]
    page_of = Evidence(
        learner=recorder.get(Person, learner_id),
        coaches=tuple(dict.fromkeys(one.coach for one in talks if one.coach)),
        learning=overview.learning(learner_id, *days),
        lines=tuple(lines),
        sheets=tuple(_sheets(recorder, learner_id, span, hidden)),
        today=recorder.today(),
        first=span[0],
        last=span[1],
        notes=tuple(noted) if private else (),
        skills=tuple(
            one
            for one in recorder.find(PersonSkill, learner_id=learner_id)
            if one.archived_on is None
        ),
        goals=tuple(recorder.find(Goal, learner_id=learner_id)),
        private=private,
    )
    return draw_evidence(page_of, words=words)


def within(day: date, span: Span) -> bool:
    """Tell whether a day lies between two, both included; None is no bound."""
    first, last = span
    return (first is None or day >= first) and (last is None or day <= last)


def _sheets(
    recorder: Recorder, learner_id: UUID, span: Span, hidden: Collection[UUID]
) -> list[Sheet]:
    return [
        one
        for one in recorder.find(Sheet, owner_id=learner_id, order_by="started_on")
        if one.id not in hidden and (span[1] is None or one.started_on <= span[1])
    ]


def _sessions(
    recorder: Recorder, learner_id: UUID, span: Span, *, private: bool
) -> list[tuple[str, Session]]:
    """Return other conversations with a learner, each under the name of its questions."""
    found = [
        one if private else replace(one, private_answers=())
        for one in recorder.find(Session, learner_id=learner_id, order_by="held_on")
        if within(one.held_on, span)
    ]
    names = {one.id: one.label for one in recorder.find(QuestionScript)} if found else {}
    return [(names.get(one.script_id or one.id, one.definition), one) for one in found]
