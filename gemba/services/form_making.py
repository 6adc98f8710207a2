"""Forms made ready to be kept: from a list, a file or the builder; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import BadInput
from gemba.domain.form_list import checked_rows, rows_of
from gemba.domain.form_plan import FormPlan, Item
from gemba.domain.form_type import note_behind

if TYPE_CHECKING:
    from gemba.domain.form_import import Remark
    from gemba.services.gate import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyForm:
    """A form that can be filled in, with the file it came in and what of that is not asked."""

    title: str
    xform: str
    source_kind: str
    file_name: str = ""
    source: bytes = b""
    not_supported: tuple[str, ...] = ()
    about: str = ""
    bundled: str = ""


_LONGEST: Final = 90
"""Letters of a question that are shown before it comes in."""


@dataclass(frozen=True, slots=True)
class ComingForm:
    """A form that would come in: all of it, and the questions it would ask first, in words."""

    ready: ReadyForm
    questions: tuple[str, ...]


class FormMaking:
    """Makes forms ready; slow for large ones, and safe to call beside the window."""

    def __init__(self, gate: Gate, words: Callable[..., str]) -> None:
        self._gate = gate
        self._words = words

    def of_list(self, text: str, title: str) -> ReadyForm:
        """Return a plain list of one or two columns as a form; raises BadInput."""
        plan = plan_of_list(rows_of(text), title)
        return _of_plan(plan, "list", source=text.encode())

    def of_file(self, path: Path) -> ReadyForm:
        """Return the form in a file: XLSForm, XForm, or a plain list in Excel, CSV or text.

        Its kind is told by what is in it. Raises BadInput that says what is wrong and where,
        GembaError for a file that cannot be read.
        """
        from gemba.services.form_reading import read

        found = read(self._gate, path)
        if found.rows is not None:
            plan = plan_of_list(found.rows, found.title)
            return _of_plan(plan, "list", source=found.source, file_name=path.name)
        checked(found.xform)
        return ReadyForm(
            title=found.title,
            xform=found.xform,
            source_kind=found.kind,
            file_name=path.name,
            source=found.source,
            not_supported=tuple(self._said(one) for one in found.unsupported),
        )

    def look(self, path: Path) -> ComingForm:
        """Return what a file would become; nothing is kept. Raises what of_file raises."""
        from gemba.domain.form_words import plain_words
        from gemba.domain.titles import first_words
        from gemba.forms.form import Form as Engine
        from gemba.forms.scope import Surroundings
        from gemba.services.form_pages import Pages

        ready = self.of_file(path)
        pages = Pages(Engine(ready.xform, Surroundings()), everything=True).all({}, {})
        every = (one for page in pages for one in page.questions)
        asked = (one for one in every if one.kind != "unsupported")
        # The line for a note behind each yes or no of a list is no question of its own.
        told = (one for one in asked if ready.source_kind != "list" or not is_note(one.name))
        words = (first_words(plain_words(one.label), _LONGEST) or one.name for one in told)
        return ComingForm(ready, tuple(words))

    def of_plan(self, plan: FormPlan) -> ReadyForm:
        """Return what the builder made, also as an XLSForm; raises BadInput.

        A form in several languages is read back from that.
        """
        from gemba.forms.planning import tables_of
        from gemba.forms.writing import is_simple
        from gemba.reports.xlsform import xlsform_bytes
        from gemba.services.form_files import read_tables

        if not any(plan.every()):
            raise BadInput("form.empty_list")
        if not plan.title.strip():
            raise BadInput("form.no_title")
        tables = tables_of(plan)
        source = xlsform_bytes(tables)
        if is_simple(plan):
            return _of_plan(plan, "built", source=source, file_name="form.xlsx")
        found = read_tables(self._gate, tables, plan.title)
        checked(found.xml)
        return ReadyForm(
            title=plan.title,
            xform=found.xml,
            source_kind="built",
            file_name="form.xlsx",
            source=source,
            not_supported=tuple(self._said(one) for one in found.unsupported),
        )

    def _said(self, remark: Remark) -> str:
        sentence = self._words(remark.key)
        return f"{remark.name}: {sentence}" if remark.name else sentence


def is_note(name: str) -> bool:
    """Tell whether a question of a list is the line for a note behind another one."""
    return name.endswith("_note")


def of_bundled(plan: FormPlan, type_id: str, about: str) -> ReadyForm:
    """Return a form of Gemba's own."""
    return replace(_of_plan(plan, "bundled"), bundled=type_id, about=about)


def _of_plan(
    plan: FormPlan, source_kind: str, *, source: bytes = b"", file_name: str = ""
) -> ReadyForm:
    from gemba.forms.writing import xform_of

    xform = xform_of(plan)
    checked(xform)
    return ReadyForm(
        title=plan.title,
        xform=xform,
        source_kind=source_kind,
        source=source,
        file_name=file_name,
    )


def plan_of_list(rows: Sequence[Sequence[str]], title: str) -> FormPlan:
    """Return a plain list as a form: each yes or no has a line for a note behind it.

    Raises BadInput for a list without a question, and for one that is too long.
    """
    from gemba.forms.plain_lists import YES_NO, plain_plan

    plan = plain_plan(checked_rows(rows), title)
    taken = {one.name for one in plan.every()}

    def with_notes(items: tuple[Item, ...]) -> tuple[Item, ...]:
        found: list[Item] = []
        for one in items:
            if one.list_name == YES_NO:
                name, number = f"{one.name}_note", 2
                while name in taken:
                    name, number = f"{one.name}_note_{number}", number + 1
                taken.add(name)
                found += [one, note_behind(one, name)]
            else:
                found.append(replace(one, items=with_notes(one.items)) if one.items else one)
        return tuple(found)

    return plan.with_items(with_notes(plan.items))


def checked(xform: str) -> None:
    """Make sure that an XForm can be filled in; raises BadInput, for circles with their path."""
    from gemba.forms.asking import asked_now
    from gemba.forms.form import Form as Engine
    from gemba.forms.scope import Surroundings

    engine = Engine(xform, Surroundings())
    list(asked_now(engine))
