"""Promises: made at the gemba, kept by telling back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.link import BECAME
from gemba.domain.person import Person
from gemba.domain.promise import ANSWERS, Promise, ToldBack
from gemba.domain.today import OpenPromise
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.thread import Thread

if TYPE_CHECKING:
    from gemba.domain.recurrence import Recurrence


class Promises:
    """Makes promises, keeps the oldest in front, and records how they were told back."""

    def __init__(self, recorder: Recorder, people: People, thread: Thread) -> None:
        self._recorder = recorder
        self._people = people
        self._thread = thread

    def open(self) -> list[Promise]:
        """Return every promise not yet told back, the oldest first."""
        return self._recorder.find(Promise, told_back=None, order_by="made_on")

    def waiting(self) -> list[UUID]:
        """Return the ids of all promises not yet told back, the oldest first."""
        found = self._recorder.store.columns(Promise, ("id",), told_back=None, order_by="made_on")
        return [key for (key,) in found]

    def owed(self, keys: Sequence[UUID]) -> list[OpenPromise]:
        """Return these promises as a list shows them; one that cannot be read is left out."""
        found = self._recorder.find(Promise, id=list(keys))
        unnamed = {one.person_id for one in found if one.person_id and not one.raised_by}
        people = self._recorder.find(Person, id=list(unnamed)) if unnamed else []
        names = {one.id: one.name for one in people}
        return [
            OpenPromise(
                id=one.id,
                text=one.text,
                to=one.raised_by or (names.get(one.person_id, "") if one.person_id else ""),
                made_on=one.made_on,
                due_on=one.due_on,
                resolver=one.resolver,
                note=one.note,
            )
            for one in found
        ]

    def told(self, limit: int = 200) -> list[Promise]:
        """Return the promises told back, the newest answer first."""
        done = [p for p in self._recorder.find(Promise) if p.told_back]
        done.sort(key=lambda p: p.told_back.on if p.told_back else date.min, reverse=True)
        return done[:limit]

    def get(self, promise_id: UUID) -> Promise:
        """Return one promise; raises NotFound."""
        return self._recorder.get(Promise, promise_id)

    def settled(self, promise_id: UUID) -> Promise:
        """Return one promise with everything that was typed so far; raises NotFound."""
        self.settle()
        return self.get(promise_id)

    def make(
        self,
        text: str,
        *,
        to: str = "",
        made_on: date | None = None,
        due_on: date | None = None,
        resolver: str | None = None,
        note: str = "",
        category: str = "",
        area_id: UUID | None = None,
        at_place: str = "",
        photos_before: tuple[str, ...] = (),
        source: Ref | None = None,
    ) -> Promise:
        """Promise something to a person, who may stay unnamed, and tie it to its source.

        Without a ``resolver`` it is whoever promises it; who else may be said later. Raises
        BadInput for an empty promise.
        """
        if not text.strip():
            raise BadInput("promise.no_text")
        person = self._people.person(to) if to.strip() else None
        promise = Promise(
            id=self._recorder.new_id(),
            text=text.strip(),
            person_id=person.id if person else None,
            raised_by=person.name if person else "",
            made_on=made_on or self._recorder.today(),
            due_on=due_on,
            resolver=(self._recorder.who if resolver is None else resolver).strip(),
            note=note,
            category=category,
            area_id=area_id,
            at_place=at_place,
            photos_before=photos_before,
        )
        if source is None:
            return self._recorder.add(promise)
        # Together, as a kill in between would part the promise from what it was made for.
        became = self._thread.new_tie(BECAME, source, Ref("promise", promise.id))
        self._recorder.put(promise, became)
        return self._recorder.get(Promise, promise.id)

    def write(self, promise_id: UUID, *, visit: str, **fields: object) -> None:
        """Save fields of a promise while they are typed in."""
        self._recorder.change_soon(
            Promise,
            promise_id,
            lambda p: replace(p, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def change(self, promise_id: UUID, **fields: object) -> Promise:
        """Set fields of a promise and return it."""
        return self._recorder.change(
            Promise,
            promise_id,
            lambda p: replace(p, **fields),  # type: ignore[arg-type]
        )

    def stand(self, promise_id: UUID, state: str) -> Promise:
        """Say how the work on a promise stands: "open", "done" or "said no", from today on.

        What was written for another state stays. Raises BadInput for any other word.
        """
        if state not in ("open", "done", "said no"):
            raise BadInput("promise.bad_answer", answer=state)
        today = self._recorder.today()

        def edit(promise: Promise) -> Promise:
            done = promise.done_on or today if state == "done" else None
            no = promise.no_on or today if state == "said no" else None
            return replace(promise, done_on=done, no_on=no)

        return self._recorder.change(Promise, promise_id, edit)

    def add_photo(self, promise_id: UUID, after: bool, data: bytes, name: str = "") -> None:
        """Take in a photo of before or after, together with the promise; call beside the window.

        Raises GembaError when the data is no photo or is too large.
        """

        def attach(promise: Promise, photo: str) -> Promise:
            held = _photos(promise, after)
            return promise if photo in held else _with_photos(promise, after, (*held, photo))

        self._recorder.take_photo_onto(Promise, promise_id, data, name, attach)

    def remove_photo(self, promise_id: UUID, after: bool, photo: str) -> Promise:
        """Take a photo off a promise; the picture itself stays in the folder."""

        def detach(promise: Promise) -> Promise:
            left = tuple(one for one in _photos(promise, after) if one != photo)
            return _with_photos(promise, after, left)

        return self._recorder.change(Promise, promise_id, detach)

    def put_photo_back(self, promise_id: UUID, after: bool, photo: str) -> Promise:
        """Put a photo that was taken off a promise on it again, behind the others."""

        def attach(promise: Promise) -> Promise:
            others = tuple(one for one in _photos(promise, after) if one != photo)
            return _with_photos(promise, after, (*others, photo))

        return self._recorder.change(Promise, promise_id, attach)

    def like(self, promise: Promise) -> Recurrence:
        """Return what was seen before like this: at the same stop, of one kind, in like words."""
        from gemba.services.recurrences import like_promise

        return like_promise(self._recorder.store, self._thread, promise)

    def tell_back(
        self,
        promise_id: UUID,
        *,
        on: date,
        to: str,
        answer: str,
        said: str,
        they_said: str = "",
    ) -> Promise:
        """Close a promise by the answer that was given: done, or not now because.

        Raises BadInput when the answer is neither, or when nobody was told.
        """
        if answer not in ANSWERS:
            raise BadInput("promise.bad_answer", answer=answer)
        if not to.strip():
            raise BadInput("promise.told_nobody")
        if not said.strip():
            raise BadInput("promise.said_nothing")
        told = ToldBack(
            on=on,
            to=to.strip(),
            answer=answer,
            said=said.strip(),
            they_said=they_said.strip(),
        )
        return self._recorder.change(Promise, promise_id, lambda p: replace(p, told_back=told))

    def take_back_answer(self, promise_id: UUID) -> Promise:
        """Open a promise again, as undo of telling back."""
        return self._recorder.change(Promise, promise_id, lambda p: replace(p, told_back=None))

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()


def _photos(promise: Promise, after: bool) -> tuple[str, ...]:
    return promise.photos_after if after else promise.photos_before


def _with_photos(promise: Promise, after: bool, photos: tuple[str, ...]) -> Promise:
    if after:
        return replace(promise, photos_after=photos)
    return replace(promise, photos_before=photos)
