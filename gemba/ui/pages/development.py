"""How a person grows: skills with four levels, goals, what shows them, and mentors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.timeline import WantedTime
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import said_day, short_day
from gemba.ui.pages.common import ICON_OF_KIND, listen, record_or_back
from gemba.ui.pages.skill_rows import SkillRows
from gemba.ui.widgets import (
    Button,
    DateField,
    Field,
    FlowLayout,
    NameField,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.services.bulletin import Bulletin
    from gemba.services.coaching import Coaching
    from gemba.services.development import Development
    from gemba.services.looking_back import LookingBack
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_HEARD: Final = ("skill", "goal", "evidence", "mentor_pair", "sheet", "person")
_RECENT: Final = 40
_SHOWING: Final = ("talk", "experiment", "sheet", "walk")


class DevelopmentPage(QWidget):
    """One person's own page; a level is said by somebody on a day and compared with nobody's."""

    def __init__(
        self,
        theme: Theme,
        *,
        development: Development,
        looking_back: LookingBack,
        coaching: Coaching,
        people: People,
        bulletin: Bulletin,
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._development = development
        self._looking_back = looking_back
        self._coaching = coaching
        self._people = people
        self._go = go
        self._today = today
        self._learner: UUID | None = None
        self._name = ""
        self._recent: dict[str, tuple[Ref, date]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._view = ScrollPage(theme)
        outer.addWidget(self._view)
        self.head = PageHead(theme, "")
        self.open = Button(theme, self.tr("Open the learner"), icon="user")
        self.open.clicked.connect(lambda: self._go.to("learner", learner=self._learner))
        self.head.add_action(self.open)
        self._view.add(self.head)
        self._build_skills()
        self._build_goals()
        self._build_evidence()
        self._build_mentors()
        self._fields = {
            "skill": self.skill,
            "goal": self.goal,
            "takes": self.takes,
            "shows": self.shows,
            "about": self.about,
        }
        for field in (*self._fields.values(), self.mentor, self.by_when):
            Autosave(field, lambda _visit: self._keep_unfinished())
        self.skills.typed.connect(self._keep_unfinished)
        self._view.space(24)
        self._view.finish()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._read)
        listen(self, bulletin, self._hear)

    def _line(self, *widgets: QWidget) -> None:
        """Put fields and their button side by side, going on below where there is no room."""
        host = QWidget()
        flow = FlowLayout(host, gap=self.theme.px(8))
        for widget in widgets:
            flow.addWidget(widget)
        self._view.add(host)
        self._view.space(8)

    def _field(self, question: str, width: int) -> Field:
        field = Field(self.theme, "", question=question, name=question)
        field.setFixedWidth(self.theme.px(width))
        return field

    def _button(self, words: str, act: Callable[[], None]) -> Button:
        button = Button(self.theme, words, icon="plus")
        button.clicked.connect(act)
        return button

    def _build_skills(self) -> None:
        self._view.section(self.tr("Skills"))
        self.skill = self._field(self.tr("Which skill?"), 320)
        self.skill.entered.connect(self._add_skill)
        self._line(self.skill, self._button(self.tr("Add the skill"), self._add_skill))
        self.skills = SkillRows(self.theme, today=self._today)
        self.skills.levelled.connect(self._set_level)
        self._view.add(self.skills)

    def _build_goals(self) -> None:
        self._view.section(self.tr("Goals"))
        self.goal = self._field(self.tr("What do you want to be able to do?"), 400)
        self.by_when = DateField(
            self.theme, "", question=self.tr("By"), today=self._today, name=self.tr("By")
        )
        self.takes = self._field(self.tr("What does it take?"), 220)
        self.goal.entered.connect(self._add_goal)
        add = self._button(self.tr("Set the goal"), self._add_goal)
        self._line(self.goal, self.by_when, self.takes, add)
        self.goals = RowList(self.theme, name=self.tr("Goals"))
        self.goals.opened.connect(self._open_personal)
        self._view.add(self.goals)

    def _build_evidence(self) -> None:
        self._view.section(self.tr("What shows it"))
        self.which = Choice(self.theme, self.tr("Cycle or sheet"))
        self.of_skill = Choice(self.theme, self.tr("Skill"))
        self.shows = self._field(self.tr("What does it show?"), 320)
        self.shows.entered.connect(self._add_evidence)
        add = self._button(self.tr("Keep it"), self._add_evidence)
        self._line(self.which, self.of_skill, self.shows, add)
        self.evidence = RowList(self.theme, name=self.tr("What shows it"))
        self.evidence.opened.connect(self._open_evidence)
        self._view.add(self.evidence)

    def _build_mentors(self) -> None:
        self._view.section(self.tr("Who goes along"))
        question = self.tr("Who goes along?")
        self.mentor = NameField(self.theme, "", question=question)
        self.mentor.setFixedWidth(self.theme.px(240))
        self.about = self._field(self.tr("About what?"), 240)
        self.every = Choice(self.theme, self.tr("How often"))
        self.every.set_options(
            [
                ("0", self.tr("When it comes up")),
                ("7", self.tr("Every week")),
                ("14", self.tr("Every two weeks")),
                ("30", self.tr("Every month")),
            ],
            "14",
        )
        add = self._button(self.tr("Pair them"), self._add_pair)
        self._line(self.mentor, self.about, self.every, add)
        self.pairs = RowList(self.theme, name=self.tr("Who goes along"))
        self._view.add(self.pairs)

    # The page in the window

    def page_title(self) -> str:
        """The person's name; nothing that was said of them."""
        return self._name or self.tr("Development")

    def arrive(self, **what: object) -> None:
        """Show how a ``learner`` grows."""
        found = record_or_back(
            self._go, what, "learner", self._coaching.learner, otherwise="coaching"
        )
        if found is None:
            return
        self._learner, self._name = found.id, found.name
        unfinished = self._coaching.drafts.read(self._draft())
        for name, field in self._fields.items():
            field.set_text(unfinished.get(name, ""))
            field.say("")
        self.skills.take_up(unfinished)
        self.by_when.set_value(None)
        self.by_when.line.setText(unfinished.get("by_when", ""))
        self.by_when.read()
        self.mentor.set_value(None, unfinished.get("mentor", ""))
        self.mentor.say("")
        self._read()
        self.skill.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed and not added yet: it stands there again at the next visit."""
        hand_over(self)

    def _draft(self) -> str:
        return f"development.{self._learner}"

    def _keep_unfinished(self) -> None:
        if self._learner is not None:
            texts = {name: field.text() for name, field in self._fields.items()}
            texts |= {"mentor": self.mentor.line.text(), "by_when": self.by_when.line.text()}
            self._coaching.drafts.keep(self._draft(), **texts, **self.skills.unfinished())

    def _hear(self, refs: frozenset[Ref]) -> None:
        if self.isVisible() and any(ref.kind in _HEARD for ref in refs):
            self._again.start()

    def _read(self) -> None:
        if self._learner is None:
            return
        self.head.set_title(self._name, self.tr("how they grow"))
        skills = self._development.skills(self._learner)
        self.skills.set_skills(skills)
        names = [(str(one.id), first_words(one.name, 80)) for one in skills]
        self.of_skill.set_options([("", self.tr("Any skill")), *names], self.of_skill.value)
        self.mentor.set_names([one for one in self._people.names() if one[0] != self._learner])
        self._show_goals()
        self._show_evidence(dict(names))
        self._show_pairs()

    def _show_goals(self) -> None:
        assert self._learner is not None
        goals = self._development.goals(self._learner)
        self.goals.clear()
        today = self._today()
        for one in goals:
            parts = [one.takes]
            if one.by_when is not None:
                parts.append(self.tr("by {day}").format(day=short_day(one.by_when, today)))
            if one.sheet_id is not None:
                parts.append(self.tr("with a personal A3"))
            end = ""
            if one.reached_on is not None:
                end = self.tr("reached {day}").format(day=short_day(one.reached_on, today))
            reach = self.tr("Not yet") if one.reached_on is not None else self.tr("Reached")
            act = partial(self._reach, not one.reached_on)
            sheet = RowAction(self.tr("Personal A3"), "notebook-pen", self._open_personal)
            words = RowWords(one.text, ", ".join(p for p in parts if p), end, key=one.id)
            self.goals.add(words, (RowAction(reach, "check", act), sheet))
        self.goals.setVisible(bool(goals))

    def _show_evidence(self, skills: dict[str, str]) -> None:
        assert self._learner is not None
        today = self._today()
        wanted = WantedTime(learner_id=self._learner, kinds=_SHOWING)
        rows = self._looking_back.page(wanted, _RECENT)
        self._recent = {str(one.ref.id): (one.ref, one.on) for one in rows}
        options = [
            (str(one.ref.id), f"{short_day(one.on, today)}: {first_words(one.title, 60)}")
            for one in rows
        ]
        first = ("", self.tr("Which cycle or sheet?"))
        self.which.set_options([first, *options], self.which.value)
        found = self._development.evidence(self._learner)
        lines = []
        for one in found:
            ref = self._development.shown_by(one)
            icon = ICON_OF_KIND.get(ref.kind, "") if ref is not None else ""
            small = skills.get(str(one.skill_id), "")
            when = short_day(one.shown_on, today)
            lines.append(RowWords(one.shows, small, when, icon, key=(ref, one.shown_on)))
        self.evidence.set_rows(lines)
        self.evidence.setVisible(bool(lines))

    def _show_pairs(self) -> None:
        assert self._learner is not None
        today = self._today()
        lines = []
        for one in self._development.pairs(self._learner):
            parts = [one.pair.about]
            if one.pair.last_on is not None:
                last = said_day(one.pair.last_on, today)
                parts.append(self.tr("last talk {day}").format(day=last))
            end = ""
            if one.pair.until is not None:
                end = self.tr("until {day}").format(day=short_day(one.pair.until, today))
            elif one.due_on is not None:
                end = self.tr("next {day}").format(day=said_day(one.due_on, today))
            small = ", ".join(part for part in parts if part)
            lines.append(RowWords(one.mentor, small, end, "user", key=one.pair.id))
        talked = RowAction(self.tr("Talked today"), "check", self._talked)
        ended = RowAction(self.tr("It ends"), "x", self._end_pair)
        self.pairs.set_rows(lines, (talked, ended))
        self.pairs.setVisible(bool(lines))

    # What is done

    def _do(self, field: Field | None, work: Callable[[], object]) -> bool:
        """Do something; what is missing is said below its field. Tell whether it was done."""
        try:
            work()
        except GembaError as error:
            if field is None or error.key.startswith("store."):
                self._go.trouble(error)
            else:
                field.say(_missing(self, error.key))
                field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if field is not None:
            field.say("")
            field.set_text("")
        self._read()
        self._keep_unfinished()
        return True

    def _add_skill(self) -> None:
        learner, name = self._learner, self.skill.text()
        if learner is not None:
            self._do(self.skill, lambda: self._development.add_skill(learner, name))

    def _set_level(self, key: object, level: int, why: str) -> None:
        assert isinstance(key, UUID)
        before = next((one for one in self.skills.skills() if one.id == key), None)
        if before is None or not self._do(
            None, lambda: self._development.set_level(key, level, why)
        ):
            return
        self._go.say(self.tr("The level is kept."), lambda: self._development.put(before))

    def _add_goal(self) -> None:
        learner, text = self._learner, self.goal.text()
        if learner is None:
            return
        self.by_when.read()

        def work() -> None:
            self._development.add_goal(
                learner, text, by_when=self.by_when.value(), takes=self.takes.text()
            )

        if self._do(self.goal, work):
            self.takes.set_text("")
            self.by_when.set_value(None)
            self._keep_unfinished()

    def _reach(self, reached: bool, key: object) -> None:
        assert isinstance(key, UUID)
        self._do(None, lambda: self._development.reach(key, reached=reached))

    def _open_personal(self, key: object) -> None:
        assert isinstance(key, UUID)
        try:
            sheet = self._development.personal_sheet(key)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("sheet", sheet=sheet.id)

    def _add_evidence(self) -> None:
        learner, chosen = self._learner, self._recent.get(self.which.value)
        if learner is None:
            return
        if chosen is None:
            self.shows.say(self.tr("Choose the cycle or sheet that shows it."))
            return
        ref, on = chosen
        skill = UUID(self.of_skill.value) if self.of_skill.value else None
        words = self.shows.text()
        self._do(
            self.shows, lambda: self._development.show(learner, ref, words, on=on, skill_id=skill)
        )

    def _open_evidence(self, key: object) -> None:
        assert isinstance(key, tuple)
        ref, on = key
        if ref is not None:
            self._go.to("stood", ref=tuple(ref), on=on)

    def _add_pair(self) -> None:
        learner = self._learner
        _known, name = self.mentor.value()
        if learner is None:
            return
        if not name.strip():
            self.mentor.say(self.tr("Name the person first."))
            return

        def work() -> None:
            self._development.add_pair(
                learner, name, about=self.about.text(), every_days=int(self.every.value)
            )

        if self._do(self.about, work):
            self.mentor.set_value(None)
            self.mentor.say("")
            self._keep_unfinished()

    def _talked(self, key: object) -> None:
        assert isinstance(key, UUID)
        self._do(None, lambda: self._development.talked(key))

    def _end_pair(self, key: object) -> None:
        assert isinstance(key, UUID)
        self._do(None, lambda: self._development.end_pair(key))


def _missing(page: QWidget, key: str) -> str:
    words = {
        "skill.no_name": page.tr("Name the skill in a word or two."),
        "goal.no_words": page.tr("Say it in one sentence."),
        "evidence.no_words": page.tr("Say in a sentence what it shows."),
        "mentor.oneself": page.tr("Somebody else goes along."),
    }
    return words.get(key, key)
