"""Safety: what is kept where, how old it is, whether it was proved, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.backup import BackupPoint, Drill, Safety, SecondPlace
from gemba.ui.pages.safety_points import PointList
from gemba.ui.pages.safety_words import ago, amount, holds, in_plain, moment
from gemba.ui.widgets import Button, Column, Label, Notice, ScrollPage

if TYPE_CHECKING:
    from gemba.services.backups import Backups
    from gemba.services.recorder import SaveState
    from gemba.ui.theme import Theme


class SafetyPage(QWidget):
    """One calm page: saved, backed up, proved, in a second place, and back to an earlier state."""

    def __init__(
        self,
        theme: Theme,
        *,
        backups: Backups,
        folder: Path,
        restore: Callable[[str], None],
        words: Callable[..., str],
        saved: Callable[[], SaveState],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._backups = backups
        self._folder = folder
        self._restore = restore
        self._words = words
        self._saved = saved
        self._now = now
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self._column = Column(theme, gap=8)
        page.add(self._column)
        page.finish()
        self._build()
        stop = backups.listen(self._show)
        self.destroyed.connect(lambda: stop())

    def _build(self) -> None:
        column, theme = self._column, self.theme
        column.add(Label(theme, self.tr("Safety"), step="title"))
        self.saved = Label(theme)
        column.add(self.saved)
        self.trouble = Notice(theme, "", kind="stop")
        column.add(self.trouble)
        self._head(self.tr("Backups"))
        self.last = Label(theme)
        column.add(self.last)
        self.make = self._buttons(Button(theme, self.tr("Back up now"), icon="archive"))[0]
        self.make.clicked.connect(lambda: self._backups.make_soon())
        self._rule()
        self._head(self.tr("Go back to an earlier state"))
        self.none = Label(
            theme, self.tr("Each backup will stand here with its time."), tone="ink_soft"
        )
        column.add(self.none)
        self.points = PointList(theme, now=self._now)
        self.points.restore_asked.connect(self._bring_back)
        column.add(self.points)
        self._build_proof()
        self._build_second()

    def _build_proof(self) -> None:
        column, theme = self._column, self.theme
        self._head(self.tr("Do they work?"))
        self.proof = Label(theme)
        column.add(self.proof)
        self.found = Notice(theme, "", kind="good")
        column.add(self.found)
        self.prove = self._buttons(Button(theme, self.tr("Prove it"), icon="check"))[0]
        self.prove.clicked.connect(self._prove)

    def _build_second(self) -> None:
        column, theme = self._column, self.theme
        self._head(self.tr("A second place"))
        self.second = Label(theme)
        column.add(self.second)
        self.plain = Notice(theme, "")
        column.add(self.plain)
        self.choose, self.forget = self._buttons(
            Button(theme, self.tr("Choose a folder"), icon="folder-open"),
            Button(theme, self.tr("No second place"), kind="quiet"),
        )
        self.choose.clicked.connect(self._choose)
        self.forget.clicked.connect(lambda: self._backups.choose_second(None))

    def _head(self, words: str) -> None:
        self._column.space(self.theme.px(24))
        self._column.add(Label(self.theme, words, step="strong"))

    def _rule(self) -> None:
        self._column.add(
            Label(
                self.theme,
                self.tr(
                    "Gemba makes one every 30 minutes when something changed, and before anything "
                    "large. It keeps all of 48 hours, then one of each of 12 days, 10 weeks and "
                    "9 months. They lie in the folder backups beside your data: {folder}"
                ).format(folder=self._folder),
                step="small",
                tone="ink_soft",
            )
        )

    def _buttons(self, *buttons: Button) -> tuple[Button, ...]:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._column.body.addLayout(row)
        return buttons

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Safety")

    def arrive(self, **what: object) -> None:
        """Show what is known now, and look again."""
        self._show(self._backups.safety)
        self._backups.look()

    def _show(self, safety: Safety) -> None:
        self.saved.setText(self._saved_words())
        self._show_trouble(safety)
        self.last.setText(self._last_words(safety))
        busy = bool(safety.doing)
        self.make.setEnabled(not busy)
        self.prove.setEnabled(not busy and safety.newest is not None)
        self._show_proof(safety)
        self._show_second(safety.second)
        self._show_plain(safety)
        everything = (*safety.points, *safety.elsewhere)
        self.none.setVisible(not everything)
        self.points.setVisible(bool(everything))
        self.points.show_points(everything, enabled=not busy)

    def _saved_words(self) -> str:
        state = self._saved()
        if state.trouble is not None:
            return self.tr("What you wrote last is not on the disk yet. Gemba goes on trying.")
        if state.saved_at is None:
            return self.tr("Everything you wrote is on this laptop.")
        return self.tr("Everything you wrote is on this laptop, saved {when}.").format(
            when=ago(state.saved_at, self._now())
        )

    def _show_trouble(self, safety: Safety) -> None:
        trouble = safety.trouble
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.say(self._words(trouble.key, **trouble.values))

    def _last_words(self, safety: Safety) -> str:
        if safety.doing == "backup":
            return self.tr("A backup is being made and checked.")
        if safety.newest is None:
            return self.tr(
                "There is no backup yet. The first is made as soon as you write something."
            )
        said = self.tr("The last backup was made {when} and every row in it was checked: {holds}.")
        words = said.format(
            when=ago(safety.newest.made_at, self._now()), holds=holds(safety.newest)
        )
        if safety.changed or safety.points[0].partial:
            return words
        return self.tr("{words} Nothing has changed since.").format(words=words)

    def _show_proof(self, safety: Safety) -> None:
        self.proof.setText(
            self.tr("The backup is being brought back into an empty folder and compared.")
            if safety.doing == "drill"
            else self.tr(
                "Gemba brings the last backup back into an empty folder, reads every record and "
                "every photo, and compares. Your data stay as they are."
            )
        )
        found = safety.drill
        self.found.setVisible(found is not None and safety.doing != "drill")
        if found is not None:
            self.found.kind = "good" if found.sound else "stop"
            self.found.say(self._found_words(found, safety.points))

    def _found_words(self, found: Drill, points: tuple[BackupPoint, ...]) -> str:
        now = self._now()
        proved = next((point for point in points if point.name == found.name), None)
        which = moment(proved.made_at, now) if proved is not None else found.name
        if not found.sound:
            key, values = found.trouble[0]
            return self.tr("The backup of {which} does not bring everything back. {first}").format(
                which=which, first=self._words(key, **values)
            )
        return self.tr(
            "Proved {when}: the backup of {which} brings everything back as it was written, "
            "{amount}, in {seconds} s."
        ).format(
            when=ago(found.at, now),
            which=which,
            amount=amount(found.records, found.photos),
            seconds=f"{found.seconds:.1f}",
        )

    def _show_second(self, second: SecondPlace | None) -> None:
        self.forget.setVisible(second is not None)
        self.choose.setText(
            self.tr("Choose a folder") if second is None else self.tr("Choose another folder")
        )
        self.second.setText(self._second_words(second))

    def _second_words(self, second: SecondPlace | None) -> str:
        if second is None:
            return self.tr(
                "When the laptop is lost, its backups are lost with it. Choose a folder on a stick "
                "or a share, and every backup goes there too."
            )
        if not second.there:
            waiting = (
                self.tr("1 backup waits") if second.missing == 1 else self.tr("{n} backups wait")
            )
            return self.tr("{folder} is not there now. {waiting} for it to come back.").format(
                folder=second.folder, waiting=waiting.format(n=second.missing)
            )
        if second.missing:
            lacking = self.tr("1 backup") if second.missing == 1 else self.tr("{n} backups")
            return self.tr("{folder} still lacks {lacking}.").format(
                folder=second.folder, lacking=lacking.format(n=second.missing)
            )
        when = ago(second.caught_up_at, self._now()) if second.caught_up_at else ""
        return self.tr("{folder} has every backup, checked {when}.").format(
            folder=second.folder, when=when
        )

    def _show_plain(self, safety: Safety) -> None:
        """Name the backups elsewhere that a passphrase does not cover yet."""
        places = [*((safety.second,) if safety.second is not None else ()), *safety.before]
        said = [in_plain(place, self._now()) for place in places if place.plain]
        self.plain.setVisible(bool(said))
        if said:
            self.plain.say("\n".join(said))

    def _prove(self) -> None:
        newest = self._backups.safety.newest
        if newest is not None:
            self._backups.prove(newest.name)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where should copies go?"))
        if chosen:
            self._backups.choose_second(Path(chosen))

    def _bring_back(self, name: str) -> None:
        self.points.setEnabled(False)
        self._restore(name)
