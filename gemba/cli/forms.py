"""Commands for forms: bring one in, write one or its answers to a file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.cli.call import DONE, WrongCall, find_id, open_folder
from gemba.domain.errors import BadInput

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.services.workspace import Workspace
    from gemba.words import Words


def import_form(given: argparse.Namespace, words: Words) -> int:
    """Bring in an XLSForm, an XForm or a plain list; with ``--into`` as a form's next version."""
    workspace = open_folder(given, words, write=True)
    try:
        into = find_id(workspace, "form", given.into) if given.into else None
        if given.preview:
            ready = workspace.forms.making.of_file(given.file)
            title = ready.title
            told: dict[str, object] = {"title": title, "not_supported": list(ready.not_supported)}
        else:
            form = workspace.forms.from_file(given.file, into=into)
            version = workspace.forms.newest(form.id)
            title = form.title
            told = {
                "id": str(form.id),
                "title": title,
                "version": version.number,
                "not_supported": list(version.not_supported),
            }
    except BadInput as error:
        raise WrongCall(error.key, **error.values) from error
    finally:
        workspace.close()
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    print(words("import.form_would" if given.preview else "import.form", title=title))
    for one in told["not_supported"] if isinstance(told["not_supported"], list) else ():
        print(one)
    return DONE


def export_form(given: argparse.Namespace, words: Words) -> int:
    """Write a form (.pdf blank, .xlsx, .xml), or answers (.csv, .xlsx, .zip, .xml, .pdf)."""
    from gemba.services.exports import write_file

    target = Path(given.names[-1])
    workspace = open_folder(given, words)
    try:
        if given.what == "form":
            form_id = find_id(workspace, "form", given.names[0])
            files = {"": workspace.form_out.form(form_id, target.suffix.casefold())}
        else:
            files = _answers(workspace, given, target.suffix.casefold())
    except BadInput as error:
        raise WrongCall(error.key, **error.values) from error
    finally:
        workspace.close()
    written = []
    for part, data in files.items():
        path = target.with_name(f"{target.stem}{part}{target.suffix}")
        write_file(path, data)
        written.append(str(path))
    if given.json:
        size = sum(map(len, files.values()))
        print(json.dumps({"file": str(target), "bytes": size, "files": written}))
    else:
        print("\n".join(written))
    return DONE


def _answers(workspace: Workspace, given: argparse.Namespace, ending: str) -> dict[str, bytes]:
    out, wanted = workspace.form_out, given.names[0]
    if ending in (".xml", ".pdf"):
        filling: UUID = find_id(workspace, "filling", wanted)
        draw = out.answers.xml if ending == ".xml" else out.papers.filled
        return {"": draw(filling)}
    form_id = find_id(workspace, "form", wanted)
    if ending == ".csv":
        return out.answers.csv(form_id, labels=given.labels)
    if ending == ".xlsx":
        return {"": out.answers.xlsx(form_id, labels=given.labels)}
    if ending == ".zip":
        return {"": out.answers.xml_of_all(form_id)}
    raise BadInput("form_answers.answers_ending", ending=ending)
