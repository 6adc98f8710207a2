"""A page that is asked for a record which is gone says so and leads back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.debrief import DebriefPage
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.pages.promise import PromisePage
from gemba.ui.pages.walk import WalkPage
from gemba.ui.pages.write_up import WriteUpPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.ui.pages.conftest import Clock, Steps

ASKED = {
    "debrief": "walk",
    "observation": "observation",
    "promise": "promise",
    "walk": "walk",
    "write up": "walk",
}


@pytest.fixture(params=list(ASKED))
def page(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    workspace: Workspace,
    theme: Theme,
    tasks: Tasks,
    go: Steps,
    clock: Clock,
) -> tuple[str, QWidget]:
    """Each page that shows one record."""
    shared = {
        "people": workspace.people,
        "thread": workspace.thread,
        "drafts": workspace.drafts,
        "bulletin": workspace.bulletin,
        "go": go,
    }
    walks = {"walks": workspace.walks, **shared}

    def today() -> object:
        return clock().date()

    made: QWidget
    match request.param:
        case "debrief":
            made = DebriefPage(
                theme,
                coaching=workspace.coaching,
                exports=workspace.exports,
                tasks=tasks,
                photos=lambda: workspace.photo_import,
                photo_care=lambda: workspace.vocabularies.words.photo_care,
                **walks,
            )
        case "observation":
            made = ObservationPage(
                theme,
                memos=workspace.memos,
                coaching=workspace.coaching,
                tasks=tasks,
                today=today,
                patterns=lambda: workspace.patterns,
                **walks,
            )
        case "promise":
            made = PromisePage(
                theme,
                promises=workspace.promises,
                today=today,
                tasks=tasks,
                photo_source=workspace.walks.photo_source,
                **shared,
            )
        case "walk":
            made = WalkPage(theme, memos=workspace.memos, tasks=tasks, now=clock, **walks)
        case _:
            made = WriteUpPage(theme, today=today, **walks)
    qtbot.addWidget(made)
    made.show()
    return request.param, made


def test_what_is_gone_is_said_and_the_page_before_comes_back(
    page: tuple[str, QWidget], go: Steps
) -> None:
    name, made = page
    made.arrive(**{ASKED[name]: uuid4()})  # type: ignore[attr-defined]
    assert [error.key for error in go.troubles] == ["store.not_found"]
    assert go.backs == 1
    assert go.places == []


@pytest.mark.parametrize("wrong", ["", 7, object()])
def test_what_is_no_record_leads_to_where_records_are(
    page: tuple[str, QWidget], go: Steps, wrong: object
) -> None:
    name, made = page
    made.arrive(**{ASKED[name]: wrong})  # type: ignore[attr-defined]
    assert go.troubles == []
    assert len(go.places) == 1
