"""The diary a robot keeps outside the data folder: what it typed, and what it was told is saved.

One JSON line for each event, written with one call, so that a killed robot leaves whole lines.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

Key = tuple[str, str, str]
"""Kind and id of a record, and the dotted path of a field."""


class Diary:
    """Appends to a diary."""

    def __init__(self, path: Path, *, beside: bool = False) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if beside:
            # Another process writes, whose files may grow while ours may not.
            writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=self._handle)
            assert writer.stdin is not None
            self._writer = writer
            self._handle = writer.stdin.fileno()

    def write(self, what: str, **said: Any) -> None:
        """Note an event with the time of the machine's own clock, which no process can set."""
        line = json.dumps({"what": what, "at": monotonic(), **said}) + "\n"
        os.write(self._handle, line.encode())

    def text(self, what: str, key: Key, text: str) -> None:
        """Note the text of a field."""
        self.write(what, key=list(key), text=text)


@dataclass(slots=True)
class Field:
    """What happened to one field: each text in order with its time, and the last one saved.

    ``fresh`` tells that its record was begun meanwhile, empty.
    """

    texts: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    saved: int = -1
    fresh: bool = False

    def newest(self, text: object) -> int:
        """Return the last place of a text among these, -1 where it never stood."""
        return next((at for at in range(len(self.texts) - 1, -1, -1) if self.texts[at] == text), -1)


@dataclass(slots=True)
class Told:
    """A diary as it is read back."""

    fields: dict[Key, Field] = field(default_factory=dict)
    photos: list[tuple[str, str]] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def has(self, what: str) -> bool:
        """Tell whether an event of this name was noted."""
        return any(one["what"] == what for one in self.notes)


def read_diary(data: bytes) -> Told:
    """Read the whole lines of a diary."""
    told = Told()
    for line in data.split(b"\n")[:-1]:
        event = json.loads(line)
        what = event["what"]
        if what in ("typed", "saved"):
            _note(told, event)
        elif what == "fresh":
            kind, record, name = event["key"]
            told.fields.setdefault((kind, record, name), Field()).fresh = True
        elif what == "photo":
            told.photos.append((event["observation"], event["photo"]))
        elif what == "pair":
            told.pairs.append(event["text"])
        else:
            told.notes.append(event)
    return told


def _note(told: Told, event: dict[str, Any]) -> None:
    kind, record, name = event["key"]
    one = told.fields.setdefault((kind, record, name), Field())
    if event["what"] == "saved":
        one.saved = one.newest(event["text"])
    elif not one.texts or one.texts[-1] != event["text"]:
        one.texts.append(event["text"])
        one.times.append(event["at"])
