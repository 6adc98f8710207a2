"""Which commands there are and what each takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from gemba.cli.backing import backup, backups, restore
from gemba.cli.call import WRONG_CALL
from gemba.cli.checking import check, self_test
from gemba.cli.moving import export_command, import_command, sample_command, schema_command
from gemba.cli.reading import LISTS, list_records, show_record
from gemba.cli.secret import passphrase_command
from gemba.domain.paper import FILLS, PAPERS, SCALES


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = " ".join(message.split())
        self.exit(WRONG_CALL, f"{self.prog}: {sentence}. See gemba --help.\n")


EXPORTS = (
    "sheet",
    "walk",
    "history",
    "evidence",
    "handover",
    "data",
    "memo",
    "cards",
    "blank",
    "kamishibai",
    "calendar",
    "form",
    "answers",
)
"""What is written to a file; memo, cards and blank are those of a walk, the last two by none."""


def build_parser() -> argparse.ArgumentParser:
    """Build the parser for every command."""
    parser = _Parser(prog="gemba", description="Go and see, coach, think on one sheet.")
    parser.add_argument("--data-dir", type=Path, help="the folder that holds the data")
    parser.add_argument("--exit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--exit-when-idle", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="store_true", help="say which Gemba this is")
    from_stdin = "read the passphrase of an encrypted folder from the first line of standard input"
    parser.add_argument("--passphrase-stdin", action="store_true", help=from_stdin)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    # The folder may stand before or after the command; without a default the second place does
    # not wipe out what the first one said.
    common = _Parser(add_help=False)
    common.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", help="write what a program can read")
    common.add_argument(
        "--passphrase-stdin", action="store_true", default=argparse.SUPPRESS, help=from_stdin
    )

    def command(name: str, run: Callable[..., int], words: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = commands.add_parser(name, help=words, parents=[common])
        sub.set_defaults(run=run)
        return sub

    sample = command("sample", sample_command, "load a worked example into a folder of its own")
    sample.add_argument("action", choices=["load", "list"])
    sample.add_argument("name", nargs="?", default="discharge")
    command("list", list_records, "list records").add_argument("what", choices=LISTS)
    show = command("show", show_record, "show one record")
    show.add_argument("kind")
    show.add_argument("id")
    _add_export(command("export", export_command, "write a sheet, a report or all data to a file"))
    bring = command(
        "import", import_command, "bring in exported data, a form, or a text into a sheet"
    )
    bring.add_argument("what", choices=["data", "text", "form"])
    bring.add_argument("--sheet", default="", metavar="ID", help="the sheet a text goes into")
    bring.add_argument("--into", default="", metavar="ID", help="the form it is a version of")
    bring.add_argument("file", type=Path)
    bring.add_argument(
        "--for-owner", action="store_true", help="take the pen for it, with the owner beside you"
    )
    bring.add_argument("--preview", action="store_true", help="only say what would be new")
    locking = command("passphrase", passphrase_command, "set, change or remove the passphrase")
    locking.add_argument("action", choices=["set", "change", "remove"])
    command("backup", backup, "make a backup now and check it")
    for name, run, said in (
        ("backups", backups, "list the backups"),
        ("restore", restore, "bring a backup back; what is there is kept aside"),
    ):
        command(name, run, said).add_argument(
            "--from", dest="place", type=Path, metavar="FOLDER", help="also look on this stick"
        )
    commands.choices["restore"].add_argument("name", metavar="NAME", help="or newest")
    command("schema", schema_command, "print the JSON schema of exported data")
    looking = command("check", check, "open every record and verify its checksum")
    looking.add_argument(
        "--salvage", type=Path, metavar="OUT", help="write what can be read to a folder or .json"
    )
    looking.add_argument(
        "--gone",
        action="append",
        metavar="NAME",
        help="also look for this name in every byte of the folder: none may hold it",
    )
    command(
        "self-test",
        self_test,
        "open every page, make a record of each kind, export, reopen",
    )
    return parser


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("what", choices=EXPORTS)
    export.add_argument("names", nargs="+", metavar="[ID] FILE")
    _add_paper(export)
    export.add_argument("--with-private", action="store_true", help="with private notes and sheets")
    for option, end in (("--from", "first"), ("--until", "last")):
        export.add_argument(
            option,
            dest=end,
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help=f"the {end} day of a history or an evidence sheet",
        )
    export.add_argument("--labels", action="store_true", help="answers by words and not by names")
    export.add_argument("--plain", action="store_true", help="not sealed by the passphrase")


def _add_paper(export: argparse.ArgumentParser) -> None:
    """Add how a sheet is laid on paper; it holds for PDF and PNG."""
    export.add_argument("--paper", choices=list(PAPERS), default="A3")
    export.add_argument("--scale", choices=SCALES, default="fit", help="fitted, or true to the mm")
    export.add_argument("--margin", type=_whole(0, 60), metavar="MM", help="white at every edge")
    export.add_argument("--grey", action="store_true", help="without colours")
    export.add_argument("--crop-marks", action="store_true", help="lines to cut along")
    export.add_argument("--comments", action="store_true", help="with the coach's comments")
    export.add_argument("--fill", choices=FILLS, default="full", help="how much of it is filled in")
    export.add_argument("--halves", action="store_true", help="two pages to tape together")
    export.add_argument("--dpi", type=_whole(20, 300), default=200, help="of a PNG, 20 to 300")
    export.add_argument("--figure", default="", metavar="FIGURE", help="only this one: ID, or 1, 2")


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of a number between two others, both included."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return int(text)

    return read
