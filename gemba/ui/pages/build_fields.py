"""What the parts of the builder share: a field that is written in keeps its words."""

from __future__ import annotations

from gemba.ui.widgets import Field, TextField


def put(field: Field | TextField, text: str, fresh: bool) -> None:
    """Show a text in a field, unless somebody is writing in it; ``fresh`` shows it all the same."""
    held = field.focusProxy()
    if fresh or (held is not None and not held.hasFocus()):
        field.set_text(text)
