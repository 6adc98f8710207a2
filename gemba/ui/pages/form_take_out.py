"""What of a form can be taken along: its answers, the form itself, and paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.icons import icon
from gemba.ui.printing import ask_file_name
from gemba.ui.widgets import Button

if TYPE_CHECKING:
    from gemba.services.form_out import FormOut
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

Files = dict[str, bytes]
"""What is written, by what the name of each file ends with before its ending."""


class TakeOut(Button):
    """A button whose menu writes files; each is made beside the window."""

    def __init__(
        self,
        theme: Theme,
        *,
        out: FormOut,
        tasks: Tasks,
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", icon="download", parent=parent)
        self.setText(self.tr("Take out"))
        self._out = out
        self._tasks = tasks
        self._write = write
        self._go = go
        self._form: UUID | None = None
        self._title = ""
        self.menu = QMenu(self)
        answers = out.answers
        for words, glyph, ending, make in (
            (
                self.tr("Answers, by words (XLSX)"),
                "chart-line",
                "xlsx",
                lambda form: {"": answers.xlsx(form, labels=True)},
            ),
            (
                self.tr("Answers, by names (XLSX)"),
                "chart-line",
                "xlsx",
                lambda form: {"": answers.xlsx(form)},
            ),
            (self.tr("Answers (CSV)"), "list", "csv", answers.csv),
            (
                self.tr("Answers (XForms)"),
                "archive",
                "zip",
                lambda form: {"": answers.xml_of_all(form)},
            ),
            (
                self.tr("The form (XLSForm)"),
                "list-todo",
                "xlsx",
                lambda form: {"": out.form(form, ".xlsx")},
            ),
            (
                self.tr("The form (XForm)"),
                "file-text",
                "xml",
                lambda form: {"": out.form(form, ".xml")},
            ),
        ):
            entry = self.menu.addAction(icon(theme, glyph), words)
            entry.triggered.connect(
                lambda _on=False, ending=ending, make=make: self.ask(ending, make)
            )
        self.menu.addSeparator()
        blank = self.menu.addAction(icon(theme, "printer"), self.tr("Blank, on paper"))
        blank.triggered.connect(lambda: self._go.to("form paper", form=self._form))
        self.set_menu(self.menu)

    def show_form(self, form_id: UUID, title: str) -> None:
        """Be about this form."""
        self._form, self._title = form_id, title

    def ask(self, ending: str, make: Callable[[UUID], Files]) -> None:
        """Ask where to, and write."""
        form = self._form
        path = ask_file_name(self, self._title, ending) if form is not None else None
        if form is not None and path is not None:
            self.save(path, lambda: make(form))

    def save(self, path: Path, make: Callable[[], Files]) -> None:
        """Write files beside the window and say where they are."""

        def work(_token: object) -> list[Path]:
            written = []
            for part, data in make().items():
                target = path.with_name(f"{path.stem}{part}{path.suffix}")
                self._write(target, data)
                written.append(target)
            return written

        self.setEnabled(False)
        self._tasks.run(self, work, self._saved, self._refused)

    def _saved(self, written: list[Path]) -> None:
        self.setEnabled(True)
        names = ", ".join(path.name for path in written)
        self._go.say(self.tr("Saved: {names}").format(names=names))

    def _refused(self, error: BaseException) -> None:
        self.setEnabled(True)
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)
