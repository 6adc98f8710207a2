"""Commands that list and show records."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

from gemba.cli.call import DONE, Row, WrongCall, find_id, one_line, open_folder, print_rows

if TYPE_CHECKING:
    from gemba.services.workspace import Workspace
    from gemba.words import Words

LISTS = ("sheets", "walks", "learners", "people", "promises", "forms")


def list_records(given: argparse.Namespace, words: Words) -> int:
    workspace = open_folder(given, words)
    try:
        rows = _rows(workspace, given.what)
    finally:
        workspace.close()
    print_rows(rows, given.json)
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
    if what == "forms":
        forms = workspace.forms
        return [
            {
                "id": str(form.id),
                "title": form.title,
                "version": forms.newest(form.id).number,
                "filled_in": len([one for one in forms.fillings(form.id) if one.finished]),
            }
            for form in forms.all()
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
    return day.isoformat() if isinstance(day, date) else None


def show_record(given: argparse.Namespace, words: Words) -> int:
    from gemba.domain.codec import to_plain
    from gemba.domain.kinds import KINDS, PRIVATE_FIELDS

    kind = {"learner": "person"}.get(given.kind, given.kind)
    if kind not in KINDS:
        raise WrongCall("record.unknown_kind", kind=given.kind, known=", ".join(KINDS))
    workspace = open_folder(given, words)
    try:
        record = workspace.store.get(KINDS[kind], find_id(workspace, kind, given.id))
    finally:
        workspace.close()
    plain = to_plain(record)
    assert isinstance(plain, dict)
    for field in PRIVATE_FIELDS.get(kind, ()):
        plain.pop(field)
    if given.json:
        # A talk and a margin note have a kind of their own, which keeps that name.
        told = {"record": kind, "kind": kind, **plain}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return DONE
    for name, value in plain.items():
        if value not in (None, "", []):
            bare = isinstance(value, str | int | float)
            shown = value if bare else json.dumps(value, ensure_ascii=False)
            print(f"{name.replace('_', ' ')}: {one_line(shown)}")
    return DONE
