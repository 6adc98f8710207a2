"""Forms on paper: blank to be filled in by hand, filled in, and in the report of a walk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.form import Filling
from gemba.domain.form_view import FilledForm, FormChoice, FormPage
from gemba.domain.form_words import plain_words
from gemba.services.form_desk import engine_of, plain_key
from gemba.services.form_pages import Pages

if TYPE_CHECKING:
    from gemba.forms.form import Form
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.services.recorder import Recorder

_PATH: Final = r"((?:current\(\))?[\w./-]*/[\w./-]+)"
_EQUAL: Final = re.compile(rf"\s*{_PATH}\s*(!?=)\s*(?:'([^']*)'|\"([^\"]*)\")\s*")
_CHOSEN: Final = re.compile(rf"\s*selected\(\s*{_PATH}\s*,\s*'([^']*)'\s*\)\s*")
Labels = Mapping[str, tuple[str, tuple[FormChoice, ...]]]
ROUNDS_ON_PAPER: Final = 3
"""So many rounds of a repeat stand on a blank form."""


class FormPapers:
    """Draws forms; each in the version that was filled in."""

    def __init__(
        self,
        recorder: Recorder,
        forms: Forms,
        people: People,
        words: Callable[..., str],
        read_photo: Callable[[str], bytes | None],
    ) -> None:
        self._recorder = recorder
        self._read_photo = read_photo
        self._forms = forms
        self._people = people
        self._words = words

    def blank(self, form_id: UUID) -> bytes:
        """Return a form to be filled in by hand as PDF, in its newest version.

        Every question stands there; of one that is asked only sometimes it is said when.
        """
        from gemba.reports.form_paper import FormPaper, draw_form

        version = self._forms.newest(form_id)
        engine = engine_of(version, None, self._recorder.now)
        _open_rounds(engine)
        pages = Pages(engine, everything=True).all({}, {})
        facts = tuple((self._words(f"form_paper.{key}"), "") for key in ("place", "day", "by"))
        paper = FormPaper(
            title=version.title,
            about=self._about(form_id),
            facts=facts,
            pages=pages,
            only=tuple(self._only(engine, pages)),
            blank=True,
            foot=self._words("form_paper.version", number=version.number),
            author=self._recorder.who,
        )
        return draw_form(paper, photo=self._read_photo, words=self._words)

    def _about(self, form_id: UUID) -> str:
        found = [one for one in self._forms.all() if one.id == form_id]
        return found[0].about if found else ""

    def _only(self, engine: Form, pages: tuple[FormPage, ...]) -> Iterator[tuple[str, str]]:
        """Yield the key of each question that is asked only sometimes, and when."""
        rules = engine.definition.rules
        labels = {
            _bare(one.key): (plain_words(one.label) or one.name, one.choices)
            for page in pages
            for one in page.questions
        }
        for page in pages:
            for one in page.questions:
                rule = rules.get(tuple(_bare(one.key).strip("/").split("/")))
                formula = rule.formulas.get("relevant") if rule is not None else None
                if formula is None:
                    continue
                yield one.key, self._condition(formula.text, one.key, labels)

    def _condition(
        self, text: str, key: str, labels: Mapping[str, tuple[str, tuple[FormChoice, ...]]]
    ) -> str:
        match = _EQUAL.fullmatch(text) or _CHOSEN.fullmatch(text)
        asked = _whole(match[1], _bare(key)) if match else ""
        if match is None or asked not in labels:
            return self._words("form_paper.sometimes")
        label, choices = labels[asked]
        if match.re is _CHOSEN:
            value, key = match[2], "form_paper.only"
        else:
            value = match[3] if match[3] is not None else match[4]
            key = "form_paper.only_not" if match[2] == "!=" else "form_paper.only"
        if not value:
            return self._words("form_paper.only_answered", question=label) if "not" in key else ""
        said = next(
            (one.label for one in choices if one.name == value),
            value,
        )
        return self._words(key, question=label, answer=plain_words(said))

    def filled(self, filling_id: UUID) -> bytes:
        """Return what was filled in as PDF: the questions answered, each with its answer."""
        from gemba.reports.form_paper import FormPaper, draw_form

        filling = self._forms.filling(filling_id)
        version = self._forms.version(filling.version_id)
        paper = FormPaper(
            title=version.title,
            facts=tuple(self._facts(filling)),
            pages=self.pages(filling),
            foot=self._words("form_paper.version", number=version.number),
            author=self._recorder.who,
        )
        return draw_form(paper, photo=self._read_photo, words=self._words)

    def pages(self, filling: Filling) -> tuple[FormPage, ...]:
        """Return the pages of what was filled in."""
        version = self._forms.version(filling.version_id)
        engine = engine_of(version, filling, self._recorder.now)
        photos = {plain_key(one.id): one.photo for one in filling.answers if one.photo}
        return Pages(engine).all({}, photos)

    def _facts(self, filling: Filling) -> Iterator[tuple[str, str]]:
        words = self._words
        yield words("form_paper.day"), words("report.day", day=filling.begun_on)
        area = self._people.area_name(filling.area_id)
        where = ", ".join(dict.fromkeys(part for part in (filling.place, area) if part))
        if where:
            yield words("form_paper.place"), where
        if not filling.finished:
            yield words("form_paper.state"), words("form_paper.draft")
        yield from self._forms.scores_of(filling)

    def on_walk(self, walk_id: UUID) -> list[FilledForm]:
        """Return what was filled in on a walk, for its report; not what was opened only."""
        found = []
        for one in self._forms.on_walk(walk_id):
            if one.untouched:
                continue
            title = self._forms.title_of(one)
            if one.place:
                title = self._words("form_paper.at", title=title, place=one.place)
            if not one.finished:
                title = self._words("form_paper.title_draft", title=title)
            scores = tuple(self._forms.scores_of(one))
            found.append(FilledForm(title=title, pages=self.pages(one), scores=scores))
        return found


def _whole(path: str, at: str) -> str:
    """Return a path of a formula as it reads from the top; it may begin at the question."""
    if path.startswith("/"):
        return path
    steps = at.strip("/").split("/")
    for step in path.removeprefix("current()").strip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/" + "/".join(steps)


def _open_rounds(engine: Form) -> None:
    """Let there be rounds to fill in by hand: some of a repeat, and one of each inside those.

    As many as a formula counts already stay as many; how many an answer will say, nobody knows yet.
    """
    repeats = engine.definition.repeats
    counted = {where for where, count in repeats.items() if count is not None}
    for where in repeats:
        repeats[where] = None
    for where in sorted(repeats, key=len):
        inner = any(where[:length] in repeats for length in range(1, len(where)))
        for parent in list(engine.nodes(where[:-1])):
            rounds = sum(one.name == where[-1] for one in parent.elements())
            enough = inner or (where in counted and rounds > 0)
            for _ in range((1 if enough else ROUNDS_ON_PAPER) - rounds):
                engine.add_round(where, parent)


def _bare(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)
