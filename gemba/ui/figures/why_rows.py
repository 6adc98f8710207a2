"""One line of a why tree's editor: a cause, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures.five_whys import EVIDENCE, Why
from gemba.ui.figures.editor import Around
from gemba.ui.figures.marks import EvidenceMark
from gemba.ui.figures.outline import LineEditor, OutlineRow
from gemba.ui.widgets import Button, CheckBox, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class WhyRow(OutlineRow):
    """One cause: its words, and when it is open its evidence, source and state."""

    edited = Signal(object, object, object)
    removed = Signal(object)

    def __init__(self, theme: Theme, why: Why, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.id = why.id
        self._say = around.say
        self.mark = EvidenceMark(theme, self)
        self.letter = Label(theme, "", step="strong", tone="accent", wrap=False, parent=self)
        self.letter.hide()
        gap = not why.parent
        question = self.tr("What is the gap, in one sentence?") if gap else self.tr("Why?")
        name = self.tr("The gap") if gap else self.tr("Why")
        self.words = LineEditor(theme, name, question, self)
        self.words.set_text(why.text)
        self.setFocusProxy(self.words)
        for part in (self.mark, self.letter):
            self.line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.words, 1)
        self.mark.setVisible(not gap)
        self.why, self.around = why, around
        self.words.edited.connect(lambda: self.edited.emit(self.id, "text", self.words.text()))
        self.words.numbered.connect(self._numbered)
        self.show_why(why, "")

    def build_details(self) -> None:
        """Make the evidence, its source, the marks and the way out."""
        theme, around, px = self.theme, self.around, self.theme.px
        gap = not self.why.parent
        column = QVBoxLayout(self.details)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(8))
        options = [(name, self._say(f"evidence.{name}")) for name in EVIDENCE]
        self.evidence = Segmented(
            theme, options, name=self.tr("How do you know?"), parent=self.details
        )
        self.evidence.chosen.connect(lambda key: self.edited.emit(self.id, "evidence", key))
        question = self.tr("How many, how often?") if gap else self.tr("30 of 30, 3 walks, ...")
        label = self.tr("By what do you know")
        self.source = Field(theme, "", question=question, name=label, parent=self.details)
        self.source.edited.connect(lambda: self.edited.emit(self.id, "source", self.source.text()))
        self.root = CheckBox(theme, self.tr("Root cause"), parent=self.details)
        self.root.toggled.connect(lambda on: self.edited.emit(self.id, "root", on))
        self.out = CheckBox(theme, self.tr("Ruled out"), parent=self.details)
        self.out.toggled.connect(lambda on: self.edited.emit(self.id, "ruled_out", on))
        self.bin = Button(
            theme, self.tr("Remove"), kind="quiet", icon="trash-2", parent=self.details
        )
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        column.addWidget(self.evidence)
        column.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for part in (self.root, self.out):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.bin)
        column.addLayout(row)
        if around.thread is not None:
            column.addWidget(around.thread(self.id))
        for hidden in (self.evidence, self.root, self.out, self.bin):
            hidden.setVisible(not gap)
        self._show_details(self.why)

    def _numbered(self, digit: int) -> None:
        if not self.why.parent or not 1 <= digit <= len(EVIDENCE):
            return
        self.edited.emit(self.id, "evidence", EVIDENCE[digit - 1])

    def show_why(self, why: Why, letter: str) -> None:
        """Bring the row to the state of its cause; the caret stays."""
        if self.words.text() != why.text:
            self.words.set_text(why.text)
        self.why = why
        if self.built:
            self._show_details(why)
        self.mark.set_evidence("ruled_out" if why.ruled_out else why.evidence if why.parent else "")
        self.letter.setText(letter)
        self.letter.setVisible(bool(letter))
        self.say_small(self._evidence_words(why))

    def _show_details(self, why: Why) -> None:
        if self.source.text() != why.source:
            self.source.set_text(why.source)
        if self.evidence.value() != why.evidence and why.evidence in EVIDENCE:
            self.evidence.set_value(why.evidence)
        for box, on in ((self.root, why.root), (self.out, why.ruled_out)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    def _evidence_words(self, why: Why) -> str:
        if why.ruled_out:
            by = self._say("evidence.ruled_out_by", source=why.source)
            return by if why.source else self._say("evidence.ruled_out")
        if not why.parent or (why.evidence == "guess" and not why.source):
            return why.source
        word = self._say(f"evidence.{why.evidence}")
        return f"{word}: {why.source}" if why.source else word
