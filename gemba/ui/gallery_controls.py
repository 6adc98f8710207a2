"""The gallery's controls to type into, to press and to choose from, in every state."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gemba.ui.gallery_samples import LONG, STATES, TODAY, Samples
from gemba.ui.widgets.button import Button, IconButton, Kind
from gemba.ui.widgets.check import CheckBox, Radio, Segmented
from gemba.ui.widgets.chip import Chip
from gemba.ui.widgets.day_field import DateField, TimeField
from gemba.ui.widgets.door import Door
from gemba.ui.widgets.field import Field
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.layout import FlowLayout
from gemba.ui.widgets.name_field import NameField
from gemba.ui.widgets.sentence import Sentence
from gemba.ui.widgets.text import TextField
from gemba.ui.widgets.word_button import WordButton


def buttons(samples: Samples) -> QWidget:
    """Every kind of button in every state."""
    part, column = samples.section("Buttons")
    grid = QGridLayout()
    grid.setHorizontalSpacing(samples.theme.px(24))
    grid.setVerticalSpacing(samples.theme.px(12))
    for at, state in enumerate(STATES, start=1):
        grid.addWidget(Label(samples.theme, state, step="small", tone="ink_soft"), 0, at)
    kinds: list[tuple[str, Kind, str, str]] = [
        ("primary", "primary", "Keep", ""),
        ("secondary", "secondary", "Walk", "footprints"),
        ("quiet", "quiet", "Tell back", "handshake"),
    ]
    for row, (name, kind, words, icon) in enumerate(kinds, start=1):
        grid.addWidget(Label(samples.theme, name, step="small", tone="ink_soft"), row, 0)
        for at, state in enumerate(STATES, start=1):
            button = Button(samples.theme, words, kind=kind, icon=icon)
            grid.addWidget(samples.posed(button, state), row, at)
    grid.addWidget(Label(samples.theme, "icon only", step="small", tone="ink_soft"), 4, 0)
    for at, state in enumerate(STATES, start=1):
        undo = IconButton(samples.theme, "undo-2", "Undo", shortcut="Ctrl+Z")
        grid.addWidget(samples.posed(undo, state), 4, at)
    big = QHBoxLayout()
    big.setSpacing(samples.theme.px(8))
    chosen = Button(samples.theme, "quality", hint="2", big=True, checkable=True)
    chosen.setChecked(True)
    for button in (
        Button(samples.theme, "going well", hint="Alt 0", big=True, checkable=True),
        chosen,
        Button(samples.theme, "Photo", icon="camera", big=True),
        Button(samples.theme, "Safety now", icon="shield-alert", big=True, stop=True),
        Button(samples.theme, "Keep", kind="primary", big=True),
    ):
        big.addWidget(button)
    big.addStretch(1)
    grid.addWidget(Label(samples.theme, "walk mode", step="small", tone="ink_soft"), 5, 0)
    grid.addLayout(big, 5, 1, 1, 6)
    grid.setColumnStretch(6, 1)
    column.addLayout(grid)
    return part


def fields(samples: Samples) -> QWidget:
    """Fields for text, names, days and times."""
    part, column = samples.section("Fields")
    theme = samples.theme
    empty = Field(theme, "Purpose, at rest and empty", question="What do you want to learn?")
    column.addWidget(empty)
    filled = Field(theme, "With the focus")
    filled.set_text("Why do discharges wait?")
    column.addWidget(samples.posed(filled, "focus"))
    off = Field(theme, "Disabled")
    off.set_text("Why do discharges wait?")
    column.addWidget(samples.posed(off, "disabled"))
    read = Field(theme, "Read-only")
    read.set_text("Why do discharges wait?")
    read.set_read_only(True)
    column.addWidget(read)
    found = Field(theme, "", question="Which sheet?", icon="search", name="Search")
    column.addWidget(found)
    long = TextField(theme, "Too long for one line", lines=2)
    long.set_text(LONG)
    column.addWidget(long)
    name = NameField(theme, "For whom", question="Who raised it?")
    name.set_names([(UUID(int=1), "Marta Lindqvist")])
    name.set_value(UUID(int=1))
    column.addWidget(name)
    days = QHBoxLayout()
    days.setSpacing(theme.px(16))
    right = DateField(theme, "We look together on", today=lambda: TODAY)
    right.set_value(date(2026, 11, 26))
    wrong = DateField(theme, "Wrong", today=lambda: TODAY)
    wrong.line.setText("soonish")
    wrong.read()
    moment = TimeField(theme, "at")
    moment.line.setText("0745")
    moment.read()
    for field in (right, moment, wrong):
        days.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    days.addStretch(1)
    column.addLayout(days)
    column.addWidget(_sentence(samples))
    big = TextField(theme, "I saw, in facts", big=True, lines=2)
    big.set_text("Label printer out of paper, labels written by hand, 4 of 11 unreadable")
    column.addWidget(samples.posed(big, "focus"))
    return part


def _sentence(samples: Samples) -> QWidget:
    theme = samples.theme
    told = NameField(theme, "", name="Whom did you tell?")
    told.set_value(None, "Grace Teo")
    empty = Field(theme, "", question="Who works on it?", name="Who works on it?")
    held = DateField(theme, "", today=lambda: TODAY, name="When?")
    held.set_value(TODAY)
    sentence = Sentence(theme)
    sentence.add_words("In a sentence: I told")
    sentence.add_field(told, 216)
    sentence.add_words("on")
    sentence.add_field(held)
    samples.posed(held, "focus")
    sentence.add_words("that")
    sentence.add_field(empty, 216)
    return sentence


def choices(samples: Samples) -> QWidget:
    """Check boxes, radios and segments."""
    part, column = samples.section("Choices", gap=8)
    theme = samples.theme
    flow = FlowLayout(gap=theme.px(16))
    for state in STATES:
        flow.addWidget(samples.posed(CheckBox(theme, state, checked=state == "rest"), state))
    column.addLayout(flow)
    radios = QWidget()
    row = FlowLayout(radios, gap=theme.px(16))
    for state in STATES:
        row.addWidget(samples.posed(Radio(theme, state, checked=state == "rest"), state))
    column.addWidget(radios)
    long = CheckBox(theme, f"A long one goes on in the next line: {LONG}", checked=True)
    column.addWidget(long)
    options = [("whole", "Whole sheet"), ("column", "Column")]
    sheet = Segmented(theme, options, value="column", name="Distance")
    column.addWidget(sheet)
    three = Segmented(
        theme,
        [("n", "normal"), ("a", "abnormal"), ("s", "no standard seen")],
        value="a",
        name="Against the standard",
    )
    samples.posed(three.segment("n"), "hover")
    column.addWidget(three)
    return part


def chips(samples: Samples) -> QWidget:
    """Chips of every kind."""
    part, column = samples.section("Chips")
    flow = FlowLayout(gap=samples.theme.px(8))
    theme = samples.theme
    for chip in (
        Chip(theme, "waiting", icon="clock"),
        Chip(theme, "delivery", kind="plain"),
        Chip(theme, "Told Samir on 4 Nov", kind="good", icon="check"),
        Chip(theme, "2 lines too many", kind="watch"),
        Chip(theme, "safety now", kind="stop", icon="shield-alert"),
        Chip(theme, "Observation: two bags ready", kind="link", icon="link-2"),
        Chip(theme, f"A3: {LONG}", kind="link", icon="notebook-pen"),
    ):
        flow.addWidget(chip)
    for state in ("hover", "focus", "disabled"):
        flow.addWidget(samples.posed(Chip(theme, state, kind="link", icon="link-2"), state))
    column.addLayout(flow)
    return part


def words_to_press(samples: Samples) -> QWidget:
    """Doors and words to press."""
    part, column = samples.section("Doors, and words to press")
    theme = samples.theme
    for state in ("rest", "hover", "focus"):
        door = Door(theme, "footprints", "Walk", "Go where the work is done.")
        column.addWidget(samples.posed(door, state))
    line = QHBoxLayout()
    for words in ("normal", "abnormal", "no standard seen"):
        button = WordButton(theme, words, checkable=True)
        button.setChecked(words == "abnormal")
        line.addWidget(button)
    line.addStretch(1)
    column.addLayout(line)
    return part
