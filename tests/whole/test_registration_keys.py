"""A person at a food bank is registered with the keyboard alone: at most 25 key presses beyond what was answered (GOALS, for people)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.participant import queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.page import ParticipantPage
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.main_window import MainWindow
from coachdesk.ui.shell.spec import Command, PageSpec
from tests.ui.conftest import _not_in_public, desk, dialogs, small_store, theme  # noqa: F401

Mod = Qt.KeyboardModifier
ALLOWED = 25


class Keyboard:
    """Real key presses into whatever has the keyboard. `data`: letters of answers; `beyond`: every other press, each modifier one more."""

    def __init__(self, window: MainWindow, settle: Callable[[], None]) -> None:
        self.window, self.settle = window, settle
        self.data = self.beyond = 0

    def answer(self, text: str) -> None:
        """Type an answer letter by letter."""
        for letter in text:
            target = self._target()
            if letter.isascii():
                QTest.keyClicks(target, letter)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(target, QKeyEvent(kind, 0, Mod.NoModifier, letter))
            self.data += 1
        self.settle()

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key that is no answer."""
        together = Mod.NoModifier
        for modifier in modifiers:
            together |= modifier
        QTest.keyClick(self._target(), key, together)
        self.beyond += 1 + len(modifiers)
        self.settle()

    def _target(self) -> Any:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window


class NoMouse(QObject):
    """Hears of any mouse button."""

    pressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.pressed += 1
        return False


def lot_of(desk: Desk, name: str) -> Any:  # noqa: F811
    with desk.store.read() as session:
        return programme_queries.lot_id(session, name)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, theme: Theme) -> MainWindow:  # noqa: F811
    """The program's window with the participants' page."""
    made: Any = None

    def register() -> None:
        made.go("participant")
        made.page("participant").new_participant()

    made = MainWindow([PageSpec("participant", "Participants", "participant", lambda: ParticipantPage(desk), ("participant",))],
                      work=desk.work, theme=theme, commands=[Command("Register a participant", register, "Ctrl+Shift+R")])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made  # type: ignore[no-any-return]


@pytest.fixture
def keyboard(qtbot: QtBot, desk: Desk, window: MainWindow) -> Keyboard:  # noqa: F811
    def settle() -> None:
        qtbot.waitUntil(lambda: not desk.work.busy())

    settle()
    return Keyboard(window, settle)


def test_a_registration_takes_at_most_25_presses_beyond_the_answers(
    qtbot: QtBot, desk: Desk, window: MainWindow, keyboard: Keyboard,  # noqa: F811
) -> None:
    mouse = NoMouse()
    QApplication.instance().installEventFilter(mouse)  # type: ignore[union-attr]
    desk.choose_lot(lot_of(desk, "Shard End"))
    page: Any = window.page("participant")
    keyboard.press(Qt.Key.Key_R, Mod.ControlModifier, Mod.ShiftModifier)
    for answer in ("Zoë Kowalska", "b347aa", "", "5 6 1984", "ab123456c", "07400 123456", "zoe@example.org", "phone", "food",
                   "y", "n", "30", "Universal Credit"):
        keyboard.answer(answer)
        if answer == "b347aa":
            qtbot.waitUntil(lambda: page.registration.verdict_card.verdict is not None)
        keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Space)                     # the privacy notice was given
    for _ in range(3):                                   # its version and way are as last time
        keyboard.press(Qt.Key.Key_Return)
    keyboard.answer("y")
    keyboard.press(Qt.Key.Key_Return)                    # the last box: saves
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.person and page.person.known is not None)
    with desk.store.read() as session:
        [row] = queries.participants(session)
        kept = queries.participant(session, row.id)
    assert kept is not None
    assert (row.name, row.postcode, row.lot, row.ni_number, row.phone) == (
        "Zoë Kowalska", "B34 7AA", "Shard End", "AB 12 34 56 C", "07400 123456")
    assert (row.preferred_contact, row.heard_through) == ("phone", "food bank")
    assert (row.is_safe_to_call, row.is_safe_to_leave_message) == (True, False)
    assert (row.weeks_out_of_work, row.benefit, row.email) == (30, "Universal Credit", "zoe@example.org")
    assert [notice.how for notice in kept.notices] == ["paper"] and kept.consent_partners == "given"
    assert mouse.pressed == 0
    assert keyboard.beyond == 21 <= ALLOWED, f"{keyboard.beyond} presses beyond {keyboard.data} letters of answers"


def test_somebody_without_an_address_needs_no_mouse_either(
    qtbot: QtBot, desk: Desk, window: MainWindow, keyboard: Keyboard,  # noqa: F811
) -> None:
    page: Any = window.page("participant")
    keyboard.press(Qt.Key.Key_R, Mod.ControlModifier, Mod.ShiftModifier)
    keyboard.answer("Sam Adeyemi")
    keyboard.press(Qt.Key.Key_X, Mod.AltModifier)        # no fixed abode
    qtbot.waitUntil(lambda: page.registration.verdict_card.verdict is not None)
    assert not page.registration.form.postcode.isEnabled()
    keyboard.press(Qt.Key.Key_Return, Mod.ControlModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.person and page.person.known is not None)
    with desk.store.read() as session:
        [row] = queries.participants(session)
    assert (row.situation, row.postcode, row.verdict) == ("no fixed abode", None, "check by hand")
    assert keyboard.beyond <= ALLOWED
