"""A Pareto from a small table: what, how often, at what cost, before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QWidget

from gemba.domain.figures import Pareto
from gemba.domain.figures.pareto import AMOUNTS
from gemba.domain.figures.pareto_read import cells_of, read_bars, says_nothing, split_named
from gemba.domain.figures.pareto_rules import pareto_findings, rank, with_tally, without_counted
from gemba.domain.figures.pareto_words import other_told
from gemba.domain.figures.words import few_told
from gemba.ui.figures.cells_told import mark_cells, show_told
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.told_list import ToldList
from gemba.ui.widgets import Button, CheckBox, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_NARROW = 72
_WAYS = ("category", "area", "stop")


class _Rows(Grid):
    """A grid that asks for more columns before it takes a wider range than it shows."""

    def __init__(
        self,
        theme: Theme,
        heads: list[str],
        name: str,
        widen: Callable[[int], _Rows],
        parent: QWidget,
    ) -> None:
        super().__init__(theme, heads, name, parent)
        self._widen = widen

    def split(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Names and numbers, however they were parted."""
        return split_named(text)

    def paste(self) -> bool:
        """Write the clipboard's rows, over as many columns as they have."""
        block = self.split(QGuiApplication.clipboard().text())
        wanted = max((len(row) for row in block), default=0)
        grid = self._widen(wanted) if wanted else self
        return grid.take() if grid is not self else self.take()

    def take(self) -> bool:
        """Write the clipboard's rows into the columns there are."""
        return super().paste()


class ParetoEditor(FigureEditor):
    """Rows as they were counted; the drawing sorts them. What is no number is named by cell."""

    def __init__(
        self, theme: Theme, figure: Pareto, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self._own_units = {"count": bool(figure.unit), "cost": bool(figure.cost_unit)}
        self._table = QHBoxLayout()
        self.body.addLayout(self._table)
        self.grid = self._new_grid(figure.compares)
        self.trouble = ToldList(theme, self)
        self.paster = Button(theme, tr("Paste rows"), icon="clipboard-paste", parent=self)
        self.paster.clicked.connect(self._paste)
        self.hint = Label(
            theme,
            tr("Copy names and numbers in a spreadsheet, and paste them here."),
            step="small",
            tone="ink_soft",
            parent=self,
        )
        self.few = Label(theme, "", parent=self)
        self.walks = Button(theme, tr("Count from walks"), icon="footprints", parent=self)
        self.walks.set_menu(self._ways())
        self.walks.setVisible(around.seen is not None)
        row = QHBoxLayout()
        row.addWidget(self.paster)
        row.addWidget(self.walks)
        row.addStretch(1)
        self.body.addWidget(self.trouble)
        self.body.addLayout(row)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.few)
        self._build_view()
        self.body.addStretch(1)
        self.show_figure()

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        words = {
            "category": self.tr("By category"),
            "area": self.tr("By {area}").format(area=self.around.area_word()),
            "stop": self.tr("By stop"),
        }
        for way, label in words.items():
            menu.addAction(label).triggered.connect(lambda _on=False, way=way: self._count(way))
        return menu

    def _count(self, way: str) -> None:
        """Count what the walks saw; a line where nobody said which is counted as that."""
        seen = self.around.seen
        labels = seen(way) if seen is not None else ()
        if not labels:
            show_told(self.trouble, [self.tr("No walk has noted anything that is in the way yet.")])
            return
        unsaid = self.tr("not said")
        # What was counted another way before would be counted twice beside these.
        ways = {one for other in _WAYS if other != way for one in (seen(other) if seen else ())}
        figure = without_counted(self._pareto, [*ways, unsaid])
        self.put(with_tally(figure, [label.strip() or unsaid for label in labels]))
        self.show_figure()

    def _build_view(self) -> None:
        theme, tr = self.theme, self.tr
        options = [("count", tr("By count")), ("cost", tr("By cost"))]
        self.by = Segmented(theme, options, name=tr("What the bars show"), parent=self)
        self.by.chosen.connect(lambda key: self._take(by=key))
        self.compares = CheckBox(theme, tr("Compare with after"), parent=self)
        self.compares.toggled.connect(lambda on: self._take(compares=on))
        self.unit = Field(
            theme, tr("Unit of the count"), question=tr("patients, parts"), parent=self
        )
        self.unit.edited.connect(lambda: self._unit("count"))
        self.cost_unit = Field(theme, tr("Unit of the cost"), question=tr("h, €"), parent=self)
        self.cost_unit.edited.connect(lambda: self._unit("cost"))
        units = QHBoxLayout()
        units.setSpacing(theme.px(12))
        units.addWidget(self.unit)
        units.addWidget(self.cost_unit)
        self.body.addWidget(self.by)
        self.body.addWidget(self.compares)
        self.body.addLayout(units)

    def _new_grid(self, compares: bool) -> _Rows:
        tr = self.tr
        heads: list[str] = [tr("What"), tr("Count"), tr("Cost")]
        if compares:
            heads += [tr("Count after"), tr("Cost after")]
        grid = _Rows(self.theme, heads, tr("What was counted"), self._widened, self)
        head = grid.horizontalHeader()
        for column in range(1, len(heads)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, self.theme.px(_NARROW))
        grid.edited.connect(self._edited)
        self._table.addWidget(grid)
        if self.isVisible():
            # What is not shown yet cannot take the keyboard.
            grid.show()
        return grid

    @property
    def _pareto(self) -> Pareto:
        assert isinstance(self._figure, Pareto)
        return self._figure

    def begin(self) -> None:
        """Put the keyboard on the first empty row."""
        self.grid.setFocus()
        self.grid.go(len(self.grid.rows()), 0)

    def show_figure(self) -> None:
        """Show every row; what is being typed stays where it says the same."""
        figure = self._pareto
        columns = 1 + (len(AMOUNTS) if figure.compares else 2)
        if self.grid.cells.columnCount() != columns:
            old = self.grid
            self.grid = self._new_grid(figure.compares)
            QWidget.setTabOrder(self.caption.line, self.grid)
            self._table.removeWidget(old)
            old.hide()
            old.deleteLater()
        rows = [cells_of(bar, columns) for bar in figure.bars]
        if [row for row in self.grid.rows() if not says_nothing(row)] != rows and (
            read_bars(self.grid.rows()).bars != read_bars(rows).bars
        ):
            self.grid.show_rows(rows)
        self.by.set_value("cost" if figure.by == "cost" else "count")
        self.compares.blockSignals(True)
        self.compares.setChecked(figure.compares)
        self.compares.blockSignals(False)
        for field, unit in ((self.unit, figure.unit), (self.cost_unit, figure.cost_unit)):
            if field.text().strip() != unit:
                field.set_text(unit)
        self._tell()

    def _widened(self, columns: int) -> _Rows:
        """Show before and after where so many columns are pasted."""
        if columns > self.grid.cells.columnCount() and not self._pareto.compares:
            row = self.grid.currentIndex().row()
            self._take(compares=True)
            self.grid.go(max(0, row), 0)
            self.grid.setFocus()
        return self.grid

    def _edited(self) -> None:
        rows = self.grid.rows()
        read = read_bars(rows)
        bars = read.bars
        if not self._pareto.compares:
            # Columns that are not shown keep what they hold, row by row.
            kept = dict(enumerate(self._pareto.bars))
            bars = tuple(
                replace(bar, count_after=kept[at].count_after, cost_after=kept[at].cost_after)
                if at in kept and kept[at].label == bar.label
                else bar
                for at, bar in enumerate(bars)
            )
        figure = replace(self._pareto, bars=bars)
        if read.units["count"] and not self._own_units["count"]:
            figure = replace(figure, unit=read.units["count"])
        if read.units["cost"] and not self._own_units["cost"]:
            figure = replace(figure, cost_unit=read.units["cost"])
        self.put(figure)
        for field, unit in ((self.unit, figure.unit), (self.cost_unit, figure.cost_unit)):
            if field.text().strip() != unit:
                field.set_text(unit)
        self._tell()

    def _take(self, **fields: object) -> None:
        self.put(replace(self._pareto, **fields))  # type: ignore[arg-type]
        self.show_figure()

    def _unit(self, which: str) -> None:
        self._own_units[which] = True
        name, field = ("unit", self.unit) if which == "count" else ("cost_unit", self.cost_unit)
        self.put(replace(self._pareto, **{name: field.text().strip()}))  # type: ignore[arg-type]

    def _tell(self) -> None:
        """Name what was not understood beside its cells, and say what the bars show."""
        say, figure = self.around.say, self._pareto
        findings = pareto_findings(figure)
        filled = [at for at, row in enumerate(self.grid.rows()) if not says_nothing(row)]
        marked: dict[tuple[int, int], str] = {}
        told: list[str] = []
        for found in findings:
            row, _, field = found.where.partition(":")
            column = AMOUNTS.index(field) + 1 if field in AMOUNTS else 0
            if found.key != "paste.heading" and int(row) < len(filled):
                marked[(filled[int(row)], column)] = found.told(say)
            else:
                told.append(found.told(say))
        show_told(self.trouble, [*told, *mark_cells(self.grid, marked, self.around.say)])
        ranking = rank(figure)
        few = [*few_told(ranking, say), *other_told(ranking, say)]
        self.few.setText(" ".join(few))
        self.few.setVisible(bool(few))
        self.hint.setVisible(not figure.bars)

    def _paste(self) -> None:
        if not self.grid.currentIndex().isValid():
            self.grid.go(len(self.grid.rows()), 0)
        if not self.grid.paste():
            show_told(self.trouble, [self.tr("There is no table on the clipboard.")])
