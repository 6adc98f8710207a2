"""What is shown of each page in the pictures: with the records of the sample, and with none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gemba.app.session import Session
from gemba.domain.changes import Ref
from gemba.domain.clash import Clash
from gemba.domain.observation import Observation
from gemba.domain.sheet import Sheet
from gemba.services.clashing import keep
from gemba.services.workspace import Workspace
from tests.screens.studio import of_studio
from tests.screens.view import View, at

EMPTY_HANDED = (
    "today walks walk coaching talk sheets history settings safety moving bin people conflict "
    "routines coverage promises patterns thanks forms questions practice timeline help"
).split()
"""The pages that open on nothing and whose name is one word."""


def everywhere() -> Iterator[View]:
    """The pages that open on nothing, each as an empty folder shows it as well."""
    for page in EMPTY_HANDED:
        yield at(page)
    for page in ("write up", "new sheet", "walk paper", "question log", "second coach"):
        yield at(page)


def of_sample(work: Workspace) -> Iterator[View]:
    """The pages that open on a record, with the records of the sample."""
    sheet = work.sheets.all()[0]
    yield from of_studio(work, sheet)
    yield from of_coaching(work)
    yield from of_walks(work)
    yield from of_forms(work)
    yield from of_safety(work, sheet)


def of_walks(work: Workspace) -> Iterator[View]:
    """A walk before, on the way and after, and what was seen and promised on it."""
    walks = work.walks.all()
    done = next(one for one in reversed(walks) if one.ended_at is not None)
    seen = next(one for one in work.walks.observations(done.id) if one.photos)
    planned = next(one for one in walks if one.started_at is None and not one.on_paper)
    promise = work.promises.open()[0]
    yield at("debrief", walk=done.id)
    yield at("observation", observation=seen.id)
    yield at("promise", promise=promise.id)
    yield at("promise", "promise tell back", promise=promise.id, tell=True)
    yield at("walks", "walk planned", walk=planned.id)
    yield at("routines", "routine", routine=work.routines.all()[0].id)
    yield at("walk paper", "memo", walk=done.id, kind="memo")
    yield View("walk under way", "walk", partial(_walk, planned.id))


def _walk(walk_id: UUID, session: Session) -> None:
    """Set out on the planned walk, with a few things seen."""
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


def of_coaching(work: Workspace) -> Iterator[View]:
    """A learner, the talks and cycles with them, and what a coach keeps for themselves."""
    coaching = work.coaching
    learner = max(coaching.learners(), key=lambda row: len(coaching.talks(row.id)))
    talks = coaching.talks(learner.id)
    done = next(one for one in reversed(talks) if one.kind == "cycle")
    yield at("learner", learner=learner.id)
    yield at("ledger", learner=learner.id)
    yield at("timeline", "timeline of one", learner=learner.id)
    yield at("development", learner=learner.id)
    yield at("stood", ref=("talk", talks[-1].id), on=talks[-1].held_on)
    yield at("erase", person=learner.id)
    yield at("history", "history found", words="porters")
    yield at("cycle", "cycle done", talk=done.id)
    yield at("after talk", talk=done.id)
    yield at("second coach", "second coach of a talk", talk=done.id)
    yield at("question log", "question log of a talk", talk=done.id)
    if done.storyboard_id is not None:
        yield at("board paper", board=done.storyboard_id)
    yield at("questions edit", questions="curiosity")
    yield View("session", "session", partial(_grow, learner.id))
    first = coaching.first_talk("Leah Osei")
    saw = "The names come late twice a week"
    coaching.answer(first.id, first.at_step, saw, visit="screens")
    work.promises.make("Ask the lodge to ring once, at 16:00", source=Ref("talk", first.id))
    yield at("talk", "talk under way", talk=first.id)
    cycle = coaching.start_cycle(learner.id)
    work.recorder.settle()
    yield at("cycle", talk=cycle.id)


def _grow(learner: UUID, session: Session) -> None:
    """Begin a conversation by a set of questions, with the first of them answered."""
    sessions = session.workspace.sessions
    begun = sessions.begin("grow", learner_id=learner, about="The list at the lodge")
    first, *_rest = sessions.questions(begun).steps
    sessions.answer(begun.id, first, "Nobody rings before the list is there", visit="screens")
    session.workspace.recorder.settle()
    session.go.to("session", session=begun.id)


def of_forms(work: Workspace) -> Iterator[View]:
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
    yield at("forms", "forms filled in")
    yield at("form", form=form.id)
    yield at("fill", filling=half.filling.id)
    yield at("build form", form=own.id)
    yield at("form paper", form=form.id)


def of_safety(work: Workspace, sheet: Sheet) -> Iterator[View]:
    """The pages about what was changed, deleted, backed up or written twice."""
    goal = sheet.box("goal").text
    walks = work.walks.all()
    walk = next(one for one in reversed(walks) if one.ended_at is not None)
    seen = next(one for one in work.walks.observations(walk.id) if one.photos)

    def change(session: Session) -> None:
        work.sheets.write_box(sheet.id, "goal", f"{goal}\n\nBy the end of May.", visit="screens")
        work.recorder.settle()
        session.go.to("earlier", ref=Ref("sheet", sheet.id))

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

    yield at("earlier", "earlier versions", ref=Ref("sheet", sheet.id))
    yield View("earlier versions of a sheet", "earlier", change)
    yield View("bin filled", "bin", partial(_delete, seen, walk.id))
    yield View("safety with backups", "safety", back_up)
    yield View("conflict of two texts", "conflict", clash)


def _delete(seen: Observation, walk: UUID, session: Session) -> None:
    session.go.to("today")
    session.workspace.walks.remove(seen.id)
    session.workspace.recorder.remove(Ref("walk", walk))
    session.go.to("bin")


def over(*, words: str) -> Iterator[View]:
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

    yield View("palette", "today", palette)
    yield View("capture", "today", capture)
