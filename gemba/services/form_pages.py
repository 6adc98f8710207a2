"""Pages of questions from the engine of a form, as the window and the paper show them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from gemba.domain.form_label import literal
from gemba.domain.form_moment import said_moment
from gemba.domain.form_plan import ACTS_AFTER
from gemba.domain.form_view import (
    FormChoice,
    FormHead,
    FormItem,
    FormMore,
    FormPage,
    FormQuestion,
)
from gemba.domain.form_words import plain_words
from gemba.forms.asking import (
    Asked,
    asked_now,
    head_of,
    kind_of,
    lines_of,
    may_drop,
    range_of,
    round_of,
)
from gemba.forms.definition import Where, place_of
from gemba.forms.form import Form
from gemba.forms.labels import NO_VALUE, choices_of, hint_of, label_of
from gemba.forms.looking import look
from gemba.forms.nodes import Node
from gemba.forms.patience import Patience
from gemba.forms.saving import path_of

NUMBERS: Final = frozenset({"decimal", "range"})
MOST_ON_PAGE: Final = 20
"""Questions of one group that stand on one page, those not asked now among them."""
MOST_STEPS: Final = 11
"""A range of so many steps is answered by buttons."""
_WHOLE: Final = re.compile(r"\s*[+-]?\d{1,18}\s*")
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)\s*")


def half_of(kind: str, text: str) -> bool:
    """Tell whether a text is no answer of a kind yet: half a number, a day that is none."""
    said = text.strip()
    if not said:
        return False
    if kind == "integer":
        return not _WHOLE.fullmatch(said)
    if kind in ("decimal", "range"):
        return not _NUMBER.fullmatch(said)
    readers = {
        "date": date.fromisoformat,
        "time": time.fromisoformat,
        "datetime": datetime.fromisoformat,
    }
    if kind not in readers:
        return False
    try:
        readers[kind](said)
    except ValueError:
        return True
    return False


class Pages:
    """Reads the pages of a form off its engine; ``everything`` also what is not asked now."""

    def __init__(self, engine: Form, *, everything: bool = False) -> None:
        self._engine = engine
        self._everything = everything
        self._quote = _to_come if everything else literal
        self._kinds: dict[Where, str] = {}
        self._seen: dict[str, FormQuestion] = {}

    def all(
        self, half: Mapping[str, str], photos: Mapping[str, str], near: str = ""
    ) -> tuple[FormPage, ...]:
        """Return every page as it stands now: each outer group or round, and what is outside.

        With the key of a page ``near`` only its questions are read anew, and those not seen yet;
        in a form of a thousand questions that is what one answer has time for.
        """
        gathered, patience = _Gathering(), Patience()
        for asked in asked_now(self._engine, everything=self._everything):
            patience.turn()
            if asked.part == "question":
                gathered.before_question(asked)
                path = path_of(self._engine.definition, asked.node)
                known = self._seen.get(path) if near and near != gathered.key else None
                self._seen[path] = known or self._question(asked, path, half, photos)
                gathered.items.append(self._seen[path])
            else:
                self._head(asked, gathered)
        gathered.close()
        return tuple(gathered.pages)

    def _head(self, asked: Asked, gathered: _Gathering) -> None:
        """Take the head of a group, a repeat or a round, or the place for one more round."""
        engine = self._engine
        words = head_of(engine, asked)
        outer = asked.depth == 0 or (asked.part in ("round", "more") and asked.depth == 1)
        if asked.part == "repeat":
            if outer:
                gathered.begin(words, "")
            return
        if asked.part == "more":
            repeat = _repeat_path(engine, asked)
            if outer and not (gathered.items and gathered.base.startswith(repeat)):
                gathered.begin(words, repeat)
            gathered.items.append(FormMore(key=repeat, label=words))
            return
        path = path_of(engine.definition, asked.node)
        number = round_of(asked.node) if asked.part == "round" else 0
        if outer:
            gathered.begin(words, path)
        if number or not outer:
            drop = number > 0 and may_drop(engine, asked)
            gathered.items.append(
                FormHead(key=path, label=words, depth=asked.depth, round=number, may_drop=drop)
            )

    def forget(self) -> None:
        """Read every question anew the next time: rounds have moved, or other words are shown."""
        self._seen.clear()

    def _question(
        self, asked: Asked, path: str, half: Mapping[str, str], photos: Mapping[str, str]
    ) -> FormQuestion:
        engine, node = self._engine, asked.node
        view = look(engine, node)
        kind = self.kind_at(node, asked)
        rule = engine.definition.rules.get(place_of(node))
        extra = rule.extra if rule is not None else {}
        least, most, step = range_of(asked) if kind == "range" else (math.nan,) * 3
        wrong, message = view.wrong, view.message
        if half.get(path):
            wrong, message = "half", ""
        elif kind == "range" and view.text and not _inside(view.text, least, most):
            wrong, message = "constraint", ""
        acting = set((extra.get("action") or ACTS_AFTER).split())
        made = FormQuestion(
            key=path,
            name=node.name,
            kind=kind,
            # Answers that a label quotes stay letters, whatever marks are in them.
            label=label_of(engine, node, self._quote),
            hint=hint_of(engine, node, self._quote),
            # Peers hold a whole decimal with its point; nobody typed that.
            answer=view.text.removesuffix(".0") if kind in NUMBERS else view.text,
            half=half.get(path, ""),
            photo=photos.get(path, ""),
            choices=(
                _steps(least, most, step)
                if kind == "range"
                else tuple(
                    FormChoice(name=name, label=label)
                    for name, label in choices_of(engine, node, self._quote)
                )
            ),
            required=view.required,
            read_only=view.read_only,
            wrong=wrong,
            message=message,
            lines=lines_of(asked),
            least=None if math.isnan(least) else least,
            most=None if math.isnan(most) else most,
            step=None if math.isnan(step) else step,
            appearance=asked.element.attribute("appearance") or "",
            may_act=kind in ("one", "several") and bool(acting & set(view.text.split())),
            standard_photo=extra.get("standard_photo", ""),
            score=extra.get("score", ""),
        )
        # What nobody can answer here would keep the form from being handed in for good.
        stuck = wrong == "required" and not made.can_answer
        return replace(made, wrong="", message="") if stuck else made

    def kind_at(self, node: Node, asked: Asked | None = None) -> str:
        """Return the kind of the question at a node."""
        where = place_of(node)
        if where not in self._kinds:
            if asked is None:
                control = self._engine.definition.controls.get(where)
                if control is None:
                    return "unsupported"
                asked = Asked("question", node, control.element, 0)
            kind = kind_of(self._engine, asked)
            if kind == "note":
                return kind  # one whose text comes later is read as text
            self._kinds[where] = kind
        return self._kinds[where]

    def words_for(self, node: Node, text: str) -> str:
        """Return an answer to a question as people read it."""
        labels = dict(choices_of(self._engine, node))
        if not labels:
            return said_moment(self.kind_at(node), text)
        return ", ".join(plain_words(labels.get(name) or name) for name in text.split())

    def where_of(self, node: Node) -> Where:
        """Return the place of a node in the form."""
        return () if node is self._engine.definition.primary else place_of(node)


class _Gathering:
    """Pages while they are gathered; a group of very many questions becomes several pages.

    Where one ends follows from the places of questions in the form, so that a question that comes
    or goes moves no other one to another page.
    """

    def __init__(self) -> None:
        self.pages: list[FormPage] = []
        self.items: list[FormItem] = []
        self.base = ""
        self._title = ""
        self._part = 0
        self._outside = 0
        self._places: dict[int, dict[Node, int]] = {}

    @property
    def key(self) -> str:
        """The key of the page that is gathered now."""
        base = self.base or f"#{self._outside}"
        return f"{base}~{self._part}" if self._part else base

    def begin(self, title: str, base: str) -> None:
        """End the page before, and begin another."""
        self.close()
        self._title, self.base, self._part = title, base, 0
        self._outside += not base

    def close(self) -> None:
        """End a page; one on which nothing stands is none."""
        if any(isinstance(one, FormQuestion | FormMore) for one in self.items):
            self.pages.append(FormPage(key=self.key, title=self._title, items=tuple(self.items)))
        self.items = []

    def before_question(self, asked: Asked) -> None:
        """Begin the page a question stands on, where it is another one."""
        if asked.depth == 0 and self.base:
            self.begin("", "")
        parent = asked.node.parent
        if parent is None or asked.depth > 1:
            return
        places = self._places.get(id(parent))
        if places is None:
            places = {one: number for number, one in enumerate(parent.elements())}
            self._places[id(parent)] = places
        part = places[asked.node] // MOST_ON_PAGE
        if part != self._part:
            self.close()
            self._part = part


def _to_come(text: str) -> str:
    """Return what a label quotes where the answer is still to be given by hand."""
    return literal(text) if text else NO_VALUE


def _inside(text: str, least: float, most: float) -> bool:
    """Tell whether a number lies in a range; what a range does not say holds for any."""
    try:
        number = float(text)
    except ValueError:
        return False
    return not (number < least or number > most)


def _steps(least: float, most: float, step: float) -> tuple[FormChoice, ...]:
    """Return each step of a short range as a choice; none for a long one."""
    if math.isnan(least + most + step) or step <= 0 or most < least:
        return ()
    count = math.floor((most - least) / step + 1e-9) + 1
    if count > MOST_STEPS:
        return ()
    shown = [f"{least + step * number:g}" for number in range(count)]
    return tuple(FormChoice(name=one, label=one) for one in shown)


def _repeat_path(engine: Form, asked: Asked) -> str:
    above = (
        "" if asked.node is engine.definition.primary else path_of(engine.definition, asked.node)
    )
    return f"{above}/{asked.where[-1]}"
