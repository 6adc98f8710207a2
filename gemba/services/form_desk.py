"""The desk at which one form is filled in: its pages as they stand, and what follows an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from gemba.domain.changes import Ref
from gemba.domain.form import Filling, FormAnswer, FormRounds, FormVersion
from gemba.domain.form_view import FormPage, FormQuestion
from gemba.forms.asking import languages_of
from gemba.forms.form import Form
from gemba.forms.nodes import Node
from gemba.forms.saving import State, node_at, path_of
from gemba.forms.scope import Surroundings
from gemba.services.form_pages import Pages, half_of

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from gemba.services.recorder import Recorder

PHOTO_ENDING = ".jpg"


def engine_of(
    version: FormVersion,
    filling: Filling | None,
    now: Callable[[], datetime],
    who: str = "",
    state: State | None = None,
) -> Form:
    """Return the engine of a version with the answers of a filling in it; raises FormulaError.

    ``state`` are other answers than those that were committed.
    """
    zone: tzinfo | None = now().tzinfo
    around = Surroundings(clock=now, properties={"username": who})
    if zone is not None:
        around = replace(around, zone=zone)
    if filling is None:
        return Form(version.xform, around)
    if filling.language:
        around = replace(around, language=filling.language)
    if state is None and (filling.answers or filling.rounds):
        state = State(
            {plain_key(one.id): one.text for one in filling.answers},
            {plain_key(one.id): one.withdrawn for one in filling.answers if one.withdrawn},
            {plain_key(one.id): one.number for one in filling.rounds},
        )
    return Form(version.xform, around, state)


def record_key(path: str) -> str:
    """Return a path as an answer's id: a dot would divide the journal's fields."""
    return path.replace(".", "%2E")


def plain_key(id: str) -> str:
    """Return the path of an answer's id."""
    return id.replace("%2E", ".")


class FormDesk:
    """Holds the engine of one filling; every answer is kept as it is given.

    ``earlier`` finds what was handed in at the same place before. Made beside the window for a
    large form, used on its thread.
    """

    def __init__(
        self,
        recorder: Recorder,
        filling: Filling,
        version: FormVersion,
        earlier: Callable[[Filling], list[Filling]],
    ) -> None:
        self._recorder = recorder
        self.filling = filling
        self.version = version
        self.engine = engine_of(version, filling, recorder.now, recorder.who)
        self._pages = Pages(self.engine)
        self._half = {plain_key(one.id): one.half for one in filling.answers if one.half}
        self._photos = {plain_key(one.id): one.photo for one in filling.answers if one.photo}
        self._cleared = {plain_key(one.id): "" for one in filling.answers if not one.text}
        self._earlier = earlier
        self._before = [(one, _texts(one)) for one in earlier(filling)]

    # What is shown

    @property
    def title(self) -> str:
        """The title of the form, in this version."""
        return self.version.title

    @property
    def languages(self) -> list[str]:
        """The languages of the form; none where it speaks one."""
        return languages_of(self.engine.definition)

    @property
    def language(self) -> str:
        """The language shown now."""
        return self.engine.around.language

    def pages(self, near: str = "") -> tuple[FormPage, ...]:
        """Return every page as it stands now; with the key of one only its questions anew."""
        return self._pages.all(self._half, self._photos, near)

    def missing(self) -> list[FormQuestion]:
        """Return the questions with something missing or out of limits, in their order."""
        return [one for page in self.pages() for one in page.wrong]

    def last_time(self, key: str) -> list[tuple[Filling, str]]:
        """Return what was answered to the same question at this place before, the newest first."""
        node = node_at(self.engine.definition, key)
        found = []
        for filling, texts in self._before:
            text = texts.get(key, "")
            if text and node is not None:
                found.append((filling, self._pages.words_for(node, text)))
        return found

    # What is answered

    def answer(self, key: str, text: str) -> bool:
        """Answer a question; tell whether it was taken as it was written.

        What is no answer of its kind, such as half a number, is kept beside it and said there.
        """
        node = self._node(key)
        kind = self._pages.kind_at(node)
        half = half_of(kind, text)
        if kind in ("decimal", "range"):
            text = text.replace(",", ".")
        if half:
            self._half[key] = text
            self.engine.answer(node, "")
        else:
            self._half.pop(key, None)
            self.engine.answer(node, text)
        if not text:
            self._cleared[key] = ""
        return not half

    def answer_photo(self, key: str, photo: str) -> None:
        """Answer a question with a photo by its hash, or take the photo away with nothing."""
        if photo:
            self._photos[key] = photo
        else:
            self._photos.pop(key, None)
        self.engine.answer(self._node(key), photo + PHOTO_ENDING if photo else "")
        self.keep()

    def add_photo(self, key: str, data: bytes, name: str = "") -> str:
        """Take in a photo and return its hash; slow, call it beside the window."""
        return self._recorder.take_photo(data, name)

    def add_round(self, key: str) -> str:
        """Add a round to a repeat and return its path."""
        made = self.try_round(key)
        self.keep()
        return made

    def try_round(self, key: str) -> str:
        """Add a round without keeping it, as in a preview."""
        above, _, name = key.rpartition("/")
        parent = self._node(above) if above else self.engine.definition.primary
        where = (*self._pages.where_of(parent), name)
        self._pages.forget()
        return path_of(self.engine.definition, self.engine.add_round(where, parent))

    def drop_round(self, key: str) -> Callable[[], None]:
        """Take a round away with its answers; return what brings everything back."""
        before = self.engine.state()
        beside = (dict(self._half), dict(self._photos), dict(self._cleared))
        self.engine.drop_round(self._node(key))
        self._pages.forget()
        self._move_up(key)
        self.keep()

        def bring_back() -> None:
            self._half, self._photos, self._cleared = (dict(one) for one in beside)
            recorder = self._recorder
            self.engine = engine_of(self.version, self.filling, recorder.now, recorder.who, before)
            self._pages = Pages(self.engine)
            self.keep()

        return bring_back

    def _move_up(self, key: str) -> None:
        """Let what was half typed, and photos, follow the rounds behind one that is gone."""
        stem, _, rest = key.rpartition("[")
        gone = int(rest.rstrip("]"))

        def moved(held: Mapping[str, str]) -> dict[str, str]:
            found: dict[str, str] = {}
            for path, text in held.items():
                if not path.startswith(f"{stem}["):
                    found[path] = text
                    continue
                number, _, tail = path[len(stem) + 1 :].partition("]")
                if int(number) != gone:
                    place = int(number) - (int(number) > gone)
                    found[f"{stem}[{place}]{tail}"] = text
            return found

        self._half, self._photos = moved(self._half), moved(self._photos)
        self._cleared = moved(self._cleared)

    def speak(self, language: str) -> None:
        """Show the form in another of its languages, also next time."""
        self.engine.speak(language)
        self._pages.forget()
        self._write(language=language)

    def keep(self, *, at: str = "", caret: int = 0, visit: str = "") -> None:
        """Commit what the form holds now, and at which question and letter it is left."""
        fields = self._kept()
        if at:
            fields |= {"at_question": at, "caret": caret}
        self._write(visit=visit, **fields)

    def note(self, key: str, caret: int) -> None:
        """Remember at which question and letter the form is left."""
        if (key, caret) != (self.filling.at_question, self.filling.caret):
            self._write(at_question=key, caret=caret)

    def moved_to(self, filling: Filling) -> None:
        """Take over where the form is filled in."""
        self.filling = replace(self.filling, place=filling.place, area_id=filling.area_id)
        self._before = [(one, _texts(one)) for one in self._earlier(self.filling)]

    def _write(self, *, visit: str = "", **fields: object) -> None:
        self.filling = replace(self.filling, **fields)  # type: ignore[arg-type]
        self._recorder.change_soon(
            Filling,
            self.filling.id,
            lambda one: replace(one, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(sorted(fields)),
        )

    def finish(self) -> list[FormQuestion]:
        """Hand the form in; where something is missing or out of limits, return that instead."""
        wrong = self.missing()
        if wrong:
            return wrong
        now = self._recorder.now()
        self.engine.finish()
        self.keep()
        self._recorder.settle()
        self.filling = self._recorder.change(
            Filling,
            self.filling.id,
            lambda one: replace(one, finished_at=now, at_question="", caret=0),
        )
        return []

    def take_up_again(self) -> None:
        """Make a draft again of what was handed in."""
        self._recorder.settle()
        self.filling = self._recorder.change(
            Filling, self.filling.id, lambda one: replace(one, finished_at=None)
        )

    @property
    def ref(self) -> Ref:
        """The filling, as a thread names it."""
        return Ref("filling", self.filling.id)

    def _node(self, key: str) -> Node:
        node = node_at(self.engine.definition, key)
        if node is None:
            raise KeyError(key)
        return node

    def _kept(self) -> dict[str, object]:
        """Return the fields of the record that hold what the engine holds."""
        state = self.engine.state()
        texts = {path: text for path, text in state.answers.items() if text}
        paths = dict.fromkeys((*texts, *self._half, *state.withdrawn))
        paths |= dict.fromkeys(path for path in self._cleared if path in state.answers)
        answers = tuple(
            FormAnswer(
                id=record_key(path),
                text=texts.get(path, ""),
                half=self._half.get(path, ""),
                photo=self._photos.get(path, ""),
                withdrawn=state.withdrawn.get(path, ""),
            )
            for path in paths
        )
        rounds = tuple(
            FormRounds(id=record_key(path), number=count) for path, count in state.rounds.items()
        )
        return {"answers": answers, "rounds": rounds}


def _texts(filling: Filling) -> dict[str, str]:
    return {plain_key(one.id): one.text for one in filling.answers}
