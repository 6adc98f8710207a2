"""Two texts for one field: paragraph by paragraph beside each other, and choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.clash import BOTH, MINE, THEIRS, Clash, Piece, pieces, put_together
from gemba.domain.errors import GembaError, Refused
from gemba.ui.pages.common import clear, listen
from gemba.ui.pages.kind_words import field_word, kind_word, known_by
from gemba.ui.pages.plain_words import reads
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Label,
    Notice,
    PageHead,
    ScrollPage,
    Segmented,
)

if TYPE_CHECKING:
    from gemba.domain.changes import Plain
    from gemba.services.bulletin import Bulletin
    from gemba.services.conflicts import Conflicts, OpenClash
    from gemba.ui.go import Go
    from gemba.ui.theme import Theme

_WIDE = 960


class PieceView(QWidget):
    """One place where the texts differ: both side by side, and what stays of them."""

    def __init__(
        self, theme: Theme, mine: str, theirs: str, *, both: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(16))
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        self.mine = self._side(theme, row, self.tr("Yours"), mine)
        self.theirs = self._side(theme, row, self.tr("The other"), theirs)
        column.addLayout(row)
        options = [(MINE, self.tr("Keep yours")), (THEIRS, self.tr("Keep the other"))]
        if both:
            options.insert(0, (BOTH, self.tr("Keep both")))
        self.choice = Segmented(
            theme, options, value=BOTH if both else THEIRS, name=self.tr("What stays here")
        )
        column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)

    def _side(self, theme: Theme, row: QHBoxLayout, head: str, words: str) -> Label:
        side = QVBoxLayout()
        side.setSpacing(theme.px(4))
        side.addWidget(Label(theme, head, step="small_strong", tone="ink_soft"))
        shown = words.strip("\n")
        text = Label(theme, shown or self.tr("(nothing)"), tone="ink" if shown else "ink_soft")
        text.setAccessibleName(f"{head}: {words}")
        side.addWidget(text)
        side.addStretch(1)
        row.addLayout(side, 1)
        return text


class ConflictPage(QWidget):
    """Shows one clash after the other; nothing is written before something was chosen."""

    def __init__(
        self,
        theme: Theme,
        *,
        conflicts: Conflicts,
        bulletin: Bulletin,
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._conflicts = conflicts
        self._go = go
        self._open: OpenClash | None = None
        self._parts: tuple[Piece, ...] = ()
        self.views: list[PieceView] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(theme)
        outer.addWidget(page)
        self.head = PageHead(theme, self.tr("Two texts"))
        page.add(self.head)
        page.space(8)
        column = Column(theme, width=_WIDE, gap=8)
        page.add(column)
        self.about = Label(theme, "", tone="ink_soft")
        column.add(self.about)
        self.where = Label(theme, "", step="strong")
        column.add(self.where)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(8))
        column.body.addLayout(self._body)
        self._build_foot(column)
        self.empty = EmptyState(theme, self.tr("No text is waiting for a choice."))
        column.add(self.empty)
        page.finish()
        listen(self, bulletin, self._hear)

    def _build_foot(self, column: Column) -> None:
        theme = self.theme
        self.result_head = Label(theme, self.tr("So it will read"), step="strong")
        column.add(self.result_head)
        self.result = Label(theme, "")
        column.add(self.result)
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, theme.px(16), 0, 0)
        row.setSpacing(theme.px(8))
        self.copy = Button(theme, self.tr("Copy yours"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.drop = Button(theme, self.tr("Let yours go"), kind="quiet")
        self.drop.clicked.connect(self._drop)
        self.keep = Button(theme, self.tr("Keep this text"), kind="primary", icon="check")
        self.keep.clicked.connect(lambda: self._keep())
        row.addWidget(self.copy)
        row.addWidget(self.drop)
        row.addStretch(1)
        row.addWidget(self.keep)
        self.refused = Notice(theme, "")
        self.refused.acted.connect(lambda: self._keep(for_owner=True))
        column.add(self.refused)
        column.add(self.foot)

    def page_title(self) -> str:
        """Name the page for the window's title; never the texts, which may be private."""
        return self.tr("Two texts")

    def arrive(self, **_what: object) -> None:
        """Show what waits for a choice."""
        self._fill()

    def _hear(self, refs: frozenset[Ref]) -> None:
        # The other text may have changed; choices are made anew, since they were for other words.
        if self.isVisible() and self._open is not None and self._open.clash.ref in refs:
            self._fill()

    def _fill(self) -> None:
        clear(self._body)
        self.refused.hide()
        self.views = []
        waiting = self._conflicts.open()
        self._open = waiting[0] if waiting else None
        shown = self._open is not None
        for part in (self.about, self.where, self.foot, self.result, self.result_head):
            part.setVisible(shown)
        self.empty.setVisible(not shown)
        more = self.tr("1 of {n}").format(n=len(waiting)) if len(waiting) > 1 else ""
        self.head.set_title(self.tr("Two texts"), more)
        if self._open is not None:
            self._show(self._open)

    def _show(self, one: OpenClash) -> None:
        clash, record = one.clash, one.record
        words = known_by(record) if record is not None else ""
        field = field_word(clash.field, {})
        self.where.setText(
            " · ".join(word for word in (kind_word(clash.ref.kind), words, field) if word)
        )
        there = record is not None
        self.keep.setVisible(there)
        for part in (self.result, self.result_head):
            part.setVisible(there)
        if not there:
            self.about.setText(
                self.tr("This was deleted while you wrote. Your words are kept here: copy them.")
            )
            self._body.addWidget(Label(self.theme, reads(clash.mine)))
            return
        self.about.setText(
            self.tr(
                "This was changed elsewhere while you wrote. Nothing is lost: choose what stays, "
                "paragraph by paragraph."
            )
        )
        if isinstance(clash.mine, str) and isinstance(clash.theirs, str):
            self._parts = pieces(clash.mine, clash.theirs)
            for piece in self._parts:
                self._add_piece(piece)
        else:
            self._parts = ()
            self._add_view(reads(clash.mine), reads(clash.theirs), both=False)
        self._say_result()

    def _add_piece(self, part: Piece) -> None:
        if part.same:
            words = "\n".join(part.mine).strip("\n")
            if words:
                self._body.addWidget(Label(self.theme, words, tone="ink_soft"))
        else:
            self._add_view("\n".join(part.mine), "\n".join(part.theirs), both=True)

    def _add_view(self, mine: str, theirs: str, *, both: bool) -> None:
        view = PieceView(self.theme, mine, theirs, both=both)
        view.choice.chosen.connect(lambda _key: self._say_result())
        self._body.addWidget(view)
        self.views.append(view)

    def chosen(self) -> Plain:
        """What the field will hold."""
        assert self._open is not None
        if not self._parts:
            mine = self.views[0].choice.value() == MINE if self.views else False
            return self._open.clash.mine if mine else self._open.clash.theirs
        views = iter(self.views)
        choices = [MINE if part.same else str(next(views).choice.value()) for part in self._parts]
        return put_together(self._parts, choices)

    def _say_result(self) -> None:
        self.result.setText(reads(self.chosen()))

    def _copy(self) -> None:
        if self._open is not None:
            QApplication.clipboard().setText(reads(self._open.clash.mine))
            self._go.say(self.tr("Copied"))

    def _drop(self) -> None:
        if self._open is None:
            return
        clash = self._open.clash
        self._conflicts.drop(clash)
        self._fill()
        self._go.say(self.tr("Your text was let go"), undo=lambda: self._take_back(clash))

    def _take_back(self, clash: Clash) -> None:
        self._conflicts.take_back(clash)
        self._fill()

    def _keep(self, *, for_owner: bool = False) -> None:
        if self._open is None:
            return
        clash = self._open.clash
        try:
            self._conflicts.settle(clash, self.chosen(), for_owner=for_owner)
        except Refused as error:
            # What was chosen stays chosen; it is written once the pen is taken in sight.
            owner = str(error.values.get("owner", ""))
            said = self.tr("{name} writes this sheet.").format(name=owner)
            self.refused.say(said, self.tr("Writing for the owner, beside them"))
            self.refused.show()
            self.refused.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except GembaError as error:
            self._go.trouble(error)
            self._fill()
            return
        self._fill()
        if not self._conflicts.open():
            self._go.open(clash.ref)
        self._go.say(self.tr("Kept"))
