"""What a PDF says to those who do not see it: headings, paragraphs, lists, figures in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from gemba.domain.coaching import Answer, Talk
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.sheet import Box
from gemba.domain.walk import Stop, Walk
from gemba.reports.coaching import CoachingRecord, draw_record
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.reports.structure import Element, Structure
from gemba.reports.walk import WalkReport, draw_walk
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet

DAY = date(2026, 9, 4)
PAINTING = {b"Tj", b"S", b"f", b"B", b"Do"}


def sheet(paper: str = "A3", text: str = "", compress: bool = True) -> bytes:
    made = trial_sheet()
    if text:
        made = type(made)(
            id=made.id, title="Late", started_on=DAY, boxes=(Box(id="goal", text=text),)
        )
    return draw_sheet(
        made,
        definition(),
        facts=SheetFacts("Maria Okafor", "", "Ward 6"),
        photo=lambda _hash: None,
        words=Words(),
        today=TODAY,
        paper=paper,
        compress=compress,
    ).pdf


def walk(photo: bytes | None = None, seen: int = 40) -> bytes:
    stop = Stop(id="1", place="Pharmacy")
    made = Walk(id=UUID(int=1), purpose="Why do discharges wait?", walked_on=DAY, stops=(stop,))
    observations = tuple(
        Observation(
            id=UUID(int=number + 2),
            saw=f"Bag {number} waits\nat the hatch",
            seen_on=DAY,
            stop_id="1",
            photos=("a" * 64,) if number == 0 else (),
        )
        for number in range(seen)
    )
    report = WalkReport(walk=made, area="Ward 6", observations=observations, promises={})
    return draw_walk(report, photo=lambda _hash: photo, words=Words())


def record() -> bytes:
    learner = Person(id=UUID(int=1), name="Tomas")
    talk = Talk(
        id=UUID(int=2),
        kind="first talk",
        learner_id=learner.id,
        held_on=DAY,
        answers=(Answer(id="1", question="What did you see?", text="Nine bags. " * 800),),
    )
    made = CoachingRecord(learner=learner, boards=(), talks=(talk,), experiments=(), sheets=())
    return draw_record(made, words=Words())


def kids(node: DictionaryObject) -> list[Any]:
    found = node.get("/K", [])
    return [one.get_object() for one in found] if isinstance(found, ArrayObject) else [found]


def walk_tree(node: Any) -> Iterator[DictionaryObject]:
    if isinstance(node, DictionaryObject) and node.get("/Type") == "/StructElem":
        yield node
        for child in kids(node):
            yield from walk_tree(child)


def elements(pdf: bytes, reader: PdfReader | None = None) -> list[DictionaryObject]:
    catalog = (reader or PdfReader(io.BytesIO(pdf))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    return list(walk_tree(catalog["/StructTreeRoot"]["/K"].get_object()))


def kinds(pdf: bytes) -> list[str]:
    return [str(one["/S"])[1:] for one in elements(pdf)]


def said_by(pdf: bytes) -> dict[tuple[int, int], str]:
    """Return the text of each marked sequence, by page and number."""
    reader = PdfReader(io.BytesIO(pdf))
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(reader.pages):
        maps = {
            name: tounicode(font["/ToUnicode"].get_data().decode("latin-1"))
            for name, font in page["/Resources"]["/Font"].items()
            if "/ToUnicode" in font
        }
        letters: dict[int, str] = {}
        at, face = None, {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC":
                at = int(operands[1]["/MCID"])
            elif operator == b"EMC":
                at = None
            elif operator == b"Tf":
                face = maps[operands[0]]
            elif operator == b"Tj" and at is not None:
                codes = operands[0].original_bytes
                letters[at] = letters.get(at, "") + "".join(face[code] for code in codes)
        found |= {(number, one): text for one, text in letters.items()}
    return found


def tounicode(text: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", text.split("beginbfchar")[1])
    return {int(code, 16): bytes.fromhex(one).decode("utf-16-be") for code, one in pairs}


PDFS = {
    "sheet": sheet,
    "sheet on A4": lambda: sheet("A4"),
    "walk": walk,
    "record": record,
    "empty walk": lambda: walk(seen=0),
}


@pytest.fixture(scope="module", params=list(PDFS))
def pdf(request: pytest.FixtureRequest) -> bytes:
    return PDFS[request.param]()


def test_every_mark_belongs_to_a_part_or_is_decoration(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        depth = 0
        for _operands, operator in ContentStream(page.get_contents(), reader).operations:
            depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
            assert 0 <= depth <= 1
            assert depth or operator not in PAINTING
        assert depth == 0


def test_there_is_a_way_back_from_each_mark_to_its_part(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    held = {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}
    pages = {page.indirect_reference.idnum: page for page in reader.pages}
    marks = 0
    for one in elements(pdf, reader):
        for mark in kids(one):
            if mark.get("/Type") != "/MCR":
                continue
            page = pages[mark.raw_get("/Pg").idnum]
            back = held[int(page["/StructParents"])][int(mark["/MCID"])].get_object()
            assert back is one
            marks += 1
    assert marks == sum(len(one) for one in held.values()) > 0
    assert {page["/Tabs"] for page in reader.pages} == {"/S"}


def test_a_document_has_one_title_and_names_itself_by_it(pdf: bytes) -> None:
    assert kinds(pdf).count("H1") == 1
    catalog = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_sheet_is_read_box_by_box() -> None:
    found = kinds(sheet())
    assert found[:3] == ["Document", "H1", "P"]
    assert found.count("Sect") == found.count("H2") == len(definition().boxes)
    figures = [one for one in elements(sheet()) if one["/S"] == "/Figure"]
    shown = [figure for box in trial_sheet().boxes for figure in box.figures]
    assert len(figures) == len(shown) > 2
    told = [str(one["/Alt"]) for one in figures]
    assert any("Root cause A" in one for one in told)
    assert any("Run chart" in one or "Median" in one for one in told)
    for one in figures:
        left, low, right, high = (float(side) for side in one["/A"]["/BBox"])
        assert 0 <= left < right <= 420 / 25.4 * 72
        assert 0 <= low < high <= 297 / 25.4 * 72


def test_words_are_read_in_their_order() -> None:
    pdf = sheet(text="First, a **bold** word.\n- One\n- Two, which is long. " + "More. " * 20)
    said = said_by(pdf)
    parts = [
        (str(one["/S"])[1:], "".join(said.get((0, int(kid["/MCID"])), "") for kid in kids(one)))
        for one in elements(pdf)
        if any(kid.get("/Type") == "/MCR" for kid in kids(one))
    ]
    assert parts[:2] == [("H1", "Late"), ("P", "OwnerMaria Okafor")]
    at = parts.index(("H2", "Goal"))
    assert parts[at + 1 : at + 4] == [("P", "First, a bold word."), ("Lbl", "•"), ("LBody", "One")]
    assert parts[at + 4] == ("Lbl", "•")
    assert parts[at + 5][0] == "LBody"
    assert parts[at + 5][1].count("More.") == 20


def test_a_paragraph_over_two_pages_is_one_part() -> None:
    long = [
        one
        for one in elements(record())
        if len({kid.raw_get("/Pg").idnum for kid in kids(one) if "/Pg" in kid}) > 1
    ]
    assert [str(one["/S"]) for one in long] == ["/P"]
    assert {"H1", "H2", "H3", "P"} <= set(kinds(record()))


def test_a_photo_says_what_was_seen() -> None:
    (figure,) = [one for one in elements(walk()) if one["/S"] == "/Figure"]
    assert figure["/Alt"] == "Photo of what was seen: Bag 0 waits at the hatch"


@pytest.mark.parametrize("text", ["<b>(\\)&", "漢字 שלום 😀", "\x07\ud83d"])
def test_any_words_may_describe_a_figure(text: str) -> None:
    root = Element("Document")
    figure = root.add("Figure", text)
    Structure(root).mark(figure, 0)
    from gemba.reports.structure import _hexadecimal

    spelled = _hexadecimal(text)
    assert set(spelled) <= set(b"<>0123456789abcdef")
    said = bytes.fromhex(spelled[1:-1].decode()).decode("utf-16-be")
    assert said == "\ufeff" + text.replace("\ud83d", "?")


def test_the_page_on_the_screen_is_drawn_without_it() -> None:
    catalog = PdfReader(io.BytesIO(sheet(compress=False))).trailer["/Root"]
    assert "/StructTreeRoot" not in catalog


def test_the_same_bytes_for_the_same_data() -> None:
    for make in PDFS.values():
        assert make() == make()
