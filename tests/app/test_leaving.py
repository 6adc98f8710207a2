"""Closing while the disk refuses: asked once, since what it did not take would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.app.session import Session
from gemba.app.start import App
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.store.opening import open_store


def refused(session: Session, data_dir: Path) -> Path:
    """Have the folder gone, with words that only the memory holds."""
    gone = data_dir.with_name("pulled out")
    data_dir.rename(gone)
    session.workspace.promises.make("Ask about the trays", to="Ines")
    assert session.workspace.store.unsaved is not None
    return gone


def test_closing_asks_before_words_are_lost(session: Session, data_dir: Path) -> None:
    gone = refused(session, data_dir)
    assert not session.window.close()
    assert session.window.isVisible()
    banner = session.window.banner
    assert banner.words.text().startswith("Not saved yet, and closing would lose it")
    gone.rename(data_dir)
    assert session.window.close()
    with open_store(data_dir) as store:
        assert [one.text for one in store.find(Promise)] == ["Ask about the trays"]


def test_who_closes_once_more_leaves(session: Session, data_dir: Path) -> None:
    refused(session, data_dir)
    assert not session.window.close()
    assert session.window.close()


def test_the_sample_does_not_take_the_place_of_words_that_wait(
    app: App, session: Session, data_dir: Path
) -> None:
    gone = refused(session, data_dir)
    app.open_sample()
    assert app.session is session
    gone.rename(data_dir)
    assert session.settle_all()


@pytest.mark.parametrize(
    ("name", "bar"),
    [("discharge", "Sample hospital."), ("plant", "Sample plant."), ("office", "Sample office.")],
)
def test_each_sample_opens_in_a_folder_of_its_own(
    app: App, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, bar: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    found = {"discharge": "sample"}.get(name, f"sample_{name}")
    session.commands.run(found)
    opened = app.session
    assert opened is not None
    assert opened.folder == tmp_path / "share" / "Gemba samples" / name
    assert opened.workspace.store.find(Sheet)
    assert opened.workspace.recorder.who
    assert opened.window.sample_bar.isVisible()
    assert opened.words({"discharge": "sample.bar"}.get(name, f"sample.bar_{name}")) == bar
    assert not session.window.isVisible()


def test_a_system_that_ends_is_not_held_up(app: App, session: Session, data_dir: Path) -> None:
    refused(session, data_dir)
    app.end()
    assert not session.window.isVisible()
