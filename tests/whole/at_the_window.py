"""The whole program in front of a test: its window, the keyboard before it, the store behind it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.app import Parts
from coachdesk.clock import FixedDay
from coachdesk.settings import Places
from coachdesk.store import keys as store_keys
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.shell.start import Program
from tests.ui.conftest import FakeDialogs
from tests.whole.keys import Keyboard

PASSPHRASE = "heron beside the lock"


class NoMouse(QObject):
    """Hears of any mouse button."""

    pressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.pressed += event.type() == QEvent.Type.MouseButtonPress
        return False


class Month:
    """The program on its day, the keyboard in front of it, and the store behind it."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot, self.program, self.dialogs = qtbot, program, FakeDialogs()
        self.keys = Keyboard(qtbot, self.front, self._is_busy)

    def front(self) -> QWidget:
        """The window that one looks at."""
        found = self.program.main or self.program.front
        assert isinstance(found, QWidget)
        return found

    def _is_busy(self) -> bool:
        return self.program.work is not None and bool(self.program.work.busy())

    def unlock(self) -> None:
        """The passphrase, Enter, and the desk stands there with everything it makes after its first paint."""
        self.keys.write(PASSPHRASE)
        self.keys.press("Return")
        self.qtbot.waitUntil(lambda: self.program.main is not None and self.program.main.isVisible())
        self.program.desk.dialogs = self.dialogs
        self.keys.sees("Today", "Saved here", "Lot")
        self.keys.settle()

    def on(self, day: int, month: int = 5) -> None:
        """Another day of 2020."""
        store = self.program.desk.store
        store.clock = store.opened().clock = FixedDay(date(2020, month, day))

    def see(self, query: Callable[..., Any], **which: Any) -> Any:
        """What is in the store."""
        with self.program.desk.store.read() as session:
            return query(session, **which)

    def act(self, action: Callable[..., Any]) -> Any:
        """One action of the store's owner that nobody types: what stands there before."""
        return self.program.desk.store.act(self.program.desk.owner, "Furnished the test", action).result

    def one(self, query: Callable[..., Any]) -> Any:
        """The only row that a query finds."""
        [row] = self.see(query)
        return row


def opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Month]:
    """The locked program on 12 May 2020 over a fresh store of the programme that ships, owned by a lead; no mouse is used."""
    hooks = sys.excepthook, threading.excepthook
    parts = Parts(Places(tmp_path / "home", tmp_path / "home" / "editions"), FixedDay(date(2020, 5, 12)), cost=store_keys.Cost(1, 8192))
    path = tmp_path / "month.coachdesk"
    parts.make_store(path, PASSPHRASE, "Robin Ashdown", "connecting-communities")
    mouse = NoMouse()
    qapp.installEventFilter(mouse)
    program = Program(qapp, parts, path)
    program.begin()
    sys.excepthook, threading.excepthook = hooks    # a bug fails the test; it does not open a box
    made = Month(qtbot, program)
    with qtbot.waitExposed(made.front()):
        pass
    yield made
    for each in (program.main, program.front):
        if each is not None:
            each.blockSignals(True)
            each.close()
            each.deleteLater()
    program.end()
    # What was closed goes before the look is taken off: dressing a whole window anew, only to throw it away, costs seconds.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.removeEventFilter(mouse)
    set_in_public(False)
    qapp.setStyleSheet("")
    assert mouse.pressed == 0
