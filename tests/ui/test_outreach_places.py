"""Places, presence, what hangs on a place and people turned away, on the outreach page, by keys over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity_actions
from coachdesk.casework import closing as closings
from coachdesk.outreach import actions, queries
from coachdesk.participant import actions as participant_actions
from coachdesk.partner import actions as partner_actions
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.participant.page import ParticipantPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import unnamed

Key = Qt.Key
Stage = Callable[[Any], MessageBar]
WEEK = timedelta(weeks=1)


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def see(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


@pytest.fixture
def hall(desk: Desk) -> UUID:
    """A hall with sessions every week from next week, and somebody who was met there last week and registered."""
    bank = act(desk, lambda s: partner_actions.add_partner(s, name="Shard End Food Bank", kind="food bank", lots=["Shard End"]))
    made: UUID = act(desk, lambda s: partner_actions.add_venue(s, name="St Thomas Hall", partner=bank, postcode="B34 7AA"))
    act(desk, lambda s: partner_actions.add_venue(s, name="Library", partner=bank, is_own_premises=True))
    act(desk, lambda s: actions.plan_series(s, venue=made, kind="food bank", from_day=TODAY + WEEK, to_day=TODAY + 4 * WEEK))
    met = act(desk, lambda s: actions.open_session(s, venue=made, kind="coffee morning", held_on=TODAY - WEEK))
    contact = act(desk, lambda s: actions.log_contact(s, session_id=met, name="Ana Bell"))
    person = act(desk, lambda s: participant_actions.register_contact(s, contact, name="Ana Bell", postcode="B34 7AA"))
    act(desk, lambda s: activity_actions.log_intervention(s, participant=person, kind="CV & job search", minutes=30, mode="phone",
                                                          is_meaningful=True, why="plan"))
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, hall: UUID, stage: Stage) -> OutreachPage:
    made = OutreachPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show(qtbot: QtBot, desk: Desk, page: OutreachPage, key: str) -> Any:
    page.show_tab(key)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: not desk.work.busy())
    return page._made[key]


def test_a_place_is_closed_by_keys_and_its_sessions_move(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    view = show(qtbot, desk, page, "venues")
    places = [view.table.model.row(at).id for at in range(view.table.count())]
    view.table.go_to(places.index(hall))
    qtbot.keyClick(view.table.view, Key.Key_Return)
    form = view.closing.form
    qtbot.waitUntil(form.reason.hasFocus)
    settle(qtbot, desk)
    assert [view.closing.people.model.row(0).name, view.closing.sessions.count(), view.closing.partners.count()] == ["Ana Bell", 4, 1]
    assert unnamed(view.closing) == []
    qtbot.keyClicks(form.reason, "flood")
    qtbot.keyClick(form.reason, Key.Key_Return)
    assert not see(desk, closings.restart_order)          # where to is still to be said
    form.to_venue.set_value(next(id for id in places if id != hall))
    qtbot.keyClick(form.reason, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(see(desk, closings.restart_order)))
    settle(qtbot, desk)
    rows = see(desk, lambda s: queries.sessions(s, status="planned"))
    assert {row.venue for row in rows} == {"Library"} and len(rows) == 4
    assert page.title.text() == "Outreach" and "1 not open" in page.subtitle.text()
    assert "✕ closed since 12 May 2020" in [view.table.model.row(at).state for at in range(view.table.count())]
    view.show_restart()
    qtbot.waitUntil(lambda: view.restart.table.count() == 1)
    assert "1 registered person came through it" in view.restart.why.text()
    qtbot.keyClick(view.restart, Key.Key_Escape)
    view.table.go_to(0)
    view.open_again()
    qtbot.waitUntil(lambda: see(desk, lambda s: partner_queries.venue_status(s, hall, TODAY)) == "open")


def test_escape_leaves_the_closing_with_nothing_changed(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page, "venues")
    qtbot.keyClick(view.table.view, Key.Key_Return)
    qtbot.waitUntil(view.closing.form.reason.hasFocus)
    qtbot.keyClicks(view.closing.form.reason, "flood")
    qtbot.keyClick(view.closing.form.reason, Key.Key_Escape)
    assert page.title.text() == "Outreach" and not see(desk, partner_queries.venue_statuses)


def test_the_lists_of_a_closing_are_shown_on_paper(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    view = show(qtbot, desk, page, "venues")
    view.table.go_to([view.table.model.row(at).id for at in range(view.table.count())].index(hall))
    view.close_place()
    settle(qtbot, desk)
    view.closing.print_lists()
    qtbot.waitUntil(lambda: page.title.text() == "When St Thomas Hall closes")
    settle(qtbot, desk)


def test_presence_is_shown_by_place_and_by_coach(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page, "presence")
    shown = {view.table.model.row(at).name: view.table.text(at, 1) for at in range(view.table.count())}
    assert shown["St Thomas Hall"][-2:] == "P·" and set(shown["Library"]) == {"·"}
    view.by.set_value(True)
    view.by.changed.emit()
    qtbot.waitUntil(lambda: view.table.count() == 1)
    assert view.table.model.row(0).name == "Olive Owner" and "there in 1 of 26 weeks" in view.words.text()
    assert unnamed(view) == []


def test_what_hangs_on_a_place_opens_down_to_the_person(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page, "dependency")
    assert "Without St Thomas Hall we lose 100.0 % of starts (1)" in view.words.text()
    qtbot.waitUntil(lambda: view.people.count() == 1)
    set_in_public(True)
    assert "Bell" not in view.people.text(0, 0)
    set_in_public(False)
    opened: list[tuple[str, Any]] = []
    page.open_requested.connect(lambda kind, id: opened.append((kind, id)))
    view.people.setFocus()
    qtbot.keyClick(view.people.view, Key.Key_Return)
    assert opened and opened[0][0] == "participant"
    assert unnamed(view) == []


def test_somebody_turned_away_is_counted_by_keys_and_taken_back(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page, "unmet")
    lot = see(desk, lambda s: programme_queries.lot_id(s, "Shard End"))
    page.take("turn away", ("B37 5TX", lot))
    qtbot.waitUntil(lambda: view.form.need.hasFocus() and not view.form.lot.is_empty())
    qtbot.keyClicks(view.form.need.lineEdit(), "housing")
    view.form.count.set_value(6)
    qtbot.keyClick(view.form.count, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(see(desk, queries.turned_away)))
    settle(qtbot, desk)
    assert view.form.postcode.is_empty() and page.subtitle.text() == "Turned away in the last 12 months: 6"
    (row,) = see(desk, queries.turned_away)
    assert (row.need, row.count, row.lot) == ("housing", 6, "Shard End") and row.ward_code
    assert view.table.text(0, 2) == "6"
    view.take_back()
    qtbot.waitUntil(lambda: len(see(desk, queries.turned_away)) == 2)
    settle(qtbot, desk)
    assert view.table.count() == 0
    assert unnamed(view) == []


def test_a_registration_that_comes_to_nothing_offers_to_count_and_keeps_nothing(
        qtbot: QtBot, desk: Desk, hall: UUID, stage: Stage) -> None:
    page = ParticipantPage(desk)
    stage(page)
    offered: list[tuple[str, Any]] = []
    desk.offered.connect(lambda what, value: offered.append((what, value)))
    page.new_participant()
    settle(qtbot, desk)
    form = page.registration.form
    form.lot.set_value(see(desk, lambda s: programme_queries.lot_id(s, "Shard End")))
    qtbot.keyClicks(form.name, "Stan Stranger")
    qtbot.keyClicks(form.postcode, "B37 5TX")
    qtbot.waitUntil(page.registration.turn_away_button.isVisible)
    page.registration.turn_away_button.click()
    assert offered == [("turn away", ("B37 5TX", see(desk, lambda s: programme_queries.lot_id(s, "Shard End"))))]
    assert not page.registration.is_touched()
