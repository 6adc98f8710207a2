"""Any word in any record, in any script, whatever is typed."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.changes import Ref
from gemba.domain.coaching import Answer, Talk
from gemba.domain.figures import (
    Countermeasures,
    Fishbone,
    FiveWhys,
    Pareto,
    PhotoFigure,
    Plan,
    RunChart,
    Sketch,
)
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.fishbone import Bone, BoneCause
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.plan import Action
from gemba.domain.figures.run_chart import ChangeMark
from gemba.domain.figures.sketch import Words
from gemba.domain.form import FormVersion
from gemba.domain.link import BECAME, Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise, ToldBack
from gemba.domain.sheet import Box, Check, MarginNote, Sheet
from gemba.domain.walk import CueQuestion, Debrief, Stop, Walk
from gemba.store.faults import Interrupted
from gemba.store.store import Store
from tests.strategies import HOSTILE

from .conftest import DAY


def found(store: Store, text: str, **how: object) -> list[tuple[str, str]]:
    return [(hit.ref.kind, hit.part) for hit in store.search(text, **how)]  # type: ignore[arg-type]


def see(saw: str, **more: object) -> Observation:
    return Observation(id=uuid4(), seen_on=DAY, saw=saw, **more)  # type: ignore[arg-type]


def test_every_kind_is_found_by_its_words(store: Store, references: dict[str, UUID]) -> None:
    sheet = Sheet(
        id=uuid4(),
        title="Aaa",
        should_be="Bbb",
        started_on=DAY,
        scratch="Ccc",
        checks=(Check(id="1", what="Ddd", on=DAY),),
        boxes=(
            Box(
                id="analysis",
                text="Eee",
                figures=(
                    FiveWhys(id="f", caption="Fff", whys=(Why(id="w", text="Ggg"),)),
                    Plan(id="p", actions=(Action(id="a", what="Hhh", who="Iii"),)),
                    RunChart(id="r", unit="Jjj", changes=(ChangeMark(on=DAY, label="Kkk"),)),
                    Sketch(id="s", words=(Words(x=1, y=1, text="Lll"),)),
                    PhotoFigure(id="q", photo="f" * 64, description="Mmm"),
                    Countermeasures(id="c", options=(Option(id="1", what="Zzb", cause="Zzc"),)),
                    Fishbone(
                        id="b",
                        effect="Zzd",
                        bones=(Bone(id="1", label="Zze"),),
                        causes=(BoneCause(id="2", parent="1", text="Zzf", source="Zzg"),),
                    ),
                    Pareto(id="o", bars=(Bar(label="Zza"),)),
                ),
            ),
        ),
        first_draft=(Box(id="analysis", text="Nnn"),),
    )
    walk = Walk(
        id=uuid4(),
        purpose="Ooo",
        stops=(Stop(id="1", place="Ppp", look_for="Qqq"),),
        questions=(CueQuestion(id="1", text="Rrr"),),
        debrief=Debrief(learned="Sss"),
    )
    promise = Promise(
        id=uuid4(),
        text="Ttt",
        made_on=DAY,
        told_back=ToldBack(on=DAY, to="Uuu", answer="done", said="Vvv"),
    )
    note = MarginNote(
        id=uuid4(), sheet_id=references["sheet_id"], box="goal", text="Www", asked_on=DAY
    )
    talk = Talk(
        id=uuid4(),
        kind="cycle",
        learner_id=references["learner_id"],
        held_on=DAY,
        answers=(Answer(id="1", question="Xxx", text="Yyy"),),
    )
    store.write([sheet, walk, promise, note, talk], who="Ines")
    inside = {
        ("sheet", ""): "Aaa Bbb Ccc Ddd",
        ("sheet", "analysis"): "Eee Fff Ggg Hhh Iii Jjj Kkk Lll Mmm Zza Zzb Zzc Zzd Zze Zzf Zzg",
        ("sheet", "first_draft"): "Nnn",
        ("walk", ""): "Ooo Ppp Qqq Rrr Sss",
        ("promise", ""): "Ttt Uuu Vvv",
        ("margin_note", "goal"): "Www",
        ("talk", ""): "Xxx Yyy",
    }
    for place, words in inside.items():
        for word in words.split():
            assert found(store, word) == [place], word
    assert found(store, "f" * 64) == []


def test_the_last_word_may_be_unfinished_and_marks_say_where(store: Store) -> None:
    seen = see("Nurse phoned the porters' desk three times", their_words="no Porter\ncame")
    store.write([seen], who="Ines")
    (hit,) = store.search("port")
    assert hit.ref == Ref("observation", seen.id)
    assert hit.title == seen.saw
    assert hit.on == DAY
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["porters", "Porter"]
    assert "\n" not in hit.excerpt
    assert found(store, "phoned por") == [("observation", "")]
    assert found(store, "phon por") == []
    assert found(store, "por phoned") == []
    assert found(store, "porters walked") == []


def test_case_and_marks_do_not_matter(store: Store) -> None:
    store.write([see("Zu spät: Ærøskøbing, Việt Nam, ΟΔΟΣ"), see("cafe\u0301")], who="Ines")
    for typed in ("SPAT", "spät", "spa\u0308t", "viet", "οδο", "café", "cafe", "CAFÉ"):
        hits = store.search(typed)
        assert len(hits) == 1, typed
        assert hits[0].marks, typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("薬局で待っている袋", "薬局"),
        ("薬局で待っている袋", "局で"),
        ("薬局で待っている袋", "袋"),
        ("退院が遅れるABC病棟", "abc病棟"),
        ("カンバンとアンドン", "アンドン"),
        ("약국에서 기다리는 봉투", "기다"),
        ("약국에서 기다리는 봉투", "국에서"),
        ("出院等待", "院等"),
        ("𠮷野家", "𠮷"),
        ("ถุงยารออยู่ที่ห้องยา", "รออยู่"),
        ("שקית התרופות מחכה", "התרופות"),
        ("كيس الدواء ينتظر", "الدواء"),
        ("очередь в аптеке", "аптек"),
    ],
)
def test_scripts_without_blanks_and_others(store: Store, text: str, typed: str) -> None:
    store.write([see(text), see("something else")], who="Ines")
    (hit,) = store.search(typed)
    assert hit.excerpt == text
    assert "".join(hit.excerpt[start:end] for start, end in hit.marks).lower().startswith(typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("a party \N{PARTY POPPER} at noon", "\N{PARTY POPPER}"),
        ("nurse \U0001f469\U0001f3fd here", "\U0001f469\U0001f3fd"),
        ("19 % of \u00a3 200", "% \u00a3"),
        ("5 < 6", "<"),
        ("hall \u2192 lounge", "\u2192"),
        ("not \u2260 equal", "\u2260"),
        ("glued\N{PARTY POPPER}on", "\N{PARTY POPPER}"),
    ],
)
def test_a_sign_that_is_no_word_is_found(store: Store, text: str, typed: str) -> None:
    store.write([see(text), see("something else"), Person(id=uuid4(), name="Ines")], who="Ines")
    (hit,) = store.search(typed)
    assert hit.excerpt == text
    assert hit.excerpt[slice(*hit.marks[0])] in typed.split()
    assert len(store.search(typed, kinds=("observation",))) == 1
    assert store.search(typed, kinds=("person",)) == []


def test_a_sign_of_several_characters_is_found(store: Store) -> None:
    joined = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"
    store.write([see(f"the {joined} is here")], who="Ines")
    assert len(store.search(joined)) == 1


def test_a_sign_in_a_private_note_is_found_only_when_asked_for(
    store: Store, references: dict[str, UUID]
) -> None:
    note = "\N{PARTY POPPER}"
    talk = Talk(
        id=uuid4(),
        kind="cycle",
        learner_id=references["learner_id"],
        held_on=DAY,
        private_note=note,
    )
    store.write([talk], who="Samir")
    assert found(store, note) == []
    assert found(store, note, private=True) == [("talk", "private_note")]


def test_characters_of_another_order_are_not_a_word(store: Store) -> None:
    store.write([see("局薬")], who="Ines")
    assert found(store, "薬局") == []


def test_private_notes_are_found_only_when_asked_for(
    store: Store, references: dict[str, UUID]
) -> None:
    talk = Talk(
        id=uuid4(),
        kind="cycle",
        learner_id=references["learner_id"],
        held_on=DAY,
        agreed="look on Thursday",
        private_note="seems worn out, look closer",
    )
    store.write([talk], who="Samir")
    assert found(store, "worn") == []
    assert found(store, "look") == [("talk", "")]
    assert found(store, "worn", private=True) == [("talk", "private_note")]
    assert found(store, "worn", kinds=("talk",)) == []
    for hit in store.search("look", private=True):
        assert "worn" not in hit.title


def test_only_some_kinds(store: Store) -> None:
    store.write([see("porter"), Person(id=uuid4(), name="Porter")], who="Ines")
    assert found(store, "porter", kinds=("person",)) == [("person", "")]
    assert sorted(found(store, "porter", kinds=("person", "observation"))) == [
        ("observation", ""),
        ("person", ""),
    ]
    assert found(store, "porter", kinds=()) == []
    assert found(store, "kindperson") == []
    assert len(found(store, "porter", limit=1)) == 1


def test_links_have_no_words(store: Store) -> None:
    link = Link(
        id=uuid4(), role=BECAME, from_kind="walk", from_id=uuid4(), to_kind="sheet", to_id=uuid4()
    )
    store.write([link], who="Ines")
    assert found(store, "became") == []


def test_the_index_follows_every_change(store: Store) -> None:
    sheet = Sheet(
        id=uuid4(),
        title="Late",
        started_on=DAY,
        boxes=(Box(id="goal", text="before noon"), Box(id="plan", text="porter")),
    )
    (sheet,) = store.write([sheet], who="Ines").records
    assert isinstance(sheet, Sheet)
    changed = replace(sheet, title="Early", boxes=(Box(id="goal", text="before lunch"),))
    store.write([changed], who="Ines")
    assert found(store, "noon") == found(store, "porter") == found(store, "late") == []
    (hit,) = store.search("lunch")
    assert hit.title == "Early"
    (retitled,) = store.write([replace(changed, revision=2, title="Soon")], who="Ines").records
    assert store.search("lunch")[0].title == "Soon"
    assert retitled.revision == 3


def test_a_name_stands_before_the_thousand_places_that_say_it(store: Store) -> None:
    anna = Person(id=uuid4(), name="Anna Brandt")
    store.write([anna], who="Ines")
    store.write([see(f"Anna waits, {number}") for number in range(1500)], who="Ines")
    hits = store.search("anna")
    assert len(hits) == 50
    assert hits[0].ref.id == anna.id
    newest = [hit.title for hit in hits if hit.ref.kind == "observation"]
    assert newest[0] == "Anna waits, 1499"
    assert found(store, "anna", limit=2000).count(("observation", "")) == 1500


def test_an_old_word_is_found_behind_a_thousand_new_ones(store: Store) -> None:
    old = see("zebra crossing")
    store.write([old], who="Ines")
    store.write([see(f"something newer {number}") for number in range(1200)], who="Ines")
    assert [hit.ref.id for hit in store.search("zeb")] == [old.id]
    store.write([], removes=[Ref("observation", old.id)], who="Ines")
    assert store.search("zeb") == []


ANYTHING = (
    *HOSTILE,
    '"',
    '""',
    "'",
    "*",
    "a*b",
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "title:",
    "{title} : x",
    "^",
    "(",
    "-",
    "+ -",
    "%",
    "_",
    "\0",
    "a" * 1_000_000,
    "漢" * 1_000_000,
    "a " * 500_000,
)


@pytest.mark.parametrize("typed", ANYTHING, ids=range(len(ANYTHING)))
def test_anything_may_be_typed(store: Store, typed: str) -> None:
    store.write([see("porter AND nurse")], who="Ines")
    assert store.search(typed) == [] or typed == "AND"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_may_be_typed(store: Store, typed: str) -> None:
    for hit in store.search(typed):
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.marks)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_may_be_indexed_and_excerpted(store: Store, text: str) -> None:
    seen = see(f"{text} wherever")
    (written,) = store.write([seen], who="Ines").records
    (hit,) = store.search("wherever")
    assert [hit.excerpt[start:end] for start, end in hit.marks][-1] == "wherever"
    store.write([], removes=[Ref("observation", written.id)], who="Ines")


def test_half_a_pair_may_be_typed(store: Store) -> None:
    for typed in ("porter \ud83d", "por\ud83dter", "\udfff"):
        assert store.search(typed) == []


def test_a_search_can_be_stopped_from_another_thread(store: Store) -> None:
    words = "porter waits for a bag at the hatch " * 3
    store.write([see(f"{words}{number}") for number in range(3000)], who="Ines")
    outcomes: list[str] = []
    asked = threading.Event()

    def search_on() -> None:
        asked.set()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                store.search("porter bag hatch waits", limit=3000)
            except Interrupted:
                outcomes.append("stopped")
                return

    thread = threading.Thread(target=search_on)
    thread.start()
    asked.wait()
    while thread.is_alive():
        store.stop_searches()
        thread.join(0.002)
    assert outcomes == ["stopped"]
    assert len(store.search("porter")) == 50


def test_an_area_is_found(store: Store) -> None:
    store.write([Area(id=uuid4(), name="Porters' desk")], who="Ines")
    assert found(store, "desk") == [("area", "")]


def test_the_file_a_form_came_from_is_no_text(store: Store) -> None:
    version = FormVersion(
        id=uuid4(),
        form_key=uuid4(),
        title="Bed round",
        number=1,
        made_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        source_kind="xlsx",
        file_name="round.xlsx",
        source="c291cmNl",
        xform="<xform/>",
    )
    store.write([version], who="Ines")
    assert found(store, "bed round") == [("form_version", "")]
    assert found(store, "round.xlsx") == [("form_version", "")]
    assert found(store, "c291cmNl") == []
    assert found(store, "xform") == []
