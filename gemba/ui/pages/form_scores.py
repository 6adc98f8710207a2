"""How the scores of a form went, in one area or in all: as a radar, or as bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_scores import ScoreSeries, can_be_radar, series_of
from gemba.domain.vocabulary import as_label
from gemba.ui.widgets import Label, Segmented
from gemba.ui.widgets.choice import Choice
from gemba.ui.widgets.scores import ScoreBars, ScoreRadar

if TYPE_CHECKING:
    from gemba.services.form_summary import Scored
    from gemba.services.people import People
    from gemba.ui.theme import Theme


class FormScores(QWidget):
    """Nothing where a form scores nothing; a mean of several on one day, and never a person."""

    def __init__(self, theme: Theme, *, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._people = people
        self._done: list[Scored] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(24))
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, self.tr("Scores"), step="strong", wrap=False))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.area = Choice(theme, as_label(people.area_word()))
        self.area.chosen.connect(lambda _key: self._draw())
        self.manner = Segmented(
            theme,
            [("bars", self.tr("Over time")), ("radar", self.tr("Radar"))],
            value="bars",
            name=self.tr("How scores are shown"),
        )
        self.manner.chosen.connect(lambda _key: self._draw())
        row.addWidget(self.area)
        row.addWidget(self.manner)
        row.addStretch(1)
        column.addLayout(row)
        self.radar = ScoreRadar(theme)
        self.bars = ScoreBars(theme)
        column.addWidget(self.radar)
        column.addWidget(self.bars)
        self.told = Label(theme, "", step="small", tone="ink_soft")
        column.addWidget(self.told, 0, Qt.AlignmentFlag.AlignTop)

    def show_fillings(self, done: Sequence[Scored]) -> None:
        """Show the scores of what was handed in."""
        self._done = [one for one in done if one.scores]
        self.setVisible(bool(self._done))
        if not self._done:
            return
        keys = {one.filling.area_id for one in self._done}
        areas = {key: self._people.area_name(key) for key in keys}
        every = self.tr("Every {area}").format(area=self._people.area_word())
        options = [("", every)]
        options += sorted(
            ((str(key), name) for key, name in areas.items() if key is not None and name),
            key=lambda one: one[1].casefold(),
        )
        self.area.set_options(options, self.area.value)
        self.area.setVisible(len(options) > 1)
        self._draw()

    def series(self) -> list[ScoreSeries]:
        """The scores of the area that is chosen."""
        wanted = UUID(self.area.value) if self.area.value else None
        return series_of(
            (one.filling.begun_on, one.scores)
            for one in self._done
            if wanted is None or one.filling.area_id == wanted
        )

    def _draw(self) -> None:
        series = self.series()
        radar = can_be_radar(series)
        self.manner.setVisible(radar)
        as_radar = radar and self.manner.value() == "radar"
        self.radar.setVisible(as_radar)
        self.bars.setVisible(not as_radar)
        self.radar.set_series(series)
        self.bars.set_series(series)
        days = len({day for one in series for day, _ in one.points})
        words = self.tr("One day.") if days == 1 else self.tr("{n} days.").format(n=days)
        if as_radar and any(one.before is not None for one in series):
            words += " " + self.tr("Dashed: the time before.")
        self.told.setText(words)
