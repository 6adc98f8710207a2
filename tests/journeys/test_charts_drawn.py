"""Charts by hand: readings pasted, limits chosen by keys, two sides compared, printed and kept."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from gemba.domain.figures import Pair, PhotoFigure, RunChart
from tests.journeys.conftest import Person
from tests.journeys.test_figures_drawn import drawn, on_paper, to_draw

START = date(2026, 9, 14)


def pasted(values: list[object], first: date = START) -> str:
    days = (first + timedelta(days=at) for at in range(len(values)))
    rows = (f"{day.isoformat()}\t{value}" for day, value in zip(days, values, strict=True))
    return "\n".join(["Day\tMinutes", *rows])


def test_an_xmr_chart_is_pasted_judged_and_printed(person: Person, tmp_path: Path) -> None:
    to_draw(person, "XmR chart")
    person.wait(lambda: person.focus().accessibleName() == "Readings")
    calm = ["86,5", "84", "88", "85", "87", "84", "86", "88", "85", "87", "83", "86"]
    person.paste_text(pasted([*calm, "124", "85", "someday"]))
    person.wait(lambda: person.sees("“someday” is not a number I know."))
    person.wait(lambda: person.sees("26 Sep beyond the limits"))
    person.fill("Caption", "Asked to ready")
    person.click("6 rising or falling")
    figure = drawn(person, "current")
    assert isinstance(figure, RunChart)
    assert (figure.method, figure.rules) == ("limits", ("n1", "n2", "n3"))
    assert (len(figure.readings), figure.readings[0].value) == (14, 86.5)
    assert [row.value for row in figure.unread if row.at] == ["someday"]
    text = on_paper(person, tmp_path / "xmr.pdf")
    for words in ("upper", "mR", "26 Sep beyond the limits", "not drawn: row 16 “someday”"):
        assert words in text
    person.restart()
    assert drawn(person, "current") == figure


def test_before_and_after_are_pasted_side_by_side(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Before and after")
    person.wait(lambda: isinstance(drawn(person, "current"), Pair))
    person.click("Chart")
    person.wait(lambda: person.sees("Paste readings"))
    QGuiApplication.clipboard().setText(pasted(["17 %", "19 %", "18 %"]))
    person.click("Paste readings")
    person.click("After")
    QGuiApplication.clipboard().setText(pasted(["35 %", "38 %", "36 %"], date(2026, 10, 26)))
    person.click("Paste readings")
    person.wait(lambda: person.sees("From a median of 18\u00a0% to one of 36\u00a0%."))
    figure = drawn(person, "current")
    assert isinstance(figure, Pair)
    assert not isinstance(figure.before, PhotoFigure)
    text = on_paper(person, tmp_path / "pair.pdf")
    assert "Before: 14 Sep to 16 Sep" in text
    assert "After: 26 Oct to 28 Oct" in text
