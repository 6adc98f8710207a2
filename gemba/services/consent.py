"""Who was asked about a sheet one by one, what was changed for it, and who signs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import STANCES, Consulted, SignOff
from gemba.services.recorder import Recorder
from gemba.services.sheets import Sheets

ROLES: Final = ("must_know", "gives_input", "approves")
"""What somebody has to do with a sheet; empty while it is open."""

T = TypeVar("T", Consulted, SignOff)


class Consent:
    """A log of conversations and lines to sign; nothing is agreed by a click."""

    def __init__(self, recorder: Recorder, sheets: Sheets) -> None:
        self._recorder = recorder
        self._sheets = sheets

    def ask(self, sheet_id: UUID, name: str) -> Sheet:
        """Note somebody to be asked; raises BadInput without a name."""
        called = _name(name)
        made = Consulted(id=self._sheets.new_figure_id(), name=called)
        return self._change(sheet_id, lambda s: replace(s, consulted=(*s.consulted, made)))

    def choose(
        self,
        sheet_id: UUID,
        asked_id: str,
        *,
        role: str | None = None,
        stance: str | None = None,
    ) -> Sheet:
        """Say what somebody has to do with the sheet, or how they stand to it.

        Raises BadInput for a word that neither of them has.
        """
        if role not in (None, "", *ROLES) or stance not in (None, "", *STANCES):
            raise BadInput("consent.unknown", role=role or "", stance=stance or "")

        def edit(one: Consulted) -> Consulted:
            return replace(
                one,
                role=one.role if role is None else role,
                stance=one.stance if stance is None else stance,
            )

        return self._change(sheet_id, _asked(asked_id, edit))

    def spoke_on(self, sheet_id: UUID, asked_id: str, on: date | None) -> Sheet:
        """Say when somebody was asked; a day to come is when they will be."""
        return self._change(sheet_id, _asked(asked_id, lambda one: replace(one, on=on)))

    def write(self, sheet_id: UUID, asked_id: str, *, visit: str, **texts: str) -> Future[None]:
        """Save name, concern or what was changed for it while it is typed."""

        def edit(one: Consulted) -> Consulted:
            return replace(one, **texts)  # type: ignore[arg-type]

        field = f"consulted.{asked_id}.{','.join(texts)}"
        return self._recorder.change_soon(
            Sheet, sheet_id, _asked(asked_id, edit), visit=visit, field=field
        )

    def line(self, sheet_id: UUID, name: str, role: str = "") -> Sheet:
        """Add a line to sign; raises BadInput without a name."""
        made = SignOff(id=self._sheets.new_figure_id(), name=_name(name), role=role.strip())
        return self._change(sheet_id, lambda s: replace(s, sign_offs=(*s.sign_offs, made)))

    def signed_on(self, sheet_id: UUID, line_id: str, on: date | None) -> Sheet:
        """Say when a line was signed on paper; raises BadInput for a day that is still to come."""
        if on is not None and on > self._recorder.today():
            raise BadInput("consent.not_yet")
        return self._change(sheet_id, _line(line_id, lambda one: replace(one, on=on)))

    def write_line(self, sheet_id: UUID, line_id: str, *, visit: str, **texts: str) -> Future[None]:
        """Save name or role of a line to sign while it is typed."""

        def edit(one: SignOff) -> SignOff:
            return replace(one, **texts)  # type: ignore[arg-type]

        field = f"sign_offs.{line_id}.{','.join(texts)}"
        return self._recorder.change_soon(
            Sheet, sheet_id, _line(line_id, edit), visit=visit, field=field
        )

    def put(
        self,
        sheet_id: UUID,
        *,
        consulted: tuple[Consulted, ...] | None = None,
        sign_offs: tuple[SignOff, ...] | None = None,
    ) -> Sheet:
        """Keep these and no others, as when one is taken away or brought back."""

        def edit(sheet: Sheet) -> Sheet:
            return replace(
                sheet,
                consulted=sheet.consulted if consulted is None else consulted,
                sign_offs=sheet.sign_offs if sign_offs is None else sign_offs,
            )

        return self._change(sheet_id, edit)

    def _change(self, sheet_id: UUID, edit: Callable[[Sheet], Sheet]) -> Sheet:
        self._recorder.settle()
        return self._recorder.change(Sheet, sheet_id, edit)


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not called:
        raise BadInput("consent.no_name")
    return called


def _asked(asked_id: str, edit: Callable[[Consulted], Consulted]) -> Callable[[Sheet], Sheet]:
    return lambda s: replace(s, consulted=_with(s.consulted, asked_id, edit))


def _line(line_id: str, edit: Callable[[SignOff], SignOff]) -> Callable[[Sheet], Sheet]:
    return lambda s: replace(s, sign_offs=_with(s.sign_offs, line_id, edit))


def _with(held: tuple[T, ...], wanted: str, edit: Callable[[T], T]) -> tuple[T, ...]:
    return tuple(edit(one) if one.id == wanted else one for one in held)
