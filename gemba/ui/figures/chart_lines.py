"""Which line a chart is judged by: a median or natural limits, from which days, by which rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures import RunChart
from gemba.domain.figures.chart_words import alarms_told
from gemba.domain.figures.false_alarms import false_alarms
from gemba.domain.figures.pasted import read_date
from gemba.domain.figures.run_chart import changes_in_order, typed, with_typed
from gemba.domain.figures.telling import number_text, short_date
from gemba.domain.figures.xmr_rules import RULES
from gemba.ui.figures.editor import Around
from gemba.ui.widgets import CheckBox, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class ChartLines(QWidget):
    """`taken` hands on the chart as it is to be drawn from now on.

    ``chart`` returns it as it stands: its readings change beside these choices.
    """

    taken = Signal(object)

    def __init__(
        self, theme: Theme, around: Around, chart: Callable[[], RunChart], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.around = around
        self._chart = chart
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(8))
        self._build_line()
        self._build_anew()
        self._build_rules()

    def _build_line(self) -> None:
        theme, tr = self.theme, self.tr
        options = [("median", tr("Median")), ("limits", tr("Limits (XmR)"))]
        self.method = Segmented(theme, options, name=tr("Judge by"), parent=self)
        self.method.chosen.connect(self._method_chosen)
        self.phases = CheckBox(theme, tr("A median for each phase"), parent=self)
        self.phases.toggled.connect(lambda on: self._take(medians_by_phase=on))
        self.frozen = CheckBox(theme, tr("Judge by the line from before the change"), parent=self)
        self.frozen.toggled.connect(lambda on: self._take(frozen=on))
        self.baseline = Field(theme, tr("Baseline: days before"), parent=self)
        self.baseline.edited.connect(self._baseline_edited)
        for part in (self.method, self.phases, self.frozen, self.baseline):
            self.body.addWidget(part)

    def _build_anew(self) -> None:
        tr = self.tr
        self.anew_head = Label(
            self.theme,
            tr("Begin the line anew only where you know what shifted the process."),
            step="small",
            tone="ink_soft",
            parent=self,
        )
        self._anew = QVBoxLayout()
        self._anew.setSpacing(self.theme.px(8))
        self.anew: list[CheckBox] = []
        self.body.addWidget(self.anew_head)
        self.body.addLayout(self._anew)

    def _build_rules(self) -> None:
        theme = self.theme
        self.rules_part = QWidget(self)
        column = QVBoxLayout(self.rules_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = Label(theme, self.tr("Rules"), step="strong", wrap=False, parent=self.rules_part)
        column.addWidget(head)
        self.rules: dict[str, CheckBox] = {}
        for rule in RULES:
            words, source = self._rule_words(rule)
            share = number_text(100 * false_alarms((rule,)), 2)
            box = CheckBox(theme, words, parent=self.rules_part)
            told = self.tr("{source}, {share} % false").format(source=source, share=share)
            box.setAccessibleDescription(told)
            box.toggled.connect(self._rules_toggled)
            beside = Label(
                theme, told, step="small", tone="ink_soft", wrap=False, parent=self.rules_part
            )
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(box, 1)
            row.addWidget(beside, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
            self.rules[rule] = box
        self.alarms = Label(theme, "", step="small", tone="ink_soft", parent=self)
        self.body.addWidget(self.rules_part)
        self.body.addWidget(self.alarms)

    def _rule_words(self, rule: str) -> tuple[str, str]:
        """Return a rule in a few words, and whose it is."""
        tr = self.tr
        return {
            "n1": (tr("One beyond the limits"), tr("Nelson 1, W.E. 1")),
            "n2": (tr("9 on one side"), tr("Nelson 2")),
            "n3": (tr("6 rising or falling"), tr("Nelson 3")),
            "n4": (tr("14 up and down in turn"), tr("Nelson 4")),
            "n5": (tr("2 of 3 far out"), tr("Nelson 5, W.E. 2")),
            "n6": (tr("4 of 5 away from the mean"), tr("Nelson 6, W.E. 3")),
            "n7": (tr("15 close to the mean"), tr("Nelson 7")),
            "n8": (tr("8, none close to the mean"), tr("Nelson 8")),
            "w8": (tr("8 on one side"), tr("Western Electric 4")),
            "range": (tr("A jump beyond its limit"), tr("Moving range")),
        }[rule]

    def show_chart(self, chart: RunChart) -> None:
        """Show how a chart is judged; nothing is sent."""
        limits = chart.method == "limits"
        self.method.set_value("limits" if limits else "median")
        _check(self.phases, chart.medians_by_phase)
        self.phases.setVisible(not limits)
        _check(self.frozen, chart.frozen)
        marks = changes_in_order(chart)
        self.baseline.setVisible(chart.frozen)
        first = short_date(marks[0].on, year=True) if marks else self.tr("4 Nov")
        self.baseline.line.setPlaceholderText(first)
        text = typed(chart, "baseline")
        if text is not None:
            if self.baseline.text() != text:
                self.baseline.set_text(text)
        elif self._read_baseline() != chart.baseline or (
            chart.baseline is None and self.baseline.text().strip()
        ):
            kept = chart.baseline
            self.baseline.set_text("" if kept is None else short_date(kept, year=True))
        self.baseline.say("" if text is None else self.tr("That is no date. Write 4 Nov."))
        self._show_anew(chart)
        self.rules_part.setVisible(limits)
        for rule, box in self.rules.items():
            _check(box, rule in chart.rules)
        self.alarms.setText(alarms_told(chart, self.around.say))

    def _show_anew(self, chart: RunChart) -> None:
        own = chart.method == "limits" or not chart.medians_by_phase
        wanted = chart.changes if own else ()
        while len(self.anew) > len(wanted):
            gone = self.anew.pop()
            self._anew.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at in range(len(self.anew), len(wanted)):
            box = CheckBox(self.theme, "", parent=self)
            box.toggled.connect(lambda on, at=at: self._anew_toggled(at, on))
            before = self.anew[-1] if self.anew else self.baseline.line
            QWidget.setTabOrder(before, box)
            self._anew.addWidget(box)
            self.anew.append(box)
        for box, mark in zip(self.anew, wanted, strict=True):
            day, label = short_date(mark.on), " ".join(mark.label.split())
            words = self.tr("Anew from {day}, {change}").format(day=day, change=label)
            box.setText(
                words if label else self.tr("Anew from {day}: say why first").format(day=day)
            )
            box.setEnabled(bool(label) or mark.anew)
            _check(box, mark.anew)
        self.anew_head.setVisible(bool(wanted))

    def _take(self, **fields: object) -> None:
        chart = replace(self._chart(), **fields)  # type: ignore[arg-type]
        self.show_chart(chart)
        self.taken.emit(chart)

    def _method_chosen(self, key: str) -> None:
        # Limits that move with every new reading would explain each change away.
        chart = self._chart()
        frozen = chart.frozen or (key == "limits" and bool(chart.changes))
        self._take(method=key, frozen=frozen)

    def _anew_toggled(self, at: int, on: bool) -> None:
        marks = list(self._chart().changes)
        marks[at] = replace(marks[at], anew=on)
        self._take(changes=tuple(marks))

    def _rules_toggled(self) -> None:
        on = tuple(rule for rule, box in self.rules.items() if box.isChecked())
        kept = tuple(rule for rule in self._chart().rules if rule not in self.rules)
        self._take(rules=(*on, *kept))

    def _read_baseline(self) -> date | None:
        text = self.baseline.text()
        return read_date(text, self.around.today()) if text.strip() else None

    def _baseline_edited(self) -> None:
        day = self._read_baseline()
        understood = day is not None or not self.baseline.text().strip()
        chart = with_typed(self._chart(), "baseline", None if understood else self.baseline.text())
        if understood:
            chart = replace(chart, baseline=day)
        self.show_chart(chart)
        self.taken.emit(chart)


def _check(box: CheckBox, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
    box.update()
