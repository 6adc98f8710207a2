"""What the gallery shows of long lists, cards, offers and rows to choose from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.sheet_row import SheetRow
from gemba.ui.gallery_samples import LONG, STATES, Samples
from gemba.ui.widgets.choice import Choice
from gemba.ui.widgets.count_bars import CountBars
from gemba.ui.widgets.count_row import CountRow
from gemba.ui.widgets.coverage import CoverageRow
from gemba.ui.widgets.form_text import FormText
from gemba.ui.widgets.kind_card import KindCard
from gemba.ui.widgets.layout import FlowLayout
from gemba.ui.widgets.memos import MemoStrip
from gemba.ui.widgets.offer_list import OfferList
from gemba.ui.widgets.pick import Pick
from gemba.ui.widgets.record_list import RecordListView
from gemba.ui.widgets.row_paint import RowWords
from gemba.ui.widgets.sheet_card import CardWords
from gemba.ui.widgets.sheet_grid import SheetGrid
from gemba.ui.widgets.tie_chip import TieChip

_TITLES = ("Late discharges on ward 6", "31 pallets wait at dock 3", LONG)


def long_lists(samples: Samples) -> QWidget:
    """A list for thousands, and what is offered below a field, each with one row chosen."""
    part, column = samples.section("Long lists, and what is offered")
    theme = samples.theme
    records = RecordListView(theme, name="Observations")
    records.always_chosen = True
    records.set_rows(
        [
            RowWords("Two bags ready since 09:20", "At rest", "24 Nov", icon="eye"),
            RowWords("The list prints at 17:30", "Chosen", "23 Nov", icon="eye"),
            RowWords(LONG, LONG, "22 Nov", icon="eye"),
        ]
    )
    records.setCurrentIndex(records.model().index(1, 0))
    records.setFixedHeight(theme.px(3 * 56))
    column.addWidget(records)
    offers = OfferList(theme, "Offers", part)
    offers.setWindowFlag(Qt.WindowType.ToolTip, False)
    offers.setWindowFlag(Qt.WindowType.Widget)
    offers.list.set_rows([RowWords(name, bold=False) for name in ("Ward 6", "Ward 4", "Lounge")])
    offers.mark_first()
    offers.setFixedSize(theme.px(280), theme.px(3 * 40) + 2)
    column.addWidget(offers)
    offers.show()
    return part


def cards(samples: Samples) -> QWidget:
    """Sheets beside each other, and kinds of sheet in every state."""
    part, column = samples.section("Cards")
    theme = samples.theme
    paper = QImage(QSize(560, 396), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)

    def say(row: SheetRow) -> CardWords:
        instead = "" if row.key != "1" else "Too much stands here to draw it small."
        return CardWords(row.title, "Marek · Ward 6", "3 days ago", instead, row.open_questions)

    grid = SheetGrid(
        theme,
        name="Sheets",
        say=say,
        picture=lambda row, _wide: None if row.key == "1" else paper,
        menu=lambda _row: (),
    )
    grid.set_rows([_sheet(str(at), title, at) for at, title in enumerate(_TITLES)])
    grid.setFixedHeight(theme.px(320))
    column.addWidget(grid)
    kinds = QHBoxLayout()
    kinds.setSpacing(theme.px(16))
    situation = "A problem with a gap that can be measured, and time to find its cause."
    for name, state, chosen in (
        ("Problem, at rest", "rest", False),
        ("Under the pointer", "hover", False),
        ("Chosen, with the focus", "focus", True),
    ):
        card = KindCard(theme, name, situation, chosen=chosen)
        card.set_picture(paper)
        kinds.addWidget(samples.posed(card, state), 1)
    column.addLayout(kinds)
    return part


def _sheet(key: str, title: str, asked: int) -> SheetRow:
    day = "2026-11-24"
    return SheetRow(
        key=key,
        owner_key="",
        coach_key="",
        area_key="",
        stage="cause",
        definition="ps7",
        started_on=day,
        archived_on="",
        changed_at=day,
        title=title,
        revision=1,
        definition_version=1,
        changed=1,
        owner="Marek Dvořák",
        coach="",
        area="Ward 6",
        open_questions=asked,
    )


def picks(samples: Samples) -> QWidget:
    """Rows with a tick, a menu of one of several, digits, ties and voice memos."""
    part, column = samples.section("Picks, digits, ties", gap=8)
    theme = samples.theme
    column.addWidget(Pick(theme, "Ward 6, six observations", "Seen on 3 walks", checked=True))
    column.addWidget(Pick(theme, "Lounge", LONG, action="Bring it back", icon="undo-2"))
    digits = [(at, f"{at}+" if at == 5 else str(at)) for at in range(6)]
    for words, value in (("Asked", 3), ("Told, at hand", None)):
        row = CountRow(theme, words, digits)
        row.set_value(value)
        row.set_at_hand(value is None)
        column.addWidget(row)
    choices = FlowLayout(gap=theme.px(8))
    options = [("", "Every ward"), ("6", "Ward 6")]
    for state in ("", *STATES):
        area = "" if state in ("rest", "hover") else "6"
        choice = Choice(theme, "Area")
        choice.set_options(options, area)
        choices.addWidget(samples.posed(choice, state))
    column.addLayout(choices)
    for words, may in (("List of tomorrow's discharges", True), ("Nobody may take it", False)):
        column.addWidget(TieChip(theme, words, icon="eye", may_take=may))
    memos = MemoStrip(theme, parent=part)
    memos.set_memos([(1, "At the hatch, 10:14"), (2, LONG)])
    column.addWidget(memos)
    column.addWidget(FormText(theme, "Is the **way out** free, and *who* says so?"))
    return part


def counted(samples: Samples) -> QWidget:
    """Counts as bars, and what reviewers marked, in every state."""
    part, column = samples.section("Counted", gap=8)
    theme = samples.theme
    bars = CountBars(theme, "What was in the way")
    bars.set_bars([(1, "waiting", 9), (2, "searching", 4), (3, LONG, 2), (4, "walking", 1)])
    for bar, state in zip(bars.bars(), ("rest", "hover", "focus"), strict=False):
        samples.posed(bar, state)
    column.addWidget(bars)
    marked = QVBoxLayout()
    for state in STATES:
        marks = ((0, 1, 2), (3, None, 2))
        row = CoverageRow(theme, f"Current condition, {state}", marks, f"Marks, {state}")
        marked.addWidget(samples.posed(row, state))
    column.addLayout(marked)
    return part
