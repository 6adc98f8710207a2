"""Answers on their way out: tables for spreadsheets, and the XML of XForms."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.form import Filling, FormVersion
from gemba.domain.form_moment import moment_of
from gemba.domain.form_table import AnswerTable, FormCell, csv_of
from gemba.domain.form_words import plain_words
from gemba.services.form_desk import engine_of

if TYPE_CHECKING:
    from datetime import datetime

    from gemba.forms.form import Form
    from gemba.forms.nodes import Node
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.services.recorder import Recorder

ENDINGS: Final = (".csv", ".xlsx", ".xml", ".zip", ".pdf")
_NO_NAME: Final = re.compile(r"[^\w .-]+")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Sheet:
    """A table while it is gathered: heads by the path of their question, rows by those paths."""

    name: str
    heads: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, FormCell]] = field(default_factory=list)


class FormAnswers:
    """Reads answers out of their versions; what was not asked stays out."""

    def __init__(
        self, recorder: Recorder, forms: Forms, people: People, words: Callable[..., str]
    ) -> None:
        self._recorder = recorder
        self._forms = forms
        self._people = people
        self._words = words

    def tables(self, form_id: UUID, *, labels: bool = False) -> list[AnswerTable]:
        """Return every answer to a form, drafts left out; slow where there are many.

        With ``labels`` questions and choices go by their words, else by their names.
        """
        sheets: dict[str, _Sheet] = {"": _Sheet(self._words("form_answers.sheet"))}
        for name in ("id", "begun", "handed_in", "place", "area", "version"):
            sheets[""].heads[f"#{name}"] = self._words(f"form_answers.{name}") if labels else name
        done = [one for one in self._forms.fillings(form_id) if one.finished]
        for filling in sorted(done, key=lambda one: one.begun_at):
            version = self._forms.version(filling.version_id)
            engine = engine_of(version, filling, self._recorder.now)
            self._gather(engine, filling, version, sheets, labels=labels)
        return [
            AnswerTable(
                name=sheet.name,
                heads=tuple(sheet.heads.values()),
                rows=tuple(tuple(row.get(key) for key in sheet.heads) for row in sheet.rows),
            )
            for sheet in sheets.values()
        ]

    def _gather(
        self,
        engine: Form,
        filling: Filling,
        version: FormVersion,
        sheets: dict[str, _Sheet],
        *,
        labels: bool,
    ) -> None:
        first: dict[str, FormCell] = {
            "#id": str(filling.id),
            "#begun": _instant(filling.begun_at, labels=labels),
            "#handed_in": _instant(filling.finished_at, labels=labels),
            "#place": filling.place,
            "#area": self._people.area_name(filling.area_id),
            "#version": float(version.number),
        }
        sheets[""].rows.append(first)
        rounds: dict[str, dict[str, FormCell]] = {}
        for leaf in leaves(engine):
            if leaf.repeat not in sheets:
                sheets[leaf.repeat] = self._sheet_of(leaf, sheets, labels=labels)
            sheet = sheets[leaf.repeat]
            if leaf.where not in sheet.heads:
                sheet.heads[leaf.where] = _unlike(leaf, sheet.heads.values(), labels=labels)
            row = first
            if leaf.repeat:
                key = "/".join((leaf.repeat, *map(str, leaf.rounds)))
                if key not in rounds:
                    numbers = {
                        f"#round{at}": float(number) for at, number in enumerate(leaf.rounds, 1)
                    }
                    rounds[key] = {"#id": str(filling.id), **numbers}
                    sheet.rows.append(rounds[key])
                row = rounds[key]
            row[leaf.where] = leaf.cell(labels=labels)

    def _sheet_of(self, leaf: Leaf, sheets: dict[str, _Sheet], *, labels: bool) -> _Sheet:
        made = _Sheet(_free(leaf.repeat.rpartition("/")[2], {one.name for one in sheets.values()}))
        made.heads["#id"] = self._words("form_answers.id") if labels else "id"
        for at in range(1, len(leaf.rounds) + 1):
            round_words = self._words("form_answers.round") if labels else "round"
            made.heads[f"#round{at}"] = round_words if at == 1 else f"{round_words} {at}"
        return made

    def csv(self, form_id: UUID, *, labels: bool = False) -> dict[str, bytes]:
        """Return a CSV file for each table by what its name ends with, "" for the form itself."""
        found: dict[str, bytes] = {}
        for number, table in enumerate(self.tables(form_id, labels=labels)):
            found[f"-{_NO_NAME.sub('_', table.name)}" if number else ""] = csv_of(table)
        return found

    def xlsx(self, form_id: UUID, *, labels: bool = False) -> bytes:
        """Return the tables as a workbook, a sheet each."""
        from gemba.reports.form_workbook import draw_answers

        title = self._forms.newest(form_id).title
        return draw_answers(self.tables(form_id, labels=labels), title=title)

    def xml(self, filling_id: UUID) -> bytes:
        """Return one filled-in form as the XML of an XForms instance."""
        filling = self._forms.filling(filling_id)
        version = self._forms.version(filling.version_id)
        engine = engine_of(version, filling, self._recorder.now)
        return (_HEAD + engine.instance_xml() + "\n").encode("utf-8", "replace")

    def xml_of_all(self, form_id: UUID) -> bytes:
        """Return everything handed in as a zip of instances; raises BadInput for nothing."""
        done = [one for one in self._forms.fillings(form_id) if one.finished]
        if not done:
            raise BadInput("form_answers.none")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in sorted(done, key=lambda one: one.begun_at):
                name = f"{one.begun_at:%Y-%m-%d-%H%M}-{one.id.hex[:8]}.xml"
                archive.writestr(zipfile.ZipInfo(name, _EARLIEST), self.xml(one.id))
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One place of an instance that holds an answer, and where it stands."""

    engine: Form
    node: Node
    where: str
    repeat: str
    rounds: tuple[int, ...]

    def head(self, *, labels: bool) -> str:
        """Return the words of its column."""
        from gemba.forms.labels import NO_VALUE, label_of

        # The head stands above many answers, so it quotes none of them.
        said = plain_words(label_of(self.engine, self.node, lambda _: NO_VALUE)) if labels else ""
        return " ".join(said.split()) or self.name

    @property
    def name(self) -> str:
        """The name of its question, with the groups around it."""
        inner = self.where.removeprefix(f"{self.repeat}/") if self.repeat else self.where
        return inner.strip("/").partition("/")[2] or inner.strip("/")

    def cell(self, *, labels: bool) -> FormCell:
        """Return its answer; numbers as numbers, nothing for what was not asked.

        With ``labels``, for people, days and times are such, by the clock where they were given.
        """
        from gemba.forms.definition import place_of
        from gemba.forms.labels import choices_of

        text = self.node.text() if self.engine.asked(self.node) else ""
        if not text:
            return None
        rule = self.engine.definition.rules.get(place_of(self.node))
        worked_out = rule is not None and "calculate" in rule.formulas
        if rule is not None and (worked_out or rule.kind in ("int", "integer", "decimal")):
            try:
                return float(text)
            except ValueError:
                return text
        if labels:
            known = dict(choices_of(self.engine, self.node))
            if known:
                names = text.split()
                return "; ".join(plain_words(known.get(name) or name) for name in names)
            return moment_of(rule.kind.casefold(), text) or text if rule is not None else text
        return text


def leaves(engine: Form) -> Iterator[Leaf]:
    """Return every place of an instance that holds an answer, notes left out."""
    from gemba.forms.asking import Asked, kind_of, round_of
    from gemba.forms.definition import place_of

    repeats = engine.definition.repeats
    waiting: list[tuple[Node, str, tuple[int, ...]]] = [(engine.top, "", ())]
    while waiting:
        node, repeat, rounds = waiting.pop()
        where = place_of(node)
        if where in repeats:
            repeat, rounds = "/" + "/".join(where), (*rounds, round_of(node))
        below = [one for one in node.elements() if one.local != "meta"]
        if below:
            waiting.extend((one, repeat, rounds) for one in reversed(below))
            continue
        if node is engine.top:
            continue
        control = engine.definition.controls.get(where)
        if control is not None:
            if control.kind in ("group", "repeat"):
                continue
            if kind_of(engine, Asked("question", node, control.element, 0)) == "note":
                continue
        yield Leaf(engine, node, "/" + "/".join(where), repeat, rounds)


def _instant(at: datetime | None, *, labels: bool) -> FormCell:
    """Return when something was done: for people by the clock, for tools with its offset too."""
    if at is None:
        return ""
    return at.replace(tzinfo=None, microsecond=0) if labels else at.isoformat(timespec="seconds")


def _unlike(leaf: Leaf, taken: Collection[str], *, labels: bool) -> str:
    """Return the head of a column; where another has the same words, with its name."""
    head = leaf.head(labels=labels)
    return f"{head} ({leaf.name})" if labels and head in taken else head


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name.casefold() in {one.casefold() for one in taken}:
        name, number = f"{wanted} {number}", number + 1
    return name
