"""Write every page as PNG, from the sample and from an empty folder, to be looked at."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_ENABLE_HIGHDPI_SCALING"] = "0"

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gemba.app.folders import load_catalog
from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.domain.changes import Ref
from gemba.domain.clash import Clash
from gemba.domain.figures import Figure
from gemba.domain.figures.insertion import offers
from gemba.domain.observation import Observation
from gemba.domain.sheet import Box, Sheet
from gemba.services.clashing import keep
from gemba.services.passphrase import set_passphrase
from gemba.services.samples import load_sample
from gemba.services.workspace import Workspace, open_workspace
from gemba.ui.gallery import gallery
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.theme import Theme
from gemba.words import Words

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/London"))
LONGEST = 10.0
"""Seconds after which a page that still changes is taken as it is, and named."""

TURNS = 12


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at every page."""

    name: str
    width: int
    height: int
    dark: bool = False


LOOKS = (
    Look("light", 1280, 800),
    Look("dark", 1280, 800, dark=True),
    Look("small", 1024, 640),
)
Open = Callable[[Session], None]
DRAWERS = (
    "margin",
    "about",
    "boxes",
    "tray",
    "consent",
    "review",
    "closing",
    "versions",
    "print",
    "text",
)


def to(page: str, **what: object) -> Open:
    """Open a page on something."""
    return lambda session: session.go.to(page, **what)


def everywhere() -> Iterator[tuple[str, Open]]:
    """The pages that open on nothing."""
    for page in ("today", "walks", "write up", "coaching", "sheets", "new sheet", "history"):
        yield page, to(page)
    for page in ("settings", "safety", "moving", "bin", "people", "conflict"):
        yield page, to(page)
    for page in ("routines", "coverage", "walk paper"):
        yield page, to(page)
    yield "help", to("help")


def of_sample(work: Workspace) -> Iterator[tuple[str, Open]]:
    """The pages that open on a record, with the records of the sample."""
    walks = work.walks.all()
    done = next(one for one in reversed(walks) if one.ended_at is not None)
    seen = next(one for one in work.walks.observations(done.id) if one.photos)
    learner = max(work.coaching.learners(), key=lambda row: len(work.coaching.talks(row.id)))
    talks = work.coaching.talks(learner.id)
    sheet = work.sheets.all()[0]
    yield "debrief", to("debrief", walk=done.id)
    yield "observation", to("observation", observation=seen.id)
    yield "promise", to("promise", promise=work.promises.open()[0].id)
    yield "patterns", to("patterns")
    yield "thanks", to("thanks")
    yield "promise tell back", to("promise", promise=work.promises.open()[0].id, tell=True)
    yield "learner", to("learner", learner=learner.id)
    yield "ledger", to("ledger", learner=learner.id)
    yield "timeline", to("timeline", learner=learner.id)
    yield "development", to("development", learner=learner.id)
    yield "stood", to("stood", ref=("talk", talks[-1].id), on=talks[-1].held_on)
    yield "sheet whole", to("sheet", sheet=sheet.id)
    for box in ("current", "analysis", "check"):
        yield f"sheet column {box}", to("sheet", sheet=sheet.id, box=box)
    yield from of_studio(work, sheet)
    yield "erase", to("erase", person=learner.id)
    yield "earlier versions", to("earlier", ref=Ref("sheet", sheet.id))
    yield "history found", to("history", words="porters")
    yield "cycle done", to("cycle", talk=next(t.id for t in reversed(talks) if t.kind == "cycle"))
    under_way = next(one for one in walks if one.started_at is None and not one.on_paper)
    yield "walk planned", to("walks", walk=under_way.id)
    yield "routine", to("routines", routine=work.routines.all()[0].id)
    yield "memo", to("walk paper", walk=done.id, kind="memo")
    yield "walk", lambda session: _walk(session, under_way.id)
    first = work.coaching.first_talk("Leah Osei")
    work.coaching.answer(
        first.id, first.at_step, "The names come late twice a week", visit="screens"
    )
    yield "talk", to("talk", talk=first.id)
    cycle = work.coaching.start_cycle(learner.id)
    work.recorder.settle()
    yield "cycle", to("cycle", talk=cycle.id)
    yield from of_safety(work, sheet, done.id, seen)
    yield from of_forms(work)


def of_forms(work: Workspace) -> Iterator[tuple[str, Open]]:
    """Forms: the shelf, one that scores, one half filled in, one that is built, and paper."""
    form = work.forms.add_bundled("five_s")
    for points in ("1", "3"):
        desk = work.forms.open(work.forms.begin(form.id, place="Ward 6").id)
        for page in desk.pages():
            for question in page.questions:
                if question.choices:
                    desk.answer(question.key, points)
        desk.finish()
    work.forms.add_bundled("discharge_round")
    own = work.forms.from_list("Is the way out free?\nHow many wait?\tnumber", "Morning look")
    half = work.forms.open(work.forms.begin(own.id, place="Ward 6").id)
    first, *_rest = half.pages()[0].questions
    half.answer(first.key, "no")
    half.keep(at=first.key)
    work.recorder.settle()
    yield "forms", to("forms")
    yield "form", to("form", form=form.id)
    yield "fill", to("fill", filling=half.filling.id)
    yield "build form", to("build form", form=own.id)
    yield "form paper", to("form paper", form=form.id)


def of_studio(work: Workspace, sheet: Sheet) -> Iterator[tuple[str, Open]]:
    """Each drawer beside a sheet, and the editor of each kind of figure, begun on a new sheet."""
    for key in DRAWERS:
        yield f"sheet drawer {key}", partial(_drawer, sheet.id, key)
    for box in sheet.boxes:
        for figure in box.figures:
            yield f"figure {figure.kind}", partial(_editor, sheet.id, box.id, figure.id)
    drawn = {figure.kind for box in sheet.boxes for figure in box.figures}
    begun = work.sheets.begin("Half should leave before noon; 19 % do.")
    for offer in offers(Words()):
        if offer.make is not None and offer.key not in drawn:
            figure = offer.make(work.sheets.new_figure_id())
            yield f"figure new {offer.key}", partial(_new, work, begun.id, figure)


def _new(work: Workspace, sheet: UUID, figure: Figure, session: Session) -> None:
    work.sheets.set_box(sheet, Box(id="analysis", figures=(figure,)))
    _editor(sheet, "analysis", figure.id, session)


def _drawer(sheet: UUID, key: str, session: Session) -> None:
    session.go.to("sheet", sheet=sheet, box="analysis")
    _sheet_page(session).drawers.open(key)


def _editor(sheet: UUID, box: str, figure: str, session: Session) -> None:
    session.go.to("sheet", sheet=sheet)
    _sheet_page(session).drawers.edit_figure(box, figure)


def _sheet_page(session: Session) -> SheetPage:
    page = session.window.page("sheet")
    assert isinstance(page, SheetPage)
    return page


def of_safety(
    work: Workspace, sheet: Sheet, walk_id: UUID, seen: Observation
) -> Iterator[tuple[str, Open]]:
    """The pages about what was changed, deleted, backed up or written twice."""
    goal = sheet.box("goal").text

    def change(session: Session) -> None:
        work.sheets.write_box(sheet.id, "goal", f"{goal}\n\nBy the end of May.", visit="screens")
        work.recorder.settle()
        session.go.to("earlier", ref=Ref("sheet", sheet.id))

    def delete(session: Session) -> None:
        session.go.to("today")
        work.walks.remove(seen.id)
        work.recorder.remove(Ref("walk", walk_id))
        session.go.to("bin")

    def back_up(session: Session) -> None:
        for reason in ("asked for", "before delete"):
            work.backups.make(reason)
        session.go.to("safety")

    def clash(session: Session) -> None:
        now = work.sheets.get(sheet.id).box("goal").text
        mine = f"{goal}\n\nBy the middle of June, on every ward."
        two = Clash(
            ref=Ref("sheet", sheet.id), field="boxes.goal.text", base=goal, mine=mine, theirs=now
        )
        work.recorder.run(lambda store: keep(store, (two,)))
        session.go.to("conflict")

    yield "earlier versions of a sheet", change
    yield "bin filled", delete
    yield "safety with backups", back_up
    yield "conflict of two texts", clash


def _walk(session: Session, walk_id: object) -> None:
    """Set out on the planned walk, with a few things seen."""
    assert isinstance(walk_id, UUID)
    walks = session.workspace.walks
    walk = walks.start(walk_id)
    if not walks.observations(walk_id):
        stop = walk.stops[0].id if walk.stops else ""
        for saw, category in (
            ("Names on the desk at 17:05, seven of them", "going well"),
            ("The lodge rings the ward twice to ask", "delivery"),
        ):
            line = walks.begin_line(walk_id, stop)
            walks.keep(line.id, saw=saw, category=category)
    session.go.to("walk", walk=walk_id)


def over(*, words: str) -> Iterator[tuple[str, Open]]:
    """What opens over a page."""

    def away(session: Session) -> None:
        focus = QApplication.focusWidget()
        if focus is not None:
            QTest.keyClick(focus, Qt.Key.Key_Escape)
        session.go.to("today")

    def palette(session: Session) -> None:
        away(session)
        session.open_palette()
        found = QApplication.focusWidget()
        if words and found is not None:
            found.insert(words)  # type: ignore[attr-defined]

    def capture(session: Session) -> None:
        away(session)
        session.open_capture()

    yield "palette", palette
    yield "capture", capture


class Camera:
    """Opens pages and takes their pictures once nothing changes any more."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.qt = make_qt()
        self.failed: list[str] = []
        self.count = 0

    def take(self, widget: QWidget, name: str, busy: Callable[[], bool] = lambda: False) -> None:
        """Take the picture of a widget as it will stay."""
        end = time.monotonic() + LONGEST
        before: QPixmap | None = None
        while True:
            # Layouts within layouts tell each other one turn of the loop at a time.
            for _ in range(TURNS):
                self.qt.processEvents()
            now = widget.grab()
            if not busy() and before is not None and now.toImage() == before.toImage():
                break
            if time.monotonic() > end:
                self.failed.append(f"{name}: still changes after {LONGEST:.0f} s")
                break
            before = now
        file = self.target / f"{name.replace(' ', '-')}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not now.save(str(file)):
            self.failed.append(f"{name}: cannot be written")
        self.count += 1

    def pages(self, folder: Path, look: Look, source: str, *, sample: bool) -> None:
        """Take every page of a folder."""
        app = App(self.qt, folder, dark=look.dark, now=lambda: NOW)
        app.theme.still = True
        session = app.open(folder, sample="discharge" if sample else "")
        session.window.resize(look.width, look.height)
        session.start_opening()
        views = list(everywhere())
        if sample:
            views += of_sample(session.workspace)
        views += over(words="porter" if sample else "")
        for name, show in views:
            try:
                show(session)
            except Exception as error:
                self.failed.append(f"{source}-{look.name}/{name}: {error!r}")
                continue
            self.take(session.window, f"{source}-{look.name}/{name}", lambda: bool(app.tasks.busy))
            if session.window.size().width() != look.width:
                self.failed.append(f"{source}-{look.name}/{name}: {session.window.width()} px wide")
                session.window.resize(look.width, look.height)
        session.window.close()
        session.close()
        app.tasks.close()
        self.qt.focusChanged.disconnect(app.ring._moved)
        session.window.deleteLater()
        self.qt.processEvents()

    def troubled(self, folder: Path, look: Look) -> None:
        """Take what is shown in place of Today: a file that is torn, and a folder under lock."""
        work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: NOW)
        work.backups.make("asked for")
        work.close()
        database = folder / "gemba.db"
        whole = database.read_bytes()
        database.write_bytes(bytes(4096) + whole[4096 : len(whole) // 2])
        self._trouble(folder, look, "damaged")
        database.write_bytes(whole)
        set_passphrase(folder, "four words and a number")
        self._trouble(folder, look, "locked")

    def _trouble(self, folder: Path, look: Look, name: str) -> None:
        app = App(self.qt, folder, dark=look.dark, now=lambda: NOW)
        app.theme.still = True
        session = app.enter(folder)
        window = app.locking.window()
        assert window is not None
        window.resize(look.width, look.height)
        if session is not None:
            session.start_opening()
        self.take(window, f"sample-{look.name}/{name}", lambda: bool(app.tasks.busy))
        window.close()
        app.tasks.close()
        self.qt.focusChanged.disconnect(app.ring._moved)
        window.deleteLater()
        self.qt.processEvents()

    def controls(self) -> None:
        """Take the gallery of every control in every state."""
        for dark in (False, True):
            theme = Theme(dark, still=True)
            theme.apply(self.qt)
            page = gallery(theme)
            page.show()
            self.take(page, f"controls-{'dark' if dark else 'light'}")
            page.close()
            page.deleteLater()
            self.qt.processEvents()


def prepare(folder: Path) -> None:
    """Load the sample into a folder."""
    work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: NOW)
    try:
        load_sample("discharge", work.store)
        work.recorder.set_who("Ana Lindqvist")
    finally:
        work.close()


def main(target: Path) -> int:
    """Write all pictures; name what could not be taken, and return 1 then."""
    camera = Camera(target)
    camera.controls()
    for look in LOOKS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            sample, empty = Path(folder) / "sample", Path(folder) / "empty"
            prepare(sample)
            camera.pages(sample, look, "sample", sample=True)
            camera.pages(empty, look, "empty", sample=False)
            camera.troubled(sample, look)
    print(f"{camera.count} pictures in {target}")
    for line in camera.failed:
        print(line, file=sys.stderr)
    return 1 if camera.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")))
