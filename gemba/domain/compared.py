"""Two states of a sheet beside each other: each box word by word, its figures, and the facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal

from gemba.domain.figures import Figure
from gemba.domain.prose import Paragraph, Run, read
from gemba.domain.sheet import Box, Sheet
from gemba.domain.word_diff import Kind, compare, stretches, words_of

FACTS: Final = ("title", "should_be", "is_now", "last_there")
"""The texts of a sheet outside its boxes that are compared; the stage is told apart."""
BREAK: Final = "¶"
"""Stands for a line end that alone was added or taken away."""
GAP: Final = "\u2009"
"""Parts a word that went from the one in its place, where no blank does."""
NEW: Final = "new"
GONE: Final = "gone"
LOOK: Final = "look"
Marked = Literal["gone", "new", "look"]
"""What became of marked letters; with ``look`` only bold, italic or the bullet changed."""
_LINE: Final = "\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """Letters of a paragraph, from ``start`` up to ``end``, that went, are new or look new."""

    start: int
    end: int
    kind: Marked


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The words of both states as one text; ``marks`` has those of each paragraph."""

    paragraphs: tuple[Paragraph, ...]
    marks: tuple[tuple[Mark, ...], ...]

    @property
    def changed(self) -> bool:
        """Tell whether any word went, is new or looks otherwise."""
        return any(self.marks)

    def has(self, kind: Marked) -> bool:
        """Tell whether any letters are marked so."""
        return any(mark.kind == kind for marks in self.marks for mark in marks)

    def words(self, kind: Marked) -> list[str]:
        """Return each stretch that is marked so, in order."""
        return [
            paragraph.text[mark.start : mark.end]
            for paragraph, marks in zip(self.paragraphs, self.marks, strict=True)
            for mark in marks
            if mark.kind == kind
        ]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is new (nothing before), went (nothing after) or reads otherwise now."""

    before: Figure | None
    after: Figure | None

    @property
    def kind(self) -> Literal["new", "gone", "changed"]:
        """Name what became of it."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class BoxChange:
    """What became of one box."""

    box: str
    text: MarkedText
    figures: tuple[FigureChange, ...] = ()

    def figure(self, figure_id: str) -> FigureChange | None:
        """Return what became of a figure that stands in the box now, None where nothing did."""
        return next(
            (one for one in self.figures if one.after is not None and one.after.id == figure_id),
            None,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of one sheet: the boxes and facts that differ, by id and by field."""

    before: Sheet
    after: Sheet
    boxes: dict[str, BoxChange]
    facts: dict[str, MarkedText]

    @property
    def same(self) -> bool:
        """Tell whether nothing that is compared differs."""
        moved = self.before.stage != self.after.stage
        return not self.boxes and not self.facts and not moved and not self.reshaped

    @property
    def marked(self) -> bool:
        """Tell whether anywhere only bold, italic or a bullet changed."""
        return any(one.text.has(LOOK) for one in self.boxes.values())

    @property
    def reshaped(self) -> bool:
        """Tell whether the sheet has become one of another type, or its boxes another shape."""
        return _shape(self.before) != _shape(self.after)


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """A comparison, and how its two states are called on paper.

    ``labels`` names the boxes of the earlier state, of which some may be gone.
    """

    comparison: Comparison
    before: str
    after: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def text_of(self, box: str) -> MarkedText | None:
        """Return the words of both states of a box; None where nothing changed."""
        change = self.comparison.boxes.get(box)
        return change.text if change is not None else None


def compare_sheets(before: Sheet, after: Sheet) -> Comparison:
    """Compare two states of a sheet, box by box in the order of the later one."""
    names = dict.fromkeys([*(box.id for box in after.boxes), *(box.id for box in before.boxes)])
    boxes = {
        name: _box(before.box(name), after.box(name))
        for name in names
        if before.box(name) != after.box(name)
    }
    facts = {}
    for name in FACTS:
        marked = marked_words(getattr(before, name), getattr(after, name))
        if marked.changed:
            facts[name] = marked
    return Comparison(before, after, boxes, facts)


def _shape(sheet: Sheet) -> tuple[object, ...]:
    return sheet.definition, sheet.definition_version, sheet.format


def _box(before: Box, after: Box) -> BoxChange:
    were = {one.id: one for one in before.figures}
    are = {one.id: one for one in after.figures}
    changes = [
        FigureChange(were.get(one), are.get(one))
        for one in dict.fromkeys([*are, *were])
        if were.get(one) != are.get(one)
    ]
    return BoxChange(after.id, marked_text(before.text, after.text), tuple(changes))


def marked_words(before: str, after: str) -> MarkedText:
    """Compare two texts without any language in them."""
    builder = _Builder()
    builder.begin(bullet=False, kind="same")
    for piece in compare(before, after):
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                builder.begin(bullet=False, kind=piece.kind)
            builder.add((Run(line),), piece.kind)
    return builder.finish()


def marked_text(before: str, after: str) -> MarkedText:
    """Compare two texts of a box; letters keep how they looked where they come from."""
    old, new = _Source(before), _Source(after)
    builder = _Builder()
    was = 0
    for one in stretches(old.tokens, new.tokens):
        moved = was - one.first
        was += one.last - one.first if one.kind != NEW else 0
        source = old if one.kind == "gone" else new
        inside = source.tokens[one.first : one.last]
        only_ends = one.kind != "same" and all(token == _LINE for token in inside)
        at = one.first
        while at < one.last:
            first, at = at, at + 1
            if not source.tokens[first].startswith(_LINE):
                while at < one.last and not source.tokens[at].startswith(_LINE):
                    at += 1
                if one.kind == "same":
                    builder.add_kept(old.runs(first + moved, at + moved), new.runs(first, at))
                else:
                    builder.add(source.runs(first, at), one.kind)
                continue
            if only_ends and builder.open:
                builder.add((Run(BREAK),), one.kind)
            bullet = source.bullet(first)
            turned = one.kind == "same" and bullet != old.bullet(first + moved)
            builder.begin(bullet=bullet, kind=one.kind, turned=turned)
    return builder.finish()


class _Source:
    """A text of a box as tokens, each with the runs its letters stand in."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self._at: list[tuple[int, int]] = []
        self._paragraphs = read(text)
        self._starts: list[list[int]] = []
        for number, paragraph in enumerate(self._paragraphs):
            starts = [0]
            for run in paragraph.runs:
                starts.append(starts[-1] + len(run.text))
            self._starts.append(starts)
            self.tokens.append(_LINE)
            self._at.append((number, 0))
            place = 0
            for word in words_of(paragraph.text):
                self.tokens.append(word)
                self._at.append((number, place))
                place += len(word)

    def bullet(self, at: int) -> bool:
        """Tell whether the paragraph of a token is an item of a list."""
        return self._paragraphs[self._at[at][0]].bullet

    def runs(self, first: int, last: int) -> tuple[Run, ...]:
        """Return the letters of tokens of one paragraph, looking as they do there."""
        number, place = self._at[first]
        end = self._at[last - 1][1] + len(self.tokens[last - 1])
        paragraph, starts = self._paragraphs[number], self._starts[number]
        found: list[Run] = []
        at = bisect_right(starts, place) - 1
        while at < len(paragraph.runs) and starts[at] < end:
            run = paragraph.runs[at]
            letters = run.text[max(0, place - starts[at]) : end - starts[at]]
            found.append(Run(letters, run.bold, run.italic))
            at += 1
        return tuple(found)


class _Builder:
    """Puts paragraphs together from letters that stayed, went or are new."""

    def __init__(self) -> None:
        self._paragraphs: list[Paragraph] = []
        self._marks: list[tuple[Mark, ...]] = []
        self._runs: list[tuple[bool, bool, list[str]]] = []
        self._found: list[Mark] = []
        self._length = 0
        self._bullet = False
        self._turned = False
        self._kind: Kind = "same"
        self.open = False

    def begin(self, *, bullet: bool, kind: Kind, turned: bool = False) -> None:
        """Begin a paragraph; one begun for the other state that is still empty gives way."""
        if self.open and not self._length and "gone" in (self._kind, kind) and self._kind != kind:
            self._bullet = bullet if self._kind == "gone" else self._bullet
            self._kind = kind if self._kind == "gone" else self._kind
            return
        self._close()
        self.open, self._bullet, self._kind, self._turned = True, bullet, kind, turned

    def add_kept(self, before: tuple[Run, ...], after: tuple[Run, ...]) -> None:
        """Add letters that stayed, and mark those that are or were bold or italic."""
        if before == after:
            self.add(after, "same")
            return
        looks = [(one.bold, one.italic) for one in before for _ in one.text]
        at = 0
        for run in after:
            look = (run.bold, run.italic)
            unlike = [one != look for one in looks[at : at + len(run.text)]]
            at += len(run.text)
            begin = 0
            for other, same in groupby(unlike):
                end = begin + sum(1 for _ in same)
                text, begin = run.text[begin:end], end
                kind: Kind | Literal["look"] = LOOK if other and text.strip() else "same"
                self.add((Run(text, run.bold, run.italic),), kind)

    def add(self, runs: tuple[Run, ...], kind: Kind | Literal["look"]) -> None:
        """Add letters to the paragraph."""
        self.open = True
        last = self._found[-1] if self._found else None
        if kind == NEW and last is not None and last.kind == GONE and last.end == self._length:
            letters = self._runs[-1][2][-1][-1:] + "".join(run.text for run in runs)[:1]
            if len(letters) == 2 and not any(one.isspace() for one in letters):
                self.add((Run(GAP),), "same")
        for run in runs:
            if not run.text:
                continue
            if self._runs and self._runs[-1][:2] == (run.bold, run.italic):
                self._runs[-1][2].append(run.text)
            else:
                self._runs.append((run.bold, run.italic, [run.text]))
            start, self._length = self._length, self._length + len(run.text)
            if kind == "same":
                continue
            last = self._found[-1] if self._found else None
            if last is not None and last.kind == kind and last.end == start:
                self._found[-1] = Mark(last.start, self._length, kind)
            else:
                self._found.append(Mark(start, self._length, kind))

    def finish(self) -> MarkedText:
        """Return everything that was added."""
        self._close()
        return MarkedText(tuple(self._paragraphs), tuple(self._marks))

    def _close(self) -> None:
        if self.open:
            runs = tuple(Run("".join(text), bold, italic) for bold, italic, text in self._runs)
            self._paragraphs.append(Paragraph(runs, self._bullet))
            if self._turned and self._length and not self._found:
                self._found.append(Mark(0, self._length, LOOK))
            self._marks.append(tuple(self._found))
        self._runs, self._found, self._length = [], [], 0
        self.open = self._turned = False
