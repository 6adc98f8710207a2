"""Writing is / is not: four cells for each aspect, asked for from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.domain.figures import Figure, IsIsNot
from gemba.domain.figures.is_is_not import COLUMNS
from gemba.domain.figures.is_is_not_rules import (
    all_aspects,
    aspect_words,
    contrast_findings,
    has_words,
)
from gemba.domain.figures.telling import Finding
from gemba.ui.figures.editor import Around
from gemba.ui.figures.form import FormEditor
from gemba.ui.widgets import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class IsIsNotEditor(FormEditor):
    """A heading for each aspect, and below it its cells two by two."""

    def __init__(
        self, theme: Theme, figure: IsIsNot, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        self.headings: list[Label] = []
        self._build()
        self.finish()

    def _build(self) -> None:
        """Make a heading and four fields for each row."""
        tr, say = self.tr, self.around.say
        questions = {
            "what": (tr("Which thing, which fault?"), tr("Which could it be?")),
            "where": (tr("Where, and where on it?"), tr("Where could it be?")),
            "when": (tr("Since when, at which times?"), tr("When could it be?")),
            "extent": (tr("How many, how large?"), tr("How many could it be?")),
        }
        for row in all_aspects(self._contrasts):
            words = aspect_words(row, say)
            heading = Label(self.theme, words, step="strong", wrap=False, parent=self)
            self.headings.append(heading)
            self.form.addWidget(heading)
            seen, unseen = questions.get(row.aspect, ("", ""))
            self.add_fields(
                (f"{row.id}/seen", say("is_is_not.seen"), seen),
                (f"{row.id}/unseen", say("is_is_not.unseen"), unseen),
            )
            self.add_fields(
                (f"{row.id}/distinction", say("is_is_not.distinction"), tr("What is special?")),
                (f"{row.id}/change", say("is_is_not.change"), tr("What changed, and when?")),
            )
            for column in COLUMNS:
                field = self.fields[f"{row.id}/{column}"]
                field.edit.setAccessibleName(f"{words}: {field.label.text()}")

    def show_figure(self) -> None:
        """Bring every cell to the state of the figure; rows of another kind get fields first."""
        wanted = {f"{row.id}/{one}" for row in all_aspects(self._contrasts) for one in COLUMNS}
        if wanted != self.fields.keys():
            for old in (*self.headings, *self.fields.values()):
                old.hide()
                old.deleteLater()
            self.headings = []
            self.fields = {}
            self._build()
            self.order()
        super().show_figure()

    @property
    def _contrasts(self) -> IsIsNot:
        assert isinstance(self._figure, IsIsNot)
        return self._figure

    def text_of(self, key: str) -> str:
        """The cell of a row; nothing where the row is not there."""
        rows = (row for row in all_aspects(self._contrasts) if row.id == _row_of(key))
        return next((str(getattr(row, key.rpartition("/")[2])) for row in rows), "")

    def with_text(self, key: str, text: str) -> Figure:
        """Write a cell; rows that say nothing are not kept."""
        rows = tuple(
            replace(row, **{key.rpartition("/")[2]: text}) if row.id == _row_of(key) else row
            for row in all_aspects(self._contrasts)
        )
        return replace(self._contrasts, rows=tuple(row for row in rows if has_words(row)))

    def findings(self) -> Iterable[Finding]:
        """What the next cell of a begun row would say."""
        return contrast_findings(self._contrasts)


def _row_of(key: str) -> str:
    return key.rpartition("/")[0]
