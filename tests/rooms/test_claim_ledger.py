"""The whole contract in one table, and its proof: whatever is done, the quick way and the ledger come to the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.claim import actions, queries
from coachdesk.claim.queries import shown, worth
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import last_day, month_from_text
from coachdesk.participant import actions as participant
from coachdesk.participant import queries as participants
from coachdesk.participant.record import Participant
from tests.rooms.people import enrol, judge
from tests.rooms.test_claim import APRIL, JOB, MARCH, START, THREE, helped, hired, send_month
from tests.rooms.test_claim_narrowed import FIRST, a_lot_of_help


def test_the_ledger_shows_by_month_earned_what_is_worth_taken_and_open(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10):
        desk.act(helped(person, date(2020, 2, day)))
    send_month(desk, MARCH)
    desk.act(helped(person, date(2020, 3, 17)))
    desk.act(hired(person, date(2020, 4, 30)))
    rows = desk.see(lambda s: queries.ledger(s, lot=desk.shard_end))
    assert [(row.month, row.worth_pence, row.taken_pence, row.open_pence) for row in rows] == [
        (month_from_text("2020-02"), START, START, 0), (month_from_text(MARCH), THREE, 0, THREE), (month_from_text(APRIL), JOB, 0, JOB)]
    told = desk.see(queries.ledger_told)
    assert (told["worth_pence"], told["taken_pence"], told["open_pence"]) == (START + THREE + JOB, START, THREE + JOB)
    send_month(desk, APRIL)
    told = desk.see(lambda s: queries.ledger_told(s, desk.shard_end))
    assert told["open_pence"] == 0 and told["top_up_pence"] == max(row["top_up_pence"] for row in told["rows"]) >= 0


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_both_ways_agree_through_corrections_joins_moves_and_rejections(desk: Any, seed: int) -> None:
    dice = Random(seed)
    people = [*a_lot_of_help(desk, dice, 7), desk.act(lambda s: enrol(s, desk.camp_hill, registered_on=FIRST))]
    for month in ("2019-11", "2020-01", "2020-03", "2020-04"):
        claim = send_month(desk, month)
        _something(desk, dice, people, claim)
        for lot in (desk.shard_end, desk.camp_hill):
            number = month_from_text(month) + 1
            quick, full = (desk.see(lambda s, way=way, lot=lot, number=number: way(s, lot, number)) for way in (worth.figures, _fresh))
            assert (quick.lines, quick.floor, quick.payable_pence) == (full.lines, full.floor, full.payable_pence)
            ways = [desk.see(lambda s, way=way, lot=lot, upto=last_day(number): way(s, upto, lot=lot))
                    for way in (worth.worth, worth.worth_in_full)]
            assert sorted(ways[0]) == sorted(ways[1])
        proof = desk.see(queries.ledger_checked)
        assert proof["holds"], proof["says"]


def _fresh(session: Session, lot: UUID, month: int) -> Any:
    return shown.fresh(session, lot, month).figures


def _something(desk: Any, dice: Random, people: list[UUID], claim: UUID) -> None:
    """Two to four things that happen between claims."""
    def move(session: Session) -> None:
        found = session.get(Participant, dice.choice(people))
        assert found is not None
        found.lot_id = dice.choice([desk.shard_end, desk.camp_hill])

    def join(session: Session) -> None:
        one, other = dice.sample(people, 2)
        ahead = participants.leaders(session)
        if ahead.get(one, one) != ahead.get(other, other):
            participant.merge(session, one, other=other, reason="the same person")

    def remove(session: Session) -> None:
        gone = dice.choice(activity_queries.interventions(session, limit=500))
        activity.remove_intervention(session, gone.id, why="typed for somebody else")

    def reject(session: Session) -> None:
        count = session.execute(sa.select(sa.func.count()).select_from(Line).where(Line.claim_id == claim)).scalar_one()
        if count:
            line = dice.randint(1, count)
            actions.reject(session, claim, line=line, reason="slip not signed")
            if dice.random() < 0.5:
                actions.claim_again(session, claim, line=line, reason="slip found")

    def help(session: Session) -> None:
        helped(dice.choice(people), FIRST + timedelta(days=dice.randint(0, 250)))(session)

    def turn(session: Session) -> None:
        judge(session, dice.choice(people), desk.shard_end, dice.choice(["not eligible", "eligible by connection"]))

    for what in dice.sample([move, join, remove, reject, help, turn], dice.randint(2, 4)):
        desk.act(what)


def test_the_proof_names_what_does_not_add_up(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(helped(person, date(2020, 3, 3)))
    claim = send_month(desk, MARCH)
    assert desk.see(queries.ledger_checked)["holds"]

    def tamper(session: Session) -> None:
        found = session.get(Claim, claim)
        assert found is not None
        found.payable_pence += 1

    desk.act(tamper)
    proof = desk.see(queries.ledger_checked)
    assert not proof["holds"] and "£250.00" in proof["says"][0] and "£250.01" in proof["says"][0]


def test_a_month_s_sum_is_the_drafted_one_once_there_is_a_draft(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(helped(person, date(2020, 3, 3)))
    assert desk.see(lambda s: queries.payable(s, desk.shard_end, month_from_text(MARCH))) == START
    desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    desk.act(hired(person, date(2020, 3, 5)))
    assert desk.see(lambda s: queries.payable(s, desk.shard_end, month_from_text(MARCH))) == START
