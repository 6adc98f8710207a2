"""Coverage in the window: why the next walk, the heat lists, draws, routes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.draw import Draw
from gemba.services.workspace import Workspace
from gemba.ui.pages.coverage import CoveragePage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> CoveragePage:
    made = CoveragePage(
        theme,
        coverage=workspace.coverage,
        routes=workspace.routes,
        vocabularies=workspace.vocabularies,
        questions=workspace.catalog.question_set,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    return made


def test_the_longest_unseen_is_suggested_with_its_reason_and_planned(
    page: CoveragePage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    page.arrive()
    assert page.empty.isVisible()
    ward = workspace.people.area("Ward 4", shift="night")
    lounge = workspace.people.area("Lounge")
    walks = workspace.walks
    walks.plan("Why?", area_id=lounge.id, walked_on=date(2026, 11, 20), on_paper=True)
    walks.plan("Why?", area_id=ward.id, shift="night", walked_on=date(2026, 10, 1), on_paper=True)
    workspace.promises.make("A rail", made_on=date(2026, 11, 10))
    page.arrive()
    assert page.next_head.text() == "The next walk: Ward 4, night"
    assert "for 54 days" in page.why.text()
    assert "14 days: A rail" in page.why.text()
    assert [(one.name, one.ago, one.warmth) for one in page.places.lines] == [
        ("Ward 4", "54 days", 3),
        ("Ward 4, night", "54 days", 3),
        ("Lounge", "4 days", 0),
    ]
    qtbot.mouseClick(page.plan, LEFT)
    walk = next(one for one in workspace.walks.all() if one.walked_on is None)
    assert (walk.area_id, walk.shift) == (ward.id, "night")
    assert go.places[-1] == ("walks", {"walk": walk.id})


def test_the_words_are_those_of_the_workplace(page: CoveragePage, workspace: Workspace) -> None:
    workspace.people.area("Line 3")
    page.arrive()
    assert page.places_head.text() == "Wards and shifts"
    workspace.vocabularies.choose("plant")
    page.arrive()
    assert page.places_head.text() == "Lines and shifts"


def test_a_person_opens_by_keys(page: CoveragePage, qtbot: QtBot, workspace: Workspace, go) -> None:
    workspace.people.person("Ana")
    marek = workspace.people.person("Marek")
    page.arrive()
    page.people.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.people, Qt.Key.Key_Down)
    assert page.people.accessibleName() == "People. Marek: not talked to yet"
    qtbot.keyClick(page.people, ENTER)
    assert go.opened == [(Ref("person", marek.id), "")]


def test_draws_are_kept_with_their_seed(
    page: CoveragePage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.arrive()
    assert not page.draw_area.isEnabled()
    workspace.people.area("Ward 4")
    page.arrive()
    for button in (page.draw_area, page.draw_question, page.draw_card):
        qtbot.mouseClick(button, LEFT)
    found = workspace.recorder.find(Draw)
    assert [one.drawn_from for one in found] == ["area", "question", "card"]
    assert found[0].choices == ("Ward 4",)
    cards = workspace.vocabularies.cards()
    assert cards is not None
    assert found[2].chosen in {one.look_at for one in cards.cards}
    assert len(page.drawn.rows()) == 3
    assert str(found[2].seed) in page.drawn.rows()[0].accessibleName()


def test_a_route_is_walked_again(page: CoveragePage, workspace: Workspace, go) -> None:
    plan = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Board\nHatch"))
    route = workspace.routes.keep("Morning", plan)
    page.arrive()
    page.route_list.opened.emit(route.id)
    walk = next(one for one in workspace.walks.all() if one.id != plan.id)
    assert [stop.place for stop in walk.stops] == ["Board", "Hatch"]
    assert go.places == [("walks", {"walk": walk.id})]
