"""Which way to answer suits a question, and the picture as an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from gemba.domain.form_view import FormQuestion
from gemba.ui.pages.fill_choosing import ButtonsEditor, ListEditor, TickEditor
from gemba.ui.pages.fill_editor import Editor, EditorParts
from gemba.ui.pages.fill_finding import FindEditor
from gemba.ui.pages.fill_ranking import RankEditor
from gemba.ui.pages.fill_writing import MomentEditor, NumberEditor, TextEditor
from gemba.ui.widgets import PhotoStrip

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_BUTTONS: Final = 7
"""So many choices stand side by side as large buttons; more stand below each other."""
_BUTTON_LETTERS: Final = 34
_LISTED: Final = 12
"""So many stand below each other; among more it is quicker to find one by a few letters."""


class PhotoEditor(Editor):
    """A picture as the answer."""

    def __init__(self, theme: Theme, question: FormQuestion, parts: EditorParts) -> None:
        super().__init__(theme)
        self._source = parts.photo_source
        self.strip = PhotoStrip(theme, tasks=parts.tasks)
        self.column.addWidget(self.strip)
        self.setFocusProxy(self.strip.adder)
        self.strip.files_added.connect(self.files_added)
        self.strip.picture_added.connect(self.picture_added)
        self.strip.removed.connect(lambda _key: self.given.emit(""))
        self._label = question.plain

    def show_answer(self, question: FormQuestion) -> None:
        """Show the picture."""
        photo = question.photo
        self.strip.set_photos([(photo, self._source(photo), self._label)] if photo else [])
        self.strip.set_read_only(question.read_only)
        self.strip.adder.setText(self.tr("Another photo instead") if photo else self.tr("Photo"))


def editor_for(theme: Theme, question: FormQuestion, parts: EditorParts) -> Editor:
    """Return the editor that suits a question and its choices."""
    way = way_of(question)
    if way is MomentEditor:
        return MomentEditor(theme, question, parts)
    if way is PhotoEditor:
        return PhotoEditor(theme, question, parts)
    return _PLAIN[way](theme, question)


def way_of(question: FormQuestion) -> type[Editor]:
    """Return the kind of editor a question has; with other choices it may be another one."""
    if question.kind == "range":
        return ButtonsEditor if question.choices else NumberEditor
    if question.kind in ("one", "several") and len(question.choices) > _LISTED:
        return FindEditor
    if question.kind != "one":
        return _WAYS.get(question.kind, TextEditor)
    short = all(len(one.words) <= _BUTTON_LETTERS for one in question.choices)
    return ButtonsEditor if len(question.choices) <= _BUTTONS and short else ListEditor


_WAYS: Final[dict[str, type[Editor]]] = {
    "integer": NumberEditor,
    "decimal": NumberEditor,
    "date": MomentEditor,
    "time": MomentEditor,
    "datetime": MomentEditor,
    "several": ListEditor,
    "rank": RankEditor,
    "acknowledge": TickEditor,
    "image": PhotoEditor,
}
_PLAIN: Final[dict[type[Editor], Callable[[Theme, FormQuestion], Editor]]] = {
    one: one
    for one in (
        TextEditor, NumberEditor, ButtonsEditor, ListEditor, FindEditor, RankEditor, TickEditor,
    )
}  # fmt: skip
