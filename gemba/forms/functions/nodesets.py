"""Functions on nodes (XPath 1.0, section 4.1, and ODK XForms)."""

from __future__ import annotations

from gemba.forms.functions.entry import Entry, of_values
from gemba.forms.nodes import XML, Kind, Node
from gemba.forms.scope import Scope
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_nodes, to_number, to_text

_LARGEST_SEED = 2_147_483_647  # Park and Miller's generator, as the ODK XForms standard names it


def _first(scope: Scope, value: Value | None) -> Node | None:
    if value is None:
        return scope.node
    nodes = to_nodes(value)
    return nodes[0] if nodes else None


def _local_name(scope: Scope, value: Value | None = None) -> Value:
    node = _first(scope, value)
    return "" if node is None else node.local


def _name(scope: Scope, value: Value | None = None) -> Value:
    node = _first(scope, value)
    return "" if node is None else node.name


def _namespace(scope: Scope, value: Value | None = None) -> Value:
    node = _first(scope, value)
    return "" if node is None else node.uri


def _position(scope: Scope, value: Value | None = None) -> Value:
    """The place among the nodes at hand; of a given node, among its peers of the same name."""
    if value is None:
        return float(scope.position)
    node = _first(scope, value)
    if node is None:
        raise FormulaError("formula.nodes", got="")
    if node.parent is None:
        return 1.0
    place = 0
    for peer in node.parent.elements():
        if peer.local == node.local and peer.uri == node.uri:
            place += 1
        if peer is node:
            break
    return float(place)


def _id(scope: Scope, value: Value) -> Value:
    texts = [node.text() for node in value] if isinstance(value, list) else [to_text(value)]
    wanted = {word for text in texts for word in text.split()}
    root = scope.node.root()
    return [
        node
        for node in root.within()
        if node.kind is Kind.ELEMENT and node.attribute("id") in wanted
    ]


def _lang(scope: Scope, value: Value) -> Value:
    wanted = to_text(value).lower()
    node: Node | None = scope.node
    while node is not None:
        spoken = node.attribute("lang", XML)
        if spoken is not None:
            spoken = spoken.lower()
            return spoken == wanted or spoken.startswith(f"{wanted}-")
        node = node.parent
    return False


def _count(_scope: Scope, value: Value) -> Value:
    return float(len(to_nodes(value)))


def _count_filled(_scope: Scope, value: Value) -> Value:
    return float(sum(1 for node in to_nodes(value) if node.text()))


def _indexed_repeat(scope: Scope, target: Value, *places: Value) -> Value:
    """The nodes of the first value that lie in the n-th of each repeat named after it."""
    nodes = to_nodes(target)
    inside: Node | None = None
    pairs = [
        (to_nodes(repeat), place) for repeat, place in zip(places[::2], places[1::2], strict=False)
    ]
    for repeat, place in sorted(pairs, key=lambda pair: _depth(pair[0])):  # outer ones first
        rounds = [node for node in repeat if inside is None or _lies_in(node, inside)]
        number = to_number(place, scope.around.zone)
        if not 1 <= number <= len(rounds):
            return []
        inside = rounds[int(number) - 1]
        nodes = [node for node in nodes if _lies_in(node, inside)]
    return nodes


def _depth(nodes: list[Node]) -> int:
    depth, at = 0, nodes[0] if nodes else None
    while at is not None:
        depth, at = depth + 1, at.parent
    return depth


def _lies_in(node: Node, outer: Node) -> bool:
    at: Node | None = node
    while at is not None and at is not outer:
        at = at.parent
    return at is not None


def _instance(scope: Scope, name: Value) -> Value:
    found = scope.around.host.instance(to_text(name))
    return [] if found is None else [found]


def _translation(scope: Scope, name: Value) -> Value:
    return scope.around.host.translation(to_text(name), scope.around.language)


def _choice_name(scope: Scope, value: Value, question: Value) -> Value:
    found = scope.around.host.choice_name(to_text(value), to_text(question))
    return "" if found is None else found


def _nothing_pulled(_scope: Scope, *_values: Value) -> Value:
    """Lists in other files are not brought along: whatever is looked up there stays empty."""
    return ""


def _randomize(scope: Scope, value: Value, seed: Value | None = None) -> Value:
    """The nodes in another order; the same order for the same seed."""
    nodes = list(to_nodes(value))
    if seed is None:
        scope.around.chance.shuffle(nodes)
        return nodes
    number = to_number(seed, scope.around.zone)
    state = int(number) % _LARGEST_SEED if abs(number) < 2**63 else 0
    if state <= 0:
        state += _LARGEST_SEED - 1
    for place in range(len(nodes) - 1, 0, -1):
        state = state * 16_807 % _LARGEST_SEED
        other = int((state - 1) / (_LARGEST_SEED - 1) * (place + 1))
        nodes[place], nodes[other] = nodes[other], nodes[place]
    return nodes


TABLE: dict[str, Entry] = {
    "last": of_values(0, 0, lambda scope: float(scope.size)),
    "position": of_values(0, 1, _position),
    "count": of_values(1, 1, _count),
    "count-non-empty": of_values(1, 1, _count_filled),
    "id": of_values(1, 1, _id),
    "local-name": of_values(0, 1, _local_name),
    "name": of_values(0, 1, _name),
    "namespace-uri": of_values(0, 1, _namespace),
    "lang": of_values(1, 1, _lang),
    "current": of_values(0, 0, lambda scope: [scope.current]),
    "instance": of_values(1, 1, _instance),
    "indexed-repeat": of_values(3, None, _indexed_repeat),
    "randomize": of_values(1, 2, _randomize),
    "jr:itext": of_values(1, 1, _translation),
    "jr:choice-name": of_values(2, 2, _choice_name),
    "pulldata": of_values(2, None, _nothing_pulled),
}
