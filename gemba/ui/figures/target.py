"""Writing a target card: from, to, by when, and what each letter of SMART still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gemba.domain.figures import Figure, Target
from gemba.domain.figures.named_range import LeftOver
from gemba.domain.figures.pasted import read_date
from gemba.domain.figures.pasted_split import Cells
from gemba.domain.figures.table_rules import split_table
from gemba.domain.figures.target_read import read_target
from gemba.domain.figures.target_rules import has_words, letters_told, target_findings
from gemba.domain.figures.telling import Finding, short_date
from gemba.ui.figures.cells_told import show_told
from gemba.ui.figures.editor import Around
from gemba.ui.figures.form import FormEditor
from gemba.ui.widgets import Button, FlowLayout, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class TargetEditor(FormEditor):
    """One field for each part of the target; a day is read as it is typed."""

    def __init__(
        self, theme: Theme, figure: Target, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        self.add_fields(("measure", tr("Measure"), tr("Out before 12:00, of those fit by 09:00")))
        self.add_fields(("where", tr("Where, for whom"), tr("One line, one floor, all invoices")))
        self.add_fields(
            ("start", tr("From"), tr("19")),
            ("goal", tr("To"), tr("40")),
            ("unit", tr("Unit"), tr("%")),
        )
        self.add_fields(
            ("by", tr("By"), tr("11 Dec")),
            ("source", tr("Counted from"), tr("bed board, daily")),
        )
        self.add_fields(("balance", tr("Must not get worse"), tr("Readmission, 4.1 %")))
        self.add_fields(("serves", tr("Serves the goal"), tr("Nobody waits over 4 hours")))
        self.add_fields(("reach", tr("Why it can be reached"), tr("The neighbours are at 43 %")))
        self.fields["by"].left.connect(self._settle)
        self.paster = Button(theme, tr("Paste cells"), icon="clipboard-paste", parent=self)
        self.paster.clicked.connect(self._paste)
        row = FlowLayout(gap=theme.px(8))
        row.addWidget(self.paster)
        self.body.addLayout(row)
        hint = tr("Copy a row or its heads and values in a spreadsheet, and paste it in any field.")
        self.body.addWidget(Label(theme, hint, step="small", tone="ink_soft", parent=self))
        self.finish()

    @property
    def _target(self) -> Target:
        assert isinstance(self._figure, Target)
        return self._figure

    def text_of(self, key: str) -> str:
        """A day stands as days are written, or as it was typed where it is none."""
        figure = self._target
        if key != "by":
            return super().text_of(key)
        return figure.by_words if figure.by is None else short_date(figure.by, year=True)

    def with_text(self, key: str, text: str) -> Figure:
        """A day is read; what names none is kept as it was typed."""
        if key != "by":
            return super().with_text(key, text)
        day = read_date(text, self.around.today())
        return replace(self._target, by=day, by_words="" if day is not None else text)

    def take_cells(self, rows: Cells) -> Sequence[LeftOver]:
        """Take a range as heads and values, labels and values, or by what its cells are."""
        figure, left = read_target(self._target, rows, self.around.today())
        self.put(figure)
        return left

    def _paste(self) -> None:
        rows = split_table(QGuiApplication.clipboard().text())
        if not self.paste_rows(rows):
            show_told(self.no_place, [self.tr("There is no table on the clipboard.")])

    def findings(self) -> Iterable[Finding]:
        """What is no number or no day."""
        found = target_findings(self._target, self.around.today())
        # A day that is being typed is not wrong yet.
        writing = self.fields["by"].edit.hasFocus() if "by" in self.fields else False
        return [one for one in found if not (writing and one.key == "target.not_a_day")]

    def asked(self) -> Mapping[str, str]:
        """Whether the measure is something to do."""
        question = self.around.asked("goal", self._target.measure)
        return {"measure": question} if question else {}

    def left_open(self) -> Sequence[str]:
        """What each letter lacks, once there is a word."""
        return letters_told(self._target, self.around.say) if has_words(self._target) else ()

    def _settle(self) -> None:
        field, words = self.fields["by"], self.text_of("by")
        if field.text() != words:
            field.set_text(words)
        self.tell()
