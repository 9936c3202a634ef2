"""A claim that reads only the help that can count comes to the same as one that reads all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from coachdesk.activity import queries as activity
from coachdesk.activity.record import Intervention
from coachdesk.activity.rules import Manner
from coachdesk.claim import queries, rules
from coachdesk.claim.queries import shown, worth
from coachdesk.clock import last_day, month_from_text
from coachdesk.participant import actions as participant
from coachdesk.programme.record import Term
from tests.rooms.people import enrol, judge
from tests.rooms.test_claim import helped, hired, send_month

FIRST = date(2019, 10, 1)


def a_lot_of_help(desk: Any, dice: Random, people: int = 8) -> list[UUID]:
    """People with much help of every sort, some of it not meaningful, one of them not eligible any more."""
    made = [desk.act(lambda s: enrol(s, desk.shard_end, registered_on=FIRST)) for _ in range(people)]
    for person in made:
        for _ in range(dice.randint(0, 14)):
            on = FIRST + timedelta(days=dice.randint(0, 220))
            mode, minutes = dice.choice(["phone", "text", "online", "face to face"]), dice.choice([2, 5, 15, 40])
            word = {"is_meaningful": dice.random() < 0.5, "why": "as the coach saw it"} if dice.random() < 0.4 else {}
            desk.act(helped(person, on, mode=mode, minutes=minutes, **word))
        if dice.random() < 0.5:
            desk.act(hired(person, FIRST + timedelta(days=dice.randint(0, 220))))
    desk.act(lambda s: judge(s, made[0], desk.shard_end, "not eligible"))
    return made


def compared(desk: Any, month: str) -> None:
    """Both readings of a month: the same lines, sums and floor, and the same items of people who are eligible."""
    number = month_from_text(month)
    whole = desk.see(lambda s: shown.fresh(s, desk.shard_end, number))
    narrow = desk.see(lambda s: shown.narrow(s, desk.shard_end, number))
    assert len(narrow.deeds) <= len(whole.deeds)
    one, other = whole.figures, narrow.figures
    assert (other.lines, other.floor, other.payable_pence, other.unpaid, other.expired) == (
        one.lines, one.floor, one.payable_pence, one.unpaid, one.expired)

    def waits(items: tuple[rules.Unpaid, ...]) -> list[rules.Unpaid]:
        return [item for item in items if "not eligible" not in item.reason]

    assert waits(other.waiting) == waits(one.waiting)
    quick = desk.see(lambda s: worth.figures(s, desk.shard_end, number))
    assert (quick.lines, quick.floor, quick.actual_pence, quick.payable_pence) == (
        one.lines, one.floor, one.actual_pence, one.payable_pence)
    for lot in (None, desk.shard_end):
        two_ways = [desk.see(lambda s, way=way, lot=lot: way(s, last_day(number), lot=lot)) for way in (worth.worth, worth.worth_in_full)]
        assert sorted(two_ways[0]) == sorted(two_ways[1])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_narrowed_reading_comes_to_the_same_month_after_month(desk: Any, seed: int) -> None:
    dice = Random(seed)
    people = a_lot_of_help(desk, dice)
    for month in ("2019-11", "2020-01", "2020-03", "2020-05"):
        compared(desk, month)
        send_month(desk, month)
        gone = dice.choice(desk.see(lambda s: activity.interventions(s, limit=500)))
        desk.act(lambda s, id=gone.id: _remove(s, id))
        if month == "2020-01":
            desk.act(lambda s: judge(s, people[1], desk.shard_end, "not eligible"))
        for claim in desk.see(queries.claims):
            assert desk.see(lambda s, id=claim.id: queries.rerun(s, id)).differences == ()


def _remove(session: Any, id: UUID) -> None:
    from coachdesk.activity import actions as activity_actions

    activity_actions.remove_intervention(session, id, why="typed for somebody else")


def test_two_records_of_one_person_are_read_whole(desk: Any) -> None:
    people = a_lot_of_help(desk, Random(7), 4)
    desk.act(lambda s: participant.merge(s, people[2], other=people[3], reason="the same person"))
    compared(desk, "2020-04")


def test_the_store_s_word_on_meaningful_is_the_rules_word(desk: Any) -> None:
    a_lot_of_help(desk, Random(11))
    old = Manner(version="1", clause="a", to=date(2020, 1, 31))
    strict = Manner(("text", "online"), 20, ("CV & job search",), coach_may_differ=False, version="2", clause="b", from_=date(2020, 2, 1))
    for manners in ((), (Manner(version="1", clause="a"),), (old, strict), (old, replace(strict, coach_may_differ=True))):
        terms = rules.Terms("c", (), meaningful=manners)
        in_store = set(desk.see(lambda s, m=manners: s.execute(sa.select(Intervention.id).where(
            activity.counts_by(Intervention, m))).scalars().all()))
        by_rules = {UUID(deed.id) for deed in desk.see(queries.deeds) if deed.kind == "intervention" and rules.judge(
            terms, deed).is_meaningful}
        assert in_store == by_rules


def test_terms_that_count_each_spell_anew_read_everything(desk: Any) -> None:
    a_lot_of_help(desk, Random(5), 3)
    desk.act(lambda s: [setattr(term, "details", {**term.details, "each_spell": True})
                        for term in s.execute(sa.select(Term).where(Term.code == "start")).scalars()])
    compared(desk, "2020-04")
    assert desk.see(queries.terms).milestones[0].each_spell
