"""Text for files that cannot hold every letter: what they cannot hold stands as its code point."""

from __future__ import annotations

import re
from typing import Final

# XML 1.0, section 2.2: no control characters but tab and line ends, no halves of a pair.
_NOT_XML: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def legible(text: str) -> str:
    """Return a text that XML can hold; any other letter as on paper, such as ``[U+0007]``."""
    shown = _NOT_XML.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
    return shown.replace("\r\n", "\n").replace("\r", "\n")
