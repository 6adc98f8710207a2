"""Today in one glance, through the standard library, whatever state the folder is in."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Uuid

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise, ToldBack
from gemba.domain.sheet import Box, Check, Sheet, TrayPiece
from gemba.domain.sheet_story import BoxFormat
from gemba.domain.today import BUSY, DAMAGED, MISSING, NEWER, READY, CheckDue, NextLook
from gemba.domain.walk import Debrief, Stop, Walk
from gemba.services.today import read_today
from gemba.store import glance_proof
from gemba.store.engine import write_engine
from gemba.store.glance import glance
from gemba.store.opening import open_store
from gemba.store.remake import remake_days
from gemba.store.store import Store
from gemba.store.tables import RECORDS
from gemba.store.types import PlainValue

from .conftest import DAY


def promise(text: str, age: int, **more: object) -> Promise:
    return Promise(id=uuid4(), text=text, made_on=DAY - timedelta(days=age), **more)  # type: ignore[arg-type]


def test_promises_not_told_back_the_oldest_first(store: Store, folder: Path) -> None:
    nurse = Person(id=uuid4(), name="Joris")
    told = ToldBack(on=DAY, to="Joris", answer="done", said="fitted")
    gone = promise("gone", 3)
    store.write(
        [
            nurse,
            promise("label printer", 9, raised_by="Samir", resolver="Ines", note="asked"),
            promise("bed alarm", 16, person_id=nurse.id, due_on=DAY),
            promise("answered", 20, told_back=told),
            gone,
        ],
        who="Ines",
    )
    store.write([], removes=[Ref("promise", gone.id)], who="Ines")
    seen = glance(folder, DAY)
    assert [(p.text, p.to, p.age(DAY)) for p in seen.promises] == [
        ("bed alarm", "Joris", 16),
        ("label printer", "Samir", 9),
    ]
    assert seen.promises[0].due_on == DAY
    assert (seen.promises[1].resolver, seen.promises[1].note) == ("Ines", "asked")
    assert seen.promise_count == 2
    assert seen.any_record


def test_fifty_promises_and_the_count_of_all(store: Store, folder: Path) -> None:
    store.write([promise(f"p{n}", n) for n in range(70)], who="Ines")
    seen = glance(folder, DAY)
    assert (len(seen.promises), seen.promise_count) == (50, 70)
    assert seen.promises[0].text == "p69"


def test_walks_that_are_planned_or_under_way(store: Store, folder: Path) -> None:
    ward = Area(id=uuid4(), name="Ward 6")
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def walk(purpose: str, days: int | None, **more: object) -> Walk:
        on = None if days is None else DAY + timedelta(days=days)
        return Walk(id=uuid4(), purpose=purpose, planned_on=on, **more)  # type: ignore[arg-type]

    stops = (Stop(id="1", place="Pharmacy hatch"), Stop(id="2", place="Lounge"))
    store.write(
        [
            ward,
            walk("today", 0, area_id=ward.id, stops=stops),
            walk("missed", -3),
            walk("in a week", 7),
            walk("in eight days", 8),
            walk("some day", None),
            walk("under way", None, started_at=now),
            walk("over", -1, started_at=now, ended_at=now, walked_on=DAY),
            walk("on paper", -1, walked_on=DAY, on_paper=True),
        ],
        who="Ines",
    )
    seen = glance(folder, DAY).walks
    assert [(w.purpose, w.under_way) for w in seen] == [
        ("under way", True),
        ("missed", False),
        ("today", False),
        ("in a week", False),
    ]
    assert seen[2].area == "Ward 6"
    assert seen[2].places == ("Pharmacy hatch", "Lounge")
    assert seen[2].planned_on == DAY


def test_a_walk_without_a_word_of_debrief_is_shown_for_three_days(
    store: Store, folder: Path
) -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def walk(purpose: str, days: int, **more: object) -> Walk:
        on = DAY + timedelta(days=days)
        more = {"started_at": now, "ended_at": now, **more}
        return Walk(id=uuid4(), purpose=purpose, walked_on=on, **more)  # type: ignore[arg-type]

    store.write(
        [
            walk("yesterday", -1, debrief=Debrief(thank_you="  ")),
            walk("three days ago", -3),
            walk("four days ago", -4),
            walk("looked back on", -1, debrief=Debrief(pattern="Bags wait")),
            walk("out now", 0, ended_at=None),
            walk("on paper", -1, started_at=None, ended_at=None, on_paper=True),
        ],
        who="Ines",
    )
    decided = walk("decided on", -1)
    became = Observation(
        id=uuid4(), walk_id=decided.id, seen_on=DAY, saw="Bags wait", conversion="promise"
    )
    store.write([decided, became], who="Ines")
    seen = glance(folder, DAY).untold
    assert [one.purpose for one in seen] == ["yesterday", "three days ago"]
    assert seen[0].on == DAY - timedelta(days=1)
    store.write([walk(f"today {n}", 0) for n in range(5)], who="Ines")
    assert len(glance(folder, DAY).untold) == 3


def test_a_debrief_altered_on_the_disk_is_counted_and_hides_nothing_else(folder: Path) -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with open_store(folder) as store:
        walk = Walk(id=uuid4(), purpose="w", walked_on=DAY, started_at=now, ended_at=now)
        store.write([walk, promise("good", 1)], who="Ines")
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        connection.execute("UPDATE walk SET debrief = '[3'")
    seen = glance(folder, DAY)
    assert (seen.state, seen.untold, len(seen.promises), seen.damaged) == (READY, (), 1, 1)


def test_the_last_talk_with_each_learner_says_when_to_look(store: Store, folder: Path) -> None:
    marta, joris = Person(id=uuid4(), name="Marta"), Person(id=uuid4(), name="Joris")
    board = Storyboard(
        id=uuid4(), learner_id=marta.id, started_on=DAY, focus_process="Discharges before noon"
    )

    def talk(learner: Person, held: int, look: int | None, **more: object) -> Talk:
        return Talk(
            id=uuid4(),
            kind="cycle",
            learner_id=learner.id,
            held_on=DAY - timedelta(days=held),
            next_look_on=None if look is None else DAY + timedelta(days=look),
            **more,  # type: ignore[arg-type]
        )

    last = talk(marta, 12, 0, storyboard_id=board.id, agreed="look at the list")
    store.write(
        [marta, joris, board, talk(marta, 20, -8), last, talk(joris, 4, 2), talk(joris, 1, None)],
        who="Samir",
    )
    (look,) = glance(folder, DAY).looks
    assert look == NextLook(
        talk_id=last.id,
        kind="cycle",
        learner_id=marta.id,
        learner="Marta",
        focus="Discharges before noon",
        agreed="look at the list",
        look_on=DAY,
        look_time="",
        last_on=DAY - timedelta(days=12),
    )
    assert look.days_since(DAY) == 12


def test_checks_of_sheets_follow_every_change(store: Store, folder: Path) -> None:
    checks = (
        Check(id="a", what="30 days", on=DAY),
        Check(id="b", what="60 days", on=DAY + timedelta(days=15)),
        Check(id="c", what="done", on=DAY, done_on=DAY),
    )
    sheet = Sheet(id=uuid4(), title="Late discharges", started_on=DAY, checks=checks)
    (held,) = store.write([sheet], who="Ines").records
    assert isinstance(held, Sheet)
    expected = CheckDue(
        sheet_id=sheet.id, check_id="a", title="Late discharges", what="30 days", on=DAY
    )
    assert glance(folder, DAY).checks == (expected,)
    assert len(glance(folder, DAY + timedelta(days=1)).checks) == 2

    ref = Ref("sheet", sheet.id)
    store.write([], removes=[ref], who="Ines")
    assert glance(folder, DAY).checks == ()
    store.write([], restores=[ref], who="Ines")
    assert glance(folder, DAY).checks == (expected,)
    done = replace(held, revision=3, checks=(replace(checks[0], done_on=DAY), *checks[1:]))
    store.write([done], who="Ines")
    assert glance(folder, DAY).checks == ()


def test_a_new_user_has_nothing_and_a_name(store: Store, folder: Path) -> None:
    seen = glance(folder, DAY)
    assert (seen.state, seen.any_record, seen.me) == (READY, False, "")
    store.settings.set("me", "Ines")
    assert glance(folder, DAY).me == "Ines"


def test_whatever_is_wrong_is_said_and_not_raised(tmp_path: Path, folder: Path) -> None:
    assert glance(tmp_path / "none", DAY).state == MISSING
    tmp_path.joinpath("gemba.db").write_bytes(b"no database")
    assert glance(tmp_path, DAY).state == DAMAGED
    with open_store(folder) as store:
        store.write([promise("a", 1)], who="Ines")
    path = folder / "gemba.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert glance(folder, DAY).state == BUSY
        connection.rollback()
        connection.execute("UPDATE promise SET made_on = 'soon'")
        connection.commit()
        seen = glance(folder, DAY)
        assert (seen.state, seen.promises, seen.promise_count, seen.damaged) == (READY, (), 0, 1)
        connection.execute("DROP TABLE promise")
        assert glance(folder, DAY).state == DAMAGED
        connection.execute("PRAGMA user_version = 99")
    assert glance(folder, DAY).state == NEWER
    path.write_bytes(path.read_bytes()[:5000])
    assert glance(folder, DAY).state in (NEWER, DAMAGED)


def test_what_is_not_what_was_written_is_left_out_and_counted(folder: Path) -> None:
    with open_store(folder) as store:
        nurse = Person(id=uuid4(), name="Joris")
        good, bad = promise("good", 1), promise("bad", 2)
        store.write([nurse, good, bad, promise("his", 3, person_id=nurse.id)], who="Ines")
        store.settings.set("me", "Ines")
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        connection.execute("UPDATE promise SET text = 'bat' WHERE text = 'bad'")
        connection.execute("UPDATE person SET name = 'Boris'")
        connection.execute("UPDATE setting SET value = 'Inez'")
    seen = glance(folder, DAY)
    assert [(one.text, one.to) for one in seen.promises] == [("his", ""), ("good", "")]
    assert (seen.damaged, seen.promise_count, seen.me) == (2, 2, "")


def test_the_types_of_what_is_shown_are_those_of_the_tables() -> None:
    for kind in glance_proof.KINDS:
        for column in RECORDS[kind].c:
            if column.name in ("counter", "revision", "checksum", "deleted_at"):
                continue
            assert (column.name in glance_proof.UUIDS) is isinstance(column.type, Uuid)
            assert (column.name in glance_proof.NESTED) is isinstance(column.type, PlainValue)
            assert (column.name in glance_proof.TRUTHS) is isinstance(column.type, Boolean)


def test_nothing_large_is_loaded_for_it(store: Store, folder: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from gemba.store.glance import glance; glance(Path(sys.argv[1]), date(2026, 11, 24));"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('sqlalchemy', 'alembic', 'PIL', 'PySide6', 'msgspec')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


STATEMENTS = (
    "_PROMISES",
    "_PROMISE_COUNT",
    "_UNDER_WAY",
    "_PLANNED",
    "_WALKED",
    "_LOOKS",
    "_CHECKS",
    "KEEPINGS",
    "WALKS",
    "TALKS",
)


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_query_reads_a_whole_large_table(store: Store, folder: Path, name: str) -> None:
    import gemba.store.glance as module
    import gemba.store.glance_week as week

    statement = getattr(module, name, None) or getattr(week, name)
    values = ["00", "2026-11-24", 50][-statement.count("?") :] if "?" in statement else []
    with closing(sqlite3.connect(folder / "gemba.db")) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert not [line for line in plan if line.startswith("SCAN") and "observation" in line]
    assert not [line for line in plan if line.startswith("SCAN") and "INDEX" not in line]


_TRY = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""


def test_a_look_at_today_lets_go_of_no_lock(tmp_path: Path) -> None:
    """Another process must still see that a write is under way, or it would roll it back."""
    with open_store(tmp_path / "data") as store, store._disk.writing():
        read_today(store.folder, DAY, store)
        other = subprocess.run(
            [sys.executable, "-c", _TRY, str(store.folder / "gemba.db")],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "locked" in other.stdout


def test_actions_of_plans_come_by_their_days_and_follow_the_sheet(
    store: Store, folder: Path
) -> None:
    def day(by: int) -> date:
        return DAY + timedelta(days=by)

    late = Action(id="a1", what="Names at 15:00", who="Maria", start=day(-4), finish=day(2))
    going = Action(id="a2", what="Porter list", start=day(-9), started=day(-8), finish=day(-1))
    later = Action(id="a3", what="Roll out", start=day(30), finish=day(40))
    done = Action(id="a4", what="Draw the board", finished=day(-2), finish=day(-3), review=day(1))
    blank = Action(id="a5", what=" ", finish=day(0))
    plan = Plan(id="p1", actions=(late, going, later, done, blank))
    sheet = Sheet(
        id=uuid4(),
        title="Late discharges",
        started_on=DAY,
        boxes=(Box(id="plan", figures=(plan,)),),
        checks=(Check(id="c1", what="30 days", on=DAY),),
    )
    store.write([sheet], who="Ines")
    seen = glance(folder, DAY)
    assert [(one.what, one.step, one.on, one.who) for one in seen.actions] == [
        ("Names at 15:00", "start", day(-4), "Maria"),
        ("Porter list", "finish", day(-1), ""),
        ("Draw the board", "review", day(1), ""),
    ]
    assert seen.actions[0].part == "plan/p1/a1"
    assert [one.what for one in seen.checks] == ["30 days"]
    assert not seen.damaged
    begun = replace(plan, actions=(replace(late, started=DAY), replace(going, finished=DAY)))
    held = replace(sheet, revision=1, boxes=(Box(id="plan", figures=(begun,)),))
    store.write([held], who="Ines")
    assert [(one.what, one.step, one.on) for one in glance(folder, DAY).actions] == [
        ("Names at 15:00", "finish", day(2))
    ]
    # A plan that lost its box to another type is a plan still.
    aside = TrayPiece(id="ps7_plan", definition="ps7", label="Plan", box=held.boxes[0])
    store.write([replace(held, revision=2, boxes=(), tray=(aside,))], who="Ines")
    (one,) = glance(folder, DAY).actions
    assert (one.what, one.aside, one.part) == ("Names at 15:00", True, "tray:ps7_plan/p1/a1")
    store.write([replace(held, revision=3)], who="Ines")
    assert not glance(folder, DAY).actions[0].aside
    # A sheet that was shaped anew lists its boxes; what stands in another one lies in its tray.
    shaped = (BoxFormat(id="goal", label="Goal", column="left", height=120.0),)
    store.write([replace(held, revision=4, format=shaped)], who="Ines")
    assert [one.aside for one in glance(folder, DAY).actions] == [True]
    store.write([replace(held, revision=5, archived_on=DAY)], who="Ines")
    assert glance(folder, DAY).actions == ()
    assert glance(folder, DAY).checks
    store.write([replace(held, revision=6)], who="Ines")
    assert glance(folder, DAY).actions
    store.write([], removes=[Ref("sheet", sheet.id)], who="Ines")
    assert glance(folder, DAY).actions == ()


def test_a_kept_promise_comes_back_on_the_day_of_its_look(tmp_path: Path) -> None:
    promise = Promise(id=uuid4(), text="Mend the alarm", made_on=DAY, check_on=DAY, done_on=DAY)
    later = replace(promise, id=uuid4(), check_on=DAY + timedelta(60))
    with open_store(tmp_path) as store:
        store.write([promise, later], who="")
        (effect,) = store.glance(DAY).effects
        assert (effect.promise_id, effect.text, effect.on) == (promise.id, "Mend the alarm", DAY)
        held = store.get(Promise, promise.id)
        store.write([replace(held, checked_on=DAY, effect="holds")], who="")
        assert store.glance(DAY).effects == ()
        store.remake_derived()
        assert len(store.glance(DAY + timedelta(60)).effects) == 1
        store.write([], removes=[Ref("promise", later.id)], who="")
        assert store.glance(DAY + timedelta(60)).effects == ()


def test_the_day_of_a_promise_is_known_to_the_check_and_to_an_upgrade(tmp_path: Path) -> None:
    promise = Promise(id=uuid4(), text="Mend the alarm", made_on=DAY, check_on=DAY, done_on=DAY)
    with open_store(tmp_path) as store:
        store.write([promise], who="")
        assert store.check().sound
    with closing(sqlite3.connect(tmp_path / "gemba.db")) as connection, connection:
        connection.execute("UPDATE due SET title = 'Mend the door'")
    with open_store(tmp_path) as store:
        assert set(store.check().derived) == {f"day of promise {promise.id}"}
    engine = write_engine(tmp_path / "gemba.db")
    with engine.begin() as connection:
        remake_days(connection)
    engine.dispose()
    with open_store(tmp_path) as store:
        assert store.check().sound
        (effect,) = store.glance(DAY).effects
        assert effect.text == "Mend the alarm"


def test_the_week_of_routines_says_what_became_of_each_day(store: Store, folder: Path) -> None:
    from gemba.domain.routine import Keeping, Pause, Routine
    from gemba.domain.routine_days import COMING, KEPT, MISSED, OFF

    huddle = Routine(
        id=uuid4(),
        kind="huddle",
        name="Huddle",
        time_of_day="08:15",
        starts_on=date(2026, 11, 2),
        pauses=(Pause(id="p", first=date(2026, 11, 27), last=date(2026, 11, 27), why="fair"),),
    )
    walk = Routine(id=uuid4(), kind="walk", name="Walk", starts_on=date(2026, 11, 2))
    aside = Routine(
        id=uuid4(),
        kind="review",
        name="Aside",
        starts_on=date(2026, 11, 2),
        archived_on=date(2026, 11, 20),
    )
    made = Walk(id=uuid4(), purpose="Why?", walked_on=date(2026, 11, 24))
    missed = Keeping(
        id=uuid4(), routine_id=huddle.id, day=date(2026, 11, 23), kept=False, why="The lift stood"
    )
    before = Keeping(id=uuid4(), routine_id=huddle.id, day=date(2026, 11, 20), kept=True)
    store.write([huddle, walk, aside, made, missed, before], who="")
    week = glance(folder, date(2026, 11, 25)).week
    assert [one.routine for one in week] == [walk, huddle]
    assert [one.state for one in week[0].days] == [MISSED, KEPT, COMING, COMING, COMING]
    assert [one.state for one in week[1].days] == [MISSED, MISSED, COMING, COMING, OFF]
    assert [one.why for one in week[1].days] == ["The lift stood", "", "", "", "fair"]
