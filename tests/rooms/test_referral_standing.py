"""Where referrals stand is kept beside them: it says what folding every step says, whatever is done, undone or missing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.referral import actions, queries, rules
from coachdesk.referral.queries.standing import KEEPER, folded, standing
from coachdesk.store import derived, tables, undo
from coachdesk.store.session import today
from tests.rooms.people import enrol
from tests.rooms.test_referral import add_partner, agree

ACTS: dict[str, Any] = {
    rules.SENT: actions.send,
    rules.SEEN: actions.seen,
    rules.ACCEPTED: actions.accept,
    rules.DECLINED: lambda s, id: actions.decline(s, id, said_by="provider", reason="full"),
    rules.PARKED: lambda s, id: actions.park(s, id, condition="plan", review_on=date(2020, 6, 1)),
    rules.READY: lambda s, id: actions.ready(s, id, condition="plan agreed"),
    rules.HANDED_BACK: lambda s, id: actions.hand_back(s, id, reason="no"),
    rules.COMPLETED: lambda s, id: actions.complete(s, id, was_helped=True),
    rules.WITHDRAWN: lambda s, id: actions.withdraw(s, id, reason="no"),
    rules.REOPENED: lambda s, id: actions.reopen(s, id, reason="goes on"),
}


def ordered_by_folding(session: Session) -> list[UUID]:
    """The order of the list as plain Python makes it from all rows."""
    rows = sorted(queries.referrals(session), key=lambda row: (row.made_on, row.id), reverse=True)
    rows.sort(key=lambda row: (row.state not in rules.WAITING, row.reply_due_on if row.state in rules.WAITING else date.min))
    return [row.id for row in rows]


def agrees(session: Session) -> None:
    """The kept table says what folding says, and so do the lists and counts that stand on it."""
    assert standing(session) is tables.referral_standing
    now = folded(session)
    kept = {row.key: row for row in session.execute(tables.referral_standing.select())}
    keys = {id: queries.key_of(session, id) for id in now}
    assert len(kept) == len(now)
    for id, each in now.items():
        known = keys[id]
        assert known is not None
        row = kept[known[0]]
        asked = each.asked_on.isoformat() if each.asked_on else None
        assert (row.state, row.was_accepted, row.asked_on) == (each.state, int(each.was_accepted), asked)
        assert row.sent_on == (each.sent_on.isoformat() if each.sent_on else None)
    assert [row.id for row in queries.referrals(session)] == ordered_by_folding(session)
    waiting = [row for row in queries.referrals(session) if row.state in rules.WAITING]
    book = queries.book(session)
    assert len(book.waiting) == len(waiting) and book.overdue == sum(row.is_overdue for row in waiting)
    assert [row.id for row in queries.awaiting_reply(session)] == [row.id for row in waiting]
    given = [row for row in queries.referrals(session) if row.direction == rules.OUT and row.state != rules.DRAFT]
    assert sum(row.given for row in queries.traffic(session)) == len(given)
    assert sum(row.accepted for row in queries.dealings(session).values()) == sum(row.was_accepted for row in given)
    assert today(session) >= date(2020, 5, 1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["new", "in", "undo", *ACTS])), min_size=1, max_size=12))
def test_it_agrees_with_folding_whatever_is_done_and_undone(desk: Any, story: list[tuple[int, str]]) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, person, "given", date(2020, 5, 1)))
    partner = add_partner(desk, f"Money Advice {person.hex[-8:]}")
    made: list[UUID] = []
    for number, deed in story:
        try:
            if deed == "new" or not made:
                made.append(desk.act(lambda s: actions.draft_referral(s, participant=person, partner=partner, need="debts")))
            elif deed == "in":
                made.append(desk.act(lambda s: actions.receive_referral(s, partner=partner, participant=person, need="work")))
            elif deed == "undo":
                undo.undo_last(desk.store, desk.owner)
            else:
                desk.act(lambda s, deed=deed, number=number: ACTS[deed](s, id=made[number % len(made)]))
        except Refusal:
            pass
    desk.see(agrees)


def test_a_store_that_does_not_have_it_yet_is_folded_on_the_spot_and_filled_by_the_next_change(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, person, "given", date(2020, 5, 1)))
    partner = add_partner(desk, "Money Advice")
    made = desk.act(lambda s: actions.send_referral(s, participant=person, partner=partner, need="debts"))
    rows = desk.see(queries.referrals)
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("delete from referral_standing")
        connection.exec_driver_sql("delete from remembered where name = 'derived.referral.standing'")
    with desk.store.read() as session:
        assert not derived.is_ready(session, KEEPER)
        assert queries.referrals(session) == rows
        assert [row.id for row in queries.awaiting_reply(session)] == [made]
        assert queries.traffic(session)[0].given == 1
    desk.act(lambda s: actions.accept(s, made))
    desk.see(agrees)


@pytest.mark.parametrize("state", rules.STATES)
def test_a_list_of_one_state_has_just_that(desk: Any, state: str) -> None:
    assert desk.see(lambda s: queries.referrals(s, state=state)) == []
