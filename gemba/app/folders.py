"""Where the data lives, and the definitions that go with it; no Qt, for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog


def data_folder() -> Path:
    """Return the platform's folder for this user's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Gemba", appauthor=False))


def sample_folder(name: str) -> Path:
    """Return the folder of its own in which a sample opens, beside the user's data."""
    mine = data_folder()
    return mine.with_name(f"{mine.name} samples") / name


def load_catalog(folder: Path) -> Catalog:
    """Return the bundled worksheets and question sets with the user's own from the data folder."""
    from gemba.definitions.catalog import Catalog
    from gemba.resources import resource_path

    return Catalog(resource_path(), folder / "definitions")
