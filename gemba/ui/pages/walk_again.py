"""What comes again on walks: a route to choose or to keep, and the shift that is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.titles import first_words
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Field, FlowLayout, Label

if TYPE_CHECKING:
    from gemba.domain.route import Route
    from gemba.services.routes import Routes
    from gemba.ui.theme import Theme


class RouteChoice(QWidget):
    """The routes there are, one at a time; `chosen` hands on the route, None for none."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, routes: Routes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._routes = routes
        self.buttons: dict[UUID, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(
            Label(theme, self.tr("By a route you know"), step="small", tone="ink_soft")
        )
        self._host = QWidget()
        self._flow = FlowLayout(self._host, gap=theme.px(8))
        column.addWidget(self._host)
        self.hide()

    def offer(self) -> None:
        """Show the routes there are now, none of them chosen."""
        clear(self._flow)
        self.buttons = {}
        for route in self._routes.all():
            words = first_words(route.name)
            button = Button(self.theme, words, checkable=True, parent=self._host)
            button.setToolTip(route.name if words != route.name else "")
            button.clicked.connect(lambda on=False, key=route.id: self._choose(key, on))
            self.buttons[route.id] = button
            self._flow.addWidget(button)
            button.show()
        self.setVisible(bool(self.buttons))

    def _choose(self, key: UUID, on: bool) -> None:
        for other, button in self.buttons.items():
            if other != key:
                button.setChecked(False)
        self.chosen.emit(self._routes.get(key) if on else None)


class KeepRoute(QWidget):
    """A name for the plan as it stands, to be walked again; `asked` hands on the name."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.name = Field(
            theme,
            self.tr("Walk this again? Name the route"),
            question=self.tr("From the lounge back to the round?"),
        )
        self.keep = Button(theme, self.tr("Keep the route"))
        self.keep.clicked.connect(self._ask)
        self.name.entered.connect(self._ask)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)

    def _ask(self) -> None:
        if self.name.text().strip():
            self.asked.emit(self.name.text())


def route_texts(route: Route) -> dict[str, str]:
    """Return what a route says in each field of a plan."""
    return {
        "purpose": route.purpose,
        "company": route.company,
        "expect": route.expect,
        "stops": "\n".join(stop.place for stop in route.stops),
        "own": "\n".join(route.questions),
    }
