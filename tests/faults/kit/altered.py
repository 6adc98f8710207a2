"""What is altered in a text that is pasted into a field: all of it, and nothing else.

A text that is only shown and saved again is never altered; the fields keep its exact characters.
This is what becomes of letters that a person pastes. By Qt:

- a text that is handed to Qt and begins with U+FEFF loses that as a mark of the byte order: once
  for the clipboard, and once more where a field of several lines inserts it; one that begins with
  U+FFFE, also behind that mark, is taken for swapped bytes (no text here begins so);
- in several lines (QTextEdit) the line ends CR LF, CR, U+2028 and U+2029 become LF, for a document
  knows one kind of line end; U+FDD0 and U+FDD1, which are no letters, become line ends too, since a
  document marks its frames with them;
- in one line (QLineEdit) nothing else is altered.

By Gemba: the boxes of a sheet keep every letter, and CR LF and CR become LF there. What names a
record in lists, the fields of NAMING, loses the blanks at both ends, and where it is the name of
somebody or of a place the blanks inside become one, and one that differs from a name there is in
capitals alone is that one. A field of one question a line, in a set of
questions, loses the blanks at the ends of its lines and the empty lines. A line of a figure takes
no ends of lines and cells, which make lines and cells of their own there.
"""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")

NAMING: Final = (
    "promise: What you promised",
    "promise: Who works on it?",
    "write up: Why did you go?",
    "learner: What else is in the way?",
    "walks: Why do you go and see? One sentence.",
    "walks: Where?",
    "walk: Who spoke",
    "observation: Who spoke",
    "talk: With whom?",
    "routines: With whom?",
    "routines: Where?",
    "routines day: With whom?",
    "routines day: Where?",
    "routines form: With whom?",
    "routines form: Where?",
    "promise: Whom did you tell?",
    "fill open: Which",
    "fill open: At which place?",
    "settings: Your name",
    "sheet about: Title: the problem, never the fix",
    "sheet about: Owner",
    "sheet about: Coach",
    "sheet about: Area",
    "sheet about: Ward",
    "sheet boxes: Name of the box",
    "figure run_chart: Unit",
    "figure xmr: Unit",
    "figure pareto: Unit of the",
)
LISTING: Final = ("build form one: Choices",)
"""Fields of one thing a line that stand apart in what is kept."""


def naming(field: str) -> bool:
    """Tell whether a field names a record, or measures one."""
    return field.startswith(NAMING)


ALSO_KEPT: Final = (str.strip, lambda text: " ".join(text.split()))
"""What may stand in a record in place of the text of such a field."""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that a set of questions keeps of a text."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def in_lines(text: str) -> str:
    """Return what becomes of a text in a field of several lines."""
    return _ENDS.sub("\n", text.removeprefix("\ufeff").removeprefix("\ufeff"))


def in_one_line(text: str) -> str:
    """Return what becomes of a text in a field of one line."""
    return text.removeprefix("\ufeff")


def in_box(text: str) -> str:
    """Return what becomes of a text in the box of a sheet, which keeps all but its line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
