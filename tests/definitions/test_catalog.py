from __future__ import annotations

from pathlib import Path

import pytest

from gemba.definitions.catalog import Catalog
from gemba.domain.definition_checks import DefinitionError
from gemba.domain.errors import NotFound
from gemba.resources import resource_path

PS7 = resource_path("sheets", "ps7.toml").read_text(encoding="utf-8")
TALK = resource_path("questions", "curiosity.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's own folder of definitions, empty."""
    for name in ("sheets", "questions"):
        (tmp_path / "definitions" / name).mkdir(parents=True)
    return tmp_path / "definitions"


def put(own: Path, name: str, text: str, *changes: tuple[str, str]) -> None:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (own / name).write_text(text, encoding="utf-8")


def test_a_file_of_ones_own_stands_beside_the_bundled_ones(own: Path) -> None:
    put(own, "sheets/ward.toml", PS7, ('id = "ps7"', 'id = "ward"'), ("solving A3", "A3, ward 6"))
    put(own, "questions/mine.toml", TALK, ('id = "curiosity"', 'id = "mine"'))
    catalog = Catalog(resource_path(), own)
    assert [one.id for one in catalog.sheets()][:2] == ["ward", "ps7"]
    assert catalog.sheet("ward").label == "Problem-A3, ward 6"
    assert {one.id for one in catalog.question_sets("talk")} == {"curiosity", "mine"}
    assert catalog.problems == []


def test_the_newest_version_is_given_and_an_older_one_when_asked(own: Path) -> None:
    put(own, "sheets/ps7@2.toml", PS7, ("version = 1", "version = 2"), ('"Goal"', '"Target"'))
    catalog = Catalog(resource_path(), own)
    assert catalog.sheet("ps7").box("goal").label == "Target"
    assert catalog.sheet("ps7", 1).box("goal").label == "Goal"
    assert [one.version for one in catalog.sheets() if one.id == "ps7"] == [2]


def test_a_file_of_ones_own_takes_the_place_of_the_bundled_version(own: Path) -> None:
    put(own, "sheets/anything.toml", PS7, ('"Goal"', '"Target"'))
    assert Catalog(resource_path(), own).sheet("ps7", 1).box("goal").label == "Target"


def test_broken_files_are_told_before_anything_is_asked_and_the_others_open(own: Path) -> None:
    put(own, "sheets/a.toml", PS7, ("height_mm = 38", "height_mm = 3800"))
    put(own, "sheets/b.toml", PS7, ('id = "ps7"', 'id = "ward"'))
    put(own, "questions/c.toml", "id = ")
    catalog = Catalog(resource_path(), own)
    assert [(one.file, one.key) for one in catalog.problems] == [
        ("a.toml", "definition.heights"),
        ("c.toml", "definition.not_toml"),
    ]
    assert len(catalog.problems) == 2, "asking again tells nothing twice"
    assert catalog.sheet("ward").id == "ward"
    assert catalog.question_set("curiosity").id == "curiosity"


def test_what_is_read_again_is_told_once(own: Path) -> None:
    put(own, "questions/mine.toml", TALK, ('id = "curiosity"', 'id = "mine"'))
    put(own, "questions/broken.toml", "id = ")
    catalog = Catalog(resource_path(), own)
    assert len(catalog.problems) == 1
    catalog.drop_questions("mine")
    assert len(catalog.problems) == 1


def test_of_a_workplace_the_words_of_ones_own_are_used(own: Path) -> None:
    words = resource_path("vocabulary", "health.toml").read_text(encoding="utf-8")
    (own / "vocabulary").mkdir()
    put(own, "vocabulary/ours.toml", words, ("order = 1", "order = 91"))
    put(own, "vocabulary/z.toml", words)
    catalog = Catalog(resource_path(), own)
    assert catalog.vocabulary("health").order > 90
    assert [one.key for one in catalog.problems] == ["definition.same_id"]


def test_the_second_of_two_files_with_one_id_is_a_problem_and_names_the_first(own: Path) -> None:
    put(own, "sheets/first.toml", PS7, ('"Goal"', '"Target"'))
    put(own, "sheets/second.toml", PS7)
    catalog = Catalog(resource_path(), own)
    (problem,) = catalog.problems
    assert (problem.key, problem.file) == ("definition.same_id", "second.toml")
    assert problem.values["other"] == "first.toml"
    assert catalog.sheet("ps7").box("goal").label == "Target"


def test_a_broken_bundled_file_is_a_fault_of_ours_and_raised(own: Path) -> None:
    put(own, "sheets/a.toml", PS7, ("version = 1", "version = 0"))
    with pytest.raises(DefinitionError):
        Catalog(own).sheets()


def test_what_is_not_there_is_told_by_its_id_and_version() -> None:
    catalog = Catalog(resource_path())
    for ask, id, version in (
        (catalog.sheet, "ps8", None),
        (catalog.sheet, "ps7", 99),
        (catalog.question_set, "ps7", None),
        (catalog.question_set, "cycle", 0),
    ):
        with pytest.raises(NotFound) as told:
            ask(id, version)
        assert told.value.key == "definition.unknown"
        assert told.value.values["id"] == id


def test_no_folder_of_ones_own_is_no_problem(tmp_path: Path) -> None:
    catalog = Catalog(resource_path(), tmp_path / "nowhere")
    assert catalog.problems == []
    assert catalog.sheet("ps7").version == 1
