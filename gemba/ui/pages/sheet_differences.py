"""How two states of a sheet differ, in words: box by box, figure by figure, fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gemba.domain.compared import ComparedSheet, Comparison, MarkedText
from gemba.domain.errors import GembaError
from gemba.domain.figures.words import described
from gemba.ui.pages.kind_words import field_word

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost

_LONGEST = 4_000


def compared_sheet(page: SheetHost, made: Comparison, before: str, after: str) -> ComparedSheet:
    """Return a comparison as it is shown and printed, with the names of its states and boxes."""
    return ComparedSheet(made, before, after, _labels(page, made))


def _labels(page: SheetHost, made: Comparison) -> dict[str, str]:
    """Name the boxes of both states; a sheet of another type once had others."""
    found: dict[str, str] = {}
    for sheet in (made.before, made.after):
        try:
            kind = page.desk.sheets.definition(sheet)
        except GembaError:
            continue
        found |= {box.id: box.label for box in kind.boxes}
    return found


def change_words(page: SheetHost, made: Comparison) -> list[tuple[str, str]]:
    """Tell what differs, box by box: a heading, and the words that are new or went."""
    tr = QCoreApplication.translate
    labels = _labels(page, made)
    found: list[tuple[str, str]] = []
    for field, text in made.facts.items():
        found.append((field_word(field, labels), _told(text)))
    if made.before.stage != made.after.stage:
        stages = [page.desk.words(f"sheet.stages.{one.stage}") for one in (made.before, made.after)]
        said = tr("Story", "{before}, then {after}").format(before=stages[0], after=stages[1])
        found.append((field_word("stage", labels), said))
    if made.reshaped:
        found.append((page.desk.words("compared.boxes"), page.desk.words("compared.reshaped")))
    for box, change in made.boxes.items():
        label = labels.get(box, box)
        if change.text.changed:
            found.append((label, _told(change.text)))
        for figure in change.figures:
            held = figure.after if figure.after is not None else figure.before
            assert held is not None
            head = page.desk.words(f"compared.figure_{figure.kind}_in", box=label)
            found.append((head, _cut(described(held, page.desk.words))))
        if not change.text.changed and not change.figures:
            found.append((label, tr("Story", "Only the order of its figures, or blanks, changed.")))
    return found or [(tr("Story", "Nothing differs."), "")]


def _told(text: MarkedText) -> str:
    tr = QCoreApplication.translate
    gone = " … ".join(one.strip() for one in text.words("gone") if one.strip())
    new = " … ".join(one.strip() for one in text.words("new") if one.strip())
    look = " … ".join(one.strip() for one in text.words("look") if one.strip())
    lines = []
    if new:
        lines.append(tr("Story", "New: {words}").format(words=_cut(new)))
    if gone:
        lines.append(tr("Story", "Taken away: {words}").format(words=_cut(gone)))
    if look:
        lines.append(tr("Story", "Only bold, italic or a bullet: {words}").format(words=_cut(look)))
    return "\n".join(lines) or tr("Story", "Only blanks and line ends changed.")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"
