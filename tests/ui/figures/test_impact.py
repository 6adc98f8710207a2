"""An impact summary and a skills grid, written and pasted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Impact, SkillsGrid
from gemba.domain.figures.impact import Effect
from gemba.domain.figures.skills import Learner, Skill
from gemba.ui.figures import Around, FigureEditor, editor_for
from gemba.ui.figures.grid import Grid
from gemba.ui.figures.impact import ImpactEditor
from gemba.ui.figures.skills import SkillsEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier


def shown(qtbot: QtBot, editor: FigureEditor) -> None:
    qtbot.addWidget(editor)
    editor.resize(420, 1000)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def write(qtbot: QtBot, *cells: str) -> None:
    """Write cells one after the other, Tab between them."""
    for cell in cells:
        for letter in cell:
            qtbot.keyClicks(QApplication.focusWidget(), letter)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)


def paste(qtbot: QtBot, grid: Grid, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    grid.setFocus()
    qtbot.keyClick(grid, Key.Key_V, Mod.ControlModifier)


def test_measures_and_guards_are_written_side_by_side(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_for(Impact(id="i"), theme, Around())
    assert isinstance(editor, ImpactEditor)
    shown(qtbot, editor)
    write(qtbot, "Out", "17", "40", "many", "%")
    paste(qtbot, editor.guards, "Stay\t3.2\t≤ 3.2\t3.1\tdays\n")
    figure = editor.figure
    assert isinstance(figure, Impact)
    first, second = figure.effects
    assert (first.measure, first.before, first.after, first.unit) == ("Out", "17", "many", "%")
    assert (second.measure, second.target, second.guard) == ("Stay", "≤ 3.2", True)
    assert "“many” is not a number" in editor.trouble.text()
    assert (0, 3) in editor.main.cells.doubtful
    assert editor.changes.text() == "Stay: −0.1\u00a0days"
    ids = [one.id for one in figure.effects]
    paste(qtbot, editor.main, "Out by noon")
    assert isinstance(editor.figure, Impact)
    assert [one.id for one in editor.figure.effects][-1] == ids[-1]


def test_an_undone_summary_is_shown(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_for(Impact(id="i"), theme, Around())
    shown(qtbot, editor)
    sent: list[object] = []
    editor.changed.connect(sent.append)
    assert isinstance(editor, ImpactEditor)
    effects = (Effect(id="a", measure="Out"), Effect(id="b", measure="Stay", guard=True))
    editor.set_figure(Impact(id="i", effects=effects))
    assert not sent
    assert [row[0] for row in editor.main.rows()] == ["Out"]
    assert [row[0] for row in editor.guards.rows()] == ["Stay"]


def test_skills_name_the_columns_of_the_people(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_for(SkillsGrid(id="s"), theme, Around())
    assert isinstance(editor, SkillsEditor)
    shown(qtbot, editor)
    paste(qtbot, editor.skills, "Letter\t3\nTransport\nTeach\n")
    assert editor.people.cells.heads == ("Person", "Letter", "Transport", "Teach")
    editor.people.setFocus()
    editor.people.go(0, 0)
    write(qtbot, "Maria", "4", "2", "7")
    figure = editor.figure
    assert isinstance(figure, SkillsGrid)
    assert figure.skills[0] == Skill(name="Letter", target="3")
    assert figure.people == (Learner(name="Maria", levels=("4", "2", "7")),)
    assert "“7” is no level" in editor.trouble.text()
    assert (0, 3) in editor.people.cells.doubtful


def test_a_grid_with_names_on_top_is_pasted_whole(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_for(SkillsGrid(id="s"), theme, Around())
    assert isinstance(editor, SkillsEditor)
    shown(qtbot, editor)
    paste(qtbot, editor.people, "\tLetter\tCall\nMaria\t4\t3\nLena\t1\t\n")
    figure = editor.figure
    assert isinstance(figure, SkillsGrid)
    assert [one.name for one in figure.skills] == ["Letter", "Call"]
    assert [one.levels for one in figure.people] == [("4", "3"), ("1",)]
    assert [row[0] for row in editor.people.rows()] == ["Maria", "Lena"]
    assert "Only Maria does “Letter” alone." in editor.cover.text()
    sent: list[object] = []
    editor.changed.connect(sent.append)
    editor.set_figure(SkillsGrid(id="s", people=(Learner(name="Zoë", levels=("2",) * 9),)))
    assert not sent
    assert editor.people.rows()[0] == ("Zoë", *["2"] * 9)
