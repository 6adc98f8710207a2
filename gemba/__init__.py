"""Gemba: go and see, coach, and think on one sheet."""

__version__ = "0.1.0"
