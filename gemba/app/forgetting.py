"""Letting go of what was read, once a window is locked: remembered texts and empty shells."""

from __future__ import annotations

import gc
import re
import sys


def forget_texts() -> None:
    """Empty every memory of texts that were read, laid out or looked for, and collect the rest.

    Functions that remember what they were asked hold words of the data, and so do patterns that
    were made of them. What is wanted again is made again.
    """
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] == "gemba" and module is not None:
            for held in tuple(vars(module).values()):
                clear = getattr(held, "cache_clear", None)
                if callable(clear):
                    clear()
    re.purge()
    # Twice: what the first leaves with nothing to hold it goes with the second.
    gc.collect()
    gc.collect()
