"""The file dialog of Qt, answered as a person does it: a path pasted, and its button clicked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QPushButton

_AGAIN_MS = 20
_MOST = 250
_PATIENCE_MS = 10_000


@contextmanager
def answering(answer: Path | None) -> Iterator[None]:
    """Put this path into the file dialog that opens meanwhile, or press Escape for None.

    At the end one was answered so, or the test fails.
    """
    qapp = QApplication.instance()
    assert qapp is not None
    hand = _Hand(answer)
    qapp.installEventFilter(hand)
    try:
        yield
        # One that holds up nothing else comes only after what opened it.
        hand.wait()
        if answer is None:
            assert hand.refused, "no file dialog opened"
        else:
            assert [Path(one) for one in hand.taken] == [answer]
    finally:
        qapp.removeEventFilter(hand)


class _Hand(QObject):
    """Sees a file dialog come up, and answers it once it listens."""

    def __init__(self, answer: Path | None) -> None:
        super().__init__()
        self._answer = answer
        self.refused = 0
        self.taken: list[str] = []

    def wait(self) -> None:
        """Wait until a dialog was answered."""
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not (self.refused or self.taken or patience.hasExpired()):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _AGAIN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QFileDialog):
            QTimer.singleShot(0, watched, lambda: self._type(watched, 0))
        return False

    def _type(self, dialog: QFileDialog, tries: int) -> None:
        if not dialog.isVisible():
            return
        if tries > _MOST or self._answer is None:
            self.refused += self._answer is None
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            return
        if not tries:
            dialog.accepted.connect(lambda: self.taken.extend(dialog.selectedFiles()))
        # While the dialog still reads folders it may not take the name: then one types it again.
        QTimer.singleShot(_AGAIN_MS, dialog, lambda: self._type(dialog, tries + 1))
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        # The names it offers may come up when it is gone, and would take the clicks that follow.
        line.setCompleter(None)
        button = _button_of(dialog)
        if line.text() != str(self._answer) or not button.isEnabled():
            # At once: after the first letter, a stroke, the dialog would walk off to the root.
            QApplication.clipboard().setText(str(self._answer))
            QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _button_of(dialog: QFileDialog) -> QPushButton:
    """Return Save, Open or Choose."""
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    which = QDialogButtonBox.StandardButton
    saves = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    return box.button(which.Save if saves else which.Open)
