"""Series, joint hosts, cover, planned and cancelled sessions, and the paper register, on a real store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import first_page
from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.partner import actions as partner_actions
from coachdesk.store import raw
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import TODAY, RoomDesk

WEEK = timedelta(weeks=1)


@pytest.fixture
def hall(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: partner_actions.add_venue(s, name="Church Hall", lot=desk.shard_end, postcode="B34 7AA"))


@pytest.fixture
def every_week(desk: RoomDesk, hall: UUID) -> UUID:
    """A food bank every Tuesday from today, of the coach."""
    return desk.act(lambda s: actions.plan_series(s, venue=hall, kind="food bank", starts_at="10", ends_at="12", coach=desk.coach))


@pytest.fixture
def met(desk: RoomDesk, hall: UUID) -> UUID:
    return desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK, coach=desk.coach))


def rows_of(desk: RoomDesk, series: UUID) -> list[queries.SessionRow]:
    return desk.see(lambda s: queries.sessions(s, series=series))[::-1]


def row(desk: RoomDesk, id: UUID) -> queries.SessionRow:
    found = desk.see(lambda s: queries.session_row(s, id))
    assert found is not None
    return found


def both_due(desk: RoomDesk) -> tuple[set[Any], set[Any]]:
    """What is due by the rooms, and by the first page's own SQL."""
    connection = raw.connect(desk.store.path, desk.store.key)
    try:
        first = first_page.first_rows(connection, TODAY)
    finally:
        connection.close()
    due = desk.see(lambda s: casework.due(s, until=TODAY + timedelta(days=7)))
    answers = [{(each.kind, each.id, each.due_on, each.who, each.coach_id) for each in rows} for rows in (due, first)]
    return answers[0], answers[1]


# series

def test_a_series_is_planned_half_a_year_ahead(desk: RoomDesk, every_week: UUID) -> None:
    rows = rows_of(desk, every_week)
    assert [each.held_on for each in rows[:3]] == [TODAY, TODAY + WEEK, TODAY + 2 * WEEK]
    assert len(rows) == 27
    assert {(each.status, each.starts_at, each.coach) for each in rows} == {("planned", "10:00", "Carl Coach")}
    found, = desk.see(queries.series)
    assert (found.how_often, found.planned, found.next_on, found.last_on) == ("every Tuesday", 27, TODAY, TODAY + 26 * WEEK)


def test_a_series_ends_on_its_last_day_and_says_its_bank_holidays(desk: RoomDesk, hall: UUID) -> None:
    made = desk.act(lambda s: actions.plan_series(s, venue=hall, kind="job club", from_day=date(2020, 5, 18), to_day=date(2020, 6, 8)))
    assert [each.held_on.day for each in rows_of(desk, made)] == [18, 25, 1, 8]
    assert desk.see(lambda s: queries.series_holidays(s, made)) == [(date(2020, 5, 25), "Spring bank holiday")]


def test_a_series_of_days_that_are_over_is_refused(desk: RoomDesk, hall: UUID) -> None:
    with pytest.raises(Refusal, match="still to come"):
        desk.act(lambda s: actions.plan_series(s, venue=hall, kind="job club", from_day=TODAY - 4 * WEEK, to_day=TODAY - WEEK))
    assert desk.see(queries.series) == []


def test_a_day_that_has_its_session_already_gets_no_second_one(desk: RoomDesk, hall: UUID, every_week: UUID) -> None:
    with pytest.raises(Refusal, match="already"):
        desk.act(lambda s: actions.plan_series(s, venue=hall, kind="food bank", coach=desk.coach))


def test_a_series_that_runs_out_is_due_and_planned_on(desk: RoomDesk, hall: UUID) -> None:
    made = desk.act(lambda s: actions.plan_series(s, venue=hall, kind="food bank", to_day=TODAY + WEEK, coach=desk.coach))
    assert [each for each in desk.see(lambda s: queries.due(s, until=TODAY)) if each.kind == "outreach.series"] == []
    with pytest.raises(Refusal, match="planned already"):
        desk.act(lambda s: actions.extend_series(s, made))
    with desk.store.change(desk.owner, "open end") as session:
        from coachdesk.outreach.record import Series
        session.query(Series).one().to_day = None
    due, = [each for each in desk.see(lambda s: queries.due(s, until=TODAY)) if each.kind == "outreach.series"]
    assert (due.id, due.due_on, due.coach_id) == (made, TODAY - 2 * WEEK, desk.coach)
    ours, first = both_due(desk)
    assert ours == first
    desk.act(lambda s: actions.extend_series(s, made))
    assert len(rows_of(desk, made)) == 27
    assert [each for each in desk.see(lambda s: queries.due(s, until=TODAY)) if each.kind == "outreach.series"] == []


def test_a_change_moves_what_is_planned_and_leaves_what_was_held(desk: RoomDesk, hall: UUID, every_week: UUID) -> None:
    first = rows_of(desk, every_week)[0].id
    desk.act(lambda s: actions.log_line(s, first, line="Ana Bell"))
    other = desk.act(lambda s: partner_actions.add_venue(s, name="Library", lot=desk.camp_hill))
    desk.act(lambda s: actions.change_series(s, every_week, venue=other, starts_at="13:00", ends_at="15:00", days_later=2))
    rows = rows_of(desk, every_week)
    assert (rows[0].status, rows[0].venue, rows[0].held_on, rows[0].starts_at) == ("held", "Church Hall", TODAY, "10:00")
    assert {(each.venue, each.lot, each.starts_at, f"{each.held_on:%a}") for each in rows[1:]} == {("Library", "Camp Hill", "13:00", "Thu")}
    undo_last(desk.store, desk.owner)
    assert {each.venue for each in rows_of(desk, every_week)} == {"Church Hall"}


def test_ending_a_series_cancels_what_is_planned_with_its_reason(desk: RoomDesk, every_week: UUID) -> None:
    desk.act(lambda s: actions.end_series(s, every_week, why="hall closed", last_day=TODAY + WEEK))
    rows = rows_of(desk, every_week)
    assert [each.status for each in rows[:3]] == ["planned", "planned", "cancelled"]
    assert {each.cancelled_why for each in rows[2:]} == {"hall closed"}
    with pytest.raises(Refusal):
        desk.act(lambda s: actions.extend_series(s, every_week))
    with pytest.raises(Refusal):
        desk.act(lambda s: actions.end_series(s, every_week, why="again"))


# planned, held, cancelled

def test_a_planned_session_is_due_and_held_once_somebody_is_met(desk: RoomDesk, hall: UUID) -> None:
    made = desk.act(lambda s: actions.open_session(s, venue=hall, kind="job club", held_on=TODAY + timedelta(days=3), coach=desk.coach))
    assert row(desk, made).status == "planned"
    ours, first = both_due(desk)
    assert ours == first == {("outreach.session", made, TODAY + timedelta(days=3), "", desk.coach)}
    desk.act(lambda s: actions.tally(s, session_id=made))
    assert row(desk, made).status == "held"
    assert both_due(desk) == (set(), set())


def test_a_session_of_the_past_waits_for_its_word(desk: RoomDesk, every_week: UUID) -> None:
    first = rows_of(desk, every_week)[0].id
    with pytest.raises(Refusal, match="still to come"):
        desk.act(lambda s: actions.hold_session(s, rows_of(desk, every_week)[1].id))
    desk.act(lambda s: actions.hold_session(s, first))
    assert row(desk, first).status == "held"


def test_a_cancelled_session_takes_nobody_until_it_is_planned_again(desk: RoomDesk, every_week: UUID) -> None:
    first = rows_of(desk, every_week)[0].id
    with pytest.raises(Refusal, match="reason"):
        desk.act(lambda s: actions.cancel_session(s, first, why=" "))
    desk.act(lambda s: actions.cancel_session(s, first, why="coach ill"))
    assert (row(desk, first).status, row(desk, first).cancelled_why) == ("cancelled", "coach ill")
    for verb in (lambda s: actions.log_line(s, first, line="Ana"), lambda s: actions.tally(s, session_id=first)):
        with pytest.raises(Refusal, match="cancelled: coach ill"):
            desk.act(verb)
    desk.act(lambda s: actions.plan_again(s, first))
    desk.act(lambda s: actions.tally(s, session_id=first))
    with pytest.raises(Refusal, match="was held"):
        desk.act(lambda s: actions.cancel_session(s, first, why="no"))


def test_totals_count_held_sessions_and_planned_ones_apart(desk: RoomDesk, met: UUID, every_week: UUID) -> None:
    desk.act(lambda s: actions.log_line(s, met, line="Ana Bell f/u 19/5"))
    found = desk.see(queries.outreach_totals)
    assert (found.held, found.planned, found.people, found.contacts, found.follow_ups) == (1, 27, 1, 1, 1)
    assert desk.see(lambda s: queries.outreach_totals(s, lot=desk.camp_hill)).held == 0
    ids = desk.see(lambda s: queries.session_ids(s, status="held"))
    assert ids == [met]
    assert [each.id for each in desk.see(lambda s: queries.sessions(s, ids=ids))] == ids


# who holds it

def test_joint_hosts_are_named_in_order_and_taken_away_again(desk: RoomDesk, met: UUID) -> None:
    names = ["Food Bank", "Library Service", "Housing Trust"]
    for name in names:
        desk.act(lambda s, name=name: partner_actions.add_partner(s, name=name, kind="food bank", lots=["Shard End"]))
    desk.act(lambda s: actions.set_hosts(s, met, hosts=names))
    assert (row(desk, met).hosts, row(desk, met).joint_partner) == (tuple(names), "Food Bank")
    desk.act(lambda s: actions.change_session(s, met, hosts=["housing trust", "food bank"]))
    assert set(row(desk, met).hosts) == {"Housing Trust", "Food Bank"}
    desk.act(lambda s: actions.set_hosts(s, met, hosts=[]))
    assert (row(desk, met).hosts, row(desk, met).joint_partner_id) == ((), None)
    with pytest.raises(Refusal, match="No organisation is called"):
        desk.act(lambda s: actions.set_hosts(s, met, hosts=["Nobody"]))


def test_who_covers_has_the_session_to_do(desk: RoomDesk, every_week: UUID) -> None:
    first = rows_of(desk, every_week)[0].id
    desk.act(lambda s: actions.set_cover(s, first, covered_by=desk.owner))
    assert (row(desk, first).coach, row(desk, first).covered_by) == ("Carl Coach", "Olive Owner")
    assert [each.id for each in desk.see(lambda s: queries.due(s, coach=desk.owner, until=TODAY))] == [first]
    assert [each.id for each in desk.see(lambda s: queries.due(s, coach=desk.coach, until=TODAY))] == []
    desk.act(lambda s: actions.set_cover(s, first))
    assert row(desk, first).covered_by is None


# the paper register

def test_a_register_is_keyed_by_number_until_none_is_missing(desk: RoomDesk, met: UUID) -> None:
    with pytest.raises(Refusal, match="No register"):
        desk.act(lambda s: actions.key_row(s, met, line="1 Ana"))
    desk.act(lambda s: actions.print_register(s, met, rows=6))
    desk.act(lambda s: actions.key_row(s, met, line="2 Zoë Kowalska 07400 123456 b34 7aa cv"))
    desk.act(lambda s: actions.key_row(s, met, line="4-5 -"))
    assert row(desk, met).still_to_key == (1, 3, 6)
    due, = desk.see(lambda s: queries.due(s, until=TODAY))
    assert (due.id, due.what) == (met, "Register of Church Hall. Still to key: 1, 3, 6")
    ours, first = both_due(desk)
    assert ours == first
    desk.act(lambda s: actions.key_row(s, met, line="Ana Bell"))
    desk.act(lambda s: actions.key_row(s, met, line="3 Bo"))
    desk.act(lambda s: actions.key_row(s, met, line="6 blank"))
    assert row(desk, met).still_to_key == ()
    assert both_due(desk) == (set(), set())
    paper = desk.see(lambda s: queries.register(s, met))
    assert paper is not None
    assert (paper.keyed, paper.blank) == ({1: "Ana Bell", 2: "Zoë Kowalska", 3: "Bo"}, (4, 5, 6))
    assert row(desk, met).people == 3
    assert desk.see(lambda s: queries.tallies(s, session_id=met)) == []


def test_a_number_that_is_keyed_twice_is_refused_with_who_stands_there(desk: RoomDesk, met: UUID) -> None:
    desk.act(lambda s: actions.print_register(s, met))
    assert row(desk, met).register_rows == 30
    desk.act(lambda s: actions.key_row(s, met, line="7 Zoë Kowalska"))
    for line in ("7 Ana", "7 -", "5-9 -"):
        with pytest.raises(Refusal, match="Zoë Kowalska stands there"):
            desk.act(lambda s, line=line: actions.key_row(s, met, line=line))
    with pytest.raises(Refusal, match="no row 31"):
        desk.act(lambda s: actions.key_row(s, met, line="31 Ana"))
    with pytest.raises(Refusal, match="at least 7 rows"):
        desk.act(lambda s: actions.print_register(s, met, rows=6))


def test_blank_rows_the_wrong_way_about_are_refused(desk: RoomDesk, met: UUID) -> None:
    desk.act(lambda s: actions.print_register(s, met, rows=3))
    with pytest.raises(Refusal, match="The last row, 1, comes before the first, 2"):
        desk.act(lambda s: actions.blank_rows(s, met, first=2, last=1))


def test_a_blank_row_that_was_not_blank_is_keyed_after_all(desk: RoomDesk, met: UUID) -> None:
    desk.act(lambda s: actions.print_register(s, met, rows=3))
    desk.act(lambda s: actions.key_row(s, met, line="1-3 -"))
    contact = desk.act(lambda s: actions.key_row(s, met, line="2 Ana Bell"))
    paper = desk.see(lambda s: queries.register(s, met))
    assert paper is not None
    assert (paper.keyed, paper.blank, paper.still_to_key) == ({2: "Ana Bell"}, (1, 3), ())
    assert contact is not None
    desk.act(lambda s: actions.change_contact(s, contact, register_number=3))
    assert row(desk, met).still_to_key == (2,)
    desk.act(lambda s: actions.remove_contact(s, contact))
    assert row(desk, met).still_to_key == (2, 3)
