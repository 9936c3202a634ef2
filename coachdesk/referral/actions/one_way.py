"""What will be done about traffic that goes one way: the only way in which its alert goes, until a further month asks anew."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner.record import Partner
from coachdesk.referral import queries
from coachdesk.referral.record import OneWay
from coachdesk.referral.rules import reciprocity
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, moment


def answer_one_way(
    session: Session,
    *,
    partner_id: Annotated[UUID, Ref("partner", "partner")],
    what: Annotated[str, "what will be done about it"],
) -> UUID:
    """Writes down what will be done about traffic that goes one way. Refusal where it does not, or where nothing is said."""
    partner = session.get(Partner, partner_id)
    if partner is None:
        raise Refusal("There is no such partner here.", "Choose the partner again from the list.")
    alert = queries.alert_of(session, partner_id)
    said = reciprocity.check_answer(alert.run if alert is not None else None, partner.name, what)
    assert alert is not None
    made = OneWay(partner_id=partner_id, way=alert.run.way, until_month=alert.run.until, what=said, said_at=moment(session),
                  said_by=actor_of(session))
    session.add(made)
    return made.id


def answer(session: Session, id: UUID, *, what: Annotated[str, "what will be done about it"]) -> UUID:
    """Writes down what will be done about traffic with this partner that goes one way. Refusal where it does not."""
    return answer_one_way(session, partner_id=id, what=what)
