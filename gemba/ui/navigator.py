"""Going from record to record: which page opens what, and what the window says about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError, NotFound
from gemba.domain.titles import first_words

if TYPE_CHECKING:
    from gemba.services.workspace import Workspace
    from gemba.ui.widgets.saying import Saying
    from gemba.ui.window import MainWindow


class Navigator:
    """The window as pages see it (see go.py)."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Callable[[], Workspace],
        words: Callable[..., str],
        saying: Saying,
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._words = words
        self._saying = saying
        self._trouble = ""
        self._pages_since = 0
        window.page_shown.connect(lambda _key: self._moved_on())
        # What a page says while it is left or opened stays; what was said on it goes with it.
        window.page_left.connect(saying.clear)

    def to(self, place: str, **what: object) -> None:
        """Open a place."""
        try:
            self._window.show_page(place, **what)
        except Damaged as error:
            self._to_damaged(error)

    def open(self, ref: Ref, part: str = "") -> None:
        """Open the page of a record, at one of its parts."""
        try:
            # Every kind of record comes with it: not before the first picture.
            from gemba.ui.page_of import page_of

            page, what = page_of(self._workspace(), ref, part)
            self.to(page, **what)
        except Damaged as error:
            self._to_damaged(error)
        except GembaError as error:
            self.trouble(error)

    def _to_damaged(self, error: Damaged) -> None:
        """Show what can be done about a record that the disk altered, instead of its page."""
        kind, key = error.values.get("kind"), error.values.get("id")
        if error.key != "store.damaged" or not isinstance(key, UUID):
            raise error
        self._window.show_page("hurt", refs=(Ref(str(kind), key),))

    def back(self) -> None:
        """Return to where the leader came from."""
        self._window.go_back()

    def throw_away(self, ref: Ref, *, listed: bool = False) -> None:
        """Put a record into the bin with what hangs on it, and offer Undo.

        Its own page is left; ``listed`` is for a row of a list, which stays.
        """
        work = self._workspace()
        try:
            why = work.bin.may_go(ref)
            record = work.thread.record(ref)
            if why is not None or record is None:
                self.trouble(why or NotFound("store.not_found", kind=ref.kind, id=ref.id))
                return
            if not listed:
                # First away from its page, which would have nothing to show.
                self._window.leave_page()
                self._window.leave_behind((ref.id, ref))
            work.bin.remove(ref)
        except GembaError as error:
            self.trouble(error)
            return
        from gemba.domain.record_titles import title_of

        words = first_words(title_of(record))
        sentence = self._words("bin.deleted", words=words) if words else self._words("bin.done")
        self.say(sentence, lambda: self._bring_back(ref, listed))

    def _bring_back(self, ref: Ref, listed: bool) -> None:
        try:
            self._workspace().bin.restore(ref)
        except GembaError as error:
            self.trouble(error)
            return
        if not listed:
            self.open(ref)

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Show a quiet line that stays until the next one, with Undo where there is one."""
        self._saying.say(sentence, undo)

    def unsay(self) -> None:
        """Take away a line that offers Undo, once something else would be undone by it."""
        if self._saying.can_undo():
            self._saying.clear()

    def trouble(self, error: GembaError) -> None:
        """Say in the window's banner what went wrong; what a banner offers is not covered by it."""
        banner, words = self._window.banner, self._words(error.key, **error.values)
        if banner.isVisible() and banner.link.text():
            # While the disk refuses, the way to a copy elsewhere must stay in sight.
            self.say(words)
            return
        self._trouble = words
        self._pages_since = 0
        self._window.show_banner(self._trouble)

    def _moved_on(self) -> None:
        """Let a trouble go once the leader has moved on from the page it led to."""
        self._pages_since += 1
        if self._trouble and self._pages_since > 1:
            if self._window.banner.words.text() == self._trouble:
                self._window.show_banner("")
            self._trouble = ""
