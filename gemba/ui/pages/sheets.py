"""All sheets as small pictures of themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.sheet_row import SheetRow, Wanted, shown
from gemba.domain.titles import first_words
from gemba.ui.days import age, short_day
from gemba.ui.pages.common import listen
from gemba.ui.pages.sheets_filter import SheetsFilter
from gemba.ui.thumbnails import Draw, Thumbnails
from gemba.ui.widgets import Button, EmptyState, PageHead, page_margin
from gemba.ui.widgets.base import set_margins
from gemba.ui.widgets.row_paint import RowAction
from gemba.ui.widgets.sheet_card import CardWords
from gemba.ui.widgets.sheet_grid import INSET, SheetGrid

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.gallery import Gallery, Kind
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

_AGE_DAYS = 30


class SheetsPage(QWidget):
    """The gallery; each picture is the real drawing, made beside the window and kept.

    ``thumbnail`` draws a sheet so many pixels wide on another thread; ``explain`` turns an error
    into a sentence, ``area_word`` is what a place of work is called.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        gallery: Gallery,
        thumbnail: Draw,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        explain: Callable[[GembaError], str],
        area_word: Callable[[], str] = lambda: "area",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._gallery = gallery
        self._tasks = tasks
        self._go = go
        self._today = today
        self._explain = explain
        self._rows: list[SheetRow] = []
        self._kinds: dict[tuple[str, int], Kind] = {}
        self._found: frozenset[str] | None = None
        self._search: CancelToken | None = None
        self._instead: dict[tuple[str, int], str] = {}
        self._stale = True
        self._waiting: set[Ref] = set()
        self._drawn_on = today()
        self.pictures = Thumbnails(thumbnail, tasks, self)
        self.head = PageHead(theme, self.tr("A3"))
        self.new = Button(theme, self.tr("New A3"), kind="primary", icon="plus")
        self.head.add_action(self.new)
        self.filter = SheetsFilter(theme, area_word=area_word)
        self.grid = SheetGrid(
            theme,
            name=self.tr("Sheets"),
            say=self._words,
            picture=self.pictures.get,
            menu=self._menu,
        )
        self.empty = EmptyState(
            theme,
            self.tr("No sheet yet. Begin with one problem and the person who owns it."),
            action=self.tr("Write an A3"),
            icon="notebook-pen",
        )
        self.none = EmptyState(
            theme, self.tr("No sheet fits all of this."), action=self.tr("Show every sheet")
        )
        self._arrange()
        self._connect()
        listen(self, bulletin, self._changed)

    def _arrange(self) -> None:
        px = self.theme.px
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        inner = QWidget()
        self._top = QVBoxLayout(inner)
        self._top.setSpacing(px(24))
        for widget in (self.head, self.filter, self.empty, self.none):
            self._top.addWidget(widget)
        self._column.addWidget(inner)
        self._column.addSpacing(px(24 - INSET))
        self._column.addWidget(self.grid, 1)
        self._column.addStretch(0)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self._go.to("new sheet"))
        self.empty.acted.connect(lambda: self._go.to("new sheet"))
        self.none.acted.connect(self.filter.clear)
        self.filter.changed.connect(self._show)
        self.filter.typed.connect(self._look_up)
        self.filter.words.entered.connect(self.grid.setFocus)
        self.grid.opened.connect(self._open)
        self.grid.binned.connect(self._throw_away)
        self.grid.moved.connect(self.pictures.pause)
        self.grid.rested.connect(self._draw)
        self.pictures.came.connect(self.grid.repaint_row)
        self.pictures.failed.connect(self._tell)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._fill)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("A3")

    def arrive(self, **_what: object) -> None:
        """Show the sheets as they are now."""
        if self._today() != self._drawn_on:
            # What is late, and on which side of today it lies, is drawn on some of them.
            self._drawn_on = self._today()
            self.pictures.forget()
        if self._stale:
            self._fill()
        else:
            self._draw()

    def leave(self) -> None:
        """Draw nothing while another page is shown."""
        self.pictures.pause()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of a page; the grid reaches into them for its rings and its bar."""
        super().resizeEvent(event)
        self._leave_room()

    def changeEvent(self, event: QEvent) -> None:
        """Leave the room at the side where reading begins."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()
        super().changeEvent(event)

    def _leave_room(self) -> None:
        side = page_margin(self.theme, self.window().width())
        inset = self.theme.px(INSET)
        set_margins(self._column, self, side - inset, side, 0, 0)
        set_margins(self._top, self, inset, 0, side, 0)

    def _changed(self, refs: frozenset[Ref]) -> None:
        kinds = {ref.kind for ref in refs}
        if kinds & {"person", "area"}:
            # A name may have been erased; no picture may keep it.
            self.pictures.forget()
        told = kinds & {"sheet", "margin_note", "person", "area"}
        if told:
            self._waiting |= {ref for ref in refs if ref.kind in told}
            self._stale = True
            if self.isVisible():
                self._again.start()

    def _fill(self) -> None:
        self._stale = False
        self._kinds.clear()
        waiting, self._waiting = self._waiting, set()
        try:
            if self._rows and waiting:
                self._rows = self._gallery.rows_after(self._rows, waiting)
            else:
                self._rows = self._gallery.rows()
        except GembaError as error:
            self._go.trouble(error)
            return
        self.filter.offer(self._rows, lambda row: self._kind(row).label)
        any_sheet = bool(self._rows)
        self.empty.setVisible(not any_sheet)
        self.new.setVisible(any_sheet)
        self.filter.setVisible(any_sheet)
        if self._found is not None:
            self._look_up()
        self._show()

    def _look_up(self) -> None:
        """Find the words beside the window; until then what was found before stands."""
        if self._search is not None:
            self._search.cancel()
        typed = self.filter.words.text().strip()
        if not typed:
            self._take_found(None)
            return
        gallery, rows = self._gallery, list(self._rows)
        self._search = self._tasks.run(
            self,
            lambda _token: gallery.saying(rows, typed),
            self._take_found,
            self._search_failed,
        )

    def _take_found(self, found: frozenset[str] | None) -> None:
        self._found = found
        self._show()

    def _search_failed(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _show(self) -> None:
        wanted = self.filter.wanted(self._found)
        rows = shown(self._rows, wanted, self.filter.order.value)
        held = self.grid.hasFocus()
        self.none.setVisible(bool(self._rows) and not rows)
        if held and not rows:
            # Or Qt would hand the focus on to whatever stands next in the window.
            instead = self.none if self._rows else self.empty
            instead.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.setVisible(bool(rows))
        self.none.words.setText(self._none_words(wanted))
        self.none.setAccessibleName(self._none_words(wanted))
        self._count(len(rows), wanted)
        self.grid.set_rows(rows)

    def _none_words(self, wanted: Wanted) -> str:
        if wanted.narrow:
            return self.tr("No sheet fits all of this.")
        if wanted.where == "archived":
            return self.tr("No sheet is archived.")
        return self.tr("Every sheet is archived.")

    def _count(self, count: int, wanted: Wanted) -> None:
        every = Wanted(where=wanted.where)
        total = len(shown(self._rows, every)) if wanted.narrow else count
        words = self.tr("1 sheet") if total == 1 else self.tr("{n} sheets").format(n=f"{total:,}")
        if count != total:
            words = self.tr("{n} of {sheets}").format(n=f"{count:,}", sheets=words)
        self.filter.count.setText(words)

    def _kind(self, row: SheetRow) -> Kind:
        key = (row.definition, row.definition_version)
        if key not in self._kinds:
            self._kinds[key] = self._gallery.kind(row)
        return self._kinds[key]

    def _words(self, row: SheetRow) -> CardWords:
        """What stands on the card of a sheet."""
        facts = [row.owner, row.stage.capitalize()]
        if row.archived_on:
            facts.append(self.tr("Archived"))
        if self._kind(row).private:
            facts.append(self.tr("Private"))
        if row.open_questions:
            facts.append(
                self.tr("1 open question")
                if row.open_questions == 1
                else self.tr("{count} open questions").format(count=row.open_questions)
            )
        return CardWords(
            row.title or self.tr("No title yet"),
            " · ".join(fact for fact in facts if fact),
            self._age(row.changed_on),
            self._instead.get((row.key, row.revision), ""),
            row.open_questions,
        )

    def _age(self, day: date | None) -> str:
        if day is None:
            return ""
        today = self._today()
        days = (today - day).days
        return age(days) if days < _AGE_DAYS else short_day(day, today)

    def _draw(self) -> None:
        if self.isVisible() and self.grid.isVisible():
            self.pictures.want(self.grid.visible(), self.grid.picture_pixels())

    def _tell(self, key: str, error: GembaError) -> None:
        """Say on the paper why there is no picture."""
        for row in self._rows:
            if row.key == key:
                self._instead[key, row.revision] = self._explain(error)
        if isinstance(error, Damaged):
            self._gallery.tell_damage(error)
        self.grid.repaint_row(key)

    def _open(self, row: SheetRow) -> None:
        self._go.to("sheet", sheet=row.id)

    def _menu(self, row: SheetRow) -> list[RowAction]:
        tr = self.tr
        actions = [RowAction(tr("Open"), "notebook-pen", lambda _row: self._open(row))]
        if not self._gallery.writable:
            return actions
        aside = tr("Take out of the archive") if row.archived_on else tr("Archive")
        actions += [
            RowAction(tr("Duplicate"), "copy", lambda _row: self._duplicate(row)),
            RowAction(aside, "archive", lambda _row: self._archive(row)),
            RowAction(tr("Put into the bin"), "trash-2", lambda _row: self._throw_away(row)),
        ]
        return actions

    def _duplicate(self, row: SheetRow) -> None:
        words = self.tr("Copy of {title}")
        try:
            made = self._gallery.duplicate(row.id, lambda title: words.format(title=title))
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(
            self.tr("Copied: {title}").format(title=first_words(row.title)),
            self._quietly(lambda: self._gallery.remove(made.id)),
        )

    def _archive(self, row: SheetRow) -> None:
        away = not row.archived_on
        if not self._try(lambda: self._gallery.archive(row.id, away=away)):
            return
        said = self.tr("Archived: {title}") if away else self.tr("In use again: {title}")
        self._go.say(
            said.format(title=first_words(row.title)),
            self._quietly(lambda: self._gallery.archive(row.id, away=not away)),
        )

    def _throw_away(self, row: SheetRow) -> None:
        if self._gallery.writable:
            self._go.throw_away(Ref("sheet", row.id), listed=True)

    def _quietly(self, work: Callable[[], None]) -> Callable[[], None]:
        """Return work that tells its trouble in the window."""

        def run() -> None:
            self._try(work)

        return run

    def _try(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except GembaError as error:
            self._go.trouble(error)
            return False
        return True
