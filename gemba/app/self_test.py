"""A look at Gemba as it is installed: every page, a record of each kind, paper, and back again."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.app.folders import load_catalog
from gemba.words import Words

if TYPE_CHECKING:
    from types import TracebackType

    from gemba.app.start import App
    from gemba.domain.coaching import Talk
    from gemba.domain.kinds import Record
    from gemba.services.workspace import Workspace

_NAME = "Łucja Ōno"
_HOSTILE = "<b>4 & 5</b> \u75c5\u68df \N{PARTY POPPER}"

_BEGINS = {
    "pptx": b"PK",
    "xlsx": b"PK",
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "md": b"# ",
    "txt": b"",
}
"""How the files begin that are no PDF."""


class Unsound(Exception):
    """What was looked at is not as it should be; the words say what."""


@dataclass(slots=True)
class Made:
    """The ids of what was made, by the name a page is asked for it."""

    walk: UUID
    observation: UUID
    promise: UUID
    learner: UUID
    talk: UUID
    cycle: UUID
    sheet: UUID
    form: UUID
    filling: UUID


def run() -> int:
    """Try the installed app in a folder of its own; print a line for each step, return 0 or 1."""
    # Before Qt is made: without a display it would abort the process.
    if sys.platform.startswith("linux") and not _display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="gemba-", ignore_cleanup_errors=True) as folder:
        test = _SelfTest(Path(folder))
        steps: tuple[tuple[str, Callable[[], str]], ...] = (
            ("records", test.make_records),
            ("pages", test.open_pages),
            ("papers", test.export),
            ("reopened", test.reopen),
            ("checked", test.check),
        )
        return 0 if all(_step(test.words, name, step) for name, step in steps) else 1


def _display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _step(words: Words, name: str, step: Callable[[], str]) -> bool:
    said = words(f"self_test.{name}")
    try:
        detail = step()
    except Exception as error:
        # Whatever goes wrong here is the answer that was asked for.
        reason = str(error) or type(error).__name__
        print(words("self_test.failed", what=said, reason=reason), flush=True)
        return False
    print(words("self_test.done", what=said, detail=detail), flush=True)
    return True


class _SelfTest:
    def __init__(self, folder: Path) -> None:
        self.words = Words()
        self.data = folder / "data"
        self.paper = folder / "paper"
        self.paper.mkdir()
        self.records: dict[str, list[Record]] = {}
        self.made: Made | None = None

    @contextmanager
    def _workspace(self, *, write: bool = True) -> Iterator[Workspace]:
        from gemba.services.workspace import open_workspace

        opened = open_workspace(self.data, load_catalog(self.data), self.words, write=write)
        try:
            yield opened
        finally:
            opened.close()

    def make_records(self) -> str:
        """Make a record of each kind, as the pages do."""
        from gemba.domain.kinds import KINDS

        with self._workspace() as work:
            self.made = _make(work)
            self.records = _all(work)
        missing = [kind for kind in KINDS if not self.records[kind]]
        if missing:
            raise Unsound(f"nothing was made of: {', '.join(missing)}")
        return str(sum(len(records) for records in self.records.values()))

    def open_pages(self) -> str:
        """Open every page of the window on those records."""
        from gemba.app.start import App, make_qt

        qt = make_qt()
        app = App(qt, self.data)
        app.theme.still = True
        try:
            with _errors() as errors:
                session = app.open(self.data)
                session.start_opening()
                for page, what in self._pages().items():
                    try:
                        session.go.to(page, **what)
                    except Exception as error:
                        raise Unsound(f"{page}: {error!r}") from error
                    qt.processEvents()
                    if errors:
                        raise Unsound(f"{page}: {errors[0]!r}")
                    if session.window.current_key() != page:
                        raise Unsound(f"{page} did not open")
                    if session.window.grab().isNull():
                        raise Unsound(f"{page} was not painted")
                session.window.close()
                qt.processEvents()
        finally:
            _let_go(app)
        if errors:
            raise Unsound(repr(errors[0]))
        return str(len(self._pages()))

    def _pages(self) -> Mapping[str, Mapping[str, object]]:
        from gemba.app.places import FOOT, RAIL, UNDER

        made = self.made
        assert made is not None
        plain: dict[str, dict[str, object]] = {
            page: {} for page in ("today", *dict(RAIL), *dict(FOOT), *UNDER)
        }
        return plain | {
            "walk": {"walk": made.walk},
            "debrief": {"walk": made.walk},
            "write up": {},
            "observation": {"observation": made.observation},
            "promise": {"promise": made.promise},
            "talk": {"talk": made.talk},
            "cycle": {"talk": made.cycle},
            "learner": {"learner": made.learner},
            "questions edit": {"questions": "curiosity"},
            "session": {"questions": "grow"},
            "sheet": {"sheet": made.sheet},
            "form": {"form": made.form},
            "form paper": {"form": made.form},
            "build form": {"form": made.form},
            "fill": {"filling": made.filling},
            "erase": {"person": made.learner},
            "earlier": {"ref": ("sheet", made.sheet)},
            "ledger": {"learner": made.learner},
            "development": {"learner": made.learner},
            "timeline": {"learner": made.learner},
            "after talk": {"talk": made.cycle},
            "stood": {"ref": ("talk", made.cycle), "on": date.today()},
        }

    def export(self) -> str:
        """Write every kind of file that can be written, and read the data back."""
        from gemba.domain.paper import PAPERS
        from gemba.services.exchange_out import export_data
        from gemba.services.exchange_package import read_package
        from gemba.services.sheet_files import ENDINGS

        made = self.made
        assert made is not None
        with self._workspace() as work:
            exports = work.exports
            files = {f"sheet {one}.pdf": exports.sheet(made.sheet, one).pdf for one in PAPERS}
            for ending in ENDINGS:
                files[f"sheet.{ending}"] = exports.files.committed(made.sheet, ending).data
            files["walk.pdf"] = exports.walk(made.walk)
            files["history.pdf"] = exports.record(made.learner)
            files["history private.pdf"] = exports.record(made.learner, private=True)
            out = work.form_out
            for ending in (".pdf", ".xlsx"):
                files[f"form{ending}"] = out.form(made.form, ending)
            files["answers.xlsx"] = out.answers.xlsx(made.form)
            files["answers.pdf"] = out.papers.filled(made.filling)
            data = export_data(work.store, private=True)
            for name, content in {**files, "data.zip": data}.items():
                exports.write_file(self.paper / name, content)
        for name in files:
            content = (self.paper / name).read_bytes()
            if name.endswith(".pdf"):
                sound = content.startswith(b"%PDF-") and b"%%EOF" in content[-32:]
            else:
                sound = content.startswith(_BEGINS[name.rpartition(".")[2]]) and len(content) > 100
            if not sound:
                raise Unsound(f"{name} is not what its name says")
        package = read_package(self.paper / "data.zip")
        if len(package.records) != sum(len(records) for records in self._now().values()):
            raise Unsound("the exported data are not all there")
        if not package.photos:
            raise Unsound("the photo is not in the exported data")
        return str(len(files) + 1)

    def reopen(self) -> str:
        """Find everything again, word for word."""
        now = self._now()
        for kind, records in self.records.items():
            there = {record.id: record for record in now[kind]}
            for record in records:
                if record.id not in there:
                    raise Unsound(f"a {kind} is gone")
                if _bare(there[record.id]) != _bare(record):
                    raise Unsound(f"a {kind} has changed by itself")
        with self._workspace(write=False) as work:
            hits = work.history.search("\u75c5\u68df")
            if not hits:
                raise Unsound("a word that was written is not found")
        return str(sum(len(records) for records in self.records.values()))

    def check(self) -> str:
        """Verify every checksum."""
        with self._workspace(write=False) as work:
            report = work.store.check()
        if not report.sound:
            raise Unsound(repr(report))
        return str(sum(report.counts.values()))

    def _now(self) -> dict[str, list[Record]]:
        with self._workspace(write=False) as work:
            return _all(work)


def _bare(record: Record) -> Record:
    """Return a record without what opening its page adds: a sheet's first draft is kept then."""
    from gemba.domain.sheet import Sheet

    if isinstance(record, Sheet):
        return replace(record, revision=0, first_draft=(), first_draft_at=None)
    return replace(record, revision=0)


def _all(work: Workspace) -> dict[str, list[Record]]:
    from gemba.domain.kinds import KINDS

    return {kind: list(work.recorder.find(cls)) for kind, cls in KINDS.items()}


def _make(work: Workspace) -> Made:
    """Make a walk, a learner's cycle and a coached sheet, tied to each other."""
    from gemba.domain.changes import Ref

    area = work.people.area(_HOSTILE)
    walk = work.walks.plan(
        _HOSTILE, area_id=area.id, stops=work.walks.stops_from("one\ntwo"), company=_NAME
    )
    work.walks.start(walk.id)
    line = work.walks.begin_line(walk.id, work.walks.get(walk.id).stops[0].id)
    seen = work.walks.keep(line.id, saw=_HOSTILE, category="delivery")
    work.walks.add_photo(seen.id, _a_photo(), "shelf.png")
    promise = work.walks.promise(seen.id, to=_NAME)
    first = work.coaching.first_talk(_NAME)
    work.coaching.answer(first.id, first.at_step, _HOSTILE, visit="self-test")
    board = work.coaching.board_of(first.learner_id)
    work.coaching.park(board.id, _HOSTILE, Ref("observation", seen.id))
    cycle = work.coaching.start_cycle(first.learner_id, board.id)
    tried = work.coaching.next_experiment(cycle.id)
    work.coaching.write_experiment(tried.id, visit="self-test", step="1", prediction=_HOSTILE)
    work.coaching.commit_prediction(tried.id)
    work.coaching.write(cycle.id, visit="self-test", agreed="again", private_note=_HOSTILE)
    sheet = work.sheets.begin(_HOSTILE, owner=_NAME)
    box = work.sheets.definition(sheet).boxes[0].id
    work.sheets.write_box(sheet.id, box, f"- **{_HOSTILE}**", visit="self-test")
    work.sheets.add_check(sheet.id, "look again", work.recorder.today() + timedelta(days=30))
    work.walks.tie_to(seen.id, Ref("sheet", sheet.id), box)
    work.sheets.ask(sheet.id, box, "When were you last there?")
    _make_routine(work, walk.id)
    _make_development(work, first)
    form, filling = _make_form(work, walk.id)
    work.recorder.settle()
    return Made(
        walk.id,
        seen.id,
        promise.id,
        first.learner_id,
        first.id,
        cycle.id,
        sheet.id,
        form,
        filling,
    )


def _make_form(work: Workspace, walk_id: UUID) -> tuple[UUID, UUID]:
    """Make a form of a list, answer it on a walk, and hand it in."""
    form = work.forms.from_list(f"{_HOSTILE}\nHow many wait?\tnumber", _HOSTILE)
    desk = work.forms.open(work.forms.begin(form.id, walk=work.walks.get(walk_id)).id)
    for question in desk.pages()[0].questions:
        desk.answer(question.key, "no" if question.choices else "3")
    if desk.finish():
        raise Unsound("a form that was answered could not be handed in")
    return form.id, desk.filling.id


def _make_routine(work: Workspace, walk_id: UUID) -> None:
    """Make what comes again: a route, a routine with a day that was kept, a draw, a thank-you."""
    from gemba.domain.recognition import Recognition
    from gemba.domain.reflection import Reflection, ReflectionAnswer
    from gemba.domain.routine_days import monday_of

    today = work.recorder.today()
    work.routes.keep(_HOSTILE, work.walks.get(walk_id))
    routine = work.routines.add("walk", _HOSTILE, weekdays=(today.isoweekday(),), why=_HOSTILE)
    work.routines.keep(routine.id, today)
    work.coverage.draw("area", (_HOSTILE, "another"))
    new = work.recorder.new_id
    thanks = Recognition(id=new(), behaviour=_HOSTILE, to=_NAME, noticed_on=today)
    answer = ReflectionAnswer(question="What did I see?", text=_HOSTILE)
    week = Reflection(id=new(), week_of=monday_of(today), answers=(answer,))
    work.recorder.put(thanks, week)


def _make_development(work: Workspace, talk: Talk) -> None:
    """Make what a coach keeps beside the cycles: conversations, lessons, skills, and the log."""
    from gemba.domain import coach_log, development, session

    today, new, learner = work.recorder.today(), work.recorder.new_id, talk.learner_id
    script = session.QuestionScript(
        id=new(), definition=_HOSTILE, version=1, label=_HOSTILE, text=_HOSTILE
    )
    held = session.Session(id=new(), definition=_HOSTILE, script_id=script.id, held_on=today)
    skill = development.PersonSkill(id=new(), learner_id=learner, name=_HOSTILE)
    goal = development.Goal(
        id=new(), learner_id=learner, skill_id=skill.id, text=_HOSTILE, set_on=today
    )
    watched = coach_log.SecondCoach(id=new(), talk_id=talk.id, watched_on=today, strong=_HOSTILE)
    work.recorder.put(
        script,
        held,
        session.Lesson(id=new(), words=_HOSTILE, learned_on=today, session_id=held.id),
        skill,
        goal,
        development.Evidence(id=new(), learner_id=learner, goal_id=goal.id, shown_on=today),
        development.MentorPair(id=new(), mentor_id=learner, learner_id=learner, since=today),
        coach_log.AskedQuestion(id=new(), talk_id=talk.id, asked_on=today, words=_HOSTILE),
        coach_log.AfterTalk(id=new(), talk_id=talk.id, noted_on=today, aim=_HOSTILE),
        watched,
        coach_log.PracticeLevel(id=new(), level=1, rated_on=today, watched_id=watched.id),
    )


def _a_photo() -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter

    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(out, QByteArray(b"PNG")).write(image)
    return bytes(out.data().data())


@contextmanager
def _errors() -> Iterator[list[BaseException]]:
    """Collect what goes wrong inside Qt's calls, where nobody else would catch it."""
    found: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del kind, trace
        found.append(error)

    before = sys.excepthook
    sys.excepthook = hook
    try:
        yield found
    finally:
        sys.excepthook = before


def _let_go(app: App) -> None:
    if app.session is not None:
        app.session.close()
        app.session.window.deleteLater()
    app.tasks.close()
    app.qt.focusChanged.disconnect(app.ring._moved)
    app.qt.processEvents()
