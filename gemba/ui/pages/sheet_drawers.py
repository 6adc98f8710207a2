"""What stands in the drawer beside a sheet: margin, facts, a figure's editor, paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from gemba.domain.counting import counted_in
from gemba.domain.errors import GembaError
from gemba.domain.figures import Figure
from gemba.domain.figures.insertion import PHOTO_OF_WALK, name_of
from gemba.domain.sheet_part import SheetPart
from gemba.domain.wording_reading import ENDS_AT_PERSON
from gemba.services.tally import seen_by
from gemba.ui.figures import Around, FigureEditor, editor_for
from gemba.ui.pages.common import clear
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.sheet_boxes import BoxesPanel
from gemba.ui.pages.sheet_causes import pass_on
from gemba.ui.pages.sheet_closing import ClosingPanel
from gemba.ui.pages.sheet_consent import ConsentPanel
from gemba.ui.pages.sheet_figure_place import PlaceStrip
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.pages.sheet_paper import PaperPanel
from gemba.ui.pages.sheet_photos import SheetPhotos
from gemba.ui.pages.sheet_review import ReviewPanel
from gemba.ui.pages.sheet_text_in import TextInPanel
from gemba.ui.pages.sheet_ties import TiePanel, TieStrip
from gemba.ui.pages.sheet_tray import TrayPanel
from gemba.ui.pages.sheet_versions import VersionsPanel
from gemba.ui.widgets import Button
from gemba.ui.within import within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gemba.domain.sheet import Box
    from gemba.domain.wording import Remark
    from gemba.ui.pages.sheet_desk import SheetHost

NARROW, WIDE = 300, 452
_OF_NOW = ("review", "consent", "closing")
"""Panels that go on with the sheet as it is, and never with what it was."""
_WIDE = ("seen", "review", "consent", "print", "text")


class SheetDrawers:
    """Puts one panel at a time into the drawer of the sheet page."""

    def __init__(self, page: SheetHost) -> None:
        self.page = page
        self.theme = page.theme
        self.key = ""
        self.talk: UUID | None = None
        self.panel: QWidget | None = None
        self.editor: FigureEditor | None = None
        self.strip: PlaceStrip | None = None
        self.photos = SheetPhotos(page)
        self._figure: tuple[str, str] = ("", "")

    def show_sheet(self, talk: UUID | None, part: str = "") -> None:
        """Begin with another sheet, opened at a talk or at a tied part where there was one."""
        self.talk = talk
        if part:
            self.show_part(part)
        elif talk is not None:
            self.open("margin")
        elif self.key in ("margin", "about"):
            self.open(self.key)
        else:
            self.close()

    def open(self, key: str) -> None:
        """Show a panel by its key."""
        makers: dict[str, tuple[str, Callable[[], QWidget]]] = {
            "margin": (self.page.tr("Coach’s margin"), lambda: MarginPanel(self.page, self.talk)),
            "about": (self.page.tr("About this sheet"), lambda: AboutPanel(self.page)),
            "boxes": (self.page.tr("Boxes"), lambda: BoxesPanel(self.page)),
            "tray": (self.page.tr("Tray"), lambda: TrayPanel(self.page)),
            "consent": (self.page.tr("Who was asked"), lambda: ConsentPanel(self.page)),
            "review": (self.page.tr("Look over the sheet"), lambda: ReviewPanel(self.page)),
            "closing": (self.page.tr("Closing"), lambda: ClosingPanel(self.page)),
            "versions": (self.page.tr("Versions and story"), lambda: VersionsPanel(self.page)),
            "print": (self.page.tr("Print"), lambda: PaperPanel(self.page)),
            "text": (self.page.tr("Bring in text"), lambda: TextInPanel(self.page)),
            "seen": (self.page.tr("Photos from walks"), self.photos.seen),
        }
        if key in _OF_NOW and not self.page.is_now():
            self.page.look_at()
        title, make = makers[key]
        self._show(key, title, make(), WIDE if key in _WIDE else NARROW)
        held = QApplication.focusWidget()
        if isinstance(self.panel, PaperPanel) and held is self.page.host.drawer.closer:
            # Where it lies over the page it has the keys: Enter does what it was opened for.
            self.panel.begin_keys()

    def show_part(self, part: str, chip: str = "") -> None:
        """Show the margin at a part of the sheet, with the focus on one of its chips."""
        panel = MarginPanel(self.page, self.talk)
        panel.focus_part(part)
        self._show("margin", self.page.tr("Coach’s margin"), panel, NARROW)
        if chip and panel.box:
            panel.ties.focus_on(chip)

    def show_check(self, check_id: str) -> None:
        """Show a check of the sheet among its facts."""
        self.open("about")
        if isinstance(self.panel, AboutPanel):
            self.panel.show_check(check_id)

    def show_notes(self, box_id: str, figure_id: str = "") -> None:
        """Show the margin at a box or one of its figures, with what was asked there."""
        panel = MarginPanel(self.page, self.talk)
        panel.focus_figure(box_id, figure_id)
        self._show("margin", self.page.tr("Coach’s margin"), panel, NARROW)

    def tie(self, part: str) -> None:
        """Offer what a part of the sheet can be tied to, and come back to where it was asked."""
        page = self.page
        if page.sheet is None or not page.may_ask():
            return
        if not part:
            page.go.say(page.tr("Click the box first that you want to tie."))
            return
        page.stop_writing()
        page.desk.recorder.settle()
        figure = self._figure if self.key == "figure" else None

        def done(chip: str) -> None:
            if figure is not None:
                self.edit_figure(*figure, SheetPart.read(part).item)
            else:
                self.show_part(part, chip)

        panel = TiePanel(self.page, part, done)
        self._show("tie", self.page.tr("Tie to"), panel, WIDE)
        panel.begin()

    def toggle(self, key: str) -> None:
        """Show a panel, or close the drawer when it is shown already."""
        if self.page.host.is_open() and self.key == key:
            self.close()
        else:
            self.open(key)

    def close(self) -> None:
        """Close the drawer."""
        self.leave()
        self.page.host.close_drawer()
        self.key = ""
        self.mark()

    def make_room_to_write(self) -> None:
        """Close a panel over the column, beside which text would be too small to write."""
        if self.page.host.is_beside():
            return
        small = self.page.may_write() and self.page.view.is_small()
        if self.key in ("figure", "tie", "seen") or small:
            self.close()

    def leave(self) -> None:
        """Hand over what is still being written in the drawer."""
        if self.editor is not None:
            self.editor.leave()
        leave = getattr(self.panel, "leave", None)
        if leave is not None:
            leave()

    def refresh(self) -> None:
        """Read again what the panel shows, unless something is being written in it."""
        refresh = getattr(self.panel, "refresh", None)
        if refresh is not None and self.page.host.is_open():
            refresh()
        if self.editor is not None:
            for strip in within(self.editor, TieStrip):
                if strip.isVisible():
                    strip.refresh()

    def typed(self) -> None:
        """Let the panel know that a key was pressed in a box."""
        heard = getattr(self.panel, "typed", None)
        if heard is not None:
            heard()

    def drawn(self) -> None:
        """Show the boxes and the tray as the sheet that was just drawn has them."""
        if isinstance(self.panel, BoxesPanel | TrayPanel) and self.page.host.is_open():
            self.panel.refresh()
        if self.strip is not None and self.page.host.is_open():
            self.strip.tell()

    def box_focused(self, box_id: str) -> None:
        """Show the margin of the box that has the focus."""
        focus = getattr(self.panel, "focus_box", None)
        if focus is not None:
            focus(box_id)

    def _show(self, key: str, title: str, panel: QWidget, width: int) -> None:
        self.leave()
        drawer = self.page.host.drawer
        held = QApplication.focusWidget()
        if held is not None and drawer.isAncestorOf(held):
            # What had the focus goes; Qt would hand it on to a box, which would open.
            drawer.closer.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(drawer.body)
        # What is shown now begins at its top, however far down the one before was read.
        drawer.scroller.verticalScrollBar().setValue(0)
        self.editor = panel if isinstance(panel, FigureEditor) else None
        self.strip = None
        self.panel = panel
        self.key = key
        drawer.setFixedWidth(self.theme.px(width))
        drawer.title.setText(title)
        drawer.setAccessibleName(title)
        drawer.body.addWidget(panel)
        if self.editor is not None:
            self.strip = PlaceStrip(self.page, *self._figure)
            drawer.body.addWidget(self.strip)
            drawer.body.addWidget(self._remove_button())
        drawer.body.addStretch(1)
        self.page.host.open_drawer()
        self.page.host.place()
        self.page.keep_clear()
        self.page.bar.margin.setChecked(key == "margin")
        self.mark()

    def edit_figure(self, box_id: str, figure_id: str, item: str = "") -> None:
        """Open the editor of a figure, at one of its causes or actions where one is named."""
        assert self.page.sheet is not None
        figure = self._find(box_id, figure_id)
        if figure is None:
            return
        self._figure = (box_id, figure_id)
        desk, wording = self.page.desk, self.page.wording
        around = Around(
            today=desk.recorder.today,
            asked=lambda place, words: _question(wording.asked(box_id, place, words)),
            ends_at_person=lambda words: _ends(wording.asked(box_id, "last_cause", words)),
            add_photo=desk.sheets.add_photo,
            read_photo=self._read_photo,
            explain=self._explain,
            say=desk.words,
            seen=lambda way: seen_by(desk.walks, desk.people, way),
            to_tree=lambda cause, effect: pass_on(self.page, box_id, cause, effect),
            thread=lambda item: TieStrip(self.page, str(SheetPart(box_id, figure_id, item))),
            figures=lambda: [one for box in self._boxes() for one in box.figures],
            area_word=desk.people.area_word,
            counted=self._counted,
            count_again=self._count_again,
        )
        editor = editor_for(figure, self.theme, around)
        editor.changed.connect(lambda made: self.page.edits.put_edited(box_id, made))
        wording.changed.connect(editor.ask_again)
        self._show("figure", name_of(figure, desk.words), editor, WIDE)
        drawer = self.page.host.drawer
        # The same readings can come to be judged by limits.
        editor.changed.connect(lambda made: drawer.title.setText(name_of(made, desk.words)))
        editor.begin_at(item)

    def figure_in_hand(self) -> tuple[str, str] | None:
        """Return box and figure whose editor is open, or None."""
        return self._figure if self.key == "figure" and self.page.host.is_open() else None

    def follow_figure(self) -> None:
        """Let the open editor show its figure as it stands now, as after undo, or close it."""
        if self.editor is None or self.key != "figure":
            return
        held, now = self.editor.figure, self._find(*self._figure)
        if now is None:
            # What it still has to hand on finds no figure, and is no longer wanted.
            self.close()
        elif replace(held, place=now.place) != now:
            self.editor.set_figure(now)

    def mark(self) -> None:
        """Show on the sheet which figure's editor is open."""
        shown = self.key == "figure" and self.page.host.is_open()
        self.page.view.mark_figure(*(self._figure if shown else ("", "")))

    def _remove_button(self) -> Button:
        button = Button(
            self.theme, self.page.tr("Take it off the sheet"), kind="quiet", icon="trash-2"
        )
        button.clicked.connect(lambda: self.page.edits.remove_figure(*self._figure))
        return button

    def _boxes(self) -> Sequence[Box]:
        return () if self.page.sheet is None else self.page.sheet.boxes

    def _find(self, box_id: str, figure_id: str) -> Figure | None:
        assert self.page.sheet is not None
        figures = self.page.sheet.box(box_id).figures
        return next((one for one in figures if one.id == figure_id), None)

    def _read_photo(self, photo: str) -> bytes:
        # What this sheet blurs is drawn over it, and can be taken away again.
        here = self.page.sheet.id if self.page.sheet is not None else None
        data = self.page.desk.walks.photo_marks.read(photo, but=here)
        if data is None:
            raise GembaError("photo.gone")
        return data

    def _counted(self, figure: Figure) -> str:
        asked = counted_in(figure)
        if asked is None or self.page.desk.patterns is None:
            return ""
        from gemba.ui.pages.patterns_figures import counted_words

        area = self.page.desk.patterns().area_name(asked.area_id)
        return counted_words(asked, area, self.page.desk.recorder.today())

    def _count_again(self, figure: Figure) -> Figure:
        from gemba.ui.pages.patterns_figures import counted_again

        assert self.page.desk.patterns is not None
        # What was typed last counts too.
        self.page.desk.recorder.settle()
        return counted_again(figure, self.page.desk.patterns())

    def _explain(self, error: Exception) -> str:
        if isinstance(error, GembaError):
            return self.page.desk.words(error.key, **error.values)
        return str(error)

    def ask_photo(self, key: str) -> None:
        """Ask for a photo from a file or, by "photo_of_walk", from a walk."""
        if key == PHOTO_OF_WALK:
            self.open("seen")
        else:
            self.photos.choose()


def _question(remark: Remark | None) -> str:
    return remark.question if remark is not None else ""


def _ends(remark: Remark | None) -> bool:
    return remark is not None and remark.check == ENDS_AT_PERSON
