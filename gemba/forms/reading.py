"""XML text into nodes: no entities of its own, no outside files, bounded in size and depth."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from gemba.forms.nodes import XML, Kind, Node
from gemba.forms.patience import Patience
from gemba.forms.trouble import FormulaError

LARGEST = 32 * 1024 * 1024  # characters; the largest form seen in the field has about 2 million
DEEPEST = 200


class _Builder:
    """Takes the parser's calls and grows the tree."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.document = Node(Kind.DOCUMENT)
        self.open = [self.document]
        self.letters: list[str] = []
        self.names: dict[str, tuple[str, str, str]] = {}

    def flush(self) -> None:
        if not self.letters:
            return
        text = "".join(self.letters)
        self.letters.clear()
        if len(self.open) > 1:
            self._add(Node(Kind.TEXT, value=text))

    def start(self, name: str, attributes: list[str]) -> None:
        self.flush()
        if len(self.open) > DEEPEST:
            raise FormulaError("form.xml_deep", most=DEEPEST)
        self.patience.node(len(attributes) // 2)
        node = Node(Kind.ELEMENT, *self._parts(name))
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            attribute = Node(Kind.ATTRIBUTE, *self._parts(key), value)
            attribute.parent = node
            node.attributes.append(attribute)
        self.open.append(self._add(node))

    def end(self, _name: str) -> None:
        self.flush()
        self.open.pop()

    def comment(self, text: str) -> None:
        self.flush()
        self._add(Node(Kind.COMMENT, value=text))

    def instruction(self, target: str, text: str) -> None:
        self.flush()
        self._add(Node(Kind.INSTRUCTION, target, value=text))

    def entity(self, name: str, *_rest: object) -> None:
        raise FormulaError("form.xml_entity", name=name)

    def _parts(self, name: str) -> tuple[str, str, str]:
        """The parts of a name; a form has few names, and each thousands of times."""
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = _named(name)
        return found

    def _add(self, node: Node) -> Node:
        self.patience.node(1)
        node.parent = self.open[-1]
        self.open[-1].children.append(node)
        return node


def _named(name: str) -> tuple[str, str, str]:
    """A name as the parser gives it: local name, namespace and prefix."""
    parts = name.rsplit(" ", 2)
    if len(parts) == 1:
        return name, "", ""
    uri, local = parts[0], parts[1]
    prefix = parts[2] if len(parts) == 3 else ""
    return local, uri, "xml" if uri == XML else prefix


@contextmanager
def without_collecting() -> Iterator[None]:
    """Thousands of new objects, none of them garbage: looking for it would take half the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def read(xml: str, patience: Patience | None = None) -> Node:
    """The document node of this XML; FormulaError says why it is not taken, with its line."""
    if len(xml) > LARGEST:
        raise FormulaError("form.xml_large", most=LARGEST)
    builder = _Builder(patience or Patience())
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.letters.append
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.instruction
    parser.EntityDeclHandler = builder.entity
    try:
        with without_collecting():
            parser.Parse(xml.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as problem:
        raise FormulaError("form.xml_broken", line=problem.lineno, column=problem.offset) from None
    return builder.document
