"""The tree a formula looks at: documents, elements, attributes, text, comments, instructions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

XFORMS = "http://www.w3.org/2002/xforms"
XML = "http://www.w3.org/XML/1998/namespace"


class Kind(Enum):
    """What a node is."""

    DOCUMENT = "document"
    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "instruction"


class Node:
    """One node; ``value`` is the text of everything that is not an element or a document."""

    __slots__ = (
        "attributes",
        "children",
        "kind",
        "local",
        "numbered",
        "order",
        "parent",
        "prefix",
        "uri",
        "value",
        "where",
    )

    def __init__(
        self, kind: Kind, local: str = "", uri: str = "", prefix: str = "", value: str = ""
    ) -> None:
        self.kind = kind
        self.local = local
        self.uri = uri
        self.prefix = prefix
        self.value = value
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.order = 0
        self.numbered = False
        self.where: tuple[str, ...] | None = None  # its place in a form, once that is known

    def __repr__(self) -> str:
        return f"<{self.kind.value} {self.name or self.value!r}>"

    @property
    def name(self) -> str:
        """The name as it was written, with its prefix."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local

    def root(self) -> Node:
        """The topmost node of this tree."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def add(self, child: Node, place: int | None = None) -> Node:
        """Take a child at the given place (last if none) or an attribute, and give it back."""
        child.parent = self
        into = self.attributes if child.kind is Kind.ATTRIBUTE else self.children
        into.insert(len(into) if place is None else place, child)
        self.root().numbered = False
        return child

    def drop(self, child: Node) -> None:
        """Let a child go; it becomes the top of a tree of its own."""
        self.root().numbered = False
        self.children.remove(child)
        child.parent = None

    def elements(self) -> Iterator[Node]:
        """The children that are elements, in order."""
        return (child for child in self.children if child.kind is Kind.ELEMENT)

    def within(self) -> Iterator[Node]:
        """Every node below, in document order, without attributes; no recursion."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))

    def elements_within(self) -> list[Node]:
        """Every element below, in document order."""
        found: list[Node] = []
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.kind is Kind.ELEMENT:
                found.append(node)
                if node.children:
                    waiting.extend(reversed(node.children))
        return found

    def text(self) -> str:
        """The text value: its own, or all the text below (XPath 1.0, section 5)."""
        if self.kind is not Kind.ELEMENT and self.kind is not Kind.DOCUMENT:
            return self.value
        children = self.children
        if not children:
            return ""
        if len(children) == 1 and children[0].kind is Kind.TEXT:
            return children[0].value
        return "".join(node.value for node in self.within() if node.kind is Kind.TEXT)

    def write(self, text: str) -> None:
        """Put this text in place of everything the element holds."""
        if self.kind is not Kind.ELEMENT:
            self.value = text
            return
        for child in self.children:
            child.parent = None
        self.children = []
        if text:
            self.add(Node(Kind.TEXT, value=text))

    def attribute(self, local: str, uri: str = "") -> str | None:
        """The value of an attribute, None where it is not there."""
        for node in self.attributes:
            if node.local == local and node.uri == uri:
                return node.value
        return None


def number_all(root: Node) -> None:
    """Give every node of the tree its place in document order, attributes before children."""
    count = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.order = count = count + 1
        for attribute in node.attributes:
            attribute.order = count = count + 1
        waiting.extend(reversed(node.children))
    root.numbered = True


def in_order(nodes: list[Node]) -> list[Node]:
    """The nodes once each, in document order; trees in the order in which they first appear."""
    if len(nodes) < 2:
        return nodes
    trees: dict[Node, int] = {}
    keys: dict[Node, tuple[int, int]] = {}
    for node in nodes:
        if node in keys:
            continue
        root = node.root()
        if not root.numbered:
            number_all(root)
        keys[node] = (trees.setdefault(root, len(trees)), node.order)
    return sorted(keys, key=keys.__getitem__)


def copied(top: Node) -> Node:
    """A node with all it holds, as the top of a tree of its own; no recursion."""
    result = _alone(top)
    waiting = [(top, result)]
    while waiting:
        old, new = waiting.pop()
        for child in old.children:
            twin = _alone(child)
            twin.parent = new
            new.children.append(twin)
            waiting.append((child, twin))
    return result


def _alone(node: Node) -> Node:
    twin = Node(node.kind, node.local, node.uri, node.prefix, node.value)
    for one in node.attributes:
        same = Node(one.kind, one.local, one.uri, one.prefix, one.value)
        same.parent = twin
        twin.attributes.append(same)
    return twin
