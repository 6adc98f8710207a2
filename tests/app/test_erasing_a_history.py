"""A learner's whole record erased: a word in each of its texts, and no byte of it left."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.app.self_test import _SelfTest
from gemba.cli import main
from gemba.domain.kinds import KINDS, kind_of
from gemba.domain.texts import texts_of, with_texts
from gemba.services.retention import REMIND_DAYS

MARK = "Zwergammergeschichte"
NAMED = frozenset(
    {"id", "kind", "by", "level", "outcome", "definition", "forms", "rewrite_forms", "aim_kept"}
    | {"step", "prediction", "measure", "unit"}
)


def marked(path: str, text: str) -> str:
    """Put the word behind a text, unless it is a name of ours or a prediction that is locked."""
    return text if not text or path.rpartition(".")[2] in NAMED else f"{text} {MARK}"


@pytest.fixture
def planting(tmp_path: Path) -> _SelfTest:
    test = _SelfTest(tmp_path)
    test.make_records()
    return test


def test_nothing_of_a_learner_is_left_in_records_journal_index_or_files(
    planting: _SelfTest, capsys: pytest.CaptureFixture[str]
) -> None:
    made = planting.made
    assert made is not None
    kinds: set[str] = set()
    with planting._workspace() as work:
        for cls in KINDS.values():
            for record in work.recorder.find(cls):
                if getattr(record, "learner_id", None) != made.learner:
                    continue
                kinds.add(kind_of(record))
                work.recorder.put(
                    with_texts(
                        record,
                        lambda path, text: (
                            text
                            if path.rpartition(".")[2] in NAMED or not text
                            else f"{text} {MARK}"
                        ),
                    )
                )
        assert {"talk", "storyboard", "experiment", "skill", "goal", "evidence"} <= kinds
        assert work.history.search(MARK, private=True)
    at = ["--data-dir", str(planting.data)]
    assert main([*at, "check", "--gone", MARK]) != 0
    with planting._workspace() as work:
        work.erasing.erase_person(made.learner, "somebody", with_record=True)
        assert work.history.search(MARK, private=True) == []
        left = {
            kind_of(record)
            for cls in KINDS.values()
            for record in work.recorder.find(cls)
            if any(MARK in text for _path, text in texts_of(record))
        }
        assert left == set()
        assert not any(MARK in repr(one) for one in work.store.journal())
        assert work.store.check().sound
    assert main([*at, "check", "--gone", MARK]) == 0
    assert MARK not in capsys.readouterr().out.replace(f"--gone {MARK}", "")


def test_the_day_of_erasing_is_announced_before(planting: _SelfTest) -> None:
    made = planting.made
    assert made is not None
    with planting._workspace() as work:
        retention = work.erasing.retention
        today = work.recorder.today()
        (kept,) = [one for one in retention.kept_until() if one.learner_id == made.learner]
        assert 729 <= (kept.until - today).days <= 731
        assert retention.due(today) == []
        retention.keep_until(made.learner, today.replace(day=1))
        assert [one.learner_id for one in retention.due(today)] == [made.learner]
        assert REMIND_DAYS >= 7
