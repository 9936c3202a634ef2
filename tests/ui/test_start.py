"""From no store to the open desk and back, as a new user goes: first run, recovery code, lock, forgotten passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.app import Parts
from coachdesk.settings import Looks, Places, read_looks
from coachdesk.store import keys
from coachdesk.ui.shell.first_run import FirstRunWindow
from coachdesk.ui.shell.start import Program
from coachdesk.ui.shell.unlock import UnlockWindow

WORDS = "heron beside the lock"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    parts = Parts(places=Places(tmp_path / "data", tmp_path / "editions"), cost=keys.Cost(1, 8192))
    made = Program(qapp, parts, parts.places.default_store)
    made._crash = object()                   # the test run has its own way of hearing about bugs
    yield made
    main = made.main
    made.end()
    for window in (main, made.front):
        if window is not None:
            window.close()
            window.deleteLater()
    qapp.setStyleSheet("")


def begun(program: Program, qtbot: QtBot) -> str:
    """A first store by the first-run window; answers the recovery code."""
    program.begin()
    front: Any = program.front
    assert isinstance(front, FirstRunWindow)
    front.owner.set_value("Robin Ashdown")
    front.programme.set_value(front.programme._values[0])
    front.passphrase.set_value(WORDS)
    front.again.set_value(WORDS)
    front.form.submitted.emit()
    qtbot.waitUntil(lambda: front._created is not None, timeout=20000)
    code = str(front._created.recovery_code)
    front.last.set_value(code[-4:])
    front.confirm.submitted.emit()
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)
    return code


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.work is not None and program.work._held is None and not program.work.busy(), timeout=20000)


def locked(program: Program, qtbot: QtBot) -> UnlockWindow:
    program.main.lock()
    qtbot.waitUntil(lambda: isinstance(program.front, UnlockWindow), timeout=20000)
    front = program.front
    assert isinstance(front, UnlockWindow)
    return front


def test_a_first_store_is_made_locked_and_opened_again_by_its_passphrase(program: Program, qtbot: QtBot) -> None:
    begun(program, qtbot)
    assert program.path.exists()
    front = locked(program, qtbot)
    QTest.keyClicks(front.passphrase, "not the words at all")
    QTest.keyClick(front.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in front.message.text(), timeout=20000)
    assert program.main is None
    front.passphrase.clear()
    QTest.keyClicks(front.passphrase, WORDS)
    QTest.keyClick(front.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)
    assert program.desk.owner_name == "Robin Ashdown"


def test_the_recovery_code_lets_in_who_forgot_and_sets_a_new_passphrase(program: Program, qtbot: QtBot) -> None:
    code = begun(program, qtbot)
    front = locked(program, qtbot)
    front.forgot_button.click()
    assert front.recovery is not None
    front.recovery.given.emit(code.lower(), "another set of words")
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)
    again = locked(program, qtbot)
    QTest.keyClicks(again.passphrase, "another set of words")
    QTest.keyClick(again.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)


def test_looks_that_were_chosen_are_there_at_the_next_start(program: Program, qapp: QApplication) -> None:
    program.theme.set_dark(True)
    program.theme.set_scale(125)
    again = Program(qapp, program.parts, program.path)
    assert (again.theme.dark, again.theme.chosen, again.theme.scale) == (True, True, 125)
    again.theme.set_dark(None)
    again.theme.set_scale(100)
    assert read_looks(program.parts.places) == Looks(None, 100)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"dark": "yes", "scale": 9000}', "\x00"])
def test_looks_that_cannot_be_read_are_the_plain_ones(program: Program, kept: str) -> None:
    folder = program.parts.places.data
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "looks.json").write_text(kept, "utf-8")
    assert read_looks(program.parts.places) == Looks()
