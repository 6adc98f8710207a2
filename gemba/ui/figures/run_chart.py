"""Writing a run chart: readings typed or pasted, a goal, a unit and the changes made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from gemba.domain.figures import RunChart
from gemba.domain.figures.chart_words import limits_told, verdict
from gemba.domain.figures.pasted import Row, read_date, read_number, read_rows, upright
from gemba.domain.figures.pasted_split import split_pasted
from gemba.domain.figures.run_chart import ChangeMark, Reading, UnreadRow, typed, with_typed
from gemba.domain.figures.telling import Finding, exact_number, short_date
from gemba.ui.figures.cells_told import mark_cells, show_told
from gemba.ui.figures.chart_lines import ChartLines
from gemba.ui.figures.editor import Around, FigureEditor
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.told_list import ToldList
from gemba.ui.widgets import Button, Field, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_IN_VALUES = ("paste.value", "paste.no_percent", "paste.too_large")


_DATE, _VALUE = 116, 84


class _Readings(Grid):
    """A grid that turns a range upright that lies on its side."""

    def __init__(self, theme: Theme, heads: tuple[str, ...], name: str, parent: QWidget) -> None:
        super().__init__(theme, heads, name, parent)
        head = self.horizontalHeader()
        for column, width in enumerate((_DATE, _VALUE)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, theme.px(width))

    def _aside(self, by: int) -> None:
        """Go from the value to the next date: a note is the exception, an arrow goes there."""
        at = self.currentIndex()
        if by > 0 and at.column() >= 1:
            self.go(min(at.row() + 1, self.cells.rowCount() - 1), 0)
        elif by < 0 and at.column() == 0 and at.row():
            self.go(at.row() - 1, 1)
        else:
            super()._aside(by)

    def split(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Rows of date, value and note."""
        return upright(split_pasted(text), date.today())


class RunChartEditor(FigureEditor):
    """Columns for date, value and note; what was not understood is named cell by cell."""

    def __init__(
        self, theme: Theme, figure: RunChart, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        self._own_unit = bool(figure.unit)
        self._build_readings()
        self._build_scale()
        self._build_changes()
        self.body.addStretch(1)
        self.show_figure()

    def _build_readings(self) -> None:
        heads = (self.tr("Date"), self.tr("Value"), self.tr("Note"))
        self.grid = _Readings(self.theme, heads, self.tr("Readings"), self)
        self.grid.edited.connect(self._readings_edited)
        self.paster = Button(
            self.theme, self.tr("Paste readings"), icon="clipboard-paste", parent=self
        )
        self.paster.clicked.connect(self._paste)
        self.hint = Label(
            self.theme,
            self.tr("Copy columns in a spreadsheet, dates, values and notes, and paste them here."),
            step="small",
            tone="ink_soft",
            parent=self,
        )
        self.trouble = ToldList(self.theme, self)
        self.signal = Label(self.theme, "", parent=self)
        row = QHBoxLayout()
        row.addWidget(self.paster)
        row.addStretch(1)
        for part in (self.grid, self.trouble):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.signal)

    def _build_scale(self) -> None:
        tr = self.tr
        self.goal = Field(self.theme, tr("Goal"), question="40", parent=self)
        self.unit = Field(self.theme, tr("Unit"), question=tr("%, min, ..."), parent=self)
        self.unit.edited.connect(self._unit_edited)
        # Two charts in two boxes can be compared where their scales are written alike.
        self.low = Field(self.theme, tr("Scale from"), parent=self)
        self.high = Field(self.theme, tr("Scale to"), parent=self)
        self._numbers = {"goal": self.goal, "low": self.low, "high": self.high}
        for name, field in self._numbers.items():
            field.edited.connect(lambda name=name: self._number_edited(name))
        for parts in ((self.goal, self.unit), (self.low, self.high)):
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(12))
            for part in parts:
                row.addWidget(part)
            self.body.addLayout(row)

    def _build_changes(self) -> None:
        head = Label(self.theme, self.tr("Changes made"), step="strong", wrap=False, parent=self)
        heads = (self.tr("From"), self.tr("What changed, in a word or two"))
        self.changes = Grid(self.theme, heads, self.tr("Changes made"), self)
        self.changes.edited.connect(self._changes_edited)
        self.changes_trouble = ToldList(self.theme, self)
        self.changes_trouble.hide()
        self.lines = ChartLines(self.theme, self.around, lambda: self._chart, self)
        self.lines.taken.connect(self._lines_taken)
        for part in (head, self.changes, self.changes_trouble, self.lines):
            self.body.addWidget(part)

    @property
    def _chart(self) -> RunChart:
        assert isinstance(self._figure, RunChart)
        return self._figure

    def begin(self) -> None:
        """Put the keyboard on the first empty row."""
        self.grid.setFocus()
        self.grid.go(len(self.grid.rows()), 0)

    def show_figure(self) -> None:
        """Show the readings, with the rows that were not understood in their places."""
        chart = self._chart
        rows: list[Row] = [_row_of(reading) for reading in chart.readings]
        for unread in chart.unread:
            rows.insert(min(unread.at, len(rows)), (unread.on, unread.value, unread.note))
        if self.grid.rows() != rows and self._read(self.grid.rows()) != (
            chart.readings,
            chart.unread,
        ):
            self.grid.show_rows(rows)
        self._show_numbers(chart)
        if self.unit.text() != chart.unit:
            self.unit.set_text(chart.unit)
        marks: list[Row] = [(short_date(m.on, year=True), m.label) for m in chart.changes]
        for unread in chart.unread_changes:
            marks.insert(min(unread.at, len(marks)), (unread.on, unread.value))
        shown = self._read_changes()
        if self.changes.rows() != marks and shown[:2] != (chart.changes, chart.unread_changes):
            self.changes.show_rows(marks)
        self._tell_changes(self._read_changes()[2])
        self.lines.show_chart(chart)
        self._tell(read_rows(self.grid.rows(), self.around.today()).findings)

    def _show_numbers(self, chart: RunChart) -> None:
        for name, field in self._numbers.items():
            kept: float | None = getattr(chart, name)
            text = typed(chart, name)
            shown = read_number(field.text()) if field.text().strip() else None
            if text is not None and field.text() != text:
                field.set_text(text)
            elif text is None and (shown != kept or (field.text().strip() and shown is None)):
                field.set_text("" if kept is None else exact_number(kept))
            field.say("" if text is None else self._no_number())
        self._say_scale()

    def _say_scale(self) -> None:
        """Say beside the ends of the scale where they cannot be kept."""
        chart = self._chart
        values = [r.value for r in chart.readings if r.value is not None]
        over = ""
        if chart.low is not None and chart.high is not None and chart.low >= chart.high:
            over = self.tr("The scale ends below where it begins.")
        elif chart.high is not None and any(value > chart.high for value in values):
            over = self.tr("A reading lies above; the scale is drawn up to it.")
        elif chart.low is not None and any(value < chart.low for value in values):
            over = self.tr("A reading lies below; the scale is drawn down to it.")
        if read_number(self.high.text()) == chart.high or not self.high.text().strip():
            self.high.say(over)

    def _read(
        self, rows: list[tuple[str, ...]]
    ) -> tuple[tuple[Reading, ...], tuple[UnreadRow, ...]]:
        table = read_rows(rows, self.around.today())
        return table.readings, table.unread

    def _readings_edited(self) -> None:
        table = read_rows(self.grid.rows(), self.around.today())
        chart = replace(self._chart, readings=table.readings, unread=table.unread)
        if table.unit and not chart.unit and not self._own_unit:
            chart = replace(chart, unit=table.unit)
            self.unit.set_text(table.unit)
        self.put(chart)
        self._tell(table.findings)

    def _tell(self, findings: tuple[Finding, ...]) -> None:
        """Name what was not understood beside its cells, and say what the readings show."""
        say = self.around.say
        marked: dict[tuple[int, int], str] = {}
        told: list[str] = []
        for found in findings:
            if found.where and found.key != "paste.heading":
                column = 1 if found.key in _IN_VALUES else 0
                place = (int(found.where), column)
                marked[place] = " ".join((*filter(None, [marked.get(place)]), found.told(say)))
            else:
                told.append(found.told(say))
        show_told(self.trouble, [*told, *mark_cells(self.grid, marked, self.around.say)])
        self._say_verdict()

    def _say_verdict(self) -> None:
        chart, say = self._chart, self.around.say
        told = limits_told(chart, say) if chart.method == "limits" else []
        told = list(dict.fromkeys([*told, verdict(chart, say)]))
        self.signal.setText(" ".join(told) if chart.readings else "")
        self.signal.setVisible(bool(chart.readings))
        self.hint.setVisible(not chart.readings)

    def _paste(self) -> None:
        if not self.grid.currentIndex().isValid():
            self.grid.go(len(self.grid.rows()), 0)
        if not self.grid.paste():
            show_told(self.trouble, [self.tr("There is no table on the clipboard.")])

    def _number_edited(self, name: str) -> None:
        field = self._numbers[name]
        text = field.text()
        value = read_number(text) if text.strip() else None
        understood = value is not None or not text.strip()
        field.say("" if understood else self._no_number())
        chart = with_typed(self._chart, name, None if understood else text)
        if understood:
            chart = replace(chart, **{name: value})  # type: ignore[arg-type]
        self.put(chart)
        if understood:
            self._say_scale()

    def _no_number(self) -> str:
        return self.tr("That is no number. Write 40 or 37.5.")

    def _unit_edited(self) -> None:
        self._own_unit = True
        self.put(replace(self._chart, unit=self.unit.text().strip()))

    def _lines_taken(self, chart: RunChart) -> None:
        self.put(chart)
        self._say_verdict()

    def _read_changes(
        self,
    ) -> tuple[tuple[ChangeMark, ...], tuple[UnreadRow, ...], tuple[Finding, ...]]:
        begun = {(mark.on, mark.label) for mark in self._chart.changes if mark.anew}
        marks: list[ChangeMark] = []
        unread: list[UnreadRow] = []
        findings: list[Finding] = []
        for row, (on, label) in enumerate(_pairs(self.changes.rows())):
            day = read_date(on, self.around.today())
            if day is not None:
                anew = (day, label.strip()) in begun
                marks.append(ChangeMark(on=day, label=label.strip(), anew=anew))
            elif on.strip() or label.strip():
                unread.append(UnreadRow(at=row, on=on, value=label))
                values = {"row": row + 1, "cell": on.strip() or label.strip()}
                key = "paste.date" if on.strip() else "paste.no_date"
                findings.append(Finding(key, str(row), values))
        return tuple(marks), tuple(unread), tuple(findings)

    def _changes_edited(self) -> None:
        marks, unread, findings = self._read_changes()
        self._tell_changes(findings)
        # A line that moves with what comes after would explain the change away.
        frozen = self._chart.frozen or (bool(marks) and not self._chart.changes)
        self.put(replace(self._chart, changes=marks, unread_changes=unread, frozen=frozen))
        self.lines.show_chart(self._chart)
        self._say_verdict()

    def _tell_changes(self, findings: tuple[Finding, ...]) -> None:
        told = {(int(found.where), 0): found.told(self.around.say) for found in findings}
        show_told(self.changes_trouble, mark_cells(self.changes, told, self.around.say))


def _row_of(reading: Reading) -> Row:
    value = "" if reading.value is None else exact_number(reading.value)
    return short_date(reading.on, year=True), value, reading.note


def _pairs(rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows]
