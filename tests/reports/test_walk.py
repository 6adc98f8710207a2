"""The report of a walk, read back from its PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from PIL import Image, ImageChops

from gemba.domain.errors import NotFound
from gemba.domain.observation import Count, Observation, SafetyNow
from gemba.domain.walk import CueQuestion, Debrief, Stop, Walk
from gemba.reports.walk import WalkReport, draw_walk
from gemba.words import Words
from tests.data.paper import faces, picture, reader, size_mm, text_of

DAY = date(2026, 11, 3)
BEGAN = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
words = Words()


def walk(**fields: object) -> Walk:
    made = Walk(
        id=UUID(int=1),
        purpose="Why do discharges wait?",
        company="Nadia Rahman",
        expect="A queue at the hatch",
        stops=(Stop(id="a", place="Ward 4"), Stop(id="b", place="Lodge", look_for="the list")),
        questions=(
            CueQuestion(id="1", text="What is waiting?", asked=True),
            CueQuestion(id="2", text="Never asked this one"),
        ),
        walked_on=DAY,
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(minutes=42),
        debrief=Debrief(pattern="Ready, and nobody told", learned="It waits between people"),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def seen(number: int, saw: str, **fields: object) -> Observation:
    made = Observation(
        id=UUID(int=100 + number),
        walk_id=UUID(int=1),
        stop_id="a",
        place=number,
        seen_on=DAY,
        seen_at=BEGAN + timedelta(minutes=number % 60),
        saw=saw,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def a_photo(key: str) -> bytes:
    if key == "gone":
        raise NotFound("photo.gone")
    out = io.BytesIO()
    if key == "large":
        noise = Image.effect_noise((2000, 1500), 80)
        noise.save(out, "JPEG", quality=92)
        return out.getvalue()
    shape = (400, 1200) if key.startswith("tall") else (400, 300)
    Image.new("RGB", shape, (220, 20 + len(key), 20)).save(out, "JPEG")
    return b"no picture at all" if key == "broken" else out.getvalue()


def drawn(one: Walk, *observations: Observation, promises: Sequence[str] = ()) -> bytes:
    told = {observations[0].id: list(promises)} if observations else {}
    report = WalkReport(walk=one, area="Ward 4", observations=observations, promises=told)
    return draw_walk(replace(report, author="Ana Lindqvist"), photo=a_photo, words=words)


def test_a_report_says_everything_that_was_written_on_the_walk() -> None:
    pdf = drawn(
        walk(),
        seen(
            4,
            "Two bags ready since 09:20",
            category="delivery",
            standard="abnormal",
            think="nobody is told",
            their_words="I never know",
            in_the_way="the phone is in the office",
            might_try="a card on the bag",
            thanked="Leah, at the desk",
            safety=SafetyNow(called="site security", made_safe="moved the bed", at=BEGAN),
        ),
        seen(9, "The night list has no names", stop_id="b"),
        seen(11, "Kept between two stops", stop_id=""),
        promises=["A second porter", "The printer"],
    )
    text = text_of(pdf)
    in_order = (
        "Why do discharges wait?",
        "3 Nov 2026, 10:00 to 10:42",
        "Ward 4",
        "Nadia Rahman",
        "A queue at the hatch",
        "What is waiting?",
        "1. Ward 4",
        "10:04",
        "Two bags ready since 09:20",
        "delivery, abnormal",
        "nobody is told",
        "I never know",
        "the phone is in the office",
        "a card on the bag",
        "Called site security",
        "moved the bed",
        "Leah, at the desk",
        "A second porter",
        "The printer",
        "2. Lodge",
        "the list",
        "The night list has no names",
        "On the way",
        "Kept between two stops",
        "Ready, and nobody told",
        "It waits between people",
        "Walk of 3 Nov 2026",
        "1 of 1",
    )
    places = [text.find(part) for part in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)
    assert "Never asked this one" not in text


def test_a_report_is_an_a4_with_its_own_faces_a_title_an_author_and_a_language() -> None:
    pdf = drawn(walk(), seen(1, "One thing"))
    assert size_mm(pdf) == (210.0, 297.0)
    document = reader(pdf)
    assert document.metadata is not None
    assert document.metadata.title == "Why do discharges wait?"
    assert document.metadata.author == "Ana Lindqvist"
    assert document.trailer["/Root"]["/Lang"] == "en"
    found = faces(pdf)
    assert found
    for name, embedded in found.items():
        assert embedded, name
        assert name[7:8] == "+", f"{name} is not a subset"


def test_the_same_walk_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    one = (walk(), seen(1, "One thing", photos=("wide",)))
    first = drawn(*one)
    drawn(walk(purpose="Ελληνικά 漢字 العربية"), seen(2, "Жёлтый"))
    assert drawn(*one) == first


def test_a_walk_on_paper_has_a_day_and_no_clock() -> None:
    made = walk(on_paper=True, started_at=BEGAN, ended_at=BEGAN + timedelta(minutes=42))
    text = text_of(drawn(made, seen(17, "Written up later")))
    assert "3 Nov 2026" in text
    assert "10:" not in text


def test_a_walk_with_nothing_but_a_purpose_is_a_report_too() -> None:
    bare = Walk(id=UUID(int=1), purpose="Only why")
    text = text_of(drawn(bare))
    assert "Only why" in text
    assert "What was seen" not in text
    assert "Nothing was noted here." in text_of(drawn(replace(bare, walked_on=DAY)))
    assert "1 of 1" in text
    assert "{" not in text


def test_a_walk_that_is_only_a_thought_says_so() -> None:
    bare = Walk(id=UUID(int=1), purpose="")
    report = WalkReport(walk=bare, area="", observations=(), promises={})
    pdf = draw_walk(report, photo=lambda _hash: None, words=words)
    assert "Nothing is planned or written down for this walk yet." in text_of(pdf)


def test_a_long_walk_turns_pages_and_cuts_nothing() -> None:
    many = [seen(n, f"Thing {n} " + "and more of what was seen " * 9) for n in range(1, 81)]
    one = walk(purpose="Why do " + "many discharges " * 12 + "wait?")
    pdf = drawn(one, *many)
    document = reader(pdf)
    pages = [" ".join(page.extract_text().split()) for page in document.pages]
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in page
        assert "Why do many discharges" in page
        assert number == 1 or "…" in page[:200] or "…" in page[-200:]
    text = text_of(pdf)
    for one_seen in many:
        assert f"Thing {one_seen.place} and more" in text
    assert text.count("and more of what was seen") == 80 * 9
    outline = [entry["/Title"] for entry in document.outline]  # type: ignore[call-overload,index]
    assert outline == ["1. Ward 4", "2. Lodge", "What it came to"]


def test_a_short_walk_has_no_bookmarks() -> None:
    assert reader(drawn(walk(), seen(1, "One thing"))).outline == []


@pytest.mark.parametrize("lines", range(30, 60))
def test_a_heading_is_never_alone_at_the_foot_of_a_page(lines: int) -> None:
    first = [seen(n, f"Line {n}") for n in range(1, lines)]
    there = seen(lines, "After the heading", stop_id="b", photos=("wide",))
    document = reader(drawn(walk(), *first, there))
    for page in document.pages:
        text = page.extract_text()
        if "2. Lodge" in text:
            assert "After the heading" in text
            return
    pytest.fail("there is no heading")


def test_a_walk_to_come_is_its_own_cue_card() -> None:
    text = text_of(drawn(walk(walked_on=None, planned_on=DAY, started_at=None, ended_at=None)))
    assert "Planned for 3 Nov 2026" in text
    assert "What is waiting?" in text
    assert "Never asked this one" in text
    assert "Nothing was noted" not in text


@pytest.mark.parametrize("before", range(20, 40))
def test_what_was_seen_stays_together_on_a_page(before: int) -> None:
    first = [seen(n, f"Line {n}") for n in range(1, before)]
    last = seen(before, "Seen as one", think="thought", their_words="said", might_try="tried")
    document = reader(drawn(walk(), *first, last))
    holding = [
        page.extract_text() for page in document.pages if "Seen as one" in page.extract_text()
    ]
    assert len(holding) == 1
    for part in ("thought", "said", "tried"):
        assert part in holding[0]


def test_photos_stand_beside_what_was_seen_sixty_mm_wide() -> None:
    shown = picture(drawn(walk(), seen(1, "Two bags ready", photos=("wide",))), dpi=50)
    red, green, _ = shown.split()
    reddish = ImageChops.subtract(red, green).point(lambda value: 255 if value > 100 else 0)
    left, top, right, bottom = reddish.getbbox() or (0, 0, 0, 0)
    per_mm = 50 / 25.4
    assert (right - left) / per_mm == pytest.approx(60, abs=1.5)
    assert (bottom - top) / per_mm == pytest.approx(45, abs=1.5)
    assert right / per_mm == pytest.approx(185, abs=1.5)


def test_more_photos_than_a_page_holds_go_on_on_the_next() -> None:
    pdf = drawn(
        walk(), seen(1, "All of this", photos=("tall", "wide", "tall 2", "wide 2", "tall 33"))
    )
    assert [len(page.images) for page in reader(pdf).pages][:2] == [2, 3]


def test_a_photo_has_no_more_pixels_than_paper_shows() -> None:
    pdf = drawn(walk(), seen(1, "Two bags ready", photos=("large",)))
    (image,) = reader(pdf).pages[0].images
    assert image.image is not None
    assert image.image.size == (709, 532)
    assert len(pdf) < 600_000 < len(a_photo("large"))
    (small,) = reader(drawn(walk(), seen(1, "Bags", photos=("wide",)))).pages[0].images
    assert small.image is not None
    assert small.image.size == (400, 300)


@pytest.mark.parametrize("key", ["gone", "broken"])
def test_a_photo_that_cannot_be_shown_leaves_a_sentence(key: str) -> None:
    text = text_of(drawn(walk(), seen(1, "Two bags ready", photos=(key,))))
    assert words("photo_figure.not_here") in text
    assert "Two bags ready" in text


def test_text_is_never_markup_and_never_lost() -> None:
    hostile = '<b>bold</b> & <img src="file:///etc/passwd"> {0} {saw} a\x07b \N{PARTY POPPER}'
    pdf = drawn(walk(purpose=hostile, company=hostile), seen(1, hostile, think=hostile))
    text = text_of(pdf)
    assert text.count("<b>bold</b> & <img") >= 4
    assert "[U+0007]" in text
    assert "[U+1F389]" in text
    assert all(len(page.images) == 0 for page in reader(pdf).pages)


def test_a_report_says_what_was_counted_timed_and_asked_and_names_with_consent_alone() -> None:
    pdf = drawn(
        walk(),
        seen(
            1,
            "Two people look for the trolley",
            asked="What is waiting?",
            counts=(Count(id="c", label="calls", number=7),),
            timed="one label",
            laps=(41.3, 39.0, 125.0),
            spoke="Grace Teo",
            spoke_consent=True,
            standard_photos=("wide",),
        ),
        seen(2, "Nobody said", spoke="Tom Hale"),
    )
    text = text_of(pdf)
    for said in (
        "What is waiting?",
        "calls: 7",
        "one label: 3 cycles, 39.0 s to 2:05.0, the middle one 41.3 s",
        "Grace Teo",
        "The standard",
    ):
        assert said in " ".join(text.split()), said
    assert "Tom Hale" not in text
    assert [len(page.images) for page in reader(pdf).pages] == [1]
