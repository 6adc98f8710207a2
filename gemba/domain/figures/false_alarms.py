"""How often each set of rules fires on an XmR chart of stable work: a false alarm.

Counted on 100,000 series of 24 independent values from one normal distribution, each with limits
of its own, by `tests/domain/figures/test_false_alarms.py`, which counts again with other dice.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gemba.domain.figures.xmr_rules import RULES

READINGS: Final = 24
"""The length of the series."""

_SERIES: Final = 100_000
# Which rules fired together, as bits in the order of RULES, in how many of the series.
_TOGETHER: Final = {
    0: 70905, 512: 8466, 32: 2755, 4: 2588, 513: 1919, 1: 1752, 8: 1686, 16: 1608, 256: 1087,
    516: 590, 528: 521, 544: 496, 258: 445, 48: 375, 64: 280, 17: 274, 36: 246, 768: 232,
    529: 212, 33: 195, 517: 165, 288: 164, 770: 149, 520: 146, 545: 139, 20: 134, 5: 119,
    560: 109, 49: 102, 290: 102, 576: 101, 257: 84, 272: 79, 769: 76, 548: 71, 561: 62, 52: 59,
    532: 59, 259: 58, 771: 57, 274: 54, 40: 50, 800: 48, 21: 47, 260: 45, 306: 38, 784: 36,
    533: 35, 37: 35, 160: 34, 304: 34, 802: 32, 564: 31, 289: 26, 521: 25, 262: 24, 565: 24,
    577: 23, 53: 21, 772: 21, 292: 21, 12: 21, 549: 21, 307: 21, 264: 20, 801: 20, 672: 20,
    273: 18, 291: 18, 819: 17, 9: 17, 275: 17, 305: 17, 24: 16, 72: 16, 785: 15, 803: 14, 128: 14,
    786: 14, 787: 14, 818: 11, 266: 11, 817: 10, 816: 10, 774: 10, 773: 10, 176: 9, 276: 7,
    177: 7, 688: 6, 308: 6, 164: 5, 294: 5, 804: 5, 676: 5, 788: 5, 261: 5, 310: 5, 278: 5,
    689: 5, 640: 5, 279: 5, 775: 4, 552: 4, 536: 4, 806: 4, 311: 4, 524: 4, 673: 4, 776: 4,
    805: 4, 820: 4, 80: 4, 309: 3, 65: 3, 693: 3, 263: 3, 823: 3, 584: 3, 592: 3, 161: 2, 945: 2,
    265: 2, 656: 2, 280: 2, 438: 2, 68: 2, 81: 2, 418: 2, 56: 2, 433: 2, 44: 2, 947: 2, 298: 2,
    580: 2, 790: 1, 779: 1, 286: 1, 416: 1, 573: 1, 60: 1, 425: 1, 789: 1, 832: 1, 57: 1, 641: 1,
    808: 1, 822: 1, 29: 1, 588: 1, 778: 1, 609: 1, 181: 1, 791: 1, 295: 1, 88: 1, 180: 1, 282: 1,
    537: 1, 944: 1, 270: 1, 810: 1, 28: 1, 436: 1, 596: 1, 293: 1, 148: 1, 660: 1, 440: 1, 569: 1,
    331: 1, 267: 1, 434: 1, 795: 1, 821: 1, 525: 1, 314: 1, 129: 1, 807: 1, 568: 1, 946: 1, 84: 1,
    283: 1, 439: 1, 581: 1, 435: 1, 41: 1,
}  # fmt: skip


def false_alarms(rules: Collection[str]) -> float:
    """Return the share of charts, 0 to 1, in which at least one of the rules fires on noise."""
    wanted = sum(1 << at for at, rule in enumerate(RULES) if rule in rules)
    return sum(count for fired, count in _TOGETHER.items() if fired & wanted) / _SERIES
