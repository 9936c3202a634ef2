"""Places that close and open again, whom to tell, presence, dependency and people turned away, over a real encrypted store."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.activity import actions as activity_actions
from coachdesk.casework import closing as closings
from coachdesk.casework import dependency, first_page
from coachdesk.casework import queries as casework_queries
from coachdesk.casework.timeline import timeline
from coachdesk.clock import month_of
from coachdesk.documents.place_reports import closing_report, unmet_report
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import quarter_of
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant_queries
from coachdesk.partner import actions as partner_actions
from coachdesk.partner import queries as partner_queries
from coachdesk.referral import actions as referral_actions
from coachdesk.store import raw
from coachdesk.store.undo import undo_last
from tests.documents.paper import PRINTED, printed
from tests.rooms.conftest import CAMP_HILL, ELSEWHERE, NOWHERE, SHARD_END, TODAY, RoomDesk

WEEK = timedelta(weeks=1)


def place(desk: RoomDesk, name: str, kind: str = "food bank", own: bool | None = None) -> UUID:
    owner = desk.act(lambda s: partner_actions.add_partner(s, name=f"{name} Trust", kind=kind, lots=["Shard End"]))
    desk.act(lambda s: partner_actions.add_contact(s, partner=owner, name=f"Mary of {name}", phone="0121 496 0123"))
    return desk.act(lambda s: partner_actions.add_venue(s, name=name, partner=owner, postcode="B34 7AA", is_own_premises=own))


@pytest.fixture
def hall(desk: RoomDesk) -> UUID:
    return place(desk, "St Thomas Hall")


@pytest.fixture
def library(desk: RoomDesk) -> UUID:
    return place(desk, "Shard End Library", "library", own=True)


def status(desk: RoomDesk, venue: UUID, on: date = TODAY) -> str:
    return desk.see(lambda s: partner_queries.venue_status(s, venue, on))


def start(desk: RoomDesk, name: str, session_id: UUID | None) -> UUID:
    """A person who is registered, through a contact of a session or without."""
    if session_id is None:
        return desk.act(lambda s: participant_actions.register(s, name=name, lot=desk.shard_end, postcode=SHARD_END))
    contact = desk.act(lambda s: actions.log_contact(s, session_id=session_id, name=name))
    return desk.act(lambda s: participant_actions.register(s, name=name, lot=desk.shard_end, postcode=SHARD_END, contact=contact))


# status

def test_a_place_is_open_until_something_else_is_said_and_the_day_counts(desk: RoomDesk, hall: UUID) -> None:
    assert status(desk, hall) == "open"
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="closed", from_day=TODAY + WEEK, reason="flood"))
    assert (status(desk, hall), status(desk, hall, TODAY + WEEK)) == ("open", "closed")
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="restricted", reason="ten people at most"))
    (row,) = desk.see(lambda s: partner_queries.venues(s, lot=desk.shard_end))
    assert (row.status, row.status_from, row.reason) == ("restricted", TODAY, "ten people at most")
    assert [each.status for each in desk.see(lambda s: partner_queries.venue_statuses(s, venue=hall))] == ["closed", "restricted"]
    assert desk.see(lambda s: partner_queries.venue_statuses(s, lot=desk.camp_hill)) == []


def test_the_later_word_of_one_day_counts(desk: RoomDesk, hall: UUID) -> None:
    for word in ("closed", "restricted", "closed"):
        desk.act(lambda s, word=word: partner_actions.set_venue_status(s, hall, status=word, reason="flood"))
    assert status(desk, hall) == "closed"
    undo_last(desk.store, desk.owner)
    assert status(desk, hall) == "restricted"


@pytest.mark.parametrize(("given", "says"), [
    ({"status": "closed"}, "needs a reason"), ({"status": "on fire", "reason": "x"}, "not a status"),
    ({"status": "closed", "reason": "flood", "review_on": TODAY - WEEK}, "before"),
    ({"status": "open", "risk_assessed_on": TODAY + WEEK}, "still to come"),
    ({"status": "closed", "reason": "x" * 100_000}, "note"),
])
def test_what_cannot_be_said_of_a_place_is_refused(desk: RoomDesk, hall: UUID, given: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        desk.act(lambda s: partner_actions.set_venue_status(s, hall, **given))  # type: ignore[arg-type]
    assert status(desk, hall) == "open"


def test_a_review_falls_into_today_and_is_gone_with_the_next_word(desk: RoomDesk, hall: UUID) -> None:
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="closed", reason="flood", review_on=TODAY))
    (row,) = [row for row in desk.see(lambda s: casework_queries.due(s, coach=desk.owner)) if row.kind == "partner.venue"]
    assert (row.id, row.due_on, row.lot, row.what) == (hall, TODAY, "Shard End", "Look at St Thomas Hall again: closed")
    with raw.connect(desk.store.path, desk.store.key) as connection:
        (first,) = [each for each in first_page.first_rows(connection, TODAY) if each.kind == "partner.venue"]
    assert (first.id, first.due_on, first.lot, first.what, first.coach_id) == (row.id, row.due_on, row.lot, row.what, row.coach_id)
    assert not [row for row in desk.see(lambda s: casework_queries.due(s, coach=desk.coach)) if row.kind == "partner.venue"]
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="open"))
    assert not [row for row in desk.see(casework_queries.due) if row.kind == "partner.venue"]


# closing

@pytest.fixture
def planned(desk: RoomDesk, hall: UUID) -> UUID:
    """A series at the hall, every week from today, with a joint host."""
    desk.act(lambda s: partner_actions.add_partner(s, name="Housing Trust", kind="housing association", lots=["Shard End"]))
    return desk.act(lambda s: actions.plan_series(s, venue=hall, kind="food bank", to_day=TODAY + 5 * WEEK, hosts=["Housing Trust"]))


def test_closing_lists_sessions_people_and_partners(desk: RoomDesk, hall: UUID, planned: UUID) -> None:
    met = desk.act(lambda s: actions.open_session(s, venue=hall, kind="coffee morning", held_on=TODAY - WEEK))
    came, waits = start(desk, "Ana Bell", met), desk.act(
        lambda s: actions.log_contact(s, session_id=met, name="Zoë Kowalska", phone="07400 123456", follow_up_on=TODAY))
    booked = desk.act(lambda s: participant_actions.register(s, name="Bob Cook", lot=desk.shard_end, postcode=SHARD_END,
                                                             phone="07400 123457", preferred_contact="text", is_safe_to_call=False))
    desk.act(lambda s: activity_actions.book_appointment(s, participant=booked, due_on=TODAY + WEEK, at="10:00", place="st thomas hall"))
    other = desk.act(lambda s: participant_actions.register(s, name="Cat Dunn", lot=desk.shard_end, postcode=SHARD_END))
    desk.act(lambda s: activity_actions.book_appointment(s, participant=other, due_on=TODAY + WEEK, place="our office"))
    found = desk.see(lambda s: closings.closing(s, hall, from_day=TODAY + WEEK))
    assert found is not None
    assert [row.held_on for row in found.outreach.sessions] == [TODAY + n * WEEK for n in range(1, 6)]
    assert [row.id for row in found.outreach.series] == [planned]
    assert [person.id for person in found.people] == [booked, came, waits]
    assert "do NOT ring" in found.people[0].reach and "likes text" in found.people[0].reach and "10:00" in found.people[0].why
    assert {row.name for row in found.partners} == {"St Thomas Hall Trust", "Housing Trust"}
    assert [each.name for each in found.partners[0].people] == ["Mary of St Thomas Hall"]
    assert desk.see(lambda s: closings.closing(s, met, from_day=TODAY)) is None


def test_the_day_of_a_closing_that_is_announced_is_known_beforehand(desk: RoomDesk, hall: UUID) -> None:
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="closed", from_day=TODAY + WEEK, reason="flood"))
    assert desk.see(lambda s: partner_queries.next_shut(s, hall, after=TODAY)) == TODAY + WEEK
    assert desk.see(lambda s: partner_queries.next_shut(s, hall, after=TODAY + WEEK)) is None
    _paper, _bytes, pages = printed(lambda out: desk.see(lambda s: closing_report(s, PRINTED, out, (None, None, hall))))
    assert "closed from 19 May 2020" in "\n".join(pages)


def test_closing_moves_everything_as_one_act_and_one_undo_takes_it_back(
        desk: RoomDesk, hall: UUID, library: UUID, planned: UUID) -> None:
    desk.act(lambda s: actions.close_venue(s, hall, reason="flood", from_day=TODAY + WEEK, review_on=TODAY + 2 * WEEK, to_venue=library))
    rows = desk.see(lambda s: queries.sessions(s, status="planned"))
    assert {row.venue for row in rows if row.held_on >= TODAY + WEEK} == {"Shard End Library"}
    assert [row.venue for row in rows if row.held_on < TODAY + WEEK] == ["St Thomas Hall"]
    assert desk.see(lambda s: queries.series_row(s, planned)).venue == "Shard End Library"
    assert status(desk, hall, TODAY + WEEK) == "closed"
    undo_last(desk.store, desk.owner)
    assert {row.venue for row in desk.see(lambda s: queries.sessions(s, status="planned"))} == {"St Thomas Hall"}
    assert status(desk, hall, TODAY + WEEK) == "open" and desk.see(lambda s: queries.series_row(s, planned)).venue == "St Thomas Hall"


def test_closing_cancels_with_the_reason_and_ends_the_series(desk: RoomDesk, hall: UUID, planned: UUID) -> None:
    desk.act(lambda s: actions.close_venue(s, hall, reason="flood", becomes="cancel"))
    rows = desk.see(lambda s: queries.sessions(s, status="cancelled"))
    assert len(rows) == 6 and {row.cancelled_why for row in rows} == {"St Thomas Hall is closed: flood"}
    assert desk.see(lambda s: queries.series_row(s, planned)).ended_why == "St Thomas Hall is closed: flood"
    church = place(desk, "Church")
    with pytest.raises(Refusal, match="closed on"):
        desk.act(lambda s: actions.move_sessions(s, church, to_venue=hall))


def test_sessions_stay_where_they_are_when_nothing_is_said_of_them(desk: RoomDesk, hall: UUID, planned: UUID) -> None:
    desk.act(lambda s: actions.close_venue(s, hall, reason="flood", status="restricted"))
    (row,) = [row for row in desk.see(queries.used_venues) if row.id == hall]
    assert (row.status, row.planned) == ("restricted", 6)
    desk.act(lambda s: actions.open_venue(s, hall, reason="dry again"))
    with pytest.raises(Refusal, match="open on that day already"):
        desk.act(lambda s: actions.open_venue(s, hall))
    for given in ({"status": "open"}, {"becomes": "move"}, {"to_venue": hall}):
        with pytest.raises(Refusal):
            desk.act(lambda s, given=given: actions.close_venue(s, hall, reason="x", **given))


def test_the_restart_begins_with_own_premises_and_says_why(desk: RoomDesk, hall: UUID, library: UUID) -> None:
    met = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK))
    start(desk, "Ana Bell", met)
    for venue in (hall, library):
        desk.act(lambda s, venue=venue: actions.close_venue(s, venue, reason="lockdown", from_day=TODAY - WEEK))
    rows = desk.see(closings.restart_order)
    assert [(row.number, row.venue, row.people) for row in rows] == [(1, "Shard End Library", 0), (2, "St Thomas Hall", 1)]
    assert "own premises" in rows[0].why and "1 registered person came through it" in rows[1].why
    desk.act(lambda s: actions.open_venue(s, library))
    assert [row.venue for row in desk.see(closings.restart_order)] == ["St Thomas Hall"]
    assert desk.see(lambda s: closings.restart_order(s, lot=desk.camp_hill)) == []


def test_a_risk_assessment_before_a_partial_opening_counts_for_the_whole_time_shut(desk: RoomDesk, hall: UUID) -> None:
    desk.act(lambda s: actions.close_venue(s, hall, reason="lockdown", from_day=TODAY - 7 * WEEK))
    desk.act(lambda s: partner_actions.set_venue_status(s, hall, status="restricted", reason="ten at most", from_day=TODAY - WEEK,
                                                        risk_assessed_on=TODAY - 2 * WEEK))
    (row,) = desk.see(closings.restart_order)
    assert (row.status, row.since) == ("restricted", TODAY - 7 * WEEK) and "risk assessed on 28 April 2020" in row.why


# presence

def test_weeks_present_covered_called_off_and_missing_are_told_apart(desk: RoomDesk, hall: UUID) -> None:
    desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - 8 * WEEK))
    cover = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - 2 * WEEK, covered_by=desk.coach))
    off = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK))
    desk.act(lambda s: actions.cancel_session(s, off, why="flood"))
    assert cover
    (row,) = desk.see(lambda s: queries.presence(s, weeks=10))
    assert "".join(row.signs) == "·P·····CX·"
    assert (row.weeks, row.covered, row.expected, row.longest_gap, row.since) == (2, 1, 3, 5, 2)
    assert row.gap == "5 weeks from 23 Mar 2020" and "Carl Coach" in row.coaches
    mine, carls = sorted(desk.see(lambda s: queries.presence(s, weeks=10, by_coach=True)), key=lambda row: row.name, reverse=True)
    assert (mine.name, "".join(mine.signs)) == ("Olive Owner", "·P·····CX·") and "".join(carls.signs) == "·······P··"
    assert desk.see(lambda s: queries.presence(s, lot=desk.camp_hill)) == []


def test_a_place_where_nobody_ever_was_says_so(desk: RoomDesk, hall: UUID) -> None:
    (row,) = desk.see(queries.presence)
    assert (row.since, row.gap, row.weeks) == (None, "nobody was there yet", 0)


# dependency

def test_every_start_and_referral_is_counted_once_and_shares_come_to_a_hundred(desk: RoomDesk, hall: UUID, library: UUID) -> None:
    first = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK))
    second = desk.act(lambda s: actions.open_session(s, venue=library, kind="job club", held_on=TODAY - WEEK))
    names = ("Ana Bell", "Bob Cook", "Cat Dunn", "Zed Young", "Quentin Oxley", "Ursula Vance")
    people = [start(desk, name, met) for name, met in zip(names, (first, first, first, second, None, None), strict=True)]
    assert not any(row.starts for row in desk.see(dependency.dependency)), "registered, but not helped yet"
    for person in people:
        desk.act(lambda s, person=person: activity_actions.log_intervention(  # type: ignore[misc]
            s, participant=person, kind="CV & job search", minutes=30, mode="phone", is_meaningful=True, why="plan"))
    partner = desk.see(partner_queries.partners)[0].id
    desk.act(lambda s: participant_actions.record_consent(s, people[0], matter="referral to partners", answer="given", how="spoken"))
    desk.act(lambda s: referral_actions.send_referral(s, participant=people[0], partner=partner, need="money and debt"))
    rows = desk.see(lambda s: dependency.dependency(s, lot=desk.shard_end))
    assert [(row.venue, row.starts, row.starts_share, row.referrals) for row in rows] == [
        ("St Thomas Hall", 3, 500, 1), ("Shard End Library", 1, 167, 0), ("not through a place", 2, 333, 0)]
    assert sum(row.starts_share for row in rows) == 1000 == sum(row.referrals_share for row in rows)
    assert "lose 50.0 % of starts (3) and 100.0 % of referrals (1)" in dependency.loss_words(rows[0])
    assert {row.name for row in desk.see(lambda s: dependency.came(s, hall))} == set(names[:3])
    assert {row.name for row in desk.see(lambda s: dependency.came(s, dependency.NO_VENUE))} == set(names[4:])
    assert all(not row.starts for row in desk.see(lambda s: dependency.dependency(s, until=TODAY - WEEK)))
    assert [row.id for row in desk.see(lambda s: dependency.dependency(s, lot=desk.camp_hill))] == [dependency.NO_VENUE]


def test_a_person_of_two_records_came_through_the_place_of_the_earlier_session(desk: RoomDesk, hall: UUID, library: UUID) -> None:
    late = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK))
    early = desk.act(lambda s: actions.open_session(s, venue=library, kind="job club", held_on=TODAY - 2 * WEEK))
    leading, led = start(desk, "Ana Bell", late), start(desk, "Anna Bell", early)
    desk.act(lambda s: activity_actions.log_intervention(
        s, participant=led, kind="CV & job search", minutes=30, mode="phone", is_meaningful=True, why="plan"))
    desk.act(lambda s: participant_actions.merge(s, leading, other=led))
    counted = {row.id: row.starts for row in desk.see(dependency.dependency)}
    assert (counted[library], counted[hall]) == (1, 0)
    (came,) = desk.see(lambda s: dependency.came(s, library))
    assert (came.id, came.started_on) == (leading, TODAY)
    assert desk.see(lambda s: dependency.came(s, hall)) == []


# people turned away

def test_the_postcode_finds_the_ward_and_is_not_kept(desk: RoomDesk, hall: UUID) -> None:
    made = desk.act(lambda s: actions.turn_away(s, venue=hall, postcode=ELSEWHERE.lower(), need="housing", count=2))
    (row,) = desk.see(queries.turned_away)
    assert (row.id, row.count, row.need, row.venue, row.lot, row.on_day) == (made, 2, "housing", "St Thomas Hall", "Shard End", TODAY)
    assert row.ward_code and row.ward != "ward not known"
    with raw.connect(desk.store.path, desk.store.key) as connection:
        real = "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"  # virtual: no rows
        tables = [name for (name,) in connection.execute(real)]
        kept = [cell if isinstance(cell, bytes) else str(cell).encode() for name in tables
                for row in connection.execute(f'select * from "{name}"') for cell in row]
    assert b"housing" in b"".join(kept)
    for shape in (b"b37 5tx", b"b375tx"):
        assert not [cell for cell in kept if shape in cell.lower()]


def test_people_are_turned_away_at_sessions_in_lots_and_from_nowhere(desk: RoomDesk, hall: UUID) -> None:
    met = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank"))
    desk.act(lambda s: actions.turn_away(s, session_id=met, need="esol", postcode=NOWHERE))
    desk.act(lambda s: actions.turn_away(s, lot=desk.camp_hill, postcode=CAMP_HILL))
    desk.act(lambda s: actions.tally(s, session_id=met, what="turned away", topics=["debt"]))
    found = desk.see(queries.turned_away)
    assert [(row.lot, row.venue, row.ward, row.need) for row in found][1:] == [
        ("Camp Hill", "", "Camp Hill", "need not said"), ("Shard End", "St Thomas Hall", "ward not known", "ESOL")]
    assert found[0].need == "money and debt"
    assert len(desk.see(lambda s: queries.turned_away(s, lot=desk.camp_hill))) == 1
    for given in ({}, {"lot": desk.camp_hill, "postcode": "over there"}, {"lot": desk.camp_hill, "need": "a pony"},
                  {"lot": desk.camp_hill, "on_day": TODAY + WEEK}, {"lot": desk.camp_hill, "count": 0}):
        with pytest.raises(Refusal) as refused:
            desk.act(lambda s, given=given: actions.turn_away(s, **given))
        assert "over there" not in refused.value.sentence
    desk.act(lambda s: actions.correct_tally(s, found[1].id))
    assert sum(row.count for row in desk.see(lambda s: queries.turned_away(s, lot=desk.camp_hill))) == 0


def test_the_report_hides_small_numbers_and_its_totals_are_true(desk: RoomDesk, hall: UUID) -> None:
    for postcode, need, count in ((ELSEWHERE, "housing", 12), (ELSEWHERE, "esol", 7), (CAMP_HILL, "housing", 3), (CAMP_HILL, "esol", 9)):
        desk.act(lambda s, postcode=postcode, need=need, count=count: actions.turn_away(
            s, venue=hall, lot=desk.shard_end, postcode=postcode, need=need, count=count))
    report = desk.see(queries.unmet_demand)
    assert report.counted == 31 == sum(report.by_need.row_totals) == sum(report.by_venue.column_totals)
    assert report.by_need.rows == report.by_venue.rows and report.by_need.hidden >= 4
    assert all(cell is None or cell == 0 or cell >= 5 for line in report.by_need.cells for cell in line)
    assert desk.see(lambda s: queries.unmet_demand(s, lot=desk.camp_hill)).counted is None
    assert desk.see(lambda s: queries.unmet_demand(s, until=TODAY - WEEK)).counted is None


def test_who_is_registered_and_comes_again_is_met_and_did_not_come_through_the_place(desk: RoomDesk, hall: UUID) -> None:
    known = desk.act(lambda s: participant_actions.register(s, name="Farah Azis", lot=desk.shard_end, registered_on=TODAY - WEEK))
    met = desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank"))
    line = desk.act(lambda s: actions.log_contact(s, session_id=met, name="Farah Aziz", follow_up_on=TODAY + timedelta(days=3)))
    desk.act(lambda s: participant_actions.met_again(s, known, contact=line))
    assert len([each for each in desk.see(lambda s: timeline(s, known)) if each.kind == "outreach.contact"]) == 1
    (promised,) = desk.see(lambda s: participant_queries.follow_ups(s, participant=known))
    assert (promised.due_on, promised.what) == (TODAY + timedelta(days=3), "Follow up: met again at St Thomas Hall")
    assert desk.see(lambda s: queries.contacts(s, id=line))[0].followed_up_on == TODAY
    assert desk.see(closings.came_through) == {}
    with pytest.raises(Refusal, match="already"):
        desk.act(lambda s: participant_actions.met_again(s, known, contact=line))


def test_what_leaves_the_house_is_settled_quarters_of_all_lots(desk: RoomDesk, hall: UUID) -> None:
    for postcode, need, count in ((ELSEWHERE, "housing", 42), (CAMP_HILL, "housing", 3), (CAMP_HILL, "esol", 6)):
        desk.act(lambda s, postcode=postcode, need=need, count=count: actions.turn_away(
            s, venue=hall, lot=desk.shard_end, postcode=postcode, need=need, count=count, on_day=TODAY - 8 * WEEK))
    spring = quarter_of(TODAY)
    assert desk.see(lambda s: queries.published_demand(s, last=spring - 1)).until is None, "winter was settled before they were counted"
    report = desk.see(lambda s: queries.published_demand(s, last=spring))
    assert (report.since, report.until) == (date(2020, 4, 1), date(2020, 6, 30))
    assert report.by_need.row_totals == report.by_place.row_totals == (42, 9) and report.by_need.column_totals == (45, 6)
    assert {cell.is_hidden for line in report.by_need.cells for cell in line} == {True}
    assert [cell.people for line in report.by_place.cells for cell in line] == [42, 9]
    for asked in ((None, None, None), (desk.shard_end, month_of(TODAY - 8 * WEEK), None)):
        _paper, _bytes, pages = printed(lambda out, asked=asked: desk.see(lambda s: unmet_report(s, PRINTED, out, asked)))
        assert "Nothing is published yet" in pages[0] and "All lots" in pages[0]
    with pytest.raises(Refusal, match="not settled yet"):
        desk.see(lambda s: unmet_report(s, PRINTED, Path("none.pdf"), (None, month_of(TODAY), None)))


def test_every_new_door_lists_and_describes(desk: RoomDesk, hall: UUID) -> None:
    from coachdesk.store.doors import fields_of

    desk.act(lambda s: actions.turn_away(s, venue=hall))
    for door in (*actions.DOORS, *partner_actions.DOORS):
        for action in (action for action in (door.add, *door.verbs.values()) if action):
            assert all(field.says for field in fields_of(action))
        json.dumps([str(row) for row in desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=1))])
