"""What the participant room tells: people with their latest verdict, likely duplicates, notices, consents, follow-ups, search."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries import DueRow
from coachdesk.participant import rules
from coachdesk.participant.queries.found import found
from coachdesk.participant.queries.merged import is_led
from coachdesk.participant.record import Consent, FollowUp, MetAt, Notice, Participant, Verdict
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import VERDICTS


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person with the latest verdict. verdict_postcode: what was decided on; it may differ from the postcode of today."""

    id: UUID
    reference: str
    name: str
    initials: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    registered_on: date
    verdict: str
    verdict_method: str
    verdict_on: date | None
    verdict_postcode: str | None
    ward_name: str | None
    edition: str | None
    situation: str
    postcode: str | None
    born_on: date | None
    ni_number: str | None
    phone: str | None
    email: str | None
    preferred_contact: str | None
    is_safe_to_call: bool | None
    is_safe_to_leave_message: bool | None
    heard_through: str | None
    weeks_out_of_work: int | None
    benefit: str | None
    hours_a_week: int | None
    pay_pence_an_hour: int | None
    is_sample: bool
    note: str | None
    language: str | None
    needs_interpreter: bool | None
    access_needs: str | None
    lone_working_note: str | None
    device: str | None
    data: str | None
    digital_skills: str | None


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One decision, as it was said."""

    id: UUID
    participant_id: UUID
    reference: str
    lot: str
    verdict: str
    method: str
    decided_on: date
    decided_at: datetime
    decided_by: str
    postcode: str | None
    ward_code: str | None
    ward_name: str | None
    edition: str | None
    reason: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A privacy notice that was given."""

    id: UUID
    participant_id: UUID
    reference: str
    version: str
    given_on: date
    how: str
    language: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One answer to one matter."""

    id: UUID
    participant_id: UUID
    reference: str
    matter: str
    answer: str
    said_on: date
    how: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """Something to do about a person."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    due_on: date
    what: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class ParticipantDetail:
    """Everything that this room knows of one person. moved: a sentence when the address changed since the decision, else empty."""

    id: UUID
    person: ParticipantRow
    sentence: str
    moved: str
    consent_partners: str | None
    consent_employer: str | None
    contact_id: UUID | None
    verdicts: tuple[VerdictRow, ...]
    notices: tuple[NoticeRow, ...]
    consents: tuple[ConsentRow, ...]
    follow_ups: tuple[FollowUpRow, ...]


def _rows(session: Session, chosen: Any) -> Iterable[Any]:
    return session.execute(chosen)


def participants(session: Session, *, lot: UUID | None = None, limit: int | None = None, coach: UUID | None = None,
                 ids: Collection[UUID] | None = None, among: Collection[UUID] | None = None) -> list[ParticipantRow]:
    """People, the latest registered first; with ids or among only those. Without ids no record that is led by another (queries.merged)."""
    chosen = sa.select(Participant.id).order_by(Participant.registered_on.desc(), Participant.id.desc()).limit(limit)
    for column, value in ((Participant.lot_id, lot), (Participant.coach_id, coach)):
        if value is not None:
            chosen = chosen.where(column == value)
    if ids is not None:
        chosen = chosen.where(Participant.id.in_(ids))
    else:
        chosen = chosen.where(Participant.id.not_in(is_led()))
    if among is not None:
        chosen = chosen.where(Participant.id.in_(among))
    wanted = chosen.subquery()
    ranked = _ranked().where(Verdict.participant_id.in_(sa.select(wanted.c.id))).subquery()
    p, v = Participant, ranked.c
    rows = _rows(session, sa.select(
        p.id, p.reference, p.name, p.lot_id, Lot.name, p.coach_id, TeamMember.name, p.registered_on, v.verdict, v.method, v.decided_on,
        v.postcode, v.ward_name, v.edition, p.situation, p.postcode, p.born_on, p.ni_number, p.phone, p.email, p.preferred_contact,
        p.is_safe_to_call, p.is_safe_to_leave_message, p.heard_through,
        p.weeks_out_of_work, p.benefit, p.hours_a_week, p.pay_pence_an_hour, p.is_sample, p.note, p.language,
        p.needs_interpreter, p.access_needs, p.lone_working_note, p.device, p.data, p.digital_skills)
        .join(wanted, wanted.c.id == p.id).join(Lot, Lot.id == p.lot_id).join(TeamMember, TeamMember.id == p.coach_id)
        .outerjoin(ranked, sa.and_(v.participant_id == p.id, v.n == 1)).order_by(p.registered_on.desc(), p.id.desc()))
    return [ParticipantRow(*(*each[:3], rules.initials(each[2]), *each[3:8], each[8] or "", each[9] or "", *each[10:17],
                             rules.ni_shown(each[17]), *each[18:])) for each in rows]


def participant(session: Session, id: UUID) -> ParticipantDetail | None:
    """Everything that this room knows of one person; None when there is none."""
    row = next(iter(participants(session, ids=[id])), None)
    if row is None:
        return None
    decided = verdicts(session, participant=id)
    contact = session.execute(sa.select(MetAt.contact_id).where(MetAt.participant_id == id).order_by(MetAt.id)).scalar()
    return ParticipantDetail(
        id, row, decided[0].sentence if decided else "", rules.moved_sentence(row.postcode, row.verdict_postcode) if decided else "",
        consent(session, id, rules.TO_PARTNERS), consent(session, id, rules.TO_EMPLOYER), contact, tuple(decided),
        tuple(notices(session, participant=id)), tuple(consents(session, participant=id)), tuple(follow_ups(session, participant=id)))


def _narrowed(chosen: Any, lot: UUID | None, limit: int | None, participant: UUID | None) -> Any:
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return chosen.limit(limit)


def verdicts(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[VerdictRow]:
    """Decisions, the latest first."""
    v = Verdict
    chosen = (sa.select(v.id, v.participant_id, Participant.reference, Lot.name, v.verdict, v.method, v.decided_on, v.decided_at,
                        TeamMember.name, v.postcode, v.ward_code, v.ward_name, v.edition, v.reason, v.sentence)
              .join(Participant, Participant.id == Verdict.participant_id).join(Lot, Lot.id == Verdict.lot_id)
              .join(TeamMember, TeamMember.id == Verdict.decided_by).order_by(Verdict.decided_at.desc(), Verdict.id.desc()))
    return [VerdictRow(*each) for each in _rows(session, _narrowed(chosen, lot, limit, participant))]


def notices(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[NoticeRow]:
    """Privacy notices that were given, the latest first."""
    n = Notice
    chosen = (sa.select(n.id, n.participant_id, Participant.reference, n.version, n.given_on, n.how, n.language)
              .join(Participant, Participant.id == Notice.participant_id).order_by(Notice.given_on.desc(), Notice.id.desc()))
    return [NoticeRow(*each) for each in _rows(session, _narrowed(chosen, lot, limit, participant))]


def consents(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[ConsentRow]:
    """Answers to matters of consent, the latest first."""
    c = Consent
    chosen = (sa.select(c.id, c.participant_id, Participant.reference, c.matter, c.answer, c.said_on, c.how)
              .join(Participant, Participant.id == Consent.participant_id).order_by(Consent.said_on.desc(), Consent.id.desc()))
    return [ConsentRow(*each) for each in _rows(session, _narrowed(chosen, lot, limit, participant))]


def consent(session: Session, participant: UUID, matter: str = rules.TO_PARTNERS) -> str | None:
    """The answer that stands on a matter: given, refused, withdrawn, or None when nobody asked."""
    said = _rows(session, sa.select(Consent.said_on, Consent.answer)
                 .where(Consent.participant_id == participant, Consent.matter == matter).order_by(Consent.said_on, Consent.id))
    return rules.standing((each[0], each[1]) for each in said)


def was_told(session: Session, participant: UUID, day: date) -> bool:
    """Whether a privacy notice was given to them up to a day; one that is just being written down counts too."""
    pending = (one for one in session.new if isinstance(one, Notice))
    if any(one.participant_id == participant and one.given_on <= day for one in pending):
        return True
    with session.no_autoflush:
        chosen = sa.select(Notice.id).where(Notice.participant_id == participant, Notice.given_on <= day).limit(1)
        return session.execute(chosen).first() is not None


def follow_ups(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None,
               is_open: bool | None = None) -> list[FollowUpRow]:
    """Follow-ups: open ones first, the earliest day first."""
    f = FollowUp
    chosen = (sa.select(f.id, f.participant_id, Participant.reference, Participant.name, Lot.name, f.coach_id, TeamMember.name, f.due_on,
                        f.what, f.done_on)
              .join(Participant, Participant.id == f.participant_id).join(Lot, Lot.id == Participant.lot_id)
              .join(TeamMember, TeamMember.id == f.coach_id).order_by(f.done_on.is_not(None), f.due_on, f.id))
    if is_open is not None:
        chosen = chosen.where(f.done_on.is_(None) if is_open else f.done_on.is_not(None))
    return [FollowUpRow(*each) for each in _rows(session, _narrowed(chosen, lot, limit, participant))]


def due(session: Session, *, coach: UUID | None = None, until: date) -> list[DueRow]:
    """Open follow-ups on or before a day, the earliest first; with coach only that coach's. about is the person."""
    f, p = FollowUp, Participant
    chosen = (sa.select(f.id, f.due_on, f.what, p.name, f.coach_id, Lot.name, p.id).join(p, p.id == f.participant_id)
              .join(Lot, Lot.id == p.lot_id).where(f.done_on.is_(None), f.due_on <= until).order_by(f.due_on, f.id))
    if coach is not None:
        chosen = chosen.where(f.coach_id == coach)
    return [DueRow(id, "participant.follow_up", on, what, who, of, lot, person)
            for id, on, what, who, of, lot, person in _rows(session, chosen)]


def person_of_record(session: Session, kind: str, id: UUID) -> UUID | None:
    """Whose record it is: of the kinds participant.follow_up, verdict, notice and consent."""
    table: Any = {"participant.follow_up": FollowUp, "participant.verdict": Verdict, "participant.notice": Notice,
                  "participant.consent": Consent}.get(kind)
    known: UUID | None = None if table is None else session.execute(sa.select(table.participant_id).where(table.id == id)).scalar()
    return known


def is_reference(session: Session, text: str) -> bool:
    """Whether somebody has this reference already."""
    found = session.connection().exec_driver_sql("select 1 from participant where reference = ?", (text,)).first()
    return found is not None


def counts(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> dict[str, int]:
    """How many people have each verdict now; every verdict has a figure."""
    found = dict.fromkeys(VERDICTS, 0)
    ranked = _ranked().subquery()
    chosen = sa.select(ranked.c.verdict, sa.func.count()).where(ranked.c.n == 1)
    chosen = chosen.join(Participant, Participant.id == ranked.c.participant_id)
    for column, value in ((Participant.lot_id, lot), (Participant.coach_id, coach)):
        if value is not None:
            chosen = chosen.where(column == value)
    found.update({verdict: number for verdict, number in _rows(session, chosen.group_by(ranked.c.verdict))})
    return found


def _ranked() -> sa.Select[Any]:
    """Every decision with its place among the person's own: n is 1 for the latest."""
    v = Verdict
    latest_first = sa.func.row_number().over(partition_by=v.participant_id, order_by=(v.decided_at.desc(), v.id.desc())).label("n")
    chosen: Any = sa.select(v.participant_id, v.verdict, v.method, v.decided_on, v.postcode, v.ward_name, v.edition, latest_first)
    return chosen  # type: ignore[no-any-return]


def met_at(session: Session, contacts: Collection[UUID] | None = None) -> dict[UUID, UUID]:
    """Outreach contact → the participant they became; contacts: of these alone, which a list should ask."""
    chosen = sa.select(MetAt.contact_id, MetAt.participant_id)
    if contacts is not None:
        chosen = chosen.where(MetAt.contact_id.in_(contacts))
    return {each[0]: each[1] for each in _rows(session, chosen)}


def find(session: Session, text: str, *, limit: int = 20) -> list[ParticipantRow]:
    """The people that `found` finds, with all that a list knows of them, in the same order."""
    order = [hit.id for hit in found(session, text, limit=limit)]
    rows = {row.id: row for row in participants(session, ids=order)}
    return [rows[known] for known in order]
