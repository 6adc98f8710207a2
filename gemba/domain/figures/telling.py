"""Sentences of figures as keys with values, and their plain English.

Whoever shows them in another language hands in its own `Say`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor, isfinite, log10
from typing import Final, Protocol

from gemba.domain.figures.chart_sentences import CHARTS
from gemba.domain.figures.english import ENGLISH_OF_FORMS

MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

ENGLISH: Final[Mapping[str, str]] = {
    **CHARTS,
    "five_whys.described": "Five-whys tree. Causes: {causes}. Root causes: {roots}.",
    "five_whys.empty": "Five-whys tree, nothing written yet.",
    "five_whys.gap": "The gap: {text}",
    "five_whys.why": "Why {step}: {text}",
    "five_whys.root": "Root cause {letter}: {text}",
    "five_whys.ruled_out": "Ruled out: {text}",
    "five_whys.evidence": "({evidence}: {source})",
    "five_whys.evidence_only": "({evidence})",
    "five_whys.therefore": "{cause}, therefore {effect}.",
    "five_whys.several_gaps": "“{text}” explains nothing yet; a tree starts from one gap.",
    "five_whys.orphan": "“{text}” belongs to a cause that is no longer here.",
    "five_whys.cycle": "“{text}” explains itself by going round in a circle.",
    "five_whys.same_id": "“{text}” stands here twice.",
    "five_whys.blank": "One cause has no words yet.",
    "five_whys.ask_process": "“{text}” ends at a person. What in the work let it happen?",
    "five_whys.root_ruled_out": "“{text}” is a root cause and ruled out at once. Which is it?",
    "evidence.tested": "tested",
    "evidence.measured": "measured",
    "evidence.seen": "seen",
    "evidence.said": "said",
    "evidence.guess": "guess",
    "evidence.ruled_out": "ruled out",
    "evidence.ruled_out_by": "ruled out: {source}",
    "plan.described": "Action plan. Actions: {count}.",
    "plan.empty": "Action plan, nothing planned yet.",
    "plan.by": "{what}, {who}",
    "plan.planned": "planned {start} to {finish}",
    "plan.planned_from": "planned from {start}",
    "plan.planned_by": "planned by {finish}",
    "plan.done": "done {on}",
    "plan.started": "started {on}",
    "plan.review": "review {on}",
    "plan.reviewed": "reviewed {on}",
    "plan.late_finish": "planned finish passed {days} ago",
    "plan.late_start": "planned start passed {days} ago",
    "plan.behind": "{days} behind",
    "plan.finish_before_start": "“{what}” is planned to finish before it starts.",
    "plan.finished_before_started": "“{what}” was finished before it was started.",
    "plan.finished_not_started": "“{what}” was finished; when was it started?",
    "plan.review_before_start": "“{what}” is reviewed before it starts.",
    "plan.in_the_future": "“{what}” says it happened on {on}, which is still to come.",
    "plan.what": "What",
    "plan.who": "Who",
    "plan.where": "Where",
    "plan.how": "How",
    "plan.key_planned": "planned",
    "plan.key_actual": "actual",
    "plan.key_review": "review",
    "plan.today": "today",
    "days.one": "1 day",
    "days.other": "{count} days",
    "countermeasures.described": "Countermeasures compared: {count}.",
    "countermeasures.empty": "Countermeasures, nothing compared yet.",
    "countermeasures.row": "{number} {what}",
    "countermeasures.acts_on": "acts on {cause}",
    "countermeasures.predicted": "we predict {effect}",
    "countermeasures.impact_level": "effect {level}",
    "countermeasures.effort_level": "effort {level}",
    "countermeasures.risk_level": "risk {level}",
    "countermeasures.chosen": "chosen",
    "countermeasures.left": "left",
    "countermeasures.nothing": "Do nothing",
    "countermeasures.what": "Countermeasure",
    "countermeasures.cause": "Cause",
    "countermeasures.effect": "We predict",
    "countermeasures.effort": "Effort",
    "countermeasures.risk": "Risk",
    "countermeasures.lasts": "Lasts",
    "countermeasures.grid": "Effect and effort",
    "countermeasures.effort_axis": "effort →",
    "countermeasures.impact_axis": "effect ↑",
    "countermeasures.not_placed": "Not on the grid: {numbers}",
    "countermeasures.more": "+{count}",
    "countermeasures.ask_nothing": "What happens if you do nothing?",
    "countermeasures.ask_cause": "Which cause does “{what}” act on?",
    "countermeasures.ask_other": "What else could be done about {cause}?",
    "countermeasures.ask_effect": "What do you predict of “{what}”, in numbers?",
    "level.low": "low",
    "level.middle": "middle",
    "level.high": "high",
    "lasts.temporary": "temporary",
    "lasts.permanent": "permanent",
    "fishbone.described": "Fishbone of: {effect}. Possible causes: {count}.",
    "fishbone.empty": "Fishbone, nothing written yet.",
    "fishbone.bone": "{bone}: {causes}.",
    "fishbone.unnamed": "without a name",
    "fishbone.effect": "What happens?",
    "fishbone.open": "open",
    "fishbone.ruled_out": "ruled out",
    "fishbone.verified": "verified",
    "fishbone.verified_by_guess": "“{text}” is verified. By what do you know?",
    "fishbone.ruled_out_by_guess": "“{text}” is ruled out. By what do you know?",
    "fishbone.orphan": "“{text}” belongs to a bone that is no longer here.",
    "fishbone.cycle": "“{text}” leads to itself by going round in a circle.",
    "fishbone.too_few": "One bone is a list. Where else could it come from?",
    "fishbone.too_many": "More than {most} bones are hard to tell apart on paper.",
    "bone.machine": "Machine",
    "bone.method": "Method",
    "bone.material": "Material",
    "bone.people": "People",
    "bone.measurement": "Measurement",
    "bone.environment": "Environment",
    "bone.product": "Product",
    "bone.price": "Price",
    "bone.process": "Process",
    "bone.place": "Place",
    "bone.surroundings": "Surroundings",
    "bone.promotion": "Promotion",
    "bone.productivity": "Productivity",
    "bone.suppliers": "Suppliers",
    "bone.systems": "Systems",
    "bone.skills": "Skills",
    "sketch.described": "Sketch. Strokes: {strokes}.",
    "sketch.empty": "Sketch, nothing drawn yet.",
    "sketch.words": "Words on it: {words}.",
    "photo_figure.described": "Photo: {description}",
    "photo_figure.undescribed": "Photo, not described yet.",
    "photo_figure.marked": "Marked on it: {marks}.",
    "photo_figure.arrow_one": "1 arrow",
    "photo_figure.arrow_other": "{count} arrows",
    "photo_figure.circle_one": "1 circle",
    "photo_figure.circle_other": "{count} circles",
    "photo_figure.blur_one": "1 place made unrecognisable",
    "photo_figure.blur_other": "{count} places made unrecognisable",
    "photo_figure.says": "the words {words}",
    "photo_figure.not_here": "This photo is not on this machine.",
    "figure.key_more.one": "1 more has no room here.",
    "figure.key_more.other": "{count} more have no room here.",
    "figure.too_small": "No room here for {count} more. Give the figure more room.",
    "figure.left_out": "No room on paper for all of {names}.",
    "figure.left_out_count": "No room on paper for {count} of its parts.",
    "figure.and_more": "{names} and {count} more",
    "figure.row": "row {row} “{cell}”",
    "figure.row_empty": "row {row}",
    **ENGLISH_OF_FORMS,
}  # fmt: skip


class Say(Protocol):
    """Turns a key with values into a sentence of a language."""

    def __call__(self, key: str, /, **values: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a figure's rules noticed: told or asked, never corrected.

    ``where`` is the id of the part it stands at, or the number of a row.
    """

    key: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, say: Say) -> str:
        """Return the finding as a sentence."""
        return say(self.key, **self.values)


def plain_english(key: str, /, **values: object) -> str:
    """Return the English sentence of a key. Raises KeyError for an unknown one."""
    return ENGLISH[key].format(**values)


_NAMED: Final = 4
_LONGEST: Final = 24


def some_named(names: Sequence[str], say: Say = plain_english, most: int = _NAMED) -> str:
    """Write so many names in a row; of more it says how many."""
    named = ", ".join(names[:most])
    left = len(names) - most
    return say("figure.and_more", names=named, count=left) if left > 0 else named


def cut_short(text: str) -> str:
    """Return the beginning of a text that is named in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def quoted(texts: Sequence[str], say: Say = plain_english, most: int = 12) -> str:
    """Quote the beginnings of so many texts; of more it says how many."""
    return some_named([f"“{cut_short(text)}”" for text in texts], say, most)


def row_named(row: int, cell: str, say: Say = plain_english) -> str:
    """Name a cell that is not drawn by its row, from 1, and what stands there."""
    text = cut_short(cell)
    return say("figure.row", row=row, cell=text) if text else say("figure.row_empty", row=row)


def left_out_told(count: int, texts: Sequence[str], say: Say = plain_english) -> str:
    """Say what of a figure found no room: by its words, or by number where it has none."""
    if not (count or texts):
        return ""
    if not texts:
        return say("figure.left_out_count", count=count)
    return say("figure.left_out", names=quoted(texts, say))


def short_date(day: date, *, year: bool = False) -> str:
    """Write a date as it stands on a sheet: 4 Nov, or 4 Nov 2026."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def days_text(count: int, say: Say = plain_english) -> str:
    """Write a number of days: 1 day, 16 days."""
    return say("days.one") if count == 1 else say("days.other", count=count)


def with_unit(number: str, unit: str) -> str:
    """Put a unit after a number, with a space that does not break."""
    return f"{number}\u00a0{unit}" if unit else number


def number_text(value: float, digits: int = 4) -> str:
    """Write a number for a label, rounded to so many digits after its first, whole ones kept."""
    if not isfinite(value):
        return str(value)
    if value == 0:
        return "0"
    size = floor(log10(abs(value)))
    if size >= 9 or size < -4:
        mantissa, exponent = f"{value:.3e}".split("e")
        head = mantissa.rstrip("0").rstrip(".").replace("-", "−")
        return f"{head}×10{_raised(int(exponent))}"
    text = f"{value:,.{max(0, digits - 1 - size)}f}".replace(",", "\u00a0").replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_number(value: float) -> str:
    """Write a number so that reading it back gives the same number."""
    if isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
