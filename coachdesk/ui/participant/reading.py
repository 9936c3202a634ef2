"""What this screen asks the store, each in one go on the worker, and what it makes of the answer before it comes back."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import AppointmentRow
from coachdesk.casework import queries as casework_queries
from coachdesk.casework import timeline as casework_timeline
from coachdesk.casework.caseload import EVERYBODY, SILENT, CaseloadRow, CaseloadTotals
from coachdesk.casework.timeline import Event
from coachdesk.participant import queries
from coachdesk.participant.queries import ParticipantDetail
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.parts.row_model import BLOCK

MOST_FOUND = 1_000


class Wanted(NamedTuple):
    """What the caseload is to show: one of the names of casework.caseload, what is typed to find somebody, and the column it stands by."""

    only: str = EVERYBODY
    typed: str = ""
    order: str = ""
    is_rising: bool = True


@dataclass(frozen=True, slots=True)
class Caseload:
    """The people of a lot (or of all) and of a coach (or of all) by their keys, and the first rows."""

    keys: array[int]
    first: tuple[CaseloadRow, ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The caseload by its stages: keys and first rows of each."""

    stages: tuple[tuple[array[int], tuple[CaseloadRow, ...]], ...]
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


def caseload(session: Any, lot: UUID | None, owner: UUID, is_mine: bool | None, wanted: Wanted = Wanted()) -> Caseload:
    """The owner's people or everybody's, as the printed summary counts them; where it is not said, a coach sees their own."""
    mine = _is_mine(session, owner, is_mine)
    coach = owner if mine else None
    order, is_rising = ("silent_days", False) if wanted.only == SILENT and not wanted.order else (wanted.order, wanted.is_rising)
    keys = casework_queries.caseload_keys(session, lot=lot, coach=coach, only=wanted.only, order=order, is_rising=is_rising,
                                          among=_found(session, wanted.typed))
    return Caseload(keys, tuple(casework_queries.caseload_rows(session, keys[:BLOCK])), mine)


def totals(session: Any, lot: UUID | None, owner: UUID, is_mine: bool | None) -> CaseloadTotals:
    """What the same people come to, whoever of them is shown: it is read after the list, for it takes longer and nobody waits for it."""
    return casework_queries.caseload_totals(session, lot=lot, coach=owner if _is_mine(session, owner, is_mine) else None)


def board(session: Any, lot: UUID | None, owner: UUID) -> Board:
    """The owner's people, where the owner is a coach, else everybody's, by their stages."""
    mine = _is_mine(session, owner, None)
    stages = casework_queries.caseload_stages(session, lot=lot, coach=owner if mine else None)
    rows = casework_queries.caseload_blocks(session, [keys[:BLOCK] for keys in stages])
    return Board(tuple(zip(stages, rows, strict=True)), mine)


def _is_mine(session: Any, owner: UUID, is_mine: bool | None) -> bool:
    return bool(programme_queries.role_of(session, owner) == "coach") if is_mine is None else is_mine


def _found(session: Any, typed: str) -> set[UUID] | None:
    """Whose name, telephone number, postcode or reference it is; None when nothing is typed."""
    if not typed.strip():
        return None
    ahead = queries.leaders(session)
    return {ahead.get(row.id, row.id) for row in queries.found(session, typed, limit=MOST_FOUND)}


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
    return queries.person_of_record(session, kind, id)
