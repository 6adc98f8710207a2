"""The figures a box can hold; each is one dataclass with its rules."""

from __future__ import annotations

from gemba.domain.figures.countermeasures import Countermeasures
from gemba.domain.figures.fishbone import Fishbone
from gemba.domain.figures.five_whys import FiveWhys
from gemba.domain.figures.impact import Impact
from gemba.domain.figures.is_is_not import IsIsNot
from gemba.domain.figures.pair import Pair
from gemba.domain.figures.pareto import Pareto
from gemba.domain.figures.photo import PhotoFigure
from gemba.domain.figures.plan import Plan
from gemba.domain.figures.problem import Problem
from gemba.domain.figures.process import Process
from gemba.domain.figures.run_chart import RunChart
from gemba.domain.figures.sketch import Sketch
from gemba.domain.figures.skills import SkillsGrid
from gemba.domain.figures.table import TableFigure
from gemba.domain.figures.target import Target

type_names = {
    "countermeasures": Countermeasures,
    "fishbone": Fishbone,
    "five_whys": FiveWhys,
    "impact": Impact,
    "is_is_not": IsIsNot,
    "pair": Pair,
    "pareto": Pareto,
    "photo": PhotoFigure,
    "plan": Plan,
    "problem": Problem,
    "process": Process,
    "run_chart": RunChart,
    "sketch": Sketch,
    "skills": SkillsGrid,
    "table": TableFigure,
    "target": Target,
}
Figure = (
    Countermeasures
    | Fishbone
    | FiveWhys
    | Impact
    | IsIsNot
    | Pair
    | Pareto
    | PhotoFigure
    | Plan
    | Problem
    | Process
    | RunChart
    | Sketch
    | SkillsGrid
    | TableFigure
    | Target
)

__all__ = [
    "Countermeasures",
    "Figure",
    "Fishbone",
    "FiveWhys",
    "Impact",
    "IsIsNot",
    "Pair",
    "Pareto",
    "PhotoFigure",
    "Plan",
    "Problem",
    "Process",
    "RunChart",
    "Sketch",
    "SkillsGrid",
    "TableFigure",
    "Target",
    "type_names",
]
