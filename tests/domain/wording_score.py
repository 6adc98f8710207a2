"""Counts how well the wording checks hit: precision and recall over labelled sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemba.definitions.read import read_sheet, read_wording
from gemba.domain.figures import Countermeasures, Figure, FiveWhys
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.five_whys import Why
from gemba.domain.sheet import Box, Sheet
from gemba.domain.wording import Remark
from gemba.domain.wording_reading import Reader
from gemba.resources import resource_path
from tests.data.wording_sentences import APART, FRESH, LATER, SOUND, TUNE, Labelled

SHEET = read_sheet(resource_path("sheets", "ps7.toml"))
RULES = read_wording(resource_path("wording", "en.toml"))
PEOPLE = ("Maria Keller",)


@dataclass(frozen=True, slots=True)
class Score:
    """``hits`` were asked as labelled, ``wrong`` otherwise or too much, ``missed`` not at all."""

    hits: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of what was asked that was to be asked."""
        return self.hits / max(self.hits + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """The share of what was to be asked that was asked."""
        return self.hits / max(self.hits + len(self.missed), 1)

    def __str__(self) -> str:
        """Write it as one line."""
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({self.hits} hits)"


def sheet_with(place: str, text: str) -> Sheet:
    """Return a problem-solving sheet that holds one sentence in one place."""
    figure: Figure
    title, box = "31 pallets wait at dock 3", None
    if place == "title":
        title = text
    elif place in ("gap", "cause", "last_cause"):
        whys = (
            Why(id="g", text=text if place == "gap" else "31 pallets wait"),
            Why(id="a", parent="g", text="The gate is shut" if place != "cause" else text),
            Why(id="b", parent="a", text=text if place == "last_cause" else "The key is lost"),
        )
        if place == "last_cause":
            whys = (whys[0], whys[2], *whys[:0])
            whys = (whys[0], Why(id="b", parent="g", text=text))
        box = Box(id="analysis", figures=(FiveWhys(id="t", whys=whys),))
    elif place == "countermeasure":
        figure = Countermeasures(id="c", options=(Option(id="1", what=text, effect="5 min"),))
        box = Box(id="countermeasures", figures=(figure,))
    else:
        box = Box(id=SHEET.box_for(place).id, text=text)  # type: ignore[arg-type]
    return Sheet(
        id=UUID(int=1), title=title, started_on=date(2026, 1, 1), boxes=(box,) if box else ()
    )


def asked_of(place: str, text: str, reader: Reader | None = None) -> tuple[Remark, ...]:
    """Return what is asked of a sheet that holds one sentence."""
    return (reader or Reader(RULES, PEOPLE)).remarks(sheet_with(place, text), SHEET)


def score(labelled: Sequence[Labelled]) -> Score:
    """Count over labelled sentences, each on a sheet of its own."""
    reader = Reader(RULES, PEOPLE)
    hits, wrong, missed = 0, [], []
    for place, text, label in labelled:
        remarks = asked_of(place, text, reader)
        found = {remark.check.removesuffix("_goal") for remark in remarks}
        hits += label in found
        wrong += [f"{place}: {text} -> {one}" for one in sorted(found - {label})]
        if label and label not in found:
            missed.append(f"{place}: {text} -> {label}")
    return Score(hits, tuple(wrong), tuple(missed))


if __name__ == "__main__":
    for name, labelled in (
        ("tuned on", (*TUNE, *LATER)),
        ("kept apart", APART),
        ("written last", FRESH),
    ):
        counted = score(labelled)
        print(f"{name}, {len(labelled)} sentences: {counted}")
        sound = [one for one in labelled if not one[2]]
        print(f"  of these {len(sound)} sound ones, asked about: {len(score(sound).wrong)}")
        if name == "tuned on":
            print(*counted.wrong, *(f"missed {one}" for one in counted.missed), sep="\n  ")
    print(f"good sheets, {len(SOUND)} sentences, asked about: {len(score(SOUND).wrong)}")
