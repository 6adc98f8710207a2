"""A fishbone written by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Fishbone
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.ui.figures import Around
from gemba.ui.figures.fishbone import FishboneEditor
from gemba.ui.figures.fishbone_rows import BoneRow, CauseRow
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


def editor_of(
    qtbot: QtBot, theme: Theme, figure: Fishbone, around: Around | None = None
) -> FishboneEditor:
    editor = FishboneEditor(theme, figure, around or Around())
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> FishboneEditor:
    return editor_of(qtbot, theme, Fishbone(id="f"))


def figure_of(editor: FishboneEditor) -> Fishbone:
    figure = editor.figure
    assert isinstance(figure, Fishbone)
    return figure


def write(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


def press(qtbot: QtBot, key: Qt.Key, mod: Mod = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, mod)


def texts(editor: FishboneEditor) -> list[tuple[str, str]]:
    figure = figure_of(editor)
    words = {bone.id: bone.label for bone in figure.bones}
    words |= {cause.id: cause.text for cause in figure.causes}
    return [(words[cause.parent], cause.text) for cause in figure.causes]


def test_causes_are_written_under_the_bones_of_a_set(qtbot: QtBot, made: FishboneEditor) -> None:
    write(qtbot, "Late at 12:45")
    qtbot.mouseClick(made.sets["6m"], LEFT)
    assert len(figure_of(made).bones) == 6
    press(qtbot, Key.Key_Return)
    write(qtbot, "Tube is slow")
    press(qtbot, Key.Key_Return)
    write(qtbot, "Printer jams")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "Paper is damp")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "Stored outside")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "The deepest has siblings")
    assert texts(made) == [
        ("Machine", "Tube is slow"),
        ("Machine", "Printer jams"),
        ("Printer jams", "Paper is damp"),
        ("Paper is damp", "Stored outside"),
        ("Paper is damp", "The deepest has siblings"),
    ]
    press(qtbot, Key.Key_Backtab, Mod.ShiftModifier)
    assert texts(made)[-1] == ("Printer jams", "The deepest has siblings")
    assert figure_of(made).effect == "Late at 12:45"


def test_after_a_set_is_chosen_a_cause_is_written_and_no_name_of_a_bone(
    qtbot: QtBot, made: FishboneEditor
) -> None:
    write(qtbot, "Late at 12:45")
    qtbot.mouseClick(made.sets["6m"], LEFT)
    write(qtbot, "Tube is slow")
    assert texts(made) == [("Machine", "Tube is slow")]
    # Other names for the bones of a fishbone with causes move the caret and add nothing.
    qtbot.mouseClick(made.sets["4s"], LEFT)
    assert [text for _, text in texts(made)] == ["Tube is slow"]


def test_states_are_chosen_by_number_and_asked_for_evidence(
    qtbot: QtBot, made: FishboneEditor
) -> None:
    qtbot.mouseClick(made.sets["4s"], LEFT)
    press(qtbot, Key.Key_Return)
    write(qtbot, "Tube is slow")
    press(qtbot, Key.Key_3, Mod.AltModifier)
    (cause,) = figure_of(made).causes
    row = made.rows[cause.id]
    assert isinstance(row, CauseRow)
    assert cause.state == "verified"
    assert "By what do you know?" in row.said.text()
    row.evidence.chosen.emit("measured")
    assert row.said.text() == ""
    qtbot.keyClicks(row.source.line, "30 of 30")
    (cause,) = figure_of(made).causes
    assert (cause.evidence, cause.source) == ("measured", "30 of 30")


def test_a_verified_cause_is_passed_on(qtbot: QtBot, theme: Theme) -> None:
    passed: list[tuple[str, str]] = []
    around = Around(to_tree=lambda cause, effect: passed.append((cause.text, effect)))
    figure = Fishbone(
        id="f",
        effect="Late",
        bones=(Bone(id="b", label="Method"),),
        causes=(BoneCause(id="c", parent="b", text="Tube", state="verified", evidence="seen"),),
    )
    editor = editor_of(qtbot, theme, figure, around)
    row = editor.rows["c"]
    assert isinstance(row, CauseRow)
    qtbot.mouseClick(row.on, LEFT)
    assert passed == [("Tube", "Late")]
    row.state.chosen.emit("open")
    assert row.on.isHidden()


def test_own_bones_are_named_and_no_more_than_eight(qtbot: QtBot, made: FishboneEditor) -> None:
    for number in range(8):
        qtbot.mouseClick(made.adder, LEFT)
        write(qtbot, f"Bone {number}")
    assert [bone.label for bone in figure_of(made).bones] == [f"Bone {n}" for n in range(8)]
    assert not made.adder.isEnabled()
    row = made.rows[figure_of(made).bones[3].id]
    assert isinstance(row, BoneRow)
    row.open(True)
    qtbot.mouseClick(row.bin, LEFT)
    assert len(figure_of(made).bones) == 7


def test_pasted_lines_are_causes(qtbot: QtBot, made: FishboneEditor) -> None:
    qtbot.mouseClick(made.sets["4s"], LEFT)
    QGuiApplication.clipboard().setText("Tube is slow\nPrinter jams\n")
    press(qtbot, Key.Key_V, Mod.ControlModifier)
    assert texts(made) == [("Suppliers", "Tube is slow"), ("Suppliers", "Printer jams")]


def test_an_empty_cause_goes_and_a_bone_that_holds_causes_stays(
    qtbot: QtBot, made: FishboneEditor
) -> None:
    qtbot.mouseClick(made.sets["4s"], LEFT)
    press(qtbot, Key.Key_Return)
    write(qtbot, "Tube")
    bone = figure_of(made).bones[0].id
    made._remove(bone)
    assert len(figure_of(made).bones) == 4
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Backspace)
    assert texts(made) == [("Suppliers", "Tube")]


def test_any_import_stands_as_it_was_kept(qtbot: QtBot, theme: Theme) -> None:
    causes = (
        BoneCause(id="1", parent="2", text="Hen"),
        BoneCause(id="2", parent="1", text="Egg", state="maybe", evidence="rumour"),
        BoneCause(id="3", parent="gone", text="x" * 5000),
    )
    figure = Fishbone(id="f", effect="Late", causes=causes)
    editor = editor_of(qtbot, theme, figure)
    assert editor.figure == figure
    assert len(editor.rows) == 3
    assert "circle" in editor.rows["1"].said.text()
    editor.set_figure(Fishbone(id="f"))
    assert editor.rows == {}


def test_a_fishbone_of_320_causes_begins_with_what_is_seen_and_has_all_soon(
    theme: Theme, qtbot: QtBot
) -> None:
    bones = tuple(Bone(id=f"b{n}", label=f"Bone {n}") for n in range(8))
    causes: list[BoneCause] = []
    for bone in bones:
        for n in range(10):
            above = f"{bone.id}-{n}"
            causes.append(BoneCause(id=above, parent=bone.id, text=f"Cause {n}"))
            causes += [BoneCause(id=f"{above}-{k}", parent=above, text="More") for k in range(3)]
    figure = Fishbone(id="f", effect="Late", bones=bones, causes=tuple(causes))
    made = FishboneEditor(theme, figure, Around())
    qtbot.addWidget(made)
    assert len(made.rows) < 100, "a first look needs no more"
    made.begin_at("b7-9-2")
    assert len(made.rows) == 328, "what is asked for is there"
    assert made.rows["b7-9-2"].words.text() == "More"
    again = FishboneEditor(theme, figure, Around())
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: len(again.rows) == 328)
    order = [again.list.itemAt(at).widget() for at in range(again.list.count())]
    assert order == [again.rows[id] for id in again._order()]
    assert again.figure == figure
    asked = again.rows["b0-0"]
    asked.words.take_caret()
    qtbot.waitUntil(asked.is_open)
    assert isinstance(asked, CauseRow)
    assert asked.built
    assert not again.rows["b0-1"].built
