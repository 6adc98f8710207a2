"""Writing an impact summary: rows of measures, and below them what must not get worse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from gemba.domain.figures import Impact
from gemba.domain.figures.impact import Effect
from gemba.domain.figures.impact_rules import (
    difference,
    impact_findings,
    in_columns,
    told_effects,
)
from gemba.domain.figures.table_rules import split_table
from gemba.ui.figures.cells_told import mark_cells, show_told
from gemba.ui.figures.editor import Around, FigureEditor, new_id
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.told_list import ToldList
from gemba.ui.widgets import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_FIELDS = ("measure", "before", "target", "after", "unit")
_NARROW = 68


class _Measures(Grid):
    """A grid that puts a pasted range with heads into its own order."""

    def split(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Rows of measures, without their heads."""
        return in_columns(split_table(text), _FIELDS)


class ImpactEditor(FigureEditor):
    """Two grids with the same columns; what is no number is named by its cell."""

    def __init__(
        self, theme: Theme, figure: Impact, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.main = self._new_grid(tr("Measures"))
        self.guards = self._new_grid(tr("Must not get worse"))
        self.trouble = ToldList(theme, self)
        self.changes = Label(theme, "", parent=self)
        hint = tr("“30 or less” or “≥ 40” as a target says which way is good. Paste rows here too.")
        self.body.addWidget(self.main)
        self.body.addWidget(Label(theme, tr("Must not get worse"), step="strong", parent=self))
        self.body.addWidget(self.guards)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.changes)
        self.body.addWidget(Label(theme, hint, step="small", tone="ink_soft", parent=self))
        self.body.addStretch(1)
        self.show_figure()

    def _new_grid(self, name: str) -> Grid:
        tr = self.tr
        heads = [tr("Measure"), tr("Before"), tr("Target"), tr("After"), tr("Unit")]
        grid = _Measures(self.theme, heads, name, self)
        for column in range(1, len(heads)):
            mode = QHeaderView.ResizeMode.Fixed
            grid.horizontalHeader().setSectionResizeMode(column, mode)
            grid.horizontalHeader().resizeSection(column, self.theme.px(_NARROW))
        grid.edited.connect(self._edited)
        return grid

    @property
    def _impact(self) -> Impact:
        assert isinstance(self._figure, Impact)
        return self._figure

    def _effects(self, guard: bool) -> list[Effect]:
        return [one for one in self._impact.effects if one.guard == guard]

    def begin(self) -> None:
        """Put the keyboard on the first empty row."""
        self.main.setFocus()
        self.main.go(len(self.main.rows()), 0)

    def show_figure(self) -> None:
        """Show every measure; the place of the keyboard is kept."""
        for grid, guard in ((self.main, False), (self.guards, True)):
            rows = [tuple(getattr(one, name) for name in _FIELDS) for one in self._effects(guard)]
            if grid.rows() != rows:
                grid.show_rows(rows)
        self._tell()

    def _edited(self) -> None:
        effects: list[Effect] = []
        for grid, guard in ((self.main, False), (self.guards, True)):
            old = self._effects(guard)
            for at, row in enumerate(grid.rows()):
                id = old[at].id if at < len(old) else new_id()
                values = dict(zip(_FIELDS, row, strict=True))
                effects.append(Effect(id=id, guard=guard, **values))
        self.put(replace(self._impact, effects=tuple(effects)))
        self._tell()

    def _tell(self) -> None:
        say = self.around.say
        findings = impact_findings(self._impact)
        said = {found.where: found.told(say) for found in findings}
        told: list[str] = []
        for grid, guard in ((self.main, False), (self.guards, True)):
            marked = {
                (row, column): said[f"{one.id}/{name}"]
                for row, one in enumerate(self._effects(guard))
                for column, name in enumerate(_FIELDS)
                if f"{one.id}/{name}" in said
            }
            told += mark_cells(grid, marked, self.around.say)
        told += [found.told(say) for found in findings if not found.where]
        show_told(self.trouble, told)
        changes = [
            f"{' '.join(one.measure.split()) or '?'}: {change}"
            for one in told_effects(self._impact)
            if (change := difference(one, say))
        ]
        self.changes.setText("\n".join(changes))
        self.changes.setVisible(bool(changes))
