"""Who was asked and what it changed, and the lines to sign: by name, with days, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.errors import BadInput
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace

TODAY = date(2026, 11, 22)


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Four in five leave after noon.", owner="Maria")


def test_a_conversation_is_kept_with_its_concern_and_what_it_changed(
    workspace: Workspace, sheet: Sheet
) -> None:
    consent = workspace.consent
    asked = consent.ask(sheet.id, "  Leon   Fischer ").consulted[0]
    assert asked.name == "Leon Fischer"
    consent.choose(sheet.id, asked.id, role="approves")
    consent.choose(sheet.id, asked.id, stance="can_live_with")
    consent.spoke_on(sheet.id, asked.id, date(2026, 12, 1))
    long = "قلق " + "worry " * 900
    consent.write(sheet.id, asked.id, visit="a", concern=long)
    consent.write(sheet.id, asked.id, visit="b", changed="The trip moved to 10:45")
    workspace.recorder.settle()
    held = workspace.sheets.get(sheet.id).consulted[0]
    assert (held.role, held.stance, held.on) == ("approves", "can_live_with", date(2026, 12, 1))
    assert (held.concern, held.changed) == (long, "The trip moved to 10:45")
    assert [one.ref.id for one in workspace.store.search("قلق")] == [sheet.id]
    gone = consent.put(sheet.id, consulted=())
    assert gone.consulted == ()
    assert consent.put(sheet.id, consulted=(held,)).consulted == (held,)


@pytest.mark.parametrize("name", ["", "  \n"])
def test_nobody_is_neither_asked_nor_signs(workspace: Workspace, sheet: Sheet, name: str) -> None:
    for add in (workspace.consent.ask, workspace.consent.line):
        with pytest.raises(BadInput, match="no_name"):
            add(sheet.id, name)
    assert workspace.sheets.get(sheet.id) == sheet


def test_words_that_no_role_and_no_stance_has_are_refused(
    workspace: Workspace, sheet: Sheet
) -> None:
    asked = workspace.consent.ask(sheet.id, "Leon").consulted[0]
    for choice in ({"role": "boss"}, {"stance": "maybe"}):
        with pytest.raises(BadInput, match="unknown"):
            workspace.consent.choose(sheet.id, asked.id, **choice)


def test_a_line_is_signed_today_or_before_and_never_tomorrow(
    workspace: Workspace, sheet: Sheet
) -> None:
    line = workspace.consent.line(sheet.id, "Nora", " Head of nursing ").sign_offs[0]
    assert line.role == "Head of nursing"
    with pytest.raises(BadInput, match="not_yet"):
        workspace.consent.signed_on(sheet.id, line.id, date(2026, 11, 23))
    assert workspace.consent.signed_on(sheet.id, line.id, TODAY).sign_offs[0].on == TODAY
    assert workspace.consent.signed_on(sheet.id, line.id, None).sign_offs[0].on is None
    workspace.consent.write_line(sheet.id, line.id, visit="a", role="Chief")
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).sign_offs[0].role == "Chief"
