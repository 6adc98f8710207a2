"""A sheet is written, undone, redone and reopened in any order; a plain model never differs."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gemba.app.folders import load_catalog
from gemba.domain.sheet import Box, Sheet
from gemba.services.workspace import Workspace, open_workspace
from gemba.ui.undo import SheetUndo
from gemba.words import Words

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
        self.folder = Path(tempfile.mkdtemp())
        self.work: Workspace | None = None
        self.texts = dict.fromkeys(BOXES, "")
        self.done: list[tuple[str, str, str]] = []
        self.undone: list[tuple[str, str, str]] = []
        self.visits = 0

    @initialize()
    def begin(self) -> None:
        self._open()
        self.sheet_id: UUID = self._work().sheets.begin("Too late, too often", owner="Maria").id
        self._begin_undo()

    def _open(self) -> None:
        self.work = open_workspace(self.folder, load_catalog(self.folder), Words())

    def _work(self) -> Workspace:
        assert self.work is not None
        return self.work

    def _sheet(self) -> Sheet:
        return self._work().sheets.get(self.sheet_id)

    def _begin_undo(self) -> None:
        sheets = self._work().sheets
        self.undo = SheetUndo(self._apply, lambda: sheets.story(self.sheet_id, "boxes"))

    def _apply(self, box: Box) -> None:
        self._work().sheets.set_box(self.sheet_id, box)

    @rule(box=st.sampled_from(BOXES), texts=st.lists(TEXTS, min_size=1, max_size=3))
    def write(self, box: str, texts: list[str]) -> None:
        """One visit to a box: several saves while typing, one edit to take back."""
        before = self._sheet().box(box)
        self.visits += 1
        for text in texts:
            self._work().sheets.write_box(self.sheet_id, box, text, visit=f"v{self.visits}")
        self._work().recorder.settle()
        self.undo.note(before, replace(before, text=texts[-1]))
        if before.text != texts[-1]:
            self.done.append((box, before.text, texts[-1]))
            self.undone.clear()
        self.texts[box] = texts[-1]

    @rule()
    def take_back(self) -> None:
        """Undo takes back the last edit of this session, or one from before it."""
        took = self.undo.undo(self._sheet())
        if self.done:
            assert took
            box, before, after = self.done.pop()
            self.texts[box] = before
            self.undone.append((box, before, after))
        elif took:  # from the journal: one box goes back to a text that it once had
            sheet = self._sheet()
            changed = [box for box in BOXES if sheet.box(box).text != self.texts[box]]
            assert len(changed) == 1
            box = changed[0]
            now = sheet.box(box).text
            assert now in self.written[box]
            self.undone.append((box, now, self.texts[box]))
            self.texts[box] = now

    @rule()
    def make_again(self) -> None:
        """Redo makes the last edit taken back once more."""
        took = self.undo.redo(self._sheet())
        assert took == bool(self.undone)
        if took:
            box, before, after = self.undone.pop()
            self.texts[box] = after
            self.done.append((box, before, after))

    @rule()
    def reopen(self) -> None:
        """The folder is closed and opened again; undo then begins with the journal."""
        self._work().close()
        self._open()
        self.done, self.undone = [], []
        story = self._work().sheets.story(self.sheet_id, "boxes")
        self.written = {
            box: {
                str(one.change.before) for one in story if one.change.field == f"boxes.{box}.text"
            }
            for box in BOXES
        }
        self._begin_undo()

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
