"""Words on the page, always plain text, with the line height of the type scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gemba.ui.theme import Step, Token
from gemba.ui.widgets.base import draw_words, one_line

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

READING_WIDTH = 680


def paragraph(
    theme: Theme,
    words: str,
    step: Step,
    width: int,
    around: Qt.LayoutDirection,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> tuple[QTextLayout, float]:
    """Words broken into lines at the line height of the step, and their widest line in pixels.

    ``formats`` set pieces of them in another cut of the face.
    """
    shown = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\u2028")
    font = theme.font(step)
    layout = QTextLayout(shown, font)
    option = QTextOption(_visual(around, align))
    option.setTextDirection(_direction(words, around))
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if formats:
        layout.setFormats(list(formats))
    height = theme.line_height(step)
    lift = (height - QFontMetricsF(font).height()) / 2
    natural = 0.0
    count = 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, count * height + lift))
        natural = max(natural, line.naturalTextWidth())
        count += 1
    layout.endLayout()
    return layout, natural


class Label(QLabel):
    """One text in one step of the type scale and one colour.

    It wraps by default; without wrapping it is cut with an ellipsis and shows the whole text as a
    tooltip.
    """

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        *,
        step: Step = "text",
        tone: Token = "ink",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step: Step = step
        self.tone: Token = tone
        self._laid: tuple[int, str, QTextLayout, float] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(step))
        self.setWordWrap(wrap)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed,
        )
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Change the words."""
        super().setText(words)
        self.setAccessibleName(words)
        self._laid = None
        self.updateGeometry()
        self.update()

    def set_step(self, step: Step) -> None:
        """Change the size of the letters."""
        if step != self.step:
            self.step = step
            self.setFont(self.theme.font(step))
            self._laid = None
            self.updateGeometry()

    def set_tone(self, tone: Token) -> None:
        """Change the colour."""
        self.tone = tone
        self.update()

    def _lay(self, width: int) -> tuple[QTextLayout, int, float]:
        words = self.text()
        if self._laid is None or self._laid[:2] != (width, words):
            layout, natural = paragraph(
                self.theme, words, self.step, width, self.layoutDirection(), self._align()
            )
            self._laid = (width, words, layout, natural)
        layout, natural = self._laid[2:]
        return layout, layout.lineCount(), natural

    def _align(self) -> Qt.AlignmentFlag:
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        return across or Qt.AlignmentFlag.AlignLeft

    def hasHeightForWidth(self) -> bool:
        """A wrapped text gets higher as it gets narrower."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped text."""
        if not self.wordWrap():
            return self.theme.line_height(self.step)
        return max(1, self._lay(max(width, 1))[1]) * self.theme.line_height(self.step)

    def sizeHint(self) -> QSize:
        """Its own width, at most the width of a line of reading."""
        height = self.theme.line_height(self.step)
        if not self.wordWrap():
            metrics = QFontMetricsF(self.font())
            return QSize(ceil(metrics.horizontalAdvance(one_line(self.text()))) + 1, height)
        _, count, natural = self._lay(self.theme.px(READING_WIDTH))
        return QSize(ceil(natural) + 1, max(1, count) * height)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to give way to others."""
        wish = self.sizeHint()
        return QSize(min(wish.width(), self.theme.px(48)), self.theme.line_height(self.step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole text as a tooltip where it is cut."""
        super().resizeEvent(event)
        if not self.wordWrap():
            cut = self.sizeHint().width() > self.width()
            self.setToolTip(self.text() if cut else "")

    def changeEvent(self, event: QEvent) -> None:
        """Lay out and paint anew when direction or colours change."""
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.PaletteChange):
            self._laid = None
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines at the line height of the step."""
        painter = QPainter(self)
        colour = self.theme.color(self.tone)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        if not self.wordWrap():
            align = _visual(self.layoutDirection(), self._align())
            draw_words(painter, self.rect(), self.text(), self.font(), colour, align=align)
        else:
            painter.setPen(colour)
            layout, count, _ = self._lay(self.width())
            spare = self.height() - count * self.theme.line_height(self.step)
            if self.alignment() & Qt.AlignmentFlag.AlignVCenter and spare > 0:
                painter.translate(0, spare // 2)
            layout.draw(painter, QPointF(0, 0))
        painter.end()


def _visual(around: Qt.LayoutDirection, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """Left and right as they are seen; QStyle's own needs half a millisecond to be loaded."""
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    if around == Qt.LayoutDirection.RightToLeft and align & (left | right):
        return right if align & left else left
    return align


def _direction(words: str, around: Qt.LayoutDirection) -> Qt.LayoutDirection:
    for letter in words[:200]:
        if letter.isalpha():
            rtl = "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufeff"
            return Qt.LayoutDirection.RightToLeft if rtl else around
    return around
