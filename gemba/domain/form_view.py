"""A form as it is filled in: pages of questions, with what was answered and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from gemba.domain.form_moment import said_moment
from gemba.domain.form_words import plain_words

ASKED_KINDS: Final = (
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "datetime",
    "one",
    "several",
    "rank",
    "range",
    "note",
    "acknowledge",
    "image",
    "unsupported",
)
"""Kinds of question; "unsupported" is kept and shown as not asked."""
CHOSEN: Final = frozenset({"one", "several", "rank"})
"""Kinds that are answered with what is offered, and with nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """One choice: its name in the answers and the words it goes by."""

    name: str
    label: str

    @property
    def words(self) -> str:
        """Return its words in one line without any marks, or its name where there are none."""
        return " ".join(plain_words(self.label).split()) or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion:
    """One question as it stands now.

    ``key`` is its path with the rounds, ``answer`` what the form holds and ``half`` what was typed
    that is no answer yet. ``wrong`` is "", "required", "constraint" or "half", and ``message`` the
    form's own words for it. ``may_act`` tells that the answer may open a promise or an
    observation.
    """

    key: str
    name: str
    kind: str
    label: str
    hint: str = ""
    answer: str = ""
    half: str = ""
    photo: str = ""
    choices: tuple[FormChoice, ...] = ()
    required: bool = False
    read_only: bool = False
    wrong: str = ""
    message: str = ""
    lines: int = 1
    least: float | None = None
    most: float | None = None
    step: float | None = None
    appearance: str = ""
    may_act: bool = False
    standard_photo: str = ""
    score: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names chosen, in the order they were chosen or ranked."""
        return tuple(self.answer.split())

    @property
    def plain(self) -> str:
        """Return its words without any marks, as assistive technology reads them."""
        return plain_words(self.label) or self.name

    @property
    def asks(self) -> bool:
        """Tell whether somebody answers it: a note or a calculated value is only read."""
        return self.kind not in ("note", "unsupported") and not self.read_only

    @property
    def can_answer(self) -> bool:
        """Tell whether there is a way to answer it now: something is asked, and choices offered."""
        return self.asks and (bool(self.choices) or self.kind not in CHOSEN)

    def words(self) -> str:
        """Return the answer as people read it: choices by their labels, without their marks."""
        if self.kind in CHOSEN:
            labels = {one.name: one.label for one in self.choices}
            return ", ".join(plain_words(labels.get(name) or name) for name in self.chosen)
        return said_moment(self.kind, self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHead:
    """The head of a group, a repeat or one of its rounds; ``depth`` counts the heads around it.

    ``round`` is 0 for a group. ``may_drop`` tells that this round may be taken away.
    """

    key: str
    label: str
    depth: int = 0
    round: int = 0
    may_drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMore:
    """Where another round of a repeat may be added; ``key`` is the path of the repeat."""

    key: str
    label: str


FormItem = FormQuestion | FormHead | FormMore


def as_read(item: FormItem) -> FormItem:
    """Return an item of a form that was handed in: it is read, and nothing in it changes."""
    if isinstance(item, FormQuestion):
        return replace(item, read_only=True)
    return replace(item, may_drop=False) if isinstance(item, FormHead) else item


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One page of a form: the questions of a group, or those that stand outside all groups."""

    key: str
    title: str
    items: tuple[FormItem, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """The questions alone."""
        return tuple(one for one in self.items if isinstance(one, FormQuestion))

    @property
    def wrong(self) -> tuple[FormQuestion, ...]:
        """The questions with something missing or out of limits."""
        return tuple(one for one in self.questions if one.wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What was filled in as a report shows it; ``scores`` are words and value of each."""

    title: str
    pages: tuple[FormPage, ...]
    scores: tuple[tuple[str, str], ...] = ()
