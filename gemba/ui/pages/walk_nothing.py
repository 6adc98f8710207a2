"""What walk mode says where there is nothing to walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.ui.widgets import EmptyState, ScrollPage

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class NothingToWalk(ScrollPage):
    """No walk is under way, or the one asked for is done; each with the one thing to do then."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.none = EmptyState(
            theme,
            self.tr("No walk is under way. One sentence is enough to set out."),
            action=self.tr("Walk"),
            icon="footprints",
        )
        self.ended = EmptyState(
            theme, self.tr("This walk is done."), action=self.tr("To its debrief")
        )
        self.add(self.none)
        self.add(self.ended)
        self.finish()

    def show_done(self, done: bool) -> None:
        """Say that the walk is done, or that there is none."""
        self.none.setVisible(not done)
        self.ended.setVisible(done)
