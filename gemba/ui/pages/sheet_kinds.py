"""Which sheet fits: each kind by its situation, with a small picture of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.common import clear
from gemba.ui.widgets import FlowLayout, IconButton, Label, Notice, PageHead, ScrollPage
from gemba.ui.widgets.kind_card import KindCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gemba.domain.definition import SheetDefinition
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

Picture = Callable[["SheetDefinition", int], QImage]


class KindPictures:
    """Draws empty sheets beside the window, each once, and hands them to the cards."""

    def __init__(self, draw: Picture, tasks: Tasks) -> None:
        self._draw = draw
        self._tasks = tasks
        self._drawn: dict[tuple[SheetDefinition, int], QImage] = {}

    def put(self, card: KindCard, kind: SheetDefinition) -> None:
        """Put the picture of a kind on its card, at once where it was drawn before."""
        wide = round(card.picture_width * card.devicePixelRatioF())
        ready = self._drawn.get((kind, wide))
        if ready is not None:
            card.set_picture(ready)
            return
        draw = self._draw

        def show(picture: QImage) -> None:
            self._drawn[kind, wide] = picture
            if card.accessibleName().startswith(kind.label):
                card.set_picture(picture)

        self._tasks.run(card, lambda _token: draw(kind, wide), show, lambda _error: None)


class SheetKinds(QWidget):
    """Asks for the situation; ``chosen`` tells the kind of sheet, ``left`` that it stays."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, pictures: KindPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._pictures = pictures
        self.cards: dict[str, KindCard] = {}
        self.view = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.view)
        self.back = IconButton(theme, "x", self.tr("Back (Esc)"))
        self.back.clicked.connect(self.left)
        head = PageHead(theme, self.tr("What is the situation?"))
        head.add_action(self.back)
        self.view.add(head)
        self.view.space(8)
        said = self.tr("Is somebody in danger or waiting right now? Act first; the sheet can wait.")
        self.view.add(Label(theme, said, tone="ink_soft"))
        self.view.space(16)
        self.grid = QWidget()
        self._flow = FlowLayout(self.grid, gap=theme.px(8))
        self.view.add(self.grid)
        self.troubles = QWidget()
        self._troubles = QVBoxLayout(self.troubles)
        self._troubles.setContentsMargins(0, theme.px(16), 0, 0)
        self._troubles.setSpacing(theme.px(8))
        self.view.add(self.troubles)
        self.view.finish()

    def show_kinds(
        self, kinds: Sequence[SheetDefinition], now: str, troubles: Sequence[str]
    ) -> None:
        """Show every kind, with a tick at the one chosen now, and what is wrong with one's own."""
        for card in self.cards.values():
            self._flow.removeWidget(card)
            card.deleteLater()
        self.cards.clear()
        for kind in kinds:
            card = KindCard(
                self.theme,
                kind.label,
                kind.description,
                chosen=kind.id == now,
                parent=self.grid,
            )
            card.clicked.connect(lambda _on=False, kind=kind: self.chosen.emit(kind))
            self._flow.addWidget(card)
            card.show()
            self.cards[kind.id] = card
            self._pictures.put(card, kind)
        clear(self._troubles)
        for trouble in troubles:
            self._troubles.addWidget(Notice(self.theme, trouble))
        self.troubles.setVisible(bool(troubles))
        first = self.cards.get(now) or next(iter(self.cards.values()))
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps the kind that was chosen before."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
