"""What a page says to those who do not see it: headings, paragraphs, lists and figures in words.

ReportLab draws, but tags nothing. Here the logical structure of a document (ISO 32000-1, 14.7 and
14.8) is kept beside the drawing and written into the same file: each mark on a page belongs to an
element, or is an artifact such as a rule or a page number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from reportlab.pdfbase import pdfdoc

Kind = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Figure", "Caption"
]
Box = tuple[float, float, float, float]

_ROOT: Final = "StructureRoot"


class Element:
    """A part of a document in the order it is read, with its children and its marks on pages."""

    __slots__ = ("alt", "box", "children", "kind", "marks")

    def __init__(self, kind: Kind, alt: str = "") -> None:
        self.kind: Kind = kind
        self.alt = alt
        self.children: list[Element] = []
        # Pairs of a page from 0 and the number of a marked sequence on it.
        self.marks: list[tuple[int, int]] = []
        self.box: Box | None = None

    def add(self, kind: Kind, alt: str = "") -> Element:
        """Return a new part that is read after those there are."""
        made = Element(kind, alt)
        self.children.append(made)
        return made

    def holds(self) -> bool:
        """Tell whether anything of it stands on a page."""
        return bool(self.marks) or any(child.holds() for child in self.children)


class Structure:
    """The elements of one document, and the numbers of their marks on each page."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._pages: dict[int, list[Element]] = {}

    def mark(self, element: Element, page: int) -> int:
        """Return the number under which an element's next marks stand on a page."""
        held = self._pages.setdefault(page, [])
        held.append(element)
        element.marks.append((page, len(held) - 1))
        return len(held) - 1

    def write(self, document: Any, names: Sequence[str]) -> None:
        """Add the structure to a document whose pages are known by these names."""
        order = [one for one in _walk(self.root) if one.holds()]
        names_of = {id(one): f"Structure{number}" for number, one in enumerate(order)}
        for parent in order:
            for one in parent.children:
                if id(one) in names_of:
                    above = names_of[id(parent)]
                    document.Reference(_Node(one, above, names, names_of), names_of[id(one)])
        top = _Node(self.root, _ROOT, names, names_of)
        document.Reference(top, names_of.setdefault(id(self.root), "Structure0"))
        document.Reference(_Root(names_of[id(self.root)], self._parents(names_of)), _ROOT)
        document.Catalog.StructTreeRoot = pdfdoc.PDFObjectReference(_ROOT)
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        for number, name in enumerate(names):
            page = document.idToObject[name]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]

    def _parents(self, names_of: dict[int, str]) -> dict[int, list[str]]:
        return {page: [names_of[id(one)] for one in held] for page, held in self._pages.items()}


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _walk(child)


class _Node(pdfdoc.PDFObject):  # type: ignore[misc]
    """An element as an object of the file."""

    def __init__(
        self, element: Element, above: str, pages: Sequence[str], names_of: dict[int, str]
    ) -> None:
        self._element = element
        self._above = above
        self._pages = pages
        self._names_of = names_of

    def format(self, document: Any) -> bytes:
        """Spell the element out; the objects it refers to have their numbers by now."""
        element = self._element
        kids = [
            f"<</Type/MCR/Pg {_reference(document, self._pages[page])}/MCID {number}>>"
            for page, number in element.marks
        ]
        kids += [
            _reference(document, self._names_of[id(child)])
            for child in element.children
            if id(child) in self._names_of
        ]
        above = _reference(document, self._above)
        code = f"<</Type/StructElem/S/{element.kind}/P {above}/K[{' '.join(kids)}]"
        if element.box is not None:
            sides = " ".join(f"{one:.2f}" for one in element.box)
            code += f"/A<</O/Layout/Placement/Block/BBox[{sides}]>>"
        return (
            code.encode("ascii")
            + (b"/Alt" + _hexadecimal(element.alt) if element.alt else b"")
            + b">>"
        )


class _Root(pdfdoc.PDFObject):  # type: ignore[misc]
    """Where a reader begins, and the way back from each marked sequence to its element."""

    def __init__(self, top: str, parents: dict[int, list[str]]) -> None:
        self._top = top
        self._parents = parents

    def format(self, document: Any) -> bytes:
        """Spell the root out."""
        numbers = " ".join(
            f"{page}[{' '.join(_reference(document, name) for name in held)}]"
            for page, held in sorted(self._parents.items())
        )
        top = _reference(document, self._top)
        following = max(self._parents, default=-1) + 1
        code = (
            f"<</Type/StructTreeRoot/K {top}/ParentTree<</Nums[{numbers}]>>"
            f"/ParentTreeNextKey {following}>>"
        )
        return code.encode("ascii")


def _hexadecimal(text: str) -> bytes:
    """Spell a text as a string of a PDF that holds any letter, in hexadecimal."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be", "replace").hex().encode("ascii") + b">"


def _reference(document: Any, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"
