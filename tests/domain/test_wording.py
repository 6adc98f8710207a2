"""The wording checks: what they ask, how often rightly, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.definitions.catalog import Catalog
from gemba.definitions.read import read_sheet, read_wording
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.figures import Countermeasures, Fishbone, FiveWhys, Impact, Problem, Target
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.impact import Effect
from gemba.domain.sheet import Box, Sheet
from gemba.domain.wording import PLACES, WordingCheck, WordingRules
from gemba.domain.wording_phrases import Phrases, sentences, unquoted, words_of
from gemba.domain.wording_reading import MOST, Reader
from gemba.resources import resource_path
from gemba.words import Words
from tests.data.wording_sentences import APART, FRESH, LATER, SOUND, TUNE
from tests.domain.wording_score import PEOPLE, RULES, SHEET, asked_of, score, sheet_with


def holding(*boxes: Box) -> Sheet:
    return replace(sheet_with("title", "31 pallets wait at dock 3"), boxes=boxes)


def found(*boxes: Box) -> list[tuple[str, str]]:
    remarks = Reader(RULES, PEOPLE).remarks(holding(*boxes), SHEET)
    return [(remark.check, remark.sentence) for remark in remarks]


TUNED = (*TUNE, *LATER)
KEPT_APART = (*APART, *FRESH)


def test_the_labelled_sentences_are_enough_and_fair() -> None:
    for labelled in (TUNED, KEPT_APART):
        to_ask = [one for one in labelled if one[2]]
        assert len(labelled) >= 120
        assert 0.4 < len(to_ask) / len(labelled) < 0.7
    assert not {one[1] for one in TUNED} & {one[1] for one in KEPT_APART}


def test_few_questions_are_false_on_sentences_kept_apart() -> None:
    counted = score(KEPT_APART)
    print(counted)
    assert counted.precision >= 0.95, counted.wrong
    assert counted.recall >= 0.88, counted.missed


def test_a_sentence_that_is_sound_is_left_alone() -> None:
    sound = [one for one in KEPT_APART if not one[2]]
    assert len(SOUND) + len(sound) > 120
    assert score([*sound, *SOUND]).wrong == ()


def test_what_was_tuned_on_stays_right() -> None:
    counted = score(TUNED)
    assert counted.wrong == ()
    assert counted.recall >= 0.98, counted.missed


def test_a_sentence_is_asked_about_once_and_says_what_for() -> None:
    (remark,) = asked_of("current", "We need to train the careless operators.")
    assert remark.check == "blame"
    assert "“careless”" in remark.question
    assert (remark.paragraph, remark.start, remark.end) == (0, 0, 40)


@pytest.mark.parametrize(
    ("place", "words", "check"),
    [
        ("countermeasure", "Retrain the team", "only_trains"),
        ("countermeasure", "Raise awareness", "only_trains"),
        ("countermeasure", "E-mail to all", "only_trains"),
        ("countermeasure", "A poster", "only_trains"),
        ("countermeasure", "Trainee desk beside the hatch", ""),
        ("countermeasure", "A bell at the hatch", ""),
        ("goal", "Install a board", "target_action"),
        ("goal", "Out before 12:00", ""),
        ("gap", "Patients leave late, we need more porters", "solution"),
        ("gap", "88 of 132 leave late because the letter comes late", "cause_in_gap"),
        ("gap", "Due to leave at 12:00, 88 of 132 wait until 14:00", ""),
    ],
)
def test_the_same_is_asked_in_an_editor_as_on_the_sheet(place: str, words: str, check: str) -> None:
    made = Reader(RULES, PEOPLE).remark(place, "current", words)
    assert (made.check if made else "") == check


def test_where_a_sentence_lies_counts_letters_without_marks() -> None:
    text = "It stands.\n- **On 3 May** it stood. *Orders are often late.* Then 4."
    (remark,) = Reader(RULES).remarks(holding(Box(id="current", text=text)), SHEET)
    line = "On 3 May it stood. Orders are often late. Then 4."
    assert remark.paragraph == 1
    assert line[remark.start : remark.end] == remark.sentence == "Orders are often late."


def test_what_somebody_said_is_not_asked_about() -> None:
    assert not asked_of("current", "“We need more staff”, two of the porters said.")
    assert asked_of("current", "We need more “staff”.")


def test_a_goal_without_any_number_is_asked_for_one() -> None:
    assert found(Box(id="goal", text="The kits are complete.\nWe look each day.")) == [
        ("no_measure_goal", "The kits are complete.")
    ]
    assert not found(Box(id="goal", text="The kits are complete on 19 of 20 days."))
    assert not found(Box(id="goal", text="  "))


def test_a_result_needs_a_prediction_somewhere_before_it() -> None:
    result = Box(id="check", text="41 of 50 were on time.")
    assert found(result) == [("result_first", "41 of 50 were on time.")]
    said = Box(id="countermeasures", text="The list goes up at 14:00. We predict 8 of 10.")
    assert not found(said, result)
    options = (Option(id="1", what="The list goes up at 14:00", effect="8 of 10"),)
    drawn = Box(id="countermeasures", figures=(Countermeasures(id="c", options=options),))
    assert not found(drawn, result)
    empty = (Option(id="1", what="The list goes up at 14:00"),)
    undrawn = Box(id="countermeasures", figures=(Countermeasures(id="c", options=empty),))
    assert found(undrawn, result) == [("result_first", "41 of 50 were on time.")]


def test_a_target_is_a_prediction() -> None:
    card = Target(id="s", measure="Pallets that wait", start="31", goal="12")
    result = Box(id="check", text="11 of 120 waited.")
    assert not found(Box(id="goal", figures=(card,)), result)
    table = Impact(id="i", effects=(Effect(id="1", measure="Pallets", target="12", after="11"),))
    assert not found(replace(result, figures=(table,)))
    assert found(replace(result, figures=(replace(table, effects=()),)))


def test_a_chain_that_ends_at_a_known_person_is_asked_about() -> None:
    assert [one.check for one in asked_of("last_cause", "Maria was on leave")] == ["ends_at_person"]
    assert not asked_of("last_cause", "Maria was on leave", Reader(RULES, ["Nora"]))
    # Higher up the chain goes on, and what is ruled out is no cause any more.
    assert not asked_of("cause", "Maria was on leave")
    ruled_out = Why(id="b", parent="g", text="Human error", ruled_out=True)
    tree = FiveWhys(id="t", whys=(Why(id="g", text="31 wait"), ruled_out))
    assert not found(Box(id="analysis", figures=(tree,)))


def test_a_title_may_be_an_answer_where_no_problem_is_solved() -> None:
    proposal = read_sheet(resource_path("sheets", "proposal.toml"))
    sheet = sheet_with("title", "Introduce a visual board in the stores")
    assert [one.check for one in Reader(RULES).remarks(sheet, SHEET)] == ["solution"]
    assert Reader(RULES).remarks(sheet, proposal) == ()


def test_what_someone_writes_about_themselves_is_left_alone() -> None:
    personal = read_sheet(resource_path("sheets", "personal.toml"))
    sheet = holding(Box(id="behaviour", text="I am careless with names and often late."))
    assert Reader(RULES).remarks(sheet, personal) == ()


def test_a_question_is_no_answer() -> None:
    assert not asked_of("current", "Who is careless, and what do they need for it?")


def test_a_fishbone_is_read_like_a_tree() -> None:
    bones = (Bone(id="m", label="People"),)
    causes = (
        BoneCause(id="1", parent="m", text="Human error", state="verified"),
        BoneCause(id="2", parent="m", text="Lack of oil"),
        BoneCause(id="3", parent="m", text="Lack of light", state="ruled_out"),
    )
    fish = Fishbone(id="f", effect="31 wait", bones=bones, causes=causes)
    remarks = Reader(RULES).remarks(holding(Box(id="analysis", figures=(fish,))), SHEET)
    assert [(one.check, one.part) for one in remarks] == [
        ("ends_at_person", "analysis/f/1"),
        ("solution", "analysis/f/2"),
    ]


def test_problems_and_targets_are_read_and_their_numbers_count() -> None:
    problem = Problem(id="p", statement="We need to train the operators")
    target = Target(id="t", measure="Install a board at dock 3")
    remarks = Reader(RULES).remarks(holding(Box(id="goal", figures=(problem, target))), SHEET)
    assert [one.part for one in remarks] == ["goal/p/statement", "goal/t/measure"]
    text = "The kits are complete."
    assert found(Box(id="goal", text=text, figures=(Target(id="t"),)))
    assert not found(Box(id="goal", text=text, figures=(Target(id="t", goal="19"),)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It took 3.5 h on 4. May.", ["It took 3.5 h on 4.", "May."]),
        ("Approx. 3 h, e.g. on ward 4. Then no.", ["Approx. 3 h, e.g. on ward 4.", "Then no."]),
        ("No end", ["No end"]),
        ("待つ。止まる。", ["待つ。", "止まる。"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    short = frozenset({"approx", "e.g"})
    assert [one.text for one in sentences(text, short)] == expected


def test_a_phrase_takes_endings_choices_and_any_word() -> None:
    phrases = Phrases(["lack of", "care*", "^ we|they need _", "need"])

    def words(text: str) -> str:
        at = phrases.find(words_of(text))
        return text[at[0] : at[1]] if at else ""

    assert words("A LACK of oil") == "LACK of"
    assert words("They need oil soon") == "They need oil"
    assert words("So they need oil") == "need"
    assert words("carelessly done") == "carelessly"
    assert words("scare") == ""
    assert words("needed") == ""


@pytest.mark.parametrize("shape", ["{} ", "{}", "“{} ", "{}. ", "{}\n", "- **{}** "])
@pytest.mark.parametrize("word", ["word", "need to", "x" * 50, "漢字", "“"])
def test_a_long_text_is_read_in_small_steps(shape: str, word: str) -> None:
    read_in_steps(shape.format(word), 150_000, 3_000)


def test_a_megabyte_is_read_in_small_steps() -> None:
    # Of the shapes above the one with the most sentences, each of them asked about.
    read_in_steps("need to. ", 1_000_000, 20_000)


def read_in_steps(piece: str, letters: int, most: int) -> None:
    sheet = holding(Box(id="current", text=piece * (letters // len(piece))))
    read = 0
    reader = Reader(RULES)
    asked = 0
    for step in reader.steps(sheet, SHEET):
        read += 1
        asked += len(step)
    assert asked <= MOST
    assert read < most


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(PLACES))
def test_no_text_breaks_a_check_and_each_finding_lies_in_its_text(text: str, place: str) -> None:
    if place == "other":
        return
    for remark in asked_of(place, text):
        assert remark.sentence
        assert remark.question
        if remark.paragraph >= 0:
            assert remark.sentence in text or "*" in text or "\\" in text or "- " in text


@given(st.text(max_size=200))
def test_hiding_quotations_moves_no_letter(text: str) -> None:
    assert len(unquoted(text)) == len(text)


@pytest.mark.parametrize(
    ("edit", "key", "where"),
    [
        (lambda s: s.replace('"current"', '"nowhere"'), "wording.bad_place", "places"),
        (lambda s: s.replace('id = "b"', 'id = "a"'), "definition.duplicate", "checks.id"),
        (lambda s: s.replace("places", "place"), "definition.unknown_key", "place"),
        (lambda s: s.replace('words = ["x"]', "words = []"), "definition.empty", "words"),
        (lambda s: s.replace('words = ["x"]', 'kind = "sum"'), "wording.bad_kind", "kind"),
        (lambda s: s + "words = [", "definition.not_toml", "line"),
    ],
)
def test_a_broken_file_is_refused_by_file_and_key(
    tmp_path: Path, edit: Callable[[str], str], key: str, where: str
) -> None:
    check = '[[checks]]\nid = "{}"\nquestion = "?"\nplaces = ["current"]\nwords = ["x"]\n'
    path = tmp_path / "xx.toml"
    path.write_text(edit('language = "xx"\n' + check.format("a") + check.format("b")))
    with pytest.raises(DefinitionError) as refused:
        read_wording(path)
    assert refused.value.key == key
    assert where in refused.value.where
    assert refused.value.file == "xx.toml"
    assert Words().knows(key)


def test_a_language_without_a_file_asks_nothing() -> None:
    catalog = Catalog(resource_path())
    assert catalog.wording("en").checks
    assert catalog.wording("tlh").checks == ()


def test_other_languages_follow_from_other_data() -> None:
    check = WordingCheck("mangel", "„{words}“: was geschieht?", ("current",), words=("mangel* an",))
    reader = Reader(WordingRules("de", (check,)))
    remarks = reader.remarks(holding(Box(id="current", text="Mangel an Öl.")), SHEET)
    assert [one.question for one in remarks] == ["„Mangel an“: was geschieht?"]
