"""What the tests of the participants' page stand on: three people, the page on its stage, and what is done with it by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coachdesk.participant import actions
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.page import ParticipantPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import SHARD_END

Key = Qt.Key
Mod = Qt.KeyboardModifier
Stage = Callable[[Any], MessageBar]


class Tried:
    """The page on its stage, and what a test does with it."""

    def __init__(self, qtbot: QtBot, desk: Desk, page: ParticipantPage, bar: MessageBar) -> None:
        self.qtbot, self.desk, self.page, self.bar = qtbot, desk, page, bar

    def settle(self) -> None:
        """A button pressed by its letter stays down for a moment before it acts."""
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in self.page.findChildren(QPushButton)))
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not self.desk.work.busy())
            QApplication.processEvents()

    def see(self, query: Callable[[Any], Any]) -> Any:
        with self.desk.store.read() as session:
            return query(session)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.page.window(), key, modifier)
        self.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)
        self.settle()

    def judged(self) -> str:
        card = self.page.registration.verdict_card
        self.qtbot.waitUntil(lambda: card.verdict is not None)
        self.settle()
        return card.verdict.verdict if card.verdict else ""

    def shows_person(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.stack.currentWidget() is self.page.person and self.page.person.known is not None)
        self.settle()


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def lot(desk: Desk, name: str = "Shard End") -> UUID:
    with desk.store.read() as session:
        return programme.lot_id(session, name)


def enrol(desk: Desk, name: str, **more: Any) -> UUID:
    fields: dict[str, Any] = {"lot": lot(desk), "postcode": SHARD_END, "notice_version": "2020-05", "notice_how": "paper"} | more
    made: UUID = act(desk, lambda session: actions.register(session, name=name, **fields))
    return made


@pytest.fixture(name="people")
def three_people(desk: Desk) -> dict[str, UUID]:
    """Three people: one overdue, one with something next week, one in the other lot who is not eligible there."""
    known = {"late": enrol(desk, "Zoë Kowalska", born_on=date(1984, 6, 5), ni_number="AB123456C", phone="07400 123456"),
             "soon": enrol(desk, "Amara Okafor", phone="0121 496 0123", is_safe_to_call=True, is_safe_to_leave_message=False),
             "far": enrol(desk, "Sam O'Neill", lot=lot(desk, "Camp Hill"))}
    act(desk, lambda session: actions.add_follow_up(session, participant=known["late"], due_on=date(2020, 5, 8), what="ring about the CV"))
    act(desk, lambda session: actions.add_follow_up(session, participant=known["soon"], due_on=date(2020, 5, 15), what="bus timetable"))
    return known


@pytest.fixture(name="tried")
def page_on_its_stage(qtbot: QtBot, desk: Desk, theme: Theme, stage: Stage, people: dict[str, UUID]) -> Tried:
    desk.choose_lot(None)
    page = ParticipantPage(desk)
    made = Tried(qtbot, desk, page, stage(page))
    made.settle()
    return made


@pytest.fixture(name="registering")
def empty_registration(tried: Tried) -> Tried:
    """An empty registration for Shard End."""
    tried.desk.choose_lot(lot(tried.desk))
    tried.page.new_participant()
    tried.settle()
    return tried
