"""What belongs together is committed together: a kill in between leaves no half of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gemba.domain.changes import Ref
from gemba.domain.observation import Observation
from gemba.services.workspace import Workspace


def _promise(work: Workspace) -> None:
    seen = work.recorder.find(Observation)[0]
    work.promises.make("A new trolley", source=Ref("observation", seen.id))


def _step(work: Workspace) -> None:
    person = work.people.person("Tomas")
    talk = work.coaching.start_cycle(person.id)
    work.coaching.next_experiment(talk.id)


def _go_and_see(work: Workspace) -> None:
    seen = work.recorder.find(Observation)[0]
    work.thread.go_and_see(Ref("observation", seen.id), "", "Is it there?")


@pytest.mark.parametrize(
    ("do", "kinds"),
    [
        (_promise, {"promise", "link"}),
        (_step, {"experiment", "talk"}),
        (_go_and_see, {"walk", "link"}),
    ],
)
def test_in_one_write(
    workspace: Workspace, do: Callable[[Workspace], None], kinds: set[str]
) -> None:
    workspace.walks.capture("The trolley is broken")
    workspace.recorder.settle()
    told: list[set[str]] = []
    workspace.bulletin.listen(lambda refs: told.append({one.kind for one in refs}))
    do(workspace)
    assert told[-1] == kinds
