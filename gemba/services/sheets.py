"""Sheets: begun with three sentences, written box by box, coached in the margin."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from gemba.domain.changes import JournalEntry, Ref
from gemba.domain.definition import SheetDefinition
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.errors import BadInput, GembaError, NotFound, Refused
from gemba.domain.figures import Figure
from gemba.domain.pen import COACH, HANDS, OWNER, PENS, holds_pen, writes_for_owner
from gemba.domain.sheet import Box, Check, MarginNote, Sheet, TrayPiece
from gemba.domain.sheet_format import shaped
from gemba.domain.sheet_text import TextParts, joined
from gemba.domain.stand_in import stand_in
from gemba.domain.tray import strays
from gemba.services.people import People
from gemba.services.recorder import Recorder
from gemba.services.visit import Visit

Definitions = Callable[[str, int | None], SheetDefinition]


class Sheets:
    """Everything that is done with a sheet; each write names the field it changes."""

    def __init__(self, recorder: Recorder, people: People, definitions: Definitions) -> None:
        self._recorder = recorder
        self._people = people
        self._definitions = definitions
        self._out: set[UUID] = set()

    def all(self) -> list[Sheet]:
        """Return every sheet, the newest first."""
        return self._recorder.find(Sheet, newest_first=True)

    def get(self, sheet_id: UUID) -> Sheet:
        """Return one sheet; raises NotFound."""
        return self._recorder.get(Sheet, sheet_id)

    def at_revision(self, sheet_id: UUID, revision: int) -> Sheet:
        """Return a sheet as it stood at a revision."""
        return self._recorder.store.at_revision(Sheet, sheet_id, revision)

    def definition(self, sheet: Sheet) -> SheetDefinition:
        """Return the worksheet a sheet stands on, with its boxes as they are shaped on this sheet.

        Where it is gone, as a user's own can be, a plain one with every box of the sheet stands
        in, so that nothing written is out of reach.
        """
        return shaped(self.worksheet(sheet), sheet.format)

    def worksheet(self, sheet: Sheet) -> SheetDefinition:
        """Return the worksheet a sheet stands on as it is defined, at the version it was begun."""
        try:
            return self._definitions(sheet.definition, sheet.definition_version)
        except NotFound as gone:
            try:
                return stand_in(sheet)
            except DefinitionError:
                raise gone from None

    def private(self, sheet: Sheet) -> bool:
        """Tell whether a sheet is its owner's alone; one whose worksheet is gone counts as such."""
        try:
            return self.definition(sheet).private
        except NotFound:
            return True

    def begin(
        self, problem: str, *, owner: str = "", last_there: str = "", definition: str = "ps7"
    ) -> Sheet:
        """Begin a sheet with the problem in one sentence, whose it is, and the last look.

        The first box the worksheet calls "current" opens with the problem's sentence as title.
        Raises BadInput for an empty problem.
        """
        if not problem.strip():
            raise BadInput("sheet.no_problem")
        kind = self._definitions(definition, None)
        person = self._people.person(owner) if owner.strip() else None
        sheet = Sheet(
            id=self._recorder.new_id(),
            definition=kind.id,
            definition_version=kind.version,
            title=" ".join(problem.split()),
            owner_id=person.id if person else None,
            started_on=self._recorder.today(),
            is_now=problem.strip(),
            last_there=last_there.strip(),
            boxes=tuple(Box(id=box.id) for box in kind.boxes),
        )
        return self._recorder.add(sheet)

    def write(self, sheet_id: UUID, *, visit: str, **fields: object) -> Future[None]:
        """Save facts of a sheet (title, scratch, people, stage) while they are typed in."""
        if "stage" in fields:
            raise Refused("stage.no_why")
        return self._recorder.change_soon(
            Sheet,
            sheet_id,
            lambda s: replace(s, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def write_box(self, sheet_id: UUID, box_id: str, text: str, *, visit: str) -> Future[None]:
        """Save the text of one box while it is being written."""

        def edit(sheet: Sheet) -> Sheet:
            return sheet.with_box(replace(sheet.box(box_id), text=text))

        return self._recorder.change_soon(
            Sheet, sheet_id, edit, visit=visit, field=f"boxes.{box_id}.text"
        )

    def set_box(self, sheet_id: UUID, box: Box) -> Sheet:
        """Replace one box, text and figures, as undo and redo do."""
        return self._recorder.change(Sheet, sheet_id, lambda s: s.with_box(box))

    def take_in(self, sheet_id: UUID, parts: TextParts, unnamed: str) -> Sheet:
        """Put text under what stands in its boxes, and the rest into the tray; one step to undo.

        ``unnamed`` is what a piece of the tray is called that has no heading.
        """

        def edit(sheet: Sheet) -> Sheet:
            for box_id, text in parts.boxes.items():
                box = sheet.box(box_id)
                sheet = sheet.with_box(replace(box, text=joined(box.text, text)))
            pieces = tuple(
                TrayPiece(
                    id=self.new_figure_id(),
                    definition=sheet.definition,
                    label=heading or unnamed,
                    box=Box(id="text", text=text),
                )
                for heading, text in parts.pieces
            )
            return replace(sheet, tray=(*sheet.tray, *pieces))

        return self._recorder.change(Sheet, sheet_id, edit)

    def put_figure(self, sheet_id: UUID, box_id: str, figure: Figure, *, visit: str = "") -> Sheet:
        """Add a figure to a box, or replace the one with its id.

        What is typed into one field of it in one ``visit`` is one step in its history.
        """

        def edit(sheet: Sheet) -> Sheet:
            box = sheet.box(box_id)
            if any(old.id == figure.id for old in box.figures):
                figures = tuple(figure if old.id == figure.id else old for old in box.figures)
            else:
                figures = (*box.figures, figure)
            return sheet.with_box(replace(box, figures=figures))

        return self._recorder.change(Sheet, sheet_id, edit, visit=visit)

    def remove_figure(self, sheet_id: UUID, box_id: str, figure_id: str) -> Sheet:
        """Take a figure out of a box; undo of the sheet brings it back."""

        def edit(sheet: Sheet) -> Sheet:
            box = sheet.box(box_id)
            figures = tuple(figure for figure in box.figures if figure.id != figure_id)
            return sheet.with_box(replace(box, figures=figures))

        return self._recorder.change(Sheet, sheet_id, edit)

    def arrange_figures(
        self, sheet_id: UUID, box_id: str, edit: Callable[[tuple[Figure, ...]], tuple[Figure, ...]]
    ) -> Sheet:
        """Place, order or size the figures of a box; none is added or taken away."""

        def change(sheet: Sheet) -> Sheet:
            box = sheet.box(box_id)
            figures = edit(box.figures)
            assert {one.id for one in figures} == {one.id for one in box.figures}
            return sheet.with_box(replace(box, figures=figures))

        return self._recorder.change(Sheet, sheet_id, change)

    def new_figure_id(self) -> str:
        """Return an id for a figure or a part of one."""
        return self._recorder.new_id().hex[:8]

    def keep_first_draft(self, sheet_id: UUID) -> Sheet:
        """Keep the boxes as they are now for comparison, once, when something stands there."""
        now = self._recorder.now()

        def edit(sheet: Sheet) -> Sheet:
            if sheet.first_draft_at is not None or all(box.empty for box in sheet.boxes):
                return sheet
            return replace(sheet, first_draft=sheet.boxes, first_draft_at=now)

        return self._recorder.change(Sheet, sheet_id, edit)

    def as_first_drafted(self, sheet: Sheet) -> Sheet:
        """Return a sheet with its first draft, in the boxes it was written in.

        Where nobody knows those any more and today's have no room for it, plain ones stand in.
        """
        draft = replace(sheet, boxes=sheet.first_draft)
        entries = self.story(sheet.id, "first_draft_at")
        if entries:
            then = self.at_revision(sheet.id, entries[-1].revision)
            if then.boxes == sheet.first_draft:
                return replace(
                    draft,
                    definition=then.definition,
                    definition_version=then.definition_version,
                    format=then.format,
                )
        if strays(draft, self.worksheet(sheet)):
            return replace(draft, definition="first_draft", format=())
        return draft

    def set_people(
        self,
        sheet_id: UUID,
        *,
        owner: str | None = None,
        coach: str | None = None,
        area: str | None = None,
    ) -> Sheet:
        """Name owner, coach or area, adding whoever is new; an empty name clears it."""
        owner_id = self._people.person(owner).id if owner and owner.strip() else None
        coach_id = self._people.person(coach).id if coach and coach.strip() else None
        area_id = self._people.area(area).id if area and area.strip() else None

        def edit(sheet: Sheet) -> Sheet:
            return replace(
                sheet,
                owner_id=sheet.owner_id if owner is None else owner_id,
                coach_id=sheet.coach_id if coach is None else coach_id,
                area_id=sheet.area_id if area is None else area_id,
            )

        return self._recorder.change(Sheet, sheet_id, edit)

    def give_pen(self, sheet_id: UUID, to: str) -> Sheet:
        """Give the pen to "owner" or "coach"; the journal keeps who had it when."""
        if to not in HANDS:
            raise BadInput("sheet.bad_pen", to=to)
        # Written first, so that a crash in between leaves no pen that nobody looks for.
        if to == COACH and sheet_id not in self._out:
            self._out.add(sheet_id)
            self._note_pens()
        given = self._recorder.change(Sheet, sheet_id, lambda s: replace(s, pen=to))
        if to == OWNER and sheet_id in self._out:
            self._out.discard(sheet_id)
            self._note_pens()
        return given

    def _note_pens(self) -> None:
        self._recorder.remember(PENS, " ".join(sorted(one.hex for one in self._out)))

    def lay_pens_down(self) -> None:
        """Give back every pen that is still in another hand, as after a crash."""
        held = self._recorder.recall(PENS).split()
        for sheet_id in {*self._out, *(UUID(hex=one) for one in held)}:
            self._out.add(sheet_id)
            # A sheet that is gone or damaged, or a disk that refuses even this, stops nobody.
            with suppress(GembaError):
                self.give_pen(sheet_id, OWNER)

    def with_own_pen(self, sheet: Sheet) -> Sheet:
        """Return a sheet with its pen; one that came with it in another hand gives it back."""
        if sheet.pen == OWNER or sheet.id in self._out or not self._recorder.store.writable:
            return sheet
        return self.give_pen(sheet.id, OWNER)

    def may_write(self, sheet: Sheet) -> bool:
        """Tell whether the person at the keyboard holds the pen.

        The owner always does; anyone else only after "Writing for the owner, beside them".
        """
        owner = "" if sheet.pen == COACH else self._people.name_of(sheet.owner_id)
        return holds_pen(sheet, owner=owner, who=self._recorder.who)

    def keep_to_the_pen(self, before: Sheet, after: Sheet) -> None:
        """Refuse words in the owner's boxes from whoever does not hold the pen."""
        if before.pen == COACH or before.owner_id is None or not self._recorder.who:
            return  # this runs with every autosave
        if writes_for_owner(before, after) and not self.may_write(before):
            raise Refused("sheet.no_pen", owner=self.owner_of(before))

    def owner_of(self, sheet: Sheet) -> str:
        """Return the name of a sheet's owner, or nothing."""
        return self._people.name_of(sheet.owner_id)

    def add_check(self, sheet_id: UUID, what: str, on: date) -> Sheet:
        """Set a date on which someone goes and sees whether it holds."""
        if not what.strip():
            raise BadInput("sheet.check_of_nothing")
        check = Check(id=self.new_figure_id(), what=what.strip(), on=on)
        return self._recorder.change(
            Sheet, sheet_id, lambda s: replace(s, checks=(*s.checks, check))
        )

    def change_check(self, sheet_id: UUID, check: Check) -> Sheet:
        """Replace a check, for instance when it was done and something was found."""

        def edit(sheet: Sheet) -> Sheet:
            checks = tuple(check if old.id == check.id else old for old in sheet.checks)
            return replace(sheet, checks=checks)

        return self._recorder.change(Sheet, sheet_id, edit)

    def margin(self, sheet_id: UUID, box: str | None = None) -> list[MarginNote]:
        """Return the coach's questions and comments at a sheet, or at one box, in order."""
        if box is None:
            return self._recorder.find(MarginNote, sheet_id=sheet_id)
        return self._recorder.find(MarginNote, sheet_id=sheet_id, box=box)

    def ask(
        self,
        sheet_id: UUID,
        box: str,
        text: str,
        *,
        kind: str = "question",
        talk_id: UUID | None = None,
        figure: str = "",
    ) -> MarginNote:
        """Write a question or a comment into the margin, never into the owner's text.

        ``figure`` is the id of the figure it is about, or nothing for the box.
        """
        if not text.strip():
            raise BadInput("margin.no_text")
        sheet = self.get(sheet_id)
        return self._recorder.add(
            MarginNote(
                id=self._recorder.new_id(),
                sheet_id=sheet_id,
                box=box,
                kind=kind,
                author=self._recorder.who,
                text=text.strip(),
                asked_on=self._recorder.today(),
                talk_id=talk_id,
                sheet_revision=sheet.revision,
                figure=figure,
            )
        )

    def answer(self, note_id: UUID, text: str, *, visit: str) -> Future[None]:
        """Save the owner's answer beside the question while it is typed.

        It is the owner's word: another hand writes it down only with the pen, and is named then.
        """
        today = self._recorder.today()

        def edit(note: MarginNote) -> MarginNote:
            if note.kind != "question":
                raise Refused("margin.not_a_question")
            if text != note.answer:
                self._only_for_owner(note.sheet_id, visit)
            return replace(note, answer=text, answered_on=today if text.strip() else None)

        return self._recorder.change_soon(MarginNote, note_id, edit, visit=visit, field="answer")

    def may_answer(self, sheet_id: UUID, visit: str) -> bool:
        """Tell whether the person at the keyboard may write the owner's answer on a visit.

        What was typed on a page is judged by the pen as that page showed it.
        """
        sheet = visit.desk.shown(Sheet, sheet_id) if isinstance(visit, Visit) else None
        return self.may_write(sheet if sheet is not None else self.get(sheet_id))

    def answered_by(self, note: MarginNote) -> str:
        """Return who wrote the answer down last, from the journal; nothing where it is not told."""
        entries = self._recorder.store.journal(
            Ref("margin_note", note.id), field_prefix="answer", limit=None
        )
        own = [entry for entry in entries if entry.change.field == "answer"]
        return own[-1].who if own and note.answer.strip() else ""

    def _only_for_owner(self, sheet_id: UUID, visit: str) -> None:
        if not self.may_answer(sheet_id, visit):
            owner = self._people.name_of(self.get(sheet_id).owner_id)
            raise Refused("margin.owner_answers", owner=owner)

    def story(self, sheet_id: UUID, field_prefix: str = "") -> list[JournalEntry]:
        """Return how a sheet came to be what it is, from the journal, oldest first."""
        return self._recorder.store.journal(
            Ref("sheet", sheet_id), field_prefix=field_prefix, limit=None
        )

    def add_photo(self, data: bytes, name: str = "") -> str:
        """Store a photo and return its hash; raises GembaError when it is none."""
        return self._recorder.take_photo(data, name)

    def remove(self, sheet_id: UUID) -> None:
        """Put a sheet into the bin."""
        self._recorder.remove(Ref("sheet", sheet_id))

    def restore(self, sheet_id: UUID) -> None:
        """Take a sheet out of the bin."""
        self._recorder.restore(Ref("sheet", sheet_id))
