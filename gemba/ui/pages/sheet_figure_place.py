"""Where the figure stands whose editor is open: beside or under the text, and its own size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.figures.placing import BESIDE, UNDER, Figures, replaced, sized, stepped, turned
from gemba.domain.figures.telling import left_out_told
from gemba.ui.widgets import Button, FlowLayout, Label, Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.ui.pages.sheet_desk import SheetHost


class PlaceStrip(QWidget):
    """The same in words that handles and keys do on the sheet."""

    def __init__(self, page: SheetHost, box_id: str, figure_id: str) -> None:
        super().__init__()
        self.page = page
        self._box, self._figure = box_id, figure_id
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        assert page.sheet is not None
        held = next((f for f in page.sheet.box(box_id).figures if f.id == figure_id), None)
        side = held.place.side if held is not None else UNDER
        self.side = Segmented(
            theme,
            [(BESIDE, self.tr("Beside the text")), (UNDER, self.tr("Under the text"))],
            value=BESIDE if side == BESIDE else UNDER,
            name=self.tr("Where it stands"),
        )
        self.side.chosen.connect(lambda key: self._do(partial(turned, id=figure_id, side=key)))
        row = FlowLayout(gap=theme.px(4))
        for words, by in ((self.tr("One place up"), -1), (self.tr("One place down"), 1)):
            button = Button(theme, words, kind="quiet", parent=self)
            button.clicked.connect(
                lambda _on=False, by=by: self._do(partial(stepped, id=figure_id, by=by))
            )
            row.addWidget(button)
        other = Button(theme, self.tr("Another box"), kind="quiet", parent=self)
        other.setToolTip(self.tr("On the sheet: drag it there, or Ctrl+Shift with up and down"))
        other.clicked.connect(
            lambda: page.ask_figure_home(other.mapToGlobal(other.rect().bottomLeft()))
        )
        row.addWidget(other)
        self.own = Button(theme, self.tr("Its own size"), kind="quiet", parent=self)
        self.own.clicked.connect(lambda: self._do(self._natural))
        row.addWidget(self.own)
        column.addWidget(Label(theme, self.tr("On the sheet"), step="strong", parent=self))
        self.told = Label(theme, "", step="small", tone="watch", parent=self)
        column.addWidget(self.told)
        column.addWidget(self.side)
        column.addLayout(row)
        self.tell()

    def tell(self) -> None:
        """Say what of the figure found no room on the sheet as it was just drawn."""
        layout = self.page.view.box_at(self._box)
        figures = layout.figures if layout is not None else ()
        laid = next((one for one in figures if one.id == self._figure), None)
        said = ""
        if laid is not None:
            said = left_out_told(laid.unseen, laid.left_out, self.page.desk.words)
        self.told.setText(said)
        self.told.setVisible(bool(said))

    def _natural(self, figures: Figures) -> Figures:
        one = next((each for each in figures if each.id == self._figure), None)
        return figures if one is None else replaced(figures, sized(one, 0, 0))

    def _do(self, edit: Callable[[Figures], Figures]) -> None:
        self.page.edits.arrange(self._box, edit)
        assert self.page.sheet is not None
        held = (f for f in self.page.sheet.box(self._box).figures if f.id == self._figure)
        side = next((one.place.side for one in held), "")
        if side and side != self.side.value():
            self.side.set_value(side)
