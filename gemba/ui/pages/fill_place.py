"""Where a form is filled in: on a walk at one of its stops, or at a place and in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.form import Filling
from gemba.ui.autosave import Autosave
from gemba.ui.half_typed import HalfTyped
from gemba.ui.widgets import Chip, Column, Field, FlowLayout, NameField

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class FillPlace(QWidget):
    """Two short lines, or a chip that leads to the walk; ``changed`` hands on place and area."""

    changed = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        *,
        people: People,
        drafts: Drafts,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._people = people
        self._go = go
        self._filling: Filling | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        column = Column(theme)
        outer.addWidget(column)
        self.fields = QWidget()
        row = QHBoxLayout(self.fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.place = Field(theme, "", question=self.tr("At which place?"))
        self.area = NameField(theme, "", question=self.tr("Which area?"))
        for field in (self.place, self.area):
            row.addWidget(field, 1)
            field.left.connect(self._tell)
        self._half = HalfTyped(self, drafts, {"area": self.area})
        Autosave(self.place, lambda _visit: self._tell_place())
        self.place.entered.connect(self._tell)
        self.area.entered.connect(self._tell)
        column.add(self.fields)
        self.chips = QWidget()
        flow = FlowLayout(self.chips, gap=theme.px(8))
        self.walk = Chip(theme, self.tr("On a walk"), kind="link", icon="footprints")
        self.walk.clicked.connect(self._open_walk)
        self.at = Chip(theme, "", icon="map-pin")
        flow.addWidget(self.walk)
        flow.addWidget(self.at)
        column.add(self.chips)

    def show_filling(self, filling: Filling) -> None:
        """Show where a form is filled in."""
        fresh = self._filling is None or self._filling.id != filling.id
        self._filling = filling
        on_walk = filling.walk_id is not None
        settled = on_walk or filling.finished
        area = self._people.area_name(filling.area_id)
        self.fields.setVisible(not settled)
        self.chips.setVisible(settled)
        self.walk.setVisible(on_walk)
        words = " · ".join(dict.fromkeys(part for part in (filling.place, area) if part))
        self.at.setText(words)
        self.at.setVisible(bool(words))
        if fresh:
            self.area.set_names(self._people.areas())
            question = self.tr("Which {area}?").format(area=self._people.area_word())
            self.area.line.setPlaceholderText(question)
            self.place.set_text(filling.place)
            self.area.set_value(filling.area_id, area)
            self._half.begin("" if settled else f"fill.{filling.id}")

    def _tell(self) -> None:
        held = self._filling
        if held is None or held.walk_id is not None or held.finished:
            return
        place, area = self.place.text().strip(), self.area.line.text().strip()
        if (place, area) != (held.place, self._people.area_name(held.area_id)):
            self.changed.emit(place, area)
        self._half.took("area")

    def _tell_place(self) -> None:
        """Tell the place while it is typed; half the name of an area would make an area of it."""
        held = self._filling
        place = self.place.text().strip()
        if held is not None and not held.finished and place != held.place:
            self.changed.emit(place, self._people.area_name(held.area_id))

    def _open_walk(self) -> None:
        if self._filling is not None and self._filling.walk_id is not None:
            self._go.open(Ref("walk", self._filling.walk_id))
