"""The story of a sheet: its states by name and by day, each change, and the questions beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from gemba.domain.changes import FieldChange, Plain, Ref
from gemba.domain.clash import apply
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.compared import FACTS, Comparison, compare_sheets
from gemba.domain.errors import BadInput, Damaged, NotFound, Refused
from gemba.domain.sheet import MarginNote, Sheet
from gemba.domain.sheet_story import NamedVersion
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets
from gemba.services.versions import Step, Versions

LONGEST_NAME: Final = 120
"""A version goes by a name; more letters than these are a text."""
MOST_DAYS: Final = 60
"""So many days with changes are offered, the newest ones."""
MOST_STEPS: Final = 20
"""So many states of the newest day are offered beside its last one, which is now."""

_SHAPE: Final = ("definition", "definition_version", "format")
"""What decides which boxes there are; taken back with the words that changed with it."""

Kind = Literal["now", "named", "draft", "day"]


@dataclass(frozen=True, slots=True)
class State:
    """A state of a sheet that can be shown: now, one with a name, the first draft, or of a day.

    ``revision`` is 0 for now and for the first draft, which the sheet itself holds.
    """

    kind: Kind
    key: str
    revision: int = 0
    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of what stands on a sheet: which boxes and facts, and what was asked before it.

    ``arrived`` tells that the sheet came with its words already written, as from a file.
    """

    revision: int
    at: datetime
    who: str
    boxes: tuple[str, ...]
    facts: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    notes: tuple[MarginNote, ...] = ()
    arrived: bool = False


class Story:
    """Reads how a sheet came to be what it is from the journal, and names its states."""

    def __init__(self, recorder: Recorder, sheets: Sheets, versions: Versions) -> None:
        self._recorder = recorder
        self._sheets = sheets
        self._versions = versions

    def turns(self, sheet_id: UUID) -> tuple[Turn, ...]:
        """Return every change of boxes and facts that the journal tells, the oldest first."""
        ref = Ref("sheet", sheet_id)
        notes = self._sheets.margin(sheet_id)
        found: list[Turn] = []
        for step in reversed(self._versions.told(ref)):
            turn = _begun(step) if step.whole else _turn(step)
            if turn is not None and (not turn.arrived or not found):
                found.append(replace(turn, notes=_asked_before(turn, found, notes)))
        return tuple(found)

    def before_and_after(self, sheet_id: UUID, turn: Turn) -> Comparison:
        """Compare the sheet before and after one change; raises Refused where nothing tells."""
        after = self._at(sheet_id, turn.revision)
        plain = cast("dict[str, Plain]", to_plain(after))
        back = [replace(one, before=one.after, after=one.before) for one in turn.changes]
        apply(plain, back)
        try:
            before = from_plain(Sheet, plain)
        except BadInput as error:
            raise Refused("version.not_told") from error
        if turn.arrived:
            before = replace(after, boxes=(), title="", should_be="", is_now="", last_there="")
        return compare_sheets(before, after)

    def states(self, sheet_id: UUID, turns: tuple[Turn, ...] | None = None) -> tuple[State, ...]:
        """Return what can be compared: now, the named states, the first draft, and each day.

        ``turns`` are its changes, where they are read already.
        """
        sheet = self._sheets.get(sheet_id)
        found = [State("now", "now")]
        named = sorted(sheet.versions, key=lambda one: one.named_at)[::-1]
        found += [
            State("named", one.id, one.revision, one.name, one.named_at)
            for one in named
            if one.revision
        ]
        if sheet.first_draft_at is not None:
            found.append(State("draft", "draft", at=sheet.first_draft_at))
        turns = self.turns(sheet_id) if turns is None else turns
        last = turns[-1].at.date() if turns else None
        days: dict[object, State] = {}
        # What the newest change left is how it is now; of its day each state before is offered.
        for number, turn in enumerate(turns[:-1]):
            day = turn.at.date()
            key = f"change {turn.revision}" if day == last else f"day {day.isoformat()}"
            if day != last or len(turns) - number <= MOST_STEPS:
                days[key] = State("day", key, turn.revision, at=turn.at)
        return (*found, *list(days.values())[::-1][: MOST_DAYS + MOST_STEPS])

    def sheet_in(self, sheet_id: UUID, state: State) -> Sheet:
        """Return the sheet in one of its states; raises Refused where the journal lacks it."""
        if state.kind == "now":
            return self._sheets.get(sheet_id)
        if state.kind == "draft":
            return self._sheets.as_first_drafted(self._sheets.get(sheet_id))
        return self._at(sheet_id, state.revision)

    def name(self, sheet_id: UUID, name: str, revision: int | None = None) -> Sheet:
        """Give the sheet as it stands, or as it stood at a revision, a name.

        Raises BadInput for none, a long or a known one, and Refused for a state nothing tells.
        """
        self._recorder.settle()
        called = " ".join(name.split())
        if not called:
            raise BadInput("version.no_name")
        if len(called) > LONGEST_NAME:
            raise BadInput("version.long_name", most=LONGEST_NAME)
        now = self._recorder.now()
        if revision is not None:
            self._at(sheet_id, revision)

        def edit(sheet: Sheet) -> Sheet:
            if any(one.name.casefold() == called.casefold() for one in sheet.versions):
                raise BadInput("version.same_name", name=called)
            made = NamedVersion(
                id=self._sheets.new_figure_id(),
                name=called,
                revision=sheet.revision if revision is None else revision,
                named_at=now,
            )
            return replace(sheet, versions=(*sheet.versions, made))

        return self._recorder.change(Sheet, sheet_id, edit)

    def put_versions(self, sheet_id: UUID, versions: tuple[NamedVersion, ...]) -> Sheet:
        """Keep these names and no others, as when one is taken away or brought back."""
        return self._recorder.change(Sheet, sheet_id, lambda s: replace(s, versions=versions))

    def _at(self, sheet_id: UUID, revision: int) -> Sheet:
        try:
            return self._sheets.at_revision(sheet_id, revision)
        except (NotFound, Damaged, BadInput) as error:
            raise Refused("version.not_told") from error


def _turn(step: Step) -> Turn | None:
    boxes: dict[str, None] = {}
    facts: dict[str, None] = {}
    kept: list[FieldChange] = []
    for change in step.changes:
        parts = change.field.split(".")
        if change.before == change.after:
            continue
        if parts[0] == "boxes":
            kept.append(change)
            if len(parts) > 1 and parts[1] != "order":
                boxes[parts[1]] = None
            elif len(parts) == 1:
                boxes.update(dict.fromkeys(_ids(change.before) + _ids(change.after)))
        elif parts[0] in _SHAPE:
            kept.append(change)
        elif parts[0] in FACTS:
            kept.append(change)
            facts[parts[0]] = None
    if not boxes and not facts:
        return None
    return Turn(step.revision, step.at, step.who, tuple(boxes), tuple(facts), changes=tuple(kept))


def _ids(boxes: object) -> list[str]:
    held = boxes if isinstance(boxes, list) else []
    return [str(one["id"]) for one in held if isinstance(one, dict) and "id" in one]


def _begun(step: Step) -> Turn | None:
    """Return the beginning of a sheet that came with words; None for one begun here, or a bin."""
    made = step.changes[0].after
    if not isinstance(made, dict):
        return None
    boxes = made.get("boxes")
    written = [
        str(box["id"])
        for box in (boxes if isinstance(boxes, list) else ())
        if isinstance(box, dict) and (box.get("text") or box.get("figures"))
    ]
    if not written:
        return None
    return Turn(step.revision, step.at, step.who, tuple(written), arrived=True)


def _asked_before(
    turn: Turn, earlier: list[Turn], notes: list[MarginNote]
) -> tuple[MarginNote, ...]:
    """Return what was asked at the boxes of a change after their change before it."""
    found: list[MarginNote] = []
    for box in turn.boxes:
        last = next((one for one in reversed(earlier) if box in one.boxes), None)
        for note in notes:
            if note.box != box:
                continue
            if note.sheet_revision:
                since = last.revision if last is not None else 0
                between = since <= note.sheet_revision < turn.revision
            else:
                # Brought in from elsewhere, where revisions counted otherwise.
                day = last.at.date() if last is not None else note.asked_on
                between = day <= note.asked_on <= turn.at.date()
            if between:
                found.append(note)
    return tuple(found)
