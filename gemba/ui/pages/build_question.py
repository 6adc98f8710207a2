"""One question while a form is built: its words, how it is answered, when, and within what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.form_building import Place, as_kind, changed, item_at
from gemba.domain.form_languages import choices_in, text_in, with_choices_in, with_text
from gemba.domain.form_plan import ACTS_AFTER, CHOOSING, NEVER, OUTER, FormPlan, Item
from gemba.domain.titles import first_words
from gemba.ui.autosave import Autosave
from gemba.ui.pages.build_fields import put
from gemba.ui.pages.build_limits import BuildLimits
from gemba.ui.pages.build_when import BuildWhen
from gemba.ui.widgets import Button, CheckBox, Field, FlowLayout, Label, PhotoStrip, TextField
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.ui.pages.fill_editor import EditorParts
    from gemba.ui.theme import Theme

_YES = frozenset({"yes", "true", "true()"})
_UNSCORED = (*OUTER, "note", "image", "text", "rank")


class BuildQuestion(QWidget):
    """Shows one item of a plan; ``built`` hands on the plan as it is with what was changed.

    ``photographed`` hands on files or a picture of how it should be.
    """

    built = Signal(object)
    photographed = Signal(object)

    def __init__(self, theme: Theme, parts: EditorParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._source = parts.photo_source
        self._plan: FormPlan | None = None
        self._place: Place = ()
        self._language = 0
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._build_words()
        self.limits = BuildLimits(theme)
        self.when = BuildWhen(theme)
        column.addWidget(self.limits)
        column.addWidget(self.when)
        self._build_further(parts)
        column.addStretch(1)
        self.limits.changed.connect(self._change)
        self.when.changed.connect(self._change)
        self._autosave = Autosave(self.label, self._save)
        for field in (
            self.hint,
            self.choices,
            self.count,
            self.formula,
            self.score,
            *self.limits.fields,
            *self.when.fields,
        ):
            self._autosave.bind(field)

    def _build_words(self) -> None:
        theme, tr = self.theme, self.tr
        self.label = TextField(theme, tr("Question"), question=tr("What do you ask?"))
        self.hint = Field(theme, tr("Hint"), question=tr("What helps to answer it?"))
        self.kind = Choice(theme, tr("How it is answered"))
        self.needed = CheckBox(theme, tr("An answer is needed"))
        self.choices = TextField(
            theme, tr("Choices, one a line"), question=tr("Yes"), lines=3, name=tr("Choices")
        )
        self.other = CheckBox(theme, tr("Or something else, in words"))
        self.count = Field(
            theme, tr("How many times"), question=tr("As often as whoever fills it in wants")
        )
        self._column.addWidget(self.label)
        self._column.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.kind)
        row.addWidget(self.needed)
        row.addStretch(1)
        self._column.addLayout(row)
        for widget in (self.choices, self.other, self.count):
            self._column.addWidget(widget)
        self.kind.chosen.connect(self._set_kind)
        self.needed.clicked.connect(
            lambda on: self._change(lambda one: replace(one, required="yes" if on else ""))
        )
        self.other.clicked.connect(
            lambda on: self._change(lambda one: replace(one, or_other=bool(on)))
        )

    def _build_further(self, parts: EditorParts) -> None:
        theme, px, tr = self.theme, self.theme.px, self.tr
        self.formula = Field(theme, tr("Worked out by the formula"), question="${a} + ${b}")
        self._column.addWidget(self.formula)
        self.more = Button(theme, tr("More about this question"), kind="quiet", checkable=True)
        self.more.clicked.connect(lambda _on: self._show_again())
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.further = QWidget()
        column = QVBoxLayout(self.further)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.acting = QWidget()
        row = FlowLayout(self.acting, gap=px(8), centred=True)
        row.addWidget(Label(theme, tr("Offer a promise or an observation"), wrap=False))
        self.action = Choice(theme, tr("Offer a promise or an observation"))
        row.addWidget(self.action)
        self.score = Field(theme, tr("Counts as the score"), question=tr("Not scored"))
        self.standard = PhotoStrip(theme, add_words=tr("Photo of the standard"), tasks=parts.tasks)
        self.name = Label(theme, "", step="small", tone="ink_soft")
        for widget in (self.acting, self.score, self.standard, self.name):
            column.addWidget(widget)
        self._column.addWidget(self.further)
        self.action.chosen.connect(self._set_action)
        self.standard.files_added.connect(lambda paths: self.photographed.emit(paths))
        self.standard.picture_added.connect(lambda picture: self.photographed.emit(picture.copy()))
        self.standard.removed.connect(lambda _key: self.set_standard(""))

    # What is shown

    def show_item(self, plan: FormPlan, place: Place, item: Item, language: int = 0) -> None:
        """Show an item in one language; a field that is being written in keeps its words."""
        fresh = place != self._place or self._plan is None or language != self._language
        self._plan, self._place, self._language = plan, place, language
        outer = item.kind in OUTER
        self.label.set_label(self.tr("Name of the group") if outer else self.tr("Question"))
        put(self.label, text_in(item.labels, language), fresh)
        put(self.hint, text_in(item.hints, language), fresh)
        put(self.choices, choices_in(plan, item, language), fresh)
        put(self.count, item.count, fresh)
        put(self.formula, item.calculation, fresh)
        put(self.score, item.score, fresh)
        ways = self.kinds()
        # A way that is only kept in the file.
        if item.kind not in dict(ways):
            ways.append((item.kind, item.kind))
        self.kind.set_options(ways, item.kind)
        self.needed.setChecked(item.required.strip().casefold() in _YES)
        self.other.setChecked(item.or_other)
        self.hint.setVisible(not outer)
        self.needed.setVisible(not outer and item.kind not in ("note", "calculate"))
        self.choices.setVisible(item.kind in CHOOSING)
        self.other.setVisible(item.kind in ("select_one", "select_multiple"))
        self.count.setVisible(item.kind == "repeat")
        self.formula.setVisible(item.kind == "calculate" or bool(item.calculation))
        self.score.setVisible(item.kind not in _UNSCORED)
        self.standard.setVisible(item.kind not in (*OUTER, "calculate"))
        self.name.setText(self.tr("In formulas: {name}").format(name=f"${{{item.name}}}"))
        self.name.setVisible(not outer)
        if fresh:
            self.more.setChecked(bool(item.score or item.standard_photo))
        rare = self.more.isChecked()
        self.more.setVisible(not outer)
        self.further.setVisible(rare and not outer)
        self.limits.show_item(item, fresh=fresh, language=language, rare=rare)
        self.when.show_item(plan, place, item, fresh=fresh)
        self._show_action(plan, item)
        self._show_standard(item)

    def kinds(self) -> list[tuple[str, str]]:
        """Return the ways to answer, with their words."""
        tr = self.tr
        return [
            ("select_one", tr("One choice")),
            ("select_multiple", tr("Several choices")),
            ("text", tr("Words")),
            ("integer", tr("Whole number")),
            ("decimal", tr("Number")),
            ("range", tr("A number on a scale")),
            ("date", tr("Day")),
            ("time", tr("Time")),
            ("dateTime", tr("Day and time")),
            ("image", tr("Photo")),
            ("rank", tr("An order")),
            ("acknowledge", tr("A tick")),
            ("note", tr("Nothing, it is read")),
            ("calculate", tr("A formula works it out")),
            ("group", tr("A group of questions")),
            ("repeat", tr("A group asked again and again")),
        ]

    def _show_action(self, plan: FormPlan, item: Item) -> None:
        listed = plan.lists.get(item.list_name, ())
        self.acting.setVisible(item.kind in ("select_one", "select_multiple") and bool(listed))
        options = [(NEVER, self.tr("never"))]
        after = self.tr("after “{answer}”")
        options += [
            (one.name, after.format(answer=first_words(text_in(one.labels, 0) or one.name, 30)))
            for one in listed
        ]
        chosen = item.action or ACTS_AFTER
        if item.action and chosen not in dict(options):
            options.append((chosen, after.format(answer=chosen)))
        self.action.set_options(options, chosen)

    def _show_standard(self, item: Item) -> None:
        photo = item.standard_photo
        source = self._source(photo) if photo else ""
        words = self.tr("How it should be")
        self.standard.set_photos([(photo, source, words)] if source else [])
        self.standard.adder.setText(
            self.tr("Another photo instead") if photo else self.tr("Photo of the standard")
        )

    def _show_again(self) -> None:
        item = item_at(self._plan, self._place) if self._plan is not None else None
        if self._plan is not None and item is not None:
            self.show_item(self._plan, self._place, item, self._language)

    def forget(self) -> None:
        """Show the next item anew, whatever stands in the fields."""
        self._autosave.drop()
        self._plan = None

    # What is changed

    def set_standard(self, photo: str) -> None:
        """Show a photo of how it should be with the question, or none."""
        self._change(lambda one: replace(one, standard_photo=photo))

    def _change(self, change: Callable[[Item], Item]) -> None:
        if self._plan is not None:
            self.built.emit(changed(self._plan, self._place, change))

    def _set_action(self, key: str) -> None:
        # What goes without saying stays out of the file, where it would be a column of ours.
        self._change(lambda one: replace(one, action="" if key == ACTS_AFTER else key))

    def _set_kind(self, kind: str) -> None:
        if self._plan is not None:
            self.built.emit(as_kind(self._plan, self._place, kind))

    def _save(self, _visit: str) -> None:
        plan = self._plan
        if plan is None:
            return

        def take(one: Item) -> Item:
            one = replace(
                one,
                labels=with_text(one.labels, self._language, self.label.text()),
                hints=with_text(one.hints, self._language, self.hint.text()),
                calculation=self.formula.text(),
                score=self.score.text(),
                count=self.count.text(),
            )
            return self.when.take(self.limits.take(one))

        made = changed(plan, self._place, take)
        if self.choices.isVisibleTo(self) and self.choices.changed():
            made = with_choices_in(made, self._place, self.choices.text(), self._language)
        if made != plan:
            self.built.emit(made)
