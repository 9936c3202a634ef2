"""From no store to the open desk and back, as a new user goes: first run, recovery code, lock, forgotten passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
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
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)      # before the look is taken off, which would dress it anew
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


def test_a_new_laptop_joins_a_team_in_the_first_window_and_fills_itself_once_it_is_let_in(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    from coachdesk.participant import actions as participants
    from coachdesk.programme import queries as programme
    from coachdesk.sync import team
    from coachdesk.sync.folder import Folder
    from coachdesk.sync.turn import turn
    from coachdesk.ui.cards.sharing import sharing_of

    parts, shared = program.parts, tmp_path / "shared"
    shared.mkdir()
    parts.make_store(tmp_path / "lead.coachdesk", WORDS, "Robin Ashdown", "connecting-communities")
    lead = parts.open_store(tmp_path / "lead.coachdesk", WORDS)
    team.create(lead, Folder(shared))
    with lead.read() as session:
        lot = next(iter(programme.lot_names(session)))
    lead.act(lead.desk.owner, "Register", lambda session: participants.register(session, name="Zoë Kowalska", lot=lot, postcode="B34 7AA"))
    turn(lead, Folder(shared))

    program.begin()
    front: Any = program.front
    front.begin_joining()
    page = front.join_page
    page.folder.set_value(str(tmp_path / "nowhere"))
    page.owner.set_value("Amina Yusuf")
    page.passphrase.set_value(WORDS)
    page.again.set_value(WORDS)
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: bool(page.message.text()), timeout=20000)
    page.folder.set_value(str(shared))
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: front._created is not None, timeout=20000)
    words = front._created.words
    assert len(words.split()) == 6
    front.last.set_value(str(front._created.recovery_code)[-4:])
    front.confirm.submitted.emit()
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)

    sharing = sharing_of(program.desk)
    with qtbot.waitSignal(sharing.ended, timeout=20000):
        sharing.turn(asked=True)
    settle(program, qtbot)
    assert program.main.current_key() == "sync" and program.main.page("sync").view("place").words.text() == words
    for key in ("today", "outreach", "participant", "referral", "partner", "activity", "claim", "programme", "settings"):
        program.main.go(key)                    # an empty desk has every page
        settle(program, qtbot)

    member = team.admit(lead, Folder(shared), words, name="Amina Yusuf")
    turn(lead, Folder(shared))
    with qtbot.waitSignal(sharing.ended, timeout=20000):
        sharing.turn(asked=True)
    settle(program, qtbot)
    assert program.desk.owner == member.member
    program.main.go("participant")
    settle(program, qtbot)
    with program.desk.store.read() as session:
        assert len(programme.lot_names(session)) > 0
    lead.close()


def test_a_lead_whose_laptop_is_lost_comes_back_by_the_team_s_code_in_the_first_window(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    from coachdesk.programme import queries as programme
    from coachdesk.sync import team
    from coachdesk.sync.folder import Folder
    from coachdesk.sync.turn import turn

    parts, shared = program.parts, tmp_path / "shared"
    shared.mkdir()
    parts.make_store(tmp_path / "lead.coachdesk", WORDS, "Robin Ashdown", "connecting-communities")
    lead = parts.open_store(tmp_path / "lead.coachdesk", WORDS)
    code = team.create(lead, Folder(shared))
    turn(lead, Folder(shared))
    lead.close()

    program.begin()
    front: Any = program.front
    front.begin_joining()
    page = front.join_page
    for box, value in ((page.folder, str(shared)), (page.owner, "Robin Ashdown"), (page.passphrase, WORDS), (page.again, WORDS),
                       (page.code, "not the code")):
        box.set_value(value)
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: "recovery code" in page.message.text(), timeout=20000)
    page.code.set_value(code)
    page.form.submitted.emit()
    qtbot.waitUntil(lambda: front._created is not None, timeout=20000)
    assert front._created.words == ""
    front.last.set_value(str(front._created.recovery_code)[-4:])
    front.confirm.submitted.emit()
    qtbot.waitUntil(lambda: program.main is not None, timeout=20000)
    settle(program, qtbot)
    with program.desk.store.read() as session:
        assert len(programme.lot_names(session)) > 0
    assert [(one.name, one.role) for one in team.members(program.desk.store.opened() if hasattr(program.desk.store, "opened")
                                                         else program.desk.store)] == [("Robin Ashdown", "lead")] * 2
