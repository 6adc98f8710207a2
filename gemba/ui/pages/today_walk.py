"""The walk that comes next, as Today shows it, with the walks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.titles import first_words
from gemba.ui.days import long_day
from gemba.ui.pages.today_words import walk_row, way
from gemba.ui.widgets import Button, Label, RowList

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from gemba.domain.today import PlannedWalk, TodayGlance
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class NextWalk(QWidget):
    """Says why the next walk is made and leads onto it; not there where none is planned."""

    def __init__(self, theme: Theme, go: Go) -> None:
        super().__init__()
        self._go = go
        self._shown_for: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(24))
        column.setSpacing(0)
        self.head = Label(theme, "", step="strong", wrap=False)
        self.purpose = Label(theme, "", step="question")
        self.way = Label(theme, "", tone="ink_soft")
        self.start = Button(theme, self.tr("Start walking"), kind="primary")
        self.start.clicked.connect(self._set_out)
        self.later = RowList(theme, name=self.tr("Walks after this one"), wraps=True)
        self.later.opened.connect(lambda key: self._go.to("walks", walk=key))
        column.addWidget(self.head)
        column.addSpacing(theme.px(8))
        column.addWidget(self.purpose)
        column.addWidget(self.way)
        column.addSpacing(theme.px(12))
        across = QHBoxLayout()
        across.addWidget(self.start)
        across.addStretch(1)
        column.addLayout(across)
        column.addSpacing(theme.px(16))
        column.addWidget(self.later)

    def show_walks(self, glance: TodayGlance) -> None:
        """Show the walk that is under way, or else the first one planned."""
        walks = sorted(glance.walks, key=lambda walk: not walk.under_way)
        self.setVisible(bool(walks))
        self._shown_for = walks[0].id if walks else None
        if not walks:
            return
        first = walks[0]
        self.head.setText(self._when(first, glance.today))
        self.purpose.setText(first_words(first.purpose, 200))
        self.way.setText(way(first))
        self.way.setVisible(bool(way(first)))
        self.start.setText(
            self.tr("Go on walking") if first.under_way else self.tr("Start walking")
        )
        self.later.set_rows([walk_row(walk, glance.today) for walk in walks[1:]])
        self.later.setVisible(len(walks) > 1)

    def _when(self, walk: PlannedWalk, today: date) -> str:
        if walk.under_way:
            return self.tr("Under way")
        if walk.planned_on == today:
            return self.tr("Today's walk")
        if walk.planned_on is not None and walk.planned_on < today:
            return self.tr("Planned for {day}").format(day=long_day(walk.planned_on))
        if walk.planned_on is not None:
            return self.tr("Next walk, {day}").format(day=long_day(walk.planned_on))
        return self.tr("Next walk")

    def _set_out(self) -> None:
        if self._shown_for is not None:
            self._go.to("walk", walk=self._shown_for, start=True)
