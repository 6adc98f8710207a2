"""What can be put into the box in focus, and the ways it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
        """Return the rows for what was typed after a slash; what suits the box says so."""
        suggested = self.suggested()
        here = self.page.tr("suits this box")
        return [
            RowWords(one.words, age=here if one.key in suggested else "", bold=False, key=one)
            for one in matching(self.all, suggested, typed)
        ]

    def take(self, offer: Offer) -> None:
        """Put it into the box in focus, or ask for the photo first."""
        page = self.page
        if offer.make is not None:
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
