"""What several pages do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.services.bulletin import Bulletin
from gemba.ui.go import Go
from gemba.ui.theme import Theme
from gemba.ui.widgets import Chip, Control, FlowLayout, ScrollPage
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.services.thread import Chip as ThreadChip

R = TypeVar("R")

ICON_OF_KIND = {
    "walk": "footprints",
    "observation": "eye",
    "promise": "handshake",
    "sheet": "notebook-pen",
    "talk": "message-circle-question-mark",
    "storyboard": "target",
    "experiment": "target",
    "person": "user",
    "area": "map-pin",
    "route": "footprints",
    "routine": "calendar",
    "recognition": "heart-handshake",
    "reflection": "pen-line",
    "session": "message-circle-question-mark",
    "lesson": "message-circle-question-mark",
    "skill": "target",
    "goal": "target",
    "second_coach": "users",
    "form": "list-todo",
    "form_version": "list-todo",
    "filling": "list-todo",
}


def listen(page: QWidget, bulletin: Bulletin, hear: Callable[[frozenset[Ref]], None]) -> None:
    """Let a page hear what was written, until it is destroyed."""
    stop = bulletin.listen(hear)
    page.destroyed.connect(lambda: stop())


def record_or_back(
    go: Go,
    what: Mapping[str, object],
    name: str,
    read: Callable[[UUID], R],
    *,
    otherwise: str,
) -> R | None:
    """Return the record a page was asked to show, or None once the leader was led elsewhere.

    Asked for none, ``otherwise`` is the place to be; one that is gone is said, and the page
    before is shown, so that a page never stands there with the words of another record. One that
    the disk altered is shown beside what can be done about it.
    """
    wanted = what.get(name)
    if not isinstance(wanted, UUID):
        go.to(otherwise)
        return None
    try:
        return read(wanted)
    except Damaged as error:
        kind, key = error.values.get("kind"), error.values.get("id")
        if isinstance(key, UUID):
            go.to("hurt", refs=(Ref(str(kind), key),))
            return None
        trouble: GembaError = error
    except GembaError as error:
        trouble = error
    go.trouble(trouble)
    go.back()
    return None


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def enter_presses(page: QWidget, event: QKeyEvent) -> bool:
    """Let Enter press the choice that has the focus; False when it is not for one."""
    held = page.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(held, Control):
        return False
    held.click()
    return True


class Padded(ScrollPage):
    """A part of a page that scrolls by itself, with the same margin at every width."""

    def __init__(self, theme: Theme, margin: int = 24) -> None:
        super().__init__(theme, margins=False)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        side = theme.px(margin)
        self.column.setContentsMargins(side, side, side, side)
        self.column.setSpacing(0)
        self.body.addWidget(inner, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.column.addWidget(widget, stretch)

    def space(self, length: int) -> None:
        """Leave room, in pixels at 100 %."""
        self.column.addSpacing(self.theme.px(length))

    def finish(self) -> None:
        """Keep everything at the top."""
        self.column.addStretch(1)


class LinkChips(QWidget):
    """The other ends of a record's links, side by side; a click opens one."""

    def __init__(self, theme: Theme, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._go = go
        self._flow = FlowLayout(self, gap=theme.px(8))
        self.setAccessibleName(self.tr("Belongs to"))

    def set_chips(
        self, chips: Iterable[ThreadChip], *, besides: frozenset[Ref] = frozenset()
    ) -> None:
        """Show these links, leaving out the records that stand on the page already."""
        clear(self._flow)
        shown = [chip for chip in chips if chip.ref not in besides]
        for link in shown:
            icon = ICON_OF_KIND.get(link.ref.kind, "link-2")
            chip = Chip(self._theme, link.words, kind="link", icon=icon, parent=self)
            chip.setAccessibleName(self._spoken(link))
            chip.clicked.connect(
                lambda _on=False, ref=link.ref, part=link.part: self._go.open(ref, part)
            )
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(shown))
        self.updateGeometry()

    def chips(self) -> list[Chip]:
        """The chips shown now."""
        return [chip for chip in within(self, Chip) if not chip.isHidden()]

    def _spoken(self, link: ThreadChip) -> str:
        kinds = {
            "walk": self.tr("Walk: {words}"),
            "observation": self.tr("Seen: {words}"),
            "promise": self.tr("Promise: {words}"),
            "sheet": self.tr("A3: {words}"),
            "talk": self.tr("Talk: {words}"),
            "storyboard": self.tr("Storyboard: {words}"),
            "experiment": self.tr("Experiment: {words}"),
            "filling": self.tr("Filled in: {words}"),
        }
        return kinds.get(link.ref.kind, "{words}").format(words=link.words)
