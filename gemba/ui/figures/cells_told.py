"""Naming the cells of a grid that were not understood: row, column, what stands there, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from gemba.ui.figures.grid import Grid
from gemba.ui.widgets import Label

WHOLE: Final = 6
"""So many cells get a sentence of their own; those after them stand in a list."""

LISTED: Final = 100
"""So many cells stand in that list; of more it says how many, each is marked in its place."""

_LONGEST: Final = 24


def mark_cells(grid: Grid, marked: Mapping[tuple[int, int], str]) -> list[str]:
    """Mark cells of a grid, each with its sentence, and return what names them one by one.

    What of a pasted range found no column is named at the end.
    """
    grid.cells.set_doubtful(dict(marked))
    cells = sorted(marked)
    told = [f"{_place(grid, cell)}: {marked[cell]}" for cell in cells[:WHOLE]]
    rest = cells[WHOLE:]
    if rest:
        named = "; ".join(f"{_place(grid, cell)} {_quoted(grid, cell)}" for cell in rest[:LISTED])
        words = QCoreApplication.translate("CellsTold", "Look also at {cells}.")
        told.append(words.format(cells=named))
    if len(rest) > LISTED:
        words = QCoreApplication.translate(
            "CellsTold", "{count} more cells are marked in the table."
        )
        told.append(words.format(count=len(rest) - LISTED))
    if grid.left_out:
        named = ", ".join(f"“{_cut(words)}”" for words in grid.left_out[:WHOLE])
        more = len(grid.left_out) - WHOLE
        if more > 0:
            words = QCoreApplication.translate(
                "CellsTold", "No column for {cells} and {count} more."
            )
        else:
            words = QCoreApplication.translate("CellsTold", "No column for {cells}.")
        told.append(words.format(cells=named, count=more))
    return told


def show_told(label: Label, told: Iterable[str]) -> None:
    """Show sentences below each other, or nothing where there are none."""
    words = "\n".join(told)
    label.setText(words)
    label.setVisible(bool(words))


def _place(grid: Grid, cell: tuple[int, int]) -> str:
    row, column = cell
    head = grid.cells.heads[column] if column < len(grid.cells.heads) else str(column + 1)
    words = QCoreApplication.translate("CellsTold", "Row {row}, {column}")
    return words.format(row=row + 1, column=head)


def _quoted(grid: Grid, cell: tuple[int, int]) -> str:
    words = grid.cells.text(*cell).strip()
    return f"“{_cut(words)}”" if words else QCoreApplication.translate("CellsTold", "(empty)")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
