"""A word in every private field there is, and a look for it in everything Gemba can make.

The fields come from the definitions of the records, and one record of each kind is made as the
self-test makes them, so that a new private field is looked for without a word in this file.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

import gemba
from gemba.app.crash import CrashReports, report
from gemba.app.quiet_log import WithoutWords
from gemba.app.self_test import _SelfTest
from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.cli import main
from gemba.cli.reading import LISTS
from gemba.domain.kinds import KINDS, PRIVATE_FIELDS
from gemba.domain.paper import PAPERS
from gemba.domain.record_titles import title_of
from gemba.domain.texts import texts_of, with_texts
from gemba.domain.timeline import WantedTime
from gemba.services.sheet_files import ENDINGS
from gemba.services.workspace import Workspace

MARK = "Zwerghuhnprivat"
CHOSEN = frozenset({"forms", "rewrite_forms"})
"""Lists of names of ours, which nobody writes."""
WRITTEN_ON = frozenset(
    {"talk", "cycle", "conflict", "practice", "question log", "after talk", "second coach"}
)
"""The pages on which the coach writes such notes; only their titles are public."""


def item_of(cls: type) -> Any:
    """Return something to stand in a list that is empty: a text, or a part with the word in it."""
    if cls is str:
        return MARK
    hints = get_type_hints(cls)
    return cls(**{one.name: MARK for one in fields(cls) if hints[one.name] is str})


def planted(record: Any, names: frozenset[str]) -> Any:
    """Return a record with the word in each text of its private fields, and in empty lists too."""

    def plant(path: str, text: str) -> str:
        return MARK if path.split(".")[0] in names else text

    hints = get_type_hints(type(record))
    empty = {
        name: (item_of(get_args(hints[name])[0]),)
        for name in names
        if getattr(record, name) == () and name not in CHOSEN
    }
    return with_texts(replace(record, **empty), plant)


@pytest.fixture
def planting(tmp_path: Path) -> _SelfTest:
    """A folder with a record of each kind, and the word in every private field."""
    test = _SelfTest(tmp_path)
    test.make_records()
    with test._workspace() as work:
        count = 0
        for kind, names in PRIVATE_FIELDS.items():
            for record in work.recorder.find(KINDS[kind]):
                written = planted(record, names)
                said = [path for path, text in texts_of(written) if text == MARK]
                assert said, f"no private text of a {kind} could be written"
                work.recorder.put(written)
                count += 1
        assert count >= len(PRIVATE_FIELDS)
    return test


@pytest.fixture
def work(planting: _SelfTest) -> Iterator[Workspace]:
    with planting._workspace() as opened:
        yield opened


def test_what_is_called_private_is_known_as_private() -> None:
    """A field that says in its name that it is private must be kept out of everything too."""
    named = {
        (kind, one.name)
        for kind, cls in KINDS.items()
        for one in fields(cls)
        if re.search("private|secret|own_note|coach_only", one.name)
    }
    known = {(kind, name) for kind, names in PRIVATE_FIELDS.items() for name in names}
    assert named <= known
    assert known, "there is something to look for"


def files_of(work: Workspace, planting: _SelfTest) -> Mapping[str, bytes]:
    """Every file that is written without asking for what is private."""
    made = planting.made
    assert made is not None
    exports, paper = work.exports, work.walk_paper
    found: dict[str, bytes] = {
        "walk.pdf": exports.walk(made.walk),
        "history.pdf": exports.record(made.learner),
        "evidence.pdf": exports.evidence(made.learner),
        "data": exports.data(),
        "memo.pdf": paper.memo(made.walk),
        "cards.pdf": paper.pocket_cards(made.walk),
        "blank.pdf": paper.blank_sheet(made.walk),
        "kamishibai.pdf": paper.kamishibai(),
        "calendar.ics": work.routines.calendar(),
    }
    for size in PAPERS:
        found[f"sheet {size}.pdf"] = exports.sheet(made.sheet, size).pdf
    for ending in ENDINGS:
        found[f"sheet.{ending}"] = exports.files.committed(made.sheet, ending).data
    return found


def readable(data: bytes) -> str:
    """All words of a file: of a PDF with its title and bookmarks, of what is in a zip."""
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        pages = "\n".join(page.extract_text() for page in reader.pages)
        return f"{pages}\n{reader.metadata}\n{reader.outline}"
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(readable(archive.read(name)) for name in archive.namelist())
    return data.decode("utf-8", "replace")


def test_no_file_has_it_unless_it_was_asked_for(work: Workspace, planting: _SelfTest) -> None:
    made = planting.made
    assert made is not None
    with_it = [name for name, data in files_of(work, planting).items() if MARK in readable(data)]
    assert with_it == []
    # Else this test would look for a word that no file can hold.
    assert MARK in readable(work.exports.record(made.learner, private=True))
    assert MARK in readable(work.exports.data(private=True))
    # Whoever finds a page of it on a desk sees at once that it is private.
    for draw in (work.exports.record, work.exports.evidence):
        pages = PdfReader(io.BytesIO(draw(made.learner, private=True))).pages
        assert all("Private" in page.extract_text() for page in pages)


def test_no_search_and_no_list_has_it(work: Workspace) -> None:
    assert work.history.search(MARK) == []
    assert work.history.search(MARK, private=True) != []
    back = work.looking_back
    for learner in (None, *(key for key, _name in back.learners())):
        assert back.page(WantedTime(learner_id=learner, own=True, words=MARK), 50) == []
        rows = back.page(WantedTime(learner_id=learner, own=True), 500)
        assert rows
        assert not [row for row in rows if MARK in repr(row)]
        assert MARK not in repr(back.choices(learner))
    for cls in KINDS.values():
        assert not [one for one in work.recorder.find(cls) if MARK in title_of(one)]


def test_no_command_prints_it(
    planting: _SelfTest, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    at = ["--data-dir", str(planting.data)]
    for what in LISTS:
        assert main([*at, "list", what, "--json"]) == 0
    for kind, records in planting.records.items():
        for record in records:
            assert main([*at, "show", kind, str(record.id)]) == 0
            assert main([*at, "show", kind, str(record.id), "--json"]) == 0
    made = planting.made
    assert made is not None
    assert main([*at, "export", "data", str(tmp_path / "data.zip")]) == 0
    assert main([*at, "export", "history", str(made.learner), str(tmp_path / "h.pdf")]) == 0
    assert main([*at, "check"]) == 0
    said = capsys.readouterr()
    assert MARK not in said.out + said.err
    for path in tmp_path.glob("*.*"):
        assert MARK not in readable(path.read_bytes()), path.name


def words_of(widget: QWidget) -> str:
    """Everything a person or a screen reader finds on a page."""
    found = []
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit):
            found.append(one.text())
        if isinstance(one, QTextEdit):
            found.append(one.toPlainText())
    return "\n".join(found)


class Windows(QObject):
    """Counts what comes up as a window of its own, as a widget does that is shown too early."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched is not self.window and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def looked_over(session: Session, page: str) -> None:
    """Open the line that keeps a sight over a page by its keys, and go back to where one was."""
    QApplication.processEvents()  # what a page has just made is laid out and shown
    before = QApplication.focusWidget()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(before or session.window, Qt.Key.Key_O, held)
    capture = session.over.capture
    assert capture is not None, page
    assert capture.isVisible(), page
    assert capture.saw.edit.hasFocus(), page
    assert MARK not in words_of(capture), page
    QTest.keyClick(capture.saw.edit, Qt.Key.Key_Escape)
    assert capture.isHidden(), page
    assert session.window.current_key() == page
    assert QApplication.focusWidget() is before, page


def test_no_page_shows_it_but_those_on_which_it_is_written(
    qapp: QApplication, qtbot: QtBot, planting: _SelfTest
) -> None:
    app = App(make_qt(), planting.data)
    app.theme.still = True
    try:
        session = app.open(planting.data)
        session.start_opening()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow)
        windows = Windows(session.window)
        qapp.installEventFilter(windows)
        for page, what in planting._pages().items():
            session.go.to(page, **what)
            qtbot.waitUntil(lambda: not app.tasks.busy)
            assert windows.seen == [], page
            assert MARK not in session.window.windowTitle(), page
            assert MARK not in app.qt.applicationDisplayName()
            assert MARK not in words_of(session.window.status), page
            # Everything that notifies: the line with Undo, the banner, and a file for a calendar.
            assert MARK not in words_of(session.saying), page
            assert MARK not in words_of(session.window.banner), page
            if page not in WRITTEN_ON:
                assert MARK not in words_of(session.window.page(page)), page
            looked_over(session, page)
        qapp.removeEventFilter(windows)
        hits = session.workspace.store.search(MARK)
        assert hits == []
    finally:
        if app.session is not None:
            app.session.leave()
        app.locking.end_watching()
        app.tasks.close()
        app.ring.deleteLater()


def test_no_thumbnail_is_drawn_with_it(work: Workspace, planting: _SelfTest) -> None:
    """A picture of a sheet holds what the sheet says on paper, and nothing that hangs on it."""
    sheets = work.sheets.all()
    assert sheets
    for one in sheets:
        assert MARK not in readable(work.exports.sheet(one.id).pdf)
        before = work.exports.sheet(one.id).pdf
        for kind, names in PRIVATE_FIELDS.items():
            for record in work.recorder.find(KINDS[kind]):
                work.recorder.put(with_texts(record, _longer(names)))
        assert work.exports.sheet(one.id).pdf == before


def _longer(names: frozenset[str]) -> Any:
    return lambda path, text: f"{text} {MARK}" if path.split(".")[0] in names else text


def test_nothing_is_told_outside_the_window() -> None:
    """The system shows its notifications also on a locked screen: the app sends it none."""
    source = Path(gemba.__file__).parent
    sent = re.compile("QSystemTrayIcon|notify-send|org.freedesktop.Notifications|toast")
    assert [path.name for path in source.rglob("*.py") if sent.search(path.read_text())] == []


def test_neither_log_nor_crash_report_quotes_it(
    work: Workspace, planting: _SelfTest, tmp_path: Path, expected_logs: list[str]
) -> None:
    from gemba.domain.coaching import Talk

    expected_logs.append("a queued edit of")
    made = planting.made
    assert made is not None
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(WithoutWords("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)

    def fail(talk: Talk) -> Talk:
        raise ValueError(f"no room for {talk.private_note}")

    try:
        writing = work.recorder.change_soon(
            Talk, made.talk, fail, visit="note", field="private_note"
        )
        error = writing.exception()
    finally:
        logging.getLogger().removeHandler(handler)
    assert error is not None
    assert MARK in str(error)
    assert "a queued edit of" in out.getvalue()
    assert MARK not in out.getvalue()
    assert MARK not in report(error)
    path = CrashReports(tmp_path, now=lambda: datetime.now(UTC)).write(error)
    assert path is not None
    assert MARK not in path.read_text(encoding="utf-8")
