"""Writing a skills grid: the skills with what is wanted, then the levels of each person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QWidget

from gemba.domain.figures import SkillsGrid
from gemba.domain.figures.skills import LEVELS
from gemba.domain.figures.skills_rules import (
    columns_of,
    coverage_told,
    from_cells,
    headed,
    skills_findings,
    with_named,
)
from gemba.ui.figures.cells_told import mark_cells, show_told
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.told_list import ToldList
from gemba.ui.figures.wide_grid import WideGrid
from gemba.ui.widgets import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_TARGET = 96


class _People(WideGrid):
    """A wide grid whose pasted first row may name the skills."""

    def __init__(self, editor: SkillsEditor, name: str) -> None:
        self._editor = editor
        super().__init__(editor.theme, 2, editor.head_of, name, editor)

    def paste(self) -> bool:
        """Take the names of skills from a range that has them on top, then write the rest."""
        block = self.split(QGuiApplication.clipboard().text())
        if not headed(block):
            return super().paste()
        self._editor.take_named(block)
        return True


class SkillsEditor(FigureEditor):
    """Two grids: what can be done and what is wanted, then who does it how well."""

    def __init__(
        self, theme: Theme, figure: SkillsGrid, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.skills = Grid(theme, [tr("Skill"), tr("Target")], tr("Skills"), self)
        head = self.skills.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(1, theme.px(_TARGET))
        self.people = _People(self, tr("People"))
        self.skills.edited.connect(self._edited)
        self.people.edited.connect(self._edited)
        self.trouble = ToldList(theme, self)
        self.cover = Label(theme, "", parent=self)
        words = ", ".join(
            f"{level} {around.say(f'skills.level_{name}')}" for level, name in enumerate(LEVELS)
        )
        levels = Label(theme, words, step="small", tone="ink_soft", parent=self)
        for part in (self.skills, self.people, levels, self.trouble, self.cover):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.show_figure()

    @property
    def _grid(self) -> SkillsGrid:
        assert isinstance(self._figure, SkillsGrid)
        return self._figure

    def head_of(self, column: int) -> str:
        """Return what stands over a column of the people."""
        if not column:
            return self.tr("Person")
        skills = columns_of(self._grid)
        name = " ".join(skills[column - 1].name.split()) if column <= len(skills) else ""
        return name or self.tr("Skill {number}").format(number=column)

    def begin(self) -> None:
        """Put the keyboard on the first empty skill, or the first empty person."""
        grid = self.people if self._grid.skills else self.skills
        grid.setFocus()
        grid.go(len(grid.rows()), 0)

    def show_figure(self) -> None:
        """Show every skill and person; the place of the keyboard is kept."""
        figure = self._grid
        skills = [(one.name, one.target) for one in figure.skills]
        if self.skills.rows() != skills:
            self.skills.show_rows(skills)
        self.people.widen(len(columns_of(figure)) + 1)
        people = [(one.name, *one.levels) for one in figure.people]
        if from_cells(skills, self.people.rows())[1] != figure.people:
            self.people.show_rows(people)
        self._tell()

    def take_named(self, block: tuple[tuple[str, ...], ...]) -> None:
        """Take a range whose first row names the skills: each goes to the column of its name."""
        self.put(with_named(self._grid, block))
        self.show_figure()

    def _edited(self) -> None:
        skills, people = from_cells(self.skills.rows(), self.people.rows())
        self.put(replace(self._grid, skills=skills, people=people))
        self.people.widen(len(columns_of(self._grid)) + 1)
        self._tell()

    def _tell(self) -> None:
        say = self.around.say
        self.people.rename()
        findings = skills_findings(self._grid)
        skills, people = {}, {}
        for found in findings:
            row, _, column = found.where.partition(":")
            if row in ("target", "skill"):
                if int(column) < len(self._grid.skills):
                    skills[(int(column), int(row == "target"))] = found.told(say)
            else:
                people[(int(row), int(column) + 1)] = found.told(say)
        told = [
            *mark_cells(self.skills, skills, self.around.say),
            *mark_cells(self.people, people, self.around.say),
        ]
        show_told(self.trouble, told)
        cover = coverage_told(self._grid, say)
        self.cover.setText("\n".join(cover))
        self.cover.setVisible(bool(cover))
