"""The box that is open for writing: its editor over the paper, in its place and at its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from gemba.ui.autosave import Autosave
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.forced_lines import Measures
from gemba.ui.widgets.slash import Offered, Slash

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.layout import BoxLayout
    from gemba.domain.prose import Paragraph
    from gemba.domain.sheet import Sheet
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.paper import PaperView

BULLET_MM, LEADING_MM, BASELINE_MM = 4.0, 13.5 * 25.4 / 72, (1.5 + 8.4) * 25.4 / 72
_WIDEST = 160.0
_BESIDE, _BELOW = 6, 2
"""Pixels the editor is wider and higher than its text, for the caret behind the last letter."""
_BEYOND = 0.4
"""How far text may hang below the sheet, in heights of the window."""

Breaks = tuple[tuple[int, int], ...]


class BoxWriting(QObject):
    """Opens one box at a time and hands on what is written in it.

    ``breaks`` says where the paper breaks paragraphs at a width in mm; ``save`` is given the box,
    its text and the visit; ``offered`` returns what can be put in by a slash. `edited` follows
    each change with box and text, `pictured` hands on what was pasted and is no text, `chosen`
    what was taken from the list under a slash; `changed` says that a box was opened or closed.
    """

    edited = Signal(object, object)
    pictured = Signal(object)
    chosen = Signal(object)
    undo_asked = Signal()
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        view: PaperView,
        *,
        breaks: Callable[[tuple[Paragraph, ...], float], list[Breaks]],
        save: Callable[[str, str, str], object],
        offered: Offered,
    ) -> None:
        super().__init__(view)
        self.theme = theme
        self.view = view
        self.box_id = ""
        self.editor: BoxText | None = None
        self._paper_breaks = breaks
        self._save_text = save
        self._offered = offered
        self.slash: Slash | None = None
        self._autosave: Autosave | None = None
        view.placed.connect(self.place)

    def open(
        self, box_id: str, text: str, *, read_only: bool = False, shows: Sheet | None = None
    ) -> None:
        """Open a box with its text, to write or to read; one that is open takes the focus.

        ``shows`` is the sheet as it was read, with which what is typed is compared.
        """
        if self.box_id == box_id and self.editor is not None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.stop()
        self.box_id = box_id
        area = self.view.areas[box_id]
        area.writing = True
        page = self.view.page
        editor = BoxText(self.theme, self._breaks, self._measures(), page.zoom.text, page)
        editor.setAccessibleName(area.facts.label)
        editor.set_text(text)
        editor.setReadOnly(read_only)
        editor.question = "" if area.facts.figures else area.facts.question
        if not read_only:
            editor.moveCursor(editor.textCursor().MoveOperation.End)
        editor.edited.connect(self._see_through)
        editor.edited.connect(lambda: self.edited.emit(self.box_id, editor.text()))
        editor.left.connect(self._left)
        editor.escaped.connect(self.step_back)
        editor.pictured.connect(self.pictured)
        editor.undo_asked.connect(self.undo_asked)
        self.slash = Slash(self.theme, editor, self._offered)
        self.slash.chosen.connect(self.chosen)
        self.editor = editor
        # Tab goes on to the next box, and back over the box itself to the one before.
        area.editor = editor
        self.view.boxes.chain()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._autosave = Autosave(editor, self._save)
        if shows is not None:
            self._autosave.shows(shows)
        self.place()
        editor.show()
        editor.raise_()
        self._follow_caret()
        editor.cursorPositionChanged.connect(self._follow_caret)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        area.update()
        self.changed.emit()

    def _breaks(self, paragraphs: list[Paragraph]) -> list[Breaks]:
        box = self.view.box_at(self.box_id)
        width = box.text.width if box is not None else _WIDEST
        return self._paper_breaks(tuple(paragraphs), width)

    def _measures(self) -> Measures:
        box = self.view.box_at(self.box_id)
        scale = self.view.page.zoom.scale
        assert box is not None
        fitting = int(box.text.height / LEADING_MM + 0.02)
        return Measures(
            box.text.width * scale,
            LEADING_MM * scale,
            BULLET_MM * scale,
            BASELINE_MM * scale,
            fitting,
        )

    def place(self) -> None:
        """Lie over the text of the box, wherever it is on the screen now."""
        box = self.view.box_at(self.box_id)
        if box is None or self.editor is None:
            return
        measures = self._measures()
        if measures != self.editor.lines.measures:
            self.editor.measure(measures, self.view.page.zoom.text)
        where = self.view.rect_of(box.text.x, box.text.y, box.text.width, box.text.height)
        shown = self._lines_shown(where.y(), measures)
        whole = shown >= self.editor.lines.lines()
        bar, policy = self.editor.verticalScrollBar(), Qt.ScrollBarPolicy
        self.editor.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAlwaysOn
        )
        bar.setSingleStep(round(measures.leading))
        high = round(shown * measures.leading) + _BELOW
        wide = round(where.width()) + _BESIDE + (0 if whole else bar.sizeHint().width())
        self.editor.setGeometry(round(where.x()), round(where.y()), wide, high)
        self._hang_down(box, round(where.y()), high, measures)
        self._see_through()
        room = self.view.areas[self.box_id].room_words()
        if room != self.editor.accessibleDescription():
            self.editor.setAccessibleDescription(room)
        if whole:
            bar.setValue(0)
        self._follow_caret()

    def _see_through(self) -> None:
        """Hide nothing of a figure that begins where the first letter would stand.

        With that letter the figure gives way, as on paper.
        """
        box = self.view.box_at(self.box_id)
        if box is None or self.editor is None:
            return
        first = box.text.y + LEADING_MM
        covers = any(
            one.frame.y < first and one.frame.x < box.text.x + box.text.width for one in box.figures
        )
        self.editor.viewport().setAutoFillBackground(not covers or bool(self.editor.text()))

    def _lines_shown(self, top: float, measures: Measures) -> int:
        """Return how many lines are shown: all, unless they would leave the sheet behind.

        A figure under a text that fits stays in sight; what is too long hangs down over what lies
        below, whole lines of it, and the rest of a very long one scrolls.
        """
        assert self.editor is not None
        end = self.view.page.paper.bottom() + _BEYOND * self.view.viewport().height()
        most = max(measures.fitting, int((end - top) / measures.leading))
        return max(min(self.editor.lines.lines(), most), 1)

    def _hang_down(self, box: BoxLayout, top: int, high: int, measures: Measures) -> None:
        assert self.editor is not None
        area = self.view.areas[self.box_id]
        over = self.editor.lines.lines() > measures.fitting
        fits = top + round(measures.fitting * measures.leading) - area.y()
        end = top + high + self.theme.px(8) - area.y()
        area.reach(fits if over else 0, end if over else 0)
        self.view.hang(area.y() + end if over else 0)
        if over:
            self.editor.raise_()

    def _follow_caret(self) -> None:
        """Keep the line that is written in sight, also below the box."""
        if self.editor is None or not self.view.column or not self.editor.isVisible():
            return
        caret = self.editor.cursorRect()
        seen = self.view.horizontalScrollBar().value()
        x = self.editor.x() + caret.center().x()
        edge = self.theme.px(24)
        # Sideways only as far as need be: a column that fits stays where it is.
        if seen + edge <= x <= seen + self.view.viewport().width() - edge:
            x = seen + self.view.viewport().width() // 2
        elif caret.center().x() < self.view.viewport().width() - 2 * edge:
            x = self.editor.x()
        low = self.editor.y() + caret.bottom()
        self.view.ensureVisible(x, low, min(edge, x), self.theme.px(48))

    def _save(self, visit: str) -> None:
        if self.editor is not None:
            self._save_text(self.box_id, self.editor.text(), visit)

    def _left(self) -> None:
        if self.view.window().focusWidget() is not self.editor:
            self.stop()

    def stop(self) -> None:
        """Hand over the text of the box that is open and close it."""
        editor, box_id = self.editor, self.box_id
        if editor is None:
            return
        if self._autosave is not None:
            self._autosave.leave()
        self.editor, self.box_id, self._autosave, self.slash = None, "", None, None
        area = self.view.areas.get(box_id)
        if area is not None:
            area.writing = False
            area.editor = None
            area.reach(0, 0)
            self.view.hang(0)
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if editor.hasFocus():  # or Qt would hand the focus on to the next box
                area.setFocus(Qt.FocusReason.OtherFocusReason)
            area.update()
        editor.hide()
        editor.deleteLater()
        self.changed.emit()

    def step_back(self) -> None:
        """Hand over what was written and show the whole sheet, with the focus on the box."""
        box_id = self.box_id
        self.stop()
        self.view.whole()
        area = self.view.areas.get(box_id)
        if area is not None:
            area.setFocus(Qt.FocusReason.OtherFocusReason)
