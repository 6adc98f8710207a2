"""Which digit stands on a key, where its layout writes something else without Shift."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# The scan code of the key of 1; those of 2 to 9 and of 0 follow it. On Linux it is the kernel's
# KEY_1 (2, linux/input-event-codes.h) and 8, as X11 and Wayland count; on Windows the scan code
# of set 1, which is 2 as well. macOS hands on the digit itself.
_KEY_OF_ONE: Final = {"linux": 10, "win32": 2}


def alt_digit(event: QKeyEvent) -> int | None:
    """Return the digit of the key that is pressed with Alt alone, None for any other key.

    A French keyboard has 3 and a quotation mark on one key, a Czech one 3 and s with a caron.
    """
    first = _KEY_OF_ONE.get(sys.platform)
    if first is None or event.modifiers() != Qt.KeyboardModifier.AltModifier:
        return None
    place = event.nativeScanCode() - first
    return (place + 1) % 10 if 0 <= place < 10 else None
