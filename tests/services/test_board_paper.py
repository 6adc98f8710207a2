"""A storyboard on paper: an A3 with the board's words, the newest steps, and no word lost."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from gemba.domain.prose import plain
from gemba.services.board_paper import board_sheet
from gemba.services.workspace import Workspace
from gemba.words import Words


def text_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_a_board_prints_as_an_a3(workspace: Workspace) -> None:
    coaching = workspace.coaching
    learner = workspace.people.person("Tomas Reyes").id
    board = coaching.board_of(learner)
    coaching.write_board(
        board.id,
        visit="1",
        focus_process="Journeys home",
        target_condition="Six of *nine* by ten",
        target_by=date(2026, 12, 4),
        process_measure="Lists sent by eight",
        current_condition="- 4 of 9\nlast week",
    )
    coaching.write_board(board.id, visit="2", target_by=date(2026, 12, 11))
    focus = coaching.park(board.id, "The list leaves after ten").obstacles[0]
    coaching.focus_on(board.id, focus.id)
    talk = coaching.start_cycle(learner)
    made = coaching.next_experiment(talk.id)
    coaching.write_experiment(made.id, visit="3", step="Send at eight", prediction="7 of 9")
    coaching.write_number(made.id, visit="4", predicted=7, unit="patients")
    coaching.commit_prediction(made.id)
    coaching.write_experiment(made.id, visit="5", result="5 of 9", learned="Nobody reads at 8")
    coaching.judge(made.id, "different")
    drawn = workspace.exports.board(board.id)
    (page,) = PdfReader(io.BytesIO(drawn.pdf)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (1191, 842)
    text = text_of(drawn.pdf)
    for words in (
        "Journeys home",
        "Six of *nine* by ten",
        "By: 11 Dec 2026",
        "The date moved once; at first it was 4 Dec 2026.",
        "Process: Lists sent by eight",
        "In focus: The list leaves after ten",
        "Send at eight",
        "Expected: 7 of 9 [7 patients]",
        "Happened: 5 of 9 (different)",
        "Learned: Nobody reads at 8",
    ):
        assert words in text, words
    assert not drawn.over


def test_what_finds_no_room_is_counted(workspace: Workspace) -> None:
    coaching = workspace.coaching
    learner = workspace.people.person("Tomas Reyes").id
    board = coaching.board_of(learner)
    for number in range(30):
        made = coaching.next_experiment(coaching.start_cycle(learner).id)
        coaching.write_experiment(
            made.id, visit=f"{number}", step=f"Step {number} " + "long words " * 30
        )
    text = text_of(workspace.exports.board(board.id).pdf)
    assert "Step 29" in text
    assert "earlier steps stand in the record" in text
    sheet = board_sheet(coaching.board(board.id), coaching.experiments(board_id=board.id), Words())
    assert all(f"Step {n} " in plain(sheet.box("experiments").text) for n in range(30))


def test_an_answer_of_a_hundred_thousand_letters_says_how_much_is_over(
    workspace: Workspace,
) -> None:
    coaching = workspace.coaching
    board = coaching.board_of(workspace.people.person("Tomas Reyes").id)
    coaching.write_board(board.id, visit="1", current_condition="word " * 20_000)
    drawn = workspace.exports.board(board.id)
    assert dict(drawn.over)["Current condition"] > 100
