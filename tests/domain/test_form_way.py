"""The way through a form: a page or a question at a time, while both come and go."""

from __future__ import annotations

from gemba.domain.form_view import FormPage, FormQuestion
from gemba.domain.form_way import FormWay


def page(key: str, *names: str) -> FormPage:
    items = tuple(
        FormQuestion(key=f"{key}/{name}", name=name, kind="text", label=name) for name in names
    )
    return FormPage(key=key, title=key, items=items)


PAGES = (page("/a", "one", "two"), page("/b", "three"), page("/c", "four"))


def way(*, one_by_one: bool = False) -> FormWay:
    made = FormWay()
    made.one_by_one = one_by_one
    made.begin(PAGES)
    made.show(PAGES)
    return made


def test_a_page_at_a_time_never_beyond_the_ends() -> None:
    made = way()
    assert (made.at, made.count, made.key) == (0, 3, "/a")
    made.step(-1)
    made.step(5)
    assert (made.at, made.key) == (2, "/c")
    made.show(PAGES[:2])
    assert (made.at, made.key) == (1, "/b")


def test_a_question_at_a_time_takes_its_page_along() -> None:
    made = way(one_by_one=True)
    names = []
    for _ in range(4):
        assert made.asked is not None
        names.append((made.asked.name, made.key))
        made.step(1)
        made.show(PAGES)
    assert names == [("one", "/a"), ("two", "/a"), ("three", "/b"), ("four", "/c")]
    made.to_page(1)
    assert made.asked is not None
    assert (made.asked.name, made.at) == ("three", 2)


def test_a_question_or_the_first_of_a_round_is_found_by_its_key() -> None:
    made = way()
    assert made.to_question("/b/three")
    assert made.key == "/b"
    assert made.to_question("/c")
    assert made.asked is not None
    assert made.asked.name == "four"
    assert not made.to_question("/gone")
    assert made.key == "/c"


def test_a_form_that_asks_nothing_has_no_place() -> None:
    made = way()
    made.show(())
    assert (made.here, made.asked, made.key, made.at) == (None, None, "", 0)
