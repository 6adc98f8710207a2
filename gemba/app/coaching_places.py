"""The pages of Coaching and History, and what each is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.app.parts import SessionParts


def _coaching(session: SessionParts) -> QWidget:
    from gemba.ui.pages.coaching import CoachingPage

    work = session.workspace
    return CoachingPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _talk(session: SessionParts) -> QWidget:
    from gemba.ui.pages.talk import TalkPage

    work = session.workspace
    return TalkPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        thread=work.thread,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
        learners_view=session.learners_view,
    )


def _cycle(session: SessionParts) -> QWidget:
    from gemba.ui.pages.cycle import CyclePage

    work = session.workspace
    return CyclePage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        practice=work.practice,
        drafts=work.drafts,
        thread=work.thread,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
        promises=work.promises,
        learners_view=session.learners_view,
    )


def _learner(session: SessionParts) -> QWidget:
    from gemba.ui.pages.learner import LearnerPage

    work = session.workspace
    return LearnerPage(
        session.theme,
        coaching=work.coaching,
        people=work.people,
        history=work.history,
        exports=work.exports,
        bulletin=work.bulletin,
        go=session.go,
        learners_view=session.learners_view,
        today=work.recorder.today,
        practice=work.practice,
    )


def _history(session: SessionParts) -> QWidget:
    from gemba.ui.pages.history import HistoryPage

    work = session.workspace
    return HistoryPage(
        session.theme,
        history=work.history,
        coaching=work.coaching,
        tasks=session.app.tasks,
        go=session.go,
        day=session.words.day,
    )


def _timeline(session: SessionParts) -> QWidget:
    from gemba.ui.pages.timeline import TimelinePage

    work = session.workspace
    return TimelinePage(
        session.theme,
        looking_back=work.looking_back,
        bulletin=work.bulletin,
        tasks=session.app.tasks,
        go=session.go,
        today=work.recorder.today,
        me=lambda: work.recorder.who,
        learners_view=session.learners_view,
    )


def _ledger(session: SessionParts) -> QWidget:
    from gemba.ui.pages.ledger import LedgerPage

    work = session.workspace
    return LedgerPage(
        session.theme,
        looking_back=work.looking_back,
        coaching=work.coaching,
        exports=work.exports,
        bulletin=work.bulletin,
        go=session.go,
        learners_view=session.learners_view,
        today=work.recorder.today,
    )


def _development(session: SessionParts) -> QWidget:
    from gemba.ui.pages.development import DevelopmentPage

    work = session.workspace
    return DevelopmentPage(
        session.theme,
        development=work.development,
        looking_back=work.looking_back,
        coaching=work.coaching,
        people=work.people,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _stood(session: SessionParts) -> QWidget:
    from gemba.ui.pages.stood import StoodPage

    work = session.workspace
    return StoodPage(
        session.theme,
        looking_back=work.looking_back,
        draw=lambda sheet: work.exports.draw_sheet(sheet).pdf,
        go=session.go,
        today=work.recorder.today,
        learners_view=session.learners_view,
    )


def _questions(session: SessionParts) -> QWidget:
    from gemba.ui.pages.questions import QuestionsPage

    work = session.workspace
    return QuestionsPage(
        session.theme,
        sets=work.question_sets,
        words=session.words,
        write=work.exports.write_file,
        go=session.go,
    )


def _questions_edit(session: SessionParts) -> QWidget:
    from gemba.ui.pages.questions_edit import QuestionsEditPage

    work = session.workspace
    return QuestionsEditPage(
        session.theme, sets=work.question_sets, drafts=work.coaching.drafts, go=session.go
    )


def _session(session: SessionParts) -> QWidget:
    from gemba.ui.pages.session import SessionPage

    work = session.workspace
    return SessionPage(
        session.theme,
        sessions=work.sessions,
        people=work.people,
        go=session.go,
        today=work.recorder.today,
        learners_view=session.learners_view,
    )


def _practice(session: SessionParts) -> QWidget:
    from gemba.ui.pages.practice import PracticePage

    work = session.workspace
    return PracticePage(
        session.theme,
        practice=work.practice,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _question_log(session: SessionParts) -> QWidget:
    from gemba.ui.pages.question_log import QuestionLogPage

    work = session.workspace
    return QuestionLogPage(
        session.theme,
        practice=work.practice,
        drafts=work.drafts,
        bulletin=work.bulletin,
        go=session.go,
        today=work.recorder.today,
    )


def _after_talk(session: SessionParts) -> QWidget:
    from gemba.ui.pages.after_talk import AfterTalkPage

    work = session.workspace
    return AfterTalkPage(
        session.theme, practice=work.practice, coaching=work.coaching, go=session.go
    )


def _second_coach(session: SessionParts) -> QWidget:
    from gemba.ui.pages.second_coach import SecondCoachPage

    work = session.workspace
    return SecondCoachPage(
        session.theme, practice=work.practice, exports=work.exports, go=session.go
    )


def _board_paper(session: SessionParts) -> QWidget:
    from gemba.ui.pages.board_paper import BoardPaperPage

    work = session.workspace

    def draw(board: UUID, paper: str) -> tuple[bytes, tuple[tuple[str, int], ...]]:
        drawn = work.exports.board(board, paper)
        return drawn.pdf, drawn.over

    return BoardPaperPage(
        session.theme,
        coaching=work.coaching,
        draw=draw,
        write=work.exports.write_file,
        go=session.go,
    )


MAKERS: dict[str, Callable[[SessionParts], QWidget]] = {
    "coaching": _coaching,
    "talk": _talk,
    "cycle": _cycle,
    "questions": _questions,
    "questions edit": _questions_edit,
    "session": _session,
    "board paper": _board_paper,
    "learner": _learner,
    "history": _history,
    "timeline": _timeline,
    "stood": _stood,
    "ledger": _ledger,
    "development": _development,
    "practice": _practice,
    "question log": _question_log,
    "after talk": _after_talk,
    "second coach": _second_coach,
}
