"""What stands on the page on which a form is filled in, from its title to the way on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.pages.fill_foot import FillFoot
from gemba.ui.pages.fill_items import FillItems
from gemba.ui.pages.fill_pills import FillPills
from gemba.ui.widgets import Column, Label, Notice, PageHead, ScrollPage, Segmented
from gemba.ui.widgets.choice import Choice
from gemba.ui.within import within

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

    # Qt's own order puts questions that came later behind everything else in the window, and
    # stops at the outside of a field once more.
    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab go through the page as it reads, and out of it at both ends."""
        stops = list(self._stops())
        held = self.window().focusWidget()
        at = stops.index(held) if held in stops else -1
        target = at + (1 if next else -1)
        if at < 0 or not 0 <= target < len(stops):
            return self._leave_by_tab(next)
        _hold(stops[target], next)
        return True

    def _stops(self) -> Iterator[QWidget]:
        shown = self.items.in_order()
        above = (self.head, self.where, self.pills, self.done, self.unready)
        for part in (*above, *shown, self.foot):
            yield from (one for one in within(part, QWidget) if _takes_tab(one))

    def _leave_by_tab(self, next: bool) -> bool:
        way = QWidget.nextInFocusChain if next else QWidget.previousInFocusChain
        other = way(self)
        while other is not None and other is not self:
            if _takes_tab(other) and not self.isAncestorOf(other):
                _hold(other, next)
                return True
            other = way(other)
        return super().focusNextPrevChild(next)


def _takes_tab(widget: QWidget) -> bool:
    wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wanted and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _hold(widget: QWidget, next: bool) -> None:
    reasons = Qt.FocusReason
    widget.setFocus(reasons.TabFocusReason if next else reasons.BacktabFocusReason)
