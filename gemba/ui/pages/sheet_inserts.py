"""What can be put into the box in focus, and the ways it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.figures.insertion import Offer, offers, ranked

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.ui.pages.sheet_desk import SheetHost


class SheetInserts:
    """Offers figures to the menu, the slash in a box, and the palette, from one list.

    ``photo`` asks for a photo of a kind, "photo" from a file or "photo_of_walk".
    """

    def __init__(self, page: SheetHost, photo: Callable[[str], None]) -> None:
        self.page = page
        self._photo = photo
        self.all = offers(page.desk.words)

    def suggested(self) -> tuple[str, ...]:
        """The kinds the box in focus suggests, by the worksheet."""
        page = self.page
        box_id = page.writing or page.view.current
        if page.definition is None:
            return ()
        found = (box.figures for box in page.definition.boxes if box.id == box_id)
        return next(found, ())

    def offered(self) -> tuple[list[Offer], list[Offer]]:
        """Return what the box in focus suggests, and the rest."""
        return ranked(self.all, self.suggested())

    def take(self, offer: Offer) -> None:
        """Put it into the box in focus, or ask for the photo first."""
        page = self.page
        if offer.make is not None:
            page.add_figure(offer.make(page.desk.sheets.new_figure_id()))
        else:
            self._photo(offer.key)
