"""Where the files lie that come with Gemba: faces, icons, words, question sets, samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gemba import __version__


@cache
def _root() -> Path:
    """The folder of the bundled files: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of a bundled file or folder, such as `resource_path("icons", "sun.svg")`.

    The path need not exist; whoever opens it sees the usual `FileNotFoundError`.
    """
    return _root().joinpath(*parts)


def version() -> str:
    """Gemba's version, without a look into installed metadata, which costs start-up time."""
    return __version__
