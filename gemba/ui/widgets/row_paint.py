"""How a row of a list looks, for the few rows of a page and for thousands in a list view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QTextLayout

from gemba.ui.theme import Step
from gemba.ui.widgets.base import RADIUS, box, draw_icon, draw_words, one_line, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MARK_ICON = 16
_MOST_LINES = 3
"""Lines of the first and of the small words in a row that grows with them."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """What one row says.

    `strong` stands in the first line (semibold unless `bold` is off), `small` below it, `age` at
    the far end. `lead` is a column of `lead_width` pixels before them, such as a time of day.
    `marks` are pairs of icon name and word before the age.
    """

    strong: str
    small: str = ""
    age: str = ""
    icon: str = ""
    lead: str = ""
    lead_width: int = 64
    marks: tuple[tuple[str, str], ...] = ()
    bold: bool = True
    key: object = None


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something to do with a row without opening it; `run` is given the row's key.

    Words alone are enough where there is little room: ``icon`` may be empty.
    """

    words: str
    icon: str
    run: Callable[[object], None]


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands: under the pointer, chosen, focused by keys, first or last of its list.

    ``reserved`` pixels at its far end are for its actions. One that ``wraps`` has lines of words.
    """

    hover: bool = False
    chosen: bool = False
    focus: bool = False
    first: bool = True
    last: bool = True
    flip: bool = False
    ground: bool = True
    reserved: int = 0
    wraps: bool = False


def row_height(theme: Theme, words: RowWords, *, big: bool = False) -> int:
    """40, or 56 with a second line or in walk mode."""
    return theme.px(56 if words.small or big else 40)


def folded(text: str, font: QFont, width: int) -> list[str]:
    """Break words into the lines of a row, the last of which may be too long for the width."""
    text = one_line(text)
    if width_of(text, font) <= width:
        return [text]
    layout = QTextLayout(text, font)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) < _MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    # QTextLayout counts UTF-16, in which some letters are two.
    wide = text.encode("utf-16-le")
    ends = [*starts[1:], len(wide) // 2]
    return [
        wide[2 * a : 2 * b].decode("utf-16-le", "replace").strip()
        for a, b in zip(starts, ends, strict=True)
    ]


def words_room(theme: Theme, words: RowWords, width: int, *, ground: bool = True) -> int:
    """Return how wide the words of a row can be beside its lead, its icon and its age."""
    px, side = theme.px, theme.px(16) if ground else 0
    taken = 2 * side + (px(words.lead_width) if words.lead else 0)
    taken += px(20) + px(12) if words.icon else 0
    taken += width_of(words.age, theme.font("text")) + px(12) if words.age else 0
    return max(px(24), width - taken)


def wrapped_height(theme: Theme, words: RowWords, room: int) -> int:
    """Return how high a row is whose words may take some lines in a room, in pixels."""
    step: Step = "strong" if words.bold else "text"
    more = len(folded(words.strong, theme.font(step), room)) - 1
    height = row_height(theme, words) + more * theme.line_height("text")
    if words.small:
        lines = folded(words.small, theme.font("small"), room)
        height += (len(lines) - 1) * theme.line_height("small")
    return height


def row_width(theme: Theme, words: RowWords) -> int:
    """The width in which nothing of a row without icon, lead and marks is cut."""
    px = theme.px
    age = width_of(words.age, theme.font("text")) + px(12) if words.age else 0
    font = theme.font("strong" if words.bold else "text")
    return px(2 * 16) + width_of(words.strong, font) + age + px(8)


def corners(rect: QRectF, radius: float, first: bool, last: bool) -> QPainterPath:
    """The outline of a row whose list has round corners."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    half = rect.height() / 2
    if not first:
        path.addRect(QRectF(rect.x(), rect.y(), rect.width(), half))
    if not last:
        path.addRect(QRectF(rect.x(), rect.y() + half, rect.width(), half))
    return path.simplified()


def row_ground(theme: Theme, state: RowState) -> QColor | None:
    """The colour behind a row."""
    if state.chosen or state.focus:
        return theme.accent_soft
    if state.hover:
        return theme.hover
    return theme.surface if state.ground else None


def spoken(words: RowWords) -> str:
    """All words of a row in one text, for assistive technology."""
    marks = tuple(word for _, word in words.marks)
    return ", ".join(p for p in (words.lead, words.strong, words.small, *marks, words.age) if p)


class RowPainter:
    """Paints one row in reading direction."""

    def __init__(self, painter: QPainter, theme: Theme, rect: QRect, state: RowState) -> None:
        self.painter = painter
        self.theme = theme
        self.rect = rect
        self.state = state

    def paint(self, words: RowWords) -> bool:
        """Paint it, and say whether something had to be cut."""
        self._ground()
        px = self.theme.px
        side = px(16) if self.state.ground else 0
        near = side
        far = self._age(words, side) + self.state.reserved
        far = self._marks(words, far)
        near = self._lead(words, near)
        return self._words(words, near, max(px(24), self.rect.width() - near - far))

    def _place(self, near: int, width: int, top: int, height: int) -> QRect:
        left = self.rect.width() - near - width if self.state.flip else near
        return QRect(self.rect.x() + left, self.rect.y() + top, width, height)

    def _near_side(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self.state.flip else Qt.AlignmentFlag.AlignLeft

    def _ground(self) -> None:
        state, theme, painter = self.state, self.theme, self.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect)
        fill = row_ground(theme, state)
        if fill is not None:
            painter.fillPath(corners(area, theme.px(RADIUS), state.first, state.last), fill)
        if not state.first:
            painter.fillRect(self.rect.x(), self.rect.y(), self.rect.width(), 1, theme.line)
        if state.focus:
            box(painter, area, theme.px(RADIUS), None, theme.accent, theme.px(2))

    def _age(self, words: RowWords, far: int) -> int:
        if not words.age:
            return far
        font = self.theme.font("text")
        width = width_of(words.age, font)
        rect = self._place(self.rect.width() - far - width, width, 0, self.rect.height())
        far_side = Qt.AlignmentFlag.AlignLeft if self.state.flip else Qt.AlignmentFlag.AlignRight
        draw_words(self.painter, rect, words.age, font, self.theme.ink_soft, align=far_side)
        return far + width + self.theme.px(12)

    def _marks(self, words: RowWords, far: int) -> int:
        px, font = self.theme.px, self.theme.font("small")
        height = self.rect.height()
        for icon, word in reversed(words.marks):
            width = width_of(word, font) if word else 0
            rect = self._place(self.rect.width() - far - width, width, 0, height)
            draw_words(self.painter, rect, word, font, self.theme.ink_soft)
            far += width
            if icon:
                far += px(6 if word else 0) + px(_MARK_ICON)
                at = self._place(self.rect.width() - far, px(_MARK_ICON), 0, height)
                draw_icon(self.painter, self.theme, icon, "ink_soft", QRectF(at), _MARK_ICON)
            far += px(16)
        return far

    def _lead(self, words: RowWords, near: int) -> int:
        px, height = self.theme.px, self.rect.height()
        if words.lead:
            width = px(words.lead_width)
            rect = self._place(near, width - px(8), 0, height)
            font = self.theme.font("text")
            side = self._near_side()
            draw_words(self.painter, rect, words.lead, font, self.theme.ink_soft, align=side)
            near += width
        if words.icon:
            rect = self._place(near, px(20), 0, height)
            draw_icon(self.painter, self.theme, words.icon, "ink_soft", QRectF(rect))
            near += px(20) + px(12)
        return near

    def _words(self, words: RowWords, near: int, width: int) -> bool:
        theme, height, side = self.theme, self.rect.height(), self._near_side()
        step: Step = "strong" if words.bold else "text"
        font = theme.font(step)
        if self.state.wraps:
            return self._lines(words, near, width)
        line, second = theme.line_height("text"), theme.line_height("small")
        top = (height - line - (second if words.small else 0)) // 2
        rect = self._place(near, width, top, line)
        draw_words(self.painter, rect, words.strong, font, theme.ink, align=side)
        cut = width_of(words.strong, font) > width + 1
        if words.small:
            small = theme.font("small")
            rect = self._place(near, width, top + line, second)
            draw_words(self.painter, rect, words.small, small, theme.ink_soft, align=side)
            cut = cut or width_of(words.small, small) > width + 1
        return cut

    def _lines(self, words: RowWords, near: int, width: int) -> bool:
        """Paint the words over as many lines as they take."""
        theme, side, cut = self.theme, self._near_side(), False
        step: Step = "strong" if words.bold else "text"
        parts = [(words.strong, theme.font(step), theme.line_height("text"), theme.ink)]
        if words.small:
            low = theme.line_height("small")
            parts.append((words.small, theme.font("small"), low, theme.ink_soft))
        lines = [
            (line, font, high, ink)
            for text, font, high, ink in parts
            for line in folded(text, font, width)
        ]
        top = (self.rect.height() - sum(high for _, _, high, _ in lines)) // 2
        for line, font, high, ink in lines:
            rect = self._place(near, width, top, high)
            draw_words(self.painter, rect, line, font, ink, align=side)
            cut = cut or width_of(line, font) > width + 1
            top += high
        return cut
