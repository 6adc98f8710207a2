"""A form that is being answered: its instance, and everything that follows from an answer."""

from __future__ import annotations

from dataclasses import replace

from gemba.forms.beginning import layout, taken_out
from gemba.forms.definition import Control, Definition, Where, define, place_of
from gemba.forms.labels import choices_of, names_of
from gemba.forms.nodes import Node
from gemba.forms.ordering import order, places, watch
from gemba.forms.patience import Patience
from gemba.forms.reading import read, without_collecting
from gemba.forms.saving import State, instance_xml, path_of, paths
from gemba.forms.scope import Meter, Surroundings
from gemba.forms.settling import MOST_ROUNDS, Settling, leaves
from gemba.forms.trouble import FormulaError

MOST_AT_LOAD = 10_000_000  # nodes that formulas look at while a form is opened
MOST_AT_ONCE = 1_000_000  # and for one answer, or one look; about a fifth of a second


class Form(Settling):
    """Answers change through ``answer``, ``add_round``, ``drop_round`` and ``speak``."""

    def __init__(self, xml: str, around: Surroundings, state: State | None = None) -> None:
        """Open a form, anew or with the answers of a draft to the same form."""
        super().__init__()
        with without_collecting():
            self._open(xml, around, state)

    def _open(self, xml: str, around: Surroundings, state: State | None) -> None:
        patience = Patience()
        self.definition: Definition = define(read(xml, patience), patience)
        self.order = order(self.definition)
        self.around = replace(
            around,
            root=self.definition.primary,
            host=self,
            find=self._found,
            meter=Meter(MOST_AT_LOAD),
        )
        if not around.language:
            self.speak(next(iter(self.definition.texts), ""))
        self.numbers = {vertex: number for number, (vertex, _) in enumerate(self.order)}
        self.watch = watch([looks for _, looks in self.order])
        self.filtered = [one for one in self.definition.controls.values() if one.choices]
        self.filters = watch([_looks_of(one) for one in self.filtered])
        self.layout = layout(self.definition)
        self.models, self.given = taken_out(self.definition)
        self.live = self._rounds_in(self.top)
        if state is None:
            self._begin()
        else:
            self._resume(state)
        self.patience = None

    def _begin(self) -> None:
        for node in leaves(self.top):
            self._write(node, node.text())
        self._preload()
        self._settle(None)
        self.begun = True
        written = self._happen("odk-instance-first-load", self.top)
        for event in ("odk-instance-load", "xforms-ready"):
            written |= self._happen(event, self.top)
        self._settle(written)

    def _resume(self, state: State) -> None:
        """Put the answers of a draft back; what the form has no place for is passed over."""
        for where in sorted(self.definition.repeats, key=len):
            for parent in list(self.nodes(where[:-1])) if where in self.models else ():
                path = f"{path_of(self.definition, parent)}/{where[-1]}"
                have = [one for one in parent.elements() if one.name == where[-1]]
                wanted = min(state.rounds.get(path, len(have)), MOST_ROUNDS)
                for node in have[wanted:]:
                    self._shrink(node)
                for _ in range(wanted - len(have)):
                    self._grow(where, parent)
        for path, node in list(paths(self.definition)):
            if path in state.answers and next(node.elements(), None) is None:
                node.write(state.answers[path])
            if path in state.withdrawn:
                self.withdrawn[node] = state.withdrawn[path]
        self.begun = self.resuming = True
        self._settle(None)
        self.resuming = False
        self._settle(self._happen("odk-instance-load", self.top))

    def state(self) -> State:
        """All that was answered, for a draft."""
        form = self.definition
        known = list(paths(form))
        below: dict[Where, list[str]] = {}
        for where in form.repeats:
            below.setdefault(where[:-1], []).append(where[-1])
        rounds = {
            f"{path}/{name}": sum(one.name == name for one in node.elements())
            for path, node in known
            for name in below.get(place_of(node), ())
        }
        return State(
            {
                path: self.kept.get(node, node.text())
                for path, node in known
                if next(node.elements(), None) is None
            },
            {path: self.withdrawn[node] for path, node in known if node in self.withdrawn},
            rounds,
        )

    def finish(self) -> None:
        """Note when the form was finished, where it asks for that."""
        now = self.around.clock().astimezone(self.around.zone).isoformat(timespec="milliseconds")
        for where, rule in self.definition.rules.items():
            if rule.preload == ("timestamp", "end"):
                for node in self.nodes(where):
                    self._write(node, now)

    def instance_xml(self) -> str:
        """The answers as XForms instance XML; what is not asked is left out."""
        return instance_xml(self.definition, self.off)

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

    def rested(self) -> None:
        """Let formulas look at as many nodes again as one answer may need."""
        self.around.meter.left = MOST_AT_ONCE

    def answer(self, node: Node, text: str) -> None:
        """Give an answer and work out all that follows from it.

        FormulaError where that cannot be; then all is as it was before.
        """
        before = node.text()
        self.rested()
        self.withdrawn.pop(node, None)
        self._write(node, self._in_order(node, text))
        if node.text() == before:
            return
        try:
            self._settle({place_of(node)})
            written = self._happen("xforms-value-changed", node)
            if written:
                self._settle(written)
        except FormulaError:
            self.grown.clear()
            node.write(before)
            self.rested()
            self._settle({place_of(node)})
            raise

    def _in_order(self, node: Node, text: str) -> str:
        """Several chosen in the order they are offered in, as the peers write them."""
        control = self.definition.controls.get(place_of(node))
        chosen = text.split()
        if control is None or control.kind != "select" or len(chosen) < 2:
            return text
        offered = names_of(self, node)
        places = {name: place for place, name in reversed(list(enumerate(offered)))}
        return " ".join(sorted(chosen, key=lambda name: places.get(name, len(offered))))

    def add_round(self, where: Where, parent: Node) -> Node:
        """One more round of a repeat, at its end; FormulaError where there are too many."""
        self.rested()
        self._check_rounds(where, parent, 1)
        node = self._grow(where, parent)
        self.grown.append(node)
        self._settle(None)
        return node

    def drop_round(self, node: Node) -> None:
        """Take a round away; the answers in it go with it."""
        self.rested()
        self._shrink(node)
        self._settle(None)


def _looks_of(control: Control) -> frozenset[Where]:
    """The places the choices of a question follow, its own among them."""
    assert control.choices is not None
    where = control.where
    return frozenset((where, *places(control.choices.nodes.tree, where, where)))
