"""A form that is being answered: its instance, and everything that follows from an answer."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from uuid import UUID

from gemba.forms.casting import held
from gemba.forms.compiling import Formula
from gemba.forms.definition import Action, Control, Definition, Where, define, place_of
from gemba.forms.labels import choices_of, names_of
from gemba.forms.nodes import XFORMS, Kind, Node, copied
from gemba.forms.ordering import EVERYTHING, order, places, watch
from gemba.forms.reading import read, without_collecting
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_number, to_text, to_truth

MOST_ROUNDS = 1_000  # of one repeat
_MOST_PASSES = 10  # rounds that add rounds; deeper nesting is not seen in the field


class Form:
    """Answers change through ``answer``, ``add_round``, ``drop_round`` and ``speak``."""

    def __init__(self, xml: str, around: Surroundings) -> None:
        with without_collecting():
            self.definition: Definition = define(read(xml))
            self.order = order(self.definition)
        self.around = replace(around, root=self.definition.primary, host=self, find=self._found)
        if not around.language:
            self.speak(next(iter(self.definition.texts), ""))
        self.watch = watch([looks for _, looks in self.order])
        self.filtered = [one for one in self.definition.controls.values() if one.choices]
        self.filters = watch([_looks_of(one) for one in self.filtered])
        self.kept: dict[Node, str] = {}  # answers of what is not asked now
        self.off: set[Node] = set()  # nodes whose own rule says no
        self.foreign = False  # whether some element has a namespace of its own
        self.index: dict[Where, list[Node]] | None = None
        self.withdrawn: dict[Node, str] = {}  # answers that a filter does not offer now
        self.models, self.given = _taken_out(self.definition)
        for node in _leaves(self.top):
            self._write(node, node.text())
        self._preload()
        self.begun = False
        self._settle(None)
        self.begun = True
        written = self._happen("odk-instance-first-load", self.top)
        for event in ("odk-instance-load", "xforms-ready"):
            written |= self._happen(event, self.top)
        self._settle(written)

    @property
    def top(self) -> Node:
        """The element that holds all answers."""
        return next(self.definition.primary.elements())

    # what formulas ask of the form

    def instance(self, name: str) -> Node | None:
        """The instance of that name."""
        return self.definition.instances.get(name)

    def translation(self, name: str, language: str) -> list[Node]:
        """A text in the language, else in the first that has it."""
        texts = self.definition.texts
        for spoken in (language, *texts):
            if name in texts.get(spoken, {}):
                return texts[spoken][name]
        return []

    def choice_name(self, value: str, question: str) -> str | None:
        """The label of a choice of the question at this path."""
        where = tuple(question.strip("/").split("/"))
        node = next(self.nodes(where), None)
        if node is None:
            return None
        return next((label for name, label in choices_of(self, node) if name == value), None)

    # what people do

    def speak(self, language: str) -> None:
        """Show texts in another language."""
        self.around = replace(self.around, language=language)

    def answer(self, node: Node, text: str) -> None:
        """Give an answer and work out all that follows from it."""
        before = node.text()
        self.withdrawn.pop(node, None)
        self._write(node, text)
        if node.text() == before:
            return
        self._settle({place_of(node)})
        written = self._happen("xforms-value-changed", node)
        if written:
            self._settle(written)

    def add_round(self, where: Where, parent: Node) -> Node:
        """One more round of a repeat, at its end."""
        node = self._grow(where, parent)
        self._happen("odk-new-repeat", node)
        self._settle(None)
        return node

    def drop_round(self, node: Node) -> None:
        """Take a round away; the answers in it go with it."""
        assert node.parent is not None
        node.parent.drop(node)
        self.index = None
        self._settle(None)

    # what follows

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
            for later in self.watch.of(places):
                if later > at and later not in waiting:
                    waiting.add(later)
                    heappush(queue, later)
        return again

    def _work_out(self, where: Where, name: str) -> list[Node]:
        """The nodes of a place that a rule moved."""
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
                places |= {place_of(leaf) for leaf in _leaves(node)}
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
        for leaf in _leaves(node):
            asked = self.asked(leaf)
            if asked and leaf in self.kept:
                leaf.write(self.kept.pop(leaf))
            elif not asked and leaf not in self.kept:
                self.kept[leaf] = leaf.text()
                leaf.write("")
        return True

    def _calculate(self, node: Node, formula: Formula) -> bool:
        if not self.asked(node):
            return False
        before = node.text()
        value = self.value(formula, node)
        nothing = isinstance(value, float) and math.isnan(value)
        self._write(node, "" if nothing else to_text(value))
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
            parent.drop(at)
            self.index = None
        if math.isnan(number):
            if self.begun:  # nothing said: the rounds stay as they are
                return False
            number = 0.0
        wanted = int(max(0.0, min(number, MOST_ROUNDS + 1)))
        if number > MOST_ROUNDS:
            path = "/" + "/".join(where)
            too_many = FormulaError("form.rounds", most=MOST_ROUNDS, path=path)
            raise too_many.placed(where, "count")
        have = [node for node in parent.elements() if node.name == where[-1]]
        for node in have[wanted:]:
            parent.drop(node)
            self.index = None
        for _ in range(wanted - len(have)):
            self._happen("odk-new-repeat", self._grow(where, parent, counted=True))
        return len(rounds) != wanted

    def _grow(self, where: Where, parent: Node, *, counted: bool = False) -> Node:
        rounds = [place for place, one in enumerate(parent.children) if one.name == where[-1]]
        given = self.given[where] if counted else []
        node = copied(given[len(rounds)] if len(rounds) < len(given) else self.models[where])
        self.index = None
        return parent.add(node, rounds[-1] + 1 if rounds else None)

    def _happen(self, event: str, at: Node) -> set[Where]:
        """Run the actions for an event at a node; the places they wrote to."""
        written: set[Where] = set()
        for action in self.definition.actions:
            if event not in action.events:
                continue
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
                self._write(node, to_text(value))
                written.add(place_of(node))
        return written

    def _preload(self) -> None:
        for where, rule in self.definition.rules.items():
            if rule.preload is None:
                continue
            for node in self.nodes(where):
                text = self._loaded(*rule.preload)
                if text:
                    self._write(node, text)

    def _loaded(self, kind: str, part: str) -> str:
        now = self.around.clock().astimezone(self.around.zone)
        if kind == "uid":
            return f"uuid:{UUID(int=self.around.chance.getrandbits(128), version=4)}"
        if kind == "property":
            return self.around.properties.get(part, "")
        if kind == "date":
            return now.date().isoformat()
        if kind == "timestamp" and part == "start":
            return now.isoformat(timespec="milliseconds")
        return ""


def _looks_of(control: Control) -> frozenset[Where]:
    """The places the choices of a question follow, its own among them."""
    assert control.choices is not None
    where = control.where
    return frozenset((where, *places(control.choices.nodes.tree, where, where)))


def _leaves(node: Node) -> Iterator[Node]:
    found = [node, *node.within()]
    return (one for one in found if one.kind is Kind.ELEMENT and next(one.elements(), None) is None)


def _taken_out(form: Definition) -> tuple[dict[Where, Node], dict[Where, list[Node]]]:
    """A model of one round for each repeat, and the rounds the form brings with it.

    Templates leave the instance, and the models of the repeats around them.
    """
    models: dict[Where, Node] = {}
    given: dict[Where, list[Node]] = {}
    for where in sorted(form.repeats, key=len):
        rounds = [one for one in form.primary.within() if place_of(one) == where]
        templates = [one for one in rounds if _is_template(one)]
        given[where] = [copied(one) for one in rounds if not _is_template(one)]
        for one in (templates or rounds)[:1]:
            models[where] = copied(one)
    for model in models.values():
        model.attributes = [one for one in model.attributes if one.local != "template"]
    for top in (form.primary, *models.values(), *(one for each in given.values() for one in each)):
        for node in list(top.within()):
            if _is_template(node) and node.parent is not None:
                node.parent.drop(node)
    return models, given


def _lies_at(where: Where, outer: Where) -> bool:
    return where[: len(outer)] == outer


def _is_template(node: Node) -> bool:
    return any(one.local == "template" for one in node.attributes)
