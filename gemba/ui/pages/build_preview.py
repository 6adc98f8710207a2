"""A form that is built, as it is filled in: tried beside its questions, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.form_building import Place, item_at
from gemba.domain.form_plan import FormPlan
from gemba.domain.form_view import FormItem, FormPage
from gemba.ui.pages.fill_editor import EditorParts
from gemba.ui.pages.fill_items import FillItems
from gemba.ui.tasks import uncollected
from gemba.ui.widgets import EmptyState, Label, Notice

if TYPE_CHECKING:
    from gemba.services.form_desk import FormDesk
    from gemba.services.forms import Forms
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_MOST_SHOWN = 60
"""So many questions are shown beside; of a longer form the page of what is changed."""


class BuildPreview(QWidget):
    """Shows the plan it is handed, built beside the window, and says what does not work yet."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        tasks: Tasks,
        words: Callable[..., str],
        parts: EditorParts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._forms = forms
        self._tasks = tasks
        self._words = words
        self._plan = FormPlan(title="", form_id="")
        self._at: Place = ()
        self._desk: FormDesk | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(Label(theme, self.tr("As it is filled in"), step="strong", wrap=False))
        self.trouble = Notice(theme, "")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.empty = EmptyState(
            theme, self.tr("Your questions come up here as others will see them. Try them out.")
        )
        column.addWidget(self.empty)
        self.items = FillItems(theme, parts)
        self.items.answered.connect(self._answer)
        self.items.rested.connect(self._typed)
        self.items.round_added.connect(self._add_round)
        column.addWidget(self.items)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._build)

    def show_plan(self, plan: FormPlan, at: Place) -> None:
        """Show a form, of a long one the page of the item at a place."""
        self._plan, self._at = plan, at
        self._soon.start()

    def _build(self) -> None:
        self.trouble.hide()
        self._desk = None
        plan = self._plan
        nothing = not any(plan.every())
        self.empty.setVisible(nothing)
        if nothing:
            self.items.show_items((), {}, set(), big=False)
            return

        def preview(_token: object) -> tuple[FormDesk, tuple[FormPage, ...]]:
            with uncollected():
                desk = self._forms.preview(plan)
                return desk, desk.pages()

        self._tasks.run(
            self,
            preview,
            lambda built: self._built(plan, *built),
            lambda error: self._not_built(plan, error),
        )

    def _built(self, plan: FormPlan, desk: FormDesk, pages: tuple[FormPage, ...]) -> None:
        # What was built beside the window may come after the next change.
        if plan is self._plan:
            self._desk = desk
            self._show(pages)

    def _not_built(self, plan: FormPlan, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        if plan is self._plan:
            self.trouble.say(self._words(error.key, **error.values))
            self.trouble.show()

    def _show_again(self) -> None:
        if self._desk is not None:
            self._show(self._desk.pages())

    def _show(self, pages: Sequence[FormPage]) -> None:
        items: list[FormItem] = []
        near: list[FormPage] = []
        for length in range(len(self._at), 0, -1):
            chosen = item_at(self._plan, self._at[:length])
            if chosen is not None and not near:
                near = [page for page in pages if f"/{chosen.name}" in _named(page)]
        few = sum(len(page.items) for page in pages) <= _MOST_SHOWN
        for page in near or (pages if few else pages[:1]):
            items += page.items
        self.items.show_items(items, {}, set(), big=False)

    def _answer(self, key: str, text: str) -> None:
        if self._desk is not None:
            self._desk.answer(key, text)
            self._show_again()

    def _typed(self, key: str, _visit: str) -> None:
        box = self.items.box(key)
        if self._desk is not None and box is not None and box.editor is not None:
            self._desk.answer(key, box.editor.text())
            QTimer.singleShot(0, self, self._show_again)

    def _add_round(self, key: str) -> None:
        if self._desk is not None:
            self._desk.try_round(key)
            self._show_again()


def _named(page: FormPage) -> set[str]:
    """Return the names of a page: of its group, and of what stands in it."""
    keys = [page.key, *(one.key for one in page.items)]
    return {f"/{step.partition('[')[0]}" for key in keys for step in key.split("/") if step}
