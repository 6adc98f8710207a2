"""Tables on a slide: each text in the cell it was drawn into, and what no cell can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from gemba.reports.marks import BlockMark, Mark, PathMark, TableMark, TextMark
from gemba.reports.slide_text import Line, Span, line_of, paragraph_xml
from gemba.reports.slide_xml import SPACES, Numbers, emu, line_look, place_xml
from gemba.reports.style import TextStyle

_SPARE: Final = 3.0
_TABLE: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"


def table_xml(mark: TableMark, numbers: Numbers, name: str, told: str, right: float) -> str:
    """Return a table; each text stands in the cell it was drawn into, lines are its borders.

    ``right`` is where its box ends, in mm.
    """
    # The last column has no gap after it in which words of a wider face could stand: it takes what
    # the box has left, and no more, or its lines would stick out.
    end = max(mark.columns[-1], min(mark.columns[-1] + _SPARE, right))
    edges, rows = (*mark.columns[:-1], end), mark.rows
    cells = _cells(mark)
    rules = _rules(mark)
    grid = "".join(f'<a:gridCol w="{emu(right - left)}"/>' for left, right in pairwise(edges))
    body = ""
    for number in range(len(rows) - 1):
        inside = "".join(
            _cell(cells.get((number, at), []), rules.get(number), edges[at], edges[at + 1])
            for at in range(len(edges) - 1)
        )
        body += f'<a:tr h="{emu(rows[number + 1] - rows[number])}">{inside}</a:tr>'
    place = place_xml(edges[0], rows[0], edges[-1] - edges[0], rows[-1] - rows[0], "p")
    return (
        f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr>{numbers.named(name, told)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f'</p:nvGraphicFramePr>{place}<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl>'
        f'<a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _cells(mark: TableMark) -> dict[tuple[int, int], list[TextMark | BlockMark]]:
    found: dict[tuple[int, int], list[TextMark | BlockMark]] = {}
    for one in mark.marks:
        if isinstance(one, TextMark):
            side = one.x + one.width - 0.5 if one.align == "right" else one.x + 0.5
            where = (one.baseline - 0.5, side)
        elif isinstance(one, BlockMark):
            where = (one.top + 0.5, one.x + min(1.0, one.width / 2))
        else:
            continue
        place = (_between(mark.rows, where[0]), _between(mark.columns, where[1]))
        found.setdefault(place, []).append(one)
    return found


def _between(edges: Sequence[float], at: float) -> int:
    return max(0, sum(edge <= at + 0.01 for edge in edges[1:-1]))


def _rules(mark: TableMark) -> dict[int, PathMark]:
    """Return the line under each row, by the number of the row."""
    found: dict[int, PathMark] = {}
    for one in mark.marks:
        if not is_rule(mark, one) or not isinstance(one, PathMark):
            continue
        y = one.points[0][1]
        for number, edge in enumerate(mark.rows[1:]):
            if abs(edge - y) < 0.3:
                found[number] = one
    return found


def is_rule(table: TableMark, mark: Mark) -> bool:
    """Tell whether a mark is a level line along the edge of a row."""
    if not isinstance(mark, PathMark) or len(mark.points) != 2:
        return False
    (_, y1), (_, y2) = mark.points
    return abs(y1 - y2) < 0.01 and any(abs(edge - y1) < 0.3 for edge in table.rows)


def beyond(table: TableMark) -> list[Mark]:
    """Return what a table cannot hold: shapes, and lines where they reach beyond its columns."""
    found: list[Mark] = []
    for one in table.marks:
        if is_rule(table, one) and isinstance(one, PathMark):
            right = max(x for x, _ in one.points)
            if right > table.columns[-1] + 0.5:
                y = one.points[0][1]
                found.append(replace(one, points=((table.columns[-1], y), (right, y))))
        elif not isinstance(one, TextMark | BlockMark):
            found.append(one)
    return found


def _cell(
    inside: Sequence[TextMark | BlockMark], rule: PathMark | None, left: float, right: float
) -> str:
    lines = [line_of(*one) for one in _paragraphs(sorted(inside, key=_height))]
    small = Line((Span("", TextStyle("regular", 4, 5)),), 5.0)
    words = "".join(paragraph_xml(line) for line in lines) or paragraph_xml(small)
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
    none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
    under = "<a:lnB><a:noFill/></a:lnB>"
    if rule is not None:
        under = line_look(rule.stroke, rule.pt).replace("a:ln", "a:lnB")
    before, after = _insets(inside, left, right)
    room = f'marL="{emu(before)}" marR="{emu(after)}" marT="0" marB="0" anchor="ctr"'
    return f"<a:tc>{body}<a:tcPr {room}>{none}{under}<a:noFill/></a:tcPr></a:tc>"


def _insets(
    inside: Sequence[TextMark | BlockMark], left: float, right: float
) -> tuple[float, float]:
    """Return the white left and right of a cell's words that puts them where paper has them."""
    if not inside:
        return 0.0, 0.0
    first = inside[0]
    align = first.align if isinstance(first, TextMark) else "left"
    if align == "left":
        return max(0.0, first.x - left), 0.0
    if align == "right":
        return 0.0, max(0.0, right - first.x - first.width)
    off = (left + right) / 2 - first.x - first.width / 2
    return max(0.0, -2 * off), max(0.0, 2 * off)


def _paragraphs(
    inside: Sequence[TextMark | BlockMark],
) -> Iterator[tuple[str, TextStyle, str, float]]:
    """Return the paragraphs of a cell; lines that were broken to fit are one again."""
    words, style, align = "", None, "left"
    for one in inside:
        side = one.align if isinstance(one, TextMark) else "left"
        if style is not None and (one.style, side) == (style, align):
            words += ("" if _runs_on(words, one.text) else " ") + one.text
            continue
        if style is not None:
            yield words, style, align, style.leading
        words, style, align = one.text, one.style, side
    if style is not None:
        yield words, style, align, style.leading


def _runs_on(before: str, after: str) -> bool:
    """Tell whether two lines were one without a blank between them."""
    return before[-1:] in "-\u2010\u2013\u2014/ " or min(before[-1:], after[:1]) >= "\u2e80"


def _height(mark: TextMark | BlockMark) -> float:
    return mark.baseline if isinstance(mark, TextMark) else mark.top + 1.0
