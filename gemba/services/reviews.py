"""Looking over a sheet: the owner first, then the coach, each with marks and two sentences."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Final, Literal
from uuid import UUID

from gemba.domain.errors import BadInput, Refused
from gemba.domain.rubric import Rubric
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import MARKS, Review, ReviewMark
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets

By = Literal["owner", "coach"]
OWNER: Final = "owner"
COACH: Final = "coach"


class Reviews:
    """Keeps what owner and coach found; nothing is added up, and the coach never goes first."""

    def __init__(
        self, recorder: Recorder, people: People, sheets: Sheets, rubric: Callable[[], Rubric]
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._sheets = sheets
        self._rubric = rubric

    @property
    def rubric(self) -> Rubric:
        """Return what is looked for."""
        return self._rubric()

    def role(self, sheet: Sheet) -> By:
        """Return as whom the person at the keyboard looks at a sheet."""
        owner, me = self._people.name_of(sheet.owner_id), self._recorder.who
        return "owner" if not owner or not me or owner.casefold() == me.casefold() else "coach"

    def begin(self, sheet_id: UUID, by: By) -> Sheet:
        """Begin to look over a sheet; raises Refused for a coach before the owner is done."""
        self._recorder.settle()
        made = Review(id=self._sheets.new_figure_id(), by=by, on=self._recorder.today())

        def edit(sheet: Sheet) -> Sheet:
            if by == COACH and not done(current(sheet, OWNER)):
                raise Refused("review.owner_first")
            return replace(sheet, reviews=(*sheet.reviews, made))

        return self._recorder.change(Sheet, sheet_id, edit)

    def mark(
        self, sheet_id: UUID, review_id: str, section: str, item: str, mark: int | None
    ) -> Sheet:
        """Give an item another mark, and its reason stays; or none, and that goes with it.

        Raises BadInput for an unknown one.
        """
        known = {(one.id, it.id) for one in self.rubric.sections for it in one.items}
        if (section, item) not in known or (mark is not None and mark not in MARKS):
            raise BadInput("review.unknown", section=section, item=item)
        self._recorder.settle()

        def edit(review: Review) -> Review:
            old = mark_of(review, section, item)
            left = tuple(one for one in review.marks if one is not old)
            if mark is None:
                return replace(review, marks=left)
            why = old.why if old is not None else ""
            made = ReviewMark(section=section, item=item, mark=mark, why=why)
            return replace(review, marks=(*left, made))

        return self._recorder.change(Sheet, sheet_id, _in_review(review_id, edit))

    def write_why(
        self, sheet_id: UUID, review_id: str, section: str, item: str, why: str, *, visit: str
    ) -> Future[None]:
        """Save the reason of a mark while it is typed."""

        def edit(review: Review) -> Review:
            marks = tuple(
                replace(one, why=why) if (one.section, one.item) == (section, item) else one
                for one in review.marks
            )
            return replace(review, marks=marks)

        field = f"reviews.{review_id}.why.{section}.{item}"
        return self._recorder.change_soon(
            Sheet, sheet_id, _in_review(review_id, edit), visit=visit, field=field
        )

    def write(self, sheet_id: UUID, review_id: str, *, visit: str, **texts: str) -> Future[None]:
        """Save the strongest point or the one to work on while it is typed."""

        def edit(review: Review) -> Review:
            return replace(review, **texts)  # type: ignore[arg-type]

        field = f"reviews.{review_id}.{','.join(texts)}"
        return self._recorder.change_soon(
            Sheet, sheet_id, _in_review(review_id, edit), visit=visit, field=field
        )

    def put(self, sheet_id: UUID, reviews: tuple[Review, ...]) -> Sheet:
        """Keep these reviews and no others, as when one is taken away or brought back."""
        self._recorder.settle()
        return self._recorder.change(Sheet, sheet_id, lambda s: replace(s, reviews=reviews))


def _in_review(review_id: str, edit: Callable[[Review], Review]) -> Callable[[Sheet], Sheet]:
    def change(sheet: Sheet) -> Sheet:
        reviews = tuple(edit(one) if one.id == review_id else one for one in sheet.reviews)
        return replace(sheet, reviews=reviews)

    return change


def mark_of(review: Review | None, section: str, item: str) -> ReviewMark | None:
    """Return the mark of an item, None where it was not looked at.

    What a file from elsewhere gives and no rubric has, such as a mark of 7, is none.
    """
    marks = review.marks if review is not None else ()
    found = (one for one in marks if (one.section, one.item) == (section, item))
    return next((one for one in found if one.mark in MARKS), None)


def done(review: Review | None) -> bool:
    """Tell whether a review has come to its two sentences, which are asked last."""
    return review is not None and bool(review.strongest.strip() and review.work_on.strip())


def current(sheet: Sheet, by: str) -> Review | None:
    """Return the newest review of the owner, or the coach's that answers it; None before it."""
    owners = [n for n, one in enumerate(sheet.reviews) if one.by == OWNER]
    start = owners[-1] if owners else 0
    found = [one for one in sheet.reviews[start:] if one.by == by]
    return found[-1] if found else None


def shown_to(sheet: Sheet, by: str) -> tuple[Review, ...]:
    """Return the reviews that may be seen: the coach's stays closed until the owner is done."""
    if by == COACH or done(current(sheet, OWNER)):
        return sheet.reviews
    held = current(sheet, COACH)
    return tuple(one for one in sheet.reviews if one is not held)
