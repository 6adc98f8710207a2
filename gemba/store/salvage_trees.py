"""Which rows belong to which table of a torn file, and which of them still live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gemba.store.salvage_pages import INDEX_LEAF, INDEX_NODE, TABLE_LEAF, TABLE_NODE, Pages, RawRow

Tell = Callable[[int, int], None]
_DEEPEST: Final = 40


@dataclass(slots=True)
class Tree:
    """The rows a table's tree still reaches; ``whole`` when nothing of the tree is missing.

    ``end`` tells that its last leaf was read, so that no newer row can be missing.
    """

    rows: list[RawRow] = field(default_factory=list)
    whole: bool = True
    end: bool = False


class Forest:
    """All trees of a file. Raises whatever ``tell`` raises, which hears pages done and in all."""

    def __init__(self, pages: Pages, tell: Tell | None = None) -> None:
        self.pages = pages
        self._tell = tell or (lambda _done, _all: None)
        self._reached: set[int] = set()
        self._done = 0
        self.roots = self._read_roots()

    @property
    def known(self) -> bool:
        """Tell whether the file still says which tables it has."""
        return bool(self.roots)

    def _read_roots(self) -> dict[str, int]:
        tree = self._grown(1, (TABLE_LEAF, TABLE_NODE))
        roots: dict[str, int] = {}
        for row in tree.rows:
            if len(row.values) == 5 and not row.cut & {1, 3}:
                name, root = row.values[1], row.values[3]
                if isinstance(name, str) and isinstance(root, int) and root > 1:
                    roots[name] = root
        return roots

    def table(self, name: str) -> Tree:
        """Return what the tree of a table reaches; an empty broken one where none is known."""
        if name not in self.roots:
            return Tree(whole=False)
        return self._grown(self.roots[name], (TABLE_LEAF, TABLE_NODE))

    def index(self, name: str) -> Tree:
        """Return the entries of an index."""
        if name not in self.roots:
            return Tree(whole=False)
        return self._grown(self.roots[name], (INDEX_LEAF, INDEX_NODE))

    def pass_over(self, name: str) -> None:
        """Mark the pages of a table whose rows are not wanted, so that they are no orphans."""
        if name in self.roots:
            self._grown(self.roots[name], (TABLE_LEAF, TABLE_NODE), rows=False)

    def orphans(self) -> Iterator[RawRow]:
        """Return the rows of leaves that no tree reached and that are not free."""
        free = self.pages.free_pages()
        for number in range(2, self.pages.count + 1):
            if number in self._reached or number in free:
                continue
            self._count()
            node = self.pages.node(number)
            if node is not None and node.kind == TABLE_LEAF:
                yield from node.rows

    def _grown(self, root: int, kinds: tuple[int, int], *, rows: bool = True) -> Tree:
        """Walk a tree in the order of its keys; what does not fit is left out and told."""
        leaf, _ = kinds
        tree = Tree()
        stack: list[tuple[int, int, bool]] = [(root, 0, True)]
        while stack:
            number, depth, last = stack.pop()
            node = self.pages.node(number, rows=rows) if number not in self._reached else None
            if node is None or node.kind not in kinds or depth > _DEEPEST:
                tree.whole = False
                continue
            self._reached.add(number)
            self._count()
            tree.whole = tree.whole and node.whole
            tree.rows.extend(node.rows)
            if node.kind == leaf:
                tree.end = tree.end or (last and node.whole)
                continue
            below = [
                (child, depth + 1, last and place == len(node.children) - 1)
                for place, child in enumerate(node.children)
            ]
            stack.extend(reversed(below))
        return tree

    def _count(self) -> None:
        self._done += 1
        if self._done % 64 == 0:
            self._tell(min(self._done, self.pages.count), self.pages.count)
