"""What can be claimed, by an id that is the same on every device for ever, and how a value of it is made (SYNC.md 8.0).

A claimable is (milestone code, subject): the person for a start or the Nth meaningful intervention (and the person's later spell, where the
contract pays each spell), the job for a job entry and its progression, the job or person for sustained work, the lot and month for a fee.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from coachdesk.claim.rules.contract import Milestone
from coachdesk.claim.rules.shapes import Deed, Spell, Step, Unpaid, Value
from coachdesk.claim.rules.words import pounds

_CLAIMABLES = UUID("6f9d3a52-1c0e-5b7a-9a63-2d5f4e8b7c10")   # fixed for ever: every laptop must derive the same ids


def claimable_id(milestone: str, subject: str) -> str:
    """The id (UUIDv5, 32 hex digits) of what can be claimed for this milestone code and subject, equal on every device."""
    return uuid5(_CLAIMABLES, f"{milestone}\x1f{subject}").hex


def subject_of(person: str, spell: Spell | None) -> str:
    """The person in the first spell, and so wherever spells do not count; the person's spell in a later one."""
    return f"{person}/{spell.id}" if spell is not None and spell.id else person


def value_of(version: Milestone, subject: str, deeds: Sequence[Deed], what: str, on: date | None = None,
             steps: tuple[Step, ...] = ()) -> Value:
    """The value of a claimable that these deeds earned: on the day of the last of them, unless said otherwise."""
    last = deeds[-1]
    pence = version.price(last.lot)
    return Value(claimable=claimable_id(version.code, subject), milestone=version.code, subject=subject, person=last.person, lot=last.lot,
                 earned_on=on or last.on, amount_pence=pence, deeds=tuple(deed.id for deed in deeds), rule=version.rule,
                 clause=version.clause, arithmetic=f"{what}: 1 × {pounds(pence)} = {pounds(pence)}", title=version.title or version.code,
                 steps=steps)


def unpaid_deed(deed: Deed, reason: str, rule: str = "", clause: str = "") -> Unpaid:
    """An activity that pays nothing."""
    return Unpaid(deed=deed.id, person=deed.person, reason=reason, label=deed.label, on=deed.on, lot=deed.lot, rule=rule, clause=clause)


def unpaid_value(value: Value, reason: str, label: str, rule: str, clause: str, pence: int | None = None, is_final: bool = False,
                 last: Step | None = None) -> Unpaid:
    """A claimable that was earned and is not paid, or not wholly; its working stays beside it."""
    priced = Step(f"{value.title or value.milestone}, worth {pounds(value.amount_pence)}", "terms of the contract", value.rule,
                  value.clause, value.arithmetic)
    return Unpaid(deed=value.deeds[-1] if value.deeds else None, person=value.person, reason=reason, label=label, on=value.earned_on,
                  lot=value.lot, claimable=value.claimable, milestone=value.milestone, rule=rule, clause=clause,
                  amount_pence=value.amount_pence if pence is None else pence, is_final=is_final,
                  steps=(*value.steps, priced, *([last] if last else [])))
