"""Observation forms: kept with each of their versions, and answered in the version begun."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.form import Filling, Form, FormVersion
from gemba.domain.form_list import rows_of
from gemba.domain.form_plan import FormPlan
from gemba.domain.form_view import FormQuestion
from gemba.domain.form_words import plain_words
from gemba.domain.link import BECAME
from gemba.domain.observation import Observation
from gemba.domain.walk import Walk
from gemba.services.form_making import FormMaking, ReadyForm, of_bundled, plan_of_list
from gemba.services.text_file import decoded

if TYPE_CHECKING:
    from pathlib import Path

    from gemba.definitions.catalog import Catalog
    from gemba.domain.form_type import FormType
    from gemba.services.form_desk import FormDesk
    from gemba.services.form_scores import Scores
    from gemba.services.form_summary import FormSummary
    from gemba.services.people import People
    from gemba.services.promises import Promises
    from gemba.services.recorder import Recorder
    from gemba.services.thread import Thread

LARGEST_SOURCE: Final = 20_000_000
"""Bytes of an original file that are kept in the record of its version."""
_MOST_EARLIER: Final = 5


class Forms:
    """Keeps forms and their versions, begins and finds what is filled in."""

    def __init__(
        self,
        recorder: Recorder,
        people: People,
        catalog: Catalog,
        promises: Promises,
        thread: Thread,
        words: Callable[..., str],
    ) -> None:
        self._recorder = recorder
        self._people = people
        self._catalog = catalog
        self._promises = promises
        self._thread = thread
        self._words = words

    # Forms

    def all(self) -> list[Form]:
        """Return the forms in use, by title."""
        found = [one for one in self._recorder.find(Form) if one.archived_on is None]
        return sorted(found, key=lambda one: one.title.casefold())

    def get(self, form_id: UUID) -> Form:
        """Return one form; raises NotFound."""
        return self._recorder.get(Form, form_id)

    def bundled(self) -> list[FormType]:
        """Return the forms that come with Gemba, in the order they are offered."""
        return self._catalog.forms()

    def versions(self, form_id: UUID) -> list[FormVersion]:
        """Return the versions of a form, the newest first."""
        found = self._recorder.find(FormVersion, form_key=form_id)
        return sorted(found, key=lambda one: one.number, reverse=True)

    def newest(self, form_id: UUID) -> FormVersion:
        """Return the version in which a form is filled in from now on; raises BadInput for none."""
        return self.version(self._newest_id(form_id))

    def _newest_id(self, form_id: UUID) -> UUID:
        """Return which version is the newest, without reading the files of all of them."""
        columns = self._recorder.store.columns
        rows = columns(FormVersion, ("number", "id"), form_key=form_id)
        if not rows:
            raise BadInput("form.no_version")
        newest: UUID = max(rows)[1]
        return newest

    def version(self, version_id: UUID) -> FormVersion:
        """Return one version; raises NotFound."""
        return self._recorder.get(FormVersion, version_id)

    @cached_property
    def making(self) -> FormMaking:
        """Return what makes forms ready, beside the window where they are large."""
        return FormMaking(self._recorder.gate, self._words)

    def add_bundled(self, type_id: str) -> Form:
        """Take a form of Gemba's own into use, in its newest version; return it."""
        kind = self._catalog.form(type_id)
        ready = of_bundled(kind.plan(), type_id, kind.description)
        held = [one for one in self._recorder.find(Form) if one.bundled == type_id]
        if not held:
            return self.keep(ready)
        form = held[0]
        if form.archived_on is not None:
            form = self._recorder.change(Form, form.id, lambda one: replace(one, archived_on=None))
        newest = self.newest(form.id)
        if newest.xform != ready.xform and newest.source_kind == "bundled":
            return self.keep(ready, into=form.id)
        return form

    def preview_of_list(self, text: str, title: str) -> FormPlan:
        """Return the form a pasted list would become; raises BadInput."""
        return plan_of_list(rows_of(text), title)

    def from_list(self, text: str, title: str) -> Form:
        """Make a form of a plain list of one or two columns; raises BadInput."""
        return self.keep(self.making.of_list(text, title))

    def from_file(self, path: Path, *, into: UUID | None = None) -> Form:
        """Make a form of a file, or the next version of one; raises as FormMaking.of_file."""
        return self.keep(self.making.of_file(path), into=into)

    def keep_draft(self, draft: FormPlan, *, into: UUID | None = None) -> Form:
        """Keep what the builder made, as a form or as its next version; raises BadInput."""
        return self.keep(self.making.of_plan(draft), into=into)

    def keep(self, ready: ReadyForm, *, into: UUID | None = None) -> Form:
        """Keep a form that was made ready, or as the next version of the form ``into``.

        What the builder made may have another title. Slow for a large file, and safe to call
        beside the window. Raises BadInput without a title.
        """
        title = " ".join(ready.title.split())
        if not title:
            raise BadInput("form.no_title")
        if len(ready.source) > LARGEST_SOURCE:
            raise BadInput("data.too_large", file=ready.file_name or title)
        if into is None:
            form = Form(
                id=self._recorder.new_id(), title=title, about=ready.about, bundled=ready.bundled
            )
        else:
            form = self.get(into)
            if ready.source_kind == "built":
                form = replace(form, title=title)
        columns = self._recorder.store.columns
        numbers = [row[0] for row in columns(FormVersion, ("number",), form_key=form.id)]
        version = FormVersion(
            id=self._recorder.new_id(),
            form_key=form.id,
            title=form.title,
            number=max(numbers, default=0) + 1,
            made_at=self._recorder.now(),
            source_kind=ready.source_kind,
            file_name=ready.file_name,
            source_hash=sha256(ready.source).hexdigest() if ready.source else "",
            source=base64.b64encode(ready.source).decode("ascii"),
            xform=ready.xform,
            not_supported=ready.not_supported,
        )
        # Together, so that no form is ever there without a version.
        changed = into is None or form != self.get(into)
        self._recorder.put_beside(*((form,) if changed else ()), version)
        return self.get(form.id)

    def preview(self, draft: FormPlan) -> FormDesk:
        """Return a desk over a form that is being built; what is answered there is not kept.

        Raises BadInput that says what in the form does not work yet.
        """
        from gemba.forms.writing import xform_of
        from gemba.services.form_desk import FormDesk

        now, new = self._recorder.now(), self._recorder.new_id
        version = FormVersion(
            id=new(),
            form_key=new(),
            title=draft.title,
            number=1,
            made_at=now,
            source_kind="built",
            xform=xform_of(draft),
        )
        filling = Filling(
            id=new(),
            form_key=version.form_key,
            version_id=version.id,
            begun_on=now.date(),
            begun_at=now,
        )
        return FormDesk(self._recorder, filling, version, lambda _filling: [])

    def take_photo(self, data: bytes, name: str = "") -> str:
        """Take in a photo of how it should be; return its hash. Slow, call it beside the window."""
        return self._recorder.take_photo(data, name)

    def plan_text(self, plan: FormPlan) -> str:
        """Return a plan as text, to be kept while it is built."""
        from gemba.forms.planning import tables_of

        return json.dumps(tables_of(plan), ensure_ascii=False)

    def plan_from(self, text: str) -> FormPlan | None:
        """Return the plan of such a text, None where it cannot be read."""
        from gemba.forms.planning import plan_of

        try:
            return plan_of(json.loads(text))
        except (ValueError, TypeError, AttributeError, KeyError):
            return None

    # What is filled in

    def begin(
        self,
        form_id: UUID,
        *,
        walk: Walk | None = None,
        stop_id: str = "",
        place: str = "",
        area_id: UUID | None = None,
    ) -> Filling:
        """Begin to fill in a form, on a walk or alone, in its newest version.

        What was opened before and left without a word is begun again, so that none piles up.
        """
        now, newest = self._recorder.now(), self._newest_id(form_id)
        if walk is not None:
            stop = next((one for one in walk.stops if one.id == stop_id), None)
            place = place or (stop.place if stop is not None else "")
            area_id = area_id or walk.area_id
        walk_id = walk.id if walk is not None else None
        for one in self._recorder.find(Filling, version_id=newest, finished_at=None):
            there = (one.walk_id, one.stop_id, one.place, one.area_id)
            if one.untouched and there == (walk_id, stop_id, place, area_id):
                return self._recorder.change(
                    Filling,
                    one.id,
                    lambda held: replace(
                        held, begun_on=now.date(), begun_at=now, at_question="", caret=0
                    ),
                )
        return self._recorder.add(
            Filling(
                id=self._recorder.new_id(),
                form_key=form_id,
                version_id=newest,
                walk_id=walk_id,
                stop_id=stop_id,
                place=place,
                area_id=area_id,
                begun_on=now.date(),
                begun_at=now,
            )
        )

    def filling(self, filling_id: UUID) -> Filling:
        """Return what was filled in, as it is committed; raises NotFound."""
        self._recorder.settle()
        return self._recorder.get(Filling, filling_id)

    def fillings(self, form_id: UUID) -> list[Filling]:
        """Return everything that was filled in of a form, the newest first."""
        found = self._recorder.find(Filling, form_key=form_id)
        return sorted(found, key=lambda one: one.begun_at, reverse=True)

    def drafts(self) -> list[Filling]:
        """Return what is not handed in yet, the newest first; not what was opened only."""
        found = [one for one in self._recorder.find(Filling, finished_at=None) if not one.untouched]
        return sorted(found, key=lambda one: one.begun_at, reverse=True)

    def on_walk(self, walk_id: UUID) -> list[Filling]:
        """Return what was filled in on a walk, in the order it was begun."""
        found = self._recorder.find(Filling, walk_id=walk_id)
        return sorted(found, key=lambda one: one.begun_at)

    def title_of(self, filling: Filling) -> str:
        """Return the title of what is filled in; its form may lie in the bin."""
        columns = self._recorder.store.columns
        rows = columns(FormVersion, ("title",), id=filling.version_id)
        return str(rows[0][0]) if rows else ""

    def open(self, filling_id: UUID) -> FormDesk:
        """Return the desk at which a form is filled in; slow for large forms, call it beside."""
        from gemba.services.form_desk import FormDesk

        filling = self.filling(filling_id)
        return FormDesk(self._recorder, filling, self.version(filling.version_id), self.earlier)

    def earlier(self, filling: Filling) -> list[Filling]:
        """Return what was handed in of the same form at the same place before, the newest first.

        The same place is the stop of the same name, or where there is none the same area.
        """
        place = filling.place.strip().casefold()
        found = [
            one
            for one in self.fillings(filling.form_key)
            if one.finished
            and one.id != filling.id
            and one.begun_at <= filling.begun_at
            and (
                one.place.strip().casefold() == place
                if place
                else one.area_id == filling.area_id and not one.place.strip()
            )
        ]
        return found[:_MOST_EARLIER]

    @cached_property
    def scores(self) -> Scores:
        """Return what reads scores off answers."""
        from gemba.services.form_scores import Scores

        return Scores(self.version)

    def scores_of(self, filling: Filling) -> list[tuple[str, str]]:
        """Return what was scored, as words and number, in the order of the form."""
        from gemba.services.form_scores import said

        return [(words, said(value)) for words, value in self.scores.of(filling)]

    def summary(self, form_id: UUID) -> FormSummary:
        """Return all that the page of a form shows; slow for a large one, call it beside."""
        from gemba.services.form_summary import summary_of

        return summary_of(self._recorder, self.scores, form_id)

    def plan_of(self, version: FormVersion) -> FormPlan | None:
        """Return a version as the builder takes it; None for one that came as an XForm."""
        if version.source_kind == "bundled":
            form = self._recorder.find(Form, id=version.form_key)
            return self._catalog.form(form[0].bundled).plan() if form else None
        source = base64.b64decode(version.source)
        if version.source_kind == "list" and source:
            if source.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
                rows = self._recorder.gate.list_rows(source, version.file_name).get("rows")
                return plan_of_list(rows or [], version.title)
            return plan_of_list(rows_of(decoded(source, version.file_name)), version.title)
        if version.source_kind in ("xlsform", "built") and source:
            from gemba.forms.planning import plan_of

            return plan_of(self._recorder.gate.form(source, version.file_name)["tables"])
        return None

    def act(self, filling: Filling, question: FormQuestion, what: str) -> Ref:
        """Make a promise or an observation of an answer, tied to it; return what was made.

        It says the question and the answer, so that there is something to go on from.
        """
        words = f"{plain_words(question.label)} {question.words()}".strip()
        source = Ref("filling", filling.id)
        photos = (question.photo,) if question.photo else ()
        if what == "promise":
            promise = self._promises.make(
                words,
                area_id=filling.area_id,
                at_place=filling.place,
                photos_before=photos,
            )
            made = Ref("promise", promise.id)
        else:
            now = self._recorder.now()
            seen = self._recorder.find(Observation, walk_id=filling.walk_id)
            place = max((one.place for one in seen), default=0) + 1
            made = Ref("observation", self._recorder.new_id())
            self._recorder.put(
                Observation(
                    id=made.id,
                    walk_id=filling.walk_id,
                    stop_id=filling.stop_id,
                    place=place if filling.walk_id else 0,
                    seen_on=now.date(),
                    seen_at=now,
                    saw=words,
                    photos=photos,
                )
            )
        self._thread.tie(BECAME, source, made, from_part=question.key)
        return made

    def made_of(self, filling_id: UUID) -> dict[str, list[tuple[Ref, str]]]:
        """Return what was made of answers, by the key of the question: each with its words.

        What lies in the bin is left out.
        """
        found: dict[str, list[tuple[Ref, str]]] = {}
        for chip in self._thread.chips(Ref("filling", filling_id)):
            if chip.role == BECAME and chip.outward:
                found.setdefault(chip.own_part, []).append((chip.ref, chip.words))
        return found

    def set_place(self, filling_id: UUID, place: str, area: str) -> Filling:
        """Say where a form was filled in alone; the area is added where nobody named it before."""
        held = self._people.area(area) if area.strip() else None
        key = held.id if held is not None else None
        return self._recorder.change(
            Filling, filling_id, lambda one: replace(one, place=place.strip(), area_id=key)
        )

    def take_back(self, form_id: UUID) -> None:
        """Put the newest version of a form into the bin, and with its only one the form as well.

        A title that came with the version goes with it. Raises Refused where somebody has begun to
        fill it in.
        """
        newest = self._newest_id(form_id)
        begun = self._recorder.find(Filling, version_id=newest)
        if begun:
            raise Refused("bin.named", count=len(begun))
        gone = [Ref("form_version", newest)]
        columns = self._recorder.store.columns
        titles = sorted(columns(FormVersion, ("number", "title"), form_key=form_id))
        if len(titles) == 1:
            gone.append(Ref("form", form_id))
        self._recorder.remove(*gone)
        if len(titles) > 1 and titles[-1][1] == self.get(form_id).title != titles[-2][1]:
            before = str(titles[-2][1])
            self._recorder.change(Form, form_id, lambda one: replace(one, title=before))

    def remove(self, *refs: Ref) -> None:
        """Put forms or what was filled in into the bin."""
        self._recorder.remove(*refs)
