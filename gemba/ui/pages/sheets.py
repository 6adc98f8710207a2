"""All sheets as small pictures of themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.ui.widgets import Button, EmptyState, FlowLayout, PageHead, ScrollPage
from gemba.ui.widgets.sheet_card import PICTURE_WIDTH, SheetCard

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.sheet import Sheet
    from gemba.services.bulletin import Bulletin
    from gemba.services.people import People
    from gemba.services.sheets import Sheets
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

Thumbnail = Callable[["Sheet", int], QImage]


class SheetsPage(QWidget):
    """The gallery; each picture is the real drawing, made beside the window and kept."""

    def __init__(
        self,
        theme: Theme,
        *,
        sheets: Sheets,
        people: People,
        thumbnail: Thumbnail,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        day: Callable[[object], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sheets = sheets
        self._people = people
        self._thumbnail = thumbnail
        self._tasks = tasks
        self._go = go
        self._day = day
        self._pictures: dict[tuple[UUID, int, int], QImage] = {}
        self.cards: dict[UUID, SheetCard] = {}
        self._stale = True
        self.view = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.view)
        self.head = PageHead(theme, self.tr("A3"))
        self.new = Button(theme, self.tr("New A3"), kind="primary", icon="plus")
        self.new.clicked.connect(lambda: self._go.to("new sheet"))
        self.head.add_action(self.new)
        self.view.add(self.head)
        self.view.space(24)
        self.grid = QWidget()
        self._flow = FlowLayout(self.grid, gap=theme.px(32))
        self.view.add(self.grid)
        self.empty = EmptyState(
            theme,
            self.tr("No sheet yet. Begin with one problem and the person who owns it."),
            action=self.tr("Write an A3"),
            icon="notebook-pen",
        )
        self.empty.acted.connect(lambda: self._go.to("new sheet"))
        self.view.add(self.empty)
        self.view.finish()
        self.destroyed.connect(bulletin.listen(self._changed))

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("A3")

    def arrive(self, **_what: object) -> None:
        """Show the sheets as they are now."""
        if self._stale:
            self._fill()

    def _changed(self, refs: frozenset[Ref]) -> None:
        if any(ref.kind in ("sheet", "margin_note", "person") for ref in refs):
            self._stale = True
            if self.isVisible():
                QTimer.singleShot(0, self._fill)

    def _fill(self) -> None:
        self._stale = False
        for card in self.cards.values():
            self._flow.removeWidget(card)
            card.deleteLater()
        self.cards.clear()
        found = self._sheets.all()
        self.empty.setVisible(not found)
        self.new.setVisible(bool(found))
        count = self.tr("{count} sheets").format(count=len(found)) if len(found) > 1 else ""
        self.head.set_title(self.tr("A3"), count)
        for sheet in found:
            self._add(sheet)

    def _add(self, sheet: Sheet) -> None:
        waiting = sum(note.open for note in self._sheets.margin(sheet.id))
        facts = [self._people.name_of(sheet.owner_id), sheet.stage.capitalize()]
        if self._sheets.private(sheet):
            facts.append(self.tr("Private"))
        if waiting:
            facts.append(
                self.tr("1 open question")
                if waiting == 1
                else self.tr("{count} open questions").format(count=waiting)
            )
        card = SheetCard(
            self.theme,
            sheet.title,
            " · ".join(fact for fact in facts if fact),
            self._day(sheet.started_on),
            width=self.theme.px(PICTURE_WIDTH),
            parent=self.grid,
        )
        card.clicked.connect(lambda _on=False, id=sheet.id: self._go.to("sheet", sheet=id))
        self._flow.addWidget(card)
        card.show()
        self.cards[sheet.id] = card
        self._picture(sheet, card)

    def _picture(self, sheet: Sheet, card: SheetCard) -> None:
        wide = round(card.picture_size().width() * self.devicePixelRatioF())
        key = (sheet.id, sheet.revision, wide)
        ready = self._pictures.get(key)
        if ready is not None:
            card.set_picture(ready)
            return
        draw = self._thumbnail

        def show(picture: QImage) -> None:
            self._pictures[key] = picture
            card.set_picture(picture)

        self._tasks.run(card, lambda _token: draw(sheet, wide), show, lambda _error: None)
