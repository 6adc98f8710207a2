"""The gallery's sample of a form, from right to left and at 200 %."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.gallery_samples import Samples
from gemba.ui.theme import Theme
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.check import CheckBox
from gemba.ui.widgets.chip import Chip
from gemba.ui.widgets.notice import Notice
from gemba.ui.widgets.row_paint import RowWords
from gemba.ui.widgets.rows import RowList
from gemba.ui.widgets.text import TextField

_ARABIC = "متى كنت هناك آخر مرة؟"
_ARABIC_NAME = "قائمة مرضى الغد"


def _sampler(samples: Samples, theme: Theme, words: Sequence[str]) -> QWidget:
    title, question, name, keep = words
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(12))
    field = TextField(theme, title, question=question)
    field.set_text(name)
    rows = RowList(theme)
    rows.set_rows([RowWords(name, question, "16", icon="notebook-pen"), RowWords(name)])
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    line.addWidget(CheckBox(theme, name, checked=True))
    line.addWidget(Chip(theme, name, kind="link", icon="link-2"))
    line.addStretch(1)
    line.addWidget(Button(theme, title, icon="arrow-left"))
    focus = Button(theme, keep, kind="primary")
    line.addWidget(samples.posed(focus, "focus", theme))
    column.addWidget(field)
    column.addWidget(rows)
    column.addLayout(line)
    column.addWidget(Notice(theme, question, action=keep))
    return part


def mirrored(samples: Samples) -> QWidget:
    """A sample from right to left."""
    part, column = samples.section("From right to left")
    sample = _sampler(samples, samples.theme, ("الملاحظة", _ARABIC, _ARABIC_NAME, "احفظ"))
    _mirror(sample)
    column.addWidget(sample)
    return part


def double(samples: Samples) -> QWidget:
    """A sample at 200 %."""
    part, column = samples.section("At 200 %")
    double = Theme(samples.theme.dark, samples.theme.scale * 2, still=samples.theme.still)
    sample = _sampler(
        samples,
        double,
        ("Last walk", "When were you last there?", "List of tomorrow's discharges", "Keep"),
    )
    double.setParent(sample)
    column.addWidget(sample)
    return part


def _mirror(widget: QWidget) -> None:
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
