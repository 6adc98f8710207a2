"""The weekly card and the log of thanks: nothing typed is lost, nothing is scored."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.errors import BadInput
from gemba.services.thanks import PROMPTS, prompt_of, week_of
from gemba.services.workspace import Workspace
from gemba.ui.pages.thanks import ThanksPage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
MONDAY = date(2026, 11, 23)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> ThanksPage:
    made = ThanksPage(
        theme,
        thanks=workspace.thanks,
        drafts=workspace.drafts,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.answer.edit.hasFocus())
    return made


def test_each_week_has_its_question_in_turn() -> None:
    weeks = [prompt_of(date.fromordinal(MONDAY.toordinal() + 7 * n)) for n in range(7)]
    assert set(weeks) == set(PROMPTS)
    assert weeks[0] == weeks[6]
    assert week_of(date(2026, 11, 29)) == MONDAY


def test_what_is_written_stays_with_its_week(page: ThanksPage, qtbot, workspace, clock) -> None:
    assert workspace.thanks.cards(9) == []
    qtbot.keyClicks(page.answer.edit, "I told Ana what to do")
    qtbot.mouseClick(page.before, LEFT)
    assert page.answer.text() == ""
    assert page.week.text() == "The week of 16 Nov"
    page.leave()
    (card,) = workspace.thanks.cards(9)
    assert (card.week_of, card.answers[0].text) == (MONDAY, "I told Ana what to do")
    assert card.answers[0].question == prompt_of(MONDAY)
    clock.move(days=7)
    page.arrive()
    assert page.answer.text() == ""
    assert [row.words.strong for row in page.weeks.rows()] == ["I told Ana what to do"]
    qtbot.mouseClick(page.weeks.rows()[0], LEFT)
    assert page.answer.text() == "I told Ana what to do"
    page.arrive(reflection=card.id)
    assert page.week.text() == "The week of 23 Nov"


def test_no_week_lies_ahead(page: ThanksPage) -> None:
    page.show_week(date(2027, 1, 4))
    assert page.week.text() == "This week"
    assert not page.after.isEnabled()


def test_a_behaviour_is_thanked_for_or_waits(page: ThanksPage, qtbot, workspace) -> None:
    ana = workspace.people.person("Ana Reis")
    qtbot.keyClicks(page.behaviour.edit, "Asked twice before she lifted")
    qtbot.keyClicks(page.effect.line, "Nobody was hurt")
    qtbot.keyClicks(page.to.line, "ana reis")
    qtbot.keyClicks(page.how.line, "At the hatch, in person")
    qtbot.mouseClick(page.later, LEFT)
    (held,) = workspace.thanks.log(9)
    assert (held.person_id, held.thanked_on) == (ana.id, None)
    assert (held.effect, held.how) == ("Nobody was hurt", "At the hatch, in person")
    assert page.behaviour.text() == ""
    page._thanked(held.id)
    assert workspace.thanks.log(9)[0].thanked_on == date(2026, 11, 24)


def test_without_a_behaviour_nothing_is_logged(page: ThanksPage, qtbot, workspace) -> None:
    qtbot.mouseClick(page.done, LEFT)
    assert "a few words" in page.behaviour.said()
    assert workspace.thanks.log(9) == []
    with pytest.raises(BadInput):
        workspace.thanks.thank("  ")


def test_a_form_half_filled_is_there_again(page: ThanksPage, qtbot, workspace) -> None:
    qtbot.keyClicks(page.behaviour.edit, "Asked tw")
    page.leave()
    workspace.thanks.settle()
    page.behaviour.set_text("")
    page.arrive()
    assert page.behaviour.text() == "Asked tw"
