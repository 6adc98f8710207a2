"""The way through a form: which page or question one stands at, a page or a question at a time."""

from __future__ import annotations

from gemba.domain.form_view import FormPage, FormQuestion


class FormWay:
    """Where one stands; pages come and go with the answers, and the place stays within them."""

    def __init__(self) -> None:
        self.pages: tuple[FormPage, ...] = ()
        self.page = 0
        self.question = 0
        self.one_by_one = False

    def begin(self, pages: tuple[FormPage, ...]) -> None:
        """Stand at the beginning of a form."""
        self.pages = pages
        self.page = self.question = 0

    def show(self, pages: tuple[FormPage, ...]) -> None:
        """Take over the pages as they stand now."""
        self.pages = pages
        self.page = max(0, min(self.page, len(pages) - 1))
        flat = self.flat
        self.question = max(0, min(self.question, len(flat) - 1))
        if self.one_by_one and flat:
            self.page = flat[self.question][0]

    @property
    def flat(self) -> list[tuple[int, FormQuestion]]:
        """Every question with the number of its page."""
        return [(number, one) for number, page in enumerate(self.pages) for one in page.questions]

    @property
    def key(self) -> str:
        """The key of the page one stands at, "" where there is none."""
        return self.pages[self.page].key if self.page < len(self.pages) else ""

    @property
    def here(self) -> FormPage | None:
        """The page one stands at."""
        return self.pages[self.page] if self.page < len(self.pages) else None

    @property
    def asked(self) -> FormQuestion | None:
        """The question one stands at."""
        flat = self.flat
        return flat[self.question][1] if self.question < len(flat) else None

    @property
    def at(self) -> int:
        """How many pages, or questions, lie behind."""
        return self.question if self.one_by_one else self.page

    @property
    def count(self) -> int:
        """How many pages, or questions, there are."""
        return len(self.flat) if self.one_by_one else len(self.pages)

    def step(self, by: int) -> None:
        """Go on, or back; never beyond the ends."""
        if self.one_by_one:
            self.question = max(0, min(self.question + by, len(self.flat) - 1))
        else:
            self.page = max(0, min(self.page + by, len(self.pages) - 1))

    def to_page(self, number: int) -> None:
        """Go to a page and its first question."""
        self.page = number
        found = (at for at, (page, _one) in enumerate(self.flat) if page == number)
        self.question = next(found, 0)

    def to_question(self, key: str) -> bool:
        """Go to a question by its key, or to the first of a round; tell whether there is one."""
        for number, (page, one) in enumerate(self.flat):
            if one.key == key or one.key.startswith(f"{key}/"):
                self.page, self.question = page, number
                return True
        return False
