"""Fields that a stored value gained after data had been written without them."""

from __future__ import annotations

from dataclasses import Field
from typing import Any, Final

LATER: Final = {"later": True}
"""Metadata of a field that a figure, or another part of a record, gained later.

While it holds its default it is left out of what is stored and exported, so that what was
written before reads, and proves by its checksum, as it always did. A field of a record itself
has a column, and needs a migration instead.
"""


def later(field: Field[Any]) -> bool:
    """Tell whether a field is left out while it holds its default."""
    return bool(field.metadata.get("later"))
