"""A form on its way to paper: blank, or as it was filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.ui.pages.paper_page import PaperPage, Work

if TYPE_CHECKING:
    from gemba.services.form_out import FormOut
    from gemba.services.forms import Forms
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme


class FormPrintPage(PaperPage):
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
        super().__init__(
            theme,
            QCoreApplication.translate("FormPrintPage", "Form on paper"),
            work=lambda: self._drawn,
            name=lambda: self._title,
            tasks=tasks,
            write=write,
            go=go,
            parent=parent,
        )
        self._forms = forms
        self._out = out
        self._title = ""
        self._drawn: Work | None = None

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
                self._drawn = lambda: out.papers.filled(filling)
            elif isinstance(form, UUID):
                title = self._forms.get(form).title
                self.about.setText(self.tr("To fill in by hand. Every question stands on it."))
                self._drawn = lambda: out.papers.blank(form)
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
