"""A five-whys tree written with keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from gemba.domain.figures import FiveWhys
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.why_edits import in_order
from gemba.ui.figures import Around
from gemba.ui.figures.five_whys import FiveWhysEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> FiveWhysEditor:
    editor = FiveWhysEditor(
        theme, FiveWhys(id="f"), Around(ends_at_person=lambda text: "Tomas" in text)
    )
    qtbot.addWidget(editor)
    editor.resize(420, 700)
    editor.show()
    editor.begin()
    return editor


def write(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot: QtBot, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, mod)


def shape(editor: FiveWhysEditor) -> list[str]:
    figure = editor.figure
    assert isinstance(figure, FiveWhys)
    texts = {why.id: why.text for why in figure.whys}
    return [f"{texts.get(why.parent, '')}>{why.text}" for why in in_order(figure)]


def written(qtbot: QtBot, editor: FiveWhysEditor) -> None:
    """Late > (Medicines > Letter, Pharmacy) and Late > Transport."""
    write(qtbot, "Late")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "Medicines")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "Letter")
    press(qtbot, Key.Key_Return)
    write(qtbot, "Pharmacy")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    write(qtbot, "Transport")


def test_a_tree_is_written_with_enter_and_tab(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    assert shape(made) == [
        ">Late",
        "Late>Medicines",
        "Medicines>Letter",
        "Medicines>Pharmacy",
        "Late>Transport",
    ]


def test_each_key_hands_on_a_new_frozen_figure(qtbot: QtBot, made: FiveWhysEditor) -> None:
    seen: list[object] = []
    made.changed.connect(seen.append)
    write(qtbot, "ab")
    assert [figure.whys[0].text for figure in seen if isinstance(figure, FiveWhys)] == ["a", "ab"]


def test_shift_tab_goes_back_towards_the_gap(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Backtab, Mod.ShiftModifier)
    assert "Late>Pharmacy" in shape(made)


def test_evidence_by_number_and_root_and_ruled_out_by_click(
    qtbot: QtBot, made: FiveWhysEditor
) -> None:
    written(qtbot, made)
    press(qtbot, Key.Key_2, Mod.AltModifier)
    row = made.rows[made.figure.whys[-1].id]  # type: ignore[union-attr]
    assert row.is_open()
    row.root.click()
    qtbot.keyClicks(row.source.line, "30 of 30")
    why = in_order(made.figure)[-1]  # type: ignore[arg-type]
    assert (why.text, why.evidence, why.root, why.source) == (
        "Transport",
        "measured",
        True,
        "30 of 30",
    )
    assert row.letter.text() == "A"
    row.out.click()
    assert in_order(made.figure)[-1].ruled_out  # type: ignore[arg-type]
    assert "ruled out at once" in made.trouble.text()


def test_therefore_is_read_from_the_cause_with_the_caret(
    qtbot: QtBot, made: FiveWhysEditor
) -> None:
    written(qtbot, made)
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Up)
    assert made.reading.text() == "Letter, therefore Medicines.\nMedicines, therefore Late."


def test_a_person_at_the_end_is_asked_about_and_nothing_is_changed(
    qtbot: QtBot, made: FiveWhysEditor
) -> None:
    write(qtbot, "Late")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "Tomas Reyes forgot")
    row = made.rows[made.figure.whys[1].id]  # type: ignore[union-attr]
    assert "What in the work let it happen?" in row.said.text()
    assert shape(made)[-1] == "Late>Tomas Reyes forgot"


def test_backspace_in_an_empty_line_takes_it_away(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    press(qtbot, Key.Key_Return)
    assert len(made.rows) == 6
    press(qtbot, Key.Key_Backspace)
    assert len(made.rows) == 5
    press(qtbot, Key.Key_Backspace)
    assert shape(made)[-1] == "Late>Transpor"


def test_alt_arrows_move_a_cause_with_all_below_it(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert shape(made)[1:3] == ["Late>Transport", "Late>Medicines"]
    assert QApplication.focusWidget() is made.rows[in_order(made.figure)[1].id].words  # type: ignore[arg-type]


def test_removing_keeps_what_stood_below(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    made.rows[in_order(made.figure)[1].id].bin.click()  # type: ignore[arg-type]
    assert shape(made) == [">Late", "Late>Letter", "Late>Pharmacy", "Late>Transport"]


def test_another_state_is_shown_without_telling(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    seen: list[object] = []
    made.changed.connect(seen.append)
    whys = (Why(id="g", text="Gap"), Why(id="a", parent="g", text="<b>&", evidence="seen"))
    made.set_figure(FiveWhys(id="f", caption="Why", whys=whys))
    assert [row.words.text() for row in made.rows.values()] == ["Gap", "<b>&"]
    assert made.caption.text() == "Why"
    assert seen == []


def test_pasted_lines_are_answers_to_the_same_question(qtbot: QtBot, made: FiveWhysEditor) -> None:
    write(qtbot, "Late")
    press(qtbot, Key.Key_Tab)
    QGuiApplication.clipboard().setText("Medicines\r\nTransport\n")
    press(qtbot, Key.Key_V, Mod.ControlModifier)
    assert shape(made) == [">Late", "Late>Medicines", "Late>Transport"]


def test_a_deep_row_is_no_wider_than_the_drawer(qtbot: QtBot, made: FiveWhysEditor) -> None:
    write(qtbot, "Late")
    for _ in range(9):
        press(qtbot, Key.Key_Tab)
        write(qtbot, "because of something longer than a line of this drawer can hold")
    QApplication.processEvents()
    assert made.minimumSizeHint().width() <= 420
    assert made.width() == 420


def test_the_row_with_the_caret_comes_into_view(qtbot: QtBot, theme: Theme) -> None:
    whys = [Why(id="0", text="gap")]
    whys += [Why(id=str(i), parent="0", text=f"answer {i}") for i in range(1, 40)]
    editor = FiveWhysEditor(theme, FiveWhys(id="f", whys=tuple(whys)), Around())
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(editor)
    area.resize(440, 400)
    area.show()
    editor.begin()
    row = editor.rows["39"]
    qtbot.waitUntil(lambda: row.is_open() and area.verticalScrollBar().value() > 400)

    def seen() -> bool:
        at = row.mapTo(area.viewport(), row.rect().bottomLeft())
        return 0 < at.y() < area.viewport().height()

    qtbot.waitUntil(seen)


def test_opening_and_leaving_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    odd = FiveWhys(id="f", whys=(Why(id="g", text="a\r\nb\u2029c\u00a0"), Why(id="x", text="lost")))
    editor = FiveWhysEditor(theme, odd, Around())
    qtbot.addWidget(editor)
    seen: list[object] = []
    editor.changed.connect(seen.append)
    editor.show()
    editor.begin()
    editor.leave()
    assert editor.figure == odd
    assert seen == []
    assert "explains nothing yet" in editor.trouble.text()


def test_ctrl_tab_leaves_the_outline(qtbot: QtBot, made: FiveWhysEditor) -> None:
    write(qtbot, "Late")
    inside = QApplication.focusWidget()
    press(qtbot, Key.Key_Tab, Mod.ControlModifier)
    assert QApplication.focusWidget() is not inside
    assert shape(made) == [">Late"]


def test_the_reading_stands_beside_where_there_is_room(qtbot: QtBot, made: FiveWhysEditor) -> None:
    written(qtbot, made)
    row = next(iter(made.rows.values()))

    def beside() -> bool:
        QApplication.processEvents()
        return made.reading.x() > row.x() + row.width()

    made.resize(420, 900)
    assert not beside()
    made.resize(900, 900)
    assert beside()


def test_a_tree_of_200_begins_with_what_is_seen_and_has_all_soon(
    qtbot: QtBot, theme: Theme
) -> None:
    whys = [Why(id="0", text="gap")]
    whys += [Why(id=str(n), parent=str((n - 1) // 4), text=f"Answer {n}") for n in range(1, 200)]
    tree = FiveWhys(id="f", whys=tuple(whys))
    early = FiveWhysEditor(theme, tree, Around())
    qtbot.addWidget(early)
    assert len(early.rows) < 100
    early.rows["0"].words.insertPlainText("!")
    early.begin_at("199")
    assert len(early.rows) == 200
    assert early.rows["199"].words.text() == "Answer 199"
    made = FiveWhysEditor(theme, tree, Around())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made.rows) == 200)
    order = [made.outline.itemAt(at).widget() for at in range(made.outline.count())]
    assert order == [made.rows[why.id] for why in in_order(tree)]
    assert made.figure == tree
