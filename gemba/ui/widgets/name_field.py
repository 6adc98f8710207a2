"""A field for a person or an area that takes a name nobody has used before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from gemba.ui.widgets.button import IconButton
from gemba.ui.widgets.frame import LineField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_NEW = Qt.ItemDataRole.UserRole + 1
_SHOWN = 12


class NameField(LineField):
    """Type a name and choose it, or add it.

    `chosen` hands on the id and name of a known one; `added` hands on a new name once, when the
    user takes "Add NAME", presses Enter, or leaves the field.
    """

    chosen = Signal(object, str)
    added = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        question: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, question=question, name=name, parent=parent)
        self._names: list[tuple[UUID, str]] = []
        self._settled = ""
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.setWidget(self.line)
        popup = QListView()
        popup.setFont(theme.font())
        popup.setMinimumWidth(theme.px(240))
        self._completer.setPopup(popup)
        self._completer.activated[QModelIndex].connect(self._take)
        self.opener = IconButton(theme, "chevron-down", self.tr("Names"), parent=self.frame)
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.opener.setFixedSize(theme.px(32), theme.px(32))
        margins = self.frame.row.contentsMargins()
        self.frame.row.setContentsMargins(margins.left(), 0, theme.px(2), 0)
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
        self._settled = self.line.text().strip()

    def value(self) -> tuple[UUID | None, str]:
        """The id of a known name, or None for a new or empty one, and the name."""
        typed = self.line.text().strip()
        return self._find(typed), typed

    def _find(self, typed: str) -> UUID | None:
        wanted = typed.casefold()
        return next((i for i, n in self._names if wanted and n.strip().casefold() == wanted), None)

    def _offer_all(self) -> None:
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._fill("")
        self._show()

    def _offer(self, typed: str) -> None:
        self._fill(typed.strip())
        if typed.strip():
            self._show()
        else:
            self._completer.popup().hide()

    def _fill(self, typed: str) -> None:
        self._model.clear()
        wanted = typed.casefold()
        found = [(i, n) for i, n in self._names if wanted in n.casefold()]
        found.sort(key=lambda pair: not pair[1].casefold().startswith(wanted))
        for id, name in found:
            self._model.appendRow(self._item(name, name, id, new=False))
        if typed and self._find(typed) is None:
            words = self.tr("Add {name}").format(name=typed)
            self._model.appendRow(self._item(words, typed, None, new=True))

    def _item(self, words: str, name: str, id: UUID | None, *, new: bool) -> QStandardItem:
        item = QStandardItem(words)
        item.setData(name, Qt.ItemDataRole.WhatsThisRole)
        item.setData(id, _ID)
        item.setData(new, _NEW)
        return item

    def _show(self) -> None:
        if self._model.rowCount():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _take(self, index: QModelIndex) -> None:
        name = str(index.data(Qt.ItemDataRole.WhatsThisRole))
        self.line.setText(name)
        self.edited.emit()
        self._settle()

    def _settle(self) -> None:
        if self._completer.popup().isVisible():
            return
        id, name = self.value()
        if name == self._settled:
            return
        self._settled = name
        if id is not None:
            self.chosen.emit(id, name)
        elif name:
            self.added.emit(name)
        else:
            self.chosen.emit(None, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list from the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            closed = not self._completer.popup().isVisible()
            if closed and event.key() == Qt.Key.Key_Down:
                self._fill(self.line.text().strip())
                if not self._model.rowCount() or self.value()[0] is not None:
                    self._fill("")
                self._show()
                return True
        return super().eventFilter(watched, event)
