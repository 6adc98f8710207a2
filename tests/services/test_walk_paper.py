"""Paper of a walk from its records, and the words of the workplace on it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from gemba.domain.errors import BadInput
from gemba.services.workspace import Workspace


def text_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages
    )


def test_cards_of_a_walk_hold_its_theme_expectation_stops_and_every_question(
    workspace: Workspace,
) -> None:
    walks = workspace.walks
    asks = [f"Question {n}?" for n in range(1, 12)]
    walk = walks.plan(
        "Why do they wait?",
        theme="Flow",
        expect="A queue at ten",
        area_id=workspace.people.area("Ward 4").id,
        shift="night",
        stops=walks.stops_from("Board\nHatch"),
        questions=walks.questions_from(asks),
        planned_on=date(2026, 11, 24),
        time_box=30,
    )
    said = text_of(workspace.walk_paper.pocket_cards(walk.id))
    for words in ("Flow", "A queue at ten", "1. Board", "2. Hatch", "Ward 4, night", "30 min"):
        assert words in said
    assert all(one in said for one in asks)
    assert "More to ask" in said
    sheet = text_of(workspace.walk_paper.blank_sheet(walk.id))
    assert all(words in sheet for words in ("Why do they wait?", "Board", "Hatch", "Question 11?"))


def test_without_a_walk_they_speak_the_words_of_the_workplace(workspace: Workspace) -> None:
    card = " ".join(text_of(workspace.walk_paper.pocket_cards()).split())
    assert "today's discharges" in card
    assert "from the decision to the door: searching, waiting, ringing again" in card
    assert "bedside" in text_of(workspace.walk_paper.blank_sheet())
    assert "emergency trolley" in text_of(workspace.walk_paper.kamishibai())
    workspace.vocabularies.choose("plant")
    assert "searching for parts" in text_of(workspace.walk_paper.pocket_cards())
    assert "guards" in text_of(workspace.walk_paper.kamishibai())
    assert [one.id for one in workspace.vocabularies.all()] == ["health", "plant", "office"]
    with pytest.raises(BadInput, match=r"vocabulary\.unknown"):
        workspace.vocabularies.choose("ship")
    assert workspace.vocabularies.words.id == "plant"


def test_a_memo_tells_what_goes_well_and_who_does_what_and_names_nobody_who_spoke(
    workspace: Workspace,
) -> None:
    walks = workspace.walks
    walk = walks.plan("Why do they wait?", stops=walks.stops_from("Board"))
    walks.start(walk.id)
    for saw, category in (("Calm handover", "going well"), ("Printer is broken", "delivery")):
        line = walks.begin_line(walk.id, walk.stops[0].id)
        seen = walks.keep(line.id, saw=saw, category=category)
    promise = walks.promise(seen.id, to="Grace Teo")
    workspace.promises.write(promise.id, visit="test", resolver="Estates", due_on=date(2026, 12, 1))
    walks.debrief(walk.id, visit="test", learned="Nobody knew")
    walks.settle()
    said = text_of(workspace.walk_paper.memo(walk.id))
    assert all(words in said for words in ("Calm handover", "Nobody knew", "(Estates, by"))
    assert "Grace" not in said
