"""What a lead has to ask the commissioner again: queries that nobody has answered yet, by the day set for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.claim import rules
from coachdesk.claim.record import Answer, Claim
from coachdesk.outreach.queries import DueRow
from coachdesk.programme import queries as programme
from coachdesk.programme.record import TeamMember


def due(session: Session, *, coach: UUID | None, until: date) -> list[DueRow]:
    """Queries to ask about up to a day, the earliest first: a lead's, so nothing for anybody else. id: the line, or the whole claim."""
    if coach is not None and programme.role_of(session, coach) != "lead":
        return []
    lead = coach or session.execute(sa.select(TeamMember.id).where(TeamMember.role == "lead").order_by(TeamMember.name).limit(1)).scalar()
    if lead is None:
        return []
    later = aliased(Answer)
    chosen = sa.select(Answer.line_id, Answer.claim_id, Answer.chase_on, Claim.number, Claim.lot_id)
    chosen = chosen.join(Claim, Claim.id == Answer.claim_id).where(
        Answer.answer == rules.QUERIED,
        Answer.chase_on <= until,
        ~sa.exists().where(
            later.claim_id == Answer.claim_id,
            later.recorded_at > Answer.recorded_at,
            later.answer != rules.AGAIN,
            sa.or_(later.line_id.is_(None), later.line_id == Answer.line_id),
        ),
    )
    lots = programme.lot_names(session)
    return [
        DueRow(line or claim, "claim.line" if line else "claim", on, f"Queried by the commissioner: claim no. {number}", "", lead,
               lots.get(lot, ""))
        for line, claim, on, number, lot in session.execute(chosen.order_by(Answer.chase_on, Answer.id))
        if on is not None
    ]
