"""A learner's coaching record on A4: storyboards, what was predicted, and every talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from gemba.domain.coaching import Answer, Storyboard, Talk
from gemba.domain.cycle import said_anything
from gemba.domain.experiment import Experiment
from gemba.domain.person import Person
from gemba.domain.session import Session
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words
from gemba.reports.ink import Ink
from gemba.reports.pages import LEFT, WIDTH, Pages
from gemba.reports.style import MM, REPORT_SOFT, REPORT_STRONG, REPORT_TEXT

Words = Callable[..., str]

_LINE: Final = REPORT_TEXT.leading / MM
_BETWEEN: Final = 4.0
_WHOLE: Final = 90.0
"""An experiment stays on one page up to this height, in mm."""
_MARK: Final = 1.4
"""The radius of an outcome's mark, in mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingRecord:
    """All that belongs to one learner; the private notes are drawn only where ``private``.

    ``sessions`` are other conversations, each with the name of its questions. ``first`` and
    ``last`` are the days it was asked for, None without such a bound.
    """

    learner: Person
    boards: tuple[Storyboard, ...]
    talks: tuple[Talk, ...]
    experiments: tuple[Experiment, ...]
    sheets: tuple[Sheet, ...]
    sessions: tuple[tuple[str, Session], ...] = ()
    private: bool = False
    first: date | None = None
    last: date | None = None


def draw_record(record: CoachingRecord, *, words: Words) -> bytes:
    """Draw a coaching record as PDF, A4 standing, with bookmarks where it is longer than a page."""
    # A talk that was only begun says nothing on paper either.
    record = replace(
        record,
        talks=tuple(one for one in record.talks if said_anything(one)),
        sessions=tuple(one for one in record.sessions if _said(one[1])),
    )
    name = record.learner.name
    title = words("coaching_record.title", name=name)
    badge = words("coaching_record.badge") if record.private else ""
    pages = Pages(title=title, left=title, words=words, badge=badge)
    pages.title(name)
    _facts(pages, record, words)
    pages.rule()
    for board in record.boards:
        _board(pages, board, words)
    _experiments(pages, record.experiments, words)
    _talks(pages, record, words)
    _sheets(pages, record.sheets, words)
    if not (
        record.boards or record.talks or record.sessions or record.experiments or record.sheets
    ):
        pages.text(words("coaching_record.nothing_yet"), REPORT_SOFT)
    coach = next((talk.coach for talk in reversed(record.talks) if talk.coach), "")
    return pages.finish(title=title, author=coach or "Gemba", subject=title)


def _day(day: date | None, words: Words) -> str:
    return words("report.day", day=day) if day is not None else ""


def _facts(pages: Pages, record: CoachingRecord, words: Words) -> None:
    coaches = dict.fromkeys(
        [talk.coach for talk in record.talks if talk.coach]
        + [one.led_by for _, one in record.sessions if one.led_by]
    )
    pages.labelled(words("coaching_record.coach"), ", ".join(coaches))
    if record.first is not None or record.last is not None:
        bounds = {"first": record.first, "last": record.last}
        key = "between" if None not in bounds.values() else "since" if record.first else "until"
        pages.labelled(words("coaching_record.period"), words(f"coaching_record.{key}", **bounds))
    held = [talk.held_on for talk in record.talks]
    days = sorted(held + [one.held_on for _, one in record.sessions])
    if days:
        span = words("coaching_record.span", first=days[0], last=days[-1], count=len(days))
        pages.labelled(words("coaching_record.talks_held"), span)
    key = "with_private" if record.private else "without_private"
    pages.labelled(words("coaching_record.notes"), words(f"coaching_record.{key}"))


def _board(pages: Pages, board: Storyboard, words: Words) -> None:
    about = board.focus_process.strip()
    head = words("coaching_record.board_of", about=about) if about else None
    pages.head(first_words(head or words("coaching_record.board"), 120), 2 * _LINE)
    target = board.target_condition
    for key, said in (
        ("challenge", board.challenge),
        ("target", target),
        ("by", _day(board.target_by, words)),
        ("measure", board.target_measure),
        ("now", board.current_condition),
    ):
        pages.labelled(words(f"coaching_record.{key}"), said)
    obstacles = "\n".join(
        words("coaching_record.gone", text=one.text, day=one.gone_on)
        if one.gone_on is not None
        else words("coaching_record.in_focus", text=one.text)
        if one.id == board.focus
        else one.text
        for one in board.obstacles
    )
    pages.labelled(words("coaching_record.obstacles"), obstacles)


def _experiments(pages: Pages, experiments: Sequence[Experiment], words: Words) -> None:
    tried = [one for one in experiments if one.step.strip() or one.prediction.strip()]
    if not tried:
        return
    pages.head(words("coaching_record.predicted_and_happened"), 3 * _LINE)
    for number, one in enumerate(sorted(tried, key=lambda each: each.planned_on)):
        if number:
            pages.space(_BETWEEN)
        pages.need(pages.height_of(partial(_experiment, one=one, words=words), _WHOLE))
        _experiment(pages, one, words)


def _experiment(pages: Pages, one: Experiment, words: Words) -> None:
    pages.need(3 * _LINE)
    _mark(pages, one.outcome or ("unclear" if one.result else ""))
    head = words("coaching_record.experiment", day=one.planned_on)
    pages.text(f"{head}  {_outcome(one, words)}", REPORT_STRONG, x=LEFT + 5.0)
    pages.space(0.5)
    predicted = ""
    if one.predicted_at is not None:
        day, time = one.predicted_at.date(), f"{one.predicted_at:%H:%M}"
        predicted = words("coaching_record.predicted_at", day=day, time=time)
    added = [
        words("coaching_record.amended", day=more.at.date(), text=more.text)
        for more in one.amendments
    ]
    for key, said in (
        ("step", one.step),
        ("predicted", "\n".join([one.prediction, *added]) if one.prediction else ""),
        ("prediction_made", predicted),
        ("measure", one.measure),
        ("look_on", _day(one.look_on, words)),
        ("happened", one.result),
        ("learned", one.learned),
    ):
        pages.labelled(words(f"coaching_record.{key}"), said)


def _outcome(one: Experiment, words: Words) -> str:
    key = one.outcome or ("unclear" if one.result else "open")
    return words(f"coaching_record.outcome.{key.replace(' ', '_')}")


def _mark(pages: Pages, outcome: str) -> None:
    """Draw a mark before an experiment: filled, open or dotted, or a square when still open."""
    y = pages.spot[1] + _LINE / 2
    x = LEFT + _MARK

    def draw(ink: Ink) -> None:
        if outcome == "as expected":
            ink.circle(x, y, _MARK, stroke=None, fill="ink")
        elif outcome == "different":
            ink.circle(x, y, _MARK, pt=1.0)
        elif outcome == "unclear":
            ink.circle(x, y, _MARK, stroke="series_2", pt=1.0)
            ink.circle(x, y, _MARK / 3, stroke=None, fill="series_2")
        else:
            ink.rect(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK, pt=1.0)

    pages.mark(draw)


def _talks(pages: Pages, record: CoachingRecord, words: Words) -> None:
    held = [(talk.held_on, partial(_talk, pages, talk, record, words)) for talk in record.talks]
    held += [
        (one.held_on, partial(_session, pages, label, one, words)) for label, one in record.sessions
    ]
    if not held:
        return
    pages.head(words("coaching_record.talks"), 3 * _LINE)
    for number, (_, draw) in enumerate(sorted(held, key=lambda pair: pair[0])):
        if number:
            pages.space(_BETWEEN)
        draw()


def _said(session: Session) -> bool:
    answers = (*session.answers, *session.private_answers)
    return any(one.unknown or one.text.strip() for one in answers)


def _session(pages: Pages, label: str, one: Session, words: Words) -> None:
    head = words("coaching_record.talk", kind=label, day=one.held_on)
    if one.elapsed >= 60:
        head = words("coaching_record.talk_minutes", talk=head, minutes=one.elapsed // 60)
    pages.head(head, 3 * _LINE, level=1)
    pages.labelled(words("coaching_record.about"), one.about)
    if one.about.strip():
        pages.space(1.5)
    for answer in one.answers:
        _answer(pages, answer, words)
    if one.private_answers:
        pages.labelled(words("coaching_record.private_note"), words("coaching_record.below"))
    for answer in one.private_answers:
        _answer(pages, answer, words)


def _talk(pages: Pages, talk: Talk, record: CoachingRecord, words: Words) -> None:
    kind = words(f"coaching_record.kind.{talk.kind.replace(' ', '_')}")
    head = words("coaching_record.talk", kind=kind, day=talk.held_on)
    if talk.elapsed >= 60:
        head = words("coaching_record.talk_minutes", talk=head, minutes=talk.elapsed // 60)
    pages.head(head, 3 * _LINE, level=1)
    title = next((sheet.title for sheet in record.sheets if sheet.id == talk.sheet_id), "")
    pages.labelled(words("coaching_record.sheet"), title)
    if title:
        pages.space(1.5)
    for answer in talk.answers:
        _answer(pages, answer, words)
    pages.space(1.0)
    pages.labelled(words("coaching_record.agreed"), talk.agreed)
    look = " ".join(part for part in (_day(talk.next_look_on, words), talk.next_look_time) if part)
    pages.labelled(words("coaching_record.next_look"), look)
    if record.private:
        pages.labelled(words("coaching_record.private_note"), talk.private_note)


def _answer(pages: Pages, answer: Answer, words: Words) -> None:
    said = answer.text.strip("\n")
    if answer.unknown:
        unknown = words("coaching_record.unknown")
        said = f"{said}\n{unknown}" if said else unknown
    if not said:
        return
    pages.need(REPORT_SOFT.leading / MM + 2 * _LINE)
    pages.text(answer.question, REPORT_SOFT)
    pages.text(said, REPORT_TEXT, width=WIDTH)
    pages.space(1.5)


def _sheets(pages: Pages, sheets: Sequence[Sheet], words: Words) -> None:
    if not sheets:
        return
    pages.head(words("coaching_record.sheets"), _LINE)
    for sheet in sorted(sheets, key=lambda each: each.started_on):
        pages.labelled(_day(sheet.started_on, words), sheet.title)
