"""The whole window over a real store: every page opens, is named for a screen reader, keeps its words at twice the size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.casework import first_page
from coachdesk.casework import queries as casework
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.participant import queries as participants
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.referral import actions as referral
from coachdesk.store import raw
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell import desk_window
from coachdesk.ui.shell.main_window import MainWindow
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import cut_off, unnamed

KEYS = ("today", "outreach", "participant", "referral", "partner", "activity", "claim", "programme", "settings", "sync")


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """The desk with a partner, a venue, a session, a contact to follow up and a participant with something due."""

    def furnish(session: Any) -> UUID:
        lot = next(iter(programme.lot_names(session)))
        there = [programme.lot_name(session, lot)]
        library = partner.add_partner(session, name="Shard End Library", kind="library", lots=there, reply_days=3)
        venue = partner.add_venue(session, partner=library, lot=lot, name="Shard End Library", postcode="B34 7AA")
        met = outreach.open_session(session, venue=venue, kind="food bank")
        outreach.log_contact(session, session_id=met, name="Zoë Kowalska", follow_up_on=TODAY)
        known = participant.register(session, name="Łukasz Brzęczyszczykiewicz", lot=lot, postcode="B34 7AA")
        participant.add_follow_up(session, participant=known, due_on=TODAY, what="Ring about the interview")
        participant.record_consent(session, known, answer="given")
        referral.send_referral(session, participant=known, partner=library, need="English conversation group")
        activity.book_appointment(session, participant=known, due_on=TODAY, at="10:00")
        return known

    desk.store.act(desk.owner, "Furnish", furnish)
    return desk


@pytest.fixture
def window(peopled: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    made = desk_window.make_window(peopled, theme)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    qtbot.waitUntil(lambda: not peopled.work.busy())


def settled(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.work is None or not window.work.busy())


@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_by_its_key_and_every_control_on_it_has_a_name(window: MainWindow, qtbot: QtBot, key: str) -> None:
    if (place := KEYS.index(key) + 1) < 10:
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{place}"), Qt.KeyboardModifier.ControlModifier)
    else:
        window.go(key)                          # the tenth has no figure of its own
    settled(qtbot, window)
    assert window.current_key() == key
    assert unnamed(window) == []


@pytest.mark.parametrize("key", KEYS)
def test_no_words_are_lost_at_twice_the_text_size(window: MainWindow, qtbot: QtBot, theme: Theme, key: str) -> None:
    theme.set_scale(200)
    window.go(key)
    settled(qtbot, window)
    with suppress(qtbot.TimeoutError):          # wrapped lines find their height over a few rounds of the layout
        qtbot.waitUntil(lambda: cut_off(window) == [], timeout=3000)
    assert cut_off(window) == []


def test_what_one_page_offers_another_page_takes(window: MainWindow, qtbot: QtBot) -> None:
    for key in KEYS:
        window.go(key)
        settled(qtbot, window)
    for what, key in desk_window._TAKES.items():
        assert what in getattr(type(window.page(key)), "TAKES", ()), f"{key} does not take “{what}”"
    for what, (key, verb) in desk_window._NEW.items():
        assert hasattr(window.page(key), verb), f"{key} has no {verb} for “{what}”"


def test_a_job_is_recorded_from_the_persons_own_page(window: MainWindow, qtbot: QtBot, peopled: Desk) -> None:
    with peopled.store.read() as session:
        known = participants.participants(session)[0].id
    window.open("participant", known)
    settled(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert window.current_key() == "activity"
    page: Any = window.page("activity")
    qtbot.waitUntil(lambda: page.jobs.form.person.value() == known)
    assert page.jobs.form.day.isAncestorOf(QApplication.focusWidget())


def test_the_search_box_finds_a_person_without_their_diacritics_being_typed(peopled: Desk) -> None:
    assert [hit.title for hit in desk_window._find(peopled, "lukasz brz")] == ["Łukasz Brzęczyszczykiewicz"]


def test_the_first_rows_are_those_that_the_rooms_find_due(peopled: Desk) -> None:
    connection = raw.connect(peopled.store.path, peopled.store.key)
    try:
        first = first_page.first_rows(connection, TODAY)
    finally:
        connection.close()
    with peopled.store.read() as session:
        due = casework.due(session, until=TODAY + timedelta(days=casework.DUE_AHEAD_DAYS))
    assert first_page.AHEAD_DAYS == casework.DUE_AHEAD_DAYS
    seen, told = ({(row.kind, row.id, row.due_on, row.who) for row in rows} for rows in (first, due))
    assert seen == told
    assert len(first) == len(due) == 4


def test_lock_drops_the_pages_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.page("today") is None
    assert not window.isVisible()
