"""Building a form: its questions on one side, the form as it is filled in on the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.form_building import Line, Place, added, item_at, moved, outline, renamed, without
from gemba.domain.form_languages import in_language, text_in, with_languages
from gemba.domain.form_plan import FormPlan
from gemba.domain.form_words import plain_words
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.pages.build_frame import BuildFrame
from gemba.ui.pages.build_preview import BuildPreview
from gemba.ui.pages.fill_editor import EditorParts
from gemba.ui.pages.photo_taking import photo_reader
from gemba.ui.widgets import RowWords
from gemba.ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from gemba.domain.form import Form
    from gemba.services.drafts import Drafts
    from gemba.services.forms import Forms
    from gemba.services.walks import Walks
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme

_MOST_UNDO = 200


class BuildFormPage(BuildFrame):
    """Every change can be taken back; what is built is kept until it becomes a version."""

    def __init__(
        self,
        theme: Theme,
        *,
        forms: Forms,
        walks: Walks,
        drafts: Drafts,
        tasks: Tasks,
        words: Callable[..., str],
        go: Go,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        parts = EditorParts(today, walks.photo_source, tasks)
        preview = BuildPreview(theme, forms=forms, tasks=tasks, words=words, parts=parts)
        super().__init__(theme, preview=preview, parts=parts, parent=parent)
        self._forms = forms
        self._walks = walks
        self._drafts = drafts
        self._tasks = tasks
        self._words = words
        self._go = go
        self.plan = FormPlan(title="", form_id="")
        self.at: Place = ()
        self._into: UUID | None = None
        self._undo: list[FormPlan] = []
        self._redo: list[FormPlan] = []
        self.language = 0
        self._listen()

    def _listen(self) -> None:
        """Connect what stands on the page with what it does."""
        for button, run in (
            (self.back, self.undo),
            (self.on, self.redo),
            (self.keep, self._keep),
            (self.drop, self._drop),
            (self.add_group, lambda: self.add("group")),
            (self.add_repeat, lambda: self.add("repeat")),
            (self.up, lambda: self.shift(-1)),
            (self.down, lambda: self.shift(1)),
            (self.away, self.remove),
        ):
            button.clicked.connect(run)
        named = Autosave(self.title, lambda _visit: self._rename())
        named.bind(self.languages)
        Autosave(self.new, lambda _visit: self._remember())
        self.title.entered.connect(lambda: self.new.line.setFocus())
        self.new.entered.connect(lambda: self.add("select_one"))
        self.rows.opened.connect(lambda key: self.choose(tuple(key)))
        self.spoken.chosen.connect(self._speak)
        self.question.built.connect(self._built)
        self.question.photographed.connect(self._photograph)
        for keys, run in (("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo)):
            made = QShortcut(QKeySequence(keys), self)
            made.activated.connect(run)

    # The page in the window

    def page_title(self) -> str:
        """The title of the form."""
        return first_words(self.plan.title, 80) or self.tr("Build a form")

    def arrive(self, **what: object) -> None:
        """Build a new form, or the next version of one; what was begun is gone on with."""
        form = what.get("form")
        self._into = form if isinstance(form, UUID) else None
        self._undo, self._redo = [], []
        self.at = ()
        left = self._drafts.read(self._draft_name())
        self.new.set_text(left.get("new", ""))
        held = self._forms.plan_from(left.get("plan", ""))
        if held is not None:
            self._show(held, fresh=True)
        elif self._into is None:
            self._show(FormPlan(title="", form_id=""), fresh=True)
        else:
            self._open(self._into)
        first = self.title if not self.plan.title else self.new
        first.line.setFocus()

    def _open(self, form_id: UUID) -> None:
        try:
            version = self._forms.newest(form_id)
        except GembaError as error:
            self._go.trouble(error)
            self._go.back()
            return
        self._show(FormPlan(title=version.title, form_id=""), fresh=True)
        self.setEnabled(False)

        def opened(plan: FormPlan | None) -> None:
            self.setEnabled(True)
            if plan is None:
                self._go.trouble(BadInput("form_answers.no_xlsform"))
                self._go.back()
                return
            self._show(plan if plan.title else renamed(plan, version.title), fresh=True)
            self.new.line.setFocus()

        self._tasks.run(self, lambda _token: self._forms.plan_of(version), opened, self._not_opened)

    def _not_opened(self, error: BaseException) -> None:
        self.setEnabled(True)
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)
        self._go.back()

    def leave(self) -> None:
        """Hand over what is being typed."""
        hand_over(self)

    def _draft_name(self) -> str:
        return f"build.{self._into.hex if self._into is not None else 'new'}"

    # Changing

    def _built(self, plan: object) -> None:
        self.unkept.hide()
        if isinstance(plan, FormPlan) and plan != self.plan:
            self._undo = [*self._undo, self.plan][-_MOST_UNDO:]
            self._redo = []
            self._show(plan)
            self._remember()

    def _remember(self) -> None:
        plan = self._forms.plan_text(self.plan)
        self._drafts.keep(self._draft_name(), plan=plan, new=self.new.text())

    def undo(self) -> None:
        """Take the last change back."""
        hand_over(self)
        if self._undo:
            self._redo.append(self.plan)
            self._show(self._undo.pop(), fresh=True)
            self._remember()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._redo:
            self._undo.append(self.plan)
            self._show(self._redo.pop(), fresh=True)
            self._remember()

    def _rename(self) -> None:
        names = self.languages.text().split(",")
        self._built(with_languages(renamed(self.plan, self.title.text()), names))

    def _speak(self, language: str) -> None:
        """Write in another of the languages from now on."""
        hand_over(self)
        self.language = int(language)
        self._show(self.plan, fresh=True)

    def _photograph(self, what: object) -> None:
        """Take in a photo of how it should be, beside the window."""
        plan, place = self.plan, self.at
        read, name = photo_reader(what, whole=self._walks.keeps_whole_photos())

        def came(photo: str) -> None:
            held = item_at(plan, place)
            if held is not None and self.at == place and held == item_at(self.plan, place):
                self.question.set_standard(photo)

        self._tasks.run(
            self, lambda _token: self._forms.take_photo(read(), name), came, self._photo_refused
        )

    def _photo_refused(self, error: BaseException) -> None:
        if not isinstance(error, GembaError):
            raise error
        self._go.trouble(error)

    def add(self, kind: str) -> None:
        """Add what was typed behind the item that is chosen, or inside a chosen group."""
        hand_over(self)
        words = self.new.text().strip()
        if not words:
            self.new.say(self.tr("Write its words first."))
            self.new.line.setFocus()
            return
        self.new.say("")
        plan, place = added(self.plan, words, kind, self.at)
        self.new.set_text("")
        self.at = place
        self._built(plan)
        self.new.line.setFocus()

    def choose(self, place: Place) -> None:
        """Show one item to be changed."""
        hand_over(self)
        self.at = place
        self._show(self.plan, fresh=True)
        self.question.label.edit.setFocus()
        # Once it is laid out, where a window without room for both shows it below.
        QTimer.singleShot(0, self.question, self.bring_into_view)

    def shift(self, by: int) -> None:
        """Move the chosen item up or down."""
        hand_over(self)
        plan, self.at = moved(self.plan, self.at, by)
        self._built(plan)

    def remove(self) -> None:
        """Take the chosen item away with what it holds; Undo brings it back."""
        hand_over(self)
        plan = without(self.plan, self.at)
        self.at = ()
        self._built(plan)
        self._go.say(self.tr("Taken away."), self.undo)

    # What is shown

    def _show(self, plan: FormPlan, *, fresh: bool = False) -> None:
        self.plan = plan
        for field, text in ((self.title, plan.title), (self.languages, ", ".join(plan.languages))):
            if fresh or not field.line.hasFocus():
                field.set_text(text)
        self.language = min(self.language, max(0, len(plan.languages) - 1))
        self.spoken.setVisible(len(plan.languages) > 1)
        if len(plan.languages) > 1:
            options = [(str(number), name) for number, name in enumerate(plan.languages)]
            self.spoken.set_options(options, str(self.language))
        kinds = dict(self.question.kinds())
        self.rows.set_rows([self._row(line, kinds) for line in outline(plan, self.at)])
        tab_through(self.rows, self.rows.rows())
        item = item_at(plan, self.at) if self.at else None
        self.chosen.setVisible(item is not None)
        if item is not None:
            if fresh:
                self.question.forget()
            self.question.show_item(plan, self.at, item, self.language)
        self.back.setEnabled(bool(self._undo))
        self.on.setEnabled(bool(self._redo))
        self.preview.show_plan(in_language(plan, self.language), self.at)

    def _row(self, line: Line, kinds: dict[str, str]) -> RowWords:
        place, one = line.place, line.item
        indent = "\u2003" * (len(place) - 1)
        if line.left_out:
            more = self.tr("… {n} more").format(n=line.left_out)
            return RowWords(f"{indent}{more}", key=place, bold=False)
        said = text_in(one.labels, self.language) or text_in(one.labels, 0)
        words = first_words(plain_words(said) or one.name, 70) or one.name
        told = []
        if one.items:
            told.append(self.tr("{n} questions").format(n=len(one.items)))
        if one.relevant.strip():
            told.append(self.tr("asked sometimes"))
        if one.required.strip():
            told.append(self.tr("needed"))
        small = indent + " · ".join([kinds.get(one.kind, one.kind), *told])
        return RowWords(f"{indent}{words}", small, key=place, bold=place == self.at)

    # Keeping

    def _keep(self) -> None:
        hand_over(self)
        if not self.plan.title.strip():
            self.title.say(self.tr("A few words by which you find it again."))
            self.title.line.setFocus()
            return
        self.title.say("")
        plan, into = self.plan, self._into
        self.keep.setEnabled(False)
        self._tasks.run(
            self,
            lambda _token: self._forms.keep_draft(plan, into=into),
            self._kept,
            self._not_kept,
        )

    def _kept(self, form: Form) -> None:
        self.keep.setEnabled(True)
        name, into, plan = self._draft_name(), self._into, self.plan
        self._drafts.drop(name)
        self._go.to("form", form=form.id)

        def go_on() -> None:
            """Take the version back, and go on building where it was kept."""
            try:
                self._forms.take_back(form.id)
            except GembaError as error:
                self._go.trouble(error)
                return
            self._drafts.keep(name, plan=self._forms.plan_text(plan), new="")
            self._go.to("build form", **({"form": into} if into is not None else {"new": True}))

        said = self.tr("Kept: {title}")
        if into is not None:
            said = self.tr("Kept. From now on this version is filled in; answers keep their own.")
        self._go.say(said.format(title=form.title), go_on)

    def _not_kept(self, error: BaseException) -> None:
        self.keep.setEnabled(True)
        if not isinstance(error, GembaError):
            raise error
        self.unkept.say(self._words(error.key, **error.values))
        self.unkept.show()

    def _drop(self) -> None:
        """Forget what was built since the form was opened; Undo brings it back as it was left."""
        hand_over(self)
        into, name = self._into, self._draft_name()
        left = self._drafts.read(name)
        self._drafts.drop(name)
        if into is not None:
            self._go.to("form", form=into)
        else:
            self._go.to("forms")

        def bring_back() -> None:
            self._drafts.keep(name, **left)
            self._go.to("build form", **({"form": into} if into is not None else {}))

        if left:
            self._go.say(self.tr("Left as it was."), bring_back)
