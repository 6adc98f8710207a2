"""Sheets are alike by the rare words they share."""

from __future__ import annotations

import math

from gemba.domain.likeness import MOST_WORDS, alike, telling_words
from gemba.words import Words

COMMON = frozenset(Words()("likeness.common").split())


def test_words_that_may_tell_something_are_taken_once_each_in_their_order() -> None:
    text = "The porters wait. Porters' lists are late: 22 of 60, the porter's list."
    assert telling_words(text, COMMON) == ["porter", "wait", "list", "late"]
    assert telling_words("") == []
    assert telling_words("19 % of 4 at 12:00!") == []


def test_glass_and_news_keep_their_last_letter() -> None:
    assert telling_words("glass gas lens process analysis") == [
        "glass",
        "lens",
        "process",
        "analysi",
    ]


def test_a_script_without_blanks_is_taken_by_twos() -> None:
    assert telling_words("患者が待つ") == ["患者", "者が", "が待", "待つ"]


def test_a_huge_text_gives_few_words() -> None:
    text = " ".join("".join(chr(97 + int(n)) for n in f"{number:06d}") for number in range(20_000))
    assert len(telling_words(text)) == MOST_WORDS


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    said = {
        "lodge": {"a", "b"},
        "porter": {"a", "b"},
        "label": {"a", "c", *map(str, range(9))},
        "printer": {"c", *map(str, range(9))},
    }
    found = alike(said, {"a", "b", "c"}, total=100)
    assert [one.key for one in found] == ["a", "b", "c"]
    assert found[0].words == ("lodge", "porter", "label")
    lodge = math.log(1 + (100 - 2 + 0.5) / 2.5)
    assert math.isclose(found[1].weight, 2 * lodge)


def test_one_shared_word_is_not_enough_and_what_stands_everywhere_tells_nothing() -> None:
    many = {str(number) for number in range(30)}
    assert alike({"lodge": {"a"}, "list": many | {"a"}}, {"a"}, total=100) == []
    assert alike({"lodge": {"a"}, "list": {"a"}}, {"a"}, total=100) != []


def test_few_sheets_can_be_alike_and_none_can() -> None:
    assert [one.key for one in alike({"lodge": {"a"}, "porter": {"a"}}, {"a"}, total=1)] == ["a"]
    assert alike({}, {"a"}, total=0) == []
    assert alike({"lodge": {"a"}, "porter": {"a"}}, set(), total=1) == []


def test_only_the_nearest_are_named() -> None:
    said = {"lodge": set("abcde"), "porter": set("abcde")}
    assert len(alike(said, set("abcde"), total=100)) == 3
