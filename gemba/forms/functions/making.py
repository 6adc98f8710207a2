"""Functions that make something new: chance, identifiers, digests (ODK XForms)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import uuid

from gemba.forms.functions.entry import Entry, of_texts, of_values
from gemba.forms.scope import Scope
from gemba.forms.trouble import FormulaError
from gemba.forms.values import Value, to_number

_LONGEST = 1000  # letters of an identifier
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _uuid(scope: Scope, length: Value | None = None) -> Value:
    """A random identifier (RFC 9562, version 4), or that many random letters."""
    chance = scope.around.chance
    if length is None:
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))
    number = to_number(length, scope.around.zone)
    if math.isnan(number) or not 0 <= number <= _LONGEST:
        raise FormulaError("formula.uuid", most=_LONGEST)
    return "".join(chance.choice(_LETTERS) for _ in range(int(number)))


def _digest(text: str, method: str, coding: str = "base64") -> str:
    name = _DIGESTS.get(method, "")
    if not name:
        raise FormulaError("formula.digest", got=method)
    made = hashlib.new(name, text.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    if coding == "hex":
        return made.hexdigest()
    if coding != "base64":
        raise FormulaError("formula.digest", got=coding)
    return base64.b64encode(made.digest()).decode("ascii")


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except binascii.Error:
        return ""


TABLE: dict[str, Entry] = {
    "random": of_values(0, 0, lambda scope: scope.around.chance.random()),
    "uuid": of_values(0, 1, _uuid),
    "digest": of_texts(2, 3, _digest),
    "base64-decode": of_texts(1, 1, _decoded),
}
