"""How a claim is frozen and read again: the ledger's shapes as JSON, whole enough to explain and to work out again, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.record import Claim, Line


def line_basis(figures: rules.ClaimFigures, line: rules.Line) -> dict[str, Any]:
    """What a line rests on, as it stands: ids of its activities, the activities themselves, the person without a name."""
    person = figures.people.get(line.person)
    return {
        "ids": list(line.deeds),
        "deeds": [deed_out(figures.deeds[id]) for id in line.deeds if id in figures.deeds],
        "person": _person_out(person) if person else None,
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
        "terms": terms_out(terms),
        "changed": [deed_out(deed) for id, deed in counted.items() if before.deeds.get(id) != deed],
        "gone": [id for id in before.deeds if id not in current],
        "people": [_person_out(person) for id, person in persons.items() if before.people.get(id) != person],
    }


def unpaid_out(figures: rules.ClaimFigures) -> dict[str, Any]:
    """Items not payable, and those that wait, as they stand."""
    return {"items": [_plain(item) for item in figures.unpaid], "waiting": [_plain(item) for item in figures.waiting]}


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
            )
        )
        deeds.update({each["id"]: deed_in(each) for each in row.deeds.get("deeds", ())})
        if person:
            people[person["id"]] = _person_in(person)
    return rules.ClaimFigures(
        lot=str(claim.lot_id),
        month=claim.month,
        lines=tuple(lines),
        unpaid=_unpaid_in(claim.unpaid.get("items", ())),
        actual_pence=claim.actual_pence,
        floor=rules.FloorWorking(**claim.floor) if claim.floor else None,
        payable_pence=claim.payable_pence,
        waiting=_unpaid_in(claim.unpaid.get("waiting", ())),
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
        stood.people.update({each["id"]: _person_in(each) for each in basis["people"]})
    return stood


def terms_out(terms: rules.Terms) -> dict[str, Any]:
    """Terms as JSON: days as text."""
    return {
        "contract": terms.contract,
        "milestones": [_plain(each) for each in terms.milestones],
        "floors": [_plain(each) for each in terms.floors],
    }


def terms_in(kept: Mapping[str, Any]) -> rules.Terms:
    """Terms from their JSON."""
    milestones = tuple(
        rules.Milestone(**{**each, "from_": date.fromisoformat(each["from_"]), "to": _day(each["to"])}) for each in kept["milestones"]
    )
    return rules.Terms(contract=kept["contract"], milestones=milestones, floors=tuple(rules.Floor(**each) for each in kept["floors"]))


def deed_out(deed: rules.Deed) -> dict[str, Any]:
    """An activity as JSON."""
    return _plain(deed)


def deed_in(kept: Mapping[str, Any]) -> rules.Deed:
    """An activity from its JSON."""
    return rules.Deed(**{**kept, "on": date.fromisoformat(kept["on"])})


def _person_out(person: rules.Person) -> dict[str, Any]:
    return _plain(person)


def _person_in(kept: Mapping[str, Any]) -> rules.Person:
    return rules.Person(**{**kept, "notice_given_on": _day(kept["notice_given_on"])})


def _unpaid_in(items: Iterable[Mapping[str, Any]]) -> tuple[rules.Unpaid, ...]:
    return tuple(replace(rules.Unpaid(**item), on=date.fromisoformat(item["on"])) for item in items)


def _plain(shape: Any) -> dict[str, Any]:
    """A frozen shape as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, date) else dict(value) if isinstance(value, Mapping) else value
        for name, value in asdict(shape).items()
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
