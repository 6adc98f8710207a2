"""Gemba: walk, coach and think on one sheet."""
