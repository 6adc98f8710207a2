"""Help: the thread in a few sentences, and every shortcut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets import Column, Label, RowList, RowWords, ScrollPage

if TYPE_CHECKING:
    from gemba.ui.commands import Commands
    from gemba.ui.theme import Theme


class HelpPage(QWidget):
    """What a colleague would say in the first five minutes."""

    def __init__(self, theme: Theme, *, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = Column(theme, gap=8)
        page.add(column)
        page.finish()
        column.add(Label(theme, self.tr("Help"), step="title"))
        for head, words in self._tour():
            column.space(theme.px(16))
            column.add(Label(theme, head, step="strong"))
            column.add(Label(theme, words))
        column.space(theme.px(24))
        column.add(Label(theme, self.tr("Keys"), step="strong"))
        self.keys = RowList(theme, name=self.tr("Keys"))
        column.add(self.keys)
        self.keys.opened.connect(lambda key: self._commands.run(str(key)))

    def _tour(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Walk"),
                self.tr(
                    "Write one sentence about why you go, and set out. Write what you see in "
                    "facts, one line each; Enter keeps it, Tab opens a line for what you think. "
                    "Nothing to do at the end is a good end too."
                ),
            ),
            (
                self.tr("Promise"),
                self.tr(
                    "When someone raises a thing, promise an answer. It stays on Today, the "
                    "oldest first, until you have told them: done, or not now because."
                ),
            ),
            (
                self.tr("Coach"),
                self.tr(
                    "A name and three questions are enough to begin. The answers are the "
                    "learner's, in their words. A prediction comes before its result."
                ),
            ),
            (
                self.tr("Write an A3"),
                self.tr(
                    "Click a box and write. What you see breaks and prints as it stands. A box "
                    "that is too full says by how many lines; nothing is shrunk or cut."
                ),
            ),
            (
                self.tr("Find it again"),
                self.tr(
                    "Ctrl+K finds any word ever written, and every place and command. There is "
                    "no Save button: the foot of the window says Saved when it is on the disk."
                ),
            ),
            (
                self.tr("Look round a sample"),
                self.tr(
                    "Ctrl+K and “sample” opens a hospital, a plant or an office with its walks, "
                    "talks and sheets. Each has a folder of its own; yours is not touched."
                ),
            ),
        )

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Help")

    def arrive(self, **what: object) -> None:
        """List the shortcuts there are now."""
        rows = [
            RowWords(
                command.words,
                age=QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
                bold=False,
                key=command.id,
            )
            for command in self._commands
            if command.shortcut
        ]
        self.keys.set_rows(rows)
