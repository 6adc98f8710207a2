"""The figures a box can hold; each is one dataclass with its rules."""

from __future__ import annotations

from gemba.domain.figures.countermeasures import Countermeasures
from gemba.domain.figures.fishbone import Fishbone
from gemba.domain.figures.five_whys import FiveWhys
from gemba.domain.figures.pareto import Pareto
from gemba.domain.figures.photo import PhotoFigure
from gemba.domain.figures.plan import Plan
from gemba.domain.figures.process import Process
from gemba.domain.figures.run_chart import RunChart
from gemba.domain.figures.sketch import Sketch

type_names = {
    "countermeasures": Countermeasures,
    "fishbone": Fishbone,
    "five_whys": FiveWhys,
    "pareto": Pareto,
    "photo": PhotoFigure,
    "plan": Plan,
    "process": Process,
    "run_chart": RunChart,
    "sketch": Sketch,
}
Figure = (
    Countermeasures
    | Fishbone
    | FiveWhys
    | Pareto
    | PhotoFigure
    | Plan
    | Process
    | RunChart
    | Sketch
)

__all__ = [
    "Countermeasures",
    "Figure",
    "Fishbone",
    "FiveWhys",
    "Pareto",
    "PhotoFigure",
    "Plan",
    "Process",
    "RunChart",
    "Sketch",
    "type_names",
]
