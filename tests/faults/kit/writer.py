"""Pastes texts into every field of every page, as a person does, and follows each to the disk.

``python -m tests.faults.kit.writer FOLDER TEXTS ANSWER`` reads a JSON list of texts, fills the
fields in turn, closes, and writes what stands where: the field, the text pasted, the text the
field then held, and whether that very text was found among what was saved.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.domain.changes import JournalEntry, Plain, Ref
from gemba.domain.coach_log import SecondCoach
from gemba.domain.coaching import Talk
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.promise import Promise
from gemba.domain.prose import read_paragraph
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.ui.autosave import hand_over
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.widgets import Field, TextField
from gemba.ui.within import within
from tests.faults.kit.altered import NAMING
from tests.faults.kit.broken import break_it

_IN_A_BOX: Final = 8
_IN_A_FIELD: Final = 24
"""So many texts at each stay, once every field had one: to go there takes longer than to paste."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was pasted into a field, and what the field then held."""

    kind: str
    name: str
    text: str
    held: str


class Writer:
    """Goes through the pages with a list of texts."""

    def __init__(self, session: Session, texts: Iterator[str]) -> None:
        self.session = session
        self.texts = texts
        self.found: list[dict[str, Any]] = []
        self.work = session.workspace
        self.last = 0
        self.again = False

    def all(self) -> None:
        """Fill every field of every page, once at first and then several times at each stay."""
        for sheet in self.work.recorder.find(Sheet):
            for box in sheet.boxes:
                self.box(sheet, box.id)
        for page, what in self._pages():
            self.session.go.to(page, **what)
            QApplication.processEvents()
            shown = self.session.window.page(page)
            if isinstance(shown, ObservationPage):
                for name in shown.further:
                    shown.reveal(name)
            self.fields(page, shown)
        self.again = True

    def _pages(self) -> Iterator[tuple[str, dict[str, object]]]:
        recorder = self.work.recorder
        for seen in recorder.find(Observation, kept=True):
            yield "observation", {"observation": seen.id}
        for walk in recorder.find(Walk):
            yield ("walk" if walk.under_way else "debrief"), {"walk": walk.id}
        for promise in recorder.find(Promise):
            yield "promise", {"promise": promise.id}
        for talk in recorder.find(Talk):
            yield ("cycle" if talk.kind == "cycle" else "talk"), {"talk": talk.id}
            yield "after talk", {"talk": talk.id}
        for watched in recorder.find(SecondCoach):
            yield "second coach", {"talk": watched.talk_id}
        for person in recorder.find(Person):
            yield "learner", {"learner": person.id}
            yield "development", {"learner": person.id}
        yield "session", {"questions": "grow"}
        for page in ("practice", "thanks", "question log"):
            yield page, {}
        yield "write up", {}
        yield "walks", {"new": True}

    def box(self, sheet: Sheet, box: str) -> None:
        """Paste into a box of a sheet, a few texts one after the other."""
        self.session.go.to("sheet", sheet=sheet.id, box=box)
        page = self.session.window.page("sheet")
        assert isinstance(page, SheetPage)
        for _ in range(200):
            QApplication.processEvents()
            if page.editor is not None and page.writing == box:
                break
        for _ in range(_IN_A_BOX if self.again else 1):
            editor = page.editor
            if editor is None:
                return
            text = next(self.texts)
            editor.selectAll()
            # Twice: the second takes away the bullet of the line that is left.
            for _ in range(2):
                QTest.keyClick(editor, Qt.Key.Key_Backspace)
            QApplication.clipboard().setText(text)
            editor.paste()
            held = editor.text()
            page.stop_writing()
            one = Pasted("box", f"sheet {box}", text, held)
            self._note([one], Ref("sheet", sheet.id), f"boxes.{box}.text")
            # As a click into the box does.
            page.write(box)
        page.stop_writing()

    def fields(self, page: str, shown: QWidget) -> None:
        """Paste into every field in sight, a few times over; each is left before the next round."""
        for _ in range(_IN_A_FIELD if self.again else 1):
            self._round(page, shown)

    def _round(self, page: str, shown: QWidget) -> None:
        pasted: list[Pasted] = []
        try:
            for field in within(shown, TextField) + within(shown, Field):
                editor = field.edit if isinstance(field, TextField) else field.line
                if not editor.isVisible() or not editor.isEnabled() or editor.isReadOnly():
                    continue
                text = next(self.texts)
                before = field.text()
                editor.setFocus()
                editor.selectAll()
                QApplication.clipboard().setText(text)
                editor.paste()
                held = field.text()
                if held != before:
                    kind = "lines" if isinstance(field, TextField) else "line"
                    name = editor.accessibleName() or field.label.text()
                    pasted.append(Pasted(kind, f"{page}: {name}", text, held))
        finally:
            # Also where the texts come to their end.
            hand_over(shown)
            self._note(pasted)

    def _note(self, pasted: list[Pasted], ref: Ref | None = None, path: str = "") -> None:
        """Write down what became of texts once the disk has them."""
        self.work.recorder.settle()
        entries = self.work.store.journal(after=self.last)
        self.last = max((entry.number for entry in entries), default=self.last)
        # A row of an earlier stay may have been extended.
        entries += self.work.store.journal(ref, field_prefix=path)[-1:] if ref is not None else []
        aside = self.work.store.settings.all()
        for one in pasted:
            kept = one.held
            at, inside = _found_in(entries, aside, kept)
            if not at and not inside and one.name in NAMING:
                kept = one.held.strip()
                at, inside = _found_in(entries, aside, kept)
            self.found.append(
                {
                    "kind": one.kind,
                    "name": one.name,
                    "pasted": one.text,
                    "held": one.held,
                    "kept": kept,
                    "reads": _reads(one.held) if one.kind == "box" else one.held,
                    "records": [(ref.kind, str(ref.id), field) for ref, field in at],
                    "settings": inside,
                }
            )


def _found_in(
    entries: list[JournalEntry], aside: Mapping[str, str], text: str
) -> tuple[list[tuple[Ref, str]], list[str]]:
    at = [(e.change.ref, e.change.field) for e in entries if _holds(e.change.after, text)]
    return at, [key for key, kept in aside.items() if _said(kept, text)]


def _reads(source: str) -> str:
    """Return the letters of a box as they read, bullets as they are typed."""
    lines: list[str] = []
    for line in source.split("\n"):
        paragraph = read_paragraph(line)
        lines.append(("- " if paragraph.bullet else "") + "".join(r.text for r in paragraph.runs))
    return "\n".join(lines)


def _holds(value: Plain, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, text) for one in value.values())
    if isinstance(value, list):
        return any(_holds(one, text) for one in value)
    return value == text


def _said(kept: str, text: str) -> bool:
    try:
        return kept == text or _holds(json.loads(kept), text)
    except ValueError:
        return False


def main() -> int:
    """Fill the fields of a folder."""
    folder, given, answer, broken = (*sys.argv[1:], "")[:4]
    break_it(broken)
    texts = json.loads(Path(given).read_text(encoding="utf-8"))
    qt = make_qt()
    app = App(qt, Path(folder))
    app.theme.still = True
    session = app.open(Path(folder))
    session.start_opening()
    writer = Writer(session, iter(texts))
    while True:
        try:
            writer.all()
        except StopIteration:
            break
    session.window.close()
    app.tasks.close()
    Path(answer).write_text(json.dumps(writer.found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
