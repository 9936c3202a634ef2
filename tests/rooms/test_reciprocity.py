"""The reciprocity ledger over a real encrypted store: counted by it, equal to folding everything, and an alert that only words put off."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coachdesk.casework import queries as casework
from coachdesk.clock import FixedDay, month_from_text, month_of
from coachdesk.errors import Refusal
from coachdesk.programme import actions as programme
from coachdesk.referral import actions, queries, rules
from coachdesk.referral.rules import reciprocity
from coachdesk.store import replay
from tests.rooms.people import enrol
from tests.rooms.test_referral import add_partner, agree

MAY = month_of(date(2020, 5, 12))


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, made, "given", date(2020, 1, 1)))
    return made


@pytest.fixture
def money(desk: Any) -> UUID:
    return add_partner(desk, "Shard End Money Advice")


def give(desk: Any, person: UUID, partner: UUID, *days: date, **more: Any) -> list[UUID]:
    return [desk.act(lambda s, day=day: actions.send_referral(s, participant=person, partner=partner, need="debts", made_on=day, **more))
            for day in days]


def receive(desk: Any, person: UUID, partner: UUID, *days: date) -> list[UUID]:
    return [desk.act(lambda s, day=day: actions.receive_referral(s, participant=person, partner=partner, need="work", made_on=day))
            for day in days]


def move_to(desk: Any, day: date) -> None:
    desk.store.clock = FixedDay(day)


def row_of(desk: Any, partner: UUID, **more: Any) -> queries.ReciprocityRow:
    (row,) = desk.see(lambda s: queries.reciprocity_rows(s, partner=partner, **more))
    return row


def test_both_ways_are_counted_with_what_came_of_them(desk: Any, person: UUID, money: UUID) -> None:
    one, two, *_ = give(desk, person, money, date(2020, 4, 2), date(2020, 4, 20), date(2020, 5, 4))
    (came,) = receive(desk, person, money, date(2020, 4, 28))
    desk.act(lambda s: actions.accept(s, one, on=date(2020, 4, 8)))
    desk.act(lambda s: actions.complete(s, one, was_helped=True, on=date(2020, 4, 30)))
    desk.act(lambda s: actions.decline(s, two, said_by="provider", reason="full", on=date(2020, 4, 30)))
    desk.act(lambda s: actions.accept(s, came, on=date(2020, 4, 29)))
    row = row_of(desk, money)
    assert (row.given, row.given_accepted, row.given_completed, row.given_helped) == (3, 1, 1, 1)
    assert (row.received, row.received_accepted, row.received_completed) == (1, 1, 0)
    assert (row.reply_days, row.our_reply_days, row.balance, row.says) == (8.0, 1.0, None, "too few to tell")
    may, april = desk.see(lambda s: queries.months(s, partner=money))
    assert (april.month, april.given, april.given_accepted, april.received, april.reply_days) == ("2020-04", 2, 1, 1, 8.0)
    assert (may.month, may.given, may.received, may.reply_days) == ("2020-05", 1, 0, None)


def test_a_draft_does_not_count_until_it_is_sent_and_then_in_the_month_of_sending(desk: Any, person: UUID, money: UUID) -> None:
    made = desk.act(lambda s: actions.draft_referral(s, participant=person, partner=money, need="debts", made_on=date(2020, 4, 30)))
    assert desk.see(queries.reciprocity_rows) == []
    desk.act(lambda s: actions.send(s, made, on=date(2020, 5, 2)))
    assert [row.month for row in desk.see(queries.months)] == ["2020-05"]


def test_five_both_ways_have_a_balance_in_words(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, *(date(2020, 5, day) for day in (1, 2, 3, 4)))
    assert row_of(desk, money).says == "too few to tell"
    receive(desk, person, money, date(2020, 5, 5))
    row = row_of(desk, money)
    assert (row.balance, row.says) == (pytest.approx(-0.6), "we give more")


def test_three_one_way_months_stand_in_today_until_somebody_says_what_will_be_done(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    alert = "we only give: 3 months in a row, February 2020 to April 2020, 3 referrals"
    assert (row_of(desk, money).alert, row_of(desk, money).answer) == (alert, "")
    (due,) = [row for row in desk.see(casework.due) if row.kind == "referral.one_way"]
    assert (due.id, due.due_on, due.lot, due.coach_id) == (money, date(2020, 5, 1), "Shard End", desk.owner)
    assert due.what == f"One-way traffic with Shard End Money Advice: {alert}. Say what will be done"
    with pytest.raises(Refusal, match="What will be done about it is needed"):
        desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="  "))
    desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ask their manager what we could do for them"))
    assert [row for row in desk.see(casework.due) if row.kind == "referral.one_way"] == []
    assert row_of(desk, money).answer == "ask their manager what we could do for them"
    (said,) = desk.see(queries.one_way_answers)
    assert (said.partner, said.month, said.said_by) == ("Shard End Money Advice", "2020-04", "Olive Owner")


def test_the_alert_comes_back_with_the_next_month_that_goes_the_same_way(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ring them"))
    give(desk, person, money, date(2020, 5, 4))
    assert row_of(desk, money).answer == "ring them"
    move_to(desk, date(2020, 6, 1))
    row = row_of(desk, money)
    assert (row.alert, row.answer) == ("we only give: 4 months in a row, February 2020 to May 2020, 4 referrals", "")
    (due,) = [row for row in desk.see(casework.due) if row.kind == "referral.one_way"]
    assert due.due_on == date(2020, 6, 1)


def test_one_referral_the_other_way_ends_it_and_there_is_nothing_to_answer(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    receive(desk, person, money, date(2020, 5, 6))
    assert row_of(desk, money).alert == ""
    with pytest.raises(Refusal, match="does not go one way"):
        desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ring them"))


def test_an_alert_goes_to_who_is_still_here(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3), coach=desk.coach)
    assert {row.coach_id for row in desk.see(casework.due) if row.kind == "referral.one_way"} == {desk.coach}
    desk.act(lambda s: programme.end_member(s, desk.coach, to_day=date(2020, 5, 1)))
    assert {row.coach_id for row in desk.see(casework.due) if row.kind == "referral.one_way"} == {desk.owner}


def test_a_ledger_of_one_lot_counts_that_lot(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    assert desk.see(lambda s: queries.reciprocity_rows(s, lot=desk.camp_hill)) == []
    assert [row.given for row in desk.see(lambda s: queries.reciprocity_rows(s, lot=desk.shard_end))] == [3]


def test_traffic_that_is_even_over_all_lots_may_go_one_way_in_one(desk: Any, person: UUID, money: UUID) -> None:
    other = desk.act(lambda s: enrol(s, desk.camp_hill, name="Bo Reed"))
    days = date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3)
    give(desk, person, money, *days)
    receive(desk, other, money, *days)
    assert desk.see(queries.one_way_alerts) == [] and row_of(desk, money).alert == ""
    assert row_of(desk, money, lot=desk.shard_end).alert.startswith("we only give: 3 months")
    assert row_of(desk, money, lot=desk.camp_hill).alert.startswith("we only receive: 3 months")
    (due,) = [row for row in desk.see(lambda s: casework.due(s, lot=desk.camp_hill)) if row.kind == "referral.one_way"]
    assert due.lot == "Camp Hill"
    with pytest.raises(Refusal, match="does not go one way"):
        desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ring them"))
    desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="send two people", lot=desk.camp_hill))
    assert row_of(desk, money, lot=desk.camp_hill).answer == "send two people"
    assert row_of(desk, money, lot=desk.shard_end).answer == ""
    assert [row.what for row in desk.see(lambda s: queries.one_way_answers(s, lot=desk.shard_end))] == []
    (said,) = desk.see(queries.one_way_answers)
    assert said.lot == "Camp Hill"


def test_an_answer_in_the_only_lot_of_that_traffic_answers_for_the_partner(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ring them", lot=desk.shard_end))
    assert row_of(desk, money).answer == row_of(desk, money, lot=desk.shard_end).answer == "ring them"


def test_the_providers_own_raise_no_alert(desk: Any, person: UUID) -> None:
    own = add_partner(desk, "Skills House", is_own_provision=True)
    give(desk, person, own, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3), own_provision_reason="the only evening class")
    assert desk.see(queries.one_way_alerts) == [] and row_of(desk, own).alert == ""


def test_answers_replay_to_the_same_digest(desk: Any, person: UUID, money: UUID) -> None:
    give(desk, person, money, date(2020, 2, 3), date(2020, 3, 3), date(2020, 4, 3))
    desk.act(lambda s: actions.answer_one_way(s, partner_id=money, what="ring them"))
    with desk.store.engine.connect() as connection:
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def traffic_of(session: Session) -> dict[UUID, list[reciprocity.Traffic]]:
    """Every referral as the rules count it, folded in plain Python."""
    found: dict[UUID, list[reciprocity.Traffic]] = {}
    now = queries.states(session)
    for row in queries.referrals(session):
        folded = now[row.id]
        if folded.sent_on is None:
            continue
        days = (folded.replied_on - folded.asked_on).days if folded.replied_on and folded.asked_on else None
        found.setdefault(row.partner_id, []).append(reciprocity.Traffic(
            month_of(folded.sent_on), row.direction, folded.was_accepted, folded.was_accepted and folded.state == rules.COMPLETED,
            folded.was_accepted and folded.state == rules.COMPLETED and folded.was_helped is True, days))
    return found


DEEDS: dict[str, Callable[[Session, UUID], Any]] = {
    "accept": lambda s, id: actions.accept(s, id, on=date(2020, 5, 10)),
    "decline": lambda s, id: actions.decline(s, id, said_by="client", reason="no", on=date(2020, 5, 9)),
    "complete": lambda s, id: actions.complete(s, id, was_helped=True, on=date(2020, 5, 11)),
    "reopen": lambda s, id: actions.reopen(s, id, reason="again"),
    "withdraw": lambda s, id: actions.withdraw(s, id, reason="no"),
}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.lists(st.sampled_from([*DEEDS]), max_size=3)), min_size=1, max_size=12))
def test_what_the_store_counts_is_what_folding_everything_says(desk: Any, story: list[tuple[int, bool, list[str]]]) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, person, "given", date(2020, 1, 1)))
    partner = add_partner(desk, f"Partner {person.hex[-8:]}")
    for month, is_out, deeds in story:
        (made,) = (give if is_out else receive)(desk, person, partner, date(2020, month, 4))
        for deed in deeds:
            with contextlib.suppress(Refusal):
                desk.act(lambda s, deed=deed, made=made: DEEDS[deed](s, made))
    rows = desk.see(traffic_of)[partner]
    wanted, row = reciprocity.balance_of(rows), row_of(desk, partner)
    assert (row.given, row.given_accepted, row.given_completed, row.given_helped, row.reply_days) == (
        wanted.given.count, wanted.given.accepted, wanted.given.completed, wanted.given.helped, wanted.given.reply_days)
    assert (row.received, row.received_accepted, row.received_completed, row.our_reply_days) == (
        wanted.received.count, wanted.received.accepted, wanted.received.completed, wanted.received.reply_days)
    assert row.balance == wanted.balance
    months = {month_from_text(each.month): each for each in desk.see(lambda s: queries.months(s, partner=partner))}
    assert {month: (each.given.count, each.received.count) for month, each in reciprocity.by_month(rows).items()} == {
        month: (each.given, each.received) for month, each in months.items()}
    alert = desk.see(lambda s: queries.alert_of(s, partner))
    is_one_way = reciprocity.one_way(rows, MAY - 1) != "" and not {each.direction for each in rows if each.month == MAY} - {
        each.direction for each in rows if each.month == MAY - 1}
    assert (alert is not None) == is_one_way
