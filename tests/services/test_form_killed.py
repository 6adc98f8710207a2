"""Gemba is killed while a question is being typed; the answer comes back with its own version."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.services.workspace import open_workspace
from gemba.words import Words

TYPED = """
import os, signal, sys
from pathlib import Path
from gemba.app.folders import load_catalog
from gemba.services.workspace import open_workspace
from gemba.words import Words

folder = Path(sys.argv[1])
work = open_workspace(folder, load_catalog(folder), Words())
form = work.forms.from_list("Is it free?\\nHow many wait?\\tnumber", "Look")
desk = work.forms.open(work.forms.begin(form.id, place="Ward 6").id)
first, second = [one for one in desk.pages()[0].questions]
desk.answer(first.key, "yes")
second = desk.pages()[0].questions[-1]
desk.answer(second.key, "1x")
desk.keep(at=second.key, caret=2)
work.recorder.settle()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_half_typed_answer_comes_back_with_its_own_version(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-c", TYPED, str(folder)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    work = open_workspace(folder, load_catalog(folder), Words())
    try:
        (form,) = work.forms.all()
        work.forms.keep_draft(work.forms.preview_of_list("Otherwise?", "Look"), into=form.id)
        work.bin.remove(Ref("form", form.id))
        (draft,) = work.forms.drafts()
        desk = work.forms.open(draft.id)
        assert desk.version.number == 1
        assert (desk.filling.place, desk.filling.caret) == ("Ward 6", 2)
        questions = {one.name: one for one in desk.pages()[0].questions}
        assert questions["is_it_free"].answer == "yes"
        assert questions["how_many_wait"].half == "1x"
        assert desk.filling.at_question == questions["how_many_wait"].key
    finally:
        work.close()
