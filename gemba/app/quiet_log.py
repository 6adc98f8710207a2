"""The log of the window: where something failed, and never with what words."""

from __future__ import annotations

import logging
from copy import copy
from types import TracebackType

from gemba.app.crash import report

_Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Writes an error as crash reports do: its sentence may quote what somebody typed.

    A desktop keeps the standard error of its programs in a file, in plain.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write a record anew: what another handler made of its error may quote it."""
        mine = copy(record)
        mine.exc_text = None
        return super().format(mine)

    def formatException(self, ei: _Trouble) -> str:
        """Describe an error by its kind and its places in the program."""
        return report(ei[1]) if ei[1] is not None else ""


def log_without_words() -> None:
    """Write the log to the standard error in this way, once."""
    root = logging.getLogger()
    if any(isinstance(one.formatter, WithoutWords) for one in root.handlers):
        return
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutWords("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
