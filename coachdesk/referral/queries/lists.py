"""What the referral room tells: every referral with the state folded from its steps, what waits for a reply, and the traffic by partner."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.programme.record import TeamMember
from coachdesk.referral import rules
from coachdesk.referral.queries.standing import folded, standing, waits
from coachdesk.referral.record import Referral, Step
from coachdesk.store import windows
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral. participant: the person's name, registered or not; person_name: as it was referred, for a stranger.

    state: of the rules; says: the state in words, with "no reply".
    days_waiting is None once an answer came; outside: the options that were shown before it went to the provider's own.
    illegal: moves that could not count, in words. is_disputed: accepted and declined by two who did not know of each other; choose one.
    """

    id: UUID
    direction: str
    partner_id: UUID
    partner: str
    participant_id: UUID | None
    participant: str
    reference: str | None
    person_name: str | None
    person_phone: str | None
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    need: str
    made_on: date
    reply_due_on: date
    state: str
    says: str
    since: date
    days_waiting: int | None
    is_overdue: bool
    replied_on: date | None
    said_by: str | None
    was_helped: bool | None
    reason: str | None
    own_provision_reason: str | None
    illegal: tuple[str, ...]
    is_disputed: bool
    return_condition: str | None = None
    reply_code: str | None = None
    condition: str | None = None
    review_on: date | None = None
    was_accepted: bool = False
    asked_on: date | None = None
    kind_of_help: str | None = None
    outside: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One move of a referral, as it was said."""

    id: UUID
    referral_id: UUID
    status: str
    on_day: date
    said_by: str | None
    was_helped: bool | None
    reason: str | None
    told_by: str | None = None
    entered_by: str = ""
    condition: str | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What a partner answered by code: said by them, entered by a coach."""

    id: UUID
    referral_id: UUID
    code: str
    partner: str
    answer: str
    told_by: str
    entered_by: str
    on_day: date
    reason: str | None
    condition: str | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Book:
    """Keys of the referrals of a lot by the views of a screen; ours: waiting for our answer; sent: went out at all."""

    waiting: array[int]
    received: array[int]
    every: array[int]
    ours: int
    overdue: int
    sent: int


def referral_keys(session: Session, *, lot: UUID | None = None, partner: UUID | None = None, participant: UUID | None = None,
                  coach: UUID | None = None, direction: str | None = None, states: Collection[str] | None = None,
                  until: date | None = None, id: UUID | None = None, limit: int | None = None) -> array[int]:
    """Referrals by local key: those that wait for a reply first, the longest overdue at the top; then the others, newest first.

    until: a reply is expected, or somebody parked is to be looked at again, on or before this day, or somebody is ready to return.
    """
    kept = standing(session)
    chosen = sa.select(Referral.row).join(kept, kept.c.key == Referral.row)
    for column, wanted in ((Referral.lot_id, lot), (Referral.partner_id, partner), (Referral.participant_id, participant),
                           (Referral.coach_id, coach), (Referral.direction, direction), (Referral.id, id)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    if states is not None:
        chosen = chosen.where(kept.c.state.in_(list(states)))
    if until is not None:
        day = until.isoformat()
        chosen = chosen.where(sa.or_(sa.and_(waits(kept), kept.c.due_on <= day), kept.c.state == rules.READY,
                                     sa.and_(kept.c.state == rules.PARKED, kept.c.review_on <= day)))
    return windows.keys_of(session, chosen.order_by(*_order(kept)).limit(limit))


def _order(kept: Any) -> list[Any]:
    due = sa.case((waits(kept), kept.c.due_on))
    return [due.is_(None), due, Referral.made_on.desc(), Referral.row.desc()]


def book(session: Session, *, lot: UUID | None = None) -> Book:
    """All referrals of a lot (or of every lot) in the order of referrals(), by the views of the screen, with what they come to."""
    kept, day = standing(session), today(session).isoformat()
    chosen: Any = (sa.select(Referral.row, Referral.direction, waits(kept), kept.c.due_on < day, kept.c.state)
                   .join(kept, kept.c.key == Referral.row).order_by(*_order(kept)))
    if lot is not None:
        chosen = chosen.where(Referral.lot_id == lot)
    waiting, came, every = array("q"), array("q"), array("q")
    ours = overdue = sent = 0
    for key, direction, is_open, is_late, state in session.execute(chosen):
        every.append(key)
        if direction == rules.IN:
            came.append(key)
        elif state != rules.DRAFT:
            sent += 1
        if is_open:
            waiting.append(key)
            ours += direction == rules.IN
            overdue += bool(is_late)
    return Book(waiting, came, every, ours, overdue, sent)


def referral_rows(session: Session, keys: Sequence[int]) -> list[ReferralRow]:
    """The rows of these keys, in their order; what is gone since leaves no gap."""
    chosen = sa.select(
        Referral.row,
        Referral.id,
        Referral.direction,
        Referral.partner_id,
        Partner.name,
        Referral.participant_id,
        sa.func.coalesce(Participant.name, Referral.person_name, ""),
        Participant.reference,
        Referral.person_name,
        sa.func.coalesce(Referral.person_phone, Participant.phone),
        Referral.lot_id,
        Referral.coach_id,
        Referral.need,
        Referral.made_on,
        Referral.reply_due_on,
        Referral.own_provision_reason,
        Referral.return_condition,
        Referral.reply_code,
        Referral.kind_of_help,
        Referral.options_shown,
    )
    chosen = chosen.join(Partner, Partner.id == Referral.partner_id).join(
        Participant, Participant.id == Referral.participant_id, isouter=True
    )
    found: dict[int, Any] = {each[0]: each[1:] for each in session.execute(chosen.where(windows.among(Referral.row, keys)))}
    now = folded(session, [each[0] for each in found.values()])
    lots, members, day = programme.lot_names(session), programme.member_names(session), today(session)
    return [_row(found[key], now.get(found[key][0]) or rules.fold(()), lots, members, day) for key in keys if key in found]


def referrals(
    session: Session,
    *,
    lot: UUID | None = None,
    partner: UUID | None = None,
    participant: UUID | None = None,
    coach: UUID | None = None,
    direction: str | None = None,
    state: str | None = None,
    limit: int | None = None,
    id: UUID | None = None,
) -> list[ReferralRow]:
    """Referrals: those that wait for a reply first, the longest overdue at the top; then the others, newest first."""
    states = None if state is None else (state,)
    return referral_rows(session, referral_keys(session, lot=lot, partner=partner, participant=participant, coach=coach,
                                                direction=direction, states=states, limit=limit, id=id))


def key_of(session: Session, id: UUID) -> tuple[int, UUID] | None:
    """The local key and the lot of a referral; None when there is none."""
    found = session.execute(sa.select(Referral.row, Referral.lot_id).where(Referral.id == id)).first()
    return (found[0], found[1]) if found is not None else None


def referral(session: Session, id: UUID) -> ReferralRow | None:
    """One referral; None when there is none."""
    known = key_of(session, id)
    return next(iter(referral_rows(session, known[:1])), None) if known is not None else None


def partner_of(session: Session, id: UUID) -> str:
    """The name of the partner of a referral."""
    return session.execute(sa.select(Partner.name).join(Referral, Referral.partner_id == Partner.id).where(Referral.id == id)).scalar_one()


def received(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ReferralRow]:
    """Referrals that came in, in the order of referrals()."""
    return referrals(session, lot=lot, direction=rules.IN, limit=limit)


def _row(found: Any, folded: rules.Folded, lots: dict[UUID, str], members: dict[UUID, str], day: date) -> ReferralRow:
    (id, direction, partner_id, partner, person_id, person, reference, typed, phone, lot, coach, need, made_on, due_on, own, returns,
     code, kind_of_help, options) = found
    due_on = rules.due_on(made_on, due_on, folded)
    return ReferralRow(
        id=id,
        direction=direction,
        partner_id=partner_id,
        partner=partner,
        participant_id=person_id,
        participant=person,
        reference=reference,
        person_name=typed,
        person_phone=phone,
        lot_id=lot,
        lot=lots.get(lot, ""),
        coach_id=coach,
        coach=members.get(coach, ""),
        need=need,
        made_on=made_on,
        reply_due_on=due_on,
        state=folded.state,
        says=rules.state_text(direction, folded, due_on, day),
        since=folded.since or made_on,
        days_waiting=rules.days_waiting(folded.state, folded.asked_on or made_on, day),
        is_overdue=folded.state in rules.WAITING and day > due_on,
        replied_on=folded.replied_on,
        said_by=folded.said_by,
        was_helped=folded.was_helped,
        reason=folded.reason,
        own_provision_reason=own,
        illegal=tuple(why for _, why in folded.illegal),
        is_disputed=folded.dispute is not None,
        return_condition=returns,
        reply_code=code,
        condition=folded.condition,
        review_on=folded.review_on,
        was_accepted=folded.was_accepted,
        asked_on=folded.asked_on,
        kind_of_help=kind_of_help,
        outside=rules.options_words(rules.kept_options(options)) if options else "",
    )


def states(session: Session, ids: Collection[UUID] | None = None) -> dict[UUID, rules.Folded]:
    """Where each referral stands, of those asked for or of all."""
    return folded(session, ids)


def state_of(session: Session, id: UUID) -> rules.Folded:
    """Where one referral stands."""
    return states(session, [id]).get(id) or rules.fold(())


def steps(session: Session, *, referral: UUID | None = None, lot: UUID | None = None, limit: int | None = None) -> list[StepRow]:
    """Moves as they were said, newest first."""
    chosen = sa.select(Step.id, Step.referral_id, Step.status, Step.on_day, Step.said_by, Step.was_helped, Step.reason, Step.told_by,
                       sa.func.coalesce(TeamMember.name, ""), Step.condition, Step.review_on)
    chosen = chosen.outerjoin(TeamMember, TeamMember.id == Step.entered_by)
    if referral is not None:
        chosen = chosen.where(Step.referral_id == referral)
    if lot is not None:
        chosen = chosen.join(Referral, Referral.id == Step.referral_id).where(Referral.lot_id == lot)
    return [StepRow(*row) for row in session.execute(chosen.order_by(Step.moved_at.desc(), Step.__table__.c.row.desc()).limit(limit))]


def awaiting_reply(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> list[ReferralRow]:
    """What waits for a reply, the longest overdue first: theirs to us, and ours to them."""
    return referral_rows(session, referral_keys(session, lot=lot, coach=coach, states=rules.WAITING))


def drafts(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ReferralRow]:
    """Referrals that are written and not sent."""
    return referrals(session, lot=lot, state=rules.DRAFT, limit=limit)


def replies(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ReplyRow]:
    """What partners answered, newest first."""
    chosen = (sa.select(Step.id, Step.referral_id, sa.func.coalesce(Referral.reply_code, ""), Partner.name, Step.status, Step.told_by,
                        sa.func.coalesce(TeamMember.name, ""), Step.on_day, Step.reason, Step.condition, Step.review_on)
              .join(Referral, Referral.id == Step.referral_id).join(Partner, Partner.id == Referral.partner_id)
              .outerjoin(TeamMember, TeamMember.id == Step.entered_by).where(Step.told_by.is_not(None))
              .order_by(Step.moved_at.desc(), Step.__table__.c.row.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(Referral.lot_id == lot)
    rows: Iterable[Any] = session.execute(chosen)
    return [ReplyRow(*row) for row in rows]
