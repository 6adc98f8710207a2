"""Pastes texts into every field of every page, as a person does, and follows each to the disk.

``python -m tests.faults.kit.writer FOLDER TEXTS ANSWER`` reads a JSON list of texts, fills the
fields in turn, closes, and writes what stands where: the field, the text pasted, the text the
field then held, and whether that very text was found among what was saved.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gemba.app.self_test import _SelfTest
from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.domain.changes import JournalEntry, Plain, Ref
from gemba.domain.prose import read_paragraph
from gemba.domain.sheet import Sheet
from gemba.ui.autosave import hand_over
from gemba.ui.pages.sheet import SheetPage
from tests.faults.kit.altered import ALSO_KEPT, LISTING, lines_of, naming
from tests.faults.kit.broken import break_it
from tests.faults.kit.fields import EXCUSED, fields_of
from tests.faults.kit.stays import Stays

_IN_A_BOX: Final = 8
_IN_A_FIELD: Final = 24
"""So many texts at each stay, once every field had one: to go there takes longer than to paste."""
_OF_SETS: Final = "questions edit: "
_CELL_ENDS: Final = re.compile("[\\r\\n\\t;]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was pasted into a field, and what the field then held."""

    kind: str
    name: str
    text: str
    held: str


class Writer:
    """Goes through the pages with a list of texts."""

    def __init__(self, session: Session, stays: Stays, texts: Sequence[str]) -> None:
        self.session = session
        self.stays = stays
        self.texts = list(reversed(texts))
        self.found: list[dict[str, Any]] = []
        self.seen: set[str] = set()
        self.open: set[str] = set()
        self.excused: set[str] = set()
        self.work = session.workspace
        self.last = 0
        self.again = False
        self.rounds = 0

    def all(self) -> None:
        """Fill every field of every page, once at first and then several times at each stay.

        In the first round the caret stays in the field while its text is looked for, as when the
        app is quit, or fails, at once; and the pages are gone through to the end, also where the
        texts are fewer. Later each field is left for the next one.
        """
        sheets = self.work.recorder.find(Sheet)
        for sheet in sheets if self.again else sheets[:1]:
            for box in sheet.boxes if self.again else sheet.boxes[:2]:
                if self.texts:
                    self.box(sheet, box.id)
        for name, open_it in self.stays.all():
            if self.texts or not self.again:
                self.fields(name, open_it())
        self.again = True
        self.rounds += 1

    def missed(self) -> list[str]:
        """Return the fields that were seen, and nobody could paste into; and stale reasons.

        A part that comes late has been there after several rounds, not always after one.
        """
        gone = set(EXCUSED) - self.excused if self.rounds > 1 else set()
        return sorted(self.seen - self.open) + [f"{name}, which is not there," for name in gone]

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
            if editor is None or not self.texts:
                break
            text = self.texts.pop()
            editor.selectAll()
            # Twice: the second takes away the bullet of the line that is left.
            for _ in range(2):
                QTest.keyClick(editor, Qt.Key.Key_Backspace)
            QApplication.clipboard().setText(text)
            editor.paste()
            held = editor.text()
            page.stop_writing()
            pasted = [Pasted("box", f"sheet {box}", text, held)]
            self._note(pasted, Ref("sheet", sheet.id), f"boxes.{box}.text")
            # As a click into the box does.
            page.write(box)
        page.stop_writing()

    def fields(self, name: str, shown: QWidget) -> None:
        """Paste into every field of a page, a few times over; each is left before the next."""
        for _ in range(_IN_A_FIELD if self.again else 1):
            self._round(name, shown)

    def _round(self, name: str, shown: QWidget) -> None:
        pasted: list[Pasted] = []
        for field in fields_of(shown):
            if field.excused(name):
                self.excused.add(field.excuse(name))
                continue
            self.seen.add(field.known_as(name))
            field.unfold(name, shown)
            if not field.can_be_written():
                continue
            self.open.add(field.known_as(name))
            if not self.texts:
                continue
            text = self.texts.pop()
            if field.kind == "cells":
                text = _CELL_ENDS.sub(" ", text)
            before = field.text()
            field.paste(text)
            held = field.text()
            called = f"{name}: {field.name}"
            # A name that differs in its outer blanks alone stands in its record already.
            same = held.strip() == before.strip() if naming(called) else held == before
            if not same:
                pasted.append(Pasted(field.kind, called, text, held))
            if pasted and not self.again:
                hand_over(shown)
                self._note(pasted)
                pasted = []
        if pasted:
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
            for made in ALSO_KEPT if naming(one.name) else ():
                if not at and not inside:
                    kept = made(one.held)
                    at, inside = _found_in(entries, aside, kept)
                    inside = inside or self._names(kept)
            if not at and not inside and one.name in LISTING:
                lines = [_found_in(entries, aside, line)[1] for line in lines_of(one.held)]
                inside = lines[0] if lines and all(lines) else []
            if not at and not inside and one.name.startswith(_OF_SETS):
                inside = self._in_a_set(one)
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

    def _names(self, text: str) -> list[str]:
        """Tell whether there is somebody or a place of this name, in other capitals perhaps."""
        people = self.work.people
        known = [name for _id, name in (*people.names(), *people.areas())]
        return ["name"] if text.casefold() in {one.casefold() for one in known} else []

    def _in_a_set(self, one: Pasted) -> list[str]:
        """Return where a set of questions, which is a file of its own, holds a text."""
        wanted = lines_of(one.held)
        held: list[tuple[str, ...]] = []
        for known in self.work.question_sets.all():
            held.append((known.label,))
            for step in known.steps:
                held += [(step.ask,), (step.listen_for,), step.deeper, step.fill]
        whole = [(made(one.held),) for made in ALSO_KEPT]
        # What is to be filled in is asked for once each.
        whole += [wanted, tuple(dict.fromkeys(wanted))]
        return ["questions"] if any(told in held for told in whole) else []


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
    """Tell whether a draft holds a text; a draft may hold another one as its text."""
    if kept == text:
        return True
    try:
        plain = json.loads(kept)
    except ValueError:
        return False
    return _inside(plain, text)


def _inside(value: Plain, text: str) -> bool:
    if isinstance(value, dict):
        return any(_inside(one, text) for one in value.values())
    if isinstance(value, list):
        return any(_inside(one, text) for one in value)
    return isinstance(value, str) and (
        value == text or (value[:1] in ("{", "[") and _said(value, text))
    )


def main() -> int:
    """Fill the fields of a folder."""
    folder, given, answer, broken = (*sys.argv[1:], "")[:4]
    break_it(broken)
    texts = json.loads(Path(given).read_text(encoding="utf-8"))
    qt = make_qt()
    test = _SelfTest(Path(folder))
    test.make_records()
    app = App(qt, test.data)
    app.theme.still = True
    session = app.open(test.data)
    session.start_opening()
    session.window.resize(1280, 800)
    assert test.made is not None
    writer = Writer(session, Stays(session, test._pages(), test.made), texts)
    writer.all()
    while writer.texts:
        writer.all()
    session.window.close()
    app.tasks.close()
    told = {"found": writer.found, "missed": writer.missed()}
    Path(answer).write_text(json.dumps(told), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
