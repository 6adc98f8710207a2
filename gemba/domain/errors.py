"""Users' trouble, told as a key with values; whoever shows it turns the key into a sentence."""

from __future__ import annotations


class GembaError(Exception):
    """Something a user can do something about: a full disk, a bad file, a half-finished call.

    ``key`` names a sentence in the language files and ``values`` fill its gaps. Anything that is
    not a GembaError is a bug of ours.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        gaps = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({gaps})"


class NotFound(GembaError):
    """A record that is asked for does not exist (any more)."""


class Conflict(GembaError):
    """A write was made against a revision that is no longer the newest."""


class Refused(GembaError):
    """A rule of the work forbids this write, for example a result before its prediction."""


class ReadOnly(GembaError):
    """The data folder can be read and not written."""


class Locked(GembaError):
    """The data folder is encrypted, and its passphrase was not given."""


class Damaged(GembaError):
    """A stored record does not match its checksum."""


class BadInput(GembaError):
    """A file or a field holds what Gemba cannot take; the values say where."""
