"""The data behind a figure as tables: what a spreadsheet holds of it, whatever its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import TypeAlias

from gemba.domain.figures import (
    Figure,
    Impact,
    Pair,
    Pareto,
    Process,
    RunChart,
    SkillsGrid,
    TableFigure,
)
from gemba.domain.figures.impact_rules import amount, told_effects
from gemba.domain.figures.pareto_rules import rank
from gemba.domain.figures.pasted import comma_in, read_number
from gemba.domain.figures.process_rules import minutes_of, times, told_items
from gemba.domain.figures.run_chart import in_order, phases
from gemba.domain.figures.skills_rules import cell_of, columns_of, level_of, people_of
from gemba.domain.figures.table_rules import body_of, number_columns
from gemba.domain.figures.telling import Say, plain_english
from gemba.domain.figures.words import bar_words

Cell: TypeAlias = "str | float | int | bool | date | None"
# Where a figure stands, who refers to it and which file it shows say nothing about the work.
_LEFT_OUT = frozenset({"id", "caption", "place", "photo", "observation_id", "counted"})


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under heads; ``name`` says what they are, such as "Readings"."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def data_of(figure: Figure, say: Say = plain_english) -> tuple[DataTable, ...]:
    """Return every value a figure holds: its own facts, then a table for each kind of its parts.

    What is computed from them and drawn, medians and cumulative shares, stands in its own columns.
    """
    if isinstance(figure, Pair):
        halves = ((say("pair.before"), figure.before), (say("pair.after"), figure.after))
        return tuple(
            replace(one, name=f"{side}: {one.name}" if one.name else side)
            for side, half in halves
            if half is not None
            for one in data_of(half, say)
        )
    found = _parts(figure, say)
    if isinstance(figure, RunChart):
        found = [*(one for one in found if one.name != "Readings"), _readings(figure)]
    if isinstance(figure, Pareto):
        found.append(_ranked(figure, say))
    if isinstance(figure, Process):
        found.append(_minutes(figure))
    if isinstance(figure, Impact):
        found.append(_changes(figure))
    if isinstance(figure, SkillsGrid):
        found = [_levels(figure)]
    if isinstance(figure, TableFigure):
        found = [_cells(figure)]
    return tuple(one for one in found if one.rows)


def _parts(figure: Figure, say: Say) -> list[DataTable]:
    facts: list[tuple[Cell, ...]] = []
    tables: list[DataTable] = []
    for one in fields(figure):
        if one.name in _LEFT_OUT:
            continue
        value = getattr(figure, one.name)
        if value == one.default:
            # What nobody chose is no fact.
            continue
        name = _said(one.name)
        if isinstance(value, tuple | list):
            tables.append(_table(name, value))
        elif hasattr(type(value), "kind"):
            # A figure inside another, as before and after stand in a pair.
            if value.caption.strip():
                facts.append((name, value.caption))
            for inner in data_of(value, say):
                tables.append(replace(inner, name=f"{name}: {inner.name}" if inner.name else name))
        elif is_dataclass(value):
            tables.append(_table(name, (value,)))
        elif _cell(value) not in ("", None):
            facts.append((name, _cell(value)))
    return [DataTable("", ("", ""), tuple(facts)), *tables]


def _table(name: str, parts: Sequence[object]) -> DataTable:
    """Return parts as rows; those that are no records become one column or as many as they have."""
    if not parts:
        return DataTable(name, (), ())
    if all(is_dataclass(one) for one in parts):
        names: list[str] = []
        for one in parts:
            names += [each.name for each in fields(one) if each.name not in names]  # type: ignore[arg-type]
        named = [one for one in names if one != "id" or _referred(parts)]
        rows = tuple(tuple(_cell(getattr(one, n, None)) for n in named) for one in parts)
        return DataTable(name, tuple(_said(one) for one in named), rows)
    nested = [one if isinstance(one, tuple | list) else (one,) for one in parts]
    wide = max(len(one) for one in nested)
    heads = (name,) if wide == 1 else tuple(str(at + 1) for at in range(wide))
    padded = tuple(tuple(_cell(cell) for cell in (*one, *[None] * wide)[:wide]) for one in nested)
    return DataTable(name, heads, padded)


def _referred(parts: Sequence[object]) -> bool:
    """Tell whether a part names another by its id, as a cause names what it explains."""
    known = {getattr(one, "id", None) for one in parts} - {None, ""}
    return any(
        getattr(one, each.name) in known
        for one in parts
        for each in fields(one)  # type: ignore[arg-type]
        if each.name != "id" and isinstance(getattr(one, each.name), str)
    )


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | bool | int | float | date):
        return value
    if is_dataclass(value):
        inner = (getattr(value, one.name) for one in fields(value) if one.name != "id")
        return ", ".join(str(_cell(one)) for one in inner if one not in ("", None, ()))
    if isinstance(value, tuple | list):
        return "; ".join(str(_cell(one)) for one in value)
    return str(value)


def _said(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _readings(chart: RunChart) -> DataTable:
    """Return the readings in order of time, with the lines of their phase and the goal."""
    readings = in_order(chart)
    lines: list[tuple[float | None, ...]] = [()] * len(readings)
    judged = chart.method == "limits"
    for phase in phases(chart):
        held: tuple[float | None, ...] = (phase.median,)
        if judged:
            limits = phase.limits
            held = (limits.mean, limits.lower, limits.upper) if limits else (None, None, None)
        lines[phase.first : phase.end] = [held] * (phase.end - phase.first)
    named = ("Mean", "Lower limit", "Upper limit") if judged else ("Median",)
    rows = tuple(
        (one.on, one.value, *line, chart.goal, one.note)
        for one, line in zip(readings, lines, strict=True)
    )
    return DataTable("Readings", ("On", "Value", *named, "Goal", "Note"), rows)


def _ranked(figure: Pareto, say: Say) -> DataTable:
    ranking = rank(figure)
    heads = ("Bar", "Value", "After", "Cumulative")
    rows = tuple(
        (bar_words(bar, say), bar.value, bar.after, bar.cumulative) for bar in ranking.bars
    )
    return DataTable("Drawn", heads, rows)


def _minutes(figure: Process) -> DataTable:
    """Return the time of each item in minutes, and below them what they add up to."""
    rows: list[tuple[Cell, ...]] = [
        (item.sort, item.what, minutes_of(figure, item)) for item in told_items(figure)
    ]
    sums = times(figure)
    if sums.timed:
        rows += [
            ("", "Lead time", sums.lead),
            ("", "Touch time", sums.touch),
            ("", "Waiting", sums.waiting),
        ]
    return DataTable("Minutes", ("Sort", "What", "Minutes"), tuple(rows))


def _changes(figure: Impact) -> DataTable:
    """Return the amounts as numbers, with what changed between before and after."""
    rows = []
    for one in told_effects(figure):
        before, target, after = (amount(each) for each in (one.before, one.target, one.after))
        change = after - before if before is not None and after is not None else None
        rows.append((one.measure, before, target, after, change))
    return DataTable("Change", ("Measure", "Before", "Target", "After", "Change"), tuple(rows))


def _levels(figure: SkillsGrid) -> DataTable:
    """Return a row for what is wanted and one for each person; what is no level stays as typed."""
    skills = columns_of(figure)

    def read(text: str) -> Cell:
        level = level_of(text)
        return text if level is None else level

    rows: list[tuple[Cell, ...]] = []
    if any(one.target.strip() for one in skills):
        rows.append(("Target", *(read(one.target) for one in skills)))
    rows += [
        (one.name, *(read(cell_of(one, at)) for at in range(len(skills))))
        for one in people_of(figure)
    ]
    if not rows and skills:
        rows.append(("", *("" for _ in skills)))
    return DataTable("People", ("Person", *(one.name for one in skills)), tuple(rows))


def _cells(figure: TableFigure) -> DataTable:
    """Return the cells of a table; in its columns of numbers those without a unit as numbers."""
    heads, rows = body_of(figure)
    numbers = number_columns(figure)
    commas = [comma_in([row[at] for row in rows]) for at in range(len(heads))]

    def read(text: str, at: int) -> Cell:
        # A percent sign is a unit: 37 % is not 37.
        value = read_number(text, comma=commas[at]) if numbers[at] and "%" not in text else None
        return text if value is None else value

    made = tuple(tuple(read(cell, at) for at, cell in enumerate(row)) for row in rows)
    return DataTable("Rows", heads, made or ((("",) * len(heads),) if any(heads) else ()))
