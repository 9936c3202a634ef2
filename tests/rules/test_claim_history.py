"""Random histories of work, corrections, late arrivals and deletions: the ledger always comes out at the truth."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.claim.rules import (
    TOP_UP,
    Deed,
    Floor,
    Milestone,
    Person,
    SentClaim,
    SentLine,
    Terms,
    figures,
    rerun,
    top_up_line,
    values,
)
from coachdesk.clock import last_day, month_from_text, month_of

FIRST = month_from_text("2020-03")
MONTHS = range(FIRST, FIRST + 5)
DAY_ONE = date(2020, 3, 1)
LOTS = ("lot one", "lot two")
TERMS = Terms("c", (
    Milestone("start", "start", 50_000, "1", "v1", date(2018, 10, 1), date(2020, 4, 30)),
    Milestone("start", "start", 45_001, "1a", "v2", date(2020, 5, 1), None),
    Milestone("three", "interventions", 80_000, "2", "v1", date(2018, 10, 1), date(2020, 5, 15), 3),
    Milestone("three", "interventions", 70_003, "2a", "v2", date(2020, 5, 16), None, 2),
    Milestone("job", "job_entry", 120_000, "3", "v1", date(2020, 3, 10), None),
), (Floor("4", "v1", FIRST + 1, FIRST + 3, FIRST - 1, FIRST, "months with a claim", {"lot one": 123_457}, {"lot one": 2}),))

deeds_of = st.builds(
    Deed, id=st.integers(0, 30).map(str), person=st.sampled_from("ABC"), lot=st.sampled_from(LOTS),
    kind=st.sampled_from(["intervention", "intervention", "intervention", "job"]),
    on=st.integers(0, 150).map(lambda n: DAY_ONE + timedelta(days=n)), is_meaningful=st.sampled_from([True, True, True, False]),
    why=st.just("why"), label=st.just("label"), counts=st.sampled_from([True, True, True, False]), why_not=st.just("evidence missing"))
# between two month ends: deeds that arrive or replace one of the same id (late, corrected), ids that are deleted, who is ineligible now
rounds = st.tuples(st.lists(deeds_of, max_size=8), st.sets(st.integers(0, 30).map(str), max_size=4),
                   st.sets(st.sampled_from("ABC"), max_size=1))


def people(ineligible: set[str]) -> dict[str, Person]:
    """Three people, some of whom turn out not to be eligible."""
    return {name: Person(name, name, LOTS[0], name not in ineligible, "a verdict", None) for name in "ABC"}


@settings(max_examples=120, deadline=None)
@given(st.lists(rounds, min_size=5, max_size=5), st.randoms(use_true_random=False))
def test_sums_of_sent_lines_equal_the_value_at_the_last_cut_whatever_happened(history: list[tuple[list[Deed], set[str], set[str]]],
                                                                            dice: random.Random) -> None:
    deeds: dict[str, Deed] = {}
    lines: list[SentLine] = []
    claims: list[SentClaim] = []
    for month, (arriving, deleted, ineligible) in zip(MONTHS, history, strict=True):
        deeds |= {deed.id: deed for deed in arriving}
        deeds = {key: deed for key, deed in deeds.items() if key not in deleted}
        who = people(ineligible)
        for lot in dice.sample(LOTS, 2):
            drafted = figures(TERMS, lot, lot, month, who, deeds.values(), lines, claims)
            shuffled, sent = dice.sample(list(deeds.values()), len(deeds)), dice.sample(lines, len(lines))
            assert figures(TERMS, lot, lot, month, who, [*shuffled, *shuffled[:3]], [*sent, *sent[:3]], claims) == drafted
            top_up = top_up_line(lot, month, drafted.floor) if drafted.floor else None
            own = [*drafted.lines, *([top_up] if top_up else [])]
            assert sum(line.amount_pence for line in own) == drafted.payable_pence
            assert all(line.amount_pence == line.value_pence - line.taken_pence != 0 for line in own)
            assert len({line.claimable for line in own}) == len(own)
            claim = SentClaim(f"{lot} {month}", lot, month, drafted.payable_pence)
            lines += [SentLine(line.claimable, line.amount_pence, month, claim.id, line.milestone, line.subject, line.person,
                               line.earned_month, line.rule, line.clause, line.title, line.deeds) for line in own]
            claims.append(claim)
            again = rerun(TERMS, lot, claim, who, deeds.values(), lines, claims)
            assert again.differences == () and again.now_pence == again.sent_pence
        worth = {value.claimable: value.amount_pence for value in values(TERMS, who, deeds.values(), last_day(month))[0]}
        taken: Counter[str] = Counter()
        for line in lines:
            if line.kind != TOP_UP:
                taken[line.claimable] += line.amount_pence
        assert {key: pence for key, pence in taken.items() if pence} == worth
    assert sum(claim.payable_pence for claim in claims) == sum(line.amount_pence for line in lines)


@given(st.lists(deeds_of, max_size=40), st.integers(0, 160), st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_irrelevant_and_every_deed_is_accounted_for(deeds: list[Deed], after: int, dice: random.Random) -> None:
    deeds = list({deed.id: deed for deed in deeds}.values())
    cut = DAY_ONE + timedelta(days=after)
    earned, unpaid = values(TERMS, people({"C"}), deeds, cut)
    assert values(TERMS, people({"C"}), dice.sample(deeds, len(deeds)), cut) == (earned, unpaid)
    assert {deed for value in earned for deed in value.deeds} | {item.deed for item in unpaid} == {deed.id for deed in deeds}
    assert len({value.claimable for value in earned}) == len(earned)
    assert len(unpaid) == len({item.deed for item in unpaid}) and all(item.reason for item in unpaid)
    assert all(value.earned_on <= cut for value in earned)


@given(st.lists(deeds_of, max_size=40), st.randoms(use_true_random=False))
def test_of_two_states_of_one_deed_the_same_is_kept_in_any_order(deeds: list[Deed], dice: random.Random) -> None:
    cut = last_day(MONTHS[-1])
    assert values(TERMS, people(set()), dice.sample(deeds, len(deeds)), cut) == values(TERMS, people(set()), deeds, cut)


@given(st.lists(deeds_of, max_size=40), st.integers(0, 4))
def test_what_was_earned_by_one_cut_is_worth_the_same_at_every_later_cut(deeds: list[Deed], month: int) -> None:
    early = values(TERMS, people(set()), deeds, last_day(FIRST + month))[0]
    late = values(TERMS, people(set()), deeds, last_day(FIRST + 6))[0]
    assert early == [value for value in late if month_of(value.earned_on) <= FIRST + month]


@given(st.lists(deeds_of, max_size=30))
def test_a_second_copy_of_a_deed_changes_nothing_but_a_second_deed_may(deeds: list[Deed]) -> None:
    deeds = list({deed.id: deed for deed in deeds}.values())
    once = values(TERMS, people(set()), deeds, last_day(MONTHS[-1]))
    assert values(TERMS, people(set()), deeds + [replace(deed) for deed in deeds], last_day(MONTHS[-1])) == once
