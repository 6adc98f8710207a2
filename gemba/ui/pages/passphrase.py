"""The part of the settings about the passphrase: set, changed, removed, and what it covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.errors import GembaError
from gemba.services.passphrase import check_new
from gemba.ui.pages.unlock import PassphraseField
from gemba.ui.widgets import Button, FlowLayout, Label, Notice, Segmented

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_MINUTES = (1, 5, 10, 30, 0)
_FIELD = 320


class LockDesk(Protocol):
    """What can be done about the lock of the open folder."""

    @property
    def set(self) -> bool:
        """Whether the folder has a passphrase."""

    @property
    def kept(self) -> bool:
        """Whether the keyring of the system keeps the passphrase."""

    def forget(self) -> None:
        """Have the keyring keep it no longer."""

    def minutes(self) -> int:
        """After how many idle minutes it locks; 0 for never."""

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes."""

    def lock(self) -> bool:
        """Lock now."""

    def set_passphrase(self, passphrase: str) -> None:
        """Encrypt the folder, with its window closed meanwhile."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Open it with another passphrase; raises GembaError."""

    def remove_passphrase(self, passphrase: str) -> None:
        """Write it in plain again, with its window closed meanwhile."""


class PassphraseSection(QWidget):
    """Shows what holds now: without a passphrase how to set one, with one what can be changed."""

    def __init__(
        self,
        theme: Theme,
        *,
        desk: LockDesk,
        words: Callable[..., str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._desk = desk
        self._words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.head = Label(theme, self.tr("Passphrase"), step="strong")
        self.told = Label(theme, "")
        self._column.addWidget(self.head)
        self._column.addWidget(self.told)
        self._build_lock()
        self.old = self._field(self.tr("Passphrase now"))
        self.new = self._field(self.tr("New passphrase"))
        self.again = self._field(self.tr("New passphrase once more"))
        self.apply = self._button("", self._apply, primary=True)
        self.cancel = self._button(self.tr("Cancel"), lambda: self._open(""))
        self.begin = self._button(self.tr("Set a passphrase"), lambda: self._open("set"), "lock")
        self.now = self._button(self.tr("Lock now"), lambda: self._desk.lock(), "lock")
        self.change = self._button(self.tr("Change it"), lambda: self._open("change"))
        self.remove = self._button(self.tr("Remove it"), lambda: self._open("remove"))
        self.forget = self._button(self.tr("Ask at each start again"), self._forget)
        doing = (self.begin, self.now, self.change, self.remove, self.forget)
        for row in ((self.apply, self.cancel), doing):
            flow = FlowLayout(gap=theme.px(8))
            for button in row:
                flow.addWidget(button)
            self._column.addLayout(flow)
        self.done = Notice(theme, "", kind="good")
        self._column.addWidget(self.done)
        self.lost = Label(
            theme,
            self.tr(
                "A lost passphrase is lost: nobody can open the data without it, and nobody can "
                "give you a new one. Write it down and keep it away from this laptop."
            ),
        )
        self._column.addWidget(self.lost)
        self._build_limits()
        self._action = ""
        self.show_now()

    def _build_lock(self) -> None:
        never = self.tr("Never")
        self.minutes = Segmented(
            self.theme,
            [(str(m), self.tr("{n} min").format(n=m) if m else never) for m in _MINUTES],
            value="10",
            name=self.tr("Lock after so long without you"),
        )
        self.minutes.chosen.connect(lambda chosen: self._desk.set_minutes(int(chosen)))
        self.after = Label(
            self.theme,
            self.tr("Gemba locks with the screen, and after so long without you:"),
        )
        self._column.addWidget(self.after)
        self._column.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_limits(self) -> None:
        self.limits = Label(
            self.theme,
            self.tr(
                "It does not cover: PDFs and other files you export or print; what is in memory "
                "while Gemba is open, and what the system puts into its swap file; names, sizes, "
                "number and times of the files; worksheets and question sets of your own; copies "
                "made before, also by a sync service or on a stick; and what an SSD still holds "
                "of files that were deleted."
            ),
            tone="ink_soft",
        )
        self._column.addWidget(self.limits)

    def _field(self, label: str) -> PassphraseField:
        made = PassphraseField(self.theme, label)
        made.setMaximumWidth(self.theme.px(_FIELD))
        made.edited.connect(lambda: made.say(""))
        made.entered.connect(self._apply)
        self._column.addWidget(made)
        return made

    def _button(
        self, words: str, run: Callable[[], object], icon: str = "", *, primary: bool = False
    ) -> Button:
        made = Button(self.theme, words, kind="primary" if primary else "secondary", icon=icon)
        made.clicked.connect(lambda: run())
        return made

    def show_now(self) -> None:
        """Show what holds now, with nothing begun."""
        if self._desk.set:
            told = self.tr("Database, photos, backups and exports of all data are encrypted.")
            if self._desk.kept:
                told += " " + self.tr("The keyring of this computer keeps the passphrase.")
            self.told.setText(told)
            self.minutes.set_value(str(self._desk.minutes()))
        else:
            self.told.setText(
                self.tr(
                    "With a passphrase, database, photos, backups and exports of all data are "
                    "encrypted. Gemba asks for it at each start, and after a while without you."
                )
            )
        self._open("")

    def _open(self, action: str) -> None:
        """Show the fields of what was asked for; nothing for none."""
        self._action = action
        held = self._desk.set
        for field in (self.old, self.new, self.again):
            field.empty()
            field.say("")
        self.old.setVisible(action in ("change", "remove"))
        self.new.setVisible(action in ("set", "change"))
        self.again.setVisible(action in ("set", "change"))
        self.apply.setText(
            {
                "set": self.tr("Encrypt everything"),
                "change": self.tr("Change the passphrase"),
                "remove": self.tr("Remove the passphrase"),
            }.get(action, "")
        )
        for part, shown in (
            (self.apply, bool(action)),
            (self.cancel, bool(action)),
            (self.begin, not held and not action),
            (self.change, held and not action),
            (self.remove, held and not action),
            (self.after, held),
            (self.minutes, held),
            (self.now, held and not action),
            (self.forget, held and self._desk.kept and not action),
        ):
            part.setVisible(shown)
        self.done.hide()
        first = {"set": self.new, "change": self.old, "remove": self.old}.get(action)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._desk.forget()
        self.show_now()
        self.done.say(self._words("passphrase.forgotten"))
        self.done.show()
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply(self) -> None:
        old, new, again = self.old.text(), self.new.text(), self.again.text()
        where = self.new if self._action != "remove" else self.old
        try:
            if self._action != "remove":
                check_new(new, again)
                where = self.old
            self._run(old, new)
        except GembaError as error:
            field = self.again if error.key == "key.different" else where
            field.say(self._words(error.key, **error.values))
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, old: str, new: str) -> None:
        match self._action:
            case "set":
                self._desk.set_passphrase(new)
            case "change":
                self._desk.change_passphrase(old, new)
                self._open("")
                self.done.say(self._words("passphrase.change"))
                self.done.show()
            case "remove":
                self._desk.remove_passphrase(old)
