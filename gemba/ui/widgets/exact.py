"""Keeps the exact characters of a text while Qt's document holds its own form of them.

A document knows only one kind of line end: it stores U+2029 for LF, CR, CR LF and U+2029 alike
and drops what it uses itself (U+FDD0, U+FDD1). This keeps, beside the document, what each of its
UTF-16 units stood for, so that only what the user changed is changed.
"""

from __future__ import annotations

_PARAGRAPH = "\u2029"
# What Qt would turn into something else on the way in, or take for its own marks.
_ODD = frozenset("\r\u2029\u2028\ufdd0\ufdd1\ufeff\ufffe\x00\ufffc\u00a0")
_HIDDEN = {
    "\ufdd0": "\ufffd",
    "\ufdd1": "\ufffd",
    "\ufffe": "\ufffd",
    "\x00": "\ufffd",
    "\ufeff": "\u200b",
}


class ExactText:
    """The characters behind a document."""

    def __init__(self, text: str = "") -> None:
        self._given = text
        self.odd = not _ODD.isdisjoint(text)
        self._units: list[str] | None = None
        self._start = ""
        if self.odd:
            self._units = []
            shown: list[str] = []
            for unit, face in _split(text):
                self._units.append(unit)
                shown.append(face)
                if ord(face) > 0xFFFF:
                    self._units.append("")
            self.shown = "".join(shown)
        else:
            self.shown = text

    def begin(self, raw: str) -> None:
        """Remember the document's own text after it was filled with `shown`."""
        self._start = raw

    def change(self, raw: str, position: int, removed: int, added: int) -> None:
        """Follow one change of the document; positions count UTF-16 units."""
        units = self._units
        if units is None:
            return
        fresh = _utf16(raw)
        # Qt counts the end of the document into a change of the first paragraph.
        surplus = len(units) - removed + added - len(fresh)
        removed = max(0, removed - max(0, -surplus))
        added = max(0, added - max(0, surplus))
        end = len(fresh) - (len(units) - position - removed)
        units[position : position + removed] = [_typed(u) for u in fresh[position:end]]

    def text(self, raw: str) -> str:
        """The exact text, given the document's present own text."""
        if raw == self._start:
            return self._given
        if self._units is None:
            return raw.replace(_PARAGRAPH, "\n").replace("\u2028", "\n")
        joined = "".join(self._units)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _split(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    i = 0
    while i < len(text):
        letter = text[i]
        if letter == "\r":
            pair = text[i : i + 2] == "\r\n"
            parts.append(("\r\n" if pair else "\r", "\n"))
            i += 1 if pair else 0
        elif letter == _PARAGRAPH:
            parts.append((letter, "\n"))
        else:
            parts.append((letter, _HIDDEN.get(letter, letter)))
        i += 1
    return parts


def _utf16(raw: str) -> list[str]:
    if raw.isascii() or max(raw) <= "\uffff":
        return list(raw)
    data = raw.encode("utf-16-le", "surrogatepass")
    return [chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2)]


def _typed(unit: str) -> str:
    return "\n" if unit in ("\u2029", "\u2028") else unit
