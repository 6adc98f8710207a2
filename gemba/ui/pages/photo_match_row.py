"""One photo of a phone beside the observation it may go to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.domain.titles import first_words
from gemba.ui.days import clock
from gemba.ui.widgets import CheckBox
from gemba.ui.widgets.choice import Choice
from gemba.ui.widgets.photos import Thumbnail

if TYPE_CHECKING:
    from gemba.domain.observation import Observation
    from gemba.services.photo_import import FoundPhoto
    from gemba.ui.theme import Theme


class MatchRow(QWidget):
    """One photo: small, its name and time, whether it is wanted, and where it goes."""

    def __init__(
        self,
        theme: Theme,
        found: FoundPhoto,
        nearest_one: Observation,
        seen: Sequence[Observation],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.found = found
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.picture = Thumbnail(theme, "", found.path.name, self)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self.picture)
        words = f"{clock(found.taken)}  {found.path.name}"
        self.wanted = CheckBox(theme, first_words(words, 40), checked=True)
        self.wanted.setToolTip(words)
        row.addWidget(self.wanted)
        self.where = Choice(theme, self.tr("Belongs to"))
        self.where.set_options(
            [(str(one.id), f"{clock(one.seen_at)}  {first_words(one.saw, 60)}") for one in seen],
            str(nearest_one.id),
        )
        row.addWidget(self.where)
        row.addStretch(1)

    def show_picture(self, data: bytes) -> None:
        """Show the small picture."""
        self.picture.show_bytes(data)

    def chosen(self) -> tuple[Path, UUID] | None:
        """Return the file and the observation it goes to, None where it is not wanted."""
        return (self.found.path, UUID(self.where.value)) if self.wanted.isChecked() else None
