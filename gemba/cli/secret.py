"""Passphrases on the command line: asked for on the terminal or read from standard input.

Never from an argument or the environment, where other programs could see them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.errors import BadInput, Locked

if TYPE_CHECKING:
    from gemba.words import Words

_LONGEST_LINE = 8 * 1024
"""In bytes; longer than any passphrase."""


def key_of(given: argparse.Namespace, folder: Path) -> bytes | None:
    """Return the data key of a folder, asking for its passphrase; None for a plain one."""
    from gemba.services.passphrase import must_unlock, unlock

    if not must_unlock(folder):
        return None
    return unlock(folder, ask(given, "Passphrase: ", folder))


def ask(given: argparse.Namespace, prompt: str, folder: Path) -> str:
    """Return one passphrase; raises Locked where there is nobody to ask."""
    if getattr(given, "passphrase_stdin", False):
        return read_line()
    if sys.stdin is None or not sys.stdin.isatty():
        raise Locked("key.needed", folder=str(folder))
    from getpass import getpass

    return getpass(prompt)


def read_line() -> str:
    """Read one line of standard input as a passphrase; the end of the line is not part of it."""
    line = sys.stdin.buffer.readline(_LONGEST_LINE + 1)
    if len(line) > _LONGEST_LINE:
        from gemba.services.passphrase import LONGEST_PASSPHRASE

        raise BadInput("key.too_long", most=LONGEST_PASSPHRASE)
    passphrase = None
    try:
        passphrase = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Raised out here: the error above would carry what was typed.
    if passphrase is None:
        raise BadInput("key.not_text")
    return passphrase


def passphrase_command(given: argparse.Namespace, words: Words) -> int:
    """Set, change or remove the passphrase of a folder that no window has open."""
    from gemba.app.folders import data_folder
    from gemba.services import passphrase as service

    folder = given.data_dir or data_folder()
    if given.action == "set":
        new = _new(given, folder)
        service.set_passphrase(folder, new)
    elif not service.must_unlock(folder):
        raise BadInput("key.not_set")
    else:
        old = ask(given, "Passphrase: ", folder)
        if given.action == "change":
            service.change_passphrase(folder, old, _new(given, folder))
        else:
            service.remove_passphrase(folder, old)
    told = words(f"passphrase.{given.action}")
    print(json.dumps({"passphrase": given.action}) if given.json else told)
    return 0


def _new(given: argparse.Namespace, folder: Path) -> str:
    from gemba.services.passphrase import check_new

    new = ask(given, "New passphrase: ", folder)
    again = new if given.passphrase_stdin else ask(given, "Once more: ", folder)
    check_new(new, again)
    return new
