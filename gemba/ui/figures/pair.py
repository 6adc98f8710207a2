"""Two sides to compare: a photo or a chart before, and its like after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.figures import PhotoFigure, RunChart
from gemba.domain.figures.pair import Half, Pair, doubt_told, moved_told, split_at
from gemba.domain.figures.run_chart import changes_in_order
from gemba.domain.figures.telling import short_date
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.photo import PhotoEditor
from gemba.ui.figures.run_chart import RunChartEditor
from gemba.ui.widgets import Button, Label, Segmented
from gemba.ui.within import within

if TYPE_CHECKING:
    from datetime import date

    from gemba.ui.theme import Theme


class PairEditor(FigureEditor):
    """One side at a time, written as a photo or a chart of its own is."""

    def __init__(
        self, theme: Theme, figure: Pair, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        # What stood on a side before it became the other kind, to come back to.
        self._aside: dict[tuple[str, str], Half] = {}
        self.half: PhotoEditor | RunChartEditor | None = None
        self._shown = ""
        self.side = Segmented(
            theme,
            [("before", tr("Before")), ("after", tr("After"))],
            value="before",
            name=tr("Side"),
            parent=self,
        )
        self.side.chosen.connect(lambda _key: self._show_side())
        self.what = Segmented(
            theme,
            [("photo", tr("Photo")), ("run_chart", tr("Chart"))],
            name=tr("What stands on this side"),
            parent=self,
        )
        self.what.chosen.connect(self._change_kind)
        self.split = Button(theme, tr("From a chart of this sheet"), icon="chart-line", parent=self)
        self.split.set_menu(self._charts())
        self.split.setVisible(bool(self._known_charts()))
        self.told = Label(theme, "", parent=self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.side)
        row.addWidget(self.what)
        row.addStretch(1)
        self._place = QVBoxLayout()
        self.body.addWidget(self.split)
        self.body.addLayout(row)
        self.body.addLayout(self._place)
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self._show_side()

    @property
    def _pair(self) -> Pair:
        assert isinstance(self._figure, Pair)
        return self._figure

    def _known_charts(self) -> list[RunChart]:
        every = self.around.figures() if self.around.figures is not None else ()
        return [one for one in every if isinstance(one, RunChart) and one.readings]

    def _charts(self) -> QMenu:
        """Offer each chart of the sheet, parted at each of its changes."""
        menu = QMenu(self)
        for chart in self._known_charts():
            name = chart.caption.strip() or self.tr("Run chart")
            for mark in changes_in_order(chart):
                words = self.tr("{chart}, before and after {day}, {change}")
                said = words.format(chart=name, day=short_date(mark.on), change=mark.label)
                menu.addAction(said).triggered.connect(
                    lambda _on=False, chart=chart, on=mark.on: self._part(chart, on)
                )
            menu.addAction(self.tr("{chart}, on this side").format(chart=name)).triggered.connect(
                lambda _on=False, chart=chart: self._take(chart)
            )
        return menu

    def _part(self, chart: RunChart, on: date) -> None:
        """Put what came before a change on one side, and what came after on the other."""
        made = split_at(chart, on, self._pair.id)
        caption = self._pair.caption.strip() or made.caption
        self.put(replace(self._pair, before=made.before, after=made.after, caption=caption))
        self.caption.set_text(caption)
        self._show_side()

    def _take(self, half: Half | None) -> None:
        """Put something on the side that is shown."""
        side = self.side.value()
        if half is not None:
            half = replace(half, id=f"{self._pair.id}-{side}")
        if side == "before":
            self.put(replace(self._pair, before=half))
        else:
            self.put(replace(self._pair, after=half))
        self._show_side()

    def _half(self) -> Half | None:
        return self._pair.before if self.side.value() == "before" else self._pair.after

    def _change_kind(self, kind: str) -> None:
        half, side = self._half(), self.side.value()
        if half is not None and half.kind == kind:
            return
        if half is not None:
            self._aside[(side, half.kind)] = half
        empty: Half = PhotoFigure(id="", photo="") if kind == "photo" else RunChart(id="")
        self._take(self._aside.pop((side, kind), empty))

    def _show_side(self) -> None:
        """Show the editor of the side, the one there is where it still fits."""
        half = self._half()
        other = self._pair.after if half is self._pair.before else self._pair.before
        shown = half.kind if half is not None else other.kind if other is not None else ""
        if half is None:
            # Like stands beside like: an empty side begins as what the other one is.
            name = f"{self._pair.id}-{self.side.value()}"
            half = RunChart(id=name) if shown == "run_chart" else PhotoFigure(id=name, photo="")
        self.what.set_value(half.kind)
        wanted = RunChartEditor if isinstance(half, RunChart) else PhotoEditor
        if not isinstance(self.half, wanted) or self._shown != self.side.value():
            self._build_half(half)
        elif self.half is not None:
            self.half.set_figure(half)
        self._tell()

    def _build_half(self, half: Half) -> None:
        if self.half is not None:
            self.half.leave()
            self._place.removeWidget(self.half)
            self.half.hide()
            self.half.deleteLater()
        made: PhotoEditor | RunChartEditor
        if isinstance(half, RunChart):
            made = RunChartEditor(self.theme, half, self.around, self)
        else:
            made = PhotoEditor(self.theme, half, self.around, self)
        made.caption.set_label(self.tr("What and when on this side"))
        side = self._shown = self.side.value()
        made.changed.connect(lambda figure: self._half_changed(side, figure))
        self.half = made
        self._place.addWidget(made)
        before: QWidget = self.what.segment("run_chart")
        for part in within(made, QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, part)
                before = part
        if self.isVisible():
            made.show()

    def _half_changed(self, side: str, half: Half) -> None:
        named = replace(half, id=f"{self._pair.id}-{side}")
        if side == "before":
            self.put(replace(self._pair, before=named))
        else:
            self.put(replace(self._pair, after=named))
        self._tell()

    def _tell(self) -> None:
        say = self.around.say
        told = [*moved_told(self._pair, say), *doubt_told(self._pair, say)]
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))

    def show_figure(self) -> None:
        """Show the side as it stands now."""
        self._show_side()

    def begin(self) -> None:
        """Put the caret where the side is written."""
        if self.half is not None:
            self.half.begin()

    def leave(self) -> None:
        """Hand over what is still being written on the side."""
        if self.half is not None:
            self.half.leave()
        super().leave()
