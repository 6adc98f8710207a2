"""The rubric as data: what is bundled, and what a broken one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.definitions.read import read_rubric
from gemba.domain.definition_checks import DefinitionError
from gemba.resources import resource_path

BUNDLED = resource_path("rubrics", "a3.toml")


def test_the_bundled_rubric_has_nine_parts_of_three_questions(data_dir: Path) -> None:
    rubric = load_catalog(data_dir).rubric()
    assert len(rubric.sections) == 9
    assert all(len(section.items) == 3 for section in rubric.sections)
    assert all(item.ask.endswith("?") for section in rubric.sections for item in section.items)
    assert [one.mark for one in rubric.marks] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('id = "story"', 'id = "visual"', "sections.whole.items[1]"),
        ('id = "plan"\nlabel', 'id = "check"\nlabel', "sections[6]"),
        ("mark = 3", "mark = 4", "marks"),
        ('ask = "Did a standard change?"', "ask = 3", "sections.followup.items.standard.ask"),
        ('label = "Goal"', 'label = "Goal"\nweight = 2', "sections.goal.weight"),
    ],
)
def test_a_broken_rubric_is_refused_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = BUNDLED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        read_rubric(path)
    assert error.value.values["file"] == "mine.toml"
    assert error.value.values["where"] == where
