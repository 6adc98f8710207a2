"""Forms: what is half filled in, the forms in use, those of Gemba, and a list that becomes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.days import clock, near_day, short_day
from gemba.ui.pages.common import clear, listen
from gemba.ui.pages.form_coming import FormComing
from gemba.ui.tasks import uncollected
from gemba.ui.widgets import (
    Button,
    Chip,
    Column,
    Field,
    FlowLayout,
    Label,
    Notice,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
    TextField,
)
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.domain.form import Filling, Form
    from gemba.services.bulletin import Bulletin
    from gemba.services.drafts import Drafts
    from gemba.services.form_making import ComingForm
    from gemba.services.forms import Forms
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_DRAFT = "forms.list"
_MOST_DRAFTS = 12
_FILES = "*.xlsx *.xlsm *.xls *.csv *.txt *.tsv *.xml"


class FormShelfPage(QWidget):
    """Everything there is to fill in, and the three ways to a form of one's own."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        drafts: Drafts,
        bulletin: Bulletin,
        tasks: Tasks,
        words: Callable[..., str],
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._forms = forms
        self._drafts = drafts
        self._tasks = tasks
        self._words = words
        self._go = go
        self._today = today
        self.dialog: QFileDialog | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Forms"))
        self.build = Button(theme, self.tr("Build a form"), icon="pencil-ruler")
        self.build.clicked.connect(lambda: self._go.to("build form", new=True))
        self.bring = Button(theme, self.tr("Bring in a file"), icon="folder-open")
        self.bring.clicked.connect(self._ask_file)
        self.head.add_action(self.bring)
        self.head.add_action(self.build)
        view.add(self.head)
        view.space(16)
        column = Column(theme, gap=0)
        view.body.addWidget(column)
        view.space(24)
        view.finish()
        self.refused = Notice(theme, "")
        self.refused.hide()
        column.add(self.refused)
        self.coming = FormComing(theme)
        self.coming.taken.connect(self._take_in)
        column.add(self.coming)
        self._build_drafts(column)
        self.list = self._section(column, self.tr("In use"), self._open_form)
        self._build_paste(column)
        self.bundled = self._section(column, self.tr("Ready to take"), self._take)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _build_drafts(self, column: Column) -> None:
        self.draft_host = QWidget()
        inner = QVBoxLayout(self.draft_host)
        inner.setContentsMargins(0, 0, 0, self.theme.px(24))
        inner.setSpacing(self.theme.px(8))
        inner.addWidget(Label(self.theme, self.tr("Go on with"), step="strong", wrap=False))
        host = QWidget()
        self._draft_flow = FlowLayout(host, gap=self.theme.px(8))
        inner.addWidget(host)
        self.draft_pills: list[Chip] = []
        column.add(self.draft_host)

    def _build_paste(self, column: Column) -> None:
        theme = self.theme
        column.space(theme.px(32))
        column.add(Label(theme, self.tr("From a list"), step="strong", wrap=False))
        column.space(theme.px(8))
        self.title = Field(theme, self.tr("What do you call it?"), question=self.tr("A few words"))
        self.paste = TextField(
            theme,
            self.tr("One question a line"),
            question=self.tr(
                "Paste a list or a table. A second column may say how it is answered: number,"
                " date, photo, text, 1-5, or choices such as good; fair; poor."
            ),
            lines=4,
        )
        column.add(self.title)
        column.space(theme.px(8))
        column.add(self.paste)
        column.space(theme.px(8))
        row = QHBoxLayout()
        self.told = Label(theme, "", step="small", tone="ink_soft")
        self.make = Button(theme, self.tr("Make the form"), kind="primary")
        self.make.clicked.connect(self._make)
        row.addWidget(self.told, 1)
        row.addWidget(self.make)
        column.body.addLayout(row)
        self._autosave = Autosave(self.paste, self._keep_draft)
        self._autosave.bind(self.title)
        self.title.entered.connect(lambda: self.paste.edit.setFocus())

    def _section(self, column: Column, words: str, opened: Callable[[object], None]) -> RowList:
        host = QWidget()
        inner = QVBoxLayout(host)
        inner.setContentsMargins(0, self.theme.px(8), 0, 0)
        inner.setSpacing(self.theme.px(8))
        inner.addWidget(Label(self.theme, words, step="strong", wrap=False))
        rows = RowList(self.theme, name=words)
        rows.opened.connect(opened)
        inner.addWidget(rows)
        column.add(host)
        return rows

    # The page in the window

    def page_title(self) -> str:
        """The name of the page."""
        return self.tr("Forms")

    def arrive(self, **_what: object) -> None:
        """Show every form; the list that was being pasted is still there."""
        self.refused.hide()
        self.coming.forget()
        held = self._drafts.read(_DRAFT)
        self.title.set_text(held.get("title", ""))
        self.paste.set_text(held.get("list", ""))
        self._show()
        self._count()
        # What was begun last is the likeliest next, and Enter opens it.
        first: list[QWidget] = [*self.draft_pills, *self.list.rows(), self.title.line]
        first[0].setFocus()

    def leave(self) -> None:
        """Hand over the list."""
        hand_over(self)

    def _hear(self, refs: frozenset[Ref]) -> None:
        kinds = ("form", "form_version", "filling")
        if self.isVisible() and any(ref.kind in kinds for ref in refs):
            self._again.start()

    # What is shown

    def _show(self) -> None:
        self._show_drafts()
        forms = self._forms.all()
        fill = RowAction(self.tr("Fill in"), "pen-line", self._fill)
        away = RowAction(self.tr("Delete"), "trash-2", self._throw_away)
        self.list.set_rows([self._row(one) for one in forms], (fill, away))
        self._host(self.list).setVisible(bool(forms))
        held = {one.bundled for one in forms if one.bundled}
        use = RowAction(self.tr("Use it"), "plus", self._take)
        offered = [one for one in self._forms.bundled() if one.id not in held]
        self.bundled.set_rows(
            [RowWords(one.label, one.description, key=one.id) for one in offered], (use,)
        )
        for rows in (self.list, self.bundled):
            tab_through(rows, rows.rows())
        self._host(self.bundled).setVisible(bool(offered))

    def _host(self, rows: RowList) -> QWidget:
        host = rows.parentWidget()
        assert host is not None
        return host

    def _row(self, form: Form) -> RowWords:
        done = [one for one in self._forms.fillings(form.id) if one.finished]
        count = self.tr("not filled in yet")
        if len(done) == 1:
            count = self.tr("filled in once")
        elif done:
            count = self.tr("filled in {n} times").format(n=len(done))
        last = short_day(done[0].begun_on, self._today()) if done else ""
        small = f"{count} · {form.about}" if form.about else count
        return RowWords(form.title, small, last, key=form.id)

    def _show_drafts(self) -> None:
        drafts = self._forms.drafts()[:_MOST_DRAFTS]
        clear(self._draft_flow)
        self.draft_pills = []
        for one in drafts:
            pill = Chip(self.theme, self._pill(one), kind="link", icon="pen-line")
            pill.clicked.connect(lambda _on=False, key=one.id: self._go.to("fill", filling=key))
            self._draft_flow.addWidget(pill)
            self.draft_pills.append(pill)
            pill.show()
        tab_through(self.draft_host, self.draft_pills)
        self.draft_host.setVisible(bool(drafts))

    def _pill(self, filling: Filling) -> str:
        day = near_day(filling.begun_on, self._today())
        words = [first_words(self._forms.title_of(filling), 32), filling.place]
        when = f"{day} {clock(filling.begun_at)}"
        return " · ".join(part for part in (*words, when) if part)

    # From a list

    def _keep_draft(self, _visit: str) -> None:
        self._drafts.keep(_DRAFT, title=self.title.text(), list=self.paste.text())
        self._count()

    def _count(self) -> None:
        """Say what the list would become, before it does."""
        self.title.say("")
        self.paste.say("")
        text = self.paste.text()
        words = ""
        if text.strip():
            try:
                draft = self._forms.preview_of_list(text, self.title.text() or "-")
                # The line for a note behind each yes or no is no question of the list.
                asked = [
                    one
                    for one in draft.every()
                    if one.kind not in ("group", "note") and not one.name.endswith("_note")
                ]
                words = self.tr("{n} questions").format(n=len(asked))
                if len(asked) == 1:
                    words = self.tr("1 question")
            except GembaError:
                words = ""
        self.told.setText(words)

    def _make(self) -> None:
        hand_over(self)
        if not self.title.text().strip():
            self.title.say(self.tr("A few words by which you find it again."))
            self.title.line.setFocus()
            return
        text, title = self.paste.text(), self.title.text()
        self.make.setEnabled(False)
        self._tasks.run(
            self,
            lambda _token: self._forms.from_list(text, title),
            self._made,
            self._not_made,
        )

    def _made(self, form: Form) -> None:
        self.make.setEnabled(True)
        self._drafts.drop(_DRAFT)
        self.title.set_text("")
        self.paste.set_text("")
        self._count()
        self._go.to("form", form=form.id)

    def _not_made(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        if not isinstance(error, GembaError):
            raise error
        self.paste.say(self._words(error.key, **error.values))
        self.paste.edit.setFocus()

    # From a file

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Bring in a form or a list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Forms and lists ({patterns})").format(patterns=_FILES), self.tr("All (*)")]
        )
        dialog.fileSelected.connect(lambda path: self.bring_in(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def bring_in(self, path: Path) -> None:
        """Look at a form or a list in a file, beside the window; nothing is kept yet."""
        self.refused.hide()
        self.coming.forget()
        self.bring.setEnabled(False)

        def look(_token: object) -> ComingForm:
            with uncollected():
                return self._forms.making.look(path)

        self._tasks.run(self, look, self._looked, self._not_brought)

    def _looked(self, coming: ComingForm) -> None:
        self.bring.setEnabled(True)
        self.coming.show_form(coming)

    def _take_in(self) -> None:
        coming = self.coming.coming
        self.coming.forget()
        if coming is None:
            return
        ready = coming.ready
        self.bring.setEnabled(False)
        self._tasks.run(
            self, lambda _token: self._forms.keep(ready), self._taken_in, self._not_brought
        )

    def _taken_in(self, form: Form) -> None:
        self.bring.setEnabled(True)
        self._go.to("form", form=form.id)
        self._go.say(
            self.tr("Brought in: {title}").format(title=form.title),
            undo=lambda: self._take_back(form.id),
        )

    def _take_back(self, form_id: UUID) -> None:
        try:
            self._forms.take_back(form_id)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._go.to("forms")

    def _not_brought(self, error: BaseException) -> None:
        self.bring.setEnabled(True)
        if not isinstance(error, GembaError):
            raise error
        self.refused.say(self._words(error.key, **error.values))
        self.refused.show()

    # Where it leads

    def _open_form(self, key: object) -> None:
        self._go.to("form", form=key)

    def _fill(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.to("fill", filling=self._forms.begin(key).id)

    def _take(self, key: object) -> None:
        form = self._forms.add_bundled(str(key))
        self._go.to("form", form=form.id)

    def _throw_away(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.throw_away(Ref("form", key), listed=True)
