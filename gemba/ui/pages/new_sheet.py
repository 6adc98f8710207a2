"""Three sentences that begin a sheet: the problem, whose it is, and the last look.

The sheet for a problem lies ready; another situation takes another sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.link import BECAME
from gemba.ui.autosave import hand_over
from gemba.ui.half_typed import AnyField, HalfTyped
from gemba.ui.pages.common import clear
from gemba.ui.pages.sheet_kinds import KindPictures, SheetKinds
from gemba.ui.widgets import (
    Button,
    Column,
    Field,
    FlowLayout,
    Label,
    NameField,
    ScrollPage,
    TextField,
)
from gemba.ui.widgets.kind_card import KindCard
from gemba.ui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gemba.domain.definition import SheetDefinition
    from gemba.services.drafts import Drafts
    from gemba.services.people import People
    from gemba.services.recorder import Recorder
    from gemba.services.sheets import Sheets
    from gemba.services.thread import Thread
    from gemba.ui.go import Go
    from gemba.ui.pages.sheet_kinds import Picture
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme


class NewSheetPage(QWidget):
    """Asks for one sentence each; Enter goes on, and the last Enter opens the sheet.

    ``kinds`` reads the worksheets there are, the first of which lies ready, and ``troubles`` what
    is wrong with the user's own; ``picture`` draws one of them empty, away from the window.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        sheets: Sheets,
        people: People,
        recorder: Recorder,
        drafts: Drafts,
        thread: Thread,
        kinds: Callable[[], Sequence[SheetDefinition]],
        troubles: Callable[[], Sequence[GembaError]],
        picture: Picture,
        tasks: Tasks,
        words: Callable[..., str],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._sheets = sheets
        self._people = people
        self._recorder = recorder
        self._thread = thread
        self._words = words
        self._go = go
        self._source: Ref | None = None
        self._read_kinds = kinds
        self._troubles = troubles
        self._kind: SheetDefinition | None = None
        self._pictures = KindPictures(picture, tasks)
        page = ScrollPage(theme)
        self.kinds = SheetKinds(theme, self._pictures)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self.kinds)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        column = Column(theme, gap=24, centred=True)
        page.space(24)
        page.add(column)
        page.finish()
        column.add(Label(theme, self.tr("New A3"), step="title"))
        column.add(self._sheet_row())
        column.add(self._others_row())
        self.problem = TextField(
            theme,
            self._first_sentence(),
            question=self.tr("Who waits, for what, how much, how often?"),
            lines=2,
            enter_keeps=True,
        )
        self.me = Field(theme, self.tr("Your name, for the sheet"), question=self.tr("Who writes?"))
        self.owner = NameField(
            theme, self.tr("Whose problem is it?"), question=self.tr("Who owns it?")
        )
        self.last_there = Field(
            theme,
            self.tr("When were you last there, and what did you see?"),
            question=self.tr("Yesterday at the board round, 20 minutes?"),
        )
        for field in (self.me, self.problem, self.owner, self.last_there):
            column.add(field)
        self.begin = Button(theme, self.tr("Begin the sheet"), kind="primary")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.begin)
        column.add(foot)
        asked: dict[str, AnyField] = {
            "me": self.me,
            "problem": self.problem,
            "owner": self.owner,
            "last_there": self.last_there,
        }
        self._half = HalfTyped(self, drafts, asked)
        self._connect()

    def _sheet_row(self) -> QWidget:
        """The sheet that lies ready, and the way to another."""
        self.kind = KindCard(self.theme, "", "")
        self.other = Button(self.theme, self.tr("Another situation"))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self.theme.px(16))
        across.addWidget(self.kind, 1)
        across.addWidget(self.other, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _others_row(self) -> QWidget:
        """Every other kind of sheet by its name, a click away."""
        self.others = QWidget()
        FlowLayout(self.others, gap=self.theme.px(4))
        return self.others

    def _name_others(self, now: SheetDefinition) -> None:
        flow = self.others.layout()
        assert flow is not None
        clear(flow)
        for kind in self._read_kinds():
            if kind.id != now.id:
                word = WordButton(self.theme, kind.label, high=40)
                word.setToolTip(kind.description)
                word.setAccessibleDescription(kind.description)
                word.clicked.connect(lambda _on=False, kind=kind: self._chosen(kind))
                flow.addWidget(word)
                word.show()

    def _first_sentence(self) -> str:
        asked = self._kind.begins if self._kind is not None else ""
        return asked or self.tr("What should be, and what is? One sentence.")

    def _take(self, kind: SheetDefinition) -> None:
        """Lay a kind of sheet ready and ask for its first sentence."""
        self._kind = kind
        self.kind.show_kind(kind.label, kind.description)
        self.kind.setAccessibleDescription(self.tr("Choose another sheet"))
        self._pictures.put(self.kind, kind)
        self.problem.set_label(self._first_sentence())
        self._name_others(kind)

    def _choose(self) -> None:
        """Ask for the situation, with every kind of sheet beside the others."""
        troubles = [self._words(one.key, **one.values) for one in self._troubles()]
        self._pages.setCurrentWidget(self.kinds)
        self.kinds.show_kinds(self._read_kinds(), self._kind.id if self._kind else "", troubles)

    def _chosen(self, kind: SheetDefinition) -> None:
        self._take(kind)
        self._to_sentences()

    def _to_sentences(self) -> None:
        self._pages.setCurrentIndex(0)
        asked = [self.me, self.problem, self.owner, self.last_there]
        empty = (one for one in asked if one.isVisibleTo(self) and not self._text(one).strip())
        next(empty, self.problem).setFocus(Qt.FocusReason.TabFocusReason)

    def _text(self, field: QWidget) -> str:
        if isinstance(field, NameField):
            return field.value()[1]
        assert isinstance(field, Field | TextField)
        return field.text()

    def _connect(self) -> None:
        self.kind.clicked.connect(self._choose)
        self.other.clicked.connect(self._choose)
        self.kinds.chosen.connect(self._chosen)
        self.kinds.left.connect(self._to_sentences)
        for field in (self.me, self.problem, self.owner):
            field.entered.connect(lambda f=field: self._go_on(f))
        self.last_there.entered.connect(self._begin)
        self.begin.clicked.connect(self._begin)

    def _go_on(self, field: QWidget) -> None:
        """Enter goes on to the next question that is asked."""
        order: list[QWidget] = [self.me, self.problem, self.owner, self.last_there]
        rest = order[order.index(field) + 1 :]
        following = next(one for one in rest if one.isVisibleTo(self))
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("New A3")

    def arrive(self, **what: object) -> None:
        """Start with what was half typed, or with what was seen that becomes a sheet."""
        me = self._recorder.who
        self._pages.setCurrentIndex(0)
        self._take(self._read_kinds()[0])
        source = what.get("source")
        self._source = source if isinstance(source, Ref) else None
        self.me.setVisible(not me)
        self.me.set_text(me)
        self.problem.set_text(str(what.get("problem", "")))
        self.problem.say("")
        self.owner.set_names(self._people.names())
        self.owner.set_value(None, me)
        self.owner.setVisible(bool(me))
        self.last_there.set_text("")
        self._half.begin("new sheet" + (f".{source.id}" if isinstance(source, Ref) else ""))
        if self._source is None and what.get("problem"):
            self.problem.set_text(str(what["problem"]))
        first = self.problem if me else self.me
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what stands here: it stands here again at the next visit."""
        hand_over(self)

    def _begin(self) -> None:
        name = self.me.text().strip()
        try:
            if name and name != self._recorder.who:
                self._recorder.set_who(name)
            owner = self.owner.value()[1] if self.owner.isVisibleTo(self) else name
            sheet = self._sheets.begin(
                self.problem.text(),
                owner=owner,
                last_there=self.last_there.text(),
                definition=self._kind.id if self._kind is not None else "ps7",
            )
            if self._source is not None:
                self._thread.tie(BECAME, self._source, Ref("sheet", sheet.id))
        except GembaError as error:
            self.problem.say(self._words(error.key, **error.values))
            self.problem.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._half.done()
        box = self._sheets.definition(sheet).box_for("current")
        self._go.to("sheet", sheet=sheet.id, box=box.id)
