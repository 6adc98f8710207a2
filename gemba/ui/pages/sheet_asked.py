"""What the sheet page is asked to show: a sheet, a state of it, and a place on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.sheet_part import SheetPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gemba.services.coaching import Coaching


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSheet:
    """A sheet as it is, or at a revision, opened at a part, an action or the talk held over it."""

    sheet: UUID
    revision: int | None
    talk: UUID | None
    part: str
    action: SheetPart | None
    thread: bool

    @property
    def box(self) -> str:
        """The id of the box that was asked for, or nothing."""
        return SheetPart.read(self.part).box


def asked_sheet(what: Mapping[str, object], coaching: Coaching) -> AskedSheet | None:
    """Read what a page was asked for; None where it names no sheet."""
    sheet, revision, talk = what.get("sheet"), what.get("revision"), what.get("talk")
    seen: int | None = None
    if isinstance(talk, UUID):
        held = coaching.talk(talk)
        # 0 where the talk was brought in: the revision it saw is not in this folder.
        sheet, seen = held.sheet_id, held.sheet_revision or None
    if not isinstance(sheet, UUID):
        return None
    part, action = what.get("box"), what.get("action")
    return AskedSheet(
        sheet=sheet,
        revision=revision if isinstance(revision, int) else seen,
        talk=talk if isinstance(talk, UUID) else None,
        part=part if isinstance(part, str) else "",
        action=SheetPart.read(action) if isinstance(action, str) else None,
        thread=bool(what.get("thread")),
    )
