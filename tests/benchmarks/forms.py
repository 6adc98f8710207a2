"""A form of 100 and of 1,000 questions: opening it, and one answer to all that follows from it.

The peer is @getodk/xforms-engine under node, set up in a folder of its own, which is thrown away;
nothing of it comes into the checkout. Without npm, or without a network, only ours is measured.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from gemba.forms.compiling import formula
from gemba.forms.form import Form
from gemba.forms.looking import look
from gemba.forms.scope import Surroundings
from tests.benchmarks.measuring import Figure, percentile

PEER = ("@getodk/xforms-engine@0.22.0", "jsdom@27")
FRAME = 0.016
"""Seconds: one frame of the screen."""
_LOADS, _ANSWERS, _WARM = 7, 600, 60
_ASKED = 6  # questions of a block with yes or no; ten places a block
_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa">'
)


def form_of(questions: int) -> str:
    """An XForm in blocks of ten: six of yes and no, a number, a reason, a score and its share."""
    blocks = questions // 10
    names = [f"b{number}" for number in range(blocks)]
    inside = "".join(f"<q{number}/>" for number in range(10))
    instance = "".join(f"<{name}>{inside}</{name}>" for name in names)
    binds, body = [], []
    for name in names:
        at = f"/data/{name}"
        yes = " + ".join(f"if({at}/q{one} = 'yes', 1, 0)" for one in range(_ASKED))
        binds += [f'<bind nodeset="{at}/q{one}" type="string"/>' for one in range(_ASKED)]
        binds += [
            f'<bind nodeset="{at}/q6" type="int" required="true()" '
            'constraint=". &gt;= 0 and . &lt;= 100"/>',
            f'<bind nodeset="{at}/q7" type="string" relevant="{at}/q0 = \'no\'"/>',
            f'<bind nodeset="{at}/q8" type="int" calculate="{yes}"/>',
            f'<bind nodeset="{at}/q9" type="decimal" '
            f'calculate="round({at}/q8 div {_ASKED} * 100, 1)"/>',
        ]
        items = "".join(
            f"<item><label>{word}</label><value>{word.lower()}</value></item>"
            for word in ("Yes", "No")
        )
        controls = "".join(
            f'<select1 ref="{at}/q{one}"><label>Point {one} of {name}</label>{items}</select1>'
            for one in range(_ASKED)
        )
        controls += "".join(
            f'<input ref="{at}/q{one}"><label>Question {one} of {name}</label></input>'
            for one in (6, 7)
        )
        body.append(f'<group ref="{at}"><label>Block {name}</label>{controls}</group>')
    total = " + ".join(f"/data/{name}/q8" for name in names)
    binds += [
        f'<bind nodeset="/data/total" type="int" calculate="{total}"/>',
        f'<bind nodeset="/data/share" type="decimal" '
        f'calculate="round(/data/total div {blocks * _ASKED} * 100, 1)"/>',
    ]
    return (
        f"{_HEAD}<h:head><h:title>Blocks</h:title><model><instance>"
        f'<data id="blocks">{instance}<total/><share/></data></instance>{"".join(binds)}'
        f"</model></h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


def measure() -> list[Figure]:
    """Both forms with ours and, where it can be had, with the peer in the same run."""
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="gemba-forms-peer-") as folder:
        peer = _set_up(Path(folder))
        for questions in (100, 1_000):
            xml = form_of(questions)
            theirs = _theirs(Path(folder), xml) if peer == "" else None
            rows += _rows(questions, _ours(xml), theirs, peer)
    return rows


def _rows(
    questions: int, ours: dict[str, float], theirs: dict[str, float] | None, why: str
) -> list[Figure]:
    note = f"CPU {ours['load_cpu'] * 1000:.0f} ms; floor: @getodk/xforms-engine"
    rows = [
        Figure(
            f"form of {questions:,}, one answer, p99",
            ours["answer"],
            0.0,
            "s",
            FRAME,
            f"{_ANSWERS} answers, median {ours['median'] * 1000:.2f} ms",
            absolute=True,
        )
    ]
    if theirs is None:
        print(f"form of {questions:,} against the peer: skipped, {why}", flush=True)
        return rows
    return [
        Figure(f"form of {questions:,}, load", ours["load"], theirs["load"], "s", 0.25, note),
        Figure(
            f"form of {questions:,}, one answer, p99, against peer",
            ours["answer"],
            theirs["answer"],
            "s",
            0.25,
            f"medians {ours['median'] * 1000:.2f} and {theirs['median'] * 1000:.2f} ms",
        ),
        *rows,
    ]


def _ours(xml: str) -> dict[str, float]:
    loads, cpu = [], []
    form = Form(xml, Surroundings())
    for _ in range(_LOADS):
        formula.cache_clear()  # the peer reads every formula anew, too
        began, worked = time.perf_counter(), time.process_time()
        form = Form(xml, Surroundings())
        loads.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    times = _answered(form)[_WARM:]
    return {
        "load": statistics.median(loads),
        "load_cpu": statistics.median(cpu),
        "answer": percentile(times, 0.99),
        "median": statistics.median(times),
    }


def _answered(form: Form) -> list[float]:
    blocks = sum(1 for one in form.top.elements() if one.name.startswith("b"))
    total, share = (next(form.nodes(("data", name))) for name in ("total", "share"))
    times = []
    for number in range(_ANSWERS + _WARM):
        block = f"b{number * 7 % blocks}"
        places = {
            one: next(form.nodes(("data", block, f"q{one}"))) for one in (number % 6, 7, 8, 9)
        }
        asked = places[number % 6]
        text = "no" if asked.text() == "yes" else "yes"
        began = time.perf_counter()
        form.answer(asked, text)
        views = [look(form, node) for node in (*places.values(), total, share)]
        times.append(time.perf_counter() - began)
        assert views[0].text == text
        assert int(views[-2].text) >= 0
    return times


def _set_up(folder: Path) -> str:
    """Install the peer; "" when it is there, else why it is not."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "npm is not here"
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PEER]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    except (subprocess.SubprocessError, OSError):
        return "the peer could not be installed"
    shutil.copy(Path(__file__).with_name("forms_peer.mjs"), folder / "peer.mjs")
    return ""


def _theirs(folder: Path, xml: str) -> dict[str, float] | None:
    (folder / "form.xml").write_text(xml, encoding="utf-8")
    counts = [str(one) for one in (_LOADS, _ANSWERS, _WARM)]
    done = subprocess.run(
        ["node", "peer.mjs", "form.xml", *counts],
        cwd=folder,
        env={**os.environ, "TZ": "UTC"},
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        print(f"the peer stopped: {done.stderr[-300:]}", flush=True)
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    times = [one / 1000 for one in found["answers"]]
    return {
        "load": statistics.median(found["loads"]) / 1000,
        "answer": percentile(times, 0.99),
        "median": statistics.median(times),
    }


if __name__ == "__main__":
    for row in measure():
        print(
            f"{row.name:52s} {row.value * 1000:9.3f} ms, {row.ratio:8.4f} of {row.limit:g}", end=" "
        )
        print("met" if row.met else "NOT MET", row.note)
