"""Forms on a walk: one to fill in at this stop, and those begun or handed in on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Chip, FlowLayout
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.domain.form import Filling
    from gemba.domain.walk import Walk
    from gemba.services.forms import Forms
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class WalkForms(QWidget):
    """A button that offers the forms in use, none of them chosen, and a pill for each begun."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Callable[[], Forms],
        go: Go,
        stop: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._forms = forms
        self._go = go
        self._stop = stop
        self._walk: Walk | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        self.choose = Button(theme, self.tr("Fill in a form"), kind="quiet", icon="list-todo")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._offer)
        self.choose.set_menu(self.menu)
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)
        self._host = QWidget()
        self._flow = FlowLayout(self._host, gap=theme.px(4))
        column.addWidget(self._host)
        self.pills: list[Chip] = []

    def show_walk(self, walk: Walk) -> None:
        """Show what was filled in on a walk."""
        self._walk = walk
        clear(self._flow)
        self.pills = []
        forms = self._forms()
        for one in forms.on_walk(walk.id):
            words = first_words(forms.title_of(one), 32)
            if one.place:
                words = f"{words} · {first_words(one.place, 24)}"
            icon = "check" if one.finished else "pen-line"
            pill = Chip(self.theme, words, kind="link", icon=icon, parent=self._host)
            state = self.tr("handed in") if one.finished else self.tr("half filled in")
            pill.setAccessibleName(f"{words}, {state}")
            pill.clicked.connect(lambda _on=False, key=one.id: self._open(key))
            self._flow.addWidget(pill)
            self.pills.append(pill)
            pill.show()
        tab_through(self._host, self.pills)
        self._host.setVisible(bool(self.pills))

    def _offer(self) -> None:
        self.menu.clear()
        for form in self._forms().all():
            entry = self.menu.addAction(first_words(form.title, 48).replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, key=form.id: self.begin(key))
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        more = self.menu.addAction(self.tr("Other forms"))
        more.triggered.connect(lambda: self._go.to("forms"))

    def begin(self, form_id: UUID) -> None:
        """Fill in a form at the stop where the leader stands; one begun there is gone on with."""
        if self._walk is None:
            return
        stop = self._stop()
        try:
            filling = self._begun(form_id, stop)
            if filling is None:
                filling = self._forms().begin(form_id, walk=self._walk, stop_id=stop)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._open(filling.id)

    def _begun(self, form_id: UUID, stop: str) -> Filling | None:
        assert self._walk is not None
        for one in self._forms().on_walk(self._walk.id):
            if one.form_key == form_id and one.stop_id == stop and not one.finished:
                return one
        return None

    def _open(self, filling_id: UUID) -> None:
        self._go.to("fill", filling=filling_id)
