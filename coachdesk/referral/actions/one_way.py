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

Lot = Annotated[UUID | None, Ref("programme", "lot, where it is about one only; all together when not said")]


def answer_one_way(
    session: Session,
    *,
    partner_id: Annotated[UUID, Ref("partner", "partner")],
    what: Annotated[str, "what will be done about it"],
    lot: Lot = None,
) -> UUID:
    """Writes down what will be done about traffic that goes one way, in one lot or in all together. Refusal where it does not.

    What is said of a lot in which all of that traffic is speaks of the partner as a whole.
    """
    partner = session.get(Partner, partner_id)
    if partner is None:
        raise Refusal("There is no such partner here.", "Choose the partner again from the list.")
    alert, whole = queries.alert_of(session, partner_id, lot), queries.alert_of(session, partner_id)
    said = reciprocity.check_answer(alert.run if alert is not None else None, partner.name, what)
    assert alert is not None
    where = None if whole is not None and whole.run == alert.run else lot
    made = OneWay(partner_id=partner_id, way=alert.run.way, until_month=alert.run.until, what=said, said_at=moment(session),
                  said_by=actor_of(session), lot_id=where)
    session.add(made)
    return made.id


def answer(session: Session, id: UUID, *, what: Annotated[str, "what will be done about it"], lot: Lot = None) -> UUID:
    """Writes down what will be done about traffic with this partner that goes one way. Refusal where it does not."""
    return answer_one_way(session, partner_id=id, what=what, lot=lot)
