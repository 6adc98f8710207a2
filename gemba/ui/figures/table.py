"""Writing a table: cells as in a spreadsheet, or a range pasted from one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from gemba.domain.figures import TableFigure
from gemba.domain.figures.table_chart import chart_findings, way_of
from gemba.domain.figures.table_rules import (
    Cells,
    column_letter,
    kept,
    table_findings,
    with_column,
    with_row,
    without_column,
    without_row,
)
from gemba.ui.figures.cells_told import mark_cells, show_told
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.told_list import ToldList
from gemba.ui.figures.wide_grid import WideGrid
from gemba.ui.widgets import Button, CheckBox, FlowLayout, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_COLUMNS = 3


class TableEditor(FigureEditor):
    """A grid of cells; cells that break a column of numbers are named."""

    def __init__(
        self, theme: Theme, figure: TableFigure, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.grid = WideGrid(theme, _COLUMNS, column_letter, tr("Cells"), self)
        self.grid.edited.connect(self._edited)
        self.trouble = ToldList(theme, self)
        self.paster = Button(theme, tr("Paste rows"), icon="clipboard-paste", parent=self)
        self.paster.clicked.connect(self._paste)
        self.wider = Button(theme, tr("Another column"), kind="quiet", icon="plus", parent=self)
        self.wider.clicked.connect(self._widen)
        self.header = CheckBox(theme, tr("The first row names the columns"), parent=self)
        self.header.toggled.connect(lambda on: self._take(header=on))
        self.shaper = Button(theme, tr("Rows and columns"), kind="quiet", parent=self)
        self.shapes = self._shapes()
        self.shaper.set_menu(self.shapes)
        row = FlowLayout(gap=theme.px(8))
        for button in (self.paster, self.wider, self.shaper):
            row.addWidget(button)
        hint = tr("Copy cells in a spreadsheet and paste them here. Columns of numbers line up.")
        self.body.addWidget(self.grid)
        self.body.addWidget(self.trouble)
        self.body.addLayout(row)
        self.body.addWidget(self.header)
        options = [
            ("cells", tr("Table")),
            ("shades", tr("Heat map")),
            ("steps", tr("Curve")),
            ("dots", tr("Dots")),
        ]
        self.drawn = Segmented(theme, options, name=tr("Drawn as"), parent=self)
        self.drawn.chosen.connect(lambda key: self._take(drawn=str(key)))
        self.body.addWidget(self.drawn)
        self.body.addWidget(Label(theme, hint, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _table(self) -> TableFigure:
        assert isinstance(self._figure, TableFigure)
        return self._figure

    def begin(self) -> None:
        """Put the keyboard on the first empty row."""
        self.grid.setFocus()
        self.grid.go(len(self.grid.rows()), 0)

    def show_figure(self) -> None:
        """Show every cell; the place of the keyboard is kept."""
        if kept(self.grid.rows()) != self._table.rows:
            self.grid.show_rows(self._table.rows)
        self.header.blockSignals(True)
        self.header.setChecked(self._table.header)
        self.header.blockSignals(False)
        self.drawn.set_value(way_of(self._table))
        self._tell()

    def _edited(self) -> None:
        self._take(rows=kept(self.grid.rows()))

    def _take(self, **fields: object) -> None:
        self.put(replace(self._table, **fields))  # type: ignore[arg-type]
        self._tell()

    def _tell(self) -> None:
        say = self.around.say
        marked = {}
        charted = chart_findings(self._table, self.around.today())
        # What is missing in the chart is said after, and so instead of, what is odd in a column.
        for found in (*table_findings(self._table), *charted):
            row, _, column = found.where.partition(":")
            marked[(int(row), int(column))] = found.told(say)
        show_told(self.trouble, mark_cells(self.grid, marked, self.around.say))

    def _shapes(self) -> QMenu:
        """Return what can be put in or taken out where the keyboard is."""
        menu = QMenu(self)
        tr = self.tr
        changes: tuple[tuple[str, Callable[[Cells, int], Cells], bool], ...] = (
            (tr("Row above"), with_row, True),
            (tr("Remove this row"), without_row, True),
            (tr("Column before"), with_column, False),
            (tr("Remove this column"), without_column, False),
        )
        for words, change, by_row in changes:
            menu.addAction(words).triggered.connect(
                lambda _on=False, change=change, by_row=by_row: self._shape(change, by_row=by_row)
            )
        return menu

    def _shape(self, change: Callable[[Cells, int], Cells], *, by_row: bool) -> None:
        at = self.grid.currentIndex()
        row, column = max(0, at.row()), max(0, at.column())
        rows = change(tuple(self.grid.rows()), row if by_row else column)
        self.grid.show_rows(rows)
        self._take(rows=kept(rows))
        self.grid.setFocus()
        self.grid.go(min(row, len(rows)), min(column, self.grid.cells.columnCount() - 1))

    def _widen(self) -> None:
        columns = self.grid.cells.columnCount()
        self.grid.widen(columns + 1)
        self.grid.setFocus()
        self.grid.go(0, columns)

    def _paste(self) -> None:
        if not self.grid.currentIndex().isValid():
            self.grid.go(len(self.grid.rows()), 0)
        if not self.grid.paste():
            show_told(self.trouble, [self.tr("There is no table on the clipboard.")])
