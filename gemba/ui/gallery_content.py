"""What the gallery shows of lists, notices, words, days and photos."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.gallery_samples import LONG, TODAY, Samples, pose
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.month import MonthDays
from gemba.ui.widgets.notice import EmptyState, Notice
from gemba.ui.widgets.photos import PhotoStrip
from gemba.ui.widgets.row_paint import RowAction, RowWords
from gemba.ui.widgets.rows import RowList
from gemba.ui.widgets.save_state import SaveState


def rows(samples: Samples) -> QWidget:
    """Rows of a list in every state."""
    part, column = samples.section("Rows", gap=8)
    theme = samples.theme
    rows = RowList(theme, name="Promises")
    tell = [RowAction("Tell back", "handshake", lambda _key: None)]
    for words in (
        RowWords("Bed alarm on bay 4", "Under the pointer, with its action", "16 days"),
        RowWords("Label printer at the pharmacy hatch", "With the focus", "9 days"),
        RowWords("Second porter after 14:00", "At rest", "2 days"),
        RowWords(LONG, f"Too long. {LONG}", "12 days since last cycle"),
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


def said(samples: Samples) -> QWidget:
    """What is said beside its cause."""
    part, column = samples.section("Said beside its cause", gap=8)
    theme = samples.theme
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


def words(samples: Samples) -> QWidget:
    """Every step of letters."""
    part, column = samples.section("Words", gap=4)
    theme = samples.theme
    column.addWidget(
        Label(theme, "Of the parked obstacles, which single one now?", step="question")
    )
    column.addWidget(Label(theme, "Late discharges on ward 6", step="title"))
    column.addWidget(Label(theme, LONG))
    column.addWidget(Label(theme, LONG, tone="ink_soft", wrap=False))
    column.addWidget(Label(theme, "0123456789 and 1111111111", step="small", tone="ink_soft"))
    column.addWidget(Label(theme, "Ž Σ Ж ệ → ✓ 病棟で待つ", step="text"))
    return part


def month(samples: Samples) -> QWidget:
    """A month and a strip of photos."""
    part, column = samples.section("A day, and photos")
    days = MonthDays(samples.theme, TODAY)
    days.show_day(date(2026, 11, 26))
    column.addWidget(days)
    strip = PhotoStrip(samples.theme)
    # No such files: a photo that cannot be read shows its plain ground.
    strip.set_photos([(1, "one", "The hatch at 10:00"), (2, "two", "The shelf")])
    samples.posed(strip.thumbnails()[1], "focus")
    column.addWidget(strip)
    return part
