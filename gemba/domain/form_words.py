"""Words of a form as window, paper and files show them: read by the one reader of labels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gemba.domain.form_label import label_paragraphs
from gemba.domain.prose import Run

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what follows."""


@lru_cache(maxsize=2_048)
def runs_of(label: str) -> tuple[Run, ...]:
    """Return the runs of a label, bold, italic or neither; line ends in them are line ends."""
    found: list[Run] = []
    for number, one in enumerate(label_paragraphs(label)):
        begin = ("\n" if number else "") + ("\u2013 " if one.bullet else "")
        if begin:
            found.append(Run(begin))
        found += [Run(_UNSEEN.sub("", run.text), run.bold, run.italic) for run in one.runs]
    return tuple(run for run in found if run.text)


def plain_words(label: str) -> str:
    """Return a label without any marks, as assistive technology and files read it."""
    return "".join(run.text for run in runs_of(label))
