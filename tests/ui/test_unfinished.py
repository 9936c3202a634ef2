"""What is half typed outlives a crash: it is kept shortly after typing stops, comes back, and goes once it is saved."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.app import Parts
from coachdesk.clock import FixedDay
from coachdesk.outreach import actions, queries
from coachdesk.partner import actions as partner_actions
from coachdesk.settings import Places
from coachdesk.store import opening, remembered
from coachdesk.store.session import Store
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.unfinished import begun_words
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.participant.page import ParticipantPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.desk_window import make_window
from coachdesk.ui.work import Work
from tests.rooms.conftest import TODAY
from tests.ui.conftest import CHEAP, FakeDialogs

Stage = Callable[[Any], MessageBar]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def met(desk: Desk) -> UUID:
    """A session of today."""
    lots = {name: id for id, name in _lots(desk).items()}
    hall = desk.store.act(desk.owner, "x", lambda s: partner_actions.add_venue(s, name="St Thomas Hall", lot=lots["Shard End"])).result
    made: UUID = desk.store.act(desk.owner, "x", lambda s: actions.open_session(s, venue=hall, kind="food bank")).result
    return made


def _lots(desk: Desk) -> dict[UUID, str]:
    from coachdesk.programme import queries as programme

    with desk.store.read() as session:
        return programme.lot_names(session)


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def kept(store: Any) -> dict[str, str]:
    with store.engine.connect() as connection:
        return dict(connection.exec_driver_sql("select name, value from remembered where name like 'unfinished%'").all())


def page_at(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> OutreachPage:
    page = OutreachPage(desk)
    stage(page)
    page.open("outreach.session", met)
    settle(qtbot, desk)
    return page


def reopened(desk: Desk) -> tuple[Store, Desk]:
    """The same file opened anew, as after a crash: the first window is gone."""
    store = opening.open_store(desk.store.path, desk.store.key, FixedDay(TODAY))
    store.world["shelf"] = desk.store.world["shelf"]
    parts = Parts(places=Places(desk.store.path.parent, desk.store.path.parent), clock=FixedDay(TODAY), cost=CHEAP)
    return store, Desk(store, Work(close=store.close), FakeDialogs(), parts)


def test_a_line_is_kept_a_moment_after_typing_stops_and_comes_back(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    page = page_at(qtbot, desk, stage, met)
    page.session.focus_line()
    qtbot.keyClicks(page.session.line.box, "Ana Bell 07400 1")
    qtbot.waitUntil(lambda: "Ana Bell 07400 1" in kept(desk.store).values(), timeout=2000)
    store, again = reopened(desk)
    try:
        other = OutreachPage(again)
        qtbot.addWidget(other)
        other.reload(None)
        other.open("outreach.session", met)
        qtbot.waitUntil(lambda: other.session.line.text() == "Ana Bell 07400 1")
        assert other.session.last.text().startswith("An unfinished line of 12 May 2020 was kept.")
    finally:
        again.work.shutdown()


def test_a_saved_line_is_forgotten_in_the_same_step(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    page = page_at(qtbot, desk, stage, met)
    page.session.focus_line()
    qtbot.keyClicks(page.session.line.box, "Ana Bell")
    desk.remember_now()
    qtbot.waitUntil(lambda: kept(desk.store) != {})
    qtbot.keyClick(page.session.line.box, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert kept(desk.store) == {}
    with desk.store.read() as session:
        assert [row.name for row in queries.contacts(session)] == ["Ana Bell"]


def test_what_stands_in_the_line_is_kept_when_the_desk_is_locked(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    page = page_at(qtbot, desk, stage, met)
    page.session.focus_line()
    qtbot.keyClicks(page.session.line.box, "Ana")
    desk.work.shutdown()
    store = opening.open_store(desk.store.path, desk.store.key, FixedDay(TODAY))
    assert list(kept(store).values()) == ["Ana"]
    store.close()


def test_a_half_typed_registration_comes_back(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    page = ParticipantPage(desk)
    stage(page)
    page.new_participant()
    settle(qtbot, desk)
    form = page.registration.form
    form.name.setText("Zoë Kowalska")
    form.born_on.box.setText("3 4 19")
    form.benefit.setEditText("uni")
    desk.remember_now()
    qtbot.waitUntil(lambda: len(kept(desk.store)) == 1)
    store, again = reopened(desk)
    try:
        other = ParticipantPage(again)
        qtbot.addWidget(other)
        other.new_participant()
        qtbot.waitUntil(lambda: other.registration.form.name.text() == "Zoë Kowalska")
        assert other.registration.form.born_on.box.text() == "3 4 19"
        assert other.registration.is_touched()
        other.registration.leave()
        qtbot.waitUntil(lambda: kept(store) == {})
    finally:
        again.work.shutdown()


def test_a_change_of_a_contact_comes_back_and_escape_throws_it_away(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    desk.store.act(desk.owner, "x", lambda s: actions.log_line(s, met, line="Ana Bell"))
    page = page_at(qtbot, desk, stage, met)
    page.open_contact(page.session.current_contact())
    settle(qtbot, desk)
    page.contact.note.setPlainText("needs an interp")
    desk.remember_now()
    qtbot.waitUntil(lambda: len(kept(desk.store)) == 1)
    page.show_sessions()
    page.open("outreach.session", met)
    settle(qtbot, desk)
    page.open_contact(page.session.current_contact())
    qtbot.waitUntil(lambda: page.contact.note.toPlainText() == "needs an interp")
    page.contact.leave()
    qtbot.waitUntil(lambda: kept(desk.store) == {})


def test_what_was_half_typed_a_month_ago_goes(desk: Desk) -> None:
    store = desk.store
    remembered.remember(store, "unfinished old", "Ana")
    remembered.remember(store, "columns of a file", "a,b")
    store.clock = FixedDay(TODAY + timedelta(days=32))
    remembered.remember(store, "unfinished new", "Bo")
    assert list(kept(store)) == ["unfinished new"]
    found = remembered.remembered(store, "columns of a file")
    assert found is not None and found.value == "a,b"


def test_the_next_window_says_what_was_half_typed(qtbot: QtBot, desk: Desk, theme: Theme, met: UUID) -> None:
    remembered.remember(desk.store, f"unfinished outreach line {met}", "Ana")
    window = make_window(desk, theme)
    qtbot.addWidget(window)
    window.show()
    window.furnish()
    qtbot.waitUntil(lambda: (bar := window.bar()) is not None and bar.text() != "")
    bar = window.bar()
    assert bar is not None
    assert "An unfinished line of 12 May 2020 was kept." in bar.text() and "12 May 2020, St Thomas Hall" in bar.text()
    settle(qtbot, desk)


@pytest.mark.parametrize(("name", "how"), [
    ("registration", "Ctrl+Shift+R"), (f"registration contact {UUID(int=7)}", "same contact"),
    (f"outreach contact {UUID(int=7)}", "contact"), (f"outreach line {UUID(int=7)}", "")])
def test_each_kind_of_unfinished_work_says_how_to_go_on(desk: Desk, name: str, how: str) -> None:
    with desk.store.read() as session:
        sentence, step = begun_words(session, [(name, desk.store.clock.now())])
    assert how in step and bool(sentence) == bool(how)


def test_half_a_sign_of_a_broken_paste_is_no_fault(desk: Desk) -> None:
    remembered.remember(desk.store, "unfinished line", "Ana \ud83d Bell")
    assert list(kept(desk.store).values()) == ["Ana \ufffd Bell"]


def test_it_is_neither_logged_nor_counted_as_a_change(desk: Desk) -> None:
    before = desk.store.check().ops
    remembered.remember(desk.store, "unfinished line", "Ana Bell")
    assert desk.store.check().ops == before


CHILD = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from uuid import UUID
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from coachdesk.app import Parts
from coachdesk.clock import FixedDay
from coachdesk.place.editions import Shelf
from coachdesk.settings import Places, resources
from coachdesk.store import opening
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.work import Work
from datetime import date
path, key, met = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), UUID(sys.argv[3])
store = opening.open_store(path, key, FixedDay(date(2020, 5, 12)))
store.world["shelf"] = Shelf(resources() / "editions")
desk = Desk(store, Work(close=store.close), None, Parts(places=Places(path.parent, path.parent), clock=store.clock))
page = OutreachPage(desk)
page.show()
page.open("outreach.session", met)
while desk.work.busy():
    app.processEvents()
QTest.keyClicks(page.session.line.box, "Zoe Kowalska 07400 123456 cv")
until = time.monotonic() + 0.6
while time.monotonic() < until:
    app.processEvents()
print("typed", flush=True)
while True:
    app.processEvents()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is killed outright only where there is SIGKILL")
def test_a_killed_process_loses_no_line(desk: Desk, met: UUID, tmp_path: Path) -> None:
    """A real process, killed outright in the middle of a line: the next one finds it."""
    folder = tmp_path / "killed"
    shutil.copytree(desk.store.path.parent, folder)
    path = folder / desk.store.path.name
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path), desk.store.key.hex(), str(met)], cwd=ROOT, stdout=subprocess.PIPE,
                          text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
        try:
            assert child.stdout is not None and child.stdout.readline().strip() == "typed"
        finally:
            child.kill()
    store = opening.open_store(path, desk.store.key, FixedDay(TODAY))
    try:
        assert list(kept(store).values()) == ["Zoe Kowalska 07400 123456 cv"]
    finally:
        store.close()
