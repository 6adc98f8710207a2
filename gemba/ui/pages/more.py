"""What can be done with a record besides its work: earlier versions, and deleting it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from gemba.domain.changes import Ref
from gemba.ui.icons import icon
from gemba.ui.widgets import IconButton

if TYPE_CHECKING:
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme


class More(IconButton):
    """One quiet button in the head of a page; ``ref`` names the record that is shown.

    ``extra`` are further things to do: their words, icon and what they run.
    """

    def __init__(
        self,
        theme: Theme,
        go: Go,
        ref: Callable[[], Ref | None],
        *,
        delete: bool = True,
        extra: Sequence[tuple[str, str, Callable[[], None]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "ellipsis", "", parent=parent)
        words = self.tr("More")
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._go = go
        self._ref = ref
        self._delete = delete
        self._extra = tuple(extra)
        self.clicked.connect(self._open)

    def menu(self) -> QMenu:
        """What can be done, as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered = list(self._extra)
        if self._ref() is not None:
            offered.insert(0, (self.tr("Earlier versions"), "history", self.earlier))
            if self._delete:
                offered.append((self.tr("Delete"), "trash-2", self.delete_it))
        for words, glyph, run in offered:
            action = menu.addAction(icon(self.theme, glyph), words)
            action.triggered.connect(lambda _on=False, run=run: run())
        return menu

    def earlier(self) -> None:
        """Show the earlier versions of the record."""
        ref = self._ref()
        if ref is not None:
            self._go.to("earlier", ref=ref)

    def delete_it(self) -> None:
        """Put the record into the bin."""
        ref = self._ref()
        if ref is not None:
            self._go.throw_away(ref)

    def _open(self) -> None:
        if self._extra or self._ref() is not None:
            at = QPoint(0, self.height() + self.theme.px(4))
            self.menu().popup(self.mapToGlobal(at))


def ref_or_none(kind: str, record: object) -> Ref | None:
    """Name the record a page shows, None while it shows none."""
    key = getattr(record, "id", None)
    return Ref(kind, key) if key is not None else None
