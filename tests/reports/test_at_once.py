"""Reports are drawn beside the window, several at once: each as if it were alone."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from gemba.reports.pages import Pages
from gemba.reports.style import REPORT_STRONG, REPORT_TEXT
from gemba.words import Words


def drawn(number: int) -> bytes:
    pages = Pages(title="", left="", words=Words())
    letters = "".join(chr(0x61 + (number * 7 + one) % 26) for one in range(20 + number % 5))
    pages.text(f"{letters} Żółć 薬局 {chr(0x4E00 + number)}", REPORT_TEXT)
    pages.text(letters.upper(), REPORT_STRONG)
    return pages.finish(title=str(number), author="", subject="")


def test_each_document_is_drawn_as_if_it_were_alone() -> None:
    alone = [drawn(number) for number in range(60)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        # Other letters than before, so that no face is taken from memory.
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(drawn, range(60, 120)))
            again = list(pool.map(drawn, range(60)))
    finally:
        sys.setswitchinterval(before)
    assert again == alone
    assert together == [drawn(number) for number in range(60, 120)]


FIRST = """
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from tests.reports.test_at_once import drawn
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor(4) as pool:
    together = list(pool.map(drawn, [7, 7, 7, 7]))
assert together == [drawn(7)] * 4
"""


def test_the_first_documents_may_be_drawn_at_once() -> None:
    subprocess.run([sys.executable, "-c", FIRST], check=True, timeout=60)
