"""A person at the real app in a process of its own: at 200 %, unplugged, and killed at any moment.

Run as ``python -m tests.journeys.robot PART FOLDER OUT`` with the offscreen platform and
QT_SCALE_FACTOR=2. Each part is a piece of walkthrough 10; what it saw goes to OUT as JSON.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from tests.journeys.conftest import ZONE, Clock, Person

COACH, LEARNER = "Jan de Wit", "Lea Novak"
PRIVATE = "Owl-quiet in September; say less next time."
SEPTEMBER = {
    "target": "A third of the ward leaves before noon",
    "now": "19 % of them, 5 of 26",
    "obstacle": "Nobody calls the porter",
    "step": "Call the lodge at eight",
    "prediction": "7 of 7 booked by nine",
}
OCTOBER_TARGET = "Half of the ward leaves before noon"
PROBLEM = "Every porter should be booked by nine; 4 of 7 are."
_LETTER_MS = 25
_OUTSIDE = (
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.sendmsg",
    "urllib.Request",
)


class Waiting:
    """Waits as a person does: looks again and again, and gives up after a while."""

    def waitUntil(self, seen: Callable[[], bool], *, timeout: int) -> None:
        """Let the window work until something can be seen."""
        loop, look, late = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if seen() else None)
        late.setSingleShot(True)
        late.timeout.connect(loop.quit)
        look.start(10)
        late.start(timeout)
        if not seen():
            loop.exec()
        assert seen(), "it never came"


def forbid_network() -> list[str]:
    """Refuse and note every way out of this machine that Python offers."""
    tried: list[str] = []

    def watch(event: str, values: tuple[object, ...]) -> None:
        if event == "socket.__new__":
            outside = values[1] != getattr(socket, "AF_UNIX", None)
        elif event in ("socket.bind", "socket.connect", "socket.sendto"):
            # Within the machine an address is a path.
            outside = not isinstance(values[1], str | bytes)
        else:
            outside = event in _OUTSIDE
        if outside:
            tried.append(event)
            raise OSError("no network")

    sys.addaudithook(watch)
    return tried


def ways_out() -> int:
    """How many sockets to other machines this process holds, whoever opened them."""
    lines: list[str] = []
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        table = Path(f"/proc/self/net/{kind}")
        lines += table.read_text().splitlines()[1:] if table.exists() else []
    known = {line.split()[9] for line in lines}
    held = 0
    for entry in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").exists() else ():
        try:
            name = str(entry.readlink())
        except OSError:
            continue
        held += name.startswith("socket:[") and name[8:-1] in known
    return held


def at(person: Person, year: int, month: int, day: int) -> None:
    """Sit down on this day; where Gemba was open it is closed and started again."""
    person.clock.time = datetime(year, month, day, 9, 30, tzinfo=ZONE)
    person.restart()


def answer(person: Person, question: str, words: str) -> None:
    """Type an answer where a question stands, and go on with Enter."""
    person.wait(lambda: person.sees(question))
    person.type(words)
    person.press("Return")


def finish_cycle(person: Person, step: str, prediction: str) -> None:
    """Plan the next step, lock what is expected of it, and agree when to look."""
    answer(person, "What will you try next", step)
    person.type(prediction)
    person.click("This is my prediction")
    person.click("Next")
    person.wait_caret("We look together on")
    person.type("Thursday")
    person.press("Return")
    person.press("Return")
    person.wait(lambda: person.sees("Twenty seconds for yourself"))
    person.press("Return")
    person.wait(lambda: person.sees("Talks and sheets"))


def september(person: Person) -> None:
    """A cycle with somebody new, and a note for the coach alone."""
    person.click("Coach")
    person.wait_caret("Talk with")
    person.type(LEARNER)
    person.press("Return")
    person.type("Porters come late.")
    person.press("Return")
    person.click("Keep")
    person.click("Their history")
    person.click("Start a cycle")
    person.wait(lambda: person.sees("What condition are you working toward"))
    person.into("Private note, for you alone")
    person.type(PRIVATE)
    person.into("In Lea’s words")
    answer(person, "What condition are you working toward", SEPTEMBER["target"])
    answer(person, "Where is it today", SEPTEMBER["now"])
    answer(person, "which single one now", SEPTEMBER["obstacle"])
    finish_cycle(person, SEPTEMBER["step"], SEPTEMBER["prediction"])


def october(person: Person) -> None:
    """Another cycle: another target, a result, and a sheet of the learner's own."""
    person.click("Coaching")
    person.click_row(LEARNER)
    person.click("Start a cycle")
    person.wait(lambda: person.sees("What condition are you working toward"))
    person.press("Ctrl+A")
    answer(person, "What condition are you working toward", OCTOBER_TARGET)
    answer(person, "Where is it today", "31 %")
    answer(person, "What was your last step", "We called at eight.")
    person.click("Next")
    answer(person, "What happened, facts only", "4 of 7 were booked")
    answer(person, "What did that teach you", "The night list is late")
    answer(person, "which single one now", "The night list")
    finish_cycle(person, "Write the list at six", "7 of 7 on the list")


def sheet(person: Person) -> None:
    """A sheet that the learner owns."""
    person.click("A3")
    person.click("Write an A3")
    person.wait_caret("What should be, and what is? One sentence.")
    person.type(PROBLEM)
    person.press("Return")
    person.press("Ctrl+A")
    person.type(LEARNER)
    person.press("Return")
    person.wait_caret("When were you last there, and what did you see?")
    person.type("This morning")
    person.press("Return")
    person.wait(lambda: person.focus().accessibleName() == "Current condition")


def story(person: Person) -> dict[str, object]:
    """What the history of the learner shows, from top to bottom."""
    page: Any = person.page()
    return {
        "rows": [[row.words.age, row.words.strong, row.words.small] for row in page.rows.rows()],
        "tried": [[line.when, line.predicted, line.happened] for line in page.table.lines()],
        "strip": page.strip.words(),
    }


def print_to(person: Person, file: Path) -> None:
    """Print through the system's dialog into a file, as where there is no printer."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QPrintDialog):
            QTimer.singleShot(10, press)
            return
        name = dialog.findChild(QLineEdit, "filename")
        assert name is not None
        name.setText(str(file))
        next(one for one in dialog.findChildren(QPushButton) if one.isDefault()).click()

    QTimer.singleShot(0, press)
    person.click("Print", at=-1)
    person.wait(file.exists)
    person.look_at_window()


def everything_spoken(person: Person) -> str:
    """Every word that is shown or that a screen reader may come upon."""
    spoken = [person.window.windowTitle(), person.everything()]
    for one in person.window.findChildren(QWidget):
        if one.isVisible():
            spoken += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
    return "\n".join(spoken)


def live(person: Person, out: Path) -> None:
    """A year of coaching, a year later its history, and then typing until the end."""
    tried = forbid_network()
    person.clock.time = datetime(2026, 9, 24, 9, 30, tzinfo=ZONE)
    person.start()
    person.click("Settings")
    person.fill("Your name", COACH)
    person.press("Return")
    person.click("Today")
    september(person)
    at(person, 2026, 9, 28)
    sheet(person)
    at(person, 2026, 10, 8)
    october(person)
    at(person, 2027, 10, 11)
    found: dict[str, object] = {
        "dark": person.app.theme.dark,
        "ratio": person.window.devicePixelRatio(),
        "size": [person.window.width(), person.window.height()],
    }
    person.click("Coaching")
    person.click_row(LEARNER)
    person.wait(lambda: person.sees("Talks and sheets"))
    found["story"] = story(person)
    found["history"] = everything_spoken(person)
    person.click("Print")
    print_to(person, out.with_name("record.pdf"))
    person.press("Escape")
    pages = PdfReader(out.with_name("record.pdf")).pages
    found["printed"] = " ".join(" ".join(page.extract_text().split()) for page in pages)
    person.into("Which words?")
    person.type("lodge")
    page: Any = person.page()
    person.wait(lambda: len(page.rows.rows()) == 1)
    person.tap(page.rows.rows()[0])
    person.wait(lambda: person.sees("Cycle of"))
    person.click("Learner’s view")
    found["cycle"] = person.everything()
    found["shown"] = everything_spoken(person)
    person.click("Their history")
    person.click("Start a cycle")
    person.wait(lambda: person.sees("What condition are you working toward"))
    person.press("Return")
    person.wait(lambda: person.sees("Where is it today"))
    found["tried"] = tried
    found["ways out"] = ways_out()
    out.write_text(json.dumps(found), encoding="utf-8")
    type_on(person)


def words_typed() -> str:
    """What is typed until the end: every word another one."""
    return " ".join(f"word{number}" for number in range(1, 4000))


def type_on(person: Person) -> None:
    """Type without a pause, saying when each letter was pressed."""
    for number, letter in enumerate(words_typed(), 1):
        due = time.monotonic() + _LETTER_MS / 1000
        QTest.keyClicks(person.focus(), letter)
        print(number, time.monotonic(), flush=True)
        loop = QEventLoop()
        QTimer.singleShot(max(0, round(1000 * (due - time.monotonic()))), loop.quit)
        loop.exec()


def look(person: Person, out: Path) -> None:
    """Start again after the kill, and say what is there."""
    person.clock.time = datetime(2027, 10, 11, 9, 45, tzinfo=ZONE)
    person.start()
    editor: Any = person.focus()
    found = {
        "place": person.session.window.current_key(),
        "title": person.window.windowTitle(),
        "question": person.sees("Where is it today"),
        "caret": editor.accessibleName(),
        "words": editor.toPlainText(),
        "learner": person.sees(LEARNER),
    }
    person.close()
    out.write_text(json.dumps(found), encoding="utf-8")


def main() -> None:
    """Do one part."""
    from gemba.app.start import make_qt

    part, folder, out = sys.argv[1:4]
    person = Person(make_qt(), Waiting(), Path(folder), Clock())  # type: ignore[arg-type]
    person.dark = True
    person.size = (640, 400)
    {"live": live, "look": look}[part](person, Path(out))


if __name__ == "__main__":
    main()
