"""Voice memos in a row: each a word that is heard when it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from gemba.domain.titles import first_words
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MOST_LETTERS = 40


class MemoStrip(Strip[Button]):
    """`opened` and `removed` hand on the key of a memo, `wanted` that one is to be added."""

    wanted = Signal()

    def __init__(
        self, theme: Theme, *, adds: bool = True, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate("MemoStrip", "Voice memo"),
            "mic",
            big=big,
            parent=parent,
        )
        self._big = big
        self.adder.clicked.connect(self.wanted)
        self.adder.setVisible(adds)
        self._adds = adds
        if not adds:  # and where it has one to show nothing, or it would be a window of its own
            self.hide()
        self.setAccessibleName(self.tr("Voice memos"))

    def set_memos(self, memos: Sequence[tuple[object, str]]) -> None:
        """Show memos given as key and name; without a way to add one, none hides the row."""
        if [(one.property("key"), one.toolTip()) for one in self._shown] == list(memos):
            return
        self._put([(key, self._memo(name)) for key, name in memos])
        self.setVisible(self._adds or bool(memos))
        self._settle()

    def _memo(self, name: str) -> Button:
        words = first_words(name, _MOST_LETTERS) or self.tr("Voice memo")
        memo = Button(self.theme, words, kind="quiet", icon="mic", big=self._big, parent=self)
        memo.setToolTip(name)
        memo.setAccessibleName(self.tr("Hear {name}").format(name=words))
        return memo

    def memos(self) -> list[Button]:
        """The memos shown."""
        return list(self._shown)

    def _offers(self, key: object) -> list[tuple[str, str, Callable[[], None]]]:
        return [("mic", self.tr("Hear"), lambda: self.opened.emit(key))]
