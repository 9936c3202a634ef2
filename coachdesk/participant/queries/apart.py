"""What is kept apart from the record, whose caseload people were on, and figures of equality without anybody in them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.participant.record import Assignment, Equality, FollowUp, Look, Offence, Participant, Sensitive
from coachdesk.participant.rules import history
from coachdesk.programme.record import TeamMember


@dataclass(frozen=True, slots=True)
class EqualityRow:
    """One person's answers; None: not asked or not answered."""

    id: UUID
    asked_on: date
    ethnic_group: str | None
    ethnic_detail: str | None
    sex: str | None
    gender: str | None
    disability: str | None
    religion: str | None
    orientation: str | None
    caring: str | None


@dataclass(frozen=True, slots=True)
class SensitiveRow:
    """One special-category fact."""

    id: UUID
    category: str
    detail: str
    basis: str
    told_on: date
    told_to: str


@dataclass(frozen=True, slots=True)
class OffenceRow:
    """One fact about an offence."""

    id: UUID
    detail: str
    is_unspent: bool | None
    restrictions: str | None
    basis: str
    told_on: date
    told_to: str


@dataclass(frozen=True, slots=True)
class ApartRow:
    """What was opened: one of the three, the others empty."""

    id: UUID
    what: str
    equality: EqualityRow | None = None
    sensitive: tuple[SensitiveRow, ...] = ()
    offences: tuple[OffenceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ApartCount:
    """How much is kept apart about somebody, without any of it."""

    has_equality: bool
    sensitive: int
    offences: int


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody opened what is kept apart."""

    id: UUID
    participant_id: UUID
    reference: str
    what: str
    why: str
    looked_by: str
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """Whose caseload somebody was on from a day on."""

    id: UUID
    participant_id: UUID
    reference: str
    coach_id: UUID
    coach: str
    from_day: date
    reason: str | None
    written_by: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """How many people gave an answer. people: None where it is too few to be told."""

    id: str
    question: str
    answer: str
    people: int | None


def equality_kept(session: Session, participant: UUID) -> Equality | None:
    """The record itself, for the action that changes it."""
    return session.execute(sa.select(Equality).where(Equality.participant_id == participant).order_by(Equality.id)).scalars().first()


def apart(session: Session, participant: UUID, what: str) -> ApartRow:
    """What is kept apart of one kind. Only actions.open_apart may call this: it writes down who looked."""
    if what == "equality":
        found = equality_kept(session, participant)
        row = EqualityRow(*(getattr(found, field.name) for field in fields(EqualityRow))) if found else None
        return ApartRow(participant, what, equality=row)
    if what == "sensitive":
        s = Sensitive
        chosen = sa.select(s.id, s.category, s.detail, s.basis, s.told_on, TeamMember.name).join(TeamMember, TeamMember.id == s.told_to)
        rows = session.execute(chosen.where(s.participant_id == participant).order_by(s.told_on.desc(), s.id.desc()))
        return ApartRow(participant, what, sensitive=tuple(SensitiveRow(*row) for row in rows))
    o = Offence
    kept: Any = sa.select(o.id, o.detail, o.is_unspent, o.restrictions, o.basis, o.told_on, TeamMember.name).join(
        TeamMember, TeamMember.id == o.told_to
    )
    told: Any = session.execute(kept.where(o.participant_id == participant).order_by(o.told_on.desc(), o.id.desc()))
    return ApartRow(participant, what, offences=tuple(OffenceRow(*row) for row in told))


def apart_counts(session: Session, participant: UUID) -> ApartCount:
    """How much is kept apart; says nothing of what."""

    def number(table: type[Equality] | type[Sensitive] | type[Offence]) -> int:
        return session.execute(sa.select(sa.func.count()).select_from(table).where(table.participant_id == participant)).scalar_one()

    return ApartCount(bool(number(Equality)), number(Sensitive), number(Offence))


def looks(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[LookRow]:
    """Who opened what is kept apart, the latest first."""
    chosen = (
        sa.select(Look.id, Look.participant_id, Participant.reference, Look.what, Look.why, TeamMember.name, Look.looked_at)
        .join(Participant, Participant.id == Look.participant_id)
        .join(TeamMember, TeamMember.id == Look.looked_by)
        .order_by(Look.looked_at.desc(), Look.id.desc())
        .limit(limit)
    )
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return [LookRow(*row) for row in session.execute(chosen)]


def assignments(
    session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None
) -> list[AssignmentRow]:
    """Whose caseload people were on, the latest first."""
    writer = aliased(TeamMember)
    a = Assignment
    chosen = (
        sa.select(a.id, a.participant_id, Participant.reference, a.coach_id, TeamMember.name, a.from_day, a.reason, writer.name)
        .join(Participant, Participant.id == a.participant_id)
        .join(TeamMember, TeamMember.id == a.coach_id)
        .join(writer, writer.id == a.written_by)
        .order_by(a.from_day.desc(), a.written_at.desc(), a.id.desc())
        .limit(limit)
    )
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return [AssignmentRow(*row) for row in session.execute(chosen)]


def coach_on(session: Session, participant: UUID, on: date) -> UUID | None:
    """Whose caseload somebody was on on a day; None before the first, the coach of today where nothing was written down."""
    rows = assignments(session, participant=participant)
    if not rows:
        return session.execute(sa.select(Participant.coach_id).where(Participant.id == participant)).scalar()
    return next((row.coach_id for row in rows if row.from_day <= on), None)


def open_follow_ups_of(session: Session, participant: UUID, coach: UUID) -> list[UUID]:
    """Ids of what a coach still has to do about somebody."""
    f = FollowUp
    return list(session.execute(sa.select(f.id).where(f.participant_id == participant, f.coach_id == coach, f.done_on.is_(None))).scalars())


def equality_figures(session: Session, *, lot: UUID | None = None) -> list[FigureRow]:
    """Answers by question and answer, small numbers hidden; "not asked" is the rest of the people. No reference, no name."""
    everybody = sa.select(sa.func.count()).select_from(Participant)
    chosen = sa.select(Equality).join(Participant, Participant.id == Equality.participant_id)
    if lot is not None:
        everybody, chosen = everybody.where(Participant.lot_id == lot), chosen.where(Participant.lot_id == lot)
    total, given = session.execute(everybody).scalar_one(), list(session.execute(chosen).scalars())
    found: list[FigureRow] = []
    for question, (_, words) in history.EQUALITY_QUESTIONS.items():
        answers = (*words, history.NOT_SAID)
        counted = [sum(1 for row in given if getattr(row, question) == answer) for answer in answers]
        shown = history.suppressed([*counted, total - sum(counted)])
        found += [
            FigureRow(f"{question}: {answer}", question, answer, figure)
            for answer, figure in zip((*answers, "not asked"), shown, strict=True)
        ]
    return found
