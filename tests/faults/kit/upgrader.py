"""Opens a folder whose database an older version wrote: ``FOLDER [--broken]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from gemba.store.engine import write_engine
from gemba.store.header import FILE_NAME, file_version
from gemba.store.opening import open_store
from gemba.store.upgrade import run_steps


def main() -> None:
    """Upgrade it as a start does, or without a journal to roll back from."""
    folder = Path(sys.argv[1])
    if "--broken" in sys.argv:
        path = folder / FILE_NAME
        engine = write_engine(path)
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("PRAGMA journal_mode=OFF")
            with connection.begin():
                run_steps(connection, file_version(path))
        engine.dispose()
        return
    open_store(folder).close()


if __name__ == "__main__":
    main()
