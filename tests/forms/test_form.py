"""A form that is answered: what is asked, worked out, offered, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.form import Form
from gemba.forms.looking import look, say
from gemba.forms.nodes import Node
from gemba.forms.scope import Surroundings
from gemba.forms.settling import MOST_ROUNDS
from gemba.forms.trouble import FormulaError
from tests.forms.saying import said

HEAD = '<html xmlns:jr="http://openrosa.org/javarosa"><head><model>'


def form(instance: str, binds: Mapping[str, str], body: str = "", more: str = "") -> Form:
    rules = "".join(f'<bind nodeset="{path}" {rule}/>' for path, rule in binds.items())
    model = f"{HEAD}<instance>{instance}</instance>{more}{rules}</model></head>"
    xml = f"{model}<body>{body}</body></html>"
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    return Form(xml, Surroundings(clock=lambda: now))


def at(asked: Form, path: str) -> Node:
    return next(asked.nodes(tuple(path.strip("/").split("/"))))


def texts(asked: Form, path: str) -> list[str]:
    return [node.text() for node in asked.nodes(tuple(path.strip("/").split("/")))]


def ward() -> Form:
    return form(
        "<ward><open/><why/><beds/><share/></ward>",
        {
            "/ward/why": "relevant=\"/ward/open = 'no'\" required='true()'",
            "/ward/beds": "type='int' constraint='. &gt; 0' jr:constraintMsg='At least one'",
            "/ward/share": "calculate='/ward/beds * 2'",
        },
    )


def test_an_answer_not_asked_any_more_is_kept_and_comes_back() -> None:
    asked = ward()
    asked.answer(at(asked, "/ward/open"), "no")
    why = at(asked, "/ward/why")
    assert look(asked, why).wrong == "required"
    asked.answer(why, "No nurse")
    asked.answer(at(asked, "/ward/open"), "yes")
    assert not look(asked, why).asked
    assert look(asked, why).text == ""
    asked.answer(at(asked, "/ward/open"), "no")
    assert look(asked, why).text == "No nurse"


def test_a_limit_is_said_and_the_answer_stays() -> None:
    asked = ward()
    beds = at(asked, "/ward/beds")
    asked.answer(beds, "-3")
    view = look(asked, beds)
    assert (view.text, view.wrong, view.message) == ("-3", "constraint", "At least one")


def test_what_follows_is_worked_out_in_order() -> None:
    names = "gfedcba"
    instance = f"<s>{''.join(f'<{name}/>' for name in names)}<z/></s>"
    chain = dict(zip(names, names[1:] + "z", strict=True))
    asked = form(instance, {f"/s/{n}": f"calculate='/s/{m} + 1'" for n, m in chain.items()})
    asked.answer(at(asked, "/s/z"), "10")
    assert texts(asked, "/s/g") == ["17"]


def test_a_rule_that_looks_everywhere_follows_every_answer() -> None:
    asked = form(
        "<s><seen/><twice/><a/><b/></s>",
        {
            "/s/seen": "calculate='count-non-empty(//a | //b)'",
            "/s/twice": "calculate='../seen * 2'",
        },
    )
    asked.answer(at(asked, "/s/a"), "yes")
    asked.answer(at(asked, "/s/b"), "no")
    assert texts(asked, "/s/twice") == ["4"]


def test_a_rule_that_looks_into_a_list_follows_the_answer_it_looks_for() -> None:
    more = (
        "<instance id='rooms'><root><item><name>a</name><label>Ward A</label></item>"
        "<item><name>b</name><label>Ward B</label></item></root></instance>"
    )
    found = "instance('rooms')/root/item[name = current()/../room]/label"
    asked = form("<s><room/><said/></s>", {"/s/said": f'calculate="{found}"'}, more=more)
    for name, label in (("a", "Ward A"), ("b", "Ward B"), ("c", "")):
        asked.answer(at(asked, "/s/room"), name)
        assert texts(asked, "/s/said") == [label]


def test_rules_and_repeats_about_nothing_change_nothing() -> None:
    asked = form(
        "<s><a/></s>",
        {"": "calculate='1'", "/other/x": "relevant='1'"},
        "<input/><input ref=''/><repeat nodeset='/s/lost' jr:count='2'/>",
    )
    asked.answer(at(asked, "/s/a"), "yes")
    assert texts(asked, "/s/a") == ["yes"]


def test_a_circle_is_refused_with_its_path() -> None:
    with pytest.raises(FormulaError) as caught:
        form(
            "<s><a/><b/><c/></s>",
            {"/s/a": "calculate='/s/b'", "/s/b": "relevant='/s/c = 1'", "/s/c": "calculate='/s/a'"},
        )
    assert caught.value.key == "form.circle"
    for path in ("/s/a", "/s/b", "/s/c"):
        assert path in said(caught.value)


def test_what_was_not_worked_out_while_not_asked_is_worked_out_when_it_is() -> None:
    asked = form(
        "<w><open/><beds/><twice/><group><more/></group></w>",
        {
            "/w/twice": "calculate='/w/beds * 2' relevant=\"/w/open = 'yes'\"",
            "/w/group": "relevant=\"/w/open = 'yes'\"",
            "/w/group/more": "calculate='/w/twice + 1'",
        },
    )
    for beds, twice, more in (("4", "8", "9"), ("7", "14", "15")):
        asked.answer(at(asked, "/w/open"), "no")
        asked.answer(at(asked, "/w/beds"), beds)
        assert texts(asked, "/w/twice") == [""]
        asked.answer(at(asked, "/w/open"), "yes")
        assert (texts(asked, "/w/twice"), texts(asked, "/w/group/more")) == ([twice], [more])


def test_a_formula_that_looks_at_everything_for_everything_is_stopped() -> None:
    rooms = "".join(f"<item><name>{number}</name></item>" for number in range(3_000))
    more = f"<instance id='rooms'><root>{rooms}</root></instance>"
    every = "instance('rooms')/root/item"
    rule = f'calculate="count({every}[count({every}[name = current()/../a]) &gt; 0])"'
    relevant = "relevant=\"/w/b != ''\""
    asked = form("<w><a/><b/><c/></w>", {"/w/c": f"{rule} {relevant}"}, more=more)
    with pytest.raises(FormulaError) as caught:
        asked.answer(at(asked, "/w/b"), "yes")
    assert said(caught.value)
    assert (caught.value.where, caught.value.rule) == (("w", "c"), "calculate")
    assert texts(asked, "/w/b") == [""]


REPEAT = "<repeat nodeset='/w/bed'><input ref='/w/bed/nr'/></repeat>"


def test_rounds_come_and_go_and_look_at_themselves() -> None:
    asked = form(
        "<w><bed><nr/><twice/></bed><sum/></w>",
        {"/w/bed/twice": "calculate='../nr * 2'", "/w/sum": "calculate='sum(/w/bed/twice)'"},
        REPEAT,
    )
    second = asked.add_round(("w", "bed"), asked.top)
    third = asked.add_round(("w", "bed"), asked.top)
    for number, node in enumerate(asked.nodes(("w", "bed", "nr")), 1):
        asked.answer(node, str(number))
    assert texts(asked, "/w/bed/twice") == ["2", "4", "6"]
    assert texts(asked, "/w/sum") == ["12"]
    asked.drop_round(second)
    assert texts(asked, "/w/sum") == ["8"]
    assert third in list(asked.nodes(("w", "bed")))


def test_a_whole_path_inside_a_round_means_all_rounds_as_in_the_reference() -> None:
    asked = form(
        "<w><bed><nr/><all/></bed></w>", {"/w/bed/all": "calculate='sum(/w/bed/nr)'"}, REPEAT
    )
    asked.add_round(("w", "bed"), asked.top)
    for number, node in enumerate(asked.nodes(("w", "bed", "nr")), 1):
        asked.answer(node, str(number))
    assert texts(asked, "/w/bed/all") == ["3", "3"]


def test_a_round_that_is_no_model_leaves_the_next_one_empty() -> None:
    asked = form("<w><bed><nr>7</nr></bed></w>", {}, REPEAT)
    asked.add_round(("w", "bed"), asked.top)
    assert texts(asked, "/w/bed/nr") == ["7", ""]


def test_several_chosen_stand_in_the_order_they_are_offered_in() -> None:
    items = "".join(f"<item><label>{n}</label><value>{n}</value></item>" for n in "abc")
    asked = form("<w><q/></w>", {}, f"<select ref='/w/q'>{items}</select>")
    asked.answer(at(asked, "/w/q"), "c a")
    assert texts(asked, "/w/q") == ["a c"]


SET = "<setvalue event='{event}' ref='{to}' value='{value}'/>"


def test_what_begins_with_no_number_begins_empty() -> None:
    action = SET.format(event="odk-instance-first-load", to="/w/b", value="/w/a + 1")
    asked = form("<w><a/><b/></w>", {"/w/b": "type='int'"}, more=action)
    assert texts(asked, "/w/b") == [""]


def test_an_action_sets_off_those_that_wait_for_it_and_not_without_end() -> None:
    def after(to: str, value: str) -> str:
        return SET.format(event="xforms-value-changed", to=to, value=value)

    body = (
        f"<input ref='/w/a'>{after('/w/b', '/w/a')}</input>"
        f"<input ref='/w/b'>{after('/w/c', 'concat(/w/b, /w/b)')}</input>"
        f"<input ref='/w/c'>{after('/w/b', 'concat(/w/c, 1)')}</input>"
    )
    asked = form("<w><a/><b/><c/></w>", {}, body)
    asked.answer(at(asked, "/w/a"), "x")
    assert texts(asked, "/w/c")[0].startswith("xx")
    assert len(texts(asked, "/w/c")[0]) < 100_000


def test_a_new_round_begins_with_what_is_worked_out_in_it() -> None:
    action = SET.format(event="odk-new-repeat", to="/w/bed/nr", value="../twice + 1")
    repeat = REPEAT.replace("</repeat>", f"{action}</repeat>")
    asked = form(
        "<w><n>4</n><bed><nr/><twice/></bed></w>",
        {"/w/bed/twice": "calculate='/w/n * 2'"},
        repeat,
    )
    asked.add_round(("w", "bed"), asked.top)
    assert texts(asked, "/w/bed/nr") == ["", "9"]


def counted() -> Form:
    return form(
        "<w><n/><bed jr:template=''><nr>x</nr></bed></w>",
        {"/w/n": "type='int'"},
        REPEAT.replace("<repeat ", "<repeat jr:count='/w/n' "),
    )


@given(st.lists(st.integers(0, 6), max_size=5))
@settings(max_examples=25, deadline=None)
def test_a_counted_repeat_has_its_number(numbers: list[int]) -> None:
    asked = counted()
    assert texts(asked, "/w/bed") == []
    for number in numbers:
        asked.answer(at(asked, "/w/n"), str(number))
        assert texts(asked, "/w/bed/nr") == ["x"] * number


def test_a_round_is_copied_however_deep_it_is() -> None:
    deep = "<x>" * 180 + "</x>" * 180
    asked = form(f"<w><bed>{deep}</bed></w>", {}, "<repeat nodeset='/w/bed'/>")
    second = asked.add_round(("w", "bed"), asked.top)
    assert sum(1 for _ in second.within()) == 180


def test_a_repeat_of_a_billion_is_refused_with_a_sentence() -> None:
    asked = counted()
    with pytest.raises(FormulaError) as caught:
        asked.answer(at(asked, "/w/n"), "1000000000")
    assert str(MOST_ROUNDS) in said(caught.value)


def test_what_a_filter_does_not_offer_is_taken_and_comes_back_with_it() -> None:
    more = (
        "<instance id='rooms'><root><item><name>a1</name><floor>a</floor></item>"
        "<item><name>b1</name><floor>b</floor></item></root></instance>"
    )
    body = (
        "<select1 ref='/w/room'><itemset nodeset=\"instance('rooms')/root/item[floor = /w/floor]\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
    )
    asked = form("<w><floor/><room/></w>", {}, body, more)
    floor, room = at(asked, "/w/floor"), at(asked, "/w/room")
    asked.answer(floor, "a")
    assert look(asked, room).choices == (("a1", "a1"),)
    asked.answer(room, "a1")
    asked.answer(floor, "b")
    assert look(asked, room).text == ""
    asked.answer(floor, "a")
    assert look(asked, room).text == "a1"


def test_a_label_quotes_an_answer_and_speaks_two_languages() -> None:
    more = "".join(
        f"<itext><translation lang='{lang}'><text id='q'><value>{word} <output value='/w/who'/>"
        "</value></text></translation></itext>"
        for lang, word in (("en", "Hello"), ("pl", "Witaj"))
    )
    body = "<input ref='/w/q'><label ref=\"jr:itext('q')\"/></input>"
    asked = form("<w><who>Ann</who><q/></w>", {}, body, more)
    assert look(asked, at(asked, "/w/q")).label == "Hello Ann"
    asked.speak("pl")
    assert look(asked, at(asked, "/w/q")).label == "Witaj Ann"


def test_a_label_is_read_once_for_window_and_paper_and_an_answer_in_it_is_letters() -> None:
    body = (
        "<input ref='/w/q'><label>**Bed** &lt;b&gt;of&lt;/b&gt; <output value='/w/who'/></label>"
        "<hint>_Look_ &lt;script&gt;x&lt;/script&gt;twice</hint></input>"
    )
    asked = form("<w><who>*A* &lt;b&gt;</who><q/></w>", {}, body)
    found = say(asked, at(asked, "/w/q"))
    assert (found.label, found.hint) == (r"**Bed** **of** \*A\* <b>", "*Look* twice")


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2", "x"])), max_size=8)
)
@settings(max_examples=60, deadline=None)
def test_the_order_of_answers_does_not_matter(answers: list[tuple[str, str]]) -> None:
    """After any way there, everything is as if the last answers had been given at once."""
    binds = {
        "/w/b": "relevant='/w/a != 2'",
        "/w/d": "calculate=\"concat(/w/a, /w/b, '-', /w/c)\"",
        "/w/e": "calculate='string-length(/w/d)' relevant='/w/c = 1'",
    }
    instance = "<w><a/><b/><c/><d/><e/></w>"
    asked, fresh = form(instance, binds), form(instance, binds)
    for name, text in answers:
        asked.answer(at(asked, f"/w/{name}"), text)
    for name, text in dict(answers).items():
        fresh.answer(at(fresh, f"/w/{name}"), text)
    assert [texts(asked, f"/w/{n}") for n in "abcde"] == [texts(fresh, f"/w/{n}") for n in "abcde"]


@pytest.mark.parametrize("xml", ["<a/>", f"{HEAD}</model></head></html>"])
def test_a_form_without_an_instance_is_refused(xml: str) -> None:
    with pytest.raises(FormulaError) as caught:
        Form(xml, Surroundings())
    assert said(caught.value)
