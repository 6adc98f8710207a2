"""A form from a file, shown before anything of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from gemba.services.form_making import ComingForm
    from gemba.ui.theme import Theme

_MOST = 8
"""So many of its questions are shown; how many there are is said."""


class FormComing(QWidget):
    """What a file would become, with "Bring it in" and "Leave it"; ``taken`` when it may come."""

    taken = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.coming: ComingForm | None = None
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, theme.px(24))
        inner.setSpacing(theme.px(8))
        self.title = Label(theme, "", step="strong")
        self.told = Label(theme, "")
        self.left_out = Label(theme, "", step="small", tone="ink_soft")
        for label in (self.title, self.told, self.left_out):
            inner.addWidget(label)
        row = QHBoxLayout()
        self.take = Button(theme, self.tr("Bring it in"), kind="primary")
        self.leave_it = Button(theme, self.tr("Leave it"), kind="quiet")
        self.take.clicked.connect(self._take)
        self.leave_it.clicked.connect(self.forget)
        row.addWidget(self.take)
        row.addWidget(self.leave_it)
        row.addStretch(1)
        inner.addLayout(row)
        self.hide()

    def show_form(self, coming: ComingForm, *, title: str = "") -> None:
        """Show a form that was looked at; ``title`` is that of the form it is a version of."""
        self.coming = coming
        asked = coming.questions
        count = self.tr("1 question") if len(asked) == 1 else self.tr("{n} questions")
        name = title or coming.ready.title
        self.title.setText(
            self.tr("{title}: {count}, nothing is kept yet").format(
                title=name, count=count.format(n=len(asked))
            )
        )
        self.told.setText("\n".join(self._first(asked)))
        left_out = self._first(coming.ready.not_supported)
        self.left_out.setText("\n".join(left_out))
        self.left_out.setVisible(bool(left_out))
        self.show()
        self.take.setFocus()

    def _first(self, lines: tuple[str, ...]) -> list[str]:
        more = len(lines) - _MOST
        rest = [self.tr("… and {n} more").format(n=more)] if more > 0 else []
        return [*lines[:_MOST], *rest]

    def _take(self) -> None:
        if self.coming is not None:
            self.taken.emit()

    def forget(self) -> None:
        """Show nothing any more, and keep nothing of it."""
        self.coming = None
        self.hide()
