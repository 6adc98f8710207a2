"""Labels of forms as prose: what is understood, and what stays letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.form_label import label_paragraphs, label_prose, literal
from gemba.domain.prose import plain, read


@pytest.mark.parametrize(
    ("label", "prose"),
    [
        ("Is it tidy?", "Is it tidy?"),
        ("**Beds** and *chairs*", "**Beds** and *chairs*"),
        ("__Beds__ and _chairs_", "**Beds** and *chairs*"),
        ("snake_case_name and 5_000", "snake_case_name and 5_000"),
        ("<b>Beds</b> and <EM>chairs</EM>", "**Beds** and *chairs*"),
        ('<span style="color:red">Red</span> light', "Red light"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("# Round\n- one\n* two", "**Round**\n- one\n- two"),
        ("See [the rules](https://example.org/a)", "See the rules (https://example.org/a)"),
        ("See [this](javascript:alert(1))", "See [this](javascript:alert(1))"),
        ("See [this](javascript:alert)", "See this"),
        ("<script>alert(1)</script>Hello<style>p{}</style>", "Hello"),
        ("under < 30 min & over > 5", "under < 30 min & over > 5"),
        ("a &lt;b&gt; c &amp; d", "a <b> c & d"),
        (r"\*not bold\* and \_not\_", r"\*not bold\* and _not_"),
        ('<a href="x" onclick="y">go</a><img src=x onerror=z>', "go"),
        ("", ""),
    ],
)
def test_a_label_is_read(label: str, prose: str) -> None:
    assert label_prose(label) == prose


def test_an_answer_that_is_quoted_stays_letters() -> None:
    answer = "**x** <b>y</b> [z](https://e.org) _u_ \\ &lt; # - 1."
    assert plain(label_prose(f"**Seen:** {literal(answer)}")) == f"Seen: {answer}"
    assert [run.bold for run in label_paragraphs(f"**{literal('a*b')}** c")[0].runs] == [
        True,
        False,
    ]


@given(st.text("ab *_<>/bi\\[]()#-&;\n", max_size=40))
def test_prose_of_a_label_is_read_back_as_its_paragraphs(label: str) -> None:
    assert [one.text for one in read(label_prose(label))] == (
        [one.text for one in label_paragraphs(label)] or [""]
    )


@given(st.text(max_size=60))
def test_a_quoted_answer_keeps_every_letter(answer: str) -> None:
    answer = " ".join(answer.split())
    assert plain(label_prose(f"[{literal(answer)}]")) == f"[{answer}]"


@pytest.mark.parametrize(
    "label",
    ["<" * 40_000, "_a " * 20_000, "[" * 40_000, "**" * 20_000, "<b>" * 10_000, "&" * 40_000],
)
def test_a_hostile_label_is_read_soon(label: str) -> None:
    assert len(label_prose(label)) <= 4 * len(label)
