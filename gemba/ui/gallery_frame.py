"""What the gallery shows of the window round a page: rail, bars, head, drawer."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.wording import Remark
from gemba.ui.gallery_samples import LONG, Samples
from gemba.ui.theme import Token
from gemba.ui.widgets.bars import StatusBar, TopBar
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.drawer import Drawer
from gemba.ui.widgets.field import Field
from gemba.ui.widgets.hairline import Hairline
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.layout import PageHead
from gemba.ui.widgets.quiet_question import QuietQuestion
from gemba.ui.widgets.rail import Rail
from gemba.ui.widgets.surface import Surface


def window(samples: Samples) -> QWidget:
    """The frame of the window, with every state of what stands in it."""
    part, column = samples.section("Round a page")
    theme = samples.theme
    grounds: tuple[tuple[Token, str, str], ...] = (
        ("accent_soft", "Sample hospital.", "Back to mine"),
        ("stop_soft", "This folder cannot be written. What you change is not kept.", ""),
    )
    for ground, words, action in grounds:
        bar = TopBar(theme, ground)
        column.addWidget(bar)
        bar.say(words, action)
    row = QHBoxLayout()
    row.setSpacing(theme.px(24))
    row.addWidget(_rail(samples))
    row.addWidget(_middle(samples), 1)
    drawer = Drawer(theme, "Coach’s margin")
    drawer.body.addWidget(Label(theme, LONG))
    drawer.body.addWidget(Field(theme, "Ask", question="What do you want to ask?"))
    drawer.body.addStretch(1)
    row.addWidget(drawer)
    column.addLayout(row)
    for safe, calm in (("Verified backup just now", True), ("No backup", False)):
        status = StatusBar(theme)
        column.addWidget(status)
        status.set_writer("Ana Lindqvist")
        status.safety.say(safe, calm=calm)
        status.save_state.saved()
    return part


def _rail(samples: Samples) -> Rail:
    rail = Rail(samples.theme)
    for key, words, icon, state in (
        ("today", "Today", "sun", "rest"),
        ("walks", "Walks", "footprints", "rest"),
        ("coaching", "Coaching", "message-circle-question-mark", "hover"),
        ("sheets", "A3", "notebook-pen", "focus"),
    ):
        samples.posed(rail.add(key, words, icon), state)
    samples.posed(rail.add("help", "Help", "circle-help", foot=True), "pressed")
    rail.choose("walks")
    rail.setFixedHeight(samples.theme.px(420))
    return rail


def _middle(samples: Samples) -> QWidget:
    theme = samples.theme
    part = QWidget()
    middle = QVBoxLayout(part)
    middle.setContentsMargins(0, 0, 0, 0)
    middle.setSpacing(theme.px(16))
    head = PageHead(theme, "Late discharges")
    head.set_title("Late discharges", "Ward 6")
    head.add_action(Button(theme, "Print", icon="printer"))
    middle.addWidget(head)
    middle.addWidget(Hairline(theme))
    remark = Remark("solution", "", "", "Is this what you saw, or already what to do about it?")
    question = QuietQuestion(theme, lambda: remark, lambda _remark: None)
    middle.addWidget(question)
    question.look()
    for words, edge in (("A surface", False), ("With an edge", True)):
        surface = Surface(theme, margin=16, edge=edge)
        surface.column.addWidget(Label(theme, words))
        middle.addWidget(surface)
    middle.addStretch(1)
    return part
