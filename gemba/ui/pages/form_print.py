"""A form on its way to paper: blank, or as it was filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.widgets import Column, Label, PageHead, ScrollPage

if TYPE_CHECKING:
    from gemba.services.form_out import FormOut
    from gemba.services.forms import Forms
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_WIDTH = 560


class FormPrintPage(QWidget):
    """The pages as they print, and the way to file or printer."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        out: FormOut,
        tasks: Tasks,
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._forms = forms
        self._out = out
        self._tasks = tasks
        self._go = go
        self._title = ""
        self._work: Callable[[], bytes] | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Form on paper"))
        view.add(self.head)
        view.space(16)
        column = Column(theme, width=_WIDTH, gap=16)
        view.body.addWidget(column)
        view.finish()
        self.about = Label(theme, "", tone="ink_soft")
        column.add(self.about)
        self.panel = PrintPanel(
            theme, title=lambda: self._title, draw=self._draw, write=write, go=go
        )
        column.add(self.panel)

    def page_title(self) -> str:
        """The name of the page."""
        return self._title or self.tr("Form on paper")

    def arrive(self, **what: object) -> None:
        """Show a form blank, or what was filled in."""
        form, filling = what.get("form"), what.get("filling")
        out = self._out
        try:
            if isinstance(filling, UUID):
                title = self._forms.title_of(self._forms.filling(filling))
                self.about.setText(self.tr("What was answered, without what was not asked."))
                self._work = lambda: out.papers.filled(filling)
            elif isinstance(form, UUID):
                title = self._forms.get(form).title
                self.about.setText(self.tr("To fill in by hand. Every question stands on it."))
                self._work = lambda: out.papers.blank(form)
            else:
                self._go.to("forms")
                return
        except GembaError as error:
            self._go.trouble(error)
            self._go.back()
            return
        self._title = first_words(title, 80)
        self.head.set_title(self._title)
        self.panel.begin()

    def _draw(self, then: Callable[[bytes], None]) -> None:
        work = self._work
        if work is not None:
            self._tasks.run(self, lambda _token: work(), then, self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)
