"""What follows from an answer: relevance, calculations, choices, rounds and actions, in order."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from gemba.forms.beginning import preloaded
from gemba.forms.casting import held
from gemba.forms.compiling import Formula
from gemba.forms.definition import Action, Control, Definition, Where, place_of
from gemba.forms.labels import names_of
from gemba.forms.nodes import XFORMS, Kind, Node, copied
from gemba.forms.ordering import EVERYTHING, Vertex, Watch
from gemba.forms.patience import Patience
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_number, to_text, to_truth

MOST_ROUNDS = 1_000  # of one repeat
MOST_ALTOGETHER = 5_000  # of all repeats, those inside others counted each time
_MOST_CHAINED = 20  # actions that set off each other
_MOST_PASSES = 10  # rounds that add rounds; deeper nesting is not seen in the field


class Settling:
    """The instance of a form with its rules; whoever writes into it has them worked out."""

    definition: Definition
    around: Surroundings
    order: list[tuple[Vertex, frozenset[Where]]]
    watch: Watch  # of the rules, by their places in the order
    numbers: dict[Vertex, int]  # the place of each rule in the order
    filtered: list[Control]  # questions whose choices a formula gives
    filters: Watch
    models: dict[Where, Node]
    given: dict[Where, list[Node]]
    layout: dict[Where, list[str]]  # what stands below each place, in the order of the form

    def __init__(self) -> None:
        self.kept: dict[Node, str] = {}  # answers of what is not asked now
        self.off: set[Node] = set()  # nodes whose own rule says no
        self.withdrawn: dict[Node, str] = {}  # answers that a filter does not offer now
        self.index: dict[Where, list[Node]] | None = None
        self.foreign = False  # whether some element has a namespace of its own
        self.live = 0  # rounds of all repeats
        self.chained = 0
        self.grown: list[Node] = []  # rounds that have not begun yet
        self.patience: Patience | None = Patience()  # while it is opened
        self.begun = False
        self.resuming = False  # a draft comes back as it was left: nothing is worked out again

    def nodes(self, where: Where, below: Node | None = None) -> Iterator[Node]:
        """The nodes at a place of the form, in order."""
        if not where:
            return iter((self.definition.primary,))
        if below is None:
            return iter(self._index().get(where, ()))
        found = [below]
        for name in where[len(place_of(below)) :]:
            found = [child for node in found for child in node.elements() if child.name == name]
        return iter(found)

    def _index(self) -> dict[Where, list[Node]]:
        """All elements by their place; found anew after a round came or went."""
        if self.index is None:
            self.index = {}
            waiting: list[tuple[Where, Node]] = [((), self.definition.primary)]
            while waiting:
                where, node = waiting.pop()
                if where:
                    node.where = where
                    self.foreign |= bool(node.uri) and node.uri != XFORMS
                    self.index.setdefault(where, []).append(node)
                below = [((*where, child.name), child) for child in node.elements()]
                waiting.extend(reversed(below))
        return self.index

    def _found(self, where: Where) -> list[Node]:
        """What a plain path finds: elements without a namespace of their own."""
        found = self._index().get(where, [])
        if self.foreign:
            return [node for node in found if not node.uri or node.uri == XFORMS]
        return found

    def asked(self, node: Node) -> bool:
        """Whether a node is relevant: neither its own rule nor one around it says no."""
        at: Node | None = node
        while at is not None:
            if at in self.off:
                return False
            at = at.parent
        return True

    def value(self, formula: Formula, node: Node) -> Value:
        """The value of a formula at a node."""
        return formula.at(node, self.around)

    def _settle(self, changed: set[Where] | None) -> None:
        """Work out every rule that looks at what changed, all of them for None."""
        for _ in range(_MOST_PASSES):
            again = self._run(changed)
            again |= self._clear_unoffered(changed)
            while self.grown:  # its calculations are worked out, and may be what it begins with
                again |= self._happen("odk-new-repeat", self.grown.pop(0))
            if self._count_rounds():
                changed = None
            elif again:
                changed = again
            else:
                return

    def _clear_unoffered(self, changed: set[Where] | None) -> set[Where]:
        """Take away answers a filter does not offer, as the peers do; they come back with it."""
        cleared: set[Where] = set()
        some = range(len(self.filtered)) if changed is None else sorted(self.filters.of(changed))
        for number in some:
            control = self.filtered[number]
            for node in self.nodes(control.where):
                before = node.text()
                kept = self.withdrawn.get(node, before)
                chosen = kept.split() if control.kind != "select1" else [kept] if kept else []
                if not chosen:
                    continue
                offered = set(names_of(self, node))
                left = " ".join(name for name in chosen if name in offered)
                if left == before:
                    continue
                self.withdrawn[node] = " ".join(chosen)
                node.write(left)
                cleared.add(control.where)
        return cleared

    def _run(self, changed: set[Where] | None) -> set[Where]:
        """Work out what looks at what changed; what moved by a rule that looks at everything.

        Whatever moved joins ``changed``. A rule is worked out at most once, after those it needs.
        """
        again: set[Where] = set()
        waiting = set(range(len(self.order))) if changed is None else self.watch.of(changed)
        queue = sorted(waiting)
        while queue:
            at = heappop(queue)
            (where, name), looks = self.order[at]
            moved = self._work_out(where, name)
            if not moved:
                continue
            places = self._touched(where, name, moved, events=changed is not None)
            if EVERYTHING in looks:
                again |= places
            if changed is None:
                continue
            changed |= places
            concerned = self.watch.of(places)
            if name == "relevant":
                # What is asked from now on was not worked out while it was not.
                concerned |= {
                    self.numbers[place, "calculate"]
                    for place in places
                    if (place, "calculate") in self.numbers
                }
            for later in concerned:
                if later > at and later not in waiting:
                    waiting.add(later)
                    heappush(queue, later)
        return again

    def _work_out(self, where: Where, name: str) -> list[Node]:
        """The nodes of a place that a rule moved."""
        if self.patience is not None:
            self.patience.turn()
        formula = self.definition.rules[where].formulas[name]
        work: Callable[[Node, Formula], bool]
        work = self._judge if name == "relevant" else self._calculate
        try:
            return [node for node in self.nodes(where) if work(node, formula)]
        except FormulaError as problem:
            raise problem.placed(where, name, formula.text) from None

    def _touched(self, where: Where, name: str, moved: list[Node], *, events: bool) -> set[Where]:
        places = {where}
        for node in moved:
            if name == "relevant":
                places |= {place_of(leaf) for leaf in leaves(node)}
            elif events:
                places |= self._happen("xforms-value-changed", node)
        return places

    def _judge(self, node: Node, formula: Formula) -> bool:
        wanted = to_truth(self.value(formula, node))
        if wanted is (node not in self.off):
            return False
        if wanted:
            self.off.discard(node)
        else:
            self.off.add(node)
        for leaf in leaves(node):
            asked = self.asked(leaf)
            if asked and leaf in self.kept:
                leaf.write(self.kept.pop(leaf))
            elif not asked and leaf not in self.kept:
                self.kept[leaf] = leaf.text()
                leaf.write("")
        return True

    def _calculate(self, node: Node, formula: Formula) -> bool:
        if self.resuming or not self.asked(node):
            return False
        before = node.text()
        value = self.value(formula, node)
        self._write(node, _text_of(value))
        return node.text() != before

    def _write(self, node: Node, text: str) -> None:
        """Put a text into a node as its type holds it; what is not asked now waits."""
        rule = self.definition.rules.get(place_of(node))
        text = unicodedata.normalize("NFC", text)
        text = held(rule.kind if rule else "string", text, self.around.zone)
        if text and place_of(node) in self.definition.ranges:
            text = self._in_range(place_of(node), text)
        if self.asked(node):
            if text != node.text():
                node.write(text)
        else:
            self.kept[node] = text

    def _in_range(self, where: Where, text: str) -> str:
        """A range holds nothing it does not offer, as in the peers."""
        least, most = self.definition.ranges[where]
        return text if least <= to_number(text, self.around.zone) <= most else ""

    def _count_rounds(self) -> bool:
        """Bring counted repeats to their number; whether any round came or went."""
        moved = False
        for where, count in self.definition.repeats.items():
            if count is None or where not in self.models:
                continue
            if self.patience is not None:
                self.patience.turn()
            for parent in list(self.nodes(where[:-1])):
                moved |= self._bring(where, parent, count)
        return moved

    def _bring(self, where: Where, parent: Node, count: Formula) -> bool:
        rounds = [node for node in parent.elements() if node.name == where[-1]]
        at = rounds[0] if rounds else self._grow(where, parent)
        try:
            number = to_number(self.value(count, at), self.around.zone)
        except FormulaError as problem:
            raise problem.placed(where, "count", count.text) from None
        if not rounds:
            self._shrink(at)
        if math.isnan(number):
            if self.begun:  # nothing said: the rounds stay as they are
                return False
            number = 0.0
        wanted = int(max(0.0, min(number, MOST_ROUNDS + 1)))
        self._check_rounds(where, parent, wanted - len(rounds))
        have = [node for node in parent.elements() if node.name == where[-1]]
        for node in have[wanted:]:
            self._shrink(node)
        for _ in range(wanted - len(have)):
            self.grown.append(self._grow(where, parent, counted=True))
        return len(rounds) != wanted

    def _check_rounds(self, where: Where, parent: Node, more: int) -> None:
        """Refuse rounds beyond what a form can have, so that no answer fills the memory."""
        have = sum(one.name == where[-1] for one in parent.elements())
        if more > 0 and (have + more > MOST_ROUNDS or self.live + more > MOST_ALTOGETHER):
            path = "/" + "/".join(where)
            too_many = FormulaError("form.rounds", most=MOST_ROUNDS, path=path)
            raise too_many.placed(where, "count")

    def _grow(self, where: Where, parent: Node, *, counted: bool = False) -> Node:
        rounds = [place for place, one in enumerate(parent.children) if one.name == where[-1]]
        given = self.given[where] if counted else []
        node = copied(given[len(rounds)] if len(rounds) < len(given) else self.models[where])
        self.index = None
        parent.add(node, rounds[-1] + 1 if rounds else self._place(where, parent))
        self.live += self._rounds_in(node)
        return node

    def _shrink(self, node: Node) -> None:
        assert node.parent is not None
        self.index = None
        self.live -= self._rounds_in(node)
        node.parent.drop(node)

    def _rounds_in(self, top: Node) -> int:
        """How many rounds of any repeat a part of the instance holds, itself among them."""
        repeats = self.definition.repeats
        return sum(place_of(node) in repeats for node in (top, *top.within()))

    def _place(self, where: Where, parent: Node) -> int:
        """Where the first round of a repeat stands: before what follows it in the form."""
        names = self.layout.get(where[:-1], [])
        later = set(names[names.index(where[-1]) + 1 :]) if where[-1] in names else set()
        following = (at for at, one in enumerate(parent.children) if one.name in later)
        return next(following, len(parent.children))

    def _happen(self, event: str, at: Node) -> set[Where]:
        """Run the actions for an event at a node; the places they wrote to."""
        written: set[Where] = set()
        for action in self.definition.actions:
            if event not in action.events:
                continue
            if self.patience is not None:
                self.patience.turn()
            if event == "xforms-value-changed" and action.within != place_of(at):
                continue
            if event == "odk-new-repeat" and not _lies_at(action.within, place_of(at)):
                continue
            written |= self._act(action, at)
        return written

    def _act(self, action: Action, at: Node) -> set[Where]:
        inside = _lies_at(action.within, place_of(at))
        starts = list(self.nodes(action.within, at if inside else None))
        written: set[Where] = set()
        for start in starts:
            found = self.value(action.target, start)
            for node in found if isinstance(found, list) else []:
                try:
                    value = self.value(action.value, node) if action.value else action.text
                except FormulaError as problem:
                    raise problem.placed(place_of(node), "value") from None
                before = node.text()
                self._write(node, _text_of(value))
                written.add(place_of(node))
                if node.text() != before:
                    written |= self._go_on(node)
        return written

    def _go_on(self, node: Node) -> set[Where]:
        """An action that changed an answer sets off those that wait for it, within bounds."""
        if not self.begun or self.chained >= _MOST_CHAINED:
            return set()
        self.chained += 1
        try:
            return self._happen("xforms-value-changed", node)
        finally:
            self.chained -= 1

    def _preload(self) -> None:
        for where, rule in self.definition.rules.items():
            if rule.preload is None:
                continue
            for node in self.nodes(where):
                text = preloaded(*rule.preload, self.around)
                if text:
                    self._write(node, text)


def _text_of(value: Value) -> str:
    """What is written of a value: nothing for what is no number, as in the peers."""
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value)


def leaves(node: Node) -> Iterator[Node]:
    found = [node, *node.within()]
    return (one for one in found if one.kind is Kind.ELEMENT and next(one.elements(), None) is None)


def _lies_at(where: Where, outer: Where) -> bool:
    return where[: len(outer)] == outer
