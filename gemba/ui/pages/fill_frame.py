"""What stands on the page on which a form is filled in, from its title to the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.fill_foot import FillFoot
from gemba.ui.pages.fill_items import FillItems
from gemba.ui.pages.fill_pills import FillPills
from gemba.ui.widgets import Column, Label, Notice, PageHead, ScrollPage, Segmented
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.pages.fill_editor import EditorParts
    from gemba.ui.pages.fill_place import FillPlace
    from gemba.ui.pages.more import More
    from gemba.ui.theme import Theme


class FillFrame(QWidget):
    """The parts of the page, in their places; what they do, the page says."""

    def __init__(
        self,
        theme: Theme,
        *,
        more: More,
        where: FillPlace,
        parts: EditorParts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.more = more
        self.where = where
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.view = ScrollPage(theme)
        outer.addWidget(self.view, 1)
        self._build_head()
        self.column = Column(theme, gap=0)
        self.view.add(self.column)
        self.view.space(24)
        self.view.finish()
        self._build_body(parts)
        self.foot = FillFoot(theme)
        outer.addWidget(self.foot)

    def _build_head(self) -> None:
        theme = self.theme
        self.head = PageHead(theme, self.tr("Form"))
        self.language = Choice(theme, self.tr("Language"))
        self.manner = Segmented(
            theme,
            [("page", self.tr("Page by page")), ("one", self.tr("One by one"))],
            value="page",
            name=self.tr("How many questions at a time"),
        )
        self.head.add_action(self.language)
        self.head.add_action(self.manner)
        self.head.add_action(self.more)
        self.view.add(self.head)
        self.view.space(8)
        self.view.add(self.where)
        self.view.space(16)

    def _build_body(self, parts: EditorParts) -> None:
        theme, px = self.theme, self.theme.px
        self.pills = FillPills(theme)
        self.done = Notice(theme, "", kind="good")
        self.unready = Notice(theme, "")
        self.title = Label(theme, "", step="strong")
        self.items = FillItems(theme, parts)
        self.column.add(self.pills)
        self.column.space(px(16))
        for notice in (self.done, self.unready):
            notice.hide()
            self.column.add(notice)
        self.column.add(self.title)
        self.column.space(px(12))
        self.column.add(self.items)
