"""Bringing a database to the present version, or refusing one that is newer than this program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from gemba.domain.errors import Damaged, GembaError
from gemba.store.engine import make_private_file, mend_after_crash
from gemba.store.header import APPLICATION_ID, NEWEST, file_version

if TYPE_CHECKING:
    from gemba.store.migrations import Step


def refuse_newer(path: Path, newest: int = NEWEST, key: bytes | None = None) -> int:
    """Return the version of a file, 0 for none; raises "store.newer" without touching it."""
    version = file_version(path, key)
    if version > newest:
        raise GembaError("store.newer", found=version, known=newest, file=str(path))
    return version


def upgrade_file(
    path: Path, connect: Engine, steps: Sequence[Step] | None = None, key: bytes | None = None
) -> None:
    """Bring a file to the newest version in one transaction, making it when it is missing.

    Before a file that holds data changes, it becomes a backup. Raises GembaError for a
    file that is newer or not Gemba's; whatever else goes wrong leaves the file as it was.
    """
    newest = NEWEST if steps is None else len(steps)
    version = refuse_newer(path, newest, key)
    if version == newest:
        return
    if version:
        from gemba.store.backup_upgrade import keep_before_upgrade

        mend_after_crash(path, key)
        keep_before_upgrade(path, key)
    else:
        make_private_file(path)
    # Switched before the transaction: inside one, SQLite ignores it.
    with connect.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not version:
                    _refuse_strangers(connection, path)
                run_steps(connection, version, steps)
                if version and steps is None:
                    # Made from the sheets, by the rules of this program and not of the last.
                    from gemba.store.remake import remake_days

                    remake_days(connection)
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _refuse_strangers(connection: Connection, path: Path) -> None:
    """A file without a version that holds something is somebody else's."""
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first():
        raise GembaError("store.not_a_database", file=str(path))


def run_steps(connection: Connection, version: int, steps: Sequence[Step] | None = None) -> None:
    """Run the steps after a version and prove that every reference still holds."""
    # Alembic is loaded only when there is something to upgrade.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    if steps is None:
        from gemba.store.migrations import STEPS

        steps = STEPS
    operations = Operations(MigrationContext.configure(connection))
    for step in steps[version:]:
        step(operations)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise Damaged("store.broken_reference", kind=broken[0])
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
