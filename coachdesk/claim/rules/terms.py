"""The contract's dated rules: which version is in force on a day, and whether the terms can be worked with at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from coachdesk.activity.rules import manner_from
from coachdesk.claim.rules.checks import check_terms
from coachdesk.claim.rules.contract import HALF_UP, LAST, OF_JOB, Cap, Floor, Lateness, Milestone, Need, Terms, Wording
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal

_Rule = TypeVar("_Rule")
_Lots = Mapping[str, str]
_NEXT = "Correct the terms of the contract. Nothing was changed."


def version_on(versions: Iterable[Milestone], on: date) -> Milestone | None:
    """The version in force on that day; were two to overlap, the one that began later."""
    fitting = [milestone for milestone in versions if milestone.in_force(on)]
    return max(fitting, key=lambda m: (m.from_, m.version)) if fitting else None


def floor_in(terms: Terms, month: int) -> Floor | None:
    """The floor rule in force for that claim month; were two to overlap, the one that began later."""
    fitting = [floor for floor in terms.floors if floor.from_month <= month <= floor.to_month]
    return max(fitting, key=lambda f: (f.from_month, f.version)) if fitting else None


def terms_from(contract: str, table: Mapping[str, Any], lots: Mapping[str, str] | None = None) -> Terms:
    """The `[terms]` table of a programme template as the ledger's terms, checked (fields: programme's `terms_table`).

    Days may be dates (TOML) or ISO text (as kept in the store). lots: name → id, where a rule names lots; as written where None.
    Refusal naming the field where something is missing or unreadable.
    """
    known = lots or {}
    terms = Terms(
        contract,
        _all(table, "milestones", "milestone", lambda each: _milestone(each, known)),
        _all(table, "floors", "floor rule", _floor),
        _all(table, "caps", "cap", lambda each: _cap(each, known)),
        _all(table, "lateness", "limit on lateness", _lateness),
        _all(table, "evidence", "rule for evidence", _need),
        _all(table, "meaningful", "definition of a meaningful intervention", manner_from),
    )
    check_terms(terms)
    return terms


def _all(table: Mapping[str, Any], field: str, what: str, make: Callable[[Mapping[str, Any]], _Rule]) -> tuple[_Rule, ...]:
    return tuple(_read(make, each, what) for each in table.get(field, ()))


def _read(make: Callable[[Mapping[str, Any]], _Rule], each: Mapping[str, Any], what: str) -> _Rule:
    """One row of the table; a missing or unreadable field becomes a Refusal."""
    name = f"A {what} of the terms ({each.get('code', each.get('clause', 'unnamed'))}, version {each.get('version', 'unnamed')})"
    try:
        return make(each)
    except KeyError as missing:
        raise Refusal(f"{name} lacks the field {missing}.", _NEXT) from missing
    except (TypeError, ValueError) as wrong:
        raise Refusal(f"{name} has a field that cannot be read: {wrong}.", _NEXT) from wrong


def _milestone(each: Mapping[str, Any], lots: _Lots) -> Milestone:
    return Milestone(code=each["code"], kind=each["kind"], amount_pence=_whole(each.get("amount_pence", 0) if each.get("amounts") else
                                                                               each["amount_pence"]),
                     clause=each["clause"], version=str(each["version"]), from_=_day(each["from"]), to=_day_or_none(each),
                     count=_whole(each.get("count", 3)), title=each.get("title", ""),
                     amounts={lots.get(lot, lot): _whole(pence) for lot, pence in each.get("amounts", {}).items()},
                     each_spell=bool(each.get("each_spell", False)), weeks=_whole(each.get("weeks", 0)),
                     hours_a_week=_whole(each.get("hours_a_week", 0)), break_days=_maybe(each, "break_days"),
                     earnings_pence=_whole(each.get("earnings_pence", 0)), within_days=_whole(each.get("within_days", 0)),
                     of=each.get("of", OF_JOB), hours_more=_whole(each.get("hours_more", 0)),
                     pay_bands=tuple(_whole(lowest) for lowest in each.get("pay_bands", ())),
                     in_work_at_start=bool(each.get("in_work_at_start", True)))


def _floor(each: Mapping[str, Any]) -> Floor:
    first, last, base_from, base_to = (month_from_text(each[field]) for field in ("from_month", "to_month", "base_from", "base_to"))
    return Floor(clause=each["clause"], version=str(each["version"]), from_month=first, to_month=last, base_from=base_from,
                 base_to=base_to, divisor=each["divisor"], rounding=each.get("rounding", HALF_UP),
                 base_totals={lot: _whole(pence) for lot, pence in each.get("base_totals", {}).items()},
                 base_months_with_claim={lot: _whole(months) for lot, months in each.get("base_months_with_claim", {}).items()})


def _cap(each: Mapping[str, Any], lots: _Lots) -> Cap:
    lot = each.get("lot", "")
    return Cap(code=each["code"], per=each["per"], clause=each["clause"], version=str(each["version"]), from_=_day(each["from"]),
               to=_day_or_none(each), milestones=tuple(each.get("milestones", ())), most=_maybe(each, "most"),
               most_pence=_maybe(each, "most_pence"), lot=lots.get(lot, lot), title=each.get("title", ""))


def _lateness(each: Mapping[str, Any]) -> Lateness:
    return Lateness(months=_whole(each["months"]), clause=each["clause"], version=str(each["version"]), from_=_day(each["from"]),
                    to=_day_or_none(each), milestones=tuple(each.get("milestones", ())))


def _need(each: Mapping[str, Any]) -> Need:
    return Need(milestone=each["milestone"], proves=each["proves"], clause=each["clause"], version=str(each["version"]),
                from_=_day(each["from"]), to=_day_or_none(each), title=each.get("title", ""), scope=each.get("scope", LAST),
                verified=bool(each.get("verified", False)),
                wordings=tuple(Wording(one["phrase"], one["clause"], _day(one["from"]), _day_or_none(one))
                               for one in each.get("wordings", ())))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _day_or_none(each: Mapping[str, Any]) -> date | None:
    until = each.get("to")
    return None if until is None else _day(until)


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is not a whole number")


def _maybe(each: Mapping[str, Any], field: str) -> int | None:
    return None if each.get(field) is None else _whole(each[field])
