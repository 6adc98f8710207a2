"""Paper to take along and to leave there: cards, sheets to fill in, and the memo of a walk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from gemba.domain.titles import first_words
from gemba.ui.pages.paper_page import PaperPage, Work
from gemba.ui.widgets import Segmented

if TYPE_CHECKING:
    from gemba.services.walk_paper import WalkPaper
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

KINDS = ("cards", "blank", "kamishibai", "memo")


class WalkPaperPage(PaperPage):
    """One choice of paper, the page as it prints, and the way to file or printer."""

    def __init__(
        self,
        theme: Theme,
        *,
        paper: WalkPaper,
        walks: Walks,
        tasks: Tasks,
        write: Callable[[Path, bytes], None],
        go: Go,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate("WalkPaperPage", "Cards and sheets"),
            work=self._chosen,
            name=self._file_name,
            tasks=tasks,
            write=write,
            go=go,
            parent=parent,
        )
        self._paper = paper
        self._walks = walks
        self._walk_id: UUID | None = None
        self.kind = Segmented(
            theme,
            [
                ("cards", self.tr("Pocket cards")),
                ("blank", self.tr("Observation sheet")),
                ("kamishibai", self.tr("Kamishibai")),
                ("memo", self.tr("Memo")),
            ],
            value="cards",
            name=self.tr("What to print"),
        )
        self.kind.chosen.connect(self._choose)
        self.column.body.insertWidget(0, self.kind, 0, Qt.AlignmentFlag.AlignLeading)

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Cards and sheets")

    def arrive(self, **what: object) -> None:
        """Show the paper asked for, of a walk or of none."""
        walk_id, kind = what.get("walk"), what.get("kind")
        self._walk_id = walk_id if isinstance(walk_id, UUID) else None
        chosen = str(kind) if kind in KINDS else "cards"
        self.kind.set_value(chosen)
        purpose = ""
        if self._walk_id is not None:
            purpose = first_words(self._walks.get(self._walk_id).purpose, 60)
        self.head.set_title(self.tr("Cards and sheets"), purpose)
        self._choose(chosen)

    def _choose(self, kind: str) -> None:
        self.about.setText(self._said(kind))
        wanted = kind != "memo" or self._walk_id is not None
        self.panel.setVisible(wanted)
        if wanted:
            self.panel.begin()

    def _said(self, kind: str) -> str:
        if kind == "memo":
            if self._walk_id is None:
                return self.tr("Open a walk you made, and print its memo from there.")
            return self.tr("One page for the team board; whoever raised something is not named.")
        return {
            "cards": self.tr("Four cards on one sheet of A4, to cut along the marks."),
            "blank": self.tr("To fill in by hand, and to write up when you are back."),
            "kamishibai": self.tr(
                "Print on both sides, turned over the long edge; cut along the marks."
            ),
        }[kind]

    def _file_name(self) -> str:
        return {
            "cards": self.tr("Pocket cards"),
            "blank": self.tr("Observation sheet"),
            "kamishibai": self.tr("Kamishibai cards"),
            "memo": self.tr("Memo"),
        }[self.kind.value()]

    def _chosen(self) -> Work | None:
        walk_id, paper = self._walk_id, self._paper
        works: dict[str, Work] = {
            "cards": lambda: paper.pocket_cards(walk_id),
            "blank": lambda: paper.blank_sheet(walk_id),
            "kamishibai": paper.kamishibai,
        }
        if walk_id is not None:
            works["memo"] = lambda: paper.memo(walk_id)
        return works.get(self.kind.value())
