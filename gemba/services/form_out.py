"""Forms and answers on their way out: files of the standards, spreadsheets and paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.form import FormVersion
from gemba.services.form_answers import FormAnswers
from gemba.services.form_paper import FormPapers

if TYPE_CHECKING:
    from gemba.domain.form_plan import FormPlan
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.services.recorder import Recorder

FORM_ENDINGS: Final = (".pdf", ".xlsx", ".xml")
_BUILT: Final = ("xlsform", "built")


class FormOut:
    """Writes a form for other tools and for paper, and what was answered."""

    def __init__(
        self,
        recorder: Recorder,
        forms: Forms,
        people: People,
        words: Callable[..., str],
        read_photo: Callable[[str], bytes | None],
    ) -> None:
        self._forms = forms
        self.answers = FormAnswers(recorder, forms, people, words)
        self.papers = FormPapers(recorder, forms, people, words, read_photo)

    def form(self, form_id: UUID, ending: str) -> bytes:
        """Return a form itself: .xml its XForm, .xlsx its XLSForm, .pdf blank for paper.

        Raises BadInput for another ending, and for a form that has no XLSForm.
        """
        version = self._forms.newest(form_id)
        if ending == ".xml":
            return version.xform.encode("utf-8", "replace")
        if ending == ".pdf":
            return self.papers.blank(form_id)
        if ending == ".xlsx":
            return self._xlsform(version)
        raise BadInput("form_answers.ending", ending=ending)

    def _xlsform(self, version: FormVersion) -> bytes:
        source = base64.b64decode(version.source)
        if version.source_kind in _BUILT and source.startswith(b"PK"):
            return source
        plan = self._forms.plan_of(version)
        if plan is None:
            raise BadInput("form_answers.no_xlsform")
        return xlsform_of(plan)


def xlsform_of(plan: FormPlan) -> bytes:
    """Return a plan as an XLSForm that pyxform reads; raises BadInput for a text too long."""
    from gemba.forms.planning import tables_of
    from gemba.reports.xlsform import xlsform_bytes

    return xlsform_bytes(tables_of(plan))
