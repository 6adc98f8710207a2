"""What the page says of a sheet: each box in words, who has the pen, and which state is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gemba.domain.compared import GONE, LOOK, NEW, MarkedText
from gemba.domain.errors import GembaError
from gemba.domain.figures.words import described
from gemba.domain.prose import plain
from gemba.ui.widgets.box_area import BoxFacts

if TYPE_CHECKING:
    from gemba.domain.compared import ComparedSheet
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.sheet import Sheet
    from gemba.domain.sheet_story import NamedVersion
    from gemba.ui.pages.sheet_desk import SheetHost


def box_facts(
    sheet: Sheet,
    definition: SheetDefinition,
    words: Callable[..., str],
    compared: ComparedSheet | None = None,
) -> dict[str, BoxFacts]:
    """Return what each box says to someone who cannot see it, in the order of the worksheet."""
    changes = compared.comparison.boxes if compared is not None else {}
    return {
        box.id: BoxFacts(
            box.label,
            _changes(changes[box.id].text, words)
            if box.id in changes
            else plain(sheet.box(box.id).text),
            box.question,
            tuple((one.id, described(one, words)) for one in sheet.box(box.id).figures),
        )
        for box in definition.boxes
    }


def _changes(text: MarkedText, words: Callable[..., str]) -> str:
    said = []
    for kind in (NEW, GONE, LOOK):
        found = [one.strip() for one in text.words(kind) if one.strip()]
        if found:
            said.append(f"{words(f'compared.{kind}')}: {' … '.join(found)}")
    whole = "\n".join(one.text for one in text.paragraphs)
    return "\n".join(said) or whole


def pen_words(page: SheetHost) -> tuple[str, str]:
    """Say who has the pen, in a sentence and in short."""
    assert page.sheet is not None
    whole, short = page.tr("{name} has the pen"), page.tr("Pen: {name}")
    if page.sheet.pen == "owner":
        return whole.format(name=_owner(page)), short.format(name=_owner(page))
    coach = page.tr("The coach, beside them,")
    return whole.format(name=coach), short.format(name=page.tr("coach"))


def state_words(page: SheetHost) -> tuple[str, str]:
    """Say what stands in the way of writing, and what leads out of it; two times nothing if not."""
    assert page.sheet is not None
    if page.at_revision is not None:
        named = [one.name for one in _named(page) if one.revision == page.at_revision]
        if named:
            said = page.tr("This is the version “{name}”.").format(name=named[-1])
            return said, page.tr("Back to now")
        said = page.tr("This is revision {n}, as it stood when it was coached.")
        return said.format(n=page.at_revision), page.tr("Back to now")
    if page.compared is not None:
        said = page.tr("{before} compared with {after}: new is underlined, gone is struck through.")
        if page.compared.comparison.marked:
            said = page.tr(
                "{before} compared with {after}: new is underlined, gone is struck through, and"
                " dots stand under what is only bold, italic or a bullet now or was."
            )
        names = {"before": page.compared.before, "after": page.compared.after}
        return _sentence(said.format(**names)), page.tr("Back to now")
    if page.first_draft:
        return page.tr("This is the first draft."), page.tr("Back to now")
    if not page.may_write() and page.desk.recorder.store.writable:
        said = page.tr("{name} writes this sheet. You ask, in the margin.")
        return said.format(name=_owner(page)), page.tr("Writing for the owner, beside them")
    if page.sheet.pen == "coach":
        said = page.tr("You write for {name}, beside them.")
        return said.format(name=_owner(page)), page.tr("Give the pen back")
    if page.sheet.format and page.may_write() and not page.desk.formats.fits(page.sheet):
        said = page.tr(
            "The boxes this sheet came with did not fit its page. They are fitted to it."
        )
        return said, page.tr("Keep them so")
    return "", ""


def _named(page: SheetHost) -> tuple[NamedVersion, ...]:
    """Return the names that were given since, which an earlier state does not know."""
    assert page.sheet is not None
    try:
        return page.desk.sheets.get(page.sheet.id).versions
    except GembaError:
        return ()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _owner(page: SheetHost) -> str:
    assert page.sheet is not None
    return page.desk.people.name_of(page.sheet.owner_id) or page.tr("The owner")
