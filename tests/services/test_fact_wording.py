"""What was seen is about the process: words that blame are asked about, facts are left alone."""

from __future__ import annotations

import pytest

from gemba.definitions.catalog import Catalog
from gemba.resources import resource_path
from gemba.services.fact_wording import FactWording
from tests.data.wording_sentences import APART, FRESH, LATER, TUNE
from tests.strategies import HOSTILE


@pytest.fixture(scope="module")
def facts() -> FactWording:
    return FactWording(Catalog(resource_path()).wording)


def test_sentences_that_blame_are_asked_about_and_sound_ones_are_not(facts: FactWording) -> None:
    labelled = (*TUNE, *APART, *LATER, *FRESH)
    blaming = [sentence for _place, sentence, label in labelled if label == "blame"]
    asked = [one for one in blaming if "is about a person" in facts.ask(one)]
    assert len(blaming) > 15
    assert len(asked) >= 0.9 * len(blaming)
    plain = [sentence for place, sentence, label in labelled if place == "current" and not label]
    assert len(plain) > 20
    assert [one for one in plain if facts.ask(one)] == []


@pytest.mark.parametrize("text", [*HOSTILE, "", "  \n ", "lazy " * 100_000])
def test_any_text_is_read_and_asked_about_at_most_once(facts: FactWording, text: str) -> None:
    assert facts.ask(text).count("What in the process") in (0, 1)
    assert facts.ask("") == ""
