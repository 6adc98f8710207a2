"""What can be put into the box in focus, and the ways it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.figures.insertion import PHOTO, PHOTO_OF_WALK, Offer, offers, ranked

if TYPE_CHECKING:
    from gemba.ui.pages.sheet import SheetPage


class SheetInserts:
    """Offers figures to the menu, the slash in a box, and the palette, from one list."""

    def __init__(self, page: SheetPage) -> None:
        self.page = page
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
        elif offer.key == PHOTO:
            page.drawers.choose_photo()
        elif offer.key == PHOTO_OF_WALK:
            page.drawers.open("seen")
