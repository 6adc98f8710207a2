"""Settings: your name, light or dark, and where your data lives; none is needed to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.services.recorder import WHOLE_PHOTOS
from gemba.ui.autosave import Autosave, hand_over
from gemba.ui.widgets import (
    Button,
    CheckBox,
    Column,
    Field,
    Label,
    RowList,
    RowWords,
    ScrollPage,
    Segmented,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gemba.services.recorder import Recorder
    from gemba.services.vocabularies import Vocabularies
    from gemba.ui.go import Go
    from gemba.ui.pages.passphrase import PassphraseSection
    from gemba.ui.theme import Theme

LOOKS = ("system", "light", "dark")


def _doors(page: QWidget) -> list[RowWords]:
    return [
        RowWords(
            page.tr("Safety"),
            page.tr("Backups, going back to an earlier state, a second place"),
            icon="archive",
            key="safety",
        ),
        RowWords(
            page.tr("Bin"),
            page.tr("What was deleted in the last 30 days, to bring back"),
            icon="trash-2",
            key="bin",
        ),
        RowWords(
            page.tr("People and places"),
            page.tr("Names, how long a learner’s record is kept, erasing for good"),
            icon="users",
            key="people",
        ),
        RowWords(
            page.tr("Bring in, or take along"),
            page.tr("A file from another Gemba, or for another laptop"),
            icon="download",
            key="moving",
        ),
    ]


class SettingsPage(QWidget):
    """A short page; every change holds at once."""

    def __init__(
        self,
        theme: Theme,
        *,
        recorder: Recorder,
        folder: Path,
        look: Callable[[], str],
        set_look: Callable[[str], None],
        renamed: Callable[[str], None],
        go: Go,
        vocabularies: Vocabularies,
        passphrase: PassphraseSection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._folder = folder
        self._look = look
        self._renamed = renamed
        self.passphrase = passphrase
        page = ScrollPage(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = Column(theme, gap=8)
        page.add(column)
        page.finish()
        column.add(Label(theme, self.tr("Settings"), step="title"))
        column.space(theme.px(16))
        self.name = Field(
            theme, self.tr("Your name"), question=self.tr("Who writes on this laptop?")
        )
        self.name.setMaximumWidth(theme.px(320))
        column.add(self.name)
        column.space(theme.px(16))
        column.add(Label(theme, self.tr("Light or dark"), step="strong"))
        self.looks = Segmented(
            theme,
            [
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            value=look(),
            name=self.tr("Light or dark"),
        )
        self.looks.chosen.connect(set_look)
        column.body.addWidget(self.looks, 0, Qt.AlignmentFlag.AlignLeft)
        column.space(theme.px(16))
        column.add(Label(theme, self.tr("Words of your workplace"), step="strong"))
        self._vocabularies = vocabularies
        self.words = Segmented(
            theme,
            [(one.id, one.label) for one in vocabularies.all()],
            value=vocabularies.words.id,
            name=self.tr("Words of your workplace"),
        )
        self.words.chosen.connect(vocabularies.choose)
        column.body.addWidget(self.words, 0, Qt.AlignmentFlag.AlignLeft)
        column.add(
            Label(
                theme,
                self.tr("They change what is asked and the cards to draw; the method is the same."),
                tone="ink_soft",
            )
        )
        column.space(theme.px(16))
        column.add(Label(theme, self.tr("Photos"), step="strong"))
        self.whole_photos = CheckBox(
            theme, self.tr("Keep photos as large as they come, not at most 2,048 pixels")
        )
        self.whole_photos.clicked.connect(self._keep_whole)
        column.add(self.whole_photos)
        column.space(theme.px(16))
        column.add(Label(theme, self.tr("Your data"), step="strong"))
        column.add(
            Label(
                theme,
                self.tr(
                    "Everything is in one folder on this laptop and nowhere else. To move to "
                    "another laptop, close Gemba and copy the folder."
                ),
            )
        )
        column.add(Label(theme, str(folder), tone="ink_soft"))
        self.show_folder = Button(theme, self.tr("Show the folder"), icon="folder-open")
        self.show_folder.clicked.connect(self._open_folder)
        column.body.addWidget(self.show_folder, 0, Qt.AlignmentFlag.AlignLeft)
        self.doors = RowList(theme, name=self.tr("More about your data"))
        self.doors.set_rows(_doors(self))
        self.doors.opened.connect(lambda place: go.to(str(place)))
        column.space(theme.px(8))
        column.add(self.doors)
        if passphrase is not None:
            column.space(theme.px(16))
            column.add(passphrase)
        self._autosave = Autosave(self.name, self._save)

    def page_title(self) -> str:
        """Name the page for the window's title."""
        return self.tr("Settings")

    def arrive(self, **what: object) -> None:
        """Show what holds now; the chip in the status bar leads straight to the name."""
        self.name.set_text(self._recorder.who)
        self.whole_photos.setChecked(self._recorder.recall(WHOLE_PHOTOS) == "yes")
        self.looks.set_value(self._look())
        self.words.set_value(self._vocabularies.words.id)
        if self.passphrase is not None:
            self.passphrase.show_now()
        if what.get("at") == "name":
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Hand over the name if it is still being typed, and forget a half-typed passphrase."""
        hand_over(self)
        if self.passphrase is not None:
            self.passphrase.show_now()

    def _keep_whole(self) -> None:
        self._recorder.remember(WHOLE_PHOTOS, "yes" if self.whole_photos.isChecked() else "")

    def _save(self, _visit: str) -> None:
        self._recorder.set_who(self.name.text())
        self._renamed(self._recorder.who)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
