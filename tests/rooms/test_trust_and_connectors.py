"""Trust with what came before each word; who opens doors, and what rests on one person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from coachdesk.referral import queries as derived
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import TODAY, RoomDesk

DAY = timedelta(days=1)


@pytest.fixture
def bank(desk: RoomDesk) -> UUID:
    return add(desk, "Food bank")


def add(desk: RoomDesk, name: str) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name=name, kind="food bank", lots=["Shard End"]))


def row_of(desk: RoomDesk, partner: UUID) -> derived.RelationshipRow:
    (row,) = desk.see(lambda s: derived.relationships(s, partner=partner))
    return row


def test_each_word_on_trust_stays_with_what_came_before_it(desk: RoomDesk, bank: UUID) -> None:
    def live(session: Any) -> None:
        actions.set_trust(session, bank, stage="too business-like", on_day=date(2020, 1, 10), said_by="the manager",
                          remark="all they ask for is numbers")
        for day in (date(2020, 1, 20), date(2020, 3, 2), date(2020, 4, 20)):
            actions.log_touch(session, partner=bank, on_day=day, how="visit")
        actions.set_trust(session, bank, stage="listens", on_day=date(2020, 4, 28), preceded_by="we carried parcels with them")

    desk.act(live)
    later, first = desk.see(lambda s: derived.trust_history(s, bank))
    assert (later.row.stage, later.row.direction, first.row.direction) == ("listens", "up", "first word")
    assert later.words == "we carried parcels with them; visit, 20 April 2020; visit, 2 March 2020"
    (row,) = desk.see(derived.upkeep)
    assert (row.trust, row.trust_direction, row.trust_words) == ("listens", "up", "listens, up since 28 Apr 2020")


def test_a_word_on_the_same_day_takes_the_place_of_the_earlier_one(desk: RoomDesk, bank: UUID) -> None:
    for stage in ("shares the work", "too business-like"):
        desk.act(lambda s, stage=stage: actions.set_trust(s, bank, stage=stage, on_day=TODAY))
    (row,) = desk.see(derived.upkeep)
    assert row.trust_words == "too business-like, since 12 May 2020"
    assert [each.stage for each in desk.see(queries.trust_words)] == ["too business-like", "shares the work"], "both stay in the history"


def test_trust_of_a_day_to_come_is_refused(desk: RoomDesk, bank: UUID) -> None:
    with pytest.raises(Refusal, match="still to come"):
        desk.act(lambda s: actions.set_trust(s, bank, stage="listens", on_day=TODAY + DAY))


def test_the_warm_path_to_a_cold_organisation_names_whom_to_ask(desk: RoomDesk, bank: UUID) -> None:
    surgery = add(desk, "Surgery")

    def live(session: Any) -> UUID:
        imam = actions.add_connector(session, name="Yusuf Rahman", role="imam", known_by=desk.coach)
        ann = actions.add_contact(session, partner=bank, name="Ann Lee", role="manager")
        actions.add_introduction(session, partner=bank, by_connector=imam, contact=ann, on_day=date(2019, 3, 1))
        actions.add_introduction(session, partner=surgery, by_contact=ann, remark="her sister is the practice manager")
        actions.set_trust(session, surgery, stage="does not know us")
        return ann

    ann = desk.act(live)
    row = row_of(desk, surgery)
    assert row.is_cold and row.path == ("Yusuf Rahman", "Ann Lee", "Surgery") and row.steps == 2
    assert row.says == "nobody is named; cold: ask Yusuf Rahman → Ann Lee → Surgery"
    desk.act(lambda s: actions.log_touch(s, partner=bank, contacts=["Ann Lee"]))
    assert row_of(desk, surgery).path == ("Ann Lee", "Surgery"), "whom we met by name of late we know ourselves"
    assert row_of(desk, bank).path == (), "a warm one needs no path"
    desk.act(lambda s: actions.leave(s, ann, on_day=TODAY))
    assert row_of(desk, surgery).says == "nobody is named; cold: nobody whom we know well leads there"


def test_a_relationship_that_rests_on_one_person_says_so(desk: RoomDesk, bank: UUID) -> None:
    ann = desk.act(lambda s: actions.add_contact(s, partner=bank, name="Ann Lee"))
    row = row_of(desk, bank)
    assert (row.holders, row.rests_on, row.says) == (("Ann Lee",), "Ann Lee", "rests on Ann Lee")
    (holder,) = desk.see(derived.holders)
    assert (holder.id, holder.rests, holder.holds) == (ann, ("Food bank",), 1)
    imam = desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam"))
    made = desk.act(lambda s: actions.add_introduction(s, partner=bank, by_connector=imam))
    assert row_of(desk, bank).rests_on == "Ann Lee", "one who only could introduce us holds nothing yet"
    desk.act(lambda s: actions.change_introduction(s, made, on_day=TODAY))
    assert row_of(desk, bank).holders == ("Ann Lee", "Yusuf Rahman") and row_of(desk, bank).rests_on == ""
    desk.act(lambda s: actions.leave(s, ann, on_day=TODAY + 30 * DAY))
    desk.act(lambda s: actions.remove_introduction(s, made))
    assert row_of(desk, bank).says == "rests on Ann Lee, who leaves on 11 June 2020"


def test_a_connector_whose_coach_has_left_is_not_warm_any_more(desk: RoomDesk, bank: UUID) -> None:
    def live(session: Any) -> None:
        imam = actions.add_connector(session, name="Yusuf Rahman", role="imam")
        actions.add_introduction(session, partner=bank, by_connector=imam)
        actions.set_trust(session, bank, stage="too business-like")

    desk.act(live)
    assert row_of(desk, bank).path == ()
    (imam,) = desk.see(queries.connectors)
    desk.act(lambda s: actions.change_connector(s, imam.id, known_by=desk.coach))
    assert row_of(desk, bank).path == ("Yusuf Rahman", "Food bank")


def test_a_connector_who_will_leave_stands_in_today_of_whoever_knows_them(desk: RoomDesk) -> None:
    imam = desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam", known_by=desk.coach))
    desk.act(lambda s: actions.change_connector(s, imam, leaves_on=TODAY + 20 * DAY))
    (row,) = desk.see(lambda s: casework.due(s, coach=desk.coach, until=TODAY))
    assert (row.kind, row.who, row.what) == ("partner.connector", "Yusuf Rahman",
                                             "Connector (imam) leaves on 1 June 2020: ask who comes after them")
    assert not desk.see(lambda s: casework.due(s, coach=desk.owner, until=TODAY))
    desk.act(lambda s: actions.change_connector(s, imam, leaves_on=TODAY - DAY))
    assert not desk.see(lambda s: casework.due(s, coach=desk.coach, until=TODAY))
    assert not desk.see(derived.holders)


def test_what_came_before_each_word_on_trust_is_listed(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: actions.log_touch(s, partner=bank, on_day=TODAY - 9 * DAY, how="visit"))
    desk.act(lambda s: actions.set_trust(s, bank, stage="listens", on_day=TODAY - DAY))
    desk.act(lambda s: actions.log_touch(s, partner=bank, on_day=TODAY, how="call"))
    (row,) = desk.see(lambda s: derived.trust_changes(s, lot=desk.shard_end))
    assert (row.stage, row.came_before) == ("listens", ("visit, 3 May 2020",))


def test_odd_introductions_are_refused(desk: RoomDesk, bank: UUID) -> None:
    other = add(desk, "Surgery")
    ann = desk.act(lambda s: actions.add_contact(s, partner=other, name="Ann Lee"))
    imam = desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam"))
    for given, says in (({}, "One person introduces"), ({"by_connector": imam, "by_contact": ann}, "One person introduces"),
                        ({"by_connector": imam, "contact": ann}, "is not at Food bank"),
                        ({"by_connector": imam, "on_day": TODAY + DAY}, "still to come")):
        with pytest.raises(Refusal, match=says):
            desk.act(lambda s, given=given: actions.add_introduction(s, partner=bank, **given))
    with pytest.raises(Refusal, match="already known"):
        desk.act(lambda s: actions.add_connector(s, name="yusuf rahman", role="Imam"))
    made = desk.act(lambda s: actions.add_introduction(s, partner=bank, by_connector=imam))
    with pytest.raises(Refusal, match="stands in 1 introduction"):
        desk.act(lambda s: actions.remove_connector(s, imam))
    desk.act(lambda s: actions.add_introduction(s, partner=bank, by_contact=ann, on_day=TODAY))
    with pytest.raises(Refusal, match="stands in 1 introduction"):
        desk.act(lambda s: actions.remove_contact(s, ann))
    desk.act(lambda s: actions.remove_introduction(s, made))
    desk.act(lambda s: actions.remove_connector(s, imam))


def test_all_of_it_is_in_the_log_and_one_undo_takes_the_last_back(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: actions.log_touch(s, partner=bank, how="visit", remark="tea"))
    desk.act(lambda s: actions.set_trust(s, bank, stage="listens", said_by="Ann Lee"))
    desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam", phone="07700 900123"))
    undo_last(desk.store, desk.owner)
    assert desk.see(queries.connectors) == []
    checked = desk.store.check()
    assert checked.digest == checked.replay_digest
