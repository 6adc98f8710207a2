"""Sets of questions: begin one, make it your own, or print it as pocket cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.ui.go import Go
from gemba.ui.pages.common import enter_presses
from gemba.ui.pages.print_panel import PrintHost
from gemba.ui.widgets import (
    Button,
    Label,
    Notice,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)

if TYPE_CHECKING:
    from gemba.services.question_sets import QuestionSets
    from gemba.ui.theme import Theme


class QuestionsPage(QWidget):
    """Every set there is; Enter begins it, and the menu key has the rest."""

    def __init__(
        self,
        theme: Theme,
        *,
        sets: QuestionSets,
        words: Callable[..., str],
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sets = sets
        self._words = words
        self._go = go
        self._printed = ""
        self._learner: UUID | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        self.paper = PrintHost(theme, view, title=self._label, draw=self._draw, write=write, go=go)
        outer.addWidget(self.paper)
        head = PageHead(theme, self.tr("Sets of questions"))
        self.new = Button(theme, self.tr("New set"), icon="plus")
        self.new.clicked.connect(self._begin_new)
        head.add_action(self.new)
        view.add(head)
        view.space(16)
        view.add(
            Label(
                theme,
                self.tr("Begin one alone, with somebody or with a team. Change, copy or print it."),
                tone="ink_soft",
            )
        )
        view.space(16)
        self.trouble = Notice(theme, "", kind="plain")
        view.add(self.trouble)
        self.rows = RowList(theme, name=self.tr("Sets of questions"))
        self.rows.opened.connect(self._begin)
        view.add(self.rows)
        view.space(24)
        view.finish()

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Sets of questions")

    def arrive(self, **what: object) -> None:
        """Show the sets, the one with the id ``questions`` with the focus.

        What is begun then is held with the ``learner``, where one is given.
        """
        wanted, learner = what.get("questions"), what.get("learner")
        self._learner = learner if isinstance(learner, UUID) else None
        change = RowAction(self.tr("Change"), "pencil", self._change)
        copy = RowAction(self.tr("Copy"), "copy", self._copy)
        cards = RowAction(self.tr("Print as cards"), "printer", self._print)
        found = self._sets.all()
        self.rows.set_rows([self._row(one.id) for one in found], (change, copy, cards))
        problems = self._sets.problems()
        said = "\n".join(self._words(one.key, **one.values) for one in problems)
        self.trouble.say(said)
        self.trouble.setVisible(bool(problems))
        rows = self.rows.rows()
        row = next((one for one in rows if one.words.key == wanted), rows[0])
        row.show()  # a row that the layout has not placed yet takes no focus
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Nothing is written here."""
        self.paper.close_drawer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def _row(self, key: str) -> RowWords:
        one = self._sets.get(key)
        said = [self.tr("{n} questions").format(n=len(one.steps_for(first=False)))]
        if one.private:
            said.append(self.tr("for you alone"))
        if self._sets.own(key):
            said.append(self.tr("your own"))
        return RowWords(one.label, one.description, ", ".join(said), key=key)

    def _begin(self, key: object) -> None:
        held, with_whom = self._sets.get(str(key)), self._learner
        if held.id == "curiosity" and with_whom is not None:
            self._go.to("talk", learner=with_whom)
        elif held.id == "curiosity":
            self._go.to("coaching", new=True)
        elif held.kind == "cycle" and with_whom is not None:
            self._go.to("cycle", learner=with_whom, questions=held.id)
        elif held.kind == "cycle":
            # It writes a storyboard: whose, is asked first.
            self._go.to("coaching", new=True, questions=held.id)
        elif with_whom is not None and not held.private:
            self._go.to("session", questions=held.id, learner=with_whom)
        else:
            self._go.to("session", questions=held.id)

    def _change(self, key: object) -> None:
        definition = str(key)
        # Named with the record its journal goes with, so that Ctrl+Z finds what to take back.
        script = self._sets.record_of(definition)
        self._go.to("questions edit", questions=definition, script=script)

    def _copy(self, key: object) -> None:
        held = self._sets.get(str(key))
        try:
            made = self._sets.copy(held.id, self._sets.free_name(held.label))
        except GembaError as error:
            self._go.trouble(error)
            return
        self._change(made.id)
        self._go.say(
            self.tr("Copied: {words}").format(words=made.label), undo=lambda: self._forget(made.id)
        )

    def _forget(self, definition: str) -> None:
        self._go.to("questions")
        try:
            self._sets.forget(definition)
        except GembaError as error:
            self._go.trouble(error)
        self._go.to("questions")

    def _begin_new(self) -> None:
        made = self._sets.begun(self.tr("My questions"), self.tr("What do you see?"))
        script = self._sets.record_of(made.id)
        self._go.to("questions edit", questions=made.id, script=script, new=made)

    def _print(self, key: object) -> None:
        self._printed = str(key)
        self.paper.show_paper()

    def _label(self) -> str:
        return self._sets.get(self._printed).label if self._printed else ""

    def _draw(self, then: Callable[[bytes], None]) -> None:
        rows = self.rows.rows()
        held = next((str(row.words.key) for row in rows if row.hasFocus()), "")
        self._printed = self._printed or held or str(rows[0].words.key)
        try:
            pdf = self._sets.cards(self._printed, self._words)
        except GembaError as error:
            self._go.trouble(error)
            return
        then(pdf)
