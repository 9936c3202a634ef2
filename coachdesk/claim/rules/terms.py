"""The contract's dated rules: which version is in force on a day, and whether the terms can be worked with at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from coachdesk.claim.rules.shapes import DIVISORS, HALF_UP, INTERVENTIONS, MILESTONE_KINDS, ROUNDINGS, TOP_UP, Floor, Milestone, Terms
from coachdesk.clock import day_text, month_from_text, month_words
from coachdesk.errors import Refusal

_Rule = TypeVar("_Rule", Milestone, Floor)
_NEXT = "Correct the terms of the contract. Nothing was changed."


def by_code(terms: Terms) -> dict[str, tuple[Milestone, ...]]:
    """Milestone code → its versions, oldest first; codes in the order in which the terms name them."""
    found: dict[str, list[Milestone]] = {}
    for milestone in terms.milestones:
        found.setdefault(milestone.code, []).append(milestone)
    return {code: tuple(sorted(versions, key=lambda m: (m.from_, m.version))) for code, versions in found.items()}


def version_on(versions: Iterable[Milestone], on: date) -> Milestone | None:
    """The version in force on that day; were two to overlap, the one that began later."""
    fitting = [milestone for milestone in versions if milestone.in_force(on)]
    return max(fitting, key=lambda m: (m.from_, m.version)) if fitting else None


def floor_in(terms: Terms, month: int) -> Floor | None:
    """The floor rule in force for that claim month; were two to overlap, the one that began later."""
    fitting = [floor for floor in terms.floors if floor.from_month <= month <= floor.to_month]
    return max(fitting, key=lambda f: (f.from_month, f.version)) if fitting else None


def terms_from(contract: str, table: Mapping[str, Any]) -> Terms:
    """The `[terms]` table of a programme template as the ledger's terms, checked: `milestones` and `floors` as programme's rules have them.

    Days may be dates (TOML) or ISO text (as kept in the store). Refusal naming the field where something is missing or unreadable.
    """
    milestones = tuple(_read(_milestone, each, "milestone") for each in table.get("milestones", ()))
    floors = tuple(_read(_floor, each, "floor rule") for each in table.get("floors", ()))
    terms = Terms(contract, milestones, floors)
    check_terms(terms)
    return terms


def _read(make: Callable[[Mapping[str, Any]], _Rule], each: Mapping[str, Any], what: str) -> _Rule:
    """One row of the table; a missing or unreadable field becomes a Refusal."""
    name = f"A {what} of the terms ({each.get('code', each.get('clause', 'unnamed'))}, version {each.get('version', 'unnamed')})"
    try:
        return make(each)
    except KeyError as missing:
        raise Refusal(f"{name} lacks the field {missing}.", _NEXT) from missing
    except (TypeError, ValueError) as wrong:
        raise Refusal(f"{name} has a field that cannot be read: {wrong}.", _NEXT) from wrong


def _milestone(each: Mapping[str, Any]) -> Milestone:
    until = each.get("to")
    return Milestone(code=each["code"], kind=each["kind"], amount_pence=_whole(each["amount_pence"]), clause=each["clause"],
                     version=str(each["version"]), from_=_day(each["from"]), to=None if until is None else _day(until),
                     count=_whole(each.get("count", 3)), title=each.get("title", ""))


def _floor(each: Mapping[str, Any]) -> Floor:
    first, last, base_from, base_to = (month_from_text(each[field]) for field in ("from_month", "to_month", "base_from", "base_to"))
    return Floor(clause=each["clause"], version=str(each["version"]), from_month=first, to_month=last, base_from=base_from,
                 base_to=base_to, divisor=each["divisor"], rounding=each.get("rounding", HALF_UP),
                 base_totals={lot: _whole(pence) for lot, pence in each.get("base_totals", {}).items()},
                 base_months_with_claim={lot: _whole(months) for lot, months in each.get("base_months_with_claim", {}).items()})


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is not a whole number")


def check_terms(terms: Terms) -> None:
    """Refusal, naming the rule and the field, where the terms cannot be worked with; else nothing."""
    for code, versions in by_code(terms).items():
        for milestone in versions:
            _check_milestone(milestone)
        if len({milestone.kind for milestone in versions}) > 1:
            raise Refusal(f"The milestone “{code}” changes its kind between versions.", _NEXT)
        for earlier, later in pairwise(versions):
            if earlier.to is None or earlier.to >= later.from_:
                raise Refusal(f"The milestone “{code}” has two versions in force on {day_text(later.from_)}: "
                              f"{earlier.version} and {later.version}.", _NEXT)
    ordered = sorted(terms.floors, key=lambda f: f.from_month)
    for floor in ordered:
        _check_floor(floor)
    for before, after in pairwise(ordered):
        if before.to_month >= after.from_month:
            raise Refusal(f"Two floor rules are in force in {month_words(after.from_month)}: "
                          f"{before.version} and {after.version}.", _NEXT)


def _check_milestone(milestone: Milestone) -> None:
    """One version's own fields."""
    name = f"The milestone “{milestone.code}”, version {milestone.version},"
    if not milestone.code or milestone.code == TOP_UP:
        raise Refusal(f"A milestone needs a code of its own; “{milestone.code}” cannot be used.", _NEXT)
    if milestone.kind not in MILESTONE_KINDS:
        raise Refusal(f"{name} has the kind “{milestone.kind}”; it must be one of: {', '.join(MILESTONE_KINDS)}.", _NEXT)
    if milestone.amount_pence < 0:
        raise Refusal(f"{name} has an amount below zero.", _NEXT)
    if milestone.kind == INTERVENTIONS and milestone.count < 1:
        raise Refusal(f"{name} asks for {milestone.count} interventions; the count must be at least 1.", _NEXT)
    if milestone.to is not None and milestone.to < milestone.from_:
        raise Refusal(f"{name} ends before it begins.", _NEXT)


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
