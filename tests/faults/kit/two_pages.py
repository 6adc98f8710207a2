"""Pages of the window at which somebody types what was written elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.codec import to_plain
from gemba.domain.kinds import KINDS
from gemba.services.visit import Desk
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.journal import value_at
from gemba.ui.autosave import hand_over
from gemba.ui.pages.asked_line import AskedLine
from gemba.ui.pages.cycle_coach import CoachBlock
from gemba.ui.pages.learner_board import BoardFields
from gemba.ui.pages.talk import TalkPage
from gemba.ui.pages.walk_cue import CueCard
from gemba.ui.theme import Theme
from gemba.words import Words
from tests.faults.tally import must
from tests.ui.pages.steps import Steps

TODAY = date(2026, 11, 24)
MINE, THEIRS = "Typed at the page", "Written elsewhere"
MY_DAY, THEIR_DAY = date(2026, 11, 26), date(2026, 12, 1)


@dataclass(frozen=True)
class Shown:
    """A page with a record, the field that is typed in, and how both sides write there."""

    page: QWidget
    ref: Ref
    field: str
    type_mine: Callable[[], None]
    mine: object = MINE
    theirs: object = THEIRS


def cue(work: Workspace, theme: Theme) -> Shown:
    """What is expected of a walk, on its cue card."""
    walk = work.walks.plan("How beds come free")
    card = CueCard(
        theme,
        walks=work.walks,
        thread=work.thread,
        photo_source=work.walks.photo_source,
        today=lambda: TODAY,
    )
    card.show_walk(walk)
    return Shown(card, Ref("walk", walk.id), "expect", _typing(card.expect.edit))


def first_note(work: Workspace, theme: Theme) -> Shown:
    """The private note of a first talk."""
    page, talk = _talk(work, theme)
    page.note_button.click()
    return Shown(page, Ref("talk", talk), "private_note", _typing(page.note.edit))


def look_day(work: Workspace, theme: Theme) -> Shown:
    """The day to look together, of a first talk."""
    page, talk = _talk(work, theme)

    def say() -> None:
        QTest.keyClicks(page.look.on.line, "26 Nov")
        page.look.finish()

    return Shown(page, Ref("talk", talk), "next_look_on", say, MY_DAY, THEIR_DAY)


def cycle_note(work: Workspace, theme: Theme) -> Shown:
    """The private note beside the questions of a cycle."""
    talk = work.coaching.start_cycle(work.people.person("Tomas Reyes").id)
    asked = AskedLine(
        theme, practice=work.practice, drafts=work.coaching.drafts, go=Steps(theme, lambda: work)
    )
    block = CoachBlock(
        theme,
        lambda words, visit: work.coaching.write(talk.id, visit=visit, private_note=words),
        asked,
    )
    block.show_note(talk)
    return Shown(block, Ref("talk", talk.id), "private_note", _typing(block.note.edit))


def board_day(work: Workspace, theme: Theme) -> Shown:
    """The day of a target condition."""
    board = work.coaching.board_of(work.people.person("Tomas Reyes").id)
    fields = BoardFields(
        theme, coaching=work.coaching, go=Steps(theme, lambda: work), today=lambda: TODAY
    )
    fields.show_board(board)

    def say() -> None:
        QTest.keyClicks(fields.by.line, "26 Nov")
        fields.finish()

    return Shown(fields, Ref("storyboard", board.id), "target_by", say, MY_DAY, THEIR_DAY)


CASES = (cue, first_note, look_day, cycle_note, board_day)


def typed_at(folder: Path, number: int) -> None:
    """Write elsewhere what a page shows, type there, and have both stand somewhere."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(still=True)
    clock = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: clock)
    shown = None
    try:
        shown = CASES[number % len(CASES)](work, theme)
        _elsewhere(work, shown)
        shown.type_mine()
        hand_over(shown.page)
        work.recorder.settle()
        record = work.recorder.get(KINDS[shown.ref.kind], shown.ref.id)
        stands = value_at(to_plain(record), shown.field)
        must(stands == _plain(shown.theirs), f"{shown.field}: lost what was written: {stands!r}")
        aside = [one.clash.mine for one in work.conflicts.open()]
        must(_plain(shown.mine) in aside, f"{shown.field}: lost what was typed: {aside!r}")
    finally:
        if shown is not None:
            shown.page.deleteLater()
        work.close()


@contextmanager
def blind() -> Iterator[None]:
    """Let no page say what it shows, as before there were desks; for the control."""
    held = Desk.shows

    def shows(self: Desk, *_records: object) -> None:
        held(self)

    Desk.shows = shows  # type: ignore[method-assign]
    try:
        yield
    finally:
        Desk.shows = held  # type: ignore[method-assign]


def _talk(work: Workspace, theme: Theme) -> tuple[TalkPage, UUID]:
    page = TalkPage(
        theme,
        coaching=work.coaching,
        people=work.people,
        thread=work.thread,
        bulletin=work.bulletin,
        go=Steps(theme, lambda: work),
        today=lambda: TODAY,
    )
    talk = work.coaching.first_talk("Priya Raman")
    page.arrive(talk=talk.id)
    return page, talk.id


def _typing(field: QWidget) -> Callable[[], None]:
    return lambda: QTest.keyClicks(field, MINE)


def _elsewhere(work: Workspace, shown: Shown) -> None:
    cls: Any = KINDS[shown.ref.kind]
    work.recorder.change(cls, shown.ref.id, lambda r: replace(r, **{shown.field: shown.theirs}))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
