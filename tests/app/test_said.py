"""What was done is said until another page is opened, whichever way that is."""

from __future__ import annotations

from gemba.app.session import Session
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError


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


def test_a_trouble_covers_no_banner_that_offers_something(session: Session) -> None:
    window = session.window
    session.go.trouble(GembaError("voice.gone"))
    alone = window.banner.words.text()
    assert alone
    window.show_banner("Not saved yet", "Save a copy elsewhere")
    session.go.trouble(GembaError("voice.gone"))
    assert window.banner.link.text() == "Save a copy elsewhere"
    assert session.saying.notice.words.text() == alone
