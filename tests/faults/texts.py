"""Random text in every field of every page: to the disk, read back, exported and brought in.

The fields are not listed: every one that is found on a page, in a drawer, in the editor of a
figure or over a page is typed in, or has its reason in ``kit/fields.py``; one that has neither
fails the test, in its short form too.

Nothing is changed on the way but what Qt alters while a text is pasted (``kit/altered.py``).
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from gemba.domain.changes import FieldChange, Plain
from gemba.domain.codec import to_plain
from gemba.domain.kinds import KINDS
from gemba.domain.observation import Observation
from gemba.services.exchange_in import bring_in
from gemba.services.exchange_out import export_data
from gemba.store.journal import value_at
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.faults.kit.altered import in_box, in_lines, in_one_line
from tests.faults.kit.fields import TITLED
from tests.faults.kit.ground import NOW, look_through, room, start, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("random text in every field, saved, read, exported, imported", 100_000, 30)
BATCH = 5_000
_SPARE = 10
PATIENCE = 3_600.0

ODD = (
    *(
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u2028",
        "\u2029",
        "\u00a0",
        "\u202f",
        "\u00ad",
        "\u200b",
        "\ufeff",
    ),
    *("\x00", "\x01", "\x1b[0m", "\x7f", "\x85", "\ufdd0", "\ufdd1", "\ufffc", "\ufffd", "\ufffe"),
    *("- ", "* ", "**", "*", "\\", "\\*", "_", "`", "# ", "> ", "1. ", "<b>", "&amp;", "%s", "{0}"),
    *("=1+1", "=cmd()", '"', "'", "''", "; DROP TABLE walk; --", "\U0001f469\u200d\U0001f4bb"),
    *("e\u0301", "\u0131\u0130", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d", "\u202e"),
    *("\u75c5\u68df", "\ud55c", "\u1112\u1161\u11ab", " ", "  ", "word", "Beds wait 3 hours"),
)
_LETTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.one_of(
    st.text(_LETTERS, min_size=1, max_size=60),
    st.lists(st.sampled_from(ODD), min_size=1, max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(ODD), st.text(_LETTERS, max_size=8)), max_size=10).map(
        "".join
    ),
)

_ALTERED: dict[str, Callable[[str], str]] = {
    "box": in_box,
    "lines": in_lines,
    "cells": in_lines,
    "line": in_one_line,
}
_SWAPPED = re.compile("^(\ufeff*)\ufffe+")


def run(times: int, seed: int) -> Tally:
    """Paste so many texts, each into the next field."""
    tally = Tally("random text")
    fields: set[str] = set()
    with room() as place:
        while tally.times < times:
            count = min(BATCH, times - tally.times)
            texts = drawn(count, seed + tally.times)
            fields |= _batch(tally, place / "data", texts, count, seed + tally.times)
            shutil.rmtree(place / "data")
        tally.catch(lambda: _touchy(place, seed), "pasted")
    tally.notes.append(told(fields))
    return tally


def told(fields: Iterable[str]) -> str:
    """Say how many fields there were, and how many of them on each kind of page.

    A field that is called after what was typed is one field, whatever was typed.
    """
    known = {next((one for one in TITLED if name.startswith(one)), name) for name in fields}
    pages = Counter(name.partition(":")[0].split()[0] for name in known)
    counted = ", ".join(f"{page} {count}" for page, count in sorted(pages.items()))
    return f"{len(known)} fields: {counted}"


def _touchy(place: Path, seed: int) -> None:
    """The control: fields that end every text with a line end of their own."""
    tried = Tally("touchy")
    _batch(tried, place / "data", drawn(60, seed), 60, seed, "touchy")
    must(not tried.failures, tried.failures[0].what if tried.failures else "")


def drawn(count: int, number: int) -> list[str]:
    """Return so many texts, always the same for a number."""
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=count + 50,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def take(text: str) -> None:
        # At the beginning of a clipboard, also behind marks of the byte order, Qt takes this one
        # for swapped bytes.
        found.append(_SWAPPED.sub(r"\1", text) or "word")

    take()
    random.Random(number).shuffle(found)
    return found


def _batch(
    tally: Tally, folder: Path, texts: list[str], count: int, number: int, broken: str = ""
) -> set[str]:
    """Paste texts in a process of its own; then read, export and bring in what it saved."""
    folder.mkdir()
    given, answer = folder / "texts.json", folder / "answer.json"
    # A few more: one that a field shows already is not pasted.
    given.write_text(json.dumps(texts[: count + _SPARE]), encoding="utf-8")
    program = [sys.executable, "-m", "tests.faults.kit.writer"]
    process = start([*program, str(folder), str(given), str(answer), broken])
    _, words = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(f"the writer failed: {words[-2000:]!r}")
    told = json.loads(answer.read_text(encoding="utf-8"))
    found = told["found"][:count]
    for name in told["missed"]:
        with tally.once(number):
            must(False, f"{name}: nothing was pasted here, and no reason is written why")
    with look_through(folder / "data") as store:
        brought = _through_export(store, folder.with_name("brought"), found)
        # Read once: a row for each text makes asking for each text a long walk.
        journal: dict[tuple[str, str], list[FieldChange]] = {}
        for entry in store.journal():
            ref = entry.change.ref
            journal.setdefault((ref.kind, str(ref.id)), []).append(entry.change)
        for at, one in enumerate(found):
            with tally.once(number + at):
                _look(journal, one)
                must(one["held"] in brought, f"{one['name']}: {one['held']!r} was not brought in")
        _standing(tally, store, folder.with_name("whole"), number)
    return {one["name"] for one in found}


def _look(journal: dict[tuple[str, str], list[FieldChange]], one: dict[str, Any]) -> None:
    """What was pasted stands in the field as Qt makes it, and exactly that was saved."""
    wanted = _ALTERED[one["kind"]](one["pasted"])
    said = f"{one['name']}: {one['pasted']!r} was pasted, {one['reads']!r} stands there"
    must(one["reads"] == wanted, said)
    if not one["held"].strip():
        return
    must(one["records"] or one["settings"], f"{one['name']}: {one['held']!r} was pasted, not saved")
    for kind, record, field in one["records"]:
        there = [
            change for change in journal.get((kind, record), []) if change.field.startswith(field)
        ]
        holds = any(_holds(change.after, one["kept"]) for change in there)
        must(holds, f"{one['name']}: {one['held']!r} was saved, and is not read back")


def _holds(value: Plain, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, text) for one in value.values())
    if isinstance(value, list):
        return any(_holds(one, text) for one in value)
    return value == text


def _through_export(store: Store, folder: Path, found: list[dict[str, Any]]) -> set[str]:
    """Put every saved text into a record, export all, bring it in elsewhere, and read it there."""
    del store
    out = folder.with_name("out")
    with open_store(out) as giving:
        seen = [
            Observation(id=UUID(int=number + 1), seen_on=NOW.date(), saw=one["held"])
            for number, one in enumerate(found)
        ]
        giving.write(seen, who="Ana")
        bundle = folder.with_suffix(".zip")
        bundle.write_bytes(export_data(giving, private=True))
    with open_store(folder) as taking:
        bring_in(taking, bundle, who="Ana")
        brought = {one.saw for one in taking.find(Observation)}
    for left in (out, folder):
        shutil.rmtree(left)
    return brought


def _standing(tally: Tally, store: Store, folder: Path, number: int) -> None:
    """Every record as it stands at the end is the same after export and import."""
    bundle = folder.with_suffix(".zip")
    bundle.write_bytes(export_data(store, private=True))
    with workspace(folder) as taking:
        bring_in(taking.store, bundle, who="Ana")
        for cls in KINDS.values():
            for record in store.find(cls):
                plain = to_plain(record)
                there = taking.store.find(cls, id=record.id)
                with_it = to_plain(there[0]) if there else {}
                for name in ("saw", "text", "purpose", "boxes", "answers", "debrief", "note"):
                    if value_at(plain, name) != value_at(with_it, name):
                        with tally.once(number):
                            must(False, f"{name} of {record.id} was changed by export and import")
    shutil.rmtree(folder)
