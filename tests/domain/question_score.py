"""Counts how well the classes of questions are told: precision and recall over labelled lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gemba.definitions.read import read_question_rules
from gemba.domain.question_form import CLASSES, NO_QUESTION
from gemba.domain.question_reading import QuestionReader
from gemba.resources import resource_path

DATA = Path(__file__).parents[1] / "data"
TOLD = (*CLASSES, NO_QUESTION)
Labelled = tuple[frozenset[str], str]


def labelled(path: Path) -> list[Labelled]:
    """Read labels and lines of a file; lines that begin with # are its header."""
    lines = [one for one in path.read_text("utf-8").splitlines() if one and one[0] != "#"]
    parts = [one.split("\t") for one in lines]
    return [(frozenset(labels.split("+")), text) for labels, text in parts]


def reader() -> QuestionReader:
    """Return a reader of the rules as they are shipped."""
    return QuestionReader(read_question_rules(resource_path("wording", "questions", "en.toml")))


@dataclass(frozen=True, slots=True)
class Count:
    """``hits`` were told as labelled, ``wrong`` told and not labelled, ``missed`` not told."""

    hits: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of what was told that is so."""
        return self.hits / max(self.hits + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """The share of what is so that was told."""
        return self.hits / max(self.hits + len(self.missed), 1)

    def __str__(self) -> str:
        """Write it as one line."""
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f} "
            f"({self.hits} hits, {len(self.wrong)} wrong, {len(self.missed)} missed)"
        )


def count(lines: Sequence[Labelled], classes: Iterable[str] = TOLD) -> Count:
    """Count the labels of these classes over labelled lines."""
    read = reader()
    wanted = frozenset(classes)
    hits, wrong, missed = 0, [], []
    for labels, text in lines:
        told = frozenset(read.read(text).classes) & wanted
        hits += len(told & labels)
        wrong += [f"{one}: {text}" for one in sorted(told - labels)]
        missed += [f"{one}: {text}" for one in sorted((labels & wanted) - told)]
    return Count(hits, tuple(wrong), tuple(missed))


if __name__ == "__main__":
    found = labelled(DATA / sys.argv[1])
    for one in TOLD:
        print(f"{one:8} {count(found, [one])}")
    print(f"{'all':8} {count(found)}")
    if "--say" in sys.argv:
        every = count(found)
        print(
            *(f"wrong  {one}" for one in every.wrong),
            *(f"missed {one}" for one in every.missed),
            sep="\n",
        )
