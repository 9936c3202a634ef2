"""Real windows without a screen; file dialogs and questions are answered in advance."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.app import Parts
from coachdesk.clock import FixedDay
from coachdesk.place.editions import Shelf, open_shelf
from coachdesk.programme import actions as programme
from coachdesk.settings import Places, resources
from coachdesk.store import keys, opening
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.work import Work
from tests.rooms.conftest import TODAY, small_programme

PASSPHRASE = "four plain words here"
CHEAP = keys.Cost(1, 8192)


class FakeDialogs:
    """Obeys ui.parts.dialogs.Dialogs: set the next answers, read what was asked."""

    def __init__(self) -> None:
        self.next_file: Path | None = None
        self.next_folder: Path | None = None
        self.next_yes = True
        self.asked: list[str] = []
        self.shown: list[Path] = []

    def open_file(self, owner: QWidget, title: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.next_file

    def save_file(self, owner: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
        self.asked.append(suggested)
        return self.next_file

    def choose_folder(self, owner: QWidget, title: str) -> Path | None:
        self.asked.append(title)
        return self.next_folder

    def show_file(self, path: Path) -> bool:
        self.shown.append(path)
        return True

    def ask(self, owner: QWidget, title: str, sentence: str, yes: str, no: str = "Cancel") -> bool:
        self.asked.append(sentence)
        return self.next_yes


@pytest.fixture
def dialogs() -> FakeDialogs:
    """File dialogs and questions that answer what the test says."""
    return FakeDialogs()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The desk's own look; taken off again afterwards."""
    worn = Theme(qapp, dark=False)
    worn.apply()
    yield worn
    # What the test has closed goes before the look is taken off: dressing a whole window anew, only to throw it away, costs seconds.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    worn.scale, worn.dark = 100, False
    worn.apply()
    qapp.setStyleSheet("")


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    """A worker without a store; a bug in an action fails the test."""
    bugs: list[Any] = []
    made = Work(crashed=lambda *bug: bugs.append(bug))
    yield made
    made.shutdown()
    assert not bugs, bugs


@pytest.fixture(autouse=True)
def _not_in_public(qapp: QApplication) -> Iterator[None]:
    yield
    set_in_public(False)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A furnished store to copy: two lots and a team of three, opened by their lead; its folder and its key."""
    folder, owner = tmp_path_factory.mktemp("desk"), new_id()

    def furnish(store: Store) -> None:
        store.world["shelf"] = Shelf(resources() / "editions")
        store.act(owner, "begin", lambda session: programme.begin_programme(session, small_programme(), store.desk.owner, "Olive Owner"))

    store, _ = opening.make_store(folder / "desk.coachdesk", PASSPHRASE, "Olive Owner", FixedDay(TODAY), furnish=furnish, cost=CHEAP)
    store.close()
    return folder, store.key


@pytest.fixture
def desk(qapp: QApplication, small_store: tuple[Path, bytes], tmp_path: Path, dialogs: FakeDialogs) -> Iterator[Desk]:
    """The open desk of a lead on 12 May 2020, over a real encrypted store of this test's own; a bug in an action fails the test.

    Read with `with desk.store.read() as session`, write beforehand with `desk.store.act(desk.owner, "why", action)`.
    """
    folder, key = small_store
    shutil.copytree(folder, tmp_path / "desk")
    parts = Parts(places=Places(tmp_path / "data", tmp_path / "editions"), clock=FixedDay(TODAY), cost=CHEAP)
    store = opening.open_store(tmp_path / "desk" / "desk.coachdesk", key, parts.clock)
    store.world["shelf"] = open_shelf(parts.places)
    bugs: list[Any] = []
    work = Work(close=store.close, crashed=lambda *bug: bugs.append(bug))
    yield Desk(store, work, dialogs, parts)
    work.shutdown()
    store.world["shelf"].close()
    assert not bugs, bugs


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Callable[[Any], MessageBar]:
    """Shows a page as the shell does: a message bar above it, asked to reload, told of changes, settled. Answers the bar."""

    kept: list[QWidget] = []            # qtbot only holds them weakly

    def show(page: Any) -> MessageBar:
        holder, bar = QWidget(), MessageBar()
        kept.append(holder)
        layout = QVBoxLayout(holder)
        layout.addWidget(bar)
        layout.addWidget(page, 1)
        qtbot.addWidget(holder)
        holder.resize(1180, 760)
        desk.work.changed.connect(page.reload)
        page.reload(None)
        holder.show()
        qtbot.waitExposed(holder)
        qtbot.waitUntil(lambda: not desk.work.busy())
        page.first_focus()
        return bar

    return show
