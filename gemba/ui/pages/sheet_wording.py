"""Questions about wording beside the sheet: read while nobody types, marked in the margin."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer, Signal

from gemba.domain.errors import GembaError
from gemba.domain.layout import BoxLayout, TextLine
from gemba.domain.prose import read_paragraph
from gemba.domain.sheet_part import SheetPart
from gemba.domain.wording import Remark
from gemba.domain.wording_reading import WHOLE
from gemba.ui.widgets.base import width_of
from gemba.ui.widgets.sheet_mark import QuestionLine, SheetMark
from gemba.ui.widgets.wording_slip import WordingSlip, quoted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gemba.domain.wording_reading import Reader
    from gemba.ui.pages.sheet_desk import SheetHost

IDLE_MS = 700
"""How long nobody has typed before the words are read again."""
_SLICE = 0.004
"""Seconds that are read before the window is looked after again."""
_BEFORE_MM, _ACROSS_MM, _RISE_MM = 2.3, 3.0, 1.3
_TITLE_MM, _HEAD_MM = 11.0 * 25.4 / 72, 6.6
_CHIPS, _LEAST_LINE = 230, 120
_SLIP, _LEAST_SLIP = 620, 280
_AWAY_MS = 250

Place = tuple[str, str, int]
"""Where marks stand: a box, a part of it or nothing, and a line of its text or -1."""


class SheetWording(QObject):
    """Reads the sheet that is shown, marks what is asked, and opens the slip; `changed` follows.

    Nothing of it is part of the sheet: it prints nowhere and goes into no file.
    """

    changed = Signal()

    def __init__(self, page: SheetHost) -> None:
        super().__init__(page.view)
        self.page = page
        self.remarks: tuple[Remark, ...] = ()
        self.marks: dict[Place, SheetMark] = {}
        self.slip = WordingSlip(page.theme, page.view.page)
        self.slip.closed.connect(self.close)
        self.slip.resized.connect(self._place_slip)
        self.slip.reason_given.connect(self.answer)
        self.line = QuestionLine(page.theme, page.view.page)
        self.line.clicked.connect(self.next)
        self._open: Place | None = None
        self._pinned = False
        self._back = ""
        self._held: dict[Place, list[Remark]] = {}
        self._reader: Reader | None = None
        self._steps: Iterator[list[Remark]] | None = None
        self._read: list[Remark] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._begin)
        self._slice = QTimer(self)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._go_on)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_AWAY_MS)
        self._away.timeout.connect(self._close_if_left)
        page.view.placed.connect(self.place)

    def show_sheet(self) -> None:
        """Begin with another sheet."""
        self.clear()
        self._reader = self.page.desk.wording.reader()
        self._idle.start(0)

    def clear(self) -> None:
        """Forget the sheet before."""
        self._idle.stop()
        self._slice.stop()
        self._steps = None
        self._back = ""
        self._take(())

    def later(self) -> None:
        """Read again once nobody has typed for a while."""
        self._slice.stop()
        self._steps = None
        self._idle.start(IDLE_MS)

    def _shown_now(self) -> bool:
        return self.page.at_revision is None and not self.page.first_draft

    def _begin(self) -> None:
        page = self.page
        if page.sheet is None or page.definition is None or self._reader is None:
            return
        if not self._shown_now():
            self._take(())
            return
        self._read = []
        early = page.desk.wording.early_results(page.sheet, page.definition, self._reader)
        said = {box: page.desk.day(day) for box, day in early.items()}
        self._steps = self._reader.steps(page.sheet, page.definition, said)
        self._slice.start()

    def _go_on(self) -> None:
        """Read for a few milliseconds; typing stops it, and it begins anew."""
        until = perf_counter() + _SLICE
        while self._steps is not None and perf_counter() < until:
            step = next(self._steps, None)
            if step is None:
                self._steps = None
            else:
                self._read += step
        if self._steps is None:
            self._slice.stop()
            assert self.page.sheet is not None
            self._take(self.page.desk.wording.standing(self.page.sheet, self._read))

    def read_again(self) -> None:
        """Read again now."""
        self._idle.start(0)

    def finish(self) -> None:
        """Read to the end at once, for whoever looks at it now."""
        if self._idle.isActive() or self._steps is not None:
            self._idle.stop()
            if self._steps is None:
                self._begin()
            while self._steps is not None:
                self._go_on()

    def _take(self, remarks: tuple[Remark, ...]) -> None:
        if remarks == self.remarks and bool(remarks) == bool(self.marks):
            self.place()
            return
        self.remarks = remarks
        self.place()
        self.changed.emit()

    def place(self) -> None:
        """Lay a mark beside each sentence that is asked about, where it stands now."""
        self._held = {}
        for remark in self.remarks if self._shown_now() else ():
            at = self._place_of(remark)
            if at is not None:
                self._held.setdefault(at, []).append(remark)
        for gone in [at for at in self.marks if at not in self._held]:
            mark = self.marks.pop(gone)
            if mark.hasFocus():  # or Qt would hand it on to a box, which would open
                self._back_to(gone[0])
            mark.hide()
            mark.deleteLater()
        for at, remarks in self._held.items():
            mark = self.marks.get(at) or self._new_mark(at)
            mark.setText(" ".join(one.question for one in remarks))
            said = " ".join(quoted(one.sentence) for one in remarks)
            if said != mark.accessibleDescription():
                mark.setAccessibleDescription(said)
            centre = self._centre(at)
            mark.lie(centre, round(_ACROSS_MM * self.page.view.page.zoom.scale))
            # One of the other column would show half; Tab reaches it once its box is shown.
            mark.setVisible(self.page.view.in_sight(at[0]) or mark.hasFocus())
            mark.raise_()
        stops: dict[str, list[QWidget]] = {}
        for at in sorted(self.marks, key=self._order):
            stops.setdefault(at[0], []).append(self.marks[at])
        self.page.view.boxes.set_marks(stops)
        if self._open is not None and self._open not in self._held:
            self.close()
        self._place_slip()
        self._place_line()

    def _place_line(self) -> None:
        """Show what is asked about the sentence at the caret, in the head of the box."""
        page, view = self.page, self.page.view
        box = view.box_at(page.writing) if page.writing else None
        at = self._at_caret()
        if box is None or at is None or not view.column or box.lines_over:
            self.line.hide()
            return
        area, px = view.areas[page.writing], page.theme.px
        font = page.theme.font("strong")
        font.setPixelSize(max(round(_TITLE_MM * view.page.zoom.scale), 1))
        head = view.rect_of(box.frame.x, box.frame.y, box.frame.width, _HEAD_MM)
        left = round(head.left()) + width_of(area.facts.label, font) + px(20)
        # What may be tied and how much room there is stand at the far end.
        wide = round(head.right()) - px(_CHIPS) - left
        if wide < px(_LEAST_LINE):
            self.line.hide()
            return
        words = self._held[at][0].question
        self.line.ask(words, left, round(head.center().y() - px(9)), wide)

    def _at_caret(self) -> Place | None:
        """Return the place of the question nearest to the caret."""
        box_id, editor = self.page.writing, self.page.editor
        places = [at for at in self._held if at[0] == box_id and at[2] >= 0]
        if not box_id or editor is None or not places:
            return None
        caret = editor.y() + editor.cursorRect().center().y()
        return min(places, key=lambda at: abs(self._centre(at).y() - caret))

    def _new_mark(self, at: Place) -> SheetMark:
        mark = SheetMark(self.page.theme, "?", "", self.page.view.page, stop=True)
        mark.left.connect(lambda: self._leave_mark(at[0]))
        mark.clicked.connect(lambda: self.open(at, pinned=True))
        mark.attended.connect(lambda on: self._attend(at, on))
        self.marks[at] = mark
        return mark

    def _place_of(self, remark: Remark) -> Place | None:
        """Return where a remark stands now, or None where its sentence has just been changed."""
        page = self.page
        if not remark.box:
            return ("", "", -1)
        box = page.view.box_at(remark.box)
        if box is None or page.sheet is None:
            return None
        if remark.part:
            return (remark.box, SheetPart.read(remark.part).figure, -1)
        written = page.sheet.box(remark.box).text
        # This runs with every key. What is far longer than a sheet is asked about in the margin.
        if remark.paragraph < 0 or len(written) > WHOLE:
            return None
        lines = written.split("\n")
        if remark.paragraph >= len(lines):
            return None
        text = read_paragraph(lines[remark.paragraph]).text
        if text[remark.start : remark.end] != remark.sentence:
            return None
        line = _line_of(box, remark)
        return (remark.box, "", line) if line >= 0 else None

    def _spot(self, at: Place) -> QRectF:
        """Return the line, the figure or the title a mark stands beside, in pixels of the page."""
        box_id, figure_id, line = at
        page = self.page
        assert page.definition is not None
        if not box_id:
            head = page.definition.page.header_frame
            return page.view.rect_of(head.x, head.y + head.height - 6.5, head.width / 2, 4.0)
        box = page.view.box_at(box_id)
        assert box is not None
        for figure in box.figures:
            if figure.id == figure_id:
                frame = figure.frame
                return page.view.rect_of(frame.x, frame.y, frame.width, 5.0)
        if line < 0:
            return page.view.rect_of(box.frame.x, box.frame.y, box.frame.width, 5.0)
        on: TextLine = box.lines[line]
        top = on.baseline - 3.4
        return page.view.rect_of(box.text.x, top, box.text.width, 4.6)

    def _centre(self, at: Place) -> QPoint:
        spot, scale = self._spot(at), self.page.view.page.zoom.scale
        return QPoint(
            round(spot.left() - _BEFORE_MM * scale), round(spot.top() + (3.4 - _RISE_MM) * scale)
        )

    def _leave_mark(self, box_id: str) -> None:
        self.close()
        self._back_to(box_id)

    def _back_to(self, box_id: str) -> None:
        area = self.page.view.areas.get(box_id)
        target = area if area is not None else self.page.view.page
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attend(self, at: Place, on: bool) -> None:
        if on and self.marks[at].hasFocus():
            self._bring(at)
        if on and not self._pinned:
            self.open(at, pinned=False)
        elif not on:
            self._away.start()

    def _bring(self, at: Place) -> None:
        """Bring a mark into sight that Tab went to."""
        view, mark = self.page.view, self.marks[at]
        if view.column and at[0] and at[0] != view.current:
            view.to_column(at[0])
        if view.column:
            across = view.horizontalScrollBar().value()
            view.ensureVisible(
                across, mark.geometry().center().y(), 0, view.viewport().height() // 4
            )

    def _close_if_left(self) -> None:
        mark = self.marks.get(self._open) if self._open is not None else None
        near = self.slip.underMouse() or (mark is not None and mark.underMouse())
        if not near and not self.slip.holds_focus() and not (mark is not None and mark.hasFocus()):
            self.close()

    def open(self, at: Place, *, pinned: bool) -> None:
        """Open the slip under a sentence; a pinned one takes the keys."""
        if at not in self._held:
            return
        page = self.page
        self._open = at
        self._pinned = pinned
        if pinned:
            self._back = page.writing
            page.stop_writing()
        self.slip.ask(self._held[at], may_answer=page.may_write(), quote=bool(at[1]))
        self._place_slip()
        self._place_line()
        self.slip.show()
        self.slip.raise_()
        if pinned:
            self.slip.begin()

    def _place_slip(self) -> None:
        if self._open is None or self._open not in self._held:
            return
        view, spot = self.page.view, self._spot(self._open)
        seen = (
            view.viewport()
            .rect()
            .translated(view.horizontalScrollBar().value(), view.verticalScrollBar().value())
        )
        px = self.page.theme.px
        wide = min(px(_SLIP), max(px(_LEAST_SLIP), round(spot.width())), seen.width() - px(16))
        self.slip.setFixedWidth(wide)
        layout = self.slip.layout()
        assert layout is not None
        layout.activate()
        high = max(layout.heightForWidth(wide), layout.sizeHint().height())
        left = min(max(round(spot.left()), seen.left() + px(8)), seen.right() - wide - px(8))
        top = round(spot.bottom()) + px(2)
        if top + high > seen.bottom():
            top = max(seen.top(), round(spot.top()) - high - px(2))
        self.slip.setGeometry(left, top, wide, high)
        if not self._pinned and not self.slip.underMouse():
            self._away.start()

    def leave(self) -> None:
        """Close the slip before the sheet goes; a reason written in it is kept."""
        self._back = ""
        self.close()

    def close(self) -> None:
        """Close the slip; who opened it while writing goes on writing."""
        if self._open is None:
            return
        held = self.slip.holds_focus()
        box, self._open, self._pinned = self._open[0], None, False
        if held:
            self._back_to(self._back or box)
        self.slip.hide()
        back, self._back = self._back, ""
        if held and back:
            self.page.write(back)

    def next(self) -> None:
        """Open the next question on the sheet, as F8 does; after the last comes the first."""
        self.finish()
        places = sorted(self._held, key=self._order)
        if not places:
            self.page.go.say(self.tr("Nothing is asked about the words of this sheet."))
            return
        here = self._open
        if here is None and self.page.writing:
            mine = [one for one in places if one[0] == self.page.writing]
            later = self._at_caret() or (mine[0] if mine else places[0])
        elif here in places:
            later = places[(places.index(here) + 1) % len(places)]
        else:
            later = places[0]
        back = self._back
        if later[0] and later[0] != self.page.view.current:
            self.page.view.to_column(later[0])
        self.open(later, pinned=True)
        self._back = self._back or back

    def _order(self, at: Place) -> tuple[int, int, str]:
        order = [""]
        if self.page.definition is not None:
            order += [box.id for box in self.page.definition.boxes]
        return (order.index(at[0]) if at[0] in order else 0, at[2], at[1])

    def asked(self, box_id: str, place: str, words: str) -> Remark | None:
        """Return what is asked about words of a figure that stand in a place, unless answered."""
        page = self.page
        if page.sheet is None or page.definition is None or page.definition.private:
            return None
        self._reader = self._reader or page.desk.wording.reader()
        return page.desk.wording.asked(page.sheet, self._reader, box_id, place, words)

    def answer(self, remark: Remark, reason: str) -> None:
        """Keep why a sentence stands as it is."""
        page = self.page
        if page.sheet is None or not page.may_write():
            return
        page.desk.recorder.settle()
        try:
            page.sheet = page.desk.wording.dismiss(page.sheet.id, remark, reason)
        except GembaError as error:
            self._refuse(remark, page.desk.words(error.key, **error.values))
            return
        self.close()
        self._take(page.desk.wording.standing(page.sheet, self.remarks))
        self.changed.emit()
        sheet_id, kept = page.sheet.id, page.sheet.dismissed[-1]

        def again() -> None:
            page.desk.wording.ask_again(sheet_id, kept)

        page.go.say(self.tr("Set aside; your reason is kept in the margin."), again)

    def _refuse(self, remark: Remark, words: str) -> None:
        for line in self.slip.lines:
            if line.remark == remark:
                line.refuse(words)
        self._place_slip()

    def at_box(self, box_id: str) -> list[Remark]:
        """Return what is asked about a box; about the whole sheet with no box."""
        return [one for one in self.remarks if not box_id or one.box == box_id]


def _line_of(box: BoxLayout, remark: Remark) -> int:
    """Return the line on which a sentence begins, or -1."""
    found = -1
    for number, line in enumerate(box.lines):
        if line.paragraph == remark.paragraph and line.start <= remark.start:
            found = number
        elif line.paragraph > remark.paragraph:
            break
    return found
