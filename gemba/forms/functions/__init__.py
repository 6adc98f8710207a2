"""The functions of XPath 1.0 and ODK XForms, by name, from modules by topic."""

from __future__ import annotations

from gemba.forms.functions import (
    choosing,
    dating,
    making,
    measuring,
    nodesets,
    numbering,
    texting,
)
from gemba.forms.functions.entry import Entry

FUNCTIONS: dict[str, Entry] = {
    **choosing.TABLE,
    **dating.TABLE,
    **making.TABLE,
    **measuring.TABLE,
    **nodesets.TABLE,
    **numbering.TABLE,
    **texting.TABLE,
}
