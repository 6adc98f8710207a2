"""What was done is said until another page is opened, whichever way that is."""

from __future__ import annotations

from gemba.app.session import Session
from gemba.domain.changes import Ref


def test_it_goes_with_the_page_on_which_it_was_said(session: Session) -> None:
    go, saying = session.go, session.saying
    go.to("sheets")
    go.say("The sheet is closed.", lambda: None)
    assert saying.can_undo()
    # By the rail, as by a command.
    session.window.rail.asked.emit("today")
    assert saying.isHidden()
    go.say("Copied")
    session.window.go_back()
    assert saying.isHidden()
    # What is said once a page was left, such as with its record thrown away, stays.
    sheet = session.workspace.sheets.begin("31 pallets wait at dock 3")
    session.window.show_page("sheet", sheet=sheet.id)
    session.workspace.recorder.settle()
    go.throw_away(Ref("sheet", sheet.id))
    assert saying.can_undo()
