"""What comes too late to be paid: it is listed as such, and never silently dropped. What a sent claim took is never taken back for it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import date

from coachdesk.claim.rules.claimables import unpaid_value
from coachdesk.claim.rules.contract import Lateness, Terms, is_in_force
from coachdesk.claim.rules.shapes import Step, Unpaid, Value
from coachdesk.clock import month_of, month_words


def lateness_on(terms: Terms, milestone: str, on: date) -> Lateness | None:
    """The limit for a milestone earned on a day; were two to overlap, the one that names the milestone, then the one that began later."""
    fitting = [each for each in terms.lateness
               if is_in_force(each.from_, each.to, on) and (not each.milestones or milestone in each.milestones)]
    return max(fitting, key=lambda each: (bool(each.milestones), each.from_, each.version)) if fitting else None


def last_claim(terms: Terms, milestone: str, on: date) -> int | None:
    """The month of the last claim in which something earned on a day can be paid; None where there is no limit."""
    limit = lateness_on(terms, milestone, on)
    return month_of(on) + limit.months if limit else None


def in_good_time(terms: Terms, found: Iterable[Value], month: int, taken: Mapping[str, int], refused: Container[str] = ()
                 ) -> tuple[list[Value], list[Unpaid]]:
    """Values as a claim of the month may still take them, and what comes too late. taken: claimable → what sent claims took.

    refused: claimables of which a line was rejected; they were claimed in time, so the limit does not end them.
    """
    if not terms.lateness:
        return list(found), []
    kept: list[Value] = []
    late: list[Unpaid] = []
    for value in found:
        limit = lateness_on(terms, value.milestone, value.earned_on)
        had = max(0, taken.get(value.claimable, 0))
        if limit is None or value.claimable in refused or month <= month_of(value.earned_on) + limit.months or value.amount_pence <= had:
            kept.append(value)
            continue
        reason = _words(limit, value.earned_on)
        last = Step("Too late", "terms of the contract", limit.rule, limit.clause, reason)
        late.append(unpaid_value(value, reason, value.title or value.milestone, limit.rule, limit.clause, value.amount_pence - had,
                                 is_final=True, last=last))
        if had:
            kept.append(replace(value, amount_pence=had, steps=(*value.steps, last)))
    return kept, late


def too_late(terms: Terms, mine: Iterable[Unpaid], expired: Iterable[Unpaid], lot: str, month: int) -> tuple[list[Unpaid], list[Unpaid]]:
    """(what may still be paid, what cannot any more) of a lot: also what was earned and never proved in time."""
    still: list[Unpaid] = []
    late = [item for item in expired if item.lot == lot and month_of(item.on) <= month]
    for item in mine:
        limit = lateness_on(terms, item.milestone, item.on) if item.steps and terms.lateness else None
        if limit is None or month <= month_of(item.on) + limit.months:
            still.append(item)
            continue
        late.append(replace(item, reason=f"{_words(limit, item.on)}; {item.reason}", is_final=True))
    return still, sorted(late, key=lambda item: (item.on, item.person, item.key))


def _words(limit: Lateness, on: date) -> str:
    """The limit in a sentence."""
    earned = month_of(on)
    return (f"can no longer be paid: earned in {month_words(earned)}, the last claim for it was that of "
            f"{month_words(earned + limit.months)} ({limit.clause})")
