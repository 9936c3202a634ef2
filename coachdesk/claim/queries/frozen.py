"""How a claim is frozen and read again: the ledger's shapes as JSON, whole enough to explain and to work out again, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.queries.plain import deed_in, out, person_in, steps_in, unpaid_in
from coachdesk.claim.record import Claim, Line


def line_basis(figures: rules.ClaimFigures, line: rules.Line) -> dict[str, Any]:
    """What a line rests on, as it stands: ids of its activities, the activities themselves, the person without a name."""
    person = figures.people.get(line.person)
    return {
        "ids": list(line.deeds),
        "deeds": [out(figures.deeds[id]) for id in line.deeds if id in figures.deeds],
        "person": out(person) if person else None,
        "steps": [out(step) for step in line.steps],
    }


@dataclass(frozen=True, slots=True)
class Stood:
    """Activities and people as a lot's sent claims froze them, by id."""

    deeds: dict[str, rules.Deed]
    people: dict[str, rules.Person]


def claim_basis(terms: rules.Terms, people: Mapping[str, rules.Person], deeds: Iterable[rules.Deed], cut: date,
                before: Stood) -> dict[str, Any]:
    """What a claim rests on beyond its own lines, so that it can be worked out again: the terms, and whatever of the activities and
    people that count up to the cut is not as earlier claims froze it.

    A value may come to rest on another activity without any line, when its amount stays the same.
    """
    current = {deed.id: deed for deed in deeds}
    worth = rules.values(terms, people, current.values(), cut)[0]
    counted = {id: current[id] for value in worth for id in value.deeds} | {id: current[id] for id in before.deeds if id in current}
    persons = {value.person: people[value.person] for value in worth} | {id: people[id] for id in before.people if id in people}
    return {
        "terms": out(terms),
        "changed": [out(deed) for id, deed in counted.items() if before.deeds.get(id) != deed],
        "gone": [id for id in before.deeds if id not in current],
        "people": [out(person) for id, person in persons.items() if before.people.get(id) != person],
    }


def unpaid_out(figures: rules.ClaimFigures) -> dict[str, Any]:
    """Items not payable, those that wait, and those that can no longer be paid, as they stand."""
    kept = (("items", figures.unpaid), ("waiting", figures.waiting), ("expired", figures.expired))
    return {name: [out(item) for item in items] for name, items in kept}


def stored_figures(session: Session, claim: Claim) -> rules.ClaimFigures:
    """A claim's figures as they were frozen."""
    deeds: dict[str, rules.Deed] = {}
    people: dict[str, rules.Person] = {}
    lines = []
    for row in session.execute(sa.select(Line).where(Line.claim_id == claim.id).order_by(Line.__table__.c.row)).scalars():
        if row.milestone == rules.TOP_UP:
            continue
        person = row.deeds.get("person")
        lines.append(
            rules.Line(
                claimable=row.claimable,
                milestone=row.milestone,
                subject=row.subject,
                person=str(row.participant_id) if row.participant_id else "",
                lot=str(claim.lot_id),
                month=claim.month,
                earned_month=row.earned_month,
                amount_pence=row.amount_pence,
                value_pence=row.value_pence,
                taken_pence=row.taken_pence,
                deeds=tuple(row.deeds.get("ids", ())),
                rule=row.rule,
                clause=row.clause,
                arithmetic=row.arithmetic,
                reason=row.reason,
                title=row.title,
                steps=steps_in(row.deeds.get("steps", ())),
            )
        )
        deeds.update({each["id"]: deed_in(each) for each in row.deeds.get("deeds", ())})
        if person:
            people[person["id"]] = person_in(person)
    return rules.ClaimFigures(
        lot=str(claim.lot_id),
        month=claim.month,
        lines=tuple(lines),
        unpaid=unpaid_in(claim.unpaid.get("items", ())),
        actual_pence=claim.actual_pence,
        floor=rules.FloorWorking(**claim.floor) if claim.floor else None,
        payable_pence=claim.payable_pence,
        waiting=unpaid_in(claim.unpaid.get("waiting", ())),
        expired=unpaid_in(claim.unpaid.get("expired", ())),
        deeds=deeds,
        people=people,
    )


def as_it_stood(session: Session, lot: UUID, number: int) -> Stood:
    """What the sent claims of a lot froze, up to and including the claim of that number."""
    stood = Stood({}, {})
    chosen = sa.select(Claim.basis).where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT), Claim.number <= number)
    for basis in session.execute(chosen.order_by(Claim.number)).scalars():
        stood.deeds.update({each["id"]: deed_in(each) for each in basis["changed"]})
        for id in basis["gone"]:
            stood.deeds.pop(id, None)
        stood.people.update({each["id"]: person_in(each) for each in basis["people"]})
    return stood
