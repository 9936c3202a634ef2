"""What organisations offer, what was agreed with them, and which ends have to be looked at, on a real store."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from tests.rooms.conftest import TODAY, RoomDesk


@pytest.fixture
def library(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name="Shard End Library", kind="library", lots=["Shard End"]))


@pytest.fixture
def class_(desk: RoomDesk, library: UUID) -> UUID:
    return desk.act(lambda s: actions.add_service(s, partner=library, name="English class", languages=["Urdu", "English"], fees="free"))


def test_a_service_stands_in_the_list_with_its_opening_times_in_words(desk: RoomDesk, class_: UUID) -> None:
    desk.act(lambda s: actions.add_opening(s, service=class_, days=["thu", "MO"], opens_at="9.30", closes_at="12"))
    desk.act(lambda s: actions.add_opening(s, service=class_, days=["2TU"], opens_at="14:00", freq="month"))
    row, = desk.see(queries.services)
    assert (row.name, row.partner, row.status, row.languages, row.fees) == (
        "English class", "Shard End Library", "active", ("English", "Urdu"), "free")
    assert row.opening == "Mon, Thu 09:30–12:00; second Tue from 14:00"
    assert [partner.services for partner in desk.see(queries.partners)] == [1]


def test_a_second_service_of_that_name_is_refused_at_the_same_organisation_only(desk: RoomDesk, class_: UUID, library: UUID) -> None:
    with pytest.raises(Refusal, match="already a service of this organisation"):
        desk.act(lambda s: actions.add_service(s, partner=library, name="ENGLISH  class"))
    other = desk.act(lambda s: actions.add_partner(s, name="Camp Hill Library", kind="library", lots=["Camp Hill"]))
    desk.act(lambda s: actions.add_service(s, partner=other, name="English class"))
    assert [row.partner for row in desk.see(lambda s: queries.services(s, lot=desk.camp_hill))] == ["Camp Hill Library"]


def test_a_service_is_closed_for_a_time_and_checked(desk: RoomDesk, class_: UUID) -> None:
    desk.act(lambda s: actions.change_service(s, class_, status="closed", alert="Back in June", languages=[]))
    desk.act(lambda s: actions.check_service(s, class_))
    row, = desk.see(queries.services)
    assert (row.status, row.alert, row.assured_on, row.languages) == ("temporarily closed", "Back in June", TODAY, ())
    with pytest.raises(Refusal, match="still to come"):
        desk.act(lambda s: actions.check_service(s, class_, on=TODAY + timedelta(days=1)))


@pytest.mark.parametrize(("given", "says"), [
    ({"minimum_age": 50, "maximum_age": 20}, "older than the oldest"), ({"minimum_age": -1}, "between 0 and 120"),
    ({"website": "not a web address"}, "web address"), ({"email": "nobody"}, "e-mail"), ({"status": "sleeping"}, "a status of a service"),
    ({"phone": "12"}, "telephone")])
def test_a_value_that_cannot_be_right_is_refused(desk: RoomDesk, class_: UUID, given: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        desk.act(lambda s: actions.change_service(s, class_, **given))


@pytest.mark.parametrize(("given", "says"), [
    ({}, "needs a day or an hour"), ({"opens_at": "12:00", "closes_at": "10:00"}, "before it opens"),
    ({"days": ["someday"]}, "day of the week"),
    ({"days": ["MO"], "every": 40}, "1 to 12")])
def test_an_opening_time_that_says_nothing_is_refused(desk: RoomDesk, class_: UUID, given: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        desk.act(lambda s: actions.add_opening(s, service=class_, **given))


def test_a_removed_service_takes_times_and_places_with_it_and_comes_back_whole(desk: RoomDesk, class_: UUID, library: UUID) -> None:
    from coachdesk.store.undo import undo_last

    venue = desk.act(lambda s: actions.add_venue(s, name="Reading room", partner=library, postcode="B34 7AA"))
    desk.act(lambda s: actions.add_service_place(s, service=class_, venue=venue))
    desk.act(lambda s: actions.add_opening(s, service=class_, days=["MO"]))
    with pytest.raises(Refusal, match="given at Reading room already"):
        desk.act(lambda s: actions.add_service_place(s, service=class_, venue=venue))
    desk.act(lambda s: actions.remove_service(s, class_))
    assert desk.see(queries.services) == desk.see(queries.openings) == desk.see(queries.service_places) == []
    undo_last(desk.store, desk.owner)
    assert [row.words for row in desk.see(queries.openings)] == ["Mon"]
    assert [(row.name, row.postcode) for row in desk.see(queries.service_places)] == [("Reading room", "B34 7AA")]


def test_a_service_is_found_by_its_name(desk: RoomDesk, class_: UUID) -> None:
    assert [(hit.kind, hit.id) for hit in desk.see(lambda s: queries.named(s, "english"))] == [("partner.service", class_)]


# --- ends that have to be looked at -----------------------------------------------------------------------------------


def due(desk: RoomDesk) -> list[tuple[str, date]]:
    return [(row.what, row.due_on) for row in desk.see(casework.due)]


def test_an_agreement_warns_ninety_and_thirty_days_ahead_and_on_its_last_day(desk: RoomDesk, library: UUID) -> None:
    ends = TODAY + timedelta(days=60)
    made = desk.act(lambda s: actions.add_agreement(s, partner=library, what="Use of the reading room", ends_on=ends))
    (what, on), = due(desk)
    assert what == "Use of the reading room ends on 11 July 2020, in 60 days"
    assert on == ends - timedelta(days=90)
    desk.act(lambda s: actions.see_agreement_end(s, made))
    assert due(desk) == []
    row, = desk.see(queries.agreements)
    assert row.warn_on == ends - timedelta(days=30)
    assert [one.warn_on for one in desk.see(lambda s: queries.ends(s, until=row.warn_on))] == [row.warn_on]


def test_the_own_funding_of_a_partner_warns_too_and_a_new_day_warns_anew(desk: RoomDesk, library: UUID) -> None:
    desk.act(lambda s: actions.change_partner(s, library, funding_ends_on=TODAY + timedelta(days=10), funding_note="Lottery"))
    assert [what for what, _ in due(desk)] == ["Funding of Shard End Library (Lottery) ends on 22 May 2020, in 10 days"]
    desk.act(lambda s: actions.see_funding_end(s, library))
    assert due(desk) == []
    desk.act(lambda s: actions.change_partner(s, library, funding_ends_on=TODAY + timedelta(days=20)))
    assert len(due(desk)) == 1
    desk.act(lambda s: actions.change_partner(s, library, funding_is_open=True))
    assert due(desk) == [] and desk.see(queries.partners)[0].funding_ends_on is None
    with pytest.raises(Refusal, match="Nobody knows"):
        desk.act(lambda s: actions.see_funding_end(s, library))


def test_an_end_is_the_task_of_whoever_wrote_it(desk: RoomDesk, library: UUID) -> None:
    desk.act(lambda s: actions.add_agreement(s, partner=library, what="Room", ends_on=TODAY), who=desk.coach)
    assert desk.see(lambda s: casework.due(s, coach=desk.owner)) == []
    assert len(desk.see(lambda s: casework.due(s, coach=desk.coach))) == 1


def test_what_is_over_when_it_is_written_is_not_warned_of(desk: RoomDesk, library: UUID) -> None:
    made = desk.act(lambda s: actions.add_agreement(s, partner=library, what="Old", from_day=date(2019, 1, 1), ends_on=date(2019, 12, 31)))
    assert due(desk) == []
    assert desk.see(queries.agreements)[0].state == "ended on 31 December 2019"
    with pytest.raises(Refusal, match="before the first"):
        desk.act(lambda s: actions.change_agreement(s, made, ends_on=date(2018, 12, 31)))
    desk.act(lambda s: actions.change_agreement(s, made, is_open_ended=True))
    assert desk.see(queries.agreements)[0].state == "no end"
    with pytest.raises(Refusal, match="has no end"):
        desk.act(lambda s: actions.see_agreement_end(s, made))
    desk.act(lambda s: actions.remove_agreement(s, made))
    assert desk.see(queries.agreements) == []
