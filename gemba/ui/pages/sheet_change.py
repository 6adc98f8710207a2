"""Another type for a sheet: the page of situations over the sheet, and what it would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.pages.sheet_kinds import SheetKinds
from gemba.ui.widgets import Button, Label, PageHead, ScrollPage

if TYPE_CHECKING:
    from gemba.domain.change_type import TypeChange
    from gemba.domain.definition import SheetDefinition
    from gemba.ui.pages.sheet_desk import SheetHost


class ChangeType(QObject):
    """Shows the kinds of sheets in place of the sheet, and then says what would go where."""

    def __init__(self, page: SheetHost) -> None:
        super().__init__(page.view)
        self.page = page
        self.kinds: SheetKinds | None = None
        self.asking: AskPage | None = None
        self._shown = False

    def begin(self) -> None:
        """Ask for the situation, with every kind of sheet beside the others."""
        page = self.page
        if page.sheet is None or not page.may_write():
            page.go.say(page.tr("Only whoever has the pen can change the type."))
            return
        page.stop_writing()
        page.desk.recorder.settle()
        if self.kinds is None:
            self.kinds = SheetKinds(page.theme, page.desk.pictures())
            self.kinds.chosen.connect(self._chosen)
            self.kinds.left.connect(self.end)
        types = page.desk.types
        troubles = [page.desk.words(one.key, **one.values) for one in types.problems()]
        self._shown = True
        page.show_instead(self.kinds)
        self.kinds.show_kinds(types.all(), page.sheet.definition, troubles)

    def end(self) -> None:
        """Show the sheet again."""
        if not self._shown:
            return
        self._shown = False
        self.page.show_instead(None)
        self.page.draw()
        if self.asking is not None:
            self.asking.deleteLater()
            self.asking = None

    def _chosen(self, kind: SheetDefinition) -> None:
        page = self.page
        assert page.sheet is not None
        if kind.id == page.sheet.definition and kind.version == page.sheet.definition_version:
            self.end()
            return
        formats = page.desk.formats
        told = formats.told(page.sheet, kind)
        self._shown = True
        self.asking = AskPage(self, kind, told, shows=formats.shows(page.sheet, kind))
        page.show_instead(self.asking)
        self.asking.change.setFocus(Qt.FocusReason.TabFocusReason)

    def change(self, kind: SheetDefinition) -> None:
        """Make the sheet one of this kind, and offer to take it back."""
        page = self.page
        assert page.sheet is not None
        sheet_id = page.sheet.id
        self.end()
        said = page.tr("This is a {kind} now.").format(kind=kind.label)
        if page.shape.act(lambda: page.desk.formats.change_type(sheet_id, kind, show=True), said):
            assert page.sheet is not None
            page.view.whole()
            if page.desk.formats.tray(page.sheet):
                page.open_drawer("tray")


class AskPage(QWidget):
    """What stays in its box, what goes to the tray, what returns; and who could read it then."""

    def __init__(
        self, change: ChangeType, kind: SheetDefinition, told: TypeChange, *, shows: bool
    ) -> None:
        super().__init__()
        self._change = change
        theme = change.page.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        view.add(PageHead(theme, self.tr("Make it a {kind}?").format(kind=kind.label)))
        view.space(8)
        for head, labels in (
            (self.tr("Keeps its place, in a box of the same role"), told.stays),
            (self.tr("Comes back out of the tray"), told.returns),
            (self.tr("Goes to the tray beside the sheet"), told.aside),
        ):
            if labels:
                view.add(Label(theme, head, step="strong"))
                view.add(Label(theme, ", ".join(labels)))
                view.space(12)
        if told.plan_aside:
            said = self.tr("The actions of its plan stay on Today while it lies in the tray.")
            view.add(Label(theme, said))
            view.space(12)
        if not (told.stays or told.returns or told.aside):
            view.add(Label(theme, self.tr("Nothing is written on it yet.")))
            view.space(12)
        said = self.tr("Nothing is thrown away, and you can change back.")
        if shows:
            said = self.tr(
                "This sheet is private. As a {kind} others can read it: it prints and leaves Gemba"
                " without being asked for."
            ).format(kind=kind.label)
        view.add(Label(theme, said, tone="watch" if shows else "ink_soft"))
        view.space(16)
        words = self.tr("Change it and show it to others") if shows else self.tr("Change the type")
        self.change = Button(theme, words, kind="primary")
        self.change.clicked.connect(lambda: change.change(kind))
        self.back = Button(theme, self.tr("Leave it as it is"))
        self.back.clicked.connect(change.end)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.change)
        row.addWidget(self.back)
        row.addStretch(1)
        view.add(foot)
        view.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the sheet as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._change.end()
            return
        super().keyPressEvent(event)
