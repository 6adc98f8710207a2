"""Instants with the zone they were lived in, written as text and read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def write_moment(moment: datetime) -> str:
    """Write an aware instant as UTC with its zone name, as RFC 9557 does.

    Text written this way sorts in the order of time. Raises ValueError for a naive datetime.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    zone = getattr(moment.tzinfo, "key", None) or "UTC"
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond:06d}Z[{zone}]"


def elapsed(begin: datetime, end: datetime) -> timedelta:
    """Return how long it was between two aware instants; nothing where the clock was set back.

    Two instants of one zone are subtracted by Python as their clocks showed them, an hour wrong
    in the nights in which summer time begins and ends.
    """
    return max(timedelta(0), end.astimezone(UTC) - begin.astimezone(UTC))


def read_moment(text: str) -> datetime:
    """Read what write_moment wrote; a zone unknown here counts as UTC, and its name is kept.

    Raises ValueError when the text is no instant.
    """
    stamp, bracket, zone = text.partition("[")
    if not stamp.endswith("Z"):
        raise ValueError(f"not an instant: {text!r}")
    utc = datetime.fromisoformat(stamp[:-1]).replace(tzinfo=UTC)
    if not bracket:
        return utc
    return utc.astimezone(_zone(zone.rstrip("]")))


# A zone file of one rule: no offset, called UTC (RFC 8536, version 1).
_UTC_RULES = b"TZif" + bytes(16) + bytes(19) + b"\x01" + bytes(3) + b"\x04" + bytes(6) + b"UTC\0"


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # The instant stays right, and it is written back as it came.
        return ZoneInfo.from_file(BytesIO(_UTC_RULES), key=name)
