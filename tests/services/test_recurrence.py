"""What came back is found by stop, category and words, and by nothing less."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from gemba.domain.errors import BadInput
from gemba.domain.observation import CONVERSIONS, Observation
from gemba.domain.recurrence import alike_among
from gemba.services.workspace import Workspace

DAY = date(2026, 11, 22)


def _seen(workspace: Workspace, place: str, saw: str, category: str = "delivery") -> Observation:
    walks = workspace.walks
    walk = walks.plan("Why?", stops=walks.stops_from(place))
    line = walks.begin_line(walk.id, walk.stops[0].id)
    return walks.keep(line.id, saw=saw, category=category)


def test_place_kind_and_words_must_all_be_alike(workspace: Workspace) -> None:
    first = _seen(workspace, "Hatch", "The label printer is out of labels")
    _seen(workspace, "Ward 6", "The label printer is out of labels")
    _seen(workspace, "Hatch", "The label printer is out of labels", "going well")
    _seen(workspace, "Hatch", "Two porters wait for a trolley")
    _seen(workspace, "Hatch 2", "The label printer is out of labels")
    again = _seen(workspace, "Hatch", "No labels in the printer")
    found = workspace.walks.like(again.id)
    assert (found.place, found.times) == ("Hatch", 2)
    assert [one.id for one in found.earlier] == [first.id]
    assert workspace.walks.like(first.id).earlier[0].id == again.id


def test_without_a_stop_nothing_is_known(workspace: Workspace) -> None:
    loose = workspace.walks.capture("The label printer is out of labels")
    assert workspace.walks.like(loose.id).times == 1
    promise = workspace.promises.make("Fill the printer")
    assert workspace.promises.like(promise).earlier == ()


def test_a_promise_of_its_own_is_looked_up_by_its_words(workspace: Workspace) -> None:
    _seen(workspace, 'Hatch "B"', "The label printer is out of labels")
    promise = workspace.promises.make(
        "Put labels beside the printer", at_place='Hatch "B"', category="delivery"
    )
    assert workspace.promises.like(promise).times == 2


@pytest.mark.parametrize("saw", ["", "a b c", "。、", "12 45"])
def test_words_that_tell_nothing_find_nothing(saw: str) -> None:
    assert alike_among(saw, [(UUID(int=1), saw, DAY)]) == ()


def test_scripts_without_blanks_are_found() -> None:
    held = [(UUID(int=1), "打印机没有标签", DAY), (UUID(int=2), "走廊很安静", DAY)]
    assert [one.id.int for one in alike_among("打印机又没有标签了", held)] == [1]


def test_what_becomes_of_an_observation_is_one_of_six(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A bag on the floor")
    for conversion in (*CONVERSIONS, ""):
        assert workspace.walks.convert(seen.id, conversion).conversion == conversion
    with pytest.raises(BadInput):
        workspace.walks.convert(seen.id, "forget")
    workspace.walks.promise(seen.id, "A hook for bags")
    assert workspace.walks.observation(seen.id).conversion == "promise"
