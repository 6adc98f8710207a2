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
record in lists, the fields of NAMING, loses the blanks at both ends.
"""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")

NAMING: Final = frozenset(
    {
        "promise: What you promised",
        "promise: Who works on it?",
        "write up: Why did you go?",
        "learner: What else is in the way?",
        "walks: Why do you go and see? One sentence.",
    }
)


def in_lines(text: str) -> str:
    """Return what becomes of a text in a field of several lines."""
    return _ENDS.sub("\n", text.removeprefix("\ufeff").removeprefix("\ufeff"))


def in_one_line(text: str) -> str:
    """Return what becomes of a text in a field of one line."""
    return text.removeprefix("\ufeff")


def in_box(text: str) -> str:
    """Return what becomes of a text in the box of a sheet, which keeps all but its line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
