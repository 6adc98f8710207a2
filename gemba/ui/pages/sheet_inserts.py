"""What can be put into the box in focus, and the ways it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gemba.domain.box_fields import line_of, open_fields
from gemba.domain.field_names import name_of
from gemba.domain.figures.insertion import Offer, matching, offers, ranked
from gemba.ui.commands import Command
from gemba.ui.widgets import RowWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.ui.pages.sheet_desk import SheetHost

ICON: Final = "pencil-ruler"


class SheetInserts:
    """Offers figures to the menu, the slash in a box, and the palette, from one list.

    ``photo`` asks for a photo of a kind, "photo" from a file or "photo_of_walk".
    """

    def __init__(self, page: SheetHost, photo: Callable[[str], None]) -> None:
        self.page = page
        self._photo = photo
        self.all = offers(page.desk.words)

    def box(self) -> str:
        """The box that has the focus, or had it before a menu or the palette took it."""
        view = self.page.view
        return self.page.writing or view.current or view.held

    def ready(self) -> bool:
        """Tell whether something can be put into a box now."""
        return bool(self.box()) and self.page.may_write()

    def suggested(self) -> tuple[str, ...]:
        """The kinds the box in focus suggests, by the worksheet."""
        page = self.page
        if page.definition is None:
            return ()
        box_id = self.box()
        found = (box.figures for box in page.definition.boxes if box.id == box_id)
        return next(found, ())

    def offered(self) -> tuple[list[Offer], list[Offer]]:
        """Return what the box in focus suggests, and the rest."""
        return ranked(self.all, self.suggested())

    def rows(self, typed: str) -> list[RowWords]:
        """Return the rows for what was typed after a slash; what suits the box says so.

        Lines that belong in the box come after the figures that suit it, or that are named so.
        """
        suggested = self.suggested()
        here, line = self.page.tr("suits this box"), self.page.tr("a line to write")
        found = [
            RowWords(one.words, age=here if one.key in suggested else "", bold=False, key=one)
            for one in matching(self.all, suggested, typed)
        ]
        wanted = typed.casefold().split()
        lines = [
            RowWords(name_of(one), age=line, bold=False, key=one)
            for one in self.fields()
            if all(word in name_of(one).casefold() for word in wanted)
        ]
        first = len([one for one in found if one.age]) or (1 if found else 0)
        return [*found[:first], *lines, *found[first:]]

    def fields(self) -> tuple[str, ...]:
        """Return the lines that belong in the box in focus and are not begun yet."""
        page, box_id = self.page, self.box()
        if page.definition is None or page.sheet is None or not self.ready():
            return ()
        kinds = (box for box in page.definition.boxes if box.id == box_id)
        kind = next(kinds, None)
        return open_fields(kind, page.sheet.box(box_id).text) if kind is not None else ()

    def begin_line(self, box_id: str, field: str) -> None:
        """Open a box at a new line that one of its fields begins, with what is known of it."""
        page = self.page
        page.view.to_column(box_id)
        page.write(box_id)
        if page.sheet is not None and page.editor is not None and page.writing == box_id:
            page.editor.begin_line(line_of(field, page.sheet))

    def take(self, offer: Offer | str) -> None:
        """Put it into the box in focus, or ask for the photo first; a field begins a line."""
        page = self.page
        if isinstance(offer, str):
            self.begin_line(self.box(), offer)
        elif offer.make is not None:
            page.edits.add_figure(offer.make(page.desk.sheets.new_figure_id()))
        else:
            self._photo(offer.key)

    def commands(self, shown: Callable[[], bool]) -> list[Command]:
        """Return one command for each thing that can be put into a box, while a box is in focus.

        ``shown`` tells whether this page is the one that is seen.
        """
        return [
            Command(
                f"insert_{one.key}",
                self.page.desk.words("command.insert", what=one.words),
                lambda one=one: self.take(one),  # type: ignore[misc]
                "",
                ICON,
                enabled=lambda: shown() and self.ready(),
            )
            for one in self.all
        ]
