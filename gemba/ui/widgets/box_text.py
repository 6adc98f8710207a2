"""Writing in a box: the same face, size, width and breaks as on the paper below."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from gemba.domain.prose import Paragraph, Run, read_paragraph, write_paragraph
from gemba.ui.tasks import uncollected
from gemba.ui.theme import FAMILY
from gemba.ui.widgets.forced_lines import (
    CONTINUES,
    Breaks,
    ForcedLines,
    Measures,
    continues,
    joined,
)

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_BULLET = QTextFormat.Property.UserProperty + 1
# How a line was written, where our own writer would write it otherwise.
_SOURCE = QTextFormat.Property.UserProperty + 2
# A block longer than this would not be laid out between two keys.
_LONGEST = 6_000
# What a QTextDocument would take for the end of a block, an object or a frame keeps its place
# under a private letter while it is edited.
_ALTERED = "\r\x00\u2028\u2029\ufdd0\ufdd1\ufffc\ufeff\ufffe"
_SAFE = {ord(letter): chr(0xF8B0 + at) for at, letter in enumerate(_ALTERED)}
_BACK = {0xF8B0 + at: letter for at, letter in enumerate(_ALTERED)}


def text_font(pixels: int) -> QFont:
    """Return the face of box text at a whole number of pixels, set as the paper sets it."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    font.setFeature(QFont.Tag("liga"), 0)
    font.setStyleStrategy(QFont.StyleStrategy.PreferQuality)
    return font


class BoxText(QTextEdit):
    """The text of one box while it is written.

    `edited` follows each change by the user, `left` the focus leaving, `escaped` the Esc key,
    `pictured` a pasted picture or file (QMimeData), `undo_asked` undo beyond what was typed here.
    """

    edited = Signal()
    left = Signal()
    escaped = Signal()
    pictured = Signal(object)
    undo_asked = Signal()

    def __init__(
        self, theme: Theme, breaks: Breaks, measures: Measures, pixels: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.question = ""
        """Shown while nothing is written."""
        self._given = ""
        self._touched = False
        self._loading = False
        self._composing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.viewport().setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.paper)
        palette.setColor(QPalette.ColorRole.Window, theme.paper)
        palette.setColor(QPalette.ColorRole.Text, theme.paper_ink)
        self.setPalette(palette)
        document = self.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(text_font(pixels))
        self.lines = ForcedLines(document, measures, breaks, paragraph_of, QColor(theme.paper_soft))
        document.setDocumentLayout(self.lines)
        self.setCursorWidth(2)
        self.forget_lines()
        document.contentsChange.connect(self._forget)
        document.contentsChange.connect(self._changed)

    def set_text(self, text: str) -> None:
        """Show a text; `edited` is not sent, and undo begins here."""
        with uncollected():
            self._show_text(text)

    def _show_text(self, text: str) -> None:
        self._given = text
        self._touched = False
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first = True
        for bare, together in itertools.groupby(text.split("\n"), _is_bare):
            # Lines without any mark go in at once: one by one, those of a long text take seconds.
            for line in ["\n".join(together)] if bare else together:
                if not first:
                    cursor.insertBlock()
                first = False
                if bare:
                    cursor.setBlockFormat(_block_format(False))
                    cursor.insertText(line.translate(_SAFE), _char_format(False, False))
                else:
                    _insert_marked(cursor, line)
        cursor.endEditBlock()
        self.document().setUndoRedoEnabled(True)
        self._loading = False

    def text(self) -> str:
        """Return the text given, or what the user made of it; untouched lines stay byte-equal."""
        if not self._touched:
            return self._given
        lines: list[str] = []
        number, block = 0, self.document().firstBlock()
        while block.isValid():
            known = self._lines[number]
            if known is None:
                known = self._lines[number] = _line_at(block)
            line, blocks = known
            lines.append(line)
            for _ in range(blocks):
                block = block.next()
            number += blocks
        return "\n".join(lines)

    def measure(self, measures: Measures, pixels: int) -> None:
        """Go on at another zoom."""
        self._loading = True
        # With both at once, all of it is laid out once.
        self.lines.measures = measures
        self.document().setDefaultFont(text_font(pixels))
        self.lines.measure(measures)
        self._loading = False

    def _changed(self, position: int, removed: int, added: int) -> None:
        if self._loading or (removed == added == 0):
            return
        self._touched = True
        self.edited.emit()

    def forget_lines(self) -> None:
        """Read every line anew when the text is next asked for."""
        self._lines: list[tuple[str, int] | None] = [None] * self.document().blockCount()

    def _forget(self, position: int, _removed: int, added: int) -> None:
        """Forget what the blocks that changed say, and the line before, which may go on in them."""
        document = self.document()
        before = document.findBlock(position).previous()
        while continues(before):
            before = before.previous()
        first = max(0, before.blockNumber())
        last = document.findBlock(position + added).blockNumber()
        if last < 0:
            last = document.blockCount() - 1
        behind = document.blockCount() - 1 - last
        self._lines[first : len(self._lines) - behind] = [None] * (last - first + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bold, italic and bullets by keys; Esc leaves the box."""
        if self.isReadOnly() and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        held = event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        cursor = self.textCursor()
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_asked.emit()
            return
        match event.key():
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_B if control:
                self._toggle(bold=True)
            case Qt.Key.Key_I if control:
                self._toggle(bold=False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control:
                event.ignore()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._new_line(cursor)
            case Qt.Key.Key_Backspace if _at_bullet(cursor):
                cursor.setBlockFormat(_block_format(False))
                self._relay(cursor)
            case Qt.Key.Key_Backspace if continues(cursor.block()) and _at_start(cursor):
                cursor.movePosition(QTextCursor.MoveOperation.Left)
                cursor.deletePreviousChar()
                self.setTextCursor(cursor)
            case Qt.Key.Key_Delete if continues(cursor.block().next()) and _at_end(cursor):
                cursor.movePosition(QTextCursor.MoveOperation.Right)
                cursor.deleteChar()
                self.setTextCursor(cursor)
            case Qt.Key.Key_Space if _hyphen_before(cursor):
                cursor.movePosition(
                    QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.beginEditBlock()
                cursor.removeSelectedText()
                cursor.setBlockFormat(_block_format(True))
                cursor.endEditBlock()
                self._relay(cursor)
            case _:
                super().keyPressEvent(event)

    def _new_line(self, cursor: QTextCursor) -> None:
        if _is_bullet(cursor.block()) and not cursor.block().text():
            cursor.setBlockFormat(_block_format(False))
            self._relay(cursor)
        else:
            cursor.insertBlock(_block_format(_is_bullet(cursor.block())))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _relay(self, cursor: QTextCursor) -> None:
        self.setTextCursor(cursor)
        block = cursor.block()
        self.lines.documentChanged(block.position(), 0, block.length())
        self._touched = True
        self.edited.emit()

    def _toggle(self, *, bold: bool) -> None:
        cursor = self.textCursor()
        now = cursor.charFormat()
        form = QTextCharFormat()
        if bold:
            weight = QFont.Weight.DemiBold
            on = now.fontWeight() >= weight
            form.setFontWeight(QFont.Weight.Normal if on else weight)
        else:
            form.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(form)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text, lines that begin with a hyphen as bullets; hand on pictures."""
        if source.hasImage() or source.hasUrls():
            self.pictured.emit(source)
            return
        if not source.hasText():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.hasSelection():
            cursor.removeSelectedText()
        pasted = source.text().replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate(pasted.split("\n")):
            if number:
                cursor.insertBlock(_block_format(False))
            bullet = line.startswith("- ") and cursor.atBlockStart()
            if bullet:
                cursor.setBlockFormat(_block_format(True))
                line = line[2:]
            _insert(cursor, line.translate(_SAFE), cursor.charFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.lines.documentChanged(0, 0, self.document().characterCount())
        self.ensureCursorVisible()

    def begin_line(self, words: str) -> None:
        """Begin a line of its own after the one with the caret, or in it where that is empty."""
        cursor = self.textCursor()
        cursor.clearSelection()
        if cursor.block().text().strip():
            cursor.movePosition(cursor.MoveOperation.EndOfBlock)
            words = f"\n{words}"
        self.setTextCursor(cursor)
        data = QMimeData()
        data.setText(words)
        self.insertFromMimeData(data)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the letters as they read, one line for each paragraph."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        parts: list[str] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            if parts and not continues(block):
                parts.append("\n")
            # Qt counts letters beyond the base plane twice.
            units = block.text().encode("utf-16-le")
            first, last = max(0, start - block.position()), max(0, end - block.position())
            parts.append(units[2 * first : 2 * last].decode("utf-16-le", "ignore"))
            block = block.next()
        data = QMimeData()
        data.setText("".join(parts).translate(_BACK))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, pictures and files."""
        return source.hasText() or source.hasImage() or source.hasUrls()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, or the question while there is none."""
        super().paintEvent(event)
        if not self.question or not self.document().isEmpty() or self._composing:
            return
        painter = QPainter(self.viewport())
        font = self.theme.font("italic")
        font.setPixelSize(self.document().defaultFont().pixelSize())
        painter.setFont(font)
        painter.setPen(self.theme.paper_soft)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(self.viewport().rect(), int(flags), self.question)
        painter.end()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Give way to letters that are still being put together."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the box is left; a menu over it does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def _line_at(block: QTextBlock) -> tuple[str, int]:
    """Return the line of text that begins with a block, and how many blocks it stands in."""
    source = block.blockFormat().stringProperty(_SOURCE).translate(_BACK)
    parts = [paragraph_of(block)]
    block = block.next()
    while continues(block):
        parts.append(paragraph_of(block))
        block = block.next()
    paragraph = joined(parts)
    kept = source and read_paragraph(source) == paragraph
    return source if kept else write_paragraph(paragraph), len(parts)


def paragraph_of(block: QTextBlock) -> Paragraph:
    """Return a block of the document as a paragraph of the little text language."""
    runs: list[Run] = []
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if fragment.isValid():
            form = fragment.charFormat()
            bold = form.fontWeight() >= QFont.Weight.DemiBold
            text = fragment.text().translate(_BACK)
            if runs and (runs[-1].bold, runs[-1].italic) == (bold, form.fontItalic()):
                runs[-1] = Run(runs[-1].text + text, bold, form.fontItalic())
            else:
                runs.append(Run(text, bold, form.fontItalic()))
        at += 1
    return Paragraph(tuple(runs), _is_bullet(block))


def _is_bullet(block: QTextBlock) -> bool:
    return bool(block.blockFormat().boolProperty(_BULLET))


def _at_bullet(cursor: QTextCursor) -> bool:
    block = cursor.block()
    return _at_start(cursor) and _is_bullet(block) and not continues(block)


def _at_start(cursor: QTextCursor) -> bool:
    return cursor.atBlockStart() and not cursor.hasSelection()


def _at_end(cursor: QTextCursor) -> bool:
    return cursor.atBlockEnd() and not cursor.hasSelection()


def _insert(cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
    """Insert text; a long one goes on in blocks of its own, which read as one paragraph."""
    going_on = QTextBlockFormat()
    going_on.setProperty(_BULLET, _is_bullet(cursor.block()))
    going_on.setProperty(CONTINUES, True)
    for at in range(0, len(text), _LONGEST):
        if at or cursor.positionInBlock() > _LONGEST:
            cursor.insertBlock(going_on)
        cursor.insertText(text[at : at + _LONGEST], form)


def _is_bare(line: str) -> bool:
    """Tell whether a line is one short run of plain letters, written as it reads."""
    marked = "*" in line or "\\" in line or line.startswith("- ")
    return not marked and len(line) <= _LONGEST


def _insert_marked(cursor: QTextCursor, line: str) -> None:
    """Write a line of the little text language into an empty block."""
    paragraph = read_paragraph(line)
    source = line if line != write_paragraph(paragraph) else ""
    cursor.setBlockFormat(_block_format(paragraph.bullet, source))
    for run in paragraph.runs:
        _insert(cursor, run.text.translate(_SAFE), _char_format(run.bold, run.italic))


def _hyphen_before(cursor: QTextCursor) -> bool:
    block = cursor.block()
    return (
        not cursor.hasSelection()
        and not _is_bullet(block)
        and not continues(block)
        and cursor.positionInBlock() == 1
        and block.text().startswith("-")
    )


def _block_format(bullet: bool, source: str = "") -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setProperty(_BULLET, bullet)
    if source:
        form.setProperty(_SOURCE, source.translate(_SAFE))
    return form


def _char_format(bold: bool, italic: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    form.setFontItalic(italic)
    return form
