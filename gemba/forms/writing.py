"""A plan of a form as an XForm (ODK XForms 1.0), in the first of its languages.

What is simple is written here at once; a form in several languages goes the way of every XLSForm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gemba.domain.form_plan import CHOOSING, OUTER, FormPlan, Item, Texts
from gemba.forms.definition import GEMBA
from gemba.forms.trouble import FormulaError

_NAMED: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_TYPES: Final = {
    "integer": "int",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "datetime": "dateTime",
    "image": "binary",
    "range": "decimal",
    "rank": "odk:rank",
}
_CONTROLS: Final = {
    "select_one": "select1",
    "select_multiple": "select",
    "rank": "odk:rank",
    "image": "upload",
    "range": "range",
    "acknowledge": "trigger",
}
WRITTEN: Final = frozenset({"text", "note", "calculate", *_TYPES, *_CONTROLS, *OUTER})
"""The kinds of question that are written here."""
_OTHER: Final = "other"
_YES: Final = frozenset({"yes", "true", "true()"})
_SPACES: Final = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
    f' xmlns:orx="http://openrosa.org/xforms" xmlns:gemba="{GEMBA}"'
)


def is_simple(plan: FormPlan) -> bool:
    """Tell whether a plan can be written here without loss."""
    return len(plan.languages) < 2 and all(
        one.kind in WRITTEN and not one.choice_filter and not one.other for one in plan.every()
    )


def xform_of(plan: FormPlan) -> str:
    """Return the XForm of a plan.

    Raises FormulaError for a name that stands twice or is none, and for a formula that names a
    question there is not.
    """
    return _Writing(plan).whole()


class _Writing:
    def __init__(self, plan: FormPlan) -> None:
        self.plan = plan
        self.top = plan.form_id if _NAME.fullmatch(plan.form_id) else "data"
        self.paths: dict[str, str] = {}
        self.repeats: list[list[str]] = []  # the steps down to each
        self._place(plan.items, "/data")

    def _place(self, items: Sequence[Item], above: str) -> None:
        for one in items:
            if not _NAME.fullmatch(one.name):
                raise FormulaError("form.bad_name", name=one.name)
            if one.name in self.paths or one.name == "meta":
                raise FormulaError("form.same_name", name=one.name)
            self.paths[one.name] = f"{above}/{one.name}"
            if one.kind == "repeat":
                self.repeats.append(f"{above}/{one.name}".split("/"))
            if one.or_other:
                self.paths[f"{one.name}_other"] = f"{above}/{one.name}_other"
            self._place(one.items, f"{above}/{one.name}")

    def whole(self) -> str:
        plan = self.plan
        version = f" version={quoteattr(plan.version)}" if plan.version else ""
        return (
            f'<?xml version="1.0"?>\n<h:html {_SPACES}><h:head>'
            f"<h:title>{escape(plan.title)}</h:title><model>"
            f"<instance><data id={quoteattr(self.top)}{version}>"
            f"{''.join(self._instance(plan.items))}"
            "<orx:meta><orx:instanceID/></orx:meta></data></instance>"
            f"{''.join(self._binds(plan.items))}"
            '<bind nodeset="/data/orx:meta/orx:instanceID" type="string" jr:preload="uid"/>'
            f"</model></h:head><h:body>{''.join(self._body(plan.items))}</h:body></h:html>"
        )

    def _instance(self, items: Sequence[Item]) -> Iterator[str]:
        for one in items:
            if one.kind in OUTER:
                inside = "".join(self._instance(one.items))
                if one.kind == "repeat":
                    yield f'<{one.name} jr:template="">{inside}</{one.name}>'
                yield f"<{one.name}>{inside}</{one.name}>"
            elif one.default:
                yield f"<{one.name}>{escape(one.default)}</{one.name}>"
            else:
                yield f"<{one.name}/>"
            if one.or_other:
                yield f"<{one.name}_other/>"

    def _binds(self, items: Sequence[Item]) -> Iterator[str]:
        for one in items:
            rules = [f'nodeset="{self.paths[one.name]}"']
            if one.kind not in OUTER:
                rules.append(f'type="{_TYPES.get(one.kind, "string")}"')
            read_only = one.read_only or ("yes" if one.kind == "note" else "")
            for rule, text in (
                ("relevant", one.relevant),
                ("constraint", one.constraint),
                ("calculate", one.calculation),
                ("required", one.required),
                ("readonly", read_only),
            ):
                text = "true()" if text.strip().casefold() in _YES else text
                if text.strip():
                    rules.append(f"{rule}={quoteattr(self._formula(text, one))}")
            for rule, text in (
                ("jr:constraintMsg", _first(one.constraint_messages)),
                ("jr:requiredMsg", _first(one.required_messages)),
                ("gemba:action", one.action),
                ("gemba:score", one.score),
                ("gemba:standard_photo", one.standard_photo),
            ):
                if text:
                    rules.append(f"{rule}={quoteattr(text)}")
            yield f"<bind {' '.join(rules)}/>"
            if one.or_other:
                shown = f"selected(../{one.name}, '{_OTHER}')"
                path = self.paths[f"{one.name}_other"]
                yield f'<bind nodeset="{path}" type="string" relevant={quoteattr(shown)}/>'
            yield from self._binds(one.items)

    def _formula(self, text: str, one: Item) -> str:
        def path(match: re.Match[str]) -> str:
            found = self._reference(match[1], one)
            if not found:
                raise FormulaError("form.no_such_question", name=match[1], question=one.name)
            return found

        return _NAMED.sub(path, text.strip())

    def _reference(self, name: str, one: Item) -> str:
        """Return the path from an item to a question, "" where there is none.

        Inside a repeat it stays in the round, as the path of an XLSForm does.
        """
        if name not in self.paths:
            return ""
        target, here = self.paths[name].split("/"), self.paths[one.name].split("/")
        shared = [
            len(repeat)
            for repeat in self.repeats
            if len(repeat) < min(len(target), len(here))
            and target[: len(repeat)] == here[: len(repeat)] == repeat
        ]
        if not shared:
            return self.paths[name]
        deepest = max(shared)
        return "/".join(["current()", *[".."] * (len(here) - deepest), *target[deepest:]])

    def _body(self, items: Sequence[Item]) -> Iterator[str]:
        for one in items:
            path = self.paths[one.name]
            label = self._said("label", _first(one.labels), one)
            if one.kind == "group":
                yield f'<group ref="{path}">{label}{"".join(self._body(one.items))}</group>'
            elif one.kind == "repeat":
                inside = "".join(self._body(one.items))
                count = ""
                if one.count.strip():
                    count = f" jr:count={quoteattr(self._formula(one.count, one))}"
                yield (
                    f'<group ref="{path}">{label}'
                    f'<repeat nodeset="{path}"{count}>{inside}</repeat></group>'
                )
            elif one.kind != "calculate":
                yield self._control(one, path)
                if one.or_other:
                    other = self.paths[f"{one.name}_other"]
                    words = self._said("label", "Which?", one)
                    yield f'<input ref="{other}">{words}</input>'

    def _control(self, one: Item, path: str) -> str:
        name = _CONTROLS.get(one.kind, "input")
        more = f" appearance={quoteattr(one.appearance)}" if one.appearance else ""
        if one.kind == "image":
            more += ' mediatype="image/*"'
        if one.kind == "range":
            for part in one.parameters.replace(",", " ").split():
                key, _, number = part.partition("=")
                if key in ("start", "end", "step"):
                    more += f" {key}={quoteattr(number)}"
        words = self._said("label", _first(one.labels), one)
        words += self._said("hint", _first(one.hints), one)
        items = ""
        if one.kind in CHOOSING:
            items = "".join(
                f"<item>{self._said('label', _first(choice.labels) or choice.name, one)}"
                f"<value>{escape(choice.name)}</value></item>"
                for choice in self.plan.lists.get(one.list_name, ())
            )
            if one.or_other:
                items += f"<item><label>Other</label><value>{_OTHER}</value></item>"
        return f'<{name} ref="{path}"{more}>{words}{items}</{name}>'

    def _said(self, tag: str, words: str, one: Item) -> str:
        """Return words with the answers they quote as outputs; nothing for none."""
        if not words:
            return ""
        parts: list[str] = []
        end = 0
        for match in _NAMED.finditer(words):
            path = self._reference(match[1], one)
            if path:
                parts.append(escape(words[end : match.start()]))
                parts.append(f'<output value="{path}"/>')
                end = match.end()
        parts.append(escape(words[end:]))
        return f"<{tag}>{''.join(parts)}</{tag}>"


def _first(texts: Texts) -> str:
    return texts[0] if texts else ""
