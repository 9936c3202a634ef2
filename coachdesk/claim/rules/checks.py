"""Whether terms can be worked with at all: each rule's own fields, and that no two versions of one rule are in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from coachdesk.activity.rules import PROVES, Manner
from coachdesk.claim.rules.contract import (
    CAP_SCOPES,
    DIVISORS,
    INTERVENTIONS,
    MILESTONE_KINDS,
    NEED_SCOPES,
    POOLS,
    PROGRESSION,
    ROUNDINGS,
    SUSTAINED,
    TOP_UP,
    Cap,
    Floor,
    Lateness,
    Milestone,
    Need,
    Terms,
)
from coachdesk.clock import day_text, month_words
from coachdesk.errors import Refusal

_NEXT = "Correct the terms of the contract. Nothing was changed."


class _Dated(Protocol):
    @property
    def from_(self) -> date: ...
    @property
    def to(self) -> date | None: ...
    @property
    def version(self) -> str: ...


def by_code(terms: Terms) -> dict[str, tuple[Milestone, ...]]:
    """Milestone code → its versions, oldest first; codes in the order in which the terms name them."""
    found: dict[str, list[Milestone]] = {}
    for milestone in terms.milestones:
        found.setdefault(milestone.code, []).append(milestone)
    return {code: tuple(sorted(versions, key=lambda m: (m.from_, m.version))) for code, versions in found.items()}


def check_terms(terms: Terms) -> None:
    """Refusal, naming the rule and the field, where the terms cannot be worked with; else nothing."""
    codes = by_code(terms)
    for code, versions in codes.items():
        for milestone in versions:
            _check_milestone(milestone)
        if len({(m.kind, m.each_spell, m.of) for m in versions}) > 1:
            raise Refusal(f"The milestone “{code}” changes its kind, or what it is claimed for, between versions.", _NEXT)
        _one_at_a_time(f"The milestone “{code}”", versions)
    for cap in terms.caps:
        _check_cap(cap, codes)
    for limit in terms.lateness:
        _check_lateness(limit, codes)
    for need in terms.needs:
        _check_need(need, codes)
    _grouped("The cap", terms.caps, lambda cap: cap.code)
    _grouped("The limit on lateness for", terms.lateness, lambda limit: ", ".join(limit.milestones) or "all milestones")
    _grouped("The rule for evidence", terms.needs, lambda need: f"{need.milestone}: {need.proves}")
    _one_at_a_time("The definition of a meaningful intervention", terms.meaningful)
    ordered = sorted(terms.floors, key=lambda f: f.from_month)
    for floor in ordered:
        _check_floor(floor)
    for before, after in pairwise(ordered):
        if before.to_month >= after.from_month:
            raise Refusal(f"Two floor rules are in force in {month_words(after.from_month)}: "
                          f"{before.version} and {after.version}.", _NEXT)


def _grouped(what: str, rules: Iterable[Cap] | Iterable[Lateness] | Iterable[Need], name: object) -> None:
    """Rules of one name, each version after the other."""
    assert callable(name)
    found: dict[str, list[_Dated]] = {}
    for rule in rules:
        found.setdefault(name(rule), []).append(rule)
    for key, versions in found.items():
        _one_at_a_time(f"{what} “{key}”", versions)


def _one_at_a_time(what: str, versions: Sequence[_Dated] | Sequence[Manner]) -> None:
    for earlier, later in pairwise(sorted(versions, key=lambda each: (each.from_, each.version))):
        if earlier.to is None or earlier.to >= later.from_:
            raise Refusal(f"{what} has two versions in force on {day_text(later.from_)}: {earlier.version} and {later.version}.", _NEXT)


def _check_milestone(milestone: Milestone) -> None:
    """One version's own fields."""
    name = f"The milestone “{milestone.code}”, version {milestone.version},"
    if not milestone.code or milestone.code == TOP_UP:
        raise Refusal(f"A milestone needs a code of its own; “{milestone.code}” cannot be used.", _NEXT)
    if milestone.kind not in MILESTONE_KINDS:
        raise Refusal(f"{name} has the kind “{milestone.kind}”; it must be one of: {', '.join(MILESTONE_KINDS)}.", _NEXT)
    if milestone.amount_pence < 0 or any(pence < 0 for pence in milestone.amounts.values()):
        raise Refusal(f"{name} has an amount below zero.", _NEXT)
    if milestone.kind == INTERVENTIONS and milestone.count < 1:
        raise Refusal(f"{name} asks for {milestone.count} interventions; the count must be at least 1.", _NEXT)
    if milestone.kind == SUSTAINED and (milestone.weeks > 0) == (milestone.earnings_pence > 0):
        raise Refusal(f"{name} needs either weeks or earnings_pence, and not both.", _NEXT)
    if milestone.kind == SUSTAINED and (milestone.of not in POOLS or min(milestone.weeks, milestone.earnings_pence, milestone.within_days,
                                                                        milestone.hours_a_week, milestone.break_days or 0) < 0):
        raise Refusal(f"{name} has a threshold below zero, or counts of something else than {' or '.join(POOLS)}.", _NEXT)
    if milestone.kind == PROGRESSION and not (milestone.hours_more > 0 or milestone.pay_bands):
        raise Refusal(f"{name} needs hours_more, or pay_bands.", _NEXT)
    if list(milestone.pay_bands) != sorted(set(milestone.pay_bands)):
        raise Refusal(f"{name} has pay_bands that do not rise.", _NEXT)
    _check_span(name, milestone.from_, milestone.to)


def _check_span(name: str, first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refusal(f"{name} ends before it begins.", _NEXT)


def _check_codes(name: str, named: Iterable[str], codes: Iterable[str]) -> None:
    strange = [code for code in named if code not in codes]
    if strange:
        raise Refusal(f"{name} names the milestone “{strange[0]}”, which the terms do not have.", _NEXT)


def _check_cap(cap: Cap, codes: Iterable[str]) -> None:
    name = f"The cap “{cap.code}”, version {cap.version},"
    if cap.per not in CAP_SCOPES:
        raise Refusal(f"{name} is per “{cap.per}”; it must be one of: {', '.join(CAP_SCOPES)}.", _NEXT)
    if cap.most is None and cap.most_pence is None:
        raise Refusal(f"{name} needs most, or most_pence.", _NEXT)
    if (cap.most or 0) < 0 or (cap.most_pence or 0) < 0:
        raise Refusal(f"{name} allows less than nothing.", _NEXT)
    _check_codes(name, cap.milestones, codes)
    _check_span(name, cap.from_, cap.to)


def _check_lateness(limit: Lateness, codes: Iterable[str]) -> None:
    name = f"The limit on lateness {limit.version} ({limit.clause})"
    if limit.months < 0:
        raise Refusal(f"{name} is below zero.", _NEXT)
    _check_codes(name, limit.milestones, codes)
    _check_span(name, limit.from_, limit.to)


def _check_need(need: Need, codes: Iterable[str]) -> None:
    name = f"The rule for evidence “{need.milestone}: {need.proves}”, version {need.version},"
    _check_codes(name, [need.milestone], codes)
    if not need.proves.strip() or any(not each.phrase.strip() for each in need.wordings):
        raise Refusal(f"{name} does not say what has to be proved, or with which words.", _NEXT)
    if need.proves not in PROVES:
        raise Refusal(f"{name} asks for a proof of “{need.proves}”; it must be one of: {', '.join(PROVES)}.", _NEXT)
    if need.scope not in NEED_SCOPES:
        raise Refusal(f"{name} has the scope “{need.scope}”; it must be one of: {', '.join(NEED_SCOPES)}.", _NEXT)
    _check_span(name, need.from_, need.to)
    for wording in need.wordings:
        _check_span(name, wording.from_, wording.to)


def _check_floor(floor: Floor) -> None:
    """One floor's own fields."""
    name = f"The floor rule {floor.version} ({floor.clause})"
    if floor.to_month < floor.from_month or floor.base_to < floor.base_from:
        raise Refusal(f"{name} has a window that ends before it begins.", _NEXT)
    if floor.divisor not in DIVISORS:
        raise Refusal(f"{name} has the divisor “{floor.divisor}”; it must be one of: {', '.join(DIVISORS)}.", _NEXT)
    if floor.rounding not in ROUNDINGS:
        raise Refusal(f"{name} has the rounding “{floor.rounding}”; it must be one of: {', '.join(ROUNDINGS)}.", _NEXT)
    if any(months < 0 for months in floor.base_months_with_claim.values()):
        raise Refusal(f"{name} has a number of base months below zero.", _NEXT)
