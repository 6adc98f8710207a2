"""A person is found in free text by every form of the name, and nobody else is."""

from __future__ import annotations

import unicodedata

import pytest

from gemba.domain.naming import PersonName, sentence_at


def found(name: str, text: str) -> list[str]:
    return [one.word for one in PersonName(name).mentions(text)]


def sure(name: str, text: str) -> list[str]:
    return [one.word for one in PersonName(name).mentions(text) if one.sure]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Ana Costa", "I asked Ana Costa today.", ["Ana Costa"]),
        ("Ana Costa", "Ana's board; Costa said so", ["Ana's", "Costa"]),
        ("Ana Costa", "COSTA, Ana", ["COSTA", "Ana"]),
        ("Ana Costa", "Ana\nCosta", ["Ana\nCosta"]),
        ("Ana Costa", "Anatomy and Costarica stay; banana too", []),
        (
            "Anna Nowak",
            "Rozmawiałem z Anną Nowak o Annie, bez Anny",
            ["Anną", "Nowak", "Annie", "Anny"],
        ),
        (
            "Мария Иванова",
            "Спросил Марию и Иванову. Без Марии никак.",
            ["Марию", "Иванову", "Марии"],
        ),
        ("田中太郎", "今日は田中さんと太郎に会った。田中太郎の番。", ["田中", "太郎", "田中太郎"]),
        ("김민수", "김민수씨와 민수", ["김민수", "민수"]),
        ("Γιώργος Παππάς", "είδα τον Γιώργο", ["Γιώργο"]),
        ("עדי כהן", "דיברתי עם עדי כהן", ["עדי כהן"]),
        ("Jean-Luc Picard", "Jean Luc and Picard’s", ["Jean", "Luc", "Picard’s"]),
        ("Dr Eva von Berg", "von hier; Dr. Berg; Eva", ["Berg", "Eva"]),
        ("Zoë", "Zoe\u0308 war da", ["Zoe\u0308"]),
        ("", "nobody", []),
        ("   ", "nobody", []),
    ],
)
def test_finds(name: str, text: str, words: list[str]) -> None:
    assert found(name, text) == words


def test_a_small_letter_and_a_long_ending_are_only_possible() -> None:
    assert sure("Rose Mark", "Rose saw a rose; mark this, Mark") == ["Rose", "Mark"]
    assert found("Rose Mark", "Rose saw a rose; mark this, Mark") == [
        "Rose",
        "rose",
        "mark",
        "Mark",
    ]
    assert sure("Anna", "Anna, Annas, Anny, Annette") == ["Anna", "Annas", "Anny"]
    assert sure("Nora", "Nor can we. Ask Nora.") == ["Nora"]


def test_puts_a_neutral_word_for_each_that_is_wanted() -> None:
    name = PersonName("Rose Mark")
    text = "Rose saw a rose; mark this, Mark. Rose Mark."
    sure = "a colleague saw a rose; mark this, a colleague. a colleague."
    assert name.replace(text, "a colleague") == sure
    assert name.replace(text, "N", lambda one: one.word == "rose") == (
        "Rose saw a N; mark this, Mark. Rose Mark."
    )
    assert name.replace(text, "N", lambda one: False) == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_finds_accents_composed_or_apart(form: str) -> None:
    text = unicodedata.normalize(form, "Für Renée Müller: Renée.")
    assert len(found("Renée Müller", text)) == 2
    assert "Ren" not in PersonName("Renée Müller").replace(text, "-")


def test_a_name_of_signs_is_no_pattern() -> None:
    assert found("(.*)+ [a-z]", "all of this text") == []
    assert found("C++ Bob", "Bob wrote C+ and c") == ["Bob"]


def test_a_mention_is_shown_in_its_sentence() -> None:
    text = "First. Then Ana came in! Last."
    start = text.index("Ana")
    assert sentence_at(text, start, start + 3) == "Then Ana came in!"
    long = "x " * 500 + "Ana " + "y " * 500
    start = long.index("Ana")
    assert "Ana" in sentence_at(long, start, start + 3)
    assert len(sentence_at(long, start, start + 3)) < 200
