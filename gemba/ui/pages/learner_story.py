"""A learner's months as lines and marks, and which of them hold the words looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.experiment import Experiment
from gemba.domain.ledger import ENOUGH, all_expected
from gemba.domain.record_titles import title_of
from gemba.domain.session import Session
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words
from gemba.ui.days import said_day, short_day
from gemba.ui.widgets import RowWords
from gemba.ui.widgets.prediction_table import Predicted
from gemba.ui.widgets.time_strip import StripMark, StripSpan


def _tr(words: str) -> str:
    return QCoreApplication.translate("Learner", words)


def holds(words: str, texts: Iterable[str]) -> bool:
    """Tell whether every word looked for stands somewhere in these texts."""
    joined = "\n".join(texts).casefold()
    return all(word in joined for word in words.casefold().split())


def texts_of_talk(talk: Talk) -> list[str]:
    """Return what can be found in a talk; never the private note."""
    said = [text for answer in talk.answers for text in (answer.question, answer.text)]
    return [talk.agreed, talk_kind(talk), *said]


def texts_of_experiment(one: Experiment) -> list[str]:
    """Return what can be found in an experiment."""
    added = [amendment.text for amendment in one.amendments]
    return [one.step, one.prediction, one.measure, one.result, one.learned, one.outcome, *added]


def talk_kind(talk: Talk) -> str:
    """Return what kind of talk it was, as one says it."""
    words = {
        "first talk": _tr("First talk"),
        "cycle": _tr("Cycle"),
        "sheet talk": _tr("At the sheet"),
    }
    if talk.definition == "planning":
        return _tr("Planning cycle")
    return words.get(talk.kind, talk.kind)


def predicted(one: Experiment, today: date) -> Predicted:
    """Return an experiment as a line of predicted and happened."""
    happened = first_words(one.result, 80)
    if not happened and one.look_on is not None:
        happened = _tr("we look {day}").format(day=said_day(one.look_on, today))
    elif not happened:
        happened = _tr("not looked yet") if one.committed else _tr("not predicted yet")
    outcome = one.outcome or ("unclear" if one.result else "")
    words = one.prediction or one.step
    return Predicted(
        when=short_day(one.planned_on, today),
        predicted=first_words(words, 120),
        outcome=outcome,
        happened=happened,
        learned=first_words(one.learned, 120),
        key=one.id,
    )


def surprised_by_none(newest_first: Iterable[Experiment]) -> bool:
    """Tell whether the last predictions that were looked at all came as expected."""
    looked = sorted((one for one in newest_first if one.result.strip()), key=_planned, reverse=True)
    return all_expected([one.outcome for one in looked[:ENOUGH]])


def _planned(one: Experiment) -> date:
    return one.planned_on


def story_rows(
    talks: Sequence[Talk],
    sheets: Sequence[Sheet],
    words: str,
    today: date,
    sessions: Sequence[Session] = (),
) -> list[RowWords]:
    """Return talks, other conversations and sheets that hold the words, the newest first."""
    dated: list[tuple[date, RowWords]] = []
    for talk in talks:
        if holds(words, texts_of_talk(talk)):
            small = _talk_small(talk, today)
            title = first_words(title_of(talk), 90) if title_of(talk) != talk.kind else ""
            row = RowWords(
                title or talk_kind(talk),
                small,
                short_day(talk.held_on, today),
                "message-circle-question-mark",
                key=Ref("talk", talk.id),
            )
            dated.append((talk.held_on, row))
    for one in sessions:
        said = [answer.text for answer in one.answers if answer.text.strip()]
        if holds(words, [one.about, *said, *(answer.question for answer in one.answers)]):
            small = _tr("Conversation")
            row = RowWords(
                first_words(one.about.strip() or (said[0] if said else ""), 90) or small,
                small if one.ended_at is not None else f"{small}, {_tr('not ended')}",
                short_day(one.held_on, today),
                "message-circle-question-mark",
                key=Ref("session", one.id),
            )
            dated.append((one.held_on, row))
    for sheet in sheets:
        if holds(words, [sheet.title, *(box.text for box in sheet.boxes)]):
            day = short_day(sheet.started_on, today)
            row = RowWords(sheet.title, _tr("A3"), day, "notebook-pen", key=Ref("sheet", sheet.id))
            dated.append((sheet.started_on, row))
    # Sorting forwards and then turning round puts the later of one day first as well.
    dated.sort(key=lambda pair: pair[0])
    return [row for _, row in reversed(dated)]


def _talk_small(talk: Talk, today: date) -> str:
    parts = [talk_kind(talk)]
    if talk.ended_at is None:
        parts.append(_tr("not ended"))
    elif talk.elapsed >= 60:
        parts.append(_tr("{n} min").format(n=talk.elapsed // 60))
    if talk.next_look_on is not None:
        parts.append(_tr("next look {day}").format(day=said_day(talk.next_look_on, today)))
    return ", ".join(parts)


def strip_marks(
    talks: Sequence[Talk], experiments: Sequence[Experiment], sheets: Sequence[Sheet]
) -> list[StripMark]:
    """Return what stands on the time strip; "-" marks what has no outcome."""
    talk_row, try_row, sheet_row = _tr("Cycles"), _tr("Experiments"), _tr("Sheets")
    marks = [StripMark(talk.held_on, talk_row, "-") for talk in talks]
    marks += [
        StripMark(one.planned_on, try_row, one.outcome or ("unclear" if one.result else ""))
        for one in experiments
    ]
    marks += [StripMark(sheet.started_on, sheet_row, "-") for sheet in sheets]
    return marks


def strip_spans(boards: Sequence[Storyboard], today: date) -> list[StripSpan]:
    """Return the targets of the storyboards on the strip."""
    spans: list[StripSpan] = []
    for board in boards:
        if not board.target_condition.strip():
            continue
        words = first_words(board.target_condition, 60)
        if board.target_by is not None:
            by = short_day(board.target_by, today)
            words = _tr("{target}, by {day}").format(target=words, day=by)
        spans.append(StripSpan(board.started_on, board.target_by or today, words))
    return spans


def head_words(
    board: Storyboard | None, talks: Sequence[Talk], short: Callable[[date], str]
) -> str:
    """Return what stands beside the name: about what, coached by whom, since when."""
    parts: list[str] = []
    if board is not None and board.focus_process:
        parts.append(board.focus_process)
    if talks:
        coach = next((talk.coach for talk in reversed(talks) if talk.coach), "")
        since = short(talks[0].held_on)
        if coach:
            words = _tr("coached by {coach} since {day}").format(coach=coach, day=since)
        else:
            words = _tr("coached since {day}").format(day=since)
        parts.append(words)
    return ", ".join(parts)
