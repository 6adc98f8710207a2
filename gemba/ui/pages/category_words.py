"""How the window names categories, and the sets of them a walk can choose from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gemba.domain.categories import CATEGORY_SETS


def category_word(category: str) -> str:
    """Name a category as it stands on its button."""
    return QCoreApplication.translate("Categories", category)


def set_words() -> dict[str, str]:
    """Name the sets of categories by their ids, in the order they are offered."""
    tr = QCoreApplication.translate
    words = {
        "": tr("Categories", "Safety, quality, delivery, cost, people"),
        "qcdsm": tr("Categories", "With morale"),
        "downtime": tr("Categories", "Eight wastes"),
        "5s": tr("Categories", "Five S"),
        "safety": tr("Categories", "Safety alone"),
        "standards": tr("Categories", "Standards"),
        "3m": tr("Categories", "Waste, unevenness, overload"),
        "ppp": tr("Categories", "Purpose, process, people"),
    }
    return {key: words[key] for key in CATEGORY_SETS}
