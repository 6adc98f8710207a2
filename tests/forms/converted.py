"""Forms of the converter's own tests through the real import, in the process that can be killed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

from gemba.domain.errors import GembaError
from gemba.services.form_files import read_form
from gemba.services.gate import Gate
from gemba.words import Words

_BROKEN = ("gate.", "data.")  # sentences of a process that was killed or fell over


@dataclass(frozen=True)
class Converted:
    """One form: whether it must be refused, whether it was, and with which sentence."""

    name: str
    wrong: bool
    refused: bool
    sentence: str
    fell: bool

    @property
    def right(self) -> bool:
        """Refused if wrong; if right, taken or refused as not supported."""
        if self.fell:
            return False
        return self.refused if self.wrong else not self.refused or self.unsupported

    @property
    def unsupported(self) -> bool:
        """Whether it was refused for something Gemba does not do."""
        return "Not supported: " in self.sentence


def convert_all(folder: Path) -> Iterator[Converted]:
    """Every form with what became of it."""
    with gzip.open(folder / "pyxform_forms.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    words, gate = Words(), Gate()
    try:
        with TemporaryDirectory() as work:
            path = Path(work) / "form.md"
            for case in found["cases"]:
                path.write_text(_text(case), encoding="utf-8")
                yield _converted(case, path, gate, words)
    finally:
        gate.close()


def _text(case: dict[str, Any]) -> str:
    """The form; a name handed to the converter beside it becomes a setting, as a file has it."""
    text = dedent(case["md"] or "")
    if case["name"] and "settings" not in text:
        text += f"\n| settings |\n| | name |\n| | {case['name']} |\n"
    return text


def _converted(case: dict[str, Any], path: Path, gate: Gate, words: Words) -> Converted:
    try:
        read_form(gate, path)
    except GembaError as problem:
        sentence = words(problem.key, **problem.values)
        fell = problem.key.startswith(_BROKEN) or not words.knows(problem.key)
        return Converted(case["test"], case["errored"], True, sentence, fell)
    return Converted(case["test"], case["errored"], False, "", False)
