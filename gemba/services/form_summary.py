"""What is known of one form, gathered beside the window: its version, its answers, its scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.form import Filling, Form, FormVersion

if TYPE_CHECKING:
    from gemba.services.form_scores import Scores
    from gemba.services.recorder import Recorder

_HEAD = ("number", "made_at", "source_kind", "file_name", "not_supported")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """A version without its files, which may hold many megabytes."""

    number: int
    made_at: datetime
    source_kind: str
    file_name: str
    not_supported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What was filled in, with words and value of what was scored in it."""

    filling: Filling
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class FormSummary:
    """One form as its page shows it; what was filled in comes newest first."""

    form: Form
    version: VersionHead
    drafts: tuple[Scored, ...]
    done: tuple[Scored, ...]


def summary_of(recorder: Recorder, scores: Scores, form_id: UUID) -> FormSummary:
    """Return what is known of a form; every version that was answered is read for its scores.

    Slow for a large form, and safe to call beside the window. Raises NotFound.
    """
    form = recorder.get(Form, form_id)
    rows = recorder.store.columns(FormVersion, _HEAD, form_key=form_id)
    number, made_at, kind, name, left_out = max(rows, key=lambda row: row[0])
    found = sorted(
        recorder.find(Filling, form_key=form_id), key=lambda one: one.begun_at, reverse=True
    )
    held = [Scored(one, tuple(scores.of(one))) for one in found]
    return FormSummary(
        form,
        VersionHead(
            number=number,
            made_at=made_at,
            source_kind=kind,
            file_name=name,
            not_supported=tuple(left_out or ()),
        ),
        tuple(one for one in held if not (one.filling.finished or one.filling.untouched)),
        tuple(one for one in held if one.filling.finished),
    )
