"""A storyboard as the sheet it prints as: the worksheet of the kata, filled from the board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.prose import Paragraph, Run, write
from gemba.domain.sheet import Box, Sheet

if TYPE_CHECKING:
    from gemba.domain.coaching import Storyboard
    from gemba.domain.experiment import Experiment

DEFINITION: Final = "storyboard"
MOST_STEPS: Final = 16
"""More steps than these find no room on an A3, however short."""
_TITLE: Final = 120
Words = Callable[..., str]


def board_sheet(
    board: Storyboard, experiments: Sequence[Experiment], words: Words, *, most: int | None = None
) -> Sheet:
    """Return a board as a sheet; of its experiments the newest ``most``, and how many are earlier.

    The sheet is drawn and never stored: the board stays the one place where this is written.
    """
    boxes = (
        Box(id="challenge", text=_challenge(board, words)),
        Box(id="target_condition", text=_target(board, words)),
        Box(id="process", text=_plain(board.focus_process)),
        Box(
            id="current_condition",
            text=_plain(board.current_condition),
            figures=(board.chart,) if board.chart is not None else (),
        ),
        Box(id="experiments", text=_record(experiments, words, most)),
        Box(id="obstacles", text=_obstacles(board, words)),
    )
    title = board.focus_process or board.target_condition or board.challenge
    return Sheet(
        id=UUID(int=board.id.int),
        definition=DEFINITION,
        title=" ".join(title.split())[:_TITLE],
        owner_id=board.learner_id,
        started_on=board.started_on,
        boxes=boxes,
    )


def _challenge(board: Storyboard, words: Words) -> str:
    return _joined(_plain(board.challenge), _labelled(words("board.by"), board.challenge_by, words))


def _target(board: Storyboard, words: Words) -> str:
    moves = len(board.target_moves)
    first = board.target_moves[0].before if moves else None
    moved = words("board.moved", count=moves, day=first) if first else ""
    return _joined(
        _plain(board.target_condition),
        _labelled(words("board.by"), board.target_by, words),
        _plain(moved),
        _labelled(words("board.outcome"), board.target_measure, words),
        _labelled(words("board.process"), board.process_measure, words),
        _labelled(words("board.pattern"), board.operating_pattern, words),
    )


def _obstacles(board: Storyboard, words: Words) -> str:
    lines: list[Paragraph] = []
    for one in sorted(board.obstacles, key=lambda one: one.id != board.focus):
        if one.gone_on is not None:
            continue
        text = " ".join(one.text.split())
        if one.id == board.focus:
            head = words("board.in_focus")
            lines.append(Paragraph(runs=(Run(text=f"{head}: ", bold=True), Run(text=text))))
        else:
            lines.append(Paragraph(runs=(Run(text=text),), bullet=True))
    gone = sum(one.gone_on is not None for one in board.obstacles)
    said = words("board.gone", count=gone) if gone else ""
    return _joined(write(lines), _plain(said))


def _record(experiments: Sequence[Experiment], words: Words, most: int | None) -> str:
    shown = list(experiments)[::-1]
    earlier = 0 if most is None else max(0, len(shown) - most)
    shown = shown[: len(shown) - earlier]
    parts = [_step(one, words) for one in shown]
    if earlier:
        parts.append(_plain(words("board.earlier", count=earlier)))
    return "\n".join(part for part in parts if part)


def _step(one: Experiment, words: Words) -> str:
    day = words("board.on", day=one.planned_on)
    head = Paragraph(runs=(Run(text=f"{day}: {' '.join(one.step.split())}", bold=True),))
    number = one.numbers
    expected = _with_number(one.prediction, number.predicted, number.unit)
    result = _with_number(one.result, number.happened, number.unit)
    outcome = (
        words(f"coaching_record.outcome.{one.outcome.replace(' ', '_')}") if one.outcome else ""
    )
    happened = f"{result} ({outcome})" if result and outcome else result
    stopped = one.stopped_because if one.stopped_on is not None else ""
    return _joined(
        write([head]),
        _labelled(words("board.expected"), expected, words),
        *(_labelled(words("board.added"), more.text, words) for more in one.amendments),
        _labelled(words("board.happened"), happened, words),
        _labelled(words("board.learned"), one.learned, words),
        _labelled(words("board.stopped"), stopped, words),
    )


def _with_number(text: str, number: float | None, unit: str) -> str:
    if number is None:
        return text
    shown = f"{number:g} {unit}".strip()
    return f"{text} [{shown}]" if text.strip() else shown


def _labelled(label: str, text: str | date | None, words: Words) -> str:
    said = words("board.on", day=text) if isinstance(text, date) else (text or "")
    if not said.strip():
        return ""
    return write([Paragraph(runs=(Run(text=f"{label}: ", italic=True), Run(text=_line(said))))])


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return what somebody wrote without marks as a box holds it; a list stays a list."""
    if not text.strip():
        return ""
    lines = [line.removeprefix("- ") for line in text.split("\n")]
    bullets = [line.startswith("- ") for line in text.split("\n")]
    return write(
        Paragraph(runs=(Run(text=line),), bullet=bullet)
        for line, bullet in zip(lines, bullets, strict=True)
    )


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())
