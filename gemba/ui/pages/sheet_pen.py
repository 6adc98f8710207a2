"""Who has the pen of the sheet that is shown, what that allows, and what the page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.ui.pages.sheet_told import pen_words, state_words

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost
    from gemba.ui.widgets import Notice


class SheetPen:
    """Hands the pen of a sheet on, and leads out of whatever stands in the way of writing."""

    def __init__(self, page: SheetHost, notice: Notice) -> None:
        self.page = page
        self._notice = notice
        notice.acted.connect(self._act)

    def may_write(self) -> bool:
        """Tell whether the boxes can be written in now."""
        page = self.page
        return (
            page.sheet is not None
            and page.is_now()
            and page.desk.recorder.store.writable
            and page.desk.sheets.may_write(page.sheet)
        )

    def may_ask(self) -> bool:
        """Tell whether the margin can be written in now."""
        return self.page.is_now() and self.page.desk.recorder.store.writable

    def say(self) -> None:
        """Say who has the pen, and what stands in the way of writing."""
        self.page.bar.say_pen(*pen_words(self.page))
        said, way_out = state_words(self.page)
        if said:
            self._notice.say(said, way_out)
        self._notice.setVisible(bool(said))

    def _act(self) -> None:
        """Take the way out that the notice offers."""
        page = self.page
        assert page.sheet is not None
        if not page.is_now():
            page.first_draft = False
            page.look_at()
            return
        page.stop_writing()
        if page.may_write() and page.sheet.pen == "owner":
            page.take(page.desk.formats.keep_fitted(page.sheet.id))
        else:
            self.hand("owner" if page.sheet.pen == "coach" else "coach")
        page.draw()
        page.read_again()

    def hand(self, to: str) -> None:
        """Give the pen on, after all that was written with it is handed over."""
        page = self.page
        assert page.sheet is not None
        page.close_drawer("figure")
        page.desk.recorder.settle()
        page.sheet = page.desk.sheets.give_pen(page.sheet.id, to)

    def keep_to_it(self) -> None:
        """Hand over and close what is open for writing, once the pen is with the owner again."""
        page = self.page
        if page.may_write():
            return
        if page.editor is not None and not page.editor.isReadOnly():
            page.stop_writing()
        page.close_drawer("figure")
