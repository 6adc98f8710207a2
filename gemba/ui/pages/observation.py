"""One observation: the fact, what one makes of it, its photos, and where the thread leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.categories import categories_of
from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.observation import CATEGORIES, STANDARD_STATES, Observation
from gemba.domain.titles import first_words
from gemba.services.bulletin import Bulletin
from gemba.services.drafts import Drafts
from gemba.services.people import People
from gemba.services.thread import Thread
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.go import Go
from gemba.ui.pages.becoming import Becoming
from gemba.ui.pages.category_words import category_word
from gemba.ui.pages.common import LinkChips, clear, listen, record_or_back
from gemba.ui.pages.fact_note import FactNote
from gemba.ui.pages.forms import Inline
from gemba.ui.pages.more import More, ref_or_none
from gemba.ui.pages.observation_attached import ObservationAttached
from gemba.ui.pages.observation_more import ObservationMore
from gemba.ui.pages.observation_words import links_of, safety_words, when_words
from gemba.ui.tasks import Tasks
from gemba.ui.widgets import (
    Button,
    Column,
    FlowLayout,
    Label,
    Notice,
    PageHead,
    ScrollPage,
    TextField,
)
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from gemba.services.coaching import Coaching
    from gemba.services.memos import Memos
    from gemba.services.patterns import PatternFinder
    from gemba.ui.theme import Theme


class ObservationPage(QWidget):
    """Reads and mends one observation and follows its thread either way."""

    def __init__(
        self,
        theme: Theme,
        *,
        walks: Walks,
        memos: Memos,
        people: People,
        coaching: Coaching,
        thread: Thread,
        drafts: Drafts,
        bulletin: Bulletin,
        tasks: Tasks,
        go: Go,
        today: Callable[[], date],
        patterns: Callable[[], PatternFinder],
        photo_care: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._walks = walks
        self._thread = thread
        self._go = go
        self._tasks = tasks
        self._patterns = patterns
        self._today = today
        self._seen: Observation | None = None
        self.attached = ObservationAttached(
            theme, self, walks=walks, memos=memos, tasks=tasks, go=go, photo_care=photo_care
        )
        self.photos, self.desk = self.attached.photos, self.attached.desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self.head = PageHead(theme, self.tr("Seen"))
        self.remove = Button(theme, self.tr("Remove"), kind="quiet", icon="trash-2")
        self.remove.clicked.connect(self._remove)
        self.head.add_action(self.remove)
        self.more = More(theme, go, lambda: ref_or_none("observation", self._seen), delete=False)
        self.head.add_action(self.more)
        self._view.add(self.head)
        self._view.space(16)
        self._column = Column(theme, gap=0)
        self._view.add(self._column)
        self._view.finish()
        self._build()
        self.becoming = Becoming(
            self,
            theme,
            walks=walks,
            people=people,
            drafts=drafts,
            go=go,
            coaching=coaching,
            hold=self._hold,
            dropped=lambda: clear(self._form_place),
        )
        self._build_actions()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._reread)
        listen(self, bulletin, self._hear)

    def _build(self) -> None:
        theme, px, column = self.theme, self.theme.px, self._column
        self.safety = Notice(theme, "", kind="stop")
        column.add(self.safety)
        self.saw = TextField(theme, "", big=True, enter_keeps=True, name=self.tr("I saw, in facts"))
        self.saw.rule()
        column.add(self.saw)
        self.about = FactNote(theme, self.saw, self._walks.asked_of_fact)
        column.add(self.about)
        column.space(px(12))
        self.chips = LinkChips(theme, self._go)
        column.add(self.chips)
        column.space(px(16))
        column.add(self.attached)
        column.space(px(16))
        self._build_further()
        column.space(px(16))
        self.categories = self._words(CATEGORIES, self._choose)
        host = self.categories[CATEGORIES[0]].parentWidget()
        flow = host.layout() if host is not None else None
        self._category_flow = flow if isinstance(flow, FlowLayout) else None
        self.standards = self._words(STANDARD_STATES, self._choose_standard)
        self._autosave = Autosave(self.saw, self._save)
        for field in self.further.values():
            self._autosave.bind(field)
        self.saw.entered.connect(self._autosave.leave)
        self.more_seen = ObservationMore(
            theme, self, walks=self._walks, tasks=self._tasks, go=self._go, patterns=self._patterns
        )
        column.space(px(8))
        column.add(self.more_seen)
        self.thanked = Label(theme, "", tone="ink_soft")
        column.space(px(16))
        column.add(self.thanked)

    def _build_further(self) -> None:
        """Put what one makes of it apart from the fact, each line after its first words."""
        theme = self.theme
        lines = QGridLayout()
        lines.setHorizontalSpacing(theme.px(16))
        lines.setVerticalSpacing(theme.px(4))
        lines.setColumnStretch(1, 1)
        self.further: dict[str, TextField] = {}
        self._heads: dict[str, Label] = {}
        self.reveal_words: dict[str, WordButton] = {}
        host = QWidget()
        flow = FlowLayout(host, gap=theme.px(4))
        for at, (name, words) in enumerate(
            (
                ("think", self.tr("I think")),
                ("asked", self.tr("I asked")),
                ("their_words", self.tr("Their words")),
                ("in_the_way", self.tr("In the way")),
                ("might_try", self.tr("Might try")),
            )
        ):
            head = Label(theme, words, tone="ink_soft", wrap=False)
            head.setFixedHeight(theme.px(36))
            field = TextField(theme, "", name=words)
            field.rule()
            lines.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(field, at, 1)
            word = WordButton(theme, words, high=40)
            word.clicked.connect(lambda _on=False, name=name: self.reveal(name))
            flow.addWidget(word)
            self.further[name], self._heads[name], self.reveal_words[name] = field, head, word
        self._column.body.addLayout(lines)
        self._column.add(host)

    def reveal(self, name: str) -> None:
        """Open one of the further lines and put the caret in it."""
        self._set_revealed(name, True)
        self.further[name].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_revealed(self, name: str, revealed: bool) -> None:
        self.further[name].setVisible(revealed)
        self._heads[name].setVisible(revealed)
        self.reveal_words[name].setVisible(not revealed)

    def _words(
        self, choices: tuple[str, ...], choose: Callable[[str, bool], None]
    ) -> dict[str, WordButton]:
        """Put words to choose from in a row; the chosen one stands out in strong ink."""
        host = QWidget()
        flow = FlowLayout(host, gap=self.theme.px(4))
        words: dict[str, WordButton] = {}
        self._put_words(flow, words, choices, choose)
        self._column.add(host)
        return words

    def _put_words(
        self,
        flow: FlowLayout,
        words: dict[str, WordButton],
        choices: tuple[str, ...],
        choose: Callable[[str, bool], None],
    ) -> None:
        for choice in choices:
            word = WordButton(self.theme, category_word(choice), checkable=True, high=40)
            word.clicked.connect(lambda on=False, choice=choice: choose(choice, on))
            words[choice] = word
            flow.addWidget(word)
            word.show()

    def _offer_categories(self, seen: Observation) -> None:
        """Offer the categories of the walk, and what was chosen under another set."""
        walk = self._walks.get(seen.walk_id) if seen.walk_id is not None else None
        offered = categories_of(walk.category_set if walk is not None else "")
        if seen.category:
            offered = tuple(dict.fromkeys((*offered, seen.category)))
        flow = self._category_flow
        if tuple(self.categories) != offered and flow is not None:
            clear(flow)
            self.categories.clear()
            self._put_words(flow, self.categories, offered, self._choose)

    def _build_actions(self) -> None:
        theme = self.theme
        self._column.space(theme.px(24))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.becomes: dict[str, Button] = {}
        for key, words, icon, run in (
            ("promise", self.tr("Promise"), "handshake", self.becoming.promise),
            ("thank", self.tr("Thank"), "heart-handshake", self.becoming.thank),
            ("sheet", self.tr("A3"), "notebook-pen", self.becoming.sheet),
            ("obstacle", self.tr("Obstacle"), "target", self.becoming.obstacle),
            ("count", self.tr("Count"), "timer", self.becoming.count),
        ):
            button = Button(theme, words, icon=icon)
            button.clicked.connect(lambda _on=False, run=run: self._run(run))
            self.becomes[key] = button
            row.addWidget(button)
        row.addStretch(1)
        self._column.body.addLayout(row)
        self._form_place = QVBoxLayout()
        self._column.body.addLayout(self._form_place)

    def _run(self, run: Callable[[UUID], None]) -> None:
        if self._seen is not None:
            hand_over(self)
            self._walks.settle()
            run(self._seen.id)

    def _hold(self, _key: UUID, form: Inline) -> None:
        clear(self._form_place)
        self._form_place.addWidget(form)
        form.show()
        QTimer.singleShot(0, form, lambda: self._view.ensureWidgetVisible(form))

    # The page in the window

    def page_title(self) -> str:
        """What was seen, in its first words."""
        return first_words(self._seen.saw) if self._seen is not None else self.tr("Seen")

    def arrive(self, **what: object) -> None:
        """Show an observation."""
        seen = record_or_back(
            self._go, what, "observation", self._walks.settled_observation, otherwise="walks"
        )
        if seen is None:
            return
        self.becoming.drop()
        self._show(seen, fresh=True)

    def leave(self) -> None:
        """Hand over what is being written."""
        hand_over(self)

    def ask_memo(self) -> None:
        """Choose voice memos for this observation."""
        self.attached.ask_memo()

    def ask_photo(self) -> None:
        """Choose photos of what was seen."""
        self.attached.ask_photo()

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self._seen is None or not self.isVisible():
            return
        mine = Ref("observation", self._seen.id)
        if mine in refs or any(r.kind in ("link", "promise", "sheet") for r in refs):
            self._again.start()

    def _reread(self) -> None:
        if self._seen is None:
            return
        try:
            self._show(self._walks.observation(self._seen.id), fresh=False)
        except GembaError:
            self._go.back()

    def _show(self, seen: Observation, *, fresh: bool) -> None:
        self._seen = seen
        self.head.set_title(self.tr("Seen"), when_words(seen, self._walks, self._today()))
        if fresh or not self._writing():
            self._autosave.shows(seen)
            self.saw.set_text(seen.saw)
            self.about.read()
            for name, field in self.further.items():
                field.set_text(getattr(seen, name))
                shown = not fresh and not field.isHidden()
                self._set_revealed(name, shown or bool(getattr(seen, name)))
        self._offer_categories(seen)
        for category, button in self.categories.items():
            button.setChecked(category == seen.category)
        for standard, word in self.standards.items():
            word.setChecked(standard == seen.standard)
        self.attached.show_seen(seen)
        self.more_seen.show_seen(seen, fresh=fresh)
        self.chips.set_chips(links_of(seen, self._thread))
        self.thanked.setText(self.tr("Thanked: {words}").format(words=seen.thanked))
        self.thanked.setVisible(bool(seen.thanked))
        self.safety.setVisible(seen.safety is not None)
        if seen.safety is not None:
            self.safety.say(safety_words(seen.safety))

    def _writing(self) -> bool:
        """Tell whether somebody is at one of the lines."""
        fields = (self.saw, *self.further.values())
        return self._autosave.waiting or any(field.edit.hasFocus() for field in fields)

    # What is written

    def _save(self, visit: str) -> None:
        if self._seen is None:
            return
        words = {name: field.text() for name, field in self.further.items()}
        if self.saw.text().strip():
            words["saw"] = self.saw.text()
        self._walks.write_line(self._seen.id, visit=visit, **words)

    def _choose(self, category: str, on: bool) -> None:
        if self._seen is not None:
            hand_over(self)
            self._walks.change_line(self._seen.id, category=category if on else "")

    def _choose_standard(self, standard: str, on: bool) -> None:
        if self._seen is not None:
            hand_over(self)
            self._walks.change_line(self._seen.id, standard=standard if on else "")

    def _remove(self) -> None:
        if self._seen is None:
            return
        hand_over(self)
        gone = self._seen.id
        words = first_words(self._seen.saw)
        self._seen = None
        self.attached.show_seen(None)
        self._walks.remove(gone)
        self._go.back()
        self._go.say(
            self.tr("Removed: {words}").format(words=words),
            undo=lambda: self._walks.restore(gone),
        )
