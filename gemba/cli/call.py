"""What every command shares: its exit codes, the folder it opens, how it finds and prints."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.app.folders import data_folder, load_catalog
from gemba.cli.secret import key_of
from gemba.domain.errors import GembaError, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from gemba.domain.changes import Plain
    from gemba.services.workspace import Workspace
    from gemba.words import Words

DONE, DATA_PROBLEM, WRONG_CALL = 0, 1, 2
Row = dict[str, "Plain"]


class WrongCall(GembaError):
    """The call itself is wrong: an unknown name, a missing file name."""


def folder_of(given: argparse.Namespace) -> Path:
    return given.data_dir or data_folder()


def open_folder(given: argparse.Namespace, words: Words, *, write: bool = False) -> Workspace:
    """Open the data folder; reading never makes one that is not there."""
    from gemba.services.workspace import open_workspace

    folder = folder_of(given)
    if not write and not folder.is_dir():
        raise WrongCall("folder.missing", folder=str(folder))
    key = key_of(given, folder)
    workspace = open_workspace(folder, load_catalog(folder), words, key=key, write=write)
    if write and not workspace.store.writable:
        why = workspace.store.why_read_only
        workspace.close()
        raise why or GembaError("store.read_only", folder=str(folder))
    return workspace


def find_id(workspace: Workspace, kind: str, wanted: str) -> UUID:
    """Return the id of a record from its id, the start of it, or a person's name.

    Raises WrongCall when nothing fits or more than one record does.
    """
    from gemba.domain.kinds import KINDS

    cls = KINDS[kind]
    try:
        return workspace.store.get(cls, UUID(wanted)).id
    except ValueError:
        pass
    except NotFound as error:
        raise WrongCall("record.unknown", kind=kind, id=wanted) from error
    if kind == "person":
        same = [
            one for one, name in workspace.people.names() if name.casefold() == wanted.casefold()
        ]
        if len(same) == 1:
            return same[0]
    fits = [one.id for one in workspace.store.find(cls) if str(one.id).startswith(wanted.lower())]
    if not wanted or len(fits) != 1:
        key = "record.several" if wanted and fits else "record.unknown"
        raise WrongCall(key, kind=kind, id=wanted)
    return fits[0]


def print_rows(rows: list[Row], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(one_line(value) for value in row.values() if value not in (None, "")))


def one_line(value: object) -> str:
    """Show a value on a terminal without letting stored text steer the terminal."""
    text = " ".join(str(value).split())
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
