"""The report of a walk on A4: why we went, what we saw at each stop, and what we learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from gemba.domain.cycle_times import said_seconds, spread_of
from gemba.domain.errors import GembaError
from gemba.domain.form_view import FilledForm
from gemba.domain.observation import Observation
from gemba.domain.photo_mark import hash_of, marks_of
from gemba.domain.titles import first_words
from gemba.domain.walk import Stop, Walk
from gemba.reports.form_paper import write_pages
from gemba.reports.pages import LABEL, LEFT, WIDTH, Pages, Photo, Words
from gemba.reports.pictures import picture_size
from gemba.reports.style import MM, REPORT_SOFT, REPORT_TEXT

_CLOCK: Final = 14.0
"""What was seen stands in by this much, behind its time."""
_PHOTO: Final = 60.0
_TALLEST: Final = 80.0
_GAP: Final = 6.0
_STAND: Final = 26.0
_WHOLE: Final = 90.0
"""What was seen stays on one page up to this height, in mm; anything longer flows."""
_LINE: Final = REPORT_TEXT.leading / MM


@dataclass(frozen=True, slots=True)
class WalkReport:
    """A walk with all that was kept on it; ``promises`` names them by the observation's id.

    ``forms`` are what was filled in on it.
    """

    walk: Walk
    area: str
    observations: tuple[Observation, ...]
    promises: Mapping[UUID, Sequence[str]]
    author: str = ""
    forms: tuple[FilledForm, ...] = ()


def draw_walk(report: WalkReport, *, photo: Photo, words: Words) -> bytes:
    """Draw the report of a walk as PDF; ``photo`` reads one by its hash."""
    walk = report.walk
    title = walk.purpose or words("walk_report.no_purpose")
    day = walk.walked_on or walk.planned_on
    left = words("walk_report.of", day=day) if day else words("walk_report.walk")
    pages = Pages(title=title, left=left, words=words)
    pages.title(title)
    _facts(pages, report, words)
    pages.rule()
    seen = report.observations
    known = {stop.id for stop in walk.stops}
    for number, stop in enumerate(walk.stops, 1):
        here = [one for one in seen if one.stop_id == stop.id]
        _stop(pages, stop, number, here, report, photo, words)
    loose = [one for one in seen if one.stop_id not in known]
    if loose or (walk.walked_on is not None and not walk.stops):
        key = "walk_report.on_the_way" if walk.stops else "walk_report.seen"
        _seen(pages, words(key), "", loose, report, photo, words)
    for form in report.forms:
        pages.head(form.title, 2 * _LINE)
        for said, value in form.scores:
            pages.labelled(said, value)
        write_pages(pages, form.pages, blank=False, only={}, photo=photo, level=1)
    _debrief(pages, walk, words)
    if walk.walked_on is None and not walk.stops and not seen:
        pages.text(words("walk_report.nothing_yet"), REPORT_SOFT)
    return pages.finish(title=title, author=report.author or "Gemba", subject=left)


def _facts(pages: Pages, report: WalkReport, words: Words) -> None:
    walk = report.walk
    if walk.walked_on:
        pages.labelled(words("walk_report.walked"), _when(walk, words))
    elif walk.planned_on:
        planned = words("report.day", day=walk.planned_on)
        pages.labelled(words("walk_report.planned"), planned)
    to_come = walk.walked_on is None
    questions = "\n".join(one.text for one in walk.questions if one.asked or to_come)
    for key, said in (
        ("area", report.area),
        ("company", walk.company),
        ("theme", walk.theme),
        ("expect", walk.expect),
        ("to_ask" if to_come else "asked", questions),
    ):
        pages.labelled(words(f"walk_report.{key}"), said)


def _when(walk: Walk, words: Words) -> str:
    day = words("report.day", day=walk.walked_on)
    # A walk written up from paper has no clock, whatever was noted about when it was typed.
    if walk.on_paper or walk.started_at is None:
        return day
    begin = _clock(walk.started_at)
    if walk.ended_at is None:
        return words("walk_report.from", day=day, begin=begin)
    return words("walk_report.from_to", day=day, begin=begin, end=_clock(walk.ended_at))


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _stop(
    pages: Pages,
    stop: Stop,
    number: int,
    here: Sequence[Observation],
    report: WalkReport,
    photo: Photo,
    words: Words,
) -> None:
    place = " ".join(stop.place.split()) or words("walk_report.no_place")
    head = words("walk_report.stop", number=number, place=place)
    look_for = "" if stop.look_for.strip() == stop.place.strip() else stop.look_for
    _seen(pages, head, look_for, here, report, photo, words)


def _seen(
    pages: Pages,
    head: str,
    look_for: str,
    here: Sequence[Observation],
    report: WalkReport,
    photo: Photo,
    words: Words,
) -> None:
    clock = not report.walk.on_paper
    heights = [_height(pages, one, report, photo, words, clock=clock) for one in here]
    first = heights[0] if heights else _LINE
    pages.head(head, first + (2 * _LINE if look_for else 0.0))
    if look_for:
        said = words("walk_report.look_for", text=look_for)
        pages.text(said, REPORT_SOFT)
        pages.space(1.0)
    if not here and report.walk.walked_on is not None:
        pages.text(words("walk_report.nothing_seen"), REPORT_SOFT)
    for number, one in enumerate(here):
        if number:
            pages.space(3.5)
        pages.need(heights[number])
        _observation(pages, one, report.promises.get(one.id, ()), photo, words, clock=clock)


def _height(
    pages: Pages,
    one: Observation,
    report: WalkReport,
    photo: Photo,
    words: Words,
    *,
    clock: bool,
) -> float:
    """Return the height an observation keeps together: all of it, or where it is long its start."""
    promises = report.promises.get(one.id, ())
    whole = pages.height_of(
        lambda trial: _observation(trial, one, promises, photo, words, clock=clock), _WHOLE
    )
    return whole or _least(one, photo)


def _least(one: Observation, photo: Photo) -> float:
    """Return the height an observation needs to begin on a page."""
    photos = (*one.photo_hashes, *one.standard_photos)
    if not photos:
        return 2 * _LINE
    return max(2 * _LINE, picture_size(_read(photos[0], photo), _PHOTO, _TALLEST)[1])


def _read(key: str, photo: Photo) -> bytes | None:
    try:
        return photo(key)
    except (GembaError, OSError):
        return None


def _observation(
    pages: Pages,
    one: Observation,
    promises: Sequence[str],
    photo: Photo,
    words: Words,
    *,
    clock: bool,
) -> None:
    """Write one observation, its photos beside it; each may go on on the next page."""
    begin = pages.spot
    x = LEFT + (_CLOCK if clock else 0.0)
    photos = [*one.photos, *one.standard_photos]
    width = LEFT + WIDTH - x - (_PHOTO + _GAP if photos else 0.0)
    part = pages.paragraph()
    if clock and one.seen_at is not None:
        pages.aside(_clock(one.seen_at), REPORT_SOFT, beside=REPORT_TEXT, part=part)
    pages.text(one.saw.strip("\n"), REPORT_TEXT, x=x, width=width, part=part)
    marks = [words(f"walk_report.marks.{one.category}") if one.category else ""]
    marks += [words(f"walk_report.marks.{one.standard}") if one.standard else ""]
    if any(marks):
        said = ", ".join(mark for mark in marks if mark)
        pages.text(said, REPORT_SOFT, x=x, width=width)
    for key, said in (
        ("think", one.think),
        ("i_asked", one.asked),
        ("their_words", one.their_words),
        ("spoke", one.spoke if one.spoke_consent else ""),
        ("counted", "\n".join(f"{held.label}: {held.number}" for held in one.counts)),
        ("timed", _timed(one, words)),
        ("in_the_way", one.in_the_way),
        ("might_try", one.might_try),
        ("safety_now", _safety(one, words)),
        ("thanked", one.thanked),
        ("promised", "\n".join(promises)),
        ("memos", "\n".join(memo.name or memo.sound[:12] for memo in one.memos)),
    ):
        pages.labelled(words(f"walk_report.{key}"), said, x=x, stand=_STAND, width=width - _STAND)
    end = pages.spot
    pages.go(begin)
    for number, shown in enumerate(photos):
        if number:
            pages.space(2.0)
        name = "photo" if number < len(one.photos) else "standard_photo"
        said = words(f"walk_report.{name}", saw=first_words(" ".join(one.saw.split()), 200))
        x_photo = LEFT + WIDTH - _PHOTO
        data = _read(hash_of(shown), photo)
        pages.picture(data, x_photo, _PHOTO, _TALLEST, said=said, marks=marks_of(shown))
        if name == "standard_photo":
            pages.text(words("walk_report.the_standard"), REPORT_SOFT, x=x_photo, width=_PHOTO)
    pages.go(max(end, pages.spot))


def _timed(one: Observation, words: Words) -> str:
    """Say how many cycles were timed, and their spread."""
    spread = spread_of(one.laps)
    if spread is None:
        return one.timed
    said = words(
        "walk_report.cycles",
        count=spread.count,
        least=said_seconds(spread.least),
        middle=said_seconds(spread.middle),
        most=said_seconds(spread.most),
    )
    return f"{one.timed}: {said}" if one.timed.strip() else said


def _safety(one: Observation, words: Words) -> str:
    if one.safety is None:
        return ""
    said = []
    if one.safety.at is not None:
        said.append(_clock(one.safety.at))
    if one.safety.called.strip():
        said.append(words("walk_report.called", text=one.safety.called.strip()))
    if one.safety.made_safe.strip():
        said.append(words("walk_report.made_safe", text=one.safety.made_safe.strip()))
    return "\n".join(said)


def _debrief(pages: Pages, walk: Walk, words: Words) -> None:
    said = [
        ("against_expected", walk.debrief.against_expected),
        ("pattern", walk.debrief.pattern),
        ("learn_next", walk.debrief.learn_next),
        ("thank_you", walk.debrief.thank_you),
        ("learned", walk.debrief.learned),
    ]
    if not any(text.strip() for _, text in said):
        return
    pages.head(words("walk_report.debrief"), 2 * _LINE)
    for key, text in said:
        pages.labelled(words(f"walk_report.{key}"), text, stand=LABEL + 10.0)
        pages.space(1.0)
