"""What stands in the form of a routine, as texts that a draft keeps, and back into the form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from gemba.ui.widgets import (
        Button,
        DateField,
        Field,
        NameField,
        Segmented,
        TextField,
        TimeField,
    )

FORM: Final = "form"
"""The one text of a draft: all fields as JSON, the empty ones too, so that a cleared one stays."""


class Form(Protocol):
    """The fields of a routine."""

    kind: Segmented
    cadence: Segmented
    at: TimeField
    days: list[Button]
    routes: dict[UUID, Button]

    def texts(self) -> dict[str, Field | TextField]:
        """The fields of words and minutes."""

    def names(self) -> dict[str, NameField]:
        """The fields of names."""

    def dates(self) -> dict[str, DateField]:
        """The fields of days."""


def drafted(form: Form) -> str:
    """Return everything that stands in a form."""
    texts = {name: field.text() for name, field in form.texts().items()}
    names = {name: field.value()[1] for name, field in form.names().items()}
    days = {name: _day(field) for name, field in form.dates().items()}
    chosen = next((key for key, one in form.routes.items() if one.isChecked()), "")
    said = {
        **texts,
        **names,
        **days,
        "at": _day(form.at),
        "kind": form.kind.value(),
        "cadence": form.cadence.value(),
        "weekdays": " ".join(str(n) for n, one in enumerate(form.days, 1) if one.isChecked()),
        "route": str(chosen),
    }
    return json.dumps(said, ensure_ascii=False)


def _day(field: DateField | TimeField) -> str:
    """Return what was read from a field, or what is typed there and not read yet."""
    held, typed = field.value(), field.line.text()
    return held.isoformat() if held is not None and typed == field.shown() else typed


def read_draft(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what a draft holds by the names of fields; nothing for one that cannot be read."""
    try:
        held = json.loads(texts.get(FORM, "") or "{}")
    except ValueError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {str(name): text for name, text in held.items() if isinstance(text, str)}


def put_draft(form: Form, held: Mapping[str, str]) -> None:
    """Put what a draft holds back into the form."""
    for name, field in form.texts().items():
        if name in held:
            field.set_text(held[name])
    for name, named in form.names().items():
        if name in held:
            named.set_value(None, held[name])
    for name, day in form.dates().items():
        if name in held:
            _put_day(day, held[name])
    if "at" in held:
        _put_time(form.at, held["at"])
    for name, choice in (("kind", form.kind), ("cadence", form.cadence)):
        if choice.offers(held.get(name, "")):
            choice.set_value(held[name])
    if "weekdays" in held:
        for number, button in enumerate(form.days, 1):
            button.setChecked(str(number) in held["weekdays"].split())
    if "route" in held:
        for key, button in form.routes.items():
            button.setChecked(str(key) == held["route"])


def _put_day(field: DateField, text: str) -> None:
    try:
        field.set_value(date.fromisoformat(text) if text else None)
    except ValueError:
        field.line.setText(text)
        field.read()


def _put_time(field: TimeField, text: str) -> None:
    try:
        field.set_value(time.fromisoformat(text) if text else None)
    except ValueError:
        field.line.setText(text)
        field.read()
