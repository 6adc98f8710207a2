"""The command line: opens the window, or does one job and says how it went.

Exit codes: 0 done, 1 the data has a problem, 2 the call is wrong. What goes wrong is one
sentence on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from uuid import UUID

from gemba.app.folders import data_folder, load_catalog, sample_folder
from gemba.domain.errors import BadInput, GembaError, NotFound

if TYPE_CHECKING:
    from gemba.domain.changes import Plain
    from gemba.domain.health import CheckReport
    from gemba.services.workspace import Workspace
    from gemba.words import Words

DONE, DATA_PROBLEM, WRONG_CALL = 0, 1, 2
LISTS = ("sheets", "walks", "learners", "people", "promises")
Row = dict[str, "Plain"]


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = " ".join(message.split())
        self.exit(WRONG_CALL, f"{self.prog}: {sentence}. See gemba --help.\n")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser for every command."""
    parser = _Parser(prog="gemba", description="Go and see, coach, think on one sheet.")
    parser.add_argument("--data-dir", type=Path, help="the folder that holds the data")
    parser.add_argument("--exit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--exit-when-idle", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="store_true", help="say which Gemba this is")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    # The folder may stand before or after the command; without a default the second place does
    # not wipe out what the first one said.
    common = _Parser(add_help=False)
    common.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", help="write what a program can read")

    def command(name: str, run: Callable[..., int], words: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = commands.add_parser(name, help=words, parents=[common])
        sub.set_defaults(run=run)
        return sub

    sample = command("sample", _sample, "load a worked example into a folder of its own")
    sample.add_argument("action", choices=["load", "list"])
    sample.add_argument("name", nargs="?", default="discharge")
    command("list", _list, "list records").add_argument("what", choices=LISTS)
    show = command("show", _show, "show one record")
    show.add_argument("kind")
    show.add_argument("id")
    _add_export(command("export", _export, "write a PDF, or all data, to a file"))
    bring = command("import", _import, "bring in data that was exported")
    bring.add_argument("what", choices=["data"])
    bring.add_argument("file", type=Path)
    command("schema", _schema, "print the JSON schema of exported data")
    command("check", _check, "open every record and verify its checksum")
    command("self-test", _self_test, "open every page, make a record of each kind, export, reopen")
    return parser


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("what", choices=["sheet", "walk", "history", "data"])
    export.add_argument("names", nargs="+", metavar="[ID] FILE")
    export.add_argument("--paper", choices=["A3", "A4", "Tabloid", "Letter"], default="A3")
    export.add_argument("--with-private", action="store_true", help="with private notes")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call of gemba and return its exit code."""
    parser = build_parser()
    given = parser.parse_args(argv)
    if given.version:
        from gemba import __version__

        print(f"gemba {__version__}")
        return DONE
    if given.command is None:
        from gemba.app.start import run_window

        return run_window(
            given.data_dir or data_folder(),
            own_folder=given.data_dir is None,
            exit_after_first_paint=given.exit_after_first_paint,
            exit_when_idle=given.exit_when_idle,
        )
    from gemba.words import Words

    words = Words()
    try:
        return int(given.run(given, words))
    except WrongCall as error:
        return _complain(words, error, WRONG_CALL)
    except GembaError as error:
        return _complain(words, error, DATA_PROBLEM)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


class WrongCall(GembaError):
    """The call itself is wrong: an unknown name, a missing file name."""


def _complain(words: Words, error: GembaError, code: int) -> int:
    print(" ".join(words(error.key, **error.values).split()), file=sys.stderr)
    return code


def _folder(given: argparse.Namespace) -> Path:
    return given.data_dir or data_folder()


def _open(given: argparse.Namespace, words: Words, *, write: bool = False) -> Workspace:
    """Open the data folder; reading never makes one that is not there."""
    from gemba.services.workspace import open_workspace

    folder = _folder(given)
    if not write and not folder.is_dir():
        raise WrongCall("folder.missing", folder=str(folder))
    workspace = open_workspace(folder, load_catalog(folder), words, write=write)
    if write and not workspace.store.writable:
        why = workspace.store.why_read_only
        workspace.close()
        raise why or GembaError("store.read_only", folder=str(folder))
    return workspace


def _sample(given: argparse.Namespace, words: Words) -> int:
    from gemba.services.samples import load_sample, sample_names

    if given.action == "list":
        _print_rows([{"name": name} for name in sample_names()], given.json)
        return DONE
    if given.name not in sample_names():
        raise WrongCall("sample.unknown", name=given.name, known=", ".join(sample_names()))
    given.data_dir = given.data_dir or sample_folder(given.name)
    workspace = _open(given, words, write=True)
    try:
        load_sample(given.name, workspace.store)
    finally:
        workspace.close()
    if given.json:
        print(json.dumps({"sample": given.name, "folder": str(given.data_dir)}))
    else:
        print(words("sample.loaded", name=given.name, folder=str(given.data_dir)))
    return DONE


def _list(given: argparse.Namespace, words: Words) -> int:
    workspace = _open(given, words)
    try:
        rows = _rows(workspace, given.what)
    finally:
        workspace.close()
    _print_rows(rows, given.json)
    return DONE


def _rows(workspace: Workspace, what: str) -> list[Row]:
    people = workspace.people
    if what == "sheets":
        return [
            {
                "id": str(sheet.id),
                "title": sheet.title,
                "owner": people.name_of(sheet.owner_id),
                "stage": sheet.stage,
                "started_on": sheet.started_on.isoformat(),
                "revision": sheet.revision,
            }
            for sheet in workspace.sheets.all()
        ]
    if what == "walks":
        return [
            {
                "id": str(walk.id),
                "purpose": walk.purpose,
                "on": _iso(walk.walked_on or walk.planned_on),
                "done": walk.ended_at is not None or walk.on_paper,
                "observations": len(workspace.walks.observations(walk.id)),
            }
            for walk in workspace.walks.all()
        ]
    if what == "learners":
        return [
            {
                "id": str(row.id),
                "name": row.name,
                "about": row.about,
                "last_on": _iso(row.last_on),
                "next_look_on": _iso(row.next_look_on),
            }
            for row in workspace.coaching.learners()
        ]
    if what == "people":
        return [{"id": str(one), "name": name} for one, name in people.names()]
    promises = [*workspace.promises.open(), *workspace.promises.told()]
    return [
        {
            "id": str(promise.id),
            "text": promise.text,
            "raised_by": promise.raised_by,
            "made_on": promise.made_on.isoformat(),
            "told_back_on": _iso(promise.told_back.on if promise.told_back else None),
        }
        for promise in promises
    ]


def _iso(day: object) -> str | None:
    from datetime import date

    return day.isoformat() if isinstance(day, date) else None


def _print_rows(rows: list[Row], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(_one_line(value) for value in row.values() if value not in (None, "")))


def _one_line(value: object) -> str:
    """Show a value on a terminal without letting stored text steer the terminal."""
    text = " ".join(str(value).split())
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _find_id(workspace: Workspace, kind: str, wanted: str) -> UUID:
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


def _show(given: argparse.Namespace, words: Words) -> int:
    from gemba.domain.codec import to_plain
    from gemba.domain.kinds import KINDS, PRIVATE_FIELDS

    kind = {"learner": "person"}.get(given.kind, given.kind)
    if kind not in KINDS:
        raise WrongCall("record.unknown_kind", kind=given.kind, known=", ".join(KINDS))
    workspace = _open(given, words)
    try:
        record = workspace.store.get(KINDS[kind], _find_id(workspace, kind, given.id))
    finally:
        workspace.close()
    plain = to_plain(record)
    assert isinstance(plain, dict)
    for field in PRIVATE_FIELDS.get(kind, ()):
        plain.pop(field)
    if given.json:
        print(json.dumps({"kind": kind, **plain}, ensure_ascii=False, indent=2))
        return DONE
    for name, value in plain.items():
        if value not in (None, "", []):
            shown = value if isinstance(value, str | int | float) else json.dumps(value)
            print(f"{name.replace('_', ' ')}: {_one_line(shown)}")
    return DONE


def _export(given: argparse.Namespace, words: Words) -> int:
    from gemba.services.exports import write_file

    needed = 1 if given.what == "data" else 2
    if len(given.names) != needed:
        raise WrongCall("export.names", what=given.what)
    target = Path(given.names[-1])
    workspace = _open(given, words)
    try:
        drawn = _drawn(workspace, given)
    finally:
        workspace.close()
    write_file(target, drawn.data)
    for box, lines in drawn.over:
        print(words("export.over", box=box, count=lines), file=sys.stderr)
    for box in drawn.crowded:
        print(words("export.crowded", box=box), file=sys.stderr)
    if given.json:
        told = {"over": dict(drawn.over), "crowded": drawn.crowded}
        print(json.dumps({"file": str(target), "bytes": len(drawn.data), **told}))
    else:
        print(target)
    return DONE


class _Drawn(NamedTuple):
    """The bytes to write, the boxes with lines too many, and those whose figures lack room."""

    data: bytes
    over: tuple[tuple[str, int], ...] = ()
    crowded: tuple[str, ...] = ()


def _drawn(workspace: Workspace, given: argparse.Namespace) -> _Drawn:
    exports = workspace.exports
    if given.what == "data":
        from gemba.services.exchange import export_data

        return _Drawn(export_data(workspace.store, private=given.with_private))
    if given.what == "sheet":
        drawn = exports.sheet(_find_id(workspace, "sheet", given.names[0]), given.paper)
        return _Drawn(drawn.pdf, drawn.over, drawn.crowded)
    if given.what == "walk":
        return _Drawn(exports.walk(_find_id(workspace, "walk", given.names[0])))
    learner = _find_id(workspace, "person", given.names[0])
    return _Drawn(exports.record(learner, private=given.with_private))


def _import(given: argparse.Namespace, words: Words) -> int:
    from gemba.services.exchange import bring_in

    if not given.file.is_file():
        raise WrongCall("file.missing", file=str(given.file))
    workspace = _open(given, words, write=True)
    try:
        count = bring_in(workspace.store, given.file)
    finally:
        workspace.close()
    print(json.dumps({"records": count}) if given.json else words("import.done", count=count))
    return DONE


def _schema(given: argparse.Namespace, words: Words) -> int:
    from gemba.resources import resource_path

    sys.stdout.write(resource_path("schema", "gemba-data-1.json").read_text(encoding="utf-8"))
    return DONE


def _check(given: argparse.Namespace, words: Words) -> int:
    workspace = _open(given, words)
    try:
        report = workspace.store.check()
    finally:
        workspace.close()
    trouble = _trouble(report, words)
    if given.json:
        print(json.dumps(_as_plain(report), ensure_ascii=False, indent=2))
    else:
        for kind, count in (*report.counts.items(), ("photo", report.photos)):
            print(f"{count:7d}  {kind}")
        for line in trouble:
            print(_one_line(line))
    if not report.sound:
        raise BadInput("check.damaged", count=len(trouble), first=_one_line(trouble[0]))
    return DONE


def _trouble(report: CheckReport, words: Words) -> list[str]:
    """Return one line for each thing that is wrong."""
    found = [words("check.file", reason=reason) for reason in report.file]
    for one in report.damaged:
        if one.ref is None:
            found.append(words("check.lost", kind=one.kind, reason=one.reason))
        else:
            found.append(words("check.record", kind=one.kind, id=one.ref.id, reason=one.reason))
    found += [words("check.entry", number=number) for number in report.journal]
    found += [words("check.photo_missing", photo=photo) for photo in report.photos_missing]
    found += [words("check.photo_damaged", photo=photo) for photo in report.photos_damaged]
    return found


def _as_plain(report: CheckReport) -> Row:
    return {
        "sound": report.sound,
        "counts": {**report.counts},
        "damaged": [
            {"kind": one.kind, "id": str(one.ref.id) if one.ref else None, "reason": one.reason}
            for one in report.damaged
        ],
        "file": [*report.file],
        "journal": [*report.journal],
        "photos": report.photos,
        "photos_missing": [*report.photos_missing],
        "photos_damaged": [*report.photos_damaged],
    }


def _self_test(given: argparse.Namespace, words: Words) -> int:
    from gemba.app.self_test import run

    return run()
