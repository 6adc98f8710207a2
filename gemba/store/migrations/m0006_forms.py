"""Version 6: observation forms, their versions, and what was answered."""

from __future__ import annotations

from typing import Final

from alembic.operations import Operations

from gemba.store.migrations.parts import make

_KINDS: Final[dict[str, dict[str, str]]] = {
    "form": {
        "title": "text",
        "about": "text",
        "bundled": "text",
        "area_id": "-> area",
        "archived_on": "date?",
    },
    # A form may lie in the bin while answers keep its versions, so no key leads to it.
    "form_version": {
        "form_key": "uuid",
        "title": "text",
        "number": "int",
        "made_at": "moment",
        "source_kind": "text",
        "file_name": "text",
        "source_hash": "text",
        "source": "text",
        "xform": "text",
        "not_supported": "json",
    },
    "filling": {
        "form_key": "uuid",
        "version_id": "=> form_version",
        "walk_id": "-> walk",
        "stop_id": "text",
        "place": "text",
        "area_id": "-> area",
        "begun_on": "date",
        "begun_at": "moment",
        "finished_at": "moment?",
        "language": "text",
        "answers": "json",
        "rounds": "json",
        "at_question": "text",
        "caret": "int",
    },
}
_INDEXES: Final = (
    ("form_version", "form_key"),
    ("filling", "form_key"),
    ("filling", "version_id"),
    ("filling", "walk_id"),
)


def upgrade(op: Operations) -> None:
    """Add three tables; nothing that is there changes."""
    for kind, columns in _KINDS.items():
        make(op, kind, columns)
    for table, name in _INDEXES:
        op.create_index(f"ix_{table}_{name}", table, [name])
