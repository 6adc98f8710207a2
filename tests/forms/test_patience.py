"""A form that is too much is refused while it is read, wherever it came from."""

from __future__ import annotations

import pytest

from gemba.forms import patience
from gemba.forms.form import Form
from gemba.forms.reading import read
from gemba.forms.scope import Surroundings
from gemba.forms.trouble import FormulaError
from gemba.services.form_pages import Pages

_FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
    "<h:head><model><instance><data><a/><b/></data></instance>"
    '<bind nodeset="/data/b" calculate="/data/a + 1"/></model></h:head>'
    '<h:body><input ref="/data/a"/><input ref="/data/b"/></h:body></h:html>'
)


def test_a_form_within_its_bounds_opens() -> None:
    assert len(Pages(Form(_FORM, Surroundings())).all({}, {})) == 1


@pytest.mark.parametrize(
    ("bound", "value", "key"),
    [
        ("MOST_NODES", 12, "form.many"),
        ("MOST_LETTERS", 8, "form.long_formulas"),
        ("MOST_SECONDS", -1.0, "form.slow"),
    ],
)
def test_each_bound_refuses_with_its_sentence(
    monkeypatch: pytest.MonkeyPatch, bound: str, value: float, key: str
) -> None:
    monkeypatch.setattr(patience, bound, value)
    with pytest.raises(FormulaError) as caught:
        Form(_FORM, Surroundings())
    assert caught.value.key == key


def test_attributes_and_texts_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_NODES", 5)
    read("<a b='1' c='2'>x<d/></a>")
    with pytest.raises(FormulaError):
        read("<a b='1' c='2'>x<d/>y</a>")


def test_what_takes_too_long_to_be_shown_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = Pages(Form(_FORM, Surroundings()))
    monkeypatch.setattr(patience, "MOST_SECONDS", -1.0)
    with pytest.raises(FormulaError) as caught:
        pages.all({}, {})
    assert caught.value.key == "form.slow"
