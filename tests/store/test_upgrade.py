"""Migrations lead to the tables as they are declared, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from gemba.domain.errors import Damaged, GembaError
from gemba.domain.kinds import KINDS
from gemba.domain.person import Person
from gemba.domain.references import REFERENCES
from gemba.store.backup_files import BackupFolder
from gemba.store.engine import read_engine, write_engine
from gemba.store.header import APPLICATION_ID, NEWEST, file_version
from gemba.store.migrations import STEPS
from gemba.store.opening import open_store
from gemba.store.plan import PLAN, SCHEMA, digest_of
from gemba.store.store import Store
from gemba.store.tables import RECORDS, metadata
from gemba.store.upgrade import upgrade_file


def test_the_newest_version_is_the_last_step(store: Store, folder: Path) -> None:
    assert len(STEPS) == NEWEST == file_version(folder / "gemba.db")
    assert store.check().sound
    with closing(sqlite3.connect(folder / "gemba.db")) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_the_migrations_make_the_tables_that_are_declared(store: Store, folder: Path) -> None:
    engine = read_engine(folder / "gemba.db", file_is_writable=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table"
                    or not str(name).startswith("search_")
                    or name in metadata.tables
                ),
            },
        )
        different = compare_metadata(context, metadata)
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'promise'")
        # A key that came with its column stands behind it, where SQLAlchemy does not read whether
        # it is deferred.
        assert (
            "CONSTRAINT fk_promise_area_id_area REFERENCES area (id) DEFERRABLE INITIALLY DEFERRED"
        ) in made.scalar_one()
    engine.dispose()
    late = [(what, key.parent.name) for what, one in different for key in one.elements]
    assert sorted(late) == [
        ("add_fk", "area_id"),
        ("add_fk", "script_id"),
        ("remove_fk", "area_id"),
        ("remove_fk", "script_id"),
    ]


def test_the_plan_of_the_tables_is_known_by_its_digest(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as connection:
        made = digest_of(connection.execute(SCHEMA).fetchall())
    assert made == PLAN, "a new migration needs a new digest in gemba/store/plan.py"


def test_a_file_with_an_altered_plan_is_refused(store: Store, folder: Path) -> None:
    store.close()
    path = folder / "gemba.db"
    bent = path.read_bytes().replace(b"ix_promise_open", b"ix_qromise_open", 1)
    path.write_bytes(bent)
    with pytest.raises(Damaged):
        open_store(folder)
    assert path.read_bytes() == bent


def test_names_of_constraints_and_keys_are_the_declared_ones(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL"))
        for kind, table in RECORDS.items():
            for constraint in table.constraints:
                assert f"CONSTRAINT {constraint.name} " in made[kind], constraint.name
            keys = connection.execute(f"PRAGMA foreign_key_list({kind})").fetchall()
            assert {(row[3], row[2]) for row in keys} == set(REFERENCES.get(kind, {}).items())
        declared = {index.name for table in metadata.tables.values() for index in table.indexes}
        assert declared == {name for name in made if name.startswith("ix_")}
    assert set(RECORDS) == set(KINDS)


def test_every_field_that_names_a_record_is_watched_over() -> None:
    for kind, table in RECORDS.items():
        for column in table.c:
            if column.name.endswith("_id") and kind != "link" and column.name not in ("stop_id",):
                watched = column.name in REFERENCES.get(kind, {})
                assert watched or column.name == "obstacle_id", (kind, column.name)


def fails(operations: Operations) -> None:
    operations.execute("CREATE TABLE half (done)")
    raise RuntimeError("the power went")


def breaks(operations: Operations) -> None:
    operations.execute("DELETE FROM storyboard")


def adds(operations: Operations) -> None:
    operations.execute("ALTER TABLE person ADD COLUMN shoe_size INTEGER")


@pytest.fixture
def path(store: Store, references: object, folder: Path) -> Path:
    store.close()
    return folder / "gemba.db"


@pytest.mark.parametrize(("step", "error"), [(fails, RuntimeError), (breaks, Damaged)])
def test_a_step_that_fails_leaves_everything_as_it_was(
    path: Path, step: object, error: type[Exception]
) -> None:
    before = path.read_bytes()
    engine = write_engine(path)
    with pytest.raises(error):
        upgrade_file(path, engine, [*STEPS, step])  # type: ignore[list-item]
    engine.dispose()
    assert path.read_bytes() == before


def test_a_backup_is_made_before_data_change(path: Path) -> None:
    before = path.read_bytes()
    engine = write_engine(path)
    upgrade_file(path, engine, [*STEPS, adds])
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("SELECT shoe_size FROM person").first() == (None,)
    engine.dispose()
    assert file_version(path) == NEWEST + 1
    backups = BackupFolder(path.parent / "backups")
    (point,) = backups.points()
    assert (point.reason, point.version) == ("before migration", NEWEST)
    assert backups.database(point.name).read_bytes() == before
    with pytest.raises(GembaError):
        open_store(path.parent)


def test_nothing_happens_to_a_file_that_is_up_to_date(path: Path) -> None:
    before = path.read_bytes()
    with open_store(path.parent) as store:
        assert store.find(Person, id=uuid4()) == []
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["gemba.db", "gemba.lock"]
