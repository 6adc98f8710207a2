"""The lines of a fishbone's editor: a bone, and a possible cause with what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.figures.fishbone import STATES, Bone, BoneCause
from gemba.domain.figures.five_whys import EVIDENCE
from gemba.domain.figures.words import knowledge
from gemba.ui.figures.editor import Around
from gemba.ui.figures.outline import LineEditor, OutlineRow
from gemba.ui.widgets import Button, Field, Label, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class BoneRow(OutlineRow):
    """The name of one bone; open it can be taken away."""

    removed = Signal(object)
    asked = Signal(object)

    def __init__(self, theme: Theme, bone: Bone, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.id = bone.id
        tr = self.tr
        self.words = LineEditor(theme, tr("Bone"), tr("Where do you look?"), self)
        self.words.set_text(bone.label)
        self.setFocusProxy(self.words)
        mark = Label(theme, "—", step="strong", wrap=False, parent=self)
        self.line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.words, 1)
        self.adder = Button(theme, tr("A cause here"), kind="quiet", icon="plus", parent=self)
        self.adder.clicked.connect(lambda: self.asked.emit(self.id))
        self.bin = Button(theme, tr("Remove bone"), kind="quiet", icon="trash-2", parent=self)
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        row = QHBoxLayout(self.details)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.adder)
        row.addStretch(1)
        row.addWidget(self.bin)

    def show_bone(self, bone: Bone, *, empty: bool) -> None:
        """Bring the row to the state of its bone; one that holds causes stays."""
        if self.words.text() != bone.label:
            self.words.set_text(bone.label)
        self.bin.setVisible(empty)


class CauseRow(OutlineRow):
    """One possible cause; open it shows its state, and how and by what one knows."""

    edited = Signal(object, object, object)
    removed = Signal(object)
    passed_on = Signal(object)

    def __init__(self, theme: Theme, cause: BoneCause, around: Around, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.id = cause.id
        self._say = around.say
        tr = self.tr
        self.words = LineEditor(theme, tr("Possible cause"), tr("What may have led to it?"), self)
        self.words.set_text(cause.text)
        self.setFocusProxy(self.words)
        self.line.addWidget(self.words, 1)
        self.words.edited.connect(lambda: self.edited.emit(self.id, "text", self.words.text()))
        self.words.numbered.connect(self._numbered)
        self.cause = cause
        self.around = around

    def build_details(self) -> None:
        """Make the choices of state and evidence, the source and the ways on."""
        theme, around, tr, say = self.theme, self.around, self.tr, self._say
        states = [(one, say(f"fishbone.{one}")) for one in STATES]
        self.state = Segmented(
            theme, states, name=tr("How far is it checked?"), parent=self.details
        )
        self.state.chosen.connect(lambda key: self.edited.emit(self.id, "state", key))
        evidence = [(one, say(f"evidence.{one}")) for one in EVIDENCE]
        self.evidence = Segmented(theme, evidence, name=tr("How do you know?"), parent=self.details)
        self.evidence.chosen.connect(lambda key: self.edited.emit(self.id, "evidence", key))
        question = tr("30 of 30, 3 walks, ...")
        self.source = Field(
            theme, "", question=question, name=tr("By what do you know"), parent=self.details
        )
        self.source.edited.connect(lambda: self.edited.emit(self.id, "source", self.source.text()))
        words = tr("Into the why tree")
        self.on = Button(theme, words, kind="quiet", icon="arrow-right", parent=self.details)
        self.on.clicked.connect(lambda: self.passed_on.emit(self.id))
        self.may_pass = around.to_tree is not None
        self.bin = Button(theme, tr("Remove"), kind="quiet", icon="trash-2", parent=self.details)
        self.bin.clicked.connect(lambda: self.removed.emit(self.id))
        self._arrange(around)
        self._show_details(self.cause)

    def _arrange(self, around: Around) -> None:
        px = self.theme.px
        column = QVBoxLayout(self.details)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(8))
        for part in (self.state, self.evidence, self.source):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.on)
        row.addStretch(1)
        row.addWidget(self.bin)
        column.addLayout(row)
        if around.thread is not None:
            column.addWidget(around.thread(self.id))

    def _numbered(self, digit: int) -> None:
        if 1 <= digit <= len(STATES):
            self.edited.emit(self.id, "state", STATES[digit - 1])

    def show_cause(self, cause: BoneCause) -> None:
        """Bring the row to the state of its cause; the caret stays."""
        if self.words.text() != cause.text:
            self.words.set_text(cause.text)
        self.cause = cause
        if self.built:
            self._show_details(cause)
        self.say_small(knowledge(cause, self._say))

    def _show_details(self, cause: BoneCause) -> None:
        if self.source.text() != cause.source:
            self.source.set_text(cause.source)
        state = cause.state if cause.state in STATES else "open"
        if self.state.value() != state:
            self.state.set_value(state)
        evidence = cause.evidence if cause.evidence in EVIDENCE else "guess"
        if self.evidence.value() != evidence:
            self.evidence.set_value(evidence)
        self.on.setVisible(self.may_pass and cause.state == "verified")
