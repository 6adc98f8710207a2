"""Answers out of a form and back: drafts as they were left, instances with what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.definition import place_of
from gemba.forms.form import Form
from gemba.forms.importing import import_tables
from gemba.forms.looking import look
from gemba.forms.nodes import Node
from gemba.forms.saving import node_at, path_of, paths
from gemba.forms.scope import Surroundings
from gemba.forms.settling import MOST_ALTOGETHER, MOST_ROUNDS
from gemba.forms.trouble import FormulaError
from tests.forms.saying import said

HEAD = ["type", "name", "label", "hint", "relevant", "calculation", "choice_filter", "repeat_count"]
TABLES = {
    "survey": [
        HEAD,
        ["start", "start"],
        ["end", "end"],
        ["username", "who"],
        ["select_one yn", "open", "Open?", "Look at the door"],
        ["text", "why", "Why?", "", "${open} = 'no'"],
        ["select_one floor", "floor", "Floor?"],
        ["select_one room", "room", "Room?", "", "", "", "floor = ${floor}"],
        ["begin_repeat", "bed", "Bed"],
        ["text", "nr", "Number"],
        ["begin_repeat", "fault", "Fault"],
        ["text", "what", "What?"],
        ["end_repeat"],
        ["calculate", "faults", "", "", "", "count(${fault})"],
        ["end_repeat"],
        ["integer", "n", "How many?"],
        ["begin_repeat", "counted", "Counted", "", "", "", "", "${n}"],
        ["text", "note", "Note"],
        ["end_repeat"],
        ["calculate", "once_only", "", "", "", "once(random())"],
        ["range", "mark", "Mark?"],
    ],
    "choices": [
        ["list_name", "name", "label", "floor"],
        ["yn", "yes", "Yes"],
        ["yn", "no", "No"],
        ["floor", "a", "A"],
        ["floor", "b b", "B"],
        ["room", "a1", "A1", "a"],
        ["room", "b1", "B1", "b b"],
    ],
    "settings": [["form_id", "version"], ["ward", "7"]],
}
XML: str = import_tables(TABLES)["xml"]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def around() -> Surroundings:
    return Surroundings(clock=lambda: NOON, properties={"username": "Ines"})


def at(form: Form, path: str) -> Node:
    found = node_at(form.definition, path)
    assert found is not None, path
    return found


def seen(form: Form) -> Iterator[tuple[str, object]]:
    return ((path, look(form, node)) for path, node in paths(form.definition))


_SAY = st.tuples(
    st.sampled_from(["open", "why", "floor", "room", "n", "mark"]),
    st.sampled_from(["", "yes", "no", "a", "b b", "a1", "b1", "1", "3", "A & <b>", " \u017b \n"]),
)
_BED = st.tuples(st.sampled_from(["bed", "fault", "drop"]), st.integers(1, 3))


@given(st.lists(st.one_of(_SAY, _BED), max_size=12))
@settings(max_examples=80, deadline=None)
def test_a_draft_comes_back_as_it_was_left(steps: list[tuple[str, str | int]]) -> None:
    form = Form(XML, around())
    for what, value in steps:
        if isinstance(value, str):
            form.answer(at(form, f"/data/{what}"), value)
            continue
        beds = list(form.nodes(("data", "bed")))
        if what == "bed":
            form.add_round(("data", "bed"), form.top)
        elif beds and what == "fault":
            form.add_round(("data", "bed", "fault"), beds[value % len(beds)])
        elif beds:
            form.drop_round(beds[value % len(beds)])
    again = Form(XML, around(), form.state())
    assert list(seen(again)) == list(seen(form))
    assert again.state() == form.state()
    assert again.instance_xml() == form.instance_xml()
    ElementTree.fromstring(form.instance_xml())


def test_what_was_withdrawn_or_not_asked_comes_back_in_a_resumed_draft_too() -> None:
    form = Form(XML, around())
    for path, text in (("open", "no"), ("why", "Nobody"), ("floor", "a"), ("room", "a1")):
        form.answer(at(form, f"/data/{path}"), text)
    form.answer(at(form, "/data/open"), "yes")
    form.answer(at(form, "/data/floor"), "b b")
    again = Form(XML, around(), form.state())
    assert look(again, at(again, "/data/room")).text == ""
    again.answer(at(again, "/data/open"), "no")
    again.answer(at(again, "/data/floor"), "a")
    assert look(again, at(again, "/data/why")).text == "Nobody"
    assert look(again, at(again, "/data/room")).text == "a1"


def test_the_instance_leaves_out_what_is_not_asked() -> None:
    form = Form(XML, around())
    form.answer(at(form, "/data/open"), "no")
    form.answer(at(form, "/data/why"), "a < b & c\x01")
    form.answer(at(form, "/data/bed[1]/nr"), "5")
    top = ElementTree.fromstring(form.instance_xml())
    assert (top.get("id"), top.get("version")) == ("ward", "7")
    assert top.findtext("why") == "a < b & c"
    assert (top.findtext("who"), top.findtext("bed/nr")) == ("Ines", "5")
    assert (top.findtext("start"), top.findtext("end")) == ("2026-11-22T12:00:00.000+00:00", "")
    form.answer(at(form, "/data/open"), "yes")
    form.finish()
    top = ElementTree.fromstring(form.instance_xml())
    assert top.find("why") is None
    assert top.findtext("end") == "2026-11-22T12:00:00.000+00:00"


def test_a_view_tells_how_to_ask() -> None:
    form = Form(XML, around())
    mark, asked = look(form, at(form, "/data/mark")), look(form, at(form, "/data/open"))
    assert (mark.kind, mark.bounds) == ("range", ("1", "10", "1"))
    assert (asked.kind, asked.hint) == ("select1", "Look at the door")
    form.answer(at(form, "/data/mark"), "11")
    assert look(form, at(form, "/data/mark")).text == ""
    assert look(form, at(form, "/data/n")).type == "int"


def test_an_answer_that_cannot_be_leaves_all_as_it_was() -> None:
    form = Form(XML, around())
    form.answer(at(form, "/data/n"), "2")
    before = list(seen(form))
    with pytest.raises(FormulaError) as caught:
        form.answer(at(form, "/data/n"), "1000000000")
    assert str(MOST_ROUNDS) in said(caught.value)
    assert list(seen(form)) == before


def test_rounds_inside_rounds_have_a_bound_together() -> None:
    head = ["type", "name", "label", "repeat_count"]
    rows = [
        ["begin_repeat", "outer", "O", str(MOST_ROUNDS)],
        ["begin_repeat", "inner", "I", str(MOST_ROUNDS)],
        ["text", "q", "Q"],
        ["end_repeat"],
        ["end_repeat"],
    ]
    assert MOST_ROUNDS * MOST_ROUNDS > MOST_ALTOGETHER
    with pytest.raises(Exception, match=r"rounds|form.at_cell"):
        import_tables({"survey": [head, *rows]})


def test_the_first_round_stands_where_the_form_has_it() -> None:
    form = Form(XML, around())
    form.answer(at(form, "/data/n"), "1")
    names = [node.name for node in form.top.elements()]
    assert names.index("counted") == names.index("once_only") - 1


def test_paths_lead_back() -> None:
    form = Form(XML, around())
    form.add_round(("data", "bed"), form.top)
    for path, node in paths(form.definition):
        assert path_of(form.definition, node) == path
        assert node_at(form.definition, path) is node
        assert tuple(path.replace("[1]", "").replace("[2]", "").strip("/").split("/")) == place_of(
            node
        )
    assert node_at(form.definition, "/data/bed[9]/nr") is None
    assert node_at(form.definition, "/data/lost") is None
