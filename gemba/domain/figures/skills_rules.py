"""The rules of a skills grid: what a level is, and how many cover a skill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gemba.domain.figures.skills import ALONE, LEVELS, Learner, Skill, SkillsGrid
from gemba.domain.figures.telling import Finding, Say, plain_english

_CIRCLES: Final = {"○": 0, "◔": 1, "◑": 2, "◕": 3, "●": 4}


def level_of(text: str) -> int | None:
    """Read a level: 0 to 4, or a circle filled by quarters; None for anything else."""
    word = text.strip()
    if word in _CIRCLES:
        return _CIRCLES[word]
    if len(word) != 1 or not word.isdecimal():
        return None
    value = int(word)
    return value if value < len(LEVELS) else None


def columns_of(figure: SkillsGrid) -> tuple[Skill, ...]:
    """Return the skills, with an unnamed one for each level that has no skill above it."""
    wide = max((len(one.levels) for one in figure.people), default=0)
    more = max(0, wide - len(figure.skills))
    return (*figure.skills, *(Skill() for _ in range(more)))


def people_of(figure: SkillsGrid) -> tuple[Learner, ...]:
    """Return the people of whom something is said."""
    return tuple(
        one
        for one in figure.people
        if one.name.strip() or any(level.strip() for level in one.levels)
    )


def has_words(figure: SkillsGrid) -> bool:
    """Tell whether a grid says anything."""
    return bool(people_of(figure)) or any(
        one.name.strip() or one.target.strip() for one in figure.skills
    )


def cell_of(person: Learner, at: int) -> str:
    """Return what is written of a person at a skill."""
    return person.levels[at] if at < len(person.levels) else ""


def short_of(figure: SkillsGrid, person: Learner, at: int) -> int:
    """Return by how many levels a person is below what is wanted; 0 where nobody said."""
    skills = columns_of(figure)
    wanted, level = level_of(skills[at].target), level_of(cell_of(person, at))
    return max(0, wanted - level) if wanted is not None and level is not None else 0


def covered(figure: SkillsGrid) -> tuple[int, ...]:
    """Return for each skill how many people do it alone."""
    return tuple(
        sum((level_of(cell_of(one, at)) or 0) >= ALONE for one in people_of(figure))
        for at in range(len(columns_of(figure)))
    )


def skills_findings(figure: SkillsGrid) -> tuple[Finding, ...]:
    """Name what is no level and ask for names; ``where`` is "person:skill" by place, from 0, or
    "target:skill" and "skill:skill"."""
    found: list[Finding] = []
    for at, skill in enumerate(columns_of(figure)):
        if skill.target.strip() and level_of(skill.target) is None:
            cell = skill.target.strip()[:40]
            found.append(Finding("skills.not_a_level", f"target:{at}", {"cell": cell}))
        if not skill.name.strip() and any(cell_of(one, at).strip() for one in figure.people):
            found.append(Finding("skills.ask_skill", f"skill:{at}", {"number": at + 1}))
    for row, person in enumerate(figure.people):
        for at, text in enumerate(person.levels):
            if text.strip() and level_of(text) is None:
                cell = text.strip()[:40]
                found.append(Finding("skills.not_a_level", f"{row}:{at}", {"cell": cell}))
        if not person.name.strip() and any(level.strip() for level in person.levels):
            found.append(Finding("skills.ask_person", f"{row}:-1", {"number": row + 1}))
    return tuple(found)


def coverage_told(figure: SkillsGrid, say: Say = plain_english) -> list[str]:
    """Say which skills nobody or only one person covers alone."""
    people = people_of(figure)
    told = []
    for at, (skill, count) in enumerate(zip(columns_of(figure), covered(figure), strict=True)):
        name = " ".join(skill.name.split())
        if not name or not any(cell_of(one, at).strip() for one in people):
            continue
        if not count:
            told.append(say("skills.nobody", skill=name))
        elif count == 1 and len(people) > 1:
            who = next(one for one in people if (level_of(cell_of(one, at)) or 0) >= ALONE)
            person = " ".join(who.name.split()) or "?"
            told.append(say("skills.only_one", skill=name, person=person))
    return told


def skills_told(figure: SkillsGrid, say: Say = plain_english) -> list[str]:
    """Say a grid person by person, then what is covered by one or nobody."""
    people, skills = people_of(figure), columns_of(figure)
    if not has_words(figure):
        return [say("skills.empty")]
    told = [say("skills.described", people=len(people), skills=len(skills))]
    wanted = [
        f"{' '.join(skill.name.split()) or '?'} {level_words(skill.target, say)}"
        for skill in skills
        if skill.target.strip()
    ]
    if wanted:
        told.append(f"{say('skills.target')}: {'; '.join(wanted)}.")
    for person in people:
        parts = [
            f"{' '.join(skill.name.split()) or '?'} {level_words(cell_of(person, at), say)}"
            for at, skill in enumerate(skills)
            if cell_of(person, at).strip()
        ]
        name = " ".join(person.name.split()) or "?"
        told.append(f"{name}: {'; '.join(parts) or '–'}.")
    return [*told, *coverage_told(figure, say)]


def level_words(text: str, say: Say = plain_english) -> str:
    """Return a level in words; what is none as typed with a question mark."""
    level = level_of(text)
    if level is None:
        return f"{' '.join(text.split())} ?" if text.strip() else ""
    return say(f"skills.level_{LEVELS[level]}")


def from_cells(
    skills: Sequence[Sequence[str]], people: Sequence[Sequence[str]]
) -> tuple[tuple[Skill, ...], tuple[Learner, ...]]:
    """Return skills from rows of name and target, and people from rows of name and levels."""
    made = tuple(Skill(name=row[0], target=row[1]) for row in skills)
    learners = []
    for row in people:
        levels = list(row[1:])
        while levels and not levels[-1].strip():
            levels.pop()
        learners.append(Learner(name=row[0], levels=tuple(levels)))
    return made, tuple(learners)


def with_named(figure: SkillsGrid, rows: Sequence[Sequence[str]]) -> SkillsGrid:
    """Return a grid with the people of a range whose first row names skills.

    A skill of a name that is known is that column, another a new one; without any names so far
    the columns are those of the range.
    """
    heads = rows[0][1:]
    named = any(one.name.strip() for one in figure.skills)
    known = [" ".join(one.name.split()).casefold() for one in figure.skills] if named else []
    skills = list(figure.skills)
    places = []
    for at, head in enumerate(heads):
        name = " ".join(head.split())
        if named and name.casefold() in known:
            places.append(known.index(name.casefold()))
        elif not named and at < len(skills):
            skills[at] = Skill(name=name, target=skills[at].target)
            places.append(at)
        else:
            skills.append(Skill(name=name, target=""))
            known.append(name.casefold())
            places.append(len(skills) - 1)
    people = []
    for row in rows[1:]:
        levels = [""] * len(skills)
        for place, level in zip(places, row[1:], strict=False):
            levels[place] = level
        # Cells beyond the heads stay, in columns without a name.
        people.append((row[0], *levels, *row[1 + len(heads) :]))
    return replace(
        figure, skills=tuple(skills), people=(*figure.people, *from_cells((), people)[1])
    )


def headed(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of some pasted rows names skills: words where others have levels."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell for cell in rows[0][1:] if cell.strip()]
    return bool(first) and all(level_of(cell) is None for cell in first)
