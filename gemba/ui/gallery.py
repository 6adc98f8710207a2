"""Every control in every state on one page, to be looked at after each change of the look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.theme import Theme
from gemba.ui.widgets.base import Control, Ringed
from gemba.ui.widgets.button import Button, IconButton, Kind
from gemba.ui.widgets.check import CheckBox, Radio, Segmented
from gemba.ui.widgets.chip import Chip
from gemba.ui.widgets.day_field import DateField, TimeField
from gemba.ui.widgets.door import Door
from gemba.ui.widgets.field import Field
from gemba.ui.widgets.frame import FieldBase
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.layout import FlowLayout
from gemba.ui.widgets.month import MonthDays
from gemba.ui.widgets.name_field import NameField
from gemba.ui.widgets.notice import EmptyState, Notice
from gemba.ui.widgets.photos import PhotoStrip
from gemba.ui.widgets.ring import RingFrame
from gemba.ui.widgets.row_paint import RowAction, RowWords
from gemba.ui.widgets.rows import RowList
from gemba.ui.widgets.save_state import SaveState
from gemba.ui.widgets.sentence import Sentence
from gemba.ui.widgets.text import TextField
from gemba.ui.widgets.word_button import WordButton

STATES = ("rest", "hover", "focus", "pressed", "disabled")
_TODAY = date(2026, 11, 24)
_LONG = (
    "The list of tomorrow's discharges. Ours is ready at 17:45, theirs prints at 17:30, so our "
    "names reach the porters a day late, and nobody on the ward has been told since the spring"
)
_ARABIC = "متى كنت هناك آخر مرة؟"
_ARABIC_NAME = "قائمة مرضى الغد"


def gallery(theme: Theme) -> QWidget:
    """A page of all controls, 1280 wide at 100 % and as high as it needs."""
    return _Gallery(theme)


def pose(control: QWidget, state: str) -> None:
    """Make a control look as it does in a state that no pointer or key has brought about."""
    if state == "disabled":
        control.setEnabled(False)
    elif state == "hover":
        control.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pressed" and isinstance(control, Control):
        control.setDown(True)
    elif state == "focus":
        target = control.frame if isinstance(control, FieldBase) else control
        target.posed = True  # type: ignore[attr-defined]


class _Gallery(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._rung: list[tuple[Theme, QWidget]] = []
        self.setFixedWidth(theme.px(1280))
        self.setWindowTitle("Controls")
        column = QVBoxLayout(self)
        side = theme.px(24)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(32))
        column.addWidget(Label(theme, "Controls", step="title"))
        column.addWidget(self._buttons())
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(48))
        halves.addLayout(
            self._stack((self._fields(), self._choices(), self._chips(), self._words_to_press())), 1
        )
        halves.addLayout(self._stack((self._rows(), self._said(), self._words(), self._month())), 1)
        column.addLayout(halves)
        column.addWidget(self._mirrored())
        column.addWidget(self._double())
        column.addStretch(1)

    def _stack(self, parts: Sequence[QWidget]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px(32))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column

    def _section(self, words: str, gap: int = 16) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(gap))
        column.addWidget(Label(self.theme, words, step="strong"))
        return part, column

    def _posed(self, control: QWidget, state: str, theme: Theme | None = None) -> QWidget:
        pose(control, state)
        if state == "focus":
            self._rung.append((theme or self.theme, control))
        return control

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height it needs, and draw the rings once everything has its place."""
        super().showEvent(event)
        layout = self.layout()
        for _ in range(2):  # a text field knows its lines only once it has its width
            if layout is not None:
                layout.activate()
            self.resize(self.sizeHint())
        for theme, control in self._rung:
            target = control.frame if isinstance(control, FieldBase) else control
            if isinstance(target, Ringed) and (ring := target.ring()) is not None:
                RingFrame(theme, self).surround(target, ring)
        self._rung.clear()

    def sizeHint(self) -> QSize:
        """As high as its parts."""
        layout = self.layout()
        width = self.theme.px(1280)
        return QSize(width, layout.heightForWidth(width) if layout is not None else 0)

    def _buttons(self) -> QWidget:
        part, column = self._section("Buttons")
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(24))
        grid.setVerticalSpacing(self.theme.px(12))
        for at, state in enumerate(STATES, start=1):
            grid.addWidget(Label(self.theme, state, step="small", tone="ink_soft"), 0, at)
        kinds: list[tuple[str, Kind, str, str]] = [
            ("primary", "primary", "Keep", ""),
            ("secondary", "secondary", "Walk", "footprints"),
            ("quiet", "quiet", "Tell back", "handshake"),
        ]
        for row, (name, kind, words, icon) in enumerate(kinds, start=1):
            grid.addWidget(Label(self.theme, name, step="small", tone="ink_soft"), row, 0)
            for at, state in enumerate(STATES, start=1):
                button = Button(self.theme, words, kind=kind, icon=icon)
                grid.addWidget(self._posed(button, state), row, at)
        grid.addWidget(Label(self.theme, "icon only", step="small", tone="ink_soft"), 4, 0)
        for at, state in enumerate(STATES, start=1):
            undo = IconButton(self.theme, "undo-2", "Undo", shortcut="Ctrl+Z")
            grid.addWidget(self._posed(undo, state), 4, at)
        big = QHBoxLayout()
        big.setSpacing(self.theme.px(8))
        chosen = Button(self.theme, "quality", hint="2", big=True, checkable=True)
        chosen.setChecked(True)
        for button in (
            Button(self.theme, "going well", hint="Alt 0", big=True, checkable=True),
            chosen,
            Button(self.theme, "Photo", icon="camera", big=True),
            Button(self.theme, "Safety now", icon="shield-alert", big=True, stop=True),
            Button(self.theme, "Keep", kind="primary", big=True),
        ):
            big.addWidget(button)
        big.addStretch(1)
        grid.addWidget(Label(self.theme, "walk mode", step="small", tone="ink_soft"), 5, 0)
        grid.addLayout(big, 5, 1, 1, 6)
        grid.setColumnStretch(6, 1)
        column.addLayout(grid)
        return part

    def _fields(self) -> QWidget:
        part, column = self._section("Fields")
        theme = self.theme
        empty = Field(theme, "Purpose, at rest and empty", question="What do you want to learn?")
        column.addWidget(empty)
        filled = Field(theme, "With the focus")
        filled.set_text("Why do discharges wait?")
        column.addWidget(self._posed(filled, "focus"))
        off = Field(theme, "Disabled")
        off.set_text("Why do discharges wait?")
        column.addWidget(self._posed(off, "disabled"))
        read = Field(theme, "Read-only")
        read.set_text("Why do discharges wait?")
        read.set_read_only(True)
        column.addWidget(read)
        found = Field(theme, "", question="Which sheet?", icon="search", name="Search")
        column.addWidget(found)
        long = TextField(theme, "Too long for one line", lines=2)
        long.set_text(_LONG)
        column.addWidget(long)
        name = NameField(theme, "For whom", question="Who raised it?")
        name.set_names([(UUID(int=1), "Marta Lindqvist")])
        name.set_value(UUID(int=1))
        column.addWidget(name)
        days = QHBoxLayout()
        days.setSpacing(theme.px(16))
        right = DateField(theme, "We look together on", today=lambda: _TODAY)
        right.set_value(date(2026, 11, 26))
        wrong = DateField(theme, "Wrong", today=lambda: _TODAY)
        wrong.line.setText("soonish")
        wrong.read()
        moment = TimeField(theme, "at")
        moment.line.setText("0745")
        moment.read()
        for field in (right, moment, wrong):
            days.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        days.addStretch(1)
        column.addLayout(days)
        column.addWidget(self._sentence())
        big = TextField(theme, "I saw, in facts", big=True, lines=2)
        big.set_text("Label printer out of paper, labels written by hand, 4 of 11 unreadable")
        column.addWidget(self._posed(big, "focus"))
        return part

    def _sentence(self) -> QWidget:
        theme = self.theme
        told = NameField(theme, "", name="Whom did you tell?")
        told.set_value(None, "Grace Teo")
        empty = Field(theme, "", question="Who works on it?", name="Who works on it?")
        held = DateField(theme, "", today=lambda: _TODAY, name="When?")
        held.set_value(_TODAY)
        sentence = Sentence(theme)
        sentence.add_words("In a sentence: I told")
        sentence.add_field(told, 216)
        sentence.add_words("on")
        sentence.add_field(held)
        self._posed(held, "focus")
        sentence.add_words("that")
        sentence.add_field(empty, 216)
        return sentence

    def _choices(self) -> QWidget:
        part, column = self._section("Choices", gap=8)
        theme = self.theme
        flow = FlowLayout(gap=theme.px(16))
        for state in STATES:
            flow.addWidget(self._posed(CheckBox(theme, state, checked=state == "rest"), state))
        column.addLayout(flow)
        radios = QWidget()
        row = FlowLayout(radios, gap=theme.px(16))
        for state in STATES:
            row.addWidget(self._posed(Radio(theme, state, checked=state == "rest"), state))
        column.addWidget(radios)
        long = CheckBox(theme, f"A long one goes on in the next line: {_LONG}", checked=True)
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
        self._posed(three.segment("n"), "hover")
        column.addWidget(three)
        return part

    def _chips(self) -> QWidget:
        part, column = self._section("Chips")
        flow = FlowLayout(gap=self.theme.px(8))
        theme = self.theme
        for chip in (
            Chip(theme, "waiting", icon="clock"),
            Chip(theme, "delivery", kind="plain"),
            Chip(theme, "Told Samir on 4 Nov", kind="good", icon="check"),
            Chip(theme, "2 lines too many", kind="watch"),
            Chip(theme, "safety now", kind="stop", icon="shield-alert"),
            Chip(theme, "Observation: two bags ready", kind="link", icon="link-2"),
            Chip(theme, f"A3: {_LONG}", kind="link", icon="notebook-pen"),
        ):
            flow.addWidget(chip)
        for state in ("hover", "focus", "disabled"):
            flow.addWidget(self._posed(Chip(theme, state, kind="link", icon="link-2"), state))
        column.addLayout(flow)
        return part

    def _words_to_press(self) -> QWidget:
        part, column = self._section("Doors, and words to press")
        theme = self.theme
        for state in ("rest", "hover", "focus"):
            door = Door(theme, "footprints", "Walk", "Go where the work is done.")
            column.addWidget(self._posed(door, state))
        line = QHBoxLayout()
        for words in ("normal", "abnormal", "no standard seen"):
            button = WordButton(theme, words, checkable=True)
            button.setChecked(words == "abnormal")
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        return part

    def _rows(self) -> QWidget:
        part, column = self._section("Rows", gap=8)
        theme = self.theme
        rows = RowList(theme, name="Promises")
        tell = [RowAction("Tell back", "handshake", lambda _key: None)]
        for words in (
            RowWords("Bed alarm on bay 4", "Under the pointer, with its action", "16 days"),
            RowWords("Label printer at the pharmacy hatch", "With the focus", "9 days"),
            RowWords("Second porter after 14:00", "At rest", "2 days"),
            RowWords(_LONG, f"Too long. {_LONG}", "12 days since last cycle"),
            RowWords("One line only, with an icon", icon="notebook-pen", age="Today"),
        ):
            rows.add(words, tell)
        for row, state in zip(rows.rows(), ("hover", "focus"), strict=False):
            pose(row, state)
            row.show_actions()
        column.addWidget(rows)
        column.addSpacing(theme.px(8))
        seen = RowList(theme, name="Seen", big=True, ground=False)
        for words in (
            RowWords(
                "Two bags ready since 09:20 on the shelf",
                lead="10:14",
                marks=(("handshake", "promised to Samir"), ("", "delivery")),
                bold=False,
            ),
            RowWords(
                "Nurse phones the lounge three times for one patient",
                lead="10:09",
                marks=(("camera", "1"), ("", "delivery")),
                bold=False,
            ),
        ):
            seen.add(words)
        column.addWidget(seen)
        return part

    def _said(self) -> QWidget:
        part, column = self._section("Said beside its cause", gap=8)
        theme = self.theme
        column.addWidget(Notice(theme, "2 lines too many. Shorten, or draw it.", action="Show"))
        column.addWidget(
            Notice(
                theme,
                "Not saved yet: the disk is full. Your text is here; choose another place.",
                action="Choose a folder",
                kind="stop",
            )
        )
        column.addWidget(
            Notice(theme, 'Told Samir on 4 Nov: "porter starts Monday"', action="Undo", kind="good")
        )
        column.addWidget(
            EmptyState(
                theme,
                "No walk yet. Go where the work is done, and bring one question.",
                action="Walk",
                icon="footprints",
            )
        )
        states = QHBoxLayout()
        for act in ("saved", "saving", "trouble"):
            state = SaveState(theme)
            if act == "saving":
                state.saving()
            elif act == "trouble":
                state.trouble("the disk is full.")
            states.addWidget(state)
        column.addLayout(states)
        return part

    def _words(self) -> QWidget:
        part, column = self._section("Words", gap=4)
        theme = self.theme
        column.addWidget(
            Label(theme, "Of the parked obstacles, which single one now?", step="question")
        )
        column.addWidget(Label(theme, "Late discharges on ward 6", step="title"))
        column.addWidget(Label(theme, _LONG))
        column.addWidget(Label(theme, _LONG, tone="ink_soft", wrap=False))
        column.addWidget(Label(theme, "0123456789 and 1111111111", step="small", tone="ink_soft"))
        column.addWidget(Label(theme, "Ž Σ Ж ệ → ✓ 病棟で待つ", step="text"))
        return part

    def _month(self) -> QWidget:
        part, column = self._section("A day, and photos")
        days = MonthDays(self.theme, _TODAY)
        days.show_day(date(2026, 11, 26))
        column.addWidget(days)
        strip = PhotoStrip(self.theme)
        # No such files: a photo that cannot be read shows its plain ground.
        strip.set_photos([(1, "one", "The hatch at 10:00"), (2, "two", "The shelf")])
        self._posed(strip.thumbnails()[1], "focus")
        column.addWidget(strip)
        return part

    def _sampler(self, theme: Theme, words: Sequence[str]) -> QWidget:
        title, question, name, keep = words
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        field = TextField(theme, title, question=question)
        field.set_text(name)
        rows = RowList(theme)
        rows.set_rows([RowWords(name, question, "16", icon="notebook-pen"), RowWords(name)])
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(CheckBox(theme, name, checked=True))
        line.addWidget(Chip(theme, name, kind="link", icon="link-2"))
        line.addStretch(1)
        line.addWidget(Button(theme, title, icon="arrow-left"))
        focus = Button(theme, keep, kind="primary")
        line.addWidget(self._posed(focus, "focus", theme))
        column.addWidget(field)
        column.addWidget(rows)
        column.addLayout(line)
        column.addWidget(Notice(theme, question, action=keep))
        return part

    def _mirrored(self) -> QWidget:
        part, column = self._section("From right to left")
        sample = self._sampler(self.theme, ("الملاحظة", _ARABIC, _ARABIC_NAME, "احفظ"))
        _mirror(sample)
        column.addWidget(sample)
        return part

    def _double(self) -> QWidget:
        part, column = self._section("At 200 %")
        double = Theme(self.theme.dark, self.theme.scale * 2, still=self.theme.still)
        sample = self._sampler(
            double,
            ("Last walk", "When were you last there?", "List of tomorrow's discharges", "Keep"),
        )
        double.setParent(sample)
        column.addWidget(sample)
        return part


def _mirror(widget: QWidget) -> None:
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
