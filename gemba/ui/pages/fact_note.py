"""A quiet question under what was seen, where it tells of a person and not of the process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.ui.widgets import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme
    from gemba.ui.widgets import TextField


class FactNote(Label):
    """Reads a fact while it is typed; it blocks nothing, and nothing keeps what it asks."""

    def __init__(self, theme: Theme, saw: TextField, ask: Callable[[str], str]) -> None:
        super().__init__(theme, "", step="small", tone="ink_soft")
        self.setContentsMargins(0, theme.px(4), 0, 0)
        self._saw = saw
        self._ask = ask
        self.hide()
        saw.edited.connect(self.read)

    def read(self) -> None:
        """Ask about what stands in the field now, or go away."""
        asked = self._ask(self._saw.text())
        self.setText(asked)
        self.setVisible(bool(asked))
