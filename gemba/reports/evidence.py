"""One page for a review talk: what a learner predicted, what it taught, and what to talk about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from gemba.domain.development import SKILL_LEVELS, Goal, PersonSkill
from gemba.domain.ledger import DIFFERENT, EXPECTED, UNCLEAR, Learning, LedgerLine
from gemba.domain.person import Person
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words
from gemba.reports.ink import Ink
from gemba.reports.pages import BOTTOM, LEFT, WIDTH, Pages
from gemba.reports.style import MM, REPORT_SOFT, REPORT_STRONG, REPORT_TEXT

Words = Callable[..., str]
Write = Callable[[Pages], None]

_LINE: Final = REPORT_TEXT.leading / MM
_TALK: Final = 46.0
"""How high the last part stands, in mm."""
_HEAD: Final = 12.9
"""How high a heading stands with the room around it, in mm."""
_TALK_LINE: Final = 14.0
_LONGEST: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is shown of one learner between two days; ``notes`` are private, by their days.

    ``lines`` are those predictions that taught something, the newest first.
    """

    learner: Person
    coaches: tuple[str, ...]
    learning: Learning
    lines: tuple[LedgerLine, ...]
    sheets: tuple[Sheet, ...]
    today: date
    first: date | None = None
    last: date | None = None
    notes: tuple[tuple[date, str], ...] = ()
    skills: tuple[PersonSkill, ...] = ()
    goals: tuple[Goal, ...] = ()
    private: bool = False


def draw_evidence(evidence: Evidence, *, words: Words) -> bytes:
    """Draw the page as PDF, A4 standing; what has no room is counted, and stands in the history."""
    title = words("review_page.title", name=evidence.learner.name)
    badge = words("coaching_record.badge") if evidence.private else ""
    pages = Pages(title=title, left=title, words=words, badge=badge)
    pages.title(evidence.learner.name)
    _facts(pages, evidence, words)
    pages.rule()
    learned = [partial(_learned, one=one, words=words) for one in evidence.lines]
    parts: list[tuple[str, Sequence[Write], float]] = [
        ("obstacles", [partial(_obstacle, text=one) for one in _obstacles(evidence, words)], 38.0),
        ("skills", [partial(_obstacle, text=one) for one in _grown(evidence, words)], 30.0),
        ("sheets", [partial(_obstacle, text=_sheet(one, words)) for one in evidence.sheets], 24.0),
    ]
    if evidence.private:
        notes = [partial(_note, on=on, text=text, words=words) for on, text in evidence.notes]
        parts.append(("notes", notes, 36.0))
    # What was learned gets the room that the others do not need; each has its share of the page.
    limits: list[float] = []
    limit = BOTTOM - _TALK
    for _name, entries, most in reversed(parts):
        limits.insert(0, limit)
        limit -= min(most, _height(pages, entries))
    _part(pages, words("review_page.learned_head"), learned, limit, words)
    for (name, entries, _most), until in zip(parts, limits, strict=True):
        _part(pages, words(f"review_page.{name}_head"), entries, until, words)
    if not (evidence.learning.months or evidence.learning.cycles):
        pages.space(4.0)
        pages.text(words("review_page.nothing"), REPORT_SOFT)
    _talk(pages, words)
    author = evidence.coaches[-1] if evidence.coaches else "Gemba"
    return pages.finish(title=title, author=author, subject=title)


def _facts(pages: Pages, evidence: Evidence, words: Words) -> None:
    found = evidence.learning
    bounds = {"first": evidence.first, "last": evidence.last}
    if any(bounds.values()):
        key = "between" if all(bounds.values()) else "since" if evidence.first else "until"
        pages.labelled(words("review_page.period"), words(f"coaching_record.{key}", **bounds))
    pages.labelled(words("review_page.coach"), ", ".join(evidence.coaches))
    if found.cycles:
        said = words("review_page.cycles_said", count=len(found.cycles), gap=found.longest_gap)
        pages.labelled(words("review_page.cycles"), said)
    if found.months:
        counts = {
            "expected": found.count(EXPECTED),
            "different": found.count(DIFFERENT),
            "unclear": found.count(UNCLEAR),
            "open": found.count(""),
        }
        said = words("review_page.predictions_said", **counts)
        if found.surprised_by_none:
            said = f"{said}. {words('review_page.surprise')}"
        pages.labelled(words("review_page.predictions"), said)


def _height(pages: Pages, entries: Sequence[Write]) -> float:
    """Return how high a part would be with all it has, in mm; nothing where it has nothing."""
    if not entries:
        return 0.0
    return _HEAD + sum(pages.height_of(write, BOTTOM) or BOTTOM for write in entries)


def _part(pages: Pages, head: str, entries: Sequence[Write], limit: float, words: Words) -> None:
    """Write as many entries as have room down to a limit in mm, and count the others."""
    if not entries:
        return
    pages.head(head, _LINE)
    for number, write in enumerate(entries):
        trial = pages.height_of(write, BOTTOM)
        left = len(entries) - number
        more = _LINE if left > 1 else 0.0
        if not trial or pages.spot[1] + trial + more > limit:
            pages.text(words("review_page.more", count=left), REPORT_SOFT)
            return
        write(pages)


def _learned(pages: Pages, one: LedgerLine, words: Words) -> None:
    pages.space(1.0)
    day = words("report.day", day=one.planned_on)
    key = one.outcome.replace(" ", "_") or "open"
    pages.text(f"{day}  {words(f'coaching_record.outcome.{key}')}", REPORT_STRONG)
    for label, said in (
        ("predicted", one.prediction),
        ("happened", one.happened),
        ("learned", one.learned),
    ):
        pages.labelled(words(f"review_page.{label}"), first_words(said, _LONGEST))


def _obstacles(evidence: Evidence, words: Words) -> list[str]:
    found = []
    for one in reversed(evidence.learning.obstacles):
        key = "obstacle_gone" if one.gone else "obstacle_there"
        found.append(
            words(
                f"review_page.{key}",
                text=first_words(one.text, _LONGEST),
                count=one.experiments,
                days=one.days(evidence.today),
                until=one.until,
                first=one.first,
            )
        )
    return found


def _obstacle(pages: Pages, text: str) -> None:
    pages.text(text, REPORT_TEXT)


def _grown(evidence: Evidence, words: Words) -> list[str]:
    """Return the skills by the level somebody said, and the goals that are not reached yet."""
    found = []
    for skill in evidence.skills:
        name = first_words(skill.name, _LONGEST)
        if skill.level:
            level, since = (
                SKILL_LEVELS[skill.level - 1],
                skill.steps[-1].on if skill.steps else None,
            )
            key = "skill" if since is not None else "skill_level"
            found.append(words(f"review_page.{key}", name=name, level=level, day=since))
        else:
            found.append(
                words("review_page.skill_level", name=name, level=words("review_page.new"))
            )
    for goal in evidence.goals:
        if goal.reached_on is None:
            text = first_words(goal.text, _LONGEST)
            key = "goal_by" if goal.by_when is not None else "goal"
            found.append(words(f"review_page.{key}", text=text, day=goal.by_when))
    return found


def _sheet(sheet: Sheet, words: Words) -> str:
    title = first_words(sheet.title or sheet.is_now, _LONGEST)
    return words("review_page.sheet", title=title, day=sheet.started_on, stage=sheet.stage)


def _note(pages: Pages, on: date, text: str, words: Words) -> None:
    pages.labelled(words("report.day", day=on), first_words(text, _LONGEST))


def _talk(pages: Pages, words: Words) -> None:
    """Ask what to talk about, at the foot of the page, with room to write."""
    pages.go((pages.spot[0], max(pages.spot[1], BOTTOM - _TALK)))
    pages.head(words("review_page.talk_head"), 0.0)
    for number in (1, 2, 3):
        pages.text(words(f"review_page.talk_{number}"), REPORT_TEXT)
        y = pages.spot[1] + _TALK_LINE - _LINE - 3.0
        pages.mark(partial(_rule, y=y))
        pages.go((pages.spot[0], pages.spot[1] + _TALK_LINE - _LINE - 2.0))


def _rule(ink: Ink, y: float) -> None:
    ink.line(LEFT, y, LEFT + WIDTH, y, colour="rule", pt=0.5)
