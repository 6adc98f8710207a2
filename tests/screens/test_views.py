"""The pictures show every page that the window has, and each picture has a name of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App, make_qt
from tests.fresh import lay_sample
from tests.screens.views import everywhere, of_sample, over


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    app = App(make_qt(), lay_sample(tmp_path / "data"), dark=False)
    opened = app.open(app.own)
    opened.start_opening()
    yield opened
    opened.leave()
    app.tasks.close()
    app.ring.deleteLater()


def test_no_page_is_left_out_of_the_pictures(session: Session) -> None:
    work = session.workspace
    views = [*everywhere(), *of_sample(work), *over(words="porter")]
    twice = [name for name, count in Counter(view.name for view in views).items() if count > 1]
    assert twice == []
    # What is shown of damage is taken in folders that were damaged for it.
    assert {view.page for view in views} | {"hurt"} == session.window.page_keys()
    # A few that come to their page in a way of their own.
    for view in views:
        if view.name in ("session", "walk under way", "forms filled in", "question log of a talk"):
            view.show(session)
            assert session.window.current_key() == view.page
