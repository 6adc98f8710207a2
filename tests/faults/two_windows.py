"""Two windows write in one record, in every order: no word of either is lost or overwritten.

Each window is a page's part with its own reading of the record, as an editor has it; what one of
them saves, the other has not read. At the end every text that was ever handed over stands in the
record, in its journal, or in a clash that waits for a choice, and choosing "both" puts both there.
Every time one of the window's own pages is typed at as well (``kit/two_pages.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from gemba.app.folders import load_catalog
from gemba.domain.clash import BOTH, pieces, put_together
from gemba.domain.promise import Promise
from gemba.services.visit import Desk, Visit
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.faults.kit.ground import room
from tests.faults.kit.two_pages import CASES, blind, typed_at
from tests.faults.tally import Row, Tally, must

ROW = Row("two windows on one record, in every order", 40, 6)
FIELDS = ("note", "resolver", "text")
STEPS = 12


@dataclass(slots=True)
class Window:
    """One window: where it is typed, and what its fields show."""

    name: str
    desk: Desk | None
    promise: UUID
    shown: dict[str, str]

    def visit(self) -> str:
        """Return the visit its saves go under; without a desk it is what a page was before."""
        return self.name if self.desk is None else Visit(self.name, self.desk)


@dataclass(slots=True)
class Model:
    """What must be found at the end: the text of each field, and what waits beside it."""

    stands: dict[str, str]
    aside: dict[tuple[str, str], str]

    def saved(self, window: Window, field: str, text: str) -> None:
        """Follow one save of a window that may show an old text."""
        if self.stands[field] in (window.shown[field], text):
            self.stands[field] = text
            self.aside.pop((window.desk.name if window.desk else window.name, field), None)
        else:
            self.aside[window.desk.name if window.desk else window.name, field] = text
        window.shown[field] = text


def run(times: int, seed: int) -> Tally:
    """Let two windows write in so many orders; every third has a restart in the middle."""
    tally = Tally("two windows")
    for number in range(times):
        with tally.once(seed + number):
            _two(seed + number, Desk)
            with room() as place:
                typed_at(place, number)
    tally.notes.append(f"pages typed at: {', '.join(case.__name__ for case in CASES)}")
    tally.catch(lambda: _many(seed, lambda: None), "lost")
    if tally.control:
        for number in range(len(CASES)):
            tally.catch(partial(_blind, number), "lost")
            if not tally.control:
                break
    return tally


def _blind(number: int) -> None:
    """The control: a page that does not say what it shows."""
    with blind(), room() as place:
        typed_at(place, number)


def _many(seed: int, desk: Callable[[], Desk | None]) -> None:
    for number in range(10):
        _two(seed + number, desk)


def _two(seed: int, desk: Callable[[], Desk | None]) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as place:
        folder = Path(place)
        work = _open(folder)
        try:
            promise = work.promises.make("Who carries bags?", note="Nothing yet.")
            model = Model(_texts(promise), {})
            windows = [_window(name, desk(), promise) for name in ("left", "right")]
            for step in range(STEPS):
                if seed % 3 == 0 and step == STEPS // 2:
                    work.close()
                    work = _open(folder)
                _one_step(work, chance, windows, step, model)
            work.recorder.settle()
            _all_there(work, promise.id, model)
            _both_can_stay(work, promise.id)
        finally:
            work.close()


def _texts(promise: Promise) -> dict[str, str]:
    return {field: getattr(promise, field) for field in FIELDS}


def _window(name: str, desk: Desk | None, promise: Promise) -> Window:
    if desk is not None:
        desk.shows(promise)
    return Window(name, desk, promise.id, _texts(promise))


def _one_step(
    work: Workspace, chance: Random, windows: list[Window], step: int, model: Model
) -> None:
    window = chance.choice(windows)
    if chance.random() < 0.2:
        # It is opened anew, and shows what is there now.
        work.recorder.settle()
        now = work.promises.get(window.promise)
        window.shown = _texts(now)
        if window.desk is not None:
            window.desk.shows(now)
        return
    field = chance.choice(FIELDS)
    words = f"{window.name} {step} {chance.randrange(1000)}"
    text = f"{window.shown[field]}\n{words}" if chance.random() < 0.5 else words
    work.promises.write(window.promise, visit=window.visit(), **{field: text})
    model.saved(window, field, text)
    if chance.random() < 0.5:
        work.recorder.settle()


def _all_there(work: Workspace, promise: UUID, model: Model) -> None:
    """Hold that every text stands where it should: in the record, or aside for a choice."""
    now = work.promises.get(promise)
    waiting = [(one.clash.field, one.clash.mine) for one in work.conflicts.open()]
    for field, text in model.stands.items():
        must(getattr(now, field) == text, f"in {field} a text was lost: {text!r}")
    for (_desk, field), text in model.aside.items():
        settled = getattr(now, field) == text
        must(settled or (field, text) in waiting, f"aside of {field} was lost: {text!r}")


def _both_can_stay(work: Workspace, promise: UUID) -> None:
    while waiting := work.conflicts.open():
        one = waiting[0]
        mine, theirs = str(one.clash.mine), str(one.clash.theirs)
        parts = pieces(mine, theirs)
        whole = put_together(parts, [BOTH] * len(parts))
        work.conflicts.settle(one.clash, whole)
        held = str(getattr(work.promises.get(promise), one.clash.field)).split("\n")
        for line in (*mine.split("\n"), *theirs.split("\n")):
            must(line in held, f"choosing both lost a line: {line!r}")


def _open(folder: Path) -> Workspace:
    clock = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    return open_workspace(folder, load_catalog(folder), Words(), now=lambda: clock)
