"""A form on paper: labels as their author marked them, and how a thing should look."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image
from pypdf import PdfReader

from gemba.domain.form_view import FormChoice, FormPage, FormQuestion
from gemba.reports.form_paper import FormPaper, draw_form
from gemba.words import Words

LABEL = (
    "Is the **fire door** free of *anything* that <b>stands</b> there < 2 m<script>x()</script>?"
)


def drawn(
    *questions: FormQuestion,
    blank: bool,
    photo: Callable[[str], bytes | None] = lambda _key: None,
) -> PdfReader:
    page = FormPage(key="/d", title="The **door**", items=questions)
    paper = FormPaper(title="Look", pages=(page,), blank=blank)
    return PdfReader(io.BytesIO(draw_form(paper, photo=photo, words=Words())))


def faces(pdf: PdfReader) -> dict[str, str]:
    """The words on the first page, each with the name of its face."""
    found: dict[str, str] = {}

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: float) -> None:
        if text.strip() and font:
            found[text.strip()] = str(font["/BaseFont"]).rpartition("-")[2]

    pdf.pages[0].extract_text(visitor_text=visit)
    return found


def question(label: str, **more: Any) -> FormQuestion:
    return FormQuestion(key="/d/a", name="a", kind=more.pop("kind", "text"), label=label, **more)


def test_bold_and_italic_of_a_label_are_printed_and_nothing_hostile() -> None:
    for blank in (True, False):
        pdf = drawn(question(LABEL, answer="**no**"), blank=blank)
        seen = faces(pdf)
        assert (seen["fire door"], seen["anything"]) == ("Semibold", "It")
        assert seen["stands"] == "Semibold"
        assert seen["Is the"] == "Regular"
        text = pdf.pages[0].extract_text()
        assert "there < 2 m?" in text.replace("\n", " ")
        assert "script" not in text
        assert "The door" in text
    assert "**no**" in text


def test_choices_and_hints_keep_their_marks() -> None:
    choices = (FormChoice(name="y", label="**Yes**, always"), FormChoice(name="n", label=""))
    seen = faces(drawn(question("Free?", kind="one", choices=choices, hint="*Peek*"), blank=True))
    assert (seen["Yes"], seen["Peek"], seen["n"]) == ("Semibold", "It", "Regular")


def test_a_long_label_breaks_over_lines_in_its_own_faces() -> None:
    pdf = drawn(question("**so** *and* so " * 200), blank=True)
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert " ".join(text.split()).count("so and so") >= 190


def test_how_it_should_be_is_printed_on_the_blank_form() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 130)).save(out, "JPEG")
    held = {"a" * 64: out.getvalue()}
    for photo, images in (("a" * 64, 1), ("b" * 64, 0), ("standard.jpg", 0)):
        pdf = drawn(question("Free?", standard_photo=photo), blank=True, photo=held.get)
        assert len(pdf.pages[0].images) == images
