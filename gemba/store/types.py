"""Column types: instants that keep their zone, and nested values as JSON text."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from gemba.domain.moment import read_moment, write_moment

# Made once: making one anew takes longer than writing a short value.
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def write_json(value: object) -> str:
    """Write a plain value as canonical JSON: sorted names, no blanks, no escapes but needed ones.

    Checksums are taken of this text, so the format never changes.
    """
    return _ENCODER.encode(value)


class Moment(TypeDecorator[datetime]):
    """An aware instant, kept as UTC text with its zone name; sorts in the order of time."""

    impl = String(96)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an instant; raises ValueError for a naive one."""
        return None if value is None else write_moment(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read an instant back in its zone."""
        return None if value is None else read_moment(value)


class PlainValue(TypeDecorator[Any]):
    """A plain value (see codec.py) as JSON text; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Write a value as canonical JSON."""
        return None if value is None else write_json(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Read a value back."""
        return None if value is None else json.loads(value)
