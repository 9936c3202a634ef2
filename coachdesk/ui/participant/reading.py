"""What this screen asks the store, each in one go on the worker, and what it makes of the answer before it comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import AppointmentRow
from coachdesk.casework import queries as casework_queries
from coachdesk.casework import timeline as casework_timeline
from coachdesk.casework.queries import CaseloadRow, CaseloadTotals
from coachdesk.casework.timeline import Event
from coachdesk.participant import queries
from coachdesk.participant.queries import ParticipantDetail
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries

MOST_FOUND_BY_NUMBER = 50


@dataclass(frozen=True, slots=True)
class Caseload:
    """The people of a lot (or of all) and of a coach (or of all), what to look for in each, and the totals that paper shows too."""

    rows: tuple[CaseloadRow, ...]
    keys: dict[UUID, str]
    totals: CaseloadTotals
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Known:
    """One person: the record, meaningful help so far and how much is asked for, the next appointment, everything that happened."""

    detail: ParticipantDetail
    meaningful: int
    needed: int
    coming: AppointmentRow | None
    events: tuple[Event, ...]
    members: tuple[tuple[UUID, str], ...]
    connections: tuple[str, ...]
    today: date
    spells: tuple[queries.SpellRow, ...] = ()
    benefits: tuple[queries.BenefitRow, ...] = ()
    pauses: tuple[queries.PauseRow, ...] = ()
    assignments: tuple[queries.AssignmentRow, ...] = ()
    loans: tuple[activity_queries.LoanRow, ...] = ()
    apart: queries.ApartCount = queries.ApartCount(False, 0, 0)
    joins: tuple[queries.JoinRow, ...] = ()


def caseload(session: Any, lot: UUID | None, owner: UUID, is_mine: bool | None) -> Caseload:
    """The owner's people or everybody's, as the printed summary counts them; where it is not said, a coach sees their own."""
    mine = programme_queries.role_of(session, owner) == "coach" if is_mine is None else is_mine
    rows = casework_queries.caseload(session, lot=lot, coach=owner if mine else None)
    keys = {row.id: f"{folded(row.name)} {row.reference.casefold()}" for row in rows}
    return Caseload(tuple(rows), keys, casework_queries.totals(rows), mine)


def found_by_number(session: Any, text: str) -> frozenset[UUID]:
    """Who has such a telephone number, postcode or reference."""
    return frozenset(row.id for row in queries.find(session, text, limit=MOST_FOUND_BY_NUMBER))


def known(session: Any, id: UUID) -> Known | None:
    """One person; None when there is no such record."""
    id = queries.leader(session, id)
    detail = queries.participant(session, id)
    if detail is None:
        return None
    records = queries.records(session, id)
    day = casework_queries.today(session)
    booked = [row for one in records for row in activity_queries.appointments(session, participant=one) if row.outcome == "booked"]
    return Known(
        detail,
        sum(activity_queries.progress(session, set(records)).values()),
        activity_queries.needed(session, day) or casework_queries.NEEDED,
        min(booked, key=lambda row: (row.due_on, row.at or ""), default=None),
        tuple(casework_timeline.timeline(session, id)),
        tuple(programme_queries.member_names(session).items()),
        programme_queries.connections(session),
        day,
        tuple(row for one in records for row in queries.spells(session, participant=one)),
        tuple(row for one in records for row in queries.benefits(session, participant=one)),
        tuple(row for one in records for row in queries.pauses(session, participant=one)),
        tuple(queries.assignments(session, participant=id)),
        tuple(row for one in records for row in activity_queries.loans(session, participant=one)),
        queries.apart_counts(session, id),
        tuple(queries.joins(session, participant=id)),
    )


def person_of(session: Any, kind: str, id: UUID) -> UUID | None:
    """Whose record it is: of the kinds participant.follow_up, verdict, notice and consent."""
    asked: dict[str, Callable[[Any], Sequence[Any]]] = {
        "participant.follow_up": queries.follow_ups,
        "participant.verdict": queries.verdicts,
        "participant.notice": queries.notices,
        "participant.consent": queries.consents,
    }
    rows = asked[kind](session) if kind in asked else ()
    return next((row.participant_id for row in rows if row.id == id), None)
