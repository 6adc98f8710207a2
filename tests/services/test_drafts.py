"""Forms half filled in."""

from __future__ import annotations

from gemba.services.workspace import Workspace


def test_a_form_is_there_until_it_is_dropped(workspace: Workspace) -> None:
    workspace.drafts.keep("walk", purpose="Why do discharges wait?", stops="Ward 6\nLounge")
    workspace.recorder.settle()
    assert workspace.drafts.read("walk") == {
        "purpose": "Why do discharges wait?",
        "stops": "Ward 6\nLounge",
    }

    workspace.drafts.drop("walk")
    workspace.recorder.settle()
    assert workspace.drafts.read("walk") == {}


def test_forms_do_not_mix(workspace: Workspace) -> None:
    workspace.drafts.keep("one", text="first")
    workspace.drafts.keep("two", text="second")
    workspace.recorder.settle()

    assert workspace.drafts.read("one") == {"text": "first"}
    assert workspace.drafts.read("two") == {"text": "second"}


def test_an_empty_form_is_forgotten(workspace: Workspace) -> None:
    workspace.drafts.keep("walk", purpose="Why?")
    workspace.drafts.keep("walk", purpose="  ")
    workspace.recorder.settle()

    assert workspace.drafts.read("walk") == {}
    assert "draft.walk" not in workspace.store.settings.all()


def test_what_is_no_form_is_read_as_an_empty_one(workspace: Workspace) -> None:
    for text in ("no json", "[1, 2]", '{"purpose": 3}'):
        workspace.recorder.remember("draft.walk", text)
        workspace.recorder.settle()
        assert workspace.drafts.read("walk") == {}
