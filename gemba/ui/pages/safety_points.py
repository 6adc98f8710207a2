"""The restore points of the safety page: each with its time, and what it holds on a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.backup import BackupPoint
from gemba.ui.pages.safety_words import holds, moment, reason
from gemba.ui.widgets import Button, Label, RowAction, RowList, RowWords

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

FIRST = 5


class PointList(QWidget):
    """Backups, newest first; `restore_asked` names the one to bring back."""

    restore_asked = Signal(object)

    def __init__(
        self, theme: Theme, *, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._now = now
        self._points: tuple[BackupPoint, ...] = ()
        self._chosen = ""
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.rows = RowList(theme, name=self.tr("Restore points"))
        self.rows.opened.connect(self._open)
        column.addWidget(self.rows)
        self.more = Button(theme, "", kind="quiet")
        self.more.clicked.connect(self._show_all)
        tail = QHBoxLayout()
        tail.addWidget(self.more)
        tail.addStretch(1)
        column.addLayout(tail)
        self.preview = Label(theme, tone="ink_soft")
        column.addWidget(self.preview)
        self.bring = Button(theme, self.tr("Bring this back"), icon="rotate-ccw")
        self.bring.clicked.connect(lambda: self._ask(self._chosen))
        below = QHBoxLayout()
        below.addWidget(self.bring)
        below.addStretch(1)
        column.addLayout(below)

    def show_points(self, points: Sequence[BackupPoint], *, enabled: bool) -> None:
        """Show these backups; what is chosen stays chosen while it is there."""
        self.setEnabled(enabled)
        if tuple(points) != self._points or not self.rows.rows():
            self._points = tuple(points)
            self._fill()
        self._show_chosen()

    def _fill(self) -> None:
        shown = self._points if self._all else self._points[:FIRST]
        back = RowAction(self.tr("Bring back"), "rotate-ccw", lambda key: self._ask(str(key)))
        self.rows.set_rows([self._row(point) for point in shown], [back])
        self.more.setVisible(len(shown) < len(self._points))
        self.more.setText(self.tr("Show all {n}").format(n=len(self._points)))

    def _row(self, point: BackupPoint) -> RowWords:
        return RowWords(
            moment(point.made_at, self._now()),
            f"{reason(point)} · {holds(point)}",
            key=point.name,
        )

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _open(self, key: object) -> None:
        self._chosen = "" if self._chosen == key else str(key)
        self._show_chosen()

    def _show_chosen(self) -> None:
        point = next((one for one in self._points if one.name == self._chosen), None)
        self.rows.choose(self._chosen)
        self.preview.setVisible(point is not None)
        self.bring.setVisible(point is not None)
        if point is not None:
            self.preview.setText(self._preview(point))

    def _preview(self, point: BackupPoint) -> str:
        counts = ", ".join(
            f"{count} {_plural(kind, count)}" for kind, count in point.counts.items() if count
        )
        said = [
            self.tr("{when}: {counts}.").format(
                when=moment(point.made_at, self._now()), counts=counts or self.tr("nothing yet")
            )
        ]
        kind, title, _day = point.newest
        if title:
            said.append(
                self.tr("Written last: {kind} “{title}”.").format(
                    kind=kind.replace("_", " "), title=title
                )
            )
        said.append(self.tr("What you have now is backed up first, so that you can undo it."))
        return " ".join(said)

    def _ask(self, name: str) -> None:
        if name:
            self.restore_asked.emit(name)


def _plural(kind: str, count: int) -> str:
    word = kind.replace("_", " ")
    if count == 1:
        return word
    return {"person": "people", "storyboard": "storyboards"}.get(kind, f"{word}s")
