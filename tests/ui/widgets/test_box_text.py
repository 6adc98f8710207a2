"""Writing in a box: the breaks of the paper, the marks of the little language, exact letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.prose import Paragraph, read
from gemba.reports.fonts import advance, glyphs
from gemba.reports.lines import BULLET_MM, break_paragraph, face_of
from gemba.reports.style import BOX_TEXT
from gemba.ui.theme import Theme
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.forced_lines import Breaks, Measures
from gemba.ui.widgets.paper_page import MM_PER_PT, Zoom
from tests.data.paragraphs import paragraphs

WIDTHS = (160.0, 90.0, 104.5)
Make = Callable[..., BoxText]
CTRL = Qt.KeyboardModifier.ControlModifier


def breaks_at(width: float) -> Breaks:
    return lambda found: [break_paragraph(one, width, BOX_TEXT) for one in found]


def measures(width: float, pixels: int, fitting: int = 20) -> Measures:
    scale = Zoom.of_text(pixels).scale
    leading, baseline = 13.5 * MM_PER_PT, 9.9 * MM_PER_PT
    return Measures(width * scale, leading * scale, BULLET_MM * scale, baseline * scale, fitting)


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot, theme: Theme) -> Make:
    """Return a function that makes an editor holding a text, shown and in focus."""
    frames = []

    def made(text: str = "", *, width: float = 160.0, pixels: int = 16) -> BoxText:
        frame = QWidget()
        frames.append(frame)
        qtbot.addWidget(frame)
        frame.resize(1200, 700)
        editor = BoxText(theme, breaks_at(width), measures(width, pixels), pixels, frame)
        editor.resize(1000, 600)
        editor.set_text(text)
        frame.show()
        frame.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        editor.moveCursor(QTextCursor.MoveOperation.End)
        return editor

    return made


def blocks(editor: BoxText) -> list[QTextBlock]:
    found = []
    block = editor.document().firstBlock()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def lines_of(block: QTextBlock) -> list[str]:
    layout = block.layout()
    text = block.text().encode("utf-16-le")
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start, end = line.textStart(), line.textStart() + line.textLength()
        found.append(text[2 * start : 2 * end].decode("utf-16-le", "replace"))
    return found


@pytest.mark.parametrize("pixels", [14, 16, 19, 24, 33])
@pytest.mark.parametrize("width", WIDTHS)
def test_breaks_as_the_paper_does(make: Make, width: float, pixels: int) -> None:
    source = paragraphs()
    editor = make("\n".join(source), width=width, pixels=pixels)
    shown = blocks(editor)
    assert len(shown) == len(source)
    wrong = []
    for block, paragraph in zip(shown, read("\n".join(source)), strict=True):
        paper = [paragraph.text[a:b] for a, b in break_paragraph(paragraph, width, BOX_TEXT)]
        screen = lines_of(block)
        if [len(line) for line in screen] != [len(line) for line in paper]:
            wrong.append((paper, screen))
    assert not wrong


def paper_width(paragraph: Paragraph, start: int, end: int) -> float:
    letters = [
        (letter, face_of(run.bold, run.italic)) for run in paragraph.runs for letter in run.text
    ]
    return sum(advance(letter, face) for letter, face in letters[start:end]) / 1000


@pytest.mark.parametrize("pixels", [14, 16, 24])
def test_letters_stand_where_the_paper_has_them(make: Make, pixels: int) -> None:
    # Other scripts stand in other faces on screen; only their breaks are the paper's.
    latin = [
        one
        for one in paragraphs()
        if one.isprintable()
        and all(advance(letter, "regular") for letter in one)
        and all(ord(letter) in glyphs("regular") for letter in one)
    ]
    assert len(latin) > 150
    editor = make("\n".join(latin), pixels=pixels)
    for block, paragraph in zip(blocks(editor), read("\n".join(latin)), strict=True):
        for number, (start, end) in enumerate(break_paragraph(paragraph, 160.0, BOX_TEXT)):
            line = block.layout().lineAt(number)
            text = paragraph.text[start:end].rstrip()
            on_paper = paper_width(paragraph, start, start + len(text)) * pixels
            at = line.cursorToX(start + len(text))
            on_screen = (at[0] if isinstance(at, tuple) else at) - line.x()
            assert on_screen == pytest.approx(on_paper, rel=0.003, abs=1.0), text


SHALOM = "\u05e9\u05dc\u05d5\u05dd"


def ends(block: QTextBlock, number: int = 0) -> tuple[float, float]:
    line = block.layout().lineAt(number)
    return line.x(), line.x() + line.naturalTextWidth()


def test_a_paragraph_that_runs_leftward_begins_at_the_right(make: Make) -> None:
    editor = make(f"{SHALOM} abc\n- {SHALOM}\nWard 6: {SHALOM}\n" + f"{SHALOM} " * 60)
    m = editor.lines.measures
    alone, bullet, latin, long = blocks(editor)
    assert ends(alone)[1] == pytest.approx(m.width, abs=0.1)
    assert ends(bullet)[1] == pytest.approx(m.width - m.indent, abs=0.1)
    assert ends(latin)[0] == 0.0
    count = long.layout().lineCount()
    assert count > 1
    assert all(ends(long, n)[1] == pytest.approx(m.width, abs=0.1) for n in range(count))
    assert ends(long, count - 1)[0] > 10


def test_a_paragraph_changes_its_side_as_it_is_typed(make: Make) -> None:
    editor = make("")
    QTest.keyClicks(editor, "12 ")
    assert ends(blocks(editor)[0])[0] == 0.0
    editor.insertPlainText(SHALOM)
    assert ends(blocks(editor)[0])[1] == pytest.approx(editor.lines.measures.width, abs=0.1)


@pytest.mark.parametrize("text", ["Ward 6 waits", "- Ward 6 waits", SHALOM, f"- {SHALOM}"])
def test_a_click_reaches_the_letter_it_points_at(make: Make, text: str) -> None:
    editor = make(text)
    (block,) = blocks(editor)
    line = block.layout().lineAt(0)
    for wanted in range(len(block.text()) + 1):
        at = line.cursorToX(wanted)
        x = at[0] if isinstance(at, tuple) else at
        found = editor.lines.hitTest(QPointF(x, 4.0), Qt.HitTestAccuracy.FuzzyHit)
        assert found == wanted


@pytest.fixture
def one(make: Make) -> BoxText:
    """One editor for many texts."""
    return make()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_opening_and_closing_changes_nothing(one: BoxText, text: str) -> None:
    one.set_text(text)
    assert one.text() == text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab *-\\\n\r\u00a0\u2028\ufeff\x00😀é"), max_size=40))
def test_other_lines_stay_as_they_were_typed(one: BoxText, text: str) -> None:
    one.set_text(text + "\nlast")
    one.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(one, " new")
    assert one.text() == text + "\nlast new"


def test_keys_write_bold_italic_and_bullets(make: Make) -> None:
    editor = make()
    QTest.keyClicks(editor, "see ")
    QTest.keyClick(editor, Qt.Key.Key_B, CTRL)
    QTest.keyClicks(editor, "bold")
    QTest.keyClick(editor, Qt.Key.Key_B, CTRL)
    QTest.keyClicks(editor, " and ")
    QTest.keyClick(editor, Qt.Key.Key_I, CTRL)
    QTest.keyClicks(editor, "italic")
    QTest.keyClick(editor, Qt.Key.Key_I, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "- one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "two * 3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "out")
    assert editor.text() == "see **bold** and *italic*\n- one\n- two \\* 3\nout"


def test_backspace_takes_a_bullet_away_and_undo_brings_it_back(make: Make) -> None:
    editor = make("- one")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "one"
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "- one"


def test_undo_beyond_what_was_typed_here_is_handed_on(make: Make, qtbot: QtBot) -> None:
    editor = make("given")
    with qtbot.waitSignal(editor.undo_asked):
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "given"


def test_esc_and_leaving_are_told(make: Make, qtbot: QtBot) -> None:
    editor = make("x")
    with qtbot.waitSignal(editor.escaped):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    with qtbot.waitSignal(editor.left):
        editor.clearFocus()


def test_paste_takes_plain_text_with_its_bullets(make: Make) -> None:
    editor = make("before ")
    data = QMimeData()
    data.setHtml("<b>seen</b>")
    data.setText("seen <b>*twice*\r\n- on Monday\r\n- on Friday")
    editor.insertFromMimeData(data)
    assert editor.text() == "before seen <b>\\*twice\\*\n- on Monday\n- on Friday"


def test_a_pasted_picture_is_handed_on(make: Make, qtbot: QtBot) -> None:
    from PySide6.QtGui import QImage

    editor = make("text")
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(editor.pictured):
        editor.insertFromMimeData(data)
    assert editor.text() == "text"


def test_a_hairline_parts_the_lines_that_print_from_those_too_many(
    make: Make, theme: Theme
) -> None:
    editor = make("\n".join("line" for _ in range(6)))
    editor.lines.measure(measures(160.0, 16, fitting=4))
    image = editor.viewport().grab().toImage()
    leading = editor.lines.measures.leading
    column = [image.pixelColor(600, y).name() for y in range(round(6 * leading) - 1)]
    lines = [y for y, colour in enumerate(column) if colour != theme.paper.name()]
    assert lines == [round(4 * leading)]
    assert column[lines[0]] == theme.paper_soft.name()


def test_a_click_puts_the_caret_into_the_line_under_it(make: Make) -> None:
    editor = make("word " * 80)
    lines = break_paragraph(read("word " * 80)[0], 160.0, BOX_TEXT)
    assert len(lines) > 3
    for number, (start, end) in enumerate(lines):
        y = round((number + 0.5) * editor.lines.measures.leading)
        for x in (2, 300, 950):
            at = editor.cursorForPosition(QPoint(x, y)).position()
            assert start <= at <= end


def rows_of(editor: BoxText) -> list[tuple[float, str]]:
    """Where each line stands on the page, and what stands in it, whichever block holds it."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for block in blocks(editor):
        top = editor.lines.blockBoundingRect(block).top()
        for number, text in enumerate(lines_of(block)):
            row = round(top / editor.lines.measures.leading) + number
            rows.setdefault(row, []).append((block.layout().lineAt(number).x(), text))
    assert list(rows) == sorted(rows)
    return [(parts[0][0], "".join(text for _x, text in parts)) for parts in rows.values()]


def assert_as_on_paper(editor: BoxText) -> None:
    paper = []
    for paragraph in read(editor.text()):
        indent = editor.lines.measures.indent if paragraph.bullet else 0.0
        lines = break_paragraph(paragraph, 160.0, BOX_TEXT)
        paper += [(indent, paragraph.text[a:b]) for a, b in lines]
    shown = rows_of(editor)
    assert [text for _x, text in shown] == [text for _x, text in paper]
    assert [x for x, _text in shown] == pytest.approx([x for x, _text in paper], abs=0.1)


LONG = "Nobody names by evening who goes home 😀 tomorrow, so the letter comes late. " * 400


@pytest.mark.parametrize("text", [LONG, "- " + LONG, f"one\n{LONG}**{LONG[:-1]}** end\ntwo"])
def test_a_very_long_paragraph_breaks_as_on_paper(make: Make, text: str) -> None:
    editor = make(text)
    assert len(blocks(editor)) > 4
    assert editor.text() == text
    assert_as_on_paper(editor)


def test_a_very_long_paragraph_is_one_for_every_key(make: Make) -> None:
    editor = make("first\n" + LONG)
    expected = "first\n" + LONG
    bounds = [block.position() for block in blocks(editor)[2:5]]

    def go(position: int) -> None:
        cursor = editor.textCursor()
        cursor.setPosition(position)
        editor.setTextCursor(cursor)

    # The text of the editor has a separator where a block ends; the paragraph has not.
    letters = LONG.encode("utf-16-le")

    def with_paragraph(found: bytes) -> str:
        return "first\n" + found.decode("utf-16-le")

    for number, keys in enumerate(
        [(Qt.Key.Key_Backspace, -1), (Qt.Key.Key_Delete, 0), (Qt.Key.Key_X, None)]
    ):
        at = bounds[number] - len("first\n") - 1 - number
        key, step = keys
        go(bounds[number] - (1 if key == Qt.Key.Key_Delete else 0))
        QTest.keyClick(editor, key)
        if step is None:
            changed = letters[: 2 * at] + "x".encode("utf-16-le") + letters[2 * at :]
        else:
            changed = letters[: 2 * (at + step)] + letters[2 * (at + step + 1) :]
        assert editor.text() == with_paragraph(changed)
        assert_as_on_paper(editor)
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
        assert editor.text() == expected
        assert_as_on_paper(editor)
    go(bounds[0] + 100)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().count("\n") == 2
    assert editor.text().replace("\n", "") == expected.replace("\n", "")
    assert_as_on_paper(editor)


KEYS = "A Space Return Backspace Delete B Z Y V".split()
EDITS = st.lists(
    st.tuples(
        st.sampled_from([getattr(Qt.Key, f"Key_{name}") for name in KEYS]),
        st.floats(0, 1),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(edits=EDITS, text=st.sampled_from(["", "one\n- two\n**three**", f"a\n{LONG[:9000]}\nb"]))
def test_what_is_remembered_of_lines_is_what_stands_there(
    one: BoxText, text: str, edits: list[tuple[Qt.Key, float, float]]
) -> None:
    one.set_text(text)
    QApplication.clipboard().setText("pasted\n- lines\n")
    for key, at, to in edits:
        cursor = one.textCursor()
        most = one.document().characterCount() - 1
        cursor.setPosition(int(at * most))
        cursor.setPosition(int(to * most), QTextCursor.MoveMode.KeepAnchor)
        if key != Qt.Key.Key_Return:
            one.setTextCursor(cursor)
        held = CTRL if key in (Qt.Key.Key_B, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_V) else None
        QTest.keyClick(one, key, held or Qt.KeyboardModifier.NoModifier)
        remembered = one.text()
        one.forget_lines()
        assert one.text() == remembered


def test_copying_gives_the_paragraphs_and_not_the_blocks(make: Make) -> None:
    editor = make("- one\n" + LONG + "\ntwo")
    editor.selectAll()
    assert editor.createMimeDataFromSelection().text() == "one\n" + LONG + "\ntwo"


def test_a_megabyte_is_typed_in(make: Make) -> None:
    text = "Nobody names by evening who goes home tomorrow, so the letter comes late. " * 14_000
    editor = make(text[:1_000_000])
    for _ in range(15):
        QTest.keyClick(editor, Qt.Key.Key_A)
        QApplication.processEvents()
    assert editor.text().endswith("a" * 15)


_KINDS = ("- Bag {n} waits", "**Bag {n}** waits at the hatch " * 9, "", "שלום {n}")
MANY = "\n".join(_KINDS[n % 4].format(n=n) for n in range(2_000))


def test_many_lines_stand_as_on_paper_though_most_are_laid_out_late(make: Make) -> None:
    editor = make(MANY)
    laid = [block.layout().lineCount() > 0 for block in blocks(editor)]
    assert not all(laid), "what nobody has looked at waits"
    assert laid[-1], "the caret stands there"
    assert editor.lines.lines() == sum(
        len(break_paragraph(one, 160.0, BOX_TEXT)) for one in read(MANY)
    )
    shown = [text for _x, text in rows_of(editor)]
    paper = [one.text[a:b] for one in read(MANY) for a, b in break_paragraph(one, 160.0, BOX_TEXT)]
    assert shown == paper
    assert editor.text() == MANY


def test_keys_and_clicks_reach_lines_that_were_left_for_later(make: Make) -> None:
    editor = make(MANY)
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(30):
        QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert 0 < editor.textCursor().blockNumber() < 30
    leading = editor.lines.measures.leading
    at = editor.lines.hitTest(QPointF(1.0, 3_000.5 * leading), Qt.HitTestAccuracy.FuzzyHit)
    block = editor.document().findBlock(at)
    assert block.layout().lineCount() == block.lineCount()
    assert abs(editor.lines.blockBoundingRect(block).top() - 3_000 * leading) < 3.5 * leading
    cursor = editor.textCursor()
    cursor.setPosition(at)
    editor.setTextCursor(cursor)
    QTest.keyClick(editor, Qt.Key.Key_X)
    assert editor.text().count("x") == MANY.count("x") + 1


def test_an_editor_of_another_size_lays_nothing_out_anew(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    asked: list[int] = []

    def breaks(found: list[Paragraph]) -> list[tuple[tuple[int, int], ...]]:
        asked.append(len(found))
        return [break_paragraph(one, 160.0, BOX_TEXT) for one in found]

    frame = QWidget()
    qtbot.addWidget(frame)
    frame.show()
    editor = BoxText(theme, breaks, measures(160.0, 16), 16, frame)
    editor.set_text("\n".join(f"line {n}" for n in range(50)))
    before = sum(asked)
    editor.resize(700, 300)
    editor.show()
    editor.resize(800, 400)
    assert sum(asked) == before
    # Another zoom does, and once.
    editor.measure(measures(160.0, 20), 20)
    assert sum(asked) == before + 50


def test_the_question_of_an_empty_box_stays_until_a_letter_is_typed(make: Make) -> None:
    editor = make("")
    bare = editor.viewport().grab().toImage()
    editor.question = "What is, seen by yourself, counted?"
    editor.viewport().update()
    asked = editor.viewport().grab().toImage()
    middle = QRect(60, 0, 300, 24)
    assert asked.copy(middle) != bare.copy(middle)
    QTest.keyClicks(editor, "S")
    assert editor.viewport().grab().toImage().copy(middle) == bare.copy(middle)
    assert editor.text() == "S", "what is asked is never part of the text"
