"""A robot that opens every record, looks at it and leaves, and never touches a key."""

from __future__ import annotations

from gemba.app.session import Session
from gemba.domain.changes import Ref
from gemba.domain.kinds import KINDS, kind_of
from tests.faults.kit.diary import Diary
from tests.faults.kit.robot import A_LOOK, Robot

PAGELESS = ("link",)
"""What is seen on the pages of the records it ties, and has none of its own."""


class Reader(Robot):
    """Opens one record after the other."""

    def __init__(self, session: Session, diary: Diary, seed: int) -> None:
        super().__init__(session, diary, seed, -1)
        self.waiting: list[Ref] = []
        self.timer.timeout.disconnect(self.act)
        self.timer.timeout.connect(self.open_next)

    def switch(self) -> None:
        """List everything there is."""
        recorder = self.session.workspace.recorder
        for kind, cls in KINDS.items():
            if kind not in PAGELESS:
                self.waiting += [Ref(kind_of(one), one.id) for one in recorder.find(cls)]
        self.random.shuffle(self.waiting)

    def open_next(self) -> None:
        """Open the next record; the event loop runs in between, so that pages settle."""
        busy = self.session.app.tasks.busy
        self.timer.setInterval(A_LOOK if busy else 0)
        if busy:
            return
        if not self.waiting:
            self.timer.stop()
            self.session.window.close()
            return
        ref = self.waiting.pop()
        self.session.go.open(ref)
        key = self.session.window.current_key()
        banner = self.session.window.banner
        trouble = banner.words.text() if banner.isVisible() else ""
        self.diary.write("opened", kind=ref.kind, id=str(ref.id), page=key, trouble=trouble)
