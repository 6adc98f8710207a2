"""The tray beside a sheet: what no box has room for, whole, until it is put into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from gemba.domain.change_type import has_actions
from gemba.domain.errors import NotFound
from gemba.domain.figures.words import described
from gemba.domain.prose import plain
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.base import RADIUS, box

if TYPE_CHECKING:
    from gemba.domain.sheet import TrayPiece
    from gemba.ui.pages.sheet_desk import SheetHost
    from gemba.ui.theme import Theme

PIECE: Final = "application/x-gemba-tray-piece"
"""What a piece is called while it is dragged; its place in the tray is what is carried."""


class TrayPanel(QWidget):
    """Lists the pieces; each is dragged onto a box, or put there by its button."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        self.cards: list[PieceCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(page.theme.px(12))
        self._shown: tuple[TrayPiece, ...] = ()
        self._fill()

    def refresh(self) -> None:
        """Show what lies there now."""
        page = self.page
        if page.sheet is not None and page.desk.formats.tray(page.shown()) != self._shown:
            self._fill()

    def _fill(self) -> None:
        page = self.page
        held = QApplication.focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        if inside:  # or Qt would hand the focus on to a box, which would open
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._column)
        self.cards.clear()
        assert page.sheet is not None
        self._shown = page.desk.formats.tray(page.shown())
        if self._shown:
            said = self.tr(
                "What has no box on this sheet lies here. It is searched, saved and exported with"
                " it, and does not print."
            )
        else:
            said = self.tr("The tray is empty: everything stands in a box.")
        self._column.addWidget(Label(page.theme, said, tone="ink_soft"))
        for place, piece in enumerate(self._shown):
            card = PieceCard(page, piece, place)
            self.cards.append(card)
            self._column.addWidget(card)
        if inside and self.cards:
            self.cards[0].put.setFocus(Qt.FocusReason.OtherFocusReason)


class PieceCard(QWidget):
    """One piece: where it came from, all of its text, and the way into a box."""

    def __init__(self, page: SheetHost, piece: TrayPiece, place: int) -> None:
        super().__init__()
        self.page = page
        self.theme: Theme = page.theme
        self.piece = piece
        self._place = place
        self._pressed: QPoint | None = None
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(4))
        column.addWidget(Label(self.theme, piece.label, step="strong"))
        kind = self._kind()
        if kind:
            said = self.tr("from {kind}").format(kind=kind)
            column.addWidget(Label(self.theme, said, step="small", tone="ink_soft"))
        self.put = Button(self.theme, self.tr("Put into a box"), icon="corner-down-left")
        self.put.setAccessibleName(self.tr("Put {piece} into a box").format(piece=piece.label))
        self.put.set_menu(self._boxes())
        self.put.setEnabled(page.may_write())
        column.addWidget(self.put, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(4))
        text = plain(piece.box.text)
        if text.strip():
            column.addWidget(Label(self.theme, text))
        if has_actions(piece.box):
            said = self.tr("Its actions stay on Today.")
            column.addWidget(Label(self.theme, said, step="small", tone="ink_soft"))
        for figure in piece.box.figures:
            words = described(figure, page.desk.words)
            column.addWidget(Label(self.theme, words, tone="ink_soft"))
        if page.may_write():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.put.setCursor(Qt.CursorShape.ArrowCursor)
            self.setToolTip(self.tr("Drag it onto a box of the sheet"))

    def _kind(self) -> str:
        page = self.page
        if page.sheet is None or self.piece.definition == page.sheet.definition:
            return ""
        try:
            return page.desk.types.get(self.piece.definition).label
        except NotFound:
            return ""

    def _boxes(self) -> QMenu:
        menu = QMenu(self)
        assert self.page.definition is not None
        for one in self.page.definition.boxes:
            entry = menu.addAction(one.label.replace("&", "&&"))
            entry.triggered.connect(
                lambda _on=False, box=one.id: self.page.shape.put(self.piece, box)
            )
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the piece."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along to a box of the sheet."""
        far = QApplication.startDragDistance()
        if self._pressed is None or not self.page.may_write():
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= far:
            self._pressed = None
            self.drag().exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._pressed = None

    def drag(self) -> QDrag:
        """Return the piece as it is carried: by its place in the tray."""
        made = QDrag(self)
        carried = QMimeData()
        carried.setData(PIECE, QByteArray(str(self._place).encode()))
        made.setMimeData(carried)
        made.setPixmap(self.grab(self.rect().adjusted(0, 0, 0, -self.height() // 2)))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edge of the piece."""
        painter = QPainter(self)
        inner = self.rect().toRectF()
        box(painter, inner, self.theme.px(RADIUS), self.theme.page, self.theme.line)
        painter.end()
