"""The ledger's shapes as JSON and back: days as text, tuples as lists; an empty field that is empty by default is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any

from coachdesk.claim import rules


def out(shape: Any) -> dict[str, Any]:
    """A frozen shape as JSON has it."""
    found: dict[str, Any] = _plain(shape)
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        held = [(each, getattr(value, each.name)) for each in fields(value)]
        return {each.name: _plain(got) for each, got in held if got or not _is_empty_by_default(each, got)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_empty_by_default(each: Field[Any], got: Any) -> bool:
    default = each.default_factory() if each.default_factory is not MISSING else each.default
    return default is not MISSING and default == got


def terms_in(kept: Mapping[str, Any]) -> rules.Terms:
    """Terms from their JSON, also as earlier versions of the program wrote them."""
    return rules.Terms(
        contract=kept["contract"],
        milestones=tuple(rules.Milestone(**{**_span(each), "pay_bands": tuple(each.get("pay_bands", ()))}) for each in kept["milestones"]),
        floors=tuple(rules.Floor(**each) for each in kept["floors"]),
        caps=tuple(rules.Cap(**{**_span(each), "milestones": tuple(each.get("milestones", ()))}) for each in kept.get("caps", ())),
        lateness=tuple(rules.Lateness(**{**_span(each), "milestones": tuple(each.get("milestones", ()))})
                       for each in kept.get("lateness", ())),
        needs=tuple(rules.Need(**{**_span(each), "wordings": tuple(rules.Wording(**_span(one)) for one in each.get("wordings", ()))})
                    for each in kept.get("needs", ())),
        meaningful=tuple(rules.Manner(**{**_span(each), "reminders_only": tuple(each.get("reminders_only", ())),
                                         "kinds": tuple(each.get("kinds", ()))}) for each in kept.get("meaningful", ())),
    )


def deed_in(kept: Mapping[str, Any]) -> rules.Deed:
    """An activity from its JSON."""
    return rules.Deed(**{**kept, "on": date.fromisoformat(kept["on"]), "ended_on": _day(kept.get("ended_on")),
                         "evidence": _proofs(kept), "periods": tuple(rules.Period(**_span(each)) for each in kept.get("periods", ()))})


def person_in(kept: Mapping[str, Any]) -> rules.Person:
    """A person, without a name, from its JSON."""
    return rules.Person(**{**kept, "notice_given_on": _day(kept.get("notice_given_on")), "evidence": _proofs(kept), "spells": tuple(
        rules.Spell(**{**each, "started_on": date.fromisoformat(each["started_on"])}) for each in kept.get("spells", ()))})


def unpaid_in(items: Iterable[Mapping[str, Any]]) -> tuple[rules.Unpaid, ...]:
    """Items that are not paid, from their JSON."""
    return tuple(rules.Unpaid(**{**item, "on": date.fromisoformat(item["on"]), "steps": steps_in(item.get("steps", ()))}) for item in items)


def steps_in(kept: Iterable[Mapping[str, Any]]) -> tuple[rules.Step, ...]:
    """The working of a line from its JSON."""
    return tuple(rules.Step(**each) for each in kept)


def _proofs(kept: Mapping[str, Any]) -> tuple[rules.Proof, ...]:
    return tuple(rules.Proof(**{**each, "obtained_on": date.fromisoformat(each["obtained_on"])}) for each in kept.get("evidence", ()))


def _span(each: Mapping[str, Any]) -> dict[str, Any]:
    return {**each, "from_": date.fromisoformat(each["from_"]), "to": _day(each.get("to"))}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
