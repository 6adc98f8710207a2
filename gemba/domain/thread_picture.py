"""The thread of one sheet: gap, cause, countermeasure, action, check, and what hangs loose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gemba.domain.definition import SheetDefinition
from gemba.domain.figures import Countermeasures, Fishbone, FiveWhys, Plan, Problem
from gemba.domain.figures.plan import Action
from gemba.domain.figures.why_tree import Branch, branches, lettered
from gemba.domain.prose import plain
from gemba.domain.sheet import Box, Check, Sheet
from gemba.domain.sheet_part import SheetPart, holds

STEPS: Final = ("gap", "cause", "countermeasure", "action", "check")
"""The columns of the picture, from left to right."""
_ROLES: Final = {
    "gap": "current",
    "cause": "analysis",
    "countermeasure": "countermeasures",
    "action": "plan",
    "check": "check",
}
_LETTER: Final = re.compile(r"[^\W_]+")

MOST_STRANDS: Final = 400
"""What one tie between two boxes is drawn as at most."""

Tie = tuple[str, str]
"""The two parts of a sheet that a link ties, in either order."""


@dataclass(frozen=True, slots=True)
class Knot:
    """One thing on the thread. ``step`` is of STEPS, ``part`` where it stands, ``row`` its row.

    A box that holds words and no figure is one knot; ``words`` is then its label. A review of an
    action is a check with the part of the action; a check of the sheet has its own id for a part.
    ``on`` is the day on which somebody looks.
    """

    step: str
    part: str
    words: str
    letter: str = ""
    row: int = 0
    review: bool = False
    on: date | None = None

    @property
    def column(self) -> int:
        """Which column it stands in, from 0 for the gap."""
        return STEPS.index(self.step)


@dataclass(frozen=True, slots=True)
class Loose:
    """A knot that is tied to nothing on one side: ``lacks`` is the step that is missing there."""

    knot: Knot
    lacks: str


@dataclass(frozen=True, slots=True)
class ThreadPicture:
    """The knots in reading order, the strands between them by index, and what hangs loose."""

    knots: tuple[Knot, ...] = ()
    strands: tuple[tuple[int, int], ...] = ()
    loose: tuple[Loose, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the picture has."""
        return max((knot.row for knot in self.knots), default=-1) + 1


def thread_picture(
    sheet: Sheet, definition: SheetDefinition, ties: Iterable[Tie] = ()
) -> ThreadPicture:
    """Return the thread of a sheet from its figures and from what was tied by hand.

    Countermeasures that were not chosen are left out where some were; "do nothing" always is, and
    so is what was ruled out.
    """
    found = _Found(sheet, definition)
    for one, other in ties:
        found.tie(one, other)
    strands = sorted(found.strands)
    knots = _in_rows(found.knots, strands)
    return ThreadPicture(tuple(knots), tuple(strands), tuple(_loose(knots, strands)))


class _Found:
    """Gathers the knots of a sheet and what already ties them in its figures."""

    def __init__(self, sheet: Sheet, definition: SheetDefinition) -> None:
        self.knots: list[Knot] = []
        self.strands: set[tuple[int, int]] = set()
        self._chains: dict[str, set[int]] = {}
        boxes = [(box, sheet.box(box.id)) for box in definition.boxes]
        for _box, held in boxes:
            self._trees(held)
        for _box, held in boxes:
            self._bones(held)
        if not self._of("gap"):
            for _box, held in boxes:
                self._problems(held)
        self._bare("gap", definition, sheet)
        self._bare("cause", definition, sheet)
        for _box, held in boxes:
            self._options(held)
        self._bare("countermeasure", definition, sheet)
        for _box, held in boxes:
            self._actions(held)
        self._bare("action", definition, sheet)
        self._bare("check", definition, sheet)
        for check in sorted(sheet.checks, key=lambda one: one.on):
            self._look(check)

    def _add(self, knot: Knot) -> int:
        self.knots.append(replace(knot, words=" ".join(knot.words.split())))
        return len(self.knots) - 1

    def _strand(self, one: int, other: int) -> None:
        first, second = self.knots[one], self.knots[other]
        if first.column != second.column:
            self.strands.add((one, other) if first.column < second.column else (other, one))

    def _of(self, step: str) -> list[int]:
        return [at for at, knot in enumerate(self.knots) if knot.step == step]

    def _trees(self, held: Box) -> None:
        for figure in held.figures:
            if isinstance(figure, FiveWhys):
                self._tree(held.id, figure)

    def _tree(self, box: str, figure: FiveWhys) -> None:
        placed = {branch.index: branch for branch in branches(figure)}
        letters = lettered(figure)
        roots = any(why.root and not why.ruled_out for why in figure.whys)
        own: dict[int, int] = {}
        for branch in placed.values():
            why = figure.whys[branch.index]
            if why.ruled_out or not why.text.strip():
                continue
            part = str(SheetPart(box, figure.id, why.id))
            if branch.parent < 0:
                own[branch.index] = self._add(Knot("gap", part, why.text))
            elif why.root if roots else not branch.children:
                letter = letters.get(branch.index, "")
                own[branch.index] = self._add(Knot("cause", part, why.text, letter))
        for index, at in own.items():
            for above in _upward(placed, index):
                part = str(SheetPart(box, figure.id, figure.whys[above].id))
                self._chains.setdefault(part, set()).add(at)
                if above in own and above != index:
                    self._strand(own[above], at)

    def _bones(self, held: Box) -> None:
        for figure in held.figures:
            if not isinstance(figure, Fishbone):
                continue
            gaps = self._of("gap")
            if not gaps and figure.effect.strip():
                part = str(SheetPart(held.id, figure.id))
                gaps = [self._add(Knot("gap", part, figure.effect))]
            for cause in figure.causes:
                if cause.state == "verified" and cause.text.strip():
                    if self._known(cause.text):
                        continue  # it was passed on into the why tree
                    part = str(SheetPart(held.id, figure.id, cause.id))
                    at = self._add(Knot("cause", part, cause.text))
                    for gap in gaps:
                        self._strand(gap, at)

    def _problems(self, held: Box) -> None:
        for figure in held.figures:
            if isinstance(figure, Problem) and figure.statement.strip():
                part = str(SheetPart(held.id, figure.id, "statement"))
                self._add(Knot("gap", part, figure.statement))

    def _known(self, text: str) -> bool:
        words = " ".join(text.split()).casefold()
        return any(knot.words.casefold() == words for knot in self.knots)

    def _options(self, held: Box) -> None:
        figures = [one for one in held.figures if isinstance(one, Countermeasures)]
        some = any(option.chosen for one in figures for option in one.options)
        for figure in figures:
            for option in figure.options:
                if option.nothing or not option.what.strip() or (some and not option.chosen):
                    continue
                part = str(SheetPart(held.id, figure.id, option.id))
                at = self._add(Knot("countermeasure", part, option.what))
                said = " ".join(option.cause.split()).casefold()
                letters = frozenset(_LETTER.findall(said))
                for cause in self._of("cause") if said else ():
                    if _names(said, letters, self.knots[cause]):
                        self._strand(cause, at)

    def _actions(self, held: Box) -> None:
        for figure in held.figures:
            if isinstance(figure, Plan):
                for action in figure.actions:
                    if action.what.strip():
                        self._action(str(SheetPart(held.id, figure.id, action.id)), action)

    def _action(self, part: str, action: Action) -> None:
        at = self._add(Knot("action", part, action.what))
        words = self.knots[at].words.casefold()
        for option in self._of("countermeasure"):
            if self.knots[option].words.casefold() == words:
                self._strand(option, at)
        if action.review is not None:
            look = Knot("check", part, action.what, review=True, on=action.review)
            self._strand(at, self._add(look))

    def _look(self, check: Check) -> None:
        """A day on which somebody sees whether it holds; one that names an action is tied to it."""
        at = self._add(Knot("check", check.id, check.what, on=check.on))
        said = self.knots[at].words.casefold()
        for action in self._of("action"):
            words = self.knots[action].words.casefold()
            if said == words or (len(words) > 12 and words in said):
                self._strand(action, at)

    def _bare(self, step: str, definition: SheetDefinition, sheet: Sheet) -> None:
        """Let a box of words stand for a step that no figure shows; the check box always does."""
        if self._of(step) and step != "check":
            return
        for box in definition.boxes:
            if box.role != _ROLES[step]:
                continue
            held = sheet.box(box.id)
            if plain(held.text).strip() or (step == "check" and held.figures):
                self._add(Knot(step, box.id, box.label))

    def tie(self, one: str, other: str) -> None:
        """Take over what was tied by hand: a part, its box, or a cause on the way to the root."""
        ends, others = sorted(self._at(one)), sorted(self._at(other))
        if len(ends) * len(others) > MOST_STRANDS:
            # Each is tied all the same; every one to every other could not be seen.
            pairs = [(end, others[0]) for end in ends] + [(ends[0], end) for end in others]
        else:
            pairs = [(end, far) for end in ends for far in others]
        for end, far in pairs:
            self._strand(end, far)

    def _at(self, part: str) -> set[int]:
        found = {
            at
            for at, knot in enumerate(self.knots)
            if not knot.review and (holds(part, knot.part) or holds(knot.part, part))
        }
        if "/" not in part:  # a whole box stands for what is in it, but the gap leads, not follows
            inner = {at for at in found if self.knots[at].step != "gap"}
            found = inner or found
        return found or self._chains.get(part, set())


def _upward(placed: dict[int, Branch], index: int) -> Iterator[int]:
    """Yield a cause and everything it explains, up to the gap."""
    while index >= 0:
        yield index
        index = placed[index].parent


def _names(said: str, letters: frozenset[str], cause: Knot) -> bool:
    """Tell whether a countermeasure names a cause: by its letter, or by its words."""
    letter = cause.letter.casefold()
    if letter and letter in letters:
        return len(said) <= 12 or said.startswith(letter + " ")
    words = cause.words.casefold()
    return said == words or (len(said) > 12 and (said in words or words in said))


def _in_rows(knots: list[Knot], strands: list[tuple[int, int]]) -> list[Knot]:
    """Give each knot a row: that of the first it hangs on, or the next one free in its column."""
    rows: dict[int, int] = {}
    next_free = [0] * len(STEPS)
    left_of: dict[int, list[int]] = {}
    for left, right in strands:
        left_of.setdefault(right, []).append(left)
    for step in STEPS:
        here = [at for at, knot in enumerate(knots) if knot.step == step]
        wanted = {at: min((rows[left] for left in left_of.get(at, ())), default=-1) for at in here}
        # What hangs on nothing stands below the rest.
        for at in sorted(here, key=lambda one: (wanted[one] < 0, wanted[one])):
            column = knots[at].column
            rows[at] = max(next_free[column], wanted[at])
            next_free[column] = rows[at] + 1
    return [replace(knot, row=rows[at]) for at, knot in enumerate(knots)]


def _loose(knots: list[Knot], strands: list[tuple[int, int]]) -> Iterator[Loose]:
    """Name what leads nowhere to the left, and what nothing follows where others have it."""
    there = {knot.step for knot in knots}
    led = {right for _left, right in strands}
    followed = {left for left, _right in strands}
    for at, knot in enumerate(knots):
        column = knot.column
        if column and at not in led:
            yield Loose(knot, STEPS[column - 1])
        if column + 1 < len(STEPS) and at not in followed:
            beyond = set(STEPS[column + 1 :]) & there
            if beyond:
                yield Loose(knot, STEPS[column + 1])
