"""The one line of walk mode: what I saw, in facts, written down while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.categories import categories_of
from gemba.domain.observation import Observation
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave
from gemba.ui.pages.fact_note import FactNote
from gemba.ui.pages.walk_apart import FURTHER, WalkApart
from gemba.ui.widgets import Chip, Label, TextField
from gemba.ui.widgets.digit_row import alt_digit
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class WalkLine(QWidget):
    """Writes one observation while it is typed, so that a half-typed line survives.

    The record is made with the first letter; `kept` hands on the observation, `pasted` pictures
    and files for this line. ``stop`` names the stop the leader stands at. What stands `apart`
    from the fact is a widget of its own, so that it may give way where there is little room.
    """

    kept = Signal(object)
    pasted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        stop: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._stop = stop
        self._walk_id: UUID | None = None
        self._line: Observation | None = None
        self.saw = TextField(
            theme,
            "",
            question=self.tr("What do you see, hear or count?"),
            lines=2,
            most=4,
            big=True,
            enter_keeps=True,
            name=self.tr("I saw, in facts"),
        )
        self.apart = WalkApart(theme, asked_as=walks.asked_as)
        self.further = self.apart.further
        self.categories = self.apart.categories
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(self.saw)
        self.about = FactNote(theme, self.saw, walks.asked_of_fact)
        column.addWidget(self.about)
        self._autosave = Autosave(self.saw, self._save)
        for field in self.further.values():
            self._autosave.bind(field)
            field.entered.connect(self.keep)
        self.apart.marked.connect(self._mark)
        self.saw.entered.connect(self.keep)
        self.saw.pasted.connect(self.pasted)
        for field in (self.saw, *self.further.values()):
            field.edit.installEventFilter(self)

    def _build_head(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(Label(theme, self.tr("I saw, in facts"), step="small", tone="ink_soft"))
        row.addStretch(1)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(8))
        row.addLayout(self._chips)
        self.more = WordButton(theme, self.tr("More"), checkable=True, high=40)
        self.more.setToolTip(self.tr("What you think, their words, normal or not"))
        self.more.hide()
        row.addWidget(self.more)
        return row

    # What is shown

    def open(self, walk_id: UUID | None) -> None:
        """Write on this walk from now on, going on with a line that was left half typed."""
        self.flush()
        self._walk_id = walk_id
        self._clear()
        # What was handed over on leaving a moment ago may still be on its way to the disk.
        self._walks.settle()
        draft = self._walks.draft(walk_id)
        if draft is not None:
            self._show(draft)

    def _show(self, line: Observation) -> None:
        self._line = line
        self._autosave.shows(line)
        self.saw.set_text(line.saw)
        self.about.read()
        further = {name: str(getattr(line, name)) for name in FURTHER}
        self.apart.set_values(further, line.category, line.standard)
        self.show_marks(())

    def _clear(self) -> None:
        self._autosave.drop()
        self._line = None
        self.saw.set_text("")
        self.saw.say("")
        self.about.hide()
        self.apart.set_values({}, "", "")
        self.apart.beside.show_seen(None, self._walks.photo_source)
        self.show_marks(())

    def show_marks(self, marks: tuple[tuple[str, str], ...]) -> None:
        """Show what became of the line already, such as a photo or a promise."""
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon, words in marks:
            if icon:
                self._chips.addWidget(Chip(self.theme, words, kind="plain", icon=icon))

    # What is written

    @property
    def line(self) -> Observation | None:
        """The record of the line as it was made, or None while nothing is written."""
        return self._line

    @property
    def empty(self) -> bool:
        """Whether nothing was written or chosen yet."""
        return self._line is None and not any(self._values().values())

    def begin(self) -> Observation:
        """Return the record of this line, made now if there is none."""
        if self._line is None:
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        self.flush()
        return self._line

    def choose_category(self, number: int) -> None:
        """Choose a category by its number, or take it away again."""
        offered = list(self.categories.values())
        if number < len(offered):
            offered[number].click()

    def offer_categories(self, category_set: str) -> None:
        """Offer the categories of the set the walk has chosen."""
        self.apart.offer(categories_of(category_set))
        if self._line is not None:
            self.apart.choose_category(self._line.category)

    def set_category(self, category: str) -> None:
        """Show a category that was chosen elsewhere."""
        self.apart.choose_category(category)

    def _mark(self) -> None:
        self._autosave.touch()
        self._autosave.flush()

    def _values(self) -> dict[str, str]:
        return {"saw": self.saw.text(), **self.apart.values()}

    def _save(self, visit: str) -> None:
        values = self._values()
        if self._line is None:
            if not any(values.values()):
                return
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        self._walks.write_line(self._line.id, visit=visit, **values)

    def flush(self) -> None:
        """Hand over what waits."""
        self._autosave.leave()

    def keep(self) -> None:
        """Keep the line and open an empty one; without facts say what is missing."""
        values = self._values()
        if not values["saw"].strip():
            self.saw.say(self.tr("Write what you saw first; a few words are enough."))
            self.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._autosave.drop()
        if self._line is None:
            self._line = self._walks.begin_line(self._walk_id, self._stop())
        seen = self._walks.keep(self._line.id, **values)
        self._clear()
        self.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.kept.emit(seen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab opens one further line after the other; Alt and a digit's key choose a category."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain:
                edits = [self.saw.edit, *(self.further[name].edit for name in FURTHER)]
                at = next((i for i, edit in enumerate(edits) if edit is watched), len(FURTHER))
                if at < len(FURTHER):
                    self.apart.reveal(FURTHER[at])
                    return True
            digit = alt_digit(event)
            if digit is not None:
                # Where the layout has digits unshifted, the shortcut has taken it before.
                self.choose_category(digit)
                return True
        return super().eventFilter(watched, event)
