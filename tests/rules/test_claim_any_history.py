"""Whatever was done, corrected, deleted, joined or agreed anew in whatever order: the ledger comes out at the truth, and no cap is passed.

A long run that prints its figures: `CLAIM_HISTORIES=5000 python -m pytest -s --timeout=0 tests/rules/test_claim_any_history.py`.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.claim.rules import Deed, Person, Terms, claimable_id, explain, figures, rerun, values
from coachdesk.claim.rules.caps import Place, scope
from coachdesk.claim.rules.ledger import earned
from coachdesk.clock import last_day, month_of
from tests.rules.histories import (
    DAY_ONE,
    LOTS,
    MONTHS,
    Ledger,
    Turn,
    days,
    deeds,
    is_within,
    joined,
    people,
    terms_of,
    turns_with,
)

LONG = int(os.environ.get("CLAIM_HISTORIES", "0"))
usual = settings(max_examples=LONG or 12, deadline=None, suppress_health_check=list(HealthCheck))
FEES = {lot: MONTHS[0] for lot in LOTS}
SEEN: Counter[str] = Counter()


@dataclass
class End:
    """The people and deeds in which a history ends."""

    people: dict[str, Person]
    deeds: dict[str, Deed]


@pytest.fixture(scope="module", autouse=True)
def figures_of_a_long_run() -> Iterator[None]:
    """Prints what a long run has been through."""
    yield
    if LONG:
        print("\n" + ", ".join(f"{count:,} {what}" for what, count in sorted(SEEN.items())))


def played(terms: Terms, history: list[Turn], dice: random.Random, ledger: Ledger) -> tuple[Terms, End]:
    """Five months and two quiet ones after them; checks every claim as it goes out. Answers the last terms and the state they end in."""
    end = End({}, {})
    found: dict[str, Deed] = {}
    for month, turn in zip(MONTHS, history, strict=True):
        terms = turn.terms or terms
        found |= {deed.id: deed for deed in turn.arriving}
        found = {id: deed for id, deed in found.items() if id not in turn.deleted}
        now, who = joined(found) if turn.is_joined else found, people(turn.ineligible)
        end = End(who, now)
        for lot in dice.sample(LOTS, 2):
            sent_before = len(ledger.lines)
            drafted = ledger.send(terms, lot, month, who, now)
            shuffled = figures(terms, lot, lot, month, who, dice.sample([*now.values(), *now.values()], 2 * len(now)),
                               dice.sample(ledger.lines[:sent_before], sent_before), ledger.claims[:-1])
            assert shuffled == drafted, "the order of arrival shows"
            raw = earned(terms, who, now.values(), last_day(month), FEES)[0]
            places = {value.claimable: Place.of(value) for value in raw}
            risen = {line.claimable for line in drafted.lines if line.amount_pence > 0}
            for cap in terms.caps:
                used = ledger.usage(cap, places)
                asked = {key for claimable in risen if claimable in places and (key := scope(cap, places[claimable])) is not None}
                assert all(is_within(cap, used.get(key, (0, 0))) for key in asked), cap
            for line in drafted.lines:
                assert explain(drafted, line.claimable)[-1].arithmetic or line.arithmetic
            for item in (*drafted.unpaid, *drafted.waiting, *drafted.expired):
                assert item.reason and explain(drafted, item.key)
            SEEN.update({"claims": 1, "lines": len(drafted.lines), "unpaid items": len(drafted.unpaid) + len(drafted.waiting),
                         "too late": len(drafted.expired), "corrections": sum(line.taken_pence != 0 for line in drafted.lines)})
    for month in range(MONTHS[-1] + 1, MONTHS[-1] + 3):
        for lot in LOTS:
            ledger.send(terms, lot, month, end.people, end.deeds)
    SEEN["histories"] += 1
    return terms, end


@usual
@given(terms_of(lateness=False), turns_with(st.one_of(st.none(), st.none(), terms_of(lateness=False))), st.randoms(use_true_random=False))
def test_after_every_lot_has_sent_what_was_taken_is_what_everything_is_worth(terms: Terms, history: list[Turn],
                                                                            dice: random.Random) -> None:
    ledger = Ledger()
    terms, end = played(terms, history, dice, ledger)
    worth = values(terms, end.people, end.deeds.values(), last_day(MONTHS[-1] + 2), FEES)[0]
    assert dict(ledger.taken()) == {value.claimable: value.amount_pence for value in worth}
    assert sum(claim.payable_pence for claim in ledger.claims) == sum(line.amount_pence for line in ledger.lines)
    by_lot_month: Counter[tuple[str, int]] = Counter()
    lot_of = {claim.id: claim.lot for claim in ledger.claims}
    for line in ledger.lines:
        by_lot_month[lot_of[line.claim], line.month] += line.amount_pence
    assert by_lot_month == Counter({(claim.lot, claim.month): claim.payable_pence for claim in ledger.claims})
    for cap in terms.caps:
        places = {value.claimable: Place.of(value) for value in worth}
        assert all(is_within(cap, used) for used in ledger.usage(cap, places).values())


@usual
@given(terms_of(), turns_with(st.one_of(st.none(), st.none(), terms_of())), st.randoms(use_true_random=False))
def test_every_sent_month_runs_again_to_the_same_penny_whatever_changed_since(terms: Terms, history: list[Turn],
                                                                              dice: random.Random) -> None:
    ledger = Ledger()
    played(terms, history, dice, ledger)
    for claim, then, who, known, lines, claims in ledger.worked_from:
        own = [line for line in ledger.lines if line.claim == claim.id]
        again = rerun(then, claim.lot, claim, who, known.values(), [*ledger.lines[:lines], *own], [*ledger.claims[:claims], claim])
        assert again.differences == () and again.now_pence == claim.payable_pence


@usual
@given(terms_of(), turns_with(st.none()), st.randoms(use_true_random=False))
def test_what_is_earned_is_taken_or_listed_as_too_late_and_never_dropped(terms: Terms, history: list[Turn], dice: random.Random) -> None:
    ledger = Ledger()
    terms, end = played(terms, history, dice, ledger)
    last = MONTHS[-1] + 2
    raw = earned(terms, end.people, end.deeds.values(), last_day(last), FEES)[0]
    listed = set()
    for lot in LOTS:
        shown = figures(terms, lot, lot, last, end.people, end.deeds.values(), ledger.lines, ledger.claims)
        listed |= {item.claimable for item in (*shown.unpaid, *shown.waiting, *shown.expired)}
    taken = ledger.taken()
    for value in raw:
        assert taken[value.claimable] == value.amount_pence or value.claimable in listed


@usual
@given(terms_of(lateness=False), st.lists(deeds(), max_size=30), days)
def test_what_was_earned_by_one_cut_is_worth_the_same_at_every_later_one(terms: Terms, found: list[Deed], cut: date) -> None:
    month = month_of(cut)
    fees = {lot: month_of(DAY_ONE) for lot in LOTS}
    early = values(terms, people(), found, last_day(month), fees)[0]
    late = values(terms, people(), found, last_day(month + 7), fees)[0]
    assert early == [value for value in late if month_of(value.earned_on) <= month]


def test_ids_of_claimables_are_the_same_on_every_device_for_ever() -> None:
    assert claimable_id("start", "0190a5c0-0000-7000-8000-000000000001") == "8e786a96405e563fad753d00767e632f"
