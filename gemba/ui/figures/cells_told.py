"""Naming the cells of a grid that were not understood: row, column, what stands there, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from gemba.domain.figures.named_range import left_told
from gemba.domain.figures.telling import Say, plain_english
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.told_list import ToldList


def mark_cells(
    grid: Grid, marked: Mapping[tuple[int, int], str], say: Say = plain_english
) -> list[str]:
    """Mark cells of a grid, each with its sentence, and return what names them one by one.

    What of a pasted range found no column is named at the end.
    """
    grid.cells.set_doubtful(dict(marked))
    told = [f"{_place(grid, cell)}: {marked[cell]}" for cell in sorted(marked)]
    return [*told, *left_told(grid.left_out, say)]


def show_told(told_list: ToldList, told: Iterable[str]) -> None:
    """Show sentences below each other, or nothing where there are none."""
    told_list.tell(tuple(told))


def _place(grid: Grid, cell: tuple[int, int]) -> str:
    row, column = cell
    head = grid.cells.heads[column] if column < len(grid.cells.heads) else str(column + 1)
    words = QCoreApplication.translate("CellsTold", "Row {row}, {column}")
    return words.format(row=row + 1, column=head)
