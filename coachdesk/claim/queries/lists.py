"""Claims and their lines as lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.queries.shown import line_id
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import month_text
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim that was drafted; amounts in pence. top_up_pence is None where no floor rule was in force."""

    id: UUID
    name: str
    lot_id: UUID
    lot: str
    month: str
    number: int
    status: str
    lines: int
    actual_pence: int
    top_up_pence: int | None
    payable_pence: int
    sent_on: date | None
    paid_on: date | None
    paid_pence: int | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A frozen line; `line` is the id that `claim explain` takes."""

    id: UUID
    line: str
    claim_id: UUID
    lot: str
    month: str
    status: str
    claimable: str
    milestone: str
    title: str
    reference: str | None
    earned: str
    amount_pence: int
    rule: str
    clause: str
    reason: str


def claims(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ClaimRow]:
    """Claims drafted, sent or paid, newest month first."""
    lots = programme.lot_names(session)
    count = sa.select(sa.func.count()).select_from(Line).where(Line.claim_id == Claim.id, Line.milestone != "top_up").scalar_subquery()
    chosen = sa.select(
        Claim.id,
        Claim.lot_id,
        Claim.month,
        Claim.number,
        Claim.status,
        count,
        Claim.actual_pence,
        Claim.floor,
        Claim.payable_pence,
        Claim.sent_on,
        Claim.paid_on,
        Claim.paid_pence,
    )
    if lot is not None:
        chosen = chosen.where(Claim.lot_id == lot)
    chosen = chosen.order_by(Claim.month.desc(), Claim.number.desc(), Claim.__table__.c.row.desc()).limit(limit)
    return [
        ClaimRow(
            id,
            f"{lots.get(of, '')} {month_text(month)}",
            of,
            lots.get(of, ""),
            month_text(month),
            number,
            status,
            lines,
            actual,
            floor["top_up_pence"] if floor else None,
            payable,
            sent_on,
            paid_on,
            paid,
        )
        for id, of, month, number, status, lines, actual, floor, payable, sent_on, paid_on, paid in session.execute(chosen)
    ]


def kept_ids(session: Session, claim: UUID | None) -> dict[str, str]:
    """Claimable → the id of its line in a claim that was drafted or sent, as its receipt names it; none where nothing is kept."""
    if claim is None:
        return {}
    return {claimable: str(id) for claimable, id in session.execute(sa.select(Line.claimable, Line.id).where(Line.claim_id == claim))}


def sent_until(session: Session, participant: UUID) -> int | None:
    """The month of the last claim that went out for the lot of a participant; what was so up to then, claims may rest on."""
    lot = sa.select(Participant.lot_id).where(Participant.id == participant).scalar_subquery()
    return session.execute(sa.select(sa.func.max(Claim.month)).where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT))).scalar()


def lines(session: Session, *, lot: UUID | None = None, claim: UUID | None = None, limit: int | None = None) -> list[LineRow]:
    """Lines of drafted, sent and paid claims, newest month first, in the order of the claim; top-ups are lines too."""
    lots = programme.lot_names(session)
    chosen = sa.select(
        Line.id,
        Line.claim_id,
        Claim.lot_id,
        Claim.month,
        Claim.status,
        Line.claimable,
        Line.milestone,
        Line.title,
        Participant.reference,
        Line.earned_month,
        Line.amount_pence,
        Line.rule,
        Line.clause,
        Line.reason,
    )
    chosen = chosen.join(Claim, Claim.id == Line.claim_id).join(Participant, Participant.id == Line.participant_id, isouter=True)
    if lot is not None:
        chosen = chosen.where(Claim.lot_id == lot)
    if claim is not None:
        chosen = chosen.where(Line.claim_id == claim)
    chosen = chosen.order_by(Claim.month.desc(), Claim.__table__.c.row.desc(), Line.__table__.c.row).limit(limit)
    return [
        LineRow(
            id,
            line_id(claimable, month),
            of,
            lots.get(place, ""),
            month_text(month),
            status,
            claimable,
            milestone,
            title,
            reference,
            month_text(earned),
            amount,
            rule,
            clause,
            reason,
        )
        for id, of, place, month, status, claimable, milestone, title, reference, earned, amount, rule, clause, reason in session.execute(
            chosen
        )
    ]
