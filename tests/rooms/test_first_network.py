"""The first paint of Today knows of the network what the rooms know: ends, closing days, one-way traffic, whom to be in touch with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import first_page
from coachdesk.casework import queries as casework
from coachdesk.clock import FixedDay
from coachdesk.participant import actions as participants
from coachdesk.partner import actions
from coachdesk.programme import actions as programme
from coachdesk.referral import actions as referrals
from coachdesk.store import raw
from tests.rooms.conftest import TODAY, RoomDesk
from tests.rooms.people import enrol

DAY = timedelta(days=1)


@pytest.fixture
def network(desk: RoomDesk) -> UUID:
    """A food bank and an employer with everything that can be due of them; the bank's id."""
    def live(s: Any) -> UUID:
        bank = actions.add_partner(s, name="Food bank", kind="food bank", lots=["Shard End", "Camp Hill"], funding_ends_on=TODAY + 80 * DAY)
        shop = actions.add_partner(s, name="Parcels", kind="employer", lots=["Shard End"])
        actions.set_upkeep(s, bank, cadence_days=10, tended_by=desk.coach)
        actions.set_upkeep(s, shop, tended_by=desk.owner)
        ann = actions.add_contact(s, partner=bank, name="Ann Lee")
        actions.set_key(s, ann, is_key=True, cadence_days=5)
        actions.leave(s, ann, on_day=TODAY + 40 * DAY)
        actions.log_touch(s, partner=bank, on_day=TODAY - 20 * DAY, contacts=["Ann Lee"])
        actions.log_touch(s, partner=shop, on_day=TODAY - 60 * DAY)
        imam = actions.add_connector(s, name="Yusuf Rahman", role="imam", known_by=desk.coach)
        actions.change_connector(s, imam, leaves_on=TODAY + 20 * DAY)
        actions.add_introduction(s, partner=shop, by_connector=imam, on_day=TODAY - 50 * DAY)
        actions.add_agreement(s, partner=bank, what="A desk on Mondays", ends_on=TODAY + 50 * DAY)
        actions.add_capability(s, partner=bank, funding="Grant", kinds=["CV"], ends_on=TODAY + 20 * DAY)
        actions.add_capability(s, body="Stonecross Training", funding="Budget", kinds=["ESOL"], ends_on=TODAY + 3 * DAY, warn_days=10)
        actions.add_vacancy(s, partner=shop, title="Picker", passed_on=TODAY - 48 * DAY, closes_on=TODAY + 5 * DAY, lots=["Shard End"])
        actions.add_vacancy(s, partner=shop, title="Driver", passed_on=TODAY - 45 * DAY, closes_on=TODAY + 50 * DAY)
        council = actions.add_partner(s, name="City Council", kind="council", lots=["Shard End"])
        actions.set_upkeep(s, council, cadence_days=10, tended_by=desk.coach)
        asked = actions.ask_council(s, lot=desk.shard_end, kind="venue", what="The hall", partner=council, asked_on=TODAY - 30 * DAY)
        actions.answer_ask(s, asked, answer="given", answered_on=TODAY - 20 * DAY)
        return bank

    return desk.act(live)


def both(desk: RoomDesk, day: date) -> list[set[tuple[Any, ...]]]:
    """What the first page says on a day, and what the rooms say."""
    desk.store.clock = FixedDay(day)
    connection = raw.connect(desk.store.path, desk.store.key)
    try:
        first = first_page.first_rows(connection, day, 500)
    finally:
        connection.close()
    due = desk.see(lambda s: casework.due(s, until=day + timedelta(days=first_page.AHEAD_DAYS)))
    assert [(row.kind, row.due_on) for row in first] == [(row.kind, row.due_on) for row in due], "in the same order"
    return [{(row.kind, row.id, row.due_on, row.who, row.lot, row.coach_id) for row in rows} for rows in (first, due)]


def test_ends_closing_days_and_clocks_are_those_of_the_rooms_on_any_day(desk: RoomDesk, network: UUID) -> None:
    first, due = both(desk, TODAY)
    assert first == due
    assert {row[0] for row in due} == {"partner", "partner.agreement", "partner.capability", "partner.contact", "partner.connector",
                                       "partner.vacancy", "partner.upkeep"}
    desk.act(lambda s: actions.see_funding_end(s, network))
    desk.act(lambda s: actions.set_upkeep(s, network, cadence_days=0))
    for ahead in (0, 4, 6, 13, 21, 39, 41, 51, 90):
        first, due = both(desk, TODAY + ahead * DAY)
        assert first == due


def test_clocks_of_the_programme_are_the_usual_ones_here_too(desk: RoomDesk, network: UUID) -> None:
    (row,) = desk.see(programme.queries.networks)
    desk.act(lambda s: programme.change_network(s, row.id, cadence_days=70))
    first, due = both(desk, TODAY)
    assert first == due and sum(each[0] == "partner.upkeep" for each in due) == 2


def test_one_way_traffic_is_that_of_the_rooms_until_it_is_answered(desk: RoomDesk, network: UUID) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: participants.record_consent(s, person, answer="given"))

    def give(day: date, coach: UUID) -> None:
        desk.store.clock = FixedDay(day)
        desk.act(lambda s: referrals.send_referral(s, participant=person, partner=network, need="food", coach=coach))

    for at, month in enumerate((6, 7, 8, 9)):
        give(date(2020, month, 10), desk.coach if at else desk.owner)
    alerts = {}
    for day in (date(2020, 9, 15), date(2020, 10, 1), date(2020, 10, 31), date(2020, 11, 1)):
        first, due = both(desk, day)
        assert first == due
        alerts[day] = [(row[2], row[5]) for row in due if row[0] == "referral.one_way"]
    assert [*alerts.values()] == [[(date(2020, 9, 1), desk.coach)], [(date(2020, 9, 1), desk.coach)], [(date(2020, 9, 1), desk.coach)], []]
    desk.store.clock = FixedDay(date(2020, 10, 2))
    desk.act(lambda s: programme.end_member(s, desk.coach, to_day=date(2020, 10, 1)))
    first, due = both(desk, date(2020, 10, 2))
    assert first == due and [row[5] for row in due if row[0] == "referral.one_way"] == [desk.owner]
    desk.act(lambda s: referrals.answer_one_way(s, partner_id=network, what="ring them"))
    first, due = both(desk, date(2020, 10, 3))
    assert first == due and not [row for row in due if row[0] == "referral.one_way"]
    give(date(2020, 10, 5), desk.owner)
    first, due = both(desk, date(2020, 11, 2))
    assert first == due and [row[2] for row in due if row[0] == "referral.one_way"] == [date(2020, 11, 1)]
