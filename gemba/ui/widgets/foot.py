"""The lowest line of a page, outside of what scrolls: the way on, which nothing may cover."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Foot(QWidget):
    """What the window says stands above it, so that what it offers can always be pressed."""
