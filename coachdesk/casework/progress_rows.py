"""Starts, what counted and outcomes of everybody, for the command line: the same words as on each person's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import InterventionRow
from coachdesk.activity.record import Intervention, Job
from coachdesk.casework.progress import NOBODY, Counted, counted_of, fed, outcomes_of, start_words, terms_of
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.programme.queries import lot_names
from coachdesk.store.doors import Door
from coachdesk.store.session import today

_PORTION = 200            # people read at a time


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


def starts(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[StartRow]:
    """Everybody who was helped, by name."""
    found = []
    for each in islice(_helped(session, lot, participant), limit):
        start = next((one for one in each.counted if one.is_start), None)
        found.append(StartRow(each.id, *each.called, start.on if start else None, " ".join(start_words(each.counted, start))))
    return found


def counted(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[CountedRow]:
    """Every piece of help, by person, oldest first."""
    rows = (CountedRow(one.id, *each.called, one.on, one.what, one.coach, one.counts, one.why, one.rule, one.is_start)
            for each in _helped(session, lot, participant) for one in each.counted)
    return list(islice(rows, limit))


def outcomes(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[OutcomeRow]:
    """Sustained work and progression of everybody who has a job, by name."""
    return list(islice(_outcomes(session, lot, participant), limit))


def _outcomes(session: Session, lot: UUID | None, participant: UUID | None) -> Iterator[OutcomeRow]:
    terms, day = terms_of(session), today(session)
    if terms is None:
        return
    for called, records in _portions(session, Job, lot, participant):
        people, deeds = fed(session, NOBODY, records)
        theirs: dict[UUID, list[Any]] = {}
        for deed in deeds:
            theirs.setdefault(UUID(deed.person), []).append(deed)
        for id, words in called.items():
            for each in outcomes_of(terms, theirs.get(id, ()), people.get(str(id)), day):
                yield OutcomeRow(id, *words, each.title, each.words, each.on, each.expected_on, each.rule)


class _Helped(NamedTuple):
    """Somebody who was helped: reference, name and lot, and all of the help with whether it counted."""

    id: UUID
    called: tuple[str, str, str]
    counted: list[Counted]


def _helped(session: Session, lot: UUID | None, participant: UUID | None) -> Iterator[_Helped]:
    """By name; what was done under any record of theirs in the lot."""
    terms, ahead = terms_of(session), participant_queries.leaders(session)
    for called, records in _portions(session, Intervention, lot, participant):
        deeds = {deed.id: deed for deed in fed(session, NOBODY, records)[1]}
        groups: dict[UUID, list[InterventionRow]] = {}
        for row in activity_queries.interventions(session, lot=lot, people=records):
            groups.setdefault(ahead.get(row.participant_id, row.participant_id), []).append(row)
        for id, words in called.items():
            yield _Helped(id, words, counted_of(groups.get(id, ()), terms, deeds))


def _portions(session: Session, of: type[Intervention] | type[Job], lot: UUID | None, participant: UUID | None
              ) -> Iterator[tuple[dict[UUID, tuple[str, str, str]], list[UUID]]]:
    """Everybody who has such a thing in the lot, by name and some at a time: how each is called, and all of their records."""
    lots, ahead, p = lot_names(session), participant_queries.leaders(session), Participant
    chosen = sa.select(of.participant_id).distinct()
    if lot is not None:
        chosen = chosen.join(p, p.id == of.participant_id).where(p.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(of.participant_id.in_(participant_queries.records(session, participant)))
    having = {ahead.get(id, id) for id in session.scalars(chosen)}
    known = sa.select(p.id, p.reference, p.name, p.lot_id)
    if participant is not None:
        known = known.where(p.id.in_(having))
    people = (each for each in session.execute(known) if each[0] in having)
    named = sorted(((name.casefold(), reference, id, name, of_lot) for id, reference, name, of_lot in people), key=lambda each: each[:2])
    for at in range(0, len(named), _PORTION):
        some = named[at:at + _PORTION]
        yield ({id: (reference, name, lots.get(of_lot, "")) for _key, reference, id, name, of_lot in some},
               [record for each in some for record in participant_queries.records(session, each[2], ahead)])


_PERSON = {"reference": Participant.reference, "participant": Participant.name}
DOORS = (
    Door("start", "starts: the first meaningful help, and why it is that day", starts, names=("reference", "participant"),
         person=_PERSON),
    Door("counted", "help that counted as meaningful, and that did not, with why", counted, names=("reference", "participant"),
         person=_PERSON),
    Door("outcome", "how far work has come toward the contract's outcomes", outcomes, names=("reference", "participant"),
         person=_PERSON),
)
