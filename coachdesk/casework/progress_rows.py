"""Starts, what counted and outcomes of everybody, for the command line: the same words as on each person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import InterventionRow
from coachdesk.casework.progress import counted_of, fed, outcomes_of, start_words, terms_of
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.store.doors import Door
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class StartRow:
    """When somebody started, and why it is that day. start_on None: nothing counted so far."""

    id: UUID
    reference: str
    participant: str
    lot: str
    start_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One piece of help, whether it counted, why, and by which version of the definition."""

    id: UUID
    reference: str
    participant: str
    lot: str
    on: date
    what: str
    coach: str
    counts: bool
    why: str
    rule: str
    is_start: bool


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How far work has come toward an outcome of the contract. id: the person's; expected_on: without another day away."""

    id: UUID
    reference: str
    participant: str
    lot: str
    outcome: str
    words: str
    reached_on: date | None
    expected_on: date | None
    rule: str


def starts(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[StartRow]:
    """Everybody who was helped, by name."""
    found = []
    for (id, reference, name, of), rows in _by_person(session, lot).items():
        counted = counted_of(rows[0], *rows[1:])
        start = next((each for each in counted if each.is_start), None)
        found.append(StartRow(id, reference, name, of, start.on if start else None, " ".join(start_words(counted, start))))
    return found[:limit]


def counted(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[CountedRow]:
    """Every piece of help, by person, oldest first."""
    found = [CountedRow(each.id, reference, name, of, each.on, each.what, each.coach, each.counts, each.why, each.rule, each.is_start)
             for (_, reference, name, of), rows in _by_person(session, lot).items() for each in counted_of(rows[0], *rows[1:])]
    return found[:limit]


def outcomes(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[OutcomeRow]:
    """Sustained work and progression of everybody who has a job, by name."""
    terms, day = terms_of(session), today(session)
    if terms is None:
        return []
    people, deeds = fed(session, lot)
    theirs: dict[str, list[Any]] = {}
    for deed in deeds:
        theirs.setdefault(deed.person, []).append(deed)
    names = _names(session)
    found = [OutcomeRow(UUID(person), *names[UUID(person)], each.title, each.words, each.on, each.expected_on, each.rule)
             for person, some in theirs.items() if UUID(person) in names for each in outcomes_of(terms, some, people.get(person), day)]
    return sorted(found, key=lambda row: (row.participant.casefold(), row.reference))[:limit]


def _names(session: Session) -> dict[UUID, tuple[str, str, str]]:
    from coachdesk.programme.queries import lot_names

    lots, p = lot_names(session), Participant
    return {id: (reference, name, lots.get(of, ""))
            for id, reference, name, of in session.execute(sa.select(p.id, p.reference, p.name, p.lot_id))}


def _by_person(session: Session, lot: UUID | None) -> dict[tuple[UUID, str, str, str], tuple[list[InterventionRow], Any, dict[str, Any]]]:
    """Help by person, under the record that leads, by name; with the terms and what the claim is fed of it."""
    terms, ahead, names = terms_of(session), participant_queries.leaders(session), _names(session)
    deeds = {deed.id: deed for deed in fed(session, lot)[1]}
    groups: dict[UUID, list[InterventionRow]] = {}
    for row in activity_queries.interventions(session, lot=lot):
        groups.setdefault(ahead.get(row.participant_id, row.participant_id), []).append(row)
    ordered = sorted((id for id in groups if id in names), key=lambda id: (names[id][1].casefold(), names[id][0]))
    return {(id, *names[id]): (groups[id], terms, deeds) for id in ordered}


DOORS = (
    Door("start", "starts: the first meaningful help, and why it is that day", starts, names=("reference", "participant")),
    Door("counted", "help that counted as meaningful, and that did not, with why", counted, names=("reference", "participant")),
    Door("outcome", "how far work has come toward the contract's outcomes", outcomes, names=("reference", "participant")),
)
