"""Paper and files: how the sheet is laid, what is too full, and then the printer or a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.domain.figures.insertion import name_of
from gemba.domain.figures.telling import quoted
from gemba.domain.paper import MARGINS, PAPERS, PaperChoice, place
from gemba.ui.pages.print_panel import PrintPanel
from gemba.ui.pages.sheet_comparing import long_ones
from gemba.ui.printing import ask_file_name
from gemba.ui.tasks import uncollected
from gemba.ui.widgets import Button, CheckBox, Label, Notice, Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.figures import Figure
    from gemba.services.sheet_files import SheetFile
    from gemba.ui.pages.sheet_desk import SheetHost

HALVES = {"A3": "A4", "Tabloid": "Letter", "A2": "A3"}
NAMES = {"Tabloid": "11 x 17 in"}
_SWITCHES = ("grey", "crop_marks", "comments", "halves")


class PaperPanel(QWidget):
    """Shows the pages as they will print, and names every box that holds too much before.

    A private sheet is not even drawn for paper before its owner says so, each time anew.
    """

    def __init__(self, page: SheetHost) -> None:
        super().__init__()
        self.page = page
        theme = page.theme
        self.chosen = PaperChoice()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(8))
        said = self.tr("This sheet is private. On paper or in a file, others can read it.")
        self.private = Notice(theme, said)
        self.show_others = Button(theme, self.tr("Show it to others"))
        self.show_others.clicked.connect(self._show_to_others)
        outer.addWidget(self.private)
        outer.addWidget(self.show_others, 0, Qt.AlignmentFlag.AlignLeft)
        self.ways = QWidget()
        outer.addWidget(self.ways)
        self._column = QVBoxLayout(self.ways)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        page.stop_writing()
        page.desk.recorder.settle()
        self._name_full()
        self.refused = Notice(theme, "")
        self.refused.hide()
        self.printing = PrintPanel(
            theme,
            title=lambda: page.shown().title,
            draw=self._draw,
            write=page.desk.exports.write_file,
            go=page.go,
        )
        self._drawing = 0
        self.waiting = Label(theme, self.tr("The pages are being drawn."), tone="ink_soft")
        self.waiting.hide()
        self._column.addWidget(self.waiting)
        self._column.addWidget(self.printing)
        self._column.addWidget(self.refused)
        self._add_choices()
        self._add_files()
        asks = page.definition is None or page.definition.private
        self.private.setVisible(asks)
        self.show_others.setVisible(asks)
        self.ways.setVisible(not asks)
        if not asks:
            self.printing.refresh()

    def begin_keys(self) -> None:
        """Give the keys to the button that goes on."""
        first = self.show_others if self.ways.isHidden() else self.printing.save
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_full(self) -> None:
        """Say which boxes hold too much, before anything is written."""
        page = self.page
        words = page.desk.words
        # Without the pages behind: those of a long comparison take seconds, and are drawn below.
        drawn = page.drawing()
        full = [words("sheet.box_over", box=box, count=lines) for box, lines in drawn.over]
        full += [
            words("sheet.box_left_out", box=box, names=quoted(texts, words))
            if texts
            else words("sheet.box_crowded", box=box)
            for box, texts in zip(drawn.crowded, drawn.left_out, strict=True)
        ]
        if full:
            named = ", ".join(full)
            notice = Notice(page.theme, self.tr("Too full: {boxes}.").format(boxes=named))
            self._column.addWidget(notice)
        tray = page.desk.formats.tray(page.shown())
        if tray:
            said = self.tr(
                "In the tray, and not on paper: {pieces}. Markdown, plain text and Excel hold it"
                " under “{head}”; PowerPoint and pictures do not."
            )
            pieces = ", ".join(dict.fromkeys(one.label for one in tray))
            said = said.format(pieces=pieces, head=words("sheet_text.aside"))
            self.aside = Label(page.theme, said, tone="ink_soft")
            self._column.addWidget(self.aside)

    def _add_choices(self) -> None:
        margins = [("", self.tr("As it is")), *((f"{mm:g}", f"{mm:g} mm") for mm in MARGINS)]
        self.papers = self._choice(self.tr("Paper"), [(one, NAMES.get(one, one)) for one in PAPERS])
        self.scales = self._choice(
            self.tr("Scale"), [("fit", self.tr("Fit the paper")), ("true", self.tr("True scale"))]
        )
        self.margins = self._choice(self.tr("White at the edges"), margins)
        self.fills = self._choice(
            self.tr("Filled in"),
            [
                ("full", self.tr("All of it")),
                ("half", self.tr("Left half")),
                ("blank", self.tr("Nothing")),
            ],
        )
        self.papers.chosen.connect(lambda key: self._choose(paper=key))
        self.scales.chosen.connect(lambda key: self._choose(scale=key))
        self.margins.chosen.connect(lambda key: self._choose(margin=float(key) if key else None))
        self.fills.chosen.connect(lambda key: self._choose(fill=key))
        names = {
            "grey": self.tr("Without colours"),
            "crop_marks": self.tr("Marks to cut along"),
            "comments": self.tr("With the coach’s questions and comments"),
            "halves": self.tr("Two halves to tape together"),
        }
        self.switches: dict[str, CheckBox] = {}
        for key in _SWITCHES:
            switch = CheckBox(self.page.theme, names[key])
            switch.toggled.connect(lambda on, key=key: self._switch(key, on))
            self._column.addWidget(switch)
            self.switches[key] = switch

    def _choice(self, words: str, options: list[tuple[str, str]]) -> Segmented:
        theme = self.page.theme
        self._column.addWidget(Label(theme, words, step="small", tone="ink_soft"))
        made = Segmented(theme, options, value=options[0][0], name=words)
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _add_files(self) -> None:
        self.others = Button(self.page.theme, self.tr("Save as another kind of file"))
        menu = QMenu(self)
        kinds = (
            ("pptx", self.tr("PowerPoint, with text to write in")),
            ("xlsx", self.tr("Excel: the data behind it")),
            ("png", self.tr("Picture (PNG)")),
            ("svg", self.tr("Drawing (SVG)")),
            ("md", self.tr("Markdown")),
            ("txt", self.tr("Plain text")),
        )
        for ending, words in kinds:
            entry = menu.addAction(words)
            entry.triggered.connect(lambda _on=False, ending=ending: self.save_as(ending))
        figures = self._figures()
        if figures:
            menu.addSeparator()
        for figure in figures:
            name = figure.caption.strip() or name_of(figure, self.page.desk.words)
            inner = menu.addMenu(name[:60].replace("&", "&&"))
            for ending in ("png", "svg", "pdf"):
                entry = inner.addAction(ending.upper())
                entry.triggered.connect(
                    lambda _on=False, ending=ending, one=figure: self.save_as(ending, one)
                )
        self.others.set_menu(menu)
        self._column.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)

    def _figures(self) -> list[Figure]:
        sheet, definition = self.page.shown(), self.page.definition
        if definition is None:
            return []
        return [one for box in definition.boxes for one in sheet.box(box.id).figures]

    def _show_to_others(self) -> None:
        self.ways.show()
        self.printing.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.private.hide()
        self.show_others.hide()
        self.printing.refresh()

    def _switch(self, key: str, on: bool) -> None:
        what: dict[str, object] = {key: on}
        half = HALVES.get(self.chosen.paper)
        if key == "halves" and on and half:
            # Whoever tapes two halves together has the smaller paper.
            self.papers.set_value(half)
            what["paper"] = half
        self._choose(**what)

    def _choose(self, **what: object) -> None:
        """Take another choice where the paper takes the sheet so; else say why not."""
        self.chosen = replace(self.chosen, **what)  # type: ignore[arg-type]
        assert self.page.definition is not None
        try:
            place(self.page.definition.page, self.chosen)
        except GembaError as error:
            self.refused.say(self.page.desk.words(error.key, **error.values))
            self._allow(False)
            return
        self._allow(True)
        self.printing.refresh()

    def _allow(self, can: bool) -> None:
        self.refused.setVisible(not can)
        self.printing.preview.setVisible(can)
        self.printing.save.setEnabled(can)
        self.printing.send.setEnabled(can)

    def _draw(self, then: Callable[[bytes], None]) -> None:
        """Draw the pages as they are chosen; those of a long comparison beside the window."""
        page, files = self.page, self.page.desk.exports.files
        sheet, chosen, compared = page.shown(), self.chosen, page.compared

        def drawn() -> bytes:
            return files.printed(sheet, chosen, compared=compared).pdf

        if compared is None or not long_ones(compared.comparison):
            then(drawn())
            return

        def done(pdf: bytes) -> None:
            self._wait(-1)
            then(pdf)

        def refuse(error: BaseException) -> None:
            self._wait(-1)
            if not isinstance(error, GembaError):
                raise error
            page.go.trouble(error)

        self._wait(1)
        page.desk.tasks.run(self, lambda _token: uncollected()(drawn)(), done, refuse)

    def _wait(self, more: int) -> None:
        self._drawing += more
        self.waiting.setVisible(self._drawing > 0)

    def save_as(self, ending: str, figure: Figure | None = None) -> None:
        """Ask for a name and write the sheet, or one figure, as a file of another kind."""
        page = self.page
        title = figure.caption.strip() if figure is not None else ""
        target = ask_file_name(self, title or page.shown().title, ending)
        if target is None:
            return
        try:
            page.desk.exports.write_file(target, self._file(ending, figure).data)
        except GembaError as error:
            page.go.trouble(error)
            return
        page.go.say(self.tr("Saved as {path}").format(path=target))

    def _file(self, ending: str, figure: Figure | None) -> SheetFile:
        files, sheet = self.page.desk.exports.files, self.page.shown()
        if figure is not None:
            return files.of_figure(sheet, figure.id, ending)
        allowed = not self.refused.isVisibleTo(self)
        return files.of(sheet, ending, self.chosen if allowed else None)
