"""Records that the disk altered: what can be read of each, and the way to bring it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.ui.go import Go
from gemba.ui.pages.safety_words import moment
from gemba.ui.tasks import Tasks
from gemba.ui.widgets import Button, Column, Label, Notice, ScrollPage

if TYPE_CHECKING:
    from gemba.services.mending import Hurt, Mending
    from gemba.ui.theme import Theme


class HurtPage(QWidget):
    """Names damaged records beside what can be done; all others stay usable."""

    def __init__(
        self,
        theme: Theme,
        *,
        mending: Mending,
        tasks: Tasks,
        go: Go,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._mending = mending
        self._tasks = tasks
        self._go = go
        self._now = now
        self._refs: tuple[Ref, ...] = ()
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = Column(theme)
        page.add(column)
        page.finish()
        column.add(Label(theme, self.tr("Altered on the disk"), step="title"))
        self.said = Label(theme, tone="ink_soft")
        column.add(self.said)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, theme.px(16), 0, 0)
        self._rows.setSpacing(theme.px(8))
        column.add(self._list)
        self.buttons: list[Button] = []

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Altered on the disk")

    def arrive(self, refs: Sequence[Ref] | None = None, **_what: object) -> None:
        """Show these records, or look through everything for such."""
        self._clear()
        self.said.setText(self.tr("Looking what can be done."))
        self._tasks.run(self, lambda _token: self._look(refs), self._show, self._failed)

    def leave(self) -> None:
        """Nothing is written here."""

    def _look(self, refs: Sequence[Ref] | None) -> tuple[Hurt, ...]:
        if refs is None:
            damaged = self._mending.check().damaged
            refs = [one.ref for one in damaged if one.ref is not None]
        return self._mending.hurt(refs)

    def _show(self, hurt: tuple[Hurt, ...]) -> None:
        self._clear()
        self._refs = tuple(one.ref for one in hurt)
        self.said.setText(
            self.tr(
                "What stands on the disk is no longer what you wrote, so it is not shown as such. "
                "Everything else is untouched."
            )
            if hurt
            else self.tr("Every record is what was written.")
        )
        for one in hurt:
            self._add(one)

    def _add(self, one: Hurt) -> None:
        theme = self.theme
        kind = one.ref.kind.replace("_", " ")
        self._rows.addWidget(
            Notice(theme, self.tr("This {kind} was altered.").format(kind=kind), kind="stop")
        )
        read = one.words or self.tr("No words of it can be read.")
        words = self.tr("As it stands there now, altered: {words}").format(words=read)
        self._rows.addWidget(Label(theme, words, step="small", tone="ink_soft"))
        if one.back is None:
            none = self.tr("No backup holds it, and its history does not tell it whole.")
            self._rows.addWidget(Label(theme, none))
            return
        button = Button(theme, self._way(one), icon="rotate-ccw")
        button.clicked.connect(partial(self._bring_back, one))
        self.buttons.append(button)
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._rows.addSpacing(theme.px(16))

    def _way(self, one: Hurt) -> str:
        if one.from_journal or one.made_at is None:
            return self.tr("Bring it back as you last wrote it")
        words = self.tr("Bring it back from the backup of {when}")
        return words.format(when=moment(one.made_at, self._now()))

    def _bring_back(self, one: Hurt) -> None:
        try:
            self._mending.bring_back(one)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.say(self.tr("It is back."))
        self.arrive(refs=[ref for ref in self._refs if ref != one.ref])

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _clear(self) -> None:
        self.buttons.clear()
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
