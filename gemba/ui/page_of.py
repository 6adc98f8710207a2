"""Which page opens what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.development import Evidence, Goal, MentorPair, PersonSkill
from gemba.domain.observation import Observation
from gemba.domain.routine import Keeping
from gemba.domain.session import QuestionScript
from gemba.domain.sheet import MarginNote

if TYPE_CHECKING:
    from gemba.services.workspace import Workspace

Page = tuple[str, dict[str, object]]

_PAGES = {
    "person": ("learner", "learner"),
    "promise": ("promise", "promise"),
    "storyboard": ("learner", "board"),
    "experiment": ("learner", "experiment"),
    "sheet": ("sheet", "sheet"),
    "second_coach": ("second coach", "watched"),
    "asked_question": ("question log", "asked"),
    "routine": ("routines", "routine"),
    "recognition": ("thanks", "recognition"),
    "reflection": ("thanks", "reflection"),
    "session": ("session", "session"),
    "form": ("form", "form"),
    "filling": ("fill", "filling"),
}
_GROWING: Final[dict[str, type[PersonSkill | Goal | Evidence | MentorPair]]] = {
    "skill": PersonSkill,
    "goal": Goal,
    "evidence": Evidence,
    "mentor_pair": MentorPair,
}


def page_of(workspace: Workspace, ref: Ref, part: str = "") -> Page:
    """Return the page that opens a record at one of its parts, and what it is handed.

    Raises NotFound or Damaged for a record that cannot be read.
    """
    if ref.kind == "sheet":
        return "sheet", {"sheet": ref.id, "box": part, "thread": bool(part)}
    if ref.kind in ("route", "draw"):
        return "coverage", {}
    if ref.kind in _PAGES:
        page, name = _PAGES[ref.kind]
        return page, {name: ref.id}
    if ref.kind in _GROWING:
        record = workspace.recorder.get(_GROWING[ref.kind], ref.id)
        return "development", {"learner": record.learner_id}
    return _read(workspace, ref)


def _read(workspace: Workspace, ref: Ref) -> Page:
    """Return the page of a record that has to be read to know it."""
    get = workspace.recorder.get
    if ref.kind == "talk":
        kind = get(Talk, ref.id).kind
        return {"cycle": "cycle", "sheet talk": "sheet"}.get(kind, "talk"), {"talk": ref.id}
    if ref.kind == "margin_note":
        note = get(MarginNote, ref.id)
        return "sheet", {"sheet": note.sheet_id, "box": note.box}
    if ref.kind == "observation":
        return "observation", {"observation": get(Observation, ref.id).id}
    if ref.kind == "walk":
        walk = workspace.walks.get(ref.id)
        done = walk.walked_on is not None and not walk.under_way
        ready = walk.walked_on is None
        return "debrief" if done else "walks" if ready else "walk", {"walk": ref.id}
    if ref.kind == "area":
        return "history", {"words": workspace.people.area_name(ref.id)}
    if ref.kind == "keeping":
        return "routines", {"routine": get(Keeping, ref.id).routine_id}
    if ref.kind == "question_script":
        definition = get(QuestionScript, ref.id).definition
        if workspace.question_sets.record_of(definition) == ref.id:
            return "questions edit", {"questions": definition, "script": ref.id}
        return "questions", {"questions": definition}
    if ref.kind == "form_version":
        return "form", {"form": workspace.forms.version(ref.id).form_key}
    return "history", {"words": workspace.thread.words_of(ref)}
