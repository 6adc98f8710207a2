"""The storyboard that stays in sight through a cycle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gemba.domain.coaching import Storyboard
from gemba.domain.experiment import Experiment
from gemba.domain.figures.run_chart import whole
from gemba.ui.days import short_day
from gemba.ui.widgets import Label, RowList, RowWords, ScrollPage
from gemba.ui.widgets.small_chart import SmallChart, plain
from gemba.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gemba.ui.theme import Theme


class BoardPane(ScrollPage):
    """Target, now, the last step and the obstacles; a click takes an obstacle into focus."""

    focus_wanted = Signal(object)

    def __init__(
        self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, margins=False, parent=parent)
        self._today = today
        px = theme.px
        self.setAccessibleName(self.tr("Storyboard"))
        # A chosen row reaches further out than the words, which stand in one line with its text.
        ground = Surface(theme, margin=8, edge=True)
        self.body.addWidget(ground, 1)
        column = QVBoxLayout()
        column.setContentsMargins(px(16), px(16), px(16), 0)
        column.setSpacing(0)
        ground.column.addLayout(column)
        self.who = Label(theme, "", step="small", tone="ink_soft", wrap=False)
        self.target = Label(theme, "", step="strong")
        self.measure = Label(theme, "", step="small", tone="ink_soft")
        self.challenge = Label(theme, "", step="small", tone="ink_soft")
        self.now = Label(theme, "", step="small", tone="ink_soft")
        self.condition = Label(theme, "")
        self.chart = SmallChart(theme)
        column.addWidget(self.who)
        column.addSpacing(px(4))
        column.addWidget(self.target)
        column.addSpacing(px(4))
        column.addWidget(self.measure)
        column.addWidget(self.challenge)
        column.addSpacing(px(20))
        column.addWidget(self.now)
        column.addSpacing(px(4))
        column.addWidget(self.chart)
        column.addWidget(self.condition)
        self.last_head = Label(theme, self.tr("Last step"), step="strong", wrap=False)
        column.addSpacing(px(24))
        column.addWidget(self.last_head)
        self.last = QWidget()
        self._grid = QGridLayout(self.last)
        self._grid.setContentsMargins(0, px(8), 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self.record = self._build_record()
        column.addWidget(self.last)
        self.obstacles_head = Label(theme, self.tr("Obstacles"), step="strong", wrap=False)
        column.addSpacing(px(24))
        column.addWidget(self.obstacles_head)
        column.addSpacing(px(4))
        self.obstacles = RowList(theme, name=self.tr("Obstacles"))
        self.obstacles.opened.connect(lambda key: self.focus_wanted.emit(str(key)))
        ground.column.addWidget(self.obstacles)
        self.none = Label(theme, self.tr("No obstacle is parked yet."), tone="ink_soft")
        column.addWidget(self.none)
        ground.column.addStretch(1)

    def _build_record(self) -> dict[str, Label]:
        labels = (
            ("step", self.tr("step")),
            ("prediction", self.tr("expected")),
            ("result", self.tr("happened")),
            ("learned", self.tr("learned")),
        )
        made: dict[str, Label] = {}
        for at, (key, words) in enumerate(labels):
            soft = Label(self.theme, words, tone="ink_soft", wrap=False)
            made[key] = Label(self.theme, "")
            self._grid.addWidget(soft, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(made[key], at, 1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the chart lower in a low window, so that the obstacles stay in sight."""
        low = self.height() < self.theme.px(700)
        self.chart.setFixedHeight(self.theme.px(112 if low else 160))
        super().resizeEvent(event)

    def show_board(self, name: str, board: Storyboard, last: Experiment | None) -> None:
        """Show a storyboard and the experiment that is looked back on."""
        process = board.focus_process
        self.who.setText(f"{name}, {process}" if process else name)
        self.target.setText(self._target(board))
        self.target.set_tone("ink" if board.target_condition else "ink_soft")
        measured = self.tr("Measured by {measure}").format(measure=board.target_measure)
        self.measure.setText(measured)
        self.measure.setVisible(bool(board.target_measure))
        self.challenge.setText(board.challenge)
        self.challenge.setVisible(bool(board.challenge))
        self._show_now(board)
        self.last.setVisible(last is not None)
        self.last_head.setVisible(last is not None)
        if last is not None:
            for key, label in self.record.items():
                label.setText(getattr(last, key) or "–")
        rows = [
            RowWords(
                one.text,
                age=self.tr("in focus") if one.id == board.focus else "",
                bold=one.id == board.focus,
                key=one.id,
            )
            for one in board.obstacles
            if one.gone_on is None
        ]
        self.obstacles.set_rows(rows)
        self.obstacles.choose(board.focus)
        self.obstacles.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def _target(self, board: Storyboard) -> str:
        if not board.target_condition:
            return self.tr("No target condition yet.")
        if board.target_by is None:
            return board.target_condition
        by = short_day(board.target_by, self._today())
        return self.tr("{target}, by {day}").format(target=board.target_condition, day=by)

    def _show_now(self, board: Storyboard) -> None:
        chart = board.chart
        counted = [r for r in chart.readings if r.value is not None] if chart else []
        words = self.tr("Now")
        if chart is not None and counted:
            middle = f"{plain(whole(chart).median or 0.0)} {chart.unit}".strip()
            words = self.tr("Now: {value} ({n} readings)").format(value=middle, n=len(counted))
        self.now.setText(words)
        self.chart.set_chart(chart)
        self.condition.setText(board.current_condition or self.tr("Not written down yet."))
        self.condition.set_tone("ink" if board.current_condition else "ink_soft")
        self.condition.setVisible(bool(board.current_condition) or not counted)
