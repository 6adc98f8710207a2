"""After the walk: expected against seen, one pattern, one thing to learn, one thank-you."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.moment import elapsed
from gemba.domain.observation import Observation
from gemba.domain.promise import MOST_PROMISES
from gemba.domain.titles import first_words
from gemba.domain.walk import Walk
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import long_day
from gemba.ui.go import Go
from gemba.ui.pages.becoming import Becoming
from gemba.ui.pages.common import LinkChips, listen, record_or_back
from gemba.ui.pages.forms import Inline
from gemba.ui.pages.more import More, ref_or_none
from gemba.ui.pages.print_panel import PrintHost
from gemba.ui.pages.seen_list import SeenList, marks_of, row_of
from gemba.ui.tasks import Tasks
from gemba.ui.widgets import Button, Column, EmptyState, Label, PageHead, ScrollPage, TextField

if TYPE_CHECKING:
    from gemba.services.coaching import Coaching
    from gemba.services.exports import Exports
    from gemba.services.photo_import import PhotoImport
    from gemba.ui.pages.photo_matching import PhotoMatching
    from gemba.ui.theme import Theme

_WIDE = 920
_LINES = ("against_expected", "pattern", "learn_next", "thank_you", "learned")


class DebriefPage(QWidget):
    """What a walk came to; every line may stay empty, and nothing to do is a normal end."""

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        people: People,
        coaching: Coaching,
        thread: Thread,
        drafts: Drafts,
        exports: Exports,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        photos: Callable[[], PhotoImport],
        photo_care: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._thread = thread
        self._exports = exports
        self._tasks = tasks
        self._go = go
        self._photos = photos
        self._photo_care = photo_care
        self.matching: PhotoMatching | None = None
        self._walk: Walk | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        self.paper = PrintHost(
            theme,
            self._view,
            title=self._file_name,
            draw=self._draw_report,
            write=exports.write_file,
            go=go,
        )
        outer.addWidget(self.paper)
        self.head = PageHead(theme, "")
        self.report = Button(theme, self.tr("Print"), icon="printer")
        self.report.clicked.connect(self.paper.show_paper)
        self.more = Button(theme, self.tr("Add lines"), icon="pen-line")
        self.more.clicked.connect(self._add_lines)
        self.head.add_action(self.more)
        self.bring = Button(theme, self.tr("Photos"), icon="image")
        self.bring.clicked.connect(self.match_photos)
        self.head.add_action(self.bring)
        self.memo = Button(theme, self.tr("Memo"), icon="file-text")
        self.memo.clicked.connect(self._show_memo)
        self.head.add_action(self.memo)
        self.head.add_action(self.report)
        self.head.add_action(More(theme, go, lambda: ref_or_none("walk", self._walk)))
        self._view.add(self.head)
        self._view.space(24)
        self._column = Column(theme, width=_WIDE, gap=0)
        self._view.add(self._column)
        self._view.finish()
        self._build_lines()
        self._build_seen()
        self._build_end()
        self.becoming = Becoming(
            self,
            theme,
            walks=walks,
            people=people,
            drafts=drafts,
            go=go,
            coaching=coaching,
            hold=self._hold,
            dropped=self.seen.drop_form,
        )
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show_seen)
        listen(self, bulletin, self._hear)

    def _head(self, words: str) -> None:
        self._column.add(Label(self.theme, words, step="strong", wrap=False))
        self._column.space(self.theme.px(8))

    def _build_lines(self) -> None:
        theme, px = self.theme, self.theme.px
        self.chips = LinkChips(theme, self._go)
        self._column.add(self.chips)
        self._head(self.tr("Expected against seen"))
        both = QHBoxLayout()
        both.setSpacing(px(24))
        left = QVBoxLayout()
        left.setSpacing(px(4))
        left.addWidget(Label(theme, self.tr("I expected"), step="small", tone="ink_soft"))
        self.expected = Label(theme, "")
        left.addWidget(self.expected)
        left.addStretch(1)
        both.addLayout(left, 1)
        self.lines = {
            "against_expected": TextField(
                theme,
                self.tr("I saw against it"),
                question=self.tr("What was as you expected, and what was not?"),
                lines=2,
            ),
            "pattern": TextField(
                theme, self.tr("One pattern"), question=self.tr("What came up more than once?")
            ),
            "learn_next": TextField(
                theme,
                self.tr("One thing to learn next"),
                question=self.tr("What do you not understand yet?"),
            ),
            "thank_you": TextField(
                theme,
                self.tr("One thank-you"),
                question=self.tr("Whom will you thank, and for what exactly?"),
            ),
            "learned": TextField(
                theme,
                self.tr("Nothing else to do; we learned"),
                question=self.tr("What do you know now that you did not know before?"),
            ),
        }
        for field in self.lines.values():
            field.rule()
        both.addWidget(self.lines["against_expected"], 1, Qt.AlignmentFlag.AlignTop)
        self._column.body.addLayout(both)
        for name in ("pattern", "learn_next", "thank_you"):
            self._column.space(px(16))
            self._column.add(self.lines[name])
        self._autosave = Autosave(self.lines["pattern"], self._save)
        for name, field in self.lines.items():
            if name != "pattern":
                self._autosave.bind(field)

    def _build_seen(self) -> None:
        theme = self.theme
        self._column.space(theme.px(32))
        self._head(self.tr("What was seen"))
        self._photo_place = QVBoxLayout()
        self._column.body.addLayout(self._photo_place)
        self._hint = Label(
            theme,
            self.tr("Each may become a promise, an A3 or an obstacle, or stay a note."),
            step="small",
            tone="ink_soft",
        )
        self._column.add(self._hint)
        self._column.space(theme.px(8))
        self.too_many = Label(theme, "", tone="ink_soft")
        self.too_many.hide()
        self._column.add(self.too_many)
        self.seen = SeenList(theme, name=self.tr("What was seen"))
        self.seen.opened.connect(lambda key: self._go.open(Ref("observation", key)))
        self._column.add(self.seen)
        self.empty = EmptyState(theme, self.tr("Nothing was kept on this walk."))
        self._column.add(self.empty)

    def _build_end(self) -> None:
        theme = self.theme
        self._column.space(theme.px(32))
        self._column.add(self.lines["learned"])
        self._column.space(theme.px(16))
        self.done = Button(theme, self.tr("Done"), kind="primary")
        self.done.clicked.connect(self._finish)
        self._column.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTrailing)
        self._column.space(theme.px(24))

    # The page in the window

    def page_title(self) -> str:
        """The purpose of the walk."""
        return first_words(self._walk.purpose, 80) if self._walk is not None else self.tr("Debrief")

    def arrive(self, **what: object) -> None:
        """Show the debrief of a walk."""
        walk = record_or_back(self._go, what, "walk", self._walks.settled, otherwise="walks")
        if walk is None:
            return
        self.becoming.drop()
        self._walk = walk
        self.head.set_title(first_words(walk.purpose, 300), self._when(walk))
        self.more.setVisible(walk.on_paper)
        self.expected.setText(walk.expect or self.tr("Nothing was written down before."))
        self.expected.set_tone("ink" if walk.expect else "ink_soft")
        for name, field in self.lines.items():
            field.set_text(getattr(walk.debrief, name))
        self._autosave.shows(walk)
        self._show_seen()
        self.lines["against_expected"].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand over what is being written."""
        self.paper.close_drawer()
        if self.matching is not None:
            self.matching.stop()
            self.matching.hide()
        hand_over(self)

    def _when(self, walk: Walk) -> str:
        if walk.walked_on is None:
            return ""
        words = long_day(walk.walked_on)
        if walk.started_at is not None and walk.ended_at is not None:
            minutes = round(elapsed(walk.started_at, walk.ended_at).total_seconds() / 60)
            return self.tr("{day}, {n} min").format(day=words, n=max(1, minutes))
        return words

    def _hear(self, refs: frozenset[Ref]) -> None:
        kinds = ("observation", "promise", "link", "sheet", "storyboard")
        if self.isVisible() and any(ref.kind in kinds for ref in refs):
            self._again.start()

    def _show_seen(self) -> None:
        if self._walk is None:
            return
        places = {stop.id: stop.place for stop in self._walk.stops}
        seen = self._walks.observations(self._walk.id)
        rows = [
            row_of(one, marks_of(one, self._thread), small=places.get(one.stop_id, ""))
            for one in seen
        ]
        self.seen.set_rows(rows, self.becoming.actions())
        self._show_promised(seen)
        self.seen.setVisible(bool(rows))
        self._hint.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        mine = frozenset(Ref("observation", one.id) for one in seen)
        self.chips.set_chips(self._thread.chips(Ref("walk", self._walk.id)), besides=mine)

    def _show_promised(self, seen: list[Observation]) -> None:
        """Say one gentle sentence where more was promised than a leader can keep."""
        count = sum(
            chip.ref.kind == "promise"
            for one in seen
            for chip in self._thread.chips(Ref("observation", one.id))
        )
        words = self.tr(
            "{n} promises from one walk. Which three will you surely keep? The others may stay "
            "notes for now."
        )
        self.too_many.setText(words.format(n=count) if count > MOST_PROMISES else "")
        self.too_many.setVisible(count > MOST_PROMISES)

    def _hold(self, key: UUID, form: Inline) -> None:
        self.seen.hold(key, form)
        QTimer.singleShot(0, form, lambda: self._view.ensureWidgetVisible(form))

    def _show_memo(self) -> None:
        if self._walk is not None:
            self._go.to("walk paper", walk=self._walk.id, kind="memo")

    def match_photos(self) -> None:
        """Ask for the photos of a phone, and match them by the time they were taken."""
        if self._walk is None:
            return
        if self.matching is None:
            # Loaded when it is first asked for.
            from gemba.ui.pages.photo_matching import PhotoMatching

            self.matching = PhotoMatching(
                self.theme,
                photos=self._photos(),
                tasks=self._tasks,
                go=self._go,
                reminder=self._photo_care(),
            )
            self._photo_place.addWidget(self.matching)
            self.matching.brought.connect(self._again.start)
        self.matching.open(self._walks.observations(self._walk.id))
        matching = self.matching
        QTimer.singleShot(0, matching, lambda: self._view.ensureWidgetVisible(matching))

    # What is written

    def _save(self, visit: str) -> None:
        if self._walk is not None:
            words = {name: self.lines[name].text() for name in _LINES}
            self._walks.debrief(self._walk.id, visit=visit, **words)

    def _finish(self) -> None:
        hand_over(self)
        self._go.to("today")

    def _add_lines(self) -> None:
        if self._walk is not None:
            self._go.to("write up", walk=self._walk.id)

    # The report

    def _draw_report(self, then: Callable[[bytes], None]) -> None:
        """Draw the report beside the window, with everything typed so far, and hand it on."""
        if self._walk is None:
            return
        hand_over(self)
        walk_id = self._walk.id
        self._tasks.run(self, lambda _token: self._exports.walk(walk_id), then, self._refuse)

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)

    def _file_name(self) -> str:
        if self._walk is None:
            return ""
        on = f"{self._walk.walked_on:%Y-%m-%d} " if self._walk.walked_on is not None else ""
        return on + (first_words(self._walk.purpose, 60) or self.tr("Walk"))
