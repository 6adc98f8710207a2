"""One form: fill it in, what was filled in, how its scores went, and its way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.form_scores import said
from gemba.domain.titles import first_words
from gemba.ui.days import clock, short_day
from gemba.ui.pages.common import listen, record_or_back
from gemba.ui.pages.form_coming import FormComing
from gemba.ui.pages.form_scores import FormScores
from gemba.ui.pages.form_take_out import TakeOut
from gemba.ui.pages.more import More
from gemba.ui.tasks import uncollected
from gemba.ui.widgets import (
    Button,
    Column,
    EmptyState,
    Label,
    Notice,
    PageHead,
    RowAction,
    RowList,
    RowWords,
    ScrollPage,
)
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.domain.form import Form
    from gemba.services.bulletin import Bulletin
    from gemba.services.form_making import ComingForm
    from gemba.services.form_out import FormOut
    from gemba.services.form_summary import FormSummary, Scored
    from gemba.services.forms import Forms
    from gemba.services.people import People
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_MOST = 30
_MOST_KEPT = 8


class FormPage(QWidget):
    """What is known of one form; its answers are listed by day and place, never by person."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        people: People,
        out: FormOut,
        tasks: Tasks,
        write: Callable[[Path, bytes], None],
        bulletin: Bulletin,
        words: Callable[..., str],
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._forms = forms
        self._people = people
        self._words = words
        self._go = go
        self._today = today
        self._form: Form | None = None
        self._summary: FormSummary | None = None
        self._all = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        view = ScrollPage(theme)
        outer.addWidget(view)
        self.head = PageHead(theme, self.tr("Form"))
        self.fill = Button(theme, self.tr("Fill in"), kind="primary", icon="pen-line")
        self.fill.clicked.connect(self._fill)
        self._tasks = tasks
        self.dialog: QFileDialog | None = None
        self.more = More(
            theme,
            go,
            lambda: Ref("form", self._form.id) if self._form else None,
            extra=[(self.tr("A newer version from a file"), "folder-open", self._ask_file)],
        )
        self.build = Button(theme, self.tr("Change it"), icon="pencil-ruler")
        self.build.clicked.connect(self._change)
        self.take_out = TakeOut(theme, out=out, tasks=tasks, write=write, go=go)
        self.head.add_action(self.take_out)
        self.head.add_action(self.build)
        self.head.add_action(self.fill)
        self.head.add_action(self.more)
        view.add(self.head)
        view.space(8)
        self.column = Column(theme, gap=0)
        view.body.addWidget(self.column)
        view.space(24)
        view.finish()
        self.about = Label(theme, "", tone="ink_soft")
        self.column.add(self.about)
        self.kept = Notice(theme, "", kind="plain")
        self.column.space(theme.px(8))
        self.column.add(self.kept)
        self.refused = Notice(theme, "")
        self.refused.hide()
        self.column.add(self.refused)
        self.coming = FormComing(theme)
        self.coming.taken.connect(self._take_in)
        self.column.add(self.coming)
        self.column.space(theme.px(24))
        self.none = EmptyState(
            theme, self.tr("Nobody has filled it in yet. What is handed in stands here by day.")
        )
        self.column.add(self.none)
        self.scores = FormScores(theme, people=people)
        self.column.add(self.scores)
        self.open_ones = self._section(self.tr("Half filled in"), self._open_filling)
        self.done = self._section(self.tr("Handed in"), self._open_filling)
        self.show_all = Button(theme, self.tr("Show all"), kind="quiet")
        self.show_all.clicked.connect(self._show_everything)
        self.column.add(self.show_all)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._show)
        listen(self, bulletin, self._hear)

    def _section(self, words: str, opened: Callable[[object], None]) -> RowList:
        host = QWidget()
        inner = QVBoxLayout(host)
        inner.setContentsMargins(0, 0, 0, self.theme.px(24))
        inner.setSpacing(self.theme.px(8))
        inner.addWidget(Label(self.theme, words, step="strong", wrap=False))
        rows = RowList(self.theme, name=words)
        rows.opened.connect(opened)
        inner.addWidget(rows)
        self.column.add(host)
        return rows

    # The page in the window

    def page_title(self) -> str:
        """The title of the form."""
        return first_words(self._form.title, 80) if self._form is not None else self.tr("Form")

    def arrive(self, **what: object) -> None:
        """Show one form."""
        form = record_or_back(self._go, what, "form", self._forms.get, otherwise="forms")
        if form is not None:
            if self._form is None or self._form.id != form.id:
                self._clear()
            self.coming.forget()
            self._form = form
            self._all = False
            self._show()
            self.fill.setFocus()

    def _clear(self) -> None:
        """Show nothing of another form while this one is gathered."""
        self._summary = None
        self.about.setText("")
        for rows in (self.open_ones, self.done):
            self._put(rows, ())
        for widget in (self.kept, self.refused, self.none, self.show_all, self.scores):
            widget.hide()

    def _hear(self, refs: frozenset[Ref]) -> None:
        kinds = ("form", "form_version", "filling", "area")
        if self.isVisible() and any(ref.kind in kinds for ref in refs):
            self._again.start()

    def _show(self) -> None:
        """Show what is known by now, and gather the rest beside the window."""
        form = self._form
        if form is None:
            return
        self.head.set_title(form.title)
        self.take_out.show_form(form.id, form.title)

        def gather(_token: object) -> FormSummary:
            with uncollected():
                return self._forms.summary(form.id)

        self._tasks.run(self, gather, self._gathered, self._refused)

    def _gathered(self, found: FormSummary) -> None:
        if self._form is None or found.form.id != self._form.id:
            return
        form = self._form = found.form
        self._summary = found
        self.head.set_title(form.title)
        version = found.version
        self.build.setVisible(version.source_kind != "xform")
        day = short_day(version.made_at.date(), self._today())
        words = self.tr("Version {n}, {day}").format(n=version.number, day=day)
        if version.file_name:
            words = f"{words}, {version.file_name}"
        self.about.setText(f"{form.about}\n{words}" if form.about else words)
        self._show_kept(version.not_supported)
        self.none.setVisible(not found.done and not found.drafts)
        self._put(self.open_ones, found.drafts)
        self._show_done()
        self.scores.show_fillings(found.done)

    def _show_kept(self, not_supported: tuple[str, ...]) -> None:
        """Say what stays in the file and is not worked with, one a line."""
        lines = list(not_supported[:_MOST_KEPT])
        if len(not_supported) > _MOST_KEPT:
            more = self.tr("… and {n} more").format(n=len(not_supported) - _MOST_KEPT)
            lines.append(more)
        self.kept.say("\n".join([self.tr("Some of it stays in the file only:"), *lines]))
        self.kept.setVisible(bool(lines))

    def _show_done(self) -> None:
        done = self._summary.done if self._summary is not None else ()
        shown = done if self._all else done[:_MOST]
        self._put(self.done, shown)
        self.show_all.setVisible(len(done) > len(shown))

    def _put(self, rows: RowList, found: tuple[Scored, ...]) -> None:
        away = RowAction(self.tr("Delete"), "trash-2", self._throw_away)
        rows.set_rows([self._row(one) for one in found], (away,))
        tab_through(rows, rows.rows())
        host = rows.parentWidget()
        if host is not None:
            host.setVisible(bool(found))

    def _row(self, scored: Scored) -> RowWords:
        one = scored.filling
        area = self._people.area_name(one.area_id)
        where = ", ".join(dict.fromkeys(part for part in (one.place, area) if part))
        scores = ", ".join(f"{name} {said(value)}" for name, value in scored.scores)
        day = short_day(one.begun_on, self._today())
        title = f"{day} {clock(one.begun_at)}"
        return RowWords(title, " · ".join(p for p in (where, scores) if p), key=one.id)

    def _show_everything(self) -> None:
        self._all = True
        self._show_done()

    def _fill(self) -> None:
        if self._form is not None:
            self._go.to("fill", filling=self._forms.begin(self._form.id).id)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Bring in a newer version"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.bring_in(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def bring_in(self, path: Path) -> None:
        """Look at the next version in a file, beside the window; nothing is kept yet."""
        form = self._form
        if form is None:
            return

        def look(_token: object) -> tuple[UUID, ComingForm]:
            with uncollected():
                return form.id, self._forms.making.look(path)

        self._tasks.run(self, look, self._looked, self._not_brought)

    def _looked(self, looked: tuple[UUID, ComingForm]) -> None:
        key, coming = looked
        if self._form is not None and self._form.id == key:
            self.refused.hide()
            self.coming.show_form(coming, title=self._form.title)

    def _take_in(self) -> None:
        coming, form = self.coming.coming, self._form
        self.coming.forget()
        if coming is None or form is None:
            return
        ready, into = coming.ready, form.id
        self._tasks.run(
            self,
            lambda _token: self._forms.keep(ready, into=into),
            self._brought,
            self._not_brought,
        )

    def _not_brought(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self.refused.say(self._words(error.key, **error.values))
        self.refused.show()

    def _brought(self, form: Form) -> None:
        self.refused.hide()
        self._go.say(
            self.tr("From now on the newer version is filled in; answers keep their own."),
            undo=lambda: self._take_back(form.id),
        )

    def _take_back(self, form_id: UUID) -> None:
        try:
            self._forms.take_back(form_id)
        except GembaError as error:
            self._go.trouble(error)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def _change(self) -> None:
        if self._form is not None:
            self._go.to("build form", form=self._form.id)

    def _open_filling(self, key: object) -> None:
        self._go.to("fill", filling=key)

    def _throw_away(self, key: object) -> None:
        if isinstance(key, UUID):
            self._go.throw_away(Ref("filling", key), listed=True)
