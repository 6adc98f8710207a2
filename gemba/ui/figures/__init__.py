"""One editor for each figure: a panel that hands on a new figure as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtWidgets import QWidget

from gemba.domain.figures import (
    Countermeasures,
    Figure,
    Fishbone,
    FiveWhys,
    Impact,
    IsIsNot,
    Pair,
    Pareto,
    PhotoFigure,
    Plan,
    Problem,
    Process,
    RunChart,
    Sketch,
    SkillsGrid,
    TableFigure,
    Target,
)
from gemba.ui.figures.countermeasures import CountermeasuresEditor
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.fishbone import FishboneEditor
from gemba.ui.figures.five_whys import FiveWhysEditor
from gemba.ui.figures.impact import ImpactEditor
from gemba.ui.figures.is_is_not import IsIsNotEditor
from gemba.ui.figures.pair import PairEditor
from gemba.ui.figures.pareto import ParetoEditor
from gemba.ui.figures.photo import PhotoEditor
from gemba.ui.figures.plan import PlanEditor
from gemba.ui.figures.problem import ProblemEditor
from gemba.ui.figures.process import ProcessEditor
from gemba.ui.figures.run_chart import RunChartEditor
from gemba.ui.figures.sketch import SketchEditor
from gemba.ui.figures.skills import SkillsEditor
from gemba.ui.figures.table import TableEditor
from gemba.ui.figures.target import TargetEditor

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

__all__ = ["Around", "FigureEditor", "editor_for"]


def editor_for(
    figure: Figure, theme: Theme, around: Around | None = None, parent: QWidget | None = None
) -> FigureEditor:
    """Build the editor of a figure."""
    given = around or Around()
    match figure:
        case Countermeasures():
            return CountermeasuresEditor(theme, figure, given, parent)
        case Fishbone():
            return FishboneEditor(theme, figure, given, parent)
        case FiveWhys():
            return FiveWhysEditor(theme, figure, given, parent)
        case Impact():
            return ImpactEditor(theme, figure, given, parent)
        case IsIsNot():
            return IsIsNotEditor(theme, figure, given, parent)
        case Pair():
            return PairEditor(theme, figure, given, parent)
        case Pareto():
            return ParetoEditor(theme, figure, given, parent)
        case PhotoFigure():
            return PhotoEditor(theme, figure, given, parent)
        case Plan():
            return PlanEditor(theme, figure, given, parent)
        case Problem():
            return ProblemEditor(theme, figure, given, parent)
        case Process():
            return ProcessEditor(theme, figure, given, parent)
        case RunChart():
            return RunChartEditor(theme, figure, given, parent)
        case Sketch():
            return SketchEditor(theme, figure, given, parent)
        case SkillsGrid():
            return SkillsEditor(theme, figure, given, parent)
        case TableFigure():
            return TableEditor(theme, figure, given, parent)
        case Target():
            return TargetEditor(theme, figure, given, parent)
        case _:
            assert_never(figure)
