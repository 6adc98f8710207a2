"""Commands that bring data in and out: samples, paper, and all records as one file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.app.folders import sample_folder
from gemba.cli.call import DONE, WrongCall, find_id, one_line, open_folder, print_rows
from gemba.cli.secret import ask
from gemba.domain.errors import BadInput, Locked
from gemba.domain.figures.telling import quoted

if TYPE_CHECKING:
    from gemba.domain.paper import PaperChoice
    from gemba.services.arrivals import Arrival
    from gemba.services.sheet_files import SheetFile
    from gemba.services.workspace import Workspace
    from gemba.words import Words


def sample_command(given: argparse.Namespace, words: Words) -> int:
    from gemba.services.samples import load_sample, sample_names

    if given.action == "list":
        print_rows([{"name": name} for name in sample_names()], given.json)
        return DONE
    if given.name not in sample_names():
        raise WrongCall("sample.unknown", name=given.name, known=", ".join(sample_names()))
    given.data_dir = given.data_dir or sample_folder(given.name)
    workspace = open_folder(given, words, write=True)
    try:
        load_sample(given.name, workspace.store)
    finally:
        workspace.close()
    if given.json:
        print(json.dumps({"sample": given.name, "folder": str(given.data_dir)}))
    else:
        print(words("sample.loaded", name=given.name, folder=str(given.data_dir)))
    return DONE


_COUNTS = {
    "data": (1,),
    "kamishibai": (1,),
    "calendar": (1,),
    "cards": (1, 2),
    "blank": (1, 2),
}
"""How many words follow: the file, and before it what is written, which may be left out."""


def export_command(given: argparse.Namespace, words: Words) -> int:
    from gemba.services.exports import write_file

    needed = _COUNTS.get(given.what, (2,))
    if len(given.names) not in needed:
        raise WrongCall("export.names", what=given.what)
    target = Path(given.names[-1])
    if given.what in ("form", "answers"):
        from gemba.cli.forms import export_form

        return export_form(given, words)
    _look_at_ending(given, target)
    workspace = open_folder(given, words)
    try:
        if given.what == "data":
            return _export_data(workspace, given, target, words)
        if given.what == "handover":
            learner = find_id(workspace, "person", given.names[0])
            size = workspace.exports.handover_at(target, learner, plain=given.plain)
            _tell_written(given, target, size)
            return DONE
        drawn = _drawn(workspace, given)
    except BadInput as error:
        # A paper that is too small, a figure that is not there: the call asks for what cannot be.
        raise WrongCall(error.key, **error.values) from error
    finally:
        workspace.close()
    # Before it is written: whoever reads along can still stop it.
    for box, lines in drawn.over:
        print(words("export.over", box=box, count=lines), file=sys.stderr)
    for box, texts in zip(drawn.crowded, drawn.left_out, strict=True):
        print(words("export.crowded", box=box), file=sys.stderr)
        if texts:
            print(words("export.left_out", names=quoted(texts, words)), file=sys.stderr)
    for piece in drawn.aside:
        print(words("export.aside", piece=piece), file=sys.stderr)
    write_file(target, drawn.data)
    left_out = dict(zip(drawn.crowded, drawn.left_out, strict=True))
    told = {"over": dict(drawn.over), "crowded": drawn.crowded, "left_out": left_out}
    told["aside"] = drawn.aside
    _tell_written(given, target, len(drawn.data), **told)
    return DONE


def _export_data(
    workspace: Workspace, given: argparse.Namespace, target: Path, words: Words
) -> int:
    blurred = workspace.exports.blurred_photos()
    if blurred:
        key = "export.blurred_along" if given.with_private else "export.blurred_stay"
        print(words(key, count=blurred), file=sys.stderr)
    size = workspace.exports.data_at(target, private=given.with_private, plain=given.plain)
    _tell_written(given, target, size)
    return DONE


def _tell_written(given: argparse.Namespace, target: Path, size: int, **told: object) -> None:
    if given.json:
        empty: dict[str, object] = {"over": {}, "crowded": (), "left_out": {}, "aside": ()}
        print(json.dumps({"file": str(target), "bytes": size, **empty, **told}))
    else:
        print(target)


def _look_at_ending(given: argparse.Namespace, target: Path) -> None:
    """Refuse a file of a kind that is not written, before anything is opened."""
    if given.what != "sheet":
        return
    from gemba.services.sheet_files import ending_of

    try:
        ending_of(target)
    except BadInput as error:
        raise WrongCall(error.key, **error.values) from error


def _chosen(given: argparse.Namespace) -> PaperChoice:
    from gemba.domain.paper import PaperChoice

    return PaperChoice(
        paper=given.paper,
        scale=given.scale,
        margin=given.margin,
        grey=given.grey,
        crop_marks=given.crop_marks,
        comments=given.comments,
        fill=given.fill,
        halves=given.halves,
    )


def _drawn(workspace: Workspace, given: argparse.Namespace) -> SheetFile:
    from gemba.services.sheet_files import SheetFile, ending_of

    exports = workspace.exports
    if given.what == "sheet":
        sheet = find_id(workspace, "sheet", given.names[0])
        ending = ending_of(Path(given.names[-1]))
        return exports.files.committed(
            sheet,
            ending,
            _chosen(given),
            figure=given.figure,
            dots=given.dpi,
            private=given.with_private,
        )
    if given.what == "walk":
        return SheetFile(exports.walk(find_id(workspace, "walk", given.names[0])))
    if given.what in _PAPER:
        walk_id = find_id(workspace, "walk", given.names[0]) if len(given.names) == 2 else None
        return SheetFile(_paper(workspace, given.what, walk_id))
    learner = find_id(workspace, "person", given.names[0])
    draw = exports.evidence if given.what == "evidence" else exports.record
    return SheetFile(draw(learner, private=given.with_private, first=given.first, last=given.last))


_PAPER = ("memo", "cards", "blank", "kamishibai", "calendar")


def _paper(workspace: Workspace, what: str, walk_id: UUID | None) -> bytes:
    paper = workspace.walk_paper
    if what == "calendar":
        return workspace.routines.calendar()
    if what == "kamishibai":
        return paper.kamishibai()
    if what == "cards":
        return paper.pocket_cards(walk_id)
    if what == "memo" and walk_id is not None:
        return paper.memo(walk_id)
    return paper.blank_sheet(walk_id)


def import_command(given: argparse.Namespace, words: Words) -> int:
    if not given.file.is_file():
        raise WrongCall("file.missing", file=str(given.file))
    if given.what == "text":
        return _import_text(given, words)
    if given.what == "form":
        from gemba.cli.forms import import_form

        return import_form(given, words)
    workspace = open_folder(given, words, write=True)
    try:
        arrival = _look(workspace, given)
        if arrival.count and not given.preview:
            workspace.arrivals.bring_in(arrival)
    finally:
        workspace.close()
    key = "import.would" if given.preview else "import.done"
    if given.json:
        told = {"new": dict(arrival.new), "known": arrival.known, "photos": arrival.photos}
        new = sum(arrival.new.values())
        known = [{"id": str(one.there), "here": str(one.here)} for one in arrival.same]
        print(json.dumps({"records": new, **told, "changed": _changed(arrival), "same": known}))
    else:
        print(words(key, count=sum(arrival.new.values())))
        for same in arrival.same:
            print(words("import.same", name=one_line(same.name)))
        for one in _changed(arrival):
            print(words("import.changed", **{**one, "title": one_line(str(one["title"]))}))
    return DONE


def _changed(arrival: Arrival) -> list[dict[str, object]]:
    """Return each field that a handed-over history changes, as it reads before and after."""
    return [
        {
            "kind": one.ref.kind,
            "id": str(one.ref.id),
            "title": one.title,
            "field": field.field,
            "before": one_line(_said(field.before)),
            "after": one_line(_said(field.after)),
        }
        for one in arrival.changed
        for field in one.fields
    ]


def _said(value: object) -> str:
    if value in (None, "", []):
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _import_text(given: argparse.Namespace, words: Words) -> int:
    """Share out a text to the boxes its headings name; what is left goes into the tray."""
    from gemba.domain.pen import COACH
    from gemba.domain.sheet_text import parts_of
    from gemba.services.text_file import read_text

    if not given.sheet:
        raise WrongCall("import.no_sheet")
    try:
        text = read_text(given.file)
    except BadInput as error:
        raise WrongCall(error.key, **error.values) from error
    workspace = open_folder(given, words, write=True)
    try:
        sheet = workspace.sheets.get(find_id(workspace, "sheet", given.sheet))
        kind = workspace.sheets.definition(sheet)
        parts = parts_of(text, kind)
        if not given.preview and (parts.boxes or parts.pieces):
            if given.for_owner and not workspace.sheets.may_write(sheet):
                workspace.sheets.give_pen(sheet.id, COACH)
            workspace.sheets.take_in(sheet.id, parts, given.file.name)
            workspace.sheets.lay_pens_down()
    finally:
        workspace.close()
    labels = [kind.box(one).label for one in parts.boxes]
    heads = [head or given.file.name for head, _text in parts.pieces]
    if given.json:
        print(json.dumps({"boxes": list(parts.boxes), "tray": heads}))
        return DONE
    print(words("import.text_boxes", boxes=", ".join(labels) or "-"))
    print(words("import.text_tray", pieces=", ".join(heads) or "-"))
    return DONE


def _look(workspace: Workspace, given: argparse.Namespace) -> Arrival:
    """Look at a file; for a sealed one of elsewhere its passphrase is the next one asked for."""
    try:
        return workspace.arrivals.look(given.file)
    except Locked:
        passphrase = ask(given, "Passphrase of the file: ", given.file)
        return workspace.arrivals.look(given.file, passphrase=passphrase)


def schema_command(given: argparse.Namespace, words: Words) -> int:
    from gemba.resources import resource_path

    sys.stdout.write(resource_path("schema", "gemba-data-1.json").read_text(encoding="utf-8"))
    return DONE
