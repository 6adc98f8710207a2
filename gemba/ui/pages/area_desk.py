"""One place: another name for it, its shifts, and making one place of two."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.half_typed import HalfTyped
from gemba.ui.widgets import Button, Field, Label, NameField

if TYPE_CHECKING:
    from gemba.services.drafts import Drafts
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class AreaDesk(QWidget):
    """Shown under the list for the chosen place; `changed` asks for the list to be read again."""

    changed = Signal()

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
        self._people = people
        self._go = go
        self.area_id: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(8))
        self.head = Label(theme, "", step="strong")
        self.formerly = Label(theme, "", tone="ink_soft")
        column.addWidget(self.head)
        column.addWidget(self.formerly)
        self.name = Field(theme, self.tr("Name"))
        self.rename = Button(theme, self.tr("Rename"))
        self.rename.clicked.connect(self._rename)
        self.name.entered.connect(self._rename)
        column.addLayout(self._row(theme, self.name, self.rename))
        self.shifts = Field(
            theme, self.tr("Shifts, with commas between"), question=self.tr("early, late, night?")
        )
        self.keep_shifts = Button(theme, self.tr("Keep"))
        self.keep_shifts.clicked.connect(self._keep_shifts)
        self.shifts.entered.connect(self._keep_shifts)
        column.addLayout(self._row(theme, self.shifts, self.keep_shifts))
        self.into = NameField(
            theme, self.tr("Is the same as"), question=self.tr("Which other place?")
        )
        self.merge = Button(theme, self.tr("Make them one"))
        self.merge.clicked.connect(self._merge)
        column.addLayout(self._row(theme, self.into, self.merge))
        self._half = HalfTyped(
            self, drafts, {"name": self.name, "shifts": self.shifts, "into": self.into}
        )
        self.open = Button(theme, self.tr("Find what names it"), kind="quiet", icon="search")
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeading)

    @staticmethod
    def _row(theme: Theme, field: QWidget, button: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def show_area(self, area_id: UUID | None) -> None:
        """Show a place, or nothing where it is not there any more."""
        area = self._people.find_area(area_id)
        self.area_id = area.id if area is not None else None
        self.setVisible(area is not None)
        if area is None:
            return
        self.head.setText(area.name)
        said = self.tr("Formerly {names}").format(names=", ".join(area.formerly))
        self.formerly.setText(said)
        self.formerly.setVisible(bool(area.formerly))
        self.name.set_text(area.name)
        self.shifts.set_text(", ".join(area.shifts))
        others = [one for one in self._people.areas() if one[0] != area.id]
        self.into.set_names(others)
        self.into.set_value(None)
        self._half.begin(f"area.{area.id}")
        self.into.setVisible(bool(others))
        self.merge.setVisible(bool(others))

    def _rename(self) -> None:
        area = self._people.find_area(self.area_id)
        if area is None:
            return
        try:
            renamed = self._people.rename_area(area.id, self.name.text())
        except GembaError as error:
            self._go.trouble(error)
            return
        self._half.took("name")
        if renamed.name != area.name:
            self._go.say(
                self.tr("{before} is called {now} from now on").format(
                    before=area.name, now=renamed.name
                ),
                undo=lambda: self._again(lambda: self._people.put_area(area)),
            )
        self._again(lambda: None)

    def _keep_shifts(self) -> None:
        if self.area_id is not None:
            self._people.set_shifts(self.area_id, self.shifts.text().split(","))
            self._half.took("shifts")
            self._again(lambda: None)

    def _merge(self) -> None:
        name = self.into.value()[1]
        target = next((key for key, one in self._people.areas() if one == name), None)
        if self.area_id is None or target is None:
            self.into.say(self.tr("Choose one of the places there are."))
            return
        old = self._people.area_name(self.area_id)
        try:
            undo = self._people.merge_areas(self.area_id, target)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(
            self.tr("{old} and {name} are one place now").format(old=old, name=name),
            undo=lambda: self._again(lambda: self._people.part_areas(undo)),
        )
        self._half.done()
        self.area_id = target
        self._again(lambda: None)

    def _again(self, work: Callable[[], object]) -> None:
        work()
        self.show_area(self.area_id)
        self.changed.emit()
