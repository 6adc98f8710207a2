"""Skills as rows: the quarters of a circle that are filled, who said so, and the next level."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.domain.development import SKILL_LEVELS, PersonSkill
from gemba.ui.autosave import Autosave
from gemba.ui.days import short_day
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Field, Label
from gemba.ui.widgets.base import RADIUS, box
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


def level_word(level: int) -> str:
    """Say a level: "not begun", "in training", "limited", "unsupervised", "can teach"."""
    words = {
        0: QCoreApplication.translate("Skills", "not begun"),
        1: QCoreApplication.translate("Skills", "in training"),
        2: QCoreApplication.translate("Skills", "limited"),
        3: QCoreApplication.translate("Skills", "unsupervised"),
        4: QCoreApplication.translate("Skills", "can teach"),
    }
    return words.get(level, str(level))


class Quarters(QWidget):
    """A circle with as many quarters filled as the level says."""

    def __init__(self, theme: Theme, level: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.level = level
        self.setAccessibleName(level_word(level))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of a row."""
        return QSize(self.theme.px(24), self.theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle, its cross and the quarters that are filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink)
        for quarter in range(self.level):
            painter.drawPie(area, (90 - 90 * (quarter + 1)) * 16, 90 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.ink, 1.2 * self.theme.scale))
        painter.drawEllipse(area)
        middle = area.center()
        painter.drawLine(int(middle.x()), int(area.top()), int(middle.x()), int(area.bottom()))
        painter.drawLine(int(area.left()), int(middle.y()), int(area.right()), int(middle.y()))
        painter.end()


_WHY: Final = "why."


class SkillRows(QWidget):
    """One row a skill; `levelled` hands on its key, the level somebody chose, and why."""

    levelled = Signal(object, int, object)
    typed = Signal()

    def __init__(
        self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._today = today
        self._skills: tuple[PersonSkill, ...] = ()
        self.choices: dict[UUID, Choice] = {}
        self.whys: dict[UUID, Field] = {}
        self._taken_up: dict[UUID, str] = {}
        self._column = QVBoxLayout(self)
        side = theme.px(16)
        self._column.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self._column.setSpacing(theme.px(8))
        self.setAccessibleName(self.tr("Skills"))

    def skills(self) -> tuple[PersonSkill, ...]:
        """The skills that are shown."""
        return self._skills

    def set_skills(self, skills: Sequence[PersonSkill]) -> None:
        """Show other skills; a reason that is being typed stays where it is."""
        typed = self._taken_up | {key: field.text() for key, field in self.whys.items()}
        clear(self._column)
        self._skills = tuple(skills)
        self.choices, self.whys = {}, {}
        for skill in skills:
            self._column.addWidget(self._row(skill, typed.get(skill.id, "")))
        self._taken_up = {}
        self.setVisible(bool(skills))

    def take_up(self, unfinished: Mapping[str, str]) -> None:
        """Put reasons that were typed and not given into the skills that are shown next."""
        self.set_skills(())
        ids = {key: key.removeprefix(_WHY) for key in unfinished if key.startswith(_WHY)}
        self._taken_up = {UUID(id): unfinished[key] for key, id in ids.items()}

    def unfinished(self) -> dict[str, str]:
        """Return the reasons that were typed and not given, by names that take_up knows."""
        return {f"{_WHY}{key}": field.text() for key, field in self.whys.items()}

    def _row(self, skill: PersonSkill, typed: str) -> QWidget:
        theme = self.theme
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(Quarters(theme, skill.level))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, skill.name, step="strong"))
        words.addWidget(Label(theme, self._last(skill), step="small", tone="ink_soft"))
        row.addLayout(words, 1)
        asked = self.tr("How do you know?")
        why = Field(theme, "", question=asked, name=f"{asked} {skill.name}")
        why.setFixedWidth(theme.px(200))
        why.set_text(typed)
        Autosave(why, lambda _visit: self.typed.emit())
        level = Choice(theme, self.tr("Level of {skill}").format(skill=skill.name))
        options = [(str(one), level_word(one)) for one in range(len(SKILL_LEVELS) + 1)]
        level.set_options(options, str(skill.level))
        level.chosen.connect(lambda key, one=skill: self._chosen(one.id, int(key)))
        self.choices[skill.id], self.whys[skill.id] = level, why
        row.addWidget(why)
        row.addWidget(level)
        return host

    def _chosen(self, key: UUID, level: int) -> None:
        why = self.whys[key].text()
        self.whys[key].set_text("")
        self.levelled.emit(key, level, why)

    def _last(self, skill: PersonSkill) -> str:
        if not skill.steps:
            return skill.family or self.tr("Nobody has said a level yet.")
        last = skill.steps[-1]
        day = short_day(last.on, self._today())
        parts = (skill.family, level_word(skill.level), day, last.said_by, last.why)
        return ", ".join(part for part in parts if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface under the rows."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), self.theme.surface)
        painter.end()
