"""A field for a person or an area that takes a name nobody has used before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.frame import LineField
from gemba.ui.widgets.offer_list import OfferList
from gemba.ui.widgets.row_paint import RowWords

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NameField(LineField):
    """Type a name and choose it, or add it.

    `chosen` hands on the id and name of a known one (None and an empty name once it is emptied);
    `added` hands on a new name once, when the user takes "Add NAME", presses Enter, or leaves.
    """

    chosen = Signal(object, object)
    added = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        big: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, question=question, big=big, name=name, parent=parent)
        self._names: list[tuple[UUID, str]] = []
        self._settled = ""
        self.offers = OfferList(theme, self.tr("Names"), self)
        self.offers.list.opened.connect(self._take)
        self.opener = IconButton(theme, "chevron-down", self.tr("Names"), parent=self.frame)
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.opener.setFixedSize(theme.px(32), theme.px(32))
        self.frame.set_sides(theme.px(12), theme.px(2), 0, 0)
        self.frame.row.addWidget(self.opener)
        self.opener.clicked.connect(self._offer_all)
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        self.left.connect(self._settle)
        self.entered.connect(self._settle)

    def set_names(self, names: Sequence[tuple[UUID, str]]) -> None:
        """The names to choose from, in the order to offer them."""
        self._names = list(names)

    def set_value(self, id: UUID | None, name: str = "") -> None:
        """Show a name; nothing is sent. The id alone is enough for a known name."""
        known = dict(self._names)
        self.line.setText(name or (known.get(id, "") if id is not None else ""))
        # A long name is read from its beginning.
        self.line.setCursorPosition(0)
        self._settled = self.line.text().strip()

    def value(self) -> tuple[UUID | None, str]:
        """The id of a known name, or None for a new or empty one, and the name."""
        typed = self.line.text().strip()
        return self._find(typed), typed

    def set_read_only(self, read_only: bool) -> None:
        """Show the name without letting it be changed."""
        super().set_read_only(read_only)
        self.opener.setVisible(not read_only)

    def _find(self, typed: str) -> UUID | None:
        wanted = typed.casefold()
        return next((i for i, n in self._names if wanted and n.strip().casefold() == wanted), None)

    def _offer_all(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.offers.isVisible():
            self.offers.hide()
        else:
            self._show("")

    def _offer(self, typed: str) -> None:
        if typed.strip():
            self._show(typed.strip())
        else:
            self.offers.hide()

    def _show(self, typed: str) -> None:
        wanted = typed.casefold()
        found = [(i, n) for i, n in self._names if wanted in n.casefold()]
        found.sort(key=lambda pair: not pair[1].casefold().startswith(wanted))
        rows = [RowWords(name, bold=False, key=name) for _, name in found]
        if typed and self._find(typed) is None:
            words = self.tr("Add {name}").format(name=typed)
            rows.append(RowWords(words, icon="plus", bold=False, key=typed))
        self.offers.show_below(self.frame, self.frame.rect(), rows)

    def _take(self, name: object) -> None:
        self.offers.hide()
        self.line.setText(str(name))
        self.edited.emit()
        self._settle()

    def _settle(self) -> None:
        self.offers.hide()
        id, name = self.value()
        if name == self._settled:
            return
        self._settled = name
        if id is None and name:
            self.added.emit(name)
        else:
            self.chosen.emit(id, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter choose from the list, Esc closes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        leaving = event.type() == QEvent.Type.FocusOut
        if leaving and isinstance(event, QFocusEvent):
            self.offers.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if not self.offers.isVisible():
            if key == Qt.Key.Key_Down and not self.line.isReadOnly():
                typed = self.line.text().strip()
                self._show("" if self._find(typed) is not None else typed)
                return True
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.offers.hide()
        elif key in _ENTER and (chosen := self.offers.chosen()) is not None:
            self._take(chosen)
        else:
            return False
        return True
