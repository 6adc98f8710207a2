"""A photo that was chosen, dropped or pasted: what reads its bytes beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from gemba.services.photo_import import read_file
from gemba.services.recorder import DAILY_PIXELS
from gemba.ui.widgets.photos import png_bytes


def photo_reader(what: object, *, whole: bool) -> tuple[Callable[[], bytes], str]:
    """Return what reads a picture, or the last of several files, and the name of the file.

    ``whole`` keeps a pasted picture as large as it came.
    """
    if isinstance(what, QImage):
        return partial(png_bytes, what, 0 if whole else DAILY_PIXELS), ""
    assert isinstance(what, list)
    path = Path(what[-1])
    return partial(read_file, path), path.name
