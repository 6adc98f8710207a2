"""A sheet is written, undone, redone and reopened in any order; a plain model never differs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import Refused
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.fresh import begin_folder

BOXES = ("background", "current", "goal", "analysis")
TEXTS = st.one_of(
    st.sampled_from(
        ("", "- a line", "*bold* and _not_", "<b>&", "早い", "שלום", "e\u0301", "\x00")
    ),
    st.text(max_size=60),
).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))


class SheetMachine(RuleBasedStateMachine):
    """Writes through the services and keeps what must stand there beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = begin_folder(Path(tempfile.mkdtemp()))
        self.work: Workspace | None = None
        self.texts = dict.fromkeys(BOXES, "")
        self.done: list[tuple[str, str, str]] = []
        self.undone: list[tuple[str, str, str]] = []
        self.visits = 0

    @initialize()
    def begin(self) -> None:
        self._open()
        self.sheet_id: UUID = self._work().sheets.begin("Too late, too often", owner="Maria").id

    def _open(self) -> None:
        self.work = open_workspace(self.folder, load_catalog(self.folder), Words())

    def _work(self) -> Workspace:
        assert self.work is not None
        return self.work

    def _sheet(self) -> Sheet:
        return self._work().sheets.get(self.sheet_id)

    @rule(box=st.sampled_from(BOXES), texts=st.lists(TEXTS, min_size=1, max_size=3))
    def write(self, box: str, texts: list[str]) -> None:
        """One visit to a box: several saves while typing, one edit to take back."""
        before = self._sheet().box(box)
        self.visits += 1
        for text in texts:
            self._work().sheets.write_box(self.sheet_id, box, text, visit=f"v{self.visits}")
        self._work().recorder.settle()
        if before.text != texts[-1]:
            self.done.append((box, before.text, texts[-1]))
            self.undone.clear()
        self.texts[box] = texts[-1]

    @rule()
    def take_back(self) -> None:
        """Undo takes back the last edit that still stands, also one from before a restart."""
        took = self._step(self._work().versions.undo)
        assert took == bool(self.done)
        if took:
            box, before, after = self.done.pop()
            self.texts[box] = before
            self.undone.append((box, before, after))

    @rule()
    def make_again(self) -> None:
        """Redo makes the last edit taken back once more, also one from before a restart."""
        took = self._step(self._work().versions.redo_last)
        assert took == bool(self.undone)
        if took:
            box, before, after = self.undone.pop()
            self.texts[box] = after
            self.done.append((box, before, after))

    def _step(self, step: Callable[[Ref, str], object]) -> bool:
        try:
            step(Ref("sheet", self.sheet_id), "boxes")
        except Refused:
            return False
        return True

    @rule()
    def reopen(self) -> None:
        """The folder is closed and opened again; nothing of what can be taken back is lost."""
        self._work().close()
        self._open()

    @rule(words=TEXTS)
    def ask(self, words: str) -> None:
        """A coach asks in the margin; that never touches the owner's text."""
        if words.strip():
            self._work().sheets.ask(self.sheet_id, "goal", words)

    @invariant()
    def stands_as_written(self) -> None:
        if self.work is None:
            return
        sheet = self._sheet()
        for box, text in self.texts.items():
            assert sheet.box(box).text.encode() == text.encode()

    def teardown(self) -> None:
        if self.work is not None:
            self.work.close()
        shutil.rmtree(self.folder)


TestSheetMachine = SheetMachine.TestCase
TestSheetMachine.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
