"""Shaping one sheet: its borders, its boxes, its type, and the tray beside it.

Each act is one write of the sheet together with the margin notes and ties that stand at its boxes,
so that one step back takes back all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from gemba.domain.change_type import TypeChange, change_type, told
from gemba.domain.changes import Ref
from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import NotFound, Refused
from gemba.domain.figure_home import move_figure
from gemba.domain.link import Link
from gemba.domain.sheet import MarginNote, Sheet, TrayPiece
from gemba.domain.sheet_format import fits, fitted, move_border, rename
from gemba.domain.sheet_part import SheetPart
from gemba.domain.sheet_story import BoxFormat
from gemba.domain.tray import Moved, merge, put_piece, reset, split, tray_of
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets
from gemba.services.versions import Step, Versions

if TYPE_CHECKING:
    from gemba.store.store import Store
    from gemba.store.writing import Written

FORMAT: Final = "format:"
"""Begins the visit of a step in which boxes changed, so that what went with them returns too."""
FIELDS: Final = ("boxes", "format", "tray", "definition", "definition_version")
"""What a step back on a sheet looks at: what is written, and the boxes it is written in."""


class SheetFormats:
    """Shapes sheets; nothing that was written leaves a sheet by any of it."""

    def __init__(self, recorder: Recorder, sheets: Sheets, versions: Versions) -> None:
        self._recorder = recorder
        self._sheets = sheets
        self._versions = versions
        versions.followers.append(self._stepped)

    def tray(self, sheet: Sheet) -> tuple[TrayPiece, ...]:
        """Return what lies beside a sheet."""
        return tray_of(sheet, self._sheets.worksheet(sheet))

    def move_border(self, sheet_id: UUID, box_id: str, to: float) -> Sheet:
        """Give a box a height in mm by the border below it, snapped to 1 mm within its reach."""

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            return Moved(replace(sheet, format=move_border(kind, sheet.format, box_id, to)))

        return self._change(sheet_id, make)

    def rename(self, sheet_id: UUID, box_id: str, label: str) -> Sheet:
        """Call a box otherwise on this sheet; an empty name gives it back its own."""

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            return Moved(replace(sheet, format=rename(kind, sheet.format, box_id, label)))

        return self._change(sheet_id, make)

    def merge(self, sheet_id: UUID, box_id: str) -> Sheet:
        """Make one box of a box and the one below it; raises Refused for the last of a column."""
        return self._change(sheet_id, lambda sheet, kind: merge(sheet, kind, box_id))

    def split(self, sheet_id: UUID, box_id: str, stays: int | None = None) -> tuple[Sheet, str]:
        """Make two boxes of one, and return the id of the lower as well.

        ``stays`` paragraphs stay above and the others go below; without it all stay. Raises
        Refused for a box too low for two.
        """
        made: list[str] = []

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            moved, new = split(sheet, kind, box_id, stays)
            made.append(new)
            return moved

        return self._change(sheet_id, make), made[-1]

    def move_figure(
        self,
        sheet_id: UUID,
        part: SheetPart,
        to: str,
        *,
        side: str = "",
        index: int | None = None,
    ) -> tuple[Sheet, str]:
        """Take a figure into another box with its notes and ties, and return its id there as well.

        Raises Refused for a figure that is gone and for a box that is not on the sheet.
        """
        made: list[str] = []

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            moved, name = move_figure(sheet, kind, part, to, side=side, index=index)
            made.append(name)
            return moved

        return self._change(sheet_id, make), made[-1]

    def reset(self, sheet_id: UUID) -> Sheet:
        """Give a sheet the boxes of its type; what stood in others goes into the tray."""
        return self._change(sheet_id, reset)

    def put_piece(self, sheet_id: UUID, piece: TrayPiece, box_id: str) -> Sheet:
        """Set a piece of the tray behind what stands in a box; raises Refused where it is gone."""
        return self._change(sheet_id, lambda sheet, kind: put_piece(sheet, kind, piece, box_id))

    def shows(self, sheet: Sheet, to: SheetDefinition) -> bool:
        """Tell whether a change of type would show to others what was private."""
        return self._sheets.private(sheet) and not to.private

    def told(self, sheet: Sheet, to: SheetDefinition) -> TypeChange:
        """Say beforehand what a change of type does with what is written."""
        return told(sheet, self._sheets.worksheet(sheet), to, self._before(sheet, to))

    def change_type(self, sheet_id: UUID, to: SheetDefinition, *, show: bool = False) -> Sheet:
        """Make a sheet one of another type; a sheet that was of it before has its boxes again.

        Raises Refused where others could read then what was private, unless ``show`` says so.
        """

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            if self.shows(sheet, to) and not show:
                raise Refused("sheet_type.shows", name=to.label)
            return change_type(sheet, kind, to, self._before(sheet, to))

        return self._change(sheet_id, make)

    def _before(self, sheet: Sheet, to: SheetDefinition) -> tuple[BoxFormat, ...]:
        """Return the boxes a sheet had when it was last of a type; none where it never was."""
        if sheet.definition == to.id:  # another version of the same type
            return sheet.format
        store, ref = self._recorder.store, Ref("sheet", sheet.id)
        for entry in reversed(store.journal(ref, field_prefix="definition")):
            if entry.change.before == to.id and entry.change.after != to.id:
                try:
                    then = store.at_revision(Sheet, sheet.id, entry.revision - 1)
                except NotFound:
                    return ()
                return then.format if then.definition == to.id else ()
        return ()

    def _change(self, sheet_id: UUID, make: Callable[[Sheet, SheetDefinition], Moved]) -> Sheet:
        self._recorder.settle()

        def work(store: Store) -> Written:
            sheet = store.get(Sheet, sheet_id)
            moved = make(sheet, self._sheets.worksheet(sheet))
            self._recorder.permit(sheet, moved.sheet)
            followers = _followers(store, sheet_id, moved.homes)
            visit = f"{FORMAT}{uuid4().hex}"
            return store.write((moved.sheet, *followers), who=self._recorder.who, visit=visit)

        self._recorder.run(work)
        return self._sheets.get(sheet_id)

    def undo(self, sheet_id: UUID) -> None:
        """Take back the last change of the boxes of a sheet; raises Refused where there is none."""
        self._versions.undo(Ref("sheet", sheet_id), FIELDS)

    def redo(self, sheet_id: UUID) -> None:
        """Make the change once more that was taken back last."""
        self._versions.redo_last(Ref("sheet", sheet_id), FIELDS)

    def _stepped(self, step: Step, back: bool) -> None:
        if step.ref.kind == "sheet" and step.visit.startswith(FORMAT):
            self._follow(step.ref.id, step.visit, back=back)

    def keep_fitted(self, sheet_id: UUID) -> Sheet:
        """Keep boxes that came from elsewhere and do not fit the page as they are shown."""

        def make(sheet: Sheet, kind: SheetDefinition) -> Moved:
            return Moved(replace(sheet, format=fitted(kind, sheet.format)))

        return self._change(sheet_id, make)

    def fits(self, sheet: Sheet) -> bool:
        """Tell whether the boxes of a sheet are shown as they came, not fitted to the page."""
        return fits(self._sheets.worksheet(sheet), sheet.format)

    def _follow(self, sheet_id: UUID, visit: str, *, back: bool) -> None:
        """Let notes and ties stand again where they stood, those that have not moved since."""

        def work(store: Store) -> Written:
            puts = []
            for one in _at(store, sheet_id):
                back_there: dict[str, object] = {}
                kind = "margin_note" if isinstance(one, MarginNote) else "link"
                for entry in store.journal(Ref(kind, one.id)):
                    change = entry.change
                    now, then = change.after, change.before
                    if not back:
                        now, then = then, now
                    if entry.visit == visit and getattr(one, change.field, None) == now:
                        back_there[change.field] = then
                if back_there:
                    puts.append(replace(one, **back_there))  # type: ignore[arg-type]
            return store.write(tuple(puts), who=self._recorder.who)

        self._recorder.run(work)


def _at(store: Store, sheet_id: UUID) -> Iterator[MarginNote | Link]:
    """Return the margin notes at a sheet and the ties that begin or end on it."""
    yield from store.find(MarginNote, sheet_id=sheet_id)
    ties = [*store.find(Link, from_id=sheet_id), *store.find(Link, to_id=sheet_id)]
    yield from {one.id: one for one in ties}.values()


def _followers(
    store: Store, sheet_id: UUID, homes: Mapping[str, str]
) -> Iterator[MarginNote | Link]:
    """Return the notes and ties that stand at a box which moved, as they stand then."""
    for one in _at(store, sheet_id) if homes else ():
        if isinstance(one, MarginNote):
            home = SheetPart.read(_home(str(SheetPart(one.box, one.figure)), homes))
            made: MarginNote | Link = replace(one, box=home.box, figure=home.figure)
        else:
            own_from, own_to = one.from_id == sheet_id, one.to_id == sheet_id
            made = replace(
                one,
                from_part=_home(one.from_part, homes) if own_from else one.from_part,
                to_part=_home(one.to_part, homes) if own_to else one.to_part,
            )
        if made != one:
            yield made


def _home(part: str, homes: Mapping[str, str]) -> str:
    """Return where a part stands now; what is said of a figure goes before its box."""
    at = SheetPart.read(part)
    figure = homes.get(str(SheetPart(at.box, at.figure))) if at.figure else None
    if figure is not None:
        return str(replace(SheetPart.read(figure), item=at.item))
    return str(replace(at, box=homes.get(at.box, at.box))) if at.box else part
