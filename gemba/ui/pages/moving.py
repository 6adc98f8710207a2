"""Bringing in data from elsewhere, and taking everything along as one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from gemba.domain.errors import GembaError, Locked
from gemba.domain.titles import first_words
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.common import clear
from gemba.ui.pages.kind_words import counted, field_word, kind_word
from gemba.ui.pages.plain_words import reads
from gemba.ui.pages.private_tick import PrivateTick
from gemba.ui.pages.unlock import PassphraseField
from gemba.ui.widgets import Button, CheckBox, Column, Label, Notice, ScrollPage
from gemba.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from gemba.services.arrivals import Arrival, Arrivals, BroughtIn, SameName
    from gemba.services.exports import Exports
    from gemba.ui.go import Go
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme


MOST_CHANGED = 40
LONGEST_FIELD = 200


class MovingPage(QWidget):
    """Looks at a file before anything of it is written; what came in can be taken back whole."""

    def __init__(
        self,
        theme: Theme,
        *,
        arrivals: Arrivals,
        exports: Exports,
        tasks: Tasks,
        go: Go,
        words: Callable[..., str],
        learners: Callable[[], list[tuple[UUID, str]]],
        today: Callable[[], date],
        learners_view: LearnersView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._learners_view = learners_view or LearnersView(self)
        self._arrivals = arrivals
        self._exports = exports
        self._tasks = tasks
        self._go = go
        self._words = words
        self._learners = learners
        self._theme = theme
        self._today = today
        self._arrival: Arrival | None = None
        self.joins: dict[UUID, CheckBox] = {}
        self._path: Path | None = None
        self._looking: CancelToken | None = None
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self._column = Column(theme, gap=8)
        page.add(self._column)
        page.finish()
        self._add_words(theme, self.tr("Bring in data, or take it along"), "title")
        self._column.space(theme.px(16))
        self._build_bring_in(theme)
        self._column.space(theme.px(24))
        self._build_take_along(theme)
        self._column.space(theme.px(24))
        self._build_hand_over(theme)

    def _build_bring_in(self, theme: Theme) -> None:
        self._add_words(theme, self.tr("Bring in"), "strong")
        self._add_words(
            theme,
            self.tr(
                "A file that was taken along from another Gemba: data.json, or a zip where there "
                "are photos. You see what is in it first. Nothing of yours is overwritten; only a "
                "learner’s history may change what is here, and you see each field before."
            ),
        )
        self.choose = self._add_button(theme, self.tr("Choose a file"), "folder-open")
        self.choose.clicked.connect(self._ask_file)
        self.told = Notice(theme, "", kind="plain")
        self.told.acted.connect(self._stop_looking)
        self.told.hide()
        self._column.add(self.told)
        self.passphrase = PassphraseField(theme, self.tr("Passphrase of the file"))
        self.passphrase.setMaximumWidth(theme.px(320))
        self.passphrase.entered.connect(self._open_sealed)
        self._column.add(self.passphrase)
        self.open = self._add_button(theme, self.tr("Open it"), "lock-open")
        self.open.clicked.connect(self._open_sealed)
        self.bring = self._add_button(theme, self.tr("Bring it in"), "", "primary")
        self.bring.clicked.connect(self._bring_in)
        for part in (self.passphrase, self.open, self.bring):
            part.hide()
        self.changes = Column(theme, gap=4)
        self._column.add(self.changes)

    def _show_changes(self, arrival: Arrival) -> None:
        """Tell every field that a handed-over history would change, as it reads and would read."""
        theme = self._theme
        clear(self.changes.body)
        self.joins = {}
        for same in arrival.same:
            self._offer_to_join(same)
        for one in arrival.changed[:MOST_CHANGED]:
            head = f"{kind_word(one.ref.kind)}: {first_words(one.title, 80)}"
            self.changes.add(Label(theme, head, step="strong"))
            for field in one.fields:
                told = self.tr("{field}: {before} becomes {after}").format(
                    field=field_word(field.field, {}),
                    before=_short(field.before),
                    after=_short(field.after),
                )
                self.changes.add(Label(theme, told))
        left = len(arrival.changed) - MOST_CHANGED
        if left > 0:
            said = self.tr("and {n} more records").format(n=left)
            self.changes.add(Label(theme, said, tone="ink_soft"))

    def _offer_to_join(self, same: SameName) -> None:
        """Ask whether somebody of the same name is the same person, and say what would change."""
        theme = self._theme
        words = self.tr("{name} is the {name} you know already").format(name=same.name)
        tick = CheckBox(theme, words)
        self.joins[same.there] = tick
        self.changes.add(tick)
        told = [
            self.tr("{n} records of yours and those of the file then belong to one person.").format(
                n=same.records
            )
        ]
        told += [
            self.tr("{field}: {before} becomes {after}").format(
                field=field_word(one.field, {}), before=_short(one.before), after=_short(one.after)
            )
            for one in same.fields
        ]
        self.changes.add(Label(theme, "\n".join(told), tone="ink_soft"))

    def _build_hand_over(self, theme: Theme) -> None:
        self._add_words(theme, self.tr("Hand a learner over"), "strong")
        self._add_words(
            theme,
            self.tr(
                "The history of one learner for another coach: storyboards, predictions, talks "
                "and their own sheets. Private notes and private sheets stay here. Who brings it "
                "in again later sees field by field what has changed."
            ),
        )
        self.learner = Choice(theme, self.tr("Learner"))
        self.learner.set_options([("", self.tr("Whose history?"))], "")
        self._column.body.addWidget(self.learner, 0, Qt.AlignmentFlag.AlignLeft)
        self.hand = self._add_button(theme, self.tr("Save the history"), "")
        self.learner.chosen.connect(lambda key: self.hand.setEnabled(bool(key)))
        self.hand.clicked.connect(self._ask_history)
        self.handed = Notice(theme, "", kind="plain")
        self.handed.hide()
        self._column.add(self.handed)

    def _ask_history(self) -> None:
        name = dict(self.learner.options())[self.learner.value]
        plain = "".join(one if one.isalnum() else " " for one in name).strip() or "learner"
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the history"),
            f"{' '.join(plain.split())} {self._today():%Y-%m-%d}.zip",
            self.tr("Gemba data (*.zip *.json)"),
            options=_own_dialog(),
        )
        if path:
            self.hand_to(Path(path))

    def hand_to(self, path: Path) -> None:
        """Write the history of the learner who was chosen into one file."""
        learner = UUID(self.learner.value)
        self.hand.setEnabled(False)
        self.handed.say(self.tr("Writing {file}").format(file=path.name))
        self.handed.show()

        def done(written: Path) -> None:
            self.hand.setEnabled(True)
            self.handed.say(self.tr("The history is in {file}.").format(file=str(written)))

        def failed(error: BaseException) -> None:
            self.hand.setEnabled(True)
            if not isinstance(error, GembaError):
                self.handed.hide()
                raise error
            self.handed.say(self._words(error.key, **error.values))

        self._tasks.run(self, lambda _token: self._exports.handover_to(path, learner), done, failed)

    def _build_take_along(self, theme: Theme) -> None:
        self._add_words(theme, self.tr("Take along"), "strong")
        self._add_words(
            theme,
            self.tr(
                "Everything in one file, for another laptop or another program. Backups are made "
                "by themselves; this is not needed for them."
            ),
        )
        self.private = PrivateTick(theme, self._learners_view)
        self._column.body.addWidget(self.private, 0, Qt.AlignmentFlag.AlignLeft)
        said = self.tr(
            "Photos on which you blurred something go along only with these, as they were taken."
        )
        self._column.add(Label(theme, said, step="small", tone="ink_soft"))
        self.save = self._add_button(theme, self.tr("Save as a file"), "")
        self.save.clicked.connect(self._ask_target)
        self.saved = Notice(theme, "", kind="plain")
        self.saved.hide()
        self._column.add(self.saved)

    def _add_words(self, theme: Theme, words: str, step: str = "text") -> None:
        self._column.add(Label(theme, words, step=step))  # type: ignore[arg-type]

    def _add_button(self, theme: Theme, words: str, icon: str, kind: str = "secondary") -> Button:
        button = Button(theme, words, kind=kind, icon=icon)  # type: ignore[arg-type]
        self._column.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Bring in or take along")

    def arrive(self, **what: object) -> None:
        """Begin without a file; with a ``learner``, at handing that one over."""
        self._forget()
        self.saved.hide()
        self.handed.hide()
        self.private.setChecked(False)
        known = [(str(key), name) for key, name in self._learners()]
        self.learner.set_options([("", self.tr("Whose history?")), *known], "")
        wanted = what.get("learner")
        self.learner.set_value(str(wanted) if wanted else "")
        self.hand.setEnabled(bool(self.learner.value))
        first = self.hand if self.learner.value else self.choose
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop looking at a file that is still being read."""
        self._forget()

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a file"),
            "",
            self.tr("Gemba data (*.json *.zip *.gemba)"),
            options=_own_dialog(),
        )
        if path:
            self.look(Path(path))

    def look(self, path: Path, passphrase: str | None = None) -> None:
        """Look at a file and show what is in it; a sealed one may ask for its passphrase."""
        self._forget()
        self._path = path
        self._say(self.tr("Reading {file}").format(file=path.name), self.tr("Stop"))
        self.choose.setEnabled(False)

        def work(token: CancelToken) -> Arrival:
            return self._arrivals.look(
                path, passphrase=passphrase, cancelled=lambda: token.cancelled
            )

        self._looking = self._tasks.run(self, work, self._looked, self._refused)

    def _looked(self, arrival: Arrival) -> None:
        self._looking = None
        self.choose.setEnabled(True)
        self._arrival = arrival if arrival.count else None
        self._say(found_words(self, arrival))
        self._show_changes(arrival)
        self.bring.setVisible(bool(arrival.count))
        if arrival.count:
            self.bring.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException) -> None:
        self._looking = None
        self.choose.setEnabled(True)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        if not isinstance(error, GembaError):
            raise error
        self._say(self._words(error.key, **error.values))
        if isinstance(error, Locked) or error.key == "key.wrong":
            self.passphrase.show()
            self.open.show()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_sealed(self) -> None:
        """Try the passphrase that was typed."""
        if self._path is not None and self.passphrase.text():
            self.look(self._path, self.passphrase.text())

    def _stop_looking(self) -> None:
        self._forget()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._arrival = None
        self.choose.setEnabled(True)
        clear(self.changes.body)
        for part in (self.told, self.bring, self.passphrase, self.open):
            part.hide()
        self.passphrase.empty()

    def _bring_in(self) -> None:
        arrival, self._arrival = self._arrival, None
        if arrival is None:
            return
        self.bring.hide()
        join = frozenset(key for key, tick in self.joins.items() if tick.isChecked())
        self._say(self.tr("Bringing it in, after a backup"))

        def done(brought: BroughtIn) -> None:
            self.told.hide()
            clear(self.changes.body)
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go.say(
                self.tr("{file} was brought in.").format(file=arrival.file),
                lambda: self._arrivals.take_back(brought),
            )

        self._tasks.run(
            self, lambda _token: self._arrivals.bring_in(arrival, join), done, self._refused
        )

    def _say(self, sentence: str, action: str = "") -> None:
        self.told.say(sentence, action)
        self.told.show()

    def _ask_target(self) -> None:
        name = f"Gemba {self._today():%Y-%m-%d}.zip"
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save as a file"),
            name,
            self.tr("Gemba data (*.zip *.json)"),
            options=_own_dialog(),
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write everything into one file."""
        private = self.private.isChecked()
        self.save.setEnabled(False)
        self.saved.say(self.tr("Writing {file}").format(file=path.name))
        self.saved.show()

        def work(_token: CancelToken) -> tuple[Path, int]:
            return self._exports.data_to(path, private=private), self._exports.blurred_photos()

        def done(result: tuple[Path, int]) -> None:
            written, blurred = result
            self.save.setEnabled(True)
            said = self.tr("Everything is in {file}.").format(file=str(written))
            if blurred:
                key = "export.blurred_along" if private else "export.blurred_stay"
                said = f"{said} {self._words(key, count=blurred)}"
            self.saved.say(said)

        def failed(error: BaseException) -> None:
            self.save.setEnabled(True)
            if not isinstance(error, GembaError):
                self.saved.hide()
                raise error
            self.saved.say(self._words(error.key, **error.values))

        self._tasks.run(self, work, done, failed)


def found_words(page: QWidget, arrival: Arrival) -> str:
    """Say what a file holds: how much of it is new here, by kind."""
    if not arrival.count:
        return page.tr("Everything in {file} is here already.").format(file=arrival.file)
    if not arrival.new:
        return _changed_words(page, arrival)
    kinds = [counted(kind, count) for kind, count in arrival.new.items()]
    if arrival.photos:
        one, many = page.tr("1 photo"), page.tr("{n} photos")
        kinds.append(one if arrival.photos == 1 else many.format(n=arrival.photos))
    # A number does not part from what it counts.
    listed = ", ".join(words.replace(" ", "\N{NO-BREAK SPACE}") for words in kinds)
    new = page.tr("New here from {file}: {kinds}.").format(file=arrival.file, kinds=listed)
    if arrival.changed:
        new = f"{new} {_changed_words(page, arrival)}"
    if not arrival.known:
        return new
    return new + " " + page.tr("{n} records are here already and stay.").format(n=arrival.known)


def _changed_words(page: QWidget, arrival: Arrival) -> str:
    one = page.tr("In the history of {name} 1 record would read otherwise:")
    many = page.tr("In the history of {name} {n} records would read otherwise:")
    count = len(arrival.changed)
    return (one if count == 1 else many).format(name=arrival.learner, n=count)


def _short(value: object) -> str:
    """Return how a value reads in one line; its whole text stands in the record."""
    if not isinstance(value, str | list | dict) and value is not None:
        return str(value)
    return first_words(reads(value), LONGEST_FIELD)


def _own_dialog() -> QFileDialog.Option:
    """Use Qt's own file dialog where the system has none."""
    if QApplication.platformName() == "offscreen":
        return QFileDialog.Option.DontUseNativeDialog
    return QFileDialog.Option(0)
