"""Whatever somebody writes into a formula or a cell: an answer or a sentence, and no crash."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.compiling import formula
from gemba.forms.form import Form
from gemba.forms.functions import FUNCTIONS
from gemba.forms.grammar import parse
from gemba.forms.importing import import_tables
from gemba.forms.planning import plan_of, tables_of
from gemba.forms.reading import read
from gemba.forms.saving import paths
from gemba.forms.scope import Surroundings
from gemba.forms.tokens import Token, cut
from gemba.forms.tree import Call, Chain, Expression, Literal, Negated, Path, Step
from gemba.forms.values import number_text, to_text
from tests.forms.saying import said, tried

WARD = read("<w><a>1</a><b>x y</b><c><d>2026-03-29</d><d/></c></w>")
AROUND = Surroundings(clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC), chance=Random(1))
_WORD = st.sampled_from(
    [*sorted(FUNCTIONS), "a", "b", "c", "d", "w", "and", "or", "div", "mod", "node", "text", "lost"]
)
_SIGN = st.sampled_from(
    ["//", "..", "::", "!=", "<=", "1", "2.5", "'x'", "'2026-01-31'", *"()[]/*@,|+-=<>.:$ '\""]
)


@given(st.lists(st.one_of(_WORD, _SIGN), max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_formula_has_a_value_or_a_sentence_with_its_letter(text: str) -> None:
    value, problem = tried(lambda: formula(text).at(WARD, AROUND))
    if problem is None:
        assert value is not None
        assert isinstance(to_text(value), str)
        return
    assert said(problem)
    at = problem.values.get("at")
    assert isinstance(at, int)
    assert 1 <= at <= len(text) + 1


@given(
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(
        st.sampled_from(
            [
                "''",
                "'a'",
                "1",
                "-1",
                "1 div 0",
                "0 div 0",
                "1e9",
                "true()",
                "/w/a",
                "/w/c/d",
                "/w/lost",
                "'2026-02-30'",
                "today()",
                "1000000000000",
                "'(a+)+$'",
            ]
        ),
        max_size=4,
    ),
)
@settings(max_examples=400, deadline=None)
def test_any_function_takes_any_values(name: str, values: list[str]) -> None:
    text = f"{name}({', '.join(values)})"
    value, problem = tried(lambda: to_text(formula(text).at(WARD, AROUND)))
    assert value is not None or (problem is not None and said(problem))


@given(st.text(max_size=30))
def test_tokens_are_the_text_without_its_blanks(text: str) -> None:
    tokens, problem = tried(lambda: cut(text))
    if tokens is None:
        assert problem is not None
        assert said(problem)
        return
    for token in tokens[:-1]:
        start = token.at if token.kind == "text" else token.at - 1
        assert text[start : start + len(token.text)] == token.text
    assert tokens[-1].kind == "end"
    kept = sum(len(one.text) + (2 if one.kind == "text" else 0) for one in tokens)
    assert kept == len(text) - sum(
        text[before:after].count(blank)
        for before, after in _gaps(tokens)
        for blank in " \t\r\n\u00a0"
    )


def _gaps(tokens: list[Token]) -> list[tuple[int, int]]:
    """The stretches between tokens."""
    found, place = [], 0
    for token in tokens:
        found.append((place, token.at - 1))
        place = token.at - 1 + len(token.text) + (2 if token.kind == "text" else 0)
    return found


_LEAF = st.one_of(
    st.floats(0, 1e9).map(lambda number: Literal(number, 0)),
    st.text("abc yz", max_size=4).map(lambda text: Literal(text, 0)),
    st.sampled_from(["a", "b", "*"]).map(
        lambda name: Path(
            True,
            None,
            (),
            (Step("child", "name", "w", None, (), 0), Step("child", "name", name, None, (), 0)),
            0,
        )
    ),
)


def _more(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    signs = st.sampled_from(["or", "and", "=", "!=", "<", "<=", "+", "-", "*", "div", "mod"])
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda p: Chain(p[0], ((p[1], p[2]),), 0)),
        inner.map(lambda one: Negated(one, 0)),
        st.lists(inner, min_size=1, max_size=3).map(lambda given: Call("concat", tuple(given), 0)),
    )


def _written(tree: Expression) -> str:
    if isinstance(tree, Literal):
        return number_text(tree.value) if isinstance(tree.value, float) else f"'{tree.value}'"
    if isinstance(tree, Negated):
        return f"-({_written(tree.operand)})"
    if isinstance(tree, Chain):
        parts = [f"({_written(tree.first)})"]
        parts += [f" {sign} ({_written(operand)})" for sign, operand in tree.rest]
        return "".join(parts)
    if isinstance(tree, Call):
        return f"{tree.name}({', '.join(map(_written, tree.arguments))})"
    return "/" + "/".join(step.name for step in tree.steps)


def _bare(tree: Expression) -> object:
    """The tree without its columns."""
    if isinstance(tree, Literal):
        return tree.value
    if isinstance(tree, Negated):
        return ("-", _bare(tree.operand))
    if isinstance(tree, Chain):
        return (_bare(tree.first), tuple((sign, _bare(one)) for sign, one in tree.rest))
    if isinstance(tree, Call):
        return (tree.name, tuple(map(_bare, tree.arguments)))
    return tuple(step.name for step in tree.steps)


@given(st.recursive(_LEAF, _more, max_leaves=8))
@settings(max_examples=200, deadline=None)
def test_a_tree_that_is_written_is_read_as_itself(tree: Expression) -> None:
    assert _bare(parse(_written(tree))) == _bare(tree)


_FORMULA = st.sampled_from(
    [
        "",
        "",
        "${q1}",
        "${q1} > 1",
        "count(${q1})",
        "true()",
        "instance('yn')/root/item",
        "../q1",
        "\u2018x\u2019",
        "1 +",
        ". > 3",
        "yes",
        "${lost}",
        "1e9",
        "position(..)",
        "once(uuid())",
    ]
)
_KIND = st.sampled_from(
    [
        "text",
        "integer",
        "decimal",
        "date",
        "select_one yn",
        "select_multiple yn",
        "rank yn",
        "note",
        "select_one yn or_other",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "range",
        "calculate",
        "geopoint",
        "image",
        "hidden",
        "start",
        "select_one lost",
        "",
        "nonsense",
    ]
)
_NAME = st.sampled_from(["q1", "q2", "q3", "q4", "q1", "g", "meta", "data", "1x", "", "a b"])
_LABEL = st.one_of(st.sampled_from(["Q", "${q1}", "**x**", ""]), st.text(max_size=6))
_SURVEY = st.lists(
    st.tuples(_KIND, _NAME, _LABEL, _FORMULA, _FORMULA, _FORMULA, _FORMULA).map(list), max_size=7
)
_CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["yn", "yn", "", "other"]),
        st.sampled_from(["yes", "no", "a b", "", "2026-02-01 00:00:00", "q1"]),
        _LABEL,
    ).map(list),
    max_size=4,
)
_SETTING = st.lists(st.tuples(_LABEL, _NAME, st.sampled_from(["", "en"])).map(list), max_size=2)
_HEADS = {
    "survey": ["type", "name", "label", "relevant", "calculation", "repeat_count", "default"],
    "choices": ["list_name", "name", "label"],
    "settings": ["form_title", "form_id", "default_language"],
}


@given(_SURVEY, _CHOICES, _SETTING)
@settings(max_examples=250, deadline=None)
def test_any_table_becomes_a_form_or_a_sentence(
    survey: list[list[str]], choices: list[list[str]], settings_rows: list[list[str]]
) -> None:
    given_rows = {"survey": survey, "choices": choices, "settings": settings_rows}
    tables = {name: [_HEADS[name], *rows] for name, rows in given_rows.items()}
    found, problem = tried(lambda: import_tables(tables))
    if found is None:
        assert problem is not None
        assert said(problem).endswith((".", "?"))
        return
    json.dumps(found)
    form = Form(found["xml"], Surroundings())
    for path, node in list(paths(form.definition)):
        if next(node.elements(), None) is None and not path.startswith("/data/meta"):
            tried(lambda node=node: form.answer(node, "yes"))
    assert Form(found["xml"], Surroundings(), form.state()).state() == form.state()
    plan = plan_of(found["tables"])
    assert plan_of(tables_of(plan)).items == plan.items
