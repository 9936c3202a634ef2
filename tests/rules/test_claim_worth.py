"""The quick way to what everything is worth comes to what the ledger comes to, whatever was done and whatever the terms say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.claim.rules import INTERVENTION, JOB, Deed, Helped, Need, Terms, Worth, earned, is_plain, joined_up, of_help, of_jobs, values
from coachdesk.claim.rules.meaning import judged
from coachdesk.clock import month_of
from tests.rules.histories import DAY_ONE, LOTS, days, deeds, people, terms_of
from tests.rules.test_claim_any_history import usual
from tests.rules.test_claim_values import START

FEES = {lot: month_of(DAY_ONE) for lot in LOTS}


def plain(terms: Terms) -> Terms:
    """The same contract without what the quick way leaves to the ledger: each spell anew, proofs of help."""
    return replace(terms, milestones=tuple(replace(each, each_spell=False) for each in terms.milestones),
                   needs=tuple(need for need in terms.needs if need.milestone == "job"))


def known(found: Iterable[Deed]) -> list[Deed]:
    """Each activity once, in its person's one lot, none of them a twin of another record."""
    return [replace(deed, lot=LOTS[deed.person == "C"], counts=True) for deed in {deed.id: deed for deed in found}.values()]


def quick(terms: Terms, found: Iterable[Deed], ineligible: set[str], upto: date) -> list[Worth]:
    """As the store's queries put it together."""
    found = list(found)
    who = {name: person for name, person in people(ineligible).items() if person.eligible}
    helped = [Helped(name, LOTS[name == "C"], tuple(sorted(deed.on for deed in judged(terms, found) if deed.person == name
                                                           and deed.kind == INTERVENTION and deed.is_meaningful))) for name in who]
    jobs = [deed for deed in found if deed.kind == JOB and deed.person in who]
    fees = earned(terms, {}, (), upto, FEES)[0]
    at_once, worked = of_jobs(terms, who, jobs, upto)
    return sorted(joined_up(terms, [*of_help(terms, helped, upto), *at_once], [*worked, *fees]))


@usual
@given(terms_of(), st.lists(deeds(), max_size=30), st.sets(st.sampled_from("ABC"), max_size=1), days)
def test_the_quick_way_agrees_with_the_ledger_to_the_penny(terms: Terms, found: list[Deed], ineligible: set[str], upto: date) -> None:
    terms, had = plain(terms), known(found)
    assert is_plain(terms)
    full = values(terms, people(ineligible), had, upto, FEES)[0]
    assert quick(terms, had, ineligible, upto) == sorted(
        Worth(each.milestone, each.subject, each.person, each.lot, each.earned_on, each.amount_pence) for each in full)


def test_terms_that_ask_for_more_are_left_to_the_ledger() -> None:
    terms = Terms("c", ())
    assert is_plain(terms)
    assert is_plain(replace(terms, milestones=(START,)))
    assert not is_plain(replace(terms, milestones=(replace(START, each_spell=True),)))
    need = Need(START.code, "help given", "proof", "1", date(2018, 10, 1), None)
    assert not is_plain(replace(terms, milestones=(START,), needs=(need,)))
    assert is_plain(replace(terms, milestones=(START,), needs=(replace(need, milestone="job"),)))
