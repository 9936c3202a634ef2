"""A parked person comes home: the partner ticks the condition, or the day to look again comes, and whoever sent them is told."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.casework import first_page
from coachdesk.casework import queries as casework
from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.outreach.queries import DueRow
from coachdesk.participant import queries as participants
from coachdesk.referral import actions, queries
from coachdesk.store import raw, replay, undo
from tests.rooms.people import enrol
from tests.rooms.test_referral import add_partner, agree


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, made, "given", date(2020, 5, 1)))
    return made


@pytest.fixture
def parked(desk: Any, person: UUID) -> UUID:
    """Sent on 4 May by the coach, parked on 8 May until the money plan is agreed, to be looked at again on 30 June."""
    money = add_partner(desk, "Shard End Money Advice")
    made: UUID = desk.act(lambda s: actions.send_referral(
        s, participant=person, partner=money, need="debts with three lenders", made_on=date(2020, 5, 4), coach=desk.coach,
        return_condition="money plan agreed", kind_of_help="money & debt"))
    desk.act(lambda s: actions.park(s, made, review_on=date(2020, 6, 30), on=date(2020, 5, 8), told_by="telephone"))
    return made


def due(desk: Any, day: date) -> list[DueRow]:
    desk.store.clock = FixedDay(day)
    return [row for row in desk.see(lambda s: casework.due(s, coach=desk.coach)) if row.kind == "referral"]


def row_of(desk: Any, id: UUID) -> queries.ReferralRow:
    row = desk.see(lambda s: queries.referral(s, id))
    assert row is not None
    return row


def test_the_day_to_look_again_fires_for_the_coach_who_sent(desk: Any, parked: UUID) -> None:
    assert due(desk, date(2020, 6, 29)) == []
    (row,) = due(desk, date(2020, 6, 30))
    assert (row.id, row.due_on, row.coach_id) == (parked, date(2020, 6, 30), desk.coach)
    assert row.what == "Look again: parked at Shard End Money Advice until money plan agreed"
    assert row_of(desk, parked).says == "parked until money plan agreed: look again"


def test_the_partner_ticks_the_condition_by_code_and_it_is_due_at_once(desk: Any, parked: UUID) -> None:
    desk.store.clock = FixedDay(date(2020, 6, 3))
    desk.act(lambda s: actions.reply(s, code=row_of(desk, parked).reply_code or "", answer="R", told_by="telephone"))
    assert row_of(desk, parked).says == "ready to return: money plan agreed"
    (row,) = due(desk, date(2020, 6, 5))
    assert (row.due_on, row.coach_id) == (date(2020, 6, 3), desk.coach)
    assert row.what == "Ready to come home from Shard End Money Advice: money plan agreed"
    (said,) = [step for step in desk.see(lambda s: queries.steps(s, referral=parked)) if step.status == "ready to return"]
    assert (said.told_by, said.condition) == ("telephone", "money plan agreed")


def test_coming_home_says_what_was_met_and_plans_the_next_contact(desk: Any, person: UUID, parked: UUID) -> None:
    desk.store.clock = FixedDay(date(2020, 6, 30))
    desk.act(lambda s: actions.ready(s, parked))
    desk.act(lambda s: actions.come_home(s, parked))
    row = row_of(desk, parked)
    assert (row.says, row.reason) == ("completed: helped", "came home: money plan agreed")
    (task,) = desk.see(lambda s: participants.follow_ups(s, participant=person))
    assert (task.due_on, task.coach_id) == (date(2020, 7, 7), desk.coach)
    assert task.what == "Back from Shard End Money Advice: money plan agreed. Plan the next step together."
    assert due(desk, date(2020, 7, 7)) == []
    assert [each.kind for each in desk.see(lambda s: casework.due(s, coach=desk.coach))] == ["participant.follow_up"]


def test_what_was_reached_and_when_to_speak_next_can_be_said_otherwise(desk: Any, person: UUID, parked: UUID) -> None:
    desk.act(lambda s: actions.come_home(s, parked, met="budget agreed, one debt left", next_on=date(2020, 5, 14), next_what="ring Zoë"))
    assert row_of(desk, parked).reason == "came home: budget agreed, one debt left"
    (task,) = desk.see(lambda s: participants.follow_ups(s, participant=person))
    assert (task.due_on, task.what) == (date(2020, 5, 14), "ring Zoë")


def test_one_undo_takes_the_move_and_the_next_contact_back(desk: Any, person: UUID, parked: UUID) -> None:
    desk.act(lambda s: actions.come_home(s, parked))
    undo.undo_last(desk.store, desk.owner)
    assert row_of(desk, parked).state == "parked"
    assert desk.see(lambda s: participants.follow_ups(s, participant=person)) == []


def test_who_is_not_with_a_partner_cannot_come_home(desk: Any, person: UUID, parked: UUID) -> None:
    library = add_partner(desk, "Shard End Library")
    sent = desk.act(lambda s: actions.send_referral(s, participant=person, partner=library, need="computers"))
    with pytest.raises(Refusal, match="is sent: the person is not with the partner yet, so they cannot come home"):
        desk.act(lambda s: actions.come_home(s, sent, met="uses them alone"))
    desk.act(lambda s: actions.accept(s, sent))
    with pytest.raises(Refusal, match="no condition was agreed"):
        desk.act(lambda s: actions.come_home(s, sent))
    came = desk.act(lambda s: actions.receive_referral(s, partner=library, person_name="Amir Khan", need="work", lot=desk.shard_end))
    desk.act(lambda s: actions.accept(s, came))
    with pytest.raises(Refusal, match="came to us from a partner"):
        desk.act(lambda s: actions.come_home(s, came, met="found work"))
    desk.act(lambda s: actions.come_home(s, parked))
    with pytest.raises(Refusal, match="which is its end"):
        desk.act(lambda s: actions.come_home(s, parked))


def test_a_whole_way_home_replays_to_the_same_digest(desk: Any, parked: UUID) -> None:
    desk.act(lambda s: actions.ready(s, parked))
    desk.act(lambda s: actions.come_home(s, parked))
    with desk.store.engine.connect() as connection:
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def test_the_first_paint_says_of_referrals_what_the_rooms_say(desk: Any, person: UUID, parked: UUID) -> None:
    library = add_partner(desk, "Shard End Library")
    desk.store.clock = FixedDay(date(2020, 6, 28))

    def more(session: Session) -> None:
        seen, late, again, home = (actions.send_referral(session, participant=person, partner=library, need="computers", made_on=day)
                                   for day in (date(2020, 6, 15), date(2020, 5, 20), date(2020, 5, 11), date(2020, 6, 1)))
        actions.seen(session, seen)
        actions.withdraw(session, again, reason="moved", on=date(2020, 6, 20))
        actions.reopen(session, again, reason="back", on=date(2020, 6, 27))
        actions.accept(session, home, on=date(2020, 6, 10))
        actions.ready(session, home, condition="uses them alone", on=date(2020, 6, 20))
        actions.book_visit(session, referral=late, on_day=date(2020, 7, 1), at="10:00", place="2 Church Road")
        actions.call_off_visit(session, actions.book_visit(session, referral=late, on_day=date(2020, 7, 2), at="10:00", place="there"))

    desk.act(more)
    with contextlib.closing(raw.connect(desk.store.path, desk.store.key)) as connection:
        first = first_page.first_rows(connection, date(2020, 6, 28), 100)
    due_rows = desk.see(lambda s: casework.due(s, until=date(2020, 7, 5)))
    told = {(row.id, row.due_on, row.who, row.coach_id) for row in due_rows if row.kind == "referral"}
    assert {(row.id, row.due_on, row.who, row.coach_id) for row in first if row.kind == "referral"} == told
    assert len(told) == 5
