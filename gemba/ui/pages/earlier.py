"""Earlier versions of one record: who changed what and when, and bringing words back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import FieldChange, Plain, Ref, value_at
from gemba.domain.codec import to_plain
from gemba.domain.errors import GembaError
from gemba.domain.kinds import PRIVATE_FIELDS
from gemba.domain.prose import plain
from gemba.domain.sheet import Sheet
from gemba.ui.days import clock, near_day
from gemba.ui.pages.common import clear
from gemba.ui.pages.kind_words import field_word, kind_word, known_by
from gemba.ui.pages.plain_words import reads
from gemba.ui.pages.shown_in_parts import ShownInParts
from gemba.ui.widgets import Button, EmptyState, Label

if TYPE_CHECKING:
    from gemba.domain.definition import SheetDefinition
    from gemba.services.bulletin import Bulletin
    from gemba.services.thread import Thread
    from gemba.services.versions import Step, Versions
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

AT_ONCE = 30
_STATED = ("stage", "stage_steps", "reviews")
"""A stage comes back by a statement, not by a click; marks are read where they were given."""
_LONGEST = 600
_SHAPE = ("format", "tray", "definition", "definition_version")
"""How a sheet is shaped, not what is written on it; Undo takes it back whole, never by parts."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One field as it read after a step; ``now`` when it reads so still.

    ``oldest`` when no step before it is listed, so that what stood there before is told too.
    """

    step: Step
    change: FieldChange
    now: bool
    oldest: bool


class EarlierPage(ShownInParts):
    """Lists the steps of a record, the newest first; each text can be put back as a new write."""

    at_once = AT_ONCE

    def __init__(
        self,
        theme: Theme,
        *,
        versions: Versions,
        thread: Thread,
        definition: Callable[[Sheet], SheetDefinition],
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, bulletin, parent)
        self._versions = versions
        self._thread = thread
        self._definition = definition
        self._go = go
        self._today = today
        self._ref: Ref | None = None
        self.bring: list[Button] = []
        self.texts: list[Label] = []
        self.open = Button(theme, self.tr("Open it"), icon="external-link")
        self.open.clicked.connect(self._open)
        empty = EmptyState(theme, self.tr("Nothing was changed here yet."), icon="history")
        self._lay_out(self.tr("Earlier versions"), self.open, empty, between=16)

    def arrive(self, **what: object) -> None:
        """Show the versions of a record, named by ``ref``."""
        wanted = what.get("ref")
        self._ref = Ref(*wanted) if isinstance(wanted, tuple) else None
        self._begin()

    def _concerns(self, refs: frozenset[Ref]) -> bool:
        return self._ref in refs

    def _open(self) -> None:
        if self._ref is not None:
            self._go.open(self._ref)

    def _fill(self) -> None:
        clear(self.rows)
        self.bring, self.texts = [], []
        record = self._thread.record(self._ref) if self._ref is not None else None
        self.open.setVisible(record is not None)
        found: list[Earlier] = []
        boxes: dict[str, str] = {}
        if record is not None and self._ref is not None:
            words = f"{kind_word(self._ref.kind)}: {known_by(record)}"
            self.head.set_title(self.tr("Earlier versions"), words)
            found = self._read(self._ref, to_plain(record))
            if isinstance(record, Sheet):
                boxes = self._boxes(record)
        for one in found[: self.shown]:
            self.rows.addWidget(self._row(one, boxes))
        self._tell_count(len(found))

    def _boxes(self, sheet: Sheet) -> dict[str, str]:
        try:
            return {box.id: box.label for box in self._definition(sheet).boxes}
        except GembaError:
            return {}

    def _read(self, ref: Ref, now: Plain) -> list[Earlier]:
        hidden = PRIVATE_FIELDS.get(ref.kind, frozenset())
        found: list[Earlier] = []
        told: set[str] = set()
        for step in reversed(self._versions.of(ref)):
            for change in step.said:
                if change.field.split(".")[0] not in (*hidden, *_SHAPE, *_STATED):
                    is_now = value_at(now, change.field) == change.after
                    oldest = not any(_within(change.field, other) for other in told)
                    found.append(Earlier(step, change, is_now, oldest))
                    told.add(change.field)
        return found[::-1]

    def _row(self, one: Earlier, boxes: dict[str, str]) -> QWidget:
        theme = self.theme
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        at = one.step.at
        when = f"{near_day(at.date(), self._today())}, {clock(at)}"
        told = " · ".join(word for word in (when, one.step.who) if word)
        top.addWidget(Label(theme, field_word(one.change.field, boxes), step="strong", wrap=False))
        top.addWidget(Label(theme, told, step="small", tone="ink_soft", wrap=False))
        top.addStretch(1)
        if one.now:
            top.addWidget(Label(theme, self.tr("as it is now"), step="small", tone="ink_soft"))
        else:
            top.addWidget(self._button(self.tr("Bring back"), one, one.change.after))
        column.addLayout(top)
        text = Label(theme, _cut(_said(one.change.field, one.change.after)))
        self.texts.append(text)
        column.addWidget(text)
        before = one.change.before
        if one.oldest and before not in (None, "", []):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            words = _cut(_said(one.change.field, before))
            was = Label(theme, self.tr("Before: {words}").format(words=words))
            was.set_tone("ink_soft")
            row.addWidget(was, 1)
            row.addWidget(
                self._button(self.tr("Bring this back"), one, before), 0, Qt.AlignmentFlag.AlignTop
            )
            column.addLayout(row)
        return host

    def _button(self, words: str, one: Earlier, value: object) -> Button:
        button = Button(self.theme, words, kind="quiet", icon="undo-2")
        button.setAccessibleName(f"{words}: {_cut(reads(value), 60)}")
        button.clicked.connect(lambda: self._bring(one.change.field, value))
        self.bring.append(button)
        return button

    def _bring(self, field: str, value: object) -> None:
        if self._ref is None:
            return
        ref = self._ref
        try:
            change = self._versions.bring_back(ref, field, value)  # type: ignore[arg-type]
        except GembaError as error:
            self._go.trouble(error)
            return

        def take_back() -> None:
            try:
                self._versions.bring_back(ref, field, change.before)  # type: ignore[arg-type]
            except GembaError as error:
                self._go.trouble(error)

        self._go.say(self.tr("Brought back"), undo=take_back)


def _within(field: str, other: str) -> bool:
    return field == other or field.startswith(f"{other}.")


def _said(field: str, value: object) -> str:
    """Return how a value reads; the text of a box without the marks of its little language."""
    if field.startswith("boxes.") and isinstance(value, str):
        return plain(value) or reads(value)
    return reads(value)


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + " …"
