"""The days of the window, under the name pages knew them by first."""

from __future__ import annotations

from gemba.ui.days import age, clock, long_day, near_day, short_day

__all__ = ["age", "clock", "long_day", "near_day", "short_day"]
