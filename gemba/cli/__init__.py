"""The command line: opens the window, or does one job and says how it went.

Exit codes: 0 done, 1 the data has a problem, 2 the call is wrong. What goes wrong is one
sentence on stderr.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gemba.app.folders import data_folder
from gemba.cli.call import DATA_PROBLEM, DONE, WRONG_CALL, WrongCall
from gemba.cli.parser import build_parser
from gemba.cli.secret import read_line
from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.words import Words

__all__ = ["build_parser", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call of gemba and return its exit code."""
    parser = build_parser()
    given = parser.parse_args(argv)
    if given.version:
        from gemba import __version__

        print(f"gemba {__version__}")
        return DONE
    if given.command is None and not given.passphrase_stdin:
        return _open_window(given, None)
    from gemba.words import Words

    words = Words()
    try:
        if given.command is None:
            return _open_window(given, read_line())
        code = int(given.run(given, words))
        # Here, where a full disk behind a ">" can still be told.
        sys.stdout.flush()
        return code
    except WrongCall as error:
        return _complain(words, error, WRONG_CALL)
    except GembaError as error:
        return _complain(words, error, DATA_PROBLEM)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        _drop_answer()
        reason = error.strerror or str(error)
        return _complain(words, GembaError("cli.cannot_answer", reason=reason), DATA_PROBLEM)
    except KeyboardInterrupt:
        return _complain(words, GembaError("cli.stopped"), DATA_PROBLEM)


def _open_window(given: argparse.Namespace, passphrase: str | None) -> int:
    # What a start loads stays: to look for garbage in it costs a tenth of the start. The window
    # turns this on again once it stands.
    gc.disable()
    from gemba.app.start import run_window

    return run_window(
        given.data_dir or data_folder(),
        own_folder=given.data_dir is None,
        exit_after_first_paint=given.exit_after_first_paint,
        exit_when_idle=given.exit_when_idle,
        passphrase=passphrase,
    )


def _drop_answer() -> None:
    """Let nothing that could not be written be tried again when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(words: Words, error: GembaError, code: int) -> int:
    print(" ".join(words(error.key, **error.values).split()), file=sys.stderr)
    return code
