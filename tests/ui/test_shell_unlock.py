"""The first windows: unlocking, the recovery code, a new store; and what may be imported before the first paint."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.errors import Trouble
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.first_paint import on_first_paint
from coachdesk.ui.shell.first_run import Created, FirstRunWindow, NewStore
from coachdesk.ui.shell.unlock import UnlockWindow
from tests.ui.accessibility import cut_off, unnamed

WRONG = Trouble("That is not the passphrase of this store. Nothing was changed.", "Try again, or use the recovery code.")
CODE = "K7QF-2M9P-XW4D-N6YE"


def unlock(passphrase: str) -> str:
    if passphrase != "five plain words are easy":
        raise WRONG
    return "the open store"


def recover(code: str, passphrase: str) -> str:
    if code != CODE:
        raise Trouble("That is not the recovery code of this store. Nothing was changed.")
    return f"opened, now {passphrase}"


def shown(qtbot: QtBot, window: Any) -> Any:
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_enter_on_the_right_passphrase_opens_the_store(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot, UnlockWindow("desk", unlock, recover))
    qtbot.keyClicks(window.passphrase, "five plain words are easy")
    with qtbot.waitSignal(window.unlocked) as opened:
        qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)
        assert window.open_button.text() == "Unlocking…"
    assert opened.args == ["the open store"]
    assert window.passphrase.text() == ""


def test_a_wrong_passphrase_is_a_plain_sentence_and_may_be_typed_again(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot, UnlockWindow("desk", unlock, recover))
    qtbot.keyClicks(window.passphrase, "wrong")
    qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.message.text() != "")
    assert window.message.text() == f"{WRONG.sentence} {WRONG.next_step}"
    assert window.passphrase.selectedText() and not window.passphrase.isReadOnly()


def test_capitals_alone_hint_at_caps_lock(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot, UnlockWindow("desk", unlock))
    qtbot.keyClicks(window.passphrase, "FIVE")
    assert "Caps Lock" in window.caps.text()
    qtbot.keyClicks(window.passphrase, "plain")
    assert window.caps.text() == ""
    assert not window.forgot_button.isVisible()


def test_the_recovery_code_opens_and_sets_a_new_passphrase(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot, UnlockWindow("desk", unlock, recover))
    window.forgot_button.click()
    page = window.recovery
    assert page is not None
    assert unnamed(window) == []
    for box, words in ((page.code, CODE), (page.words, "short"), (page.again, "short")):
        qtbot.keyClicks(box, words)
    qtbot.keyClick(page.again, Qt.Key.Key_Return)
    assert "too short" in page.words.accessibleDescription()
    for box in (page.words, page.again):
        box.setText("quiet river under stones")
    with qtbot.waitSignal(window.unlocked) as opened:
        qtbot.keyClick(page.again, Qt.Key.Key_Return)
    assert opened.args == ["opened, now quiet river under stones"]
    assert page.words.text() == ""


def new_store(qtbot: QtBot, made: list[NewStore]) -> FirstRunWindow:
    def create(wanted: NewStore) -> Created:
        made.append(wanted)
        return Created(CODE, "the new store")

    window: FirstRunWindow = shown(qtbot, FirstRunWindow([("cc", "Connecting Communities"), ("jobs", "JobsPlus")], create))
    return window


def test_a_new_store_is_made_and_its_code_confirmed(qtbot: QtBot, theme: Theme) -> None:
    made: list[NewStore] = []
    window = new_store(qtbot, made)
    assert unnamed(window) == []
    window.owner.set_value("Nadia Rahman")
    window.programme.set_value("cc")
    window.passphrase.setText("quiet river under stones")
    window.again.setText("quiet river under stone")
    window.make_button.click()
    assert made == [] and "not the same" in window.again.accessibleDescription()
    window.again.setText("quiet river under stones")
    window.make_button.click()
    qtbot.waitUntil(lambda: hasattr(window, "last"))
    assert made == [NewStore("My desk", "Nadia Rahman", "cc", "quiet river under stones")]
    assert unnamed(window) == []
    window.last.setText("2M9P")
    qtbot.keyClick(window.last, Qt.Key.Key_Return)
    assert "not the last characters" in window.last.accessibleDescription()
    window.last.setText("n6ye")
    with qtbot.waitSignal(window.unlocked) as opened:
        qtbot.keyClick(window.last, Qt.Key.Key_Return)
    assert opened.args == ["the new store"]


def test_the_first_windows_are_named_and_not_cut_off_at_twice_the_text_size(qtbot: QtBot, theme: Theme) -> None:
    theme.set_scale(200)
    window = shown(qtbot, UnlockWindow("desk", unlock, recover, hint="The passphrase of this sample is “demo desk”."))
    window.say(WRONG.sentence, WRONG.next_step)
    assert unnamed(window) == []
    qtbot.waitUntil(lambda: cut_off(window) == [])
    first = new_store(qtbot, [])
    qtbot.waitUntil(lambda: cut_off(first) == [])


def test_the_callback_comes_once_after_the_first_paint(qtbot: QtBot, theme: Theme) -> None:
    window, calls = UnlockWindow("desk", unlock), []
    qtbot.addWidget(window)
    on_first_paint(window, lambda: calls.append(True))
    assert calls == []
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: calls == [True])
    window.repaint()
    window.hide()
    window.show()
    qtbot.waitUntil(window.isVisible)
    assert calls == [True]


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    source = """
import sys
from PySide6.QtWidgets import QApplication
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.first_paint import on_first_paint
from coachdesk.ui.shell.unlock import UnlockWindow
app = QApplication([])
Theme(app).apply()
window = UnlockWindow("desk", lambda passphrase: None, lambda code, passphrase: None)
on_first_paint(window, lambda: (print(*sorted(sys.modules)), app.quit()))
window.show()
app.exec()
"""
    told = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True, timeout=60).stdout.split()
    heavy = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "numpy", "nacl", "qtawesome", "msgspec", "sqlcipher3", "PySide6.QtPdf",
             "PySide6.QtPrintSupport", "concurrent.futures"}
    assert "coachdesk.ui.shell.unlock" in told
    assert heavy.isdisjoint(told)
