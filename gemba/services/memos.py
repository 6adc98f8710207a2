"""Voice memos: taken in with the observation in hand, and heard in the system's own player."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation, VoiceMemo

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

_MOST_LETTERS: Final = 60


class Memos:
    """Attaches memos to observations, and lends a copy of one to a player."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._lent: Path | None = None
        self._lending = Lock()
        self._ended = False

    def is_sound(self, data: bytes) -> bool:
        """Tell whether the bytes of a file begin as a sound does, whatever the file is called."""
        from gemba.store.attached import is_sound

        return is_sound(data)

    def add(self, observation_id: UUID, data: bytes, name: str = "") -> None:
        """Take in a memo together with this observation and no other; call it beside the window.

        What tells where and with what it was recorded is taken out of it. Raises GembaError when
        the data is no sound, more than sound, or too large.
        """
        called = _shown_name(name)

        def attach(seen: Observation, sound: str) -> Observation:
            if any(one.sound == sound for one in seen.memos):
                return seen
            memo = VoiceMemo(id=str(self._recorder.new_id()), sound=sound, name=called)
            return replace(seen, memos=(*seen.memos, memo))

        self._recorder.take_sound_onto(Observation, observation_id, data, name, attach)

    def remove(self, observation_id: UUID, sound: str) -> None:
        """Take a memo off an observation; the sound itself stays in the folder."""

        def detach(seen: Observation) -> Observation:
            return replace(seen, memos=tuple(one for one in seen.memos if one.sound != sound))

        self._recorder.change(Observation, observation_id, detach)

    def put_back(self, observation_id: UUID, memo: VoiceMemo) -> None:
        """Attach a memo again that was removed."""

        def attach(seen: Observation) -> Observation:
            known = any(one.sound == memo.sound for one in seen.memos)
            return seen if known else replace(seen, memos=(*seen.memos, memo))

        self._recorder.change(Observation, observation_id, attach)

    def lend(self, memo: VoiceMemo) -> Path:
        """Return a copy of a memo for the system's player; slow, call it beside the window.

        Of an encrypted folder the copy is in plain. It goes with `take_back`, which closing and
        locking call, or with the next start after a kill. Raises GembaError where it is gone, and
        once the copies were taken back.
        """
        from gemba.store.attached import suffix_of
        from gemba.store.faults import readable_faults
        from gemba.store.files import private_folder, write_lightly

        data = self._recorder.store.photos.read(memo.sound)
        if data is None:
            raise GembaError("voice.gone")
        with readable_faults(), self._lending:
            if self._ended:
                # Read before the lock, a copy in plain must not be written behind it.
                raise GembaError("voice.gone")
            folder = self._folder() / memo.sound[:8]
            private_folder(folder)
            path = folder / f"{_file_name(memo.name)}{suffix_of(data)}"
            if not path.is_file() or path.stat().st_size != len(data):
                write_lightly(path, data)
        return path

    def take_back(self) -> None:
        """Remove every copy that was lent, and lend no more.

        A copy that a player still holds goes at the next start.
        """
        with self._lending:
            self._ended = True
            lent, self._lent = self._lent, None
            if lent is not None:
                shutil.rmtree(lent, ignore_errors=True)

    def _folder(self) -> Path:
        store = self._recorder.store
        if self._lent is None:
            from gemba.store.attached import LISTENING

            # Where nothing may be written beside the database, in the place of the system.
            beside = store.folder / LISTENING
            self._lent = beside if store.writable else Path(tempfile.mkdtemp())
        return self._lent


def forget_copies(folder: Path) -> None:
    """Remove what a killed Gemba had lent to a player from a data folder, also a locked one."""
    from gemba.store.attached import forget_lent

    forget_lent(folder)


def _shown_name(name: str) -> str:
    """Return a file's name without its suffix, as it stands on the page."""
    clean = " ".join(name.encode("utf-8", "replace").decode("utf-8").split())
    return clean.rpartition(".")[0] or clean


def _file_name(name: str) -> str:
    """Return letters and digits of a name, as every system takes them for a file."""
    kept = "".join(one if one.isalnum() or one in "-_ " else "_" for one in name)
    return " ".join(kept.split())[:_MOST_LETTERS].strip() or "memo"
